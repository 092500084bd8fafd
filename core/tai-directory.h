/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-line-details.h"
#include "tai-money.h"
#include "tai-promise.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/*
 * What headquarters knows of a number that is there already: whose it is (masked), what it has, what is in it, what is owed,
 * and who took money for it here just now. The counter looks before it takes money or does anything for the number.
 */

/* TaiLineStatus: text forms "active", "suspended", "closed". Unknown text is TAI_CORE_ERROR_STATE_TEXT. */
typedef enum { TAI_LINE_STATUS_ACTIVE, TAI_LINE_STATUS_SUSPENDED, TAI_LINE_STATUS_CLOSED } TaiLineStatus;
const char *tai_line_status_to_text (TaiLineStatus status);
gboolean tai_line_status_from_text (const char *text, TaiLineStatus *status, GError **error);

/* TRUE: nothing of a name but a mask: stars, and at most two other characters ("张*", "**明"). Whoever takes an owner's name in
 * from outside asks this: a whole name is refused. */
gboolean tai_line_is_mask (const char *owner);

/**
 * TaiLinePayment: money that the hall took for a number, as far as headquarters has heard. All strings (owned).
 * @operation_id: "top_up", "bill_payment", …
 * @receipt_number: (nullable): the order had none
 * @time_us: at the counter
 */
typedef struct {
  char *clerk, *terminal, *order_id, *operation_id, *receipt_number;
  TaiMoney amount;
  gint64 time_us;
} TaiLinePayment;
void tai_line_payment_free (TaiLinePayment *self);

/**
 * TaiLineView: one number as headquarters sees it at this moment. A value; nobody keeps it.
 * @owner_mask: (nullable) "张*"; NULL: headquarters does not know whose it is
 * @plan_id, @plan_name, @plan_name_en: (nullable)
 * @arrears: what is owed, at least 0; @arrears_since_us: 0 when nothing is
 * @payments: (element-type TaiLinePayment) of this hall, of the last hour, newest first
 */
typedef struct {
  char *msisdn;
  TaiLineStatus status;
  char *owner_mask;
  char *plan_id, *plan_name, *plan_name_en;
  TaiMoney balance, arrears;
  gint64 arrears_since_us;
  GPtrArray *payments; /* (owned) */
} TaiLineView;
/* FALSE: the masks show that the line is another person's. Masks that do not say enough, or are not there (both nullable), stand
 * in nobody's way: who owns a line is headquarters' to know. */
gboolean tai_line_view_may_be_of (const TaiLineView *self, const char *customer_mask);
TaiLineView *tai_line_view_new (const char *msisdn);
void tai_line_view_free (TaiLineView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiLineView, tai_line_view_free)

/**
 * TaiPromiseView: a customer's slip of any desk of the hall, as headquarters sees it at this moment. A value; nobody keeps it. All strings
 * (owned).
 * @has_slip: it was told of the slip: @kind, @given_us, @given_by, @promised_us
 * @terminal: where it is settled; @seen_us: when that was heard of last, about, 0: never; @as_of_us: headquarters' now
 * @amount: currency 0: not known
 * @operation, @msisdn, @receipt_number: (nullable) of its order; the number is masked
 * @debt: (nullable) "held" "asked" "paid": it was asked for at another desk before; @claimant: (nullable) who asks now
 */
typedef struct {
  TaiUuid id;
  gboolean has_slip;
  TaiPromiseKind kind;
  char *terminal, *given_by;
  gint64 seen_us, as_of_us, given_us, promised_us;
  TaiMoney amount;
  char *operation, *msisdn, *receipt_number, *debt, *claimant;
} TaiPromiseView;
void tai_promise_view_free (TaiPromiseView *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPromiseView, tai_promise_view_free)

/**
 * TaiReportQuery: which of headquarters' reports. Borrowed for the call.
 * @from, @to: days or months; @to (nullable): @from
 * @hall: (nullable) one's own; another of the region, or TAI_REPORT_REGION: all of it, for who has the right
 * @shift: (nullable) of that shift of one's own hall alone; then @from and @to are NULL: it says its day itself
 * @by: (nullable) what stays apart in the lines, words with commas: hall, terminal, clerk; and paid: also operation × tender. NULL: clerk
 */
typedef struct {
  const char *from, *to, *hall, *by, *shift;
} TaiReportQuery;
#define TAI_REPORT_REGION "*"

/**
 * TaiDirectory: looks a number up at headquarters. Each look is recorded there, with the clerk who is signed in.
 *
 * Thread: the caller's, with its main context; never blocks. Errors of finish: TAI_CORE_ERROR_NUMBER_* (not asked for),
 * TAI_CORE_ERROR_LINE_UNKNOWN; what the line says (TAI_OFFLINE_ERROR_NO_LINE, REFUSED, NOT_HQ in offline/sync);
 * G_IO_ERROR_CANCELLED. None of them stops a sale: what may be done off line stays as it is (I7).
 */
#define TAI_TYPE_DIRECTORY (tai_directory_get_type ())
G_DECLARE_INTERFACE (TaiDirectory, tai_directory, TAI, DIRECTORY, GObject)
struct _TaiDirectoryInterface {
  GTypeInterface parent;
  void (*look_up_line_async) (TaiDirectory *self, const char *msisdn, GCancellable *cancellable,
                              GAsyncReadyCallback done, gpointer data);
  TaiLineView *(*look_up_line_finish) (TaiDirectory *self, GAsyncResult *result, GError **error);
  void (*look_up_details_async) (TaiDirectory *self, const char *msisdn, TaiLineParts parts,
                                 const char *customer_ref, GCancellable *cancellable,
                                 GAsyncReadyCallback done, gpointer data);
  TaiLineDetails *(*look_up_details_finish) (TaiDirectory *self, GAsyncResult *result, GError **error);
  void (*look_up_report_async) (TaiDirectory *self, const TaiReportQuery *query, GCancellable *cancellable,
                                GAsyncReadyCallback done, gpointer data);
  TaiTillReport *(*look_up_report_finish) (TaiDirectory *self, GAsyncResult *result, GError **error);
  void (*look_up_promise_async) (TaiDirectory *self, const char *id, GCancellable *cancellable,
                                 GAsyncReadyCallback done, gpointer data);
  TaiPromiseView *(*look_up_promise_finish) (TaiDirectory *self, GAsyncResult *result, GError **error);
};
void tai_directory_look_up_line_async (TaiDirectory *self, const char *msisdn, GCancellable *cancellable,
                                       GAsyncReadyCallback done, gpointer data);
/* (transfer full) (nullable) */
TaiLineView *tai_directory_look_up_line_finish (TaiDirectory *self, GAsyncResult *result, GError **error);

/**
 * tai_directory_look_up_details_async:
 * @customer_ref: (nullable) blind reference of who was identified (tai_desk_make_customer_ref)
 * @msisdn: (nullable): of TAI_LINE_PART_GROUPS alone, which are the customer's
 *
 * What is left in the number, its bills, what it has; or the groups of customers that the identified one is in. Bills, services and codes are told to who names the line's owner; to
 * anybody else they are empty, where headquarters knows the owner. Errors as of a look-up of the line.
 */
void tai_directory_look_up_details_async (TaiDirectory *self, const char *msisdn, TaiLineParts parts,
                                          const char *customer_ref, GCancellable *cancellable,
                                          GAsyncReadyCallback done, gpointer data);
/* (transfer full) (nullable) */
TaiLineDetails *tai_directory_look_up_details_finish (TaiDirectory *self, GAsyncResult *result,
                                                      GError **error);

/**
 * tai_directory_look_up_report_async:
 *
 * Headquarters' figures of a hall: all its terminals together, as of now (@is_from_hq, @as_of_us). Who is signed in asks. Errors:
 * TAI_CORE_ERROR_RIGHT_MISSING, else as of a look-up of a line.
 */
void tai_directory_look_up_report_async (TaiDirectory *self, const TaiReportQuery *query,
                                         GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
/* (transfer full) (nullable) */
TaiTillReport *tai_directory_look_up_report_finish (TaiDirectory *self, GAsyncResult *result, GError **error);

/* @id: of the slip (TaiPromise). Errors: TAI_CORE_ERROR_RECEIPT_UNKNOWN: no desk of the hall has told of it; else as of a look-up of a line. */
void tai_directory_look_up_promise_async (TaiDirectory *self, const char *id, GCancellable *cancellable,
                                          GAsyncReadyCallback done, gpointer data);
/* (transfer full) (nullable) */
TaiPromiseView *tai_directory_look_up_promise_finish (TaiDirectory *self, GAsyncResult *result,
                                                      GError **error);

G_END_DECLS
