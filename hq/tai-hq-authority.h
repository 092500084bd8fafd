/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"

G_BEGIN_DECLS

/**
 * HqAuthority: the operator's own certificate authority: P-256, one level. It makes the server's certificate and signs the
 * terminals'. The class of a terminal is the OU, its hall the O, its id the CN. Any thread, not two at once. Errors:
 * CERTIFICATE, FOLDER.
 */
typedef struct _HqAuthority HqAuthority;

/* Makes ca.key, ca.crt, server.key, server.crt in @folder (keys 0600) for localhost, 127.0.0.1 and @hosts: (nullable) names
 * in ASCII and numeric addresses by which terminals call the server. Checked before anything is written. */
gboolean hq_authority_create (const char *folder, const char *const *hosts, gint64 now_us, GError **error);
HqAuthority *hq_authority_open (const char *folder, GError **error);
void hq_authority_free (HqAuthority *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqAuthority, hq_authority_free)

const char *hq_authority_get_pem (const HqAuthority *self); /* the authority's own certificate */
/* First 16 hex digits of the SHA-256 of its DER: what an enrolment code ends in. (transfer full) */
char *hq_authority_get_fingerprint (const HqAuthority *self);

/* HqSignFunc; @data is the HqAuthority. The name in the request does not count: HQ says who it is. */
char *hq_authority_sign_cb (const char *csr_pem, const HqCodeRow *code, gint64 now_us, gpointer data,
                            GError **error);

G_END_DECLS
