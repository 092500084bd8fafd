/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orders handed on to a system that knows no idempotency are there once, whatever the line and the process do; what cannot be
 * known waits for a person. South-world.h has the system and the faults.
 */
#include "south-world.h"

#include <string.h>

#include "tai-headquarters.h"

#define SEEDS  200
#define ORDERS 4

#define PROFILE(more)                                                                                        \
  "{\"base_url\":\"https://bss.example/tmf-api/productOrderingManagement/v4\",\"timeout_ms\":200,"           \
  "\"settle_ms\":1000,\"poll_ms\":100,\"poll_max_ms\":400,\"backoff_ms\":50,\"backoff_max_ms\":800,"         \
  "\"concurrency\":4,\"send_limit\":20," more "}"
#define V4       PROFILE ("\"version\":4,\"filters_external_id\":true")
#define V5       PROFILE ("\"version\":5,\"filters_external_id\":true")
#define V4_BLIND PROFILE ("\"version\":4")

static void
assert_order (SouthWorld *world, const char *id, const char *state, const char *reason)
{
  hq_fixture_assert_order (world->fixture, id, state, reason);
}

/* ---- single steps ---- */

static void
test_plain (void)
{
  static const char *const profiles[] = {V4, V5};
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autoptr (SouthWorld) world = south_world_new (1, BSS_FILTERS, profiles[i]);
    char id[37];
    south_world_order (world, 1, id);
    world->is_frozen = TRUE;
    for (guint turn = 0; turn < 20; turn++)
      south_world_turn (world);
    assert_order (world, id, "acknowledged", "");
    g_assert_cmpuint (south_world_count (world, id), ==, 1);
    south_world_find (world, id)->state = "pending";
    for (guint turn = 0; turn < 20; turn++)
      south_world_turn (world);
    assert_order (world, id, "pending", "bss_pending");
    south_world_find (world, id)->state = "inProgress";
    for (guint turn = 0; turn < 20; turn++)
      south_world_turn (world);
    assert_order (world, id, "inProgress", "");
    south_world_find (world, id)->state = "completed";
    south_world_settle (world, FALSE);
    assert_order (world, id, "completed", "");
    g_assert_cmpuint (world->n_posts, ==, 1);
  }
}

/* Every word of theirs, and one that nobody knows. */
static void
test_words (void)
{
  static const struct {
    const char *word, *state, *reason;
  } rows[] = {
      {"inProgress", "inProgress", ""},
      {"inProgress.accepted", "inProgress", ""},
      {"draft", "acknowledged", ""},
      {"pending", "pending", "bss_pending"},
      {"held", "held", "bss_held"},
      {"assessingCancellation", "acknowledged", ""},
      {"pendingCancellation", "acknowledged", ""},
      {"completed", "completed", ""},
      {"cancelled", "cancelled", "bss_cancelled"},
      {"rejected", "rejected", "bss_rejected"},
      {"failed", "failed", "bss_failed"},
      {"partial", "partial", "bss_partial"},
      {"teleported", "held", "bss_state"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SouthWorld) world = south_world_new (2, BSS_FILTERS, V5);
    char id[37];
    world->is_frozen = TRUE;
    south_world_order (world, 1, id);
    while (south_world_find (world, id) == NULL)
      south_world_turn (world);
    south_world_find (world, id)->state = rows[i].word;
    for (guint turn = 0; turn < 30; turn++)
      south_world_turn (world);
    assert_order (world, id, rows[i].state, rows[i].reason);
  }
}

/* Their word goes only along our edges: what was over stays over. */
static void
test_never_back (void)
{
  g_autoptr (SouthWorld) world = south_world_new (3, BSS_FILTERS, V4);
  char id[37];
  world->is_frozen = TRUE;
  south_world_order (world, 1, id);
  while (south_world_find (world, id) == NULL)
    south_world_turn (world);
  south_world_find (world, id)->state = "inProgress";
  for (guint turn = 0; turn < 30; turn++)
    south_world_turn (world);
  south_world_find (world, id)->state = "acknowledged";
  for (guint turn = 0; turn < 30; turn++)
    south_world_turn (world);
  assert_order (world, id, "inProgress", "");
  south_world_find (world, id)->state = "completed";
  south_world_settle (world, FALSE);
  south_world_find (world, id)->state = "failed";
  for (guint turn = 0; turn < 60; turn++)
    south_world_turn (world);
  assert_order (world, id, "completed", "");
}

static HqErrand *
take_one (SouthWorld *world, HqErrandKind kind)
{
  gint64 next;
  g_assert_cmpint (hq_advance (world->fixture->store, world->fixture->now_us, 50, NULL), >=, 0);
  g_autoptr (GPtrArray) errands =
      hq_south_take (world->fixture->store, &world->line, world->fixture->now_us, 1, &next);
  g_assert_cmpuint (errands->len, ==, 1);
  g_ptr_array_set_free_func (errands, NULL);
  HqErrand *errand = errands->pdata[0];
  g_assert_cmpint (errand->kind, ==, kind);
  return errand;
}

static void
give (SouthWorld *world, HqErrand *errand, TaiLine line, int status, const char *body, gint64 retry_after_ms)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  TaiReply reply = {.line = line, .status = status, .body = bytes, .retry_after_ms = retry_after_ms};
  south_world_answer (world, errand, &reply);
  hq_errand_free (errand);
}

static void
assert_step (SouthWorld *world, const char *id, HqSouthStep step)
{
  g_auto (HqSouthRow) row = south_world_row (world, id);
  g_assert_cmpint (row.step, ==, step);
}

/* What each answer to a POST means. */
static void
test_answers (void)
{
  static const struct {
    TaiLine line;
    int status;
    const char *body;
    HqSouthStep step;
    const char *state, *reason;
  } rows[] = {
      {TAI_LINE_NOT_REACHED, 0, NULL, HQ_SOUTH_QUEUED, "acknowledged", ""},
      {TAI_LINE_LOST, 0, NULL, HQ_SOUTH_ASKING, "acknowledged", ""},
      {TAI_LINE_OK, 201, "{\"id\":\"7\"}", HQ_SOUTH_TAKEN, "acknowledged", ""},
      {TAI_LINE_OK, 202, "{\"id\":\"7\",\"state\":\"inProgress\"}", HQ_SOUTH_TAKEN, "inProgress", ""},
      {TAI_LINE_OK, 200, "{\"id\":\"7\",\"state\":\"rejected\"}", HQ_SOUTH_DONE, "rejected", "bss_rejected"},
      {TAI_LINE_OK, 201, "{\"id\":\"7\",\"externalId\":\"another\"}", HQ_SOUTH_ASKING, "acknowledged", ""},
      {TAI_LINE_OK, 201, "<html>", HQ_SOUTH_ASKING, "acknowledged", ""},
      {TAI_LINE_OK, 201, "{}", HQ_SOUTH_ASKING, "acknowledged", ""},
      {TAI_LINE_OK, 400, "{\"code\":\"1\",\"reason\":\"no\"}", HQ_SOUTH_HELD, "held", "bss_refused"},
      {TAI_LINE_OK, 301, "", HQ_SOUTH_HELD, "held", "bss_refused"},
      {TAI_LINE_OK, 401, "", HQ_SOUTH_QUEUED, "acknowledged", ""},
      {TAI_LINE_OK, 429, "", HQ_SOUTH_QUEUED, "acknowledged", ""},
      {TAI_LINE_OK, 409, "", HQ_SOUTH_ASKING, "acknowledged", ""},
      {TAI_LINE_OK, 408, "", HQ_SOUTH_ASKING, "acknowledged", ""},
      {TAI_LINE_OK, 500, "", HQ_SOUTH_ASKING, "acknowledged", ""},
      {TAI_LINE_OK, 503, "", HQ_SOUTH_ASKING, "acknowledged", ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SouthWorld) world = south_world_new (4, BSS_FILTERS, V4);
    char id[37];
    south_world_order (world, 1, id);
    HqErrand *errand = take_one (world, HQ_ERRAND_SEND);
    assert_step (world, id, HQ_SOUTH_SENDING); /* durable before it leaves */
    g_assert_cmpstr (errand->key, ==, id);
    give (world, errand, rows[i].line, rows[i].status, rows[i].body, 0);
    assert_step (world, id, rows[i].step);
    assert_order (world, id, rows[i].state, rows[i].reason);
  }
}

/* Whoever asks for rest gets it, from all. */
static void
test_rest (void)
{
  g_autoptr (SouthWorld) world = south_world_new (5, BSS_FILTERS, V4);
  char a[37], b[37];
  gint64 next = 0;
  south_world_order (world, 1, a);
  south_world_order (world, 2, b);
  give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_OK, 429, "", 7000);
  world->fixture->now_us += 6999 * 1000;
  g_autoptr (GPtrArray) none =
      hq_south_take (world->fixture->store, &world->line, world->fixture->now_us, 9, &next);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (next, ==, world->fixture->now_us + 1000);
  world->fixture->now_us = next;
  g_autoptr (GPtrArray) both =
      hq_south_take (world->fixture->store, &world->line, world->fixture->now_us, 9, &next);
  g_assert_cmpuint (both->len, ==, 2);
}

/* An empty list proves absence only after the server has shown that it filters, and when nothing can be on its way. */
static void
test_proof (void)
{
  g_autoptr (SouthWorld) world = south_world_new (6, BSS_FILTERS, V4);
  char first[37], id[37];
  south_world_order (world, 1, first);
  give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_OK, 201, "{\"id\":\"w\"}", 0);
  south_world_order (world, 2, id);
  give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_LOST, 0, NULL, 0);
  /* too early: the POST may still arrive */
  world->fixture->now_us += 60 * 1000;
  HqErrand *prove = take_one (world, HQ_ERRAND_PROVE);
  g_assert_nonnull (strstr (prove->path, first));
  g_autofree char *witness = g_strdup_printf ("[{\"id\":\"w\",\"externalId\":\"%s\"}]", first);
  give (world, prove, TAI_LINE_OK, 200, witness, 0);
  HqErrand *ask = take_one (world, HQ_ERRAND_ASK);
  g_assert_nonnull (strstr (ask->path, id));
  give (world, ask, TAI_LINE_OK, 200, "[]", 0);
  assert_step (world, id, HQ_SOUTH_ASKING);
  /* later, and proved again */
  world->fixture->now_us += 1000 * 1000;
  give (world, take_one (world, HQ_ERRAND_LOOK), TAI_LINE_OK, 200, "{\"id\":\"w\",\"state\":\"inProgress\"}",
        0);
  give (world, take_one (world, HQ_ERRAND_PROVE), TAI_LINE_OK, 200, witness, 0);
  give (world, take_one (world, HQ_ERRAND_ASK), TAI_LINE_OK, 200, "[]", 0);
  assert_step (world, id, HQ_SOUTH_QUEUED);
  hq_errand_free (take_one (world, HQ_ERRAND_SEND));
}

/* Answers that prove nothing: then a person is asked, and nothing is sent. */
static void
test_no_proof (void)
{
  static const struct {
    const char *profile, *proof, *answer;
  } rows[] = {
      {V4, "[]", "[]"},                              /* it says [] to any filter */
      {V4, "[{\"id\":\"w\"},{\"id\":\"x\"}]", "[]"}, /* it shows more than was asked for */
      {V4, "[{\"id\":\"w\"}]", "[{\"id\":\"x\"}]"},  /* the question itself is not filtered */
      {V4, "[{\"id\":\"w\"}]", "[{\"id\":\"x\",\"externalId\":\"o\"}]"},
      {V4_BLIND, NULL, "[]"}, /* nobody says that it filters */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (SouthWorld) world = south_world_new (7, BSS_FILTERS, rows[i].profile);
    char first[37], id[37];
    south_world_order (world, 1, first);
    give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_OK, 201, "{\"id\":\"w\",\"state\":\"completed\"}",
          0);
    south_world_order (world, 2, id);
    give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_LOST, 0, NULL, 0);
    world->fixture->now_us += 2000 * 1000;
    if (rows[i].proof != NULL)
      give (world, take_one (world, HQ_ERRAND_PROVE), TAI_LINE_OK, 200, rows[i].proof, 0);
    give (world, take_one (world, HQ_ERRAND_ASK), TAI_LINE_OK, 200, rows[i].answer, 0);
    assert_step (world, id, HQ_SOUTH_HELD);
    assert_order (world, id, "held", "bss_unproved");
    /* the terminal hears of it */
    hq_fixture_get (world->fixture, TAI_PATH_FEED);
    guint n = tai_json_get_length (tai_json_get (world->fixture->json, "events"));
    g_autofree char *path = g_strdup_printf ("events.%u.reason", n - 1);
    g_assert_cmpstr (hq_fixture_text (world->fixture, path), ==, "bss_unproved");
  }
}

/* Found is found, whatever the server does with filters; found twice is a person's. */
static void
test_found (void)
{
  g_autoptr (SouthWorld) world = south_world_new (8, BSS_SAYS_ALL, V4_BLIND);
  char id[37];
  south_world_order (world, 1, id);
  give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_LOST, 0, NULL, 0);
  world->fixture->now_us += 100 * 1000;
  g_autofree char *list =
      g_strdup_printf ("[{\"id\":\"x\",\"externalId\":\"o\"},{\"id\":\"7\",\"externalId\":\"%s\","
                       "\"state\":\"inProgress\"}]",
                       id);
  give (world, take_one (world, HQ_ERRAND_ASK), TAI_LINE_OK, 200, list, 0);
  assert_step (world, id, HQ_SOUTH_TAKEN);
  assert_order (world, id, "inProgress", "");
  char twice[37];
  south_world_order (world, 2, twice);
  give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_LOST, 0, NULL, 0);
  world->fixture->now_us += 60 * 1000;
  g_autofree char *two = g_strdup_printf (
      "[{\"id\":\"8\",\"externalId\":\"%s\"},{\"id\":\"9\",\"externalId\":\"%s\"}]", twice, twice);
  give (world, take_one (world, HQ_ERRAND_ASK), TAI_LINE_OK, 200, two, 0);
  assert_order (world, twice, "held", "bss_double");
}

/* What a person may decide. */
static void
test_person (void)
{
  g_autoptr (SouthWorld) world = south_world_new (9, BSS_FILTERS, V4);
  HqStore *store = world->fixture->store;
  char id[4][37];
  for (guint i = 0; i < 4; i++) {
    south_world_order (world, i + 1, id[i]);
    give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_OK, 400, "{}", 0);
  }
  store->klass->begin (store);
  g_assert_true (hq_south_decide (store, id[0], HQ_SOUTH_SEND_AGAIN, NULL, world->fixture->now_us));
  g_assert_false (hq_south_decide (store, id[0], HQ_SOUTH_SEND_AGAIN, NULL, world->fixture->now_us));
  g_assert_false (hq_south_decide (store, id[1], HQ_SOUTH_LINK, NULL, world->fixture->now_us));
  g_assert_true (hq_south_decide (store, id[1], HQ_SOUTH_LINK, "77", world->fixture->now_us));
  g_assert_true (hq_south_decide (store, id[2], HQ_SOUTH_GIVE_UP, NULL, world->fixture->now_us));
  g_assert_true (hq_south_decide (store, id[3], HQ_SOUTH_ASK_AGAIN, NULL, world->fixture->now_us));
  store->klass->commit (store);
  assert_step (world, id[0], HQ_SOUTH_QUEUED);
  assert_order (world, id[0], "held", "bss_refused"); /* until it is there */
  assert_step (world, id[1], HQ_SOUTH_TAKEN);
  assert_order (world, id[2], "rejected", "bss_given_up");
  assert_step (world, id[3], HQ_SOUTH_ASKING);
  give (world, take_one (world, HQ_ERRAND_SEND), TAI_LINE_OK, 201,
        "{\"id\":\"5\",\"state\":\"acknowledged\"}", 0);
  assert_order (world, id[0], "inProgress", ""); /* on the road again */
}

static void
test_cancel (void)
{
  g_autoptr (SouthWorld) world = south_world_new (10, BSS_FILTERS, V4);
  char never[37], there[37], late[37];
  /* before it left: here */
  south_world_order (world, 1, never);
  hq_advance (world->fixture->store, world->fixture->now_us, 50, NULL);
  south_world_cancel (world, never);
  g_assert_cmpint (hq_advance (world->fixture->store, world->fixture->now_us, 50, NULL), >, 0);
  assert_order (world, never, "cancelled", "cancelled_by_request");
  /* when it is there: there */
  world->is_frozen = TRUE;
  south_world_order (world, 2, there);
  while (south_world_find (world, there) == NULL)
    south_world_turn (world);
  south_world_cancel (world, there);
  for (guint i = 0; i < 20; i++)
    south_world_turn (world);
  assert_order (world, there, "acknowledged", "");
  g_assert_cmpstr (south_world_find (world, there)->state, ==, "assessingCancellation");
  hq_fixture_get (world->fixture, TAI_PATH_CANCEL "?state=inProgress");
  g_assert_cmpint (world->fixture->response.total, ==, 1);
  south_world_find (world, there)->state = "cancelled";
  south_world_settle (world, FALSE);
  assert_order (world, there, "cancelled", "cancelled_by_request");
  hq_fixture_get (world->fixture, TAI_PATH_CANCEL "?state=done");
  g_assert_cmpint (world->fixture->response.total, ==, 2);
  /* too late: the order goes on */
  south_world_order (world, 3, late);
  while (south_world_find (world, late) == NULL)
    south_world_turn (world);
  world->cancel_percent = 100;
  south_world_cancel (world, late);
  for (guint i = 0; i < 20; i++)
    south_world_turn (world);
  hq_fixture_get (world->fixture, TAI_PATH_CANCEL "?state=terminatedWithError");
  g_assert_cmpint (world->fixture->response.total, ==, 1);
  south_world_find (world, late)->state = "completed";
  south_world_settle (world, FALSE);
  assert_order (world, late, "completed", "");
  g_assert_cmpuint (south_world_count (world, never), ==, 0);
}

/* Without a profile the built-in engine completes, but what was handed on stays where it is. */
static void
test_without_profile (void)
{
  g_autoptr (SouthWorld) world = south_world_new (11, BSS_FILTERS, V4);
  char handed_on[37], own[37];
  world->is_frozen = TRUE;
  south_world_order (world, 1, handed_on);
  while (south_world_find (world, handed_on) == NULL)
    south_world_turn (world);
  world->fixture->store->profile = NULL;
  south_world_order (world, 2, own);
  hq_fixture_advance (world->fixture);
  assert_order (world, own, "completed", "");
  assert_order (world, handed_on, "acknowledged", "");
  south_world_cancel (world, handed_on);
  hq_fixture_advance (world->fixture);
  assert_order (world, handed_on, "acknowledged", ""); /* it is not ours to cancel */
  world->fixture->store->profile = world->profile;
}

static void
set (SouthWorld *world, const char *name, const char *value)
{
  HqStore *store = world->fixture->store;
  store->klass->begin (store);
  store->klass->setting_put (store, name, value);
  store->klass->commit (store);
}

/* A restored store has forgotten what went out after its backup: nothing old is sent before it was asked for. */
static void
test_restored (void)
{
  g_autoptr (SouthWorld) world = south_world_new (12, BSS_FILTERS, V4);
  char waiting[37], again[37], fresh[37];
  south_world_order (world, 1, waiting);
  hq_advance (world->fixture->store, world->fixture->now_us, 50, NULL);
  assert_step (world, waiting, HQ_SOUTH_QUEUED);
  set (world, "epoch", "epoch-2"); /* as restore leaves it */
  south_world_crash (world);
  assert_step (world, waiting, HQ_SOUTH_ASKING);
  south_world_order (world, 2, again); /* made long ago */
  hq_advance (world->fixture->store, world->fixture->now_us, 50, NULL);
  assert_step (world, again, HQ_SOUTH_ASKING);
  TaiUuid later = tai_uuid_v7 (world->fixture->now_us + G_GINT64_CONSTANT (2 * 86400) * G_USEC_PER_SEC,
                               (const guint8 *)"0123456789");
  g_autofree char *body = hq_make_order (later.text, NULL);
  g_strlcpy (fresh, later.text, sizeof fresh);
  hq_fixture_post (world->fixture, TAI_PATH_ORDER, body, fresh, 0);
  hq_advance (world->fixture->store, world->fixture->now_us, 50, NULL);
  assert_step (world, fresh, HQ_SOUTH_QUEUED);
  south_world_crash (world);
  assert_step (world, fresh, HQ_SOUTH_QUEUED); /* the same epoch: nothing new to doubt */
}

/* ---- schedules ---- */

static void
run_schedule (SouthWorld *world, gboolean with_person)
{
  char id[37];
  for (guint i = 0; i < ORDERS; i++) {
    south_world_order (world, i + 1, id);
    for (guint turn = g_rand_int_range (world->chance, 0, 12); turn > 0; turn--)
      south_world_turn (world);
    if (g_rand_int_range (world->chance, 0, 5) == 0)
      south_world_cancel (world, id);
  }
  for (guint turn = 0; turn < 60; turn++)
    south_world_turn (world);
  south_world_settle (world, with_person);
}

static const char *
get_state (SouthWorld *world, const char *id)
{
  g_autofree char *path = g_strconcat (TAI_PATH_ORDER "/", id, NULL);
  g_assert_cmpint (hq_fixture_get (world->fixture, path), ==, 200);
  return hq_fixture_text (world->fixture, "state");
}

/* The number of orders that are there twice. */
static guint
judge (SouthWorld *world)
{
  guint n_double = 0;
  for (guint i = 0; i < ORDERS; i++) {
    char id[37];
    hq_fixture_uuid (i + 1, id);
    guint count = south_world_count (world, id);
    const char *state = get_state (world, id);
    const BssOrder *order = south_world_find (world, id);
    n_double += count > 1;
    if (count == 0)
      g_assert_cmpstr (state, ==, "cancelled"); /* here, before it left */
    if (count == 1)
      g_assert_cmpstr (state, ==, order->state);
  }
  return n_double;
}

/* @fault: percent. Orders that are twice there, over all seeds. */
static guint
run_seeds (BssFilter filter, const char *profile, guint n, gboolean with_person, guint *n_person)
{
  guint n_double = 0;
  for (guint seed = 1; seed <= n; seed++) {
    g_autoptr (SouthWorld) world = south_world_new (seed, filter, profile);
    world->fault_percent = 5 + seed % 60;
    world->crash_percent = seed % 7;
    world->cancel_percent = seed % 3 * 30;
    run_schedule (world, with_person);
    guint found = judge (world);
    if (found > 0)
      g_test_message ("seed %u: %u orders twice", seed, found);
    n_double += found;
    *n_person += world->n_person;
  }
  return n_double;
}

static void
test_schedules (void)
{
  static const struct {
    BssFilter filter;
    const char *profile;
    gboolean needs_person;
  } rows[] = {
      {BSS_FILTERS, V4, FALSE},     {BSS_FILTERS, V5, FALSE}, {BSS_FILTERS, V4_BLIND, TRUE},
      {BSS_SAYS_NOTHING, V4, TRUE}, {BSS_SAYS_ALL, V4, TRUE}, {BSS_SAYS_NOTHING, V4_BLIND, TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint n_person = 0;
    guint n_double = run_seeds (rows[i].filter, rows[i].profile, SEEDS, TRUE, &n_person);
    g_test_message ("filter %d, profile %u: a person decided %u times", rows[i].filter, i, n_person);
    g_assert_cmpuint (n_double, ==, 0);
    g_assert_true (rows[i].needs_person == (n_person > 0));
  }
}

/* That the schedules can tell: without the time to settle, late POSTs are there twice. */
static void
test_schedules_can_fail (void)
{
  guint n_person = 0;
  const char *hasty =
      "{\"base_url\":\"https://bss.example\",\"timeout_ms\":200,\"settle_ms\":0,\"poll_ms\":100,"
      "\"poll_max_ms\":400,\"backoff_ms\":50,\"backoff_max_ms\":800,\"concurrency\":4,"
      "\"send_limit\":20,\"version\":4,\"filters_external_id\":true}";
  g_assert_cmpuint (run_seeds (BSS_FILTERS, hasty, 100, TRUE, &n_person), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/south/plain", test_plain);
  g_test_add_func ("/south/words", test_words);
  g_test_add_func ("/south/never-back", test_never_back);
  g_test_add_func ("/south/answers", test_answers);
  g_test_add_func ("/south/rest", test_rest);
  g_test_add_func ("/south/proof", test_proof);
  g_test_add_func ("/south/no-proof", test_no_proof);
  g_test_add_func ("/south/found", test_found);
  g_test_add_func ("/south/person", test_person);
  g_test_add_func ("/south/cancel", test_cancel);
  g_test_add_func ("/south/without-profile", test_without_profile);
  g_test_add_func ("/south/restored", test_restored);
  g_test_add_func ("/south/schedules", test_schedules);
  g_test_add_func ("/south/schedules-can-fail", test_schedules_can_fail);
  return g_test_run ();
}
