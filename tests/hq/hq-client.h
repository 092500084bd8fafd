/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <glib.h>

#include "tai-json.h"

/*
 * The real program in a folder of its own, and a client of libcurl for it. Everything that goes wrong ends the test.
 */
typedef struct {
  char *program; /* path of guitai-hq */
  char *folder;
  char *url; /* of the running server */
  GPid pid;  /* 0: not running */
} HqProcess;

HqProcess *hq_process_new (const char *program); /* init */
void hq_process_start (HqProcess *self);
void hq_process_start_with (HqProcess *self, char **options); /* of `serve` */
int hq_process_stop (HqProcess *self, int signal);            /* waits; the wait status */
void hq_process_free (HqProcess *self);                       /* stops, removes the folder */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqProcess, hq_process_free)

/* Runs `guitai-hq …` for the folder; the exit code. @out: (out) (optional) (transfer full) stdout. Ends with NULL. */
int hq_process_run (HqProcess *self, char **out, ...) G_GNUC_NULL_TERMINATED;
char *hq_process_path (HqProcess *self, const char *name); /* in the folder */

/* Files @name.key and @name.csr: a P-256 key and a request with the common name @common_name. */
void hq_make_request (HqProcess *self, const char *name, const char *common_name);
/* Files @name.key and @name.crt, signed by itself. */
void hq_make_self_signed (HqProcess *self, const char *name, const char *common_name);

typedef struct {
  CURLcode result;
  long status;
  GString *body;
  char *headers; /* all of them */
  TaiJson *json; /* (nullable) */
} HqAnswer;
void hq_answer_free (HqAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqAnswer, hq_answer_free)

typedef struct {
  const char *method, *path, *body;
  const char *identity;       /* (nullable) name of key and certificate */
  const char *ca;             /* (nullable): the folder's own */
  const char *const *headers; /* (nullable) */
  gint64 body_size;           /* 0: the length of @body */
  const char *content_type;   /* (nullable): application/json */
} HqAsk;
HqAnswer *hq_ask (HqProcess *self, const HqAsk *ask);

/* A handle that is set up for the server with an identity; the caller's to clean up. */
CURL *hq_curl_new (HqProcess *self, const char *identity, const char *ca);

/* Code, request, certificate: afterwards @name.crt is there. */
void hq_enrol (HqProcess *self, const char *terminal, const char *hall);
void hq_enrol_as (HqProcess *self, const char *terminal, const char *hall, const char *klass);
HqAnswer *hq_ask_enrol (HqProcess *self, const char *code, const char *request_name);
char *hq_make_code (HqProcess *self, const char *terminal, const char *hall);
