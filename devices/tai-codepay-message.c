/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The messages of bank terminals. Why by itself: what of a card may be kept is decided in one place, here. Any thread. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-codepay-message.h"

#include <string.h>

#include "tai-json.h"

#define MAX_TEXT  64 /* bytes of one member that is believed */
#define CARD_TAIL 4

static const char *const topics[] = {
    [TAI_CODEPAY_ORDER] = "ecrhub.pay.order",
    [TAI_CODEPAY_QUERY] = "ecrhub.pay.query",
    [TAI_CODEPAY_CLOSE] = "ecrhub.pay.close",
};

const char *
tai_codepay_topic_to_text (TaiCodepayTopic topic)
{
  g_return_val_if_fail (topic < G_N_ELEMENTS (topics), NULL);
  return topics[topic];
}

void
tai_codepay_order_number (const TaiUuid *payment_id, char order[TAI_CODEPAY_ORDER_SIZE])
{
  gsize n = 0;

  for (const char *at = payment_id->text; *at != '\0' && n + 1 < TAI_CODEPAY_ORDER_SIZE; at++)
    if (g_ascii_isalnum (*at))
      order[n++] = *at;
  order[n] = '\0';
}

void
tai_codepay_void_number (const TaiUuid *payment_id, char order[TAI_CODEPAY_ORDER_SIZE])
{
  g_autofree char *seed = g_strconcat ("void ", payment_id->text, NULL);
  char hex[65];

  tai_digest_to_hex (tai_digest_bytes (seed, strlen (seed)), hex);
  g_strlcpy (order, hex, TAI_CODEPAY_ORDER_SIZE);
}

/* Asking ------------------------------------------------------------------------------------------------------------------ */

/* trans_type: 1 a sale, 2 a sale taken back, 3 money of a sale given back. */
static void
add_order (TaiJsonWriter *writer, const TaiCodepayRequest *self)
{
  char text[32];
  gboolean takes_back = self->original[0] != '\0';

  tai_json_writer_add_string (writer, "trans_type", self->is_refund ? "3" : takes_back ? "2" : "1");
  tai_json_writer_add_string (writer, "orig_merchant_order_no", takes_back ? self->original : NULL);
  tai_json_writer_add_string (writer, "order_amount", tai_money_print (self->amount, text));
  tai_json_writer_add_string (writer, "price_currency", tai_currency_to_code (self->amount.currency));
  tai_json_writer_add_string (writer, "pay_scenario", "SWIPE_CARD");
  tai_json_writer_add_bool (writer, "confirm_on_terminal", FALSE);
  tai_json_writer_add_int (writer, "expires", self->expires_s);
}

GBytes *
tai_codepay_request_render (const TaiCodepayRequest *self, const char *app_id, gint64 time_us)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  g_autofree char *time = g_strdup_printf ("%" G_GINT64_FORMAT, time_us / 1000);

  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "topic", tai_codepay_topic_to_text (self->topic));
  tai_json_writer_add_string (writer, "request_id", self->request_id);
  tai_json_writer_add_string (writer, "app_id", app_id);
  tai_json_writer_add_string (writer, "timestamp", time);
  tai_json_writer_add_string (writer, "version", "1.0");
  tai_json_writer_key (writer, "biz_data");
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "merchant_order_no", self->order);
  if (self->topic == TAI_CODEPAY_ORDER)
    add_order (writer, self);
  tai_json_writer_end_object (writer);
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_bytes (writer);
}

/* Answers ----------------------------------------------------------------------------------------------------------------- */

/* Terminals write some numbers as texts and some as numbers. What is long or not plain ASCII is none of ours. */
static char *
dup_plain (const TaiJson *json, const char *path)
{
  const char *text = NULL;
  gint64 number;

  if (tai_json_require_int (json, path, &number, NULL))
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);
  if (!tai_json_optional_string (json, path, &text, NULL) || text == NULL || strlen (text) > MAX_TEXT)
    return NULL;
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return NULL;
  return g_strdup (text);
}

/* "456331******3919", or what a terminal that masks nothing says. */
static char *
cut_card (TaiJson *json)
{
  const char *text = NULL;
  gsize length;
  char *tail = NULL;

  if (!tai_json_optional_string (json, "biz_data.card_no", &text, NULL) || text == NULL)
    return NULL;
  length = strlen (text);
  if (length > CARD_TAIL && strspn (text + length - CARD_TAIL, "0123456789") == CARD_TAIL)
    tail = g_strdup (text + length - CARD_TAIL);
  tai_json_wipe_string (json, "biz_data.card_no");
  return tail;
}

TaiCodepayReply *
tai_codepay_reply_parse (const guint8 *bytes, gsize size)
{
  g_autoptr (TaiJson) json = tai_json_parse ((const char *)bytes, (gssize)size, NULL, NULL);
  g_autoptr (TaiCodepayReply) self = NULL;

  if (json == NULL)
    return NULL;
  self = g_new0 (TaiCodepayReply, 1);
  self->card = cut_card (json);
  self->request_id = dup_plain (json, "request_id");
  self->code = dup_plain (json, "response_code");
  self->order = dup_plain (json, "biz_data.merchant_order_no");
  self->status = dup_plain (json, "biz_data.trans_status");
  self->transaction = dup_plain (json, "biz_data.trans_no");
  self->amount = dup_plain (json, "biz_data.order_amount");
  self->currency = dup_plain (json, "biz_data.price_currency");
  return self->request_id != NULL && self->code != NULL ? g_steal_pointer (&self) : NULL;
}

void
tai_codepay_reply_free (TaiCodepayReply *self)
{
  if (self == NULL)
    return;
  g_free (self->request_id);
  g_free (self->order);
  g_free (self->code);
  g_free (self->status);
  g_free (self->transaction);
  g_free (self->card);
  g_free (self->amount);
  g_free (self->currency);
  g_free (self);
}

gboolean
tai_codepay_reply_is_good (const TaiCodepayReply *self)
{
  return strcmp (self->code, "000") == 0 || strcmp (self->code, "0") == 0;
}
