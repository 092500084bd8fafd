/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-codepay-terminal.h"

G_BEGIN_DECLS

/**
 * TaiCodepayGateway: a bank terminal as the port that the desk pays cards through. Questions are put to the terminal one after
 * the other on its worker; the desk never waits for the line.
 *
 * Thread: the desk's; the terminal is the worker's from now on.
 */
#define TAI_TYPE_CODEPAY_GATEWAY (tai_codepay_gateway_get_type ())
G_DECLARE_FINAL_TYPE (TaiCodepayGateway, tai_codepay_gateway, TAI, CODEPAY_GATEWAY, GObject)

/* All referenced. @cancellable ends the question that is under way: UNKNOWN, "cancelled". */
TaiCodepayGateway *tai_codepay_gateway_new (TaiCodepayTerminal *terminal, TaiExecutor *worker,
                                            GCancellable *cancellable);

/* How the last question went: FALSE: none was put yet. */
gboolean tai_codepay_gateway_is_tried (TaiCodepayGateway *self);
/* The terminal could not be asked, or did not answer: why (tai-codepay-terminal.h); NULL: it answered. */
const char *tai_codepay_gateway_get_trouble (TaiCodepayGateway *self);

G_END_DECLS
