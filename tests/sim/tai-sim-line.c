/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-line.h"

#include "tai-fake-random.h"
#include "tai-hq-pay.h"

#include <string.h>

struct _TaiSimLine {
  GObject parent;
  TaiSimNet *net;
  char *terminal;    /* (owned) */
  GPtrArray *flying; /* (element-type Flight) who has not been answered */
};

/* A request on its way, and who waits for it. Counted: copies of it may arrive after the sender has been answered. */
typedef struct {
  gatomicrefcount refs;
  TaiSimNet *net;
  TaiSimLine *line; /* NULL: answered */
  HqRequest request;
  char *texts[8]; /* (owned) what @request points to */
  TaiReplyFunc done;
  gpointer data;
  gint64 answer_ms; /* -1: the answer gets lost */
  guint give_up;    /* timer, which holds a reference; 0: none */
} Flight;

static void tai_sim_line_iface_init (TaiHeadquartersInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiSimLine, tai_sim_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_HEADQUARTERS, tai_sim_line_iface_init))

guint
tai_sim_net_draw (TaiSimNet *self, guint below)
{
  return (guint)(tai_fake_random_next (&self->random) % below);
}

static Flight *
flight_ref (Flight *flight)
{
  g_atomic_ref_count_inc (&flight->refs);
  return flight;
}

static void
flight_unref (Flight *flight)
{
  if (!g_atomic_ref_count_dec (&flight->refs))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (flight->texts); i++)
    g_free (flight->texts[i]);
  g_clear_pointer (&flight->request.body, g_bytes_unref);
  g_free (flight);
}

static void
answer (Flight *flight, const TaiReply *reply)
{
  TaiSimLine *line = flight->line;

  if (line == NULL)
    return;
  flight->line = NULL;
  g_ptr_array_remove_fast (line->flying, flight);
  if (flight->give_up != 0) {
    tai_clock_cancel (flight->net->clock, flight->give_up);
    flight->give_up = 0;
    flight_unref (flight);
  }
  flight->done (reply, flight->data);
  flight_unref (flight);
}

static void
give_up_cb (gpointer data)
{
  Flight *flight = data;
  const TaiReply reply = {.line = TAI_LINE_LOST, .detail = (char *)"no answer"};

  flight->give_up = 0;
  answer (flight, &reply);
  flight_unref (flight);
}

static void
refuse_cb (gpointer data)
{
  Flight *flight = data;
  const TaiReply reply = {.line = TAI_LINE_NOT_REACHED, .detail = (char *)"connection refused"};

  answer (flight, &reply);
  flight_unref (flight);
}

typedef struct {
  Flight *flight;
  TaiReply reply;
} Answer;

static void
answer_cb (gpointer data)
{
  Answer *each = data;

  answer (each->flight, &each->reply);
  flight_unref (each->flight);
  g_clear_pointer (&each->reply.body, g_bytes_unref);
  g_free (each->reply.etag);
  g_free (each);
}

static void
send_answer (Flight *flight, HqResponse *response)
{
  Answer *each;

  if (flight->line == NULL || flight->answer_ms < 0)
    return;
  each = g_new0 (Answer, 1);
  each->flight = flight_ref (flight);
  each->reply.line = TAI_LINE_OK;
  each->reply.status = response->status;
  each->reply.body = response->body ? g_bytes_ref (response->body) : NULL;
  each->reply.etag = g_strdup (response->etag);
  each->reply.retry_after_ms = response->retry_after_s * 1000;
  tai_clock_after (flight->net->clock, flight->answer_ms, answer_cb, each);
}

/* HQ's state engine: some time after news, and when it has something to do. */
static void
advance_cb (gpointer data)
{
  TaiSimNet *self = data;
  gint64 now_us = tai_clock_now (self->clock), next_us = 0;

  self->advance_timer = 0;
  hq_advance (self->hq, now_us, 100, &next_us);
  if (next_us != 0)
    self->advance_timer =
        tai_clock_after (self->clock, MAX (next_us - now_us, 1000) / 1000, advance_cb, self);
}

static void
expect_advance (TaiSimNet *self)
{
  if (self->advance_timer != 0)
    tai_clock_cancel (self->clock, self->advance_timer);
  self->advance_timer = tai_clock_after (self->clock, 1 + tai_sim_net_draw (self, 3000), advance_cb, self);
}

static TaiSimHqFate
decide_hq_fate (TaiSimNet *self)
{
  if (self->hq_fate != NULL)
    return self->hq_fate (self->fate_data);
  if (tai_sim_net_draw (self, 100) >= self->fault_percent / 2)
    return TAI_SIM_HQ_LIVES;
  return tai_sim_net_draw (self, 2) ? TAI_SIM_HQ_DIES_BEFORE : TAI_SIM_HQ_DIES_AFTER;
}

/* What HQ asks a provider after its commit. It may die just before, or before it has written down what it heard: FALSE. */
static gboolean
contact_provider (TaiSimNet *self, HqResponse *response)
{
  HqContact *contact = g_steal_pointer (&response->contact);
  gint64 now_us = tai_clock_now (self->clock);
  guint chance = tai_sim_net_draw (self, 400);
  g_auto (TaiGatewayAnswer) said = {TAI_GATEWAY_UNKNOWN};
  gboolean lives = chance >= self->fault_percent;

  self->n_faults += !lives;
  if (lives || chance % 2 == 0)
    hq_gateway_send (hq_sandbox_get_gateway (self->sandbox), contact, now_us, &said);
  if (lives) {
    hq_response_clear (response);
    *response = (HqResponse){0};
    hq_pay_settle (self->hq, contact, &said, now_us, response);
  }
  hq_contact_free (contact);
  return lives;
}

static void
apply_group (TaiSimNet *self, GPtrArray *group, gboolean answers)
{
  g_autofree HqRequest *requests = g_new0 (HqRequest, group->len);
  g_autofree HqResponse *responses = g_new0 (HqResponse, group->len);

  for (guint i = 0; i < group->len; i++) {
    requests[i] = ((Flight *)g_ptr_array_index (group, i))->request;
    requests[i].now_us = tai_clock_now (self->clock);
  }
  hq_apply (self->hq, requests, group->len, responses);
  for (guint i = 0; i < group->len; i++) {
    gboolean lives = answers && (responses[i].contact == NULL || contact_provider (self, &responses[i]));
    if (lives)
      send_answer (g_ptr_array_index (group, i), &responses[i]);
    hq_response_clear (&responses[i]);
  }
  expect_advance (self);
}

/* HQ takes what has arrived as one group. Sometimes it dies before its commit, sometimes right after. */
static void
group_cb (gpointer data)
{
  TaiSimNet *self = data;
  g_autoptr (GPtrArray) group = g_steal_pointer (&self->inbox);
  TaiSimHqFate fate = decide_hq_fate (self);

  self->inbox = g_ptr_array_new_with_free_func ((GDestroyNotify)flight_unref);
  self->group_timer = 0;
  self->n_faults += fate != TAI_SIM_HQ_LIVES;
  if (fate != TAI_SIM_HQ_DIES_BEFORE)
    apply_group (self, group, fate == TAI_SIM_HQ_LIVES);
}

static void
arrive_cb (gpointer data)
{
  Flight *flight = data;
  TaiSimNet *self = flight->net;

  g_ptr_array_add (self->inbox, flight);
  if (self->group_timer == 0)
    self->group_timer = tai_clock_after (self->clock, 2, group_cb, self);
}

static void
deliver_after (Flight *flight, gint64 ms)
{
  tai_clock_after (flight->net->clock, ms, arrive_cb, flight_ref (flight));
}

static TaiSimFate
decide_fate (TaiSimNet *net, const TaiRequest *request)
{
  if (net->fate != NULL)
    return net->fate (request, net->fate_data);
  if (tai_sim_net_draw (net, 100) >= net->fault_percent)
    return TAI_SIM_ARRIVES;
  return (TaiSimFate)(TAI_SIM_NOT_REACHED + tai_sim_net_draw (net, TAI_SIM_TOO_LATE));
}

static void
swallow (Flight *flight)
{
  g_autofree char *text = g_strdup_printf ("{\"externalId\":\"%s\"}", flight->request.idempotency_key);
  HqResponse response = {.status = 201, .body = g_bytes_new (text, strlen (text))};

  send_answer (flight, &response);
  hq_response_clear (&response);
}

static void
send_off (Flight *flight, TaiSimFate fate, gint64 timeout_ms)
{
  TaiSimNet *net = flight->net;
  gint64 there_ms = 1 + tai_sim_net_draw (net, 40);

  flight->answer_ms = fate == TAI_SIM_ANSWER_LOST ? -1 : 1 + (gint64)tai_sim_net_draw (net, 40);
  net->n_faults += fate != TAI_SIM_ARRIVES;
  switch (fate) {
  case TAI_SIM_NOT_REACHED:
    tai_clock_after (net->clock, there_ms, refuse_cb, flight_ref (flight));
    return;
  case TAI_SIM_LOST:
    break;
  case TAI_SIM_TWICE:
    deliver_after (flight, there_ms);
    deliver_after (flight, there_ms + tai_sim_net_draw (net, 60000));
    break;
  case TAI_SIM_TOO_LATE:
    deliver_after (flight, timeout_ms + tai_sim_net_draw (net, 60000));
    break;
  case TAI_SIM_SWALLOWED:
    swallow (flight);
    break;
  default:
    deliver_after (flight, there_ms);
    break;
  }
  flight->give_up = tai_clock_after (net->clock, timeout_ms, give_up_cb, flight_ref (flight));
}

static const char *
keep (Flight *flight, guint slot, const char *text)
{
  return flight->texts[slot] = g_strdup (text);
}

static void
tai_sim_line_send (TaiHeadquarters *headquarters, const TaiRequest *request, TaiReplyFunc done, gpointer data)
{
  TaiSimLine *self = TAI_SIM_LINE (headquarters);
  Flight *flight = g_new0 (Flight, 1);
  const char *query = strchr (request->path, '?');
  g_autofree char *path =
      query ? g_strndup (request->path, (gsize)(query - request->path)) : g_strdup (request->path);

  g_atomic_ref_count_init (&flight->refs);
  flight->net = self->net;
  flight->line = self;
  flight->done = done;
  flight->data = data;
  flight->request.method = keep (flight, 0, request->method);
  flight->request.path = keep (flight, 1, path);
  flight->request.query = keep (flight, 2, query ? query + 1 : NULL);
  flight->request.content_type = keep (flight, 3, request->content_type);
  flight->request.idempotency_key = keep (flight, 4, request->idempotency_key);
  flight->request.terminal = keep (flight, 5, self->terminal);
  if (request->terminal_seq > 0) {
    flight->texts[6] = g_strdup_printf ("%" G_GINT64_FORMAT, request->terminal_seq);
    flight->request.seq = flight->texts[6];
  }
  if (request->digest != NULL) {
    g_autofree char *base64 = g_base64_encode (request->digest->byte, TAI_DIGEST_SIZE);
    flight->texts[7] = g_strdup_printf ("sha-256=:%s:", base64);
    flight->request.digest = flight->texts[7];
  }
  /* As the real line asks (offline/sync/tai-curl-transfer.c): key and state are all that is read of the answer. */
  if (strcmp (request->method, "POST") == 0)
    flight->request.prefer = "return=minimal";
  flight->request.body = request->body ? g_bytes_ref (request->body) : NULL;
  g_ptr_array_add (self->flying, flight);
  self->net->n_requests++;
  send_off (flight, decide_fate (self->net, request), request->timeout_ms);
}

void
tai_sim_line_cut (TaiSimLine *self)
{
  const TaiReply reply = {.line = TAI_LINE_LOST, .detail = (char *)"the program died"};

  while (self->flying->len > 0)
    answer (g_ptr_array_index (self->flying, 0), &reply);
}

static void
tai_sim_line_iface_init (TaiHeadquartersInterface *iface)
{
  iface->send = tai_sim_line_send;
}

static void
tai_sim_line_finalize (GObject *object)
{
  TaiSimLine *self = TAI_SIM_LINE (object);

  tai_sim_line_cut (self);
  g_ptr_array_unref (self->flying);
  g_free (self->terminal);
  G_OBJECT_CLASS (tai_sim_line_parent_class)->finalize (object);
}

static void
tai_sim_line_class_init (TaiSimLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_sim_line_finalize;
}

static void
tai_sim_line_init (TaiSimLine *self)
{
  self->flying = g_ptr_array_new ();
}

TaiSimLine *
tai_sim_line_new (TaiSimNet *net, const char *terminal)
{
  TaiSimLine *self = g_object_new (TAI_TYPE_SIM_LINE, NULL);

  self->net = net;
  self->terminal = g_strdup (terminal);
  return self;
}

void
tai_sim_net_init (TaiSimNet *self, HqStore *hq, TaiClock *clock, guint64 seed, guint fault_percent)
{
  self->hq = hq;
  self->clock = clock;
  self->random = seed;
  self->fault_percent = fault_percent;
  self->sandbox = hq_sandbox_new (NULL);
  self->inbox = g_ptr_array_new_with_free_func ((GDestroyNotify)flight_unref);
}

void
tai_sim_net_clear (TaiSimNet *self)
{
  g_clear_pointer (&self->inbox, g_ptr_array_unref);
  g_clear_pointer (&self->sandbox, hq_sandbox_free);
}
