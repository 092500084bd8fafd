/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of papers. Pages come one after the other; what comes for a paper that is not shown any more is dropped. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-paper-view.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"

struct _TaiPaperView {
  GtkWidget parent;
  GtkWidget *scroller; /* (owned) */
  GtkBox *pages;
  TaiCounter *counter;   /* (owned) (nullable) */
  TaiDocument *document; /* (owned) (nullable) */
  guint n_shown;
};

G_DEFINE_FINAL_TYPE (TaiPaperView, tai_paper_view, GTK_TYPE_WIDGET)

static void ask_page (TaiPaperView *self);

static void
add_page (TaiPaperView *self, const TaiImage *image)
{
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new ((int)image->width, (int)image->height,
                                                           GDK_MEMORY_R8G8B8A8, image->pixels, image->stride);
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
  g_autofree char *name = g_strdup_printf (_ ("Page %u of the paper"), self->n_shown + 1);

  /* as wide as there is room, and as high as that makes it */
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_valign (picture, GTK_ALIGN_START);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (picture, "paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (self->pages, picture);
}

static void
clear_pages (TaiPaperView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_box_remove (self->pages, child);
  self->n_shown = 0;
}

static void
say (TaiPaperView *self, const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (self->pages, label);
}

static void
painted_cb (gpointer owner, TaiImage *image, guint n_pages, const GError *error)
{
  TaiPaperView *self = owner;

  if (self->document == NULL) {
    g_clear_pointer (&image, tai_image_free);
    return;
  }
  if (image == NULL) {
    g_message ("paper: %s", error->message);
    say (self, _ ("The paper cannot be shown. What was printed is not touched by that."));
    return;
  }
  add_page (self, image);
  tai_image_free (image);
  if (++self->n_shown < n_pages)
    ask_page (self);
}

static void
ask_page (TaiPaperView *self)
{
  tai_counter_paint_document (self->counter, self->document, self->n_shown, painted_cb, self);
}

void
tai_paper_view_show (TaiPaperView *self, TaiCounter *counter, TaiDocument *document)
{
  clear_pages (self);
  g_clear_pointer (&self->document, tai_document_unref);
  g_set_object (&self->counter, counter);
  if (document == NULL)
    return;
  self->document = tai_document_ref (document);
  ask_page (self);
}

static void
tai_paper_view_dispose (GObject *object)
{
  TaiPaperView *self = TAI_PAPER_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->document, tai_document_unref);
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_paper_view_parent_class)->dispose (object);
}

static void
tai_paper_view_class_init (TaiPaperViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_paper_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "paperview");
}

static void
tai_paper_view_init (TaiPaperView *self)
{
  self->pages = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->scroller = gtk_scrolled_window_new ();
  tai_ui_name (self->scroller, _ ("Paper"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->pages));
  /* a page is as high as its width makes it, not as low as a picture can be */
  gtk_scrollable_set_vscroll_policy (
      GTK_SCROLLABLE (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller))),
      GTK_SCROLL_NATURAL);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
