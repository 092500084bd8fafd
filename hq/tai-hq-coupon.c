/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coupons are used once: the claim of the number is the payment's. Why a claim beside the state of the stock: a terminal that was
 * off line tells of its use late, perhaps after its lease, and both tellings must meet. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-coupon.h"

#include <string.h>

#define KIND "coupon"

/* A copy of what is judged. */
typedef struct {
  gboolean is_there;
  char *state, *terminal, *hall, *grade; /* (owned) (nullable) */
  gint64 expires_us;
} Coupon;

static void
coupon_clear (Coupon *coupon)
{
  g_free (coupon->state);
  g_free (coupon->terminal);
  g_free (coupon->hall);
  g_free (coupon->grade);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Coupon, coupon_clear)

static gboolean
copy_cb (const HqStockRow *row, gpointer data)
{
  *(Coupon *)data = (Coupon){TRUE,
                             g_strdup (row->state),
                             g_strdup (row->terminal),
                             g_strdup (row->hall),
                             g_strdup (row->grade),
                             row->expires_us};
  return FALSE;
}

static void
find (HqStore *store, const char *number, Coupon *coupon)
{
  HqStockFilter filter = {.kind = KIND, .value = number};
  store->klass->stock_list (store, &filter, copy_cb, coupon);
}

static gboolean
is_worth (const Coupon *coupon, TaiMoney amount)
{
  TaiMoney worth;
  return coupon->grade != NULL && tai_money_from_text (coupon->grade, amount.currency, &worth, NULL) &&
         amount.minor > 0 && amount.minor <= worth.minor;
}

const char *
hq_coupon_take (HqStore *store, const HqCouponUse *use)
{
  g_auto (Coupon) coupon = {0};
  find (store, use->number, &coupon);
  if (!coupon.is_there)
    return "coupon_unknown";
  if (coupon.hall != NULL && strcmp (coupon.hall, use->hall) != 0)
    return "coupon_other_hall";
  if (store->klass->claim_has (store, KIND, use->number, use->hall, use->payment_id))
    return NULL;
  if (strcmp (coupon.state, "used") == 0)
    return "coupon_used";
  if (coupon.expires_us != 0 && coupon.expires_us <= use->now_us)
    return "coupon_expired";
  if (strcmp (coupon.state, "leased") == 0 && g_strcmp0 (coupon.terminal, use->terminal) != 0)
    return "coupon_elsewhere";
  if (!is_worth (&coupon, use->amount))
    return "coupon_amount";
  if (!store->klass->claim_take (store, KIND, use->number, 0, use->hall, use->payment_id, use->now_us))
    return "coupon_used";
  store->klass->stock_set_state (store, KIND, use->number, "used");
  return NULL;
}

void
hq_coupon_give_back (HqStore *store, const HqCouponUse *use)
{
  if (!store->klass->claim_has (store, KIND, use->number, use->hall, use->payment_id))
    return;
  store->klass->claim_release (store, use->hall, use->payment_id);
  store->klass->stock_set_state (store, KIND, use->number, "free");
}

/* Its lease was valid when it was used, or HQ was asked then: only that it is the one use is left to judge. */
gboolean
hq_coupon_settle (HqStore *store, const char *hall, const TaiJson *payment, gint64 now_us)
{
  const TaiJson *extension = tai_json_get_member (payment, "x-guitai");
  const char *tender = NULL, *number = NULL, *id = NULL, *original = NULL;
  if (!tai_json_optional_string (extension, "tender", &tender, NULL) || g_strcmp0 (tender, KIND) != 0 ||
      !tai_json_optional_string (extension, "number", &number, NULL) || number == NULL ||
      !tai_json_optional_string (extension, "original", &original, NULL) || original != NULL ||
      !tai_json_optional_string (payment, "correlatorId", &id, NULL) || id == NULL)
    return TRUE;
  if (!store->klass->claim_take (store, KIND, number, 0, hall, id, now_us))
    return FALSE;
  store->klass->stock_set_state (store, KIND, number, "used");
  return TRUE;
}
