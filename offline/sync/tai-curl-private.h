/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>

#include "tai-curl.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CURL, curl_easy_cleanup)
typedef struct curl_slist TaiCurlList;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCurlList, curl_slist_free_all)

/* One request on its way: tai-curl-transfer.c says what goes out and what comes back, tai-curl.c when. */
typedef struct {
  CURL *easy;            /* (owned) set up once, used again and again */
  TaiCurlList *headers;  /* (owned) (nullable) */
  GBytes *body;          /* (owned) (nullable) */
  GByteArray *received;  /* (owned) */
  gsize n_header_bytes;  /* of the reply */
  gboolean too_long;     /* the reply passed its limit */
  gboolean is_once;      /* as the request says */
  gboolean has_left;     /* bytes of it went out on connections that died */
  char *etag, *location; /* (owned) (nullable) */
  char *retry_after;     /* (owned) (nullable) as it came */
  gint64 date_us;        /* 0: none */
  char error[CURL_ERROR_SIZE];
  TaiReplyFunc done;
  gpointer data;
} TaiCurlTransfer;

/* What is the same for every request; the strings and bytes are the line's own. */
TaiCurlTransfer *tai_curl_transfer_new (const TaiCurlSettings *settings);
void tai_curl_transfer_free (TaiCurlTransfer *self);
void tai_curl_transfer_prepare (TaiCurlTransfer *self, const char *base_url, const TaiRequest *request);
/* Whether only kept connections were tried, and each turned out to be dead: a server that came back has left them all behind at
 * once, and curl tries five. Then it is ready to be sent again, on a connection of its own. */
gboolean tai_curl_transfer_renew (TaiCurlTransfer *self, CURLcode code);
/* Calls done with what came; afterwards it can be prepared again. */
void tai_curl_transfer_finish (TaiCurlTransfer *self, CURLcode code);

G_END_DECLS
