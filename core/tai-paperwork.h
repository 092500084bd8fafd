/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-bill-paper.h"
#include "tai-document.h"
#include "tai-invoice-claim.h"
#include "tai-order.h"
#include "tai-promise.h"
#include "tai-store-port.h"
#include "tai-till-news.h"

G_BEGIN_DECLS

/*
 * What a capture must render inside its transaction: bodies for HQ and paper for the customer. Both are pure functions of
 * the records; ports because JSON is wire's and words are printing's.
 */

/**
 * TaiTakeBack: what headquarters is asked of an order that it has.
 * @TAI_TAKE_BACK_CANCEL: 撤单: it shall not take effect
 * @TAI_TAKE_BACK_UNDO: 返销: it took effect today, and shall not have
 * @TAI_TAKE_BACK_CORRECTION: 错缴更正: a top-up was meant for @target
 */
typedef enum { TAI_TAKE_BACK_CANCEL, TAI_TAKE_BACK_UNDO, TAI_TAKE_BACK_CORRECTION } TaiTakeBackKind;
typedef struct {
  TaiTakeBackKind kind;
  const TaiOrder *order;
  const char *reason, *clerk;
  const char *business_day; /* of now */
  const char *target;       /* (nullable) */
  const char *customer_ref; /* (nullable) who asks for a correction */
} TaiTakeBack;

/* Bodies, one line of JSON each: TMF622 ProductOrder_Create, TMF676 Payment_Create. Implemented by wire/tai-renderer. */
#define TAI_TYPE_RENDERER (tai_renderer_get_type ())
G_DECLARE_INTERFACE (TaiRenderer, tai_renderer, TAI, RENDERER, GObject)
struct _TaiRendererInterface {
  GTypeInterface parent;
  /* @payments: (element-type TaiPayment) those allocated to the order are referred to. */
  GBytes *(*order) (TaiRenderer *self, const TaiTerminal *terminal, const TaiOrder *order,
                    GPtrArray *payments, GError **error);
  /* One that gives back (original_id) is a TMF676 Refund_Create. */
  GBytes *(*payment) (TaiRenderer *self, const TaiTerminal *terminal, const TaiPayment *payment,
                      GError **error);
  /* TMF622 CancelProductOrder_Create. */
  GBytes *(*take_back) (TaiRenderer *self, const TaiTerminal *terminal, const TaiTakeBack *what,
                        GError **error);
  /* Ours, docs/protocol.md: POST to TAI_PATH_TILL. */
  GBytes *(*news) (TaiRenderer *self, const TaiTerminal *terminal, const TaiTillNews *news, GError **error);
};
GBytes *tai_renderer_order (TaiRenderer *self, const TaiTerminal *terminal, const TaiOrder *order,
                            GPtrArray *payments, GError **error);
GBytes *tai_renderer_payment (TaiRenderer *self, const TaiTerminal *terminal, const TaiPayment *payment,
                              GError **error);
GBytes *tai_renderer_take_back (TaiRenderer *self, const TaiTerminal *terminal, const TaiTakeBack *what,
                                GError **error);
GBytes *tai_renderer_news (TaiRenderer *self, const TaiTerminal *terminal, const TaiTillNews *news,
                           GError **error);

/**
 * TaiSale: what the receipt tells.
 * @off_line: HQ was not reachable at the last real request
 */
typedef struct {
  const TaiTerminal *terminal;
  const char *receipt_number;
  gint64 time_us;
  const char *clerk;
  GPtrArray *orders;   /* (element-type TaiOrder) with sequence and hash */
  GPtrArray *payments; /* (element-type TaiPayment) */
  TaiMoney total;
  const TaiInvoiceClaim *invoice; /* (nullable) */
  gboolean off_line;
} TaiSale;

/**
 * TaiRefundSale: money that goes back over the counter.
 * @refunds: (element-type TaiPayment) negative amounts; empty: no money, the credit goes to @target
 * @target: (nullable) the right number of a correction
 * @invoice: (nullable) the code instead of those before
 * @approver: (nullable) the staff number of who said yes, where another's was needed
 */
typedef struct {
  const TaiTerminal *terminal;
  const TaiOrder *order;
  GPtrArray *refunds;
  const char *target;
  const TaiInvoiceClaim *invoice;
  const char *clerk, *approver;
  gint64 time_us;
} TaiRefundSale;

/* Another code for an invoice, instead of those before. */
typedef struct {
  const TaiInvoiceClaim *claim;
  const char *clerk;
  gint64 time_us;
} TaiInvoiceSlip;

/**
 * TaiPromiseSlip: what a customer leaves with when something could not be settled.
 * @order: the first of the visit, or the one it is about; @payment: (nullable) that is in doubt, or the refund that is under way
 * @amount: what it is about
 */
typedef struct {
  const TaiTerminal *terminal;
  TaiPromise promise;
  const TaiOrder *order;
  const TaiPayment *payment;
  TaiMoney amount;
  const char *clerk;
  gint64 time_us, until_us;
} TaiPromiseSlip;

#define TAI_TYPE_PAPERWORK (tai_paperwork_get_type ())
G_DECLARE_INTERFACE (TaiPaperwork, tai_paperwork, TAI, PAPERWORK, GObject)
struct _TaiPaperworkInterface {
  GTypeInterface parent;
  TaiDocument *(*receipt) (TaiPaperwork *self, const TaiSale *sale);
  TaiDocument *(*form) (TaiPaperwork *self,
                        const TaiSale *sale); /* one merged acceptance form of the orders that need one */
  TaiDocument *(*notice) (
      TaiPaperwork *self,
      const TaiSale *sale); /* one page in large letters: what, per month, until when, how to stop */
  TaiDocument *(*report) (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report,
                          gint64 time_us); /* the day's, A4 */
  TaiDocument *(*till) (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report,
                        const TaiShift *shift, gint64 time_us, gboolean on_roll);
  TaiDocument *(*refund) (TaiPaperwork *self, const TaiRefundSale *sale);
  TaiDocument *(*promise) (TaiPaperwork *self, const TaiPromiseSlip *slip);
  TaiDocument *(*invoice) (TaiPaperwork *self, const TaiTerminal *terminal, const TaiInvoiceSlip *slip);
  TaiDocument *(*bill) (TaiPaperwork *self, const TaiTerminal *terminal, const TaiBillPaper *bill,
                        gint64 time_us, gboolean on_roll);
};
TaiDocument *tai_paperwork_receipt (TaiPaperwork *self, const TaiSale *sale);
TaiDocument *tai_paperwork_form (TaiPaperwork *self, const TaiSale *sale);
TaiDocument *tai_paperwork_refund (TaiPaperwork *self, const TaiRefundSale *sale);
TaiDocument *tai_paperwork_promise (TaiPaperwork *self, const TaiPromiseSlip *slip);
TaiDocument *tai_paperwork_invoice (TaiPaperwork *self, const TaiTerminal *terminal,
                                    const TaiInvoiceSlip *slip);
TaiDocument *tai_paperwork_notice (TaiPaperwork *self, const TaiSale *sale);
TaiDocument *tai_paperwork_report (TaiPaperwork *self, const TaiTerminal *terminal,
                                   const TaiTillReport *report, gint64 time_us);
/* X report of an open @shift, Z report of a closed one; @report of this shift alone. A4, or for the receipt printer's roll. */
TaiDocument *tai_paperwork_till (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report,
                                 const TaiShift *shift, gint64 time_us, gboolean on_roll);
/* A4, or for the receipt printer's roll. */
TaiDocument *tai_paperwork_bill (TaiPaperwork *self, const TaiTerminal *terminal, const TaiBillPaper *bill,
                                 gint64 time_us, gboolean on_roll);

/* Seals personal data before a commit: to_hq (HQ's public key) and to_terminal; wire/tai-sealer. NULL key for the
 * terminal's box: *@to_terminal = NULL (the card is read again). The blind reference is a keyed hash of the number, NULL
 * while the key has not been fetched. */
#define TAI_TYPE_SEALER (tai_sealer_get_type ())
G_DECLARE_INTERFACE (TaiSealer, tai_sealer, TAI, SEALER, GObject)
struct _TaiSealerInterface {
  GTypeInterface parent;
  gboolean (*seal) (TaiSealer *self, GBytes *plain, GBytes **to_hq, GBytes **to_terminal, GError **error);
  char *(*blind) (TaiSealer *self, const char *number);
};
gboolean tai_sealer_seal (TaiSealer *self, GBytes *plain, GBytes **to_hq, GBytes **to_terminal,
                          GError **error);
char *tai_sealer_blind (TaiSealer *self, const char *number);

G_END_DECLS
