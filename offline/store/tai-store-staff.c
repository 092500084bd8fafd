/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What HQ sends whole (staff, catalogue), wrong PINs, settings. On the store's worker. */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-store-private.h"

#include "tai-core-error.h"
#include "tai-limits.h"
#include "tai-offline-error.h"

char *
tai_store_get_setting (TaiVisitStore *store, const char *name, GError **error)
{
  static const TaiSql select = {"setting.select", "SELECT value FROM setting WHERE name = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "t", name);

  return query && tai_query_next (query, error) > 0 ? tai_query_dup_text (query, 0) : NULL;
}

/* Staff ------------------------------------------------------------------------------------------------------------------ */

TaiStaff *
tai_store_find_staff (TaiVisitStore *store, const char *number, guint *failures, gint64 *last_failure_us,
                      GError **error)
{
  static const TaiSql select = {
      "staff.select", "SELECT name, role, rights, pin_record, disabled, failures, last_us, code_record, step "
                      "FROM staff LEFT JOIN sign_in_failure USING (number) "
                      "LEFT JOIN used_code USING (number) WHERE number = ?"};
  g_autoptr (TaiQuery) query = tai_database_query (TAI_STORE (store)->db, &select, error, "t", number);
  int step = query ? tai_query_next (query, error) : -1;
  TaiStaff *staff;
  TaiRole role;

  if (step <= 0)
    return NULL;
  if (!tai_role_from_text (tai_query_get_text (query, 1), &role, NULL)) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "staff %s: unknown role", number);
    return NULL;
  }
  staff = tai_staff_new (number, tai_query_get_text (query, 0), role, tai_query_get_text (query, 3));
  staff->rights = (TaiRight)tai_query_get_int (query, 2);
  staff->disabled = tai_query_get_int (query, 4) != 0;
  staff->code_record = tai_query_dup_text (query, 7);
  staff->code_step = tai_query_get_int (query, 8);
  if (failures != NULL)
    *failures = (guint)tai_query_get_int (query, 5);
  if (last_failure_us != NULL)
    *last_failure_us = tai_query_get_int (query, 6);
  return staff;
}

GPtrArray *
tai_store_list_staff (TaiVisitStore *store, GError **error)
{
  static const TaiSql select = {"staff.list", "SELECT number FROM staff ORDER BY number"};
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  g_autoptr (TaiQuery) query = NULL;
  int step;

  query = tai_database_query (TAI_STORE (store)->db, &select, error, "");
  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0) {
    TaiStaff *person = tai_store_find_staff (store, tai_query_get_text (query, 0), NULL, NULL, error);
    if (person == NULL)
      return NULL;
    g_ptr_array_add (staff, person);
  }
  return step == 0 ? g_steal_pointer (&staff) : NULL;
}

static gboolean
insert_staff (TaiDatabase *db, const TaiStaff *staff, GError **error)
{
  static const TaiSql insert = {
      "staff.insert", "INSERT INTO staff (number, name, role, rights, pin_record, disabled, code_record) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?)"};

  return tai_database_run (db, &insert, error, "tttitwt", staff->number, staff->name,
                           tai_role_to_text (staff->role), (gint64)staff->rights, staff->pin_record,
                           (int)staff->disabled, staff->code_record);
}

static gboolean
replace_all (TaiDatabase *db, GPtrArray *staff, GError **error)
{
  static const TaiSql delete = {"staff.delete", "DELETE FROM staff"};
  /* Who is no longer there cannot sign in; if he comes back he starts anew. */
  static const TaiSql forget = {"failure.forget",
                                "DELETE FROM sign_in_failure WHERE number NOT IN (SELECT number FROM staff)"};

  if (!tai_database_run (db, &delete, error, ""))
    return FALSE;
  for (guint i = 0; i < staff->len; i++)
    if (!insert_staff (db, g_ptr_array_index (staff, i), error))
      return FALSE;
  return tai_database_run (db, &forget, error, "");
}

gboolean
tai_store_replace_staff (TaiVisitStore *store, GPtrArray *staff, GError **error)
{
  TaiStore *self = TAI_STORE (store);

  if (!tai_store_check_writable (self, error) || !tai_database_begin (self->db, error))
    return FALSE;
  if (replace_all (self->db, staff, error))
    return tai_database_commit (self->db, error);
  tai_database_rollback (self->db);
  return FALSE;
}

/* Only for numbers that are staff: a kiosk's keyboard must not fill the table. */
gboolean
tai_store_note_sign_in (TaiVisitStore *store, const char *number, gboolean good, gint64 time_us,
                        GError **error)
{
  static const TaiSql forget = {"failure.delete", "DELETE FROM sign_in_failure WHERE number = ?"};
  static const TaiSql count = {
      "failure.count",
      "INSERT INTO sign_in_failure (number, failures, last_us) SELECT number, 1, ?2 FROM staff WHERE "
      "number = ?1 ON CONFLICT DO UPDATE SET failures = failures + 1, last_us = excluded.last_us"};
  TaiStore *self = TAI_STORE (store);

  if (!tai_store_check_writable (self, error))
    return FALSE;
  if (good)
    return tai_database_run (self->db, &forget, error, "t", number);
  if (!tai_database_run (self->db, &count, error, "ti", number, time_us))
    return FALSE;
  if (tai_database_get_changes (self->db) > 0)
    return TRUE;
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_STAFF_UNKNOWN, "no such staff number: %s", number);
  return FALSE;
}

gboolean
tai_store_use_code (TaiVisitStore *store, const char *number, gint64 step, GError **error)
{
  static const TaiSql use = {"code.use", "INSERT INTO used_code (number, step) VALUES (?, ?) "
                                         "ON CONFLICT DO UPDATE SET step = max (step, excluded.step)"};
  TaiStore *self = TAI_STORE (store);

  return tai_store_check_writable (self, error) &&
         tai_database_run (self->db, &use, error, "ti", number, step);
}

/* An hour is fine enough for an age in days, and spares the disk. */
#define CONFIRM_US G_TIME_SPAN_HOUR

/* Catalogue ---------------------------------------------------------------------------------------------------------------- */

gboolean
tai_store_set_catalogue (TaiStore *self, const char *etag, GBytes *body, gint64 loaded_us, GError **error)
{
  static const TaiSql put = {"catalogue.put",
                             "INSERT INTO catalogue (one, etag, loaded_us, body) VALUES (1, ?, ?, ?) "
                             "ON CONFLICT DO UPDATE SET etag = excluded.etag, loaded_us = "
                             "excluded.loaded_us, body = excluded.body"};

  g_return_val_if_fail (TAI_IS_STORE (self) && body != NULL, FALSE);
  if (g_bytes_get_size (body) > TAI_LIMIT_CATALOGUE_BYTES) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LIMIT, "a catalogue has at most %d bytes",
                 TAI_LIMIT_CATALOGUE_BYTES);
    return FALSE;
  }
  return tai_store_check_writable (self, error) &&
         tai_database_run (self->db, &put, error, "tib", etag, loaded_us, body);
}

gboolean
tai_store_confirm_catalogue (TaiStore *self, gint64 now_us, GError **error)
{
  static const TaiSql confirm = {"catalogue.confirm",
                                 "UPDATE catalogue SET loaded_us = ?1 WHERE loaded_us < ?1 - ?2"};

  g_return_val_if_fail (TAI_IS_STORE (self), FALSE);
  return tai_store_check_writable (self, error) &&
         tai_database_run (self->db, &confirm, error, "ii", now_us, CONFIRM_US);
}

GBytes *
tai_store_get_catalogue (TaiStore *self, char **etag, gint64 *loaded_us, GError **error)
{
  static const TaiSql select = {"catalogue.select", "SELECT etag, loaded_us, body FROM catalogue"};
  g_autoptr (TaiQuery) query = NULL;

  g_return_val_if_fail (TAI_IS_STORE (self), NULL);
  query = tai_database_query (self->db, &select, error, "");
  if (query == NULL || tai_query_next (query, error) <= 0)
    return NULL;
  if (etag != NULL)
    *etag = tai_query_dup_text (query, 0);
  if (loaded_us != NULL)
    *loaded_us = tai_query_get_int (query, 1);
  return tai_query_dup_bytes (query, 2);
}
