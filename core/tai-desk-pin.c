/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is it he: PIN and code of whoever signs in, takes over or says yes in another's place, and the lock-out after wrong ones. On the
 * desk's worker. */
#include "tai-desk-private.h"

#include "tai-proof.h"
#include "tai-totp.h"

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
