/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * RSA signatures (PKCS #1 v1.5, SHA-256) as WeChat Pay v3 and Alipay (RSA2) use them, by GnuTLS; and the texts that are signed.
 * Keys are immutable; any thread. Errors: TAI_HQ_ERROR_CERTIFICATE for a key or certificate that cannot be used.
 */
typedef struct _HqSigner HqSigner;
/* @path: PEM of a merchant's private key; readable by nobody but its owner, or it is refused. */
HqSigner *hq_signer_open (const char *path, GError **error);
void hq_signer_free (HqSigner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqSigner, hq_signer_free)
char *hq_signer_sign (const HqSigner *self, const char *text, GError **error); /* base64; (transfer full) */

typedef struct _HqVerifier HqVerifier;
/* @path: PEM of a public key, or of a certificate. */
HqVerifier *hq_verifier_open (const char *path, GError **error);
void hq_verifier_free (HqVerifier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqVerifier, hq_verifier_free)
gboolean hq_verifier_check (const HqVerifier *self, const char *text, const char *base64);

/* "METHOD\nURL\ntimestamp\nnonce\nbody\n", and of an answer "timestamp\nnonce\nbody\n". (transfer full) */
char *hq_sign_wechat_request (const char *method, const char *target, const char *timestamp,
                              const char *nonce, const char *body);
char *hq_sign_wechat_answer (const char *timestamp, const char *nonce, const char *body);
/* The Authorization header's value. (transfer full) */
char *hq_sign_wechat_header (const char *merchant, const char *serial, const char *timestamp,
                             const char *nonce, const char *signature);
/* Alipay: key=value by key, joined with '&', without empty ones and without "sign". @parameters: name, value, …, NULL.
 * (transfer full) */
char *hq_sign_alipay_text (const char *const *parameters);

G_END_DECLS
