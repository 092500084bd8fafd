/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk that nobody touches locks itself; one that was just touched does not; the visit on it is kept. */
#include "tai-counter-rig.h"

#include "tai-ui-rig.h"

#define MINUTE_MS (60 * 1000)

static void
test_locks (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();

  tai_screen_begin (tai_counter_rig_get_screen (rig), "top_up", NULL, NULL);
  tai_ui_rig_pass_ms (60);
  g_assert_nonnull (tai_counter_get_visit (rig->counter));
  tai_fake_clock_advance (rig->desk->clock, 4 * MINUTE_MS);
  tai_ui_rig_pass_ms (60);
  g_assert_false (tai_counter_is_locked (rig->counter));
  tai_fake_clock_advance (rig->desk->clock, 2 * MINUTE_MS);
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_is_locked (rig->counter));
  g_assert_true (tai_desk_is_locked (rig->desk->desk));
  g_assert_nonnull (tai_counter_get_visit (rig->counter));
  g_assert_true (tai_counter_rig_shows (rig, "The desk is locked."));
}

/* Closing the window takes the timer along. */
static void
test_ends (void)
{
  TaiCounterRig *rig = tai_counter_rig_new ();
  g_autoptr (TaiFakeClock) clock = g_object_ref (rig->desk->clock);

  tai_counter_rig_free (rig);
  tai_fake_clock_advance (clock, 10 * MINUTE_MS);
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/idle-lock/locks", test_locks);
  g_test_add_func ("/ui/idle-lock/ends", test_ends);
  return g_test_run ();
}
