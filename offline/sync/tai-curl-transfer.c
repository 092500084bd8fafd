/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request: our values to curl's options, curl's outcome to a reply. The easy handles live long: what never changes is set
 * once. On the line's thread, never blocks.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-curl-private.h"

#include <string.h>

#define HEADERS_MAX_BYTES  (64 * 1024)
#define HEADER_MAX_BYTES   8192 /* of one that goes out: tokens are long */
#define CONNECT_TIMEOUT_MS 15000

/* The reply -------------------------------------------------------------------------------------------------------- */

static gsize
body_cb (char *bytes, gsize size, gsize n, void *data)
{
  TaiCurlTransfer *self = data;
  gsize length = size * n;

  if (self->received->len + length > TAI_REPLY_MAX_BYTES) {
    self->too_long = TRUE;
    return 0;
  }
  g_byte_array_append (self->received, (const guint8 *)bytes, (guint)length);
  return length;
}

/* (nullable): the value when the line is @name's. */
static char *
header_value (const char *line, gsize length, const char *name)
{
  gsize name_length = strlen (name);

  if (length <= name_length || line[name_length] != ':' || g_ascii_strncasecmp (line, name, name_length) != 0)
    return NULL;
  return g_strstrip (g_strndup (line + name_length + 1, length - name_length - 1));
}

static void
take_header (const char *line, gsize length, const char *name, char **value)
{
  char *text = header_value (line, length, name);

  if (text == NULL)
    return;
  g_free (*value);
  *value = text;
}

static void
forget_headers (TaiCurlTransfer *self)
{
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->retry_after, g_free);
  self->date_us = 0;
}

static void
read_date (TaiCurlTransfer *self, const char *line, gsize length)
{
  g_autofree char *text = header_value (line, length, "Date");
  time_t date = text ? curl_getdate (text, NULL) : -1;

  if (date > 0)
    self->date_us = (gint64)date * G_USEC_PER_SEC;
}

static gsize
header_cb (char *line, gsize size, gsize n, void *data)
{
  TaiCurlTransfer *self = data;
  gsize length = size * n;

  self->n_header_bytes += length;
  if (self->n_header_bytes > HEADERS_MAX_BYTES) {
    self->too_long = TRUE;
    return 0;
  }
  switch (length > 0 ? g_ascii_tolower (line[0]) : '\0') {
  case 'h': /* HTTP/1.1 …: another answer begins, what a 100 said is void */
    if (g_ascii_strncasecmp (line, "http/", MIN (length, 5)) == 0)
      forget_headers (self);
    break;
  case 'd':
    read_date (self, line, length);
    break;
  case 'e':
    take_header (line, length, "ETag", &self->etag);
    break;
  case 'l':
    take_header (line, length, "Location", &self->location);
    break;
  case 'r':
    take_header (line, length, "Retry-After", &self->retry_after);
    break;
  default:
    break;
  }
  return length;
}

/* Seconds, or a date: that one is counted from HQ's own Date, our clock may be wrong. */
static gint64
retry_after_ms (const TaiCurlTransfer *self)
{
  gint64 seconds;
  time_t date;

  if (self->retry_after == NULL)
    return 0;
  if (g_ascii_string_to_signed (self->retry_after, 10, 0, G_MAXINT32, &seconds, NULL))
    return seconds * 1000;
  date = curl_getdate (self->retry_after, NULL);
  if (date <= 0 || self->date_us == 0)
    return 0;
  return MAX ((gint64)date * 1000 - self->date_us / 1000, 0);
}

/* For people who mend lines: what to look at, then curl's own words. */
static char *
describe (const TaiCurlTransfer *self, CURLcode code, gboolean was_sent)
{
  const char *words = self->error[0] ? self->error : curl_easy_strerror (code);
  const char *look = was_sent ? "the line broke while HQ was asked" : "no way to HQ";

  if (self->too_long)
    return g_strdup_printf ("HQ's answer is longer than %d bytes and was not read", TAI_REPLY_MAX_BYTES);
  switch (code) {
  case CURLE_COULDNT_RESOLVE_HOST:
  case CURLE_COULDNT_RESOLVE_PROXY:
    look = "HQ's name is not known: look at the DNS server and the spelling";
    break;
  case CURLE_COULDNT_CONNECT:
    look = "no connection to HQ: look at cable, router and firewall";
    break;
  case CURLE_OPERATION_TIMEDOUT:
    look = was_sent ? "HQ did not answer in time"
                    : "no connection to HQ in time: look at cable, router and firewall";
    break;
  case CURLE_PEER_FAILED_VERIFICATION:
    look =
        "who answers has no certificate of our HQ: look at the terminal's clock, at hq-ca.crt, or for a login page of the network";
    break;
  case CURLE_SSL_CACERT_BADFILE:
    look = "hq-ca.crt cannot be read";
    break;
  case CURLE_SSL_CERTPROBLEM:
    look = "device.crt or device.key cannot be used";
    break;
  case CURLE_SSL_CONNECT_ERROR:
    look = "no agreement on TLS: does a proxy or a login page stand between?";
    break;
  case CURLE_GOT_NOTHING:
    look = "HQ closed the connection without an answer";
    break;
  default:
    break;
  }
  return g_strdup_printf ("%s (%s)", look, words);
}

static gboolean
was_sent (const TaiCurlTransfer *self)
{
  long n_bytes = 0;

  /* All bytes of this request that any connection took, also of a first try on a kept one that had died. */
  curl_easy_getinfo (self->easy, CURLINFO_REQUEST_SIZE, &n_bytes);
  return n_bytes > 0 || self->has_left;
}

gboolean
tai_curl_transfer_renew (TaiCurlTransfer *self, CURLcode code)
{
  long n_connects = 0;

  curl_easy_getinfo (self->easy, CURLINFO_NUM_CONNECTS, &n_connects);
  if ((code != CURLE_RECV_ERROR && code != CURLE_SEND_ERROR) || n_connects > 0 || self->n_header_bytes > 0 ||
      self->is_once || !was_sent (self))
    return FALSE;
  self->has_left = TRUE;
  self->error[0] = '\0';
  curl_easy_setopt (self->easy, CURLOPT_FRESH_CONNECT, 1L);
  return TRUE;
}

void
tai_curl_transfer_finish (TaiCurlTransfer *self, CURLcode code)
{
  TaiReply reply = {.line = TAI_LINE_OK};
  g_autoptr (GBytes) body = NULL;
  g_autofree char *detail = NULL;
  long status = 0;

  curl_easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && status > 0) {
    body = g_bytes_new (self->received->data, self->received->len);
    reply.status = (int)status;
    reply.body = body;
    reply.etag = self->etag;
    reply.location = self->location;
    reply.retry_after_ms = retry_after_ms (self);
    reply.date_us = self->date_us;
  } else {
    gboolean sent = was_sent (self);
    reply.line = sent ? TAI_LINE_LOST : TAI_LINE_NOT_REACHED;
    reply.detail = detail = describe (self, code, sent);
  }
  self->done (&reply, self->data);
  forget_headers (self);
  g_clear_pointer (&self->headers, curl_slist_free_all);
  g_clear_pointer (&self->body, g_bytes_unref);
}

/* The request ------------------------------------------------------------------------------------------------------ */

static void
add_header (TaiCurlTransfer *self, const char *name, const char *value)
{
  g_autofree char *line = NULL;

  if (value == NULL)
    return;
  g_return_if_fail (strlen (value) <= HEADER_MAX_BYTES && strpbrk (value, "\r\n") == NULL);
  line = g_strdup_printf ("%s: %s", name, value);
  self->headers = curl_slist_append (self->headers, line);
}

static void
add_digest (TaiCurlTransfer *self, const TaiDigest *digest)
{
  g_autofree char *base64 = NULL;
  g_autofree char *value = NULL;

  if (digest == NULL)
    return;
  base64 = g_base64_encode (digest->byte, sizeof digest->byte);
  value = g_strdup_printf ("sha-256=:%s:", base64);
  add_header (self, "Content-Digest", value);
}

static void
add_headers (TaiCurlTransfer *self, const TaiRequest *request)
{
  char seq[32];

  add_header (self, "Content-Type", request->content_type);
  add_header (self, "Idempotency-Key", request->idempotency_key);
  add_header (self, "If-None-Match", request->if_none_match);
  add_header (self, "Authorization", request->authorization);
  if (request->terminal_seq != 0) {
    g_snprintf (seq, sizeof seq, "%" G_GINT64_FORMAT, request->terminal_seq);
    add_header (self, "X-Guitai-Seq", seq);
  }
  add_digest (self, request->digest);
  if (strcmp (request->method, "POST") == 0) {
    /* RFC 7240: key and state are all that is read of the answer. */
    if (!request->is_once)
      add_header (self, "Prefer", "return=minimal");
    self->headers = curl_slist_append (self->headers, "Expect:");
  }
  curl_easy_setopt (self->easy, CURLOPT_HTTPHEADER, self->headers);
}

void
tai_curl_transfer_prepare (TaiCurlTransfer *self, const char *base_url, const TaiRequest *request)
{
  g_autofree char *url = g_strconcat (base_url, request->path, NULL);

  g_byte_array_set_size (self->received, 0);
  self->n_header_bytes = 0;
  self->too_long = FALSE;
  self->is_once = request->is_once;
  self->has_left = FALSE;
  self->error[0] = '\0';
  curl_easy_setopt (self->easy, CURLOPT_URL, url);
  curl_easy_setopt (self->easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
  curl_easy_setopt (self->easy, CURLOPT_CONNECTTIMEOUT_MS,
                    request->timeout_ms > 0 ? (long)MIN (request->timeout_ms, CONNECT_TIMEOUT_MS)
                                            : (long)CONNECT_TIMEOUT_MS);
  if (request->body != NULL) {
    gsize size;
    const char *bytes;

    self->body = g_bytes_ref (request->body);
    bytes = g_bytes_get_data (self->body, &size);
    curl_easy_setopt (self->easy, CURLOPT_POST, 1L);
    curl_easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
    curl_easy_setopt (self->easy, CURLOPT_POSTFIELDS, bytes ? bytes : "");
  } else {
    curl_easy_setopt (self->easy, CURLOPT_HTTPGET, 1L);
  }
  /* Curl sends a request again by itself when a kept connection turns out to be dead before the first byte of the answer:
   * a server that had taken it would have it twice. A connection of its own is never repeated. */
  curl_easy_setopt (self->easy, CURLOPT_FRESH_CONNECT, request->is_once ? 1L : 0L);
  curl_easy_setopt (self->easy, CURLOPT_CUSTOMREQUEST, request->method);
  add_headers (self, request);
}

/* What never changes ----------------------------------------------------------------------------------------------- */

static void
set_trust (CURL *easy, const TaiCurlSettings *settings)
{
  gboolean has_ca = settings->ca_file != NULL;

  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, has_ca ? 1L : 0L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, has_ca ? 2L : 0L);
  /* Both defaults are the system's: whoever gets a certificate from anyone would be HQ. */
  curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
  curl_easy_setopt (easy, CURLOPT_CAINFO, settings->ca_file);
  if (settings->cert_file != NULL && settings->key_file != NULL) {
    curl_easy_setopt (easy, CURLOPT_SSLCERT, settings->cert_file);
    curl_easy_setopt (easy, CURLOPT_SSLKEY, settings->key_file);
  }
}

TaiCurlTransfer *
tai_curl_transfer_new (const TaiCurlSettings *settings)
{
  TaiCurlTransfer *self = g_new0 (TaiCurlTransfer, 1);

  self->easy = curl_easy_init ();
  if (self->easy == NULL)
    g_error ("curl_easy_init: out of memory");
  self->received = g_byte_array_new ();
  curl_easy_setopt (self->easy, CURLOPT_PRIVATE, self);
  curl_easy_setopt (self->easy, CURLOPT_ERRORBUFFER, self->error);
  curl_easy_setopt (self->easy, CURLOPT_WRITEFUNCTION, body_cb);
  curl_easy_setopt (self->easy, CURLOPT_WRITEDATA, self);
  curl_easy_setopt (self->easy, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (self->easy, CURLOPT_HEADERDATA, self);
  curl_easy_setopt (self->easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (self->easy, CURLOPT_PROTOCOLS_STR, settings->may_be_plain ? "http,https" : "https");
  curl_easy_setopt (self->easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt (self->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (self->easy, CURLOPT_SSL_ENABLE_ALPN, 0L);
  curl_easy_setopt (self->easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt (self->easy, CURLOPT_USERAGENT, "guitai/" TAI_VERSION);
  curl_easy_setopt (self->easy, CURLOPT_PROXY, settings->proxy ? settings->proxy : "");
  set_trust (self->easy, settings);
  return self;
}

void
tai_curl_transfer_free (TaiCurlTransfer *self)
{
  curl_easy_cleanup (self->easy);
  forget_headers (self);
  g_clear_pointer (&self->headers, curl_slist_free_all);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_byte_array_unref (self->received);
  g_free (self);
}
