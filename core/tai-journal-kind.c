/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of the journal's entries as one list. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-journal-kind.h"

static const char *const kinds[] = {
    "audit_read",
    "bank_deposit",
    "bill_printed",
    "cancel_asked",
    "cash_in",
    "cash_out",
    "catalogue_refused",
    "clock_jump",
    "clock_offset",
    "correction_asked",
    "debt_asked",
    "debt_fetched",
    "debt_kept",
    "debt_released",
    "debt_withdrawn",
    "drawer_left_open",
    "drawer_opened",
    "drawer_pulse",
    "drop",
    "emulated_reader_refused",
    "hall_closed",
    "hq_cancelled",
    "hq_epoch",
    "hq_refused",
    "hq_undone",
    "invoice_claim",
    "invoice_exchanged",
    "kiosk_ended",
    "kiosk_prepared",
    "kiosk_staff_called",
    "kiosk_state",
    "lease_refused",
    "line_refused",
    "lock",
    "news_refused",
    "notice_printed",
    "outcome_refused",
    "override",
    "override_refused",
    "papers_refused",
    "payment_cancelled",
    "payment_decided",
    "payment_released",
    "payment_returned",
    "promise_printed",
    "purge",
    "quarantine_given_up",
    "quarantine_released",
    "refund",
    "refund_asked",
    "refund_late",
    "refund_twice",
    "report_printed",
    "report_refused",
    "reprint",
    "restored",
    "sale",
    "sign_in",
    "sign_in_failed",
    "staff_refused",
    "status_refused",
    "take_back",
    "till_closed",
    "till_counted",
    "till_handed_over",
    "till_opened",
    "till_resumed",
    "undo_asked",
    "unlock",
    "visit_abandoned",
    "visit_interrupted",
    "visit_parked",
    "visit_recalled",
    "visit_recovered",
    "x_printed",
    "z_printed",
    "z_supplement",
    NULL,
};

const char *const *
tai_journal_kinds_list (void)
{
  return kinds;
}

gboolean
tai_journal_kind_is_known (const char *kind)
{
  g_return_val_if_fail (kind != NULL, FALSE);
  return g_strv_contains (kinds, kind);
}
