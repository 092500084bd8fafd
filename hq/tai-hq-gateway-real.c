/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A merchant of a real provider: its keys, and which of the provider's verbs a question is. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-gateway-real.h"

#include "tai-hq-gateway-http.h"

void
hq_gateway_order_number (const TaiUuid *id, char number[33])
{
  guint n = 0;
  for (const char *c = id->text; *c != '\0' && n < 32; c++)
    if (*c != '-')
      number[n++] = *c;
  number[n] = '\0';
}

const char *
hq_real_get_text (const HqReal *self, const char *name)
{
  const char *text = NULL;
  tai_json_optional_string (self->merchant, name, &text, NULL);
  return text;
}

static void
query_refund (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
              TaiGatewayAnswer *answer)
{
  if (self->provider->look_at_refund (self, contact, number, now_us, answer))
    self->provider->verbs[TAI_GATEWAY_REFUND](self, contact, number, now_us, answer);
}

static void
send_to_provider (HqGateway *gateway, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer)
{
  const HqReal *self = (const HqReal *)gateway;
  gboolean is_asked = hq_contact_is_refund (contact) && contact->verb != TAI_GATEWAY_REFUND;
  char number[33];
  hq_gateway_order_number (&contact->id, number);
  (is_asked ? query_refund : self->provider->verbs[contact->verb]) (self, contact, number, now_us, answer);
}

static void
free_real (HqGateway *gateway)
{
  HqReal *self = (HqReal *)gateway;
  hq_signer_free (self->signer);
  hq_verifier_free (self->platform);
  g_clear_pointer (&self->merchant, tai_json_free);
  g_free (self);
}

static const HqGatewayClass real_class = {"real", send_to_provider, free_real};

HqGateway *
hq_real_open (const HqProvider *provider, const char *folder, GError **error)
{
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *platform = g_build_filename (folder, "platform.pem", NULL);
  HqReal *self = g_new0 (HqReal, 1);
  g_autoptr (HqGateway) gateway = &self->parent;
  self->parent.klass = &real_class;
  self->provider = provider;
  self->merchant = hq_http_read_merchant (folder, provider->texts, error);
  if (self->merchant == NULL)
    return NULL;
  self->signer = hq_signer_open (key, error);
  self->platform = self->signer != NULL ? hq_verifier_open (platform, error) : NULL;
  return self->platform != NULL ? g_steal_pointer (&gateway) : NULL;
}
