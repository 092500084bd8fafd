/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every verb of the desk stands on: its state, the time, one change committed with all that rides along, the journal, who may
 * do what, and the open shift. Calls none of the verbs. On the desk's worker.
 */
#include "tai-desk-private.h"
#include "tai-journal-kind.h"

G_DEFINE_FINAL_TYPE (TaiDesk, tai_desk, G_TYPE_OBJECT)

static void
tai_desk_finalize (GObject *object)
{
  TaiDesk *self = TAI_DESK (object);

  g_clear_pointer (&self->terminal, tai_terminal_free);
  g_clear_pointer (&self->catalogue, tai_catalogue_unref);
  g_clear_pointer (&self->staff, tai_staff_free);
  g_clear_pointer (&self->invoice_page, g_free);
  g_clear_pointer (&self->tightened, g_hash_table_unref);
  g_clear_pointer (&self->parked, g_ptr_array_unref);
  g_clear_pointer (&self->begun, g_ptr_array_unref);
  g_clear_pointer (&self->asked, tai_approval_free);
  g_clear_pointer (&self->granted, g_ptr_array_unref);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  for (guint i = 0; i < TAI_N_TENDERS; i++)
    g_clear_object (&self->gateways[i]);
  g_clear_object (&self->ports.store);
  g_clear_object (&self->ports.prints);
  g_clear_object (&self->ports.renderer);
  g_clear_object (&self->ports.paperwork);
  g_clear_object (&self->ports.sealer);
  g_clear_object (&self->ports.pins);
  g_clear_object (&self->ports.clock);
  g_clear_object (&self->ports.entropy);
  G_OBJECT_CLASS (tai_desk_parent_class)->finalize (object);
}

static void
tai_desk_class_init (TaiDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_desk_finalize;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
tai_desk_init (TaiDesk *self)
{
  self->tightened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->parked = g_ptr_array_new_with_free_func (g_object_unref);
  self->begun = g_ptr_array_new_with_free_func (weak_ref_free);
  self->granted = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_approval_free);
}

const TaiTerminal *
tai_desk_get_terminal (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return self->terminal;
}

void
tai_desk_set_catalogue (TaiDesk *self, TaiCatalogue *catalogue)
{
  TaiCatalogue *old;

  g_return_if_fail (TAI_IS_DESK (self) && catalogue != NULL);
  old = self->catalogue;
  self->catalogue = tai_catalogue_ref (catalogue);
  g_clear_pointer (&old, tai_catalogue_unref);
}

TaiCatalogue *
tai_desk_get_catalogue (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return self->catalogue;
}

void
tai_desk_set_on_line (TaiDesk *self, gboolean on_line)
{
  g_return_if_fail (TAI_IS_DESK (self));
  self->on_line = on_line;
}

gboolean
tai_desk_is_on_line (TaiDesk *self)
{
  g_return_val_if_fail (TAI_IS_DESK (self), FALSE);
  return self->on_line;
}

void
tai_desk_tighten (TaiDesk *self, const char *operation_id, TaiOfflineRule rule)
{
  const TaiOperation *operation;

  g_return_if_fail (TAI_IS_DESK (self));
  operation = tai_operation_find (operation_id);
  if (operation != NULL)
    g_hash_table_insert (self->tightened, g_strdup (operation_id), GUINT_TO_POINTER (rule));
}

TaiOfflineRule
tai_desk_get_rule (TaiDesk *self, const TaiOperation *operation)
{
  TaiOfflineRule tightened;

  g_return_val_if_fail (TAI_IS_DESK (self), TAI_OFFLINE_NOT_OFFERED);
  tightened = GPOINTER_TO_UINT (g_hash_table_lookup (self->tightened, operation->id));
  return MAX (operation->offline, tightened);
}

/* Time and chance -------------------------------------------------------------------------------------------------- */

gint64
tai_desk_now (TaiDesk *self)
{
  return tai_clock_now (self->ports.clock);
}

TaiUuid
tai_desk_uuid (TaiDesk *self)
{
  return tai_entropy_uuid (self->ports.entropy, self->ports.clock);
}

TaiDate
tai_desk_today (TaiDesk *self)
{
  return tai_time_to_date (tai_desk_now (self), self->terminal->utc_offset_min);
}

/* Writing ---------------------------------------------------------------------------------------------------------- */

gboolean
tai_desk_commit (TaiDesk *self, TaiChange *change, GError **error)
{
  tai_change_set_last (change, self->riders->tell, self);
  if (!self->riders->complete (self, change, error) ||
      !tai_visit_store_commit (self->ports.store, change, error))
    return FALSE;
  self->riders->written (self, change);
  return TRUE;
}

TaiJournalEntry *
tai_desk_journal (TaiDesk *self, const char *kind, const TaiShift *shift, const char *subject,
                  const char *detail, TaiMoney amount)
{
  TaiJournalEntry *entry = g_new0 (TaiJournalEntry, 1);

  g_warn_if_fail (tai_journal_kind_is_known (kind)); /* it is written all the same */
  entry->kind = g_strdup (kind);
  entry->business_day = shift ? g_strdup (shift->business_day) : NULL;
  entry->shift_id = shift ? g_strdup (shift->id.text) : NULL;
  entry->clerk = self->staff ? g_strdup (self->staff->number) : NULL;
  entry->subject = g_strdup (subject);
  entry->detail = g_strdup (detail);
  entry->amount = amount;
  entry->time_us = tai_desk_now (self);
  return entry;
}

gboolean
tai_desk_note (TaiDesk *self, const char *kind, const char *subject, const char *detail, GError **error)
{
  g_autoptr (TaiChange) change = tai_change_new ();

  g_return_val_if_fail (TAI_IS_DESK (self) && kind != NULL, FALSE);
  tai_change_take_journal (change, tai_desk_journal (self, kind, NULL, subject, detail, tai_money (0, 0)));
  return tai_desk_commit (self, change, error);
}

/* Who may ---------------------------------------------------------------------------------------------------------- */

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

/* The open shift --------------------------------------------------------------------------------------------------- */

TaiShift *
tai_desk_get_shift (TaiDesk *self, GError **error)
{
  g_return_val_if_fail (TAI_IS_DESK (self), NULL);
  return tai_visit_store_find_open_shift (self->ports.store, self->terminal->till, error);
}

TaiShift *
tai_desk_require_shift (TaiDesk *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  TaiShift *shift = tai_desk_get_shift (self, &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (shift == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NO_SHIFT, "the till is not open");
  return shift;
}

TaiShift *
tai_desk_require_selling (TaiDesk *self, GError **error)
{
  g_autoptr (TaiShift) shift = tai_desk_require_shift (self, error);

  if (shift == NULL || shift->state != TAI_SHIFT_COUNTING)
    return g_steal_pointer (&shift);
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_COUNTING, "till %s is being counted", shift->till);
  return NULL;
}

gboolean
tai_desk_pass (GError *found, GError **error)
{
  if (found == NULL)
    return TRUE;
  g_propagate_error (error, found);
  return FALSE;
}

/* The shift that is open, or none. */
gboolean
tai_desk_find_shift (TaiDesk *self, TaiShift **shift, GError **error)
{
  GError *local_error = NULL;

  *shift = tai_desk_get_shift (self, &local_error);
  return tai_desk_pass (local_error, error);
}
