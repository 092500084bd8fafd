/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Enrolment. Until the CA is compared with the code nothing is known of who answers; so nothing but the CA is asked for, and
 * the code goes out on a second line that believes only this CA.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-enrol.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

#include "tai-bundle.h"
#include "tai-curl.h"
#include "tai-offline-error.h"
#include "tai-pull-private.h"

#define FINGERPRINT_DIGITS 16
#define CODE_MAX           128
#define CA_MAX_BYTES       (64 * 1024)
#define TRIES_MAX          5
#define TRY_AGAIN_MS       1000

typedef struct {
  char *base_url, *code, *proxy; /* (owned) */
  TaiClock *clock;               /* (owned) */
  gint64 timeout_ms;
  TaiHeadquarters *line; /* (owned) */
  gnutls_x509_privkey_t key;
  GBytes *body; /* (owned) (nullable) what is posted */
  guint n_tries;
  TaiEnrolment *enrolment; /* (owned) */
} Enrol;

void
tai_enrolment_free (TaiEnrolment *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->key_pem, g_bytes_unref);
  g_clear_pointer (&self->certificate_pem, g_bytes_unref);
  g_clear_pointer (&self->ca_pem, g_bytes_unref);
  g_clear_pointer (&self->terminal, tai_terminal_free);
  g_clear_pointer (&self->staff, g_ptr_array_unref);
  g_free (self->box_key);
  g_free (self);
}

static void
enrol_free (gpointer data)
{
  Enrol *self = data;

  g_free (self->base_url);
  g_free (self->code);
  g_free (self->proxy);
  g_clear_object (&self->line);
  g_clear_object (&self->clock);
  if (self->key != NULL)
    gnutls_x509_privkey_deinit (self->key);
  g_clear_pointer (&self->body, g_bytes_unref);
  tai_enrolment_free (self->enrolment);
  g_free (self);
}

static gboolean
check (int code, const char *what, GError **error)
{
  if (code >= 0)
    return TRUE;
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED, "%s: %s", what, gnutls_strerror (code));
  return FALSE;
}

static GBytes *
take_datum (gnutls_datum_t *datum)
{
  return g_bytes_new_with_free_func (datum->data, datum->size, gnutls_free, datum->data);
}

/* Key and request -------------------------------------------------------------------------------------------------- */

static gboolean
make_key (Enrol *self, GError **error)
{
  gnutls_datum_t pem;

  if (!check (gnutls_x509_privkey_init (&self->key), "key", error) ||
      !check (gnutls_x509_privkey_generate (self->key, GNUTLS_PK_ECDSA,
                                            GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
              "key", error) ||
      !check (gnutls_x509_privkey_export2 (self->key, GNUTLS_X509_FMT_PEM, &pem), "key", error))
    return FALSE;
  self->enrolment->key_pem = take_datum (&pem);
  return TRUE;
}

/* Who the terminal is says HQ, by the code: the name in the request is none. (transfer full) */
static char *
make_request (Enrol *self, GError **error)
{
  static const char name[] = "terminal";
  gnutls_datum_t pem = {NULL, 0};
  gnutls_x509_crq_t request;
  char *text = NULL;

  if (!check (gnutls_x509_crq_init (&request), "csr", error))
    return NULL;
  if (check (gnutls_x509_crq_set_version (request, 1), "csr", error) &&
      check (gnutls_x509_crq_set_dn_by_oid (request, GNUTLS_OID_X520_COMMON_NAME, 0, name, sizeof name - 1),
             "csr", error) &&
      check (gnutls_x509_crq_set_key (request, self->key), "csr", error) &&
      check (gnutls_x509_crq_sign2 (request, self->key, GNUTLS_DIG_SHA256, 0), "csr", error) &&
      check (gnutls_x509_crq_export2 (request, GNUTLS_X509_FMT_PEM, &pem), "csr", error))
    text = g_strndup ((const char *)pem.data, pem.size);
  gnutls_free (pem.data);
  gnutls_x509_crq_deinit (request);
  return text;
}

/* Certificates ----------------------------------------------------------------------------------------------------- */

static gnutls_x509_crt_t
read_certificate (const char *pem, gsize size, const char *what, GError **error)
{
  gnutls_datum_t data = {(guchar *)pem, (unsigned)size};
  gnutls_x509_crt_t certificate;

  if (gnutls_x509_crt_init (&certificate) < 0)
    g_error ("gnutls_x509_crt_init: out of memory");
  if (gnutls_x509_crt_import (certificate, &data, GNUTLS_X509_FMT_PEM) >= 0)
    return certificate;
  gnutls_x509_crt_deinit (certificate);
  g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "%s: no certificate", what);
  return NULL;
}

static gboolean
get_fingerprint (const char *pem, gsize size, char hex[65], GError **error)
{
  gnutls_x509_crt_t certificate = read_certificate (pem, size, "ca", error);
  TaiDigest digest;
  size_t length = sizeof digest.byte;
  int code;

  if (certificate == NULL)
    return FALSE;
  code = gnutls_x509_crt_get_fingerprint (certificate, GNUTLS_DIG_SHA256, digest.byte, &length);
  gnutls_x509_crt_deinit (certificate);
  if (!check (code, "ca", error))
    return FALSE;
  tai_digest_to_hex (digest, hex);
  return TRUE;
}

static const char *
fingerprint_of_code (const char *code)
{
  return strrchr (code, '-') + 1;
}

static gboolean
check_code (const char *code, GError **error)
{
  const char *dash = strrchr (code, '-');

  if (dash != NULL && dash > code && strlen (code) <= CODE_MAX && strlen (dash + 1) == FINGERPRINT_DIGITS &&
      strspn (dash + 1, "0123456789abcdefABCDEF") == FINGERPRINT_DIGITS &&
      strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") == strlen (code))
    return TRUE;
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CODE,
                       "an enrolment code is groups of letters and digits, the last one has 16");
  return FALSE;
}

/* The code's fingerprint is all that a person has seen; who answers must be the one whom it names. */
static gboolean
prove_ca (Enrol *self, const TaiReply *reply, GError **error)
{
  char hex[65];
  gboolean not_modified;
  gsize size = 0;
  const char *pem;

  if (!tai_reply_check (reply, &not_modified, error))
    return FALSE;
  pem = reply->body ? g_bytes_get_data (reply->body, &size) : NULL;
  if (pem == NULL || size > CA_MAX_BYTES) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ, "ca: no certificate");
    return FALSE;
  }
  if (!get_fingerprint (pem, size, hex, error))
    return FALSE;
  if (g_ascii_strncasecmp (hex, fingerprint_of_code (self->code), FINGERPRINT_DIGITS) != 0) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CODE,
                 "who answers has the authority %.16s, the code names %s: it was not sent", hex,
                 fingerprint_of_code (self->code));
    return FALSE;
  }
  self->enrolment->ca_pem = g_bytes_new (pem, size);
  return TRUE;
}

/* The certificate is for our key, and from the CA that was proved. */
static gboolean
check_certificate (Enrol *self, const char *pem, GError **error)
{
  gsize ca_size;
  const char *ca_pem = g_bytes_get_data (self->enrolment->ca_pem, &ca_size);
  gnutls_x509_crt_t ours = read_certificate (pem, strlen (pem), "certificate", error);
  gnutls_x509_crt_t ca = ours ? read_certificate (ca_pem, ca_size, "ca", error) : NULL;
  guint8 key_id[64], cert_id[64];
  size_t key_size = sizeof key_id, cert_size = sizeof cert_id;
  unsigned status = 1;
  gboolean good;

  good = ca != NULL && gnutls_x509_privkey_get_key_id (self->key, 0, key_id, &key_size) >= 0 &&
         gnutls_x509_crt_get_key_id (ours, 0, cert_id, &cert_size) >= 0 && key_size == cert_size &&
         memcmp (key_id, cert_id, key_size) == 0 &&
         gnutls_x509_crt_verify (ours, &ca, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &status) >= 0 &&
         status == 0;
  if (ca != NULL)
    gnutls_x509_crt_deinit (ca);
  if (ours != NULL)
    gnutls_x509_crt_deinit (ours);
  if (!good && (error == NULL || *error == NULL))
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NOT_HQ,
                         "certificate: not for our key, or not from the authority of the code");
  return good;
}

/* The conversation ------------------------------------------------------------------------------------------------- */

static TaiHeadquarters *
make_line (Enrol *self, GBytes *ca_pem, GError **error)
{
  TaiCurlSettings settings = {.base_url = self->base_url,
                              .ca_pem = ca_pem,
                              .proxy = self->proxy,
                              .max_connections = 1,
                              .clock = self->clock};
  TaiCurl *line = tai_curl_new (&settings, error);

  return line ? TAI_HEADQUARTERS (line) : NULL;
}

static gboolean
read_answer (Enrol *self, const TaiReply *reply, GError **error)
{
  TaiEnrolment *enrolment = self->enrolment;
  g_autoptr (TaiJson) json = tai_reply_parse (reply, error);
  const char *certificate = json ? tai_json_require_string (json, "certificate", error) : NULL;
  const TaiJson *terminal = certificate ? tai_json_require_object (json, "terminal", error) : NULL;
  const TaiJson *staff = terminal ? tai_json_require_array (json, "staff", error) : NULL;
  const char *box_key = NULL;

  if (staff == NULL || !tai_json_optional_string (json, "box_key", &box_key, error) ||
      !check_certificate (self, certificate, error))
    return FALSE;
  enrolment->certificate_pem = g_bytes_new (certificate, strlen (certificate));
  enrolment->box_key = g_strdup (box_key);
  enrolment->terminal = tai_terminal_from_json (terminal, error);
  enrolment->staff = enrolment->terminal ? tai_staff_list_from_json (staff, error) : NULL;
  return enrolment->staff != NULL;
}

static void post_cb (gpointer data);

static void
enrolled_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  Enrol *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  /* HQ may have used the code up for this very request: only the same one gets the answer again. */
  if (reply->line != TAI_LINE_OK && ++self->n_tries < TRIES_MAX) {
    tai_clock_after (self->clock, TRY_AGAIN_MS, post_cb, g_steal_pointer (&task));
    return;
  }
  if (!read_answer (self, reply, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->enrolment), (GDestroyNotify)tai_enrolment_free);
}

static void
post_cb (gpointer data)
{
  Enrol *self = g_task_get_task_data (data);
  TaiRequest request = {.method = "POST",
                        .path = TAI_PATH_ENROL,
                        .body = self->body,
                        .content_type = "application/json",
                        .timeout_ms = self->timeout_ms};

  tai_headquarters_send (self->line, &request, enrolled_cb, data);
}

static GBytes *
render_request (Enrol *self, const char *csr)
{
  TaiJsonWriter *writer = tai_json_writer_new ();

  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "code", self->code);
  tai_json_writer_add_string (writer, "csr", csr);
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_bytes (writer);
}

static gboolean
turn_to_proved_line (Enrol *self, const TaiReply *reply, GError **error)
{
  g_autofree char *csr = NULL;
  TaiHeadquarters *line;

  if (!prove_ca (self, reply, error) || !make_key (self, error) || (csr = make_request (self, error)) == NULL)
    return FALSE;
  line = make_line (self, self->enrolment->ca_pem, error);
  if (line == NULL)
    return FALSE;
  self->body = render_request (self, csr);
  g_object_unref (self->line);
  self->line = line;
  return TRUE;
}

static void
ca_cb (const TaiReply *reply, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!turn_to_proved_line (g_task_get_task_data (task), reply, &error))
    g_task_return_error (task, error);
  else
    post_cb (g_steal_pointer (&task));
}

void
tai_enrol_async (const TaiEnrolSettings *settings, GCancellable *cancellable, GAsyncReadyCallback done,
                 gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, done, data);
  Enrol *self = g_new0 (Enrol, 1);
  GError *error = NULL;
  TaiRequest request = {.method = "GET", .path = TAI_PATH_CA};

  g_task_set_source_tag (task, tai_enrol_async);
  g_task_set_task_data (task, self, enrol_free);
  self->base_url = g_strdup (settings->base_url);
  self->code = g_strstrip (g_strdup (settings->code));
  self->proxy = g_strdup (settings->proxy);
  self->clock = g_object_ref (settings->clock);
  self->timeout_ms = settings->timeout_ms ? settings->timeout_ms : TAI_PULL_TIMEOUT_MS;
  self->enrolment = g_new0 (TaiEnrolment, 1);
  request.timeout_ms = self->timeout_ms;
  if (!check_code (self->code, &error) || (self->line = make_line (self, NULL, &error)) == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  tai_headquarters_send (self->line, &request, ca_cb, task);
}

TaiEnrolment *
tai_enrol_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tai_enrol_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
