/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-entropy.h"

#include "tai-fake-random.h"

struct _TaiFakeEntropy {
  GObject parent;
  guint64 state;
  guint64 word; /* bytes not given out yet */
  guint n_left;
};

static void entropy_init (TaiEntropyInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeEntropy, tai_fake_entropy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_ENTROPY, entropy_init))

static void
fill (TaiEntropy *entropy, guint8 *bytes, gsize size)
{
  TaiFakeEntropy *self = TAI_FAKE_ENTROPY (entropy);

  for (gsize i = 0; i < size; i++, self->n_left--, self->word >>= 8) {
    if (self->n_left == 0) {
      self->word = tai_fake_random_next (&self->state);
      self->n_left = sizeof self->word;
    }
    bytes[i] = (guint8)self->word;
  }
}

static void
entropy_init (TaiEntropyInterface *iface)
{
  iface->fill = fill;
}

static void
tai_fake_entropy_class_init (TaiFakeEntropyClass *klass)
{
}

static void
tai_fake_entropy_init (TaiFakeEntropy *self)
{
}

TaiFakeEntropy *
tai_fake_entropy_new (guint64 seed)
{
  TaiFakeEntropy *self = g_object_new (TAI_TYPE_FAKE_ENTROPY, NULL);

  self->state = seed;
  return self;
}
