/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two PIN entries in one place: the second comes instead of the first when it is needed, so that no page grows. Whether it is, the desk says: this knows no staff. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-proof-entry.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"
#include "tai-pad-target.h"
#include "tai-pin-entry.h"
#include "tai-proof.h"

struct _TaiProofEntry {
  GtkBox parent;
  TaiPinEntry *pin, *code;
  GtkLabel *title;
  char *label; /* (owned) of the PIN */
  char *kept;  /* (owned) (nullable) the PIN while the code is asked for */
};

static void pad_target_init (TaiPadTargetInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiProofEntry, tai_proof_entry, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAD_TARGET, pad_target_init))

static TaiPinEntry *
get_asked (TaiProofEntry *self)
{
  return self->kept != NULL ? self->code : self->pin;
}

static void
show_code (TaiProofEntry *self, gboolean shown)
{
  gtk_label_set_text (self->title, shown ? _ ("Code of the code device, 6 digits") : self->label);
  gtk_widget_set_visible (GTK_WIDGET (self->pin), !shown);
  gtk_widget_set_visible (GTK_WIDGET (self->code), shown);
}

static void
forget (TaiProofEntry *self)
{
  g_clear_pointer (&self->kept, tai_pin_free);
  show_code (self, FALSE);
}

static void
activate_cb (TaiProofEntry *self)
{
  g_signal_emit_by_name (self, "activate");
}

gboolean
tai_proof_entry_is_filled (TaiProofEntry *self)
{
  g_return_val_if_fail (TAI_IS_PROOF_ENTRY (self), FALSE);
  return tai_pin_entry_get_n_digits (get_asked (self)) > 0;
}

char *
tai_proof_entry_steal (TaiProofEntry *self)
{
  char *code, *proof;

  g_return_val_if_fail (TAI_IS_PROOF_ENTRY (self), NULL);
  if (self->kept == NULL)
    return tai_pin_entry_steal_pin (self->pin);
  code = tai_pin_entry_steal_pin (self->code);
  proof = g_strdup_printf ("%s %s", self->kept, code);
  tai_pin_free (code);
  forget (self);
  return proof;
}

static gboolean
asks_for_code (const GError *error)
{
  return error != NULL && error->domain == TAI_CORE_ERROR &&
         (error->code == TAI_CORE_ERROR_CODE_NEEDED || error->code == TAI_CORE_ERROR_CODE_WRONG ||
          error->code == TAI_CORE_ERROR_CODE_USED || error->code == TAI_CORE_ERROR_CODE_CLOCK);
}

void
tai_proof_entry_take_answer (TaiProofEntry *self, TaiCounterArgs *args, const GError *error)
{
  g_return_if_fail (TAI_IS_PROOF_ENTRY (self));
  if (asks_for_code (error) && args->secret != NULL) {
    tai_proof_drop_code (args->secret);
    g_clear_pointer (&self->kept, tai_pin_free);
    self->kept = g_steal_pointer (&args->secret);
    show_code (self, TRUE);
  }
  if (error != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (get_asked (self)));
}

void
tai_proof_entry_clear (TaiProofEntry *self)
{
  g_return_if_fail (TAI_IS_PROOF_ENTRY (self));
  forget (self);
  tai_pin_entry_clear (self->pin);
  tai_pin_entry_clear (self->code);
}

void
tai_proof_entry_set_label (TaiProofEntry *self, const char *label)
{
  g_return_if_fail (TAI_IS_PROOF_ENTRY (self));
  g_free (self->label);
  self->label = g_strdup (label);
  tai_pin_entry_set_label (self->pin, label);
  show_code (self, self->kept != NULL);
}

GtkWidget *
tai_proof_entry_new (const char *label)
{
  TaiProofEntry *self = g_object_new (TAI_TYPE_PROOF_ENTRY, NULL);

  tai_proof_entry_set_label (self, label);
  return GTK_WIDGET (self);
}

static void
append (TaiPadTarget *target, const char *text)
{
  tai_pad_target_append (GTK_WIDGET (get_asked (TAI_PROOF_ENTRY (target))), text);
}

static void
backspace (TaiPadTarget *target)
{
  tai_pad_target_backspace (GTK_WIDGET (get_asked (TAI_PROOF_ENTRY (target))));
}

static void
confirm (TaiPadTarget *target)
{
  tai_pad_target_confirm (GTK_WIDGET (get_asked (TAI_PROOF_ENTRY (target))));
}

static void
pad_target_init (TaiPadTargetInterface *iface)
{
  iface->append = append;
  iface->backspace = backspace;
  iface->clear = (void (*) (TaiPadTarget *))tai_proof_entry_clear;
  iface->confirm = confirm;
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (get_asked (TAI_PROOF_ENTRY (widget))));
}

static void
dispose (GObject *object)
{
  TaiProofEntry *self = TAI_PROOF_ENTRY (object);

  g_clear_pointer (&self->kept, tai_pin_free);
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (tai_proof_entry_parent_class)->dispose (object);
}

static void
tai_proof_entry_class_init (TaiProofEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = grab_focus;
  g_signal_new ("activate", TAI_TYPE_PROOF_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tai_proof_entry_init (TaiProofEntry *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 12);
  self->pin = TAI_PIN_ENTRY (tai_pin_entry_new (_ ("PIN"), TAI_PIN_ENTRY_DIGITS_MAX));
  self->code = TAI_PIN_ENTRY (tai_pin_entry_new (_ ("Code of the code device"), TAI_TOTP_DIGITS));
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_wrap (self->title, TRUE);
  gtk_box_append (box, GTK_WIDGET (self->title));
  gtk_box_append (box, GTK_WIDGET (self->pin));
  gtk_box_append (box, GTK_WIDGET (self->code));
  tai_proof_entry_set_label (self, _ ("PIN"));
  g_signal_connect_swapped (self->pin, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->code, "activate", G_CALLBACK (activate_cb), self);
}
