/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether an offering fits an order as it stands (TM Forum: product offering qualification). Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-qualification.h"

#include "tai-selling.h"

static const TaiOffering *
find_plan (const TaiCatalogue *catalogue, const TaiOrder *order)
{
  const TaiOrderItem *item = tai_order_find_item (order, TAI_OFFERING_PLAN);

  return item ? tai_catalogue_find (catalogue, item->offering_id) : NULL;
}

const TaiBundlePart *
tai_qualification_find_part (const TaiCatalogue *catalogue, const TaiOrder *order,
                             const TaiOffering *offering)
{
  const TaiOffering *plan;

  g_return_val_if_fail (catalogue != NULL && order != NULL && offering != NULL, NULL);

  plan = find_plan (catalogue, order);
  return plan ? tai_offering_find_part (plan, offering->id) : NULL;
}

/* A discount on other plans only: nothing that is chosen beside this one could make it fit. */
static gboolean
is_for_other_plans (const TaiCatalogue *catalogue, const TaiOffering *offering, const TaiOrder *order)
{
  const TaiOffering *plan = find_plan (catalogue, order);

  if (plan == NULL || offering->applies_to[0] == NULL)
    return FALSE;
  for (char **id = offering->applies_to; *id; id++) {
    const TaiOffering *lowered = tai_catalogue_find (catalogue, *id);

    if (lowered == plan || lowered == NULL || lowered->kind != TAI_OFFERING_PLAN)
      return FALSE;
  }
  return TRUE;
}

gboolean
tai_qualification_is_offered (const TaiCatalogue *catalogue, const TaiOffering *offering,
                              const TaiOrder *order, const char *const *groups, const char *region,
                              gint64 now_us)
{
  g_return_val_if_fail (catalogue != NULL && offering != NULL && order != NULL, FALSE);

  if (!tai_selling_is_under (offering, order->operation) || is_for_other_plans (catalogue, offering, order))
    return FALSE;
  if (tai_qualification_find_part (catalogue, order, offering) != NULL)
    return tai_offering_is_for_groups (offering, groups);
  return tai_offering_is_on_sale (offering, groups, region, now_us);
}

const TaiOffering *
tai_qualification_find_unmet_grade (const TaiCatalogue *catalogue, const TaiOrder *order, const char *grade)
{
  const TaiOffering *asked;
  const TaiOrderItem *plan;
  gint64 normal_minor = 0;

  g_return_val_if_fail (catalogue != NULL && order != NULL, NULL);

  asked = tai_catalogue_find_grade (catalogue, grade);
  plan = tai_order_find_item (order, TAI_OFFERING_PLAN);
  if (asked == NULL || plan == NULL)
    return NULL;
  for (guint i = 0; i < plan->prices->len; i++)
    normal_minor += ((const TaiItemPrice *)g_ptr_array_index (plan->prices, i))->normal.minor;
  return normal_minor < asked->minimum_spend.minor ? asked : NULL;
}
