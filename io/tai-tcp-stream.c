/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TCP to a device. Thread: the device's worker. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-tcp-stream.h"
#include "tai-io-private.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

struct _TaiTcpStream {
  TaiFdStream parent_instance;
  char *host; /* (owned) (nullable): NULL of an accepted connection */
  guint16 port;
  int connect_timeout_ms;
  int accepted; /* until open() takes it; else -1 */
};

G_DEFINE_FINAL_TYPE (TaiTcpStream, tai_tcp_stream, TAI_TYPE_FD_STREAM)

static gboolean
finish_connect (int fd, int timeout_ms, GCancellable *cancellable, GError **error)
{
  int number = 0;
  socklen_t size = sizeof number;

  if (!tai_io_wait (fd, POLLOUT, timeout_ms, cancellable, error))
    return FALSE;
  if (getsockopt (fd, SOL_SOCKET, SO_ERROR, &number, &size) == 0 && number == 0)
    return TRUE;
  tai_io_set_errno (error, number, TAI_IO_OPENING, "connect");
  return FALSE;
}

/* Returns the connected socket, or -1. */
static int
connect_to (GSocketAddress *address, int timeout_ms, GCancellable *cancellable, GError **error)
{
  struct sockaddr_storage native;
  gssize size = g_socket_address_get_native_size (address);
  int one = 1;

  if (!g_socket_address_to_native (address, &native, sizeof native, NULL)) {
    g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED, "address family");
    return -1;
  }
  int fd = socket (native.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    tai_io_set_errno (error, errno, TAI_IO_OPENING, "socket");
    return -1;
  }
  gboolean done = connect (fd, (struct sockaddr *)&native, (socklen_t)size) == 0;
  if (!done && errno != EINPROGRESS)
    tai_io_set_errno (error, errno, TAI_IO_OPENING, "connect");
  else if (done || finish_connect (fd, timeout_ms, cancellable, error)) {
    setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
  }
  close (fd);
  return -1;
}

static void
convert_resolver_error (GError *cause, const char *host, GError **error)
{
  TaiIoError code = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? TAI_IO_ERROR_CANCELLED
                                                                              : TAI_IO_ERROR_NOT_FOUND;
  g_set_error (error, TAI_IO_ERROR, code, "%s: %s", host, cause->message);
}

static gboolean
tai_tcp_stream_open (TaiStream *stream, GCancellable *cancellable, GError **error)
{
  TaiTcpStream *self = TAI_TCP_STREAM (stream);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GError) cause = NULL;
  int fd = -1;

  if (self->accepted >= 0) {
    tai_fd_stream_take (TAI_FD_STREAM (self), self->accepted);
    self->accepted = -1;
    return TRUE;
  }
  if (self->host == NULL) {
    g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_CLOSED, "an accepted connection opens once");
    return FALSE;
  }
  GList *addresses = g_resolver_lookup_by_name (resolver, self->host, cancellable, &cause);
  if (addresses == NULL) {
    convert_resolver_error (cause, self->host, error);
    return FALSE;
  }
  for (GList *l = addresses; l != NULL && fd < 0; l = l->next) {
    g_autoptr (GSocketAddress) address = g_inet_socket_address_new (l->data, self->port);
    g_clear_error (&cause);
    fd = connect_to (address, self->connect_timeout_ms, cancellable, &cause);
  }
  g_resolver_free_addresses (addresses);
  if (fd < 0) {
    g_propagate_prefixed_error (error, g_steal_pointer (&cause), "%s:%u: ", self->host, self->port);
    return FALSE;
  }
  tai_fd_stream_take (TAI_FD_STREAM (self), fd);
  return TRUE;
}

/* close() with unread bytes makes the kernel reset the connection, and a printer then drops what it has not read yet: so the
 * replies that nobody asked for are read away first. */
static void
tai_tcp_stream_close (TaiStream *stream)
{
  int fd = tai_fd_stream_get_fd (TAI_FD_STREAM (stream));
  guint8 rest[512];

  shutdown (fd, SHUT_WR);
  for (int i = 0; i < 64 && recv (fd, rest, sizeof rest, MSG_DONTWAIT) > 0; i++)
    ;
  TAI_STREAM_CLASS (tai_tcp_stream_parent_class)->close (stream);
}

static GInetAddress *
address_of (int fd, int (*get) (int, struct sockaddr *, socklen_t *))
{
  struct sockaddr_storage native;
  socklen_t size = sizeof native;

  if (get (fd, (struct sockaddr *)&native, &size) != 0)
    return NULL;
  g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (&native, size);
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return NULL;
  return g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* ::ffff:127.0.0.1 is loopback too, whatever GInetAddress says of it. */
static gboolean
is_loopback (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  static const guint8 mapped[12] = {[10] = 0xFF, [11] = 0xFF};

  if (g_inet_address_get_is_loopback (address))
    return TRUE;
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && memcmp (bytes, mapped, 12) == 0 &&
         bytes[12] == 127;
}

/* This machine is this machine, also by its address in the hall's network. */
static gboolean
tai_tcp_stream_is_emulated (TaiStream *stream)
{
  TaiTcpStream *self = TAI_TCP_STREAM (stream);
  int fd = tai_fd_stream_get_fd (TAI_FD_STREAM (self));

  if (fd >= 0) {
    g_autoptr (GInetAddress) peer = address_of (fd, getpeername);
    g_autoptr (GInetAddress) here = address_of (fd, getsockname);
    return peer == NULL || is_loopback (peer) || (here != NULL && g_inet_address_equal (peer, here));
  }
  if (self->host == NULL)
    return FALSE;
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (self->host);
  if (literal != NULL)
    return is_loopback (literal);
  return g_ascii_strcasecmp (self->host, "localhost") == 0;
}

static void
tai_tcp_stream_finalize (GObject *object)
{
  TaiTcpStream *self = TAI_TCP_STREAM (object);

  if (self->accepted >= 0)
    close (self->accepted);
  g_free (self->host);
  G_OBJECT_CLASS (tai_tcp_stream_parent_class)->finalize (object);
}

static void
tai_tcp_stream_class_init (TaiTcpStreamClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_tcp_stream_finalize;
  stream_class->open = tai_tcp_stream_open;
  stream_class->close = tai_tcp_stream_close;
  stream_class->is_emulated = tai_tcp_stream_is_emulated;
}

static void
tai_tcp_stream_init (TaiTcpStream *self)
{
  self->accepted = -1;
}

TaiTcpStream *
tai_tcp_stream_new (const char *host, guint16 port, int connect_timeout_ms)
{
  g_return_val_if_fail (host != NULL && port != 0, NULL);

  TaiTcpStream *self = g_object_new (TAI_TYPE_TCP_STREAM, NULL);
  self->host = g_strdup (host);
  self->port = port;
  self->connect_timeout_ms = connect_timeout_ms;
  return self;
}

TaiTcpStream *
tai_tcp_stream_new_for_fd (int fd)
{
  g_return_val_if_fail (fd >= 0, NULL);

  TaiTcpStream *self = g_object_new (TAI_TYPE_TCP_STREAM, NULL);
  self->accepted = fd;
  return tai_stream_open (TAI_STREAM (self), NULL, NULL) ? self : NULL;
}
