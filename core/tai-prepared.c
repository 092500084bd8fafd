/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a prepared visit, and what can be prepared. Pure functions, any thread. */
#include "tai-prepared.h"

#include <string.h>

#include "tai-offering-private.h"
#include "tai-core-error.h"
#include "tai-numbers.h"

#define VERSION "GT1"

/* ISO 7064 MOD 97-10, as in an IBAN: letters count as 10 to 35, what stands between is passed over. From 2 to 98. */
static guint
compute_check (const char *text)
{
  guint rest = 0;

  for (; *text != '\0'; text++) {
    if (g_ascii_isdigit (*text))
      rest = (rest * 10 + (guint)(*text - '0')) % 97;
    else if (g_ascii_isalpha (*text))
      rest = (rest * 100 + (guint)(g_ascii_toupper (*text) - 'A') + 10) % 97;
  }
  return 98 - rest * 100 % 97;
}

char *
tai_prepared_to_text (const TaiPrepared *self)
{
  g_return_val_if_fail (self != NULL && tai_prepared_is_for (self->operation), NULL);
  g_return_val_if_fail (self->amount.minor > 0, NULL);

  g_autofree char *code = g_ascii_strup (self->operation->code, -1);
  g_autofree char *amount = tai_money_to_text (self->amount);
  g_autofree char *text = g_strdup_printf (VERSION "-%s-%s-%s%s", code, self->msisdn,
                                           tai_currency_to_code (self->amount.currency), amount);

  return g_strdup_printf ("%s-%02u", text, compute_check (text));
}

static gboolean
read_amount (const char *text, TaiMoney *amount)
{
  char code[4] = "";
  guint16 currency;

  if (strlen (text) < 4)
    return FALSE;
  memcpy (code, text, 3);
  return tai_currency_from_code (code, &currency, NULL) &&
         tai_money_from_text (text + 3, currency, amount, NULL) && amount->minor > 0;
}

/* The parts are read leniently; that they are written as we write them is what the comparison at the end says. */
gboolean
tai_prepared_from_text (const char *text, TaiPrepared *self)
{
  g_autofree char *upper = NULL;
  g_autofree char *again = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL && self != NULL, FALSE);

  if (strnlen (text, TAI_PREPARED_TEXT_SIZE) == TAI_PREPARED_TEXT_SIZE)
    return FALSE;
  upper = g_ascii_strup (text, -1);
  parts = g_strsplit (upper, "-", -1);
  if (g_strv_length (parts) != 5 || strcmp (parts[0], VERSION) != 0)
    return FALSE;
  self->operation = tai_operation_find_by_code (parts[1]);
  if (self->operation == NULL || !tai_prepared_is_for (self->operation) ||
      !tai_msisdn_check (parts[2], NULL) || !read_amount (parts[3], &self->amount))
    return FALSE;
  g_strlcpy (self->msisdn, parts[2], sizeof self->msisdn);
  again = tai_prepared_to_text (self);
  return strcmp (again, upper) == 0;
}

gboolean
tai_prepared_is_for (const TaiOperation *operation)
{
  return operation->needs == (TAI_NEEDS_TARGET | TAI_NEEDS_AMOUNT);
}

const TaiPrice *
tai_prepared_find_price (const TaiCatalogue *catalogue, const TaiOperation *operation, gint64 now_us)
{
  const TaiOffering *offering = NULL;

  if (tai_prepared_is_for (operation))
    offering = tai_catalogue_find_for (catalogue, TAI_OFFERING_TOP_UP, operation->id, now_us);
  for (guint i = 0; offering != NULL && i < offering->prices->len; i++) {
    const TaiPrice *price = g_ptr_array_index (offering->prices, i);
    if (price->is_open && tai_offering_is_within (price->valid_from_us, price->valid_until_us, now_us))
      return price;
  }
  return NULL;
}

gboolean
tai_prepared_check_amount (const TaiPrice *price, TaiMoney amount, GError **error)
{
  gint64 minimum = price->minimum.currency != 0 ? MAX (price->minimum.minor, 1) : 1;
  gint64 maximum = price->maximum.currency != 0 ? price->maximum.minor : TAI_MONEY_LIMIT_MINOR;

  if (amount.minor >= minimum && amount.minor <= maximum)
    return TRUE;
  g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OPEN_AMOUNT,
                       "the amount is outside minimum and maximum");
  return FALSE;
}

gboolean
tai_prepared_check (const TaiPrepared *self, const TaiCatalogue *catalogue, gint64 now_us, GError **error)
{
  const TaiPrice *price = tai_prepared_find_price (catalogue, self->operation, now_us);

  if (!tai_msisdn_check (self->msisdn, error))
    return FALSE;
  if (price == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_OFFERING_NOT_ON_SALE, "nothing is sold for %s",
                 self->operation->id);
    return FALSE;
  }
  return tai_prepared_check_amount (price, self->amount, error);
}
