/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All SQL of the embedded headquarters. Plain common subset: client-made keys, ON CONFLICT DO NOTHING, no triggers, no
 * sequences for order. Hall tables begin with the hall; claim, stock and code tables with the thing itself.
 *
 * The bytes of a message lie in their own table, in the order of arrival: what is listed and what changes are small rows
 * elsewhere, so that a move of an order dirties a page of many orders and a list reads no bodies it does not show.
 */
#include "tai-hq-store-sqlite-private.h"

const char *const hq_store_sqlite_pragmas = "PRAGMA journal_mode = WAL;"
                                            "PRAGMA synchronous = FULL;"
                                            "PRAGMA wal_autocheckpoint = 16384;"
                                            "PRAGMA cache_size = -65536;"
                                            "PRAGMA locking_mode = EXCLUSIVE;"
                                            "PRAGMA temp_store = MEMORY;"
                                            "PRAGMA trusted_schema = OFF;"
                                            "PRAGMA foreign_keys = OFF;";

/* version 1 */
static const char version_1[] =
    "CREATE TABLE setting (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE terminal (id TEXT NOT NULL PRIMARY KEY, hall TEXT NOT NULL, class TEXT NOT NULL,"
    " profile TEXT NOT NULL, top INTEGER NOT NULL DEFAULT 0, gaps TEXT NOT NULL DEFAULT '',"
    " safe_until INTEGER NOT NULL DEFAULT 0, revoked INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;"
    "CREATE TABLE hall (hall TEXT NOT NULL PRIMARY KEY, feed_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE message (hall TEXT NOT NULL, key TEXT NOT NULL, terminal TEXT NOT NULL, seq INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, resource TEXT, status INTEGER NOT NULL, code TEXT, sha256 BLOB NOT NULL,"
    " at_us INTEGER NOT NULL, body BLOB NOT NULL, answer BLOB, PRIMARY KEY (hall, key)) STRICT;"
    "CREATE TABLE product_order (hall TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL, terminal TEXT NOT NULL,"
    " external_id TEXT, state TEXT NOT NULL, reason TEXT, category TEXT, operation TEXT, msisdn TEXT, clerk TEXT,"
    " day TEXT, flags INTEGER NOT NULL, order_us INTEGER NOT NULL, changed_us INTEGER NOT NULL, due_us INTEGER,"
    " body BLOB, PRIMARY KEY (hall, id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX product_order_due ON product_order (due_us) WHERE due_us IS NOT NULL;"
    "CREATE INDEX product_order_external ON product_order (hall, external_id) WHERE external_id IS NOT NULL;"
    "CREATE TABLE payment (hall TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL, terminal TEXT NOT NULL,"
    " external_id TEXT, status TEXT NOT NULL, day TEXT, tender TEXT, flags INTEGER NOT NULL, at_us INTEGER NOT NULL,"
    " PRIMARY KEY (hall, id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX payment_external ON payment (hall, external_id) WHERE external_id IS NOT NULL;"
    "CREATE TABLE cancel_task (hall TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL, order_id TEXT NOT NULL,"
    " state TEXT NOT NULL, flags INTEGER NOT NULL, at_us INTEGER NOT NULL, changed_us INTEGER NOT NULL,"
    " due_us INTEGER, PRIMARY KEY (hall, id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX cancel_task_due ON cancel_task (due_us) WHERE due_us IS NOT NULL;"
    "CREATE TABLE feed (hall TEXT NOT NULL, terminal TEXT NOT NULL, seq INTEGER NOT NULL, order_id TEXT NOT NULL,"
    " state TEXT NOT NULL, reason TEXT, at_us INTEGER NOT NULL, PRIMARY KEY (hall, terminal, seq))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE claim (kind TEXT NOT NULL, thing TEXT NOT NULL, slot INTEGER NOT NULL, hall TEXT NOT NULL,"
    " order_id TEXT NOT NULL, at_us INTEGER NOT NULL, PRIMARY KEY (kind, thing, slot)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX claim_owner ON claim (hall, order_id);"
    "CREATE TABLE stock (kind TEXT NOT NULL, value TEXT NOT NULL, grade TEXT, state TEXT NOT NULL, terminal TEXT,"
    " until_us INTEGER, PRIMARY KEY (kind, value)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX stock_free ON stock (kind, value) WHERE state = 'free';"
    "CREATE INDEX stock_leased ON stock (kind, terminal) WHERE state = 'leased';"
    "CREATE TABLE blocked (id_hash TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE enrol_code (code BLOB NOT NULL PRIMARY KEY, terminal TEXT NOT NULL, hall TEXT NOT NULL,"
    " class TEXT NOT NULL, profile TEXT NOT NULL, expires_us INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0,"
    " csr BLOB, certificate TEXT) STRICT, WITHOUT ROWID;"
    "CREATE TABLE staff (hall TEXT NOT NULL, number TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (hall, number))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE offering (id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, body BLOB NOT NULL) STRICT;"
    "CREATE INDEX offering_position ON offering (position);"
    "CREATE TABLE alarm (id INTEGER PRIMARY KEY, hall TEXT NOT NULL, terminal TEXT NOT NULL, kind TEXT NOT NULL,"
    " detail TEXT NOT NULL, at_us INTEGER NOT NULL) STRICT;";

/* version 2: subscribers' lines, who looked at them, and the way from a number to its hall's newest orders */
static const char version_2[] =
    "CREATE TABLE line (msisdn TEXT NOT NULL PRIMARY KEY, owner TEXT, customer TEXT, plan TEXT, plan_name TEXT,"
    " plan_name_en TEXT, status TEXT NOT NULL, currency INTEGER NOT NULL, balance INTEGER NOT NULL,"
    " arrears INTEGER NOT NULL, arrears_since_us INTEGER, changed_us INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE line_look (id INTEGER PRIMARY KEY, hall TEXT NOT NULL, terminal TEXT NOT NULL, clerk TEXT,"
    " msisdn TEXT NOT NULL, found INTEGER NOT NULL, at_us INTEGER NOT NULL) STRICT;"
    "CREATE INDEX line_look_number ON line_look (msisdn, at_us);"
    "CREATE INDEX product_order_number ON product_order (hall, msisdn, order_us) WHERE msisdn IS NOT NULL;";

/* version 3: resources of the standard that are but their body, and the way from a customer to the lines */
static const char version_3[] =
    "CREATE TABLE document (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, hall TEXT NOT NULL, id TEXT NOT NULL,"
    " line TEXT, party TEXT, created_us INTEGER NOT NULL, changed_us INTEGER NOT NULL, body BLOB NOT NULL,"
    " UNIQUE (kind, id, hall)) STRICT;"
    "CREATE INDEX document_hall ON document (kind, hall, line);"
    "CREATE INDEX document_line ON document (kind, line) WHERE line IS NOT NULL;"
    "CREATE INDEX document_party ON document (kind, party) WHERE party IS NOT NULL;"
    "CREATE INDEX line_customer ON line (customer) WHERE customer IS NOT NULL;";
/* version 4: orders handed on to the operator's own system; events and who hears of them */
static const char version_4[] =
    "CREATE TABLE south (hall TEXT NOT NULL, order_id TEXT NOT NULL, external_id TEXT NOT NULL, step TEXT NOT NULL,"
    " proof INTEGER NOT NULL, cancel INTEGER NOT NULL, foreign_id TEXT, foreign_state TEXT, note TEXT,"
    " sends INTEGER NOT NULL, tries INTEGER NOT NULL, sent_us INTEGER NOT NULL, changed_us INTEGER NOT NULL,"
    " due_us INTEGER, PRIMARY KEY (hall, order_id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX south_due ON south (due_us) WHERE due_us IS NOT NULL;"
    "CREATE INDEX south_open ON south (step, order_id) WHERE step <> 'done';"
    "CREATE INDEX south_known ON south (sent_us) WHERE foreign_id IS NOT NULL;"
    "CREATE INDEX cancel_task_order ON cancel_task (hall, order_id);"
    "CREATE TABLE event_head (hall TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event (hall TEXT NOT NULL, seq INTEGER NOT NULL, type INTEGER NOT NULL, order_id TEXT NOT NULL,"
    " state TEXT NOT NULL, reason TEXT, detail BLOB, at_us INTEGER NOT NULL, PRIMARY KEY (hall, seq))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE listener (id TEXT NOT NULL PRIMARY KEY, hall TEXT NOT NULL, callback TEXT, query TEXT, name TEXT,"
    " stopped INTEGER NOT NULL, after_seq INTEGER NOT NULL, tries INTEGER NOT NULL, dead_in_row INTEGER NOT NULL,"
    " created_us INTEGER NOT NULL, due_us INTEGER, note TEXT) STRICT, WITHOUT ROWID;"
    "CREATE INDEX listener_hall ON listener (hall);"
    "CREATE INDEX listener_due ON listener (due_us) WHERE due_us IS NOT NULL;"
    "CREATE TABLE dead_event (listener TEXT NOT NULL, seq INTEGER NOT NULL, note TEXT NOT NULL, at_us INTEGER NOT NULL,"
    " PRIMARY KEY (listener, seq)) STRICT, WITHOUT ROWID;";

/* payments through the gateway, and what was asked and answered of each */
static const char version_pay[] =
    "CREATE TABLE pay (hall TEXT NOT NULL, id TEXT NOT NULL, terminal TEXT NOT NULL, provider TEXT NOT NULL,"
    " currency INTEGER NOT NULL, amount INTEGER NOT NULL, shows INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT,"
    " transaction_id TEXT, qr TEXT, since_us INTEGER NOT NULL, changed_us INTEGER NOT NULL, PRIMARY KEY (hall, id))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE pay_event (n INTEGER PRIMARY KEY, hall TEXT NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL,"
    " state TEXT NOT NULL, reason TEXT, at_us INTEGER NOT NULL) STRICT;"
    "CREATE INDEX pay_event_of ON pay_event (hall, id, n);";

/* stock that is one hall's, or good until a day: coupons */
static const char version_coupon[] = "ALTER TABLE stock ADD COLUMN hall TEXT;"
                                     "ALTER TABLE stock ADD COLUMN expires_us INTEGER NOT NULL DEFAULT 0;";

/* The money of the day: sums that grow with what comes, news of tills, shifts, what does not match. A sum's row begins with hall
 * and day: a hall's day is one walk over few pages, however many orders there are. */
static const char version_money[] =
    "ALTER TABLE terminal ADD COLUMN seen_us INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE pay ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;"
    "UPDATE pay SET claimed = 1 WHERE EXISTS (SELECT 1 FROM payment AS p WHERE p.hall = pay.hall AND p.id = pay.id);"
    "CREATE INDEX pay_unclaimed ON pay (changed_us) WHERE state = 'succeeded' AND claimed = 0;"
    "CREATE TABLE roll_up (hall TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, terminal TEXT NOT NULL,"
    " clerk TEXT NOT NULL, operation TEXT NOT NULL, name TEXT NOT NULL, currency INTEGER NOT NULL,"
    " count INTEGER NOT NULL, minor INTEGER NOT NULL,"
    " PRIMARY KEY (hall, day, kind, terminal, clerk, operation, name, currency)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE till_news (n INTEGER PRIMARY KEY, hall TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL,"
    " terminal TEXT NOT NULL, kind TEXT NOT NULL, name TEXT, shift TEXT, day TEXT, clerk TEXT, subject TEXT, ref TEXT,"
    " act TEXT, currency INTEGER, amount INTEGER, at_us INTEGER NOT NULL, arrived_us INTEGER NOT NULL) STRICT;"
    "CREATE INDEX till_news_subject ON till_news (hall, kind, subject) WHERE subject IS NOT NULL;"
    "CREATE INDEX till_news_ref ON till_news (hall, ref) WHERE ref IS NOT NULL;"
    "CREATE INDEX till_news_act ON till_news (hall, act) WHERE act IS NOT NULL;"
    "CREATE INDEX till_news_shift ON till_news (hall, shift) WHERE shift IS NOT NULL;"
    "CREATE TABLE shift (hall TEXT NOT NULL, id TEXT NOT NULL, terminal TEXT NOT NULL, till TEXT NOT NULL,"
    " clerk TEXT NOT NULL, day TEXT NOT NULL, opened_us INTEGER NOT NULL, closed_us INTEGER NOT NULL,"
    " currency INTEGER NOT NULL, float INTEGER NOT NULL, opening_expected INTEGER NOT NULL, counted INTEGER NOT NULL,"
    " expected INTEGER NOT NULL, z_number INTEGER NOT NULL, n_counts INTEGER NOT NULL, journal_seq INTEGER NOT NULL,"
    " journal_head TEXT, arrived_us INTEGER NOT NULL, close_seq INTEGER NOT NULL, n_supplements INTEGER NOT NULL,"
    " PRIMARY KEY (hall, id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX shift_day ON shift (hall, day);"
    "CREATE TABLE supplement (hall TEXT NOT NULL, shift TEXT NOT NULL, number INTEGER NOT NULL, event TEXT NOT NULL,"
    " id TEXT, currency INTEGER NOT NULL, amount INTEGER NOT NULL, at_us INTEGER NOT NULL, arrived_us INTEGER NOT NULL,"
    " PRIMARY KEY (hall, shift, number)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE late_money (hall TEXT NOT NULL, shift TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,"
    " currency INTEGER NOT NULL, amount INTEGER NOT NULL, arrived_us INTEGER NOT NULL,"
    " PRIMARY KEY (hall, shift, id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE hall_close (hall TEXT NOT NULL, day TEXT NOT NULL, terminal TEXT NOT NULL, clerk TEXT,"
    " number INTEGER NOT NULL, currency INTEGER NOT NULL, sales INTEGER NOT NULL, drawers INTEGER NOT NULL,"
    " safe INTEGER NOT NULL, in_bags INTEGER NOT NULL, n_orders INTEGER NOT NULL, n_shifts INTEGER NOT NULL,"
    " n_left INTEGER NOT NULL, at_us INTEGER NOT NULL, PRIMARY KEY (hall, day, terminal)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE finding (hall TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, terminal TEXT NOT NULL,"
    " detail TEXT NOT NULL, since_us INTEGER NOT NULL, changed_us INTEGER NOT NULL, is_open INTEGER NOT NULL,"
    " PRIMARY KEY (hall, kind, subject)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX finding_open ON finding (hall, since_us) WHERE is_open = 1;"
    /* what was there before has no sums yet: they are added up before the first report */
    "INSERT INTO setting (name, value) SELECT 'sums_are_due', '1' WHERE EXISTS (SELECT 1 FROM message);";

/* A shift's sums stay apart, too; its table holds nothing that cannot be added up anew. */
static const char version_shift[] =
    "DROP TABLE roll_up;"
    "CREATE TABLE roll_up (hall TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, terminal TEXT NOT NULL,"
    " clerk TEXT NOT NULL, operation TEXT NOT NULL, name TEXT NOT NULL, shift TEXT NOT NULL, currency INTEGER NOT NULL,"
    " count INTEGER NOT NULL, minor INTEGER NOT NULL,"
    " PRIMARY KEY (hall, day, kind, terminal, clerk, operation, name, shift, currency)) STRICT, WITHOUT ROWID;"
    "INSERT INTO setting (name, value) SELECT 'sums_are_due', '1' WHERE EXISTS (SELECT 1 FROM message)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value;";

/* What banks say, beside what halls say: a deposit is found by the bank's slip */
static const char version_bank[] =
    "ALTER TABLE till_news ADD COLUMN slip TEXT;"
    "UPDATE till_news SET slip = (SELECT json_extract (CAST (m.body AS TEXT), '$.slip') FROM message AS m"
    " WHERE m.hall = till_news.hall AND m.key = till_news.key) WHERE kind = 'cash';"
    "CREATE INDEX till_news_slip ON till_news (hall, slip) WHERE slip IS NOT NULL;"
    "CREATE TABLE bank_line (hall TEXT NOT NULL, reference TEXT NOT NULL, type TEXT NOT NULL, number TEXT,"
    " day TEXT NOT NULL, currency INTEGER NOT NULL, amount INTEGER NOT NULL, at_us INTEGER NOT NULL,"
    " PRIMARY KEY (hall, reference)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX bank_line_number ON bank_line (hall, number) WHERE number IS NOT NULL;"
    "CREATE INDEX bank_line_day ON bank_line (hall, day);"
    "CREATE TABLE bank_statement (hall TEXT NOT NULL, type TEXT NOT NULL, from_day TEXT NOT NULL,"
    " until_day TEXT NOT NULL, at_us INTEGER NOT NULL, PRIMARY KEY (hall, type, until_day, from_day))"
    " STRICT, WITHOUT ROWID;";

/* refunds through the gateway: payments the other way */
static const char version_refund[] =
    "ALTER TABLE pay ADD COLUMN original TEXT;"
    "CREATE INDEX pay_original ON pay (hall, original) WHERE original IS NOT NULL;";

/* what nobody knows yet headquarters asks about by itself; the refunds of a payment, however they went */
#define ORIGINAL_OF(kind, body)                                                                              \
  "CASE WHEN " kind " = 'Refund' AND json_valid (CAST (" body " AS TEXT)) THEN"                              \
  " json_extract (CAST (" body " AS TEXT), '$.\"x-guitai\".original') END"
static const char version_ask[] =
    "ALTER TABLE pay ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE pay ADD COLUMN due_us INTEGER;"
    "UPDATE pay SET due_us = changed_us WHERE state IN ('wanted', 'awaiting', 'unknown', 'reversing');"
    "CREATE INDEX pay_due ON pay (due_us) WHERE due_us IS NOT NULL;"
    "ALTER TABLE document ADD COLUMN original TEXT;"
    "UPDATE document SET original = " ORIGINAL_OF (
        "kind",
        "body") " WHERE kind = 'Refund';"
                "CREATE INDEX document_original ON document (hall, original) WHERE original IS NOT NULL;";

/* cash that one terminal of a hall owes and another gives back: whose it is */
static const char version_debt[] =
    "ALTER TABLE feed ADD COLUMN debt TEXT;"
    "CREATE TABLE debt (hall TEXT NOT NULL, order_id TEXT NOT NULL, holder TEXT NOT NULL, hop INTEGER NOT NULL,"
    " claim TEXT, claimant TEXT, clerk TEXT, currency INTEGER NOT NULL, amount INTEGER NOT NULL,"
    " paid INTEGER NOT NULL, changed_us INTEGER NOT NULL, due_us INTEGER, PRIMARY KEY (hall, order_id))"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX debt_due ON debt (due_us) WHERE due_us IS NOT NULL;";

const char *const hq_store_sqlite_schema[HQ_SCHEMA_VERSION] = {
    version_1,     version_2,     version_3,    version_4,      version_pay, version_coupon,
    version_money, version_shift, version_bank, version_refund, version_ask, version_debt};

/* A row of an order with its body as it is now: its own, else that of the message. */
#define ORDER_COLUMNS                                                                                        \
  "o.hall, o.id, o.key, o.terminal, o.external_id, o.state, o.reason, o.category, o.operation, o.msisdn,"    \
  " o.clerk, o.day, o.flags, o.order_us, o.changed_us, o.due_us, coalesce (o.body, m.body)"
#define ORDER_FROM " FROM product_order AS o LEFT JOIN message AS m ON m.hall = o.hall AND m.key = o.key "
#define ORDER_WHERE                                                                                          \
  "WHERE o.hall >= ?1 AND o.hall <= ?12 AND (?2 IS NULL OR o.id = ?2)"                                       \
  " AND (?3 IS NULL OR coalesce (o.external_id, o.id) = ?3) AND (?4 IS NULL OR o.state = ?4)"                \
  " AND (?5 IS NULL OR o.category = ?5) AND (?6 IS NULL OR o.operation = ?6)"                                \
  " AND (?7 IS NULL OR o.msisdn = ?7) AND (?8 IS NULL OR o.terminal = ?8) AND (?9 IS NULL OR o.day = ?9)"
#define PAYMENT_COLUMNS                                                                                      \
  "p.hall, p.id, p.key, p.terminal, p.external_id, p.status, p.day, p.tender, p.flags, p.at_us, m.body"
#define PAYMENT_FROM " FROM payment AS p LEFT JOIN message AS m ON m.hall = p.hall AND m.key = p.key "
#define PAYMENT_WHERE                                                                                        \
  "WHERE p.hall >= ?1 AND p.hall <= ?12 AND (?2 IS NULL OR p.id = ?2)"                                       \
  " AND (?3 IS NULL OR coalesce (p.external_id, p.id) = ?3) AND (?4 IS NULL OR p.status = ?4)"               \
  " AND (?5 IS NULL OR p.terminal = ?5) AND (?6 IS NULL OR p.day = ?6)"
#define CANCEL_COLUMNS                                                                                       \
  "c.hall, c.id, c.key, c.order_id, c.state, c.flags, c.at_us, c.changed_us, c.due_us, m.body"
#define CANCEL_FROM " FROM cancel_task AS c LEFT JOIN message AS m ON m.hall = c.hall AND m.key = c.key "
#define CANCEL_WHERE                                                                                         \
  "WHERE c.hall >= ?1 AND c.hall <= ?12 AND (?2 IS NULL OR c.id = ?2) AND (?3 IS NULL OR c.state = ?3)"
#define PAGE " LIMIT ?10 OFFSET ?11"
#define LINE_COLUMNS                                                                                         \
  "msisdn, owner, customer, plan, plan_name, plan_name_en, status, currency, balance, arrears,"              \
  " arrears_since_us, changed_us"
#define DOCUMENT_COLUMNS "kind, hall, id, line, party, created_us, changed_us, body"
#define SOUTH_COLUMNS                                                                                         \
  "hall, order_id, external_id, step, proof, cancel, foreign_id, foreign_state, note, sends, tries, sent_us," \
  " changed_us, due_us"
#define TILL_COLUMNS                                                                                         \
  "t.hall, t.id, t.key, t.terminal, t.kind, t.name, t.shift, t.day, t.clerk, t.subject, t.ref, t.act,"       \
  " t.currency, t.amount, t.at_us, t.arrived_us, m.body, t.slip"
#define TILL_FROM " FROM till_news AS t LEFT JOIN message AS m ON m.hall = t.hall AND m.key = t.key "
#define SHIFT_COLUMNS                                                                                        \
  "hall, id, terminal, till, clerk, day, opened_us, closed_us, currency, float, opening_expected, counted,"  \
  " expected, z_number, n_counts, journal_seq, journal_head, arrived_us, close_seq, n_supplements"
#define BANK_COLUMNS    "hall, reference, type, number, day, currency, amount, at_us"
#define FINDING_COLUMNS "hall, kind, subject, terminal, detail, since_us, changed_us, is_open"
#define PAY_COLUMNS                                                                                          \
  "hall, id, terminal, provider, currency, amount, shows, state, reason, transaction_id, qr, since_us,"      \
  " changed_us, original, asks, due_us"
#define DEBT_COLUMNS                                                                                         \
  "hall, order_id, holder, hop, claim, claimant, clerk, currency, amount, paid, changed_us, due_us"
#define LISTENER_COLUMNS                                                                                     \
  "id, hall, callback, query, name, stopped, after_seq, tries, dead_in_row, created_us, due_us, note"

const char *const hq_store_sqlite_text[HQ_SQL_LAST] = {
    [HQ_SQL_BEGIN] = "BEGIN IMMEDIATE",
    [HQ_SQL_COMMIT] = "COMMIT",
    [HQ_SQL_ROLLBACK] = "ROLLBACK",
    [HQ_SQL_MESSAGE_INSERT] =
        "INSERT INTO message (hall, key, terminal, seq, kind, resource, status, code, sha256, at_us, body, answer)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING",
    [HQ_SQL_MESSAGE_FIND] =
        "SELECT hall, key, terminal, seq, kind, resource, status, code, sha256, at_us, body, answer"
        " FROM message WHERE hall = ?1 AND key = ?2",
    [HQ_SQL_MESSAGE_UPDATE] =
        "UPDATE message SET terminal = ?3, seq = ?4, kind = ?5, resource = ?6, status = ?7,"
        " code = ?8, sha256 = ?9, at_us = ?10, body = ?11, answer = ?12"
        " WHERE hall = ?1 AND key = ?2",
    [HQ_SQL_ORDER_INSERT] =
        "INSERT INTO product_order (hall, id, key, terminal, external_id, state, reason, category, operation, msisdn,"
        " clerk, day, flags, order_us, changed_us, due_us)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) ON CONFLICT DO NOTHING",
    [HQ_SQL_ORDER_FIND] = "SELECT " ORDER_COLUMNS ORDER_FROM "WHERE o.hall = ?1 AND o.id = ?2",
    [HQ_SQL_ORDER_LIST] = "SELECT " ORDER_COLUMNS ORDER_FROM ORDER_WHERE " ORDER BY o.hall, o.id" PAGE,
    [HQ_SQL_ORDER_COUNT] = "SELECT count (*) FROM product_order AS o " ORDER_WHERE,
    [HQ_SQL_ORDER_RECENT] =
        "SELECT " ORDER_COLUMNS ORDER_FROM
        "WHERE o.hall = ?1 AND o.msisdn = ?2 AND o.order_us >= ?3 ORDER BY o.order_us DESC",
    [HQ_SQL_ORDER_SET_BODY] =
        "UPDATE product_order SET body = ?3, flags = ?4, changed_us = ?5 WHERE hall = ?1 AND id = ?2",
    [HQ_SQL_ORDER_SET_STATE] =
        "UPDATE product_order SET state = ?3, reason = ?4, changed_us = ?5, due_us = ?6"
        " WHERE hall = ?1 AND id = ?2",
    [HQ_SQL_ORDER_DUE] = "SELECT " ORDER_COLUMNS ORDER_FROM
                         "WHERE o.due_us IS NOT NULL AND o.due_us <= ?1 ORDER BY o.due_us LIMIT ?2",
    [HQ_SQL_ORDER_NEXT_DUE] = "SELECT min (due_us) FROM product_order WHERE due_us IS NOT NULL",
    [HQ_SQL_PAYMENT_INSERT] =
        "INSERT INTO payment (hall, id, key, terminal, external_id, status, day, tender, flags, at_us)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
    [HQ_SQL_PAYMENT_FIND] = "SELECT " PAYMENT_COLUMNS PAYMENT_FROM "WHERE p.hall = ?1 AND p.id = ?2",
    [HQ_SQL_PAYMENT_LIST] =
        "SELECT " PAYMENT_COLUMNS PAYMENT_FROM PAYMENT_WHERE " ORDER BY p.hall, p.id" PAGE,
    [HQ_SQL_PAYMENT_COUNT] = "SELECT count (*) FROM payment AS p " PAYMENT_WHERE,
    [HQ_SQL_CANCEL_INSERT] =
        "INSERT INTO cancel_task (hall, id, key, order_id, state, flags, at_us, changed_us, due_us)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
    [HQ_SQL_CANCEL_FIND] = "SELECT " CANCEL_COLUMNS CANCEL_FROM "WHERE c.hall = ?1 AND c.id = ?2",
    [HQ_SQL_CANCEL_LIST] = "SELECT " CANCEL_COLUMNS CANCEL_FROM CANCEL_WHERE " ORDER BY c.hall, c.id" PAGE,
    [HQ_SQL_CANCEL_COUNT] = "SELECT count (*) FROM cancel_task AS c " CANCEL_WHERE,
    [HQ_SQL_CANCEL_SET_STATE] =
        "UPDATE cancel_task SET state = ?3, changed_us = ?4, due_us = ?5 WHERE hall = ?1 AND id = ?2",
    [HQ_SQL_CANCEL_DUE] = "SELECT " CANCEL_COLUMNS CANCEL_FROM
                          "WHERE c.due_us IS NOT NULL AND c.due_us <= ?1 ORDER BY c.due_us LIMIT ?2",
    [HQ_SQL_CANCEL_NEXT_DUE] = "SELECT min (due_us) FROM cancel_task WHERE due_us IS NOT NULL",
    [HQ_SQL_FEED_SET] = "INSERT INTO hall (hall, feed_seq) VALUES (?1, ?2)"
                        " ON CONFLICT (hall) DO UPDATE SET feed_seq = excluded.feed_seq",
    [HQ_SQL_FEED_APPEND] = "INSERT INTO feed (hall, terminal, seq, order_id, state, reason, at_us, debt)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [HQ_SQL_FEED_LIST] = "SELECT seq, order_id, state, reason, at_us, debt FROM feed"
                         " WHERE hall = ?1 AND terminal = ?2 AND seq > ?3 ORDER BY seq LIMIT ?4",
    [HQ_SQL_FEED_JUMP] = "UPDATE hall SET feed_seq = feed_seq + ?1",
    [HQ_SQL_FEED_LAST] = "SELECT feed_seq FROM hall WHERE hall = ?1",
    [HQ_SQL_DEBT_FIND] = "SELECT " DEBT_COLUMNS " FROM debt WHERE hall = ?1 AND order_id = ?2",
    [HQ_SQL_DEBT_PUT] =
        "INSERT INTO debt (" DEBT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        " ON CONFLICT (hall, order_id) DO UPDATE SET holder = excluded.holder, hop = excluded.hop,"
        " claim = excluded.claim, claimant = excluded.claimant, clerk = excluded.clerk, currency = excluded.currency,"
        " amount = excluded.amount, paid = excluded.paid, changed_us = excluded.changed_us, due_us = excluded.due_us",
    [HQ_SQL_DEBT_DUE] = "SELECT " DEBT_COLUMNS
                        " FROM debt WHERE due_us IS NOT NULL AND due_us <= ?1 ORDER BY due_us LIMIT ?2",
    [HQ_SQL_DEBT_NEXT_DUE] = "SELECT min (due_us) FROM debt WHERE due_us IS NOT NULL",
    [HQ_SQL_CLAIM_TAKE] =
        "INSERT INTO claim (kind, thing, slot, hall, order_id, at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT DO NOTHING",
    [HQ_SQL_CLAIM_FIND] = "SELECT 1 FROM claim WHERE kind = ?1 AND thing = ?2 AND slot = ?3 AND hall = ?4"
                          " AND order_id = ?5",
    [HQ_SQL_CLAIM_HAS] = "SELECT 1 FROM claim WHERE kind = ?1 AND thing = ?2 AND hall = ?3 AND order_id = ?4",
    [HQ_SQL_CLAIM_RELEASE] = "DELETE FROM claim WHERE hall = ?1 AND order_id = ?2",
    [HQ_SQL_STOCK_ADD] =
        "INSERT INTO stock (kind, value, grade, state, hall, expires_us) VALUES (?1, ?2, ?3, 'free', ?4, ?5)"
        " ON CONFLICT DO NOTHING",
    [HQ_SQL_STOCK_IS_LEASED] =
        "SELECT 1 FROM stock WHERE kind = ?1 AND value = ?2 AND terminal = ?3 AND state IN ('leased', 'used')",
    [HQ_SQL_STOCK_COUNT_LEASED] =
        "SELECT count (*) FROM stock WHERE kind = ?1 AND terminal = ?2 AND state = 'leased'",
    [HQ_SQL_STOCK_FREE] = "SELECT value, grade, expires_us FROM stock WHERE kind = ?1 AND state = 'free'"
                          " AND (hall IS NULL OR hall = (SELECT hall FROM terminal WHERE id = ?3))"
                          " AND (expires_us = 0 OR expires_us > ?4) ORDER BY value LIMIT ?2",
    [HQ_SQL_STOCK_LEASE] =
        "UPDATE stock SET state = 'leased', terminal = ?3, until_us = ?4 WHERE kind = ?1 AND value = ?2",
    [HQ_SQL_STOCK_SET_STATE] = "UPDATE stock SET state = ?3 WHERE kind = ?1 AND value = ?2",
    [HQ_SQL_STOCK_LIST] =
        "SELECT value, grade, state, terminal, until_us, hall, expires_us FROM stock WHERE kind = ?1"
        " AND value >= ?2 AND value <= ?3 AND (?4 IS NULL OR grade = ?4)"
        " AND (?5 IS NULL OR state = ?5) ORDER BY value",
    [HQ_SQL_LINE_FIND] = "SELECT " LINE_COLUMNS " FROM line WHERE msisdn = ?1",
    [HQ_SQL_LINE_LIST] = "SELECT " LINE_COLUMNS " FROM line ORDER BY msisdn",
    [HQ_SQL_LINE_LIST_CUSTOMER] = "SELECT " LINE_COLUMNS " FROM line WHERE customer = ?1 ORDER BY msisdn",
    [HQ_SQL_LINE_PUT] =
        "INSERT INTO line (" LINE_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        " ON CONFLICT (msisdn) DO UPDATE SET owner = excluded.owner, customer = excluded.customer,"
        " plan = excluded.plan, plan_name = excluded.plan_name, plan_name_en = excluded.plan_name_en,"
        " status = excluded.status, currency = excluded.currency, balance = excluded.balance,"
        " arrears = excluded.arrears, arrears_since_us = excluded.arrears_since_us, changed_us = excluded.changed_us",
    [HQ_SQL_LOOK_APPEND] = "INSERT INTO line_look (hall, terminal, clerk, msisdn, found, at_us)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [HQ_SQL_LOOK_LIST] = "SELECT hall, terminal, clerk, found, at_us FROM line_look WHERE msisdn = ?1"
                         " ORDER BY at_us DESC, id DESC LIMIT ?2",
    [HQ_SQL_DOCUMENT_INSERT] = "INSERT INTO document (" DOCUMENT_COLUMNS
                               ", original) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, " ORIGINAL_OF (
                                   "?1", "?8") ")"
                                               " ON CONFLICT DO NOTHING",
    [HQ_SQL_DOCUMENT_PUT] =
        "INSERT INTO document (" DOCUMENT_COLUMNS
        ", original) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, " ORIGINAL_OF (
            "?1",
            "?8") ")"
                  " ON CONFLICT (kind, id, hall) DO UPDATE SET line = excluded.line, party = excluded.party,"
                  " changed_us = excluded.changed_us, body = excluded.body, original = excluded.original",
    /* a hall's own goes before headquarters' */
    [HQ_SQL_DOCUMENT_FIND] = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE kind = ?1 AND id = ?3"
                             " AND (?2 IS NULL OR hall IN (?2, '')) ORDER BY hall DESC LIMIT 1",
    [HQ_SQL_DOCUMENT_LIST] = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE kind = ?1 ORDER BY seq",
    [HQ_SQL_DOCUMENT_LIST_HALL] =
        "SELECT " DOCUMENT_COLUMNS ", seq FROM document WHERE kind = ?1 AND hall = ?2"
        " UNION ALL SELECT " DOCUMENT_COLUMNS
        ", seq FROM document WHERE kind = ?1 AND hall = '' AND line IS NULL ORDER BY seq",
    [HQ_SQL_DOCUMENT_LIST_LINE] = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE kind = ?1 AND line = ?3"
                                  " AND (?2 IS NULL OR hall IN (?2, '')) ORDER BY seq",
    [HQ_SQL_DOCUMENT_LIST_PARTY] = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE kind = ?1 AND party = ?4"
                                   " AND (?2 IS NULL OR hall IN (?2, '')) ORDER BY seq",
    [HQ_SQL_DOCUMENT_LIST_ORIGINAL] = "SELECT " DOCUMENT_COLUMNS " FROM document WHERE hall = ?2"
                                      " AND original = ?5 AND kind = ?1 ORDER BY seq",
    [HQ_SQL_DOCUMENT_DELETE] = "DELETE FROM document WHERE kind = ?1 AND hall = ?2 AND id = ?3",
    [HQ_SQL_PAY_FIND] = "SELECT " PAY_COLUMNS " FROM pay WHERE hall = ?1 AND id = ?2",
    [HQ_SQL_PAY_CLAIM] = "UPDATE pay SET claimed = 1 WHERE hall = ?1 AND id = ?2",
    [HQ_SQL_PAY_IS_CLAIMED] = "SELECT claimed FROM pay WHERE hall = ?1 AND id = ?2",
    [HQ_SQL_PAY_UNCLAIMED] =
        "SELECT " PAY_COLUMNS " FROM pay WHERE state = 'succeeded' AND claimed = 0 AND changed_us < ?1"
        " ORDER BY changed_us",
    [HQ_SQL_PAY_PUT] =
        "INSERT INTO pay (" PAY_COLUMNS
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
        " ON CONFLICT (hall, id) DO UPDATE SET asks = excluded.asks, due_us = excluded.due_us, state = excluded.state, reason = excluded.reason,"
        " transaction_id = coalesce (excluded.transaction_id, transaction_id), qr = coalesce (excluded.qr, qr),"
        " changed_us = excluded.changed_us",
    [HQ_SQL_PAY_GIVEN_BACK] = "SELECT coalesce (sum (amount), 0) FROM pay WHERE hall = ?1 AND original = ?2"
                              " AND (state = 'succeeded' OR (?3 = 0 AND state <> 'failed'))",
    [HQ_SQL_PAY_DUE] =
        "SELECT " PAY_COLUMNS " FROM pay WHERE due_us IS NOT NULL AND due_us <= ?1 ORDER BY due_us LIMIT ?2",
    [HQ_SQL_PAY_NEXT_DUE] = "SELECT min (due_us) FROM pay WHERE due_us IS NOT NULL",
    [HQ_SQL_PAY_NOTE] =
        "INSERT INTO pay_event (hall, id, what, state, reason, at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [HQ_SQL_BLOCKED_FIND] = "SELECT 1 FROM blocked WHERE id_hash = ?1",
    [HQ_SQL_BLOCKED_ADD] = "INSERT INTO blocked (id_hash) VALUES (?1) ON CONFLICT DO NOTHING",
    [HQ_SQL_BLOCKED_DELETE] = "DELETE FROM blocked WHERE id_hash = ?1",
    [HQ_SQL_TERMINAL_FIND] =
        "SELECT id, hall, class, profile, safe_until, revoked, top, gaps, seen_us FROM terminal WHERE id = ?1",
    [HQ_SQL_TERMINAL_PUT] =
        "INSERT INTO terminal (id, hall, class, profile, revoked) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (id) DO UPDATE SET hall = excluded.hall, class = excluded.class, profile = excluded.profile,"
        " revoked = excluded.revoked",
    [HQ_SQL_TERMINAL_SET_SEQUENCE] = "UPDATE terminal SET top = ?2, gaps = ?3 WHERE id = ?1",
    [HQ_SQL_TERMINAL_ALL] = "SELECT id, top, gaps FROM terminal",
    [HQ_SQL_TERMINAL_PROVE] = "UPDATE terminal SET safe_until = ?2 WHERE id = ?1 AND safe_until < ?2",
    [HQ_SQL_CODE_INSERT] = "INSERT INTO enrol_code (code, terminal, hall, class, profile, expires_us)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
    [HQ_SQL_CODE_FIND] =
        "SELECT terminal, hall, class, profile, expires_us, used, csr, certificate FROM enrol_code"
        " WHERE code = ?1",
    [HQ_SQL_CODE_USE] = "UPDATE enrol_code SET used = 1, csr = ?2, certificate = ?3 WHERE code = ?1",
    [HQ_SQL_STAFF_PUT] = "INSERT INTO staff (hall, number, body) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (hall, number) DO UPDATE SET body = excluded.body",
    /* a hall's own word on a person goes before everybody's */
    [HQ_SQL_STAFF_LIST] =
        "SELECT number, body FROM staff AS s WHERE hall = ?1 OR (hall = '' AND NOT EXISTS"
        " (SELECT 1 FROM staff AS own WHERE own.hall = ?1 AND own.number = s.number)) ORDER BY number",
    [HQ_SQL_OFFERING_CLEAR] = "DELETE FROM offering",
    [HQ_SQL_OFFERING_INSERT] =
        "INSERT INTO offering (id, position, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    [HQ_SQL_OFFERING_FIND] = "SELECT body FROM offering WHERE id = ?1",
    [HQ_SQL_OFFERING_LIST] = "SELECT id, body FROM offering ORDER BY position",
    [HQ_SQL_SETTING_GET] = "SELECT value FROM setting WHERE name = ?1",
    [HQ_SQL_SETTING_PUT] = "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                           " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [HQ_SQL_ALARM_RAISE] =
        "INSERT INTO alarm (hall, terminal, kind, detail, at_us) VALUES (?1, ?2, ?3, ?4, ?5)",
    [HQ_SQL_ALARM_COUNT] = "SELECT count (*) FROM alarm",
    [HQ_SQL_SOUTH_INSERT] = "INSERT INTO south (" SOUTH_COLUMNS
                            ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
                            " ON CONFLICT DO NOTHING",
    [HQ_SQL_SOUTH_FIND] = "SELECT " SOUTH_COLUMNS " FROM south WHERE hall = ?1 AND order_id = ?2",
    [HQ_SQL_SOUTH_FIND_HELD] = "SELECT " SOUTH_COLUMNS " FROM south WHERE step = 'held' AND order_id = ?1",
    [HQ_SQL_SOUTH_PUT] =
        "UPDATE south SET step = ?4, proof = ?5, cancel = ?6, foreign_id = ?7, foreign_state = ?8, note = ?9,"
        " sends = ?10, tries = ?11, sent_us = ?12, changed_us = ?13, due_us = ?14 WHERE hall = ?1 AND order_id = ?2",
    [HQ_SQL_SOUTH_DUE] = "SELECT " SOUTH_COLUMNS
                         " FROM south WHERE due_us IS NOT NULL AND due_us <= ?1 ORDER BY due_us LIMIT ?2",
    [HQ_SQL_SOUTH_NEXT_DUE] = "SELECT min (due_us) FROM south WHERE due_us IS NOT NULL",
    [HQ_SQL_SOUTH_WITNESS] = "SELECT " SOUTH_COLUMNS
                             " FROM south WHERE foreign_id IS NOT NULL AND NOT (hall = ?1 AND order_id = ?2)"
                             " ORDER BY sent_us DESC LIMIT 1",
    [HQ_SQL_SOUTH_LIST] =
        "SELECT " SOUTH_COLUMNS " FROM south WHERE step <> 'done' AND step = ?1 ORDER BY order_id LIMIT ?2",
    [HQ_SQL_SOUTH_COUNT] = "SELECT count (*) FROM south WHERE step <> 'done' AND step = ?1",
    [HQ_SQL_CANCEL_OPEN] =
        "SELECT " CANCEL_COLUMNS CANCEL_FROM
        "WHERE c.hall = ?1 AND c.order_id = ?2 AND c.state IN ('acknowledged', 'inProgress')",
    [HQ_SQL_EVENT_WANTED] = "SELECT 1 FROM listener WHERE hall = ?1 LIMIT 1",
    [HQ_SQL_LISTENER_COUNT] = "SELECT count (*) FROM listener",
    [HQ_SQL_EVENT_COUNT_UP] = "INSERT INTO event_head (hall, seq) VALUES (?1, 1)"
                              " ON CONFLICT (hall) DO UPDATE SET seq = seq + 1 RETURNING seq",
    [HQ_SQL_EVENT_APPEND] = "INSERT INTO event (hall, seq, type, order_id, state, reason, detail, at_us)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [HQ_SQL_EVENT_WAKE] = "UPDATE listener SET due_us = ?2"
                          " WHERE hall = ?1 AND callback IS NOT NULL AND stopped = 0 AND due_us IS NULL",
    [HQ_SQL_EVENT_LAST] = "SELECT seq FROM event_head WHERE hall = ?1",
    [HQ_SQL_EVENT_AFTER] = "SELECT hall, seq, type, order_id, state, reason, detail, at_us FROM event"
                           " WHERE hall = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    [HQ_SQL_EVENT_PURGE] = "DELETE FROM event WHERE hall = ?1 AND at_us < ?2"
                           " AND seq < ?3 + (SELECT min (seq) FROM event WHERE hall = ?1)",
    [HQ_SQL_LISTENER_PUT] =
        "INSERT INTO listener (" LISTENER_COLUMNS
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        " ON CONFLICT (id) DO UPDATE SET stopped = excluded.stopped, after_seq = excluded.after_seq,"
        " tries = excluded.tries, dead_in_row = excluded.dead_in_row, due_us = excluded.due_us, note = excluded.note",
    [HQ_SQL_LISTENER_FIND] = "SELECT " LISTENER_COLUMNS " FROM listener WHERE id = ?1",
    [HQ_SQL_LISTENER_DELETE] = "DELETE FROM listener WHERE id = ?1",
    [HQ_SQL_LISTENER_LIST] =
        "SELECT " LISTENER_COLUMNS " FROM listener WHERE ?1 IS NULL OR hall = ?1 ORDER BY created_us, id",
    [HQ_SQL_LISTENER_DUE] =
        "SELECT " LISTENER_COLUMNS
        " FROM listener WHERE due_us IS NOT NULL AND due_us <= ?1 ORDER BY due_us LIMIT ?2",
    [HQ_SQL_LISTENER_NEXT_DUE] = "SELECT min (due_us) FROM listener WHERE due_us IS NOT NULL",
    [HQ_SQL_DEAD_APPEND] = "INSERT INTO dead_event (listener, seq, note, at_us) VALUES (?1, ?2, ?3, ?4)"
                           " ON CONFLICT DO NOTHING",
    [HQ_SQL_DEAD_LIST] = "SELECT listener, seq, note, at_us FROM dead_event WHERE listener = ?1 ORDER BY seq",
    [HQ_SQL_DEAD_CLEAR] = "DELETE FROM dead_event WHERE listener = ?1",
    [HQ_SQL_TERMINAL_SEE] = "UPDATE terminal SET seen_us = ?2 WHERE id = ?1",
    [HQ_SQL_TERMINAL_LIST] =
        "SELECT id, hall, class, profile, safe_until, revoked, top, gaps, seen_us FROM terminal"
        " WHERE ?1 IS NULL OR hall = ?1 ORDER BY id",
    [HQ_SQL_STAFF_FIND] =
        "SELECT body FROM staff WHERE number = ?2 AND hall IN (?1, '') ORDER BY hall DESC LIMIT 1",
    [HQ_SQL_SUM_ADD] =
        "INSERT INTO roll_up (hall, day, kind, terminal, clerk, operation, name, shift, currency, count, minor)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        " ON CONFLICT (hall, day, kind, terminal, clerk, operation, name, shift, currency) DO UPDATE SET"
        " count = roll_up.count + excluded.count, minor = roll_up.minor + excluded.minor",
    [HQ_SQL_SUM_LIST] =
        "SELECT CASE WHEN ?6 THEN day ELSE '' END, kind, CASE WHEN ?7 THEN terminal ELSE '' END,"
        " CASE WHEN ?8 THEN clerk ELSE '' END, operation, name, CASE WHEN ?9 THEN shift ELSE '' END, currency,"
        " sum (count), sum (minor) FROM roll_up WHERE hall = ?1 AND day >= ?2 AND day <= ?3"
        " AND (?4 IS NULL OR kind = ?4) AND (?5 IS NULL OR shift = ?5) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
        " ORDER BY 1, 2, 3, 4, 5, 6, 7, 8",
    [HQ_SQL_SUM_CLEAR] = "DELETE FROM roll_up",
    [HQ_SQL_TILL_INSERT] =
        "INSERT INTO till_news (hall, id, key, terminal, kind, name, shift, day, clerk, subject, ref, act, slip,"
        " currency, amount, at_us, arrived_us)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    [HQ_SQL_TILL_BY_SUBJECT] =
        "SELECT " TILL_COLUMNS TILL_FROM "WHERE t.hall = ?1 AND t.kind = ?2 AND t.subject = ?3 ORDER BY t.n",
    [HQ_SQL_TILL_BY_REF] =
        "SELECT " TILL_COLUMNS TILL_FROM "WHERE t.hall = ?1 AND t.kind = ?2 AND t.ref = ?3 ORDER BY t.n",
    [HQ_SQL_TILL_BY_ACT] =
        "SELECT " TILL_COLUMNS TILL_FROM "WHERE t.hall = ?1 AND t.kind = ?2 AND t.act = ?3 ORDER BY t.n",
    [HQ_SQL_TILL_BY_SLIP] =
        "SELECT " TILL_COLUMNS TILL_FROM "WHERE t.hall = ?1 AND t.kind = ?2 AND t.slip = ?3 ORDER BY t.n",
    [HQ_SQL_TILL_BY_SHIFT] =
        "SELECT " TILL_COLUMNS TILL_FROM
        "WHERE t.hall = ?1 AND (?2 IS NULL OR t.kind = ?2) AND t.shift = ?3 ORDER BY t.n",
    [HQ_SQL_DEPOSIT_LIST] =
        "SELECT " TILL_COLUMNS TILL_FROM
        "WHERE t.hall = ?1 AND t.slip IS NOT NULL AND t.day >= ?2 AND t.day <= ?3 ORDER BY t.n",
    [HQ_SQL_BANK_INSERT] = "INSERT INTO bank_line (" BANK_COLUMNS
                           ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    [HQ_SQL_BANK_FIND] = "SELECT " BANK_COLUMNS " FROM bank_line WHERE hall = ?1 AND reference = ?2",
    [HQ_SQL_BANK_LIST] =
        "SELECT " BANK_COLUMNS " FROM bank_line WHERE hall = ?1 AND (?2 IS NULL OR type = ?2)"
        " AND day >= ?3 AND day <= ?4 ORDER BY day, type, reference",
    [HQ_SQL_BANK_BY_NUMBER] =
        "SELECT " BANK_COLUMNS " FROM bank_line WHERE hall = ?1 AND (?2 IS NULL OR type = ?2)"
        " AND number = ?3 ORDER BY day, type, reference",
    [HQ_SQL_STATEMENT_PUT] = "INSERT INTO bank_statement (hall, type, from_day, until_day, at_us)"
                             " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    [HQ_SQL_STATEMENT_COVERS] = /* of a day that no statement has reached yet there is no row to look at */
    "SELECT 1 FROM bank_statement WHERE hall = ?1 AND type = ?2 AND until_day >= ?3 AND from_day <= ?3 LIMIT 1",
    [HQ_SQL_STATEMENT_BESIDE] = /* one file, one time */
    "SELECT DISTINCT hall FROM bank_statement WHERE type = ?2 AND hall <> ?1 AND at_us ="
    " (SELECT max (at_us) FROM bank_statement WHERE hall = ?1 AND type = ?2)",
    [HQ_SQL_SHIFT_FIND] = "SELECT " SHIFT_COLUMNS " FROM shift WHERE hall = ?1 AND id = ?2",
    [HQ_SQL_SHIFT_PUT] =
        "INSERT INTO shift (" SHIFT_COLUMNS
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
        " ON CONFLICT (hall, id) DO UPDATE SET clerk = excluded.clerk, currency = excluded.currency, opened_us = excluded.opened_us,"
        " closed_us = excluded.closed_us, float = excluded.float, opening_expected = excluded.opening_expected,"
        " counted = excluded.counted, expected = excluded.expected, z_number = excluded.z_number,"
        " n_counts = excluded.n_counts, journal_seq = excluded.journal_seq, journal_head = excluded.journal_head,"
        " arrived_us = excluded.arrived_us, close_seq = excluded.close_seq, n_supplements = excluded.n_supplements",
    [HQ_SQL_SHIFT_LIST] = "SELECT " SHIFT_COLUMNS
                          " FROM shift WHERE hall = ?1 AND day >= ?2 AND day <= ?3 ORDER BY opened_us, id",
    [HQ_SQL_SUPPLEMENT_APPEND] =
        "INSERT INTO supplement (hall, shift, number, event, id, currency, amount, at_us, arrived_us)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
    [HQ_SQL_SUPPLEMENT_LIST] = "SELECT number, event, id, currency, amount, at_us, arrived_us FROM supplement"
                               " WHERE hall = ?1 AND shift = ?2 ORDER BY number",
    [HQ_SQL_LATE_APPEND] = "INSERT INTO late_money (hall, shift, id, kind, currency, amount, arrived_us)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
    [HQ_SQL_LATE_LIST] = "SELECT id, kind, currency, amount, arrived_us FROM late_money"
                         " WHERE hall = ?1 AND shift = ?2 ORDER BY arrived_us, id",
    [HQ_SQL_HALL_CLOSE_PUT] =
        "INSERT INTO hall_close (hall, day, terminal, clerk, number, currency, sales, drawers, safe, in_bags, n_orders,"
        " n_shifts, n_left, at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        " ON CONFLICT DO NOTHING",
    [HQ_SQL_HALL_CLOSE_LIST] =
        "SELECT day, terminal, clerk, number, currency, sales, drawers, safe, in_bags, n_orders, n_shifts, n_left,"
        " at_us FROM hall_close WHERE hall = ?1 AND day >= ?2 AND day <= ?3 ORDER BY day, terminal",
    [HQ_SQL_FINDING_PUT] = "INSERT INTO finding (" FINDING_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                           " ON CONFLICT (hall, kind, subject) DO UPDATE SET detail = excluded.detail,"
                           " changed_us = excluded.changed_us, is_open = excluded.is_open",
    [HQ_SQL_FINDING_CLOSE] = "UPDATE finding SET is_open = 0, changed_us = ?4"
                             " WHERE hall = ?1 AND kind = ?2 AND subject = ?3 AND is_open = 1",
    [HQ_SQL_FINDING_LIST] =
        "SELECT " FINDING_COLUMNS " FROM finding WHERE (?1 IS NULL OR hall = ?1) AND (NOT ?2 OR is_open = 1)"
        " ORDER BY since_us, hall, kind, subject",
    [HQ_SQL_FINDING_COUNT] = "SELECT count (*) FROM finding WHERE hall = ?1 AND is_open = 1",
    [HQ_SQL_MESSAGE_LIST] =
        "SELECT hall, key, terminal, seq, kind, resource, status, code, sha256, at_us, body, answer"
        " FROM message WHERE status < 400 ORDER BY rowid",
};
