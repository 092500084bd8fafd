/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * PIN records with argon2id. The text is libsodium's (crypto_pwhash_str_verify reads it), but written here, because
 * crypto_pwhash_str takes its salt from the system and its reader obeys any cost that a record asks. One thread at a time.
 */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-pin.h"

#include <sodium.h>
#include <string.h>

#define HASH_SIZE  32
#define BASE64     sodium_base64_VARIANT_ORIGINAL_NO_PADDING
#define MAX_KIB    (64 * 1024)
#define MAX_PASSES 4

typedef struct {
  guint64 kib, passes;
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 hash[HASH_SIZE];
} Record;

struct _TaiPin {
  GObject parent_instance;
  TaiEntropy *entropy; /* (owned) */
  TaiPinCost cost;
};

static void tai_pin_iface_init (TaiPinHasherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiPin, tai_pin, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PIN_HASHER, tai_pin_iface_init))

static gboolean
is_run (const char *pin, int step)
{
  for (const char *at = pin; at[1] != '\0'; at++)
    if ((at[0] - '0' + step + 10) % 10 != at[1] - '0')
      return FALSE;
  return TRUE;
}

gboolean
tai_pin_check_strength (const char *pin, GError **error)
{
  g_return_val_if_fail (pin != NULL, FALSE);
  gsize length = strlen (pin);
  const char *why = NULL;
  if (length < TAI_PIN_MIN_DIGITS || length > TAI_PIN_MAX_DIGITS || strspn (pin, "0123456789") != length)
    why = "not 6 to 16 digits";
  else if (is_run (pin, 0))
    why = "all digits the same";
  else if (is_run (pin, 1) || is_run (pin, -1))
    why = "a run of digits";
  if (why == NULL)
    return TRUE;
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_PIN_WEAK, why);
  return FALSE;
}

static gboolean
derive (const Record *record, const char *pin, guint8 hash[HASH_SIZE])
{
  return crypto_pwhash (hash, HASH_SIZE, pin, strlen (pin), record->salt, record->passes, record->kib * 1024,
                        crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static char *
print_record (const Record *record)
{
  char salt[sodium_base64_ENCODED_LEN (crypto_pwhash_SALTBYTES, BASE64)];
  char hash[sodium_base64_ENCODED_LEN (HASH_SIZE, BASE64)];
  sodium_bin2base64 (salt, sizeof salt, record->salt, sizeof record->salt, BASE64);
  sodium_bin2base64 (hash, sizeof hash, record->hash, sizeof record->hash, BASE64);
  return g_strdup_printf ("$argon2id$v=19$m=%" G_GUINT64_FORMAT ",t=%" G_GUINT64_FORMAT ",p=1$%s$%s",
                          record->kib, record->passes, salt, hash);
}

/* sodium_base642bin (1.0.18) takes bytes >= 0x80 for digits where char is signed: the alphabet is checked here. */
static gboolean
read_base64 (const char *text, guint8 *bytes, gsize size)
{
  gsize length = strlen (text), got = 0;
  return strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == length &&
         sodium_base642bin (bytes, size, text, length, NULL, &got, NULL, BASE64) == 0 && got == size;
}

static gboolean
read_costs (const char *text, Record *record)
{
  g_auto (GStrv) cost = g_strsplit (text, ",", 4);
  return g_strv_length (cost) == 3 && g_str_has_prefix (cost[0], "m=") && g_str_has_prefix (cost[1], "t=") &&
         strcmp (cost[2], "p=1") == 0 &&
         g_ascii_string_to_unsigned (cost[0] + 2, 10, crypto_pwhash_MEMLIMIT_MIN / 1024, MAX_KIB,
                                     &record->kib, NULL) &&
         g_ascii_string_to_unsigned (cost[1] + 2, 10, 1, MAX_PASSES, &record->passes, NULL);
}

/* "", "argon2id", "v=19", "m=…,t=…,p=1", salt, hash */
static gboolean
read_record (const char *text, Record *record)
{
  if (strlen (text) >= crypto_pwhash_STRBYTES)
    return FALSE;
  g_auto (GStrv) part = g_strsplit (text, "$", 7);
  return g_strv_length (part) == 6 && *part[0] == '\0' && strcmp (part[1], "argon2id") == 0 &&
         strcmp (part[2], "v=19") == 0 && read_costs (part[3], record) &&
         read_base64 (part[4], record->salt, sizeof record->salt) &&
         read_base64 (part[5], record->hash, sizeof record->hash);
}

gboolean
tai_pin_check_record (const char *record, GError **error)
{
  Record read;
  g_return_val_if_fail (record != NULL, FALSE);
  if (read_record (record, &read))
    return TRUE;
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_PIN_RECORD,
                       "not an argon2id record within our limits");
  return FALSE;
}

static char *
tai_pin_hash (TaiPinHasher *hasher, const char *pin, GError **error)
{
  TaiPin *self = TAI_PIN (hasher);
  Record record = {.kib = 32 * 1024, .passes = 2};
  if (self->cost == TAI_PIN_COST_CHEAP) {
    record.kib = crypto_pwhash_MEMLIMIT_MIN / 1024;
    record.passes = crypto_pwhash_OPSLIMIT_MIN;
  }
  if (!tai_pin_check_strength (pin, error))
    return NULL;
  tai_entropy_fill (self->entropy, record.salt, sizeof record.salt);
  if (derive (&record, pin, record.hash))
    return print_record (&record);
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_FAILED, "no memory for argon2id");
  return NULL;
}

static gboolean
tai_pin_verify (TaiPinHasher *hasher, const char *record, const char *pin)
{
  Record read;
  guint8 hash[HASH_SIZE];
  if (!read_record (record, &read) || strlen (pin) > TAI_PIN_MAX_DIGITS || !derive (&read, pin, hash))
    return FALSE;
  gboolean same = sodium_memcmp (hash, read.hash, sizeof hash) == 0;
  sodium_memzero (hash, sizeof hash);
  return same;
}

static void
tai_pin_iface_init (TaiPinHasherInterface *iface)
{
  iface->hash = tai_pin_hash;
  iface->verify = tai_pin_verify;
}

static void
tai_pin_finalize (GObject *object)
{
  TaiPin *self = TAI_PIN (object);
  g_clear_object (&self->entropy);
  G_OBJECT_CLASS (tai_pin_parent_class)->finalize (object);
}

static void
tai_pin_class_init (TaiPinClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_pin_finalize;
}

static void
tai_pin_init (TaiPin *self)
{
}

TaiPinHasher *
tai_pin_new (TaiEntropy *entropy, TaiPinCost cost)
{
  g_return_val_if_fail (TAI_IS_ENTROPY (entropy), NULL);
  int ready = sodium_init ();
  g_assert (ready >= 0);
  TaiPin *self = g_object_new (TAI_TYPE_PIN, NULL);
  self->entropy = g_object_ref (entropy);
  self->cost = cost;
  return TAI_PIN_HASHER (self);
}
