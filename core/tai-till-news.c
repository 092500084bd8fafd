/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What headquarters hears of a till, as values. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-till-news.h"

#include <string.h>

#include "tai-cash-move.h"
#include "tai-report-line.h"
#include "tai-text-private.h"

static const char *const kind_text[TAI_N_NEWS] = {
    [TAI_NEWS_OPENED] = "shift_opened",       [TAI_NEWS_COUNTED] = "shift_counted",
    [TAI_NEWS_CLOSED] = "shift_closed",       [TAI_NEWS_SUPPLEMENT] = "z_supplement",
    [TAI_NEWS_HALL_CLOSED] = "hall_closed",   [TAI_NEWS_CASH] = "cash",
    [TAI_NEWS_APPROVAL] = "approval",         [TAI_NEWS_NOTE] = "note",
    [TAI_NEWS_GIVEN_UP] = "message_given_up", [TAI_NEWS_INVOICE] = "invoice",
    [TAI_NEWS_PROMISE] = "promise",           [TAI_NEWS_DEBT] = "debt",
};

static const TaiNewsParts parts[TAI_N_NEWS] = {
    [TAI_NEWS_OPENED] = TAI_NEWS_HAS_SHIFT | TAI_NEWS_HAS_COUNT,
    [TAI_NEWS_COUNTED] = TAI_NEWS_HAS_SHIFT | TAI_NEWS_HAS_COUNT,
    [TAI_NEWS_CLOSED] = TAI_NEWS_HAS_SHIFT | TAI_NEWS_HAS_COUNT | TAI_NEWS_HAS_CLOSE,
    [TAI_NEWS_SUPPLEMENT] = TAI_NEWS_HAS_NAME | TAI_NEWS_HAS_SHIFT | TAI_NEWS_HAS_NUMBER,
    [TAI_NEWS_HALL_CLOSED] = TAI_NEWS_HAS_HALL,
    [TAI_NEWS_CASH] = TAI_NEWS_HAS_NAME | TAI_NEWS_HAS_AMOUNT,
    [TAI_NEWS_APPROVAL] = TAI_NEWS_HAS_NAME | TAI_NEWS_HAS_SUBJECT | TAI_NEWS_HAS_APPROVAL,
    [TAI_NEWS_NOTE] = TAI_NEWS_HAS_NAME,
    [TAI_NEWS_GIVEN_UP] = TAI_NEWS_HAS_SUBJECT | TAI_NEWS_HAS_MESSAGE,
    [TAI_NEWS_INVOICE] = TAI_NEWS_HAS_NAME | TAI_NEWS_HAS_SUBJECT | TAI_NEWS_HAS_AMOUNT | TAI_NEWS_HAS_TOKEN,
    [TAI_NEWS_PROMISE] = TAI_NEWS_HAS_NAME | TAI_NEWS_HAS_SUBJECT | TAI_NEWS_HAS_AMOUNT | TAI_NEWS_HAS_UNTIL,
    [TAI_NEWS_DEBT] = TAI_NEWS_HAS_NAME | TAI_NEWS_HAS_SUBJECT | TAI_NEWS_HAS_DEBT,
};

const char *
tai_news_kind_to_text (TaiNewsKind kind)
{
  g_return_val_if_fail (kind < TAI_N_NEWS, NULL);
  return kind_text[kind];
}

gboolean
tai_news_kind_from_text (const char *text, TaiNewsKind *kind, GError **error)
{
  guint value;

  g_return_val_if_fail (kind != NULL, FALSE);
  if (!tai_text_find ("kind of news", kind_text, TAI_N_NEWS, text, &value, error))
    return FALSE;
  *kind = value;
  return TRUE;
}

TaiNewsParts
tai_news_get_parts (TaiNewsKind kind)
{
  g_return_val_if_fail (kind < TAI_N_NEWS, 0);
  return parts[kind];
}

TaiTillNews *
tai_till_news_new (TaiNewsKind kind)
{
  TaiTillNews *self = g_new0 (TaiTillNews, 1);

  self->kind = kind;
  return self;
}

void
tai_till_news_free (TaiTillNews *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->till);
  g_free (self->clerk);
  g_free (self->business_day);
  g_free (self->shift_id);
  g_free (self->subject);
  g_free (self->slip);
  g_free (self->reason);
  g_free (self->asked_by);
  g_free (self->approver);
  g_clear_pointer (&self->hall, tai_hall_close_free);
  g_clear_pointer (&self->debt, tai_debt_free);
  g_free (self);
}

gboolean
tai_news_takes_note (const char *journal_kind)
{
  static const TaiReportEvent noted[] = {TAI_REPORT_EVENT_REPRINT, TAI_REPORT_EVENT_NO_SALE};

  for (guint i = 0; i < G_N_ELEMENTS (noted); i++)
    if (g_strcmp0 (journal_kind, tai_report_event_to_text (noted[i])) == 0)
      return TRUE;
  return FALSE;
}

static TaiMoney
get_moved (const TaiTillNews *self)
{
  const TaiCashMove *move = tai_cash_move_find (self->name);

  if (move != NULL && strcmp (move->to, TAI_ACCOUNT_DRAWER) == 0)
    return self->amount;
  if (move != NULL && strcmp (move->from, TAI_ACCOUNT_DRAWER) == 0)
    return tai_money_negate (self->amount);
  return tai_money (0, 0);
}

TaiMoney
tai_till_news_get_drawer (const TaiTillNews *self)
{
  TaiMoney difference;

  g_return_val_if_fail (self != NULL, tai_money (0, 0));
  if (self->kind == TAI_NEWS_OPENED)
    return self->counted;
  if (self->kind == TAI_NEWS_CASH)
    return get_moved (self);
  if (self->kind != TAI_NEWS_CLOSED || !tai_money_subtract (self->counted, self->expected, &difference, NULL))
    return tai_money (0, 0);
  return difference;
}
