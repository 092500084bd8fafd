/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF676 refund: a document of the standard, and money that goes out of a drawer. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-bank.h"
#include "tai-hq-sum.h"
#include "tai-hq-till.h"
#include "tai-hq-types-private.h"
#include "tai-json-money.h"

void
hq_refund_take (HqIntake *self)
{
  TaiMoney total = tai_money (0, 0);
  const char *shift = NULL, *tender = NULL, *day = NULL;
  hq_sum_refund (self->call->store, self->message.hall, self->message.terminal, self->json);
  if (tai_json_optional_string (self->json, "x-guitai.shift", &shift, NULL) && shift != NULL) {
    tai_json_require_money (self->json, "totalAmount", &total, NULL);
    hq_till_note_money (self->call, shift, "refund", self->id, total);
  }
  if (tai_json_optional_string (self->json, "x-guitai.tender", &tender, NULL) &&
      tai_json_optional_string (self->json, "x-guitai.businessDay", &day, NULL))
    hq_bank_suspect_day (self->call->store, self->message.hall, tender, day, self->message.terminal);
  hq_call_suspect_act (self->call, self->message.key);
}
