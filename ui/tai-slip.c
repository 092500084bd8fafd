/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See the header. Where the slip leads to is decided on the worker, by what has become of the matter meanwhile. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-slip.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"
#include "tai-do.h"

/* Printing ----------------------------------------------------------------------------------------------------------------- */

static gboolean
is_well (TaiStation *station, TaiStationDevice device)
{
  TaiLight light = tai_station_get_figures (station)->lights[device];

  return light != TAI_LIGHT_NONE && light != TAI_LIGHT_FAULT;
}

static void
printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (screen));

  if (error != NULL) {
    tai_screen_show_error (screen, error);
    return;
  }
  tai_station_print (station);
  tai_screen_show_hint (
      screen,
      is_well (station, TAI_STATION_RECEIPT) || is_well (station, TAI_STATION_FORM)
          ? _ ("The slip is being printed: reference, until when, who calls. Write the customer's telephone on it.")
          : _ ("No printer is ready. The slip comes out when one is back: write down the customer's telephone."));
}

void
tai_slip_print (TaiScreen *screen, TaiPromiseKind kind, const char *id)
{
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (screen));
  gboolean on_form = !is_well (station, TAI_STATION_RECEIPT) && is_well (station, TAI_STATION_FORM);
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (id);
  args->number = kind;
  args->more = g_strdup (on_form ? "form" : "receipt");
  tai_screen_call (screen, tai_do_print_promise, args, printed_cb);
}

static void
notice_printed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;

  tai_screen_show_error (screen, error);
  if (error != NULL)
    return;
  tai_screen_show_hint (screen, _ ("The notice in large print is on its way to the form printer."));
  tai_station_print (tai_counter_get_station (tai_screen_get_counter (screen)));
}

void
tai_slip_print_notice (TaiScreen *screen, const char *receipt_number)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->text = g_strdup (receipt_number);
  tai_screen_call (screen, tai_do_print_notice, args, notice_printed_cb);
}

/* Following ---------------------------------------------------------------------------------------------------------------- */

static void
go_to_slip (TaiScreen *screen, const TaiCounterArgs *args)
{
  TaiPromise promise = {.kind = (TaiPromiseKind)args->number};
  g_autofree char *text = NULL;

  g_strlcpy (promise.id.text, args->text, sizeof promise.id.text);
  text = tai_promise_to_text (&promise);
  tai_screen_go (screen, TAI_SCREEN_SLIP, text);
}

static void
followed_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  TaiScreen *screen = owner;
  TaiCounter *counter = tai_screen_get_counter (screen);
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  const TaiOrder *order = visit != NULL ? tai_visit_view_get_last_order (visit) : NULL;

  if (g_error_matches (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RECEIPT_UNKNOWN)) /* of another desk */
    go_to_slip (screen, args);
  else if (error != NULL)
    tai_screen_show_error (screen, error);
  else if (args->more != NULL)
    tai_screen_go (screen, TAI_SCREEN_ORDER, args->more);
  else if (order != NULL) {
    tai_counter_set_order (counter, &order->id);
    tai_screen_go (screen, TAI_SCREEN_MONEY, NULL);
  }
}

gboolean
tai_slip_follow (TaiScreen *screen, const char *text)
{
  TaiCounterArgs *args;
  TaiPromise promise;

  if (!tai_promise_from_text (text, &promise))
    return FALSE;
  args = tai_counter_args_new ();
  args->text = g_strdup (promise.id.text);
  args->number = promise.kind;
  tai_screen_call (screen, tai_do_follow_promise, args, followed_cb);
  return TRUE;
}
