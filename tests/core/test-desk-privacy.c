/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Personal data (I5): in the box that HQ opens, and nowhere on the disk in clear; gone from memory when the customer has gone.
 */
#include "tai-desk-rig.h"

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

/* A new line with prepayment (120.00 today) and a top-up of 50.00: 170.00. */
static TaiVisit *
begin_big_visit (TaiDeskRig *rig, guint index)
{
  TaiVisit *visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, index);

  MUST (tai_desk_add_offering (rig->desk, visit, order, "prepay-100", 1, NONE, &E));
  tai_desk_rig_add_top_up (rig, visit, 5000);
  g_assert_cmpint (tai_visit_get_total (visit).minor, ==, 17000);
  return visit;
}

static void
assert_sealed_identity (TaiDeskRig *rig, const TaiOrder *order, const TaiIdentity *expected)
{
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (TaiIdentity) found = NULL;

  MUST (plain = tai_seal_open_at_hq (rig->hq_key, order->sealed, &E));
  MUST (found = tai_identity_from_canonical (plain, &E));
  g_assert_cmpstr (found->number, ==, expected->number);
  g_assert_cmpstr (found->name, ==, expected->name);
  g_assert_cmpstr (found->address, ==, expected->address);
}

static void
test_sealed (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autoptr (TaiIdentity) expected = tai_desk_rig_identity (0);
  g_autoptr (TaiOrder) line = NULL, top_up = NULL;
  g_autofree char *reference = tai_desk_make_customer_ref (rig->desk, visit), *gone = NULL;

  tai_desk_rig_place (rig, visit);
  MUST (line = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store),
                                           tai_visit_get_order (visit, 0)->id.text, &E));
  MUST (top_up = tai_visit_store_find_order (TAI_VISIT_STORE (rig->store),
                                             tai_visit_get_order (visit, 1)->id.text, &E));
  assert_sealed_identity (rig, line, expected);
  g_assert_nonnull (line->recovery);
  g_assert_cmpstr (line->customer_mask, ==, "欧*");
  g_assert_cmpuint (strlen (line->customer_ref), ==, 43);
  g_assert_cmpstr (line->customer_ref, ==,
                   reference); /* what is looked up and what is ordered is one customer's */
  /* What needs no document gets none of it. */
  g_assert_null (top_up->sealed);
  g_assert_null (top_up->customer_mask);
  g_assert_null (top_up->document_mask);
  g_assert_null (top_up->customer_ref);
  g_assert_nonnull (tai_visit_get_identity (visit));
  tai_desk_rig_pay (rig, visit);
  g_assert_null (tai_visit_get_identity (visit)); /* wiped: the customer has gone */
  gone = tai_desk_make_customer_ref (rig->desk, visit);
  g_assert_null (gone);
}

static void
assert_not_in_file (const char *folder, const char *name, const char *secret)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *data = NULL;
  gsize size;

  MUST (g_file_get_contents (path, &data, &size, &E));
  if (memmem (data, size, secret, strlen (secret)) != NULL)
    g_error ("%s lies in clear in %s", secret, name);
}

static void
assert_nowhere (TaiDeskRig *rig, const char *secret)
{
  g_autoptr (GDir) dir = g_dir_open (rig->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (rig->folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_REGULAR)) {
      assert_not_in_file (rig->folder, name, secret);
      n++;
    }
  }
  g_assert_cmpuint (n, >=, 2); /* the database and its log */
}

/* Every byte of the folder, in the log and in the file itself, with the visit placed, paid and after a checkpoint. */
static void
test_no_clear_text (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new_on_disk ();
  g_autoptr (TaiIdentity) secret = tai_desk_rig_identity (0);
  g_autofree char *fifteen = g_strndup (secret->number, 15), *birth_on = g_strndup (secret->number + 6, 11);
  const char *texts[] = {secret->number, secret->name, secret->address, secret->issuer,
                         fifteen,        birth_on,     "测试甲",        NULL};
  g_autoptr (TaiVisit) visit = NULL;
  g_autofree char *mask = NULL;

  tai_desk_rig_start_day (rig);
  visit = begin_big_visit (rig, 0);
  for (guint stage = 0; stage < 3; stage++) {
    if (stage == 0)
      tai_desk_rig_place (rig, visit);
    else if (stage == 1)
      tai_desk_rig_pay (rig, visit);
    else
      MUST (tai_store_checkpoint (rig->store, TAI_CHECKPOINT_PASSIVE, &E));
    for (guint i = 0; texts[i] != NULL; i++)
      assert_nowhere (rig, texts[i]);
  }
  mask = tai_desk_rig_rows (rig, "SELECT customer_mask FROM customer_order WHERE operation = 'new_line'");
  g_assert_cmpstr (mask, ==, "欧*"); /* which is all that may stay */
}

/* HQ's key is none: nothing is placed, and nothing of the customer is left behind. */
static void
test_sealer_fails (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiDesk) desk = tai_desk_rig_make_desk (rig, (TaiSealPublicKey){{0}});
  g_autoptr (TaiVisit) visit = begin_big_visit (rig, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  MUST (tai_desk_sign_in (desk, RIG_CLERK, RIG_CLERK, &E));
  MUST (tai_desk_sign (desk, visit, &E));
  before = tai_desk_rig_dump (rig);
  g_assert_false (tai_desk_place (desk, visit, &error));
  g_assert_nonnull (error);
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (tai_visit_get_state (visit), ==, TAI_VISIT_OPEN);
  g_assert_cmpint (tai_visit_get_order (visit, 0)->state, ==, TAI_ORDER_DRAFT);
  MUST (tai_desk_place (rig->desk, visit, &E));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/privacy/sealed", test_sealed);
  g_test_add_func ("/desk/privacy/no-clear-text", test_no_clear_text);
  g_test_add_func ("/desk/privacy/sealer-fails", test_sealer_fails);
  return g_test_run ();
}
