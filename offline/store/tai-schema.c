/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * See tai-schema.h. History:
 * 1: the first one.
 * 2: placed visits are kept whole (document kind, English names, key terms); indexes of unfinished work.
 * 3: approvals name what they are about.
 * 4: payments before their visit's capture (number of a slip, released by a person).
 * 5: Z reports with what their close found, their supplements; days of the hall that are closed.
 * 6: totals of what happened beside selling and of quarters of an hour.
 * 7: code devices of staff.
 * 8: payments are found by amount and number.
 * 9: by how they were paid; the journal by subjects and rare kinds.
 * 10: slips of a visit, approvals by what they are about.
 * 11: debts that go from terminal to terminal.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-schema.h"

#include <glib/gstdio.h>

#include "tai-offline-error.h"

static const char *const steps[] = {
#include "001.sql.h"
    ,
#include "002.sql.h"
    ,
#include "003.sql.h"
    ,
#include "004.sql.h"
    ,
#include "005.sql.h"
    ,
#include "006.sql.h"
    ,
#include "007.sql.h"
    ,
#include "008.sql.h"
    ,
#include "009.sql.h"
    ,
#include "010.sql.h"
    ,
#include "011.sql.h"
    ,
};
const TaiSchema tai_schema = {steps, G_N_ELEMENTS (steps)};

static gboolean
get_pragma (TaiDatabase *db, const TaiSql *sql, gint64 *value, GError **error)
{
  return tai_database_get_int (db, sql, 0, value, error, "");
}

gboolean
tai_schema_check_header (TaiDatabase *db, const TaiSchema *schema, guint *version, GError **error)
{
  static const TaiSql user_version = {"schema.version", "PRAGMA user_version"};
  static const TaiSql application = {"schema.application", "PRAGMA application_id"};
  static const TaiSql objects = {"schema.objects", "SELECT count (*) FROM sqlite_schema"};
  gint64 number, application_id, n_objects;

  if (!get_pragma (db, &user_version, &number, error) ||
      !get_pragma (db, &application, &application_id, error) || !get_pragma (db, &objects, &n_objects, error))
    return FALSE;
  if (n_objects == 0 && number == 0) {
    *version = 0;
    return TRUE;
  }
  if (application_id != TAI_SCHEMA_APPLICATION_ID || number < 1) {
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT,
                         "the file is no database of a terminal");
    return FALSE;
  }
  if (number > schema->n_steps) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NEWER_DATABASE,
                 "the database has version %" G_GINT64_FORMAT ", this program knows up to %u", number,
                 schema->n_steps);
    return FALSE;
  }
  *version = (guint)number;
  return TRUE;
}

/* Migration --------------------------------------------------------------------------------------------------------- */

static gboolean
check_references (TaiDatabase *db, GError **error)
{
  static const TaiSql check = {"schema.references", "PRAGMA foreign_key_check"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &check, error, "");
  int step = query ? tai_query_next (query, error) : -1;

  if (step > 0)
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT, "a row of %s refers to nothing",
                 tai_query_get_text (query, 0));
  return step == 0;
}

static gboolean
run_step (TaiDatabase *db, const TaiSchema *schema, guint version, GError **error)
{
  static const TaiSql note = {"schema.note", "INSERT INTO schema_change (version, program) VALUES (?, ?)"};
  g_autofree char *header = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                                             TAI_SCHEMA_APPLICATION_ID, version);

  return tai_database_script (db, "schema.step", schema->steps[version - 1], error) &&
         tai_database_run (db, &note, error, "wt", (int)version, TAI_VERSION) &&
         check_references (db, error) && tai_database_script (db, "schema.header", header, error);
}

static gboolean
copy_pages (TaiDatabase *db, TaiDatabase *copy, GError **error)
{
  sqlite3_backup *backup =
      sqlite3_backup_init (tai_database_get_handle (copy), "main", tai_database_get_handle (db), "main");
  int rc;

  if (backup == NULL)
    return tai_database_fail (copy, sqlite3_extended_errcode (tai_database_get_handle (copy)), "backup",
                              error);
  sqlite3_backup_step (backup, -1);
  rc = sqlite3_backup_finish (backup);
  return rc == SQLITE_OK || tai_database_fail (copy, rc, "backup", error);
}

/* "backup/terminal.db.v1", or with "-2", "-3" behind it: an older copy is never written over. */
static char *
name_of_copy (const char *path, guint version, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *base = g_path_get_basename (path);
  g_autofree char *backup = g_build_filename (folder, "backup", NULL);

  if (g_mkdir_with_parents (backup, 0700) != 0) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_MIGRATION, "cannot make %s: %s", backup,
                 g_strerror (errno));
    return NULL;
  }
  for (guint i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strdup_printf ("%s/%s.v%u", backup, base, version)
                                   : g_strdup_printf ("%s/%s.v%u-%u", backup, base, version, i);
    if (!g_file_test (name, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&name);
  }
}

static gboolean
make_copy (TaiDatabase *db, const char *path, guint version, GError **error)
{
  g_autofree char *name = name_of_copy (path, version, error);
  g_autoptr (TaiDatabase) copy = NULL;

  if (name == NULL)
    return FALSE;
  copy = tai_database_open (name, TAI_DATABASE_WRITE, error);
  return copy != NULL && copy_pages (db, copy, error);
}

gboolean
tai_schema_migrate (TaiDatabase *db, const TaiSchema *schema, guint version, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (version > 0 && version < schema->n_steps && path != NULL && !g_str_has_prefix (path, "file:") &&
      !make_copy (db, path, version, error)) {
    g_prefix_error (error, "no copy before the upgrade: ");
    return FALSE;
  }
  while (version < schema->n_steps) {
    if (!tai_database_begin (db, error))
      return FALSE;
    if (!run_step (db, schema, version + 1, &reason) || !tai_database_commit (db, &reason)) {
      tai_database_rollback (db);
      if (g_error_matches (reason, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_DISK_FULL))
        g_propagate_error (error, g_steal_pointer (&reason));
      else
        g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_MIGRATION, "to version %u: %s", version + 1,
                     reason->message);
      return FALSE;
    }
    version++;
  }
  return TRUE;
}

/* Objects ----------------------------------------------------------------------------------------------------------- */

static char *
list_objects (TaiDatabase *db, GError **error)
{
  static const TaiSql list = {"schema.list",
                              "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' "
                              "ESCAPE '\\' ORDER BY type, name"};
  g_autoptr (TaiQuery) query = tai_database_query (db, &list, error, "");
  g_autoptr (GString) text = g_string_new (NULL);
  int step;

  if (query == NULL)
    return NULL;
  while ((step = tai_query_next (query, error)) > 0)
    g_string_append_printf (text, "%s %s %s\n", tai_query_get_text (query, 0), tai_query_get_text (query, 1),
                            tai_query_get_text (query, 2));
  return step == 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* What the steps make in an empty database. */
static char *
expected_objects (const TaiSchema *schema, GError **error)
{
  g_autoptr (TaiDatabase) empty = tai_database_open (":memory:", TAI_DATABASE_WRITE, error);

  if (empty == NULL || !tai_schema_migrate (empty, schema, 0, NULL, error))
    return NULL;
  return list_objects (empty, error);
}

gboolean
tai_schema_check_objects (TaiDatabase *db, const TaiSchema *schema, GError **error)
{
  g_autofree char *expected = expected_objects (schema, error);
  g_autofree char *found = expected ? list_objects (db, error) : NULL;

  if (found == NULL)
    return FALSE;
  if (g_str_equal (expected, found))
    return TRUE;
  g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_CORRUPT,
                       "tables, indexes or triggers are not those of this version");
  return FALSE;
}
