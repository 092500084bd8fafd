/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates and the operator's mark: each version a document, and a setting that says which are in force. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-paper.h"

#include <string.h>

#include "tai-hq-error.h"
#include "tai-limits.h"
#include "tai-template-text.h"

#define KIND          "Paper"
#define IN_FORCE      "papers" /* {"form": 3, "logo": 1} */
#define PNG_SIGNATURE "\x89PNG\r\n\x1a\n"

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, text);
  return FALSE;
}

/* ---- what is in force ---- */

static TaiJson *
get_in_force (HqStore *store)
{
  g_autofree char *text = store->klass->setting_get (store, IN_FORCE);
  TaiJson *json = text != NULL ? tai_json_parse (text, -1, NULL, NULL) : NULL;
  return json != NULL ? json : tai_json_new_object ();
}

static gint64
get_version (const TaiJson *in_force, const char *id)
{
  gint64 version = 0;
  return tai_json_require_int (in_force, id, &version, NULL) ? version : 0;
}

/* (nullable) (transfer full) */
static GBytes *
find_paper (HqStore *store, const char *id, gint64 version)
{
  g_auto (HqDocumentRow) row = {0};
  g_autofree char *name = g_strdup_printf ("%s@%" G_GINT64_FORMAT, id, version);
  return store->klass->document_find (store, KIND, "", name, &row) ? g_bytes_ref (row.body) : NULL;
}

char *
hq_paper_list (HqStore *store)
{
  g_autoptr (TaiJson) in_force = get_in_force (store);
  GString *out = g_string_new (NULL);
  TaiJsonIter iter;
  tai_json_iter_init (&iter, in_force);
  while (tai_json_iter_next (&iter))
    g_string_append_printf (out, "%s %" G_GINT64_FORMAT "\n", iter.name, get_version (in_force, iter.name));
  return g_string_free (out, FALSE);
}

/* ---- loading ---- */

static gboolean
is_png (const guint8 *bytes, gsize size)
{
  return size >= 8 && memcmp (bytes, PNG_SIGNATURE, 8) == 0;
}

static guint32
read_number (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/* Chunk by chunk to the last one: a file that was cut on its way here ends before. */
static gboolean
is_whole (const guint8 *bytes, gsize size)
{
  gsize at = strlen (PNG_SIGNATURE);
  while (size - at >= 12) {
    gsize length = read_number (bytes + at);
    if (length > size - at - 12)
      return FALSE;
    if (memcmp (bytes + at + 4, "IEND", 4) == 0)
      return TRUE;
    at += 12 + length;
  }
  return FALSE;
}

/* A terminal unpacks it and looks closer; what every terminal would refuse does not leave the house. */
static gboolean
check_logo (const guint8 *bytes, gsize size, GError **error)
{
  if (size > TAI_LIMIT_LOGO_BYTES)
    return refuse (error, "a logo of %" G_GSIZE_FORMAT " bytes, at most %d", size, TAI_LIMIT_LOGO_BYTES);
  if (size < 33 || memcmp (bytes + 12, "IHDR", 4) != 0)
    return refuse (error, "a PNG without a head");
  if (!is_whole (bytes, size))
    return refuse (error, "a PNG that was cut off");
  guint32 width = read_number (bytes + 16), height = read_number (bytes + 20);
  return (width >= 1 && height >= 1 && width <= TAI_LIMIT_LOGO_SIDE && height <= TAI_LIMIT_LOGO_SIDE) ||
         refuse (error, "a logo of %u x %u pixels, at most %d x %d", width, height, TAI_LIMIT_LOGO_SIDE,
                 TAI_LIMIT_LOGO_SIDE);
}

/* The template's own number, or the next one of the mark's; 0: refused. */
static gint64
number_paper (HqStore *store, GBytes *file, const TaiTemplate *template, const TaiJson *in_force,
              GError **error)
{
  const char *id = template != NULL ? template->id : "logo";
  gint64 now = get_version (in_force, id);
  g_autoptr (GBytes) old = now > 0 ? find_paper (store, id, now) : NULL;
  if (old != NULL && g_bytes_equal (old, file))
    return now;
  if (template == NULL)
    return now + 1;
  if (template->version > now)
    return template->version;
  refuse (error, "version: %d, and %" G_GINT64_FORMAT " is in force", template->version, now);
  return 0;
}

static void
put_paper (HqStore *store, const char *id, gint64 version, GBytes *file, TaiJson *in_force, gint64 now_us)
{
  g_autofree char *name = g_strdup_printf ("%s@%" G_GINT64_FORMAT, id, version);
  HqDocumentRow row = {
      .kind = KIND, .hall = "", .id = name, .created_us = now_us, .changed_us = now_us, .body = file};
  store->klass->document_put (store, &row);
  tai_json_set (in_force, id, tai_json_new_int (version));
  g_autofree char *text = tai_json_to_text (in_force);
  store->klass->setting_put (store, IN_FORCE, text);
}

static gboolean
check_paper (GBytes *file, TaiTemplate **template, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  g_autoptr (GError) why = NULL;
  if (is_png (bytes, size))
    return check_logo (bytes, size, error);
  *template = tai_template_from_text (file, &why);
  return *template != NULL || refuse (error, "%s", why->message);
}

char *
hq_load_paper (HqStore *store, GBytes *file, gint64 now_us, GError **error)
{
  g_autoptr (TaiTemplate) template = NULL;
  if (!check_paper (file, &template, error))
    return NULL;
  const char *id = template != NULL ? template->id : "logo";
  store->klass->begin (store);
  g_autoptr (TaiJson) in_force = get_in_force (store);
  gint64 version = number_paper (store, file, template, in_force, error);
  if (version > 0)
    put_paper (store, id, version, file, in_force, now_us);
  store->klass->commit (store);
  if (store->error != NULL)
    g_propagate_error (error, g_error_copy (store->error));
  return version > 0 && store->error == NULL ? g_strdup_printf ("%s %" G_GINT64_FORMAT, id, version) : NULL;
}

/* ---- GET ---- */

/* A template byte for byte, so that its hash is the one on paper; a PNG as base64. */
static void
write_paper (TaiJsonWriter *writer, const char *id, gint64 version, GBytes *file)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  g_autofree char *text =
      is_png (bytes, size) ? g_base64_encode (bytes, size) : g_strndup ((const char *)bytes, size);
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", id);
  tai_json_writer_add_int (writer, "version", version);
  tai_json_writer_add_string (writer, is_png (bytes, size) ? "png" : "text", text);
  tai_json_writer_end_object (writer);
}

static void
write_papers (HqStore *store, TaiJsonWriter *writer, const TaiJson *in_force)
{
  TaiJsonIter iter;
  tai_json_iter_init (&iter, in_force);
  while (tai_json_iter_next (&iter)) {
    gint64 version = get_version (in_force, iter.name);
    g_autoptr (GBytes) file = find_paper (store, iter.name, version);
    if (file != NULL)
      write_paper (writer, iter.name, version, file);
  }
}

void
hq_paper_get (HqCall *call)
{
  g_autoptr (TaiJson) in_force = get_in_force (call->store);
  g_autofree char *names = tai_json_to_text (in_force);
  char hex[65];
  tai_digest_to_hex (hq_digest (names, strlen (names)), hex); /* a version is never another thing */
  if (hq_respond_not_modified (call, hex))
    return;
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_array (writer, "papers");
  write_papers (call->store, writer, in_force);
  tai_json_writer_end_array (writer);
  tai_json_writer_end_object (writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (writer));
}
