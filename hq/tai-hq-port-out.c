/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code with which a number leaves, as a product of the line (TMF637). */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-port-out.h"

#include <string.h>

#define DAY_US        (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define PORT_OUT_DAYS 5
#define CODE_DIGITS   8

/* Nobody can guess it who has not the key, and the same order gives the same: there is no chance in hq_apply. */
static char *
make_code (HqStore *store, const char *order_id)
{
  if (store->secrets.blind_key == NULL)
    return NULL;
  g_autofree char *seed = g_strconcat ("port-out ", order_id, NULL);
  g_autofree char *secret = tai_seal_blind_index (store->secrets.blind_key, seed);
  TaiDigest digest = hq_digest (secret, strlen (secret));
  guint64 number;
  memcpy (&number, digest.byte, sizeof number);
  return g_strdup_printf ("%0*" G_GUINT64_FORMAT, CODE_DIGITS, GUINT64_FROM_LE (number) % 100000000);
}

static char *
render_code (const HqLineRow *line, const char *code, gint64 from_us, gint64 until_us)
{
  g_autofree char *from = tai_time_to_text (from_us);
  g_autofree char *until = tai_time_to_text (until_us);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "@type", "Product");
  tai_json_writer_add_string (writer, "name", "port-out code");
  tai_json_writer_add_string (writer, "status", "active");
  tai_json_writer_add_string (writer, "startDate", from);
  tai_json_writer_add_string (writer, "terminationDate", until);
  tai_json_writer_add_array (writer, "productCharacteristic");
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "name", "portOutCode");
  tai_json_writer_add_string (writer, "valueType", "string");
  tai_json_writer_add_string (writer, "value", code);
  tai_json_writer_end_object (writer);
  tai_json_writer_end_array (writer);
  tai_json_writer_add_object (writer, "billingAccount");
  tai_json_writer_add_string (writer, "id", line->msisdn);
  tai_json_writer_end_object (writer);
  tai_json_writer_add_array (writer, "productPrice");
  tai_json_writer_end_array (writer);
  tai_json_writer_add_array (writer, "relatedParty");
  tai_json_writer_end_array (writer);
  tai_json_writer_add_array (writer, "realizingResource");
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", line->msisdn);
  tai_json_writer_add_string (writer, "value", line->msisdn);
  tai_json_writer_end_object (writer);
  tai_json_writer_end_array (writer);
  tai_json_writer_end_object (writer);
  return tai_json_writer_end_text (writer);
}

void
hq_port_out_give_code (HqStore *store, const HqOrderRow *order, const HqLineRow *line)
{
  g_autofree char *id = g_strconcat (line->msisdn, "-port-out", NULL);
  g_autofree char *code = make_code (store, order->id);
  gint64 now_us = line->changed_us;
  gint64 days = hq_store_get_number (store, "port_out_days", PORT_OUT_DAYS);
  if (code == NULL)
    return;
  char *text = render_code (line, code, now_us, now_us + days * DAY_US);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  HqDocumentRow row = {.kind = "Product",
                       .hall = "",
                       .id = id,
                       .line = line->msisdn,
                       .party = line->customer,
                       .created_us = now_us,
                       .changed_us = now_us,
                       .body = body};
  store->klass->document_put (store, &row);
}
