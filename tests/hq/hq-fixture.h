/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-fake-entropy.h"
#include "tai-hq-apply.h"
#include "tai-hq-store-sqlite.h"
#include "tai-identity.h"
#include "tai-json.h"

/*
 * A headquarters in memory with two halls and three terminals: T1 and T2 in H017, T9 in H099; virtual time; and one way to
 * send a request and to judge the answer. Failing requests end the test with the answer's body.
 */
#define HQ_T0 G_GINT64_CONSTANT (1795312800000000) /* 2026-11-22T02:00:00Z */

typedef struct {
  HqStore *store;
  TaiEntropy *entropy;
  TaiSealKey *box_key, *blind_key;
  gint64 now_us;
  gboolean reads_ahead; /* as the program does */
  HqResponse response;  /* of the last request */
  TaiJson *json;        /* (nullable) its body */
} HqFixture;

HqFixture *hq_fixture_new (void);
void hq_fixture_free (HqFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqFixture, hq_fixture_free)
void hq_fixture_add_terminal (HqFixture *self, const char *id, const char *hall, const char *klass);
/* The same in another zone than the usual one. */
void hq_fixture_add_terminal_at (HqFixture *self, const char *id, const char *hall, const char *klass,
                                 int utc_offset_min);

/* What differs from a plain request; zeroed members are not sent. */
typedef struct {
  const char *terminal; /* "T1" when NULL, none when "" */
  const char *key, *seq, *digest, *type, *none_match;
} HqHeaders;

/* @target with its query; @body NULL: none. The status. */
int hq_fixture_send (HqFixture *self, const char *method, const char *target, const char *body,
                     const HqHeaders *headers);
int hq_fixture_send_bytes (HqFixture *self, const char *method, const char *target, GBytes *body,
                           const HqHeaders *headers);
int hq_fixture_get (HqFixture *self, const char *target);
/* An order or payment as a terminal sends it: key, number and digest. */
int hq_fixture_post (HqFixture *self, const char *path, const char *body, const char *key, gint64 seq);

/* A text of the last answer's body; fails when there is none. */
const char *hq_fixture_text (HqFixture *self, const char *path);
gint64 hq_fixture_int (HqFixture *self, const char *path);

/* Until nothing moves any more; @now_us stays. */
void hq_fixture_advance (HqFixture *self);
/* State and reason ("" = none) of an order of T1's hall, asked over the wire. */
void hq_fixture_assert_order (HqFixture *self, const char *id, const char *state, const char *reason);

/* UUIDs that are told apart by their end. */
const char *hq_fixture_uuid (guint number, char uuid[37]);

/* Bodies. (transfer full) */
char *hq_make_order (const char *id,
                     const char *payment_id); /* a plain one, no operation; (nullable) payment */
char *hq_make_payment (const char *id, const char *order_id, const char *amount);
char *hq_make_line (HqFixture *self, const char *id, const char *id_number, const char *msisdn,
                    const char *iccid);
char *hq_make_sealed (HqFixture *self, const char *id_number, const char *birth, TaiIdentitySource source);

void hq_fixture_add_stock (HqFixture *self, const char *kind, const char *value, const char *terminal);
