/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-reading.h"

#include "tai-hq-apply-private.h"

struct _HqReading {
  GArray *messages; /* (owned) (element-type HqReadMessage) */
};

static void
message_clear (HqReadMessage *self)
{
  tai_json_free (self->head);
  tai_json_free (self->json);
}

HqReading *
hq_reading_new (void)
{
  HqReading *self = g_new0 (HqReading, 1);
  self->messages = g_array_new (FALSE, FALSE, sizeof (HqReadMessage));
  g_array_set_clear_func (self->messages, (GDestroyNotify)message_clear);
  return self;
}

void
hq_reading_free (HqReading *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->messages);
  g_free (self);
}

TaiJson *
hq_reading_parse (const char *bytes, gsize size)
{
  static const TaiJsonLimits limits = {.max_bytes = HQ_MESSAGE_MAX_BYTES,
                                       .max_values = HQ_READING_VALUES_MAX};
  return tai_json_parse (bytes, (gssize)size, &limits, NULL);
}

void
hq_reading_add (HqReading *self, TaiJson *head, const char *bytes, gsize size)
{
  HqReadMessage message = {.is_read = size <= HQ_MESSAGE_MAX_BYTES, .head = head};
  if (message.is_read) {
    message.sha256 = hq_digest (bytes, size);
    message.json = hq_reading_parse (bytes, size);
  }
  g_array_append_val (self->messages, message);
}

HqReadMessage *
hq_reading_get (HqReading *self, guint index)
{
  if (self == NULL || index >= self->messages->len)
    return NULL;
  HqReadMessage *message = &g_array_index (self->messages, HqReadMessage, index);
  return message->is_read ? message : NULL;
}
