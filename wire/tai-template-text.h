/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-template.h"
#include "tai-wire-error.h"

G_BEGIN_DECLS

/*
 * The text of a template: JSON as docs/template.md tells. Strict: what is not known is refused, and all reasons are told
 * at once, because who wrote it is not who waits at the counter.
 */
#define TAI_TEMPLATE_TEXT_FORMAT 1

/* Errors: SIZE; SYNTAX and its like of the text as such; VALUE: the message has all reasons, one a line. (transfer full) */
TaiTemplate *tai_template_from_text (GBytes *text, GError **error);

G_END_DECLS
