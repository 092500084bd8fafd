/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-enrol.h"
#include "tai-state-folder.h"

G_BEGIN_DECLS

/**
 * TaiEnrolmentFile: what a state folder keeps of its enrolment: where HQ is, which terminal this is, and HQ's box key; beside
 * it device.key, device.crt and hq-ca.crt. Values; any thread.
 */
typedef struct {
  char *url;
  TaiTerminal *terminal;
  char *box_key; /* base64url */
} TaiEnrolmentFile;
void tai_enrolment_file_free (TaiEnrolmentFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiEnrolmentFile, tai_enrolment_file_free)

/**
 * Reads it and checks that it belongs together: the certificate is signed by HQ's CA, is for the key, and names this terminal,
 * its hall and its class. So a class cannot be changed by who can edit a file. Errors: NOT_ENROLLED, ENROLMENT, FILE.
 */
TaiEnrolmentFile *tai_enrolment_file_load (TaiStateFolder *folder, GError **error);
/* Writes all files, enrolment.json last: without it the folder is not enrolled. Errors: FILE, ENROLMENT. */
gboolean tai_enrolment_file_save (TaiStateFolder *folder, const char *url, const TaiEnrolment *enrolment,
                                  GError **error);

G_END_DECLS
