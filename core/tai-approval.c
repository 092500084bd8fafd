/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Another person's yes, as a value. The verbs are the desk's (tai-desk-approval.c). */
#define G_LOG_DOMAIN "tai-core"

#include "tai-approval.h"

#include <string.h>

static const TaiAction actions[] = {
    {TAI_ACTION_CASH_OUT, TAI_RIGHT_APPROVE, TAI_ACTION_ABOUT_TILL},
    {TAI_ACTION_CASH_CAP, TAI_RIGHT_APPROVE, TAI_ACTION_ABOUT_TILL},
    {TAI_ACTION_CLOSE_DIFFERENCE, TAI_RIGHT_APPROVE | TAI_RIGHT_CLOSE_OTHERS, TAI_ACTION_ABOUT_TILL},
    {TAI_ACTION_BANK_DEPOSIT, TAI_RIGHT_APPROVE, TAI_ACTION_ABOUT_TILL},
    {TAI_ACTION_CANCEL, TAI_RIGHT_APPROVE | TAI_RIGHT_UNDO, TAI_ACTION_ABOUT_ORDER},
    {TAI_ACTION_UNDO, TAI_RIGHT_APPROVE | TAI_RIGHT_UNDO, TAI_ACTION_ABOUT_ORDER},
    {TAI_ACTION_CORRECTION, TAI_RIGHT_APPROVE | TAI_RIGHT_UNDO, TAI_ACTION_ABOUT_ORDER},
    {TAI_ACTION_REFUND, TAI_RIGHT_APPROVE | TAI_RIGHT_REFUND, TAI_ACTION_ABOUT_ORDER},
    {TAI_ACTION_PAYMENT_PAID, TAI_RIGHT_APPROVE, TAI_ACTION_ABOUT_PAYMENT},
    {TAI_ACTION_PAYMENT_NOT_PAID, TAI_RIGHT_APPROVE, TAI_ACTION_ABOUT_PAYMENT},
};

const TaiAction *
tai_actions_list (guint *n)
{
  *n = G_N_ELEMENTS (actions);
  return actions;
}

const TaiAction *
tai_action_find (const char *id)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (actions); i++)
    if (strcmp (actions[i].id, id) == 0)
      return &actions[i];
  return NULL;
}

TaiApproval *
tai_approval_new (const TaiUuid *id, const TaiAction *action, const char *subject, TaiMoney amount,
                  const char *asked_by, gint64 asked_us)
{
  TaiApproval *self;

  g_return_val_if_fail (id != NULL && action != NULL && subject != NULL && asked_by != NULL, NULL);
  self = g_new0 (TaiApproval, 1);
  self->id = *id;
  self->state = TAI_APPROVAL_ASKED;
  self->action = action;
  self->subject = g_strdup (subject);
  self->amount = amount;
  self->asked_by = g_strdup (asked_by);
  self->asked_us = asked_us;
  return self;
}

TaiApproval *
tai_approval_copy (const TaiApproval *self)
{
  TaiApproval *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof *self);
  copy->subject = g_strdup (self->subject);
  copy->asked_by = g_strdup (self->asked_by);
  copy->approver = g_strdup (self->approver);
  return copy;
}

void
tai_approval_free (TaiApproval *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->asked_by);
  g_free (self->approver);
  g_free (self);
}

gboolean
tai_approval_is_for (const TaiApproval *self, const TaiApproval *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);
  return self->action == other->action && strcmp (self->subject, other->subject) == 0 &&
         self->amount.minor == other->amount.minor && self->amount.currency == other->amount.currency &&
         strcmp (self->asked_by, other->asked_by) == 0;
}
