/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command is its arguments, each ended by a zero byte, until the sender shuts its side; the answer is '+' or '-' and the
 * text. One thread takes one connection after the other; it stops by a connection that says nothing.
 */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-admin.h"

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#include "guitai-hq-commands.h"
#include "tai-hq-error.h"

#define COMMAND_MAX_BYTES (64 * 1024)
#define TIMEOUT_S         60

struct _HqAdmin {
  HqServer *server;
  GSocketListener *listener;
  GCancellable *cancellable;
  GThread *thread;
  char *path;
};

typedef struct {
  char **arguments;
  GString *out;
  GError *error;
  gboolean done;
} Command;

static void
run_cb (HqFolder *folder, gpointer data)
{
  Command *command = data;
  command->done =
      hq_command_run (folder, (const char *const *)command->arguments, command->out, &command->error);
}

/* To the end of the stream. */
static GByteArray *
read_all (GInputStream *stream, gsize max, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[4096];
  gssize size;
  while ((size = g_input_stream_read (stream, buffer, sizeof buffer, NULL, error)) > 0) {
    g_byte_array_append (bytes, buffer, (guint)size);
    if (bytes->len > max) {
      g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, "too long");
      return NULL;
    }
  }
  return size == 0 ? g_steal_pointer (&bytes) : NULL;
}

static char **
split (GByteArray *bytes)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  if (bytes->len == 0 || bytes->data[bytes->len - 1] != 0)
    return NULL;
  for (guint at = 0; at < bytes->len; at += (guint)strlen ((char *)bytes->data + at) + 1)
    g_ptr_array_add (parts, g_strdup ((char *)bytes->data + at));
  g_ptr_array_add (parts, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&parts), FALSE);
}

static void
serve_one (HqAdmin *self, GSocketConnection *connection)
{
  g_autoptr (GByteArray) bytes =
      read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), COMMAND_MAX_BYTES, NULL);
  g_auto (GStrv) arguments = bytes != NULL ? split (bytes) : NULL;
  if (arguments == NULL)
    return;
  Command command = {.arguments = arguments, .out = g_string_new (NULL)};
  hq_server_run_in_writer (self->server, run_cb, &command);
  g_string_prepend_c (command.out, command.done ? '+' : '-');
  if (command.error != NULL)
    g_string_append (command.out, command.error->message);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), command.out->str,
                             command.out->len, NULL, NULL, NULL);
  g_string_free (command.out, TRUE);
  g_clear_error (&command.error);
}

static gpointer
serve_loop (gpointer data)
{
  HqAdmin *self = data;
  for (;;) {
    g_autoptr (GSocketConnection) connection =
        g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);
    if (connection == NULL)
      return NULL;
    g_socket_set_timeout (g_socket_connection_get_socket (connection), TIMEOUT_S);
    serve_one (self, connection);
  }
}

static char *
get_path (const char *folder)
{
  return g_build_filename (folder, "admin.sock", NULL);
}

static void
admin_free (HqAdmin *self)
{
  g_clear_object (&self->listener);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

HqAdmin *
hq_admin_start (HqServer *server, const char *folder, GError **error)
{
  HqAdmin *self = g_new0 (HqAdmin, 1);
  self->server = server;
  self->path = get_path (folder);
  self->cancellable = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_remove (self->path); /* the folder's lock is ours: a socket that lies there is a dead one's */
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (self->path);
  if (!g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error) ||
      g_chmod (self->path, 0600) != 0) {
    admin_free (self);
    return NULL;
  }
  self->thread = g_thread_new ("admin", serve_loop, self);
  return self;
}

void
hq_admin_stop (HqAdmin *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_remove (self->path);
  admin_free (self);
}

/* ---- the other side ---- */

static gboolean
send_arguments (GSocketConnection *connection, const char *const *arguments, GError **error)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  for (guint i = 0; arguments[i] != NULL; i++)
    if (!g_output_stream_write_all (stream, arguments[i], strlen (arguments[i]) + 1, NULL, NULL, error))
      return FALSE;
  return g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, error);
}

gboolean
hq_admin_ask (const char *folder, const char *const *arguments, GString *out, GError **error)
{
  g_autofree char *path = get_path (folder);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  if (connection == NULL || !send_arguments (connection, arguments, error))
    return FALSE;
  g_autoptr (GByteArray) answer =
      read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), G_MAXUINT32, error);
  if (answer == NULL)
    return FALSE;
  if (answer->len > 0 && answer->data[0] == '+') {
    g_string_append_len (out, (char *)answer->data + 1, answer->len - 1);
    return TRUE;
  }
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FAILED, "%.*s", answer->len > 0 ? (int)answer->len - 1 : 0,
               (char *)answer->data + 1);
  return FALSE;
}
