/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-money.h"

G_BEGIN_DECLS

/*
 * Was the same just taken? A top-up or bill payment for the same number and amount within ten minutes is nearly always a second
 * click, or a customer who was served at the next desk. The rule is a question, not a refusal. Plain structs; any thread.
 */
#define TAI_REPEAT_WINDOW_US (10 * G_TIME_SPAN_MINUTE)

/* One that was taken: by this terminal's store, or as HQ reports it for the hall. Strings (owned). */
typedef struct {
  char *msisdn;
  TaiMoney amount;
  gint64 time_us;
  char *clerk;          /* (nullable) */
  char *receipt_number; /* (nullable) placed and not paid yet */
} TaiRepeat;
TaiRepeat *tai_repeat_new (const char *msisdn, TaiMoney amount, gint64 time_us, const char *clerk,
                           const char *receipt_number);
void tai_repeat_free (TaiRepeat *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiRepeat, tai_repeat_free)

/* The newest of @records (element-type TaiRepeat) with that number and amount that is at most ten minutes old; one from a clock
 * that is ahead counts, too. (transfer none) (nullable) */
const TaiRepeat *tai_repeat_find (GPtrArray *records, const char *msisdn, TaiMoney amount, gint64 now_us);

G_END_DECLS
