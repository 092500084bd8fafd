/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of customers at the window: asked for once, offered when known, said when not. */
#include "tai-counter-rig.h"

#include "tai-do.h"
#include "tai-offering-json.h"
#include "tai-test-data.h"
#include "tai-ui-rig.h"

#define NOT_SHOWN "Offers for groups of customers are not shown"

/* The rig's list with a discount and a plan for students, and what the SIM costs. */
static void
take_list (TaiCounterRig *rig, const char *sim)
{
  g_autoptr (GBytes) file = tai_test_data_load ("catalogue.json");
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (file, NULL), (gssize)g_bytes_get_size (file));
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TaiCatalogue) catalogue = NULL;

  g_string_replace (text, "\"excludes\": [\"plan-99\"]", "\"groups\": [\"student\"]", 0);
  g_string_replace (text, "20.00", sim, 0);
  bytes = g_bytes_new (text->str, text->len);
  MUST (catalogue = tai_catalogue_from_text (bytes, sim, NULL, &E));
  g_assert_true (tai_catalogue_has_groups (catalogue));
  tai_desk_set_catalogue (rig->desk->desk, catalogue);
  tai_counter_refresh (rig->counter);
}

static void
identify (TaiCounterRig *rig)
{
  TaiCounterArgs *args = tai_counter_args_new ();

  args->identity = tai_desk_rig_identity (0);
  tai_counter_call (rig->counter, tai_do_identify, args, NULL, NULL);
  tai_ui_rig_pass_ms (120);
}

static TaiCounterRig *
begin (void)
{
  TaiCounterRig *rig = tai_counter_rig_new ();

  take_list (rig, "20.00");
  tai_screen_begin (tai_counter_rig_get_screen (rig), "new_line", NULL, NULL);
  tai_ui_rig_pass_ms (120);
  return rig;
}

static void
push_groups (TaiCounterRig *rig, const char *group)
{
  TaiLineDetails *details = tai_line_details_new (NULL, TAI_LINE_PART_GROUPS);

  if (group != NULL)
    g_ptr_array_add (details->groups, g_strdup (group));
  tai_fake_directory_push_details (rig->directory, details);
}

static void
test_known (void)
{
  g_autoptr (TaiCounterRig) rig = begin ();

  push_groups (rig, "student");
  identify (rig);
  g_assert_true (tai_counter_rig_shows (rig, "Customer group: student"));
  g_assert_false (tai_counter_rig_shows (rig, NOT_SHOWN));
  g_assert_cmpstr (tai_counter_get_groups (rig->counter)[0], ==, "student");
  g_assert_cmpuint (tai_fake_directory_get_asked (rig->directory)->len, ==, 1);
  identify (rig); /* the same card: nobody is asked again */
  g_assert_cmpuint (tai_fake_directory_get_asked (rig->directory)->len, ==, 1);
  g_assert_true (tai_counter_rig_shows (rig, "Customer group: student"));
  tai_ui_rig_shoot (rig->window, "group-known");
}

static void
test_none (void)
{
  g_autoptr (TaiCounterRig) rig = begin ();

  push_groups (rig, NULL);
  identify (rig);
  g_assert_nonnull (tai_counter_get_groups (rig->counter));
  g_assert_false (tai_counter_rig_shows (rig, "Customer group"));
  g_assert_false (tai_counter_rig_shows (rig, NOT_SHOWN));
}

/* Off line: none, and that is said. */
static void
test_not_known (void)
{
  g_autoptr (TaiCounterRig) rig = begin ();

  tai_fake_directory_fail (rig->directory, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no line"));
  identify (rig);
  g_assert_null (tai_counter_get_groups (rig->counter));
  g_assert_true (tai_counter_rig_shows (rig, NOT_SHOWN));
  tai_ui_rig_shoot (rig->window, "group-not-known");
}

/* An answer that comes after its customer has gone changes nothing. */
static void
test_late (void)
{
  g_autoptr (TaiCounterRig) rig = begin ();

  push_groups (rig, "student");
  tai_fake_directory_hold (rig->directory, TRUE);
  identify (rig);
  tai_counter_call (rig->counter, tai_do_abandon, NULL, NULL, NULL);
  tai_fake_directory_hold (rig->directory, FALSE);
  tai_ui_rig_pass_ms (120);
  g_assert_null (tai_counter_get_visit (rig->counter));
}

/* A parked visit comes back to other prices. */
static void
test_parked (void)
{
  g_autoptr (TaiCounterRig) rig = begin ();
  TaiCounterArgs *args = tai_counter_args_new ();
  const TaiVisitView *visit;
  g_autofree char *id = NULL;

  push_groups (rig, "student");
  identify (rig);
  visit = tai_counter_get_visit (rig->counter);
  id = g_strdup (visit->id.text);
  args->order = tai_visit_view_get_last_order (visit)->id;
  args->text = g_strdup ("sim-card");
  tai_counter_call (rig->counter, tai_do_add_offering, args, NULL, NULL);
  tai_counter_call (rig->counter, tai_do_park, NULL, NULL, NULL);
  tai_ui_rig_pass_ms (60);
  take_list (rig, "25.00");
  args = tai_counter_args_new ();
  args->text = g_strdup (id);
  tai_counter_call (rig->counter, tai_do_recall, args, NULL, NULL);
  tai_ui_rig_pass_ms (120);
  g_assert_cmpint (tai_counter_get_visit (rig->counter)->total.minor, ==, 2500);
  g_assert_true (
      tai_counter_rig_shows (rig, "Prices have changed since it was parked: then it came to ¥20.00"));
  tai_ui_rig_shoot (rig->window, "group-parked");
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/group-look/known", test_known);
  g_test_add_func ("/group-look/none", test_none);
  g_test_add_func ("/group-look/not-known", test_not_known);
  g_test_add_func ("/group-look/late", test_late);
  g_test_add_func ("/group-look/parked", test_parked);
  return g_test_run ();
}
