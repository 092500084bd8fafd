/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-json.h"

G_BEGIN_DECLS

/* One request to a provider over TLS, by libcurl; blocks. Any thread. */
typedef struct {
  const char *url, *method, *body; /* body (nullable) */
  const char *content_type;        /* (nullable) */
  const char *authorization;       /* (nullable) */
  const char *ca_file;             /* (nullable): the system's */
} HqHttpRequest;

/* @status: 0: nothing came; @not_reached: not one byte of the request left */
typedef struct {
  long status;
  gboolean not_reached;
  GString *body;
  char *timestamp, *nonce, *signature; /* (nullable) Wechatpay-… */
} HqHttpReply;
void hq_http_send (const HqHttpRequest *request, HqHttpReply *reply);
void hq_http_reply_clear (HqHttpReply *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqHttpReply, hq_http_reply_clear)

/* A merchant's merchant.json: texts by name; all of @names must be there. @json (transfer full) keeps them. */
TaiJson *hq_http_read_merchant (const char *folder, const char *const *names, GError **error);

G_END_DECLS
