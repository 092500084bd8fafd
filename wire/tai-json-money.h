/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-money.h"

G_BEGIN_DECLS

/*
 * Amounts in JSON. TM Forum writes {"unit": "CNY", "value": 19.90} (TMF620, 622, 676) or {"units": "CNY", "amount": 19.90}
 * (TMF654). The number's own text is read and written, so that 19.90 stays 19.90. Any thread.
 * Errors: TAI_WIRE_ERROR_MISSING, _TYPE, _VALUE with the path in front; what core says of the amount is in the message.
 */

/* A number, or a string that is one, in a currency known from elsewhere. */
gboolean tai_json_require_amount (const TaiJson *node, const char *path, guint16 currency, TaiMoney *money,
                                  GError **error);
gboolean tai_json_optional_amount (const TaiJson *node, const char *path, guint16 currency, TaiMoney *money,
                                   GError **error);
/* The object of TM Forum, either spelling. */
gboolean tai_json_require_money (const TaiJson *node, const char *path, TaiMoney *money, GError **error);
gboolean tai_json_optional_money (const TaiJson *node, const char *path, TaiMoney *money, GError **error);

/* 19.90: a JSON number with all decimals of the currency. */
TaiJson *tai_json_new_amount (TaiMoney money);
void tai_json_writer_amount (TaiJsonWriter *self, TaiMoney money);
/* "name": {"unit":"CNY","value":19.90} */
void tai_json_writer_add_money (TaiJsonWriter *self, const char *name, TaiMoney money);
/* Likewise; an amount without a currency is not known and leaves the member out. */
void tai_json_writer_add_known_money (TaiJsonWriter *self, const char *name, TaiMoney money);

G_END_DECLS
