/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiPrintBudget: how long a printer may take, from the settings; all in ms. Paper is slow and long receipts are slower: a
 * fixed time-out of a few seconds would call printed receipts lost.
 * @connect_ms: until it is reached
 * @answer_ms: for an answer that costs no paper (status, acceptance of a job)
 * @base_ms: from the last byte to the last of the paper, whatever the length
 * @per_unit_ms: and for each KiB of a receipt, each page of a form
 */
typedef struct {
  guint connect_ms;
  guint answer_ms;
  guint base_ms;
  guint per_unit_ms;
} TaiPrintBudget;

#define TAI_PRINT_BUDGET_RECEIPT ((TaiPrintBudget){3000, 1500, 8000, 3000})
#define TAI_PRINT_BUDGET_FORM    ((TaiPrintBudget){5000, 10000, 60000, 15000})

G_END_DECLS
