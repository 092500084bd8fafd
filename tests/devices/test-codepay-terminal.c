/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real driver of bank terminals meets the emulator over a real pty, with every fault. What counts in the end is the terminal's
 * own journal: money is taken once, and what is told of it is true. */
#include "tai-codepay-gateway.h"
#include "tai-codepay-terminal.h"

#include "tai-emulator-rig.h"
#include "tai-fake-executor.h"

#define AMOUNT     tai_money (12800, TAI_CNY)
#define PATIENCE_S 15

static const TaiUuid id = {"0199b7c0-1111-7000-8000-0000000000aa"};

static TaiGatewayOutcome
ask_for (TaiCodepayTerminal *driver, TaiGatewayVerb verb, TaiMoney amount, char **reason, char **transaction)
{
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};
  TaiCardQuestion question = {verb, id, amount};

  tai_codepay_terminal_ask (driver, &question, NULL, &answer);
  if (reason != NULL) {
    g_free (*reason);
    *reason = g_strdup (answer.reason);
  }
  if (transaction != NULL) {
    g_free (*transaction);
    *transaction = g_strdup (answer.transaction);
  }
  return answer.outcome;
}

static TaiGatewayOutcome
ask (TaiCodepayTerminal *driver, TaiGatewayVerb verb)
{
  return ask_for (driver, verb, AMOUNT, NULL, NULL);
}

static gboolean
is_open (TaiGatewayOutcome outcome)
{
  return outcome == TAI_GATEWAY_AWAITING || outcome == TAI_GATEWAY_UNKNOWN;
}

/* As the desk does: until somebody knows. */
static TaiGatewayOutcome
follow (TaiCodepayTerminal *driver, TaiGatewayOutcome outcome)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  while (is_open (outcome)) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    outcome = ask (driver, TAI_GATEWAY_QUERY);
  }
  return outcome;
}

static TaiGatewayOutcome
take_back (TaiCodepayTerminal *driver)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  TaiGatewayOutcome outcome;

  do {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    outcome = ask (driver, TAI_GATEWAY_CANCEL);
  } while (is_open (outcome));
  return outcome;
}

/* How often the terminal did that. */
static guint
count (TaiEmulatorRig *rig, const char *what)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  if (!g_file_get_contents (rig->text, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    n += g_str_has_prefix (*line, what) ? 1 : 0;
  return n;
}

static void
test_paid (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *transaction = NULL;

  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_PAY, AMOUNT, NULL, &transaction), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpstr (transaction, ==, "5021000000000001 ****3919");
  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_QUERY, AMOUNT, NULL, &transaction), ==,
                   TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpstr (transaction, ==, "5021000000000001 ****3919");
  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_SUCCEEDED); /* known: nobody is charged */
  g_assert_cmpuint (count (rig, "paid "), ==, 1);
  g_assert_cmpint (take_back (driver), ==, TAI_GATEWAY_REVERSED);
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_REVERSED);
  g_assert_cmpint (take_back (driver), ==, TAI_GATEWAY_REVERSED);
  g_assert_cmpuint (count (rig, "returned "), ==, 1);
}

static void
test_customer_takes_his_time (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("manual");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_AWAITING);
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_AWAITING);
  tai_emulator_rig_command (rig, "card");
  g_assert_cmpint (follow (driver, TAI_GATEWAY_AWAITING), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpuint (count (rig, "asked "), ==, 1);
}

static void
test_he_goes_away (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("manual");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_AWAITING);
  g_assert_cmpint (take_back (driver), ==, TAI_GATEWAY_FAILED);
  tai_emulator_rig_command (rig, "card"); /* too late */
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpuint (count (rig, "paid "), ==, 0);
}

/* No money, and a reason. */
static const struct {
  const char *commands, *reason;
} refusals[] = {
    {"auto 0;fault declined", "051"},
    {"auto 0;fault cancelled", "110"},
    {"auto 0;fault lost", "never_arrived"},
    {"auto 0;fault no_ack;fault silence", NULL}, /* nothing is known until it speaks again */
};

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal (refusals[i].commands);
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *reason = NULL;
  TaiGatewayOutcome outcome = ask_for (driver, TAI_GATEWAY_PAY, AMOUNT, &reason, NULL);

  while (refusals[i].reason != NULL && is_open (outcome))
    outcome = ask_for (driver, TAI_GATEWAY_QUERY, AMOUNT, &reason, NULL);
  g_assert_cmpint (outcome, ==, refusals[i].reason != NULL ? TAI_GATEWAY_FAILED : TAI_GATEWAY_UNKNOWN);
  if (refusals[i].reason != NULL)
    g_assert_cmpstr (reason, ==, refusals[i].reason);
}

/* The customer has paid; the line does what it can to hide it. */
static const char *const hidden[] = {
    "auto 0;fault noise",
    "auto 0;fault split",
    "auto 0;fault double",
    "auto 0;fault bad_checksum@1",
    "auto 0;fault garbage@1",
    "auto 0;fault no_ack",
    "auto 0;fault silence@1",
    "auto 0;fault no_ack@2",
    "auto 0;fault other_order@1",
    "auto 0;fault amount@1",
    "auto 0;fault garbage@1;fault double;fault noise;fault split",
    "auto 200;fault split",
    "auto 700;fault bad_checksum@1",
};

static void
test_hidden (gconstpointer data)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal (hidden[GPOINTER_TO_UINT (data)]);
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  TaiGatewayOutcome outcome = ask (driver, TAI_GATEWAY_PAY);

  g_assert_true (outcome == TAI_GATEWAY_SUCCEEDED || is_open (outcome));
  g_assert_cmpint (follow (driver, outcome), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpuint (count (rig, "asked "), ==, 1);
  g_assert_cmpuint (count (rig, "paid "), ==, 1);
}

/* An answer for another order, or of another amount, is never money. */
static void
test_of_another (gconstpointer data)
{
  const char *fault = data;
  g_autofree char *commands = g_strconcat ("auto 0;fault ", fault, NULL);
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal (commands);
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *reason = NULL;

  for (int i = 0; i < 3; i++) {
    g_assert_cmpint (ask_for (driver, i == 0 ? TAI_GATEWAY_PAY : TAI_GATEWAY_QUERY, AMOUNT, &reason, NULL),
                     ==, TAI_GATEWAY_UNKNOWN);
    g_assert_cmpstr (reason, ==, g_str_equal (fault, "amount") ? "amount_differs" : "other_order");
  }
  tai_emulator_rig_command (rig, "clear");
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_SUCCEEDED);
}

static void
test_cable_pulled (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 100;fault unplug@1");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_UNKNOWN);
  tai_emulator_rig_wait_link (rig, FALSE);
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_UNKNOWN);
  tai_emulator_rig_command (rig, "plug");
  tai_emulator_rig_wait_link (rig, TRUE);
  g_assert_cmpint (follow (driver, TAI_GATEWAY_UNKNOWN), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpuint (count (rig, "paid "), ==, 1);
}

/* The card was taken, and then there was no terminal any more; also for a program that was started anew. */
static void
test_power_off (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 700;fault power_off@1");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *reason = NULL;

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_AWAITING);
  tai_emulator_rig_wait_link (rig, FALSE);
  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_QUERY, AMOUNT, &reason, NULL), ==, TAI_GATEWAY_UNKNOWN);
  g_assert_cmpstr (reason, ==, "unplugged");
  g_clear_object (&driver);
  driver = tai_emulator_rig_new_card_driver (rig);
  g_assert_cmpint (ask (driver, TAI_GATEWAY_CANCEL), ==, TAI_GATEWAY_UNKNOWN);
  tai_emulator_rig_command (rig, "plug");
  tai_emulator_rig_wait_link (rig, TRUE);
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpuint (count (rig, "paid "), ==, 1);
}

static void
test_not_there (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *reason = NULL;

  tai_emulator_rig_command (rig, "unplug");
  tai_emulator_rig_wait_link (rig, FALSE);
  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_PAY, AMOUNT, &reason, NULL), ==, TAI_GATEWAY_NOT_REACHED);
  g_assert_cmpstr (reason, ==, "unplugged");
  tai_emulator_rig_command (rig, "plug");
  tai_emulator_rig_wait_link (rig, TRUE);
  tai_codepay_terminal_set_real_only (driver, TRUE);
  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_PAY, AMOUNT, &reason, NULL), ==, TAI_GATEWAY_NOT_REACHED);
  g_assert_cmpstr (reason, ==, "emulated");
  g_assert_cmpuint (count (rig, "asked "), ==, 0);
}

/* What it does not know it refuses for ever: a sale that comes after the question is met by it. */
static void
test_never_arrived (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *reason = NULL;

  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_QUERY, AMOUNT, &reason, NULL), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpstr (reason, ==, "never_arrived");
  g_assert_cmpint (follow (driver, ask (driver, TAI_GATEWAY_PAY)), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpint (take_back (driver), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpuint (count (rig, "asked "), ==, 0);
}

/* He pays while he is sent away: the money goes back, once. */
static void
test_paid_in_cancel (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0;fault slow;fault void_lost@1");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_AWAITING);
  g_assert_cmpint (take_back (driver), ==, TAI_GATEWAY_REVERSED);
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_REVERSED);
  g_assert_cmpuint (count (rig, "paid "), ==, 1);
  g_assert_cmpuint (count (rig, "returned "), ==, 1);
}

static void
test_settled (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0;fault settled");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *reason = NULL;

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_CANCEL, AMOUNT, &reason, NULL), ==, TAI_GATEWAY_REFUSED);
  g_assert_cmpstr (reason, ==, "ET008");
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpuint (count (rig, "returned "), ==, 0);
}

/* A terminal that tells the whole number of a card is not believed to be allowed to. */
static void
test_card_in_clear (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0;fault unmasked");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *transaction = NULL;

  g_assert_cmpint (ask_for (driver, TAI_GATEWAY_PAY, AMOUNT, NULL, &transaction), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_nonnull (strstr (transaction, "****3919"));
  g_assert_null (strstr (transaction, "622848"));
}

/* No decimals, and three. */
static void
test_currencies (void)
{
  static const TaiMoney amounts[] = {{500, 392}, {12345, 414}, {1, TAI_CNY}};

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++) {
    g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
    g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
    TaiMoney more = tai_money (amounts[i].minor + 1, amounts[i].currency);
    g_assert_cmpint (ask_for (driver, TAI_GATEWAY_PAY, amounts[i], NULL, NULL), ==, TAI_GATEWAY_SUCCEEDED);
    g_assert_cmpint (ask_for (driver, TAI_GATEWAY_QUERY, more, NULL, NULL), ==, TAI_GATEWAY_UNKNOWN);
  }
}

/* Money back ------------------------------------------------------------------------------------------------------------- */

static const TaiUuid back_id[] = {{"0199b7c0-2222-7000-8000-0000000000aa"},
                                  {"0199b7c0-3333-7000-8000-0000000000aa"},
                                  {"0199b7c0-4444-7000-8000-0000000000aa"}};

static TaiGatewayOutcome
ask_back (TaiCodepayTerminal *driver, TaiGatewayVerb verb, guint i, gint64 fen, char **reason)
{
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};
  TaiCardQuestion question = {verb, back_id[i], tai_money (fen, TAI_CNY), id};

  tai_codepay_terminal_ask (driver, &question, NULL, &answer);
  if (reason != NULL) {
    g_free (*reason);
    *reason = g_strdup (answer.reason);
  }
  return answer.outcome;
}

static TaiGatewayOutcome
give_back (TaiCodepayTerminal *driver, guint i, gint64 fen, char **reason)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  TaiGatewayOutcome outcome = ask_back (driver, TAI_GATEWAY_REFUND, i, fen, reason);

  while (is_open (outcome)) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    outcome = ask_back (driver, TAI_GATEWAY_QUERY, i, fen, reason);
  }
  return outcome;
}

/* In parts, and never more than was paid; the same one twice is one. */
static void
test_back_in_parts (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *reason = NULL;

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpint (give_back (driver, 0, 2800, NULL), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpint (give_back (driver, 0, 2800, NULL), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpuint (count (rig, "refunded "), ==, 1);
  g_assert_cmpint (give_back (driver, 1, 10001, &reason), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpstr (reason, ==, "942");
  g_assert_cmpint (give_back (driver, 2, 10000, NULL), ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_cmpuint (count (rig, "refunded "), ==, 2);
  g_assert_cmpint (ask (driver, TAI_GATEWAY_QUERY), ==, TAI_GATEWAY_SUCCEEDED); /* the sale itself stands */
  g_assert_cmpuint (count (rig, "returned "), ==, 0);
}

/* Of a sale that this terminal never had, or that was never paid. */
static void
test_back_of_nothing (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0;fault declined");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);

  g_assert_cmpint (give_back (driver, 0, 100, NULL), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpint (follow (driver, ask (driver, TAI_GATEWAY_PAY)), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpint (give_back (driver, 1, 100, NULL), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpuint (count (rig, "refunded "), ==, 0);
}

/* Set after the sale: what becomes of the refund, how often money went, and why not. */
static const struct {
  const char *fault;
  TaiGatewayOutcome outcome;
  const char *reason;
} backs[] = {
    {"refund_refused", TAI_GATEWAY_FAILED, "942"},   {"lost", TAI_GATEWAY_FAILED, "never_arrived"},
    {"refund_lost", TAI_GATEWAY_SUCCEEDED, NULL},    {"slow", TAI_GATEWAY_SUCCEEDED, NULL},
    {"amount@1", TAI_GATEWAY_SUCCEEDED, NULL},       {"other_order@1", TAI_GATEWAY_SUCCEEDED, NULL},
    {"garbage@1", TAI_GATEWAY_SUCCEEDED, NULL},      {"silence@1", TAI_GATEWAY_SUCCEEDED, NULL},
    {"bad_checksum@1", TAI_GATEWAY_SUCCEEDED, NULL}, {"double", TAI_GATEWAY_SUCCEEDED, NULL},
    {"no_ack", TAI_GATEWAY_SUCCEEDED, NULL},
};

static void
test_back_hidden (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autofree char *command = g_strconcat ("fault ", backs[i].fault, NULL);
  g_autofree char *reason = NULL;

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_SUCCEEDED);
  tai_emulator_rig_command (rig, command);
  g_assert_cmpint (give_back (driver, 0, 2800, &reason), ==, backs[i].outcome);
  if (backs[i].reason != NULL)
    g_assert_cmpstr (reason, ==, backs[i].reason);
  g_assert_cmpuint (count (rig, "refunded "), ==, backs[i].outcome == TAI_GATEWAY_SUCCEEDED ? 1 : 0);
}

/* The answer of a program that died: the next one asks by the refund's own number. */
static void
test_back_started_anew (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);

  g_assert_cmpint (ask (driver, TAI_GATEWAY_PAY), ==, TAI_GATEWAY_SUCCEEDED);
  tai_emulator_rig_command (rig, "fault refund_lost@1");
  g_assert_true (is_open (ask_back (driver, TAI_GATEWAY_REFUND, 0, 2800, NULL)));
  g_clear_object (&driver);
  driver = tai_emulator_rig_new_card_driver (rig);
  g_assert_cmpint (ask_back (driver, TAI_GATEWAY_QUERY, 0, 2800, NULL), ==, TAI_GATEWAY_SUCCEEDED);
  /* one that was never said is never told any more */
  g_assert_cmpint (ask_back (driver, TAI_GATEWAY_QUERY, 1, 2800, NULL), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpint (give_back (driver, 1, 2800, NULL), ==, TAI_GATEWAY_FAILED);
  g_assert_cmpuint (count (rig, "refunded "), ==, 1);
}

static void
note_answer (const TaiGatewayAnswer *answer, gpointer data)
{
  *(TaiGatewayOutcome *)data = answer->outcome;
}

static void
test_gateway (void)
{
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_terminal ("auto 0");
  g_autoptr (TaiCodepayTerminal) driver = tai_emulator_rig_new_card_driver (rig);
  g_autoptr (TaiFakeExecutor) worker = tai_fake_executor_new_seeded (7);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TaiCodepayGateway) gateway =
      tai_codepay_gateway_new (driver, TAI_EXECUTOR (worker), cancellable);
  TaiGatewayRequest request = {.verb = TAI_GATEWAY_PAY, .payment_id = &id, .amount = AMOUNT};
  TaiGatewayOutcome outcome = TAI_GATEWAY_UNKNOWN;

  g_assert_false (tai_codepay_gateway_is_tried (gateway));
  tai_payment_gateway_send (TAI_PAYMENT_GATEWAY (gateway), &request, note_answer, &outcome);
  g_assert_cmpint (outcome, ==, TAI_GATEWAY_UNKNOWN); /* never from within */
  tai_fake_executor_drain (worker);
  g_assert_cmpint (outcome, ==, TAI_GATEWAY_SUCCEEDED);
  g_assert_null (tai_codepay_gateway_get_trouble (gateway));
  g_assert_true (tai_payment_gateway_gives_back (TAI_PAYMENT_GATEWAY (gateway)));
  request = (TaiGatewayRequest){
      .verb = TAI_GATEWAY_REFUND, .payment_id = &back_id[0], .original_id = &id, .amount = AMOUNT};
  outcome = TAI_GATEWAY_UNKNOWN;
  tai_payment_gateway_send (TAI_PAYMENT_GATEWAY (gateway), &request, note_answer, &outcome);
  tai_fake_executor_drain (worker);
  g_assert_cmpint (outcome, ==, TAI_GATEWAY_SUCCEEDED);
  tai_emulator_rig_command (rig, "unplug");
  tai_emulator_rig_wait_link (rig, FALSE);
  request.verb = TAI_GATEWAY_QUERY;
  tai_payment_gateway_send (TAI_PAYMENT_GATEWAY (gateway), &request, note_answer, &outcome);
  tai_fake_executor_drain (worker);
  g_assert_cmpint (outcome, ==, TAI_GATEWAY_UNKNOWN);
  g_assert_cmpstr (tai_codepay_gateway_get_trouble (gateway), ==, "unplugged");
  g_assert_true (tai_codepay_gateway_is_tried (gateway));
}

static void
add_all (const char *name, guint n, void (*test) (gconstpointer))
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strdup_printf ("/codepay-terminal/%s/%u", name, i);
    g_test_add_data_func (path, GUINT_TO_POINTER (i), test);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codepay-terminal/paid", test_paid);
  g_test_add_func ("/codepay-terminal/takes-his-time", test_customer_takes_his_time);
  g_test_add_func ("/codepay-terminal/goes-away", test_he_goes_away);
  add_all ("refused", G_N_ELEMENTS (refusals), test_refused);
  add_all ("hidden", G_N_ELEMENTS (hidden), test_hidden);
  g_test_add_data_func ("/codepay-terminal/of-another/order", "other_order", test_of_another);
  g_test_add_data_func ("/codepay-terminal/of-another/amount", "amount", test_of_another);
  g_test_add_func ("/codepay-terminal/cable-pulled", test_cable_pulled);
  g_test_add_func ("/codepay-terminal/power-off", test_power_off);
  g_test_add_func ("/codepay-terminal/not-there", test_not_there);
  g_test_add_func ("/codepay-terminal/never-arrived", test_never_arrived);
  g_test_add_func ("/codepay-terminal/paid-in-cancel", test_paid_in_cancel);
  g_test_add_func ("/codepay-terminal/settled", test_settled);
  g_test_add_func ("/codepay-terminal/card-in-clear", test_card_in_clear);
  g_test_add_func ("/codepay-terminal/currencies", test_currencies);
  g_test_add_func ("/codepay-terminal/back/parts", test_back_in_parts);
  g_test_add_func ("/codepay-terminal/back/nothing", test_back_of_nothing);
  add_all ("back", G_N_ELEMENTS (backs), test_back_hidden);
  g_test_add_func ("/codepay-terminal/back/anew", test_back_started_anew);
  g_test_add_func ("/codepay-terminal/gateway", test_gateway);
  return g_test_run ();
}
