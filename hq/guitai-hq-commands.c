/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of the administrator: enrolment codes, files to load, settings, backup, lists. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-commands.h"

#include <string.h>

#include "guitai-hq-command.h"
#include "guitai-hq-list.h"
#include "guitai-hq-entropy.h"
#include "guitai-hq-money.h"
#include "guitai-hq-south.h"
#include "tai-hq-error.h"
#include "tai-hq-load.h"
#include "tai-hq-paper.h"
#include "tai-hq-store-sqlite.h"
#include "tai-json.h"
#include "tai-money.h"
#include "tai-pin.h"
#include "tai-till-policy.h"
#include "tai-invoice-claim.h"

#define HOUR_US        (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define NAME_MAX_BYTES 32

typedef gboolean (*CommandFunc) (HqFolder *folder, int argc, char **argv, GString *out, GError **error);

const char *const hq_command_usage =
    "  code --terminal ID --hall ID [--desk N] [--class production|training|demo|partner] [--hours 24] [--outlet ID]\n"
    "       [--region NAME] [--hall-name NAME] [--till ID] [--kiosk] [--utc-offset MINUTES] [--currency CNY]\n"
    "       [--language zh_CN] [--hotline NUMBER]\n"
    "  catalogue load FILE   staff load FILE   stock load FILE   lines load FILE   documents load FILE   groups load FILE\n"
    "  paper   paper load FILE\n"
    "  orders [--json] [--state STATE] [--hall ID]   looks NUMBER   status   revoke TERMINAL\n"
    "  south [--json]   south send|ask|give-up ORDER   south send refused\n"
    "  south link ORDER ID   hub [--json]   hub retry ID\n"
    "  report --from DAY [--to DAY] [--hall ID] [--by-terminal] [--json]   shifts --from DAY [--to DAY] [--hall ID]\n"
    "  closes --from DAY [--to DAY] [--hall ID] [--json]   findings [--all] [--hall ID] [--json]   sums rebuild\n"
    "  bank import FILE [--hall ID]   bank --from DAY [--to DAY] [--hall ID] [--json]\n"
    "  set NAME VALUE   block NUMBER   unblock NUMBER   backup FILE\n";

/* ---- code ---- */

typedef struct {
  char *terminal, *hall, *desk, *klass, *outlet, *region, *hall_name, *till, *currency, *language, *hotline;
  int hours, utc_offset;
  gboolean kiosk;
} CodeOptions;

static void
clear_code_options (CodeOptions *options)
{
  char **text[] = {&options->terminal, &options->hall,     &options->desk,   &options->klass,
                   &options->outlet,   &options->region,   &options->till,   &options->hall_name,
                   &options->currency, &options->language, &options->hotline};
  for (guint i = 0; i < G_N_ELEMENTS (text); i++)
    g_clear_pointer (text[i], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CodeOptions, clear_code_options)

/* Ids stand in certificates, paths and receipt numbers. */
static gboolean
is_good_id (const char *id)
{
  gsize length =
      id != NULL ? strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") : 0;
  return length > 0 && length <= NAME_MAX_BYTES && id[length] == '\0';
}

static char *
render_profile (const CodeOptions *options)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", options->terminal);
  tai_json_writer_add_string (writer, "hall", options->hall);
  tai_json_writer_add_string (writer, "desk", options->desk != NULL ? options->desk : "1");
  tai_json_writer_add_string (writer, "outlet", options->outlet != NULL ? options->outlet : options->hall);
  tai_json_writer_add_string (writer, "region", options->region != NULL ? options->region : "");
  tai_json_writer_add_string (writer, "class", options->klass != NULL ? options->klass : "production");
  tai_json_writer_add_string (writer, "hallName",
                              options->hall_name != NULL ? options->hall_name : options->hall);
  tai_json_writer_add_string (writer, "till", options->till != NULL ? options->till : options->terminal);
  tai_json_writer_add_int (writer, "utcOffsetMinutes", options->utc_offset);
  tai_json_writer_add_string (writer, "currency", options->currency != NULL ? options->currency : "CNY");
  tai_json_writer_add_string (writer, "language", options->language != NULL ? options->language : "zh_CN");
  tai_json_writer_add_string (writer, "hotline", options->hotline);
  if (options->kiosk)
    tai_json_writer_add_bool (writer, "kiosk", TRUE);
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_text (writer);
}

/* Five groups of five of 32 signs that nobody confuses: 125 bits. */
static char *
make_secret (void)
{
  static const char signs[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  g_autoptr (TaiEntropy) entropy = hq_system_entropy_new ();
  guint8 bytes[25];
  GString *text = g_string_new (NULL);
  tai_entropy_fill (entropy, bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++) {
    if (i > 0 && i % 5 == 0)
      g_string_append_c (text, '-');
    g_string_append_c (text, signs[bytes[i] % 32]);
  }
  return g_string_free (text, FALSE);
}

static gboolean
insert_code (HqFolder *folder, const CodeOptions *options, GString *out, GError **error)
{
  g_autofree char *secret = make_secret ();
  g_autofree char *profile = render_profile (options);
  g_autofree char *fingerprint = hq_authority_get_fingerprint (folder->authority);
  HqCodeRow row = {
      .code = tai_digest_bytes (secret, strlen (secret)),
      .terminal = options->terminal,
      .hall = options->hall,
      .klass = options->klass != NULL ? options->klass : "production",
      .profile = profile,
      .expires_us = g_get_real_time () + options->hours * HOUR_US,
  };
  folder->store->klass->begin (folder->store);
  folder->store->klass->code_insert (folder->store, &row);
  g_string_append_printf (out, "%s-%s\n", secret, fingerprint);
  return hq_command_end (folder->store, error);
}

static gboolean
check_code_options (const CodeOptions *options, GError **error)
{
  static const char *const classes[] = {"production", "training", "demo", "partner", NULL};
  guint16 currency;
  if (!is_good_id (options->terminal) || !is_good_id (options->hall))
    return hq_command_refuse_usage (error, "code --terminal ID --hall ID (letters, digits, - and _)");
  if (options->klass != NULL && !g_strv_contains (classes, options->klass))
    return hq_command_refuse_usage (error, "--class production, training, demo or partner");
  if (options->hours < 1 || options->hours > 24 * 30)
    return hq_command_refuse_usage (error, "--hours 1 to 720");
  return options->currency == NULL || tai_currency_from_code (options->currency, &currency, error);
}

static gboolean
command_code (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_auto (CodeOptions) options = {.hours = 24, .utc_offset = 480};
  GOptionEntry entries[] = {
      {"terminal", 0, 0, G_OPTION_ARG_STRING, &options.terminal, NULL, NULL},
      {"hall", 0, 0, G_OPTION_ARG_STRING, &options.hall, NULL, NULL},
      {"desk", 0, 0, G_OPTION_ARG_STRING, &options.desk, NULL, NULL},
      {"class", 0, 0, G_OPTION_ARG_STRING, &options.klass, NULL, NULL},
      {"hours", 0, 0, G_OPTION_ARG_INT, &options.hours, NULL, NULL},
      {"outlet", 0, 0, G_OPTION_ARG_STRING, &options.outlet, NULL, NULL},
      {"region", 0, 0, G_OPTION_ARG_STRING, &options.region, NULL, NULL},
      {"hall-name", 0, 0, G_OPTION_ARG_STRING, &options.hall_name, NULL, NULL},
      {"till", 0, 0, G_OPTION_ARG_STRING, &options.till, NULL, NULL},
      {"utc-offset", 0, 0, G_OPTION_ARG_INT, &options.utc_offset, NULL, NULL},
      {"currency", 0, 0, G_OPTION_ARG_STRING, &options.currency, NULL, NULL},
      {"language", 0, 0, G_OPTION_ARG_STRING, &options.language, NULL, NULL},
      {"hotline", 0, 0, G_OPTION_ARG_STRING, &options.hotline, NULL, NULL},
      {"kiosk", 0, 0, G_OPTION_ARG_NONE, &options.kiosk, NULL, NULL},
      {NULL},
  };
  return hq_command_parse_options (entries, &argc, &argv, error) && check_code_options (&options, error) &&
         insert_code (folder, &options, out, error);
}

/* ---- files ---- */

static GBytes *
read_file (int argc, char **argv, GError **error)
{
  char *text = NULL;
  gsize size = 0;
  if (argc != 3 || strcmp (argv[1], "load") != 0) {
    hq_command_refuse_usage (error, "load FILE");
    return NULL;
  }
  return g_file_get_contents (argv[2], &text, &size, error) ? g_bytes_new_take (text, size) : NULL;
}

static gboolean
say_loaded (gint64 count, const char *what, GString *out)
{
  if (count >= 0)
    g_string_append_printf (out, "%" G_GINT64_FORMAT " %s\n", count, what);
  return count >= 0;
}

static gboolean
command_catalogue (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_autoptr (GBytes) text = read_file (argc, argv, error);
  return text != NULL &&
         say_loaded (hq_load_catalogue (folder->store, text, g_get_real_time (), error), "offerings", out);
}

static gboolean
command_staff (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_autoptr (GBytes) text = read_file (argc, argv, error);
  g_autoptr (TaiEntropy) entropy = hq_system_entropy_new ();
  g_autoptr (TaiPinHasher) hasher = tai_pin_new (entropy, TAI_PIN_COST_NORMAL);
  return text != NULL && say_loaded (hq_load_staff (folder->store, text, hasher, error), "persons", out);
}

static gboolean
command_stock (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_autoptr (GBytes) text = read_file (argc, argv, error);
  return text != NULL && say_loaded (hq_load_stock (folder->store, text, error), "resources", out);
}

static gboolean
command_lines (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_autoptr (GBytes) text = read_file (argc, argv, error);
  return text != NULL &&
         say_loaded (hq_load_lines (folder->store, text, g_get_real_time (), error), "lines", out);
}

static gboolean
command_documents (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_autoptr (GBytes) text = read_file (argc, argv, error);
  return text != NULL &&
         say_loaded (hq_load_documents (folder->store, text, g_get_real_time (), error), "documents", out);
}

static gboolean
command_groups (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_autoptr (GBytes) text = read_file (argc, argv, error);
  return text != NULL &&
         say_loaded (hq_load_groups (folder->store, text, g_get_real_time (), error), "customers", out);
}

/* A template or the operator's mark; without a file: what is in force. */
static gboolean
command_paper (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  g_autoptr (GBytes) file = argc > 1 ? read_file (argc, argv, error) : NULL;
  g_autofree char *text = NULL;
  if (argc > 1 && file == NULL)
    return FALSE;
  text = file != NULL ? hq_load_paper (folder->store, file, g_get_real_time (), error)
                      : hq_paper_list (folder->store);
  if (text != NULL)
    g_string_append (out, text);
  if (text != NULL && file != NULL)
    g_string_append_c (out, '\n');
  return text != NULL;
}

/* ---- settings ---- */

/* A limit with a slip of the pen must not reach the halls. */
static gboolean
check_till (const char *text, GError **error)
{
  g_autoptr (TaiJson) json = tai_json_parse (text, -1, NULL, error);
  g_autoptr (GString) names = g_string_new ("till: an object of limits that can be:");
  TaiTillPolicy policy = {0};
  guint known = 0;

  if (json == NULL)
    return FALSE;
  for (guint i = 0; i < tai_till_policy_count_fields (); i++) {
    const char *name = tai_till_policy_get_name (i);
    g_string_append_printf (names, " %s", name);
    if (tai_json_get_member (json, name) == NULL)
      continue;
    if (!tai_json_require_int (json, name, tai_till_policy_get_field (&policy, i), error))
      return FALSE;
    known++;
  }
  if (tai_json_get_kind (json) == TAI_JSON_OBJECT && known == tai_json_get_length (json) &&
      tai_till_policy_is_valid (&policy))
    return TRUE;
  return hq_command_refuse_usage (error, names->str);
}

static gboolean
command_set (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  static const char *const names[] = {"delay_ms",    "lines_limit",   "payment_wait_days", "lease_days",
                                      "lease_limit", "port_out_days", "tighten",           "till",
                                      "sandbox",     "invoice_page",  "ask_after_s",       NULL};
  if (argc != 3 || (!g_strv_contains (names, argv[1]) && !g_str_has_prefix (argv[1], "delay_ms.")))
    return hq_command_refuse_usage (
        error, "set delay_ms|delay_ms.OPERATION|lines_limit|payment_wait_days|lease_days|lease_limit|"
               "port_out_days|tighten|till|sandbox|invoice_page|ask_after_s VALUE");
  gint64 number;
  if (strcmp (argv[1], "tighten") == 0) {
    g_autoptr (TaiJson) json = tai_json_parse (argv[2], -1, NULL, error);
    if (json == NULL || tai_json_get_kind (json) != TAI_JSON_ARRAY)
      return json != NULL ? hq_command_refuse_usage (error, "tighten: [{\"operation\",\"rule\"}]") : FALSE;
  } else if (strcmp (argv[1], "till") == 0) {
    if (!check_till (argv[2], error))
      return FALSE;
  } else if (strcmp (argv[1], "invoice_page") == 0) {
    if (!tai_invoice_page_check (argv[2], error))
      return FALSE;
  } else if (!g_ascii_string_to_signed (argv[2], 10, 0, G_MAXINT32, &number, error))
    return FALSE;
  folder->store->klass->begin (folder->store);
  folder->store->klass->setting_put (folder->store, argv[1], argv[2]);
  return hq_command_end (folder->store, error);
}

static gboolean
command_block (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  if (argc != 2)
    return hq_command_refuse_usage (error, "block|unblock NUMBER");
  g_autofree char *id_hash = tai_seal_blind_index (folder->blind_key, argv[1]);
  folder->store->klass->begin (folder->store);
  folder->store->klass->set_blocked (folder->store, id_hash, strcmp (argv[0], "block") == 0);
  return hq_command_end (folder->store, error);
}

static gboolean
command_revoke (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  HqStore *store = folder->store;
  if (argc != 2)
    return hq_command_refuse_usage (error, "revoke TERMINAL");
  store->klass->begin (store);
  g_auto (HqTerminalRow) row = {0};
  gboolean found = store->klass->terminal_find (store, argv[1], &row);
  row.revoked = TRUE;
  if (found)
    store->klass->terminal_put (store, &row);
  return hq_command_end (store, error) && (found || hq_command_refuse_usage (error, "no such terminal"));
}

static gboolean
command_backup (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  if (argc != 2)
    return hq_command_refuse_usage (error, "backup FILE");
  if (!hq_store_sqlite_backup (folder->store, argv[1], error))
    return FALSE;
  g_string_append_printf (out, "%s: whole and proved\n", argv[1]);
  return TRUE;
}

/* ---- lists ---- */

static gboolean
print_order_cb (const HqOrderRow *row, gpointer data)
{
  HqList *list = data;
  hq_list_begin_row (list);
  hq_list_add_time (list, "orderDate", 0, row->order_us);
  hq_list_add_text (list, "hall", HQ_LIST_HIDDEN, row->hall);
  hq_list_add_text (list, "terminal", 8, row->terminal);
  hq_list_add_text (list, "state", 12, row->state);
  hq_list_add_text (list, "operation", 16, row->operation);
  hq_list_add_text (list, "msisdn", 12, row->msisdn);
  hq_list_add_text (list, "id", 0, row->id);
  hq_list_add_text (list, "externalId", HQ_LIST_HIDDEN,
                    row->external_id != NULL ? row->external_id : row->id);
  hq_list_add_text (list, "reason", 0, row->reason);
  hq_list_add_text (list, "clerk", HQ_LIST_HIDDEN, row->clerk);
  hq_list_add_text (list, "businessDay", HQ_LIST_HIDDEN, row->day);
  hq_list_end_row (list);
  return TRUE;
}

static gboolean
command_orders (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  gboolean json = FALSE;
  g_autofree char *state = NULL, *hall = NULL;
  GOptionEntry entries[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &json, NULL, NULL},
                            {"state", 0, 0, G_OPTION_ARG_STRING, &state, NULL, NULL},
                            {"hall", 0, 0, G_OPTION_ARG_STRING, &hall, NULL, NULL},
                            {NULL}};
  if (!hq_command_parse_options (entries, &argc, &argv, error))
    return FALSE;
  HqListFilter filter = {.hall = hall, .state = state};
  HqList list;
  hq_list_begin (&list, out, json);
  folder->store->klass->begin (folder->store);
  folder->store->klass->order_list (folder->store, &filter, 0, -1, print_order_cb, &list);
  hq_list_end (&list);
  return hq_command_end (folder->store, error);
}

static gboolean
print_look_cb (const HqLookRow *row, gpointer data)
{
  g_autofree char *time = tai_time_to_text (row->at_us);
  g_string_append_printf (data, "%s  %-8s  %-8s  %-8s  %s\n", time, row->hall, row->terminal,
                          row->clerk != NULL ? row->clerk : "", row->found ? "found" : "unknown");
  return TRUE;
}

/* Who looked at a number: what its owner may ask. */
static gboolean
command_looks (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  if (argc != 2)
    return hq_command_refuse_usage (error, "looks NUMBER");
  folder->store->klass->begin (folder->store);
  folder->store->klass->look_list (folder->store, argv[1], -1, print_look_cb, out);
  return hq_command_end (folder->store, error);
}

static gboolean
command_status (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  HqStore *store = folder->store;
  HqListFilter all = {0};
  store->klass->begin (store);
  g_autofree char *epoch = store->klass->setting_get (store, "epoch");
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "epoch", epoch);
  tai_json_writer_add_int (writer, "orders", store->klass->order_count (store, &all));
  tai_json_writer_add_int (writer, "payments", store->klass->payment_count (store, &all));
  tai_json_writer_add_int (writer, "alarms", store->klass->alarm_count (store));
  tai_json_writer_add_int (writer, "held", store->klass->south_count (store, HQ_SOUTH_HELD));
  tai_json_writer_end_object (writer);
  g_autofree char *text = tai_json_writer_end_text (writer);
  g_string_append_printf (out, "%s\n", text);
  return hq_command_end (store, error);
}

static const struct {
  const char *name;
  CommandFunc func;
} commands[] = {
    {"code", command_code},
    {"catalogue", command_catalogue},
    {"staff", command_staff},
    {"stock", command_stock},
    {"set", command_set},
    {"block", command_block},
    {"unblock", command_block},
    {"revoke", command_revoke},
    {"backup", command_backup},
    {"orders", command_orders},
    {"status", command_status},
    {"lines", command_lines},
    {"looks", command_looks},
    {"documents", command_documents},
    {"groups", command_groups},
    {"paper", command_paper},
    {"south", hq_command_south},
    {"hub", hq_command_hub},
    {"report", hq_command_report},
    {"shifts", hq_command_shifts},
    {"findings", hq_command_findings},
    {"closes", hq_command_closes},
    {"bank", hq_command_bank},
    {"sums", hq_command_sums},
};

gboolean
hq_command_is_known (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (commands[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
hq_command_run (HqFolder *folder, const char *const *arguments, GString *out, GError **error)
{
  /* the parser of options moves its pointers about: it gets an array of its own */
  int argc = (int)g_strv_length ((char **)arguments);
  g_autofree char **argv = g_memdup2 (arguments, sizeof (char *) * (gsize)(argc + 1));
  for (guint i = 0; i < G_N_ELEMENTS (commands) && argc > 0; i++)
    if (strcmp (commands[i].name, argv[0]) == 0)
      return commands[i].func (folder, argc, argv, out, error);
  return hq_command_refuse_usage (error, hq_command_usage);
}
