/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "tai-hq-store-sqlite.h"

G_BEGIN_DECLS

/* Every statement of the store, prepared once at its first use. The texts stand in tai-hq-store-sqlite-sql.c. */
typedef enum {
  HQ_SQL_BEGIN,
  HQ_SQL_COMMIT,
  HQ_SQL_ROLLBACK,
  HQ_SQL_MESSAGE_INSERT,
  HQ_SQL_MESSAGE_FIND,
  HQ_SQL_MESSAGE_UPDATE,
  HQ_SQL_ORDER_INSERT,
  HQ_SQL_ORDER_FIND,
  HQ_SQL_ORDER_LIST,
  HQ_SQL_ORDER_COUNT,
  HQ_SQL_ORDER_RECENT,
  HQ_SQL_ORDER_SET_BODY,
  HQ_SQL_ORDER_SET_STATE,
  HQ_SQL_ORDER_DUE,
  HQ_SQL_ORDER_NEXT_DUE,
  HQ_SQL_PAYMENT_INSERT,
  HQ_SQL_PAYMENT_FIND,
  HQ_SQL_PAYMENT_LIST,
  HQ_SQL_PAYMENT_COUNT,
  HQ_SQL_CANCEL_INSERT,
  HQ_SQL_CANCEL_FIND,
  HQ_SQL_CANCEL_LIST,
  HQ_SQL_CANCEL_COUNT,
  HQ_SQL_CANCEL_SET_STATE,
  HQ_SQL_CANCEL_DUE,
  HQ_SQL_CANCEL_NEXT_DUE,
  HQ_SQL_FEED_SET,
  HQ_SQL_FEED_APPEND,
  HQ_SQL_FEED_LIST,
  HQ_SQL_FEED_LAST,
  HQ_SQL_FEED_JUMP,
  HQ_SQL_DEBT_FIND,
  HQ_SQL_DEBT_PUT,
  HQ_SQL_DEBT_DUE,
  HQ_SQL_DEBT_NEXT_DUE,
  HQ_SQL_CLAIM_TAKE,
  HQ_SQL_CLAIM_FIND,
  HQ_SQL_CLAIM_HAS,
  HQ_SQL_CLAIM_RELEASE,
  HQ_SQL_STOCK_ADD,
  HQ_SQL_STOCK_IS_LEASED,
  HQ_SQL_STOCK_COUNT_LEASED,
  HQ_SQL_STOCK_FREE,
  HQ_SQL_STOCK_LEASE,
  HQ_SQL_STOCK_SET_STATE,
  HQ_SQL_STOCK_LIST,
  HQ_SQL_LINE_FIND,
  HQ_SQL_LINE_LIST,
  HQ_SQL_LINE_LIST_CUSTOMER,
  HQ_SQL_LINE_PUT,
  HQ_SQL_LOOK_APPEND,
  HQ_SQL_LOOK_LIST,
  HQ_SQL_DOCUMENT_INSERT,
  HQ_SQL_DOCUMENT_PUT,
  HQ_SQL_DOCUMENT_FIND,
  HQ_SQL_DOCUMENT_LIST,
  HQ_SQL_DOCUMENT_LIST_HALL,
  HQ_SQL_DOCUMENT_LIST_LINE,
  HQ_SQL_DOCUMENT_LIST_PARTY,
  HQ_SQL_DOCUMENT_LIST_ORIGINAL,
  HQ_SQL_DOCUMENT_DELETE,
  HQ_SQL_PAY_FIND,
  HQ_SQL_PAY_PUT,
  HQ_SQL_PAY_GIVEN_BACK,
  HQ_SQL_PAY_NOTE,
  HQ_SQL_PAY_CLAIM,
  HQ_SQL_PAY_IS_CLAIMED,
  HQ_SQL_PAY_UNCLAIMED,
  HQ_SQL_PAY_DUE,
  HQ_SQL_PAY_NEXT_DUE,
  HQ_SQL_BLOCKED_FIND,
  HQ_SQL_BLOCKED_ADD,
  HQ_SQL_BLOCKED_DELETE,
  HQ_SQL_TERMINAL_FIND,
  HQ_SQL_TERMINAL_PUT,
  HQ_SQL_TERMINAL_SET_SEQUENCE,
  HQ_SQL_TERMINAL_ALL,
  HQ_SQL_TERMINAL_PROVE,
  HQ_SQL_CODE_INSERT,
  HQ_SQL_CODE_FIND,
  HQ_SQL_CODE_USE,
  HQ_SQL_STAFF_PUT,
  HQ_SQL_STAFF_LIST,
  HQ_SQL_OFFERING_CLEAR,
  HQ_SQL_OFFERING_INSERT,
  HQ_SQL_OFFERING_FIND,
  HQ_SQL_OFFERING_LIST,
  HQ_SQL_SETTING_GET,
  HQ_SQL_SETTING_PUT,
  HQ_SQL_ALARM_RAISE,
  HQ_SQL_ALARM_COUNT,
  HQ_SQL_SOUTH_INSERT,
  HQ_SQL_SOUTH_FIND,
  HQ_SQL_SOUTH_FIND_HELD,
  HQ_SQL_SOUTH_PUT,
  HQ_SQL_SOUTH_DUE,
  HQ_SQL_SOUTH_NEXT_DUE,
  HQ_SQL_SOUTH_WITNESS,
  HQ_SQL_SOUTH_LIST,
  HQ_SQL_SOUTH_COUNT,
  HQ_SQL_CANCEL_OPEN,
  HQ_SQL_EVENT_WANTED,
  HQ_SQL_LISTENER_COUNT,
  HQ_SQL_EVENT_COUNT_UP,
  HQ_SQL_EVENT_APPEND,
  HQ_SQL_EVENT_WAKE,
  HQ_SQL_EVENT_LAST,
  HQ_SQL_EVENT_AFTER,
  HQ_SQL_EVENT_PURGE,
  HQ_SQL_LISTENER_PUT,
  HQ_SQL_LISTENER_FIND,
  HQ_SQL_LISTENER_DELETE,
  HQ_SQL_LISTENER_LIST,
  HQ_SQL_LISTENER_DUE,
  HQ_SQL_LISTENER_NEXT_DUE,
  HQ_SQL_DEAD_APPEND,
  HQ_SQL_DEAD_LIST,
  HQ_SQL_DEAD_CLEAR,
  HQ_SQL_TERMINAL_SEE,
  HQ_SQL_TERMINAL_LIST,
  HQ_SQL_STAFF_FIND,
  HQ_SQL_SUM_ADD,
  HQ_SQL_SUM_LIST,
  HQ_SQL_SUM_CLEAR,
  HQ_SQL_TILL_INSERT,
  HQ_SQL_TILL_BY_SUBJECT,
  HQ_SQL_TILL_BY_REF,
  HQ_SQL_TILL_BY_ACT,
  HQ_SQL_TILL_BY_SLIP,
  HQ_SQL_TILL_BY_SHIFT,
  HQ_SQL_DEPOSIT_LIST,
  HQ_SQL_BANK_INSERT,
  HQ_SQL_BANK_FIND,
  HQ_SQL_BANK_LIST,
  HQ_SQL_BANK_BY_NUMBER,
  HQ_SQL_STATEMENT_PUT,
  HQ_SQL_STATEMENT_COVERS,
  HQ_SQL_STATEMENT_BESIDE,
  HQ_SQL_SHIFT_FIND,
  HQ_SQL_SHIFT_PUT,
  HQ_SQL_SHIFT_LIST,
  HQ_SQL_SUPPLEMENT_APPEND,
  HQ_SQL_SUPPLEMENT_LIST,
  HQ_SQL_LATE_APPEND,
  HQ_SQL_LATE_LIST,
  HQ_SQL_HALL_CLOSE_PUT,
  HQ_SQL_HALL_CLOSE_LIST,
  HQ_SQL_FINDING_PUT,
  HQ_SQL_FINDING_CLOSE,
  HQ_SQL_FINDING_LIST,
  HQ_SQL_FINDING_COUNT,
  HQ_SQL_MESSAGE_LIST,
  HQ_SQL_LAST
} HqSql;

#define HQ_SCHEMA_VERSION   HQ_STORE_SQLITE_VERSION
#define HQ_SQLITE_LAST_TEXT "\xf4\x8f\xbf\xbf" /* above every text */
#define HQ_APPLICATION_ID   0x47545148         /* "GTQH" */

extern const char *const hq_store_sqlite_text[HQ_SQL_LAST];
extern const char *const hq_store_sqlite_pragmas;
extern const char *const hq_store_sqlite_schema[HQ_SCHEMA_VERSION]; /* [n]: from version n to n + 1 */

typedef struct {
  HqStore parent;
  sqlite3 *db;
  sqlite3_stmt *statements[HQ_SQL_LAST];
  gboolean in_transaction;
  gint64 n_listeners; /* -1: to be counted; where there is none, events cost nothing */
  GHashTable *sums;   /* (owned) of the transaction, to be written with its commit */
  GHashTable *feeds;  /* (owned) (element-type utf8 gint64) the same: last number of a hall's feed */
} HqStoreSqlite;

/* The statement, reset and without values; NULL after a sticky error. */
sqlite3_stmt *hq_sqlite_use (HqStore *store, HqSql which);
/* TRUE: a row is there. Anything but a row or the end makes the sticky error. */
gboolean hq_sqlite_step (HqStore *store, sqlite3_stmt *statement);
/* Runs to the end and resets; TRUE: at least one row was changed. */
gboolean hq_sqlite_run (HqStore *store, sqlite3_stmt *statement);

void hq_sqlite_bind_text (sqlite3_stmt *statement, int index, const char *text); /* NULL: null */
void hq_sqlite_bind_bytes (sqlite3_stmt *statement, int index, GBytes *bytes);   /* NULL: null */
void hq_sqlite_bind_digest (sqlite3_stmt *statement, int index, const TaiDigest *digest);
/* 0: null */
void hq_sqlite_bind_time (sqlite3_stmt *statement, int index, gint64 time_us);

const char *hq_sqlite_text (sqlite3_stmt *statement, int column); /* lives until the next step; (nullable) */
GBytes *hq_sqlite_bytes (sqlite3_stmt *statement, int column);    /* (transfer full) (nullable) */
TaiDigest hq_sqlite_digest (sqlite3_stmt *statement, int column);
/* A copy in the row's chunk; (nullable). */
const char *hq_sqlite_keep (GStringChunk *chunk, sqlite3_stmt *statement, int column);

/* The first column of the first row; 0: no row, or null */
gint64 hq_sqlite_read_count (HqStore *store, sqlite3_stmt *statement);

/* What was gathered goes into its table; forgotten when the transaction ends badly. */
void hq_sqlite_write_sums (HqStore *store);
void hq_sqlite_forget_sums (HqStore *store);
GHashTable *hq_sqlite_new_sums (void);
void hq_sqlite_write_feeds (HqStore *store);

/* The verbs by what they speak of. */
void hq_sqlite_fill_money (HqStoreClass *klass);     /* sums, news of tills, shifts, what does not match */
void hq_sqlite_fill_bank (HqStoreClass *klass);      /* statements of banks */
void hq_sqlite_fill_pays (HqStoreClass *klass);      /* payments through the gateway */
void hq_sqlite_fill_documents (HqStoreClass *klass); /* resources of the standard that are but their body */
void hq_sqlite_fill_lines (HqStoreClass *klass);     /* subscribers' lines, looks */
void hq_sqlite_fill_debts (HqStoreClass *klass);     /* debts between terminals */
void hq_sqlite_fill_messages (HqStoreClass *klass);  /* messages, feed */
void hq_sqlite_fill_orders (HqStoreClass *klass);    /* orders, payments, cancel tasks */
void hq_sqlite_fill_south (HqStoreClass *klass);     /* orders that are handed on */
void hq_sqlite_fill_events (HqStoreClass *klass);    /* events, listeners */
/* What orders and southbound share. */
GPtrArray *hq_sqlite_read_cancels (HqStore *store, sqlite3_stmt *statement); /* (element-type HqCancelRow) */
void
hq_sqlite_fill_things (HqStoreClass *klass); /* claims, stock, terminals, codes, staff, offerings, settings */

G_END_DECLS
