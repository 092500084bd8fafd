/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-database.h"
#include "tai-store.h"

G_BEGIN_DECLS

/*
 * The schema and its history. Forward only: version n is reached by running steps 1…n, each in one transaction; before the
 * first step on a file that holds something the file is copied to backup/ beside it. Whatever fails leaves the file as it
 * was and refuses to open it. Private to offline/store; the list is a parameter so that tests can have one of their own.
 */
typedef struct {
  const char *const *steps; /* SQL of version 1, 2, … */
  guint n_steps;
} TaiSchema;
extern const TaiSchema tai_schema;

/* "Guit": what the header of our files says. */
#define TAI_SCHEMA_APPLICATION_ID 0x47756974

/* What version the file has; 0 for an empty one. CORRUPT: not ours; NEWER_DATABASE. Reads only. */
gboolean tai_schema_check_header (TaiDatabase *db, const TaiSchema *schema, guint *version, GError **error);
/* Brings it to the last version. @path as opened (NULL or an URI: no copy is made). */
gboolean tai_schema_migrate (TaiDatabase *db, const TaiSchema *schema, guint version, const char *path,
                             GError **error);
/* Tables, indexes and triggers are those that the steps make: a dropped trigger is CORRUPT. */
gboolean tai_schema_check_objects (TaiDatabase *db, const TaiSchema *schema, GError **error);

/* tai_store_open() with another history: for tests of migrations. */
TaiStore *tai_store_open_schema (const char *path, const TaiTerminal *terminal, const TaiSchema *schema,
                                 GError **error);

G_END_DECLS
