/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the store keeps beside the sales: stock and its holds, staff, settings, the catalogue, the journal, papers that wait for a
 * printer. Each one written and read back as it was, across a restart.
 */
#include "tai-store-fixture.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

#define STORE(f) TAI_VISIT_STORE ((f)->store)
#define HOUR     (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* Stock --------------------------------------------------------------------------------------------------------------------- */

static gboolean
move_resource (TaiFixture *f, const char *value, TaiResourceState to, const TaiUuid *holder, gint64 until,
               GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  tai_change_take_journal (change, tai_fixture_journal (f, "note", NULL)); /* tells the time */
  tai_change_add_resource (change, TAI_RESOURCE_NUMBER, value, to, holder, until, NULL);
  return tai_fixture_commit (f, change, error);
}

static void
assert_resource (TaiFixture *f, const char *value, TaiResourceState state, gint64 until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiResource) found =
      tai_visit_store_find_resource (STORE (f), TAI_RESOURCE_NUMBER, value, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found->state, ==, state);
  g_assert_cmpint (found->until_us, ==, until);
  g_assert_cmpstr (found->grade, ==, "AAA");
}

/* After a restart: what only lived in a memory goes back, what was placed keeps what it holds, whatever the clock says. */
static void
test_lost_holds (void)
{
  static const char *const numbers[] = {"13800000021", "13800000022", "13800000023", "13800000024"};
  static const TaiVisitState states[] = {TAI_VISIT_OPEN, TAI_VISIT_PLACED, TAI_VISIT_PARKED};
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  for (guint i = 0; i < G_N_ELEMENTS (numbers);
       i++) { /* the last: of a visit that the store never heard of */
    g_autoptr (TaiChange) change = tai_change_new ();
    TaiUuid visit = tai_fixture_uuid (f);

    tai_fixture_lease (f, TAI_RESOURCE_NUMBER, numbers[i], 0);
    if (i < G_N_ELEMENTS (states))
      tai_change_add_visit (change, &visit, states[i], "1042", f->now_us);
    tai_change_add_resource (change, TAI_RESOURCE_NUMBER, numbers[i], TAI_RESOURCE_HELD, &visit,
                             f->now_us + HOUR, NULL);
    tai_fixture_commit_ok (f, change);
  }
  tai_fixture_reopen (f);
  g_assert_cmpint (tai_store_release_lost_holds (f->store, &error), ==, 3);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autoptr (TaiResource) resource =
        tai_visit_store_find_resource (STORE (f), TAI_RESOURCE_NUMBER, numbers[i], &error);
    g_assert_cmpint (resource->state, ==, i == 1 ? TAI_RESOURCE_HELD : TAI_RESOURCE_LEASED);
    g_assert_cmpint (resource->lease_until_us, ==, 0);
  }
  g_assert_cmpint (tai_store_release_lost_holds (f->store, &error), ==, 0);
  tai_fixture_assert_verified (f);
}

static void
test_resources (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiUuid visit = tai_fixture_uuid (f), other = tai_fixture_uuid (f);
  gint64 day = 24 * HOUR, lease = f->now_us + day, hour = f->now_us + HOUR;
  g_autoptr (GError) error = NULL;
  const char *n = "13800138000";

  tai_fixture_lease (f, TAI_RESOURCE_NUMBER, n, lease);
  assert_resource (f, n, TAI_RESOURCE_LEASED, lease);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_HELD, &visit, hour, &error));
  assert_resource (f, n, TAI_RESOURCE_HELD, hour);
  g_assert_false (move_resource (f, n, TAI_RESOURCE_HELD, &other, hour, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_TAKEN);
  g_clear_error (&error);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_HELD, &visit, hour + 1, &error)); /* longer */
  tai_fixture_lease (f, TAI_RESOURCE_NUMBER, n, lease + day); /* HQ renews under the hold */
  assert_resource (f, n, TAI_RESOURCE_HELD, hour + 1);
  g_assert_true (
      move_resource (f, n, TAI_RESOURCE_LEASED, &other, 0, &error)); /* not its hold: nothing happens */
  assert_resource (f, n, TAI_RESOURCE_HELD, hour + 1);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_LEASED, &visit, 0, &error));
  assert_resource (f, n, TAI_RESOURCE_LEASED, lease + day);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_HELD, &visit, hour, &error));
  f->now_us = hour + 1; /* the hold is over: the next visit may have it */
  g_assert_true (move_resource (f, n, TAI_RESOURCE_HELD, &other, hour + 10, &error));
  f->now_us = lease + 2 * day;
  g_assert_cmpint (tai_store_release_holds (f->store, f->now_us, &error), ==, 1);
  assert_resource (f, n, TAI_RESOURCE_LEASED, lease + day);
  g_assert_false (move_resource (f, n, TAI_RESOURCE_HELD, &visit, f->now_us + 1, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOT_LEASED); /* the lease is over */
  g_clear_error (&error);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_FREE, NULL, 0, &error));
  g_assert_false (move_resource (f, n, TAI_RESOURCE_HELD, &visit, f->now_us + 1, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOT_LEASED);
  g_clear_error (&error);
  tai_fixture_lease (f, TAI_RESOURCE_NUMBER, n, f->now_us + day);
  assert_resource (f, n, TAI_RESOURCE_LEASED, f->now_us + day);
}

/* held by the visit -> used by its order -> freed when HQ refuses that order. */
static void
test_resource_used (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiFixtureSale) sale = NULL, stranger = NULL;
  g_autoptr (GError) error = NULL;
  const TaiUuid *order, *strange;
  const char *n = "13800138000";
  gint64 lease = f->now_us + 24 * HOUR;

  tai_fixture_open_till (f, "2026-11-22", 0);
  tai_fixture_lease (f, TAI_RESOURCE_NUMBER, n, lease);
  sale = tai_fixture_sell (f, n, 100);
  stranger = tai_fixture_sell (f, n, 100);
  order = &((TaiOrder *)g_ptr_array_index (sale->orders, 0))->id;
  strange = &((TaiOrder *)g_ptr_array_index (stranger->orders, 0))->id;
  g_assert_false (move_resource (f, n, TAI_RESOURCE_USED, order, 0, &error)); /* held by nobody */
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_HELD, &sale->visit_id, lease, &error));
  g_assert_false (move_resource (f, n, TAI_RESOURCE_USED, strange, 0, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_TAKEN);
  g_clear_error (&error);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_USED, order, 0, &error));
  g_assert_false (move_resource (f, n, TAI_RESOURCE_USED, order, 0, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_TAKEN);
  g_clear_error (&error);
  g_assert_false (move_resource (f, n, TAI_RESOURCE_FREE, strange, 0, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NUMBER_TAKEN);
  g_clear_error (&error);
  g_assert_false (move_resource (f, n, TAI_RESOURCE_LEASED, NULL, lease, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (move_resource (f, n, TAI_RESOURCE_FREE, order, 0, &error));
  assert_resource (f, n, TAI_RESOURCE_FREE, 0);
}

static void
test_list_resources (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GPtrArray) all = NULL, some = NULL, few = NULL, held = NULL, other = NULL;
  g_autoptr (GError) error = NULL;
  TaiUuid visit = tai_fixture_uuid (f);

  for (int i = 0; i < 30; i++) {
    g_autofree char *value = g_strdup_printf ("138%02d", i);
    tai_fixture_lease (f, TAI_RESOURCE_NUMBER, value, 0);
  }
  tai_fixture_lease (f, TAI_RESOURCE_SIM, "13805", 0);
  g_assert_true (move_resource (f, "13805", TAI_RESOURCE_HELD, &visit, f->now_us + 1000, &error));
  all = tai_visit_store_list_resources (STORE (f), TAI_RESOURCE_NUMBER, TAI_RESOURCE_LEASED, NULL, 0, &error);
  g_assert_cmpuint (all->len, ==, 29);
  some =
      tai_visit_store_list_resources (STORE (f), TAI_RESOURCE_NUMBER, TAI_RESOURCE_LEASED, "1382", 0, &error);
  g_assert_cmpuint (some->len, ==, 10);
  g_assert_cmpstr (((TaiResource *)g_ptr_array_index (some, 0))->value, ==, "13820");
  few =
      tai_visit_store_list_resources (STORE (f), TAI_RESOURCE_NUMBER, TAI_RESOURCE_LEASED, "1381", 3, &error);
  g_assert_cmpuint (few->len, ==, 3);
  held = tai_visit_store_list_resources (STORE (f), TAI_RESOURCE_NUMBER, TAI_RESOURCE_HELD, NULL, 0, &error);
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_cmpstr (((TaiResource *)g_ptr_array_index (held, 0))->holder.text, ==, visit.text);
  other = tai_visit_store_list_resources (STORE (f), TAI_RESOURCE_SIM, TAI_RESOURCE_LEASED, "%", 0, &error);
  g_assert_cmpuint (other->len, ==, 0);
  g_assert_no_error (error);
}

/* Staff, settings, catalogue, journal ------------------------------------------------------------------------------------------ */

static void
test_staff (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (TaiStaff) found = NULL;
  g_autoptr (GError) error = NULL;
  guint failures = 9;
  gint64 last = 9;

  g_ptr_array_add (list, tai_staff_new ("1042", "王芳", TAI_ROLE_SENIOR_CLERK, "$argon2id$x"));
  g_ptr_array_add (list, tai_staff_new ("1043", "李雷", TAI_ROLE_CLERK, "$argon2id$y"));
  ((TaiStaff *)g_ptr_array_index (list, 1))->disabled = TRUE;
  g_assert_true (tai_visit_store_replace_staff (STORE (f), list, &error));
  g_assert_true (tai_visit_store_note_sign_in (STORE (f), "1042", FALSE, 111, &error));
  g_assert_true (tai_visit_store_note_sign_in (STORE (f), "1042", FALSE, 222, &error));
  tai_fixture_reopen (f); /* a restart forgives nothing */
  found = tai_visit_store_find_staff (STORE (f), "1042", &failures, &last, &error);
  g_assert_cmpstr (found->name, ==, "王芳");
  g_assert_cmpint (found->role, ==, TAI_ROLE_SENIOR_CLERK);
  g_assert_cmpint (found->rights, ==, tai_role_default_rights (TAI_ROLE_SENIOR_CLERK));
  g_assert_cmpstr (found->pin_record, ==, "$argon2id$x");
  g_assert_false (found->disabled);
  g_assert_cmpuint (failures, ==, 2);
  g_assert_cmpint (last, ==, 222);
  g_assert_true (
      tai_visit_store_replace_staff (STORE (f), list, &error)); /* HQ's bundle again: nor does it */
  g_clear_pointer (&found, tai_staff_free);
  found = tai_visit_store_find_staff (STORE (f), "1042", &failures, &last, &error);
  g_assert_cmpuint (failures, ==, 2);
  g_assert_true (tai_visit_store_note_sign_in (STORE (f), "1042", TRUE, 333, &error));
  g_clear_pointer (&found, tai_staff_free);
  found = tai_visit_store_find_staff (STORE (f), "1042", &failures, &last, &error);
  g_assert_cmpuint (failures, ==, 0);
  g_assert_false (tai_visit_store_note_sign_in (STORE (f), "7", FALSE, 1, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STAFF_UNKNOWN);
  g_clear_error (&error);
  g_assert_true (tai_visit_store_replace_staff (STORE (f), nobody, &error));
  g_assert_null (tai_visit_store_find_staff (STORE (f), "1042", &failures, &last, &error));
  g_assert_no_error (error);
}

/* Twice the same number in a bundle: all of the old staff stays. */
static void
test_staff_refused (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  g_autoptr (TaiStaff) found = NULL;
  g_autoptr (GError) error = NULL;
  guint failures;
  gint64 last;

  g_ptr_array_add (list, tai_staff_new ("1042", "王芳", TAI_ROLE_CLERK, "x"));
  g_assert_true (tai_visit_store_replace_staff (STORE (f), list, &error));
  g_ptr_array_add (list, tai_staff_new ("1050", "新", TAI_ROLE_CLERK, "x"));
  g_ptr_array_add (list, tai_staff_new ("1050", "新", TAI_ROLE_CLERK, "x"));
  g_assert_false (tai_visit_store_replace_staff (STORE (f), list, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_EXISTS);
  g_clear_error (&error);
  found = tai_visit_store_find_staff (STORE (f), "1042", &failures, &last, &error);
  g_assert_nonnull (found);
  g_assert_null (tai_visit_store_find_staff (STORE (f), "1050", &failures, &last, &error));
}

static void
test_settings (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiChange) set = tai_change_new (), again = tai_change_new (), clear = tai_change_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL, *second = NULL;

  g_assert_null (tai_visit_store_get_setting (STORE (f), "hq-epoch", &error));
  tai_change_add_setting (set, "hq-epoch", "e1");
  tai_fixture_commit_ok (f, set);
  first = tai_visit_store_get_setting (STORE (f), "hq-epoch", &error);
  g_assert_cmpstr (first, ==, "e1");
  tai_change_add_setting (again, "hq-epoch", "");
  tai_fixture_commit_ok (f, again);
  second = tai_visit_store_get_setting (STORE (f), "hq-epoch", &error);
  g_assert_cmpstr (second, ==, "");
  tai_change_add_setting (clear, "hq-epoch", NULL);
  tai_fixture_commit_ok (f, clear);
  g_assert_null (tai_visit_store_get_setting (STORE (f), "hq-epoch", &error));
  g_assert_no_error (error);
}

static void
test_catalogue (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (GBytes) one = g_bytes_new ("[1]", 3), two = g_bytes_new ("[1,2]", 5), found = NULL;
  g_autofree char *etag = NULL;
  g_autoptr (GError) error = NULL;
  gint64 loaded = 0;

  g_assert_null (tai_store_get_catalogue (f->store, &etag, &loaded, &error));
  g_assert_no_error (error);
  g_assert_true (tai_store_set_catalogue (f->store, "v1", one, 1, &error));
  g_assert_true (tai_store_set_catalogue (f->store, "v2", two, 2, &error));
  tai_fixture_reopen (f);
  found = tai_store_get_catalogue (f->store, &etag, &loaded, &error);
  g_assert_true (g_bytes_equal (found, two));
  g_assert_cmpstr (etag, ==, "v2");
  g_assert_cmpint (loaded, ==, 2);
}

static void
test_journal (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GBytes) record = NULL, second = NULL, signature = g_bytes_new ("signed", 6);
  g_autoptr (GError) error = NULL;
  TaiDigest chain, head, expected = {{0}};
  gint64 seq;

  tai_change_take_journal (change, tai_fixture_journal (f, "drawer_opened", "T2"));
  tai_change_take_journal (change, tai_fixture_journal (f, "clock_jump", NULL));
  tai_fixture_commit_ok (f, change);
  record = tai_store_get_journal (f->store, 1, &chain, &error);
  expected = tai_digest_chain (expected, record);
  g_assert_true (tai_digest_equal (expected, chain));
  second = tai_store_get_journal (f->store, 2, &chain, &error);
  expected = tai_digest_chain (expected, second);
  g_assert_true (tai_store_get_journal_head (f->store, &seq, &head, &error));
  g_assert_cmpint (seq, ==, 2);
  g_assert_true (tai_digest_equal (head, expected));
  g_assert_null (tai_store_get_journal (f->store, 3, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (tai_store_sign_journal (f->store, 2, "key-1", signature, 5, &error));
  g_assert_false (tai_store_sign_journal (f->store, 9, "key-1", signature, 5, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD);
  g_clear_error (&error);
  g_assert_false (tai_store_sign_journal (f->store, 2, "key-2", signature, 5, &error)); /* once */
  g_assert_nonnull (error);
}

/* Print queue ----------------------------------------------------------------------------------------------------------------- */

static TaiPrintJob *
next_job (TaiFixture *f, const char *printer)
{
  g_autoptr (GError) error = NULL;
  TaiPrintJob *job = tai_print_queue_next (TAI_PRINT_QUEUE (f->store), printer, &error);

  g_assert_no_error (error);
  return job;
}

static void
queue_copy (TaiFixture *f, const char *receipt, gint32 copy, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  TaiPrintJob *job = g_new0 (TaiPrintJob, 1);

  job->id = tai_fixture_uuid (f);
  job->receipt_number = g_strdup (receipt);
  job->document = tai_fixture_document ();
  job->printer = g_strdup ("receipt");
  job->copy = copy;
  tai_change_take_journal (change, tai_fixture_journal (f, "reprint", receipt));
  tai_change_take_print (change, job);
  tai_fixture_commit (f, change, error);
}

static void
test_print_queue (void)
{
  g_autoptr (TaiFixture) f = tai_fixture_new ();
  TaiPrintQueue *queue = TAI_PRINT_QUEUE (f->store);
  g_autoptr (TaiFixtureSale) sale = NULL;
  g_autoptr (TaiPrintJob) job = NULL, found = NULL, copy = NULL, again = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (GError) error = NULL;

  tai_fixture_open_till (f, "2026-11-22", 0);
  sale = tai_fixture_sell (f, "13800000001", 100);
  g_assert_null (next_job (f, "form"));
  g_assert_cmpint (tai_print_queue_count (queue, TAI_PRINT_QUEUED, &error), ==, 1);
  job = next_job (f, "receipt");
  g_assert_cmpstr (job->receipt_number, ==, tai_fixture_sale_get_receipt (sale));
  g_assert_cmpstr (tai_document_get_title (job->document), ==, "收款凭证");
  g_assert_null (next_job (f, "receipt"));
  tai_fixture_reopen (f); /* power went while it was being sent */
  queue = TAI_PRINT_QUEUE (f->store);
  g_assert_true (tai_print_queue_recover (queue, &error));
  g_assert_cmpint (tai_print_queue_count (queue, TAI_PRINT_UNKNOWN, &error), ==, 1);
  g_assert_null (next_job (f, "receipt")); /* never silently again */
  found = tai_print_queue_find_receipt (queue, tai_fixture_sale_get_receipt (sale), &error);
  g_assert_cmpint (found->copy, ==, 0);
  queue_copy (f, tai_fixture_sale_get_receipt (sale), 2, &error);
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_SERIES);
  g_clear_error (&error);
  queue_copy (f, tai_fixture_sale_get_receipt (sale), 1, &error);
  g_assert_no_error (error);
  copy = next_job (f, "receipt");
  g_assert_cmpint (copy->copy, ==, 1);
  g_assert_false (tai_print_queue_mark (queue, &found->id, TAI_PRINT_QUEUED, NULL, 7, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE); /* unknown: never again by itself */
  g_clear_error (&error);
  g_assert_true (tai_print_queue_mark (queue, &copy->id, TAI_PRINT_QUEUED, "not_reached", 8, &error));
  again = next_job (f, "receipt"); /* nothing was sent: once more */
  g_assert_cmpstr (again->id.text, ==, copy->id.text);
  g_assert_true (tai_print_queue_mark (queue, &copy->id, TAI_PRINT_PRINTED, NULL, 10, &error));
  g_assert_cmpint (tai_print_queue_count (queue, TAI_PRINT_PRINTED, &error), ==, 1);
  g_assert_false (tai_print_queue_mark (queue, &copy->id, TAI_PRINT_QUEUED, NULL, 11, &error));
  g_assert_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD); /* printed: no longer open */
  report = tai_visit_store_report (STORE (f), "2026-11-22", NULL, NULL);
  g_assert_cmpint (report->n_reprints, ==, 1);
  tai_fixture_assert_verified (f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/lost-holds", test_lost_holds);
  g_test_add_func ("/store/resources", test_resources);
  g_test_add_func ("/store/resource-used", test_resource_used);
  g_test_add_func ("/store/list-resources", test_list_resources);
  g_test_add_func ("/store/staff", test_staff);
  g_test_add_func ("/store/staff-refused", test_staff_refused);
  g_test_add_func ("/store/settings", test_settings);
  g_test_add_func ("/store/catalogue", test_catalogue);
  g_test_add_func ("/store/journal", test_journal);
  g_test_add_func ("/store/print-queue", test_print_queue);
  return g_test_run ();
}
