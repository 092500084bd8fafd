/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The system's random numbers behind the port. Any thread. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-entropy.h"

#include <gnutls/crypto.h>

struct _HqSystemEntropy {
  GObject parent;
};

static void
fill (TaiEntropy *entropy, guint8 *bytes, gsize size)
{
  int result = gnutls_rnd (GNUTLS_RND_KEY, bytes, size);
  g_assert (result == 0);
}

static void
iface_init (struct _TaiEntropyInterface *iface)
{
  iface->fill = fill;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HqSystemEntropy, hq_system_entropy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_ENTROPY, iface_init))

static void
hq_system_entropy_class_init (HqSystemEntropyClass *klass)
{
}

static void
hq_system_entropy_init (HqSystemEntropy *self)
{
}

TaiEntropy *
hq_system_entropy_new (void)
{
  return g_object_new (HQ_TYPE_SYSTEM_ENTROPY, NULL);
}
