/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a business needs to what is asked, step by step. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-flow.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"

static gboolean
asks_extras (const TaiOperation *operation)
{
  /* What is for sale beside the business itself: with a plan, as its very purpose, or over the counter. */
  return operation->needs & (TAI_NEEDS_PLAN | TAI_NEEDS_SERVICE) || operation->needs == 0;
}

guint
tai_flow_list (const TaiOperation *operation, TaiScreenId steps[TAI_FLOW_MAX_STEPS])
{
  TaiNeeds needs = operation->needs;
  guint n = 0;

  if (needs & TAI_NEEDS_IDENTITY)
    steps[n++] = TAI_SCREEN_IDENTITY;
  if (needs & (TAI_NEEDS_TARGET | TAI_NEEDS_AMOUNT))
    steps[n++] = TAI_SCREEN_TARGET;
  if (needs & TAI_NEEDS_PLAN)
    steps[n++] = TAI_SCREEN_PLAN;
  if (needs & (TAI_NEEDS_NUMBER | TAI_NEEDS_SIM))
    steps[n++] = TAI_SCREEN_NUMBER;
  if (asks_extras (operation))
    steps[n++] = TAI_SCREEN_EXTRAS;
  if (needs & TAI_NEEDS_SIGNATURE)
    steps[n++] = TAI_SCREEN_AGREEMENT;
  steps[n++] = TAI_SCREEN_MONEY;
  steps[n++] = TAI_SCREEN_DONE;
  return n;
}

static gboolean
has_offering (const TaiOrder *order)
{
  for (guint i = 0; i < order->items->len; i++)
    if (((const TaiOrderItem *)g_ptr_array_index (order->items, i))->offering_id != NULL)
      return TRUE;
  return FALSE;
}

gboolean
tai_flow_is_answered (TaiScreenId step, const TaiVisitView *visit, const TaiOrder *order)
{
  TaiNeeds needs = order->operation->needs;

  switch (step) {
  case TAI_SCREEN_IDENTITY:
    return visit->customer_mask != NULL && !tai_visit_view_has_obstacle (visit, TAI_CORE_ERROR_ID_REQUIRED);
  case TAI_SCREEN_TARGET:
    return (!(needs & TAI_NEEDS_TARGET) || tai_order_get (order, "MSISDN") != NULL) &&
           (!(needs & TAI_NEEDS_AMOUNT) || tai_order_find_item (order, TAI_OFFERING_TOP_UP) != NULL);
  case TAI_SCREEN_PLAN:
    return tai_order_find_item (order, TAI_OFFERING_PLAN) != NULL;
  case TAI_SCREEN_NUMBER:
    return (!(needs & TAI_NEEDS_NUMBER) || tai_order_get (order, "MSISDN") != NULL) &&
           (!(needs & TAI_NEEDS_SIM) || tai_order_get (order, "ICCID") != NULL);
  case TAI_SCREEN_EXTRAS:
    if (needs & TAI_NEEDS_SERVICE)
      return tai_order_find_item (order, TAI_OFFERING_SERVICE) != NULL;
    return needs != 0 || has_offering (order);
  case TAI_SCREEN_AGREEMENT:
    return order->signed_;
  default:
    return FALSE;
  }
}

TaiScreenId
tai_flow_get_next (TaiScreenId step, const TaiVisitView *visit, const TaiOrder *order)
{
  TaiScreenId steps[TAI_FLOW_MAX_STEPS];
  guint n = tai_flow_list (order->operation, steps), at = 0;

  while (at < n && steps[at] != step)
    at++;
  for (guint i = at < n ? at + 1 : 0; i < n; i++) {
    /* who he is, is asked once a visit; the rest may be changed by going through it */
    if (steps[i] != TAI_SCREEN_IDENTITY || !tai_flow_is_answered (steps[i], visit, order))
      return steps[i];
  }
  return TAI_SCREEN_DONE;
}

TaiScreenId
tai_flow_get_previous (TaiScreenId step, const TaiOrder *order)
{
  TaiScreenId steps[TAI_FLOW_MAX_STEPS];
  guint n = tai_flow_list (order->operation, steps);

  for (guint i = 1; i < n; i++)
    if (steps[i] == step)
      return steps[i - 1];
  return TAI_SCREEN_HOME;
}

TaiScreenId
tai_flow_find_open (const TaiVisitView *visit, const TaiOrder **order)
{
  gboolean is_open = visit->state == TAI_VISIT_OPEN;

  for (guint i = 0; is_open && i < visit->orders->len; i++) {
    const TaiOrder *one = g_ptr_array_index (visit->orders, i);
    TaiScreenId steps[TAI_FLOW_MAX_STEPS];
    guint n = tai_flow_list (one->operation, steps);
    for (guint j = 0; j < n - 2; j++)
      if (steps[j] != TAI_SCREEN_AGREEMENT && !tai_flow_is_answered (steps[j], visit, one)) {
        *order = one;
        return steps[j];
      }
  }
  for (guint i = 0; is_open && i < visit->orders->len; i++) {
    const TaiOrder *one = g_ptr_array_index (visit->orders, i);
    if (one->operation->needs & TAI_NEEDS_SIGNATURE && !one->signed_) {
      *order = one;
      return TAI_SCREEN_AGREEMENT;
    }
  }
  *order = tai_visit_view_get_last_order (visit);
  return TAI_SCREEN_MONEY;
}

char *
tai_flow_describe (TaiScreenId current, const TaiOrder *order, char **words)
{
  TaiScreenId steps[TAI_FLOW_MAX_STEPS];
  guint n = tai_flow_list (order->operation, steps), at = 0;
  g_autoptr (GString) markup = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    g_autofree char *title = g_markup_escape_text (tai_screen_id_get_title (steps[i]), -1);
    if (i > 0)
      g_string_append (markup, "  –  ");
    if (steps[i] == current) {
      at = i;
      g_string_append_printf (markup, "<b>%u %s</b>", i + 1, title);
    } else
      g_string_append_printf (markup, "<span alpha='70%%'>%u %s</span>", i + 1, title);
  }
  *words = g_strdup_printf (_ ("Step %u of %u: %s"), at + 1, n, tai_screen_id_get_title (current));
  return g_string_free (g_steal_pointer (&markup), FALSE);
}
