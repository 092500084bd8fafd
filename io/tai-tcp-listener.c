/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A listening socket on loopback. Thread: the emulator's. */
#define G_LOG_DOMAIN "tai-io"

#include "tai-tcp-listener.h"
#include "tai-io-private.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

struct _TaiTcpListener {
  int fd;
  guint16 port;
};

static gboolean
bind_loopback (int fd, guint16 port)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons (port)};
  int one = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  return bind (fd, (struct sockaddr *)&address, sizeof address) == 0 && listen (fd, 8) == 0;
}

TaiTcpListener *
tai_tcp_listener_new (guint16 port, GError **error)
{
  struct sockaddr_in address;
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  if (fd < 0 || !bind_loopback (fd, port) || getsockname (fd, (struct sockaddr *)&address, &size) != 0) {
    tai_io_set_errno (error, errno, TAI_IO_OPENING, "listen");
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  TaiTcpListener *self = g_new0 (TaiTcpListener, 1);
  self->fd = fd;
  self->port = ntohs (address.sin_port);
  return self;
}

void
tai_tcp_listener_free (TaiTcpListener *self)
{
  close (self->fd);
  g_free (self);
}

guint16
tai_tcp_listener_get_port (TaiTcpListener *self)
{
  return self->port;
}

int
tai_tcp_listener_get_fd (TaiTcpListener *self)
{
  return self->fd;
}

TaiStream *
tai_tcp_listener_accept (TaiTcpListener *self, int timeout_ms, GCancellable *cancellable, GError **error)
{
  while (tai_io_wait (self->fd, POLLIN, timeout_ms, cancellable, error)) {
    int fd = accept4 (self->fd, NULL, NULL, SOCK_CLOEXEC);
    if (fd >= 0)
      return TAI_STREAM (tai_tcp_stream_new_for_fd (fd));
    /* The one who knocked may be gone again. */
    if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED) {
      tai_io_set_errno (error, errno, TAI_IO_OPEN, "accept");
      return NULL;
    }
  }
  return NULL;
}
