/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts over TCP: each trouble of a printer, told by what came back, and never a "printed" that it did not say. */
#include <gio/gio.h>

#include "tai-escpos-reader.h"
#include "fake-receipt-printer.h"
#include "surroundings.h"
#include "samples.h"
#include "tai-escpos-printer.h"
#include "tai-printing-error.h"
#include "tai-tcp-stream.h"
#include "wall-clock.h"

static const TaiPrintBudget quick = {1000, 400, 900, 100};

static TaiPrinter *
new_printer (guint16 port, TaiBackChannel back_channel, TaiPrintBudget budget)
{
  TaiEscposProfile profile = *tai_escpos_profile_find ("80mm");
  g_autoptr (TaiStream) stream = TAI_STREAM (tai_tcp_stream_new ("127.0.0.1", port, (int)budget.connect_ms));
  g_autoptr (TaiClock) clock = wall_clock_new ();
  g_autoptr (GError) error = NULL;
  TaiPrinter *printer;

  profile.back_channel = back_channel;
  printer = tai_escpos_printer_new (stream, &profile, budget, clock, &error);
  g_assert_no_error (error);
  return printer;
}

static TaiPrintResult
print_receipt (TaiPrinter *printer, guint copies, GCancellable *cancellable)
{
  g_autoptr (TaiDocument) doc = sample_receipt_zh ();
  g_autofree char *detail = NULL;
  TaiPrintResult result = tai_printer_print (printer, doc, "0193-job", copies, cancellable, &detail);

  g_test_message ("%u %s: %s", result.state, tai_print_reason_to_text (result.reason), detail ? detail : "");
  return result;
}

typedef struct {
  FakeTrouble trouble;
  TaiBackChannel back_channel;
  TaiPrintState state;
  TaiPrintReason reason;
  gboolean whole, nothing; /* what the printer has been sent */
} Case;

static const Case cases[] = {
    {FAKE_WELL, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE, TRUE},
    {FAKE_WELL, TAI_BACK_CHANNEL_REALTIME, TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE, TRUE},
    {FAKE_WELL, TAI_BACK_CHANNEL_NONE, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER, TRUE},
    {FAKE_SILENT, TAI_BACK_CHANNEL_NONE, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER, TRUE},
    {FAKE_CHATTERS, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE, TRUE},
    {FAKE_CHATTERS, TAI_BACK_CHANNEL_REALTIME, TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE, TRUE},
    {FAKE_SLOW, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE, TRUE},
    {FAKE_NO_PAPER, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_QUEUED, TAI_PRINT_REASON_PAPER_END, FALSE, TRUE},
    {FAKE_NO_PAPER, TAI_BACK_CHANNEL_REALTIME, TAI_PRINT_QUEUED, TAI_PRINT_REASON_PAPER_END, FALSE, TRUE},
    {FAKE_COVER_OPEN, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_QUEUED, TAI_PRINT_REASON_COVER_OPEN, FALSE, TRUE},
    {FAKE_SILENT, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_QUEUED, TAI_PRINT_REASON_NO_ANSWER, FALSE, TRUE},
    {FAKE_PAPER_ENDS, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_FAILED, TAI_PRINT_REASON_PAPER_END, TRUE},
    {FAKE_CUTTER_JAMS, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_CUTTER, TRUE},
    {FAKE_SILENT_AFTER, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER, TRUE},
    {FAKE_SILENT_AFTER, TAI_BACK_CHANNEL_REALTIME, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER, TRUE},
    {FAKE_NOT_ORDERED, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER, TRUE},
    {FAKE_NOT_ORDERED, TAI_BACK_CHANNEL_REALTIME, TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE, TRUE},
    {FAKE_HANGS_UP, TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_LINE_LOST},
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  FakeReceiptPrinter *fake = fake_receipt_printer_new (c->trouble);
  g_autoptr (TaiPrinter) printer = new_printer (fake_receipt_printer_get_port (fake), c->back_channel, quick);
  TaiPrintResult result = print_receipt (printer, 1, NULL);
  g_autoptr (GBytes) sent = fake_receipt_printer_finish (fake);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = tai_escpos_read_bytes (sent, 48, &error);

  g_assert_cmpstr (tai_print_reason_to_text (result.reason), ==, tai_print_reason_to_text (c->reason));
  g_assert_cmpint (result.state, ==, c->state);
  if (c->nothing)
    g_assert_cmpuint (g_bytes_get_size (sent), ==, 0);
  if (c->whole) {
    g_assert_no_error (error);
    g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_CUT), ==, 1);
    g_assert_cmpstr (tai_escpos_find (items, TAI_ESCPOS_ITEM_QR, 0)->text, ==, SAMPLE_QR_URL);
  }
}

/* The same object, job after job; copies behind one another. */
static void
test_copies_and_jobs (void)
{
  FakeReceiptPrinter *fake = fake_receipt_printer_new (FAKE_WELL);
  g_autoptr (TaiPrinter) printer =
      new_printer (fake_receipt_printer_get_port (fake), TAI_BACK_CHANNEL_ORDERED, quick);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GBytes) sent = NULL;

  g_assert_cmpint (print_receipt (printer, 1, NULL).state, ==, TAI_PRINT_PRINTED);
  g_assert_cmpint (print_receipt (printer, 2, NULL).state, ==, TAI_PRINT_PRINTED);
  sent = fake_receipt_printer_finish (fake);
  items = tai_escpos_read_bytes (sent, 48, NULL);
  g_assert_nonnull (items);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_CUT), ==, 3);
}

/* A receipt of some megabytes of dots against a printer that reads no more: the write gives up in its budget. */
static void
test_stalls (void)
{
  FakeReceiptPrinter *fake = fake_receipt_printer_new (FAKE_STALLS);
  g_autoptr (TaiPrinter) printer =
      new_printer (fake_receipt_printer_get_port (fake), TAI_BACK_CHANNEL_ORDERED, quick);
  g_autoptr (TaiDocument) doc = tai_document_new (TAI_DOCUMENT_SLIP, "", "zh_CN");
  TaiPrintResult result;

  for (guint i = 0; i < TAI_DOCUMENT_MAX_BLOCKS; i++)
    tai_document_add_text (doc, TAI_STYLE_LARGE, "𠮷𠮷𠮷𠮷𠮷𠮷");
  result = tai_printer_print (printer, doc, "job", 4, NULL, NULL);
  g_bytes_unref (fake_receipt_printer_finish (fake));
  g_assert_cmpint (result.state, ==, TAI_PRINT_UNKNOWN);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_NO_ANSWER);
}

static void
test_not_there (void)
{
  FakeReceiptPrinter *fake = fake_receipt_printer_new (FAKE_WELL);
  guint16 port = fake_receipt_printer_get_port (fake);
  g_autoptr (TaiPrinter) printer = new_printer (port, TAI_BACK_CHANNEL_ORDERED, quick);
  TaiPrintResult result;

  g_bytes_unref (fake_receipt_printer_finish (fake));
  result = print_receipt (printer, 1, NULL);
  g_assert_cmpint (result.state, ==, TAI_PRINT_QUEUED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_NOT_REACHED);
  result = tai_printer_open_drawer (printer, 120, 240, NULL, NULL);
  g_assert_cmpint (result.state, ==, TAI_PRINT_FAILED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_NOT_REACHED);
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (200000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled (void)
{
  FakeReceiptPrinter *fake = fake_receipt_printer_new (FAKE_NOT_ORDERED);
  g_autoptr (TaiPrinter) printer =
      new_printer (fake_receipt_printer_get_port (fake), TAI_BACK_CHANNEL_ORDERED, TAI_PRINT_BUDGET_RECEIPT);
  g_autoptr (GCancellable) before = g_cancellable_new (), later = g_cancellable_new ();
  gint64 start = g_get_monotonic_time ();
  TaiPrintResult result;
  GThread *thread;

  g_cancellable_cancel (before);
  result = print_receipt (printer, 1, before);
  g_assert_cmpint (result.state, ==, TAI_PRINT_QUEUED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_CANCELLED);

  thread = g_thread_new ("cancel", cancel_later, later);
  result = print_receipt (printer, 1, later);
  g_assert_cmpint (result.state, ==, TAI_PRINT_UNKNOWN);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 4 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_bytes_unref (fake_receipt_printer_finish (fake));
}

static void
assert_pulse (FakeTrouble trouble, TaiBackChannel back_channel, const void *bytes, gsize size)
{
  FakeReceiptPrinter *fake = fake_receipt_printer_new (trouble);
  g_autoptr (TaiPrinter) printer = new_printer (fake_receipt_printer_get_port (fake), back_channel, quick);
  TaiPrintResult result = tai_printer_open_drawer (printer, 120, 240, NULL, NULL);
  g_autoptr (GBytes) sent = fake_receipt_printer_finish (fake);

  g_assert_cmpint (result.state, ==, TAI_PRINT_PRINTED);
  g_assert_cmpmem (g_bytes_get_data (sent, NULL), g_bytes_get_size (sent), bytes, size);
}

/* The drawer opens without paper as well, where a printer obeys in real time alone, and only when it is asked to. */
static void
test_drawer (void)
{
  static const guint8 in_turn[] = {0x1B, 'p', '0', 60, 120}, now[] = {0x10, 0x14, 1, 0, 1};

  assert_pulse (FAKE_WELL, TAI_BACK_CHANNEL_ORDERED, in_turn, sizeof in_turn);
  assert_pulse (FAKE_SILENT, TAI_BACK_CHANNEL_ORDERED, in_turn, sizeof in_turn);
  assert_pulse (FAKE_NO_PAPER, TAI_BACK_CHANNEL_ORDERED, now, sizeof now);
  assert_pulse (FAKE_COVER_OPEN, TAI_BACK_CHANNEL_REALTIME, now, sizeof now);
}

static void
test_profile (void)
{
  TaiEscposProfile wrong = {"wrong", 384, 99};
  g_autoptr (TaiStream) stream = TAI_STREAM (tai_tcp_stream_new ("127.0.0.1", 9100, 100));
  g_autoptr (TaiClock) clock = wall_clock_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (tai_escpos_printer_new (stream, &wrong, quick, clock, &error));
  g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PROFILE);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name =
        g_strdup_printf ("/printing/escpos-printer/trouble-%u-channel-%u-%s", cases[i].trouble,
                         cases[i].back_channel, tai_print_reason_to_text (cases[i].reason));

    g_test_add_data_func (name, &cases[i], test_case);
  }
  g_test_add_func ("/printing/escpos-printer/copies-and-jobs", test_copies_and_jobs);
  g_test_add_func ("/printing/escpos-printer/stalls", test_stalls);
  g_test_add_func ("/printing/escpos-printer/not-there", test_not_there);
  g_test_add_func ("/printing/escpos-printer/cancelled", test_cancelled);
  g_test_add_func ("/printing/escpos-printer/drawer", test_drawer);
  g_test_add_func ("/printing/escpos-printer/profile", test_profile);
  result = g_test_run ();
  font_caches_drop ();
  return result;
}
