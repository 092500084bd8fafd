/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One queue a thread; a payment's id says which. A provider may take its time, so there are several. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-cashier.h"

#define N_THREADS 8

typedef struct {
  HqContact *contact; /* (owned); NULL: the thread ends */
  gpointer job;
} Task;

struct _HqCashier {
  HqMerchants *merchants;
  HqCashierFunc done;
  gpointer data;
  GAsyncQueue *queues[N_THREADS];
  GThread *threads[N_THREADS];
};

typedef struct {
  HqCashier *cashier;
  GAsyncQueue *queue;
} Seat;

static gpointer
serve (gpointer data)
{
  g_autofree Seat *seat = data;
  for (;;) {
    g_autofree Task *task = g_async_queue_pop (seat->queue);
    TaiGatewayAnswer answer = {TAI_GATEWAY_UNKNOWN};
    if (task->contact == NULL)
      return NULL;
    hq_merchants_send (seat->cashier->merchants, task->contact, g_get_real_time (), &answer);
    seat->cashier->done (task->contact, &answer, task->job, seat->cashier->data);
    tai_gateway_answer_clear (&answer);
  }
}

HqCashier *
hq_cashier_new (HqMerchants *merchants, HqCashierFunc done, gpointer data)
{
  HqCashier *self = g_new0 (HqCashier, 1);
  self->merchants = merchants;
  self->done = done;
  self->data = data;
  for (guint i = 0; i < N_THREADS; i++) {
    Seat *seat = g_new0 (Seat, 1);
    self->queues[i] = seat->queue = g_async_queue_new ();
    seat->cashier = self;
    self->threads[i] = g_thread_new ("cashier", serve, seat);
  }
  return self;
}

void
hq_cashier_ask (HqCashier *self, HqContact *contact, gpointer job)
{
  Task *task = g_new0 (Task, 1);
  task->contact = contact;
  task->job = job;
  g_async_queue_push (self->queues[g_str_hash (contact->id.text) % N_THREADS], task);
}

void
hq_cashier_free (HqCashier *self)
{
  for (guint i = 0; i < N_THREADS; i++)
    g_async_queue_push (self->queues[i], g_new0 (Task, 1));
  for (guint i = 0; i < N_THREADS; i++) {
    g_thread_join (self->threads[i]);
    g_async_queue_unref (self->queues[i]);
  }
  g_free (self);
}
