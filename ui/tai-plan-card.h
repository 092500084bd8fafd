/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-rating.h"

G_BEGIN_DECLS

/**
 * TaiPlanCard: one plan of a comparison: name, the three figures, how they come about month by month, what binds, key terms.
 * Main thread.
 */
#define TAI_TYPE_PLAN_CARD (tai_plan_card_get_type ())
G_DECLARE_FINAL_TYPE (TaiPlanCard, tai_plan_card, TAI, PLAN_CARD, GtkWidget)

GtkWidget *tai_plan_card_new (const TaiOffering *offering);
const char *tai_plan_card_get_id (TaiPlanCard *self);
/* What it would cost with all else that is in the order; NULL: @reason why it cannot be had. */
void tai_plan_card_show_bill (TaiPlanCard *self, const TaiBill *bill, const char *reason);
/* Kept beside the others, or the one that is being looked at. */
void tai_plan_card_set_kept (TaiPlanCard *self, gboolean is_kept);
gboolean tai_plan_card_is_kept (TaiPlanCard *self);

G_END_DECLS
