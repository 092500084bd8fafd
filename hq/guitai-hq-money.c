/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands about the money of the day, for people at headquarters: all halls, no right is asked. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-money.h"

#include <string.h>

#include "guitai-hq-command.h"
#include "guitai-hq-list.h"
#include "tai-hq-bank.h"
#include "tai-hq-error.h"
#include "tai-hq-finding.h"
#include "tai-hq-place.h"
#include "tai-hq-report.h"
#include "tai-hq-sum.h"
#include "tai-json-money.h"
#include "tai-report-json.h"

/* ---- what is asked ---- */

typedef struct {
  char *from, *to, *hall;
  gboolean json, all, by_terminal;
} MoneyOptions;

static void
clear_options (MoneyOptions *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self->hall);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MoneyOptions, clear_options)

static gboolean
parse_options (MoneyOptions *self, int *argc, char ***argv, GError **error)
{
  GOptionEntry entries[] = {{"from", 0, 0, G_OPTION_ARG_STRING, &self->from, NULL, NULL},
                            {"to", 0, 0, G_OPTION_ARG_STRING, &self->to, NULL, NULL},
                            {"hall", 0, 0, G_OPTION_ARG_STRING, &self->hall, NULL, NULL},
                            {"json", 0, 0, G_OPTION_ARG_NONE, &self->json, NULL, NULL},
                            {"all", 0, 0, G_OPTION_ARG_NONE, &self->all, NULL, NULL},
                            {"by-terminal", 0, 0, G_OPTION_ARG_NONE, &self->by_terminal, NULL, NULL},
                            {NULL}};
  return hq_command_parse_options (entries, argc, argv, error);
}

static gboolean
take_profile_cb (const HqTerminalRow *row, gpointer data)
{
  hq_report_ask_read_profile (data, row->profile);
  return FALSE;
}

/* One house has one money: any terminal's. */
static gboolean
take_currency_cb (const HqTerminalRow *row, gpointer data)
{
  g_auto (HqPlace) place = {0};
  hq_place_read (&place, row->profile);
  ((HqReportAsk *)data)->currency = place.currency;
  return FALSE;
}

static gboolean
fill_ask (HqStore *store, const MoneyOptions *options, HqReportAsk *ask)
{
  ask->halls = g_ptr_array_new_with_free_func (g_free);
  ask->by_terminal = options->by_terminal;
  ask->by_clerk = !options->by_terminal;
  ask->currency = TAI_CNY;
  if (options->from == NULL || !hq_report_ask_set_days (ask, options->from, options->to))
    return FALSE;
  if (options->hall != NULL) {
    g_ptr_array_add (ask->halls, g_strdup (options->hall));
    store->klass->terminal_list (store, options->hall, take_profile_cb, ask);
  } else {
    ask->by_hall = TRUE;
    hq_report_ask_add_halls (ask, store, NULL);
    store->klass->terminal_list (store, NULL, take_currency_cb, ask);
  }
  return TRUE;
}

/* ---- report ---- */

static void
print_lines (GString *out, const char *title, GPtrArray *lines)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const TaiReportLine *line = g_ptr_array_index (lines, i);
    const char *words[] = {line->hall,     line->terminal, line->clerk,
                           line->business, line->tender,   line->event};
    g_autofree char *amount = line->amount.currency != 0 ? tai_money_to_text (line->amount) : g_strdup ("");
    g_string_append_printf (out, "%-9s", title);
    for (guint k = 0; k < G_N_ELEMENTS (words); k++)
      if (words[k] != NULL)
        g_string_append_printf (out, "  %-12s", words[k]);
    g_string_append_printf (out, "  %8" G_GINT64_FORMAT "  %16s\n", line->count, amount);
  }
}

static void
print_contacts (GString *out, GPtrArray *terminals)
{
  for (guint i = 0; i < terminals->len; i++) {
    const TaiReportTerminal *terminal = g_ptr_array_index (terminals, i);
    g_autofree char *time =
        terminal->last_contact_us != 0 ? tai_time_to_text (terminal->last_contact_us) : g_strdup ("never");
    g_string_append_printf (out, "terminal   %-8s  %-12s  last heard of %s, %" G_GINT64_FORMAT " missing\n",
                            terminal->hall, terminal->terminal, time, terminal->n_missing);
  }
}

static void
print_report (GString *out, const TaiTillReport *report)
{
  g_autofree char *sales = tai_money_to_text (report->day.sales);
  g_string_append_printf (out, "%s  %s: %" G_GINT64_FORMAT " orders, %s; %" G_GINT64_FORMAT " findings\n",
                          report->business_day, report->place != NULL ? report->place : "", report->n_orders,
                          sales, report->n_findings);
  print_lines (out, "business", report->by_business);
  print_lines (out, "tender", report->by_tender);
  print_lines (out, "event", report->by_event);
  print_contacts (out, report->terminals);
}

gboolean
hq_command_report (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_auto (MoneyOptions) options = {0};
  g_auto (HqReportAsk) ask = {0};
  g_autoptr (TaiTillReport) report = NULL;
  if (!parse_options (&options, &argc, &argv, error))
    return FALSE;
  folder->store->klass->begin (folder->store);
  if (fill_ask (folder->store, &options, &ask))
    report = hq_report_make (folder->store, &ask, g_get_real_time ());
  if (!hq_command_end (folder->store, error))
    return FALSE;
  if (report == NULL)
    return hq_command_refuse_usage (
        error, "report --from DAY|MONTH [--to DAY|MONTH] [--hall ID] [--by-terminal] [--json]");
  if (options.json) {
    g_autofree char *text = tai_report_to_json (report);
    g_string_append_printf (out, "%s\n", text);
  } else
    print_report (out, report);
  return TRUE;
}

/* ---- shifts ---- */

typedef struct {
  GString *out;
  HqStore *store;
} ShiftPrint;

static gboolean
print_supplement_cb (const HqSupplementRow *row, gpointer data)
{
  g_autofree char *time = tai_time_to_text (row->at_us);
  g_autofree char *amount = row->amount.currency != 0 ? tai_money_to_text (row->amount) : g_strdup ("");
  g_string_append_printf (data, "  supplement %" G_GINT64_FORMAT "  %s  %-8s  %s  %s\n", row->number, time,
                          row->event, row->id != NULL ? row->id : "", amount);
  return TRUE;
}

static gboolean
print_shift_cb (const HqShiftRow *row, gpointer data)
{
  ShiftPrint *print = data;
  g_autofree char *counted = tai_money_to_text (row->counted);
  g_autofree char *expected = tai_money_to_text (row->expected);
  if (row->closed_us == 0)
    g_string_append_printf (print->out, "%s  %-8s  %-6s  %-8s  open  %s\n", row->day, row->terminal,
                            row->till, row->clerk, row->id);
  else
    g_string_append_printf (print->out,
                            "%s  %-8s  %-6s  %-8s  Z%" G_GINT64_FORMAT
                            "  counted %s, expected %s  %s  journal %" G_GINT64_FORMAT " %.16s\n",
                            row->day, row->terminal, row->till, row->clerk, row->z_number, counted, expected,
                            row->id, row->journal_seq, row->journal_head != NULL ? row->journal_head : "");
  print->store->klass->supplement_list (print->store, row->hall, row->id, print_supplement_cb, print->out);
  return TRUE;
}

gboolean
hq_command_shifts (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_auto (MoneyOptions) options = {0};
  g_auto (HqReportAsk) ask = {0};
  ShiftPrint print = {out, folder->store};
  if (!parse_options (&options, &argc, &argv, error))
    return FALSE;
  folder->store->klass->begin (folder->store);
  gboolean good = fill_ask (folder->store, &options, &ask);
  for (guint i = 0; good && i < ask.halls->len; i++)
    folder->store->klass->shift_list (folder->store, g_ptr_array_index (ask.halls, i), ask.from, ask.until,
                                      print_shift_cb, &print);
  return hq_command_end (folder->store, error) &&
         (good || hq_command_refuse_usage (error, "shifts --from DAY|MONTH [--to DAY|MONTH] [--hall ID]"));
}

/* ---- what does not match ---- */

static gboolean
print_finding_cb (const HqFindingRow *row, gpointer data)
{
  HqList *list = data;
  hq_list_begin_row (list);
  hq_list_add_time (list, "since", 0, row->since_us);
  hq_list_add_flag (list, "open", 6, row->is_open, "open", "closed");
  hq_list_add_text (list, "hall", 6, row->hall);
  hq_list_add_text (list, "terminal", 8, row->terminal);
  hq_list_add_text (list, "kind", 9, row->kind);
  hq_list_add_text (list, "subject", 0, row->subject);
  hq_list_add_text (list, "detail", 0, row->detail);
  hq_list_end_row (list);
  return TRUE;
}

gboolean
hq_command_findings (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_auto (MoneyOptions) options = {0};
  HqList list;
  if (!parse_options (&options, &argc, &argv, error))
    return FALSE;
  if (argc != 1)
    return hq_command_refuse_usage (error, "findings [--all] [--hall ID] [--json]");
  hq_list_begin (&list, out, options.json);
  folder->store->klass->begin (folder->store);
  hq_finding_look_around (folder->store, g_get_real_time ());
  folder->store->klass->finding_list (folder->store, options.hall, !options.all, print_finding_cb, &list);
  hq_list_end (&list);
  return hq_command_end (folder->store, error);
}

/* ---- days of halls that are over ---- */

/* A terminal that had a shift on a day and has not closed it. */
typedef struct {
  HqList list;
  GHashTable *closed; /* (owned) "day terminal" */
  GHashTable *told;   /* (owned) the same, of those that are open */
} Closes;

static void
begin_close_row (HqList *list, const char *day, const char *hall, const char *terminal, gboolean is_closed)
{
  hq_list_begin_row (list);
  hq_list_add_text (list, "businessDay", 0, day);
  hq_list_add_text (list, "hall", 8, hall);
  hq_list_add_text (list, "terminal", 12, terminal);
  hq_list_add_flag (list, "closed", 0, is_closed, NULL, "not closed");
}

static gboolean
print_close_cb (const HqHallCloseRow *row, gpointer data)
{
  Closes *self = data;
  HqList *list = &self->list;
  g_hash_table_add (self->closed, g_strdup_printf ("%s %s", row->day, row->terminal));
  begin_close_row (list, row->day, row->hall, row->terminal, TRUE);
  hq_list_add_text (list, "clerk", 8, row->clerk);
  hq_list_say (list, "no.");
  hq_list_add_count (list, "number", 0, row->number);
  hq_list_add_time (list, "time", 0, row->at_us);
  hq_list_say (list, "sales");
  hq_list_add_money (list, "sales", 0, row->sales);
  hq_list_say (list, "orders");
  hq_list_add_count (list, "orders", 0, row->n_orders);
  hq_list_say (list, "shifts");
  hq_list_add_count (list, "shifts", 0, row->n_shifts);
  hq_list_say (list, "drawers");
  hq_list_add_money (list, "drawers", 0, row->drawers);
  hq_list_say (list, "safe");
  hq_list_add_money (list, "safe", 0, row->safe);
  hq_list_say (list, "bags");
  hq_list_add_money (list, "inBags", 0, row->in_bags);
  hq_list_say (list, "left open");
  hq_list_add_count (list, "left", 0, row->n_left);
  hq_list_end_row (list);
  return TRUE;
}

static gboolean
print_open_cb (const HqShiftRow *row, gpointer data)
{
  Closes *self = data;
  char *key = g_strdup_printf ("%s %s", row->day, row->terminal);
  gboolean is_known = g_hash_table_contains (self->closed, key) || g_hash_table_contains (self->told, key);
  g_hash_table_add (self->told, key);
  if (is_known)
    return TRUE;
  begin_close_row (&self->list, row->day, row->hall, row->terminal, FALSE);
  hq_list_end_row (&self->list);
  return TRUE;
}

gboolean
hq_command_closes (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_auto (MoneyOptions) options = {0};
  g_auto (HqReportAsk) ask = {0};
  const HqStoreClass *klass = folder->store->klass;
  g_autoptr (GHashTable) closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Closes self = {.closed = closed, .told = told};
  if (!parse_options (&options, &argc, &argv, error))
    return FALSE;
  hq_list_begin (&self.list, out, options.json);
  klass->begin (folder->store);
  gboolean good = fill_ask (folder->store, &options, &ask) && argc == 1;
  for (guint i = 0; good && i < ask.halls->len; i++) {
    const char *hall = g_ptr_array_index (ask.halls, i);
    g_hash_table_remove_all (closed);
    g_hash_table_remove_all (told);
    klass->hall_close_list (folder->store, hall, ask.from, ask.until, print_close_cb, &self);
    klass->shift_list (folder->store, hall, ask.from, ask.until, print_open_cb, &self);
  }
  hq_list_end (&self.list);
  return hq_command_end (folder->store, error) &&
         (good ||
          hq_command_refuse_usage (error, "closes --from DAY|MONTH [--to DAY|MONTH] [--hall ID] [--json]"));
}

/* ---- statements of banks ---- */

static gboolean
print_bank_cb (const HqBankRow *row, gpointer data)
{
  HqList *list = data;
  hq_list_begin_row (list);
  hq_list_add_text (list, "day", 0, row->day);
  hq_list_add_text (list, "hall", 8, row->hall);
  hq_list_add_text (list, "type", 8, row->type);
  hq_list_add_money (list, "amount", 14, row->amount);
  hq_list_add_text (list, "reference", 24, row->reference);
  hq_list_add_text (list, "number", 0, row->number);
  hq_list_end_row (list);
  return TRUE;
}

static gboolean
import_bank (HqFolder *folder, const char *path, const char *hall, GString *out, GError **error)
{
  HqBankImport result;
  char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  g_autoptr (GBytes) file = g_bytes_new_take (text, size);
  if (!hq_bank_import (folder->store, file, hall, g_get_real_time (), &result, error))
    return FALSE;
  g_string_append_printf (out, "%u lines, %u of them known; %u do not match\n", result.n_lines,
                          result.n_known, result.n_open);
  if (result.n_left_out > 0)
    g_string_append_printf (out, "%u halls of the statement before are not in this one\n", result.n_left_out);
  return TRUE;
}

gboolean
hq_command_bank (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_auto (MoneyOptions) options = {0};
  g_auto (HqReportAsk) ask = {0};
  HqList list;
  if (!parse_options (&options, &argc, &argv, error))
    return FALSE;
  if (argc == 3 && strcmp (argv[1], "import") == 0)
    return import_bank (folder, argv[2], options.hall, out, error);
  hq_list_begin (&list, out, options.json);
  folder->store->klass->begin (folder->store);
  gboolean good = fill_ask (folder->store, &options, &ask) && argc == 1;
  for (guint i = 0; good && i < ask.halls->len; i++) {
    HqBankFilter filter = {.hall = g_ptr_array_index (ask.halls, i), .from = ask.from, .until = ask.until};
    folder->store->klass->bank_list (folder->store, &filter, print_bank_cb, &list);
  }
  hq_list_end (&list);
  return hq_command_end (folder->store, error) &&
         (good ||
          hq_command_refuse_usage (
              error,
              "bank import FILE [--hall ID] | bank --from DAY|MONTH [--to DAY|MONTH] [--hall ID] [--json]"));
}

/* ---- sums ---- */

gboolean
hq_command_sums (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  if (argc != 2 || strcmp (argv[1], "rebuild") != 0)
    return hq_command_refuse_usage (error, "sums rebuild");
  if (!hq_sum_rebuild (folder->store)) {
    g_propagate_error (error, g_error_copy (folder->store->error));
    return FALSE;
  }
  g_string_append (out, "added up anew\n");
  return TRUE;
}
