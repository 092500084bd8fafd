/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-code-page.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-operation-words.h"
#include "tai-words.h"

/* Device pixels: read by a telephone from half a metre, and by a counter's scanner from that telephone. */
#define QR_SIDE 330

struct _TaiKioskCodePage {
  TaiKioskPage parent;
  GtkBox *split;
  GtkImage *picture;
  GtkLabel *text, *what, *amount;
  GtkWidget *done;
};

G_DEFINE_FINAL_TYPE (TaiKioskCodePage, tai_kiosk_code_page, TAI_TYPE_KIOSK_PAGE)

static void
done_cb (TaiKioskCodePage *self)
{
  tai_screen_next (TAI_SCREEN (self));
}

static void
painted_cb (gpointer owner, TaiImage *image, guint n_pages, const GError *error)
{
  TaiKioskCodePage *self = owner;
  g_autoptr (GdkTexture) texture = NULL;

  if (image == NULL) { /* the text below says the same */
    g_message ("code: %s", error->message);
    return;
  }
  texture = gdk_memory_texture_new ((int)image->width, (int)image->height, GDK_MEMORY_R8G8B8A8, image->pixels,
                                    image->stride);
  gtk_image_set_from_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_image_set_pixel_size (self->picture, (int)image->width); /* as it was drawn: whole pixels a module */
  tai_image_free (image);
}

/* That something was prepared, and how much: without the number, the journal is no list of who was here. */
static void
note (TaiKioskCodePage *self, const TaiPrepared *draft)
{
  TaiCounterArgs *args = tai_counter_args_new ();
  g_autofree char *amount = tai_money_to_text (draft->amount);

  args->text = g_strdup ("kiosk_prepared");
  args->more = g_strdup_printf ("%s %s %s", draft->operation->id,
                                tai_currency_to_code (draft->amount.currency), amount);
  tai_counter_call (tai_screen_get_counter (TAI_SCREEN (self)), tai_do_note, args, NULL, NULL);
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiKioskCodePage *self = TAI_KIOSK_CODE_PAGE (screen);
  const TaiPrepared *draft = tai_kiosk_page_get_draft (TAI_KIOSK_PAGE (screen));
  TaiCounter *counter = tai_screen_get_counter (screen);
  g_autofree char *code = tai_prepared_to_text (draft);
  g_autofree char *number = tai_words_number (draft->msisdn);
  g_autofree char *amount = tai_words_money (draft->amount);
  g_autofree char *what =
      g_strdup_printf ("%s\n%s", tai_operation_words_get_title (draft->operation->id), number);

  gtk_label_set_text (self->text, code);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->amount, amount);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Code for the counter"), -1);
  tai_counter_paint_qr (counter, code, QR_SIDE, painted_cb, self);
  if (text == NULL)
    note (self, draft);
  tai_kiosk_page_set_split (TAI_KIOSK_PAGE (self), self->split);
  gtk_widget_grab_focus (self->done);
}

static void
tai_kiosk_code_page_class_init (TaiKioskCodePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TAI_SCREEN_CLASS (klass)->enter = enter;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/kiosk-code.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCodePage, split);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCodePage, picture);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCodePage, text);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCodePage, what);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCodePage, amount);
  gtk_widget_class_bind_template_child (widget_class, TaiKioskCodePage, done);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
tai_kiosk_code_page_init (TaiKioskCodePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
