/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-json.h"
#include "tai-till-report.h"

G_BEGIN_DECLS

/*
 * What a report says, read from whatever tells it: figures by name, "section|who|what" → how many and how much. Sums that the picture says
 * are computed here from its lines, not taken from it.
 */

/* (transfer full): one table each, with as many sections as that face tells. */
GHashTable *report_facts_of_screen (const TaiTillReport *report);
GHashTable *report_facts_of_paper (const TaiDocument *paper);
GHashTable *report_facts_of_csv (const char *csv, const TaiTillReport *report);
GHashTable *report_facts_of_json (const TaiJson *json, int utc_offset_min);

/* How the names of businesses and tenders read there. */
typedef const char *(*ReportName) (const char *id);
typedef struct {
  ReportName business, tender;
  const char *sections; /* that it tells, with blanks */
} ReportFace;
extern const ReportFace report_face_screen, report_face_paper, report_face_csv, report_face_json;
/* What that face shall say. */
GHashTable *report_facts_expected (const TaiTillReport *report, const ReportFace *face);

/* Ends the test with what differs. */
void report_facts_assert_same (GHashTable *said, GHashTable *expected, const char *face);

G_END_DECLS
