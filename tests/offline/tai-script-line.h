/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"

G_BEGIN_DECLS

/**
 * TaiScriptLine: a TaiHeadquarters whose answers are written down before: each request takes the next one, at the next turn of
 * the main context. One request at a time; one that nobody has written an answer for ends the test.
 */
#define TAI_TYPE_SCRIPT_LINE (tai_script_line_get_type ())
G_DECLARE_FINAL_TYPE (TaiScriptLine, tai_script_line, TAI, SCRIPT_LINE, GObject)

TaiScriptLine *tai_script_line_new (void);
/* @status 0: the answer is lost on the way; 1: HQ was not reached. @etag, @body (nullable). */
void tai_script_line_say (TaiScriptLine *self, int status, const char *etag, const char *body);
/* "GET path [if-none-match]\n" each; the caller may cut it. (transfer none) */
GString *tai_script_line_get_asked (TaiScriptLine *self);
guint tai_script_line_get_n_left (TaiScriptLine *self);

G_END_DECLS
