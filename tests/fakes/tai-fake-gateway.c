/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-gateway.h"

/* What it knows of one payment. */
typedef struct {
  TaiGatewayOutcome outcome;
  gint64 minor, returned;
  gboolean pays_in_cancel, shows, is_refund;
} Record;

struct _TaiFakeGateway {
  GObject parent;
  TaiClock *clock;
  GHashTable *records; /* id -> Record */
  GQueue faults;
  TaiGatewayFault standing;
  TaiCustomer customer;
  gboolean no_cancel;
  gint64 time_out_ms; /* 0: TIME_OUT_MS */
  gint64 taken, charges, returns;
  guint n_requests[TAI_N_GATEWAY_VERBS];
  char *code;
};

static void gateway_iface_init (TaiPaymentGatewayInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeGateway, tai_fake_gateway, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAYMENT_GATEWAY, gateway_iface_init))

/* A request on its way, and its answer. */
typedef struct {
  TaiFakeGateway *gateway;
  TaiGatewayVerb verb;
  TaiUuid id;
  gint64 minor;
  gboolean shows;
  TaiUuid original;    /* text[0] == 0: none */
  TaiGatewayFunc done; /* NULL: nobody waits */
  gpointer data;
  TaiGatewayAnswer answer;
} Trip;

static void
trip_free (Trip *trip)
{
  tai_gateway_answer_clear (&trip->answer);
  g_object_unref (trip->gateway);
  g_free (trip);
}

static void
charge (TaiFakeGateway *self, Record *record)
{
  record->outcome = TAI_GATEWAY_SUCCEEDED;
  if (record->is_refund) {
    self->taken -= record->minor;
    self->returns++;
    return;
  }
  self->taken += record->minor;
  self->charges++;
}

/* The other way: a payment that is known gives back what it has left. */
static void
refund (TaiFakeGateway *self, Record *record, const TaiUuid *original_id)
{
  Record *original = g_hash_table_lookup (self->records, original_id->text);

  record->is_refund = TRUE;
  if (original == NULL || original->outcome != TAI_GATEWAY_SUCCEEDED || original->is_refund ||
      original->minor - original->returned < record->minor || self->customer == TAI_CUSTOMER_REFUSES) {
    record->outcome = TAI_GATEWAY_FAILED;
    return;
  }
  original->returned += record->minor;
  if (self->customer == TAI_CUSTOMER_WAITS)
    record->outcome = TAI_GATEWAY_AWAITING;
  else
    charge (self, record);
}

static void
pay (TaiFakeGateway *self, Record *record)
{
  switch (self->customer) {
  case TAI_CUSTOMER_PAYS:
    charge (self, record);
    break;
  case TAI_CUSTOMER_REFUSES:
    record->outcome = TAI_GATEWAY_FAILED;
    break;
  case TAI_CUSTOMER_PAYS_IN_CANCEL:
    record->pays_in_cancel = TRUE;
    G_GNUC_FALLTHROUGH;
  case TAI_CUSTOMER_WAITS:
  default:
    record->outcome = TAI_GATEWAY_AWAITING;
  }
}

static void
cancel (TaiFakeGateway *self, Record *record, TaiGatewayAnswer *answer)
{
  if (record->pays_in_cancel) { /* it says closed, and then it was paid */
    record->pays_in_cancel = FALSE;
    charge (self, record);
    answer->outcome = TAI_GATEWAY_REVERSED;
    return;
  }
  if (record->outcome == TAI_GATEWAY_SUCCEEDED && self->no_cancel) {
    answer->outcome = TAI_GATEWAY_REFUSED;
    return;
  }
  if (record->outcome == TAI_GATEWAY_SUCCEEDED)
    self->taken -= record->minor;
  if (record->outcome != TAI_GATEWAY_FAILED)
    record->outcome = TAI_GATEWAY_REVERSED;
  answer->outcome = record->outcome;
}

/* It arrives. */
static void
serve (Trip *trip)
{
  TaiFakeGateway *self = trip->gateway;
  Record *record = g_hash_table_lookup (self->records, trip->id.text);

  if (record == NULL) {
    record = g_new0 (Record, 1);
    record->minor = trip->minor;
    record->shows = trip->shows;
    g_hash_table_insert (self->records, g_strdup (trip->id.text), record);
    if (trip->verb == TAI_GATEWAY_PAY)
      pay (self, record);
    else if (trip->verb == TAI_GATEWAY_REFUND)
      refund (self, record, &trip->original);
    else
      record->outcome = TAI_GATEWAY_FAILED; /* never arrived, never will */
  }
  trip->answer.outcome = record->outcome;
  if (trip->verb == TAI_GATEWAY_CANCEL)
    cancel (self, record, &trip->answer);
  if (trip->answer.outcome == TAI_GATEWAY_AWAITING) {
    trip->answer.reason = g_strdup ("USERPAYING");
    if (record->shows)
      trip->answer.qr_text = g_strdup ("weixin://wxpay/bizpayurl?pr=EXAMPLE0");
  }
  if (trip->answer.outcome == TAI_GATEWAY_SUCCEEDED)
    trip->answer.transaction = g_strdup_printf ("T%.8s", trip->id.text);
  if (trip->answer.outcome == TAI_GATEWAY_FAILED)
    trip->answer.reason = g_strdup ("NOTENOUGH");
}

static void
answer_cb (gpointer data)
{
  Trip *trip = data;

  if (trip->done != NULL)
    trip->done (&trip->answer, trip->data);
  trip_free (trip);
}

static void
arrive_late_cb (gpointer data)
{
  serve (data);
  trip_free (data);
}

static Trip *
trip_new (TaiFakeGateway *self, const TaiGatewayRequest *request, TaiGatewayFunc done, gpointer data)
{
  Trip *trip = g_new0 (Trip, 1);

  trip->gateway = g_object_ref (self);
  trip->verb = request->verb;
  trip->id = *request->payment_id;
  trip->minor = request->amount.minor;
  trip->shows = request->code == NULL && request->original_id == NULL;
  if (request->original_id != NULL)
    trip->original = *request->original_id;
  trip->done = done;
  trip->data = data;
  return trip;
}

#define ANSWER_MS   200
#define TIME_OUT_MS 3000
#define LATE_MS     60000

static void
send (TaiPaymentGateway *gateway, const TaiGatewayRequest *request, TaiGatewayFunc done, gpointer data)
{
  TaiFakeGateway *self = TAI_FAKE_GATEWAY (gateway);
  TaiGatewayFault fault =
      g_queue_is_empty (&self->faults) ? self->standing : GPOINTER_TO_UINT (g_queue_pop_head (&self->faults));
  Trip *trip = trip_new (self, request, done, data);
  gint64 wait_ms = ANSWER_MS;

  self->n_requests[request->verb]++;
  if (request->verb == TAI_GATEWAY_PAY) {
    g_free (self->code);
    self->code = request->code ? g_strdup (tai_pay_code_get_text (request->code)) : NULL;
  }
  if (fault == TAI_GATEWAY_FAULT_NONE || fault == TAI_GATEWAY_FAULT_ANSWER_LOST)
    serve (trip);
  if (fault == TAI_GATEWAY_FAULT_LATE)
    tai_clock_after (self->clock, LATE_MS, arrive_late_cb, trip_new (self, request, NULL, NULL));
  if (fault != TAI_GATEWAY_FAULT_NONE) {
    tai_gateway_answer_clear (&trip->answer);
    trip->answer.outcome =
        fault == TAI_GATEWAY_FAULT_NOT_REACHED ? TAI_GATEWAY_NOT_REACHED : TAI_GATEWAY_UNKNOWN;
    wait_ms = fault == TAI_GATEWAY_FAULT_NOT_REACHED || fault == TAI_GATEWAY_FAULT_BROKEN ? ANSWER_MS
              : self->time_out_ms > 0                                                     ? self->time_out_ms
                                                                                          : TIME_OUT_MS;
  }
  tai_clock_after (self->clock, wait_ms, answer_cb, trip);
}

static void
gateway_iface_init (TaiPaymentGatewayInterface *iface)
{
  iface->send = send;
  iface->gives_back = TRUE;
}

static void
tai_fake_gateway_finalize (GObject *object)
{
  TaiFakeGateway *self = TAI_FAKE_GATEWAY (object);

  g_clear_object (&self->clock);
  g_clear_pointer (&self->records, g_hash_table_unref);
  g_queue_clear (&self->faults);
  g_free (self->code);
  G_OBJECT_CLASS (tai_fake_gateway_parent_class)->finalize (object);
}

static void
tai_fake_gateway_class_init (TaiFakeGatewayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_fake_gateway_finalize;
}

static void
tai_fake_gateway_init (TaiFakeGateway *self)
{
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->faults);
}

TaiFakeGateway *
tai_fake_gateway_new (TaiClock *clock)
{
  TaiFakeGateway *self = g_object_new (TAI_TYPE_FAKE_GATEWAY, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
tai_fake_gateway_push (TaiFakeGateway *self, TaiGatewayFault fault)
{
  g_queue_push_tail (&self->faults, GUINT_TO_POINTER (fault));
}

void
tai_fake_gateway_stand (TaiFakeGateway *self, TaiGatewayFault fault)
{
  self->standing = fault;
}

void
tai_fake_gateway_set_customer (TaiFakeGateway *self, TaiCustomer customer)
{
  self->customer = customer;
}

void
tai_fake_gateway_set_time_out (TaiFakeGateway *self, gint64 ms)
{
  self->time_out_ms = ms;
}

void
tai_fake_gateway_set_no_cancel (TaiFakeGateway *self)
{
  self->no_cancel = TRUE;
}

guint
tai_fake_gateway_end_waits (TaiFakeGateway *self)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Record *record = value;
    if (record->outcome != TAI_GATEWAY_AWAITING)
      continue;
    charge (self, record);
    n++;
  }
  return n;
}

void
tai_fake_gateway_customer_pays (TaiFakeGateway *self)
{
  g_assert_cmpuint (tai_fake_gateway_end_waits (self), ==, 1);
}

gint64
tai_fake_gateway_get_taken (TaiFakeGateway *self)
{
  return self->taken;
}

gint64
tai_fake_gateway_get_taken_by (TaiFakeGateway *self, const char *payment_id)
{
  const Record *record = g_hash_table_lookup (self->records, payment_id);

  return record != NULL && record->outcome == TAI_GATEWAY_SUCCEEDED ? record->minor : 0;
}

gint64
tai_fake_gateway_get_charges (TaiFakeGateway *self)
{
  return self->charges;
}

gint64
tai_fake_gateway_get_returns (TaiFakeGateway *self)
{
  return self->returns;
}

guint
tai_fake_gateway_get_n_requests (TaiFakeGateway *self, TaiGatewayVerb verb)
{
  return self->n_requests[verb];
}

const char *
tai_fake_gateway_get_code (TaiFakeGateway *self)
{
  return self->code;
}
