/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long headquarters takes for a hall's day and month among very many orders: hq_apply with GET /guitai/v1/report, of random
 * halls, first with nothing of the file in memory, then again. Beside it the same figures counted from the orders themselves, which is
 * what one would do without sums. 100 halls, a thousand orders and payments each a day, as many days as it takes; the rows are
 * written by the store's own verbs, a day of a hall in a transaction, with bodies of a few bytes: a report reads none.
 *
 * bench-hq-report [ORDERS [FOLDER]]: smoke by default. 10,000,000 orders take about 8 GB, which are removed afterwards.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tai-date.h"
#include "tai-fake-entropy.h"
#include "tai-headquarters.h"
#include "tai-hq-apply.h"
#include "tai-hq-store-sqlite.h"
#include "tai-hq-sum.h"
#include "tai-json.h"
#include "tai-order.h"
#include "tai-pin.h"

#define HALLS     100
#define A_DAY     1000 /* orders of a hall */
#define TERMINALS 10   /* of a hall, a clerk each */
#define ASKED     50
#define BOSS      "2001"

static const char *const operations[] = {"top_up", "bill_payment", "new_line", "goods_sale", "plan_change"};
static const char *const tenders[] = {"cash", "qr", "card"};

typedef struct {
  char *folder, *path;
  guint64 n_orders, n_days;
  guint64 serial;
  gint64 first_day; /* tai_date_to_days */
} Bench;

static void
name_day (const Bench *self, guint64 day, char text[11])
{
  TaiDate date = tai_date_from_days (self->first_day + (gint64)day);
  g_snprintf (text, 11, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* Filling ---------------------------------------------------------------------------------------------------------------- */

static void
add_people (HqStore *store, const char *hall)
{
  g_autoptr (TaiEntropy) entropy = TAI_ENTROPY (tai_fake_entropy_new (7));
  g_autoptr (TaiPinHasher) hasher = tai_pin_new (entropy, TAI_PIN_COST_CHEAP);
  g_autofree char *record = tai_pin_hasher_hash (hasher, "481516", NULL);
  char *text =
      g_strdup_printf ("{\"number\":\"" BOSS "\",\"name\":\"N\",\"role\":\"supervisor\",\"pin\":\"%s\","
                       "\"disabled\":false}",
                       record);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  store->klass->staff_put (store, hall, BOSS, body);
}

static void
add_hall (HqStore *store, guint hall)
{
  g_autofree char *name = g_strdup_printf ("H%03u", hall);
  for (guint i = 0; i < TERMINALS; i++) {
    g_autofree char *id = g_strdup_printf ("H%03uT%u", hall, i);
    HqTerminalRow row = {.id = id,
                         .hall = name,
                         .klass = "demo",
                         .profile = "{\"hallName\":\"Hall\",\"currency\":\"CNY\",\"utcOffsetMinutes\":480}"};
    store->klass->terminal_put (store, &row);
  }
  add_people (store, name);
}

/* As hq_sum_order() and hq_sum_payment() do it with what they have read off a body. */
static void
add_sums (HqStore *store, const HqOrderRow *order, const char *tender, const char *shift, guint quarter)
{
  char name[16];
  HqSumRow row = {.hall = order->hall,
                  .day = order->day,
                  .kind = HQ_SUM_BUSINESS,
                  .terminal = order->terminal,
                  .clerk = order->clerk,
                  .operation = order->operation,
                  .shift = shift,
                  .count = 1,
                  .amount = tai_money (5000, TAI_CNY)};
  store->klass->sum_add (store, &row);
  row.kind = HQ_SUM_PAID;
  row.name = tender;
  store->klass->sum_add (store, &row);
  row.kind = HQ_SUM_TENDER;
  row.operation = "";
  store->klass->sum_add (store, &row);
  row.kind = HQ_SUM_HOUR;
  row.name = name;
  g_snprintf (name, sizeof name, "%u", 1994000 + quarter * 4);
  store->klass->sum_add (store, &row);
  if (strcmp (tender, tenders[0]) != 0)
    return;
  row.kind = HQ_SUM_DRAWER;
  row.clerk = row.name = "";
  store->klass->sum_add (store, &row);
}

static void
add_message (HqStore *store, HqMessageKind kind, const char *hall, const char *terminal, const char *key,
             guint64 seq, GBytes *body)
{
  HqMessageRow row = {.hall = hall,
                      .key = key,
                      .terminal = terminal,
                      .seq = (gint64)seq,
                      .kind = kind,
                      .resource = key,
                      .status = 201,
                      .at_us = 1,
                      .body = body};
  store->klass->message_insert (store, &row);
}

static void
add_sale (Bench *self, HqStore *store, const char *hall, const char *day, guint number, GBytes *body)
{
  char order_id[37], payment_id[37], terminal[16], clerk[16], shift[37];
  guint which = number % TERMINALS;
  const char *tender = tenders[number / TERMINALS % G_N_ELEMENTS (tenders)];
  g_snprintf (order_id, sizeof order_id, "0199f3c2-%04x-7c3a-9b1e-%012x",
              (guint)(self->serial >> 20 & 0xffff), (guint)(self->serial & 0xfffff));
  g_snprintf (payment_id, sizeof payment_id, "0199f3c3-%04x-7c3a-9b1e-%012x",
              (guint)(self->serial >> 20 & 0xffff), (guint)(self->serial & 0xfffff));
  g_snprintf (terminal, sizeof terminal, "%sT%u", hall, which);
  g_snprintf (clerk, sizeof clerk, "%u", 1040 + which);
  g_snprintf (shift, sizeof shift, "0199f3c4-0000-7000-8000-%s%03u", day, which);
  HqOrderRow order = {.hall = hall,
                      .id = order_id,
                      .key = order_id,
                      .terminal = terminal,
                      .state = "completed",
                      .category = "x",
                      .operation = operations[number % G_N_ELEMENTS (operations)],
                      .msisdn = "13800138000",
                      .clerk = clerk,
                      .day = day,
                      .order_us = (gint64)self->serial,
                      .changed_us = (gint64)self->serial};
  HqPaymentRow payment = {.hall = hall,
                          .id = payment_id,
                          .key = payment_id,
                          .terminal = terminal,
                          .status = "done",
                          .day = day,
                          .tender = tender,
                          .at_us = (gint64)self->serial};
  add_message (store, HQ_MESSAGE_PAYMENT, hall, terminal, payment_id, 2 * self->serial + 1, body);
  store->klass->payment_insert (store, &payment);
  add_message (store, HQ_MESSAGE_ORDER, hall, terminal, order_id, 2 * self->serial + 2, body);
  store->klass->order_insert (store, &order);
  add_sums (store, &order, tender, shift, number * 10 / A_DAY);
  self->serial++;
}

static void
add_shifts (HqStore *store, const char *hall, const char *day)
{
  TaiMoney none = tai_money (0, TAI_CNY);
  for (guint i = 0; i < TERMINALS; i++) {
    char id[40], terminal[16], clerk[16];
    g_snprintf (id, sizeof id, "0199f3c4-0000-7000-8000-%s%03u", day, i);
    g_snprintf (terminal, sizeof terminal, "%sT%u", hall, i);
    g_snprintf (clerk, sizeof clerk, "%u", 1040 + i);
    HqShiftRow row = {.hall = hall,
                      .id = id,
                      .terminal = terminal,
                      .till = terminal,
                      .clerk = clerk,
                      .day = day,
                      .opened_us = 1,
                      .closed_us = 2,
                      .float_amount = none,
                      .opening_expected = none,
                      .counted = none,
                      .expected = none,
                      .z_number = 1};
    store->klass->shift_put (store, &row);
  }
}

static void
fill (Bench *self, HqStore *store)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"x\":1}", 7);
  store->klass->begin (store);
  for (guint hall = 0; hall < HALLS; hall++)
    add_hall (store, hall);
  store->klass->commit (store);
  for (guint64 day = 0; day < self->n_days; day++)
    for (guint hall = 0; hall < HALLS; hall++) {
      char name[8], text[11];
      g_snprintf (name, sizeof name, "H%03u", hall);
      name_day (self, day, text);
      store->klass->begin (store);
      for (guint i = 0; i < A_DAY; i++)
        add_sale (self, store, name, text, i, body);
      add_shifts (store, name, text);
      store->klass->commit (store);
      g_assert_no_error (store->error);
    }
  hq_store_sqlite_checkpoint (store);
}

/* Asking ----------------------------------------------------------------------------------------------------------------- */

static int
compare_cb (const void *a, const void *b)
{
  gint64 one = *(const gint64 *)a, two = *(const gint64 *)b;
  return (one > two) - (one < two);
}

static void
say (const char *what, gint64 took_us[ASKED])
{
  qsort (took_us, ASKED, sizeof *took_us, compare_cb);
  printf ("%-44s %8.2f ms median, %8.2f ms slowest of %d\n", what, (double)took_us[ASKED / 2] / 1000,
          (double)took_us[ASKED - 1] / 1000, ASKED);
}

/* The file's pages leave the machine's memory; the store's own cache goes with the store. */
static HqStore *
open_cold (Bench *self)
{
  g_autoptr (GError) error = NULL;
  int file = open (self->path, O_RDONLY);
  fdatasync (file);
  posix_fadvise (file, 0, 0, POSIX_FADV_DONTNEED);
  close (file);
  HqStore *store = hq_store_sqlite_new (self->path, "bench", &error);
  g_assert_no_error (error);
  return store;
}

static gint64
ask (HqStore *store, guint hall, const char *period, gint64 n_orders)
{
  g_autofree char *terminal = g_strdup_printf ("H%03uT0", hall);
  g_autofree char *query = g_strdup_printf ("from=%s&clerk=" BOSS, period);
  HqRequest request = {
      .method = "GET", .path = TAI_PATH_REPORT, .query = query, .terminal = terminal, .now_us = 1};
  HqResponse response = {0};
  gint64 start_us = g_get_monotonic_time (), orders = 0;
  hq_apply (store, &request, 1, &response);
  gint64 took_us = g_get_monotonic_time () - start_us;
  g_assert_cmpint (response.status, ==, 200);
  gsize size;
  const char *bytes = g_bytes_get_data (response.body, &size);
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, NULL);
  g_assert_true (tai_json_require_int (json, "now.orders", &orders, NULL));
  g_assert_cmpint (orders, ==, n_orders);
  hq_response_clear (&response);
  return took_us;
}

/* A month has as many of the days as there are. */
static void
measure (Bench *self, const char *what, gboolean is_month, gboolean is_cold)
{
  gint64 took_us[ASKED];
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261122);
  HqStore *store = open_cold (self);
  for (guint i = 0; i < ASKED; i++) {
    char text[11], first[11];
    guint64 day = g_rand_int_range (chance, 0, (gint32)self->n_days), n = 0;
    guint hall = (guint)g_rand_int_range (chance, 0, HALLS);
    name_day (self, day, text);
    text[is_month ? 7 : 10] = '\0';
    for (guint64 each = 0; each < self->n_days; each++) {
      name_day (self, each, first);
      n += g_str_has_prefix (first, text);
    }
    if (is_cold && i > 0) {
      hq_store_free (store);
      store = open_cold (self);
    }
    if (!is_cold)
      ask (store, hall, text, (gint64)(n * A_DAY));
    took_us[i] = ask (store, hall, text, (gint64)(n * A_DAY));
  }
  hq_store_free (store);
  say (what, took_us);
}

/* What it would cost without sums: a hall's day counted from its orders and payments. */
static void
measure_peer (Bench *self)
{
  static const char *const texts[] = {
      "SELECT clerk, operation, count (*) FROM product_order WHERE hall = ?1 AND day = ?2 GROUP BY 1, 2",
      "SELECT tender, count (*) FROM payment WHERE hall = ?1 AND day = ?2 GROUP BY 1"};
  sqlite3 *db = NULL;
  char day[11];
  gint64 start_us;
  name_day (self, self->n_days / 2, day);
  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  start_us = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    sqlite3_stmt *statement = NULL;
    g_assert_cmpint (sqlite3_prepare_v2 (db, texts[i], -1, &statement, NULL), ==, SQLITE_OK);
    sqlite3_bind_text (statement, 1, "H042", -1, SQLITE_STATIC);
    sqlite3_bind_text (statement, 2, day, -1, SQLITE_STATIC);
    while (sqlite3_step (statement) == SQLITE_ROW)
      ;
    sqlite3_finalize (statement);
  }
  printf ("%-44s %8.2f ms once\n", "beside it: a day counted from the orders",
          (double)(g_get_monotonic_time () - start_us) / 1000);
  sqlite3_close (db);
}

static void
clean (Bench *self)
{
  static const char *const ends[] = {"", "-wal", "-shm"};
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strconcat (self->path, ends[i], NULL);
    g_unlink (path);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  TaiDate first = {2026, 1, 1};
  Bench self = {.n_orders = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 100000};
  g_autofree char *pattern =
      g_build_filename (argc > 2 ? argv[2] : g_get_tmp_dir (), "bench-hq-XXXXXX", NULL);
  GStatBuf info;
  self.n_days = MAX (1, self.n_orders / (HALLS * A_DAY));
  self.first_day = tai_date_to_days (first);
  self.folder = g_strdup (g_mkdtemp (pattern));
  g_assert_nonnull (self.folder);
  self.path = g_build_filename (self.folder, "hq.db", NULL);
  HqStore *store = hq_store_sqlite_new (self.path, "bench", &error);
  g_assert_no_error (error);
  gint64 start_us = g_get_monotonic_time ();
  fill (&self, store);
  hq_store_free (store);
  g_stat (self.path, &info);
  printf ("%" G_GUINT64_FORMAT " orders of %d halls in %.0f s, %.2f GB\n", self.n_days * HALLS * A_DAY, HALLS,
          (double)(g_get_monotonic_time () - start_us) / 1e6, (double)info.st_size / 1e9);
  measure (&self, "a hall's day, nothing of it in memory", FALSE, TRUE);
  measure (&self, "a hall's day, asked again", FALSE, FALSE);
  measure (&self, "a hall's month, nothing of it in memory", TRUE, TRUE);
  measure (&self, "a hall's month, asked again", TRUE, FALSE);
  measure_peer (&self);
  clean (&self);
  return EXIT_SUCCESS;
}
