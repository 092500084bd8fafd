/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers and SIMs that HQ leased to this terminal: leased, held for a visit, used by an order. Every move is checked
 * against the stored state and its holder, so two visits never get the same number. On the store's worker.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-offline-error.h"

#define DEFAULT_LIMIT 100

typedef struct {
  gboolean is_there;
  guint state;
  TaiUuid holder;
  gint64 lease_until_us, hold_until_us;
} Stored;

static gboolean
load_stored (TaiCommit *self, const TaiResourceFact *fact, Stored *stored, GError **error)
{
  static const TaiSql select = {"resource.state",
                                "SELECT state, holder, lease_until_us, hold_until_us FROM resource "
                                "WHERE kind = ? AND value = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (self->db, &select, error, "tt", fact->kind, fact->value);
  int step = query ? tai_query_next (query, error) : -1;

  *stored = (Stored){0};
  if (step <= 0)
    return step == 0;
  stored->is_there = TRUE;
  stored->holder = tai_query_get_uuid (query, 1);
  stored->lease_until_us = tai_query_get_int (query, 2);
  stored->hold_until_us = tai_query_get_int (query, 3);
  return tai_store_parse_state (&tai_resource_states, tai_query_get_text (query, 0), &stored->state, error);
}

static gboolean
fail_taken (const TaiResourceFact *fact, GError **error)
{
  g_set_error (error, TAI_CORE_ERROR,
               g_str_equal (fact->kind, TAI_RESOURCE_SIM) ? TAI_CORE_ERROR_SIM_TAKEN
                                                          : TAI_CORE_ERROR_NUMBER_TAKEN,
               "%s %s is another's", fact->kind, fact->value);
  return FALSE;
}

static gboolean
fail_not_leased (const TaiResourceFact *fact, const char *why, GError **error)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_NOT_LEASED, "%s %s: %s", fact->kind, fact->value, why);
  return FALSE;
}

/* A time that has come; 0 = never comes. Without a time in the change nothing has. */
static gboolean
is_over (TaiCommit *self, gint64 until_us)
{
  return until_us != 0 && until_us <= self->now_us;
}

static gboolean
is_holder (const Stored *stored, const TaiResourceFact *fact)
{
  return fact->holder.text[0] != '\0' && strcmp (stored->holder.text, fact->holder.text) == 0;
}

static gboolean
save (TaiCommit *self, const TaiResourceFact *fact, TaiResourceState state, const TaiUuid *holder,
      gint64 lease_until_us, gint64 hold_until_us, GError **error)
{
  static const TaiSql update = {
      "resource.move", "UPDATE resource SET state = ?, holder = ?, lease_until_us = ?, hold_until_us = ?, "
                       "grade = coalesce (?, grade) WHERE kind = ? AND value = ?"};

  return tai_database_run (self->db, &update, error, "tuiittt",
                           tai_state_to_text (&tai_resource_states, state), holder, lease_until_us,
                           hold_until_us, fact->grade, fact->kind, fact->value);
}

/* From HQ: new stock, or a longer lease of what is here, whoever holds it. */
static gboolean
lease (TaiCommit *self, const TaiResourceFact *fact, const Stored *stored, GError **error)
{
  static const TaiSql insert = {"resource.insert",
                                "INSERT INTO resource (kind, value, grade, state, lease_until_us) "
                                "VALUES (?, ?, ?, 'leased', ?)"};

  if (!stored->is_there)
    return tai_database_run (self->db, &insert, error, "ttti", fact->kind, fact->value, fact->grade,
                             fact->until_us);
  if (stored->state == TAI_RESOURCE_HELD || stored->state == TAI_RESOURCE_LEASED)
    return save (self, fact, stored->state, &stored->holder, fact->until_us, stored->hold_until_us, error);
  return tai_state_check_move (&tai_resource_states, stored->state, TAI_RESOURCE_LEASED, error) &&
         save (self, fact, TAI_RESOURCE_LEASED, NULL, fact->until_us, 0, error);
}

/* A visit lets go. What it no longer holds (the hold ended, another visit has it) is none of its business. */
static gboolean
release (TaiCommit *self, const TaiResourceFact *fact, const Stored *stored, GError **error)
{
  if (!stored->is_there)
    return fail_not_leased (fact, "not in this terminal's stock", error);
  if (stored->state != TAI_RESOURCE_HELD || !is_holder (stored, fact))
    return TRUE;
  return save (self, fact, TAI_RESOURCE_LEASED, NULL, stored->lease_until_us, 0, error);
}

static gboolean
hold (TaiCommit *self, const TaiResourceFact *fact, const Stored *stored, GError **error)
{
  gboolean is_free_again = stored->state == TAI_RESOURCE_HELD &&
                           (is_holder (stored, fact) || is_over (self, stored->hold_until_us));

  if (!stored->is_there || stored->state == TAI_RESOURCE_FREE)
    return fail_not_leased (fact, "not in this terminal's stock", error);
  if (stored->state == TAI_RESOURCE_USED || (stored->state == TAI_RESOURCE_HELD && !is_free_again))
    return fail_taken (fact, error);
  if (is_over (self, stored->lease_until_us))
    return fail_not_leased (fact, "the lease has ended", error);
  g_assert (is_free_again || tai_state_can_move (&tai_resource_states, stored->state, TAI_RESOURCE_HELD));
  return save (self, fact, TAI_RESOURCE_HELD, &fact->holder, stored->lease_until_us, fact->until_us, error);
}

/* The holder of what becomes used is an order, and what it takes must be held by that order's visit. */
static gboolean
use (TaiCommit *self, const TaiResourceFact *fact, const Stored *stored, GError **error)
{
  static const TaiSql is_visit = {"resource.visit", "SELECT visit_id = ? FROM customer_order WHERE id = ?"};
  gint64 holds = 0;

  if (!stored->is_there || stored->state == TAI_RESOURCE_FREE)
    return fail_not_leased (fact, "not in this terminal's stock", error);
  if (stored->state == TAI_RESOURCE_USED)
    return fail_taken (fact, error);
  if (!tai_state_check_move (&tai_resource_states, stored->state, TAI_RESOURCE_USED, error) ||
      !tai_database_get_int (self->db, &is_visit, 0, &holds, error, "uu", &stored->holder, &fact->holder))
    return FALSE;
  if (!holds)
    return fail_taken (fact, error);
  if (is_over (self, stored->lease_until_us))
    return fail_not_leased (fact, "the lease has ended", error);
  return save (self, fact, TAI_RESOURCE_USED, &fact->holder, stored->lease_until_us, 0, error);
}

/* Back to HQ: a lease that was returned, or what a refused order had used. */
static gboolean
set_free (TaiCommit *self, const TaiResourceFact *fact, const Stored *stored, GError **error)
{
  if (!stored->is_there)
    return fail_not_leased (fact, "not in this terminal's stock", error);
  if (stored->state == TAI_RESOURCE_USED && !is_holder (stored, fact))
    return fail_taken (fact, error);
  return tai_state_check_move (&tai_resource_states, stored->state, TAI_RESOURCE_FREE, error) &&
         save (self, fact, TAI_RESOURCE_FREE, NULL, 0, 0, error);
}

gboolean
tai_commit_resource (TaiCommit *self, const TaiResourceFact *fact, GError **error)
{
  Stored stored;

  if (!load_stored (self, fact, &stored, error))
    return FALSE;
  switch (fact->to) {
  case TAI_RESOURCE_LEASED:
    return fact->holder.text[0] ? release (self, fact, &stored, error) : lease (self, fact, &stored, error);
  case TAI_RESOURCE_HELD:
    return hold (self, fact, &stored, error);
  case TAI_RESOURCE_USED:
    return use (self, fact, &stored, error);
  case TAI_RESOURCE_FREE:
    return set_free (self, fact, &stored, error);
  default:
    g_assert_not_reached ();
  }
}

gint64
tai_store_release_holds (TaiStore *self, gint64 now_us, GError **error)
{
  static const TaiSql update = {"resource.release",
                                "UPDATE resource SET state = 'leased', holder = NULL, "
                                "hold_until_us = 0 WHERE state = 'held' AND hold_until_us <= ?"};
  g_return_val_if_fail (TAI_IS_STORE (self), -1);

  if (!tai_store_check_writable (self, error) || !tai_database_run (self->db, &update, error, "i", now_us))
    return -1;
  return tai_database_get_changes (self->db);
}

gint64
tai_store_release_lost_holds (TaiStore *self, GError **error)
{
  static const TaiSql update = {"resource.release_lost",
                                "UPDATE resource SET state = 'leased', holder = NULL, hold_until_us = 0 "
                                "WHERE state = 'held' AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.id = "
                                "resource.holder AND visit.state = 'placed')"};
  g_return_val_if_fail (TAI_IS_STORE (self), -1);

  if (!tai_store_check_writable (self, error) || !tai_database_run (self->db, &update, error, ""))
    return -1;
  return tai_database_get_changes (self->db);
}

/* Reading ------------------------------------------------------------------------------------------------------------ */

#define COLUMNS                                                                                              \
  "kind, value, grade, state, holder, iif (state = 'held', hold_until_us, lease_until_us), lease_until_us"

static TaiResource *
load_resource (TaiQuery *query, GError **error)
{
  TaiResource *resource;
  guint state;

  if (!tai_store_parse_state (&tai_resource_states, tai_query_get_text (query, 3), &state, error))
    return NULL;
  resource = g_new0 (TaiResource, 1);
  resource->kind = tai_query_dup_text (query, 0);
  resource->value = tai_query_dup_text (query, 1);
  resource->grade = tai_query_dup_text (query, 2);
  resource->state = state;
  resource->holder = tai_query_get_uuid (query, 4);
  resource->until_us = tai_query_get_int (query, 5);
  resource->lease_until_us = tai_query_get_int (query, 6);
  return resource;
}

TaiResource *
tai_store_find_resource (TaiVisitStore *store, const char *kind, const char *value, GError **error)
{
  static const TaiSql select = {"resource.select",
                                "SELECT " COLUMNS " FROM resource WHERE kind = ? AND value = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "tt", kind, value);
  int step = query ? tai_query_next (query, error) : -1;

  return step > 0 ? load_resource (query, error) : NULL;
}

/* The stock that can be sold has an index of its own: the used ones grow for years. */
GPtrArray *
tai_store_list_resources (TaiVisitStore *store, const char *kind, TaiResourceState state, const char *prefix,
                          guint limit, GError **error)
{
  static const TaiSql leased = {
      "resource.list_leased",
      "SELECT " COLUMNS
      " FROM resource WHERE state = 'leased' AND kind = ?1 AND value >= ?2 AND value < ?2 || char (1114111) "
      "AND substr (value, 1, length (?2)) = ?2 AND state = ?3 ORDER BY value LIMIT ?4"};
  static const TaiSql others = {
      "resource.list",
      "SELECT " COLUMNS " FROM resource WHERE kind = ?1 AND value >= ?2 AND value < ?2 || char (1114111) "
      "AND substr (value, 1, length (?2)) = ?2 AND state = ?3 ORDER BY value LIMIT ?4"};
  g_autoptr (GPtrArray) resources = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_resource_free);
  g_autoptr (TaiQuery) query =
      tai_database_query (TAI_STORE (store)->db, state == TAI_RESOURCE_LEASED ? &leased : &others, error,
                          "ttti", kind, prefix ? prefix : "", tai_state_to_text (&tai_resource_states, state),
                          (gint64)(limit ? limit : DEFAULT_LIMIT));
  int step;

  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiResource *resource = load_resource (query, error);
    if (resource == NULL)
      return NULL;
    g_ptr_array_add (resources, resource);
  }
  return step == 0 ? g_steal_pointer (&resources) : NULL;
}

gboolean
tai_store_get_stock (TaiVisitStore *store, TaiStockFigures *figures, GError **error)
{
  static const TaiSql count = {"resource.count",
                               "SELECT count (*) FROM resource WHERE state = 'leased' AND kind = ?"};
  static const TaiSql loaded = {"catalogue.loaded", "SELECT loaded_us FROM catalogue"};
  TaiDatabase *db = TAI_STORE (store)->db;

  return tai_database_get_int (db, &count, 0, &figures->n_numbers, error, "t", TAI_RESOURCE_NUMBER) &&
         tai_database_get_int (db, &count, 0, &figures->n_sims, error, "t", TAI_RESOURCE_SIM) &&
         tai_database_get_int (db, &loaded, 0, &figures->catalogue_us, error, "");
}
