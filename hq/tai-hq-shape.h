/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"

G_BEGIN_DECLS

/**
 * HqShape: what one type of the standard looks like. @members: words "name:kind", with "[]" behind an array's kind and "!"
 * behind what must be there. A kind is string, time (RFC 3339), bool, int, number, any, or another shape. A shape of words
 * is "=one|other". Members that no shape names are let through: the standard wants to be extended.
 */
typedef struct {
  const char *name, *members;
} HqShape;

extern const HqShape hq_shapes[]; /* by name; ends with NULL */

/**
 * hq_shape_check:
 * @name: of a shape; our bug if there is none
 * @is_lenient: what is missing or empty inside is let through; at the top nothing is
 *
 * Errors: TAI_WIRE_ERROR_MISSING, _TYPE, _VALUE with the place in front. Thread: any.
 */
gboolean hq_shape_check (const char *name, const TaiJson *json, gboolean is_lenient, GError **error);

/* What a reference inside @json must have, and whoever wrote it left out though it can only be one thing: "@referredType" is what
 * the member is called, "href" is the id. */
void hq_shape_complete (const char *name, TaiJson *json);

/* TRUE: the shape has a member of this name. */
gboolean hq_shape_has (const char *name, const char *member);

/* TRUE: @list, of words with spaces between, has it. */
gboolean hq_words_have (const char *list, const char *word);

G_END_DECLS
