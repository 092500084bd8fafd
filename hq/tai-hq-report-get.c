/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GET /guitai/v1/report and /guitai/v1/finding: the certificate says which hall asks, its staff who may. A hall's supervisors see
 * their hall, who has the right the halls of the region, partners all.
 */
#define G_LOG_DOMAIN "tai-hq"

#include <string.h>

#include "tai-hq-apply-private.h"
#include "tai-hq-finding.h"
#include "tai-hq-place.h"
#include "tai-hq-report.h"
#include "tai-hq-staff.h"
#include "tai-report-json.h"

#define ALL_HALLS "*"

static gboolean
refuse (HqCall *call, int status, const char *code, const char *why)
{
  hq_response_fail (call->response, status, code, why);
  return FALSE;
}

/* ---- who ---- */

/* The rights of who asks, as the terminal names him. FALSE: the response says why. */
static gboolean
find_rights (HqCall *call, HqQuery *query, TaiRight *rights)
{
  g_autoptr (TaiStaff) staff =
      hq_staff_find (call->store, hq_call_hall (call), hq_query_param (query, "clerk"));
  if (staff == NULL || staff->disabled)
    return refuse (call, 403, "right", "clerk: nobody of this hall's staff");
  *rights = staff->rights;
  return (staff->rights & TAI_RIGHT_REPORT_HALL) ||
         refuse (call, 403, "right", "who is named may not see the hall's report");
}

static gboolean
has_hall (const HqReportAsk *ask, const char *hall)
{
  return g_ptr_array_find_with_equal_func (ask->halls, hall, g_str_equal, NULL);
}

/* Another hall, or all: those of the region that has one's own. */
static gboolean
add_region (HqCall *call, const char *hall, TaiRight rights, HqReportAsk *ask)
{
  g_auto (HqPlace) place = {0};
  hq_place_read (&place, call->seat->row.profile);
  if (!(rights & TAI_RIGHT_REPORT_REGION) || place.region == NULL || place.region[0] == '\0')
    return refuse (call, 403, "right", "another hall's report needs the right of the region");
  hq_report_ask_add_halls (ask, call->store, place.region);
  if (strcmp (hall, ALL_HALLS) == 0) {
    ask->place = g_steal_pointer (&place.region);
    return TRUE;
  }
  if (!has_hall (ask, hall))
    return refuse (call, 403, "right", "that hall is in another region");
  g_ptr_array_set_size (ask->halls, 0);
  g_ptr_array_add (ask->halls, g_strdup (hall));
  ask->place = g_strdup (hall);
  return TRUE;
}

static gboolean
add_for_partner (HqCall *call, const char *hall, HqReportAsk *ask)
{
  if (hall == NULL || strcmp (hall, ALL_HALLS) == 0)
    hq_report_ask_add_halls (ask, call->store, NULL);
  else
    g_ptr_array_add (ask->halls, g_strdup (hall));
  return TRUE;
}

/* The halls that are asked for and may be seen. FALSE: the response says why. */
static gboolean
find_halls (HqCall *call, HqQuery *query, HqReportAsk *ask)
{
  const char *hall = hq_query_param (query, "hall");
  TaiRight rights = 0;
  ask->halls = g_ptr_array_new_with_free_func (g_free);
  if (hq_call_is_partner (call))
    return add_for_partner (call, hall, ask);
  if (!find_rights (call, query, &rights))
    return FALSE;
  if (hall != NULL && strcmp (hall, hq_call_hall (call)) != 0)
    return add_region (call, hall, rights, ask);
  g_ptr_array_add (ask->halls, g_strdup (hq_call_hall (call)));
  return TRUE;
}

/* ---- what ---- */

static gboolean
read_by (HqCall *call, HqQuery *query, HqReportAsk *ask)
{
  const struct {
    const char *word;
    gboolean *flag;
  } words[] = {{"hall", &ask->by_hall},
               {"terminal", &ask->by_terminal},
               {"clerk", &ask->by_clerk},
               {"paid", &ask->has_paid}};
  ask->by_clerk = hq_query_param (query, "by") == NULL;
  for (guint i = 0; i < query->filters->len; i++) {
    const HqQueryFilter *filter = query->filters->pdata[i];
    for (guint k = 0; strcmp (filter->path, "by") == 0 && filter->values[k] != NULL; k++) {
      guint n = 0;
      while (n < G_N_ELEMENTS (words) && strcmp (words[n].word, filter->values[k]) != 0)
        n++;
      if (n == G_N_ELEMENTS (words))
        return refuse (call, 400, "query", "by: hall, terminal, clerk, paid");
      *words[n].flag = TRUE;
    }
  }
  return TRUE;
}

/* A shift says its day itself. */
static gboolean
read_days (HqCall *call, HqQuery *query, HqReportAsk *ask)
{
  const char *shift = hq_query_param (query, "shift");
  const char *from = hq_query_param (query, "from"), *to = hq_query_param (query, "to");
  if (shift != NULL)
    return (ask->halls->len == 1 &&
            hq_report_ask_set_shift (ask, call->store, ask->halls->pdata[0], shift)) ||
           refuse (call, 404, "shift_unknown", "shift: none of that hall");
  return (from != NULL && hq_report_ask_set_days (ask, from, to)) ||
         refuse (call, 400, "query", "from, to: days (2026-11-22) or months, a year at most");
}

void
hq_report_get (HqCall *call)
{
  g_auto (HqQuery) query = {0};
  g_auto (HqReportAsk) ask = {0};
  if (!hq_query_parse (&query, call, 1) || !find_halls (call, &query, &ask) ||
      !read_by (call, &query, &ask) || !read_days (call, &query, &ask))
    return;
  hq_report_ask_read_profile (&ask, call->seat->row.profile);
  g_autoptr (TaiTillReport) report = hq_report_make (call->store, &ask, call->request->now_us);
  hq_response_take_text (call->response, 200, tai_report_to_json (report));
}

/* ---- what does not match ---- */

typedef struct {
  TaiJsonWriter *writer;
  const HqReportAsk *ask;
} FindingList;

static gboolean
write_finding_cb (const HqFindingRow *row, gpointer data)
{
  FindingList *list = data;
  g_autofree char *since = tai_time_to_text (row->since_us), *changed = tai_time_to_text (row->changed_us);
  if (!has_hall (list->ask, row->hall))
    return TRUE;
  tai_json_writer_begin_object (list->writer);
  tai_json_writer_add_string (list->writer, "hall", row->hall);
  tai_json_writer_add_string (list->writer, "kind", row->kind);
  tai_json_writer_add_string (list->writer, "subject", row->subject);
  tai_json_writer_add_string (list->writer, "terminal", row->terminal);
  tai_json_writer_add_string (list->writer, "detail", row->detail);
  tai_json_writer_add_string (list->writer, "since", since);
  tai_json_writer_add_string (list->writer, "changed", changed);
  tai_json_writer_add_bool (list->writer, "open", row->is_open);
  tai_json_writer_end_object (list->writer);
  return TRUE;
}

void
hq_finding_get (HqCall *call)
{
  g_auto (HqQuery) query = {0};
  g_auto (HqReportAsk) ask = {0};
  FindingList list = {NULL, &ask};
  if (!hq_query_parse (&query, call, 1) || !find_halls (call, &query, &ask))
    return;
  gboolean all = g_strcmp0 (hq_query_param (&query, "all"), "true") == 0;
  hq_finding_look_around (call->store, call->request->now_us);
  list.writer = tai_json_writer_new ();
  tai_json_writer_begin_object (list.writer);
  tai_json_writer_add_array (list.writer, "findings");
  call->store->klass->finding_list (call->store,
                                    ask.halls->len == 1 ? g_ptr_array_index (ask.halls, 0) : NULL, !all,
                                    write_finding_cb, &list);
  tai_json_writer_end_array (list.writer);
  tai_json_writer_end_object (list.writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (list.writer));
}
