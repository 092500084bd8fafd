/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json.h>

G_BEGIN_DECLS

/*
 * What tests read from tests/data. A missing file, key or a wrong type ends the test with a message: a vector that is not
 * checked must not look like one that passed.
 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_object, json_object_put)

/* Path of tests/data/<name>, name may hold '/'. (transfer full) */
char *tai_test_data_path (const char *name);
/* The whole file. (transfer full) */
GBytes *tai_test_data_load (const char *name);
json_object *tai_test_data_load_json (const char *name); /* (transfer full): json_object_put */

/* Member of an object: must be there and of the type. The strings and objects belong to @object. */
json_object *tai_test_json_get (json_object *object, const char *key, json_type type);
const char *tai_test_json_string (json_object *object, const char *key);
gint64 tai_test_json_int (json_object *object, const char *key);
gboolean tai_test_json_boolean (json_object *object, const char *key);
gsize tai_test_json_length (json_object *object, const char *key); /* of an array, > 0 */
json_object *tai_test_json_element (json_object *object, const char *key, gsize index);
const char *tai_test_json_string_element (json_object *object, const char *key, gsize index);

/* Hex text, blanks allowed between the bytes. (transfer full) */
GBytes *tai_test_from_hex (const char *hex);
char *tai_test_to_hex (gconstpointer data, gsize size);

/* A random number of GLib's seeded test generator (--seed), all 64 bits. */
gint64 tai_test_rand_int64 (void);

G_END_DECLS
