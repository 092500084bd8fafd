/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Approvals: written when they were decided, checked against what was granted when they are used, used once. On the store's
 * worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-offline-error.h"

static gboolean
insert (TaiCommit *self, const TaiApproval *approval, GError **error)
{
  static const TaiSql sql = {
      "approval.insert",
      "INSERT INTO approval (id, state, action, subject, amount_minor, currency, asked_by, asked_us, approver, "
      "decided_us, until_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};

  if (approval->state == TAI_APPROVAL_USED || approval->state == TAI_APPROVAL_EXPIRED) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_UNKNOWN_RECORD, "no approval %s",
                 approval->id.text);
    return FALSE;
  }
  return tai_database_run (self->db, &sql, error, "utttiwtitii", &approval->id,
                           tai_state_to_text (&tai_approval_states, approval->state), approval->action->id,
                           approval->subject, approval->amount.minor, (int)approval->amount.currency,
                           approval->asked_by, approval->asked_us, approval->approver, approval->decided_us,
                           approval->until_us);
}

/* What is stored is what is used, and in time. */
static gboolean
check_same (TaiCommit *self, const TaiApproval *approval, TaiQuery *query, GError **error)
{
  gboolean same = g_strcmp0 (tai_query_get_text (query, 1), approval->action->id) == 0 &&
                  g_strcmp0 (tai_query_get_text (query, 2), approval->subject) == 0 &&
                  tai_query_get_int (query, 3) == approval->amount.minor &&
                  g_strcmp0 (tai_query_get_text (query, 4), approval->asked_by) == 0;

  if (same && (self->now_us == 0 || self->now_us < tai_query_get_int (query, 5)))
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_APPROVAL, "approval %s is %s", approval->id.text,
               same ? "too old" : "for something else");
  return FALSE;
}

gboolean
tai_commit_approval (TaiCommit *self, const TaiApproval *approval, GError **error)
{
  static const TaiSql select = {
      "approval.select",
      "SELECT state, action, subject, amount_minor, asked_by, until_us FROM approval WHERE id = ?"};
  static const TaiSql update = {"approval.move", "UPDATE approval SET state = ? WHERE id = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "u", &approval->id);
  int step = query ? tai_query_next (query, error) : -1;
  guint from;

  if (step <= 0)
    return step == 0 && insert (self, approval, error);
  if (!tai_store_parse_state (&tai_approval_states, tai_query_get_text (query, 0), &from, error) ||
      !tai_state_check_move (&tai_approval_states, from, approval->state, error) ||
      !check_same (self, approval, query, error))
    return FALSE;
  g_clear_pointer (&query, tai_query_end);
  return tai_database_run (self->db, &update, error, "tu",
                           tai_state_to_text (&tai_approval_states, approval->state), &approval->id);
}

char *
tai_store_find_approver (TaiVisitStore *store, const TaiApproval *asked, gint64 used_us, GError **error)
{
  static const TaiSql select = {
      "approval.approver",
      "SELECT approver FROM approval WHERE subject = ?1 AND action = ?2 AND amount_minor = ?3 AND asked_by = ?4 "
      "AND state IN ('granted', 'used') AND decided_us <= ?5 AND until_us >= ?5 ORDER BY decided_us DESC LIMIT 1"};
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, &select, error, "ttiti", asked->subject, asked->action->id,
                          asked->amount.minor, asked->asked_by, used_us);

  return query != NULL && tai_query_next (query, error) > 0 ? g_strdup (tai_query_get_text (query, 0)) : NULL;
}
