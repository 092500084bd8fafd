/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue: offerings in HQ's order and an index by id. Built by one thread, then immutable and free to any.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-catalogue.h"

#include "tai-catalogue-private.h"
#include "tai-core-error.h"
#include "tai-offering-private.h"
#include "tai-stretch.h"
#include "tai-text-private.h"

struct _TaiCatalogue {
  gatomicrefcount ref_count;
  char *etag;           /* (owned) (nullable) */
  GPtrArray *offerings; /* (owned) of TaiOffering */
  GHashTable *by_id;    /* (owned) id -> TaiOffering, both the array's */
  gboolean has_groups;
};

/* The offerings are the catalogue's from now on; so is how they are freed. */
static TaiCatalogue *
catalogue_new (GPtrArray *offerings, const char *etag)
{
  TaiCatalogue *self = g_new0 (TaiCatalogue, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_ptr_array_set_free_func (offerings, (GDestroyNotify)tai_offering_free);
  self->offerings = offerings;
  self->etag = g_strdup (etag);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < offerings->len; i++) {
    TaiOffering *offering = g_ptr_array_index (offerings, i);

    if (!g_hash_table_contains (self->by_id, offering->id))
      g_hash_table_insert (self->by_id, offering->id, offering);
    self->has_groups |= offering->groups[0] != NULL;
  }
  return self;
}

/* A price that has no name of its own is called as the offering is. */
static void
name_prices (const TaiOffering *offering)
{
  for (guint i = 0; i < offering->prices->len; i++) {
    TaiPrice *price = g_ptr_array_index (offering->prices, i);

    if (!price->name || price->name[0] == '\0') {
      g_free (price->name);
      price->name = g_strdup (offering->name);
    }
  }
}

TaiCatalogue *
tai_catalogue_build (GPtrArray *offerings, const char *etag, GPtrArray **problems, GError **error)
{
  g_autoptr (TaiCatalogue) self = NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (offerings != NULL, NULL);

  if (problems)
    *problems = NULL;
  self = catalogue_new (offerings, etag);
  tai_catalogue_check (self->offerings, self->by_id, found);
  if (found->len > 0) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_CATALOGUE,
                 "catalogue refused, %u faults, the first: %s", found->len,
                 (const char *)g_ptr_array_index (found, 0));
    if (problems)
      *problems = g_steal_pointer (&found);
    return NULL;
  }
  g_ptr_array_foreach (self->offerings, (GFunc)name_prices, NULL);
  return g_steal_pointer (&self);
}

TaiCatalogue *
tai_catalogue_ref (TaiCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tai_catalogue_unref (TaiCatalogue *self)
{
  if (!self || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->offerings);
  g_free (self->etag);
  g_free (self);
}

const char *
tai_catalogue_get_etag (const TaiCatalogue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->etag;
}

guint
tai_catalogue_get_n_offerings (const TaiCatalogue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->offerings->len;
}

const TaiOffering *
tai_catalogue_get_offering (const TaiCatalogue *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->offerings->len, NULL);

  return g_ptr_array_index (self->offerings, index);
}

const TaiOffering *
tai_catalogue_find (const TaiCatalogue *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);

  return id ? g_hash_table_lookup (self->by_id, id) : NULL;
}

const TaiOffering *
tai_catalogue_find_kind (const TaiCatalogue *self, TaiOfferingKind kind, gint64 now_us)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->offerings->len; i++) {
    const TaiOffering *offering = g_ptr_array_index (self->offerings, i);

    if (offering->kind == kind && !offering->is_withdrawn &&
        tai_offering_is_within (offering->valid_from_us, offering->valid_until_us, now_us))
      return offering;
  }
  return NULL;
}

gboolean
tai_catalogue_has_groups (const TaiCatalogue *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_groups;
}

const TaiOffering *
tai_catalogue_find_grade (const TaiCatalogue *self, const char *grade)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; grade && i < self->offerings->len; i++) {
    const TaiOffering *offering = g_ptr_array_index (self->offerings, i);

    if (offering->kind == TAI_OFFERING_NUMBER_GRADE && g_strcmp0 (offering->grade, grade) == 0)
      return offering;
  }
  return NULL;
}

const TaiOffering *
tai_catalogue_find_for (const TaiCatalogue *self, TaiOfferingKind kind, const char *operation_id,
                        gint64 now_us)
{
  const TaiOffering *general = NULL;

  g_return_val_if_fail (self != NULL && operation_id != NULL, NULL);

  for (guint i = 0; i < self->offerings->len; i++) {
    const TaiOffering *offering = g_ptr_array_index (self->offerings, i);

    if (offering->kind != kind || offering->is_withdrawn || !tai_offering_is_for (offering, operation_id) ||
        !tai_offering_is_within (offering->valid_from_us, offering->valid_until_us, now_us))
      continue;
    if (offering->operations[0] != NULL)
      return offering;
    if (general == NULL)
      general = offering;
  }
  return general;
}
