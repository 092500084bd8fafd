/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tai-order.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/*
 * How a machine becomes a terminal: the key pair is made here and never leaves; HQ's CA is fetched and compared with the
 * fingerprint in the code before the code is sent; then HQ signs. Nothing is written: the bytes go to app/.
 *
 * Thread: any with a main context of its own; it blocks for the few milliseconds of making a key.
 */

typedef struct {
  const char *base_url; /* "https://hq.example:8443" */
  const char *code;     /* as HQ printed it: "AAAAA-…-0123456789abcdef" */
  const char *proxy;    /* (nullable) */
  TaiClock *clock;
  gint64 timeout_ms; /* of one request; 0 = 30,000 */
} TaiEnrolSettings;

/**
 * TaiEnrolment: what comes of it. All (owned).
 * @key_pem: the terminal's private key: device.key, 0600
 * @certificate_pem, @ca_pem: device.crt, hq-ca.crt
 * @box_key: (nullable) HQ's public key for sealed boxes, base64url
 * @staff: (element-type TaiStaff) for the store
 */
typedef struct {
  GBytes *key_pem, *certificate_pem, *ca_pem;
  TaiTerminal *terminal;
  char *box_key;
  GPtrArray *staff;
} TaiEnrolment;
void tai_enrolment_free (TaiEnrolment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiEnrolment, tai_enrolment_free)

/* Errors: TAI_OFFLINE_ERROR CODE (malformed, or the CA is another one), NO_LINE (after five tries; the code may be used
 * up then, REFUSED tells), REFUSED, NOT_HQ; TAI_WIRE_ERROR. */
void tai_enrol_async (const TaiEnrolSettings *settings, GCancellable *cancellable, GAsyncReadyCallback done,
                      gpointer data);
TaiEnrolment *tai_enrol_finish (GAsyncResult *result, GError **error);

G_END_DECLS
