/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiTotp: the codes of a device that a person carries (RFC 6238): six digits, new every 30 seconds, made of a secret that the
 * device and the staff data share. So they are checked without a line.
 *
 * The record stands beside the PIN's in HQ's staff data: "totp-sha1:" or "totp-sha256:" and the secret in base32 (RFC 4648,
 * capitals, no padding), 16 to 64 bytes of it. It is a secret: it stands in no error message. Any thread.
 */
#define TAI_TOTP_DIGITS     6
#define TAI_TOTP_STEP_S     30
#define TAI_TOTP_REACH      1  /* steps that a device's clock may be off, either way */
#define TAI_TOTP_LOOK_STEPS 20 /* steps in which a code is known again as one of a clock that is wrong */
#define TAI_TOTP_SECRET_MAX 64

typedef struct {
  GChecksumType algorithm;
  guint8 secret[TAI_TOTP_SECRET_MAX];
  gsize length;
} TaiTotp;

/* Errors: STAFF_UNKNOWN, no such record. */
gboolean tai_totp_from_record (const char *record, TaiTotp *self, GError **error);
void tai_totp_wipe (TaiTotp *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaiTotp, tai_totp_wipe)

gint64 tai_totp_get_step (gint64 time_us);
/* @code takes the digits and a terminator. */
void tai_totp_make_code (const TaiTotp *self, gint64 step, char code[TAI_TOTP_DIGITS + 1]);
/* The step nearest to @now_step, at most @reach away, whose code @code is. FALSE: none. All are compared, whichever fits. */
gboolean tai_totp_find_step (const TaiTotp *self, const char *code, gint64 now_step, gint64 reach,
                             gint64 *step);

G_END_DECLS
