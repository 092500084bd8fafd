/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-gateway-http.h"

#include <curl/curl.h>
#include <string.h>

#include "tai-hq-error.h"

#define TIMEOUT_S      15
#define CONNECT_S      5
#define REPLY_MAX      (256 * 1024)
#define SIGNATURE_NAME "Wechatpay-"

static size_t
body_cb (char *data, size_t size, size_t n, void *user_data)
{
  HqHttpReply *reply = user_data;
  if (reply->body->len + size * n > REPLY_MAX)
    return 0;
  g_string_append_len (reply->body, data, (gssize)(size * n));
  return size * n;
}

static size_t
header_cb (char *data, size_t size, size_t n, void *user_data)
{
  HqHttpReply *reply = user_data;
  g_autofree char *line = g_strndup (data, size * n);
  char *colon = strchr (line, ':');
  if (colon == NULL || g_ascii_strncasecmp (line, SIGNATURE_NAME, strlen (SIGNATURE_NAME)) != 0)
    return size * n;
  const char *name = line + strlen (SIGNATURE_NAME);
  *colon = '\0';
  char **slot = g_ascii_strcasecmp (name, "Timestamp") == 0   ? &reply->timestamp
                : g_ascii_strcasecmp (name, "Nonce") == 0     ? &reply->nonce
                : g_ascii_strcasecmp (name, "Signature") == 0 ? &reply->signature
                                                              : NULL;
  if (slot != NULL) {
    g_free (*slot);
    *slot = g_strdup (g_strstrip (colon + 1));
  }
  return size * n;
}

static struct curl_slist *
make_headers (const HqHttpRequest *request)
{
  struct curl_slist *headers = curl_slist_append (NULL, "Accept: application/json");
  headers = curl_slist_append (headers, "User-Agent: guitai-hq");
  if (request->content_type != NULL) {
    g_autofree char *line = g_strconcat ("Content-Type: ", request->content_type, NULL);
    headers = curl_slist_append (headers, line);
  }
  if (request->authorization != NULL) {
    g_autofree char *line = g_strconcat ("Authorization: ", request->authorization, NULL);
    headers = curl_slist_append (headers, line);
  }
  return headers;
}

static void
set_up (CURL *curl, const HqHttpRequest *request, HqHttpReply *reply)
{
  curl_easy_setopt (curl, CURLOPT_URL, request->url);
  curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, body_cb);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, reply);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, header_cb);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, reply);
  if (request->body != NULL) {
    curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE, (long)strlen (request->body));
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, request->body);
  }
  if (request->ca_file != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, request->ca_file);
}

void
hq_http_send (const HqHttpRequest *request, HqHttpReply *reply)
{
  CURL *curl = curl_easy_init ();
  struct curl_slist *headers = make_headers (request);
  long sent = 0;
  reply->body = g_string_new (NULL);
  set_up (curl, request, reply);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  CURLcode result = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_REQUEST_SIZE, &sent);
  if (result == CURLE_OK)
    curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &reply->status);
  else
    reply->not_reached = sent == 0;
  curl_slist_free_all (headers);
  curl_easy_cleanup (curl);
}

void
hq_http_reply_clear (HqHttpReply *self)
{
  if (self->body != NULL)
    g_string_free (g_steal_pointer (&self->body), TRUE);
  g_clear_pointer (&self->timestamp, g_free);
  g_clear_pointer (&self->nonce, g_free);
  g_clear_pointer (&self->signature, g_free);
}

TaiJson *
hq_http_read_merchant (const char *folder, const char *const *names, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "merchant.json", NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  g_autoptr (TaiJson) json = tai_json_parse (text, -1, NULL, error);
  for (guint i = 0; json != NULL && names[i] != NULL; i++)
    if (tai_json_require_string (json, names[i], error) == NULL) {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&json);
}
