/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Receipts to the emulator that ships (guitai-emulate printer), with its faults. */
#include "../devices/tai-emulator-rig.h"

#include "tai-escpos-reader.h"
#include "samples.h"
#include "surroundings.h"
#include "tai-escpos-printer.h"
#include "tai-tcp-stream.h"
#include "wall-clock.h"

typedef struct {
  const char *commands;
  TaiPrintState state;
  TaiPrintReason reason;
} Case;

static const Case cases[] = {
    {"clear", TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE},
    {"fault paper_low", TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE}, /* a warning is no trouble */
    {"fault realtime_in_data", TAI_PRINT_PRINTED, TAI_PRINT_REASON_NONE},
    {"fault paper_end", TAI_PRINT_QUEUED, TAI_PRINT_REASON_PAPER_END},
    {"fault cover_open", TAI_PRINT_QUEUED, TAI_PRINT_REASON_COVER_OPEN},
    {"fault stall@300", TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_NO_ANSWER},
    {"fault close_mid@300", TAI_PRINT_UNKNOWN, TAI_PRINT_REASON_LINE_LOST},
};

/* The paper: two receipts, one with drawn lines, behind one another. */
static void
assert_paper (TaiEmulatorRig *rig)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (rig->out, &bytes, &size, NULL));
  items = tai_escpos_read ((const guint8 *)bytes, size, 48, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_CUT), ==, 2);
  g_assert_cmpuint (tai_escpos_count (items, TAI_ESCPOS_ITEM_RASTER), ==, 2);
  g_assert_cmpstr (tai_escpos_find (items, TAI_ESCPOS_ITEM_QR, 0)->text, ==, SAMPLE_QR_URL);
}

/* The printer's own drawing of the first paper has its figures, and refuses nothing of either. */
static void
assert_drawn (TaiEmulatorRig *rig, TaiDocument *first)
{
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  g_autofree char *drawing = NULL;

  while (!g_file_get_contents (rig->text, &drawing, NULL, NULL) || g_strrstr (drawing, "[raster") == NULL) {
    g_clear_pointer (&drawing, g_free);
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_usleep (2000);
  }
  g_assert_nonnull (strstr (drawing, tai_document_get_title (first)));
  g_assert_nonnull (strstr (drawing, "￥170.00\n"));
  g_assert_nonnull (strstr (drawing, "[qr " SAMPLE_QR_URL "]\n"));
  g_assert_null (strstr (drawing, "offset"));
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (TaiEmulatorRig) rig = tai_emulator_rig_new_printer (c->commands);
  g_autoptr (TaiStream) stream = TAI_STREAM (tai_tcp_stream_new ("127.0.0.1", rig->port, 2000));
  g_autoptr (TaiClock) clock = wall_clock_new ();
  g_autoptr (TaiPrinter) printer = tai_escpos_printer_new (
      stream, tai_escpos_profile_find ("80mm"), (TaiPrintBudget){2000, 1000, 1500, 100}, clock, NULL);
  g_autoptr (TaiDocument) first = sample_receipt_zh (), second = sample_receipt_rare ();
  TaiPrintResult result = tai_printer_print (printer, first, "job-1", 1, NULL, NULL);

  g_assert_cmpstr (tai_print_reason_to_text (result.reason), ==, tai_print_reason_to_text (c->reason));
  g_assert_cmpint (result.state, ==, c->state);
  if (c->state != TAI_PRINT_PRINTED)
    return;
  result = tai_printer_print (printer, second, "job-2", 1, NULL, NULL);
  g_assert_cmpint (result.state, ==, TAI_PRINT_PRINTED);
  assert_paper (rig);
  assert_drawn (rig, first);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strconcat ("/printing/emulated-printer/", cases[i].commands, NULL);

    g_test_add_data_func (g_strdelimit (name, " @", '-'), &cases[i], test_case);
  }
  result = g_test_run ();
  font_caches_drop ();
  return result;
}
