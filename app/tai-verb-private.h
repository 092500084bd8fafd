/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-app-error.h"
#include "tai-order-result.h"
#include "tai-period.h"
#include "tai-report-result.h"
#include "tai-store-port.h"
#include "tai-verb.h"

/* The tables of verbs, a file each; NULL-terminated. */
extern const TaiVerb *const tai_verbs_setup[];
extern const TaiVerb *const tai_verbs_catalogue[];
extern const TaiVerb *const tai_verbs_order[];
extern const TaiVerb *const tai_verbs_undo[];
extern const TaiVerb *const tai_verbs_debt[];
extern const TaiVerb *const tai_verbs_till[];
extern const TaiVerb *const tai_verbs_report[];
extern const TaiVerb *const tai_verbs_cash[];
extern const TaiVerb *const tai_verbs_close[];
extern const TaiVerb *const tai_verbs_line[];
extern const TaiVerb *const tai_verbs_directory[];
extern const TaiVerb *const tai_verbs_print[];
extern const TaiVerb *const tai_verbs_desk[];
extern const TaiVerb *const tai_verbs_template[];

/* What the reports are with --from hq. */
extern const TaiVerb tai_verb_report_hq_day, tai_verb_report_hq_month, tai_verb_report_hq_shift,
    tai_verb_report_hq_clerk;

/* One verb of the desk. */
typedef gboolean (*TaiVerbAct) (TaiVerbCall *call, gpointer data, GError **error);
/* Does it; where it needs another's yes (APPROVAL) and an approver is named, he says it, and it is done once more. */
gboolean tai_verb_do_approved (TaiVerbCall *call, TaiVerbAct act, gpointer data, GError **error);

/* The order that is named. Errors: UNKNOWN_RECORD, the store's. (transfer full) */
TaiOrder *tai_verb_need_order (TaiVerbCall *call, GError **error);
/* --printer, where it is given, is receipt or form. Errors: USAGE. */
gboolean tai_verb_check_printer (TaiVerbCall *call, GError **error);

/* The report of a day, or of one shift (nullable), with its file where one is asked for; as a result, and for people. */
TaiJson *tai_verb_report_to_json (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift);
TaiJson *tai_verb_give_report (TaiVerbCall *call, const char *day, const TaiShift *shift, GError **error);
/* Its files, and its result. */
TaiJson *tai_verb_write_report (TaiVerbCall *call, const TaiTillReport *report, const TaiShift *shift,
                                GError **error);
/* What --date says; else of the open shift, else of the last one, else today. Errors: USAGE, the store's. */
gboolean tai_verb_find_period (TaiVerbCall *call, TaiPeriod *period, GError **error);
/* The month that it is in. */
gboolean tai_verb_find_month (TaiVerbCall *call, TaiPeriod *period, GError **error);
void tai_verb_print_report (const TaiJson *result, GString *out);
/* The open shift, else the last one. (nullable) without error: there never was one. */
TaiShift *tai_verb_find_shift (TaiVerbCall *call, GError **error);
/* The same, and TAI_CORE_ERROR_NO_SHIFT for that. */
TaiShift *tai_verb_need_shift (TaiVerbCall *call, GError **error);

/* Writing results; a NULL text, a money without currency and a time of 0 are left out. */
void tai_result_add_text (TaiJson *object, const char *name, const char *text);
void tai_result_add_int (TaiJson *object, const char *name, gint64 value);
void tai_result_add_flag (TaiJson *object, const char *name, gboolean value);
void tai_result_add_money (TaiJson *object, const char *name, TaiMoney money);
void tai_result_add_time (TaiJson *object, const char *name, gint64 time_us);
TaiJson *tai_result_add_object (TaiJson *object, const char *name); /* (transfer none) */
TaiJson *tai_result_add_list (TaiJson *object, const char *name);   /* (transfer none) */
TaiJson *tai_result_append_object (TaiJson *list);                  /* (transfer none) */

/* Reading them back for people; "" and 0 where there is nothing. Integers as %lld, which translators can read. */
const char *tai_result_text (const TaiJson *object, const char *path);
long long tai_result_int (const TaiJson *object, const char *path);
gboolean tai_result_flag (const TaiJson *object, const char *path);
/* "2026-11-22 17:00" on this machine's clock; "–" for none. (transfer full) */
char *tai_result_local_time (const TaiJson *object, const char *path);
void tai_result_print (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Pads @text to @columns of a terminal (Chinese characters take two). */
void tai_result_print_cell (GString *out, const char *text, guint columns);

/* Words for what the machine calls by an id. (transfer none) */
const char *tai_word_order_state (const char *state);
const char *tai_word_rule (const char *rule);
const char *tai_word_tender (const char *tender);
const char *tai_word_line_status (const char *status);
const char *tai_word_message_state (const char *state);
const char *tai_word_print_state (const char *state);
const char *tai_word_sync_state (const char *state);
/* Why HQ refused: its code. */
const char *tai_word_hq_reason (const char *code);
