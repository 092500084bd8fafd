/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Errors of every room as words a clerk can act on: what happened, what was kept, what to do next; in the desk's language.
 * The GError's own message is English detail for the log and for who mends it. Any thread.
 */

/* Never NULL: of a domain or code that is not ours, the words for "unexpected". (transfer none) */
const char *tai_advice_for (GQuark domain, int code);
const char *tai_advice_for_error (const GError *error);
/* The same with the figures that the error carries: what is missing of the cash. (transfer full) */
char *tai_advice_dup_for_error (const GError *error);
/* FALSE: there are no words of its own for it. */
gboolean tai_advice_exists (GQuark domain, int code);

/* The domain in one word ("core", "wire", "io", "devices", "printing", "offline", "hq", "app"; NULL: not ours) and back. */
const char *tai_advice_domain_to_text (GQuark domain);
GQuark tai_advice_domain_from_text (const char *text); /* 0: none */
/* The code in one word, as the enum has it: "cash-short"; NULL: no such code. */
const char *tai_advice_code_to_text (GQuark domain, int code);
gboolean tai_advice_code_from_text (GQuark domain, const char *text, int *code);

/* What a program says to its caller (docs/guitaictl.md, "Exit codes"). */
typedef enum {
  TAI_EXIT_DONE = 0,
  TAI_EXIT_REFUSED = 1, /* a rule of the business says no */
  TAI_EXIT_USAGE = 2,   /* the call or the script is wrong */
  TAI_EXIT_HQ = 3,      /* headquarters was not reached, or said no */
  TAI_EXIT_DEVICE = 4,  /* reader or printer */
  TAI_EXIT_STORAGE = 5, /* disk, folder or database */
  TAI_EXIT_LOCKED = 6,  /* another program owns the state folder */
  TAI_EXIT_NOT_ENROLLED = 7,
  TAI_EXIT_WAITED = 8,   /* what was waited for did not come in time; it goes on by itself */
  TAI_EXIT_INTERNAL = 70 /* a fault of this program */
} TaiExitCode;
TaiExitCode tai_advice_exit_code (GQuark domain, int code);

G_END_DECLS
