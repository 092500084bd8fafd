/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random bytes of the kernel. Keys depend on them: a machine that has none must not run on. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-system-entropy.h"

#include <errno.h>
#include <sys/random.h>

struct _TaiSystemEntropy {
  GObject parent;
};

static void entropy_init (TaiEntropyInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiSystemEntropy, tai_system_entropy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_ENTROPY, entropy_init))

static void
fill (TaiEntropy *self, guint8 *bytes, gsize size)
{
  gsize done = 0;

  while (done < size) {
    gssize n = getrandom (bytes + done, size - done, 0);
    if (n < 0 && errno != EINTR)
      g_error ("the kernel gives no random bytes: %s", g_strerror (errno));
    done += n > 0 ? (gsize)n : 0;
  }
}

static void
entropy_init (TaiEntropyInterface *iface)
{
  iface->fill = fill;
}

static void
tai_system_entropy_class_init (TaiSystemEntropyClass *klass)
{
}

static void
tai_system_entropy_init (TaiSystemEntropy *self)
{
}

TaiSystemEntropy *
tai_system_entropy_new (void)
{
  return g_object_new (TAI_TYPE_SYSTEM_ENTROPY, NULL);
}
