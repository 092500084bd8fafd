/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * The one way from a text to an enum, for core's files only: an exact match in the enum's own table of texts, else
 * TAI_CORE_ERROR_STATE_TEXT that names @what and the beginning of the text. Never a default. Any thread.
 */
gboolean tai_text_find (const char *what, const char *const *texts, guint n, const char *text, guint *value,
                        GError **error);
