/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the end of a day: why a drawer is off, what still stands, what was booked afterwards. Constant data. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-day-words.h"

#include <glib/gi18n.h>

#include "tai-supplement.h"

static const char *const causes[TAI_N_CAUSES] = {
    [TAI_CAUSE_NO_CASH] =
        N_ ("A cash sale of exactly this sum: the cash was not taken, or it was paid by QR, card or slip"),
    [TAI_CAUSE_PAID_IN_CASH] =
        N_ ("A sale of exactly this sum is booked as QR, card or slip and was paid in cash"),
    [TAI_CAUSE_WRONG_SIGN] =
        N_ ("Half of this sum: money that went out is booked as coming in, or the reverse"),
    [TAI_CAUSE_DIGITS] = N_ ("Two digits changed places when the amount was typed"),
    [TAI_CAUSE_REFUND_TWICE] = N_ ("A refund of exactly this sum was paid out twice"),
    [TAI_CAUSE_REFUND_KEPT] = N_ ("A refund of exactly this sum is booked and its cash was not given back"),
    [TAI_CAUSE_CHANGE] = N_ ("Change: a note too many or too few, or one note taken for another"),
    [TAI_CAUSE_NO_CHANGE] = N_ ("Change of exactly this sum was not given, or was given twice"),
    [TAI_CAUSE_DROP] = N_ ("Money to bag or safe: booked twice, or another sum than was booked"),
    [TAI_CAUSE_DROP_UNBOOKED] =
        N_ ("Money was put into a bag or back into the safe and not booked: count the bags"),
    [TAI_CAUSE_SAFE_UNBOOKED] = N_ ("Change money came from the safe and was not booked: ask who fetched it"),
    [TAI_CAUSE_DRAWER_OPENED] = N_ ("The drawer was opened without a sale"),
    [TAI_CAUSE_FLOAT] = N_ ("The float was counted wrong when the till was opened"),
    [TAI_CAUSE_COUNT] = N_ ("The last count is wrong: two digits, a note, or a bundle twice or left out"),
};

const char *
tai_day_words_get_cause (TaiDifferenceCause cause)
{
  g_return_val_if_fail (cause < TAI_N_CAUSES, NULL);
  return _ (causes[cause]);
}

const char *
tai_day_words_get_movement (TaiMovementKind kind)
{
  static const char *const kinds[] = {
      [TAI_MOVEMENT_OPENED] = N_ ("Till opened, float counted"),
      [TAI_MOVEMENT_SALE] = N_ ("Sale"),
      [TAI_MOVEMENT_REFUND] = N_ ("Refund"),
      [TAI_MOVEMENT_OTHER] = N_ ("Other movement of cash"),
      [TAI_MOVEMENT_NO_SALE] = N_ ("Drawer opened without a sale"),
      [TAI_MOVEMENT_REPRINT] = N_ ("Reprint"),
      [TAI_MOVEMENT_UNDO] = N_ ("Undone"),
      [TAI_MOVEMENT_CLOSED] = N_ ("Till closed, drawer counted"),
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);
  return _ (kinds[kind]);
}

/* @what: the subject stands where "%s" is. @command: of guitaictl. */
static const struct {
  const char *what, *todo, *command;
} items[TAI_N_DAY_KINDS] = {
    [TAI_DAY_TILL_OPEN] = {N_ ("Till %s is open"), N_ ("Count the drawer and close it"), "till close"},
    [TAI_DAY_TILL_COUNTING] = {N_ ("Till %s is being counted"), N_ ("Finish the count"), "till close"},
    [TAI_DAY_PARKED] = {N_ ("Parked visits"), N_ ("Recall them: finish or cancel"), "status"},
    [TAI_DAY_PLACED] = {N_ ("Visits placed and not paid"), N_ ("Recall them: take the money or cancel"),
                        "order list"},
    [TAI_DAY_PAYING] = {N_ ("Payments under way"), N_ ("Wait for the customer, or end the payment"),
                        "status"},
    [TAI_DAY_IN_DOUBT] = {N_ ("Payments to be verified"),
                          N_ ("They are carried over and asked for further; do not take the money again"),
                          "status"},
    [TAI_DAY_REFUND_DUE] = {N_ ("Refunds due"), N_ ("They stay owed; pay out what the customer waits for"),
                            "order refund"},
    [TAI_DAY_REJECTED] = {N_ ("Rejected records"),
                          N_ ("A supervisor reads the reason, sends again or gives up"), "sync list"},
    [TAI_DAY_UNSENT] = {N_ ("Waiting to upload"), N_ ("They stay here and are sent by themselves"), "sync"},
    [TAI_DAY_PAPERS] = {N_ ("Papers that wait or may not have come out"),
                        N_ ("Look at the printer, print copies"), "print pending"},
    [TAI_DAY_BAG] = {N_ ("Bag %s is not at the bank"), N_ ("Take it to the bank and book the slip"),
                     "till deposit"},
    [TAI_DAY_SAFE] = {N_ ("The safe %s has issued and not got back"),
                      N_ ("It is in the drawers; it may stay over night"), "till bags"},
    [TAI_DAY_DRAWER] = {N_ ("Cash in the drawer of till %s"), N_ ("It is tomorrow's float; lock it away"),
                        "till status"},
    [TAI_DAY_TILL_ELSEWHERE] = {N_ ("Till %s of another terminal is open"), N_ ("Have it closed there"),
                                "report day --from hq"},
    [TAI_DAY_MISSING] = {N_ ("Headquarters lacks records of terminal %s"),
                         N_ ("Look at its line: what it has sends itself"), "report day --from hq"},
    [TAI_DAY_SILENT] = {N_ ("Headquarters does not hear terminal %s"),
                        N_ ("Look whether it is switched on and has a line"), "report day --from hq"},
    [TAI_DAY_KIOSK_MISSING] = {N_ ("Headquarters lacks records of kiosk %s"),
                               N_ ("Look at its line: what it has sends itself"), "report day --from hq"},
    [TAI_DAY_KIOSK_SILENT] = {N_ ("Headquarters does not hear kiosk %s"),
                              N_ ("Look whether it is switched on and has a line"), "report day --from hq"},
};

char *
tai_day_words_describe (const TaiDayItem *item)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (item != NULL && item->kind < TAI_N_DAY_KINDS, g_string_free (text, FALSE));
  if (item->subject != NULL) {
    g_auto (GStrv) parts = g_strsplit (_ (items[item->kind].what), "%s", 2);
    g_string_append_printf (text, "%s%s%s", parts[0], item->subject, parts[1] != NULL ? parts[1] : "");
  } else
    g_string_append (text, _ (items[item->kind].what));
  if (item->detail != NULL)
    g_string_append_printf (text, " · %s", item->detail);
  return g_string_free (text, FALSE);
}

const char *
tai_day_words_get_todo (TaiDayKind kind)
{
  g_return_val_if_fail (kind < TAI_N_DAY_KINDS, NULL);
  return _ (items[kind].todo);
}

const char *
tai_day_words_get_command (TaiDayKind kind)
{
  g_return_val_if_fail (kind < TAI_N_DAY_KINDS, NULL);
  return items[kind].command;
}

const char *
tai_day_words_get_supplement (const char *event)
{
  static const struct {
    const char *event, *words;
  } rows[] = {
      {TAI_SUPPLEMENT_UPLOADED, N_ ("All that waited is uploaded")},
      {"hq_refused", N_ ("Refused by headquarters, refund due")},
      {"hq_cancelled", N_ ("Cancelled, refund due")},
      {"hq_undone", N_ ("Taken back, refund due")},
      {"refund_cash", N_ ("Given back to the customer")},
      {"refund_part", N_ ("Given back to the customer")},
      {"refund_by_slip", N_ ("Given back elsewhere, with a slip")},
      {"refund_by_gateway", N_ ("Given back to what was paid with")},
      {"refund_twice", N_ ("Refund went twice, to be recovered")},
      {"refund_put_right", N_ ("Refund that went twice was put right")},
      {"debt_released", N_ ("Refund handed to another desk")},
      {"debt_fetched", N_ ("Refund of another desk taken over")},
      {"in_doubt", N_ ("Payment to be verified")},
      {"doubt_succeeded", N_ ("Verified: the money came")},
      {"doubt_gone", N_ ("Verified: no money came")},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].event, event) == 0)
      return _ (rows[i].words);
  return _ ("Other booking");
}
