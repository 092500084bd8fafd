/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a kiosk is out of service. Pure functions, any thread. */
#include "tai-kiosk.h"

#include "tai-prepared.h"

static gboolean
sells_anything (const TaiCatalogue *catalogue, gint64 now_us)
{
  guint n;
  const TaiOperation *operations = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++)
    if (tai_prepared_find_price (catalogue, &operations[i], now_us) != NULL)
      return TRUE;
  return FALSE;
}

TaiKioskState
tai_kiosk_get_state (const TaiCatalogue *catalogue, const TaiStationFigures *figures, gint64 now_us)
{
  gint64 offset = figures->clock_offset_us;

  if (figures->paused)
    return TAI_KIOSK_NOT_LET_IN;
  if (offset > TAI_KIOSK_CLOCK_LIMIT_US || offset < -TAI_KIOSK_CLOCK_LIMIT_US)
    return TAI_KIOSK_CLOCK_WRONG;
  if (catalogue == NULL)
    return TAI_KIOSK_NO_CATALOGUE;
  return sells_anything (catalogue, now_us) ? TAI_KIOSK_OPEN : TAI_KIOSK_NOTHING_ON_SALE;
}

const char *
tai_kiosk_state_to_text (TaiKioskState state)
{
  static const char *const texts[] = {
      [TAI_KIOSK_OPEN] = "open",
      [TAI_KIOSK_NO_CATALOGUE] = "no_catalogue",
      [TAI_KIOSK_NOTHING_ON_SALE] = "nothing_on_sale",
      [TAI_KIOSK_CLOCK_WRONG] = "clock_wrong",
      [TAI_KIOSK_NOT_LET_IN] = "not_let_in",
  };

  g_return_val_if_fail ((guint)state < G_N_ELEMENTS (texts), NULL);
  return texts[state];
}
