/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A second person's yes in place (现场授权): a verb that needs one says APPROVAL and remembers what it asked for; the approver is
 * chosen, then gives his PIN; the verb is called again and takes the approval with its own transaction. Bound to act, subject,
 * amount and asker, for a few minutes, once. On the desk's worker.
 */
#include "tai-desk-private.h"

#include <string.h>

void
tai_desk_forget_approvals (TaiDesk *self)
{
  g_clear_pointer (&self->asked, tai_approval_free);
  g_ptr_array_set_size (self->granted, 0);
}

/* (transfer none) (nullable) */
static const TaiApproval *
find_granted (TaiDesk *self, const TaiApproval *asked)
{
  for (guint i = 0; i < self->granted->len; i++) {
    const TaiApproval *one = g_ptr_array_index (self->granted, i);
    if (tai_approval_is_for (one, asked) && tai_desk_now (self) < one->until_us)
      return one;
  }
  return NULL;
}

gboolean
tai_desk_take_approval (TaiDesk *self, TaiChange *change, const char *action, const char *subject,
                        TaiMoney amount, GError **error)
{
  TaiUuid id = tai_desk_uuid (self);
  g_autoptr (TaiApproval) asked = tai_approval_new (&id, tai_action_find (action), subject, amount,
                                                    self->staff->number, tai_desk_now (self));
  const TaiApproval *granted = find_granted (self, asked);
  TaiApproval *used;

  if (granted == NULL) {
    g_clear_pointer (&self->asked, tai_approval_free);
    self->asked = g_steal_pointer (&asked);
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_APPROVAL, "%s of %s needs another person's yes",
                 action, subject);
    return FALSE;
  }
  used = tai_approval_copy (granted);
  used->state = TAI_APPROVAL_USED;
  tai_change_take_approval (change, used);
  return TRUE;
}

void
tai_desk_drop_used (TaiDesk *self, const TaiChange *change)
{
  for (guint i = 0; i < tai_change_get_n_facts (change); i++) {
    const TaiFact *fact = tai_change_get_fact (change, i);
    for (guint k = self->granted->len; fact->kind == TAI_FACT_APPROVAL && k-- > 0;) {
      const TaiApproval *one = g_ptr_array_index (self->granted, k);
      if (fact->approval->state == TAI_APPROVAL_USED && strcmp (one->id.text, fact->approval->id.text) == 0)
        g_ptr_array_remove_index (self->granted, k);
    }
  }
}

const TaiApproval *
tai_desk_get_asked (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return self->asked;
}

static gboolean
check_asked (TaiDesk *self, const char *approver, GError **error)
{
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error))
    return FALSE;
  if (self->asked == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "nothing waits for an approval");
    return FALSE;
  }
  if (strcmp (approver, self->staff->number) != 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_APPROVAL_SELF, "%s cannot approve his own act",
               approver);
  return FALSE;
}

/* Granted or refused, the decision is a row and a line of the journal. */
static gboolean
commit_decision (TaiDesk *self, TaiApproval *decided, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_desk_get_shift (self, &local_error);
  g_autofree char *detail = g_strdup_printf ("%s, approver %s", decided->action->id, decided->approver);
  const char *kind = decided->state == TAI_APPROVAL_GRANTED ? "override" : "override_refused";

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  tai_change_take_approval (change, tai_approval_copy (decided));
  tai_change_take_journal (change,
                           tai_desk_journal (self, kind, shift, decided->subject, detail, decided->amount));
  return tai_desk_commit (self, change, error);
}

gboolean
tai_desk_approve (TaiDesk *self, const char *approver, const char *pin, GError **error)
{
  g_autoptr (TaiApproval) decided = NULL;
  g_autoptr (TaiStaff) staff = NULL;
  gboolean may;

  g_return_val_if_fail (TAI_IS_DESK (self) && approver != NULL && pin != NULL, FALSE);
  if (!check_asked (self, approver, error))
    return FALSE;
  staff = tai_desk_check_pin (self, approver, pin, error);
  if (staff == NULL)
    return FALSE;
  may = (staff->rights & TAI_RIGHT_APPROVE) &&
        (staff->rights & self->asked->action->right) == self->asked->action->right;
  decided = tai_approval_copy (self->asked);
  decided->state = may ? TAI_APPROVAL_GRANTED : TAI_APPROVAL_REFUSED;
  decided->approver = g_strdup (approver);
  decided->decided_us = tai_desk_now (self);
  decided->until_us = may ? decided->decided_us + TAI_APPROVAL_US : 0;
  if (!tai_visit_store_note_sign_in (self->ports.store, approver, TRUE, decided->decided_us, error) ||
      !commit_decision (self, decided, error))
    return FALSE;
  g_clear_pointer (&self->asked, tai_approval_free);
  if (!may)
    return tai_staff_check_right (staff, TAI_RIGHT_APPROVE | decided->action->right, error);
  g_ptr_array_add (self->granted, g_steal_pointer (&decided));
  return TRUE;
}

char *
tai_desk_find_approver (TaiDesk *self, const char *action, const TaiOrder *order, const char *clerk,
                        TaiMoney amount, gint64 used_us)
{
  g_autoptr (TaiApproval) asked =
      tai_approval_new (&order->id, tai_action_find (action), order->id.text, amount, clerk, used_us);

  return tai_visit_store_find_approver (self->ports.store, asked, used_us, NULL);
}

GPtrArray *
tai_desk_list_approvers (TaiDesk *self, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  GPtrArray *list;

  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  if (!tai_desk_check_right (self, TAI_RIGHT_TILL, error))
    return NULL;
  all = tai_visit_store_list_staff (self->ports.store, error);
  if (all == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  while (all->len > 0) {
    TaiStaff *one = g_ptr_array_steal_index (all, 0);
    TaiRight right = TAI_RIGHT_APPROVE | (self->asked != NULL ? self->asked->action->right : 0);
    if (!one->disabled && (one->rights & right) == right && strcmp (one->number, self->staff->number) != 0)
      g_ptr_array_add (list, one);
    else
      tai_staff_free (one);
  }
  return list;
}

gboolean
tai_desk_add_decision (TaiDesk *self, TaiChange *change, const TaiPayment *payment, const char *action,
                       GError **error)
{
  if ((self->staff->rights & TAI_RIGHT_APPROVE) && g_strcmp0 (payment->clerk, self->staff->number) != 0)
    return TRUE;
  return tai_desk_take_approval (self, change, action, payment->id.text, payment->amount, error);
}
