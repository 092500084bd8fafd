/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of orders: a visit by script, and looking at what there is. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-operation-words.h"
#include "tai-plain-text.h"
#include "tai-visit-runner.h"

#define RECEIPT_COLUMNS 48
/* How long one call asks HQ whether it is there, and then waits for what it sold to get there. */
#define LOOK_MS 3000
#define SEND_MS 5000

/* order run -------------------------------------------------------------------------------------------------------------- */

static void
add_receipt_text (TaiVerbCall *call, TaiJson *result, const char *receipt_number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPrintJob) job = tai_print_queue_find_receipt (
      TAI_PRINT_QUEUE (tai_terminal_host_get_store (call->host)), receipt_number, &error);
  g_autofree char *text = NULL;

  if (job == NULL) {
    g_message ("receipt %s cannot be shown: %s", receipt_number,
               error != NULL ? error->message : "not there");
    return;
  }
  text = tai_plain_text_render (job->document, RECEIPT_COLUMNS);
  tai_result_add_text (result, "receiptText", text);
}

static void
add_payments (TaiJson *result, TaiVisit *visit)
{
  const GPtrArray *payments = tai_visit_get_payments (visit);
  TaiJson *list = tai_result_add_list (result, "payments");

  for (guint i = 0; i < payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (payments, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "id", payment->id.text);
    tai_result_add_text (one, "tender", tai_tender_to_text (payment->tender));
    tai_result_add_text (one, "provider", payment->provider);
    tai_result_add_text (one, "number", payment->number);
    tai_result_add_money (one, "amount", payment->amount);
    tai_result_add_text (one, "state", tai_state_to_text (&tai_payment_states, payment->state));
  }
}

static TaiJson *
visit_to_json (TaiVerbCall *call, TaiVisit *visit, TaiMoney received, TaiMoney change)
{
  TaiJson *result = tai_json_new_object ();

  tai_result_add_text (result, "visit", tai_visit_get_id (visit)->text);
  tai_result_add_text (result, "receipt", tai_visit_get_receipt_number (visit));
  tai_result_add_flag (result, "onLine", tai_desk_is_on_line (tai_terminal_host_get_desk (call->host)));
  tai_result_add_text (result, "currency", tai_currency_to_code (received.currency));
  tai_result_add_money (result, "total", tai_visit_get_total (visit));
  tai_result_add_money (result, "received", received);
  tai_result_add_money (result, "change", change);
  add_payments (result, visit);
  add_receipt_text (call, result, tai_visit_get_receipt_number (visit));
  return result;
}

/* As the store has them after HQ was given a moment. */
static gboolean
add_orders (TaiVerbCall *call, TaiJson *result, TaiVisit *visit, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  TaiJson *orders = tai_result_add_list (result, "orders");

  for (guint i = 0; i < tai_visit_get_n_orders (visit); i++) {
    g_autoptr (TaiOrder) order =
        tai_visit_store_find_order (store, tai_visit_get_order (visit, i)->id.text, error);
    if (order == NULL)
      return FALSE;
    tai_result_add_order (tai_result_append_object (orders), order, FALSE);
  }
  return TRUE;
}

/* The sale stands whatever the printers do; their trouble is told beside it. */
static gboolean
print_papers (TaiVerbCall *call, const char *address, TaiJson *result, GError **error)
{
  static const char *const roles[] = {"receipt", "form"};
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  gboolean good = TRUE;
  TaiJson *list;

  for (guint i = 0; good && i < G_N_ELEMENTS (roles); i++) {
    g_autoptr (GPtrArray) of_role = NULL;
    good = tai_terminal_host_print (call->host, roles[i], address, &of_role, error);
    for (guint j = 0; of_role != NULL && j < of_role->len; j++)
      g_ptr_array_add (files, g_strdup (g_ptr_array_index (of_role, j)));
  }
  list = tai_result_add_list (result, "papers");
  for (guint i = 0; i < files->len; i++)
    tai_json_append (list, tai_json_new_string (g_ptr_array_index (files, i)));
  return good;
}

static char *
printer_of (TaiVerbCall *call, const TaiVisitScript *script)
{
  const char *out = tai_verb_get_text (call, "out");
  const char *paper = tai_verb_get_text (call, "paper");

  if (out == NULL)
    return g_strdup (script->printer);
  return g_strdup_printf ("file:%s%s%s", out, paper != NULL ? "," : "", paper != NULL ? paper : "");
}

/* Before a PIN is looked at: a script that names a person is refused whatever else is wrong with the call. */
static gboolean
check_script (TaiVerbCall *call, GError **error)
{
  guint16 currency = tai_terminal_host_get_terminal (call->host)->currency;
  g_autoptr (TaiVisitScript) script =
      tai_visit_script_from_json (tai_json_get (call->arguments, "script"), currency, error);

  return script != NULL;
}

static TaiJson *
run_order (TaiVerbCall *call, GError **error)
{
  const TaiTerminal *terminal = tai_terminal_host_get_terminal (call->host);
  g_autoptr (TaiVisitScript) script =
      tai_visit_script_from_json (tai_json_get (call->arguments, "script"), terminal->currency, error);
  g_autoptr (TaiVisit) visit = NULL;
  g_autofree char *printer = NULL;
  g_autoptr (GError) problem = NULL;
  TaiMoney change;
  TaiJson *result;

  if (script == NULL)
    return NULL;
  tai_terminal_host_look (call->host, LOOK_MS);
  if (!tai_visit_runner_run (call->host, script, &visit, &change, error))
    return NULL;
  tai_sync_poke (tai_terminal_host_get_sync (call->host));
  result = visit_to_json (call, visit, script->cash, change);
  printer = printer_of (call, script);
  print_papers (call, printer, result, &problem);
  tai_terminal_host_wait_sent (call->host, SEND_MS);
  tai_terminal_host_refill (call->host);
  if (!add_orders (call, result, visit, problem == NULL ? &problem : NULL) || problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return result;
}

static void
print_order_line (const TaiJson *order, GString *out)
{
  const char *msisdn = tai_result_text (order, "msisdn");

  tai_result_print_cell (out, tai_operation_words_get_title (tai_result_text (order, "operation")), 24);
  tai_result_print_cell (out, *msisdn != '\0' ? msisdn : "–", 12);
  tai_result_print_cell (out, tai_result_text (order, "today"), 10);
  tai_result_print (out, "%s\n", tai_word_order_state (tai_result_text (order, "state")));
}

static void
print_run (const TaiJson *result, GString *out)
{
  const TaiJson *orders = tai_json_get (result, "orders");
  const TaiJson *papers = tai_json_get (result, "papers");
  const TaiJson *payments = tai_json_get (result, "payments");

  g_string_append (out, tai_result_text (result, "receiptText"));
  g_string_append_c (out, '\n');
  for (guint i = 0; i < tai_json_get_length (orders); i++)
    print_order_line (tai_json_get_element (orders, i), out);
  tai_result_print (out, _ ("Due %s, received %s, change %s %s; receipt %s\n"),
                    tai_result_text (result, "total"), tai_result_text (result, "received"),
                    tai_result_text (result, "change"), tai_result_text (result, "currency"),
                    tai_result_text (result, "receipt"));
  for (guint i = 0; i < tai_json_get_length (payments); i++) {
    const TaiJson *payment = tai_json_get_element (payments, i);
    tai_result_print (out, _ ("Paid: %s %s\n"), tai_word_tender (tai_result_text (payment, "tender")),
                      tai_result_text (payment, "amount"));
  }
  for (guint i = 0; i < tai_json_get_length (papers); i++)
    tai_result_print (out, _ ("Paper: %s\n"),
                      tai_json_require_string (tai_json_get_element (papers, i), "", NULL));
}

static const TaiVerb order_run = {
    .name = "order run",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"script", TAI_VALUE_JSON, "SCRIPT"}},
    .required = {"script"},
    .options = {{"out", TAI_VALUE_PATH, N_ ("Folder for the papers as files")},
                {"paper", TAI_VALUE_TEXT, N_ ("Width of the receipt in --out: 58mm or 80mm")},
                {"pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")},
                {NULL}},
    .summary = N_ ("Do a visit as a script says (docs/schemas/visit-script.json)"),
    .check = check_script,
    .run = run_order,
    .print = print_run,
};

/* order list, show -------------------------------------------------------------------------------------------------------- */

static TaiJson *
run_list (TaiVerbCall *call, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  TaiOrderFilter filter = {.business_day = tai_verb_get_text (call, "day"),
                           .receipt_number = tai_verb_get_text (call, "receipt"),
                           .msisdn = tai_verb_get_text (call, "number"),
                           .clerk = tai_verb_get_text (call, "clerk"),
                           .reference = tai_verb_get_text (call, "reference"),
                           .tender = tai_verb_get_text (call, "tender"),
                           .only_unfinished = tai_verb_get_flag (call, "unfinished"),
                           .limit = (guint)MIN (tai_verb_get_count (call, "limit", 100), 10000)};
  g_autoptr (GPtrArray) orders = NULL;
  TaiTender tender;
  TaiMoney paid;
  TaiJson *result, *list;

  if (filter.tender != NULL && !tai_tender_from_text (filter.tender, &tender, NULL)) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--tender %s: cash, card, qr, coupon or other",
                 filter.tender);
    return NULL;
  }
  if (tai_verb_get_text (call, "paid") != NULL && !tai_verb_get_money (call, "paid", &paid, error))
    return NULL;
  if (tai_verb_get_text (call, "paid") != NULL)
    filter.paid_minor = ABS (paid.minor);
  orders = tai_visit_store_list_orders (store, &filter, error);
  if (orders == NULL)
    return NULL;
  result = tai_json_new_object ();
  list = tai_result_add_list (result, "orders");
  for (guint i = 0; i < orders->len; i++)
    tai_result_add_order (tai_result_append_object (list), g_ptr_array_index (orders, i), FALSE);
  return result;
}

static void
print_list (const TaiJson *result, GString *out)
{
  const TaiJson *orders = tai_json_get (result, "orders");

  for (guint i = 0; i < tai_json_get_length (orders); i++) {
    const TaiJson *order = tai_json_get_element (orders, i);
    const char *receipt = tai_result_text (order, "receipt");
    tai_result_print_cell (out, *receipt != '\0' ? receipt : "–", 26);
    print_order_line (order, out);
  }
  if (tai_json_get_length (orders) == 0)
    g_string_append (out, _ ("No orders.\n"));
}

static const TaiVerb order_list = {
    .name = "order list",
    .place = TAI_VERB_READ,
    .options = {{"day", TAI_VALUE_TEXT, N_ ("Of this business day")},
                {"receipt", TAI_VALUE_TEXT, N_ ("On this receipt")},
                {"number", TAI_VALUE_TEXT, N_ ("For this mobile number")},
                {"clerk", TAI_VALUE_TEXT, N_ ("By this staff member")},
                {"paid", TAI_VALUE_TEXT, N_ ("With a payment of this amount, in or out")},
                {"reference", TAI_VALUE_TEXT, N_ ("Paid with this coupon or slip")},
                {"tender", TAI_VALUE_TEXT, N_ ("Paid so: cash, card, qr, coupon or other")},
                {"unfinished", TAI_VALUE_FLAG, N_ ("Only what is not finished")},
                {"limit", TAI_VALUE_COUNT, N_ ("At most so many (100)")},
                {NULL}},
    .summary = N_ ("List orders, newest first"),
    .run = run_list,
    .print = print_list,
};

TaiOrder *
tai_verb_need_order (TaiVerbCall *call, GError **error)
{
  const char *id = tai_verb_get_text (call, "order");
  g_autoptr (GError) local_error = NULL;
  TaiOrder *order = tai_visit_store_find_order (TAI_VISIT_STORE (tai_terminal_host_get_store (call->host)),
                                                id, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (order == NULL)
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_UNKNOWN_RECORD, "no order %s", id);
  return order;
}

static TaiJson *
run_show (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiOrder) order = tai_verb_need_order (call, error);
  TaiJson *result;

  if (order == NULL)
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_order (result, order, TRUE);
  return result;
}

static void
print_show (const TaiJson *result, GString *out)
{
  const TaiJson *items = tai_json_get (result, "items");
  const char *reason = tai_result_text (result, "hqReason");

  print_order_line (result, out);
  tai_result_print (out, _ ("Receipt %s, message %lld, content %.16s…\n"),
                    tai_result_text (result, "receipt"), tai_result_int (result, "seq"),
                    tai_result_text (result, "hash"));
  tai_result_print (out, _ ("Clerk %s, business day %s, off line: %s\n"), tai_result_text (result, "clerk"),
                    tai_result_text (result, "businessDay"),
                    tai_word_rule (tai_result_text (result, "rule")));
  if (*tai_result_text (result, "customer") != '\0')
    tai_result_print (out, _ ("Customer %s, document %s\n"), tai_result_text (result, "customer"),
                      tai_result_text (result, "document"));
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    if (*tai_result_text (item, "offering") != '\0')
      tai_result_print (out, "  %s  %s ×%lld\n", tai_result_text (item, "offering"),
                        tai_result_text (item, "name"), tai_result_int (item, "quantity"));
  }
  tai_result_print (out, _ ("Today %s, first bill %s, normal month %s\n"), tai_result_text (result, "today"),
                    tai_result_text (result, "first"), tai_result_text (result, "normal"));
  if (*reason != '\0')
    tai_result_print (out, _ ("Why: %s\n"), tai_word_hq_reason (reason));
}

static const TaiVerb order_show = {
    .name = "order show",
    .place = TAI_VERB_READ,
    .bare = {{"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"order"},
    .summary = N_ ("Show one order"),
    .run = run_show,
    .print = print_show,
};

const TaiVerb *const tai_verbs_order[] = {&order_run, &order_list, &order_show, NULL};
