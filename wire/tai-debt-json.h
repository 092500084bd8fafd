/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-debt.h"
#include "tai-json.h"

G_BEGIN_DECLS

/*
 * Cash that goes from terminal to terminal, as a till tells of it and as the feed does: one member "debt" of an object that names order,
 * state and reason itself. Any thread.
 */
void tai_debt_write (TaiJsonWriter *writer, const TaiDebt *debt); /* the member's value */
/* @json: the object around it; @state: the word. A claim is always there; of one that was released all of it, and its parts are its
 * amount. TAI_WIRE_ERROR_MISSING, _TYPE, _VALUE. (transfer full) (nullable) */
TaiDebt *tai_debt_read (const TaiJson *json, const TaiUuid *order_id, const char *state, GError **error);

G_END_DECLS
