/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One text, because it is one secret on its way from a field to the desk. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-proof.h"

#include <string.h>

#define BETWEEN ' '

static void
copy (char *target, gsize size, const char *text, gsize length)
{
  if (length < size)
    memcpy (target, text, length);
  target[length < size ? length : 0] = '\0';
}

void
tai_proof_split (const char *text, TaiProof *self)
{
  const char *between;

  g_return_if_fail (text != NULL && self != NULL);
  between = strchr (text, BETWEEN);
  copy (self->pin, sizeof self->pin, text, between != NULL ? (gsize)(between - text) : strlen (text));
  self->code = NULL;
  if (between == NULL)
    return;
  copy (self->digits, sizeof self->digits, between + 1, strlen (between + 1));
  self->code = self->digits;
}

void
tai_proof_drop_code (char *text)
{
  char *between;

  g_return_if_fail (text != NULL);
  between = strchr (text, BETWEEN);
  if (between != NULL)
    explicit_bzero (between, strlen (between));
}

void
tai_proof_wipe (TaiProof *self)
{
  explicit_bzero (self, sizeof *self);
}
