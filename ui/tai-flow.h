/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/*
 * The steps of a business, read from its row in the operations table: what it needs is what is asked, in the order in which a
 * counter asks it. No business has a flow of its own. Pure.
 */
#define TAI_FLOW_MAX_STEPS 9

/* Into @steps; how many. Always ends with MONEY and DONE. */
guint tai_flow_list (const TaiOperation *operation, TaiScreenId steps[TAI_FLOW_MAX_STEPS]);
/* Has the visit what that step asks for? */
gboolean tai_flow_is_answered (TaiScreenId step, const TaiVisitView *visit, const TaiOrder *order);
/* Where to go after @step of @order; DONE is last. */
TaiScreenId tai_flow_get_next (TaiScreenId step, const TaiVisitView *visit, const TaiOrder *order);
/* The step before @step, HOME from the first. */
TaiScreenId tai_flow_get_previous (TaiScreenId step, const TaiOrder *order);
/* The first step that is still open over all orders of the visit, and whose it is (out); MONEY when none is. */
TaiScreenId tai_flow_find_open (const TaiVisitView *visit, const TaiOrder **order);
/* "Read card – Plan …" as markup with @current standing out, and in plain words for who cannot see it. (transfer full) */
char *tai_flow_describe (TaiScreenId current, const TaiOrder *order, char **words);

G_END_DECLS
