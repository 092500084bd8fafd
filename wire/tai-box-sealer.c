/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins the keys of one terminal to the sealing functions. One thread at a time. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-box-sealer.h"

struct _TaiBoxSealer {
  GObject parent_instance;
  TaiSealPublicKey hq;
  TaiEntropy *entropy;      /* (owned) */
  TaiSealKey *terminal_key; /* (owned) (nullable) */
  TaiSealKey *blind_key;    /* (owned) (nullable) */
};

static void tai_box_sealer_iface_init (TaiSealerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiBoxSealer, tai_box_sealer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_SEALER, tai_box_sealer_iface_init))

static gboolean
tai_box_sealer_seal (TaiSealer *sealer, GBytes *plain, GBytes **to_hq, GBytes **to_terminal, GError **error)
{
  TaiBoxSealer *self = TAI_BOX_SEALER (sealer);
  g_autoptr (GBytes) far = tai_seal_to_hq (&self->hq, plain, self->entropy, error);
  if (far == NULL)
    return FALSE;
  g_autoptr (GBytes) near = NULL;
  if (self->terminal_key != NULL) {
    near = tai_seal_to_terminal (self->terminal_key, plain, self->entropy, error);
    if (near == NULL)
      return FALSE;
  }
  *to_hq = g_steal_pointer (&far);
  *to_terminal = g_steal_pointer (&near);
  return TRUE;
}

static char *
tai_box_sealer_blind (TaiSealer *sealer, const char *number)
{
  TaiBoxSealer *self = TAI_BOX_SEALER (sealer);
  return self->blind_key != NULL ? tai_seal_blind_index (self->blind_key, number) : NULL;
}

static void
tai_box_sealer_iface_init (TaiSealerInterface *iface)
{
  iface->seal = tai_box_sealer_seal;
  iface->blind = tai_box_sealer_blind;
}

static void
tai_box_sealer_finalize (GObject *object)
{
  TaiBoxSealer *self = TAI_BOX_SEALER (object);
  g_clear_object (&self->entropy);
  g_clear_pointer (&self->terminal_key, tai_seal_key_free);
  g_clear_pointer (&self->blind_key, tai_seal_key_free);
  G_OBJECT_CLASS (tai_box_sealer_parent_class)->finalize (object);
}

static void
tai_box_sealer_class_init (TaiBoxSealerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_box_sealer_finalize;
}

static void
tai_box_sealer_init (TaiBoxSealer *self)
{
}

TaiBoxSealer *
tai_box_sealer_new (TaiSealPublicKey hq, TaiEntropy *entropy)
{
  g_return_val_if_fail (TAI_IS_ENTROPY (entropy), NULL);
  TaiBoxSealer *self = g_object_new (TAI_TYPE_BOX_SEALER, NULL);
  self->hq = hq;
  self->entropy = g_object_ref (entropy);
  return self;
}

void
tai_box_sealer_take_terminal_key (TaiBoxSealer *self, TaiSealKey *key)
{
  g_return_if_fail (TAI_IS_BOX_SEALER (self));
  tai_seal_key_free (self->terminal_key);
  self->terminal_key = key;
}

void
tai_box_sealer_take_blind_key (TaiBoxSealer *self, TaiSealKey *key)
{
  g_return_if_fail (TAI_IS_BOX_SEALER (self));
  tai_seal_key_free (self->blind_key);
  self->blind_key = key;
}
