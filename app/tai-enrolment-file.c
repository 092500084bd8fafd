/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The enrolment on the disk, and the proof that HQ has signed what it says. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-enrolment-file.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

#include "tai-bundle.h"
#include "tai-json.h"

void
tai_enrolment_file_free (TaiEnrolmentFile *self)
{
  if (self == NULL)
    return;
  g_free (self->url);
  g_clear_pointer (&self->terminal, tai_terminal_free);
  g_free (self->box_key);
  g_free (self);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_ENROLMENT, what);
  return FALSE;
}

/* The proof ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
  gnutls_x509_crt_t certificate, ca;
  gnutls_privkey_t key;
} Proof;

static void
proof_clear (Proof *self)
{
  if (self->certificate != NULL)
    gnutls_x509_crt_deinit (self->certificate);
  if (self->ca != NULL)
    gnutls_x509_crt_deinit (self->ca);
  if (self->key != NULL)
    gnutls_privkey_deinit (self->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Proof, proof_clear)

static gboolean
import (TaiStateFolder *folder, Proof *proof, GError **error)
{
  g_autoptr (GBytes) certificate = tai_state_folder_read (folder, TAI_STATE_DEVICE_CRT, error);
  g_autoptr (GBytes) ca = certificate != NULL ? tai_state_folder_read (folder, TAI_STATE_HQ_CA, error) : NULL;
  g_autoptr (GBytes) key = ca != NULL ? tai_state_folder_read (folder, TAI_STATE_DEVICE_KEY, error) : NULL;
  gnutls_datum_t datum[3];

  if (key == NULL)
    return FALSE;
  datum[0] = (gnutls_datum_t){(void *)g_bytes_get_data (certificate, NULL),
                              (unsigned)g_bytes_get_size (certificate)};
  datum[1] = (gnutls_datum_t){(void *)g_bytes_get_data (ca, NULL), (unsigned)g_bytes_get_size (ca)};
  datum[2] = (gnutls_datum_t){(void *)g_bytes_get_data (key, NULL), (unsigned)g_bytes_get_size (key)};
  gnutls_x509_crt_init (&proof->certificate);
  gnutls_x509_crt_init (&proof->ca);
  gnutls_privkey_init (&proof->key);
  return (gnutls_x509_crt_import (proof->certificate, &datum[0], GNUTLS_X509_FMT_PEM) >= 0 &&
          gnutls_x509_crt_import (proof->ca, &datum[1], GNUTLS_X509_FMT_PEM) >= 0 &&
          gnutls_privkey_import_x509_raw (proof->key, &datum[2], GNUTLS_X509_FMT_PEM, NULL, 0) >= 0) ||
         fail (error, "key or certificate cannot be read");
}

/* Time is not judged here: an expired certificate may be renewed, and a wrong clock is no reason to stop selling (I11). */
static gboolean
check_signature (Proof *proof, GError **error)
{
  unsigned status = 0;
  unsigned flags = GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_DISABLE_TRUSTED_TIME_CHECKS;

  if (gnutls_x509_crt_verify (proof->certificate, &proof->ca, 1, flags, &status) < 0 || status != 0)
    return fail (error, "the certificate is not signed by this headquarters");
  return TRUE;
}

static gboolean
check_key (Proof *proof, GError **error)
{
  unsigned char of_key[64], of_certificate[64];
  size_t n_key = sizeof of_key, n_certificate = sizeof of_certificate;
  gnutls_pubkey_t pubkey;
  gboolean same;

  gnutls_pubkey_init (&pubkey);
  same = gnutls_pubkey_import_privkey (pubkey, proof->key, 0, 0) >= 0 &&
         gnutls_pubkey_get_key_id (pubkey, GNUTLS_KEYID_USE_SHA256, of_key, &n_key) >= 0 &&
         gnutls_x509_crt_get_key_id (proof->certificate, GNUTLS_KEYID_USE_SHA256, of_certificate,
                                     &n_certificate) >= 0 &&
         n_key == n_certificate && memcmp (of_key, of_certificate, n_key) == 0;
  gnutls_pubkey_deinit (pubkey);
  return same || fail (error, "the certificate is for another key");
}

static gboolean
check_name (Proof *proof, const char *oid, const char *expected, GError **error)
{
  char name[256];
  size_t size = sizeof name;

  if (gnutls_x509_crt_get_dn_by_oid (proof->certificate, oid, 0, 0, name, &size) >= 0 &&
      g_strcmp0 (name, expected) == 0)
    return TRUE;
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_ENROLMENT, "the certificate does not say \"%s\"",
               expected);
  return FALSE;
}

static gboolean
check (TaiStateFolder *folder, const TaiTerminal *terminal, GError **error)
{
  g_auto (Proof) proof = {0};

  return import (folder, &proof, error) && check_signature (&proof, error) && check_key (&proof, error) &&
         check_name (&proof, GNUTLS_OID_X520_COMMON_NAME, terminal->id, error) &&
         check_name (&proof, GNUTLS_OID_X520_ORGANIZATION_NAME, terminal->hall, error) &&
         check_name (&proof, GNUTLS_OID_X520_ORGANIZATIONAL_UNIT_NAME, terminal->klass, error);
}

/* The file ---------------------------------------------------------------------------------------------------------------- */

static TaiEnrolmentFile *
parse (GBytes *bytes, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (TaiJson) json =
      tai_json_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL, &why);
  const char *url = json != NULL ? tai_json_require_string (json, "url", &why) : NULL;
  const char *box_key = url != NULL ? tai_json_require_string (json, "box_key", &why) : NULL;
  const TaiJson *profile = box_key != NULL ? tai_json_require_object (json, "terminal", &why) : NULL;
  g_autoptr (TaiTerminal) terminal = profile != NULL ? tai_terminal_from_json (profile, &why) : NULL;
  TaiEnrolmentFile *self;

  if (terminal == NULL) {
    fail (error, why->message);
    return NULL;
  }
  self = g_new0 (TaiEnrolmentFile, 1);
  self->url = g_strdup (url);
  self->box_key = g_strdup (box_key);
  self->terminal = g_steal_pointer (&terminal);
  return self;
}

TaiEnrolmentFile *
tai_enrolment_file_load (TaiStateFolder *folder, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TaiEnrolmentFile) self = NULL;

  if (!tai_state_folder_has (folder, TAI_STATE_ENROLMENT)) {
    g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_NOT_ENROLLED,
                         tai_state_folder_get_path (folder));
    return NULL;
  }
  bytes = tai_state_folder_read (folder, TAI_STATE_ENROLMENT, error);
  self = bytes != NULL ? parse (bytes, error) : NULL;
  return self != NULL && check (folder, self->terminal, error) ? g_steal_pointer (&self) : NULL;
}

static TaiJson *
terminal_to_json (const TaiTerminal *terminal)
{
  TaiJson *json = tai_json_new_object ();
  const struct {
    const char *name, *value;
  } texts[] = {
      {"id", terminal->id},
      {"hall", terminal->hall},
      {"desk", terminal->desk},
      {"outlet", terminal->outlet},
      {"region", terminal->region},
      {"class", terminal->klass},
      {"till", terminal->till},
      {"hallName", terminal->hall_name},
      {"language", terminal->language},
      {"hotline", terminal->hotline},
      {"currency", tai_currency_to_code (terminal->currency)},
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      tai_json_set (json, texts[i].name, tai_json_new_string (texts[i].value));
  tai_json_set (json, "utcOffsetMinutes", tai_json_new_int (terminal->utc_offset_min));
  return json;
}

static gboolean
write_bytes (TaiStateFolder *folder, const char *name, GBytes *bytes, GError **error)
{
  return tai_state_folder_write (folder, name, g_bytes_get_data (bytes, NULL),
                                 (gssize)g_bytes_get_size (bytes), error);
}

gboolean
tai_enrolment_file_save (TaiStateFolder *folder, const char *url, const TaiEnrolment *enrolment,
                         GError **error)
{
  g_autoptr (TaiJson) json = tai_json_new_object ();
  g_autofree char *text = NULL;

  if (enrolment->box_key == NULL)
    return fail (error, "headquarters gave no box key");
  tai_json_set (json, "url", tai_json_new_string (url));
  tai_json_set (json, "box_key", tai_json_new_string (enrolment->box_key));
  tai_json_set (json, "terminal", terminal_to_json (enrolment->terminal));
  text = tai_json_to_text (json);
  return write_bytes (folder, TAI_STATE_DEVICE_KEY, enrolment->key_pem, error) &&
         write_bytes (folder, TAI_STATE_DEVICE_CRT, enrolment->certificate_pem, error) &&
         write_bytes (folder, TAI_STATE_HQ_CA, enrolment->ca_pem, error) &&
         check (folder, enrolment->terminal, error) &&
         tai_state_folder_write (folder, TAI_STATE_ENROLMENT, text, -1, error);
}
