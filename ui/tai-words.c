/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as people read them. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* TRUE: the desk speaks Chinese. The one sentence whose translation tells. */
static gboolean
is_chinese (void)
{
  /* TRANSLATORS: not shown. "zh" if the names of plans and services shall be the halls' own (Chinese), else "en". */
  return strcmp (C_ ("which names of offerings to show", "en"), "zh") == 0;
}

char *
tai_words_money (TaiMoney money)
{
  char buffer[32];

  if (money.currency == 0)
    return g_strdup ("–");
  if (money.currency != TAI_CNY)
    return g_strdup_printf ("%s %s", tai_money_print (money, buffer), tai_currency_to_code (money.currency));
  if (money.minor < 0)
    return g_strdup_printf ("−¥%s", tai_money_print (tai_money_negate (money), buffer));
  return g_strdup_printf ("¥%s", tai_money_print (money, buffer));
}

char *
tai_words_number (const char *number)
{
  gsize length = number != NULL ? strlen (number) : 0;
  GString *out;

  if (length == 11)
    return g_strdup_printf ("%.3s %.4s %.4s", number, number + 3, number + 7);
  if (length != 19 && length != 20)
    return g_strdup (number != NULL ? number : "");
  out = g_string_new (NULL);
  for (gsize i = 0; i < length; i += 4)
    g_string_append_printf (out, "%s%.4s", i > 0 ? " " : "", number + i);
  return g_string_free (out, FALSE);
}

const char *
tai_words_name (const char *name, const char *name_en)
{
  return name_en != NULL && *name_en != '\0' && !is_chinese () ? name_en : name;
}

const char *
tai_words_offering (const TaiOffering *offering)
{
  return tai_words_name (offering->name, offering->name_en);
}

const char *
tai_words_terms (const TaiOffering *offering)
{
  const char *terms = tai_words_name (offering->key_terms, offering->key_terms_en);

  return terms != NULL ? terms : "";
}

const char *
tai_words_item (const TaiOrderItem *item)
{
  return tai_words_name (item->offering_name, item->offering_name_en);
}

const char *
tai_words_rule (TaiOfflineRule rule)
{
  static const char *const words[] = {
      [TAI_OFFLINE_COMPLETES] = NULL,
      [TAI_OFFLINE_PAID_NOT_CREDITED] = N_ ("Paid, not credited yet"),
      [TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE] = N_ ("Accepted, not in force"),
      [TAI_OFFLINE_NOT_OFFERED] = N_ ("Not offered off line"),
  };

  return words[rule] != NULL ? _ (words[rule]) : NULL;
}

const char *
tai_words_order_state (TaiOrderState state)
{
  static const char *const words[] = {
      [TAI_ORDER_DRAFT] = N_ ("Being entered"),
      [TAI_ORDER_PLACED] = N_ ("Placed, not paid"),
      [TAI_ORDER_PAID] = N_ ("Paid, waiting to upload"),
      [TAI_ORDER_SENT] = N_ ("Uploaded, not confirmed"),
      [TAI_ORDER_ACKNOWLEDGED] = N_ ("Received by headquarters"),
      [TAI_ORDER_IN_PROGRESS] = N_ ("Being carried out"),
      [TAI_ORDER_COMPLETED] = N_ ("Completed"),
      [TAI_ORDER_CANCELLED] = N_ ("Cancelled"),
      [TAI_ORDER_HELD] = N_ ("Held by headquarters"),
      [TAI_ORDER_PENDING] = N_ ("Waiting for headquarters"),
      [TAI_ORDER_REJECTED] = N_ ("Refused by headquarters"),
      [TAI_ORDER_FAILED] = N_ ("Failed at headquarters"),
      [TAI_ORDER_PARTIAL] = N_ ("Carried out in part"),
      [TAI_ORDER_UNDONE] = N_ ("Undone"),
  };

  return _ (words[state]);
}

const char *
tai_words_tender (TaiTender tender)
{
  static const char *const words[] = {
      [TAI_TENDER_CASH] = N_ ("Cash"),   [TAI_TENDER_CARD] = N_ ("Card"),
      [TAI_TENDER_QR] = N_ ("QR code"),  [TAI_TENDER_COUPON] = N_ ("Coupon"),
      [TAI_TENDER_OTHER] = N_ ("Other"),
  };

  return _ (words[tender]);
}

const char *
tai_words_document (TaiDocumentKind kind)
{
  static const char *const words[] = {
      [TAI_DOCUMENT_CITIZEN] = N_ ("ID card"),
      [TAI_DOCUMENT_HMT_PERMIT] = N_ ("Residence permit (Hong Kong, Macao, Taiwan)"),
      [TAI_DOCUMENT_PR_2017] = N_ ("Permanent residence card"),
      [TAI_DOCUMENT_PR_2023] = N_ ("Permanent residence card"),
      [TAI_DOCUMENT_PASSPORT] = N_ ("Passport"),
      [TAI_DOCUMENT_TRAVEL_PERMIT] = N_ ("Travel permit"),
  };

  return _ (words[kind]);
}

const char *
tai_words_role (TaiRole role)
{
  static const char *const words[] = {
      [TAI_ROLE_CLERK] = N_ ("Clerk"),
      [TAI_ROLE_SENIOR_CLERK] = N_ ("Senior clerk"),
      [TAI_ROLE_SUPERVISOR] = N_ ("Supervisor"),
      [TAI_ROLE_AUDITOR] = N_ ("Auditor"),
      [TAI_ROLE_IT] = N_ ("Hall IT"),
      [TAI_ROLE_KIOSK] = N_ ("Kiosk"),
  };

  return _ (words[role]);
}

static char *
format_time (gint64 time_us, int utc_offset_min, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_add_minutes (utc, utc_offset_min);

  return g_date_time_format (local, format);
}

char *
tai_words_time (gint64 time_us, int utc_offset_min)
{
  return format_time (time_us, utc_offset_min, "%H:%M");
}

char *
tai_words_day_and_time (gint64 time_us, int utc_offset_min)
{
  return format_time (time_us, utc_offset_min, "%m-%d %H:%M");
}

char *
tai_words_age (gint64 span_us)
{
  gint64 minutes = MAX (span_us, 0) / (60 * G_USEC_PER_SEC);

  if (minutes < 60)
    return g_strdup_printf (_ ("%d min"), (int)minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (_ ("%d h %d min"), (int)(minutes / 60), (int)(minutes % 60));
  return g_strdup_printf (g_dngettext (NULL, "%d day", "%d days", (gulong)(minutes / 1440)),
                          (int)(minutes / 1440));
}
