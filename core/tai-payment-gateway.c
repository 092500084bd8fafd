/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The port; see the header. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-payment-gateway.h"

#include "tai-text-private.h"

G_DEFINE_INTERFACE (TaiPaymentGateway, tai_payment_gateway, G_TYPE_OBJECT)

static void
tai_payment_gateway_default_init (TaiPaymentGatewayInterface *iface)
{
}

static const char *const outcome_text[] = {
    [TAI_GATEWAY_AWAITING] = "awaiting", [TAI_GATEWAY_SUCCEEDED] = "succeeded",
    [TAI_GATEWAY_FAILED] = "failed",     [TAI_GATEWAY_REVERSED] = "reversed",
    [TAI_GATEWAY_UNKNOWN] = "unknown",   [TAI_GATEWAY_NOT_REACHED] = "not_reached",
    [TAI_GATEWAY_REFUSED] = "refused",
};

const char *
tai_gateway_outcome_to_text (TaiGatewayOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcome_text), NULL);
  return outcome_text[outcome];
}

gboolean
tai_gateway_outcome_from_text (const char *text, TaiGatewayOutcome *outcome, GError **error)
{
  guint value;

  g_return_val_if_fail (outcome != NULL, FALSE);
  if (!tai_text_find ("outcome", outcome_text, G_N_ELEMENTS (outcome_text), text, &value, error))
    return FALSE;
  *outcome = value;
  return TRUE;
}

void
tai_gateway_answer_clear (TaiGatewayAnswer *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->transaction, g_free);
  g_clear_pointer (&self->qr_text, g_free);
}

void
tai_payment_gateway_send (TaiPaymentGateway *self, const TaiGatewayRequest *request, TaiGatewayFunc done,
                          gpointer data)
{
  g_return_if_fail (TAI_IS_PAYMENT_GATEWAY (self));
  g_return_if_fail (request != NULL && request->payment_id != NULL && done != NULL);
  g_return_if_fail (request->verb != TAI_GATEWAY_REFUND ||
                    (request->original_id != NULL && tai_payment_gateway_gives_back (self)));
  TAI_PAYMENT_GATEWAY_GET_IFACE (self)->send (self, request, done, data);
}

gboolean
tai_payment_gateway_gives_back (TaiPaymentGateway *self)
{
  g_return_val_if_fail (TAI_IS_PAYMENT_GATEWAY (self), FALSE);
  return TAI_PAYMENT_GATEWAY_GET_IFACE (self)->gives_back;
}
