/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One event controller a window, in the capture phase. What is given back goes through gdk_display_put_event and not straight
 * into the focused widget's input method: so it also reaches buttons, lists and shortcuts. Input methods do the same with a key
 * that they do not want, and hand us that event a second time: an event that was let through once is known and passes.
 *
 * A key that is held down acts once: what repeats of it is let through only where one types or goes about.
 *
 * There is no timer: a tick callback of the window that has the keys runs while something is held. What it takes for silence may
 * be our own deafness: a program that was kept from running finds a late frame and the keys of the meantime side by side, and the
 * frame may be served first. So silence is believed only when the keys that lie there have been taken. Main thread.
 */
#include "tai-scan-catcher.h"

#include <string.h>

#include "tai-provisional.h"

/* Let through and still remembered: more than an input method has on its way. */
#define KNOWN_MAX 64

typedef enum { KEY_HELD, KEY_GIVEN_BACK, KEY_SWALLOWED } KeyState;

/* A press or release that is held back. */
typedef struct {
  GdkEvent *event; /* (owned) */
  guint press;     /* which of the held presses it is, or belongs to */
} Held;

typedef struct {
  GdkEvent *event; /* (owned) */
  gboolean arrived;
} Known;

struct _TaiScanCatcher {
  GObject parent;

  TaiWedge *wedge; /* (owned) */
  GArray *held;    /* (owned) of Held, in the order in which they came */
  guint n_presses;
  guint32 press_ms; /* of the youngest of them */
  GArray *known;    /* (owned) of Known, the oldest first */
  guint n_on_their_way;
  GHashTable *keys_down; /* (owned) keycode → KeyState, or -1 of one that simply passed */
  GQueue scans;          /* of char * (owned): to be told in the next frame */
  GListModel *toplevels; /* (owned) */
  GHashTable *watched;   /* (owned) of GtkWindow, not owned: they leave when they are destroyed */
  gpointer left;         /* (nullable) the window that had the keys last; never looked into */
  GtkWidget *ticking;    /* (nullable) the window whose frames we follow */
  gint64 key_us;         /* of the last key, in frame time */
  guint silence;         /* 0: none. A silence that is believed as soon as no key lies there */
  guint silent_ms;       /* how long it was */
  TaiProvisional *guess; /* (nullable) weak: the field that shows the first held key as if it were typed */
};

G_DEFINE_FINAL_TYPE (TaiScanCatcher, tai_scan_catcher, G_TYPE_OBJECT)

enum { SIGNAL_SCANNED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
clear_held (gpointer data)
{
  g_clear_pointer (&((Held *)data)->event, gdk_event_unref);
}

static void
clear_known (gpointer data)
{
  g_clear_pointer (&((Known *)data)->event, gdk_event_unref);
}

static Known *
find_known (TaiScanCatcher *self, GdkEvent *event)
{
  for (guint i = 0; i < self->known->len; i++)
    if (g_array_index (self->known, Known, i).event == event)
      return &g_array_index (self->known, Known, i);
  return NULL;
}

static void
remember (TaiScanCatcher *self, GdkEvent *event, gboolean arrived)
{
  Known known = {gdk_event_ref (event), arrived};

  if (self->known->len >= KNOWN_MAX) {
    if (!g_array_index (self->known, Known, 0).arrived)
      self->n_on_their_way--;
    g_array_remove_index (self->known, 0);
  }
  g_array_append_val (self->known, known);
}

static void
put_back (TaiScanCatcher *self, GdkEvent *event)
{
  if (gdk_surface_is_destroyed (gdk_event_get_surface (event)))
    return;
  remember (self, event, FALSE);
  self->n_on_their_way++;
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gdk_display_put_event (gdk_event_get_display (event), event);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

static void
set_key_state (TaiScanCatcher *self, GdkEvent *event, int state)
{
  g_hash_table_insert (self->keys_down, GUINT_TO_POINTER (gdk_key_event_get_keycode (event)),
                       GINT_TO_POINTER (state));
}

/* Guesses --------------------------------------------------------------------------------------------------------------- */

/* A key after a pause is a hand's more often than not: a field that can take it back shows it now. */
static void
show_guess (TaiScanCatcher *self, GtkWidget *window, gunichar character)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));
  GtkWidget *field = focus != NULL ? gtk_widget_get_ancestor (focus, TAI_TYPE_PROVISIONAL) : NULL;

  if (field != NULL && self->n_on_their_way == 0 && character >= ' ' &&
      tai_provisional_show (TAI_PROVISIONAL (field), character))
    g_set_weak_pointer (&self->guess, TAI_PROVISIONAL (field));
}

static void
settle_guess (TaiScanCatcher *self, gboolean is_typed)
{
  if (self->guess == NULL)
    return;
  if (is_typed)
    tai_provisional_let_come (self->guess);
  else
    tai_provisional_take_back (self->guess);
  g_clear_weak_pointer (&self->guess);
}

/* All that is held has been decided: the first @n_replay presses were typed, the rest was a scan. */
static void
let_go (TaiScanCatcher *self, guint n_replay)
{
  g_autoptr (GArray) held = self->held;

  settle_guess (self, n_replay > 0);
  self->held = g_array_new (FALSE, FALSE, sizeof (Held));
  g_array_set_clear_func (self->held, clear_held);
  self->n_presses = 0;
  for (guint i = 0; i < held->len; i++) {
    Held *one = &g_array_index (held, Held, i);
    gboolean typed = one->press < n_replay;

    if (gdk_event_get_event_type (one->event) == GDK_KEY_PRESS)
      set_key_state (self, one->event, typed ? KEY_GIVEN_BACK : KEY_SWALLOWED);
    else
      g_hash_table_remove (self->keys_down, GUINT_TO_POINTER (gdk_key_event_get_keycode (one->event)));
    if (typed)
      put_back (self, one->event);
  }
}

static void
obey (TaiScanCatcher *self, TaiWedgeAnswer *answer)
{
  if (answer->n_replay + answer->n_swallow > 0) {
    g_assert (answer->n_replay + answer->n_swallow == self->n_presses);
    let_go (self, answer->n_replay);
  }
  if (answer->scan != NULL)
    g_queue_push_tail (&self->scans, g_steal_pointer (&answer->scan));
}

/* It may be a customer's payment code. */
static void
free_scan (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
tell_scans (TaiScanCatcher *self)
{
  char *text;

  while ((text = g_queue_pop_head (&self->scans)) != NULL) {
    g_signal_emit (self, signals[SIGNAL_SCANNED], 0, text);
    free_scan (text);
  }
}

/* After all keys that have arrived: they have the higher priority, and each of them ends this. */
static gboolean
silence_cb (gpointer user_data)
{
  g_autoptr (TaiScanCatcher) self = g_object_ref (user_data);
  TaiWedgeAnswer answer = tai_wedge_wait (self->wedge, self->silent_ms);

  self->silence = 0;
  obey (self, &answer);
  tell_scans (self); /* at once: the last key of one that ended by its silence is long over */
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *frames, gpointer user_data)
{
  TaiScanCatcher *self = user_data;
  gint64 silent_us = gdk_frame_clock_get_frame_time (frames) - self->key_us;

  self->silent_ms = (guint)CLAMP (silent_us / 1000, 0, G_MAXINT);
  if (self->silence == 0 && tai_wedge_get_n_held (self->wedge) > 0 &&
      self->silent_ms > tai_wedge_get_patience_ms (self->wedge))
    self->silence = g_idle_add_full (G_PRIORITY_HIGH_IDLE, silence_cb, self, NULL);
  tell_scans (self);
  return tai_wedge_get_n_held (self->wedge) > 0;
}

static void
tick_gone_cb (gpointer user_data)
{
  g_autoptr (TaiScanCatcher) self = user_data;

  self->ticking = NULL;
}

static void
follow_frames (TaiScanCatcher *self, GtkWidget *window)
{
  self->key_us = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (window));
  if (self->ticking != NULL)
    return;
  self->ticking = window;
  gtk_widget_add_tick_callback (window, tick_cb, g_object_ref (self), tick_gone_cb);
}

static gboolean
is_terminator (guint keyval)
{
  switch (keyval) {
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_ISO_Enter:
  case GDK_KEY_Linefeed:
  case GDK_KEY_Tab:
  case GDK_KEY_KP_Tab:
    return TRUE;
  default:
    return FALSE;
  }
}

static gboolean
is_modifier (guint keyval)
{
  return keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R || keyval == GDK_KEY_Control_L ||
         keyval == GDK_KEY_Control_R || keyval == GDK_KEY_Caps_Lock;
}

/* Whoever holds such a key means more of the same: characters in a field, and ways to go about. All else acts, and acts once a
 * press: a held Enter must not answer the question that its own first press brought up, nor a held F10 print a pile. */
static gboolean
may_repeat (GtkWidget *window, GdkEvent *event)
{
  guint keyval = gdk_key_event_get_keyval (event);
  GdkModifierType state = gdk_event_get_modifier_state (event) & (GDK_CONTROL_MASK | GDK_ALT_MASK);
  gboolean is_character = gdk_keyval_to_unicode (keyval) >= ' ' && keyval != GDK_KEY_Delete;

  switch (keyval) {
  case GDK_KEY_BackSpace:
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    return state == 0;
  case GDK_KEY_Tab:
  case GDK_KEY_ISO_Left_Tab:
  case GDK_KEY_KP_Tab:
    return TRUE;
  default:
    if ((keyval >= GDK_KEY_Home && keyval <= GDK_KEY_End) ||
        (keyval >= GDK_KEY_KP_Home && keyval <= GDK_KEY_KP_End))
      return TRUE; /* with the arrows and pages between them */
    return is_character && state == 0 && GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (window)));
  }
}

static gboolean
is_repeat (TaiScanCatcher *self, GdkEvent *event)
{
  return g_hash_table_contains (self->keys_down, GUINT_TO_POINTER (gdk_key_event_get_keycode (event)));
}

static TaiWedgeKeyKind
read_key (TaiScanCatcher *self, GdkEvent *event, gunichar *character)
{
  guint keyval = gdk_key_event_get_keyval (event);
  GdkModifierType state = gdk_event_get_modifier_state (event);

  *character = gdk_keyval_to_unicode (keyval);
  if (is_repeat (self, event)) /* a scanner lets go of each key */
    return TAI_WEDGE_KEY_OTHER;
  if (is_modifier (keyval))
    return TAI_WEDGE_KEY_MODIFIER;
  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)) != 0)
    return TAI_WEDGE_KEY_OTHER;
  if (is_terminator (keyval))
    return (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 ? TAI_WEDGE_KEY_TERMINATOR
                                                              : TAI_WEDGE_KEY_OTHER;
  if ((state & GDK_CONTROL_MASK) != 0)
    *character = *character >= 0x40 && *character < 0x80 ? *character & 0x1f : 0;
  else if (*character < ' ')
    *character = 0;
  if (*character == '\r' || *character == '\n')
    return TAI_WEDGE_KEY_TERMINATOR;
  return *character != 0 && *character != 0x7f ? TAI_WEDGE_KEY_CHARACTER : TAI_WEDGE_KEY_OTHER;
}

static gboolean
press (TaiScanCatcher *self, GtkWidget *window, GdkEvent *event)
{
  gunichar character;
  TaiWedgeKeyKind kind = read_key (self, event, &character);
  TaiWedgeAnswer answer = {0};
  Held held = {0};

  if (is_repeat (self, event) && !is_modifier (gdk_key_event_get_keyval (event)) &&
      !may_repeat (window, event))
    return GDK_EVENT_STOP;
  g_clear_handle_id (&self->silence, g_source_remove);
  answer = tai_wedge_take (self->wedge, kind, character, gdk_event_get_time (event));
  follow_frames (self, window);
  obey (self, &answer);
  switch (answer.fate) {
  case TAI_WEDGE_HOLD:
    set_key_state (self, event, KEY_HELD);
    if (self->n_presses == 0 && kind == TAI_WEDGE_KEY_CHARACTER)
      show_guess (self, window, character);
    else if (gdk_event_get_time (event) - self->press_ms <= TAI_WEDGE_HAND_MS)
      settle_guess (self, FALSE); /* before it is painted */
    self->press_ms = gdk_event_get_time (event);
    held = (Held){gdk_event_ref (event), self->n_presses++};
    g_array_append_val (self->held, held);
    return GDK_EVENT_STOP;
  case TAI_WEDGE_SWALLOW:
    set_key_state (self, event, KEY_SWALLOWED);
    return GDK_EVENT_STOP;
  case TAI_WEDGE_PASS:
  default:
    set_key_state (self, event, -1);
    if (self->n_on_their_way == 0) {
      remember (self, event, TRUE);
      return GDK_EVENT_PROPAGATE;
    }
    put_back (self, event); /* behind those that were typed before it */
    return GDK_EVENT_STOP;
  }
}

static gboolean
release (TaiScanCatcher *self, GdkEvent *event)
{
  gpointer keycode = GUINT_TO_POINTER (gdk_key_event_get_keycode (event)), state;
  guint code = gdk_key_event_get_keycode (event);
  Held held;

  if (!g_hash_table_lookup_extended (self->keys_down, keycode, NULL, &state))
    state = GINT_TO_POINTER (-1);
  if (GPOINTER_TO_INT (state) == KEY_HELD) {
    for (guint i = self->held->len; i-- > 0;) {
      Held *one = &g_array_index (self->held, Held, i);

      if (gdk_key_event_get_keycode (one->event) != code)
        continue;
      held = (Held){gdk_event_ref (event), one->press};
      g_array_append_val (self->held, held);
      break;
    }
    g_hash_table_remove (self->keys_down, keycode); /* the next press of it is no repeat */
    return GDK_EVENT_STOP;
  }
  g_hash_table_remove (self->keys_down, keycode);
  if (GPOINTER_TO_INT (state) == KEY_SWALLOWED)
    return GDK_EVENT_STOP;
  if (GPOINTER_TO_INT (state) == KEY_GIVEN_BACK || self->n_on_their_way > 0) {
    put_back (self, event);
    return GDK_EVENT_STOP;
  }
  remember (self, event, TRUE);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
event_cb (TaiScanCatcher *self, GdkEvent *event, GtkEventController *controller)
{
  GdkEventType type = gdk_event_get_event_type (event);
  Known *known;

  if (type != GDK_KEY_PRESS && type != GDK_KEY_RELEASE)
    return GDK_EVENT_PROPAGATE;
  known = find_known (self, event);
  if (known != NULL) {
    if (!known->arrived)
      self->n_on_their_way--;
    known->arrived = TRUE;
    return GDK_EVENT_PROPAGATE;
  }
  if (type == GDK_KEY_RELEASE)
    return release (self, event);
  return press (self, gtk_event_controller_get_widget (controller), event);
}

/* Releases that go to another program are not seen: without this their keys would seem to repeat for ever. A key that is down
 * while one window of ours gives way to another stays down: it is still the same press. */
static void
is_active_cb (TaiScanCatcher *self, GParamSpec *pspec, GtkWindow *window)
{
  if (!gtk_window_is_active (window))
    self->left = window;
  else if (self->left == window)
    g_hash_table_remove_all (self->keys_down);
}

static void
watch (TaiScanCatcher *self, GtkWindow *window)
{
  GtkEventController *controller;

  if (!g_hash_table_add (self->watched, window))
    return;
  controller = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_name (controller, "tai-scan-catcher");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (is_active_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

static void
toplevels_changed_cb (TaiScanCatcher *self, guint position, guint removed, guint added, GListModel *toplevels)
{
  g_autoptr (GHashTable) still = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer window;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWindow) one = g_list_model_get_item (toplevels, i);

    g_hash_table_add (still, one);
    watch (self, one);
  }
  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &window, NULL))
    if (!g_hash_table_contains (still, window))
      g_hash_table_iter_remove (&iter);
}

void
tai_scan_catcher_set_profile (TaiScanCatcher *self, const TaiWedgeProfile *profile)
{
  TaiWedgeAnswer answer;

  g_return_if_fail (TAI_IS_SCAN_CATCHER (self));

  if (self->wedge != NULL) {
    answer = tai_wedge_release (self->wedge);
    obey (self, &answer);
    tai_wedge_free (self->wedge);
  }
  self->wedge = tai_wedge_new (profile);
}

TaiScanCatcher *
tai_scan_catcher_new (const TaiWedgeProfile *profile)
{
  TaiScanCatcher *self = g_object_new (TAI_TYPE_SCAN_CATCHER, NULL);

  tai_scan_catcher_set_profile (self, profile);
  return self;
}

static void
tai_scan_catcher_finalize (GObject *object)
{
  TaiScanCatcher *self = TAI_SCAN_CATCHER (object);

  g_clear_handle_id (&self->silence, g_source_remove);
  g_queue_clear_full (&self->scans, free_scan);
  settle_guess (self, FALSE);
  g_clear_pointer (&self->wedge, tai_wedge_free);
  g_clear_pointer (&self->held, g_array_unref);
  g_clear_pointer (&self->known, g_array_unref);
  g_clear_pointer (&self->keys_down, g_hash_table_unref);
  g_clear_pointer (&self->watched, g_hash_table_unref);
  g_clear_object (&self->toplevels);
  G_OBJECT_CLASS (tai_scan_catcher_parent_class)->finalize (object);
}

static void
tai_scan_catcher_class_init (TaiScanCatcherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_scan_catcher_finalize;

  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", TAI_TYPE_SCAN_CATCHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
tai_scan_catcher_init (TaiScanCatcher *self)
{
  self->held = g_array_new (FALSE, FALSE, sizeof (Held));
  g_array_set_clear_func (self->held, clear_held);
  self->known = g_array_new (FALSE, FALSE, sizeof (Known));
  g_array_set_clear_func (self->known, clear_known);
  self->keys_down = g_hash_table_new (NULL, NULL);
  self->watched = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->scans);
  self->toplevels = g_object_ref (gtk_window_get_toplevels ());
  g_signal_connect_object (self->toplevels, "items-changed", G_CALLBACK (toplevels_changed_cb), self,
                           G_CONNECT_SWAPPED);
  toplevels_changed_cb (self, 0, 0, 0, self->toplevels);
}
