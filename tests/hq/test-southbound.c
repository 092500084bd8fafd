/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guitai-hq itself before an operator's server (foreign-bss.py) over real lines: seeded faults at each request of each order,
 * and kill -9 of headquarters in the middle. Afterwards each order is there once, and both say the same of it.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hq-client.h"
#include "tai-headquarters.h"

#define ORDERS     100 /* each with its own schedule of faults */
#define KILLS      8
#define DEADLINE_S 120

static const char *program;

typedef struct {
  HqProcess *hq;
  GPid pid; /* of the operator's server */
  char *url;
} World;

/* ---- the operator's server ---- */

static void
die_with_parent_cb (gpointer nothing)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static void
start_bss (World *self, const char *const *options)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "hq", "foreign-bss.py", NULL);
  int out;
  char sign;
  g_ptr_array_add (argv, (char *)"/usr/bin/python3");
  g_ptr_array_add (argv, (char *)"-B");
  g_ptr_array_add (argv, script);
  for (guint i = 0; options[i] != NULL; i++)
    g_ptr_array_add (argv, (char *)options[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_async_with_pipes (NULL, (char **)argv->pdata, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent_cb,
                            NULL, &self->pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  while (read (out, &sign, 1) == 1 && sign != '\n')
    g_string_append_c (line, sign);
  close (out);
  g_assert_true (g_str_has_prefix (line->str, "ready http"));
  self->url = g_strdup (line->str + strlen ("ready "));
}

static size_t
append_cb (char *data, size_t size, size_t n, void *string)
{
  g_string_append_len (string, data, (gssize)(size * n));
  return size * n;
}

/* Of the emulator's own pages; @body (nullable): a GET. (transfer full) */
static TaiJson *
ask_bss (World *self, const char *path, const char *body)
{
  CURL *curl = curl_easy_init ();
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autofree char *ca = hq_process_path (self->hq, "ca.crt");
  g_autoptr (GString) text = g_string_new (NULL);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_CAINFO, ca);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, append_cb);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, text);
  if (body != NULL)
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, body);
  g_assert_cmpint (curl_easy_perform (curl), ==, CURLE_OK);
  curl_easy_cleanup (curl);
  TaiJsonLimits limits = {.max_bytes = 16 * 1024 * 1024, .max_values = 1000000};
  TaiJson *json = tai_json_parse (text->str, (gssize)text->len, &limits, NULL);
  g_assert_nonnull (json);
  return json;
}

/* ---- headquarters ---- */

static void
write_profile_for (World *self, const char *path_there, const char *more)
{
  g_autofree char *path = hq_process_path (self->hq, "profile.json");
  g_autofree char *ca = hq_process_path (self->hq, "ca.crt");
  g_autofree char *text = g_strdup_printf (
      "{\"southbound\":{\"base_url\":\"%s%s\",\"timeout_ms\":300,\"settle_ms\":600,"
      "\"poll_ms\":30,\"poll_max_ms\":200,\"backoff_ms\":20,\"backoff_max_ms\":300,\"concurrency\":6,\"send_limit\":50,"
      "\"ca_file\":\"%s\",%s},\"hub\":{\"allow\":[\"%s\"],\"tries\":40,\"backoff_ms\":20,\"backoff_max_ms\":200,\"timeout_ms\":300}}",
      self->url, path_there, ca, more, self->url);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_free (self->hq->profile);
  self->hq->profile = g_steal_pointer (&path);
}

static void
write_profile (World *self, const char *more)
{
  write_profile_for (self, "/tmf-api/productOrderingManagement/v4", more);
}

/* The terminal is enrolled while nobody stands behind headquarters. */
static World *
world_new (void)
{
  World *self = g_new0 (World, 1);
  self->hq = hq_process_new (program);
  hq_process_start (self->hq);
  hq_enrol (self->hq, "T", "H017");
  hq_process_stop (self->hq, SIGTERM);
  return self;
}

static void
world_free (World *self)
{
  if (self->hq->pid != 0)
    g_assert_cmpint (hq_process_stop (self->hq, SIGTERM), ==, 0);
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  hq_process_free (self->hq);
  g_free (self->url);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

static const char *
make_id (guint number, char id[37])
{
  g_snprintf (id, 37, "0199f3c2-7d10-7c3a-8abc-%012x", number);
  return id;
}

static void
post (World *self, const char *path, const char *body, long status)
{
  HqAsk ask = {.method = "POST", .path = path, .body = body, .identity = "T"};
  g_autoptr (HqAnswer) answer = hq_ask (self->hq, &ask);
  g_assert_cmpint (answer->result, ==, CURLE_OK);
  g_assert_cmpint (answer->status, ==, status);
}

static void
order (World *self, guint number)
{
  char id[37];
  g_autofree char *body = g_strdup_printf (
      "{\"externalId\":\"%s\",\"category\":\"topUp\",\"relatedParty\":[{\"id\":\"1042\",\"role\":\"seller\","
      "\"@referredType\":\"Individual\"}],\"productOrderItem\":[{\"id\":\"10\",\"action\":\"add\",\"product\":"
      "{\"productCharacteristic\":[{\"name\":\"MSISDN\",\"value\":\"13800000001\"}]}}]}",
      make_id (number, id));
  post (self, TAI_PATH_ORDER, body, 201);
}

static void
cancel (World *self, guint number)
{
  char id[37];
  g_autofree char *body = g_strdup_printf ("{\"productOrder\":{\"id\":\"%s\"}}", make_id (number, id));
  post (self, TAI_PATH_CANCEL, body, 201);
}

/* (transfer full) */
static TaiJson *
run_json (World *self, const char *command)
{
  g_autofree char *out = NULL;
  g_assert_cmpint (hq_process_run (self->hq, &out, command, "--json", NULL), ==, 0);
  TaiJsonLimits limits = {.max_bytes = 16 * 1024 * 1024, .max_values = 1000000};
  TaiJson *json = tai_json_parse (out, -1, &limits, NULL);
  g_assert_nonnull (json);
  return json;
}

static gboolean
is_over (const char *state)
{
  static const char *const final[] = {"completed", "failed", "cancelled", "rejected", NULL};
  return g_strv_contains (final, state);
}

static guint
count_open (World *self)
{
  g_autoptr (TaiJson) orders = run_json (self, "orders");
  guint open = 0;
  for (guint i = 0; i < tai_json_get_length (orders); i++)
    open += !is_over (tai_json_require_string (tai_json_get_element (orders, i), "state", NULL));
  return open;
}

/* Looks at the operator's server, and says of each held order what is there. */
static guint
decide_held (World *self)
{
  g_autoptr (TaiJson) rows = run_json (self, "south");
  g_autoptr (TaiJson) report = ask_bss (self, "/control/report", NULL);
  guint n_held = 0;
  for (guint i = 0; i < tai_json_get_length (rows); i++) {
    const TaiJson *row = tai_json_get_element (rows, i);
    const char *id = tai_json_require_string (row, "order", NULL);
    if (g_strcmp0 (tai_json_require_string (row, "step", NULL), "held") != 0)
      continue;
    const TaiJson *there = tai_json_get_member (tai_json_get_member (report, "orders"), id);
    const char *foreign = tai_json_require_string (there, "0", NULL);
    int code = foreign != NULL ? hq_process_run (self->hq, NULL, "south", "link", id, foreign, NULL)
                               : hq_process_run (self->hq, NULL, "south", "send", id, NULL);
    g_assert_cmpint (code, ==, 0);
    n_held++;
  }
  return n_held;
}

static guint
wait_for_all (World *self, gboolean with_person)
{
  gint64 end_us = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  guint n_person = 0;
  g_autoptr (TaiJson) set = ask_bss (self, "/control/set", "{\"faults\":0}");
  while (count_open (self) > 0) {
    if (g_get_monotonic_time () > end_us) {
      g_autofree char *out = NULL;
      hq_process_run (self->hq, &out, "south", NULL);
      g_error ("orders are open still:\n%s", out);
    }
    if (with_person)
      n_person += decide_held (self);
    g_usleep (100 * 1000);
  }
  return n_person;
}

/* ---- judgement ---- */

/* Each order once, or cancelled before it left; and both say the same of it. */
static void
judge (World *self, guint n)
{
  g_autoptr (TaiJson) orders = run_json (self, "orders");
  g_autoptr (TaiJson) report = ask_bss (self, "/control/report", NULL);
  const TaiJson *there = tai_json_get_member (report, "orders");
  const TaiJson *states = tai_json_get_member (report, "states");
  g_assert_cmpuint (tai_json_get_length (orders), ==, n);
  for (guint i = 0; i < n; i++) {
    const TaiJson *ours = tai_json_get_element (orders, i);
    const char *id = tai_json_require_string (ours, "externalId", NULL);
    const char *state = tai_json_require_string (ours, "state", NULL);
    const TaiJson *list = tai_json_get_member (there, id);
    if (list == NULL) {
      g_assert_cmpstr (state, ==, "cancelled");
      continue;
    }
    if (tai_json_get_length (list) != 1)
      g_error ("%s is there %u times", id, tai_json_get_length (list));
    const TaiJson *theirs = tai_json_get_member (states, tai_json_require_string (list, "0", NULL));
    g_assert_cmpstr (state, ==, tai_json_require_string (theirs, "", NULL));
  }
  g_autofree char *faults = tai_json_to_text (tai_json_get_member (report, "faults"));
  g_test_message ("faults: %s", faults);
}

/* The events of each order as the listener heard them: in order, none left out, some twice. */
static void
judge_events (World *self, guint n)
{
  g_autoptr (TaiJson) report = ask_bss (self, "/control/report", NULL);
  const TaiJson *events = tai_json_get_member (report, "events");
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < tai_json_get_length (events); i++) {
    const TaiJson *event = tai_json_get_element (events, i);
    const char *event_id = tai_json_require_string (event, "0", NULL);
    const char *id = tai_json_require_string (event, "2", NULL);
    if (!g_hash_table_add (seen, (gpointer)event_id))
      continue; /* at least once */
    const char *before = g_hash_table_lookup (last, id);
    const char *type = tai_json_require_string (event, "1", NULL);
    g_assert_cmpint (before == NULL, ==, strcmp (type, "ProductOrderCreateEvent") == 0);
    g_assert_true (before == NULL || !is_over (before));
    g_hash_table_insert (last, (gpointer)id, (gpointer)tai_json_require_string (event, "3", NULL));
  }
  g_assert_cmpuint (g_hash_table_size (last), ==, n);
  GHashTableIter iter;
  gpointer state;
  g_hash_table_iter_init (&iter, last);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    g_assert_true (is_over (state));
}

static void
wait_for_events (World *self)
{
  gint64 end_us = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  for (;;) {
    g_autoptr (TaiJson) hubs = run_json (self, "hub");
    gint64 behind = -1, dead = -1;
    tai_json_require_int (hubs, "0.behind", &behind, NULL);
    tai_json_require_int (hubs, "0.dead", &dead, NULL);
    g_assert_cmpint (dead, ==, 0);
    if (behind == 0)
      return;
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (50 * 1000);
  }
}

/* ---- tests ---- */

/* Orders come in, some are cancelled, and the process dies again and again. */
static void
storm (World *self, guint n, guint kills)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (n);
  for (guint i = 0; i < n; i++) {
    order (self, i + 1);
    if (i % 6 == 5)
      cancel (self, i - (guint)g_rand_int_range (chance, 0, 5));
    if (kills > 0 && i % (n / kills) == n / kills - 1) {
      g_usleep ((gulong)g_rand_int_range (chance, 0, 400) * 1000);
      g_assert_cmpint (WTERMSIG (hq_process_stop (self->hq, SIGKILL)), ==, SIGKILL);
      hq_process_start (self->hq);
    }
  }
}

static void
test_filters (gconstpointer version)
{
  gboolean is_v5 = GPOINTER_TO_INT (version) == 5;
  const char *const options[] = {"--version", is_v5 ? "5" : "4", "--faults", "40",
                                 "--seed",    is_v5 ? "5" : "4", NULL};
  g_autoptr (World) world = world_new ();
  start_bss (world, options);
  write_profile (world, is_v5 ? "\"version\":5,\"filters_external_id\":true"
                              : "\"version\":4,\"filters_external_id\":true");
  hq_process_start (world->hq);
  g_autofree char *hub = g_strdup_printf ("{\"callback\":\"%s/listener\"}", world->url);
  post (world, TAI_PATH_HUB, hub, 201);
  storm (world, ORDERS, KILLS);
  g_assert_cmpuint (wait_for_all (world, FALSE), ==, 0); /* nobody is asked */
  judge (world, ORDERS);
  wait_for_events (world);
  judge_events (world, ORDERS);
}

/* A server that answers [] to what it does not know, and a profile that believes it filters: nothing is doubled, a person is
 * asked. */
static void
test_liar (void)
{
  const char *const options[] = {"--filter", "nothing", "--faults", "25", "--seed", "7", NULL};
  g_autoptr (World) world = world_new ();
  start_bss (world, options);
  write_profile (world, "\"version\":4,\"filters_external_id\":true");
  hq_process_start (world->hq);
  storm (world, ORDERS / 2, KILLS / 2);
  guint n_person = wait_for_all (world, TRUE);
  g_test_message ("a person decided %u times", n_person);
  g_assert_cmpuint (n_person, >, 0);
  judge (world, ORDERS / 2);
}

/* Over TLS with a token that is wrong at first, and renewed. */
static void
test_tls (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *certificate = hq_process_path (world->hq, "server.crt");
  g_autofree char *key = hq_process_path (world->hq, "server.key");
  g_autofree char *token = hq_process_path (world->hq, "token");
  g_autofree char *more = g_strdup_printf ("\"version\":4,\"bearer_file\":\"%s\"", token);
  const char *const options[] = {"--cert", certificate, "--key", key, "--token", "right", NULL};
  g_assert_true (g_file_set_contents (token, "wrong\n", -1, NULL));
  start_bss (world, options);
  write_profile (world, more);
  hq_process_start (world->hq);
  order (world, 1);
  for (guint i = 0; i < 5; i++) {
    g_autoptr (TaiJson) rows = run_json (world, "south");
    g_assert_cmpuint (tai_json_get_length (rows), ==, 1);
    const char *note = tai_json_require_string (rows, "0.note", NULL);
    if (note != NULL)
      g_assert_true (g_str_has_prefix (note, "401"));
    g_usleep (50 * 1000);
  }
  g_assert_true (g_file_set_contents (token, "right\n", -1, NULL));
  g_assert_cmpuint (wait_for_all (world, FALSE), ==, 0);
  judge (world, 1);
}

static void
wait_for_held (World *self, gint64 n)
{
  gint64 end_us = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC, held = -1;
  while (held != n) {
    g_autofree char *out = NULL;
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    g_usleep (50 * 1000);
    g_assert_cmpint (hq_process_run (self->hq, &out, "status", NULL), ==, 0);
    g_autoptr (TaiJson) json = tai_json_parse (out, -1, NULL, NULL);
    g_assert_true (tai_json_require_int (json, "held", &held, NULL));
  }
}

/* A slip in the profile: all is refused, nothing is lost, and one word sends it again. */
static void
test_wrong_path (void)
{
  static const char *const options[] = {NULL};
  g_autoptr (World) world = world_new ();
  start_bss (world, options);
  write_profile_for (world, "/v4", "\"version\":4,\"filters_external_id\":true");
  hq_process_start (world->hq);
  for (guint i = 1; i <= 5; i++)
    order (world, i);
  wait_for_held (world, 5);
  g_assert_cmpint (hq_process_stop (world->hq, SIGTERM), ==, 0);
  write_profile (world, "\"version\":4,\"filters_external_id\":true");
  hq_process_start (world->hq);
  g_assert_cmpint (hq_process_run (world->hq, NULL, "south", "send", "refused", NULL), ==, 0);
  g_assert_cmpuint (wait_for_all (world, FALSE), ==, 0);
  judge (world, 5);
}

static void
test_bad_profile (void)
{
  g_autoptr (HqProcess) hq = hq_process_new (program);
  g_autofree char *path = hq_process_path (hq, "profile.json");
  g_assert_true (g_file_set_contents (path, "{\"southbound\":{\"version\":4}}", -1, NULL));
  g_assert_cmpint (hq_process_run (hq, NULL, "serve", hq->folder, "--profile", path, NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  program = argv[1];
  signal (SIGPIPE, SIG_IGN);
  g_test_add_data_func ("/southbound/v4", GINT_TO_POINTER (4), test_filters);
  g_test_add_data_func ("/southbound/v5", GINT_TO_POINTER (5), test_filters);
  g_test_add_func ("/southbound/liar", test_liar);
  g_test_add_func ("/southbound/tls", test_tls);
  g_test_add_func ("/southbound/wrong-path", test_wrong_path);
  g_test_add_func ("/southbound/bad-profile", test_bad_profile);
  return g_test_run ();
}
