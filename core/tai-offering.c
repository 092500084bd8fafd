/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One offering: its prices, its parts, when and for whom it is sold. Filled by one thread, then immutable and free to any.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-offering.h"

#include "tai-core-error.h"
#include "tai-offering-private.h"
#include "tai-stretch.h"
#include "tai-text-private.h"

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
  g_free (self->key_terms_en);
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

const char *
tai_offering_get_terms (const TaiOffering *self, const char *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->key_terms_en != NULL && language != NULL && !g_str_has_prefix (language, "zh"))
    return self->key_terms_en;
  return self->key_terms;
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
  return tai_offering_is_within (price->valid_from_us, price->valid_until_us, now_us) &&
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

    if (tai_offering_is_within (price->valid_from_us, price->valid_until_us, now_us))
      return TRUE;
  }
  return self->prices->len == 0;
}

gboolean
tai_offering_is_on_sale (const TaiOffering *self, const char *const *groups, const char *region,
                         gint64 now_us)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return tai_offering_is_within (self->valid_from_us, self->valid_until_us, now_us) &&
         has_price (self, now_us) && !self->is_withdrawn && !self->is_part_only &&
         tai_offering_is_for_groups (self, groups) &&
         (self->regions[0] == NULL ||
          (region != NULL && g_strv_contains ((const char *const *)self->regions, region)));
}

gboolean
tai_offering_is_within (gint64 from_us, gint64 until_us, gint64 now_us)
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
