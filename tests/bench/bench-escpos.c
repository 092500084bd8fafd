/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Receipts a second: a document of 40 lines and a QR code to ESC/POS bytes, beside a floor in plain C that prints a receipt
 * of the same size without any layout (snprintf and GS ( k), in the same run. Raster QR, text, PNG and PDF apart, beside
 * what they may cost (processor time of this thread). Asserts nothing.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../printing/sales.h"
#include "../printing/samples.h"
#include "../printing/shipped-paperwork.h"
#include "tai-escpos.h"
#include "tai-page.h"
#include "tai-plain-text.h"

#define SECONDS 1.0
#define LINES   40

typedef gsize (*Run) (gpointer data);

typedef struct {
  TaiEscpos *escpos;
  TaiDocument *document;
} Bench;

static gint64
get_cpu_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* @beside: what it is to be compared with. */
static double
measure (const char *name, const char *beside, Run run, gpointer data)
{
  gint64 start, now;
  guint n = 0;
  gsize bytes;
  double rate;

  bytes = run (data); /* fonts and tables */
  start = now = get_cpu_us ();
  for (; now - start < SECONDS * G_USEC_PER_SEC; now = get_cpu_us ())
    for (guint i = 0; i < 1 + n / 1000; i++, n++)
      run (data);
  rate = n * (double)G_USEC_PER_SEC / (now - start);
  g_print ("%-34s %10.0f /s %9.3f ms %8" G_GSIZE_FORMAT " bytes  %s\n", name, rate, 1000 / rate, bytes,
           beside);
  return rate;
}

static gsize
run_escpos (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GBytes) bytes = tai_escpos_encode (bench->escpos, bench->document);

  return g_bytes_get_size (bytes);
}

static gsize
run_build_and_escpos (gpointer data)
{
  Bench *bench = data;
  g_autoptr (TaiDocument) document = sample_receipt_lines (LINES);
  g_autoptr (GBytes) bytes = tai_escpos_encode (bench->escpos, document);

  return g_bytes_get_size (bytes);
}

static gsize
run_text (gpointer data)
{
  Bench *bench = data;
  g_autofree char *text = tai_plain_text_render (bench->document, 48);

  return strlen (text);
}

static gsize
run_png (gpointer data)
{
  Bench *bench = data;
  g_autoptr (TaiPage) page = tai_page_new (bench->document, TAI_PAPER_80MM);
  g_autoptr (GBytes) png = tai_page_render_png (page, 0, NULL);

  return g_bytes_get_size (png);
}

static gsize
run_pdf (gpointer data)
{
  Bench *bench = data;
  g_autoptr (TaiPage) page = tai_page_new (bench->document, tai_page_get_default_paper (bench->document));
  g_autoptr (GBytes) pdf = tai_page_render_pdf (page, NULL);

  return g_bytes_get_size (pdf);
}

/* The floor: the bytes of such a receipt, already in GB18030, aligned by printf, with no thought for widths. */
static gsize
run_floor (gpointer data)
{
  static const char label[] = "\xb3\xa9\xcf\xed\xcc\xd7\xb2\xcd"; /* 畅享套餐 */
  char out[4096];
  int n = snprintf (out, sizeof out,
                    "\x1b@\x1c&\x1b"
                    "a\x01\x1b"
                    "E\x01%s\n\x1b"
                    "E%c\x1b"
                    "a%c",
                    label, 0, 0);
  gsize length = strlen (SAMPLE_QR_URL) + 3;

  for (guint i = 0; i < LINES; i++)
    n += snprintf (out + n, sizeof out - n, "%02u %s %u%*u.00\n", i + 1, label, 19 + i * 10, 26, 19 + i * 10);
  memcpy (out + n, "\x1d(k\x04\x00\x31\x41\x32\x00\x1d(k\x03\x00\x31\x43\x06\x1d(k\x03\x00\x31\x45\x31", 25);
  n += 25;
  n += snprintf (out + n, sizeof out - n, "\x1d(k%c%c1P0%s\x1d(k\x03%c1Q0", (int)(length & 0xff),
                 (int)(length >> 8), SAMPLE_QR_URL, 0);
  memcpy (out + n,
          "\x1b"
          "d\x04\x1dV\x01",
          6);
  return n + 6 + (gsize)(out[0] == 0);
}

/* The largest mark that paper takes, with shades: a third of its dots, scattered. */
static TaiPicture *
new_mark (void)
{
  guint8 bits[320 / 8 * 120];

  for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
    bits[i] = i % 40 < 20 ? 0x92 >> (i / 40 % 3) : i / 40 % 40 < 20 ? 0xff : 0;
  return tai_picture_new (320, 120, bits, NULL);
}

/* As a hall gives them out: a visit of four orders under the operator's mark. */
static void
measure_papers_of_hall (TaiEscpos *escpos)
{
  g_autoptr (TaiPaperwork) paperwork = shipped_paperwork ();
  g_autoptr (TaiPicture) mark = new_mark ();
  g_autoptr (Sale) sale = sale_family ("zh_CN", FALSE);
  g_autoptr (TaiDocument) receipt = NULL, form = NULL, notice = NULL;

  sale_add (sale, "new_line", "19400001235", "plan59,ring,sim");
  sale_add (sale, "suspend", "19400001236", "");
  sale_capture (sale);
  tai_hall_paperwork_set_logo (TAI_HALL_PAPERWORK (paperwork), mark);
  receipt = tai_paperwork_receipt (paperwork, &sale->sale);
  form = tai_paperwork_form (paperwork, &sale->sale);
  notice = tai_paperwork_notice (paperwork, &sale->sale);
  measure ("4 orders, mark: receipt", "", run_escpos, &(Bench){escpos, receipt});
  measure ("4 orders, mark: receipt to PNG", "wanted: 10 ms", run_png, &(Bench){NULL, receipt});
  measure ("4 orders, mark: A4 form to PDF", "wanted: 50 ms, 150 KB", run_pdf, &(Bench){NULL, form});
  measure ("4 orders: large letters to PDF", "", run_pdf, &(Bench){NULL, notice});
}

int
main (int argc, char **argv)
{
  TaiEscposProfile raster = *tai_escpos_profile_find ("80mm");
  g_autoptr (TaiEscpos) native_escpos = tai_escpos_new (tai_escpos_profile_find ("80mm"), NULL);
  g_autoptr (TaiEscpos) raster_escpos = NULL;
  g_autoptr (TaiDocument) document = sample_receipt_lines (LINES);
  g_autoptr (TaiDocument) real = sample_receipt_zh ();
  g_autoptr (TaiDocument) rare = sample_receipt_rare ();
  g_autoptr (TaiDocument) form = sample_form_zh ();
  double rate, ceiling;

  g_test_init (&argc, &argv, NULL); /* tells where the templates that ship are */
  raster.native_qr = FALSE;
  raster_escpos = tai_escpos_new (&raster, NULL);
  ceiling = measure ("floor: snprintf + GS ( k", "", run_floor, NULL);
  rate = measure ("40 lines + native QR", "wanted: 50,000 /s", run_escpos, &(Bench){native_escpos, document});
  measure ("the same, building the document", "", run_build_and_escpos, &(Bench){native_escpos, NULL});
  measure ("40 lines + raster QR", "", run_escpos, &(Bench){raster_escpos, document});
  measure ("realistic receipt, native QR", "", run_escpos, &(Bench){native_escpos, real});
  measure ("rare name: 2 drawn lines", "", run_escpos, &(Bench){native_escpos, rare});
  measure ("40 lines to text", "", run_text, &(Bench){NULL, document});
  measure ("40 lines to PNG, 80 mm", "wanted: 10 ms", run_png, &(Bench){NULL, document});
  measure ("40 lines to PDF, 80 mm", "", run_pdf, &(Bench){NULL, document});
  measure ("A4 form to PDF", "wanted: 50 ms, 150 KB", run_pdf, &(Bench){NULL, form});
  measure_papers_of_hall (native_escpos);
  g_print ("share of the floor: %.2f\n", rate / ceiling);
  return 0;
}
