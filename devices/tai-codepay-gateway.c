/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to a bank terminal, and the way to its thread and back. Thread: the desk's; run() is the worker's. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-codepay-gateway.h"

struct _TaiCodepayGateway {
  GObject parent_instance;
  TaiCodepayTerminal *terminal; /* (owned) (thread: worker) */
  TaiExecutor *worker;          /* (owned) */
  GCancellable *cancellable;    /* (owned) */
  gboolean is_tried;
  char *trouble; /* (owned) (nullable) */
};

static void gateway_iface_init (TaiPaymentGatewayInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiCodepayGateway, tai_codepay_gateway, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAYMENT_GATEWAY, gateway_iface_init))

typedef struct {
  TaiCodepayGateway *self; /* (owned) */
  TaiCardQuestion question;
  TaiGatewayAnswer answer;
  TaiGatewayFunc done;
  gpointer data;
} Job;

/* Thread: worker. */
static void
run (gpointer data)
{
  Job *job = data;

  tai_codepay_terminal_ask (job->self->terminal, &job->question, job->self->cancellable, &job->answer);
}

/* An answer that says nothing of the payment is no trouble of the line. */
static gboolean
is_trouble (const TaiGatewayAnswer *answer)
{
  static const char *const troubles[] = {"unplugged", "permission", "busy",   "no_answer",
                                         "emulated",  "cancelled",  "failed", NULL};

  return (answer->outcome == TAI_GATEWAY_UNKNOWN || answer->outcome == TAI_GATEWAY_NOT_REACHED) &&
         answer->reason != NULL && g_strv_contains (troubles, answer->reason);
}

static void
answer (gpointer data)
{
  Job *job = data;

  job->self->is_tried = TRUE;
  g_clear_pointer (&job->self->trouble, g_free);
  if (is_trouble (&job->answer))
    job->self->trouble = g_strdup (job->answer.reason);
  job->done (&job->answer, job->data);
  tai_gateway_answer_clear (&job->answer);
  g_object_unref (job->self);
  g_free (job);
}

static void
send (TaiPaymentGateway *gateway, const TaiGatewayRequest *request, TaiGatewayFunc done, gpointer data)
{
  TaiCodepayGateway *self = TAI_CODEPAY_GATEWAY (gateway);
  Job *job = g_new0 (Job, 1);

  job->self = g_object_ref (self);
  job->question = (TaiCardQuestion){request->verb, *request->payment_id, request->amount};
  if (request->original_id != NULL)
    job->question.original_id = *request->original_id;
  job->done = done;
  job->data = data;
  tai_executor_submit (self->worker, run, answer, job);
}

static void
gateway_iface_init (TaiPaymentGatewayInterface *iface)
{
  iface->send = send;
  iface->gives_back = TRUE;
}

static void
tai_codepay_gateway_finalize (GObject *object)
{
  TaiCodepayGateway *self = TAI_CODEPAY_GATEWAY (object);

  g_clear_object (&self->terminal);
  g_clear_object (&self->worker);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->trouble, g_free);
  G_OBJECT_CLASS (tai_codepay_gateway_parent_class)->finalize (object);
}

static void
tai_codepay_gateway_class_init (TaiCodepayGatewayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_codepay_gateway_finalize;
}

static void
tai_codepay_gateway_init (TaiCodepayGateway *self)
{
}

TaiCodepayGateway *
tai_codepay_gateway_new (TaiCodepayTerminal *terminal, TaiExecutor *worker, GCancellable *cancellable)
{
  TaiCodepayGateway *self;

  g_return_val_if_fail (TAI_IS_CODEPAY_TERMINAL (terminal) && TAI_IS_EXECUTOR (worker), NULL);
  g_return_val_if_fail (G_IS_CANCELLABLE (cancellable), NULL);
  self = g_object_new (TAI_TYPE_CODEPAY_GATEWAY, NULL);
  self->terminal = g_object_ref (terminal);
  self->worker = g_object_ref (worker);
  self->cancellable = g_object_ref (cancellable);
  return self;
}

gboolean
tai_codepay_gateway_is_tried (TaiCodepayGateway *self)
{
  g_return_val_if_fail (TAI_IS_CODEPAY_GATEWAY (self), FALSE);
  return self->is_tried;
}

const char *
tai_codepay_gateway_get_trouble (TaiCodepayGateway *self)
{
  g_return_val_if_fail (TAI_IS_CODEPAY_GATEWAY (self), NULL);
  return self->trouble;
}
