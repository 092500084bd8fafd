/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A receipt printer at the end of a socket. Questions are looked for byte by byte: none of the tests' data contains one. */
#include "fake-receipt-printer.h"

#include <sys/socket.h>

struct _FakeReceiptPrinter {
  FakeTrouble trouble;
  GSocketListener *listener;
  GCancellable *cancellable;
  GThread *thread;
  guint16 port;
  GByteArray *data;
  GOutputStream *out; /* of the connection that is served */
  gboolean paper_ended, jammed;
};

static void
answer (FakeReceiptPrinter *self, guint8 byte)
{
  static const guint8 chatter[] = {0x11, 0x10, 0x00, 0x00, 0x00, 0xff, 0x13};

  if (self->trouble == FAKE_CHATTERS)
    g_output_stream_write_all (self->out, chatter, sizeof chatter, NULL, NULL, NULL);
  g_output_stream_write_all (self->out, &byte, 1, NULL, NULL, NULL);
}

static void
answer_realtime (FakeReceiptPrinter *self, guint8 n)
{
  gboolean no_paper = self->trouble == FAKE_NO_PAPER || self->paper_ended;
  guint8 byte = 0x12;

  if (self->trouble == FAKE_SILENT || (self->trouble == FAKE_SILENT_AFTER && self->data->len > 0))
    return;
  if (n == 1 && (no_paper || self->trouble == FAKE_COVER_OPEN))
    byte = 0x1a;
  else if (n == 2 && no_paper)
    byte = 0x32;
  else if (n == 2 && self->trouble == FAKE_COVER_OPEN)
    byte = 0x16;
  else if (n == 3 && self->jammed)
    byte = 0x1a;
  else if (n == 4 && no_paper)
    byte = 0x72;
  answer (self, byte);
}

static void
answer_ordered (FakeReceiptPrinter *self)
{
  switch (self->trouble) {
  case FAKE_SILENT:
  case FAKE_SILENT_AFTER:
  case FAKE_NOT_ORDERED:
    return;
  case FAKE_PAPER_ENDS:
    self->paper_ended = TRUE;
    return;
  case FAKE_CUTTER_JAMS:
    self->jammed = TRUE;
    break;
  case FAKE_SLOW:
    g_usleep (1000000);
    break;
  default:
    break;
  }
  answer (self, 0x00);
}

/* FALSE: no more of this connection. */
static gboolean
take (FakeReceiptPrinter *self, guint8 byte)
{
  const guint8 *tail;

  g_byte_array_append (self->data, &byte, 1);
  tail = self->data->data + self->data->len - 3;
  if (self->data->len >= 3 && tail[0] == 0x10 && tail[1] == 0x04) {
    g_byte_array_set_size (self->data, self->data->len - 3);
    answer_realtime (self, byte);
  } else if (self->data->len >= 3 && tail[0] == 0x1d && tail[1] == 'r') {
    g_byte_array_set_size (self->data, self->data->len - 3);
    answer_ordered (self);
  }
  if (self->trouble == FAKE_STALLS && self->data->len >= 100)
    while (!g_cancellable_is_cancelled (self->cancellable))
      g_usleep (10000);
  return !(self->trouble == FAKE_HANGS_UP && self->data->len >= 100);
}

static void
serve (FakeReceiptPrinter *self, GSocketConnection *connection)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  gboolean more = TRUE;
  guint8 bytes[64];
  gssize n;

  self->out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  if (self->trouble == FAKE_STALLS)
    g_socket_set_option (g_socket_connection_get_socket (connection), SOL_SOCKET, SO_RCVBUF, 2048, NULL);
  while (more && (n = g_input_stream_read (in, bytes, sizeof bytes, self->cancellable, NULL)) > 0)
    for (gssize i = 0; i < n && more; i++)
      more = take (self, bytes[i]);
}

static gpointer
run (gpointer data)
{
  FakeReceiptPrinter *self = data;

  for (;;) {
    g_autoptr (GSocketConnection) connection =
        g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);

    if (connection == NULL)
      return NULL;
    serve (self, connection);
  }
}

FakeReceiptPrinter *
fake_receipt_printer_new (FakeTrouble trouble)
{
  FakeReceiptPrinter *self = g_new0 (FakeReceiptPrinter, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  self->trouble = trouble;
  self->data = g_byte_array_new ();
  self->cancellable = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->thread = g_thread_new ("receipt-printer", run, self);
  return self;
}

guint16
fake_receipt_printer_get_port (FakeReceiptPrinter *self)
{
  return self->port;
}

GBytes *
fake_receipt_printer_finish (FakeReceiptPrinter *self)
{
  GBytes *bytes;

  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  bytes = g_byte_array_free_to_bytes (self->data);
  g_free (self);
  return bytes;
}
