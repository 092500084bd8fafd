/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-test-certs.h"

G_BEGIN_DECLS

/**
 * TaiTestServer: an HTTPS server on loopback that answers what a test says. The handler runs on the server's thread, one
 * request at a time.
 */
typedef struct _TaiTestServer TaiTestServer;

/* What came; lives during the call. */
typedef struct {
  const char *method, *path; /* with query */
  GHashTable *headers;       /* lower case names */
  const GString *body;
  const char *client; /* (nullable) CN of a certificate that the CA signed */
} TaiTestRequest;

/* What goes out; filled by the handler. */
typedef struct {
  int status;         /* 0: close the connection without a word */
  char *body;         /* (owned) (nullable) */
  gsize size;         /* 0: strlen */
  GPtrArray *headers; /* (element-type utf8) name, value, name, value, … */
} TaiTestAnswer;

typedef void (*TaiTestHandler) (const TaiTestRequest *request, TaiTestAnswer *answer, gpointer data);

TaiTestServer *tai_test_server_new (const TaiTestCerts *certs, TaiTestHandler handler, gpointer data);
void tai_test_server_free (TaiTestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTestServer, tai_test_server_free)
guint16 tai_test_server_get_port (TaiTestServer *self);
char *tai_test_server_get_url (TaiTestServer *self);           /* (transfer full) "https://127.0.0.1:…" */
guint tai_test_server_get_n_connections (TaiTestServer *self); /* ever made */
guint tai_test_server_get_n_requests (TaiTestServer *self);

/* Name and value are static or owned by the caller until the handler returns. */
void tai_test_answer_add_header (TaiTestAnswer *self, const char *name, const char *value);

/* A port of loopback on which nobody listens (one did, just before). */
guint16 tai_test_closed_port (void);

G_END_DECLS
