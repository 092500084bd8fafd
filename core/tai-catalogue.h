/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-offering.h"

G_BEGIN_DECLS

/* All that is sold, as HQ's data says. Built once by wire/ (tai_catalogue_build), checked whole, then immutable; reference
 * counted, any thread. */

typedef struct _TaiCatalogue TaiCatalogue;

/**
 * tai_catalogue_build:
 * @offerings: (transfer full) (element-type TaiOffering)
 * @etag: (nullable) HQ's version of the whole
 * @problems: (out) (optional) (transfer full): all reasons, one text each, when it fails; else NULL
 *
 * Pre-sale check, then the catalogue: no duplicate ids, no missing name or price, no negative price, one known currency,
 * requirements that exist, make no circle and fit into one basket, nothing that excludes what it requires (or what that
 * requires), discounts on monthly prices, within 0..100 % and on what exists, recurring prices by the month, a rounding other
 * than exact, validFor in order, at most one open price, paid at once, with minimum <= maximum; a price that takes over does so
 * from one that ends then; bundles of parts that exist, are no bundles and fit; a service that is free at first has a trial; a
 * penalty has a contract; something is sold under the businesses that it names. One fault refuses the whole
 * (TAI_CORE_ERROR_CATALOGUE).
 */
TaiCatalogue *tai_catalogue_build (GPtrArray *offerings, const char *etag, GPtrArray **problems,
                                   GError **error);
TaiCatalogue *tai_catalogue_ref (TaiCatalogue *self);
void tai_catalogue_unref (TaiCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCatalogue, tai_catalogue_unref)
const char *tai_catalogue_get_etag (const TaiCatalogue *self);
guint tai_catalogue_get_n_offerings (const TaiCatalogue *self);
const TaiOffering *tai_catalogue_get_offering (const TaiCatalogue *self, guint index);
const TaiOffering *tai_catalogue_find (const TaiCatalogue *self, const char *id); /* NULL: unknown */
/* First offering on sale of a kind, in catalogue order; NULL: none (e.g. the top-up offering). */
const TaiOffering *tai_catalogue_find_kind (const TaiCatalogue *self, TaiOfferingKind kind, gint64 now_us);
/* The same among those that are sold under @operation_id; one that names the operation goes before one that names none. */
const TaiOffering *tai_catalogue_find_for (const TaiCatalogue *self, TaiOfferingKind kind,
                                           const char *operation_id, gint64 now_us);
/* What numbers of that grade ask; NULL: nothing. */
const TaiOffering *tai_catalogue_find_grade (const TaiCatalogue *self, const char *grade);
/* Is anything in it for a group of customers only? Then it matters which the customer is in. */
gboolean tai_catalogue_has_groups (const TaiCatalogue *self);

G_END_DECLS
