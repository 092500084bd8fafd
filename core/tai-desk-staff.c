/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who works at the desk: signing in and out, and the lock of a desk that its clerk leaves for a moment. A locked desk keeps its clerk and his visits and does nothing until the PIN is given again. On the desk's worker.
 */
#include "tai-desk-private.h"

#include <string.h>

/* Over a locked desk only a supervisor: the clerk is signed out, what he was selecting is parked for him. */
static gboolean
check_take_over (TaiDesk *self, const TaiStaff *staff, GError **error)
{
  if (!self->locked || strcmp (self->staff->number, staff->number) == 0 ||
      tai_staff_check_right (staff, TAI_RIGHT_CLOSE_OTHERS, NULL))
    return TRUE;
  return tai_desk_check_unlocked (self, error);
}

static gboolean
commit_sign_in (TaiDesk *self, const TaiStaff *before, GPtrArray *left, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();
  const char *number = self->staff->number;
  gboolean is_back = self->locked && strcmp (before->number, number) == 0;

  tai_change_take_journal (
      change, tai_desk_journal (self, is_back ? "unlock" : "sign_in", NULL, number, NULL, tai_money (0, 0)));
  for (guint i = 0; i < left->len; i++)
    if (!tai_desk_add_parking (self, change, g_ptr_array_index (left, i), before->number, error))
      return FALSE;
  return tai_visit_store_note_sign_in (self->ports.store, number, TRUE, tai_desk_now (self), error) &&
         tai_desk_commit (self, change, error);
}

static gboolean
accept_sign_in (TaiDesk *self, TaiStaff *staff, GError **error)
{
  g_autoptr (TaiStaff) before = self->staff;
  g_autoptr (GPtrArray) left = NULL;

  left = self->locked && strcmp (before->number, staff->number) != 0
             ? tai_desk_list_begun (self, error)
             : g_ptr_array_new_with_free_func (g_object_unref);
  self->staff = staff; /* the entry names the clerk who comes */
  if (left == NULL || !commit_sign_in (self, before, left, error)) {
    self->staff = g_steal_pointer (&before);
    tai_staff_free (staff);
    return FALSE;
  }
  for (guint i = 0; i < left->len; i++)
    tai_desk_finish_parking (self, g_ptr_array_index (left, i), before->number);
  self->locked = FALSE;
  self->locked_until_us = 0;
  tai_desk_forget_approvals (self);
  return TRUE;
}

void
tai_desk_change_staff (TaiDesk *self, TaiStaff *staff)
{
  g_clear_pointer (&self->staff, tai_staff_free);
  self->staff = staff;
  tai_desk_forget_approvals (self);
}

gboolean
tai_desk_sign_in (TaiDesk *self, const char *number, const char *pin, GError **error)
{
  g_autoptr (TaiStaff) staff = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && number != NULL && pin != NULL, FALSE);
  staff = tai_desk_check_pin (self, number, pin, error);
  if (staff == NULL)
    return FALSE;
  return check_take_over (self, staff, error) && accept_sign_in (self, g_steal_pointer (&staff), error);
}

void
tai_desk_sign_out (TaiDesk *self)
{
  g_return_if_fail (TAI_IS_DESK (self));
  if (self->locked) /* whoever comes by could sign in after it */
    return;
  g_clear_pointer (&self->staff, tai_staff_free);
  tai_desk_forget_approvals (self);
}

void
tai_desk_lock (TaiDesk *self)
{
  g_autofree char *number = NULL;

  g_return_if_fail (TAI_IS_DESK (self));
  if (self->staff == NULL || self->locked)
    return;
  number = g_strdup (self->staff->number);
  self->locked = TRUE;
  /* Journalled whether or not that succeeds: a full disk must not keep a desk open. */
  tai_desk_note (self, "lock", number, NULL, NULL);
}

gboolean
tai_desk_unlock (TaiDesk *self, const char *pin, GError **error)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (TAI_IS_DESK (self) && pin != NULL, FALSE);
  if (!self->locked) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STATE, "the desk is not locked");
    return FALSE;
  }
  number = g_strdup (self->staff->number);
  return tai_desk_sign_in (self, number, pin, error);
}

gboolean
tai_desk_is_locked (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  return self->locked;
}

const TaiStaff *
tai_desk_get_staff (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return self->staff;
}

gint64
tai_desk_get_locked_until_us (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), 0);
  return self->locked_until_us;
}
