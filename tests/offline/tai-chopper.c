/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-chopper.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAIRS_MAX 64

typedef struct {
  int fd[2];   /* caller, server */
  gint64 left; /* bytes until the cut; < 0: never */
} Pair;

struct _TaiChopper {
  GThread *thread;
  int listener, wake[2];
  guint16 port, to_port;
  guint mean;   /* atomic */
  guint n_cuts; /* atomic */
  GRand *random;
  Pair pairs[PAIRS_MAX];
  guint n_pairs;
};

static struct sockaddr_in
loopback (guint16 port)
{
  return (struct sockaddr_in){
      .sin_family = AF_INET, .sin_port = htons (port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
}

static void
close_hard (int fd)
{
  struct linger at_once = {.l_onoff = 1, .l_linger = 0}; /* a reset, as a cut line ends in one */

  setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close (fd);
}

static void
cut (TaiChopper *self, guint index)
{
  close_hard (self->pairs[index].fd[0]);
  close_hard (self->pairs[index].fd[1]);
  self->pairs[index] = self->pairs[--self->n_pairs];
}

static void
accept_one (TaiChopper *self)
{
  int caller = accept (self->listener, NULL, NULL);
  int server = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = loopback (self->to_port);
  guint mean = (guint)g_atomic_int_get (&self->mean);

  if (self->n_pairs == PAIRS_MAX || connect (server, (struct sockaddr *)&address, sizeof address) != 0) {
    close_hard (caller);
    close (server);
    return;
  }
  self->pairs[self->n_pairs++] =
      (Pair){{caller, server}, mean ? (gint64)(g_rand_int (self->random) % (2 * mean)) : -1};
}

/* FALSE: the pair is over. */
static gboolean
pass (TaiChopper *self, Pair *pair, int from)
{
  char bytes[4096];
  gsize want = pair->left >= 0 ? MIN (sizeof bytes, (gsize)pair->left) : sizeof bytes;
  gssize n = want > 0 ? read (pair->fd[from], bytes, want) : 0;

  if (want == 0)
    g_atomic_int_inc (&self->n_cuts);
  if (n <= 0)
    return FALSE;
  for (gssize done = 0; done < n;) {
    gssize written = send (pair->fd[1 - from], bytes + done, (gsize)(n - done), MSG_NOSIGNAL);
    if (written <= 0)
      return FALSE;
    done += written;
  }
  if (pair->left >= 0)
    pair->left -= n;
  return TRUE;
}

static gpointer
run (gpointer data)
{
  TaiChopper *self = data;

  for (;;) {
    struct pollfd polls[2 + 2 * PAIRS_MAX] = {{self->wake[0], POLLIN, 0}, {self->listener, POLLIN, 0}};
    guint n = self->n_pairs;

    for (guint i = 0; i < 2 * n; i++)
      polls[2 + i] = (struct pollfd){self->pairs[i / 2].fd[i % 2], POLLIN, 0};
    if (poll (polls, 2 + 2 * n, -1) < 0)
      continue;
    if (polls[0].revents != 0)
      return NULL;
    for (guint i = n; i-- > 0;) { /* from behind: a cut moves only what was looked at */
      gboolean good = polls[2 + 2 * i].revents == 0 || pass (self, &self->pairs[i], 0);
      good = good && (polls[3 + 2 * i].revents == 0 || pass (self, &self->pairs[i], 1));
      if (!good)
        cut (self, i);
    }
    if (polls[1].revents != 0)
      accept_one (self);
  }
}

TaiChopper *
tai_chopper_new (guint16 to_port, guint32 mean_bytes, guint32 seed)
{
  TaiChopper *self = g_new0 (TaiChopper, 1);
  struct sockaddr_in address = loopback (0);
  socklen_t size = sizeof address;

  self->to_port = to_port;
  self->mean = mean_bytes;
  self->random = g_rand_new_with_seed (seed);
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *)&address, size), ==, 0);
  g_assert_cmpint (listen (self->listener, 64), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *)&address, &size), ==, 0);
  self->port = ntohs (address.sin_port);
  g_assert_cmpint (pipe (self->wake), ==, 0);
  self->thread = g_thread_new ("chopper", run, self);
  return self;
}

void
tai_chopper_free (TaiChopper *self)
{
  close (self->wake[1]);
  g_thread_join (self->thread);
  close (self->wake[0]);
  while (self->n_pairs > 0)
    cut (self, 0);
  close (self->listener);
  g_rand_free (self->random);
  g_free (self);
}

guint16
tai_chopper_get_port (TaiChopper *self)
{
  return self->port;
}

void
tai_chopper_set_mean (TaiChopper *self, guint32 mean_bytes)
{
  g_atomic_int_set (&self->mean, mean_bytes);
}

guint
tai_chopper_get_n_cuts (TaiChopper *self)
{
  return (guint)g_atomic_int_get (&self->n_cuts);
}
