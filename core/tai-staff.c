/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Roles, rights and the lock-out after wrong PINs. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-staff.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-text-private.h"

static const char *const role_text[] = {
    [TAI_ROLE_CLERK] = "clerk",
    [TAI_ROLE_SENIOR_CLERK] = "senior_clerk",
    [TAI_ROLE_SUPERVISOR] = "supervisor",
    [TAI_ROLE_AUDITOR] = "auditor",
    [TAI_ROLE_IT] = "it",
    [TAI_ROLE_KIOSK] = "kiosk",
};

#define CLERK_RIGHTS  (TAI_RIGHT_SELL | TAI_RIGHT_TILL | TAI_RIGHT_REPRINT | TAI_RIGHT_REPORT_OWN)
#define SENIOR_RIGHTS (CLERK_RIGHTS | TAI_RIGHT_UNDO | TAI_RIGHT_REFUND | TAI_RIGHT_RECALL)

/* Who sells does not audit, who operates the machine does not touch the money. */
static const TaiRight default_rights[] = {
    [TAI_ROLE_CLERK] = CLERK_RIGHTS,
    [TAI_ROLE_SENIOR_CLERK] = SENIOR_RIGHTS,
    [TAI_ROLE_SUPERVISOR] = SENIOR_RIGHTS | TAI_RIGHT_CLOSE_OTHERS | TAI_RIGHT_APPROVE |
                            TAI_RIGHT_REPORT_HALL | TAI_RIGHT_QUARANTINE,
    [TAI_ROLE_AUDITOR] = TAI_RIGHT_AUDIT | TAI_RIGHT_REPORT_HALL,
    [TAI_ROLE_IT] = TAI_RIGHT_OPERATE,
    [TAI_ROLE_KIOSK] = TAI_RIGHT_SELL,
};

const char *
tai_role_to_text (TaiRole role)
{
  g_return_val_if_fail (role < G_N_ELEMENTS (role_text), NULL);

  return role_text[role];
}

gboolean
tai_role_from_text (const char *text, TaiRole *role, GError **error)
{
  guint value;

  g_return_val_if_fail (role != NULL, FALSE);

  if (!tai_text_find ("role", role_text, G_N_ELEMENTS (role_text), text, &value, error))
    return FALSE;
  *role = value;
  return TRUE;
}

TaiRight
tai_role_default_rights (TaiRole role)
{
  g_return_val_if_fail (role < G_N_ELEMENTS (default_rights), 0);

  return default_rights[role];
}

TaiStaff *
tai_staff_new (const char *number, const char *name, TaiRole role, const char *pin_record)
{
  TaiStaff *self;

  g_return_val_if_fail (number != NULL && name != NULL, NULL);

  self = g_new0 (TaiStaff, 1);
  self->number = g_strdup (number);
  self->name = g_strdup (name);
  self->role = role;
  self->rights = tai_role_default_rights (role);
  self->pin_record = g_strdup (pin_record);
  return self;
}

void
tai_staff_free (TaiStaff *self)
{
  if (!self)
    return;
  g_free (self->number);
  g_free (self->name);
  tai_staff_forget_secrets (self);
  g_free (self);
}

void
tai_staff_forget_secrets (TaiStaff *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->pin_record, g_free);
  if (self->code_record != NULL)
    explicit_bzero (self->code_record, strlen (self->code_record));
  g_clear_pointer (&self->code_record, g_free);
}

gboolean
tai_staff_check_right (const TaiStaff *self, TaiRight right, GError **error)
{
  g_return_val_if_fail (right != 0, FALSE);

  if (!self) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING, "nobody is signed in");
    return FALSE;
  }
  if (!self->disabled && (self->rights & right) == right)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING, "staff %s %s 0x%x", self->number,
               self->disabled ? "is disabled: no right" : "lacks a right of", (guint)right);
  return FALSE;
}

gint64
tai_lockout_wait_us (guint failures)
{
  static const int wait_s[] = {0, 0, 0, 30, 60, 5 * 60, 15 * 60, 60 * 60};

  return (gint64)wait_s[MIN (failures, G_N_ELEMENTS (wait_s) - 1)] * G_USEC_PER_SEC;
}
