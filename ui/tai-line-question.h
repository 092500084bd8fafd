/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * TaiLineQuestion: a dialog with one line to type, before something that is not undone. The yes can be pressed when something
 * stands there; Esc keeps all as it is. Main thread. All texts as people read them; borrowed for the call.
 * @name: what is to be typed; @hint: (nullable) stands in the empty line
 * @answered: only for the yes. @line is without blanks around it; borrowed
 */
typedef struct {
  const char *title, *body, *name, *hint, *yes, *no;
  void (*answered) (gpointer owner, const char *line);
} TaiLineQuestion;

/* Over the window of @owner; not answered any more when that has ended. */
void tai_line_question_ask (GtkWidget *owner, const TaiLineQuestion *question);

G_END_DECLS
