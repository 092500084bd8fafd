/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of the end of the day: X and Z reports, supplements, handing over, why a drawer is off, the close of the hall. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-core-error.h"
#include "tai-day-words.h"
#include "tai-limits.h"
#include "tai-till-report.h"

#define N_HINTS 5

#define STAFF_OPTIONS                                                                                        \
  {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},                                                            \
  {                                                                                                          \
    "pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")                                               \
  }
#define FILE_OPTIONS                                                                                         \
  {"pdf", TAI_VALUE_PATH, N_ ("Write it as PDF, too")},                                                      \
  {                                                                                                          \
    "csv", TAI_VALUE_PATH, N_ ("Write its lines as comma-separated values, too")                             \
  }
#define NUMBER_OPTION                                                                                        \
  {                                                                                                          \
    "number", TAI_VALUE_COUNT, N_ ("Number of the Z report; without it the last one")                        \
  }

static void
add_currency (TaiVerbCall *call, TaiJson *result)
{
  tai_result_add_text (result, "currency",
                       tai_currency_to_code (tai_terminal_host_get_terminal (call->host)->currency));
}

/* Which shift ------------------------------------------------------------------------------------------------------------ */

static TaiShift *
find_open (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  g_autoptr (GError) local_error = NULL;
  TaiShift *shift = tai_visit_store_find_open_shift (store, tai_terminal_host_get_terminal (call->host)->till,
                                                     &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (shift == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "the till is not open");
  return shift;
}

/* --number, or the last one. */
static TaiShift *
find_closed (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  const char *till = tai_terminal_host_get_terminal (call->host)->till;
  gint64 number = tai_verb_get_count (call, "number", 0);
  g_autoptr (GError) local_error = NULL;
  TaiShift *shift = number > 0 && number <= G_MAXINT32
                        ? tai_visit_store_find_z (store, till, (gint32)number, &local_error)
                    : number == 0 ? tai_visit_store_find_last_closed_shift (store, till, &local_error)
                                  : NULL;

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (shift == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "there is no such Z report");
  return shift;
}

/* X and Z ---------------------------------------------------------------------------------------------------------------- */

static TaiJson *
run_x (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiShift) shift = find_open (call, error);

  return shift != NULL ? tai_verb_give_report (call, shift->business_day, shift, error) : NULL;
}

static TaiJson *
run_z (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiShift) shift = find_closed (call, error);

  return shift != NULL ? tai_verb_give_report (call, shift->business_day, shift, error) : NULL;
}

static TaiJson *
run_print (TaiVerbCall *call, GError **error)
{
  const char *printer = tai_verb_get_text (call, "printer");
  g_autoptr (TaiShift) shift = NULL;
  TaiJson *result;
  gint32 copy;

  shift = tai_verb_get_flag (call, "x") ? find_open (call, error) : find_closed (call, error);
  if (shift == NULL || !tai_desk_print_till (tai_terminal_host_get_desk (call->host), shift->id.text,
                                             g_strcmp0 (printer, "form") != 0, &copy, error))
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_text (result, "till", shift->till);
  if (shift->z_number > 0)
    tai_result_add_int (result, "zNumber", shift->z_number);
  tai_result_add_int (result, "copy", copy);
  return result;
}

static void
print_queued (const TaiJson *result, GString *out)
{
  if (!tai_json_has (result, "zNumber"))
    tai_result_print (out, _ ("The till preview goes to the printer\n"));
  else if (tai_result_int (result, "copy") == 0)
    tai_result_print (out, _ ("Till close slip %lld goes to the printer\n"),
                      tai_result_int (result, "zNumber"));
  else
    tai_result_print (out, _ ("Till close slip %lld goes to the printer, copy %lld\n"),
                      tai_result_int (result, "zNumber"), tai_result_int (result, "copy"));
}

/* Supplements ------------------------------------------------------------------------------------------------------------ */

static TaiJson *
run_supplements (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  g_autoptr (TaiShift) shift = NULL;
  g_autoptr (GPtrArray) list = NULL;
  TaiJson *result;

  if (tai_verb_get_count (call, "number", 0) != 0 && (shift = find_closed (call, error)) == NULL)
    return NULL;
  list = tai_visit_store_list_supplements (store, shift != NULL ? shift->id.text : NULL,
                                           TAI_LIMIT_SUPPLEMENTS, error);
  if (list == NULL)
    return NULL;
  result = tai_json_new_object ();
  add_currency (call, result);
  tai_report_result_add_supplements (result, list);
  return result;
}

static void
print_supplements (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "supplements");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    g_autofree char *time = tai_result_local_time (one, "time");

    tai_result_print (out, _ ("Till close slip %lld, supplement %lld, %s: %s"),
                      tai_result_int (one, "zNumber"), tai_result_int (one, "number"), time,
                      tai_day_words_get_supplement (tai_result_text (one, "event")));
    if (tai_json_has (one, "amount"))
      tai_result_print (out, " %s %s", tai_result_text (one, "amount"), tai_result_text (result, "currency"));
    g_string_append_c (out, '\n');
  }
  if (tai_json_get_length (list) == 0)
    tai_result_print (out, _ ("Nothing was booked after a close\n"));
}

/* Handing over ----------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiMoney counted;
  const char *to, *pin;
  TaiTillReport **report;
} HandOver;

static gboolean
hand_over_till (TaiVerbCall *call, gpointer data, GError **error)
{
  const HandOver *self = data;

  *self->report = tai_desk_hand_over_till (tai_terminal_host_get_desk (call->host), self->counted, self->to,
                                           self->pin, error);
  return *self->report != NULL;
}

static TaiJson *
run_hand_over (TaiVerbCall *call, GError **error)
{
  const char *to = tai_verb_get_text (call, "taker"), *pin = tai_verb_get_text (call, "taker-pin");
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (TaiShift) closed = NULL;
  HandOver hand_over = {.to = to, .pin = pin, .report = &report};

  if (!tai_verb_get_money (call, "count", &hand_over.counted, error))
    return NULL;
  if (pin == NULL) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_PIN_MISSING, "no PIN for %s", to);
    return NULL;
  }
  if (!tai_verb_do_approved (call, hand_over_till, &hand_over, error))
    return NULL;
  closed = tai_visit_store_find_shift (TAI_VISIT_STORE (tai_terminal_host_get_store (call->host)),
                                       report->shift_id, error);
  return closed != NULL ? tai_verb_report_to_json (call, report, closed) : NULL;
}

/* Why a drawer is off ---------------------------------------------------------------------------------------------------- */

static void
add_record (TaiJson *list, const TaiShiftMovement *one)
{
  TaiJson *json = tai_result_append_object (list);

  tai_result_add_text (json, "kind", tai_movement_kind_to_text (one->kind));
  tai_result_add_time (json, "time", one->time_us);
  tai_result_add_text (json, "receipt", one->receipt_number);
  tai_result_add_text (json, "order", one->order_id.text[0] != '\0' ? one->order_id.text : NULL);
  tai_result_add_text (json, "payment", one->payment_id.text[0] != '\0' ? one->payment_id.text : NULL);
  tai_result_add_text (json, "tender", one->tender);
  tai_result_add_money (json, "amount", one->amount);
  tai_result_add_money (json, "received", one->received);
  tai_result_add_money (json, "change", one->change);
}

static TaiJson *
hints_to_json (TaiVerbCall *call, const TaiShift *shift, GPtrArray *movements)
{
  g_autoptr (GPtrArray) hints = tai_difference_find (shift, movements, N_HINTS);
  TaiJson *result = tai_json_new_object (), *list;

  add_currency (call, result);
  tai_result_add_int (result, "zNumber", shift->z_number);
  tai_result_add_money (result, "difference", tai_shift_get_difference (shift));
  list = tai_result_add_list (result, "causes");
  for (guint i = 0; i < hints->len; i++) {
    const TaiDifferenceHint *hint = g_ptr_array_index (hints, i);
    TaiJson *json = tai_result_append_object (list), *records;

    tai_result_add_text (json, "cause", tai_difference_cause_to_text (hint->cause));
    tai_result_add_int (json, "score", hint->score);
    tai_result_add_int (json, "count", hint->n_records);
    records = tai_result_add_list (json, "records");
    for (guint k = 0; k < hint->records->len; k++)
      add_record (records, g_ptr_array_index (movements, g_array_index (hint->records, guint, k)));
  }
  return result;
}

static TaiJson *
run_difference (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  g_autoptr (TaiShift) shift = find_closed (call, error);
  g_autoptr (GPtrArray) movements =
      shift != NULL ? tai_visit_store_list_movements (store, shift->id.text, error) : NULL;

  return movements != NULL ? hints_to_json (call, shift, movements) : NULL;
}

static TaiDifferenceCause
find_cause (const char *text)
{
  guint i = 0;

  while (i + 1 < TAI_N_CAUSES && strcmp (tai_difference_cause_to_text (i), text) != 0)
    i++;
  return i;
}

static void
print_record (const TaiJson *record, GString *out)
{
  static const TaiMovementKind all[] = {TAI_MOVEMENT_OPENED, TAI_MOVEMENT_SALE,    TAI_MOVEMENT_REFUND,
                                        TAI_MOVEMENT_OTHER,  TAI_MOVEMENT_NO_SALE, TAI_MOVEMENT_REPRINT,
                                        TAI_MOVEMENT_UNDO,   TAI_MOVEMENT_CLOSED};
  g_autofree char *time = tai_result_local_time (record, "time");
  const char *kind = "";

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (strcmp (tai_movement_kind_to_text (all[i]), tai_result_text (record, "kind")) == 0)
      kind = tai_day_words_get_movement (all[i]);
  tai_result_print (out, "   %s  %s  %s  %s\n", time, kind, tai_result_text (record, "receipt"),
                    tai_result_text (record, "amount"));
}

static void
print_difference (const TaiJson *result, GString *out)
{
  const TaiJson *causes = tai_json_get (result, "causes");

  tai_result_print (out, _ ("Till close slip %lld: difference %s %s\n"), tai_result_int (result, "zNumber"),
                    tai_result_text (result, "difference"), tai_result_text (result, "currency"));
  for (guint i = 0; i < tai_json_get_length (causes); i++) {
    const TaiJson *cause = tai_json_get_element (causes, i), *records = tai_json_get (cause, "records");
    long long more = tai_result_int (cause, "count") - (long long)tai_json_get_length (records);

    tai_result_print (out, "%u. %s\n", i + 1,
                      tai_day_words_get_cause (find_cause (tai_result_text (cause, "cause"))));
    for (guint k = 0; k < tai_json_get_length (records); k++)
      print_record (tai_json_get_element (records, k), out);
    if (more > 0)
      tai_result_print (out, _ ("   and %lld more\n"), more);
  }
}

/* The hall --------------------------------------------------------------------------------------------------------------- */

static void
add_item (TaiJson *list, const TaiDayItem *item)
{
  TaiJson *json = tai_result_append_object (list);

  tai_result_add_text (json, "kind", tai_day_kind_to_text (item->kind));
  tai_result_add_flag (json, "stops", (tai_day_kind_get_stops (item->kind) & TAI_DAY_STOPS_HALL) != 0);
  tai_result_add_text (json, "subject", item->subject);
  tai_result_add_text (json, "detail", item->detail);
  tai_result_add_int (json, "count", item->count);
  tai_result_add_money (json, "amount", item->amount);
  tai_result_add_time (json, "since", item->since_us);
  tai_result_add_text (json, "command", tai_day_words_get_command (item->kind));
}

static void
add_close (TaiJson *result, const TaiHallClose *close)
{
  TaiJson *json = tai_result_add_object (result, "closed");

  tai_result_add_int (json, "number", close->number);
  tai_result_add_text (json, "clerk", close->clerk);
  tai_result_add_time (json, "time", close->time_us);
  tai_result_add_money (json, "sales", close->sales);
  tai_result_add_int (json, "orders", close->n_orders);
  tai_result_add_int (json, "shifts", close->n_shifts);
  tai_result_add_money (json, "drawers", close->drawers);
  tai_result_add_money (json, "safe", close->safe);
  tai_result_add_money (json, "bags", close->in_bags);
  tai_result_add_int (json, "left", close->n_left);
}

static TaiJson *
hall_to_json (TaiVerbCall *call, const TaiHallCheck *check, gint64 others_us, const TaiHallClose *close)
{
  TaiJson *result = tai_json_new_object (), *list;

  tai_result_add_text (result, "hall", tai_terminal_host_get_terminal (call->host)->hall);
  tai_result_add_text (result, "businessDay", check->business_day);
  add_currency (call, result);
  tai_result_add_time (result, "closing", check->closing_us);
  tai_result_add_flag (result, "due", check->is_due);
  tai_result_add_int (result, "stops", check->n_stops);
  tai_result_add_time (result, "othersAsOf", others_us);
  list = tai_result_add_list (result, "items");
  for (guint i = 0; i < check->items->len; i++)
    add_item (list, g_ptr_array_index (check->items, i));
  if (close != NULL)
    add_close (result, close);
  return result;
}

/* The other terminals and kiosks, as headquarters knows them now; as in the window they stand on the list of who sees the hall's
 * report, and stop nothing. 0: it was not to be asked. */
static gint64
add_others (TaiVerbCall *call, TaiHallCheck *check)
{
  TaiDesk *desk = tai_terminal_host_get_desk (call->host);
  TaiReportQuery query = {.from = check->business_day};
  g_autoptr (TaiTillReport) hall = NULL;

  if (!tai_staff_check_right (tai_desk_get_staff (desk), TAI_RIGHT_REPORT_HALL, NULL))
    return 0;
  hall = tai_terminal_host_look_up_report (call->host, &query, NULL);
  if (hall == NULL || !tai_desk_receive_report (desk, hall, NULL))
    return 0;
  tai_hall_check_add_others (check, hall, tai_terminal_host_get_terminal (call->host));
  return hall->as_of_us;
}

/* What stops it comes with the refusal: a list that one can work through. */
static TaiJson *
run_hall_close (TaiVerbCall *call, GError **error)
{
  TaiDesk *desk = tai_terminal_host_get_desk (call->host);
  g_autoptr (TaiHallCheck) check = tai_desk_check_hall (desk, error);
  g_autoptr (TaiHallClose) close = NULL;
  gint64 others_us;

  if (check == NULL)
    return NULL;
  others_us = add_others (call, check);
  if (!tai_verb_get_flag (call, "check"))
    close = tai_desk_close_hall (desk, error);
  return hall_to_json (call, check, others_us, close != NULL ? close : check->closed);
}

static TaiDayKind
find_kind (const char *text)
{
  guint i = 0;

  while (i + 1 < TAI_N_DAY_KINDS && strcmp (tai_day_kind_to_text (i), text) != 0)
    i++;
  return i;
}

static void
print_item (const TaiJson *json, const char *currency, GString *out)
{
  const char *subject = tai_result_text (json, "subject"), *detail = tai_result_text (json, "detail");
  g_autoptr (TaiDayItem) item = tai_day_item_new (find_kind (tai_result_text (json, "kind")), 0);
  g_autofree char *words = NULL;

  item->subject = *subject != '\0' ? g_strdup (subject) : NULL;
  item->detail = *detail != '\0' ? g_strdup (detail) : NULL;
  words = tai_day_words_describe (item);
  tai_result_print (out, "%s %s", tai_result_flag (json, "stops") ? "[!]" : "[ ]", words);
  if (tai_result_int (json, "count") > 1 || item->subject == NULL)
    tai_result_print (out, " ×%lld", MAX (tai_result_int (json, "count"), 1));
  if (tai_json_has (json, "amount"))
    tai_result_print (out, " %s %s", tai_result_text (json, "amount"), currency);
  tai_result_print (out, "\n    %s (guitaictl %s)\n", tai_day_words_get_todo (item->kind),
                    tai_result_text (json, "command"));
}

/* How far the list reaches. */
static void
print_others (const TaiJson *result, GString *out)
{
  g_autofree char *time = tai_result_local_time (result, "othersAsOf");

  if (tai_json_has (result, "othersAsOf"))
    tai_result_print (out, _ ("Other terminals and kiosks as headquarters knew them at %s"), time);
  else
    tai_result_print (
        out,
        _ ("Other terminals and kiosks are not on this list: headquarters cannot be asked now, or not by you"));
  g_string_append_c (out, '\n');
}

static void
print_hall (const TaiJson *result, GString *out)
{
  const TaiJson *items = tai_json_get (result, "items");

  if (tai_json_has (result, "closed")) {
    g_autofree char *time = tai_result_local_time (result, "closed.time");

    tai_result_print (out, _ ("Hall %s, business day %s: closed by %s at %s, number %lld\n"),
                      tai_result_text (result, "hall"), tai_result_text (result, "businessDay"),
                      tai_result_text (result, "closed.clerk"), time,
                      tai_result_int (result, "closed.number"));
    tai_result_print (out, _ ("Sales %s %s in %lld orders, %lld shifts\n"),
                      tai_result_text (result, "closed.sales"), tai_result_text (result, "currency"),
                      tai_result_int (result, "closed.orders"), tai_result_int (result, "closed.shifts"));
  } else
    tai_result_print (out, _ ("Hall %s, business day %s is open. What stops its close: %lld\n"),
                      tai_result_text (result, "hall"), tai_result_text (result, "businessDay"),
                      tai_result_int (result, "stops"));
  for (guint i = 0; i < tai_json_get_length (items); i++)
    print_item (tai_json_get_element (items, i), tai_result_text (result, "currency"), out);
  print_others (result, out);
}

/* The table -------------------------------------------------------------------------------------------------------------- */

static const TaiVerb till_x = {
    .name = "till x",
    .place = TAI_VERB_READ,
    .options = {FILE_OPTIONS, {NULL}},
    .summary = N_ ("Till preview of the open shift, any time; the count stays blind"),
    .run = run_x,
    .print = tai_verb_print_report,
};

static const TaiVerb till_z = {
    .name = "till z",
    .place = TAI_VERB_READ,
    .options = {NUMBER_OPTION, FILE_OPTIONS, {NULL}},
    .summary = N_ ("Till close slip as it was closed, with its supplements"),
    .run = run_z,
    .print = tai_verb_print_report,
};

static const TaiVerb till_supplements = {
    .name = "till supplements",
    .place = TAI_VERB_READ,
    .options = {NUMBER_OPTION, {NULL}},
    .summary = N_ ("What was booked about closed shifts afterwards"),
    .run = run_supplements,
    .print = print_supplements,
};

static const TaiVerb till_print = {
    .name = "till print",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"staff"},
    .options = {NUMBER_OPTION,
                {"x", TAI_VALUE_FLAG, N_ ("The preview of the open shift instead")},
                {"printer", TAI_VALUE_TEXT, N_ ("receipt (80 mm, as usual) or form (A4)")},
                STAFF_OPTIONS,
                {NULL}},
    .summary = N_ ("Till preview or close slip on paper; the second time it is a marked copy"),
    .check = tai_verb_check_printer,
    .run = run_print,
    .print = print_queued,
};

static const TaiVerb till_hand_over = {
    .name = "till hand-over",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"count", "taker", "staff"},
    .options = {{"count", TAI_VALUE_TEXT, N_ ("What was counted in the drawer, 500.00")},
                {"taker", TAI_VALUE_TEXT, N_ ("Staff number of who takes the drawer")},
                {"taker-pin-file", TAI_VALUE_PATH, N_ ("File that holds that person's PIN")},
                STAFF_OPTIONS,
                {"approver", TAI_VALUE_TEXT, N_ ("Staff number of who approves a large difference")},
                {"approver-pin-file", TAI_VALUE_PATH, N_ ("File that holds that person's PIN")},
                {NULL}},
    .summary = N_ ("Give the drawer to a colleague: one count ends a shift and begins the next"),
    .run = run_hand_over,
    .print = tai_verb_print_report,
};

static const TaiVerb till_difference = {
    .name = "till difference",
    .place = TAI_VERB_READ,
    .options = {NUMBER_OPTION, {NULL}},
    .summary = N_ ("Why the drawer was off: the likeliest causes with their records"),
    .run = run_difference,
    .print = print_difference,
};

static const TaiVerb hall_close = {
    .name = "hall close",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .required = {"staff"},
    .options = {{"check", TAI_VALUE_FLAG, N_ ("Only look what stops it")}, STAFF_OPTIONS, {NULL}},
    .summary = N_ ("End the hall's business day, once; says what stops it"),
    .run = run_hall_close,
    .print = print_hall,
};

const TaiVerb *const tai_verbs_close[] = {&till_x,         &till_z,          &till_supplements, &till_print,
                                          &till_hand_over, &till_difference, &hall_close,       NULL};
