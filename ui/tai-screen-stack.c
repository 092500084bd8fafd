/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-screen-stack.h"

#include "tai-steady.h"
#include "tai-widget.h"

struct _TaiScreenStack {
  GtkWidget parent;
  TaiCounter *counter; /* (owned) */
  GtkStack *pages;
  TaiScreen *screens[TAI_N_SCREENS]; /* (nullable) */
  TaiScreenId shown;
};

enum { SIGNAL_GO, SIGNAL_NEXT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TaiScreenStack, tai_screen_stack, GTK_TYPE_WIDGET)

static void
go_cb (TaiScreen *screen, int id, const char *text, TaiScreenStack *self)
{
  if (screen == self->screens[self->shown])
    g_signal_emit (self, signals[SIGNAL_GO], 0, id, text);
}

static void
next_cb (TaiScreen *screen, TaiScreenStack *self)
{
  if (screen == self->screens[self->shown])
    g_signal_emit (self, signals[SIGNAL_NEXT], 0);
}

TaiScreen *
tai_screen_stack_get (TaiScreenStack *self, TaiScreenId id)
{
  TaiScreen *screen;

  g_return_val_if_fail (TAI_IS_SCREEN_STACK (self) && id < TAI_N_SCREENS, NULL);
  screen = self->screens[id];
  if (screen != NULL)
    return screen;
  self->screens[id] = screen = tai_screen_new (id, self->counter);
  tai_screen_set_title (screen, tai_screen_id_get_title (id));
  gtk_stack_add_named (self->pages, GTK_WIDGET (screen), tai_screen_id_to_name (id));
  g_signal_connect (screen, "go", G_CALLBACK (go_cb), self);
  g_signal_connect (screen, "next", G_CALLBACK (next_cb), self);
  return screen;
}

gboolean
tai_screen_stack_has (TaiScreenStack *self, TaiScreenId id)
{
  return self->screens[id] != NULL;
}

TaiScreen *
tai_screen_stack_get_shown (TaiScreenStack *self)
{
  return self->screens[self->shown];
}

TaiScreenId
tai_screen_stack_get_shown_id (TaiScreenStack *self)
{
  return self->shown;
}

void
tai_screen_stack_show (TaiScreenStack *self, TaiScreenId id, const char *text, gboolean is_back)
{
  TaiScreen *before = self->screens[self->shown], *screen = tai_screen_stack_get (self, id);
  g_autofree char *kept = g_strdup (text); /* it may be the one's that is left */

  if (before != NULL)
    tai_screen_leave (before);
  self->shown = id;
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (screen));
  if (is_back)
    tai_screen_resume (screen, kept);
  else
    tai_screen_enter (screen, kept);
}

static void
tai_screen_stack_dispose (GObject *object)
{
  TaiScreenStack *self = TAI_SCREEN_STACK (object);

  tai_widget_unparent_children (GTK_WIDGET (self));
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_screen_stack_parent_class)->dispose (object);
}

static void
tai_screen_stack_class_init (TaiScreenStackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_screen_stack_dispose;
  tai_steady_teach (GTK_WIDGET_CLASS (klass));
  signals[SIGNAL_GO] = g_signal_new ("go", TAI_TYPE_SCREEN_STACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[SIGNAL_NEXT] =
      g_signal_new ("next", TAI_TYPE_SCREEN_STACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tai_screen_stack_init (TaiScreenStack *self)
{
  self->shown = TAI_SCREEN_SIGN_IN;
  self->pages = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->pages, FALSE);
  gtk_stack_set_vhomogeneous (self->pages, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->pages), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->pages), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->pages), GTK_WIDGET (self));
}

TaiScreenStack *
tai_screen_stack_new (TaiCounter *counter)
{
  TaiScreenStack *self = g_object_new (TAI_TYPE_SCREEN_STACK, NULL);

  self->counter = g_object_ref (counter);
  return self;
}
