/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"
#include "tai-order.h"
#include "tai-ports.h"
#include "tai-staff.h"
#include "tai-state.h"

G_BEGIN_DECLS

/*
 * Values as people read them, in the desk's language. Main thread. Texts are (transfer full) where they are char *.
 */

/* "¥128.00", "−¥30.00"; currency 0: "–". */
char *tai_words_money (TaiMoney money);
/* Grouped for reading aloud: "138 0013 8000"; ICCIDs in fours. What is none stays as it is. */
char *tai_words_number (const char *number);
/* The name in the desk's language; English falls back to the halls' own. (transfer none) */
const char *tai_words_name (const char *name, const char *name_en); /* both (nullable) */
const char *tai_words_offering (const TaiOffering *offering);
const char *tai_words_terms (const TaiOffering *offering); /* (transfer none), "" for none */
const char *tai_words_item (const TaiOrderItem *item);
/* The law's word for what is not final off line; NULL where there is nothing to say. */
const char *tai_words_rule (TaiOfflineRule rule);
const char *tai_words_order_state (TaiOrderState state);
const char *tai_words_tender (TaiTender tender);
const char *tai_words_document (TaiDocumentKind kind);
const char *tai_words_role (TaiRole role);
/* Wall clock of the hall: "14:05", "11-27 14:05". */
char *tai_words_time (gint64 time_us, int utc_offset_min);
char *tai_words_day_and_time (gint64 time_us, int utc_offset_min);
/* "3 min", "2 h 10 min", "4 days". */
char *tai_words_age (gint64 span_us);

G_END_DECLS
