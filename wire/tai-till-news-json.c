/* SPDX-License-Identifier: GPL-3.0-or-later */
/* News of a till as JSON: what is rendered here is what is read here. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-till-news-json.h"

#include <string.h>

#include "tai-date.h"
#include "tai-debt-json.h"
#include "tai-json-money.h"
#include "tai-json-text.h"

/* Writing ---------------------------------------------------------------------------------------------------------------- */

static void
add_uuid (TaiJsonWriter *w, const char *name, const TaiUuid *id)
{
  tai_json_writer_add_string (w, name, id->text[0] != '\0' ? id->text : NULL);
}

static void
add_digest (TaiJsonWriter *w, const char *name, TaiDigest digest)
{
  char hex[65];

  tai_digest_to_hex (digest, hex);
  tai_json_writer_add_string (w, name, hex);
}

static void
add_close (TaiJsonWriter *w, const TaiTillNews *self)
{
  tai_json_writer_add_int (w, "zNumber", self->z_number);
  tai_json_writer_add_object (w, "journal");
  tai_json_writer_add_int (w, "seq", self->journal_seq);
  add_digest (w, "head", self->journal_head);
  tai_json_writer_end_object (w);
}

static void
add_hall (TaiJsonWriter *w, const TaiHallClose *hall)
{
  tai_json_writer_add_object (w, "hall");
  tai_json_writer_add_int (w, "number", hall->number);
  tai_json_writer_add_known_money (w, "sales", hall->sales);
  tai_json_writer_add_known_money (w, "drawers", hall->drawers);
  tai_json_writer_add_known_money (w, "safe", hall->safe);
  tai_json_writer_add_known_money (w, "inBags", hall->in_bags);
  tai_json_writer_add_int (w, "orders", hall->n_orders);
  tai_json_writer_add_int (w, "shifts", hall->n_shifts);
  tai_json_writer_add_int (w, "left", hall->n_left);
  tai_json_writer_end_object (w);
}

static void
add_approval (TaiJsonWriter *w, const TaiTillNews *self)
{
  tai_json_writer_add_object (w, "approval");
  add_uuid (w, "id", &self->approval_id);
  tai_json_writer_add_string (w, "state", tai_state_to_text (&tai_approval_states, self->approval_state));
  tai_json_writer_add_string (w, "askedBy", self->asked_by);
  tai_json_writer_add_string (w, "approver", self->approver);
  tai_json_writer_add_time (w, "asked", self->asked_us);
  tai_json_writer_add_time (w, "decided", self->decided_us);
  tai_json_writer_add_time (w, "until", self->until_us);
  add_uuid (w, "act", &self->act);
  tai_json_writer_end_object (w);
}

static void
add_message (TaiJsonWriter *w, const TaiTillNews *self)
{
  tai_json_writer_add_object (w, "message");
  tai_json_writer_add_int (w, "seq", self->message_seq);
  add_digest (w, "sha256", self->message_digest);
  tai_json_writer_end_object (w);
}

GBytes *
tai_till_news_render (const TaiTillNews *self, const TaiTerminal *terminal)
{
  TaiNewsParts parts = tai_news_get_parts (self->kind);
  TaiJsonWriter *w = tai_json_writer_new ();

  tai_json_writer_begin_object (w);
  add_uuid (w, "id", &self->id);
  tai_json_writer_add_string (w, "kind", tai_news_kind_to_text (self->kind));
  tai_json_writer_add_string (w, "name", self->name);
  tai_json_writer_add_string (w, "terminal", terminal->id);
  tai_json_writer_add_string (w, "till", self->till);
  tai_json_writer_add_string (w, "businessDay", self->business_day);
  tai_json_writer_add_string (w, "shift", self->shift_id);
  tai_json_writer_add_string (w, "clerk", self->clerk);
  tai_json_writer_add_time (w, "time", self->time_us);
  tai_json_writer_add_string (w, "subject", self->subject);
  tai_json_writer_add_string (w, "slip", self->slip);
  tai_json_writer_add_string (w, "reason", self->reason);
  tai_json_writer_add_known_money (w, "amount", self->amount);
  tai_json_writer_add_known_money (w, "counted", self->counted);
  tai_json_writer_add_known_money (w, "expected", self->expected);
  if (parts & TAI_NEWS_HAS_CLOSE)
    add_close (w, self);
  if (parts & TAI_NEWS_HAS_NUMBER) {
    tai_json_writer_add_int (w, "zNumber", self->z_number);
    tai_json_writer_add_int (w, "number", self->number);
  }
  if (parts & TAI_NEWS_HAS_HALL)
    add_hall (w, self->hall);
  if (parts & TAI_NEWS_HAS_APPROVAL)
    add_approval (w, self);
  if (parts & TAI_NEWS_HAS_MESSAGE)
    add_message (w, self);
  if (parts & TAI_NEWS_HAS_TOKEN)
    add_digest (w, "token", self->token);
  if (parts & TAI_NEWS_HAS_UNTIL)
    tai_json_writer_add_time (w, "until", self->promised_us);
  if (parts & TAI_NEWS_HAS_DEBT) {
    tai_json_writer_key (w, "debt");
    tai_debt_write (w, self->debt);
  }
  tai_json_writer_end_object (w);
  return tai_json_writer_end_bytes (w);
}

/* Reading ---------------------------------------------------------------------------------------------------------------- */

static TaiJsonTextFlags
needed (TaiNewsParts parts, TaiNewsParts part)
{
  return parts & part ? TAI_JSON_TEXT_NEEDED : 0;
}

static gboolean
take_digest (const TaiJson *json, const char *name, TaiDigest *digest, GError **error)
{
  const char *text = tai_json_require_string (json, name, error);

  return text != NULL && (tai_digest_from_hex (text, digest) || tai_json_refuse (error, name, "no SHA-256"));
}

static gboolean
take_money (const TaiJson *json, const char *name, gboolean is_needed, TaiMoney *amount, GError **error)
{
  return is_needed ? tai_json_require_money (json, name, amount, error)
                   : tai_json_optional_money (json, name, amount, error);
}

/* A shift has its business day, and the day is one. */
static gboolean
take_shift (const TaiJson *json, TaiNewsParts parts, TaiTillNews *self, GError **error)
{
  gboolean has_day = (parts & TAI_NEWS_HAS_HALL) != 0;
  TaiDate date;
  TaiUuid shift;

  if (!tai_json_take_uuid (json, "shift", needed (parts, TAI_NEWS_HAS_SHIFT), &shift, error) ||
      !tai_json_take_text (json, "businessDay", has_day || shift.text[0] != '\0' ? TAI_JSON_TEXT_NEEDED : 0,
                           &self->business_day, error))
    return FALSE;
  if (self->business_day != NULL &&
      (strlen (self->business_day) != 10 || !tai_date_from_text (self->business_day, &date)))
    return tai_json_refuse (error, "businessDay", "no day");
  self->shift_id = shift.text[0] != '\0' ? g_strdup (shift.text) : NULL;
  return TRUE;
}

static gboolean
take_figures (const TaiJson *json, TaiNewsParts parts, TaiTillNews *self, GError **error)
{
  gboolean has_count = (parts & TAI_NEWS_HAS_COUNT) != 0;

  if (!take_money (json, "amount", (parts & TAI_NEWS_HAS_AMOUNT) != 0, &self->amount, error) ||
      !take_money (json, "counted", has_count, &self->counted, error) ||
      !take_money (json, "expected", has_count, &self->expected, error))
    return FALSE;
  if (self->counted.currency != self->expected.currency)
    return tai_json_refuse (error, "expected", "another currency");
  return !(parts & TAI_NEWS_HAS_CLOSE) ||
         (tai_json_require_int (json, "zNumber", &self->z_number, error) &&
          tai_json_require_int (json, "journal.seq", &self->journal_seq, error) &&
          take_digest (json, "journal.head", &self->journal_head, error));
}

static gboolean
take_numbers (const TaiJson *json, TaiTillNews *self, GError **error)
{
  if (!tai_json_require_int (json, "zNumber", &self->z_number, error) ||
      !tai_json_require_int (json, "number", &self->number, error))
    return FALSE;
  return (self->z_number > 0 && self->number > 0) || tai_json_refuse (error, "number", "below 1");
}

static gboolean
take_hall (const TaiJson *json, TaiTillNews *self, GError **error)
{
  const TaiJson *node = tai_json_require_object (json, "hall", error);
  TaiHallClose *hall = self->hall = g_new0 (TaiHallClose, 1);
  gint64 number;

  if (node == NULL || !tai_json_require_int (node, "number", &number, error) ||
      !tai_json_require_money (node, "sales", &hall->sales, error) ||
      !tai_json_require_money (node, "drawers", &hall->drawers, error) ||
      !tai_json_require_money (node, "safe", &hall->safe, error) ||
      !tai_json_require_money (node, "inBags", &hall->in_bags, error) ||
      !tai_json_require_int (node, "orders", &hall->n_orders, error) ||
      !tai_json_require_int (node, "shifts", &hall->n_shifts, error) ||
      !tai_json_require_int (node, "left", &hall->n_left, error))
    return FALSE;
  if (hall->drawers.currency != hall->sales.currency || hall->safe.currency != hall->sales.currency ||
      hall->in_bags.currency != hall->sales.currency)
    return tai_json_refuse (error, "hall", "another currency");
  hall->number = (gint32)number;
  return (number > 0 && number <= G_MAXINT32) || tai_json_refuse (error, "hall.number", "no number");
}

static gboolean
take_approval (const TaiJson *json, TaiTillNews *self, GError **error)
{
  const TaiJson *node = tai_json_require_object (json, "approval", error);
  const char *text = node != NULL ? tai_json_require_string (node, "state", error) : NULL;
  g_autoptr (GError) unknown = NULL;
  guint state;

  if (text == NULL)
    return FALSE;
  if (!tai_state_from_text (&tai_approval_states, text, &state, &unknown))
    return tai_json_refuse (error, "approval.state", unknown->message);
  self->approval_state = state;
  return tai_json_take_uuid (node, "id", TAI_JSON_TEXT_NEEDED, &self->approval_id, error) &&
         tai_json_take_text (node, "askedBy", TAI_JSON_TEXT_NEEDED, &self->asked_by, error) &&
         tai_json_take_text (node, "approver", TAI_JSON_TEXT_NEEDED, &self->approver, error) &&
         tai_json_take_time (node, "asked", TAI_JSON_TEXT_NEEDED, &self->asked_us, error) &&
         tai_json_take_time (node, "decided", TAI_JSON_TEXT_NEEDED, &self->decided_us, error) &&
         tai_json_take_time (node, "until", 0, &self->until_us, error) &&
         tai_json_take_uuid (node, "act", 0, &self->act, error);
}

static gboolean
take_message (const TaiJson *json, TaiTillNews *self, GError **error)
{
  if (!tai_json_require_int (json, "message.seq", &self->message_seq, error) ||
      !take_digest (json, "message.sha256", &self->message_digest, error))
    return FALSE;
  return (self->message_seq >= 0 && tai_uuid_is_valid (self->subject)) ||
         tai_json_refuse (error, "message", "no number, or no key");
}

/* What it says of itself it says once: its order, its amount, its state and why. */
static gboolean
take_debt (const TaiJson *json, TaiTillNews *self, GError **error)
{
  TaiUuid order;

  if (!tai_json_take_uuid (json, "subject", TAI_JSON_TEXT_NEEDED, &order, error))
    return FALSE;
  self->debt = tai_debt_read (json, &order, self->name, error);
  if (self->debt == NULL)
    return FALSE;
  self->debt->reason = g_strdup (self->reason);
  self->amount = self->debt->amount;
  return TRUE;
}

static gboolean
take_words (const TaiJson *json, TaiNewsParts parts, TaiTillNews *self, GError **error)
{
  return tai_json_take_uuid (json, "id", TAI_JSON_TEXT_NEEDED, &self->id, error) &&
         tai_json_take_text (json, "name", needed (parts, TAI_NEWS_HAS_NAME), &self->name, error) &&
         tai_json_take_text (json, "till", TAI_JSON_TEXT_NEEDED, &self->till, error) &&
         tai_json_take_text (json, "clerk", 0, &self->clerk, error) &&
         tai_json_take_time (json, "time", TAI_JSON_TEXT_NEEDED, &self->time_us, error) &&
         tai_json_take_text (json, "subject", needed (parts, TAI_NEWS_HAS_SUBJECT), &self->subject, error) &&
         tai_json_take_text (json, "slip", 0, &self->slip, error) &&
         tai_json_take_text (json, "reason", 0, &self->reason, error);
}

TaiTillNews *
tai_till_news_from_json (const TaiJson *json, const char **terminal, GError **error)
{
  const char *text = tai_json_require_string (json, "kind", error);
  g_autoptr (GError) unknown = NULL;
  g_autoptr (TaiTillNews) self = NULL;
  TaiNewsParts parts;
  TaiNewsKind kind;

  if (text == NULL)
    return NULL;
  if (!tai_news_kind_from_text (text, &kind, &unknown)) {
    tai_json_refuse (error, "kind", unknown->message);
    return NULL;
  }
  parts = tai_news_get_parts (kind);
  self = tai_till_news_new (kind);
  *terminal = tai_json_require_string (json, "terminal", error);
  if (*terminal == NULL || !take_words (json, parts, self, error) || !take_shift (json, parts, self, error) ||
      !take_figures (json, parts, self, error) ||
      ((parts & TAI_NEWS_HAS_NUMBER) && !take_numbers (json, self, error)) ||
      ((parts & TAI_NEWS_HAS_HALL) && !take_hall (json, self, error)) ||
      ((parts & TAI_NEWS_HAS_APPROVAL) && !take_approval (json, self, error)) ||
      ((parts & TAI_NEWS_HAS_MESSAGE) && !take_message (json, self, error)) ||
      ((parts & TAI_NEWS_HAS_TOKEN) && !take_digest (json, "token", &self->token, error)) ||
      ((parts & TAI_NEWS_HAS_UNTIL) &&
       !tai_json_take_time (json, "until", TAI_JSON_TEXT_NEEDED, &self->promised_us, error)) ||
      ((parts & TAI_NEWS_HAS_DEBT) && !take_debt (json, self, error)))
    return NULL;
  return g_steal_pointer (&self);
}
