/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-contact.h"

void
hq_contact_free (HqContact *self)
{
  if (self == NULL)
    return;
  g_free (self->hall);
  g_free (self->provider);
  g_free (self->subject);
  g_free (self->steer);
  g_clear_pointer (&self->code, tai_pay_code_free);
  g_free (self);
}

gboolean
hq_contact_is_refund (const HqContact *self)
{
  return self->original.text[0] != '\0';
}

void
hq_gateway_send (HqGateway *self, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer)
{
  g_return_if_fail (self != NULL && contact != NULL && answer != NULL);
  self->klass->send (self, contact, now_us, answer);
}

void
hq_gateway_free (HqGateway *self)
{
  if (self != NULL)
    self->klass->free (self);
}
