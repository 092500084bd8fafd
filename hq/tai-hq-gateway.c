/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Immutable once it is open, but for what the gateways guard themselves. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-gateway.h"

#include "tai-hq-gateway-real.h"
#include "tai-hq-gateway-sandbox.h"

struct _HqMerchants {
  GHashTable *gateways; /* (owned) provider -> HqGateway */
  HqSandbox *sandbox;   /* (owned) */
};

static gboolean
open_merchant (HqMerchants *self, const char *folder, const HqProvider *provider, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "merchant", provider->name, NULL);
  HqGateway *gateway;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  gateway = hq_real_open (provider, path, error);
  if (gateway != NULL)
    g_hash_table_insert (self->gateways, g_strdup (provider->name), gateway);
  return gateway != NULL;
}

HqMerchants *
hq_merchants_open (const char *folder, GError **error)
{
  static const HqProvider *const providers[] = {&hq_wechat, &hq_alipay};
  g_autoptr (HqMerchants) self = g_new0 (HqMerchants, 1);
  g_autofree char *play = g_build_filename (folder, "sandbox", NULL);
  gboolean good = TRUE;
  self->gateways = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)hq_gateway_free);
  self->sandbox = hq_sandbox_new (play);
  for (guint i = 0; good && i < G_N_ELEMENTS (providers); i++)
    good = open_merchant (self, folder, providers[i], error);
  return good ? g_steal_pointer (&self) : NULL;
}

void
hq_merchants_free (HqMerchants *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->gateways);
  hq_sandbox_free (self->sandbox);
  g_free (self);
}

void
hq_merchants_send (HqMerchants *self, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer)
{
  HqGateway *gateway = g_hash_table_lookup (self->gateways, contact->provider);
  if (gateway == NULL && contact->steer != NULL)
    gateway = hq_sandbox_get_gateway (self->sandbox);
  if (gateway != NULL) {
    hq_gateway_send (gateway, contact, now_us, answer);
    return;
  }
  answer->outcome = contact->verb == TAI_GATEWAY_PAY || contact->verb == TAI_GATEWAY_REFUND
                        ? TAI_GATEWAY_FAILED
                        : TAI_GATEWAY_UNKNOWN;
  answer->reason = g_strdup ("no_gateway");
}
