/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of the print queue. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-promise.h"

#define LIST_LIMIT 200

/* print pending ------------------------------------------------------------------------------------------------------------- */

static TaiJson *
run_pending (TaiVerbCall *call, GError **error)
{
  g_autoptr (GPtrArray) entries =
      tai_store_list_open_prints (tai_terminal_host_get_store (call->host), LIST_LIMIT, error);
  TaiJson *result, *list;

  if (entries == NULL)
    return NULL;
  result = tai_json_new_object ();
  list = tai_result_add_list (result, "papers");
  for (guint i = 0; i < entries->len; i++) {
    const TaiPrintEntry *entry = g_ptr_array_index (entries, i);
    TaiJson *one = tai_result_append_object (list);
    tai_result_add_text (one, "id", entry->id.text);
    tai_result_add_text (one, "receipt", entry->receipt_number);
    tai_result_add_text (one, "printer", entry->printer);
    tai_result_add_int (one, "copy", entry->copy);
    tai_result_add_text (one, "state", tai_state_to_text (&tai_print_states, entry->state));
    tai_result_add_text (one, "reason", entry->reason);
    tai_result_add_time (one, "queued", entry->queued_us);
  }
  return result;
}

static void
print_pending (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "papers");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    tai_result_print_cell (out, tai_result_text (one, "receipt"), 26);
    tai_result_print_cell (out, tai_result_text (one, "printer"), 8);
    tai_result_print (out, "%s %s\n", tai_word_print_state (tai_result_text (one, "state")),
                      tai_result_text (one, "reason"));
  }
  if (tai_json_get_length (list) == 0)
    g_string_append (out, _ ("No paper waits.\n"));
}

static const TaiVerb pending = {
    .name = "print pending",
    .place = TAI_VERB_READ,
    .summary = N_ ("List the papers that are not out"),
    .run = run_pending,
    .print = print_pending,
};

/* print run, reprint ---------------------------------------------------------------------------------------------------------- */

/* What waits for one role; @problem keeps the first trouble, the other role is still tried. */
static void
print_role (TaiVerbCall *call, const char *role, TaiJson *list, GError **problem)
{
  g_autoptr (GPtrArray) papers = NULL;
  g_autoptr (GError) error = NULL;

  if (!tai_terminal_host_print (call->host, role, tai_verb_get_text (call, "to"), &papers, &error) &&
      *problem == NULL)
    *problem = g_steal_pointer (&error);
  for (guint i = 0; papers != NULL && i < papers->len; i++)
    tai_json_append (list, tai_json_new_string (g_ptr_array_index (papers, i)));
}

static TaiJson *
run_print (TaiVerbCall *call, GError **error)
{
  TaiJson *result = tai_json_new_object ();
  TaiJson *list = tai_result_add_list (result, "files");
  GError *problem = NULL;

  print_role (call, "receipt", list, &problem);
  print_role (call, "form", list, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return result;
}

static TaiJson *
run_reprint (TaiVerbCall *call, GError **error)
{
  const char *receipt = tai_verb_get_text (call, "receipt");
  gint32 copy;
  TaiJson *result;

  if (!tai_desk_reprint (tai_terminal_host_get_desk (call->host), receipt, &copy, error))
    return NULL;
  result = run_print (call, error);
  tai_result_add_text (result, "receipt", receipt);
  tai_result_add_int (result, "copy", copy);
  return result;
}

static void
print_files (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "files");

  if (tai_json_has (result, "copy") && tai_result_int (result, "copy") > 0)
    tai_result_print (out, _ ("Receipt %s, copy %lld\n"), tai_result_text (result, "receipt"),
                      tai_result_int (result, "copy"));
  for (guint i = 0; i < tai_json_get_length (list); i++)
    tai_result_print (out, _ ("Paper: %s\n"),
                      tai_json_require_string (tai_json_get_element (list, i), "", NULL));
}

static TaiJson *
run_notice (TaiVerbCall *call, GError **error)
{
  const char *receipt = tai_verb_get_text (call, "receipt");
  TaiJson *result;

  if (!tai_desk_print_notice (tai_terminal_host_get_desk (call->host), receipt, error))
    return NULL;
  result = run_print (call, error);
  tai_result_add_text (result, "receipt", receipt);
  return result;
}

/* In place of those that were printed before. */
static TaiJson *
run_invoice (TaiVerbCall *call, GError **error)
{
  const char *receipt = tai_verb_get_text (call, "receipt");
  TaiMoney amount;
  TaiJson *result;

  if (!tai_desk_exchange_invoice (tai_terminal_host_get_desk (call->host), receipt, &amount, error))
    return NULL;
  result = run_print (call, error);
  tai_result_add_text (result, "receipt", receipt);
  return result;
}

gboolean
tai_verb_check_printer (TaiVerbCall *call, GError **error)
{
  const char *printer = tai_verb_get_text (call, "printer");
  gboolean good = printer == NULL || strcmp (printer, "receipt") == 0 || strcmp (printer, "form") == 0;

  if (!good)
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "--printer %s: receipt or form", printer);
  return good;
}

static gboolean
check_promise (TaiVerbCall *call, GError **error)
{
  const char *text = tai_verb_get_text (call, "kind");
  TaiPromiseKind kind;

  if (!tai_promise_kind_from_text (text, &kind)) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_USAGE, "%s: payment, paper or money", text);
    return FALSE;
  }
  return tai_verb_check_printer (call, error);
}

static TaiJson *
run_promise (TaiVerbCall *call, GError **error)
{
  const char *printer = tai_verb_get_text (call, "printer");
  g_autoptr (TaiOrder) order = tai_verb_need_order (call, error);
  g_autofree char *code = NULL;
  TaiPromise promise;
  TaiJson *result;

  if (order == NULL)
    return NULL;
  tai_promise_kind_from_text (tai_verb_get_text (call, "kind"), &promise.kind);
  promise.id = promise.kind == TAI_PROMISE_PAYMENT ? order->visit_id : order->id;
  if (!tai_desk_print_promise (tai_terminal_host_get_desk (call->host), &promise,
                               printer != NULL ? printer : "receipt", error))
    return NULL;
  result = run_print (call, error);
  code = tai_promise_to_text (&promise);
  tai_result_add_text (result, "order", order->id.text);
  tai_result_add_text (result, "kind", tai_promise_kind_to_text (promise.kind));
  tai_result_add_text (result, "code", code);
  return result;
}

static void
print_promise (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("The slip has the code %s\n"), tai_result_text (result, "code"));
  print_files (result, out);
}

static const TaiVerb print_run = {
    .name = "print run",
    .place = TAI_VERB_WRITE,
    .options = {{"to", TAI_VALUE_TEXT, N_ ("Printer: tcp:HOST:9100, usb:PATH, file:FOLDER, ipp://…")},
                {NULL}},
    .summary = N_ ("Print what waits"),
    .run = run_print,
    .print = print_files,
};

/* A paper of a receipt, by somebody. */
#define PAPER_OPTIONS                                                                                        \
  {                                                                                                          \
    {"to", TAI_VALUE_TEXT, N_ ("Printer: tcp:HOST:9100, usb:PATH, file:FOLDER, ipp://…")},                   \
        {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},                                                      \
        {"pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")},                                        \
    {                                                                                                        \
      NULL                                                                                                   \
    }                                                                                                        \
  }

static const TaiVerb reprint = {
    .name = "print reprint",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"receipt", TAI_VALUE_TEXT, "RECEIPT"}},
    .required = {"receipt", "staff"},
    .options = PAPER_OPTIONS,
    .summary = N_ ("Print a receipt once more, marked as a copy"),
    .run = run_reprint,
    .print = print_files,
};

static const TaiVerb notice = {
    .name = "print notice",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"receipt", TAI_VALUE_TEXT, "RECEIPT"}},
    .required = {"receipt", "staff"},
    .options = PAPER_OPTIONS,
    .summary = N_ ("Print what was sold on a page in large letters"),
    .run = run_notice,
    .print = print_files,
};

static const TaiVerb invoice = {
    .name = "print invoice",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"receipt", TAI_VALUE_TEXT, "RECEIPT"}},
    .required = {"receipt", "staff"},
    .options = PAPER_OPTIONS,
    .summary = N_ ("Print another code for the invoice of a receipt; those before are no longer good"),
    .run = run_invoice,
    .print = print_files,
};

static const TaiVerb promise_slip = {
    .name = "print promise",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"kind", TAI_VALUE_TEXT, "payment|paper|money"}, {"order", TAI_VALUE_TEXT, "ORDER"}},
    .required = {"kind", "order", "staff"},
    .options = {{"printer", TAI_VALUE_TEXT, N_ ("receipt (as usual) or form, where that one is in trouble")},
                {"to", TAI_VALUE_TEXT, N_ ("Printer: tcp:HOST:9100, usb:PATH, file:FOLDER, ipp://…")},
                {"staff", TAI_VALUE_TEXT, N_ ("Staff number")},
                {"pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")},
                {NULL}},
    .summary = N_ ("Print the slip of a customer who leaves before it is settled"),
    .check = check_promise,
    .run = run_promise,
    .print = print_promise,
};

const TaiVerb *const tai_verbs_print[] = {&pending, &print_run,    &reprint, &notice,
                                          &invoice, &promise_slip, NULL};
