/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk-rig.h"

G_BEGIN_DECLS

/*
 * Days by chance against a model: sales with change and in parts, by card and by QR, orders that HQ refuses, refunds in cash, by slip and
 * through what took it (which refuses, takes its time, loses requests and answers, while the power goes at any step of the store; is given up, given back by slip, and goes after all), voids, drops, change money, bags to the
 * bank, drawers that go from hand to hand, counts that are right and wrong, closes by the clerk and by another, closes of the hall. After each day the postings balance, the drawer and the safe hold what
 * the model says, the report says it too, nothing is owed that was paid out, and what was booked about a closed shift is a supplement.
 */

/* After a day whose tills are closed; somebody is signed in. */
typedef void (*TaiTestDayFunc) (TaiDeskRig *rig, const char *business_day, gpointer data);
/* A hall of its own. @look: (nullable) */
void tai_test_days_live (guint32 seed, guint n_days, TaiTestDayFunc look, gpointer data);

G_END_DECLS
