/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Placing and capturing. Placing makes the orders durable before money is asked for; capturing, when payments cover the
 * visit, is ONE transaction in which orders become paid, money is posted, stock moves, the journal grows, and messages and
 * papers are rendered with the numbers that the transaction found (TaiHeads). Whatever fails, nothing of it is there.
 */
#include "tai-desk-private.h"
#include "tai-receipt-number.h"

#include <string.h>

/* Place ------------------------------------------------------------------------------------------------------------ */

static void
wipe_bytes (GBytes *bytes)
{
  gsize size;
  gpointer data = g_bytes_unref_to_data (bytes, &size);

  explicit_bzero (data, size);
  g_free (data);
}

static gboolean
seal_identity (TaiDesk *self, TaiVisit *visit, TaiOrder *order, GError **error)
{
  GBytes *plain;
  gboolean good;

  if (visit->identity == NULL || !(order->operation->needs & TAI_NEEDS_IDENTITY))
    return TRUE;
  g_clear_pointer (&order->sealed, g_bytes_unref);
  g_clear_pointer (&order->recovery, g_bytes_unref);
  plain = tai_identity_to_canonical (visit->identity);
  good = tai_sealer_seal (self->ports.sealer, plain, &order->sealed, &order->recovery, error);
  wipe_bytes (plain);
  if (!good)
    return FALSE;
  g_free (order->customer_ref);
  g_free (order->customer_mask);
  g_free (order->document_mask);
  g_free (order->document_kind);
  order->customer_ref = tai_desk_make_customer_ref (self, visit);
  order->customer_mask = tai_identity_mask_name (visit->identity);
  order->document_mask = tai_identity_mask_number (visit->identity);
  order->document_kind = g_strdup (tai_document_kind_to_text (visit->identity->kind));
  return TRUE;
}

static gboolean
prepare_order (TaiDesk *self, TaiVisit *visit, TaiOrder *order, const TaiShift *shift, GError **error)
{
  if (!seal_identity (self, visit, order, error))
    return FALSE;
  g_free (order->clerk);
  g_free (order->developer);
  g_free (order->business_day);
  g_free (order->shift_id);
  order->clerk = g_strdup (self->staff->number);
  order->developer = g_strdup (visit->developer);
  order->business_day = g_strdup (shift->business_day);
  order->shift_id = g_strdup (shift->id.text);
  order->rule = tai_desk_get_rule (self, order->operation);
  order->placed_us = tai_desk_now (self);
  order->state = TAI_ORDER_PLACED;
  return TRUE;
}

static void
set_order_states (TaiVisit *visit, TaiOrderState state)
{
  for (guint i = 0; i < visit->orders->len; i++)
    ((TaiOrder *)g_ptr_array_index (visit->orders, i))->state = state;
}

static gboolean
check_can_place (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_autoptr (GPtrArray) obstacles = NULL;

  if (!tai_desk_check_right (self, TAI_RIGHT_SELL, error) ||
      !tai_state_check_move (&tai_visit_states, visit->state, TAI_VISIT_PLACED, error))
    return FALSE;
  obstacles = tai_desk_check_visit (self, visit);
  if (obstacles->len == 0)
    return TRUE;
  if (error != NULL)
    *error = g_error_copy (g_ptr_array_index (obstacles, 0));
  return FALSE;
}

gboolean
tai_desk_place (TaiDesk *self, TaiVisit *visit, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && TAI_IS_VISIT (visit), FALSE);
  if (!check_can_place (self, visit, error))
    return FALSE;
  shift = tai_desk_require_selling (self, error);
  if (shift == NULL)
    return FALSE;
  tai_change_add_visit (change, &visit->id, TAI_VISIT_PLACED, self->staff->number, tai_desk_now (self));
  for (guint i = 0; i < visit->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (visit->orders, i);
    if (!prepare_order (self, visit, order, shift, error)) {
      set_order_states (visit, TAI_ORDER_DRAFT);
      return FALSE;
    }
    tai_change_add_order (change, order);
    /* Held anew: before money is asked for, not after it was given, the customer learns that another has his number. */
    tai_desk_move_stock (change, order, TAI_RESOURCE_HELD, &visit->id, tai_desk_now (self) + TAI_HOLD_US);
  }
  if (!tai_desk_commit (self, change, error)) {
    set_order_states (visit, TAI_ORDER_DRAFT);
    return FALSE;
  }
  visit->since_us = tai_desk_now (self);
  tai_visit_set_state (visit, TAI_VISIT_PLACED);
  return TRUE;
}

/* Capture ---------------------------------------------------------------------------------------------------------- */

/* What the transaction needs to finish the change. */
typedef struct {
  TaiDesk *desk;
  TaiVisit *visit;
  const TaiShift *shift;
  TaiPayment *last;     /* (nullable) the payment that covers the visit with this change */
  gboolean last_is_new; /* and this change writes it down for the first time */
  GPtrArray *payments;  /* (owned) (element-type TaiPayment) that bring the money; the visit's, and @last */
  char *receipt_number; /* (owned) (nullable) */
  gint64 now_us;
  gint64 next_seq;
} Capture;

static void
capture_clear (Capture *capture)
{
  g_clear_pointer (&capture->payments, g_ptr_array_unref);
  g_clear_pointer (&capture->receipt_number, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Capture, capture_clear)

static void
queue_message (Capture *capture, TaiChange *change, const TaiUuid *key, const TaiUuid *order_id,
               const char *path, GBytes *body, gint64 seq, TaiDigest digest)
{
  TaiMessage *message = g_new0 (TaiMessage, 1);

  message->key = *key;
  message->destination = g_strdup (TAI_DESTINATION_HQ);
  message->sale_id = capture->visit->id;
  message->step = (gint32)(seq - capture->next_seq + 1);
  if (order_id != NULL)
    message->order_id = *order_id;
  message->path = g_strdup (path);
  message->body = g_bytes_ref (body);
  message->digest = digest;
  message->terminal_seq = seq;
  tai_change_take_message (change, message);
}

static gboolean
render_messages (Capture *capture, TaiChange *change, GError **error)
{
  TaiDesk *self = capture->desk;
  gint64 seq = capture->next_seq;

  for (guint i = 0; i < capture->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (capture->payments, i);
    g_autoptr (GBytes) body = tai_renderer_payment (self->ports.renderer, self->terminal, payment, error);
    if (body == NULL)
      return FALSE;
    payment->terminal_seq = seq;
    payment->content_hash = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    queue_message (capture, change, &payment->id, NULL, TAI_PATH_PAYMENT, body, seq++, payment->content_hash);
  }
  for (guint i = 0; i < capture->visit->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (capture->visit->orders, i);
    g_autoptr (GBytes) body =
        tai_renderer_order (self->ports.renderer, self->terminal, order, capture->payments, error);
    if (body == NULL)
      return FALSE;
    order->terminal_seq = seq;
    order->content_hash = tai_digest_bytes (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    queue_message (capture, change, &order->id, &order->id, TAI_PATH_ORDER, body, seq++, order->content_hash);
  }
  return TRUE;
}

static void
queue_paper (Capture *capture, TaiChange *change, TaiDocument *document, const char *printer)
{
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_desk_uuid (capture->desk);
  job->visit_id = capture->visit->id;
  job->receipt_number = g_strdup (capture->receipt_number);
  job->document = document;
  job->printer = g_strdup (printer);
  tai_change_take_print (change, job);
}

/* (nullable): no money, or nobody makes invoices here */
static TaiInvoiceClaim *
add_claim (Capture *capture, TaiChange *change)
{
  return capture->visit->total.minor > 0
             ? tai_desk_add_claim (capture->desk, change, capture->shift, TAI_JOURNAL_INVOICE_CLAIM,
                                   capture->receipt_number, capture->visit->total)
             : NULL;
}

static void
render_papers (Capture *capture, TaiChange *change)
{
  TaiDesk *self = capture->desk;
  g_autoptr (TaiInvoiceClaim) claim = add_claim (capture, change);
  TaiPapers papers = 0;
  TaiSale sale = {.terminal = self->terminal,
                  .receipt_number = capture->receipt_number,
                  .time_us = capture->now_us,
                  .clerk = self->staff->number,
                  .orders = capture->visit->orders,
                  .payments = capture->payments,
                  .total = capture->visit->total,
                  .invoice = claim,
                  .off_line = !self->on_line};

  for (guint i = 0; i < capture->visit->orders->len; i++)
    papers |= ((TaiOrder *)g_ptr_array_index (capture->visit->orders, i))->operation->paper;
  queue_paper (capture, change, tai_paperwork_receipt (self->ports.paperwork, &sale), "receipt");
  if (papers & TAI_PAPER_FORM)
    queue_paper (capture, change, tai_paperwork_form (self->ports.paperwork, &sale), "form");
}

/* It counts on the day of the shift that takes the money, even when it was placed in the one before (I9); HQ hears the same. */
static void
take_capture (TaiOrder *order, const Capture *capture)
{
  g_free (order->receipt_number);
  g_free (order->business_day);
  g_free (order->shift_id);
  order->receipt_number = g_strdup (capture->receipt_number);
  order->business_day = g_strdup (capture->shift->business_day);
  order->shift_id = g_strdup (capture->shift->id.text);
}

static gboolean
complete_cb (TaiChange *change, const TaiHeads *heads, gpointer data, GError **error)
{
  Capture *capture = data;
  TaiDesk *self = capture->desk;

  capture->next_seq = heads->next_terminal_seq;
  g_free (capture->receipt_number);
  capture->receipt_number =
      tai_receipt_number_format (self->terminal->hall, self->terminal->till, heads->epoch_letter,
                                 capture->shift->business_day, heads->next_receipt_seq);
  for (guint i = 0; i < capture->visit->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (capture->visit->orders, i);
    take_capture (order, capture);
  }
  if (!render_messages (capture, change, error))
    return FALSE;
  render_papers (capture, change);
  tai_change_take_journal (change, tai_desk_journal (self, "sale", capture->shift, capture->receipt_number,
                                                     capture->visit->id.text, capture->visit->total));
  return TRUE;
}

static void
add_capture_facts (Capture *capture, TaiChange *change)
{
  const char *clerk = capture->desk->staff->number;
  const TaiUuid *visit_id = &capture->visit->id;

  for (guint i = 0; i < capture->visit->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (capture->visit->orders, i);
    tai_change_add_order_state (change, &order->id, TAI_ORDER_PAID, NULL, capture->now_us);
    tai_change_add_order_captured (change, order);
    /* Held anew first: a visit that stood too long still gets what nobody else took. */
    tai_desk_move_stock (change, order, TAI_RESOURCE_HELD, visit_id, capture->now_us + TAI_HOLD_US);
    tai_desk_move_stock (change, order, TAI_RESOURCE_USED, &order->id, 0);
  }
  for (guint i = 0; i < capture->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (capture->payments, i);
    if (payment != capture->last || !capture->last_is_new)
      tai_change_add_payment_captured (change, payment);
  }
  tai_change_add_visit (change, visit_id, TAI_VISIT_PAID, clerk, capture->now_us);
  tai_change_add_visit (change, visit_id, TAI_VISIT_CLOSED, clerk, capture->now_us);
}

/* What was sold, against the last payment's money and what the others had brought before. */
static gboolean
add_sale_postings (Capture *capture, TaiChange *change, const TaiDebit *debit, GError **error)
{
  g_autoptr (GArray) credits = g_array_new (FALSE, FALSE, sizeof (TaiCredit));
  TaiMoney part_paid = capture->visit->total;
  g_autofree char *event = NULL;
  TaiPostingSet *set;

  for (guint i = 0; i < capture->visit->orders->len; i++) {
    g_autoptr (GArray) of_order = tai_order_get_credits (g_ptr_array_index (capture->visit->orders, i));
    g_array_append_vals (credits, of_order->data, of_order->len);
  }
  if (credits->len == 0)
    return TRUE;
  if (debit != NULL)
    part_paid.minor -= capture->last->amount.minor;
  event =
      g_strdup_printf ("%s_sale", capture->last ? tai_tender_to_text (capture->last->tender) : "part_paid");
  set = tai_posting_sale (event, debit, part_paid, (const TaiCredit *)credits->data, credits->len, error);
  if (set == NULL)
    return FALSE;
  tai_change_add_postings (change, set, NULL, capture->last ? &capture->last->id : NULL,
                           capture->shift->business_day, capture->shift->id.text,
                           capture->desk->staff->number, capture->now_us);
  return TRUE;
}

static void
forget_numbers (Capture *capture)
{
  for (guint i = 0; i < capture->visit->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (capture->visit->orders, i);
    g_clear_pointer (&order->receipt_number, g_free);
    order->terminal_seq = 0;
    order->content_hash = (TaiDigest){0};
  }
  for (guint i = 0; i < capture->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (capture->payments, i);
    payment->terminal_seq = 0;
    payment->content_hash = (TaiDigest){0};
  }
}

static void
list_payments (Capture *capture)
{
  capture->payments = g_ptr_array_new ();
  for (guint i = 0; i < capture->visit->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (capture->visit->payments, i);
    if (payment->state == TAI_PAYMENT_SUCCEEDED || payment == capture->last)
      g_ptr_array_add (capture->payments, payment);
  }
  if (capture->last != NULL && capture->last_is_new)
    g_ptr_array_add (capture->payments, capture->last);
}

/* One transaction; on success the visit is over and its identity forgotten. */
gboolean
tai_desk_capture (TaiDesk *self, TaiVisit *visit, const TaiShift *shift, TaiPayment *last,
                  const TaiDebit *debit, TaiChange *change, GError **error)
{
  g_auto (Capture) capture = {.desk = self,
                              .visit = visit,
                              .shift = shift,
                              .last = last,
                              .last_is_new = last != NULL && !g_ptr_array_find (visit->payments, last, NULL),
                              .now_us = tai_desk_now (self)};

  list_payments (&capture);
  if (!add_sale_postings (&capture, change, debit, error))
    return FALSE;
  add_capture_facts (&capture, change);
  tai_change_set_complete (change, complete_cb, &capture);
  if (!tai_desk_commit (self, change, error)) {
    forget_numbers (&capture);
    return FALSE;
  }
  set_order_states (visit, TAI_ORDER_PAID);
  g_free (visit->receipt_number);
  visit->receipt_number = g_strdup (capture.receipt_number);
  tai_visit_forget_identity (visit);
  return TRUE;
}

void
tai_desk_end_captured (TaiVisit *visit)
{
  tai_visit_set_state (visit, TAI_VISIT_PAID);
  tai_visit_set_state (visit, TAI_VISIT_CLOSED);
}
