/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/* One move of an order, with its row of the feed and its event; the row is changed, too. @reason: (nullable) a code. */
void hq_order_move (HqStore *store, HqOrderRow *order, const char *state, const char *reason, gint64 due_us,
                    gint64 now_us);
/* It will not take effect: what it claimed is free again. */
void hq_order_refuse (HqStore *store, HqOrderRow *order, const char *state, const char *reason,
                      gint64 now_us);
/* It took effect and was undone: TM Forum's word for that is cancelled, the terminal's undone. */
void hq_order_undo (HqStore *store, HqOrderRow *order, gint64 now_us);
/* The terminal hears a word about the order, which stays as it is. */
void hq_order_tell (HqStore *store, const HqOrderRow *order, const char *word, gint64 now_us);
/* It took effect: stock and line are changed in the same transaction. */
void hq_order_complete (HqStore *store, HqOrderRow *order, const TaiJson *json, gint64 now_us);

/* Acknowledged, held, …: not over yet. */
gboolean hq_order_is_open (const HqOrderRow *order);

G_END_DECLS
