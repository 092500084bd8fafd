/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes as sentences. A new code of HQ (docs/protocol.md) is a row here; until then it is shown as it came. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-reason-words.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *code, *words, *todo;
} Row;

/* clang-format off */
static const char todo_help_desk[] = N_ ("Tell the help desk; a supervisor sends it again when it is mended.");
static const char todo_back[] = N_ ("Tell the customer, and give the money back.");
static const char todo_wait[] = N_ ("Nothing to do here: it goes on by itself or by headquarters. Do not take the money again.");
static const char todo_other[] = N_ ("Tell the customer; choose another one with him in a new visit.");
static const char todo_identity[] = N_ ("Ask the customer to come back with the card, and read it again in a new visit.");

static const Row hq_rows[] = {
  {"five_lines", N_ ("The customer has five lines already: the law allows no more."), todo_back},
  {"number_taken", N_ ("The number belongs to somebody else meanwhile."), todo_other},
  {"number_not_leased", N_ ("The number is not in this terminal's stock at headquarters."), todo_other},
  {"sim_taken", N_ ("The SIM card is in use already."), todo_other},
  {"sim_not_leased", N_ ("The SIM card is not in this terminal's stock at headquarters."), todo_other},
  {"identity_missing", N_ ("The customer's card was not read."), todo_identity},
  {"identity_unreadable", N_ ("Headquarters cannot read the customer's document."), todo_identity},
  {"identity_emulated", N_ ("The document came from a reader that is not a real one."), todo_identity},
  {"identity_blocked", N_ ("The document is barred: no business may be done with it."), N_ ("Call the supervisor, and say no more than that. The money is given back.")},
  {"minor", N_ ("The customer is too young for this business."), N_ ("Ask the customer to come back with a guardian; give the money back.")},
  {"offering_unknown", N_ ("What was sold is not on sale any more."), todo_other},
  {"offering_group", N_ ("What was sold is for a group of customers that the customer is not in."), todo_other},
  {"consent_missing", N_ ("The customer's own yes to a value-added service is missing."), todo_other},
  {"trial_end", N_ ("The service is not free for as long as the customer was told."), todo_other},
  {"minimum_spend", N_ ("The number asks for more a month than the plan comes to."), todo_other},
  {"line_unknown", N_ ("Headquarters has no such number."), N_ ("Check the number with the customer.")},
  {"line_closed", N_ ("The number is closed already."), N_ ("Tell the customer.")},
  {"not_owner", N_ ("The number is not the one's whose card was read."), N_ ("Ask the owner to come with the own card.")},
  {"owner_unknown", N_ ("Headquarters does not know whose number it is."), N_ ("Tell the customer; headquarters must register the owner first.")},
  {"arrears", N_ ("Something is owed for the number."), N_ ("Take the arrears first, then do it in a new visit.")},
  {"payment_missing", N_ ("The payment for it did not reach headquarters in 30 days."), todo_help_desk},
  {"coupon_used", N_ ("The coupon that it was paid with was used already."), todo_help_desk},
  {"payment_short", N_ ("The payment is less than what was due."), todo_help_desk},
  {"cancelled_by_request", N_ ("It was cancelled at the customer's wish."), todo_back},
  {"credit_used", N_ ("The amount has been used already."), todo_other},
  {"another_day", N_ ("It was credited on another day: only what was credited today is undone."), todo_other},
  {"not_completed", N_ ("It is not credited yet."), todo_wait},
  {"not_offered", N_ ("This business is not taken back."), todo_other},
  {"undone_by_request", N_ ("It was undone at the customer's wish."), todo_back},
  {"bss_pending", N_ ("The operator's system waits for something."), todo_wait},
  {"bss_held", N_ ("The operator's system looks into it."), todo_wait},
  {"bss_unproved", N_ ("Headquarters does not know yet whether the operator's system has it."), todo_wait},
  {"bss_no_answer", N_ ("The operator's system does not take it; headquarters looks into it."), todo_wait},
  {"bss_refused", N_ ("The operator's system does not take it; headquarters looks into it."), todo_wait},
  {"bss_double", N_ ("The operator's system has it twice; headquarters puts it right."), todo_wait},
  {"bss_lost", N_ ("The operator's system does not find it any more; headquarters looks into it."), todo_wait},
  {"bss_state", N_ ("The operator's system says something that headquarters does not know."), todo_wait},
  {"bss_cancelled", N_ ("The operator's system cancelled it."), todo_back},
  {"bss_rejected", N_ ("The operator's system refused it."), todo_back},
  {"bss_failed", N_ ("The operator's system could not carry it out."), todo_back},
  {"bss_partial", N_ ("The operator's system carried out a part of it only."), todo_help_desk},
  {"bss_given_up", N_ ("Headquarters gave it up; the operator's system never had it."), todo_back},
  {"given_up", N_ ("A supervisor gave the record up; headquarters never had it."), todo_back},
  {"invalid", N_ ("Headquarters finds the record faulty."), todo_help_desk},
  {"json", N_ ("Headquarters finds the record faulty."), todo_help_desk},
  {"digest", N_ ("The record was damaged on its way."), N_ ("Send it again; if it comes back, tell the help desk.")},
  {"size", N_ ("The record is too large for headquarters."), todo_help_desk},
  {"sequence", N_ ("Its number was used by another record already."), todo_help_desk},
  {"gaps", N_ ("Records before it are missing at headquarters."), N_ ("Wait until the others are uploaded, then send it again.")},
  {"conflict", N_ ("Headquarters has another record under the same key."), todo_help_desk},
  {"idempotency_key", N_ ("The record came without its key."), todo_help_desk},
  {"other_terminal", N_ ("The record is another terminal's."), todo_help_desk},
  {"no_terminal", N_ ("Headquarters does not know this terminal."), todo_help_desk},
  {"order_unknown", N_ ("Headquarters does not know the order that it is about."), N_ ("Wait until the order is uploaded, then send it again.")},
  {"refused", N_ ("Headquarters refused it without a reason."), todo_help_desk},
  {"rejected", N_ ("Headquarters refused it without a reason."), todo_help_desk},
  {"not reached", N_ ("Headquarters could not be reached."), N_ ("Nothing to do: it is tried again by itself.")},
  {"lost", N_ ("The line broke while it was sent: whether it arrived is being asked."), N_ ("Nothing to do: it is asked again by itself. Do not take the money again.")},
  {"not let in", N_ ("Headquarters does not let this terminal in."), todo_help_desk},
  {"HQ cannot now", N_ ("Headquarters is busy."), N_ ("Nothing to do: it is tried again by itself.")},
  {"not HQ's words", N_ ("Something else than headquarters answered."), N_ ("Tell hall IT: the network asks for a sign-in, perhaps. It is tried again by itself.")},
};

static const Row printer_rows[] = {
  {"paper_end", N_ ("The paper is at its end."), NULL},
  {"cover_open", N_ ("The cover is open."), NULL},
  {"cutter", N_ ("The cutter is stuck."), NULL},
  {"device_error", N_ ("The printer has a fault."), NULL},
  {"offline", N_ ("The printer is off line."), NULL},
  {"not_reached", N_ ("The printer cannot be reached: is it switched on and plugged in?"), NULL},
  {"busy", N_ ("The printer is busy."), NULL},
  {"no_answer", N_ ("The printer does not answer."), NULL},
  {"line_lost", N_ ("The line to the printer broke."), NULL},
  {"refused", N_ ("The printer does not take this paper."), NULL},
  {"aborted", N_ ("The printer gave it up."), NULL},
  {"held", N_ ("It waits in the printer's own queue."), NULL},
  {"cancelled", N_ ("It was cancelled at the printer."), NULL},
  {"document", N_ ("It does not fit on this paper."), NULL},
  {"not_offered", N_ ("This printer cannot do that."), NULL},
  {"other_printer", N_ ("The first printer was not ready: it came out at the other one."), NULL},
};

static const Row coupon_rows[] = {
  {"coupon_unknown", N_ ("Headquarters does not know the coupon."), NULL},
  {"coupon_used", N_ ("The coupon was used already."), NULL},
  {"coupon_expired", N_ ("The coupon is not valid any more."), NULL},
  {"coupon_other_hall", N_ ("The coupon is another hall's."), NULL},
  {"coupon_elsewhere", N_ ("The coupon lies in another desk's stock: it is used there."), NULL},
  {"coupon_amount", N_ ("The coupon is worth less than that."), NULL},
};

static const Row card_rows[] = {
  {"unplugged", N_ ("The bank terminal is not connected: is its cable in, and has it power?"), NULL},
  {"permission", N_ ("This program may not use the bank terminal's line: tell hall IT."), NULL},
  {"busy", N_ ("The bank terminal is busy with another payment."), NULL},
  {"no_answer", N_ ("The bank terminal does not answer."), NULL},
  {"emulated", N_ ("The bank terminal is not a real one."), NULL},
  {"cancelled", N_ ("The program ended while the bank terminal was asked."), NULL},
  {"failed", N_ ("The line to the bank terminal has a fault."), NULL},
  {"card", N_ ("The customer is at the bank terminal."), NULL},
  {"other_order", N_ ("The bank terminal answered for another payment."), NULL},
  {"amount_differs", N_ ("The bank terminal tells another amount."), NULL},
  {"no_status", N_ ("The bank terminal's answer is not understood."), NULL},
  {"not_taken_back", N_ ("The bank terminal has not taken it back yet."), NULL},
  {"never_arrived", N_ ("The bank terminal never had it: no money moved."), NULL},
  {"110", N_ ("It was cancelled at the bank terminal."), NULL},
  {"112", N_ ("No card came in time."), NULL},
  {"051", N_ ("The bank declined the card."), NULL},
  {"942", N_ ("The bank does not give it back."), NULL},
  {"ET008", N_ ("The bank has settled it already: it can only be refunded."), NULL},
};
/* clang-format on */

/* The code is what stands before ": HQ's words" or " (503)". */
static const Row *
find (const Row *rows, gsize n, const char *reason)
{
  gsize length = reason != NULL ? strcspn (reason, ":(") : 0;

  while (length > 0 && reason[length - 1] == ' ')
    length--;
  for (gsize i = 0; i < n && length > 0; i++)
    if (strlen (rows[i].code) == length && strncmp (rows[i].code, reason, length) == 0)
      return &rows[i];
  return NULL;
}

char *
tai_reason_words_hq (const char *reason)
{
  const Row *row = find (hq_rows, G_N_ELEMENTS (hq_rows), reason);

  if (row != NULL)
    return g_strdup (_ (row->words));
  if (reason == NULL || *reason == '\0')
    return g_strdup (_ ("Headquarters gave no reason."));
  return g_strdup_printf (_ ("Headquarters says: %s"), reason);
}

char *
tai_reason_words_waiting (const char *reason)
{
  const Row *row = find (hq_rows, G_N_ELEMENTS (hq_rows), reason);

  return row != NULL ? g_strdup (_ (row->words)) : NULL;
}

const char *
tai_reason_words_hq_todo (const char *reason)
{
  const Row *row = find (hq_rows, G_N_ELEMENTS (hq_rows), reason);

  return _ (row != NULL ? row->todo : todo_help_desk);
}

char *
tai_reason_words_printer (const char *reason)
{
  const Row *row = find (printer_rows, G_N_ELEMENTS (printer_rows), reason);

  return g_strdup (row != NULL ? _ (row->words) : reason != NULL ? reason : "");
}

char *
tai_reason_words_drawer (const char *reason)
{
  g_autofree char *why = reason != NULL ? tai_reason_words_printer (reason) : NULL;

  return why != NULL ? g_strdup_printf (_ ("The drawer did not open. %s"), why)
                     : g_strdup (_ ("The drawer was left open."));
}

char *
tai_reason_words_card (const char *reason)
{
  const Row *row = find (card_rows, G_N_ELEMENTS (card_rows), reason);

  if (row != NULL)
    return g_strdup (_ (row->words));
  return g_strdup_printf (_ ("The bank terminal says: %s"), reason != NULL ? reason : "");
}

char *
tai_reason_words_coupon (const char *reason)
{
  const Row *row = find (coupon_rows, G_N_ELEMENTS (coupon_rows), reason);

  return row != NULL ? g_strdup (_ (row->words)) : tai_reason_words_hq (reason);
}

char *
tai_reason_words_copy (int copy, gboolean is_fault)
{
  if (copy == 0)
    return g_strdup (
        _ ("It has not been printed yet. It comes out by itself when the printer is ready; once is enough."));
  if (is_fault)
    return g_strdup_printf (
        _ ("The printer does not answer. Copy %d is stored and comes out when it is back; once is enough."),
        copy);
  return g_strdup_printf (_ ("Copy %d is on its way to the printer. It is marked and counted."), copy);
}

const char *
tai_reason_words_order_todo (TaiOrderState state)
{
  static const char *const words[] = {
      [TAI_ORDER_DRAFT] = NULL,
      [TAI_ORDER_PLACED] = N_ ("Take the money or cancel it: it stands among the parked visits."),
      [TAI_ORDER_PAID] = N_ ("Nothing to do: it is uploaded by itself as soon as there is a line."),
      [TAI_ORDER_SENT] = N_ ("Nothing to do: headquarters is asked by itself whether it has it."),
      [TAI_ORDER_ACKNOWLEDGED] = N_ ("Nothing to do: headquarters carries it out."),
      [TAI_ORDER_IN_PROGRESS] = N_ ("Nothing to do: headquarters carries it out."),
      [TAI_ORDER_COMPLETED] = NULL,
      [TAI_ORDER_CANCELLED] = NULL,
      [TAI_ORDER_HELD] = N_ ("Ask headquarters if the customer waits."),
      [TAI_ORDER_PENDING] = N_ ("Ask headquarters if the customer waits."),
      [TAI_ORDER_REJECTED] = N_ ("Tell the customer why; what was paid is given back."),
      [TAI_ORDER_FAILED] = N_ ("Tell the customer; what was paid is given back."),
      [TAI_ORDER_PARTIAL] = N_ ("Ask headquarters what was done, then tell the customer."),
      [TAI_ORDER_UNDONE] = NULL,
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (words), NULL);
  return words[state] != NULL ? _ (words[state]) : NULL;
}

const char *
tai_reason_words_message (TaiMessageState state)
{
  static const char *const words[] = {
      [TAI_MESSAGE_WAITING] = N_ ("Waits to be uploaded"), [TAI_MESSAGE_IN_FLIGHT] = N_ ("Is being uploaded"),
      [TAI_MESSAGE_ASKING] = N_ ("Sent, being verified"),  [TAI_MESSAGE_ACKNOWLEDGED] = N_ ("Uploaded"),
      [TAI_MESSAGE_QUARANTINED] = N_ ("Rejected record"),  [TAI_MESSAGE_SUPERSEDED] = N_ ("Given up"),
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (words), NULL);
  return _ (words[state]);
}

const char *
tai_reason_words_print (TaiPrintState state)
{
  static const char *const words[] = {
      [TAI_PRINT_QUEUED] = N_ ("Waits for the printer"),
      [TAI_PRINT_SENDING] = N_ ("Is being printed"),
      [TAI_PRINT_PRINTED] = N_ ("Printed"),
      [TAI_PRINT_UNKNOWN] = N_ ("Perhaps printed: look at the paper"),
      [TAI_PRINT_FAILED] = N_ ("Not printed"),
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (words), NULL);
  return _ (words[state]);
}
