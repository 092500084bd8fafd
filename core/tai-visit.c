/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model of one reception. It has no rules: tai-desk*.c changes it after the store has agreed, and tells.
 */
#include "tai-visit-private.h"

#include "tai-tender.h"

G_DEFINE_FINAL_TYPE (TaiVisit, tai_visit, G_TYPE_OBJECT)

enum { PROP_0, PROP_STATE, PROP_TOTAL, PROP_N_ORDERS, N_PROPERTIES };
enum { CHANGED, N_SIGNALS };
static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

static void
tai_visit_finalize (GObject *object)
{
  TaiVisit *self = TAI_VISIT (object);

  g_clear_pointer (&self->identity, tai_identity_free);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->developer, g_free);
  g_clear_pointer (&self->clerk, g_free);
  g_clear_pointer (&self->receipt_number, g_free);
  g_clear_pointer (&self->groups, g_strfreev);
  g_clear_pointer (&self->parked_with, tai_catalogue_unref);
  G_OBJECT_CLASS (tai_visit_parent_class)->finalize (object);
}

static void
tai_visit_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TaiVisit *self = TAI_VISIT (object);

  switch (id) {
  case PROP_STATE:
    g_value_set_int (value, self->state);
    break;
  case PROP_TOTAL:
    g_value_set_int64 (value, self->total.minor);
    break;
  case PROP_N_ORDERS:
    g_value_set_uint (value, self->orders->len);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
tai_visit_class_init (TaiVisitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tai_visit_finalize;
  object_class->get_property = tai_visit_get_property;

  /**
   * TaiVisit:state: a TaiVisitState
   */
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, TAI_VISIT_OPEN,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * TaiVisit:total: due today, in minor units of the terminal's currency
   */
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, G_MININT64, G_MAXINT64, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ORDERS] = g_param_spec_uint ("n-orders", NULL, NULL, 0, TAI_VISIT_MAX_ORDERS, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tai_visit_init (TaiVisit *self)
{
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_free);
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
}

TaiVisit *
tai_visit_new (TaiUuid id, guint16 currency)
{
  TaiVisit *self = g_object_new (TAI_TYPE_VISIT, NULL);

  self->id = id;
  self->total = tai_money (0, currency);
  return self;
}

gboolean
tai_visit_update (TaiVisit *self, GError **error)
{
  TaiMoney total = tai_money (0, self->total.currency);

  for (guint i = 0; i < self->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (self->orders, i);
    if (!tai_money_add (total, order->today, &total, error))
      return FALSE;
  }
  self->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ORDERS]);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
tai_visit_set_state (TaiVisit *self, TaiVisitState state)
{
  g_assert (tai_state_can_move (&tai_visit_states, self->state, state));
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
tai_visit_forget_identity (TaiVisit *self)
{
  g_clear_pointer (&self->identity, tai_identity_free);
  g_clear_pointer (&self->groups, g_strfreev);
}

const char *const *
tai_visit_get_groups (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return (const char *const *)self->groups;
}

TaiMoney
tai_visit_get_parked_total (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), tai_money (0, 0));
  return self->parked_total;
}

const TaiUuid *
tai_visit_get_id (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return &self->id;
}

TaiVisitState
tai_visit_get_state (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), TAI_VISIT_ABANDONED);
  return self->state;
}

const TaiIdentity *
tai_visit_get_identity (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return self->identity;
}

guint
tai_visit_get_n_orders (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), 0);
  return self->orders->len;
}

TaiOrder *
tai_visit_get_order (TaiVisit *self, guint index)
{
  g_return_val_if_fail (TAI_IS_VISIT (self) && index < self->orders->len, NULL);
  return g_ptr_array_index (self->orders, index);
}

GPtrArray *
tai_visit_get_orders (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return self->orders;
}

GPtrArray *
tai_visit_get_payments (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return self->payments;
}

TaiMoney
tai_visit_get_total (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), tai_money (0, 0));
  return self->total;
}

void
tai_visit_tell (TaiVisit *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

TaiMoney
tai_visit_get_due (TaiVisit *self)
{
  TaiMoney due;

  g_return_val_if_fail (TAI_IS_VISIT (self), tai_money (0, 0));
  due = self->total;
  /* Each was checked against what was due when it began. */
  for (guint i = 0; i < self->payments->len; i++) {
    const TaiPayment *payment = g_ptr_array_index (self->payments, i);
    if (payment->state == TAI_PAYMENT_SUCCEEDED)
      due.minor -= payment->amount.minor;
  }
  return due;
}

TaiPayment *
tai_visit_find_open_payment (TaiVisit *self)
{
  for (guint i = 0; i < self->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (self->payments, i);
    if (tai_tender_is_open (payment->state) && !payment->released)
      return payment;
  }
  return NULL;
}

const TaiPayment *
tai_visit_get_open_payment (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return tai_visit_find_open_payment (self);
}

TaiPayment *
tai_visit_find_payment (TaiVisit *self, const char *id)
{
  for (guint i = 0; i < self->payments->len; i++) {
    TaiPayment *payment = g_ptr_array_index (self->payments, i);
    if (g_strcmp0 (payment->id.text, id) == 0)
      return payment;
  }
  return NULL;
}

const char *
tai_visit_get_receipt_number (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return self->receipt_number;
}

const char *
tai_visit_get_clerk (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), NULL);
  return self->clerk;
}

gint64
tai_visit_get_since_us (TaiVisit *self)
{
  g_return_val_if_fail (TAI_IS_VISIT (self), 0);
  return self->since_us;
}
