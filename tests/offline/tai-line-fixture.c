/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-line-fixture.h"

#include "tai-fake-clock.h"
#include "tai-fake-desk.h"
#include "tai-fake-entropy.h"

void
tai_line_fixture_set_up (TaiLineFixture *fixture, gconstpointer data)
{
  static guint n;
  g_autofree char *uri = g_strdup_printf ("file:/line-fixture-%u?vfs=memdb", n++);
  g_autoptr (TaiTerminal) terminal = tai_fake_terminal_new ();
  g_autoptr (GError) error = NULL;

  fixture->script = tai_script_line_new ();
  fixture->clock = TAI_CLOCK (tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US));
  fixture->entropy = TAI_ENTROPY (tai_fake_entropy_new (3));
  fixture->store = tai_store_open (uri, terminal, &error);
  g_assert_no_error (error);
  fixture->desk = tai_fake_desk_new (fixture->store, fixture->clock, fixture->entropy);
  fixture->ports = (TaiPullPorts){.headquarters = TAI_HEADQUARTERS (fixture->script),
                                  .store = fixture->store,
                                  .desk = fixture->desk,
                                  .clock = fixture->clock};
  fixture->directory = TAI_DIRECTORY (tai_line_directory_new (&fixture->ports));
}

void
tai_line_fixture_tear_down (TaiLineFixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (tai_script_line_get_n_left (fixture->script), ==, 0);
  g_assert_finalize_object (fixture->directory);
  g_assert_finalize_object (fixture->script);
  g_assert_finalize_object (fixture->desk);
  g_assert_finalize_object (fixture->store);
  g_object_unref (fixture->entropy);
  g_object_unref (fixture->clock);
}

void
tai_line_fixture_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

GAsyncResult *
tai_line_fixture_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

gint64
tai_line_fixture_get_journal_length (TaiLineFixture *fixture)
{
  TaiDigest chain;
  gint64 seq = 0;

  g_assert_true (tai_store_get_journal_head (fixture->store, &seq, &chain, NULL));
  return seq;
}
