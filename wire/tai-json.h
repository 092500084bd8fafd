/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-wire-error.h"

G_BEGIN_DECLS

/**
 * TaiJson: a JSON value that was parsed or built in memory. THE wrapper of json-c: nobody else includes it.
 *
 * A null is the NULL pointer; the root of a parsed text is always an object or an array, so NULL from a parser is an error.
 * A node belongs to its parent: what the getters return is borrowed and lives as long as the root. Only a root, a copy or a
 * fresh value is freed. Decimals (19.90, 1e3) are kept as the text they came in and never become binary fractions.
 * One thread at a time per tree; a tree may move between threads. Errors are TAI_WIRE_ERROR_*.
 */
typedef struct json_object TaiJson;

typedef enum {
  TAI_JSON_NULL,
  TAI_JSON_BOOL,
  TAI_JSON_INT,     /* fits int64 */
  TAI_JSON_DECIMAL, /* any other number: has its text */
  TAI_JSON_STRING,
  TAI_JSON_ARRAY,
  TAI_JSON_OBJECT
} TaiJsonKind;

#define TAI_JSON_MAX_DEPTH  32
#define TAI_JSON_MAX_NUMBER 40  /* characters of one number */
#define TAI_JSON_MAX_NAME   127 /* bytes of one name in a path given to a getter */

/**
 * TaiJsonLimits: what one text may be. 0 = the default of the member.
 * @max_bytes: default 1 MiB; never above 64 MiB
 * @max_depth: default and at most TAI_JSON_MAX_DEPTH; "[]" has depth 1
 * @max_values: default 50,000; "[[],[],…" costs a hundred times its bytes in memory
 */
typedef struct {
  gsize max_bytes;
  guint max_depth;
  guint max_values;
} TaiJsonLimits;

/* Parses one whole RFC 8259 text and nothing more lenient. @length -1: NUL-terminated; @limits NULL: the defaults.
 * Errors: SYNTAX, DEPTH, SIZE, UTF8, DUPLICATE_KEY, NUMBER. (transfer full) */
TaiJson *tai_json_parse (const char *bytes, gssize length, const TaiJsonLimits *limits, GError **error);
/* Another owner of the whole tree: each frees it. Read it only. Not for several threads at once. (transfer full) */
TaiJson *tai_json_ref (TaiJson *json);
void tai_json_free (TaiJson *json); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiJson, tai_json_free)

/*
 * Reading. A path is names and array indexes joined by dots, "productOrderItem.0.product.id"; "" is the node itself. A name
 * that itself holds a dot is reached with tai_json_get_member.
 */
TaiJsonKind tai_json_get_kind (const TaiJson *node);
const char *tai_json_kind_to_text (TaiJsonKind kind);
gboolean tai_json_has (const TaiJson *node, const char *path);       /* there, be it null */
const TaiJson *tai_json_get (const TaiJson *node, const char *path); /* NULL: missing or null */
const TaiJson *tai_json_get_member (const TaiJson *object, const char *name);
guint tai_json_get_length (const TaiJson *node); /* elements or members; 0 for anything else */
const TaiJson *tai_json_get_element (const TaiJson *array, guint index);

/* Required: missing, null, another type -> FALSE/NULL and an error that names the path. Results are borrowed. */
const char *tai_json_require_string (const TaiJson *node, const char *path, GError **error);
gboolean tai_json_require_int (const TaiJson *node, const char *path, gint64 *value, GError **error);
gboolean tai_json_require_bool (const TaiJson *node, const char *path, gboolean *value, GError **error);
const TaiJson *tai_json_require_array (const TaiJson *node, const char *path, GError **error);
const TaiJson *tai_json_require_object (const TaiJson *node, const char *path, GError **error);
/* An int, a decimal or a string that is one: -?digits(.digits)?, exponents are a VALUE error. (transfer full) */
char *tai_json_require_decimal (const TaiJson *node, const char *path, GError **error);

/* A string that must not stay in memory: its bytes become blanks. Nothing happens when there is none. */
void tai_json_wipe_string (TaiJson *node, const char *path);

/* Optional: missing or null -> TRUE and the caller's default stays in *@value; another type -> FALSE and an error. */
gboolean tai_json_optional_string (const TaiJson *node, const char *path, const char **value, GError **error);
gboolean tai_json_optional_int (const TaiJson *node, const char *path, gint64 *value, GError **error);
gboolean tai_json_optional_bool (const TaiJson *node, const char *path, gboolean *value, GError **error);
gboolean tai_json_optional_array (const TaiJson *node, const char *path, const TaiJson **value,
                                  GError **error);
gboolean tai_json_optional_object (const TaiJson *node, const char *path, const TaiJson **value,
                                   GError **error);

/* For who reads element by element: "action: missing" becomes "productOrderItem[2].action: missing". @index -1: none. */
void tai_json_error_within (GError **error, const char *name, gssize index);

/* Members in the order of the text. */
typedef struct {
  gpointer next; /* (private) */
  const char *name;
  const TaiJson *value; /* (nullable): null */
} TaiJsonIter;
void tai_json_iter_init (TaiJsonIter *iter, const TaiJson *object); /* of anything else: no members */
gboolean tai_json_iter_next (TaiJsonIter *iter);

/* Same kinds, same members in any order, same elements in the same order; decimals by their text (1.0 is not 1.00). */
gboolean tai_json_equal (const TaiJson *a, const TaiJson *b);

/* Changing. All (transfer full) values are owned by the tree afterwards; @value NULL writes null. */
TaiJson *tai_json_new_object (void);
TaiJson *tai_json_new_array (void);
TaiJson *tai_json_new_string (const char *value);
TaiJson *tai_json_new_int (gint64 value);
TaiJson *tai_json_new_bool (gboolean value);
TaiJson *tai_json_new_decimal (const char *text); /* a JSON number: our bug if it isn't */
TaiJson *tai_json_copy (const TaiJson *node);     /* deep */
void tai_json_set (TaiJson *object, const char *name, TaiJson *value);
void tai_json_delete (TaiJson *object, const char *name); /* no such member: nothing happens */
void tai_json_append (TaiJson *array, TaiJson *value);
/* RFC 7396. @target (nullable). Neither argument changes; NULL when @patch is null. (transfer full) */
TaiJson *tai_json_merge_patch (const TaiJson *target, const TaiJson *patch);

/* Compact text, members in their order. (transfer full) */
char *tai_json_to_text (const TaiJson *node);

/**
 * TaiJsonWriter: renders JSON text in the order of the calls; the same calls give the same bytes, which are hashed and kept
 * and never rendered again. Nesting, names and UTF-8 are asserted: what is wrong there is our bug. At most
 * TAI_JSON_MAX_DEPTH deep.
 */
typedef struct _TaiJsonWriter TaiJsonWriter;

TaiJsonWriter *tai_json_writer_new (void);
void tai_json_writer_free (TaiJsonWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiJsonWriter, tai_json_writer_free)
/* Both free @self; the text must be complete. (transfer full) */
GBytes *tai_json_writer_end_bytes (TaiJsonWriter *self);
char *tai_json_writer_end_text (TaiJsonWriter *self);

void tai_json_writer_begin_object (TaiJsonWriter *self);
void tai_json_writer_end_object (TaiJsonWriter *self);
void tai_json_writer_begin_array (TaiJsonWriter *self);
void tai_json_writer_end_array (TaiJsonWriter *self);
void tai_json_writer_key (TaiJsonWriter *self, const char *name);
void tai_json_writer_string (TaiJsonWriter *self, const char *value);
void tai_json_writer_int (TaiJsonWriter *self, gint64 value);
void tai_json_writer_bool (TaiJsonWriter *self, gboolean value);
void tai_json_writer_null (TaiJsonWriter *self);
void tai_json_writer_decimal (TaiJsonWriter *self, const char *text); /* a JSON number */
void tai_json_writer_raw (TaiJsonWriter *self, const char *json,
                          gssize length); /* one complete value, taken on trust */
void tai_json_writer_node (TaiJsonWriter *self, const TaiJson *node);

/* Key and value at once; a NULL string leaves the member out. */
void tai_json_writer_add_string (TaiJsonWriter *self, const char *name, const char *value);
void tai_json_writer_add_int (TaiJsonWriter *self, const char *name, gint64 value);
void tai_json_writer_add_bool (TaiJsonWriter *self, const char *name, gboolean value);
/* RFC 3339; 0, which is no time, leaves the member out. */
void tai_json_writer_add_time (TaiJsonWriter *self, const char *name, gint64 time_us);
void tai_json_writer_add_node (TaiJsonWriter *self, const char *name, const TaiJson *node);
/* {"name": { … begin_object under a key */
void tai_json_writer_add_object (TaiJsonWriter *self, const char *name);
void tai_json_writer_add_array (TaiJsonWriter *self, const char *name);

G_END_DECLS
