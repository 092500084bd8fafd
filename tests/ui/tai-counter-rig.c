/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-counter-rig.h"

#include <string.h>

#include "tai-do.h"
#include "tai-fake-executor.h"
#include "tai-ui-rig.h"
#include "tai-ui.h"

/* A painter of white squares ------------------------------------------------------------------------------------------------ */

#define RIG_TYPE_PREVIEW (rig_preview_get_type ())
G_DECLARE_FINAL_TYPE (RigPreview, rig_preview, RIG, PREVIEW, GObject)
struct _RigPreview {
  GObject parent;
};

static TaiImage *
draw_square (guint side)
{
  gsize size = (gsize)side * side * 4;
  guint8 *pixels = g_malloc (size);

  memset (pixels, 0xff, size);
  return tai_image_new (side, side, (gsize)side * 4, g_bytes_new_take (pixels, size));
}

static TaiImage *
draw_document (TaiPreview *preview, TaiDocument *document, guint page, guint *n_pages, GError **error)
{
  *n_pages = 1;
  return draw_square (100);
}

static TaiImage *
draw_qr (TaiPreview *preview, const char *payload, guint side, GError **error)
{
  return draw_square (side);
}

static void
preview_init (TaiPreviewInterface *iface)
{
  iface->draw_document = draw_document;
  iface->draw_qr = draw_qr;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RigPreview, rig_preview, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PREVIEW, preview_init))

static void
rig_preview_class_init (RigPreviewClass *klass)
{
}

static void
rig_preview_init (RigPreview *self)
{
}

/* The rig -------------------------------------------------------------------------------------------------------------------- */

static TaiCounter *
make_counter (TaiCounterRig *self)
{
  g_autoptr (TaiFakeExecutor) executor = tai_fake_executor_new_inline ();
  g_autoptr (RigPreview) preview = g_object_new (RIG_TYPE_PREVIEW, NULL);
  TaiCounterPorts ports = {.desk = self->desk->desk,
                           .store = TAI_VISIT_STORE (self->desk->store),
                           .prints = TAI_PRINT_QUEUE (self->desk->store),
                           .worker = TAI_EXECUTOR (executor),
                           .painter = TAI_EXECUTOR (executor),
                           .preview = TAI_PREVIEW (preview),
                           .station = TAI_STATION (self->station),
                           .directory = TAI_DIRECTORY (self->directory),
                           .clock = TAI_CLOCK (self->desk->clock),
                           .keys = self->keys};

  return tai_counter_new (&ports);
}

static TaiScreen *
find_shown (GtkWidget *top)
{
  if (TAI_IS_SCREEN (top))
    return tai_screen_is_shown (TAI_SCREEN (top)) ? TAI_SCREEN (top) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    TaiScreen *found = find_shown (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

TaiScreen *
tai_counter_rig_get_screen (TaiCounterRig *self)
{
  TaiScreen *screen = find_shown (self->window);

  g_assert_nonnull (screen);
  return screen;
}

TaiCounterRig *
tai_counter_rig_new (void)
{
  TaiCounterRig *self = g_new0 (TaiCounterRig, 1);

  tai_ui_init ();
  self->desk = tai_desk_rig_new ();
  tai_desk_rig_start_day (self->desk);
  self->station = tai_fake_station_new ();
  self->keys = tai_key_map_new (NULL);
  self->directory = tai_fake_directory_new ();
  self->counter = make_counter (self);
  self->window = GTK_WIDGET (tai_counter_window_new (NULL, self->counter));
  tai_counter_refresh (self->counter);
  gtk_window_present (GTK_WINDOW (self->window));
  TAI_UI_WAIT (gtk_widget_get_mapped (self->window) && gtk_window_is_active (GTK_WINDOW (self->window)));
  tai_screen_next (tai_counter_rig_get_screen (self));
  tai_ui_rig_pass_ms (60);
  return self;
}

void
tai_counter_rig_free (TaiCounterRig *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  tai_ui_rig_pass_ms (30);
  g_object_unref (self->counter);
  g_object_unref (self->keys);
  g_object_unref (self->station);
  g_object_unref (self->directory);
  tai_desk_rig_free (self->desk);
  g_free (self);
}

void
tai_counter_rig_go (TaiCounterRig *self, TaiScreenId id, const char *text)
{
  tai_screen_go (tai_counter_rig_get_screen (self), id, text);
  tai_ui_rig_pass_ms (60);
}

void
tai_counter_rig_press (TaiCounterRig *self, TaiKey key)
{
  gtk_widget_activate_action (self->window, "counter.key", "i", (gint32)key);
  tai_ui_rig_pass_ms (60);
}

void
tai_counter_rig_sign_in (TaiCounterRig *self, const char *number)
{
  tai_desk_sign_out (self->desk->desk);
  tai_desk_rig_sign_in (self->desk, number);
  tai_counter_refresh (self->counter);
  tai_ui_rig_pass_ms (30);
}

static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return NULL;
}

GtkWidget *
tai_counter_rig_find (GtkWidget *top, const char *text)
{
  const char *own = text_of (top);

  if (!gtk_widget_get_mapped (top))
    return NULL;
  if (own != NULL && g_str_has_prefix (own, text))
    return top;
  for (GtkWidget *child = gtk_widget_get_first_child (top); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = tai_counter_rig_find (child, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

void
tai_counter_rig_do (TaiCounterRig *self, TaiCounterFunc func, TaiCounterArgs *args)
{
  tai_counter_call (self->counter, func, args, NULL, NULL);
  tai_ui_rig_pass_ms (30);
}

TaiCounterArgs *
tai_counter_rig_args (TaiCounterRig *self, const char *text)
{
  TaiCounterArgs *args = tai_counter_args_new ();
  const TaiOrder *order = tai_counter_get_order (self->counter);

  args->text = g_strdup (text);
  if (order != NULL)
    args->order = order->id;
  return args;
}

void
tai_counter_rig_add_top_up (TaiCounterRig *self, gint64 fen)
{
  TaiCounterArgs *args;
  const TaiVisitView *visit;

  tai_counter_rig_do (self, tai_do_add_order, tai_counter_rig_args (self, "top_up"));
  visit = tai_counter_get_visit (self->counter);
  tai_counter_set_order (self->counter, &((const TaiOrder *)g_ptr_array_index (visit->orders, 0))->id);
  tai_counter_rig_do (self, tai_do_set_target, tai_counter_rig_args (self, RIG_TARGET));
  args = tai_counter_rig_args (self, NULL);
  args->amount = CNY (fen);
  tai_counter_rig_do (self, tai_do_set_amount, args);
}
