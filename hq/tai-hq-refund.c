/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF676 refund: a document of the standard, and money that goes out of a drawer or back through the gateway. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-bank.h"
#include "tai-hq-debt.h"
#include "tai-hq-finding.h"
#include "tai-hq-sum.h"
#include "tai-hq-till.h"
#include "tai-hq-types-private.h"
#include "tai-json-money.h"
#include "tai-order.h"

/* What has a slip's number went back elsewhere. */
static void
claim (HqIntake *self, const char *tender)
{
  HqStore *store = self->call->store;
  const char *number = NULL;
  if (g_strcmp0 (tender, tai_tender_to_text (TAI_TENDER_QR)) != 0 ||
      !tai_json_optional_string (self->json, "x-guitai.number", &number, NULL) || number != NULL)
    return;
  store->klass->pay_claim (store, self->message.hall, self->id);
  hq_finding_suspect (store, HQ_FINDING_GATEWAY, self->message.hall, self->id, self->message.terminal);
}

void
hq_refund_take (HqIntake *self)
{
  TaiMoney total = tai_money (0, 0);
  const char *shift = NULL, *tender = NULL, *day = NULL, *original = NULL;
  hq_sum_refund (self->call->store, self->message.hall, self->message.terminal, self->json);
  if (tai_json_optional_string (self->json, "x-guitai.shift", &shift, NULL) && shift != NULL) {
    tai_json_require_money (self->json, "totalAmount", &total, NULL);
    hq_till_note_money (self->call, shift, "refund", self->id, total);
  }
  if (tai_json_optional_string (self->json, "x-guitai.tender", &tender, NULL) &&
      tai_json_optional_string (self->json, "x-guitai.businessDay", &day, NULL))
    hq_bank_suspect_day (self->call->store, self->message.hall, tender, day, self->message.terminal);
  if (tai_json_optional_string (self->json, "x-guitai.original", &original, NULL) && original != NULL)
    hq_finding_suspect (self->call->store, HQ_FINDING_REFUND, self->message.hall, original,
                        self->message.terminal);
  hq_debt_note_refund (self);
  claim (self, tender);
  hq_call_suspect_act (self->call, self->message.key);
}
