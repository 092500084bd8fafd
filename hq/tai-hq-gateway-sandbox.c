/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * See the header. What became of a bill is never stored: it follows from when it came, how it is steered and when it was closed,
 * so that customers need no clock that runs. Refunds are the bill's, and live the same way. In a folder each bill is a file: its
 * own line, and one for each refund.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-gateway-sandbox.h"

#include <glib/gstdio.h>
#include <string.h>

/* A customer's. */
enum {
  SLOW = 1,
  PASSWORD,
  WALKS_OFF,
  POOR,
  ANSWER_LOST,
  NEVER_ARRIVES,
  PAID_IN_CLOSING,
  SETTLED,
  KNOWS_NOTHING
};

/* A refund's. */
enum {
  REFUND_SLOW = 1,
  REFUND_SLOWER,
  REFUND_FOR_EVER,
  REFUND_POOR,
  REFUND_ANSWER_LOST,
  REFUND_NEVER_ARRIVES,
  REFUND_CLOSED,
  REFUND_ABNORMAL,
  REFUND_KNOWS_NOTHING
};

typedef struct {
  TaiUuid id;
  gint64 minor, since_us;
  int steer;
} Refund;

/* @closed_us: 0: nobody took it back; @paid_us: 0: not paid before it was closed */
typedef struct {
  gint64 minor, since_us, closed_us, refunded_us;
  int steer;
  gboolean shows, is_refused; /* never came, never will */
  guint n_closed;
  GArray *refunds; /* (owned) (element-type Refund) */
} Bill;

static void
bill_free (gpointer data)
{
  Bill *bill = data;
  g_array_unref (bill->refunds);
  g_free (bill);
}

static Bill *
bill_new (void)
{
  Bill *bill = g_new0 (Bill, 1);
  bill->refunds = g_array_new (FALSE, FALSE, sizeof (Refund));
  return bill;
}

struct _HqSandbox {
  HqGateway parent;
  GMutex mutex;
  GHashTable *bills; /* (owned) id -> Bill */
  char *folder;      /* (owned) (nullable) */
};

/* ---- a bill's life ---- */

/* When the customer pays, if nobody closes it before; G_MAXINT64: never. */
static gint64
pays_at (const Bill *bill)
{
  static const int wait_s[] = {[SLOW] = 8, [PASSWORD] = 12};
  switch (bill->steer) {
  case SLOW:
  case PASSWORD:
    return bill->since_us + (gint64)wait_s[bill->steer] * G_USEC_PER_SEC;
  case WALKS_OFF:
  case POOR:
    return G_MAXINT64;
  case PAID_IN_CLOSING:
    return bill->n_closed > 0 ? bill->closed_us : G_MAXINT64;
  default:
    return bill->since_us + (bill->shows ? 3 * G_USEC_PER_SEC : 0);
  }
}

static gboolean
was_paid (const Bill *bill, gint64 now_us)
{
  gint64 at_us = pays_at (bill);
  if (bill->is_refused || at_us > now_us)
    return FALSE;
  return bill->closed_us == 0 || at_us <= bill->closed_us;
}

static TaiGatewayOutcome
outcome_of (const Bill *bill, gint64 now_us, const char **word)
{
  if (bill->is_refused) {
    *word = "ORDERNOTEXIST";
    return TAI_GATEWAY_FAILED;
  }
  if (bill->refunded_us != 0) {
    *word = "REFUND";
    return TAI_GATEWAY_REVERSED;
  }
  if (was_paid (bill, now_us)) {
    *word = "SUCCESS";
    return TAI_GATEWAY_SUCCEEDED;
  }
  if (bill->closed_us != 0) {
    *word = "REVOKED";
    return TAI_GATEWAY_REVERSED;
  }
  *word = bill->steer == POOR ? "NOTENOUGH" : bill->shows ? "NOTPAY" : "USERPAYING";
  return bill->steer == POOR ? TAI_GATEWAY_FAILED : TAI_GATEWAY_AWAITING;
}

/* A customer who pays while it is being closed: the answer says closed, the money comes all the same. */
static TaiGatewayOutcome
close_bill (Bill *bill, gint64 now_us, const char **word)
{
  gboolean paid = was_paid (bill, now_us);
  if (paid && bill->steer == SETTLED) {
    *word = "REVERSE_EXPIRE";
    return TAI_GATEWAY_REFUSED;
  }
  bill->n_closed++;
  if (paid && bill->refunded_us == 0)
    bill->refunded_us = now_us;
  if (bill->closed_us == 0)
    bill->closed_us = now_us;
  *word = "REVOKED";
  return TAI_GATEWAY_REVERSED;
}

/* ---- a refund's life ---- */

static TaiGatewayOutcome
outcome_of_refund (const Refund *refund, gint64 now_us, const char **word)
{
  static const int wait_s[REFUND_KNOWS_NOTHING + 1] = {
      [REFUND_SLOW] = 8, [REFUND_SLOWER] = 90, [REFUND_CLOSED] = 8};
  gboolean waits = refund->steer == REFUND_FOR_EVER ||
                   now_us < refund->since_us + (gint64)wait_s[refund->steer] * G_USEC_PER_SEC;
  if (refund->steer == REFUND_ABNORMAL) {
    *word = "ABNORMAL";
    return TAI_GATEWAY_UNKNOWN;
  }
  *word = waits ? "PROCESSING" : refund->steer == REFUND_CLOSED ? "CLOSED" : "SUCCESS";
  return waits                            ? TAI_GATEWAY_AWAITING
         : refund->steer == REFUND_CLOSED ? TAI_GATEWAY_FAILED
                                          : TAI_GATEWAY_SUCCEEDED;
}

/* What a refund may still bring counts against what is left. */
static gint64
rest_of (const Bill *bill, gint64 now_us)
{
  const char *word;
  gint64 rest = was_paid (bill, now_us) && bill->refunded_us == 0 ? bill->minor : 0;
  for (guint i = 0; i < bill->refunds->len; i++) {
    const Refund *one = &g_array_index (bill->refunds, Refund, i);
    rest -= outcome_of_refund (one, now_us, &word) != TAI_GATEWAY_FAILED ? one->minor : 0;
  }
  return rest;
}

static gint64
taken_of (const Bill *bill, gint64 now_us)
{
  const char *word;
  gint64 taken = was_paid (bill, now_us) && bill->refunded_us == 0 ? bill->minor : 0;
  for (guint i = 0; i < bill->refunds->len; i++) {
    const Refund *one = &g_array_index (bill->refunds, Refund, i);
    taken -= outcome_of_refund (one, now_us, &word) == TAI_GATEWAY_SUCCEEDED ? one->minor : 0;
  }
  return taken;
}

static const Refund *
find_refund (const Bill *bill, const char *id)
{
  for (guint i = 0; i < bill->refunds->len; i++)
    if (strcmp (g_array_index (bill->refunds, Refund, i).id.text, id) == 0)
      return &g_array_index (bill->refunds, Refund, i);
  return NULL;
}

/* ---- keeping ---- */

static char *
file_of (HqSandbox *self, const char *id)
{
  return g_build_filename (self->folder, id, NULL);
}

static void
load_refund (Bill *bill, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  Refund refund = {.steer = 0};
  if (g_strv_length (words) != 4)
    return;
  g_strlcpy (refund.id.text, words[0], sizeof refund.id.text);
  refund.minor = g_ascii_strtoll (words[1], NULL, 10);
  refund.since_us = g_ascii_strtoll (words[2], NULL, 10);
  refund.steer = (int)g_ascii_strtoll (words[3], NULL, 10);
  g_array_append_val (bill->refunds, refund);
}

static Bill *
load (HqSandbox *self, const char *id)
{
  g_autofree char *path = file_of (self, id);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", -1);
  if (g_strv_length (words) != 8)
    return NULL;
  Bill *bill = bill_new ();
  bill->minor = g_ascii_strtoll (words[0], NULL, 10);
  bill->since_us = g_ascii_strtoll (words[1], NULL, 10);
  bill->closed_us = g_ascii_strtoll (words[2], NULL, 10);
  bill->refunded_us = g_ascii_strtoll (words[3], NULL, 10);
  bill->steer = (int)g_ascii_strtoll (words[4], NULL, 10);
  bill->shows = words[5][0] == '1';
  bill->is_refused = words[6][0] == '1';
  bill->n_closed = (guint)g_ascii_strtoull (words[7], NULL, 10);
  for (guint i = 1; lines[i] != NULL; i++)
    load_refund (bill, lines[i]);
  return bill;
}

static gboolean
save (HqSandbox *self, const char *id, const Bill *bill)
{
  if (self->folder == NULL)
    return TRUE;
  g_autofree char *path = file_of (self, id);
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text,
                          "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %d %d %d %u\n",
                          bill->minor, bill->since_us, bill->closed_us, bill->refunded_us, bill->steer,
                          bill->shows, bill->is_refused, bill->n_closed);
  for (guint i = 0; i < bill->refunds->len; i++) {
    const Refund *one = &g_array_index (bill->refunds, Refund, i);
    g_string_append_printf (text, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n", one->id.text,
                            one->minor, one->since_us, one->steer);
  }
  return g_mkdir_with_parents (self->folder, 0700) == 0 &&
         g_file_set_contents_full (path, text->str, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

static Bill *
find (HqSandbox *self, const char *id)
{
  Bill *bill = g_hash_table_lookup (self->bills, id);
  if (bill != NULL || self->folder == NULL)
    return bill;
  bill = load (self, id);
  if (bill != NULL)
    g_hash_table_insert (self->bills, g_strdup (id), bill);
  return bill;
}

/* ---- requests ---- */

static int
steer_of (const HqContact *contact)
{
  gint64 digits = contact->amount.minor % 100;
  guint64 number;
  if (contact->steer != NULL &&
      g_ascii_string_to_unsigned (contact->steer, 10, 1, KNOWS_NOTHING, &number, NULL))
    return (int)number;
  return digits <= KNOWS_NOTHING ? (int)digits : 0;
}

static Bill *
open_bill (HqSandbox *self, const HqContact *contact, gint64 now_us)
{
  Bill *bill = bill_new ();
  bill->minor = contact->amount.minor;
  bill->since_us = now_us;
  bill->steer = steer_of (contact);
  bill->shows = contact->shows;
  bill->is_refused = contact->verb != TAI_GATEWAY_PAY;
  g_hash_table_insert (self->bills, g_strdup (contact->id.text), bill);
  return bill;
}

static void
fill (const HqContact *contact, TaiGatewayAnswer *answer, TaiGatewayOutcome outcome, const char *word)
{
  answer->outcome = outcome;
  answer->reason = g_strdup (word);
  if (outcome == TAI_GATEWAY_SUCCEEDED)
    answer->transaction = g_strdup_printf ("SANDBOX%.8s", contact->id.text);
  if (outcome == TAI_GATEWAY_AWAITING && contact->shows)
    answer->qr_text = g_strdup_printf ("weixin://wxpay/bizpayurl?pr=SANDBOX%.8s", contact->id.text);
}

/* Its own network fails, too. */
static gboolean
is_silent (const Bill *bill, const HqContact *contact, gint64 now_us)
{
  if (bill->steer == KNOWS_NOTHING)
    return now_us < bill->since_us + 20 * G_USEC_PER_SEC;
  return bill->steer == ANSWER_LOST && contact->verb == TAI_GATEWAY_PAY;
}

/* ---- refunds ---- */

/* Its own network fails here, too. */
static gboolean
is_refund_silent (const Refund *refund, const HqContact *contact, gint64 now_us)
{
  if (refund->steer == REFUND_KNOWS_NOTHING)
    return now_us < refund->since_us + 20 * G_USEC_PER_SEC;
  return refund->steer == REFUND_ANSWER_LOST && contact->verb == TAI_GATEWAY_REFUND;
}

/* Once an id, and never more than was paid. */
static TaiGatewayOutcome
open_refund (Bill *bill, const HqContact *contact, gint64 now_us, const char **word)
{
  Refund refund = {contact->id, contact->amount.minor, now_us, steer_of (contact)};
  gboolean is_lost = refund.steer == REFUND_NEVER_ARRIVES && contact->verb == TAI_GATEWAY_REFUND;
  if (is_lost || refund.steer == REFUND_POOR) {
    *word = is_lost ? "SYSTEM_ERROR" : "NOT_ENOUGH";
    return is_lost ? TAI_GATEWAY_UNKNOWN : TAI_GATEWAY_REFUSED;
  }
  if (refund.minor <= 0 || refund.minor > rest_of (bill, now_us) || contact->paid.minor != bill->minor) {
    *word = "INVALID_REQUEST";
    return TAI_GATEWAY_REFUSED;
  }
  g_array_append_val (bill->refunds, refund);
  *word = "SYSTEM_ERROR";
  return is_refund_silent (&refund, contact, now_us) ? TAI_GATEWAY_UNKNOWN
                                                     : outcome_of_refund (&refund, now_us, word);
}

static void
give_back (HqSandbox *self, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer)
{
  Bill *bill = find (self, contact->original.text);
  const Refund *refund = bill != NULL ? find_refund (bill, contact->id.text) : NULL;
  const char *word = "SYSTEM_ERROR";
  TaiGatewayOutcome outcome = TAI_GATEWAY_UNKNOWN;
  if (bill == NULL) {
    fill (contact, answer, TAI_GATEWAY_REFUSED, "RESOURCE_NOT_EXISTS");
    return;
  }
  if (refund == NULL)
    outcome = open_refund (bill, contact, now_us, &word);
  else if (!is_refund_silent (refund, contact, now_us))
    outcome = outcome_of_refund (refund, now_us, &word);
  if (!save (self, contact->original.text, bill))
    outcome = TAI_GATEWAY_UNKNOWN;
  fill (contact, answer, outcome, word);
}

static void
send_to_sandbox (HqGateway *gateway, const HqContact *contact, gint64 now_us, TaiGatewayAnswer *answer)
{
  HqSandbox *self = (HqSandbox *)gateway;
  const char *word = "SYSTEMERROR";
  TaiGatewayOutcome outcome = TAI_GATEWAY_UNKNOWN;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  if (hq_contact_is_refund (contact)) {
    give_back (self, contact, now_us, answer);
    return;
  }
  Bill *bill = find (self, contact->id.text);
  if (bill == NULL && !(contact->verb == TAI_GATEWAY_PAY && steer_of (contact) == NEVER_ARRIVES))
    bill = open_bill (self, contact, now_us);
  if (bill == NULL) {
    fill (contact, answer, TAI_GATEWAY_UNKNOWN, word);
    return;
  }
  if (!is_silent (bill, contact, now_us))
    outcome = contact->verb == TAI_GATEWAY_CANCEL && !bill->is_refused && bill->steer != POOR
                  ? close_bill (bill, now_us, &word)
                  : outcome_of (bill, now_us, &word);
  if (!save (self, contact->id.text, bill)) {
    outcome = TAI_GATEWAY_UNKNOWN;
    word = "SYSTEMERROR";
  }
  fill (contact, answer, outcome, word);
}

static void
free_gateway (HqGateway *gateway)
{
  hq_sandbox_free ((HqSandbox *)gateway);
}

static const HqGatewayClass sandbox_class = {"sandbox", send_to_sandbox, free_gateway};

HqSandbox *
hq_sandbox_new (const char *folder)
{
  HqSandbox *self = g_new0 (HqSandbox, 1);
  self->parent.klass = &sandbox_class;
  g_mutex_init (&self->mutex);
  self->bills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, bill_free);
  self->folder = g_strdup (folder);
  return self;
}

HqGateway *
hq_sandbox_get_gateway (HqSandbox *self)
{
  return &self->parent;
}

void
hq_sandbox_free (HqSandbox *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->bills);
  g_free (self->folder);
  g_free (self);
}

gint64
hq_sandbox_get_taken (HqSandbox *self, gint64 now_us)
{
  GHashTableIter iter;
  gpointer bill;
  gint64 taken = 0;
  g_hash_table_iter_init (&iter, self->bills);
  while (g_hash_table_iter_next (&iter, NULL, &bill))
    taken += taken_of (bill, now_us);
  return taken;
}

guint
hq_sandbox_get_n_charges (HqSandbox *self, gint64 now_us)
{
  GHashTableIter iter;
  gpointer bill;
  guint n = 0;
  g_hash_table_iter_init (&iter, self->bills);
  while (g_hash_table_iter_next (&iter, NULL, &bill))
    n += was_paid (bill, now_us);
  return n;
}

guint
hq_sandbox_get_n_refunds (HqSandbox *self, gint64 now_us)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;
  g_hash_table_iter_init (&iter, self->bills);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Bill *bill = value;
    const char *word;
    for (guint i = 0; i < bill->refunds->len; i++)
      n += outcome_of_refund (&g_array_index (bill->refunds, Refund, i), now_us, &word) ==
           TAI_GATEWAY_SUCCEEDED;
  }
  return n;
}

void
hq_sandbox_end_waits (HqSandbox *self)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->bills);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Bill *bill = value;
    for (guint i = 0; i < bill->refunds->len; i++) {
      Refund *refund = &g_array_index (bill->refunds, Refund, i);
      if (refund->steer == REFUND_FOR_EVER || refund->steer == REFUND_ABNORMAL)
        refund->steer = 0;
    }
  }
}

gint64
hq_sandbox_get_taken_by (HqSandbox *self, const char *id, gint64 now_us)
{
  const Bill *bill = find (self, id);
  return bill != NULL ? taken_of (bill, now_us) : 0;
}
