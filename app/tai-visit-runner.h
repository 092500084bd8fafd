/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-terminal-host.h"
#include "tai-visit-script.h"

G_BEGIN_DECLS

/**
 * tai_visit_runner_run:
 * @visit: (out) (transfer full): paid; its orders have receipt number, sequence and hash
 * @change: (out): what the customer gets back
 *
 * Does at the desk what @script says, by who is signed in: reads the card, selects, places, takes the cash. All or nothing:
 * whatever is refused on the way, the visit is abandoned and everything held is given back. Runs the main context while the
 * card is read.
 *
 * Errors: what the desk, the reader and the store say; READER; NO_STOCK.
 */
gboolean tai_visit_runner_run (TaiTerminalHost *host, const TaiVisitScript *script, TaiVisit **visit,
                               TaiMoney *change, GError **error);

G_END_DECLS
