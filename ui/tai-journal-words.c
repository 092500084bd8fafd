/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of the journal's entries as one table. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-journal-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* clang-format off */
static const struct {
  const char *kind, *words;
} kinds[] = {
    {"sign_in", N_ ("Signed in")},
    {"sign_in_failed", N_ ("Sign-in refused")},
    {"unlock", N_ ("Unlocked")},
    {"lock", N_ ("Locked")},
    {"till_opened", N_ ("Till opened")},
    {"till_counted", N_ ("Till counted")},
    {"till_resumed", N_ ("Back to selling")},
    {"till_closed", N_ ("Till closed")},
    {"till_handed_over", N_ ("Till handed over")},
    {"x_printed", N_ ("Till preview printed")},
    {"z_printed", N_ ("Till close slip printed")},
    {"z_supplement", N_ ("Supplement to a till close slip")},
    {"hall_closed", N_ ("Hall closed")},
    {"sale", N_ ("Sale")},
    {"reprint", N_ ("Copy of a paper")},
    {"invoice_claim", N_ ("Code for an invoice")},
    {"invoice_exchanged", N_ ("Another code for an invoice")},
    {"notice_printed", N_ ("Notice printed")},
    {"promise_printed", N_ ("Slip for the customer printed")},
    {"bill_printed", N_ ("Bill printed")},
    {"report_printed", N_ ("Report printed")},
    {"drawer_opened", N_ ("Drawer opened without a sale")},
    {"drawer_pulse", N_ ("Drawer opened for money")},
    {"drawer_left_open", N_ ("Drawer left open")},
    {"override", N_ ("Approved by another person")},
    {"override_refused", N_ ("Approval refused")},
    {"cash_in", N_ ("Change money taken in")},
    {"cash_out", N_ ("Cash taken out")},
    {"drop", N_ ("Cash into a bag")},
    {"bank_deposit", N_ ("Bag taken to the bank")},
    {"refund", N_ ("Refund")},
    {"refund_asked", N_ ("Refund asked of what took the money")},
    {"refund_late", N_ ("Refund went after it was given up")},
    {"refund_twice", N_ ("Refund went twice")},
    {"debt_asked", N_ ("Money of another desk asked for")},
    {"debt_withdrawn", N_ ("Money of another desk not wanted any more")},
    {"debt_released", N_ ("Refund handed to another desk")},
    {"debt_kept", N_ ("Refund not handed to another desk")},
    {"debt_fetched", N_ ("Refund of another desk taken over")},
    {"cancel_asked", N_ ("Cancellation asked for")},
    {"undo_asked", N_ ("Undo asked for")},
    {"correction_asked", N_ ("Correction asked for")},
    {"take_back", N_ ("Headquarters' answer to an undo or correction")},
    {"hq_refused", N_ ("Refused by headquarters")},
    {"hq_cancelled", N_ ("Cancelled by headquarters")},
    {"hq_undone", N_ ("Undone by headquarters")},
    {"payment_cancelled", N_ ("Payment cancelled")},
    {"payment_released", N_ ("Payment released")},
    {"payment_returned", N_ ("Part of a payment handed back")},
    {"payment_decided", N_ ("Payment in doubt decided")},
    {"visit_parked", N_ ("Visit parked")},
    {"visit_recalled", N_ ("Visit recalled")},
    {"visit_recovered", N_ ("Visit recovered after a restart")},
    {"visit_abandoned", N_ ("Visit cancelled")},
    {"visit_interrupted", N_ ("Visit interrupted")},
    {"quarantine_released", N_ ("Rejected record sent again")},
    {"quarantine_given_up", N_ ("Rejected record given up")},
    {"audit_read", N_ ("Read by an auditor")},
    {"clock_jump", N_ ("The clock jumped")},
    {"clock_offset", N_ ("The clock is off")},
    {"restored", N_ ("Restored from a copy")},
    {"purge", N_ ("Personal data removed")},
    {"kiosk_ended", N_ ("Kiosk ended by staff")},
    {"kiosk_prepared", N_ ("Prepared at the kiosk")},
    {"kiosk_staff_called", N_ ("Kiosk customer called for staff")},
    {"kiosk_state", N_ ("Kiosk opened or out of service")},
    {"emulated_reader_refused", N_ ("Emulated reader refused")},
    {"hq_epoch", N_ ("Headquarters was restored from a copy")},
    {"news_refused", N_ ("News of headquarters about an order refused")},
    {"outcome_refused", N_ ("Headquarters' answer refused")},
    {"status_refused", N_ ("Headquarters' status refused")},
    {"catalogue_refused", N_ ("Catalogue refused")},
    {"staff_refused", N_ ("List of staff refused")},
    {"lease_refused", N_ ("Numbers or SIM cards refused")},
    {"papers_refused", N_ ("Paper templates refused")},
    {"report_refused", N_ ("Headquarters' report refused")},
    {"line_refused", N_ ("Headquarters' word on a number refused")},
};
/* clang-format on */

const char *
tai_journal_words_get (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i].kind) == 0)
      return _ (kinds[i].words);
  return kind;
}

const char *
tai_journal_words_find (const char *words)
{
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (words != NULL, NULL);
  wanted = g_utf8_casefold (words, -1);
  for (guint i = 0; *wanted != '\0' && i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *ours = g_utf8_casefold (_ (kinds[i].words), -1);
    if (g_str_has_prefix (ours, wanted) || strcmp (wanted, kinds[i].kind) == 0)
      return kinds[i].kind;
  }
  return NULL;
}
