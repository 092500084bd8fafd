/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-contact.h"
#include "tai-hq-gateway-sign.h"
#include "tai-json.h"

G_BEGIN_DECLS

/*
 * The real providers. A merchant's @folder holds merchant.json, key.pem (the merchant's, 0600) and platform.pem (the provider's
 * public key or certificate). merchant.json has the provider's texts and "ca" (optional: the system's).
 * An answer without a good signature of the provider proves nothing, whatever it says. Any thread.
 */
typedef struct _HqProvider HqProvider;

/* A merchant of one provider. */
typedef struct {
  HqGateway parent;
  const HqProvider *provider;
  TaiJson *merchant; /* (owned) */
  HqSigner *signer;
  HqVerifier *platform;
} HqReal;

/* @number: ours of the payment or refund; @answer (out), zeroed by the caller. Blocks. */
typedef void (*HqRealVerb) (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
                            TaiGatewayAnswer *answer);

/**
 * HqProvider: what is a provider's own.
 * @texts: of merchant.json, all must be there; ends with NULL
 * @verbs: by TaiGatewayVerb, of payments; REFUND asks for one
 * @look_at_refund: what they know of a refund. TRUE: it did not go; it is asked for once more under its number then, of which a
 * provider gives back one
 */
struct _HqProvider {
  const char *name;
  const char *const *texts;
  HqRealVerb verbs[TAI_N_GATEWAY_VERBS];
  gboolean (*look_at_refund) (const HqReal *self, const HqContact *contact, const char *number, gint64 now_us,
                              TaiGatewayAnswer *answer);
};

extern const HqProvider hq_wechat, hq_alipay;

HqGateway *hq_real_open (const HqProvider *provider, const char *folder, GError **error);
/* A text of merchant.json; NULL: it has none. */
const char *hq_real_get_text (const HqReal *self, const char *name);

/* The id of a payment or refund as a provider's number of it: 32 characters. */
void hq_gateway_order_number (const TaiUuid *id, char number[33]);

G_END_DECLS
