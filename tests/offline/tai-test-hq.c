/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-test-hq.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

static char *
call (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  char *text = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s %s failed: %s", arguments[0], arguments[1], text);
  return text;
}

static const char *
get_program (void)
{
  const char *program = g_getenv ("TAI_GUITAI_HQ");

  g_assert_nonnull (program);
  return program;
}

char *
tai_test_hq_run (TaiTestHq *self, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *argument;
  va_list list;

  g_ptr_array_add (arguments, (char *)get_program ());
  va_start (list, self);
  while ((argument = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (arguments, (char *)argument);
  va_end (list);
  g_ptr_array_add (arguments, (char *)"--dir");
  g_ptr_array_add (arguments, self->folder);
  g_ptr_array_add (arguments, NULL);
  return call ((const char *const *)arguments->pdata);
}

/* A test that fails leaves no server behind, which would keep its output open. */
static void
die_with_parent_cb (gpointer nothing)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
tai_test_hq_start (TaiTestHq *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  const char *colon;

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, get_program (), "serve", self->folder,
                                               "--port", port, NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "ready https://"));
  colon = strrchr (line, ':');
  self->port = (guint16)atoi (colon + 1);
  g_free (self->url);
  self->url = g_strdup (line + strlen ("ready "));
}

void
tai_test_hq_stop (TaiTestHq *self, int signal)
{
  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, signal);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

static void
load (TaiTestHq *self, const char *what, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, "load.json", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_free (tai_test_hq_run (self, what, "load", path, NULL));
  g_unlink (path);
}

static void
load_stock (TaiTestHq *self)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (text,
                            "%s{\"kind\":\"msisdn\",\"value\":\"1390000%04u\",\"grade\":\"plain\"},"
                            "{\"kind\":\"iccid\",\"value\":\"8986011234567890%04u\"}",
                            i ? "," : "", i, i);
  g_string_append_c (text, ']');
  load (self, "stock", text->str);
  g_string_free (text, TRUE);
}

TaiTestHq *
tai_test_hq_new (const char *catalogue_file)
{
  TaiTestHq *self = g_new0 (TaiTestHq, 1);
  const char *init[] = {get_program (), "init", NULL, NULL};

  self->folder = g_dir_make_tmp ("tai-hq-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  init[2] = self->folder;
  g_free (call (init));
  g_free (tai_test_hq_run (self, "catalogue", "load", catalogue_file, NULL));
  load (self, "staff",
        "[{\"number\":\"1042\",\"name\":\"Test\",\"role\":\"supervisor\",\"pin\":\"273849\"}]");
  load_stock (self);
  tai_test_hq_start (self);
  return self;
}

void
tai_test_hq_free (TaiTestHq *self)
{
  const char *remove_all[] = {"rm", "-rf", self->folder, NULL};

  tai_test_hq_stop (self, SIGTERM);
  g_free (call (remove_all));
  g_free (self->folder);
  g_free (self->url);
  g_free (self);
}

char *
tai_test_hq_make_code (TaiTestHq *self)
{
  return tai_test_hq_make_code_for (self, "T2");
}

char *
tai_test_hq_make_code_for (TaiTestHq *self, const char *till)
{
  g_autofree char *terminal = g_strconcat ("H017", till, NULL);

  return g_strchomp (tai_test_hq_run (self, "code", "--terminal", terminal, "--hall", "H017", "--desk", "3",
                                      "--class", "demo", "--till", till, NULL));
}

GPtrArray *
tai_test_hq_list_orders (TaiTestHq *self)
{
  g_autofree char *text = tai_test_hq_run (self, "orders", "--json", NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  const char *at = text;

  while ((at = strstr (at, "\"id\":\"")) != NULL) {
    at += strlen ("\"id\":\"");
    g_ptr_array_add (ids, g_strndup (at, strcspn (at, "\"")));
  }
  return ids;
}
