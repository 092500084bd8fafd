/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-world.h"

#include "tai-box-sealer.h"
#include "tai-fake-clock.h"
#include "tai-fake-desk-ports.h"
#include "tai-fake-entropy.h"
#include "tai-hq-store-sqlite.h"
#include "tai-offering.h"
#include "tai-sim-check.h"
#include "tai-sim-line.h"
#include "tai-sync.h"
#include "tai-test-data.h"
#include "tai-tmf-renderer.h"

#include <sqlite3.h>
#include <string.h>

#define MAX_TERMINALS      4
#define NUMBERS_A_TERMINAL 4
#define HEAL_LIMIT_MIN     600 /* virtual minutes until all queues must be empty */

const TaiSimPlan tai_sim_standard_plan = {
    .n_terminals = 2, .n_visits = 3, .net_fault_percent = 25, .crash_percent = 30, .sabotage = TAI_SIM_SOUND};

/* Made once: keys, catalogue, empty databases that know their staff. */
static struct {
  TaiSealKey *hq_key, *blind_key;
  TaiSealPublicKey hq_public;
  TaiCatalogue *catalogue;
  sqlite3 *terminal[MAX_TERMINALS];
} made;

typedef struct {
  TaiSimWorld *world;
  TaiTerminal *terminal; /* (owned) */
  char *uri;             /* (owned) */
  sqlite3 *disk;         /* (owned) keeps the database in memory while the program is dead */
  TaiEntropy *entropy;   /* (owned) */
  TaiStore *store;       /* (owned) these four die with the program */
  TaiDesk *desk;
  TaiSimLine *line;
  TaiSync *sync;
  guint n_visits;
  guint next_resource;
  gint64 steps_to_live; /* of the store; -1: does not die */
  gboolean dead;
} Terminal;

struct _TaiSimWorld {
  const TaiSimPlan *plan;
  TaiFakeClock *clock;
  HqStore *hq;
  TaiSimNet net;
  Terminal *terminals;
  GPtrArray *receipts; /* (element-type utf8) what clerks have in their hands */
  TaiSimFigures *figures;
};

/* Making ----------------------------------------------------------------------------------------------------------- */

static TaiTerminal *
make_terminal (guint index)
{
  TaiTerminal *terminal = tai_terminal_new ();

  terminal->id = g_strdup_printf ("H001T%u", index);
  terminal->hall = g_strdup ("H001");
  terminal->till = g_strdup_printf ("T%u", index);
  terminal->desk = g_strdup_printf ("%u", index);
  terminal->outlet = g_strdup ("H001");
  terminal->klass = g_strdup ("demo");
  terminal->hall_name = g_strdup ("Sim");
  terminal->utc_offset_min = 480;
  terminal->currency = TAI_CNY;
  terminal->language = g_strdup ("en");
  return terminal;
}

static void
must (gboolean good, GError *error)
{
  if (!good)
    g_error ("simulator: %s", error ? error->message : "failed");
}

static void
copy_database (sqlite3 *to, sqlite3 *from)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");

  g_assert_nonnull (backup);
  g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
  sqlite3_backup_finish (backup);
}

static sqlite3 *
open_disk (const char *uri)
{
  sqlite3 *disk;

  g_assert_cmpint (
      sqlite3_open_v2 (uri, &disk, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL), ==,
      SQLITE_OK);
  return disk;
}

static sqlite3 *
make_template (guint index, GPtrArray *staff)
{
  g_autofree char *uri = g_strdup_printf ("file:/sim-template-%u?vfs=memdb", index);
  g_autoptr (TaiTerminal) terminal = make_terminal (index + 1);
  g_autoptr (TaiStore) store = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *disk = open_disk (uri);

  store = tai_store_open (uri, terminal, &error);
  must (store != NULL, error);
  must (tai_visit_store_replace_staff (TAI_VISIT_STORE (store), staff, &error), error);
  return disk;
}

void
tai_sim_prepare (void)
{
  g_autoptr (TaiEntropy) entropy = TAI_ENTROPY (tai_fake_entropy_new (1));
  g_autoptr (GBytes) text = tai_test_data_load ("catalogue.json");
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  g_autoptr (GError) error = NULL;

  made.hq_key = tai_seal_key_new (entropy);
  made.blind_key = tai_seal_key_new (entropy);
  made.hq_public = tai_seal_key_get_public (made.hq_key);
  made.catalogue = tai_catalogue_from_text (text, "\"sim\"", NULL, &error);
  must (made.catalogue != NULL, error);
  g_ptr_array_add (staff, tai_staff_new ("1042", "Sim", TAI_ROLE_SUPERVISOR, "1042"));
  for (guint i = 0; i < MAX_TERMINALS; i++)
    made.terminal[i] = make_template (i, staff);
}

void
tai_sim_finish (void)
{
  tai_seal_key_free (made.hq_key);
  tai_seal_key_free (made.blind_key);
  tai_catalogue_unref (made.catalogue);
  for (guint i = 0; i < MAX_TERMINALS; i++)
    sqlite3_close (made.terminal[i]);
}

static guint
draw (TaiSimWorld *self, guint below)
{
  return tai_sim_net_draw (&self->net, below);
}

/* A program's life --------------------------------------------------------------------------------------------------- */

/* Every step of the store passes here, before and after: any of them may be the last. */
static gboolean
fault_cb (const char *step, gboolean after, gpointer data)
{
  Terminal *t = data;

  if (t->steps_to_live < 0 || t->steps_to_live-- > 0)
    return t->dead;
  t->steps_to_live = -1;
  t->dead = TRUE;
  t->world->figures->n_crashes++;
  return TRUE;
}

static TaiDesk *
make_desk (Terminal *t)
{
  g_autoptr (TaiRenderer) renderer = TAI_RENDERER (tai_tmf_renderer_new ());
  g_autoptr (TaiPaperwork) paperwork = TAI_PAPERWORK (tai_fake_paperwork_new ());
  g_autoptr (TaiPinHasher) pins = TAI_PIN_HASHER (tai_fake_pins_new ());
  g_autoptr (TaiBoxSealer) sealer = tai_box_sealer_new (made.hq_public, t->entropy);
  TaiDeskPorts ports = {.store = TAI_VISIT_STORE (t->store),
                        .prints = TAI_PRINT_QUEUE (t->store),
                        .renderer = renderer,
                        .paperwork = paperwork,
                        .sealer = TAI_SEALER (sealer),
                        .pins = pins,
                        .clock = TAI_CLOCK (t->world->clock),
                        .entropy = t->entropy};
  TaiDesk *desk = tai_desk_new (t->terminal, &ports);

  tai_desk_set_catalogue (desk, made.catalogue);
  return desk;
}

static void
start_program (Terminal *t)
{
  static const TaiSyncSettings settings = {.window = 3, .backoff_max_ms = 60000, .idle_poll_ms = 20000};
  TaiSyncSettings mine = settings;
  TaiSyncPorts ports;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiShift) shift = NULL;

  t->dead = FALSE;
  t->store = tai_store_open (t->uri, t->terminal, &error);
  must (t->store != NULL, error);
  tai_store_set_fault_hook (t->store, fault_cb, t);
  must (tai_print_queue_recover (TAI_PRINT_QUEUE (t->store), &error), error);
  t->desk = make_desk (t);
  must (tai_desk_sign_in (t->desk, "1042", "1042", &error), error);
  shift = tai_desk_get_shift (t->desk, &error);
  must (shift != NULL || tai_desk_open_till (t->desk, tai_money (20000, TAI_CNY), &error), error);
  t->line = tai_sim_line_new (&t->world->net, t->terminal->id);
  ports = (TaiSyncPorts){.store = TAI_VISIT_STORE (t->store),
                         .outbox = TAI_OUTBOX (t->store),
                         .headquarters = TAI_HEADQUARTERS (t->line),
                         .desk = t->desk,
                         .clock = TAI_CLOCK (t->world->clock),
                         .entropy = t->entropy};
  mine.batch = draw (t->world, 2) ? 1 : 3;
  t->sync = tai_sync_new (&ports, TAI_DESTINATION_HQ, &mine);
  must (tai_sync_start (t->sync, &error), error);
}

/* The plug is pulled: nothing is said goodbye to; what SQLite committed is what there is. */
static void
kill_program (Terminal *t)
{
  t->dead = TRUE;
  tai_sync_stop (t->sync);
  tai_sim_line_cut (t->line);
  g_clear_object (&t->sync);
  g_clear_object (&t->line);
  g_clear_object (&t->desk);
  g_clear_object (&t->store);
}

static void
restart_if_dead (Terminal *t)
{
  if (!t->dead)
    return;
  kill_program (t);
  start_program (t);
}

/* Customers ---------------------------------------------------------------------------------------------------------- */

static TaiIdentity *
make_identity (guint index)
{
  TaiIdentity *identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ_EMULATED);
  g_autofree char *seventeen = g_strdup_printf ("9900001990010100%u", index % 10);

  identity->name = g_strdup ("测试甲");
  identity->number = g_strdup_printf ("%s%c", seventeen, tai_id_number_check_digit (seventeen));
  identity->sex = '1';
  identity->birth = (TaiDate){1990, 1, 1};
  identity->valid_from = (TaiDate){2020, 1, 1};
  identity->valid_until = (TaiDate){2040, 1, 1};
  return identity;
}

static TaiMoney
no_amount (void)
{
  return tai_money (0, 0);
}

static gboolean
add_new_line (Terminal *t, TaiVisit *visit, GError **error)
{
  guint index = t->next_resource++;
  g_autofree char *number = g_strdup_printf ("154%s%07u", t->terminal->till + 1, index);
  g_autofree char *sim = g_strdup_printf ("898600000000%s%07u", t->terminal->till + 1, index);
  TaiOrder *order;

  if (!tai_desk_identify (t->desk, visit, make_identity (draw (t->world, 5)), error))
    return FALSE;
  order = tai_desk_add_order (t->desk, visit, "new_line", error);
  return order != NULL && tai_desk_add_offering (t->desk, visit, order, "plan-59", 1, no_amount (), error) &&
         tai_desk_add_offering (t->desk, visit, order, "sim-card", 1, no_amount (), error) &&
         tai_desk_add_offering (t->desk, visit, order, "vas-caller", 1, no_amount (), error) &&
         tai_desk_give_consent (t->desk, visit, order, "vas-caller", error) &&
         tai_desk_choose_number (t->desk, visit, order, number, error) &&
         tai_desk_choose_sim (t->desk, visit, order, sim, error);
}

static gboolean
add_top_up (Terminal *t, TaiVisit *visit, GError **error)
{
  TaiMoney amount = tai_money (100 + draw (t->world, 30000), TAI_CNY);
  TaiOrder *order = tai_desk_add_order (t->desk, visit, "top_up", error);

  return order != NULL && tai_desk_set_target (t->desk, visit, order, "15900000000", error) &&
         tai_desk_add_offering (t->desk, visit, order, "topup", 1, amount, error);
}

/* TRUE: the clerk has the receipt in his hand. */
static gboolean
serve (Terminal *t, TaiVisit *visit, GError **error)
{
  TaiMoney due, received;
  guint kind = draw (t->world, 4);

  if (kind != 1 && !add_top_up (t, visit, error))
    return FALSE;
  if (kind <= 1 && t->next_resource < NUMBERS_A_TERMINAL && !add_new_line (t, visit, error))
    return FALSE;
  if (tai_visit_get_n_orders (visit) == 0 && !add_top_up (t, visit, error))
    return FALSE;
  if (!tai_desk_sign (t->desk, visit, error) || !tai_desk_place (t->desk, visit, error))
    return FALSE;
  if (draw (t->world, 10) == 0)
    return tai_desk_abandon (t->desk, visit, error) && FALSE;
  due = tai_visit_get_total (visit);
  received = tai_money ((due.minor + 9999) / 10000 * 10000, TAI_CNY);
  return tai_desk_pay_cash (t->desk, visit, received, NULL, error);
}

static void
customer_cb (gpointer data)
{
  Terminal *t = data;
  TaiSimWorld *self = t->world;
  g_autoptr (TaiVisit) visit = NULL;
  g_autoptr (GError) error = NULL;

  restart_if_dead (t);
  if (draw (self, 100) < self->plan->crash_percent)
    t->steps_to_live = draw (self, 120);
  visit = tai_desk_begin_visit (t->desk, &error);
  if (visit != NULL && serve (t, visit, &error)) {
    g_ptr_array_add (self->receipts, g_strdup (tai_visit_get_receipt_number (visit)));
    if (!t->dead)
      tai_sync_poke (t->sync);
  } else if (error != NULL && !t->dead) {
    g_error ("simulator: a visit failed without a fault: %s", error->message);
  }
  if (++t->n_visits < self->plan->n_visits)
    tai_clock_after (TAI_CLOCK (self->clock), 200 + draw (self, 40000), customer_cb, t);
}

/* The world ---------------------------------------------------------------------------------------------------------- */

static void
stock_at_hq (TaiSimWorld *self, const Terminal *t, const char *kind, const char *value, guint index)
{
  /* The terminal's last number is one that HQ knows nothing of: its order must come back refused. */
  HqStockRow row = {.kind = kind,
                    .value = value,
                    .state = "leased",
                    .terminal = t->terminal->id,
                    .until_us = tai_clock_now (TAI_CLOCK (self->clock)) + G_TIME_SPAN_DAY};

  if (index + 1 < NUMBERS_A_TERMINAL)
    self->hq->klass->stock_add (self->hq, &row);
}

static void
give_stock (TaiSimWorld *self, Terminal *t)
{
  gint64 until_us = tai_clock_now (TAI_CLOCK (self->clock)) + G_TIME_SPAN_DAY;

  for (guint i = 0; i < NUMBERS_A_TERMINAL; i++) {
    g_autofree char *number = g_strdup_printf ("154%s%07u", t->terminal->till + 1, i);
    g_autofree char *sim = g_strdup_printf ("898600000000%s%07u", t->terminal->till + 1, i);
    g_autoptr (GError) error = NULL;

    stock_at_hq (self, t, "msisdn", number, i);
    stock_at_hq (self, t, "iccid", sim, i);
    must (tai_desk_apply_lease (t->desk, "msisdn", number, NULL, until_us, &error) &&
              tai_desk_apply_lease (t->desk, "iccid", sim, NULL, until_us, &error),
          error);
  }
}

static void
make_hq (TaiSimWorld *self)
{
  g_autoptr (GBytes) text = tai_test_data_load ("catalogue.json");
  g_autoptr (TaiJson) list =
      tai_json_parse (g_bytes_get_data (text, NULL), (gssize)g_bytes_get_size (text), NULL, NULL);
  g_autoptr (GError) error = NULL;

  self->hq = hq_store_sqlite_new (":memory:", "sim-epoch", &error);
  must (self->hq != NULL, error);
  self->hq->secrets.box_key = made.hq_key;
  self->hq->secrets.blind_key = made.blind_key;
  self->hq->klass->begin (self->hq);
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    HqTerminalRow row = {
        .id = self->terminals[i].terminal->id, .hall = "H001", .klass = "demo", .profile = "{}"};
    self->hq->klass->terminal_put (self->hq, &row);
  }
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *offering = tai_json_get_element (list, i);
    g_autofree char *body = tai_json_to_text (offering);
    g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
    self->hq->klass->offering_insert (self->hq, tai_json_require_string (offering, "id", NULL), i, bytes);
  }
  self->hq->klass->commit (self->hq);
}

static void
hq_tick_cb (gpointer data)
{
  TaiSimWorld *self = data;

  hq_advance (self->hq, tai_clock_now (TAI_CLOCK (self->clock)), 100, NULL);
  tai_clock_after (TAI_CLOCK (self->clock), 5000, hq_tick_cb, self);
}

static void
make_terminals (TaiSimWorld *self, guint64 seed)
{
  static guint64 n_worlds;

  n_worlds++;
  self->terminals = g_new0 (Terminal, self->plan->n_terminals);
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    Terminal *t = &self->terminals[i];
    t->world = self;
    t->terminal = make_terminal (i + 1);
    t->uri = g_strdup_printf ("file:/sim-%" G_GUINT64_FORMAT "-%u?vfs=memdb", n_worlds, i);
    t->disk = open_disk (t->uri);
    copy_database (t->disk, made.terminal[i]);
    t->entropy = TAI_ENTROPY (tai_fake_entropy_new (seed * 31 + i + 1));
    t->steps_to_live = -1;
  }
}

static void
open_world (TaiSimWorld *self, guint64 seed)
{
  self->clock = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
  self->receipts = g_ptr_array_new_with_free_func (g_free);
  make_terminals (self, seed);
  make_hq (self);
  tai_sim_net_init (&self->net, self->hq, TAI_CLOCK (self->clock), seed, self->plan->net_fault_percent);
  self->hq->klass->begin (self->hq);
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    start_program (&self->terminals[i]);
    give_stock (self, &self->terminals[i]);
  }
  self->hq->klass->commit (self->hq);
  for (guint i = 0; i < self->plan->n_terminals; i++)
    tai_clock_after (TAI_CLOCK (self->clock), 100 + draw (self, 5000), customer_cb, &self->terminals[i]);
  hq_tick_cb (self);
}

static gboolean
has_customers (TaiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_terminals; i++)
    if (self->terminals[i].n_visits < self->plan->n_visits)
      return TRUE;
  return FALSE;
}

/* Everything sent and everything final? */
static gboolean
is_quiet (TaiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    Terminal *t = &self->terminals[i];
    TaiOrderFilter filter = {.limit = 1000};
    g_autoptr (GPtrArray) orders = NULL;
    TaiOutboxCounts counts = {0};

    if (!tai_outbox_counts (TAI_OUTBOX (t->store), TAI_DESTINATION_HQ, &counts, NULL) ||
        counts.oldest_us != 0)
      return FALSE;
    orders = tai_visit_store_list_orders (TAI_VISIT_STORE (t->store), &filter, NULL);
    for (guint j = 0; j < orders->len; j++) {
      const TaiOrder *order = g_ptr_array_index (orders, j);
      if (order->state != TAI_ORDER_COMPLETED && order->state != TAI_ORDER_REJECTED &&
          order->state != TAI_ORDER_PLACED && order->state != TAI_ORDER_CANCELLED)
        return FALSE;
    }
  }
  return TRUE;
}

static char *
live (TaiSimWorld *self)
{
  gint64 limit_us;

  while (has_customers (self)) {
    g_assert_true (tai_fake_clock_fire_next (self->clock));
    for (guint i = 0; i < self->plan->n_terminals; i++)
      restart_if_dead (&self->terminals[i]);
  }
  self->net.fault_percent = 0;
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    restart_if_dead (&self->terminals[i]);
    self->terminals[i].steps_to_live = -1;
  }
  limit_us = tai_clock_now (TAI_CLOCK (self->clock)) + HEAL_LIMIT_MIN * G_TIME_SPAN_MINUTE;
  while (!is_quiet (self)) {
    if (tai_clock_now (TAI_CLOCK (self->clock)) > limit_us)
      return g_strdup_printf ("the queues did not empty within %d virtual minutes", HEAL_LIMIT_MIN);
    tai_fake_clock_advance (self->clock, 5000);
  }
  return NULL;
}

static void
close_world (TaiSimWorld *self)
{
  for (guint i = 0; i < self->plan->n_terminals; i++) {
    Terminal *t = &self->terminals[i];
    kill_program (t);
    g_object_unref (t->entropy);
    sqlite3_close (t->disk);
    tai_terminal_free (t->terminal);
    g_free (t->uri);
  }
  /* What is still on its way in the net hangs on timers that refer to HQ: let them all arrive. */
  tai_fake_clock_advance (self->clock, 1000);
  g_clear_pointer (&self->terminals, g_free);
  g_clear_object (&self->clock);
  tai_sim_net_clear (&self->net);
  hq_store_free (self->hq);
  g_ptr_array_unref (self->receipts);
}

static char *
check_terminals (TaiSimWorld *self)
{
  g_autofree TaiSimSubject *subjects = g_new0 (TaiSimSubject, self->plan->n_terminals);

  for (guint i = 0; i < self->plan->n_terminals; i++)
    subjects[i] =
        (TaiSimSubject){self->terminals[i].store, self->terminals[i].disk, self->terminals[i].terminal};
  tai_sim_sabotage (self->plan->sabotage, subjects, self->hq);
  return tai_sim_check (subjects, self->plan->n_terminals, self->hq, self->receipts, self->figures);
}

char *
tai_sim_run (guint64 seed, const TaiSimPlan *plan, TaiSimFigures *figures)
{
  TaiSimWorld world = {.plan = plan, .figures = figures};
  char *problem;

  g_assert (plan->n_terminals <= MAX_TERMINALS);
  open_world (&world, seed);
  problem = live (&world);
  if (problem == NULL)
    problem = check_terminals (&world);
  figures->n_requests += world.net.n_requests;
  figures->n_net_faults += world.net.n_faults;
  close_world (&world);
  return problem;
}
