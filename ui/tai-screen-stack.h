/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/**
 * TaiScreenStack: the screens of a window, each made when it is first asked for; one is shown. Which comes after which is the window's.
 *
 * Main thread. Signals "go" (int id, const char *text) and "next": of the screen that is shown, as TaiScreen's; what a screen says that
 * was left meanwhile is not handed on.
 */
#define TAI_TYPE_SCREEN_STACK (tai_screen_stack_get_type ())
G_DECLARE_FINAL_TYPE (TaiScreenStack, tai_screen_stack, TAI, SCREEN_STACK, GtkWidget)

TaiScreenStack *tai_screen_stack_new (TaiCounter *counter);
/* Made if it is not there yet; (transfer none). */
TaiScreen *tai_screen_stack_get (TaiScreenStack *self, TaiScreenId id);
gboolean tai_screen_stack_has (TaiScreenStack *self, TaiScreenId id);
/* (nullable): nothing was shown yet; then the id is the first one's, TAI_SCREEN_SIGN_IN. */
TaiScreen *tai_screen_stack_get_shown (TaiScreenStack *self);
TaiScreenId tai_screen_stack_get_shown_id (TaiScreenStack *self);
/* Leaves the one that is shown and enters @id, or resumes it (tai_screen_resume). @text: (nullable) for that one */
void tai_screen_stack_show (TaiScreenStack *self, TaiScreenId id, const char *text, gboolean is_back);

G_END_DECLS
