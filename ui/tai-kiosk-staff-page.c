/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-staff-page.h"

#include <glib/gi18n.h>

#include "tai-digit-field.h"
#include "tai-do.h"
#include "tai-number-pad.h"
#include "tai-proof-entry.h"

struct _TaiKioskStaffPage {
  TaiKioskPage parent;
  GtkBox *split;
  AdwBin *number_place, *pin_place, *pad_place;
  TaiDigitField *number;
  TaiProofEntry *pin;
  TaiNumberPad *pad;
  GtkWidget *leave;
};

G_DEFINE_FINAL_TYPE (TaiKioskStaffPage, tai_kiosk_staff_page, TAI_TYPE_KIOSK_PAGE)

static gboolean
check_rights (const TaiStaff *staff, GError **error)
{
  return tai_staff_check_right (staff, TAI_RIGHT_OPERATE, NULL) ||
         tai_staff_check_right (staff, TAI_RIGHT_CLOSE_OTHERS, NULL) ||
         tai_staff_check_right (staff, TAI_RIGHT_TILL, error);
}

/* One job, so that nobody stays signed in at a kiosk whatever becomes of the page meanwhile. Thread: the worker. */
static gboolean
do_leave (TaiCounterSession *s, TaiCounterArgs *a, GError **error)
{
  gboolean may;

  if (!tai_do_sign_in (s, a, error))
    return FALSE;
  may = check_rights (tai_desk_get_staff (s->desk), error) &&
        tai_desk_note (s->desk, "kiosk_ended", a->text, NULL, error);
  tai_do_sign_out (s, a, NULL);
  return may;
}

static void
left_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiKioskStaffPage *self = owner;

  gtk_widget_set_sensitive (self->leave, TRUE);
  tai_proof_entry_take_answer (self->pin, args, error);
  if (error != NULL) {
    tai_screen_show_error (TAI_SCREEN (self), error);
    return;
  }
  tai_screen_next (TAI_SCREEN (self));
}

static void
leave_cb (TaiKioskStaffPage *self)
{
  TaiCounterArgs *args;

  if (!gtk_widget_get_sensitive (self->leave) || *tai_digit_field_get_text (self->number) == '\0' ||
      !tai_proof_entry_is_filled (self->pin))
    return;
  args = tai_counter_args_new ();
  args->text = g_strdup (tai_digit_field_get_text (self->number));
  args->secret = tai_proof_entry_steal (self->pin);
  gtk_widget_set_sensitive (self->leave, FALSE);
  tai_screen_clear_notice (TAI_SCREEN (self));
  tai_screen_call (TAI_SCREEN (self), do_leave, args, left_cb);
}

static void
number_activate_cb (TaiKioskStaffPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->pin));
}

/* The pad types where the focus was last. */
static void
focus_cb (GtkEventControllerFocus *controller, TaiKioskStaffPage *self)
{
  tai_number_pad_set_target (self->pad, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
}

static void
follow_focus (TaiKioskStaffPage *self, GtkWidget *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (focus, "enter", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (field, focus);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiKioskStaffPage *self = TAI_KIOSK_STAFF_PAGE (screen);

  tai_kiosk_page_set_split (TAI_KIOSK_PAGE (self), self->split);
  gtk_widget_grab_focus (GTK_WIDGET (self->number));
}

static void
leave (TaiScreen *screen)
{
  TaiKioskStaffPage *self = TAI_KIOSK_STAFF_PAGE (screen);

  tai_proof_entry_clear (self->pin);
  tai_digit_field_clear (self->number);
}

static void
tai_kiosk_staff_page_class_init (TaiKioskStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-staff.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskStaffPage, split);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskStaffPage, number_place);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskStaffPage, pin_place);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskStaffPage, pad_place);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskStaffPage, leave);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
tai_kiosk_staff_page_init (TaiKioskStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->number = TAI_DIGIT_FIELD (tai_digit_field_new (_ ("Staff number"), TAI_DIGIT_PLAIN));
  self->pin = TAI_PROOF_ENTRY (tai_proof_entry_new (_ ("PIN")));
  self->pad = TAI_NUMBER_PAD (tai_number_pad_new (TAI_NUMBER_PAD_PIN));
  adw_bin_set_child (self->number_place, GTK_WIDGET (self->number));
  adw_bin_set_child (self->pin_place, GTK_WIDGET (self->pin));
  adw_bin_set_child (self->pad_place, GTK_WIDGET (self->pad));
  tai_number_pad_set_target (self->pad, GTK_WIDGET (self->number));
  follow_focus (self, GTK_WIDGET (self->number));
  follow_focus (self, GTK_WIDGET (self->pin));
  g_signal_connect_swapped (self->number, "activate", G_CALLBACK (number_activate_cb), self);
  g_signal_connect_swapped (self->pin, "activate", G_CALLBACK (leave_cb), self);
}
