/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-kit.h"

#include <string.h>

#include "tai-box-sealer.h"
#include "tai-fake-clock.h"
#include "tai-fake-desk-ports.h"
#include "tai-fake-entropy.h"
#include "tai-fast-digest.h"
#include "tai-hq-store-sqlite.h"
#include "tai-json.h"
#include "tai-offering-json.h"
#include "tai-test-data.h"
#include "tai-tmf-renderer.h"

#define LEASE_US (14 * G_TIME_SPAN_DAY)

static struct {
  TaiSealKey *hq_key, *blind_key;
  TaiSealPublicKey hq_public;
  GBytes *catalogue_text;
  TaiCatalogue *catalogue;
  TaiTerminal *terminals[TAI_SIM_MAX_TERMINALS];
  TaiSimDisk *disks[TAI_SIM_MAX_TERMINALS];
  GByteArray *morning[TAI_SIM_MAX_TERMINALS]; /* images of the disks */
  HqStore *hq;
  GHashTable *hq_handles; /* HqStore -> sqlite3 */
  GPtrArray *hq_emptying; /* (element-type sqlite3_stmt) */
} kit;

void
tai_sim_must (gboolean good, const GError *error)
{
  if (!good)
    g_error ("simulator: %s", error ? error->message : "failed");
}

void
tai_sim_run_sql (sqlite3 *handle, const char *sql)
{
  char *words = NULL;

  if (sqlite3_exec (handle, sql, NULL, NULL, &words) != SQLITE_OK)
    g_error ("simulator: %s: %s", sql, words);
}

/* Terminals ---------------------------------------------------------------------------------------------------------- */

static TaiTerminal *
make_terminal (guint index)
{
  TaiTerminal *terminal = tai_terminal_new ();

  terminal->id = g_strdup_printf (TAI_SIM_HALL "T%u", index + 1);
  terminal->hall = g_strdup (TAI_SIM_HALL);
  terminal->till = g_strdup_printf ("T%u", index + 1);
  terminal->desk = g_strdup_printf ("%u", index + 1);
  terminal->outlet = g_strdup (TAI_SIM_HALL);
  terminal->klass = g_strdup ("demo");
  terminal->hall_name = g_strdup ("Sim");
  terminal->utc_offset_min = 480;
  terminal->currency = TAI_CNY;
  terminal->language = g_strdup ("en");
  return terminal;
}

static guint
owner_of_number (guint terminal, guint index)
{
  return index == TAI_SIM_SHARED_NUMBER ? 0 : terminal;
}

char *
tai_sim_kit_number (guint terminal, guint index)
{
  return g_strdup_printf ("154%u%07u", owner_of_number (terminal, index) + 1, index);
}

char *
tai_sim_kit_coupon (guint terminal, guint index)
{
  return g_strdup_printf ("C-%u-%u", terminal, index);
}

char *
tai_sim_kit_sim (guint terminal, guint index)
{
  return g_strdup_printf ("898600000000%u%07u", owner_of_number (terminal, index) + 1, index);
}

TaiDesk *
tai_sim_kit_make_desk (TaiStore *store, const TaiTerminal *terminal, TaiClock *clock, TaiEntropy *entropy)
{
  g_autoptr (TaiRenderer) renderer = TAI_RENDERER (tai_tmf_renderer_new ());
  g_autoptr (TaiPaperwork) paperwork = TAI_PAPERWORK (tai_fake_paperwork_new ());
  g_autoptr (TaiPinHasher) pins = TAI_PIN_HASHER (tai_fake_pins_new ());
  g_autoptr (TaiBoxSealer) sealer = tai_box_sealer_new (kit.hq_public, entropy);
  TaiDeskPorts ports = {.store = TAI_VISIT_STORE (store),
                        .prints = TAI_PRINT_QUEUE (store),
                        .renderer = renderer,
                        .paperwork = paperwork,
                        .sealer = TAI_SEALER (sealer),
                        .pins = pins,
                        .clock = clock,
                        .entropy = entropy};
  TaiDesk *desk = tai_desk_new (terminal, &ports);

  tai_desk_set_catalogue (desk, kit.catalogue);
  return desk;
}

static void
lease_stock (TaiDesk *desk, guint terminal)
{
  for (guint i = 0; i < TAI_SIM_N_NUMBERS; i++) {
    g_autofree char *number = tai_sim_kit_number (terminal, i);
    g_autofree char *sim = tai_sim_kit_sim (terminal, i);
    g_autoptr (GError) error = NULL;

    tai_sim_must (tai_desk_apply_lease (desk, TAI_RESOURCE_NUMBER, number, NULL,
                                        TAI_FAKE_CLOCK_MORNING_US + LEASE_US, &error) &&
                      tai_desk_apply_lease (desk, TAI_RESOURCE_SIM, sim, NULL,
                                            TAI_FAKE_CLOCK_MORNING_US + LEASE_US, &error),
                  error);
  }
  for (guint i = 0; i < TAI_SIM_N_COUPONS; i++) {
    g_autofree char *coupon = tai_sim_kit_coupon (terminal, i);
    g_autoptr (GError) error = NULL;

    tai_sim_must (tai_desk_apply_lease (desk, TAI_RESOURCE_COUPON, coupon, TAI_SIM_COUPON_WORTH,
                                        TAI_FAKE_CLOCK_MORNING_US + LEASE_US, &error),
                  error);
  }
}

/* The terminal's first morning, by the same verbs that a clerk uses. */
static void
make_disk (guint index, GPtrArray *staff)
{
  g_autofree char *name = g_strdup_printf ("%u", index + 1);
  g_autoptr (TaiFakeClock) clock = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
  g_autoptr (TaiEntropy) entropy = TAI_ENTROPY (tai_fake_entropy_new (1000 + index));
  g_autoptr (TaiStore) store = NULL;
  g_autoptr (TaiDesk) desk = NULL;
  g_autoptr (GError) error = NULL;

  kit.terminals[index] = make_terminal (index);
  kit.disks[index] = tai_sim_disk_new (name);
  store = tai_store_open (tai_sim_disk_get_uri (kit.disks[index]), kit.terminals[index], &error);
  tai_sim_must (store != NULL, error);
  tai_sim_must (tai_visit_store_replace_staff (TAI_VISIT_STORE (store), staff, &error), error);
  desk = tai_sim_kit_make_desk (store, kit.terminals[index], TAI_CLOCK (clock), entropy);
  tai_sim_must (tai_desk_sign_in (desk, TAI_SIM_CLERK, TAI_SIM_CLERK, &error) &&
                    tai_desk_open_till (desk, tai_money (TAI_SIM_FLOAT_MINOR, TAI_CNY), &error),
                error);
  lease_stock (desk, index);
  g_clear_object (&desk);
  g_clear_object (&store);
  kit.morning[index] = tai_sim_disk_read (kit.disks[index]);
}

TaiTerminal *
tai_sim_kit_get_terminal (guint index)
{
  g_assert (index < TAI_SIM_MAX_TERMINALS);
  return kit.terminals[index];
}

TaiSimDisk *
tai_sim_kit_take_disk (guint index)
{
  g_assert (index < TAI_SIM_MAX_TERMINALS);
  tai_sim_disk_write (kit.disks[index], kit.morning[index]);
  return kit.disks[index];
}

/* Headquarters ------------------------------------------------------------------------------------------------------- */

static gboolean
ignore_cb (const HqStockRow *row, gpointer data)
{
  return TRUE;
}

static void
stock_terminal (HqStore *hq, guint terminal)
{
  static const char *const kinds[] = {TAI_RESOURCE_NUMBER, TAI_RESOURCE_SIM};

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    gint64 n = 0;
    for (guint i = 0; i < TAI_SIM_N_NUMBERS; i++) {
      g_autofree char *value = k == 0 ? tai_sim_kit_number (terminal, i) : tai_sim_kit_sim (terminal, i);
      HqStockRow row = {.kind = kinds[k], .value = value};

      if (i == TAI_SIM_UNKNOWN_NUMBER || owner_of_number (terminal, i) != terminal)
        continue;
      hq->klass->stock_add (hq, &row);
      n++;
    }
    hq->klass->stock_lease (hq, kinds[k], n, kit.terminals[terminal]->id, TAI_FAKE_CLOCK_MORNING_US,
                            TAI_FAKE_CLOCK_MORNING_US + LEASE_US, ignore_cb, NULL);
  }
}

static void
stock_hq (HqStore *hq)
{
  gsize size;
  const char *text = g_bytes_get_data (kit.catalogue_text, &size);
  g_autoptr (TaiJson) list = tai_json_parse (text, (gssize)size, NULL, NULL);

  hq->klass->begin (hq);
  for (guint i = 0; i < TAI_SIM_MAX_TERMINALS; i++) {
    HqTerminalRow row = {.id = kit.terminals[i]->id, .hall = TAI_SIM_HALL, .klass = "demo", .profile = "{}"};
    hq->klass->terminal_put (hq, &row);
    stock_terminal (hq, i);
  }
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *offering = tai_json_get_element (list, i);
    char *body = tai_json_to_text (offering);
    g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));
    hq->klass->offering_insert (hq, tai_json_require_string (offering, "id", NULL), i, bytes);
  }
  hq->klass->commit (hq);
  tai_sim_must (hq->error == NULL, hq->error);
}

HqStore *
tai_sim_kit_open_hq (const char *path)
{
  g_autoptr (GError) error = NULL;
  HqStore *hq = hq_store_sqlite_new (path, "sim-epoch", &error);

  tai_sim_must (hq != NULL, error);
  hq->secrets.box_key = kit.hq_key;
  hq->secrets.blind_key = kit.blind_key;
  g_hash_table_insert (kit.hq_handles, hq, tai_sim_disk_get_last_opened ());
  return hq;
}

HqStore *
tai_sim_kit_make_hq (const char *path)
{
  HqStore *hq = tai_sim_kit_open_hq (path);

  stock_hq (hq);
  return hq;
}

sqlite3 *
tai_sim_kit_get_hq_handle (HqStore *hq)
{
  sqlite3 *handle = g_hash_table_lookup (kit.hq_handles, hq);

  g_assert_nonnull (handle);
  return handle;
}

static void
prepare_emptying (void)
{
  static const char *const texts[] = {"BEGIN",
                                      "DELETE FROM message",
                                      "DELETE FROM product_order",
                                      "DELETE FROM payment",
                                      "DELETE FROM cancel_task",
                                      "DELETE FROM feed",
                                      "DELETE FROM claim",
                                      "DELETE FROM alarm",
                                      "DELETE FROM pay",
                                      "DELETE FROM pay_event",
                                      "DELETE FROM document WHERE kind = 'Refund'",
                                      "DELETE FROM roll_up",
                                      "DELETE FROM till_news",
                                      "DELETE FROM shift",
                                      "DELETE FROM supplement",
                                      "DELETE FROM late_money",
                                      "DELETE FROM hall_close",
                                      "DELETE FROM finding",
                                      "DELETE FROM hall",
                                      "DELETE FROM setting WHERE name <> 'epoch'",
                                      "UPDATE terminal SET top = 0, gaps = '', safe_until = 0, seen_us = 0",
                                      "UPDATE stock SET state = 'leased' WHERE state <> 'leased'",
                                      "COMMIT"};
  sqlite3 *handle = tai_sim_kit_get_hq_handle (kit.hq);

  kit.hq_emptying = g_ptr_array_new_with_free_func ((GDestroyNotify)sqlite3_finalize);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    sqlite3_stmt *statement = NULL;
    tai_sim_must (sqlite3_prepare_v2 (handle, texts[i], -1, &statement, NULL) == SQLITE_OK, NULL);
    g_ptr_array_add (kit.hq_emptying, statement);
  }
}

HqStore *
tai_sim_kit_take_hq (guint lines_limit)
{
  g_autofree char *limit = g_strdup_printf ("%u", lines_limit);

  for (guint i = 0; i < kit.hq_emptying->len; i++) {
    tai_sim_must (sqlite3_step (g_ptr_array_index (kit.hq_emptying, i)) == SQLITE_DONE, NULL);
    sqlite3_reset (g_ptr_array_index (kit.hq_emptying, i));
  }
  kit.hq->klass->begin (kit.hq);
  kit.hq->klass->setting_put (kit.hq, "lines_limit", limit);
  kit.hq->klass->setting_put (kit.hq, "sandbox", "0");
  kit.hq->klass->commit (kit.hq);
  return kit.hq;
}

/* All -------------------------------------------------------------------------------------------------------------- */

void
tai_sim_kit_make (void)
{
  g_autoptr (TaiEntropy) entropy = TAI_ENTROPY (tai_fake_entropy_new (1));
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  g_autoptr (GError) error = NULL;

  tai_sim_disk_configure ();
  tai_fast_digest_install ();
  kit.hq_handles = g_hash_table_new (NULL, NULL);
  kit.hq_key = tai_seal_key_new (entropy);
  kit.blind_key = tai_seal_key_new (entropy);
  kit.hq_public = tai_seal_key_get_public (kit.hq_key);
  kit.catalogue_text = tai_test_data_load ("catalogue.json");
  kit.catalogue = tai_catalogue_from_text (kit.catalogue_text, "\"sim\"", NULL, &error);
  tai_sim_must (kit.catalogue != NULL, error);
  g_ptr_array_add (staff, tai_staff_new (TAI_SIM_CLERK, "Sim", TAI_ROLE_SUPERVISOR, TAI_SIM_CLERK));
  g_ptr_array_add (staff, tai_staff_new ("1043", "Other", TAI_ROLE_SUPERVISOR, "1043"));
  for (guint i = 0; i < TAI_SIM_MAX_TERMINALS; i++)
    make_disk (i, staff);
  kit.hq = tai_sim_kit_make_hq (":memory:");
  prepare_emptying ();
}

void
tai_sim_kit_unmake (void)
{
  g_hash_table_unref (kit.hq_handles);
  g_ptr_array_unref (kit.hq_emptying);
  hq_store_free (kit.hq);
  for (guint i = 0; i < TAI_SIM_MAX_TERMINALS; i++) {
    tai_sim_disk_free (kit.disks[i]);
    g_byte_array_unref (kit.morning[i]);
    tai_terminal_free (kit.terminals[i]);
  }
  tai_catalogue_unref (kit.catalogue);
  g_bytes_unref (kit.catalogue_text);
  tai_seal_key_free (kit.hq_key);
  tai_seal_key_free (kit.blind_key);
}
