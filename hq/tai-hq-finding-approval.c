/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second look at another person's yes: what a terminal that was tampered with, or a wrong clock, would get past a counter. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-finding-private.h"

#include <string.h>

#include "tai-cash-move.h"
#include "tai-hq-body.h"
#include "tai-hq-staff.h"
#include "tai-hq-take-back.h"
#include "tai-json-money.h"
#include "tai-till-news-json.h"

/* What has come of one approval. */
typedef struct {
  guint n_granted, n_used;
  TaiTillNews *used; /* (owned) (nullable) */
} Story;

static TaiTillNews *
read_news (GBytes *body)
{
  const char *terminal;
  g_autoptr (TaiJson) json = body != NULL ? hq_body_parse (body) : NULL;
  return json != NULL ? tai_till_news_from_json (json, &terminal, NULL) : NULL;
}

static gboolean
add_story_cb (const HqTillRow *row, gpointer data)
{
  Story *story = data;
  g_autoptr (TaiTillNews) news = read_news (row->body);
  if (news == NULL)
    return TRUE;
  story->n_granted += news->approval_state == TAI_APPROVAL_GRANTED;
  if (news->approval_state != TAI_APPROVAL_USED)
    return TRUE;
  story->n_used++;
  if (story->used == NULL)
    story->used = g_steal_pointer (&news);
  return TRUE;
}

/* ---- who ---- */

static void
check_approver (HqStore *store, const char *hall, const TaiTillNews *news, GString **codes)
{
  const TaiAction *action = tai_action_find (news->name);
  g_autoptr (TaiStaff) staff = hq_staff_find (store, hall, news->approver);
  if (action == NULL)
    hq_finding_add (codes, "action_unknown");
  if (strcmp (news->approver, news->asked_by) == 0)
    hq_finding_add (codes, "self");
  if (staff == NULL)
    hq_finding_add (codes, "approver_unknown");
  else if (staff->disabled)
    hq_finding_add (codes, "approver_disabled");
  else if (!tai_staff_check_right (staff, TAI_RIGHT_APPROVE | (action != NULL ? action->right : 0), NULL))
    hq_finding_add (codes, "right_missing");
}

static void
check_times (const TaiTillNews *news, GString **codes)
{
  if (news->time_us >= news->until_us || news->time_us < news->decided_us)
    hq_finding_add (codes, "expired");
  if (news->until_us - news->decided_us > TAI_APPROVAL_US || news->decided_us < news->asked_us)
    hq_finding_add (codes, "times");
}

/* ---- what for ---- */

static gboolean
is_amount (TaiMoney a, TaiMoney b)
{
  return a.minor == b.minor && a.currency == b.currency;
}

static gboolean
is_till_act (const TaiTillNews *approval, const HqMessageRow *message)
{
  g_autoptr (TaiTillNews) act = read_news (message->body);
  const TaiCashMove *move = act != NULL ? tai_cash_move_find (act->name) : NULL;
  TaiMoney difference;
  if (act == NULL)
    return FALSE;
  if (act->kind == TAI_NEWS_CASH)
    return move != NULL && g_strcmp0 (move->action, approval->name) == 0 &&
           strcmp (approval->subject, act->subject != NULL ? act->subject : act->till) == 0 &&
           is_amount (act->amount, approval->amount);
  return act->kind == TAI_NEWS_CLOSED && strcmp (approval->name, TAI_ACTION_CLOSE_DIFFERENCE) == 0 &&
         strcmp (approval->subject, act->shift_id) == 0 &&
         tai_money_subtract (act->counted, act->expected, &difference, NULL) &&
         is_amount (difference, approval->amount);
}

static gboolean
is_cancel_act (HqStore *store, const TaiTillNews *approval, const HqMessageRow *message)
{
  static const char *const actions[] = {[HQ_TAKE_BACK_CANCEL] = TAI_ACTION_CANCEL,
                                        [HQ_TAKE_BACK_UNDO] = TAI_ACTION_UNDO,
                                        [HQ_TAKE_BACK_CORRECTION] = TAI_ACTION_CORRECTION};
  g_auto (HqCancelRow) task = {0};
  HqTakeBack what;
  if (!store->klass->cancel_find (store, message->hall, message->resource, &task) ||
      strcmp (task.order_id, approval->subject) != 0)
    return FALSE;
  g_autoptr (TaiJson) body = hq_body_parse (task.body);
  return hq_take_back_read (body, &what) && strcmp (approval->name, actions[what]) == 0;
}

static gboolean
is_payment_act (HqStore *store, const TaiTillNews *approval, const HqMessageRow *message)
{
  g_auto (HqPaymentRow) payment = {0};
  TaiMoney total;
  if (strcmp (approval->name, TAI_ACTION_PAYMENT_PAID) != 0 ||
      strcmp (approval->subject, message->key) != 0 ||
      !store->klass->payment_find (store, message->hall, message->key, &payment))
    return FALSE;
  g_autoptr (TaiJson) json = hq_body_parse (payment.body);
  return json != NULL && tai_json_require_money (json, "totalAmount", &total, NULL) &&
         is_amount (total, approval->amount);
}

/* What is owed may go back in several refunds, one for each payment; one in doubt may be declared to have gone. */
static gboolean
is_refund_act (HqStore *store, const TaiTillNews *approval, const HqMessageRow *message)
{
  g_auto (HqDocumentRow) row = {0};
  TaiMoney amount;
  if (!store->klass->document_find (store, "Refund", message->hall, message->resource, &row))
    return FALSE;
  g_autoptr (TaiJson) json = hq_body_parse (row.body);
  if (strcmp (approval->name, TAI_ACTION_PAYMENT_PAID) == 0)
    return strcmp (approval->subject, message->key) == 0 &&
           tai_json_require_money (json, "totalAmount", &amount, NULL) &&
           is_amount (tai_money_negate (amount), approval->amount);
  return strcmp (approval->name, TAI_ACTION_REFUND) == 0 &&
         g_strcmp0 (tai_json_require_string (json, "x-guitai.order", NULL), approval->subject) == 0 &&
         tai_json_require_money (json, "totalAmount", &amount, NULL) &&
         amount.currency == approval->amount.currency && amount.minor <= approval->amount.minor;
}

static gboolean
is_act_of (HqStore *store, const TaiTillNews *approval, const HqMessageRow *message)
{
  switch (message->kind) {
  case HQ_MESSAGE_TILL:
    return is_till_act (approval, message);
  case HQ_MESSAGE_CANCEL:
    return is_cancel_act (store, approval, message);
  case HQ_MESSAGE_DOCUMENT:
    return is_refund_act (store, approval, message);
  case HQ_MESSAGE_PAYMENT:
    return is_payment_act (store, approval, message);
  case HQ_MESSAGE_ORDER:
  case HQ_MESSAGE_LEASE:
  default:
    return FALSE;
  }
}

/* Serving one more customer over the cap is no message of its own; nor is a payment that was not made, or that does not cover its visit
 * yet; nor a refund that a gateway refused. */
static gboolean
may_be_silent (const TaiTillNews *approval)
{
  static const char *const silent[] = {TAI_ACTION_CASH_CAP, TAI_ACTION_PAYMENT_PAID,
                                       TAI_ACTION_PAYMENT_NOT_PAID, NULL};
  return g_strv_contains (silent, approval->name);
}

static void
check_purpose (HqStore *store, const char *hall, const TaiTillNews *news, GString **codes)
{
  g_auto (HqMessageRow) message = {0};
  if (news->act.text[0] == '\0') {
    if (!may_be_silent (news))
      hq_finding_add (codes, "act_missing");
    return;
  }
  if (!store->klass->message_find (store, hall, news->act.text, &message)) {
    if (strcmp (news->name, TAI_ACTION_REFUND) != 0)
      hq_finding_add (codes, "act_missing");
  } else if (message.status >= 400)
    hq_finding_add (codes, "act_missing");
  else if (!is_act_of (store, news, &message))
    hq_finding_add (codes, "act_other");
}

char *
hq_finding_check_approval (HqStore *store, const char *hall, const char *id)
{
  HqTillFilter filter = {.hall = hall, .kind = tai_news_kind_to_text (TAI_NEWS_APPROVAL), .ref = id};
  GString *codes = NULL;
  Story story = {0};
  store->klass->till_list (store, &filter, add_story_cb, &story);
  if (story.used == NULL)
    return NULL;
  if (story.n_used > 1)
    hq_finding_add (&codes, "used_twice");
  if (story.n_granted == 0)
    hq_finding_add (&codes, "grant_missing");
  check_approver (store, hall, story.used, &codes);
  check_times (story.used, &codes);
  check_purpose (store, hall, story.used, &codes);
  tai_till_news_free (story.used);
  return hq_finding_end (codes);
}

/* ---- an act that needs one ---- */

static gboolean
count_cb (const HqTillRow *row, gpointer data)
{
  ++*(guint *)data;
  return FALSE;
}

char *
hq_finding_check_act (HqStore *store, const char *hall, const char *key)
{
  HqTillFilter filter = {.hall = hall, .kind = tai_news_kind_to_text (TAI_NEWS_APPROVAL), .act = key};
  guint n = 0;
  store->klass->till_list (store, &filter, count_cb, &n);
  return n == 0 ? g_strdup ("approval_missing") : NULL;
}
