/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan or a service changes a contract: only under a business that is made for it, with the document and signature that it
 * asks for. Pure, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-selling.h"

/* The needs of a business that takes such offerings (one of them is enough), and where one is sold who asks for it alone. */
static const struct {
  TaiNeeds needs;
  const char *usual;
} kinds[] = {
    [TAI_OFFERING_PLAN] = {TAI_NEEDS_PLAN, "new_line"},
    [TAI_OFFERING_SERVICE] = {TAI_NEEDS_PLAN | TAI_NEEDS_SERVICE, "service_add"},
    [TAI_OFFERING_SIM] = {TAI_NEEDS_SIM, "new_line"},
    [TAI_OFFERING_PREPAYMENT] = {TAI_NEEDS_PLAN, "new_line"},
    [TAI_OFFERING_TOP_UP] = {TAI_NEEDS_AMOUNT, "top_up"},
    [TAI_OFFERING_DISCOUNT] = {TAI_NEEDS_PLAN, "new_line"},
    [TAI_OFFERING_GOODS] = {0, "goods_sale"},
    [TAI_OFFERING_ACCESS] = {TAI_NEEDS_PLAN, "new_line"},
    [TAI_OFFERING_NUMBER_GRADE] = {0, NULL},
};

static gboolean
takes_kind (const TaiOperation *operation, TaiOfferingKind kind)
{
  switch (kind) {
  case TAI_OFFERING_TOP_UP: /* resuming takes what is owed without having to */
    return operation->account != NULL;
  case TAI_OFFERING_GOODS: /* over the counter, with a receipt */
    return operation->needs == 0 && (operation->paper & TAI_PAPER_RECEIPT) != 0;
  default:
    return (operation->needs & kinds[kind].needs) != 0;
  }
}

gboolean
tai_selling_is_under (const TaiOffering *offering, const TaiOperation *operation)
{
  g_return_val_if_fail (offering != NULL && operation != NULL, FALSE);

  return takes_kind (operation, offering->kind) && tai_offering_is_for (offering, operation->id);
}

const TaiOperation *
tai_selling_find_operation (const TaiOffering *offering)
{
  const TaiOperation *operation;

  g_return_val_if_fail (offering != NULL, NULL);

  if (offering->is_part_only)
    return NULL;
  for (char **id = offering->operations; *id; id++) {
    operation = tai_operation_find (*id);
    if (operation && tai_operation_has_steps (operation) && tai_selling_is_under (offering, operation))
      return operation;
  }
  operation = tai_operation_find (kinds[offering->kind].usual);
  return operation && tai_selling_is_under (offering, operation) ? operation : NULL;
}
