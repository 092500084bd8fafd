/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. A new word of a gateway is a row here; until then it is shown as it came. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-payment-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-reason-words.h"
#include "tai-words.h"

/* Looks ------------------------------------------------------------------------------------------------------------------ */

/* clang-format off */
static const TaiPaymentLook looks[] = {
  [TAI_PAYMENT_CREATED] = {"content-loading-symbolic", "waits", N_ ("Begun"), N_ ("Wait a moment.")},
  [TAI_PAYMENT_SUBMITTED] = {"content-loading-symbolic", "waits", N_ ("The payment is being asked for"), N_ ("Wait a moment. Nothing else is taken meanwhile.")},
  [TAI_PAYMENT_AWAITING_CUSTOMER] = {"dialog-password-symbolic", "waits", N_ ("The customer must confirm: password needed"), N_ ("Ask the customer to type the password on the phone. It goes on by itself then.")},
  [TAI_PAYMENT_SUCCEEDED] = {"object-select-symbolic", "good", N_ ("Paid"), N_ ("The money has come.")},
  [TAI_PAYMENT_FAILED] = {"window-close-symbolic", "refused", N_ ("Refused: no money came"), N_ ("Nothing was taken. Choose another way of payment, or try once more.")},
  [TAI_PAYMENT_UNKNOWN] = {"dialog-question-symbolic", "doubt", N_ ("In doubt: nobody knows yet whether the money came"), N_ ("Do not take the money again. It is asked for by itself. The customer may leave with a slip; a supervisor can decide here.")},
  [TAI_PAYMENT_REVERSING] = {"edit-undo-symbolic", "doubt", N_ ("Being taken back"), N_ ("Nothing else is taken until it is certain that no money came.")},
  [TAI_PAYMENT_REVERSED] = {"edit-undo-symbolic", "cancelled", N_ ("Cancelled: the customer keeps the money"), N_ ("Nothing was taken. Choose another way of payment.")},
};
static const TaiPaymentLook scans = {"phone-symbolic", "waits", N_ ("The customer scans the code"), N_ ("Turn the screen to the customer. It goes on by itself when he has paid.")};
static const TaiPaymentLook at_terminal = {"input-dialpad-symbolic", "waits", N_ ("The customer uses the card terminal"), N_ ("It goes on by itself when the terminal is ready.")};
static const TaiPaymentLook released = {"edit-undo-symbolic", "doubt", N_ ("Given up: taken back by itself"), N_ ("A supervisor decided that it was not paid. If the money should come after all, it goes back to the customer by itself.")};

/* The other way: of a refund. @at_terminal: (nullable) what comes next where the bank's terminal gives back: it asks for a card, and has
 * a journal of its own */
static const struct {
  TaiPaymentLook look;
  const char *at_terminal;
} back_looks[] = {
  [TAI_PAYMENT_CREATED] = {{"content-loading-symbolic", "waits", N_ ("Begun"), N_ ("Wait a moment.")}},
  [TAI_PAYMENT_SUBMITTED] = {{"content-loading-symbolic", "waits", N_ ("The money is being given back"), N_ ("What took it is asked. A refund that is begun is not cancelled; give nothing back another way meanwhile.")}},
  [TAI_PAYMENT_AWAITING_CUSTOMER] = {{"content-loading-symbolic", "waits", N_ ("The money is on its way back"), N_ ("It goes on by itself. Give nothing back another way meanwhile.")}, N_ ("It goes on by itself. Where the terminal asks for the card, the customer puts it in. Give nothing back another way meanwhile.")},
  [TAI_PAYMENT_SUCCEEDED] = {{"object-select-symbolic", "good", N_ ("Given back"), N_ ("The customer has the money.")}},
  [TAI_PAYMENT_FAILED] = {{"window-close-symbolic", "refused", N_ ("Not given back: it is owed as before"), N_ ("Give it back another way and enter that slip's number, or ask once more.")}},
  [TAI_PAYMENT_UNKNOWN] = {{"dialog-question-symbolic", "doubt", N_ ("In doubt: nobody knows yet whether the money went back"), N_ ("Give nothing back another way. It is asked for by itself. The customer may leave with a slip; a supervisor can decide here.")}, N_ ("Give nothing back another way. It is asked for by itself. The customer may leave with a slip; look at the terminal's own journal, then a supervisor can decide here.")},
  [TAI_PAYMENT_REVERSING] = {{"dialog-question-symbolic", "doubt", N_ ("In doubt: nobody knows yet whether the money went back"), N_ ("Give nothing back another way. It is asked for by itself.")}},
  [TAI_PAYMENT_REVERSED] = {{"window-close-symbolic", "refused", N_ ("Not given back: it is owed as before"), N_ ("Give it back another way and enter that slip's number, or ask once more.")}},
};
static const TaiPaymentLook back_given_up = {"edit-undo-symbolic", "refused", N_ ("Given up: it is owed as before"), N_ ("Somebody decided that it did not go. Give it back another way, or ask once more. If it should have gone after all, that is found by itself.")};
static const TaiPaymentLook back_twice = {"dialog-warning-symbolic", "doubt", N_ ("The money went back twice"), N_ ("It was given up, given back another way, and then it went as well. Put it right with the bank or the customer; then say so here, with a supervisor.")};
/* clang-format on */

static TaiPaymentLook
look_back (const TaiPayment *refund)
{
  TaiPaymentLook look;

  if (tai_payment_is_gone_twice (refund))
    return back_twice;
  if (refund->state == TAI_PAYMENT_UNKNOWN && refund->released)
    return back_given_up;
  look = back_looks[refund->state].look;
  if (refund->tender == TAI_TENDER_CARD && back_looks[refund->state].at_terminal != NULL)
    look.todo = back_looks[refund->state].at_terminal;
  return look;
}

TaiPaymentLook
tai_payment_words_look (const TaiPayment *payment)
{
  TaiPaymentLook look = looks[payment->state];

  if (tai_payment_is_refund (payment))
    look = look_back (payment);
  else if (payment->state == TAI_PAYMENT_AWAITING_CUSTOMER && payment->qr_text != NULL)
    look = scans;
  else if (payment->state == TAI_PAYMENT_AWAITING_CUSTOMER && payment->tender == TAI_TENDER_CARD)
    look = at_terminal;
  else if (payment->state == TAI_PAYMENT_REVERSING && payment->released)
    look = released;
  look.word = _ (look.word);
  look.todo = _ (look.todo);
  return look;
}

/* Words ------------------------------------------------------------------------------------------------------------------ */

typedef struct {
  const char *code, *words;
} Row;

static const char *
find (const Row *rows, gsize n, const char *code)
{
  for (gsize i = 0; code != NULL && i < n; i++)
    if (strcmp (rows[i].code, code) == 0)
      return _ (rows[i].words);
  return NULL;
}

static const Row providers[] = {
    {"wechat", N_ ("WeChat Pay")}, {"alipay", N_ ("Alipay")},          {"unionpay", N_ ("UnionPay")},
    {"cheque", N_ ("Cheque")},     {"transfer", N_ ("Bank transfer")}, {"voucher", N_ ("Voucher")},
};

static gboolean
begins (const char *words, const char *word)
{
  g_autofree char *ours = g_utf8_casefold (words, -1), *wanted = g_utf8_casefold (word, -1);

  return *wanted != '\0' && g_str_has_prefix (ours, wanted);
}

const char *
tai_payment_words_find (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (begins (_ (providers[i].words), word) || begins (providers[i].code, word))
      return providers[i].code;
  for (TaiTender tender = TAI_TENDER_CASH; tender <= TAI_TENDER_OTHER; tender++)
    if (begins (tai_words_tender (tender), word))
      return tai_tender_to_text (tender);
  return NULL;
}

const char *
tai_payment_words_provider (const char *provider)
{
  const char *words = find (providers, G_N_ELEMENTS (providers), provider);

  return words != NULL ? words : provider;
}

char *
tai_payment_words_means (const TaiPayment *payment)
{
  const char *name = payment->provider != NULL ? tai_payment_words_provider (payment->provider)
                                               : tai_words_tender (payment->tender);

  return payment->number != NULL ? g_strdup_printf ("%s %s", name, payment->number) : g_strdup (name);
}

static char *
describe_code (const char *detail)
{
  static const Row rows[] = {
      {"NOTENOUGH", N_ ("There is not enough money in the account.")},
      {"ACQ.BUYER_BALANCE_NOT_ENOUGH", N_ ("There is not enough money in the account.")},
      {"ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR", N_ ("The customer's limit of the day is reached.")},
      {"NOT_ENOUGH", N_ ("There is not enough money in the account.")},
      {"AUTH_CODE_EXPIRED", N_ ("The code is too old: ask the customer to refresh it and scan it again.")},
      {"AUTH_CODE_ERROR", N_ ("The code was not read well: scan it again.")},
      {"RULE_LIMIT", N_ ("The payment service refused it for safety: ask for another way of payment.")},
      {"AUTHCODEEXPIRE", N_ ("The code is too old: ask the customer to refresh it and scan it again.")},
      {"AUTH_CODE_INVALID", N_ ("The code was used already: ask the customer for a new one.")},
      {"ACQ.PAYMENT_AUTH_CODE_INVALID",
       N_ ("The code is not good any more: ask the customer for a new one.")},
      {"ORDERNOTEXIST",
       N_ ("It never arrived at the payment service. It is certain that nothing was taken.")},
      {"never_arrived",
       N_ ("It never arrived at the payment service. It is certain that nothing was taken.")},
      {"not_reached", N_ ("The payment service could not be reached: there is no line. Nothing was taken.")},
      {"interrupted", N_ ("The terminal was switched off meanwhile.")},
      {"no_gateway", N_ ("Headquarters has no agreement for this way of payment.")},
      {"REVOKED", N_ ("It was closed before the customer paid.")},
      {"patience", N_ ("The customer took too long.")},
      {"cancelled", N_ ("It was taken back here.")},
  };
  const char *words = find (rows, G_N_ELEMENTS (rows), detail);

  return words != NULL ? g_strdup (words) : g_strdup_printf (_ ("The payment service says: %s"), detail);
}

#define DECIDED "decided by "

char *
tai_payment_words_why (TaiTender tender, const char *detail)
{
  if (detail == NULL || *detail == '\0')
    return NULL;
  if (g_str_has_prefix (detail, DECIDED))
    return g_strdup_printf (_ ("%s decided that it did not go."), detail + strlen (DECIDED));
  switch (tender) {
  case TAI_TENDER_CARD:
    return tai_reason_words_card (detail);
  case TAI_TENDER_COUPON:
    return tai_reason_words_coupon (detail);
  default:
    return describe_code (detail);
  }
}

char *
tai_payment_words_transaction (const TaiPayment *payment)
{
  const char *card = payment->detail != NULL ? strstr (payment->detail, " ****") : NULL;
  g_autofree char *number = NULL;

  if (payment->detail == NULL)
    return NULL;
  if (g_str_has_prefix (payment->detail, DECIDED))
    return g_strdup_printf (_ ("Decided by %s"), payment->detail + strlen (DECIDED));
  if (card == NULL)
    return g_strdup_printf (_ ("Transaction %s"), payment->detail);
  number = g_strndup (payment->detail, (gsize)(card - payment->detail));
  return g_strdup_printf (_ ("Transaction %s · to the card %s"), number, card + 1);
}

char *
tai_payment_words_reason (const TaiPayment *payment)
{
  return tai_payment_words_why (payment->tender, payment->detail);
}

char *
tai_payment_words_reference (const TaiUuid *payment_id)
{
  const char *end = payment_id->text + strlen (payment_id->text);
  g_autofree char *upper = g_ascii_strup (strlen (payment_id->text) >= 8 ? end - 8 : payment_id->text, -1);

  return g_strdup_printf ("%.4s %s", upper, strlen (upper) > 4 ? upper + 4 : "");
}

const char *
tai_payment_words_refund_todo (const char *reason)
{
  if (reason == NULL)
    return _ ("Give nothing back another way. Enter: see how it stands, decide");
  if (strcmp (reason, TAI_PAYMENT_GONE_TWICE) == 0)
    return _ ("It went twice. Enter: put it right with the bank or the customer, then say so");
  return _ ("Given up: it is asked for by itself whether it went after all");
}
