/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verb of existing numbers: what headquarters sees of one before money is taken for it. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-directory.h"
#include "tai-operation-words.h"

static void
add_payment (TaiJson *object, const TaiLinePayment *payment)
{
  tai_result_add_time (object, "time", payment->time_us);
  tai_result_add_money (object, "amount", payment->amount);
  tai_result_add_text (object, "operation", payment->operation_id);
  tai_result_add_text (object, "clerk", payment->clerk);
  tai_result_add_text (object, "terminal", payment->terminal);
  tai_result_add_text (object, "order", payment->order_id);
  tai_result_add_text (object, "receipt", payment->receipt_number);
}

static TaiJson *
run_show (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiLineView) view =
      tai_terminal_host_look_up (call->host, tai_verb_get_text (call, "number"), error);
  TaiJson *result, *plan, *payments;

  if (view == NULL)
    return NULL;
  result = tai_json_new_object ();
  tai_result_add_text (result, "number", view->msisdn);
  tai_result_add_text (result, "status", tai_line_status_to_text (view->status));
  tai_result_add_text (result, "owner", view->owner_mask);
  if (view->plan_id != NULL) {
    plan = tai_result_add_object (result, "plan");
    tai_result_add_text (plan, "id", view->plan_id);
    tai_result_add_text (plan, "name", view->plan_name);
    tai_result_add_text (plan, "nameEn", view->plan_name_en);
  }
  tai_result_add_text (result, "currency", tai_currency_to_code (view->balance.currency));
  tai_result_add_money (result, "balance", view->balance);
  tai_result_add_money (result, "arrears", view->arrears);
  tai_result_add_time (result, "arrearsSince", view->arrears_since_us);
  payments = tai_result_add_list (result, "payments");
  for (guint i = 0; i < view->payments->len; i++)
    add_payment (tai_result_append_object (payments), g_ptr_array_index (view->payments, i));
  return result;
}

static void
print_payments (const TaiJson *result, GString *out)
{
  const TaiJson *payments = tai_json_get (result, "payments");

  if (tai_json_get_length (payments) == 0) {
    g_string_append (out, _ ("Nobody in this hall took money for it in the last hour.\n"));
    return;
  }
  g_string_append (out, _ ("Taken for it in this hall in the last hour:\n"));
  for (guint i = 0; i < tai_json_get_length (payments); i++) {
    const TaiJson *one = tai_json_get_element (payments, i);
    g_autofree char *time = tai_result_local_time (one, "time");
    tai_result_print (out, "  %s  %10s  ", time, tai_result_text (one, "amount"));
    tai_result_print_cell (out, tai_operation_words_get_title (tai_result_text (one, "operation")), 16);
    /* TRANSLATORS: staff number, terminal */
    tai_result_print (out, _ ("clerk %s at %s"), tai_result_text (one, "clerk"),
                      tai_result_text (one, "terminal"));
    tai_result_print (out, "  %s\n", tai_result_text (one, "receipt"));
  }
}

static void
print_show (const TaiJson *result, GString *out)
{
  const char *currency = tai_result_text (result, "currency");
  g_autofree char *since = tai_result_local_time (result, "arrearsSince");

  tai_result_print (out, _ ("Number: %s, %s\n"), tai_result_text (result, "number"),
                    tai_word_line_status (tai_result_text (result, "status")));
  tai_result_print (out, _ ("Owner: %s\n"),
                    tai_json_has (result, "owner") ? tai_result_text (result, "owner") : _ ("not known"));
  if (tai_json_has (result, "plan"))
    tai_result_print (out, _ ("Plan: %s\n"), tai_result_text (result, "plan.name"));
  tai_result_print (out, _ ("Balance: %s %s\n"), tai_result_text (result, "balance"), currency);
  if (tai_json_has (result, "arrearsSince"))
    tai_result_print (out, _ ("Arrears: %s %s since %s\n"), tai_result_text (result, "arrears"), currency,
                      since);
  print_payments (result, out);
}

static const TaiVerb show = {
    .name = "line show",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"number", TAI_VALUE_TEXT, "NUMBER"}},
    .required = {"number", "staff"},
    .options = {{"staff", TAI_VALUE_TEXT, N_ ("Staff number")},
                {"pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")},
                {NULL}},
    .summary = N_ ("Ask headquarters whose a number is, what is in it, and who took money for it just now"),
    .run = run_show,
    .print = print_show,
};

const TaiVerb *const tai_verbs_directory[] = {&show, NULL};
