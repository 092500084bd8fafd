/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-store.h"

/*
 * A store in a folder of its own, and the changes that a desk would make, built by hand: the store's tests must not depend
 * on the desk. Ids and times count up, so that every run is the same.
 */
typedef struct {
  char *folder, *path;
  TaiTerminal *terminal;
  TaiStore *store;
  gint64 now_us; /* one second on at each tai_fixture_tick */
  guint64 n_ids;
  TaiUuid shift_id; /* text[0] == 0: closed */
  char business_day[11];
  gint32 z_number;
} TaiFixture;

TaiFixture *tai_fixture_new (void);
/* On a file that the caller has and keeps. */
TaiFixture *tai_fixture_new_at (const char *path);
/* In memory, for many short lives; @name makes it one of its own. */
TaiFixture *tai_fixture_new_in_memory (const char *name);
void tai_fixture_free (TaiFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiFixture, tai_fixture_free)
void tai_fixture_close (TaiFixture *self);
void tai_fixture_reopen (TaiFixture *self);
gint64 tai_fixture_tick (TaiFixture *self);
TaiUuid tai_fixture_uuid (TaiFixture *self);

gboolean tai_fixture_commit (TaiFixture *self, TaiChange *change, GError **error);
void tai_fixture_commit_ok (TaiFixture *self, TaiChange *change);

void tai_fixture_open_till (TaiFixture *self, const char *business_day, gint64 float_minor);
void tai_fixture_close_till (TaiFixture *self, gint64 counted_minor);
void tai_fixture_lease (TaiFixture *self, const char *kind, const char *value, gint64 until_us);

/**
 * TaiFixtureSale: one visit: a new line (plan, SIM, number) and a top-up, placed and paid in cash.
 * @pay: the change that captures it; built by tai_fixture_sale_pay
 */
typedef struct {
  TaiFixture *fixture; /* (transfer none) */
  TaiUuid visit_id;
  char *clerk;
  GPtrArray *orders; /* (element-type TaiOrder) */
  TaiPayment *payment;
  TaiMoney total;
  gsize body_size;
  gboolean prints;
  gboolean waits;      /* the order's message waits for the payment's */
  TaiUuid message_key; /* of the last message */
  GPtrArray *bodies;   /* (element-type GBytes) payment's, orders' */
  GArray *digests;
} TaiFixtureSale;
TaiFixtureSale *tai_fixture_sale_new (TaiFixture *self, const char *msisdn, gint64 amount_minor);
void tai_fixture_sale_free (TaiFixtureSale *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiFixtureSale, tai_fixture_sale_free)
/* One more order in the visit. */
TaiOrder *tai_fixture_sale_add_order (TaiFixtureSale *self, const char *operation, gint64 amount_minor);
/* Adds the facts of placing / of paying to @change. */
void tai_fixture_sale_place (TaiFixtureSale *self, TaiChange *change);
void tai_fixture_sale_pay (TaiFixtureSale *self, TaiChange *change);
/* Both, in one change each; must succeed. */
void tai_fixture_sale_commit (TaiFixtureSale *self);
/* The number on the paper of the whole visit. */
const char *tai_fixture_sale_get_receipt (const TaiFixtureSale *self);
/* One call: a sale of @amount_minor that is committed. */
TaiFixtureSale *tai_fixture_sell (TaiFixture *self, const char *msisdn, gint64 amount_minor);

/* Everything that is due goes out and is acknowledged, until nothing is left. */
void tai_fixture_acknowledge_all (TaiFixture *self);

TaiJournalEntry *tai_fixture_journal (TaiFixture *self, const char *kind, const char *subject);
TaiMessage *tai_fixture_message (TaiFixture *self, const char *text);
TaiDocument *tai_fixture_document (void);

/* Every row of every table as text, from a connection of its own: what "nothing is there" means. */
char *tai_fixture_dump (TaiFixture *self);
/* Runs SQL behind the store's back; SQLite's result code. */
int tai_fixture_sql (TaiFixture *self, const char *sql);
/* The same where no store has made the file. */
int tai_fixture_sql_new (TaiFixture *self, const char *sql);
/* Removes the closed store's files. */
void tai_fixture_remove_store (TaiFixture *self);
gint64 tai_fixture_number (TaiFixture *self, const char *sql);
void tai_fixture_assert_verified (TaiFixture *self);
