/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Canonical bytes (11-tables): UTF-8 lines "name=value\n" in the order in which they are appended, "version" first, values
 * escaped (newline -> \n, backslash -> \\), numbers in decimal, times RFC 3339 UTC with ms. Journal records and sealed
 * payloads are written this way so that a chain can be verified on a bare machine with sha256sum.
 */
typedef struct _TaiCanonical TaiCanonical;

TaiCanonical *tai_canonical_new (int version);
/* @name: letters, digits, '_', '.', '-'; not "version". NULL value: the line is left out. A value that is not UTF-8 is made so
 * (U+FFFD), so that what was written can always be parsed. */
void tai_canonical_add (TaiCanonical *self, const char *name, const char *value);
void tai_canonical_add_int (TaiCanonical *self, const char *name, gint64 value);
void tai_canonical_add_time (TaiCanonical *self, const char *name, gint64 time_us);
GBytes *tai_canonical_end (TaiCanonical *self); /* frees @self; (transfer full) */
void tai_canonical_free (TaiCanonical *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCanonical, tai_canonical_free)

/* Calls @func for each line, "version" first, unescaped; a malformed line, a missing or second version, what no writer writes
 * -> FALSE (TAI_CORE_ERROR_FAILED). @func returning FALSE (with @error set) ends it. The strings live during the call only. */
typedef gboolean (*TaiCanonicalFunc) (const char *name, const char *value, gpointer data, GError **error);
gboolean tai_canonical_parse (GBytes *bytes, TaiCanonicalFunc func, gpointer data, GError **error);

/* RFC 3339 UTC with ms, "2026-11-22T09:00:00.000Z"; microseconds since the epoch. Written: what is finer than a millisecond is
 * cut, years outside 1 to 9999 are clamped. Read: any offset, 0 to 9 digits of a second (cut at microseconds); else FALSE. */
char *tai_time_to_text (gint64 time_us); /* (transfer full) */
gboolean tai_time_from_text (const char *text, gint64 *time_us);

/* SHA-256 */
#define TAI_DIGEST_SIZE 32
typedef struct {
  guint8 byte[TAI_DIGEST_SIZE];
} TaiDigest;
/* GLib's, in plain C; whoever has one that uses the processor's instructions gives it here: the same value, of @head and then
 * @data, each NULL when its size is 0; called from any thread. NULL: GLib's again. */
typedef TaiDigest (*TaiSha256Func) (gconstpointer head, gsize head_size, gconstpointer data, gsize size);
void tai_digest_set_sha256 (TaiSha256Func func);
TaiDigest tai_digest_bytes (gconstpointer data, gsize size);
/* chain = SHA-256(previous || record); the first record's previous is 32 zero bytes. */
TaiDigest tai_digest_chain (TaiDigest previous, GBytes *record);
void tai_digest_to_hex (TaiDigest digest, char hex[65]);
gboolean tai_digest_from_hex (const char *hex, TaiDigest *digest);
gboolean tai_digest_equal (TaiDigest a, TaiDigest b);

/* UUIDv7 (RFC 9562) from a time and 10 random bytes of the entropy port; lower case text. */
typedef struct {
  char text[37];
} TaiUuid;
TaiUuid tai_uuid_v7 (gint64 time_us, const guint8 random[10]);
/* Lower case, variant of the RFC, versions 1 to 8 (headquarters may make others than 7); NULL: FALSE. */
gboolean tai_uuid_is_valid (const char *text);

G_END_DECLS
