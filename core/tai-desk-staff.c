/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who works at the desk: signing in and out, the lock-out after wrong PINs and codes, and the lock of a desk that its clerk leaves for a
 * moment. A locked desk keeps its clerk and his visits and does nothing until the PIN is given again. On the desk's worker.
 */
#include "tai-desk-private.h"

#include <string.h>

#include "tai-proof.h"
#include "tai-totp.h"

gboolean
tai_desk_check_unlocked (TaiDesk *self, GError **error)
{
  if (!self->locked)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LOCKED, "the desk is locked by %s", self->staff->number);
  return FALSE;
}

gboolean
tai_desk_check_right (TaiDesk *self, TaiRight right, GError **error)
{
  if (self->staff == NULL) {
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_RIGHT_MISSING, "nobody is signed in");
    return FALSE;
  }
  return tai_desk_check_unlocked (self, error) && tai_staff_check_right (self->staff, right, error);
}

/* Why somebody is not let in. @detail: for the journal. @counts: towards the lock-out: what a guess could come to */
typedef struct {
  TaiCoreError code;
  const char *detail, *words;
  gboolean counts;
} Refusal;

static const Refusal disabled = {TAI_CORE_ERROR_STAFF_UNKNOWN, "disabled", "disabled", TRUE};
static const Refusal wrong_pin = {TAI_CORE_ERROR_PIN_WRONG, NULL, "wrong PIN", TRUE};
static const Refusal wrong_code = {TAI_CORE_ERROR_CODE_WRONG, "code", "wrong code", TRUE};
static const Refusal wrong_clock = {TAI_CORE_ERROR_CODE_CLOCK, "code of another time", "code of another time",
                                    TRUE};
static const Refusal used_code = {TAI_CORE_ERROR_CODE_USED, "code used before", "code used before", FALSE};

/* The failure is in the store before the clerk hears of it: pulling the plug forgives nothing. */
static void
refuse_sign_in (TaiDesk *self, const TaiStaff *staff, const Refusal *why, GError **error)
{
  const char *number = staff->number;
  TaiJournalEntry *entry =
      tai_desk_journal (self, "sign_in_failed", NULL, number, why->detail, tai_money (0, 0));
  g_autoptr (TaiChange) change = tai_change_new ();

  tai_change_take_journal (change, entry);
  if ((why->counts &&
       !tai_visit_store_note_sign_in (self->ports.store, number, FALSE, entry->time_us, error)) ||
      !tai_desk_commit (self, change, error))
    return;
  g_set_error (error, TAI_CORE_ERROR, (gint)why->code, "staff number %s: %s", number, why->words);
}

/* HQ may know someone who has no PIN yet: he cannot sign in. (nullable): welcome so far */
static const Refusal *
check_pin (TaiDesk *self, const TaiStaff *staff, const char *pin)
{
  if (staff->disabled)
    return &disabled;
  if (staff->pin_record == NULL || !tai_pin_hasher_verify (self->ports.pins, staff->pin_record, pin))
    return &wrong_pin;
  return NULL;
}

/* (nullable): the code counts */
static const Refusal *
judge_code (TaiDesk *self, const TaiStaff *staff, const TaiTotp *totp, const char *code, gint64 *step)
{
  gint64 now_step = tai_totp_get_step (tai_desk_now (self));

  if (!tai_totp_find_step (totp, code, now_step, TAI_TOTP_LOOK_STEPS, step))
    return &wrong_code;
  if (ABS (*step - now_step) > TAI_TOTP_REACH)
    return &wrong_clock;
  return *step <= staff->code_step ? &used_code : NULL;
}

/* Who has a code device must have it with him. @step: what it uses up. FALSE: it cannot be judged; CODE_NEEDED is no failure,
 * and no success: what failed before stays counted. */
static gboolean
check_code (TaiDesk *self, const TaiStaff *staff, const char *code, const Refusal **why, gint64 *step,
            GError **error)
{
  g_auto (TaiTotp) totp = {0};

  if (staff->code_record == NULL)
    return TRUE;
  if (code == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CODE_NEEDED, "%s has a code device", staff->number);
    return FALSE;
  }
  if (!tai_totp_from_record (staff->code_record, &totp, error))
    return FALSE;
  *why = judge_code (self, staff, &totp, code, step);
  return TRUE;
}

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

static void
set_locked_until (TaiDesk *self, guint failures, gint64 last_failure_us)
{
  self->locked_until_us = failures ? last_failure_us + tai_lockout_wait_us (failures) : 0;
}

static TaiStaff *
find_staff (TaiDesk *self, const char *number, guint *failures, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiStaff) staff = NULL;
  gint64 last_failure_us = 0;

  staff = tai_visit_store_find_staff (self->ports.store, number, failures, &last_failure_us, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (staff == NULL) { /* not journalled: a keyboard must not fill the disk */
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STAFF_UNKNOWN, "no such staff number: %s", number);
    return NULL;
  }
  set_locked_until (self, *failures, last_failure_us);
  if (tai_desk_now (self) >= self->locked_until_us)
    return g_steal_pointer (&staff);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LOCKED_OUT, "%s is locked out after %u wrong PINs",
               number, *failures);
  return NULL;
}

TaiStaff *
tai_desk_check_pin (TaiDesk *self, const char *number, const char *proof, GError **error)
{
  guint failures = 0;
  g_autoptr (TaiStaff) staff = find_staff (self, number, &failures, error);
  g_auto (TaiProof) parts = {0};
  const Refusal *why;
  gint64 step = 0;

  if (staff == NULL)
    return NULL;
  tai_proof_split (proof, &parts);
  why = check_pin (self, staff, parts.pin);
  if (why == NULL && !check_code (self, staff, parts.code, &why, &step, error))
    return NULL;
  if (why == NULL) { /* the code is used up before it opens anything */
    tai_staff_forget_secrets (staff);
    return step == 0 || tai_visit_store_use_code (self->ports.store, number, step, error)
               ? g_steal_pointer (&staff)
               : NULL;
  }
  if (why->counts)
    set_locked_until (self, failures + 1, tai_desk_now (self));
  refuse_sign_in (self, staff, why, error);
  return NULL;
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
