/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiOfflineRule: what the law and HQ let an operation do without a line (I7, 11-tables "Off line by law"). Ordered from
 * the freest to the tightest: HQ's data may only move it to the right.
 */
typedef enum {
  TAI_OFFLINE_COMPLETES,             /* "completes" */
  TAI_OFFLINE_PAID_NOT_CREDITED,     /* "paid_not_credited": 已收款·待到账 */
  TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE, /* "accepted_not_in_force": 已受理·待生效 */
  TAI_OFFLINE_NOT_OFFERED            /* "not_offered" */
} TaiOfflineRule;
const char *tai_offline_rule_to_text (TaiOfflineRule rule);
gboolean tai_offline_rule_from_text (const char *text, TaiOfflineRule *rule, GError **error);

typedef enum {
  TAI_NEEDS_IDENTITY = 1 << 0,  /* read from a document by a reader in this visit */
  TAI_NEEDS_NUMBER = 1 << 1,    /* a number of the terminal's leased stock */
  TAI_NEEDS_SIM = 1 << 2,       /* a SIM of the terminal's leased stock */
  TAI_NEEDS_TARGET = 1 << 3,    /* an existing number it is done for (characteristic MSISDN) */
  TAI_NEEDS_AMOUNT = 1 << 4,    /* an amount the customer names (open price) */
  TAI_NEEDS_PLAN = 1 << 5,      /* exactly one offering of kind plan */
  TAI_NEEDS_SIGNATURE = 1 << 6, /* the customer signs a form */
  TAI_NEEDS_COUPON =
      1 << 7, /* a coupon; off line only one that is leased to the hall or can be verified there */
  TAI_NEEDS_SALE = 1 << 8, /* the earlier sale that it takes back; off line only one of this terminal */
  TAI_NEEDS_SERVICE =
      1 << 9, /* at least one value-added service that is put on or taken off; the line stays as it is */
  TAI_NEEDS_OWNER =
      1 << 10 /* who was identified is the owner of that number: the counter compares, HQ decides */
} TaiNeeds;

/* A set: what the customer gets on paper. */
typedef enum { TAI_PAPER_RECEIPT = 1 << 0, TAI_PAPER_FORM = 1 << 1, TAI_PAPER_SLIP = 1 << 2 } TaiPapers;

/**
 * TaiOperation: one business of the hall, as data. Every flow, screen, message and paper reads this row; a new business is
 * a new row (and words in ui/), not new code.
 * @id: text in database, script and messages ("new_line")
 * @category: TMF622 productOrder.category
 * @code: business code for the command box ("kh")
 * @number: the operators' own code, for people who know it ("1104"), or NULL
 * @action: item action on the wire ("add", "modify", "delete"; "noChange" of an enquiry)
 * @account: account of the till that its open amount is credited to (tai-posting.h names); NULL: by offering
 * @minimum_age: 0 = any
 */
typedef struct {
  const char *id;
  const char *category;
  const char *code;
  const char *number;
  const char *action;
  const char *account;
  TaiNeeds needs;
  TaiPapers paper;
  TaiOfflineRule offline;
  int minimum_age;
} TaiOperation;

/* The table; all rows of 11-tables "Off line by law". NULL when unknown. */
const TaiOperation *tai_operation_find (const char *id);
/* By the code, in any case of letters, or by the operators' number. NULL when unknown. */
const TaiOperation *tai_operation_find_by_code (const char *code);
const TaiOperation *tai_operation_get_all (guint *n);
/* FALSE: it asks for what no verb of a desk can give yet (an earlier sale, a coupon): refused there, rather than done without it. */
gboolean tai_operation_has_steps (const TaiOperation *self);

G_END_DECLS
