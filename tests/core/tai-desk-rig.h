/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-core-error.h"
#include "tai-desk.h"
#include "tai-fake-clock.h"
#include "tai-seal.h"
#include "tai-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * A desk as it stands in a hall: real store, renderer, sealer and catalogue (tests/data/catalogue.json), staff, leased numbers
 * and SIMs; only clock, chance, PINs and the words on paper are fakes. It is nine in the morning of 22 November 2026, nobody
 * is signed in and the till is closed. Terminal H017T2, class demo, off line.
 */
typedef struct {
  char *folder; /* (owned) (nullable) only on a disk */
  char *path;   /* (owned) file or URI of the database */
  sqlite3 *sql; /* (owned) an auditor's look at it */
  TaiTerminal *terminal;
  TaiFakeClock *clock;
  TaiEntropy *entropy;
  TaiCatalogue *catalogue;
  TaiSealKey *hq_key; /* HQ's own half: opens to_hq boxes */
  TaiStore *store;
  TaiDesk *desk;
  gint renders_left; /* the renderer fails after so many bodies; -1: never */
  gint steps_left;   /* the store fails after so many of its steps; -1: never */
  gboolean fail_after_commit;
} TaiDeskRig;

/* In memory; on a file, for tests of what a thief of the disk would read; @klass "production", "demo", … or NULL. */
TaiDeskRig *tai_desk_rig_new (void);
TaiDeskRig *tai_desk_rig_new_on_disk (void);
TaiDeskRig *tai_desk_rig_new_of_class (const char *klass);
void tai_desk_rig_free (TaiDeskRig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiDeskRig, tai_desk_rig_free)
/* The program ends and starts again: nobody is signed in, all that was in memory is gone. */
void tai_desk_rig_restart (TaiDeskRig *self);
/* Another desk on the same store: the next window, or one with another key of HQ's. */
TaiDesk *tai_desk_rig_make_desk (TaiDeskRig *self, TaiSealPublicKey hq);

/* Staff of the hall; each one's PIN is his number. */
#define RIG_CLERK      "1042"
#define RIG_CLERK_2    "1043"
#define RIG_SUPERVISOR "2001"
#define RIG_AUDITOR    "3001"
#define RIG_KIOSK      "4001"
#define RIG_DISABLED   "9001"
#define RIG_NO_PIN     "9002"
void tai_desk_rig_sign_in (TaiDeskRig *self, const char *number);
/* The clerk signs in and opens the till with 200.00. */
void tai_desk_rig_start_day (TaiDeskRig *self);
#define RIG_FLOAT 20000
/* A shift that ends behind the desk's back, which itself would not close it while visits are placed. */
void tai_desk_rig_close_behind (TaiDeskRig *self);

/* Leased stock: 0 … RIG_STOCK - 1. Static texts. */
#define RIG_STOCK 40
const char *tai_desk_rig_msisdn (guint index);
const char *tai_desk_rig_iccid (guint index);
#define RIG_TARGET "13900001234"

/* A grown citizen, another for each @index, on the (emulated) reader. */
TaiIdentity *tai_desk_rig_identity (guint index);

TaiVisit *tai_desk_rig_begin (TaiDeskRig *self);
/* Everything it takes to be placed: plan-59, sim-card (20.00 today), number and SIM @index, identity @index. Not signed. */
TaiOrder *tai_desk_rig_add_new_line (TaiDeskRig *self, TaiVisit *visit, guint index);
TaiOrder *tai_desk_rig_add_top_up (TaiDeskRig *self, TaiVisit *visit, gint64 fen);
/* Signs and places. */
void tai_desk_rig_place (TaiDeskRig *self, TaiVisit *visit);
/* Pays what is due. */
void tai_desk_rig_pay (TaiDeskRig *self, TaiVisit *visit);
/* One call: a top-up that is paid; the visit (transfer full). */
TaiVisit *tai_desk_rig_sell_top_up (TaiDeskRig *self, gint64 fen);

/* Every paper that waits comes out, all well. */
void tai_desk_rig_print (TaiDeskRig *self);
/* HQ has taken all that waited. */
void tai_desk_rig_upload (TaiDeskRig *self);

/* What an auditor with sqlite3 sees: one number; rows as "a|b\nc|d" (transfer full); every row of every table. */
gint64 tai_desk_rig_number (TaiDeskRig *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *tai_desk_rig_rows (TaiDeskRig *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *tai_desk_rig_dump (TaiDeskRig *self);
/* "event account amount" of the last posting sets whose event is @event, oldest first. */
char *tai_desk_rig_postings (TaiDeskRig *self, const char *event);
/* The record of the last journal entry as text. */
char *tai_desk_rig_last_journal (TaiDeskRig *self);
gint64 tai_desk_rig_drawer (TaiDeskRig *self);
TaiResourceState tai_desk_rig_stock_state (TaiDeskRig *self, const char *kind, const char *value);
/* The store's full check, balanced postings, contiguous sequence, receipts without gaps. */
void tai_desk_rig_assert_sound (TaiDeskRig *self);
/* @list: obstacles as check_visit gives them: exactly these codes, in any order; 0 ends. */
void tai_desk_rig_assert_obstacles (TaiDeskRig *self, TaiVisit *visit, ...);

#define CNY(fen) tai_money (fen, TAI_CNY)
#define NONE     tai_money (0, 0)

/* A call with &E as its error: it must do, or be refused with that code of TAI_CORE_ERROR. */
#define MUST(call)                                                                                           \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GError *E = NULL;                                                                                        \
    gboolean good_ = !!(call);                                                                               \
    g_assert_no_error (E);                                                                                   \
    g_assert_true (good_);                                                                                   \
  }                                                                                                          \
  G_STMT_END
#define REFUSED(code, call)                                                                                  \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GError *E = NULL;                                                                                        \
    g_assert_false (!!(call));                                                                               \
    g_assert_error (E, TAI_CORE_ERROR, (gint)(code));                                                        \
    g_error_free (E);                                                                                        \
  }                                                                                                          \
  G_STMT_END

G_END_DECLS
