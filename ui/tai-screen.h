/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "tai-counter.h"
#include "tai-key.h"

G_BEGIN_DECLS

/**
 * TaiScreenId: every place of the window. What each is called, looks like and explains stands in one table, tai-screens.c.
 */
typedef enum {
  TAI_SCREEN_SIGN_IN,
  TAI_SCREEN_OPEN_TILL,
  TAI_SCREEN_HOME,
  TAI_SCREEN_IDENTITY,
  TAI_SCREEN_TARGET,
  TAI_SCREEN_PLAN,
  TAI_SCREEN_NUMBER,
  TAI_SCREEN_EXTRAS,
  TAI_SCREEN_AGREEMENT,
  TAI_SCREEN_MONEY,
  TAI_SCREEN_DONE,
  TAI_SCREEN_ORDERS,
  TAI_SCREEN_ORDER,
  TAI_SCREEN_CORRECTION,
  TAI_SCREEN_REFUND,
  TAI_SCREEN_SLIP,
  TAI_SCREEN_RECEIPT,
  TAI_SCREEN_ABOUT_NUMBER,
  TAI_SCREEN_LINE,
  TAI_SCREEN_PARKED,
  TAI_SCREEN_CASH_MOVE,
  TAI_SCREEN_CLOSE_TILL,
  TAI_SCREEN_HAND_OVER,
  TAI_SCREEN_TILL_SLIP,
  TAI_SCREEN_DIFFERENCE,
  TAI_SCREEN_HALL_CLOSE,
  TAI_SCREEN_REPORT,
  TAI_SCREEN_MOVEMENTS,
  TAI_SCREEN_FINDINGS,
  TAI_SCREEN_JOURNAL,
  TAI_SCREEN_KEYS,
  TAI_N_SCREENS
} TaiScreenId;

/**
 * TaiScreen: one question and all that answers it. A header (title, where in the flow), a notice that says what went wrong
 * where the eye is, then the subclass's own widgets. Holds no rule of the business: it reads the counter's pictures and calls
 * its verbs.
 *
 * Main thread. TaiScreen::go (id, text): the window shall show another screen. TaiScreen::next: this step is answered, the flow
 * goes on.
 */
#define TAI_TYPE_SCREEN (tai_screen_get_type ())
G_DECLARE_DERIVABLE_TYPE (TaiScreen, tai_screen, TAI, SCREEN, GtkWidget)

/**
 * TaiScreenClass: all optional.
 * @enter: it is shown; takes the focus. @text: what was given to tai_screen_go()
 * @resume: it is shown again after a screen that it led to; without it: @enter once more
 * @leave: it is not shown any more; forgets what belongs to the customer
 * @update: the visit's picture is new; only while shown
 * @figures_changed: the line or a device stands otherwise; only while shown
 * @back: Esc. TRUE: it went one step back inside
 * @scanned: TRUE: the code was meant for it
 * @press: a function key. TRUE: it was meant for it
 * @takes: whether @press would do something with it now; without it: a screen that has @press prints, and no more
 */
struct _TaiScreenClass {
  GtkWidgetClass parent_class;
  void (*enter) (TaiScreen *self, const char *text);
  void (*resume) (TaiScreen *self);
  void (*leave) (TaiScreen *self);
  void (*update) (TaiScreen *self);
  void (*figures_changed) (TaiScreen *self);
  gboolean (*back) (TaiScreen *self);
  gboolean (*scanned) (TaiScreen *self, const char *text);
  gboolean (*press) (TaiScreen *self, TaiKey key);
  gboolean (*takes) (TaiScreen *self, TaiKey key);
};

TaiCounter *tai_screen_get_counter (TaiScreen *self);
/* The order that the flow is about, as last seen; (nullable) (transfer none). */
const TaiOrder *tai_screen_get_order (TaiScreen *self);
gboolean tai_screen_is_shown (TaiScreen *self);

/* For subclasses ----------------------------------------------------------------------------------------------------- */

/* A call about the flow's order; @done comes only while the screen lives. */
void tai_screen_call (TaiScreen *self, TaiCounterFunc func, TaiCounterArgs *args, TaiCounterDone done);
/* In the notice: what went wrong, in words a clerk can act on. NULL takes it away. */
void tai_screen_show_error (TaiScreen *self, const GError *error);
void tai_screen_show_problem (TaiScreen *self, const char *words);
/* What is good to know: no alarm. */
void tai_screen_show_hint (TaiScreen *self, const char *words);
void tai_screen_clear_notice (TaiScreen *self);
void tai_screen_set_title (TaiScreen *self, const char *title);
void tai_screen_go (TaiScreen *self, TaiScreenId id, const char *text);
void tai_screen_next (TaiScreen *self);
/* Nothing here can be pressed now: the focus is on the screen itself, under its title, so that it is never nowhere. Until the screen is
 * left. */
void tai_screen_take_focus (TaiScreen *self);
/* What Esc does. A search entry keeps Esc for itself and says "stop-search". */
void tai_screen_go_back (TaiScreen *self);
/* What @takes says is another by now, without the visit: the bar of keys shall follow. */
void tai_screen_keys_changed (TaiScreen *self);
/* A business is on its way to the desk: a second Enter does not begin another. */
gboolean tai_screen_is_beginning (TaiScreen *self);
void tai_screen_set_beginning (TaiScreen *self, gboolean is_beginning);
/* A new order of that business on the desk, and its first step. @offering, @number: (nullable) what is known already. */
void tai_screen_begin (TaiScreen *self, const char *operation_id, const char *offering, const char *number);

/* What a customer prepared at a kiosk (tai_prepared_to_text): the same, with number and amount filled in for the clerk to read
 * aloud. FALSE: @text is no such text. */
gboolean tai_screen_begin_prepared (TaiScreen *self, const char *text);

/* For the window ------------------------------------------------------------------------------------------------------ */

void tai_screen_enter (TaiScreen *self, const char *text);
/* As it was left, where that is better than anew; @text as it was given at first. */
void tai_screen_resume (TaiScreen *self, const char *text);
void tai_screen_leave (TaiScreen *self);
void tai_screen_update (TaiScreen *self);
void tai_screen_figures_changed (TaiScreen *self);
gboolean tai_screen_back (TaiScreen *self);
gboolean tai_screen_scanned (TaiScreen *self, const char *text);
gboolean tai_screen_press (TaiScreen *self, TaiKey key);
gboolean tai_screen_takes (TaiScreen *self, TaiKey key);
/* "Read card – Plan – Number …" with the place where it stands; NULL: no flow. */
void tai_screen_set_steps (TaiScreen *self, const char *markup, const char *words);

/* The table of tai-screens.c. */
TaiScreen *tai_screen_new (TaiScreenId id, TaiCounter *counter);
const char *tai_screen_id_to_name (TaiScreenId id);   /* of the stack's page: the one place with names */
const char *tai_screen_id_get_title (TaiScreenId id); /* in the desk's language */
const char *tai_screen_id_get_help (TaiScreenId id);  /* the same */
const char *tai_screen_id_get_off_line_help (TaiScreenId id);
/* FALSE: the screen stands alone, without visit and money beside it. */
gboolean tai_screen_id_has_sides (TaiScreenId id);
/* Those that are reached by the command box and the menu, with the windows "shortcuts" and "about"; ids are their names. */
void tai_screen_add_to_finder (TaiFinder *finder);
const char *const *tai_screen_list_pages (void);           /* NULL-terminated */
const char *tai_screen_find_page_title (const char *name); /* (nullable) in the desk's language */
gboolean tai_screen_id_from_name (const char *name, TaiScreenId *id);
/* FALSE: nobody needs to be signed in. */
gboolean tai_screen_id_needs_staff (TaiScreenId id);

G_END_DECLS
