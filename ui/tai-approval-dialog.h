/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-approval.h"
#include "tai-counter.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * tai_approval_dialog_ask:
 * @call: a verb that needs a second person's yes; it is answered from here
 *
 * Over @parent: what it is about, who may say yes (chosen first), then the PIN. With the yes the verb is called again; when the
 * dialog is closed, the verb's own error comes back to who called it. Main thread.
 */
void tai_approval_dialog_ask (GtkWindow *parent, TaiCounter *counter, TaiCounterCall *call);
/* The act, and the amount that it is about. (transfer full) */
char *tai_approval_dialog_describe (const TaiApproval *asked);
/* What was scanned while it asks: a badge chooses who approves. FALSE: nothing is asked over @parent. */
gboolean tai_approval_dialog_take_scan (GtkWindow *parent, const char *text);

G_END_DECLS
