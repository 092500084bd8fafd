/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-desk-rig.h"

#include "tai-box-sealer.h"
#include "tai-fake-desk-ports.h"
#include "tai-fake-entropy.h"
#include "tai-offering-json.h"
#include "tai-test-data.h"
#include "tai-tmf-renderer.h"

#include <glib/gstdio.h>

/* A renderer that can fail ---------------------------------------------------------------------------------------- */

#define RIG_TYPE_RENDERER (rig_renderer_get_type ())
G_DECLARE_FINAL_TYPE (RigRenderer, rig_renderer, RIG, RENDERER, GObject)
struct _RigRenderer {
  GObject parent;
  TaiRenderer *real; /* (owned) */
  TaiDeskRig *rig;   /* (unowned) outlives the desk */
};
static void renderer_iface_init (TaiRendererInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (RigRenderer, rig_renderer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_RENDERER, renderer_iface_init))

static gboolean
may_render (TaiRenderer *renderer, GError **error)
{
  TaiDeskRig *rig = RIG_RENDERER (renderer)->rig;

  if (rig->renders_left < 0 || rig->renders_left-- > 0)
    return TRUE;
  rig->renders_left = -1;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED, "the renderer fails");
  return FALSE;
}

static GBytes *
render_order (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiOrder *order, GPtrArray *payments,
              GError **error)
{
  return may_render (renderer, error)
             ? tai_renderer_order (RIG_RENDERER (renderer)->real, terminal, order, payments, error)
             : NULL;
}

static GBytes *
render_payment (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiPayment *payment, GError **error)
{
  return may_render (renderer, error)
             ? tai_renderer_payment (RIG_RENDERER (renderer)->real, terminal, payment, error)
             : NULL;
}

static GBytes *
render_take_back (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiTakeBack *what, GError **error)
{
  return may_render (renderer, error)
             ? tai_renderer_take_back (RIG_RENDERER (renderer)->real, terminal, what, error)
             : NULL;
}

static GBytes *
render_news (TaiRenderer *renderer, const TaiTerminal *terminal, const TaiTillNews *news, GError **error)
{
  return may_render (renderer, error)
             ? tai_renderer_news (RIG_RENDERER (renderer)->real, terminal, news, error)
             : NULL;
}

static void
renderer_iface_init (TaiRendererInterface *iface)
{
  iface->news = render_news;
  iface->take_back = render_take_back;
  iface->order = render_order;
  iface->payment = render_payment;
}

static void
rig_renderer_finalize (GObject *object)
{
  g_clear_object (&RIG_RENDERER (object)->real);
  G_OBJECT_CLASS (rig_renderer_parent_class)->finalize (object);
}

static void
rig_renderer_class_init (RigRendererClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rig_renderer_finalize;
}

static void
rig_renderer_init (RigRenderer *self)
{
  self->real = TAI_RENDERER (tai_tmf_renderer_new ());
}

/* Making ---------------------------------------------------------------------------------------------------------- */

static gboolean
fault_cb (const char *step, gboolean after, gpointer data)
{
  TaiDeskRig *self = data;

  if (after)
    return self->fail_after_commit && g_str_equal (step, "commit");
  if (self->steps_left < 0 || self->steps_left-- > 0)
    return FALSE;
  self->steps_left = -1;
  return TRUE;
}

TaiDesk *
tai_desk_rig_make_desk (TaiDeskRig *self, TaiSealPublicKey hq)
{
  g_autoptr (TaiFakePaperwork) paperwork = tai_fake_paperwork_new ();
  g_autoptr (RigRenderer) renderer = g_object_new (RIG_TYPE_RENDERER, NULL);
  g_autoptr (TaiBoxSealer) sealer = tai_box_sealer_new (hq, self->entropy);
  g_autoptr (TaiFakePins) pins = tai_fake_pins_new ();
  TaiDeskPorts ports = {.store = TAI_VISIT_STORE (self->store),
                        .prints = TAI_PRINT_QUEUE (self->store),
                        .renderer = TAI_RENDERER (renderer),
                        .paperwork = TAI_PAPERWORK (paperwork),
                        .sealer = TAI_SEALER (sealer),
                        .pins = TAI_PIN_HASHER (pins),
                        .clock = TAI_CLOCK (self->clock),
                        .entropy = self->entropy};
  TaiDesk *desk = tai_desk_new (self->terminal, &ports);

  renderer->rig = self;
  tai_box_sealer_take_terminal_key (sealer, tai_seal_key_new (self->entropy));
  tai_box_sealer_take_blind_key (sealer, tai_seal_key_new (self->entropy));
  tai_desk_set_catalogue (desk, self->catalogue);
  return desk;
}

static void
start_program (TaiDeskRig *self)
{
  g_autoptr (GError) error = NULL;

  self->store = tai_store_open (self->path, self->terminal, &error);
  g_assert_no_error (error);
  tai_store_set_fault_hook (self->store, fault_cb, self);
  self->desk = tai_desk_rig_make_desk (self, tai_seal_key_get_public (self->hq_key));
}

static void
end_program (TaiDeskRig *self)
{
  g_clear_object (&self->desk);
  g_assert_finalize_object (self->store);
  self->store = NULL;
}

void
tai_desk_rig_restart (TaiDeskRig *self)
{
  self->steps_left = self->renders_left = -1;
  self->fail_after_commit = FALSE;
  end_program (self);
  start_program (self);
}

static TaiTerminal *
make_terminal (const char *klass)
{
  TaiTerminal *terminal = tai_terminal_new ();

  terminal->id = g_strdup ("H017T2");
  terminal->hall = g_strdup ("H017");
  terminal->till = g_strdup ("T2");
  terminal->desk = g_strdup ("3");
  terminal->outlet = g_strdup ("H017");
  terminal->klass = g_strdup (klass);
  terminal->hall_name = g_strdup ("Hall 17");
  terminal->utc_offset_min = 480;
  terminal->currency = TAI_CNY;
  terminal->language = g_strdup ("en");
  return terminal;
}

static void
hire (TaiDeskRig *self)
{
  static const struct {
    const char *number;
    TaiRole role;
  } people[] = {
      {RIG_CLERK, TAI_ROLE_CLERK},     {RIG_CLERK_2, TAI_ROLE_CLERK}, {RIG_SUPERVISOR, TAI_ROLE_SUPERVISOR},
      {RIG_AUDITOR, TAI_ROLE_AUDITOR}, {RIG_KIOSK, TAI_ROLE_KIOSK},   {RIG_DISABLED, TAI_ROLE_CLERK},
      {RIG_NO_PIN, TAI_ROLE_CLERK},
  };
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    const char *number = people[i].number;
    gboolean has_pin = !g_str_equal (number, RIG_NO_PIN);
    TaiStaff *each = tai_staff_new (number, number, people[i].role, has_pin ? number : NULL);
    each->disabled = g_str_equal (number, RIG_DISABLED);
    g_ptr_array_add (staff, each);
  }
  MUST (tai_visit_store_replace_staff (TAI_VISIT_STORE (self->store), staff, &E));
}

static void
stock_up (TaiDeskRig *self)
{
  gint64 until_us = tai_clock_now (TAI_CLOCK (self->clock)) + 7 * G_TIME_SPAN_DAY;

  for (guint i = 0; i < RIG_STOCK; i++) {
    MUST (
        tai_desk_apply_lease (self->desk, TAI_RESOURCE_NUMBER, tai_desk_rig_msisdn (i), NULL, until_us, &E));
    MUST (tai_desk_apply_lease (self->desk, TAI_RESOURCE_SIM, tai_desk_rig_iccid (i), NULL, until_us, &E));
  }
}

static TaiDeskRig *
rig_new (const char *klass, gboolean on_disk)
{
  static guint n_rigs;
  g_autoptr (GBytes) text = tai_test_data_load ("catalogue.json");
  TaiDeskRig *self = g_new0 (TaiDeskRig, 1);

  self->steps_left = self->renders_left = -1;
  if (on_disk) {
    MUST (self->folder = g_dir_make_tmp ("tai-desk-XXXXXX", &E));
    self->path = g_build_filename (self->folder, "terminal.db", NULL);
  } else {
    self->path = g_strdup_printf ("file:/desk-rig-%u?vfs=memdb", ++n_rigs);
  }
  self->terminal = make_terminal (klass);
  self->clock = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
  self->entropy = TAI_ENTROPY (tai_fake_entropy_new (17));
  self->hq_key = tai_seal_key_new (self->entropy);
  MUST (self->catalogue = tai_catalogue_from_text (text, NULL, NULL, &E));
  start_program (self);
  /* Opened second and closed last: memory that nobody looks at is gone. */
  g_assert_cmpint (sqlite3_open_v2 (self->path, &self->sql, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL),
                   ==, SQLITE_OK);
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  hire (self);
  stock_up (self);
  return self;
}

TaiDeskRig *
tai_desk_rig_new (void)
{
  return rig_new ("demo", FALSE);
}

TaiDeskRig *
tai_desk_rig_new_on_disk (void)
{
  return rig_new ("demo", TRUE);
}

TaiDeskRig *
tai_desk_rig_new_of_class (const char *klass)
{
  return rig_new (klass, FALSE);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

void
tai_desk_rig_free (TaiDeskRig *self)
{
  end_program (self);
  sqlite3_close (self->sql);
  if (self->folder != NULL)
    remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  tai_terminal_free (self->terminal);
  tai_catalogue_unref (self->catalogue);
  tai_seal_key_free (self->hq_key);
  g_clear_object (&self->clock);
  g_clear_object (&self->entropy);
  g_free (self);
}

/* Staff and stock ------------------------------------------------------------------------------------------------- */

void
tai_desk_rig_sign_in (TaiDeskRig *self, const char *number)
{
  MUST (tai_desk_sign_in (self->desk, number, number, &E));
}

void
tai_desk_rig_start_day (TaiDeskRig *self)
{
  tai_desk_rig_sign_in (self, RIG_CLERK);
  MUST (tai_desk_open_till (self->desk, CNY (RIG_FLOAT), &E));
}

const char *
tai_desk_rig_msisdn (guint index)
{
  static char text[RIG_STOCK][12];

  g_snprintf (text[index], sizeof text[index], "154%08u", index);
  return text[index];
}

const char *
tai_desk_rig_iccid (guint index)
{
  static char text[RIG_STOCK][21];

  g_snprintf (text[index], sizeof text[index], "89860000000%08u", index);
  return text[index];
}

TaiIdentity *
tai_desk_rig_identity (guint index)
{
  TaiIdentity *identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ_EMULATED);
  g_autofree char *seventeen = g_strdup_printf ("99000019900101%03u", index);

  identity->name = g_strdup ("欧阳测试甲");
  identity->number = g_strdup_printf ("%s%c", seventeen, tai_id_number_check_digit (seventeen));
  identity->nationality = g_strdup ("CHN");
  identity->nation = g_strdup ("01");
  identity->address = g_strdup ("测试省测试市测试路十七号");
  identity->issuer = g_strdup ("测试市公安局");
  identity->sex = '1';
  identity->birth = (TaiDate){1990, 1, 1};
  identity->valid_from = (TaiDate){2020, 1, 1};
  identity->valid_until = (TaiDate){2040, 1, 1};
  return identity;
}

void
tai_desk_rig_close_behind (TaiDeskRig *rig)
{
  static const TaiShiftState states[] = {TAI_SHIFT_COUNTING, TAI_SHIFT_CLOSED};
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (TaiShift) shift = NULL;

  MUST (shift = tai_desk_get_shift (rig->desk, &E));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    TaiShiftFact *fact = g_new0 (TaiShiftFact, 1);
    fact->id = shift->id;
    fact->till = g_strdup (shift->till);
    fact->clerk = g_strdup (RIG_CLERK);
    fact->business_day = g_strdup (shift->business_day);
    fact->to = states[i];
    fact->time_us = tai_clock_now (TAI_CLOCK (rig->clock));
    fact->counted = fact->expected = CNY (RIG_FLOAT);
    fact->z_number = i == 1 ? 1 : 0;
    tai_change_take_shift (change, fact);
  }
  MUST (tai_visit_store_commit (TAI_VISIT_STORE (rig->store), change, &E));
}

/* Customers --------------------------------------------------------------------------------------------------------- */

TaiVisit *
tai_desk_rig_begin (TaiDeskRig *self)
{
  TaiVisit *visit;

  MUST (visit = tai_desk_begin_visit (self->desk, &E));
  return visit;
}

TaiOrder *
tai_desk_rig_add_new_line (TaiDeskRig *self, TaiVisit *visit, guint index)
{
  TaiOrder *order;

  if (tai_visit_get_identity (visit) == NULL)
    MUST (tai_desk_identify (self->desk, visit, tai_desk_rig_identity (index), &E));
  MUST (order = tai_desk_add_order (self->desk, visit, "new_line", &E));
  MUST (tai_desk_add_offering (self->desk, visit, order, "plan-59", 1, NONE, &E));
  MUST (tai_desk_add_offering (self->desk, visit, order, "sim-card", 1, NONE, &E));
  MUST (tai_desk_choose_number (self->desk, visit, order, tai_desk_rig_msisdn (index), &E));
  MUST (tai_desk_choose_sim (self->desk, visit, order, tai_desk_rig_iccid (index), &E));
  return order;
}

TaiOrder *
tai_desk_rig_add_top_up (TaiDeskRig *self, TaiVisit *visit, gint64 fen)
{
  TaiOrder *order;

  MUST (order = tai_desk_add_order (self->desk, visit, "top_up", &E));
  MUST (tai_desk_set_target (self->desk, visit, order, RIG_TARGET, &E));
  MUST (tai_desk_add_offering (self->desk, visit, order, "topup", 1, CNY (fen), &E));
  return order;
}

void
tai_desk_rig_place (TaiDeskRig *self, TaiVisit *visit)
{
  MUST (tai_desk_sign (self->desk, visit, &E));
  MUST (tai_desk_place (self->desk, visit, &E));
}

void
tai_desk_rig_pay (TaiDeskRig *self, TaiVisit *visit)
{
  TaiMoney change;

  MUST (tai_desk_pay_cash (self->desk, visit, tai_visit_get_total (visit), &change, &E));
  g_assert_cmpint (change.minor, ==, 0);
}

TaiVisit *
tai_desk_rig_sell_top_up (TaiDeskRig *self, gint64 fen)
{
  TaiVisit *visit = tai_desk_rig_begin (self);

  tai_desk_rig_add_top_up (self, visit, fen);
  tai_desk_rig_place (self, visit);
  tai_desk_rig_pay (self, visit);
  return visit;
}

/* The auditor ------------------------------------------------------------------------------------------------------- */

static void
append_cell (GString *text, sqlite3_stmt *statement, int column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_BLOB) {
    const guint8 *data = sqlite3_column_blob (statement, column);
    for (int i = 0; i < sqlite3_column_bytes (statement, column); i++)
      g_string_append_printf (text, "%02x", data[i]);
  } else {
    const char *cell = (const char *)sqlite3_column_text (statement, column);
    g_string_append (text, cell ? cell : "");
  }
}

static char *
rows (TaiDeskRig *self, const char *sql)
{
  GString *text = g_string_new (NULL);
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (self->sql, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (self->sql));
  while (sqlite3_step (statement) == SQLITE_ROW) {
    if (text->len > 0)
      g_string_append_c (text, '\n');
    for (int i = 0; i < sqlite3_column_count (statement); i++) {
      if (i > 0)
        g_string_append_c (text, '|');
      append_cell (text, statement, i);
    }
  }
  sqlite3_finalize (statement);
  return g_string_free (text, FALSE);
}

char *
tai_desk_rig_rows (TaiDeskRig *self, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return rows (self, sql);
}

gint64
tai_desk_rig_number (TaiDeskRig *self, const char *format, ...)
{
  g_autofree char *sql = NULL, *text = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  text = rows (self, sql);
  return text[0] ? g_ascii_strtoll (text, NULL, 10) : -1;
}

char *
tai_desk_rig_dump (TaiDeskRig *self)
{
  g_autofree char *names = rows (self, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  g_auto (GStrv) tables = g_strsplit (names, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; tables[i] != NULL; i++) {
    g_autofree char *content = tai_desk_rig_rows (self, "SELECT * FROM %s", tables[i]);
    g_string_append_printf (text, "== %s\n%s\n", tables[i], content);
  }
  return g_string_free (text, FALSE);
}

char *
tai_desk_rig_postings (TaiDeskRig *self, const char *event)
{
  return tai_desk_rig_rows (self,
                            "SELECT account, amount_minor FROM posting JOIN posting_set ON n = set_n "
                            "WHERE event = '%s' ORDER BY n, k",
                            event);
}

char *
tai_desk_rig_last_journal (TaiDeskRig *self)
{
  return tai_desk_rig_rows (self, "SELECT CAST (record AS TEXT) FROM journal ORDER BY seq DESC LIMIT 1");
}

void
tai_desk_rig_print (TaiDeskRig *self)
{
  static const char *const roles[] = {"receipt", "form"};

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    while (TRUE) {
      g_autoptr (GError) error = NULL;
      g_autoptr (TaiPrintJob) job = tai_print_queue_next (TAI_PRINT_QUEUE (self->store), roles[i], &error);

      g_assert_no_error (error);
      if (job == NULL)
        break;
      MUST (tai_print_queue_mark (TAI_PRINT_QUEUE (self->store), &job->id, TAI_PRINT_PRINTED, NULL,
                                  tai_clock_now (TAI_CLOCK (self->clock)), &E));
    }
}

gint64
tai_desk_rig_drawer (TaiDeskRig *self)
{
  TaiMoney balance;

  MUST (tai_visit_store_drawer_balance (TAI_VISIT_STORE (self->store), "T2", &balance, &E));
  return balance.minor;
}

TaiResourceState
tai_desk_rig_stock_state (TaiDeskRig *self, const char *kind, const char *value)
{
  g_autoptr (TaiResource) resource = NULL;

  MUST (resource = tai_visit_store_find_resource (TAI_VISIT_STORE (self->store), kind, value, &E));
  return resource->state;
}

void
tai_desk_rig_assert_sound (TaiDeskRig *self)
{
  g_auto (TaiStoreVerification) report = {0};

  MUST (tai_store_verify (self->store, TAI_VERIFY_FULL, &report, &E));
  g_assert_cmpint (tai_desk_rig_number (self, "SELECT count (*) FROM posting_imbalance"), ==, 0);
  g_assert_cmpint (
      tai_desk_rig_number (self, "SELECT count (*) - coalesce (max (terminal_seq), 0) FROM message"), ==, 0);
  g_assert_cmpint (
      tai_desk_rig_number (self, "SELECT count (DISTINCT terminal_seq) - count (*) FROM message"), ==, 0);
  /* Of each day: as many receipts as the last one's number says. */
  g_assert_cmpint (tai_desk_rig_number (self,
                                        "SELECT count (*) FROM (SELECT business_day, count (DISTINCT "
                                        "receipt_number) AS n, max (CAST (substr (receipt_number, -4) AS "
                                        "INTEGER)) AS last FROM customer_order WHERE receipt_number IS NOT "
                                        "NULL GROUP BY business_day) WHERE n <> last"),
                   ==, 0);
}

void
tai_desk_rig_assert_obstacles (TaiDeskRig *self, TaiVisit *visit, ...)
{
  g_autoptr (GPtrArray) found = tai_desk_check_visit (self->desk, visit);
  guint n = 0;
  va_list args;
  int code;

  va_start (args, visit);
  while ((code = va_arg (args, int)) != 0) {
    gboolean is_there = FALSE;
    for (guint i = 0; i < found->len; i++)
      is_there |= g_error_matches (g_ptr_array_index (found, i), TAI_CORE_ERROR, code);
    if (!is_there)
      g_error ("obstacle %d is missing", code);
    n++;
  }
  va_end (args);
  if (found->len != n)
    g_error ("%u obstacles, the last: %s", found->len,
             ((GError *)g_ptr_array_index (found, found->len - 1))->message);
}

void
tai_desk_rig_upload (TaiDeskRig *rig)
{
  g_autoptr (GPtrArray) due = NULL;

  MUST (due = tai_outbox_due (TAI_OUTBOX (rig->store), TAI_DESTINATION_HQ, G_MAXINT64 / 2, 1000, &E));
  for (guint i = 0; i < due->len; i++) {
    TaiOutboxMark mark = {.row = ((TaiOutboxRow *)g_ptr_array_index (due, i))->row,
                          .to = TAI_MESSAGE_IN_FLIGHT};
    MUST (tai_outbox_mark (TAI_OUTBOX (rig->store), &mark, 1, tai_clock_now (TAI_CLOCK (rig->clock)), &E));
    mark.to = TAI_MESSAGE_ACKNOWLEDGED;
    MUST (tai_outbox_mark (TAI_OUTBOX (rig->store), &mark, 1, tai_clock_now (TAI_CLOCK (rig->clock)), &E));
  }
}
