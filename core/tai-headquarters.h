/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-canonical.h"

G_BEGIN_DECLS

/**
 * TaiHeadquarters: the line to a destination, as requests and replies; no policy. libcurl multi in the product
 * (offline/sync/tai-curl), hq_apply behind a lossy virtual net in the simulator. send() never blocks; done is called once,
 * on the caller's main context, also after a failure. A failure never proves that the other side did not commit.
 */
#define TAI_TYPE_HEADQUARTERS (tai_headquarters_get_type ())
G_DECLARE_INTERFACE (TaiHeadquarters, tai_headquarters, TAI, HEADQUARTERS, GObject)

#define TAI_REPLY_MAX_BYTES (4 * 1024 * 1024)

/* Paths of the protocol that both ends must agree on (design: 2-architecture, "Protocol with HQ"; hq/openapi). */
#define TAI_PATH_ORDER     "/tmf-api/productOrderingManagement/v4/productOrder"
#define TAI_PATH_CANCEL    "/tmf-api/productOrderingManagement/v4/cancelProductOrder"
#define TAI_PATH_HUB       "/tmf-api/productOrderingManagement/v4/hub"
#define TAI_PATH_TOPIC     "/tmf-api/event/v4/topic"
#define TAI_PATH_PAYMENT   "/tmf-api/payment/v4/payment"
#define TAI_PATH_REFUND    "/tmf-api/payment/v4/refund"
#define TAI_PATH_OFFERING  "/tmf-api/productCatalogManagement/v4/productOffering"
#define TAI_PATH_CUSTOMER  "/tmf-api/customerManagement/v4/customer"
#define TAI_PATH_PRODUCT   "/tmf-api/productInventory/v4/product"
#define TAI_PATH_BUCKET    "/tmf-api/prepayBalanceManagement/v4/bucket"
#define TAI_PATH_BILL      "/tmf-api/customerBillManagement/v4/customerBill"
#define TAI_PATH_BILL_RATE "/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate"
#define TAI_PATH_BATCH     "/guitai/v1/batch"
#define TAI_PATH_FEED      "/guitai/v1/feed"
#define TAI_PATH_LEASE     "/guitai/v1/lease"
#define TAI_PATH_ENROL     "/guitai/v1/enrol"
#define TAI_PATH_STATUS    "/guitai/v1/status"
#define TAI_PATH_STAFF     "/guitai/v1/staff"
#define TAI_PATH_PAPER     "/guitai/v1/paper"   /* templates and the operator's mark */
#define TAI_PATH_TILL      "/guitai/v1/till"    /* what happened at a till beside orders and payments */
#define TAI_PATH_REPORT    "/guitai/v1/report"  /* ?from=…&to=…&hall=…&by=…&clerk=… */
#define TAI_PATH_FINDING   "/guitai/v1/finding" /* what does not match */
#define TAI_PATH_LINE      "/guitai/v1/line"    /* /{msisdn}?clerk=… */
#define TAI_PATH_PROMISE   "/guitai/v1/promise" /* /{id}?clerk=…: a customer's slip of any desk of the hall */
#define TAI_PATH_MESSAGE   "/guitai/v1/message" /* GET ?keys=…: was this key committed? */
/* A code for an invoice: is it good; what was made of it. For the page that makes invoices. */
#define TAI_PATH_INVOICE "/guitai/v1/invoice"
/* Payments through HQ's gateway: charge or show a QR; how does it stand; take it back. */
#define TAI_PATH_PAY        "/guitai/v1/pay"
#define TAI_PATH_PAY_REFUND "/guitai/v1/payRefund"
#define TAI_PATH_PAY_QUERY  "/guitai/v1/payQuery"
#define TAI_PATH_PAY_CANCEL "/guitai/v1/payCancel"

/* Borrowed for the call of send(); body is ref'd. */
typedef struct {
  const char *method;          /* "GET" "POST" "PATCH" */
  const char *path;            /* with query */
  GBytes *body;                /* (nullable) */
  const char *content_type;    /* (nullable) "application/json", "application/x-ndjson" */
  const char *idempotency_key; /* (nullable) */
  const char *if_none_match;   /* (nullable) */
  gint64 terminal_seq;         /* 0: none -> X-Guitai-Seq */
  const TaiDigest *digest;     /* (nullable) -> Content-Digest: sha-256=:base64: (RFC 9530) */
  gint64 timeout_ms;
  const char *authorization; /* (nullable) "Bearer …" */
  /* The other side knows no idempotency: nothing below this port may repeat the request by itself, and its answer is wanted
   * whole. */
  gboolean is_once;
} TaiRequest;

typedef enum {
  TAI_LINE_OK,          /* status is HQ's */
  TAI_LINE_NOT_REACHED, /* the request certainly never left: safe to repeat without asking */
  TAI_LINE_LOST         /* it may have arrived: outcome unknown */
} TaiLine;

typedef struct {
  TaiLine line;
  int status;            /* 0 unless line is OK */
  GBytes *body;          /* (owned) (nullable), at most TAI_REPLY_MAX_BYTES */
  char *etag;            /* (owned) (nullable) */
  char *location;        /* (owned) (nullable) */
  gint64 retry_after_ms; /* 0: none */
  gint64 date_us;        /* HQ's Date under the pinned key; 0: none */
  char *detail;          /* (owned) (nullable) transport's words, for the log */
} TaiReply;

typedef void (*TaiReplyFunc) (const TaiReply *reply, gpointer data);

struct _TaiHeadquartersInterface {
  GTypeInterface parent;
  void (*send) (TaiHeadquarters *self, const TaiRequest *request, TaiReplyFunc done, gpointer data);
};
void tai_headquarters_send (TaiHeadquarters *self, const TaiRequest *request, TaiReplyFunc done,
                            gpointer data);

/* TRUE: an http or https URL whose host is this very machine, by its name or its numeric address; nothing is looked up. */
gboolean tai_headquarters_is_loopback (const char *url);

G_END_DECLS
