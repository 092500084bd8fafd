/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/**
 * hq_line_services_settle:
 * @line: whose they are
 *
 * Value-added services that a completed order put on a line or took off it, as products of the line (TMF637). One with a trial
 * that the customer did not say a second yes to ends with the trial's last day (`terminationDate`); a document whose end has
 * come is shown as terminated.
 */
void hq_line_services_settle (HqStore *store, const HqOrderRow *order, const TaiJson *json,
                              const HqLineRow *line, gint64 now_us);

G_END_DECLS
