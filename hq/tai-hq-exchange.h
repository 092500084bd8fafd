/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-contact.h"
#include "tai-hq-reading.h"

G_BEGIN_DECLS

/* A request and its response, as they pass between a shell and hq_apply(). */

#define HQ_BODY_MAX_BYTES    (4 * 1024 * 1024) /* of a request, and of a reply */
#define HQ_MESSAGE_MAX_BYTES (256 * 1024)      /* of one order, payment, … */

/* Borrowed for the call. Header texts as they came; NULL: not sent. */
typedef struct {
  const char *method; /* HEAD is answered as GET: the shell leaves the body out */
  const char *path;   /* without query, as sent */
  const char *query;  /* (nullable) still percent-encoded */
  const char *content_type;
  const char *idempotency_key; /* Idempotency-Key */
  const char *seq;             /* X-Guitai-Seq */
  const char *digest;          /* Content-Digest */
  const char *if_none_match;   /* If-None-Match */
  const char *if_match;        /* If-Match */
  const char *accept;          /* Accept */
  const char *range;           /* Range: items=0-9 of a list */
  const char *prefer;   /* Prefer: return=minimal (RFC 7240): a 201 without the resource's own content */
  GBytes *body;         /* (nullable) */
  HqReading *reading;   /* (nullable) of the body, by hq_read(); hq_apply takes trees out of it */
  const char *terminal; /* (nullable) CN of the verified certificate */
  gint64 now_us;
} HqRequest;

/* Zeroed by the caller, filled by hq_apply, cleared by the caller. Constant strings are not owned. */
typedef struct {
  int status;
  GBytes *body;             /* (owned) (nullable) */
  const char *content_type; /* of body */
  char *allow;              /* (owned) (nullable) of a 405 */
  const char *result;       /* (nullable) X-Guitai-Result */
  char *link;               /* (owned) (nullable) Link: the other pages */
  char *location;           /* (owned) (nullable) */
  char *etag;               /* (owned) (nullable) with its quotes */
  gint64 total, count;      /* X-Total-Count, X-Result-Count; -1: not a list */
  char *content_range;      /* (owned) (nullable) of a 206 and a 416 */
  int retry_after_s;        /* 0: none */
  HqContact *contact;       /* (owned) (nullable) somebody outside has to be asked first: hq_pay_settle() */
} HqResponse;
void hq_response_clear (HqResponse *self);

/* The error body of TMF630, for what the shell itself must refuse (413, 403, 503). @code is for machines. */
void hq_response_fail (HqResponse *self, int status, const char *code, const char *message);

/* @json is the body. (transfer full) */
void hq_response_take_text (HqResponse *self, int status, char *json);
void hq_response_take_string (HqResponse *self, int status, GString *json);

G_END_DECLS
