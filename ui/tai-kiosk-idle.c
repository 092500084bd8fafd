/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-kiosk-idle.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"

struct _TaiKioskIdle {
  GtkWidget parent;
  TaiClock *clock; /* (owned) */
  GtkWidget *box;  /* (owned) */
  GtkWidget *words, *bar, *more;
  GWeakRef before; /* who had the focus */
  guint quiet_s, answer_s, left_s, timer;
  gboolean is_watching, is_slow, is_counting;
};

G_DEFINE_FINAL_TYPE (TaiKioskIdle, tai_kiosk_idle, GTK_TYPE_WIDGET)

enum { SIGNAL_EXPIRED, SIGNAL_START_OVER, N_SIGNALS };
static guint signals[N_SIGNALS];

static void tick_cb (gpointer data);

static void
give_focus_back (TaiKioskIdle *self)
{
  g_autoptr (GtkWidget) before = g_weak_ref_get (&self->before);

  g_weak_ref_set (&self->before, NULL);
  if (before != NULL && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
}

static void
stop (TaiKioskIdle *self)
{
  if (self->is_counting)
    give_focus_back (self);
  if (self->timer != 0)
    tai_clock_cancel (self->clock, self->timer);
  self->timer = 0;
  self->is_counting = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show (TaiKioskIdle *self)
{
  g_autofree char *words =
      g_strdup_printf (ngettext ("What you entered is erased in %u second.",
                                 "What you entered is erased in %u seconds.", self->left_s),
                       self->left_s);

  gtk_label_set_text (GTK_LABEL (self->words), words);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), (double)self->left_s / self->answer_s);
}

static void
count (TaiKioskIdle *self)
{
  show (self);
  self->timer = tai_clock_after (self->clock, 1000, tick_cb, self);
}

static void
tick_cb (gpointer data)
{
  TaiKioskIdle *self = data;

  self->timer = 0;
  if (--self->left_s > 0) {
    count (self);
    return;
  }
  self->is_watching = FALSE;
  stop (self);
  g_signal_emit (self, signals[SIGNAL_EXPIRED], 0);
}

static void
quiet_cb (gpointer data)
{
  TaiKioskIdle *self = data;

  self->is_counting = TRUE;
  g_weak_ref_set (&self->before, gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  self->left_s = self->answer_s;
  count (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (self->more); /* a screen reader says it, and Enter is "more time" */
}

void
tai_kiosk_idle_touch (TaiKioskIdle *self)
{
  stop (self);
  if (self->is_watching)
    self->timer =
        tai_clock_after (self->clock, (gint64)self->quiet_s * 1000 * (self->is_slow ? 2 : 1), quiet_cb, self);
}

void
tai_kiosk_idle_set_watching (TaiKioskIdle *self, gboolean is_watching)
{
  self->is_watching = is_watching;
  tai_kiosk_idle_touch (self);
}

void
tai_kiosk_idle_set_slow (TaiKioskIdle *self, gboolean is_slow)
{
  self->is_slow = is_slow;
}

gboolean
tai_kiosk_idle_is_counting (TaiKioskIdle *self)
{
  return self->is_counting;
}

static void
start_over_cb (TaiKioskIdle *self)
{
  stop (self);
  g_signal_emit (self, signals[SIGNAL_START_OVER], 0);
}

static void
tai_kiosk_idle_dispose (GObject *object)
{
  TaiKioskIdle *self = TAI_KIOSK_IDLE (object);

  if (self->timer != 0)
    tai_clock_cancel (self->clock, self->timer);
  self->timer = 0;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (tai_kiosk_idle_parent_class)->dispose (object);
}

static void
tai_kiosk_idle_finalize (GObject *object)
{
  g_weak_ref_clear (&TAI_KIOSK_IDLE (object)->before);
  G_OBJECT_CLASS (tai_kiosk_idle_parent_class)->finalize (object);
}

static void
tai_kiosk_idle_class_init (TaiKioskIdleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_kiosk_idle_dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_kiosk_idle_finalize;
  signals[SIGNAL_EXPIRED] =
      g_signal_new ("expired", TAI_TYPE_KIOSK_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_START_OVER] = g_signal_new ("start-over", TAI_TYPE_KIOSK_IDLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "kioskidle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-idle.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskIdle, box);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskIdle, words);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskIdle, bar);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskIdle, more);
  gtk_widget_class_bind_template_callback (widget_class, tai_kiosk_idle_touch);
  gtk_widget_class_bind_template_callback (widget_class, start_over_cb);
}

static void
tai_kiosk_idle_init (TaiKioskIdle *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_weak_ref_init (&self->before, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (self->bar, _ ("Time left"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (click, "released", G_CALLBACK (tai_kiosk_idle_touch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
tai_kiosk_idle_new (TaiClock *clock, guint quiet_s, guint answer_s)
{
  TaiKioskIdle *self = g_object_new (TAI_TYPE_KIOSK_IDLE, NULL);

  g_return_val_if_fail (quiet_s > 0 && answer_s > 0, NULL);
  self->clock = g_object_ref (clock);
  self->quiet_s = quiet_s;
  self->answer_s = answer_s;
  return GTK_WIDGET (self);
}
