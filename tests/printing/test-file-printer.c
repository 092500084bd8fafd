/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The printer that is a folder, and the words of results. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tai-escpos-reader.h"
#include "surroundings.h"
#include "samples.h"
#include "tai-core-error.h"
#include "tai-file-printer.h"
#include "tai-printing-error.h"

typedef struct {
  char *folder;
  TaiDocument *doc;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("guitai-print-XXXXXX", NULL);
  f->doc = sample_receipt_zh ();
  g_assert_nonnull (f->folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (f->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (f->folder);
  g_free (f->folder);
  tai_document_unref (f->doc);
}

static TaiPrintResult
print (Fixture *f, TaiFileFormat format, const char *job_id, guint copies)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPrinter) printer =
      tai_file_printer_new (f->folder, format, tai_escpos_profile_find ("80mm"), &error);

  g_assert_no_error (error);
  return tai_printer_print (printer, f->doc, job_id, copies, NULL, NULL);
}

static GBytes *
read_file (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  char *contents;
  gsize length;
  GStatBuf info;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600); /* a receipt is nobody else's business */
  return g_bytes_new_take (contents, length);
}

static void
test_formats (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) escpos = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GPtrArray) items = NULL;

  for (TaiFileFormat format = TAI_FILE_TEXT; format <= TAI_FILE_PDF; format++)
    g_assert_cmpint (print (f, format, "job-1", 1).state, ==, TAI_PRINT_PRINTED);
  text = read_file (f, "job-1.txt");
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (text, NULL), g_bytes_get_size (text), "人民币壹佰柒拾元整\n"));
  escpos = read_file (f, "job-1.escpos");
  items = tai_escpos_read_bytes (escpos, 48, NULL);
  g_assert_nonnull (items);
  g_assert_cmpstr (tai_escpos_find (items, TAI_ESCPOS_ITEM_QR, 0)->text, ==, SAMPLE_QR_URL);
  pdf = read_file (f, "job-1.pdf");
  g_assert_true (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5) == 0);
}

static void
test_copies (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) third = NULL;

  g_assert_cmpint (print (f, TAI_FILE_TEXT, "job", 3).state, ==, TAI_PRINT_PRINTED);
  first = read_file (f, "job.txt");
  third = read_file (f, "job-3.txt");
  g_assert_true (g_bytes_equal (first, third));
}

/* Whatever the id is, the file stays in the folder. */
static void
test_hostile_id (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpint (print (f, TAI_FILE_TEXT, "../../etc/passwd\n", 1).state, ==, TAI_PRINT_PRINTED);
  bytes = read_file (f, "______etc_passwd_.txt");
}

static void
test_no_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  g_autoptr (TaiPrinter) printer =
      tai_file_printer_new (missing, TAI_FILE_TEXT, tai_escpos_profile_find ("58mm"), NULL);
  g_autofree char *detail = NULL;
  TaiPrintResult result = tai_printer_print (printer, f->doc, "job", 1, NULL, &detail);

  g_assert_cmpint (result.state, ==, TAI_PRINT_FAILED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_DEVICE_ERROR);
  g_assert_nonnull (detail);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (TaiPrinter) printer =
      tai_file_printer_new (f->folder, TAI_FILE_PDF, tai_escpos_profile_find ("58mm"), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  TaiPrintResult result;

  g_cancellable_cancel (cancellable);
  result = tai_printer_print (printer, f->doc, "job", 1, cancellable, NULL);
  g_assert_cmpint (result.state, ==, TAI_PRINT_FAILED);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_CANCELLED);
  result = tai_printer_open_drawer (printer, 120, 240, NULL, NULL);
  g_assert_cmpint (result.reason, ==, TAI_PRINT_REASON_NOT_OFFERED);
}

static void
test_profile (Fixture *f, gconstpointer data)
{
  TaiEscposProfile wrong = {"wrong", 100, 10};

  for (TaiFileFormat format = TAI_FILE_TEXT; format <= TAI_FILE_ESCPOS; format++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (tai_file_printer_new (f->folder, format, &wrong, &error));
    g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PROFILE);
    g_clear_error (&error);
    g_assert_null (tai_file_printer_render (f->doc, format, &wrong, &error));
    g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_PROFILE);
  }
}

/* Each reason has a word of its own, there and back; another word is corruption. */
static void
test_reason_words (Fixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  TaiPrintReason back;

  for (TaiPrintReason reason = 0; reason < TAI_PRINT_REASON_LAST_; reason++) {
    const char *word = tai_print_reason_to_text (reason);

    g_assert_true (g_hash_table_add (seen, (char *)word));
    g_assert_true (tai_print_reason_from_text (word, &back, NULL));
    g_assert_cmpint (back, ==, reason);
  }
  g_assert_false (tai_print_reason_from_text ("PAPER_END", &back, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE_TEXT);
  g_assert_false (tai_print_reason_from_text (NULL, &back, NULL));
}

#define ADD(name, test) g_test_add ("/printing/file-printer/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("formats", test_formats);
  ADD ("copies", test_copies);
  ADD ("hostile-id", test_hostile_id);
  ADD ("no-folder", test_no_folder);
  ADD ("cancelled", test_cancelled);
  ADD ("profile", test_profile);
  ADD ("reason-words", test_reason_words);
  result = g_test_run ();
  font_caches_drop ();
  return result;
}
