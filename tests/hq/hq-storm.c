/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hq-storm.h"

#include <signal.h>
#include <string.h>

#include "tai-canonical.h"
#include "tai-headquarters.h"

typedef struct {
  CURL *curl;
  guint number;
} Slot;

typedef struct {
  struct curl_slist *headers;
  char *body;
} Ready;

typedef struct {
  HqProcess *process;
  const HqStorm *storm;
  HqStormResult result;
  CURLM *multi;
  Slot *slots;
  guint next, running;
  gboolean is_killed;
  char *order, *payment; /* templates */
  char *order_url, *payment_url;
  Ready *ready; /* [n] */
} Storm;

const char *
hq_storm_key (guint number, char key[37])
{
  g_snprintf (key, 37, "0199f3c2-7d10-7c3a-8000-%012x", number);
  return key;
}

static char *
read_example (const char *name)
{
  char *text = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "tmf", "examples", name, NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static char *
fill (const char *text, const char *placeholder, const char *key)
{
  GString *body = g_string_new (text);
  g_string_replace (body, placeholder, key, 1);
  return g_string_free (body, FALSE);
}

static size_t
drop_cb (char *data, size_t size, size_t n, void *nothing)
{
  return size * n;
}

static void
set_headers (Ready *ready, const char *key, guint number)
{
  TaiDigest digest = tai_digest_bytes (ready->body, strlen (ready->body));
  g_autofree char *base64 = g_base64_encode (digest.byte, TAI_DIGEST_SIZE);
  g_autofree char *idempotency = g_strdup_printf ("Idempotency-Key: %s", key);
  g_autofree char *seq = g_strdup_printf ("X-Guitai-Seq: %u", number);
  g_autofree char *sum = g_strdup_printf ("Content-Digest: sha-256=:%s:", base64);
  ready->headers = curl_slist_append (NULL, "Content-Type: application/json");
  ready->headers = curl_slist_append (ready->headers, "Prefer: return=minimal");
  ready->headers = curl_slist_append (ready->headers, idempotency);
  ready->headers = curl_slist_append (ready->headers, seq);
  ready->headers = curl_slist_append (ready->headers, sum);
}

/* Paid by the message before it. */
static char *
make_order (Storm *self, guint number, const char *key)
{
  char payment[37];
  g_autofree char *body = fill (self->order, "0199f3c2-7d10-7c3a-9b1e-5a4d2c6e8f01", key);
  return fill (body, "pay-H017-T2-000123", hq_storm_key (number - 1, payment));
}

/* Rendered before the first is sent, as a terminal's outbox has it. */
static void
make_ready (Storm *self)
{
  self->ready = g_new0 (Ready, self->storm->n);
  for (guint i = 0; i < self->storm->n; i++) {
    char key[37];
    guint number = self->storm->first + i;
    hq_storm_key (number, key);
    self->ready[i].body = number % 2 == 0 ? make_order (self, number, key)
                                          : fill (self->payment, "0199f3c2-7d11-7f40-8a77-1b2c3d4e5f60", key);
    set_headers (&self->ready[i], key, number);
  }
}

static void
send_next (Storm *self, Slot *slot)
{
  slot->number = self->next++;
  Ready *ready = &self->ready[slot->number - self->storm->first];
  curl_easy_setopt (slot->curl, CURLOPT_URL, slot->number % 2 == 0 ? self->order_url : self->payment_url);
  curl_easy_setopt (slot->curl, CURLOPT_POSTFIELDS, ready->body);
  curl_easy_setopt (slot->curl, CURLOPT_HTTPHEADER, ready->headers);
  curl_easy_setopt (slot->curl, CURLOPT_PRIVATE, slot);
  curl_multi_add_handle (self->multi, slot->curl);
  self->running++;
}

static void
take_result (Storm *self, CURL *curl, CURLcode result)
{
  Slot *slot = NULL;
  long status = 0;
  curl_easy_getinfo (curl, CURLINFO_PRIVATE, &slot);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_multi_remove_handle (self->multi, curl);
  self->running--;
  if (result == CURLE_OK && status == 201) {
    self->result.acknowledged[slot->number - self->storm->first] = 1;
    self->result.n_acknowledged++;
  } else
    self->result.n_failed++;
  if (self->storm->kill_pid != 0 && !self->is_killed &&
      self->result.n_acknowledged >= self->storm->kill_after) {
    kill (self->storm->kill_pid, self->storm->kill_signal);
    self->is_killed = TRUE;
  }
  if (!self->is_killed && self->next < self->storm->first + self->storm->n)
    send_next (self, slot);
}

static void
run (Storm *self)
{
  int still = 0;
  while (self->running > 0) {
    CURLMsg *message;
    int left;
    curl_multi_perform (self->multi, &still);
    while ((message = curl_multi_info_read (self->multi, &left)) != NULL)
      if (message->msg == CURLMSG_DONE)
        take_result (self, message->easy_handle, message->data.result);
    if (self->running > 0)
      curl_multi_poll (self->multi, NULL, 0, 100, NULL);
  }
}

HqStormResult
hq_storm_run (HqProcess *process, const HqStorm *storm)
{
  Storm self = {.process = process, .storm = storm, .multi = curl_multi_init (), .next = storm->first};
  self.slots = g_new0 (Slot, storm->parallel);
  self.order = read_example ("1_activation.v4.json");
  self.payment = read_example ("pay.tmf676.v4.json");
  self.order_url = g_strconcat (process->url, TAI_PATH_ORDER, NULL);
  self.payment_url = g_strconcat (process->url, TAI_PATH_PAYMENT, NULL);
  make_ready (&self);
  self.result.acknowledged = g_new0 (guint8, storm->n);
  gint64 start = g_get_monotonic_time ();
  for (guint i = 0; i < storm->parallel; i++) {
    self.slots[i].curl = hq_curl_new (process, storm->identity, NULL);
    curl_easy_setopt (self.slots[i].curl, CURLOPT_WRITEFUNCTION, drop_cb);
    if (self.next < storm->first + storm->n)
      send_next (&self, &self.slots[i]);
  }
  run (&self);
  self.result.elapsed_us = g_get_monotonic_time () - start;
  for (guint i = 0; i < storm->parallel; i++) {
    curl_easy_cleanup (self.slots[i].curl);
  }
  for (guint i = 0; i < storm->n; i++) {
    curl_slist_free_all (self.ready[i].headers);
    g_free (self.ready[i].body);
  }
  g_free (self.ready);
  g_free (self.order_url);
  g_free (self.payment_url);
  curl_multi_cleanup (self.multi);
  g_free (self.slots);
  g_free (self.order);
  g_free (self.payment);
  return self.result;
}
