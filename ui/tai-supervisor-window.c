/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The supervisor's window: a few of the counter's screens without its flow. Esc goes back the way one came. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-supervisor-window.h"

#include <glib/gi18n.h>

#include "tai-do.h"
#include "tai-idle-lock.h"
#include "tai-key-bar.h"
#include "tai-key-binding.h"
#include "tai-scan-catcher.h"
#include "tai-scan.h"
#include "tai-screen-stack.h"
#include "tai-status-bar.h"
#include "tai-steady.h"

#define MAX_WAY 16

struct _TaiSupervisorWindow {
  AdwApplicationWindow parent;
  TaiCounter *counter; /* (owned) */
  TaiScreenStack *stack;
  TaiKeyBinding *keys;      /* (owned) */
  TaiScreenId way[MAX_WAY]; /* how one came here; the last is where Esc goes */
  guint n_way;
  TaiIdleLock *idle_lock;  /* (owned) */
  TaiScanCatcher *scanner; /* (owned) */
};

G_DEFINE_FINAL_TYPE (TaiSupervisorWindow, tai_supervisor_window, ADW_TYPE_APPLICATION_WINDOW)

static const TaiKey verbs[] = {TAI_KEY_HELP, TAI_KEY_FIND, TAI_KEY_PRINT, TAI_KEY_BACK, TAI_KEY_LOCK};
static const TaiScreenId places[] = {TAI_SCREEN_SIGN_IN,    TAI_SCREEN_REPORT,     TAI_SCREEN_MOVEMENTS,
                                     TAI_SCREEN_ORDERS,     TAI_SCREEN_ORDER,      TAI_SCREEN_RECEIPT,
                                     TAI_SCREEN_LINE,       TAI_SCREEN_JOURNAL,    TAI_SCREEN_TILL_SLIP,
                                     TAI_SCREEN_DIFFERENCE, TAI_SCREEN_HALL_CLOSE, TAI_SCREEN_FINDINGS};

/* Going ------------------------------------------------------------------------------------------------------------------ */

static gboolean
is_place (TaiScreenId id)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] == id)
      return TRUE;
  return FALSE;
}

static void
show_screen (TaiSupervisorWindow *self, TaiScreenId id, const char *text)
{
  if (tai_screen_id_needs_staff (id) &&
      (tai_counter_get_staff (self->counter) == NULL || tai_counter_is_locked (self->counter)))
    id = TAI_SCREEN_SIGN_IN;
  tai_screen_stack_show (self->stack, id, text, FALSE);
}

/* Home again cuts the way. */
static void
go_cb (TaiScreenStack *stack, int id, const char *text, TaiSupervisorWindow *self)
{
  if (!is_place (id))
    return;
  if (id == TAI_SCREEN_REPORT)
    self->n_way = 0;
  else if (self->n_way < MAX_WAY)
    self->way[self->n_way++] = tai_screen_stack_get_shown_id (self->stack);
  show_screen (self, id, text);
}

/* Signed in. */
static void
next_cb (TaiScreenStack *stack, TaiSupervisorWindow *self)
{
  self->n_way = 0;
  show_screen (self, TAI_SCREEN_REPORT, NULL);
}

static void
go_back (TaiSupervisorWindow *self)
{
  if (tai_screen_stack_get_shown_id (self->stack) == TAI_SCREEN_SIGN_IN ||
      tai_screen_back (tai_screen_stack_get_shown (self->stack)))
    return;
  if (tai_screen_stack_get_shown_id (self->stack) != TAI_SCREEN_REPORT)
    show_screen (self, self->n_way > 0 ? self->way[--self->n_way] : TAI_SCREEN_REPORT, NULL);
}

/* Keys ------------------------------------------------------------------------------------------------------------------- */

static void
show_help (TaiSupervisorWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), tai_screen_id_get_title (tai_screen_stack_get_shown_id (self->stack)),
      tai_screen_id_get_help (tai_screen_stack_get_shown_id (self->stack)));

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
locked_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiSupervisorWindow *self = owner;
  const TaiStaff *staff = tai_counter_get_staff (self->counter);

  show_screen (self, TAI_SCREEN_SIGN_IN, staff != NULL ? staff->number : NULL);
}

static void
key_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  TaiSupervisorWindow *self = TAI_SUPERVISOR_WINDOW (widget);
  TaiKey key = (TaiKey)g_variant_get_int32 (parameter);

  if (key == TAI_KEY_HELP)
    show_help (self);
  else if (key == TAI_KEY_BACK)
    go_back (self);
  else if (tai_screen_stack_get_shown_id (self->stack) == TAI_SCREEN_SIGN_IN ||
           tai_screen_press (tai_screen_stack_get_shown (self->stack), key))
    return;
  else if (key == TAI_KEY_FIND && tai_screen_stack_get_shown_id (self->stack) != TAI_SCREEN_ORDERS)
    go_cb (self->stack, TAI_SCREEN_ORDERS, NULL, self);
  else if (key == TAI_KEY_LOCK)
    tai_counter_call (self->counter, tai_do_lock, NULL, locked_cb, self);
}

static void
figures_changed_cb (TaiSupervisorWindow *self)
{
  TaiScreen *screen = tai_screen_stack_get_shown (self->stack);

  if (screen != NULL)
    tai_screen_figures_changed (screen);
}

/* A badge at the sign-in, a receipt wherever it lies: anything else is not asked for at this desk. */
static void
scanned_cb (TaiScanCatcher *catcher, const char *text, TaiSupervisorWindow *self)
{
  TaiScreen *screen = tai_screen_stack_get_shown (self->stack);
  gboolean is_inside = tai_screen_id_needs_staff (tai_screen_stack_get_shown_id (self->stack));

  if (!gtk_window_is_active (GTK_WINDOW (self)) || tai_screen_scanned (screen, text) || !is_inside)
    return;
  if (tai_scan_classify (text, NULL) == TAI_SCAN_RECEIPT)
    go_cb (self->stack, TAI_SCREEN_RECEIPT, text, self);
  else
    tai_screen_show_hint (screen, _ ("This code is not asked for here. Nothing was changed."));
}

/* The window --------------------------------------------------------------------------------------------------------------- */

static void
tai_supervisor_window_dispose (GObject *object)
{
  TaiSupervisorWindow *self = TAI_SUPERVISOR_WINDOW (object);

  g_clear_pointer (&self->idle_lock, tai_idle_lock_free);
  g_clear_pointer (&self->keys, tai_key_binding_free);
  g_clear_object (&self->scanner);
  if (self->counter != NULL)
    g_signal_handlers_disconnect_by_data (tai_counter_get_station (self->counter), self);
  g_clear_object (&self->counter);
  G_OBJECT_CLASS (tai_supervisor_window_parent_class)->dispose (object);
}

static void
tai_supervisor_window_class_init (TaiSupervisorWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_supervisor_window_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "counter.key", "i", key_action_cb);
}

static void
tai_supervisor_window_init (TaiSupervisorWindow *self)
{
}

static void
build (TaiSupervisorWindow *self)
{
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  self->stack = tai_screen_stack_new (self->counter);
  g_signal_connect (self->stack, "go", G_CALLBACK (go_cb), self);
  g_signal_connect (self->stack, "next", G_CALLBACK (next_cb), self);
  adw_header_bar_set_centering_policy (ADW_HEADER_BAR (header), ADW_CENTERING_POLICY_LOOSE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), tai_status_bar_new (self->counter));
  gtk_box_append (GTK_BOX (all), header);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (all),
                  tai_key_bar_new (tai_counter_get_keys (self->counter), verbs, G_N_ELEMENTS (verbs)));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), tai_steady_new (all));
}

TaiSupervisorWindow *
tai_supervisor_window_new (GtkApplication *application, TaiCounter *counter)
{
  TaiSupervisorWindow *self = g_object_new (TAI_TYPE_SUPERVISOR_WINDOW, "application", application, "title",
                                            _ ("Guitai"), "default-width", 1280, "default-height", 720, NULL);

  self->counter = g_object_ref (counter);
  build (self);
  self->keys =
      tai_key_binding_new (tai_counter_get_keys (counter), GTK_WIDGET (self), verbs, G_N_ELEMENTS (verbs));
  g_signal_connect_swapped (tai_counter_get_station (counter), "changed", G_CALLBACK (figures_changed_cb),
                            self);
  self->scanner = tai_scan_catcher_new (NULL);
  g_signal_connect_object (self->scanner, "scanned", G_CALLBACK (scanned_cb), self, 0);
  self->idle_lock = tai_idle_lock_new (GTK_WIDGET (self), self->counter, locked_cb);
  show_screen (self, TAI_SCREEN_SIGN_IN, NULL);
  return self;
}
