/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal's folder: private, locked by one, and the socket by which a second program speaks to the first. */
#include "tai-handover.h"
#include "tai-state-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  char *root; /* with a blank and deeper than a socket's name may be */
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autofree char *top = g_dir_make_tmp ("guitai state XXXXXX", NULL);

  f->root = g_build_filename (top, "a folder that lies deep below another one, because people do such things",
                              "and then a state folder inside of it", NULL);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_autofree char *above = g_path_get_dirname (f->root);
  g_autofree char *top = g_path_get_dirname (above);
  const char *argv[] = {"rm", "-rf", top, NULL};

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (f->root);
}

static guint
mode_of (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
test_create (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = tai_state_folder_open (f->root, TAI_STATE_FOLDER_EXISTING, &error);

  g_assert_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FOLDER);
  g_clear_error (&error);
  folder = tai_state_folder_open (f->root, TAI_STATE_FOLDER_CREATE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mode_of (f->root, ""), ==, 0700);
  g_assert_cmpuint (mode_of (f->root, "backup"), ==, 0700);
  g_assert_cmpuint (mode_of (f->root, "spool"), ==, 0700);
  g_assert_cmpuint (mode_of (f->root, "log"), ==, 0700);
  g_assert_true (tai_state_folder_write (folder, TAI_STATE_DEVICE_KEY, "secret", -1, &error));
  g_assert_cmpuint (mode_of (f->root, TAI_STATE_DEVICE_KEY), ==, 0600);
  g_assert_true (tai_state_folder_has (folder, TAI_STATE_DEVICE_KEY));
  g_assert_false (tai_state_folder_has (folder, TAI_STATE_DEVICE_CRT));

  g_autoptr (GBytes) bytes = tai_state_folder_read (folder, TAI_STATE_DEVICE_KEY, &error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "secret", 6);
  g_assert_null (tai_state_folder_read (folder, TAI_STATE_DEVICE_CRT, &error));
  g_assert_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FILE);
}

static void
test_open_to_others (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = tai_state_folder_open (f->root, TAI_STATE_FOLDER_CREATE, &error);

  g_assert_nonnull (folder);
  g_clear_pointer (&folder, tai_state_folder_free);
  g_assert_cmpint (g_chmod (f->root, 0750), ==, 0);
  g_assert_null (tai_state_folder_open (f->root, TAI_STATE_FOLDER_CREATE, &error));
  g_assert_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FOLDER_OPEN);
  g_clear_error (&error);
  g_assert_cmpint (g_chmod (f->root, 0700), ==, 0);

  g_autofree char *file = g_build_filename (f->root, "file", NULL);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_null (tai_state_folder_open (file, TAI_STATE_FOLDER_CREATE, &error));
  g_assert_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FOLDER);
}

static void
test_lock (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) first = tai_state_folder_open (f->root, TAI_STATE_FOLDER_CREATE, &error);
  g_autoptr (TaiStateFolder) second = tai_state_folder_open (f->root, TAI_STATE_FOLDER_EXISTING, &error);
  g_autofree char *pid = g_strdup_printf ("process %d ", (int)getpid ());

  g_assert_true (tai_state_folder_lock (first, &error));
  g_assert_true (tai_state_folder_is_locked (first));
  g_assert_false (tai_state_folder_lock (second, &error));
  g_assert_error (error, TAI_APP_ERROR, TAI_APP_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, pid));
  g_clear_error (&error);
  g_clear_pointer (&first, tai_state_folder_free);
  g_assert_true (tai_state_folder_lock (second, &error));
}

/* The lock ends with its process, also when it is killed. */
static void
test_lock_of_dead (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = tai_state_folder_open (f->root, TAI_STATE_FOLDER_CREATE, &error);
  int ready[2], status;
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0) {
    TaiStateFolder *own = tai_state_folder_open (f->root, TAI_STATE_FOLDER_EXISTING, NULL);
    gboolean locked = tai_state_folder_lock (own, NULL);
    if (write (ready[1], locked ? "y" : "n", 1) == 1)
      pause ();
    _exit (0);
  }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  g_assert_false (tai_state_folder_lock (folder, &error));
  g_assert_error (error, TAI_APP_ERROR, TAI_APP_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (tai_state_folder_lock (folder, &error));
}

/* Hand-over -------------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiStateFolder *folder;
  GMainLoop *loop;
  guint n_open, n_served;
} Owner;

/* Answers after the main context has run, as a request that waits for a card does. */
static char *
echo_cb (const char *request, gpointer data)
{
  Owner *owner = data;

  g_assert_cmpuint (owner->n_open++, ==, 0);
  for (guint i = 0; i < 20; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_thread_yield ();
  }
  owner->n_open--;
  owner->n_served++;
  return g_strdup_printf ("you said %zu bytes: %.20s", strlen (request), request);
}

static gpointer
ask (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = data; /* ours */
  g_autoptr (TaiStateFolder) folder = tai_state_folder_open (path, TAI_STATE_FOLDER_EXISTING, NULL);
  g_autofree char *big = g_strnfill (300000, 'x');
  g_autofree char *answer = tai_handover_ask (folder, "hello", 10, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "you said 5 bytes: hello");
  g_free (answer);
  answer = tai_handover_ask (folder, big, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (answer, ==, "you said 300000 bytes: xxxxxxxxxxxxxxxxxxxx");
  return NULL;
}

static void
test_handover (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = tai_state_folder_open (f->root, TAI_STATE_FOLDER_CREATE, &error);
  Owner owner = {folder};
  g_autoptr (TaiHandoverServer) server = NULL;
  GThread *clients[4];

  g_assert_null (tai_handover_ask (folder, "nobody", 1, &error));
  g_assert_error (error, TAI_APP_ERROR, TAI_APP_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_true (tai_state_folder_lock (folder, &error));
  server = tai_handover_server_new (folder, echo_cb, &owner, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mode_of (f->root, TAI_STATE_SOCKET) & 0077, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    clients[i] = g_thread_new ("client", ask, g_strdup (f->root));
  while (owner.n_served < 2 * G_N_ELEMENTS (clients))
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    g_thread_join (clients[i]);
  g_clear_pointer (&server, tai_handover_server_free);
  g_assert_false (tai_state_folder_has (folder, TAI_STATE_SOCKET));
}

/* An owner that dies leaves its socket; the next one replaces it. A client that hangs up or sends no line hurts nobody. */
static void
test_stale_socket (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiStateFolder) folder = tai_state_folder_open (f->root, TAI_STATE_FOLDER_CREATE, &error);
  Owner owner = {folder};
  g_autoptr (TaiHandoverServer) server = NULL;
  GThread *client;

  g_assert_true (tai_state_folder_write (folder, TAI_STATE_SOCKET, "stale", -1, &error));
  g_assert_true (tai_state_folder_lock (folder, &error));
  server = tai_handover_server_new (folder, echo_cb, &owner, &error);
  g_assert_no_error (error);
  client = g_thread_new ("client", ask, g_strdup (f->root));
  while (owner.n_served < 2)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (client);
}

/* The terminal of the machine is found without a name by the account that it belongs to, and by nobody else. */
static void
test_standard (Fixture *f, gconstpointer unused)
{
  g_autofree char *own = g_build_filename (g_get_user_state_dir (), "guitai", NULL);
  g_autofree char *link = g_build_filename (g_get_user_state_dir (), "link", NULL);
  g_autofree char *absent = tai_state_folder_find_standard (f->root);
  g_autofree char *found = NULL, *linked = NULL, *foreign = NULL;

  g_assert_cmpstr (absent, ==, own);
  g_assert_cmpint (g_mkdir_with_parents (f->root, 0700), ==, 0);
  found = tai_state_folder_find_standard (f->root);
  g_assert_cmpstr (found, ==, f->root);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_state_dir (), 0700), ==, 0);
  g_unlink (link);
  g_assert_cmpint (symlink (f->root, link), ==, 0);
  linked = tai_state_folder_find_standard (link);
  g_assert_cmpstr (linked, ==, own); /* somebody else's hand may be in it */
  g_unlink (link);
  if (geteuid () == 0)
    g_assert_cmpint (chown (f->root, 1, 1), ==, 0);
  foreign = tai_state_folder_find_standard (geteuid () == 0 ? f->root : "/");
  g_assert_cmpstr (foreign, ==, own);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/app/folder/create", test_create);
  ADD ("/app/folder/open-to-others", test_open_to_others);
  ADD ("/app/folder/standard", test_standard);
  ADD ("/app/folder/lock", test_lock);
  ADD ("/app/folder/lock-of-dead", test_lock_of_dead);
  ADD ("/app/handover/lines", test_handover);
  ADD ("/app/handover/stale", test_stale_socket);
  return g_test_run ();
}
