/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Look-ups of numbers: against answers that a test writes, and against a real headquarters over mutual TLS. */
#include "tai-line-fixture.h"

#include <signal.h>
#include <string.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"
#include "tai-test-terminal.h"

static TaiLineView *
look_up (TaiDirectory *directory, const char *msisdn, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tai_directory_look_up_line_async (directory, msisdn, NULL, tai_line_fixture_result_cb, &result);
  tai_line_fixture_wait (&result);
  return tai_directory_look_up_line_finish (directory, result, error);
}

/* Answers that are written down ------------------------------------------------------------------------------------- */

#define NUMBER  "13800000001"
#define BALANCE "\"balance\":{\"unit\":\"CNY\",\"value\":12.30}"
#define ARREARS "\"arrears\":{\"unit\":\"CNY\",\"value\":0.00}"
#define PAYMENT                                                                                              \
  "{\"amount\":{\"unit\":\"CNY\",\"value\":50.00},\"time\":\"2026-11-22T01:55:00.000Z\",\"clerk\":\"1043\"," \
  "\"hall\":\"H017\",\"terminal\":\"H017T3\",\"orderId\":\"o-1\",\"operation\":\"top_up\",\"receipt\":\"R-1\"}"
#define ANSWER(msisdn, more) "{\"msisdn\":\"" msisdn "\",\"status\":\"active\"," more "}"
#define WITH_PAYMENTS(list)  ANSWER (NUMBER, BALANCE "," ARREARS ",\"recentPayments\":[" list "]")

static void
test_whole (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineView) view = NULL;
  const TaiLinePayment *payment;

  tai_script_line_say (
      f->script, 200, NULL,
      "{\"msisdn\":\"" NUMBER "\",\"status\":\"suspended\",\"ownerMask\":\"张*\",\"plan\":{\"id\":\"p\","
      "\"name\":\"畅享59\",\"nameEn\":\"Easy 59\"}," BALANCE
      ",\"arrears\":{\"unit\":\"CNY\",\"value\":\"33.33\","
      "\"since\":\"2026-10-01T00:00:00.000Z\"},\"recentPayments\":[" PAYMENT "],\"of a newer HQ\":{}}");
  view = look_up (f->directory, NUMBER, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tai_script_line_get_asked (f->script)->str, ==, "GET " TAI_PATH_LINE "/" NUMBER "\n");
  g_assert_cmpstr (view->msisdn, ==, NUMBER);
  g_assert_cmpint (view->status, ==, TAI_LINE_STATUS_SUSPENDED);
  g_assert_cmpstr (view->owner_mask, ==, "张*");
  g_assert_cmpstr (view->plan_id, ==, "p");
  g_assert_cmpstr (view->plan_name, ==, "畅享59");
  g_assert_cmpstr (view->plan_name_en, ==, "Easy 59");
  g_assert_cmpint (view->balance.minor, ==, 1230);
  g_assert_cmpint (view->arrears.minor, ==, 3333);
  g_assert_cmpint (view->arrears_since_us, ==, G_GINT64_CONSTANT (1790812800000000));
  g_assert_cmpuint (view->payments->len, ==, 1);
  payment = g_ptr_array_index (view->payments, 0);
  g_assert_cmpstr (payment->clerk, ==, "1043");
  g_assert_cmpstr (payment->terminal, ==, "H017T3");
  g_assert_cmpstr (payment->order_id, ==, "o-1");
  g_assert_cmpstr (payment->operation_id, ==, "top_up");
  g_assert_cmpstr (payment->receipt_number, ==, "R-1");
  g_assert_cmpint (payment->amount.minor, ==, 5000);
  g_assert_cmpint (payment->amount.currency, ==, TAI_CNY);
  g_assert_cmpint (payment->time_us, ==, G_GINT64_CONSTANT (1795312500000000));
}

static void
test_least (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineView) view = NULL;

  tai_script_line_say (f->script, 200, NULL, WITH_PAYMENTS (""));
  view = look_up (f->directory, NUMBER, &error);
  g_assert_no_error (error);
  g_assert_null (view->owner_mask);
  g_assert_null (view->plan_id);
  g_assert_cmpint (view->arrears_since_us, ==, 0);
  g_assert_cmpuint (view->payments->len, ==, 0);
}

/* What is no number is not asked for: HQ would record a look at nobody. */
static void
test_own_check (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (f->directory, "1380000000", &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_SYNTAX);
  g_clear_error (&error);
  g_assert_null (look_up (f->directory, "../status", &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_SYNTAX);
  g_clear_error (&error);
  g_assert_null (look_up (f->directory, "17400123456", &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_NOT_FOR_PEOPLE);
  g_assert_cmpstr (tai_script_line_get_asked (f->script)->str, ==, "");
}

static void
test_line_answers (TaiLineFixture *f, gconstpointer data)
{
  static const struct {
    int status;
    const char *body;
    GQuark (*domain) (void);
    int code;
    gboolean noted;
  } bad[] = {
      {0, NULL, tai_offline_error_quark, TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {1, NULL, tai_offline_error_quark, TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {503, "{\"code\":\"busy\"}", tai_offline_error_quark, TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {404, "<html>", tai_offline_error_quark, TAI_OFFLINE_ERROR_NO_LINE, FALSE},
      {404, "{\"code\":\"line_unknown\",\"reason\":\"no\"}", tai_core_error_quark,
       TAI_CORE_ERROR_LINE_UNKNOWN, FALSE},
      /* an HQ that does not know the question does not know the answer */
      {404, "{\"code\":\"path\",\"reason\":\"no\"}", tai_offline_error_quark, TAI_OFFLINE_ERROR_REFUSED,
       FALSE},
      {403, "{\"code\":\"no_terminal\",\"reason\":\"no\"}", tai_offline_error_quark,
       TAI_OFFLINE_ERROR_REFUSED, FALSE},
      {200, "<html>", tai_offline_error_quark, TAI_OFFLINE_ERROR_NOT_HQ, TRUE},
      {200, NULL, tai_offline_error_quark, TAI_OFFLINE_ERROR_NOT_HQ, TRUE},
      {304, NULL, tai_offline_error_quark, TAI_OFFLINE_ERROR_NOT_HQ, TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    gint64 n = tai_line_fixture_get_journal_length (f);

    g_test_message ("%d %s", bad[i].status, bad[i].body ? bad[i].body : "-");
    tai_script_line_say (f->script, bad[i].status, NULL, bad[i].body);
    g_assert_null (look_up (f->directory, NUMBER, &error));
    g_assert_error (error, bad[i].domain (), bad[i].code);
    g_assert_cmpint (tai_line_fixture_get_journal_length (f) - n, ==, bad[i].noted);
  }
}

/* Each is nearly right. */
static void
test_nonsense (TaiLineFixture *f, gconstpointer data)
{
  static const char *const bad[] = {
      "[]",
      "{}",
      ANSWER ("13800000002", BALANCE "," ARREARS ",\"recentPayments\":[]"), /* another number */
      "{\"msisdn\":13800000001,\"status\":\"active\"," BALANCE "," ARREARS ",\"recentPayments\":[]}",
      "{\"msisdn\":\"" NUMBER "\",\"status\":\"asleep\"," BALANCE "," ARREARS ",\"recentPayments\":[]}",
      "{\"msisdn\":\"" NUMBER "\"," BALANCE "," ARREARS ",\"recentPayments\":[]}",
      ANSWER (NUMBER, ARREARS ",\"recentPayments\":[]"),
      ANSWER (NUMBER, BALANCE ",\"recentPayments\":[]"),
      ANSWER (NUMBER, BALANCE "," ARREARS),
      ANSWER (NUMBER, BALANCE "," ARREARS ",\"recentPayments\":{}"),
      ANSWER (NUMBER, "\"balance\":{\"unit\":\"CNY\",\"value\":12.305}," ARREARS ",\"recentPayments\":[]"),
      ANSWER (NUMBER, "\"balance\":{\"unit\":\"ZZZ\",\"value\":12.30}," ARREARS ",\"recentPayments\":[]"),
      ANSWER (NUMBER, "\"balance\":{\"unit\":\"CNY\",\"value\":1e30}," ARREARS ",\"recentPayments\":[]"),
      ANSWER (NUMBER, "\"balance\":{\"unit\":\"JPY\",\"value\":12}," ARREARS ",\"recentPayments\":[]"),
      ANSWER (NUMBER, BALANCE ",\"arrears\":{\"unit\":\"CNY\",\"value\":-1.00},\"recentPayments\":[]"),
      ANSWER (NUMBER, BALANCE ",\"arrears\":{\"unit\":\"CNY\",\"value\":1.00},\"recentPayments\":[]"),
      ANSWER (NUMBER, BALANCE ",\"arrears\":{\"unit\":\"CNY\",\"value\":1.00,\"since\":\"long\"},"
                              "\"recentPayments\":[]"),
      ANSWER (NUMBER, "\"ownerMask\":\"张三丰\"," BALANCE "," ARREARS ",\"recentPayments\":[]"), /* a name */
      ANSWER (NUMBER, "\"ownerMask\":7," BALANCE "," ARREARS ",\"recentPayments\":[]"),
      ANSWER (NUMBER, "\"plan\":{\"id\":\"p\"}," BALANCE "," ARREARS ",\"recentPayments\":[]"),
      ANSWER (NUMBER, "\"plan\":{\"id\":\"p\",\"name\":\"\\u001b[2J\"}," BALANCE "," ARREARS
                      ",\"recentPayments\":[]"),
      WITH_PAYMENTS ("{}"),
      WITH_PAYMENTS ("7"),
      WITH_PAYMENTS (PAYMENT "," PAYMENT ",null"),
      WITH_PAYMENTS (
          "{\"amount\":{\"unit\":\"CNY\",\"value\":0.00},\"time\":\"2026-11-22T01:55:00.000Z\","
          "\"clerk\":\"1\",\"hall\":\"H017\",\"terminal\":\"T\",\"orderId\":\"o\",\"operation\":\"top_up\"}"),
      WITH_PAYMENTS (
          "{\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"time\":\"yesterday\","
          "\"clerk\":\"1\",\"hall\":\"H017\",\"terminal\":\"T\",\"orderId\":\"o\",\"operation\":\"top_up\"}"),
      /* another hall's takings */
      WITH_PAYMENTS (
          "{\"amount\":{\"unit\":\"CNY\",\"value\":1.00},\"time\":\"2026-11-22T01:55:00.000Z\","
          "\"clerk\":\"1\",\"hall\":\"H099\",\"terminal\":\"T\",\"orderId\":\"o\",\"operation\":\"top_up\"}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    gint64 n = tai_line_fixture_get_journal_length (f);

    g_test_message ("%s", bad[i]);
    tai_script_line_say (f->script, 200, NULL, bad[i]);
    g_assert_null (look_up (f->directory, NUMBER, &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ);
    g_assert_null (strstr (error->message, "张三丰"));
    g_assert_null (strstr (error->message, "13800000002"));
    g_assert_cmpint (tai_line_fixture_get_journal_length (f), ==, n + 1);
  }
}

static void
test_too_large (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GString) many = g_string_new (PAYMENT);
  g_autofree char *spaces = g_strnfill (70 * 1024, ' ');
  g_autofree char *padded = g_strconcat (WITH_PAYMENTS (""), spaces, NULL);
  g_autofree char *name = g_strnfill (500, 'x');
  g_autofree char *long_name =
      g_strdup_printf (ANSWER (NUMBER, "\"plan\":{\"id\":\"p\",\"name\":\"%s\"}," BALANCE "," ARREARS
                                       ",\"recentPayments\":[]"),
                       name);
  g_autofree char *list = NULL;
  const char *bad[3];

  for (guint i = 0; i < 50; i++)
    g_string_append (many, "," PAYMENT);
  list = g_strdup_printf (WITH_PAYMENTS ("%s"), many->str);
  bad[0] = list;
  bad[1] = padded;
  bad[2] = long_name;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    tai_script_line_say (f->script, 200, NULL, bad[i]);
    g_assert_null (look_up (f->directory, NUMBER, &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ);
  }
}

static void
test_cancelled (TaiLineFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  tai_script_line_say (f->script, 200, NULL, WITH_PAYMENTS (""));
  tai_directory_look_up_line_async (f->directory, NUMBER, cancellable, tai_line_fixture_result_cb, &result);
  g_cancellable_cancel (cancellable);
  tai_line_fixture_wait (&result);
  g_assert_null (tai_directory_look_up_line_finish (f->directory, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A directory that is dropped while it asks answers all the same. */
static void
test_dropped (TaiLineFixture *f, gconstpointer data)
{
  TaiPullPorts ports = {
      .headquarters = TAI_HEADQUARTERS (f->script), .store = f->store, .desk = f->desk, .clock = f->clock};
  TaiDirectory *other = TAI_DIRECTORY (tai_line_directory_new (&ports));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (TaiLineView) view = NULL;

  tai_script_line_say (f->script, 200, NULL, WITH_PAYMENTS (""));
  tai_directory_look_up_line_async (other, NUMBER, NULL, tai_line_fixture_result_cb, &result);
  g_object_unref (other);
  tai_line_fixture_wait (&result);
  view = tai_directory_look_up_line_finish (f->directory, result, NULL);
  g_assert_nonnull (view);
}

/* A real headquarters ------------------------------------------------------------------------------------------------ */

static TaiTestHq *
make_hq (void)
{
  g_autofree char *catalogue = g_test_build_filename (G_TEST_DIST, "data", "catalogue.json", NULL);
  TaiTestHq *hq = tai_test_hq_new (catalogue);
  g_autofree char *file = g_build_filename (hq->folder, "lines.json", NULL);
  const char *lines =
      "[{\"msisdn\":\"15900000000\",\"status\":\"active\",\"ownerMask\":\"张*\",\"plan\":{\"id\":\"p\",\"name\":\"畅享\"},"
      "\"balance\":{\"unit\":\"CNY\",\"value\":1.00}}]";

  g_assert_true (g_file_set_contents (file, lines, -1, NULL));
  g_free (tai_test_hq_run (hq, "lines", "load", file, NULL));
  return hq;
}

static TaiLineView *
look_at_hq (TaiTestTerminal *t, const char *msisdn, GError **error)
{
  TaiPullPorts ports = tai_test_terminal_pull_ports (t);
  g_autoptr (TaiDirectory) directory = TAI_DIRECTORY (tai_line_directory_new (&ports));

  return look_up (directory, msisdn, error);
}

static gint64
balance_at_hq (TaiTestTerminal *t)
{
  g_autoptr (TaiLineView) view = look_at_hq (t, "15900000000", NULL);

  g_assert_nonnull (view);
  return view->balance.minor;
}

static void
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
}

static void
wait_for_balance (TaiTestTerminal *t, gint64 minor)
{
  gboolean late = FALSE;
  guint timer = tai_clock_after (t->clock, 20 * 1000, late_cb, &late);

  while (balance_at_hq (t) != minor && !late)
    g_main_context_iteration (NULL, FALSE);
  tai_clock_cancel (t->clock, timer);
  g_assert_false (late);
}

static void
test_real_hq (void)
{
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 2);
  g_autoptr (TaiLineView) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *looks = NULL;
  const TaiLinePayment *payment;

  before = look_at_hq (t, "15900000000", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (before->owner_mask, ==, "张*");
  g_assert_cmpint (before->balance.minor, ==, 100);
  g_assert_cmpuint (before->payments->len, ==, 0);
  g_assert_null (look_at_hq (t, "15900000001", &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LINE_UNKNOWN);
  g_clear_error (&error);

  tai_test_terminal_sell (t);
  tai_test_terminal_start_sync (t, &(TaiSyncSettings){0});
  g_assert_true (tai_test_terminal_drain (t, 30 * 1000));
  wait_for_balance (t, 5100);
  after = look_at_hq (t, "15900000000", &error);
  g_assert_cmpuint (after->payments->len, ==, 1);
  payment = g_ptr_array_index (after->payments, 0);
  g_assert_cmpstr (payment->clerk, ==, "1042");
  g_assert_cmpstr (payment->terminal, ==, "H017T2");
  g_assert_cmpstr (payment->operation_id, ==, "top_up");
  g_assert_nonnull (payment->receipt_number);
  g_assert_cmpint (payment->amount.minor, ==, 5000);
  g_assert_cmpint (ABS (payment->time_us - tai_clock_now (t->clock)), <, 60 * G_USEC_PER_SEC);

  looks = tai_test_hq_run (hq, "looks", "15900000001", NULL);
  g_assert_nonnull (strstr (looks, "H017T2"));
  g_assert_nonnull (strstr (looks, "1042"));
  g_assert_nonnull (strstr (looks, "unknown"));
}

/* Killed between order and answer: the line is topped up once. */
static void
test_hq_dies (void)
{
  TaiSyncSettings settings = {.backoff_min_ms = 20, .backoff_max_ms = 200, .poll_ms = 200};
  g_autoptr (TaiTestHq) hq = make_hq ();
  g_autoptr (TaiTestTerminal) t = tai_test_terminal_new (hq, NULL, 4);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 60; i++)
    tai_test_terminal_sell (t);
  tai_test_terminal_start_sync (t, &settings);
  for (guint round = 1; round <= 2; round++) {
    while (tai_sync_get_figures (t->sync)->n_acknowledged < 30 * round)
      g_main_context_iteration (NULL, TRUE);
    tai_test_hq_stop (hq, SIGKILL);
    g_assert_null (look_at_hq (t, "15900000000", &error));
    g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE);
    g_clear_error (&error);
    tai_test_hq_start (hq);
  }
  g_assert_true (tai_test_terminal_drain (t, 30 * 1000));
  wait_for_balance (t, 100 + 60 * 5000);
}

#define ADD(name, func)                                                                                      \
  g_test_add ("/line-directory/" name, TaiLineFixture, NULL, tai_line_fixture_set_up, func,                  \
              tai_line_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("TAI_GUITAI_HQ") == NULL) {
    g_test_message ("TAI_GUITAI_HQ must name the server");
    return 1;
  }
  ADD ("whole", test_whole);
  ADD ("least", test_least);
  ADD ("own-check", test_own_check);
  ADD ("line-answers", test_line_answers);
  ADD ("nonsense", test_nonsense);
  ADD ("too-large", test_too_large);
  ADD ("cancelled", test_cancelled);
  ADD ("dropped", test_dropped);
  g_test_add_func ("/line-directory/real-hq", test_real_hq);
  g_test_add_func ("/line-directory/hq-dies", test_hq_dies);
  return g_test_run ();
}
