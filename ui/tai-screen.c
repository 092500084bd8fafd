/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all screens share: header, notice, calls to the counter. Main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-screen.h"

#include <glib/gi18n.h>

#include "tai-accessible.h"
#include "tai-scroller.h"
#include "tai-steady.h"

#define SPACING 8

typedef struct {
  TaiCounter *counter; /* (owned) */
  GtkWidget *all, *title, *steps, *notice, *notice_icon, *notice_words;
  GtkWidget *scroller, *body, *foot; /* where the subclass's own widgets go */
  gboolean is_shown, is_beginning;
} TaiScreenPrivate;

enum { PROP_COUNTER = 1, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { SIGNAL_GO, SIGNAL_NEXT, N_SIGNALS };
static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;
static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (TaiScreen, tai_screen, GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (TaiScreen)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static TaiScreenPrivate *
priv_of (TaiScreen *self)
{
  return tai_screen_get_instance_private (self);
}

TaiCounter *
tai_screen_get_counter (TaiScreen *self)
{
  return priv_of (self)->counter;
}

const TaiOrder *
tai_screen_get_order (TaiScreen *self)
{
  return tai_counter_get_order (priv_of (self)->counter);
}

gboolean
tai_screen_is_shown (TaiScreen *self)
{
  return priv_of (self)->is_shown;
}

void
tai_screen_call (TaiScreen *self, TaiCounterFunc func, TaiCounterArgs *args, TaiCounterDone done)
{
  const TaiOrder *order = tai_screen_get_order (self);

  if (args == NULL)
    args = tai_counter_args_new ();
  if (args->order.text[0] == '\0' && order != NULL)
    args->order = order->id;
  tai_counter_call (priv_of (self)->counter, func, args, done, self);
}

/* The notice ------------------------------------------------------------------------------------------------------------- */

static void
show_notice (TaiScreen *self, const char *words, const char *icon, const char *style)
{
  TaiScreenPrivate *priv = priv_of (self);
  const char *classes[] = {"notice", style, NULL};

  gtk_widget_set_css_classes (priv->notice, classes);
  gtk_image_set_from_icon_name (GTK_IMAGE (priv->notice_icon), icon);
  gtk_label_set_text (GTK_LABEL (priv->notice_words), words);
  gtk_widget_set_visible (priv->notice, TRUE);
}

void
tai_screen_show_problem (TaiScreen *self, const char *words)
{
  show_notice (self, words, "dialog-warning-symbolic", "problem");
}

void
tai_screen_show_hint (TaiScreen *self, const char *words)
{
  show_notice (self, words, "dialog-information-symbolic", "hint");
}

void
tai_screen_show_error (TaiScreen *self, const GError *error)
{
  TaiScreenPrivate *priv = priv_of (self);

  if (error == NULL) {
    tai_screen_clear_notice (self);
    return;
  }
  g_message ("%s: %s", G_OBJECT_TYPE_NAME (self), error->message);
  tai_screen_show_problem (self, tai_station_explain (tai_counter_get_station (priv->counter), error));
}

void
tai_screen_clear_notice (TaiScreen *self)
{
  gtk_widget_set_visible (priv_of (self)->notice, FALSE);
}

/* The header --------------------------------------------------------------------------------------------------------------- */

void
tai_screen_set_title (TaiScreen *self, const char *title)
{
  gtk_label_set_text (GTK_LABEL (priv_of (self)->title), title);
}

void
tai_screen_set_steps (TaiScreen *self, const char *markup, const char *words)
{
  TaiScreenPrivate *priv = priv_of (self);

  gtk_widget_set_visible (priv->steps, markup != NULL);
  if (markup == NULL)
    return;
  gtk_label_set_markup (GTK_LABEL (priv->steps), markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->steps), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/* Going --------------------------------------------------------------------------------------------------------------------- */

void
tai_screen_go (TaiScreen *self, TaiScreenId id, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_GO], 0, (int)id, text);
}

void
tai_screen_next (TaiScreen *self)
{
  g_signal_emit (self, signals[SIGNAL_NEXT], 0);
}

gboolean
tai_screen_is_beginning (TaiScreen *self)
{
  return priv_of (self)->is_beginning;
}

void
tai_screen_set_beginning (TaiScreen *self, gboolean is_beginning)
{
  priv_of (self)->is_beginning = is_beginning;
}

void
tai_screen_take_focus (TaiScreen *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tai_ui_name (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (priv_of (self)->title)));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
tai_screen_go_back (TaiScreen *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "counter.key", "i", (gint32)TAI_KEY_BACK);
}

void
tai_screen_keys_changed (TaiScreen *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "counter.keys-changed", NULL);
}

void
tai_screen_enter (TaiScreen *self, const char *text)
{
  priv_of (self)->is_shown = TRUE;
  tai_screen_clear_notice (self);
  if (TAI_SCREEN_GET_CLASS (self)->enter != NULL)
    TAI_SCREEN_GET_CLASS (self)->enter (self, text);
}

void
tai_screen_resume (TaiScreen *self, const char *text)
{
  if (TAI_SCREEN_GET_CLASS (self)->resume == NULL) {
    tai_screen_enter (self, text);
    return;
  }
  priv_of (self)->is_shown = TRUE;
  tai_screen_clear_notice (self);
  TAI_SCREEN_GET_CLASS (self)->resume (self);
}

void
tai_screen_leave (TaiScreen *self)
{
  priv_of (self)->is_shown = FALSE;
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  if (TAI_SCREEN_GET_CLASS (self)->leave != NULL)
    TAI_SCREEN_GET_CLASS (self)->leave (self);
}

void
tai_screen_update (TaiScreen *self)
{
  if (TAI_SCREEN_GET_CLASS (self)->update != NULL)
    TAI_SCREEN_GET_CLASS (self)->update (self);
}

void
tai_screen_figures_changed (TaiScreen *self)
{
  if (TAI_SCREEN_GET_CLASS (self)->figures_changed != NULL)
    TAI_SCREEN_GET_CLASS (self)->figures_changed (self);
}

gboolean
tai_screen_back (TaiScreen *self)
{
  return TAI_SCREEN_GET_CLASS (self)->back != NULL && TAI_SCREEN_GET_CLASS (self)->back (self);
}

gboolean
tai_screen_scanned (TaiScreen *self, const char *text)
{
  return TAI_SCREEN_GET_CLASS (self)->scanned != NULL && TAI_SCREEN_GET_CLASS (self)->scanned (self, text);
}

gboolean
tai_screen_press (TaiScreen *self, TaiKey key)
{
  return TAI_SCREEN_GET_CLASS (self)->press != NULL && TAI_SCREEN_GET_CLASS (self)->press (self, key);
}

gboolean
tai_screen_takes (TaiScreen *self, TaiKey key)
{
  const TaiScreenClass *klass = TAI_SCREEN_GET_CLASS (self);

  if (klass->takes != NULL)
    return klass->takes (self, key);
  return klass->press != NULL && key == TAI_KEY_PRINT;
}

/* The object ---------------------------------------------------------------------------------------------------------------- */

static void
tai_screen_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_COUNTER)
    priv_of (TAI_SCREEN (object))->counter = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
tai_screen_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_COUNTER)
    g_value_set_object (value, priv_of (TAI_SCREEN (object))->counter);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
tai_screen_dispose (GObject *object)
{
  g_clear_pointer (&priv_of (TAI_SCREEN (object))->all, gtk_widget_unparent);
  g_clear_object (&priv_of (TAI_SCREEN (object))->counter);
  G_OBJECT_CLASS (tai_screen_parent_class)->dispose (object);
}

static void
tai_screen_class_init (TaiScreenClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = tai_screen_set_property;
  object_class->get_property = tai_screen_get_property;
  object_class->dispose = tai_screen_dispose;
  props[PROP_COUNTER] =
      g_param_spec_object ("counter", NULL, NULL, TAI_TYPE_COUNTER,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_GO] = g_signal_new ("go", TAI_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[SIGNAL_NEXT] =
      g_signal_new ("next", TAI_TYPE_SCREEN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  tai_steady_teach (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "screen");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

/* A subclass's template: what is of type "foot" never scrolls away and stands at the bottom; "after": the same, but right below the rest. */
static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  TaiScreenPrivate *priv = priv_of (TAI_SCREEN (buildable));

  if (!GTK_IS_WIDGET (child)) {
    parent_buildable->add_child (buildable, builder, child, type);
    return;
  }
  if (g_strcmp0 (type, "foot") == 0 || g_strcmp0 (type, "after") == 0) {
    gtk_box_append (GTK_BOX (priv->foot), GTK_WIDGET (child));
    gtk_widget_set_visible (priv->foot, TRUE);
    gtk_widget_set_vexpand (priv->scroller, g_str_equal (type, "foot"));
  } else
    gtk_box_append (GTK_BOX (priv->body), GTK_WIDGET (child));
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static GtkWidget *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
add_notice (TaiScreenPrivate *priv)
{
  GtkWidget *words = gtk_label_new (NULL), *steady = tai_steady_new (words);

  priv->notice =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, "spacing", SPACING, NULL);
  priv->notice_icon = gtk_image_new ();
  priv->notice_words = words;
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_set_hexpand (steady, TRUE);
  gtk_box_append (GTK_BOX (priv->notice), priv->notice_icon);
  gtk_box_append (GTK_BOX (priv->notice), steady);
  gtk_box_append (GTK_BOX (priv->all), priv->notice);
  gtk_widget_set_visible (priv->notice, FALSE);
}

/* What does not fit, in large text on a small screen, is scrolled to; title, notice and foot stay. */
static void
add_body (TaiScreenPrivate *priv)
{
  priv->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  priv->scroller = tai_scroller_new (priv->body);
  gtk_widget_set_vexpand (priv->scroller, TRUE);
  gtk_box_append (GTK_BOX (priv->all), priv->scroller);
  priv->foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_set_visible (priv->foot, FALSE);
  gtk_box_append (GTK_BOX (priv->all), priv->foot);
}

static void
tai_screen_init (TaiScreen *self)
{
  TaiScreenPrivate *priv = priv_of (self);

  priv->all = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_set_parent (priv->all, GTK_WIDGET (self));
  priv->steps = add_label (priv->all, "steps");
  gtk_widget_set_visible (priv->steps, FALSE);
  priv->title = add_label (priv->all, "title-2");
  add_notice (priv);
  add_body (priv);
}
