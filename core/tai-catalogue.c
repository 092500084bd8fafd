/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue: offerings in HQ's order and an index by id. Built by one thread, then immutable and free to any.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-catalogue.h"

#include "tai-catalogue-private.h"
#include "tai-core-error.h"
#include "tai-stretch.h"
#include "tai-text-private.h"

struct _TaiCatalogue {
  gatomicrefcount ref_count;
  char *etag;           /* (owned) (nullable) */
  GPtrArray *offerings; /* (owned) of TaiOffering */
  GHashTable *by_id;    /* (owned) id -> TaiOffering, both the array's */
  gboolean has_groups;
};

static void
price_free (gpointer data)
{
  TaiPrice *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->replaces);
  g_free (self);
}

static void
part_free (gpointer data)
{
  TaiBundlePart *self = data;

  g_free (self->id);
  g_free (self);
}

TaiOffering *
tai_offering_new (const char *id, TaiOfferingKind kind)
{
  TaiOffering *self;

  g_return_val_if_fail (id != NULL, NULL);

  self = g_new0 (TaiOffering, 1);
  self->id = g_strdup (id);
  self->kind = kind;
  self->prices = g_ptr_array_new_with_free_func (price_free);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->excludes = g_new0 (char *, 1);
  self->requires = g_new0 (char *, 1);
  self->applies_to = g_new0 (char *, 1);
  self->operations = g_new0 (char *, 1);
  self->groups = g_new0 (char *, 1);
  self->regions = g_new0 (char *, 1);
  return self;
}

void
tai_offering_free (TaiOffering *self)
{
  if (!self)
    return;
  g_free (self->id);
  g_free (self->version);
  g_free (self->name);
  g_free (self->name_en);
  g_free (self->key_terms);
  g_free (self->grade);
  g_free (self->fault);
  g_ptr_array_unref (self->prices);
  g_ptr_array_unref (self->parts);
  g_strfreev (self->excludes);
  g_strfreev (self->requires);
  g_strfreev (self->applies_to);
  g_strfreev (self->operations);
  g_strfreev (self->groups);
  g_strfreev (self->regions);
  g_free (self);
}

TaiPrice *
tai_offering_add_price (TaiOffering *self, const char *id, TaiPriceType type)
{
  TaiPrice *price;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  price = g_new0 (TaiPrice, 1);
  price->id = g_strdup (id);
  price->type = type;
  price->period_months = 1;
  g_ptr_array_add (self->prices, price);
  return price;
}

TaiBundlePart *
tai_offering_add_part (TaiOffering *self, const char *id)
{
  TaiBundlePart *part;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  part = g_new0 (TaiBundlePart, 1);
  part->id = g_strdup (id);
  part->lower = part->upper = part->preset = 1;
  part->is_included = TRUE;
  g_ptr_array_add (self->parts, part);
  return part;
}

gboolean
tai_offering_is_bundle (const TaiOffering *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->parts->len > 0;
}

const TaiBundlePart *
tai_offering_find_part (const TaiOffering *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->parts->len; i++) {
    const TaiBundlePart *part = g_ptr_array_index (self->parts, i);

    if (g_str_equal (part->id, id))
      return part;
  }
  return NULL;
}

const TaiPrice *
tai_offering_find_successor (const TaiOffering *self, const TaiPrice *price)
{
  g_return_val_if_fail (self != NULL && price != NULL, NULL);

  for (guint i = 0; i < self->prices->len; i++) {
    const TaiPrice *other = g_ptr_array_index (self->prices, i);

    if (other->replaces && g_str_equal (other->replaces, price->id))
      return other;
  }
  return NULL;
}

gboolean
tai_offering_has_price_at (const TaiOffering *self, const TaiPrice *price, gint64 now_us)
{
  const TaiPrice *successor;

  g_return_val_if_fail (self != NULL && price != NULL, FALSE);

  successor = tai_offering_find_successor (self, price);
  return tai_catalogue_is_valid_at (price->valid_from_us, price->valid_until_us, now_us) &&
         !(successor && now_us >= successor->valid_from_us);
}

TaiMoney
tai_offering_get_month (const TaiOffering *self, gint64 now_us)
{
  TaiMoney sum = {0};

  g_return_val_if_fail (self != NULL, sum);

  /* 64 prices of at most the limit of one amount: no overflow */
  for (guint i = 0; i < self->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (self->prices, i);

    if (price->type == TAI_PRICE_RECURRING && price->discount.kind == TAI_DISCOUNT_NONE &&
        tai_offering_has_price_at (self, price, now_us))
      sum = tai_money (sum.minor + price->amount.minor, price->amount.currency);
  }
  return sum;
}

TaiDate
tai_price_get_trial_end (const TaiPrice *self, TaiDate day)
{
  guint begins;

  g_return_val_if_fail (self != NULL && self->trial_months > 0, day);

  begins = self->effect == TAI_EFFECT_NEXT_PERIOD ? 1 : 0;
  return tai_date_from_days (
      tai_date_to_days (tai_stretch_month_begins (day, begins + (guint)self->trial_months)) - 1);
}

gboolean
tai_offering_get_penalty (const TaiOffering *self, TaiMoney month, gint32 months_left, TaiMoney *penalty,
                          GError **error)
{
  g_return_val_if_fail (self != NULL && penalty != NULL && months_left >= 0, FALSE);

  *penalty = tai_money (0, month.currency);
  if (self->contract_months == 0 || months_left == 0)
    return TRUE;
  if (self->penalty == TAI_PENALTY_FIXED)
    *penalty = self->penalty_amount;
  if (self->penalty != TAI_PENALTY_SHARE_OF_REST)
    return TRUE;
  return tai_money_scale (month,
                          (gint64)MIN (months_left, self->contract_months) * self->penalty_percent_x100,
                          10000, TAI_ROUNDING_HALF_UP, penalty, error);
}

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
        tai_catalogue_is_valid_at (offering->valid_from_us, offering->valid_until_us, now_us))
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

gboolean
tai_offering_is_for (const TaiOffering *self, const char *operation_id)
{
  g_return_val_if_fail (self != NULL && operation_id != NULL, FALSE);

  return self->operations[0] == NULL || g_strv_contains ((const char *const *)self->operations, operation_id);
}

gboolean
tai_offering_is_for_groups (const TaiOffering *self, const char *const *groups)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    if (g_strv_contains ((const char *const *)self->groups, groups[i]))
      return TRUE;
  return self->groups[0] == NULL;
}

/* One whose prices are all over, or not there yet, could not be rated. */
static gboolean
has_price (const TaiOffering *self, gint64 now_us)
{
  for (guint i = 0; i < self->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (self->prices, i);

    if (tai_catalogue_is_valid_at (price->valid_from_us, price->valid_until_us, now_us))
      return TRUE;
  }
  return self->prices->len == 0;
}

gboolean
tai_offering_is_on_sale (const TaiOffering *self, const char *const *groups, const char *region,
                         gint64 now_us)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return tai_catalogue_is_valid_at (self->valid_from_us, self->valid_until_us, now_us) &&
         has_price (self, now_us) && !self->is_withdrawn && !self->is_part_only &&
         tai_offering_is_for_groups (self, groups) &&
         (self->regions[0] == NULL ||
          (region != NULL && g_strv_contains ((const char *const *)self->regions, region)));
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
        !tai_catalogue_is_valid_at (offering->valid_from_us, offering->valid_until_us, now_us))
      continue;
    if (offering->operations[0] != NULL)
      return offering;
    if (general == NULL)
      general = offering;
  }
  return general;
}

gboolean
tai_catalogue_is_valid_at (gint64 from_us, gint64 until_us, gint64 now_us)
{
  return (from_us == 0 || now_us >= from_us) && (until_us == 0 || now_us < until_us);
}

static const char *const kind_text[] = {
    [TAI_OFFERING_PLAN] = "plan",
    [TAI_OFFERING_SERVICE] = "service",
    [TAI_OFFERING_SIM] = "sim",
    [TAI_OFFERING_PREPAYMENT] = "prepayment",
    [TAI_OFFERING_TOP_UP] = "top_up",
    [TAI_OFFERING_DISCOUNT] = "discount",
    [TAI_OFFERING_GOODS] = "goods",
    [TAI_OFFERING_ACCESS] = "access",
    [TAI_OFFERING_NUMBER_GRADE] = "number_grade",
};
static const char *const price_type_text[] = {
    [TAI_PRICE_RECURRING] = "recurring",
    [TAI_PRICE_ONE_TIME] = "oneTime",
    [TAI_PRICE_USAGE] = "usage",
    [TAI_PRICE_DEPOSIT] = "deposit",
};
static const char *const first_period_text[] = {
    [TAI_FIRST_PERIOD_FULL] = "full",
    [TAI_FIRST_PERIOD_HALF] = "half",
    [TAI_FIRST_PERIOD_PRORATA_DAYS] = "prorata_days",
    [TAI_FIRST_PERIOD_FREE] = "free",
};
static const char *const effect_text[] = {
    [TAI_EFFECT_NOW] = "now",
    [TAI_EFFECT_NEXT_PERIOD] = "nextPeriod",
};

const char *
tai_offering_kind_to_text (TaiOfferingKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kind_text), NULL);

  return kind_text[kind];
}

gboolean
tai_offering_kind_from_text (const char *text, TaiOfferingKind *kind, GError **error)
{
  guint value;

  g_return_val_if_fail (kind != NULL, FALSE);

  if (!tai_text_find ("kind of offering", kind_text, G_N_ELEMENTS (kind_text), text, &value, error))
    return FALSE;
  *kind = value;
  return TRUE;
}

const char *
tai_price_type_to_text (TaiPriceType type)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (price_type_text), NULL);

  return price_type_text[type];
}

gboolean
tai_price_type_from_text (const char *text, TaiPriceType *type, GError **error)
{
  guint value;

  g_return_val_if_fail (type != NULL, FALSE);

  if (!tai_text_find ("type of price", price_type_text, G_N_ELEMENTS (price_type_text), text, &value, error))
    return FALSE;
  *type = value;
  return TRUE;
}

const char *
tai_first_period_to_text (TaiFirstPeriod value)
{
  g_return_val_if_fail (value < G_N_ELEMENTS (first_period_text), NULL);

  return first_period_text[value];
}

gboolean
tai_first_period_from_text (const char *text, TaiFirstPeriod *value, GError **error)
{
  guint found;

  g_return_val_if_fail (value != NULL, FALSE);

  if (!tai_text_find ("first period", first_period_text, G_N_ELEMENTS (first_period_text), text, &found,
                      error))
    return FALSE;
  *value = found;
  return TRUE;
}

const char *
tai_effect_to_text (TaiEffect value)
{
  g_return_val_if_fail (value < G_N_ELEMENTS (effect_text), NULL);

  return effect_text[value];
}

gboolean
tai_effect_from_text (const char *text, TaiEffect *value, GError **error)
{
  guint found;

  g_return_val_if_fail (value != NULL, FALSE);

  if (!tai_text_find ("effect", effect_text, G_N_ELEMENTS (effect_text), text, &found, error))
    return FALSE;
  *value = found;
  return TRUE;
}
