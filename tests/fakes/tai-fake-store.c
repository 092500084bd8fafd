/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-store.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-headquarters.h"

typedef struct {
  gint64 row;
  TaiUuid key, depends_on;
  char *path;
  GBytes *body; /* (nullable) dropped */
  TaiDigest digest;
  gint64 seq, next_try_us, created_us;
  TaiMessageState state;
  gint32 attempts;
  char *error;
  TaiOrderState order_state;
} Message;

struct _TaiFakeStore {
  GObject parent;
  GPtrArray *messages;  /* of Message, row = index + 1 */
  GHashTable *by_key;   /* key -> Message */
  GHashTable *settings; /* name -> value */
  GPtrArray *journal;   /* kinds */
  guint n_fail, n_commits, n_moves;
};

static void visit_store_init (TaiVisitStoreInterface *iface);
static void outbox_init (TaiOutboxInterface *iface);
static void
print_queue_init (TaiPrintQueueInterface *iface)
{
}
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeStore, tai_fake_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_VISIT_STORE, visit_store_init)
                                   G_IMPLEMENT_INTERFACE (TAI_TYPE_OUTBOX, outbox_init)
                                       G_IMPLEMENT_INTERFACE (TAI_TYPE_PRINT_QUEUE, print_queue_init))

static gboolean
write_check (TaiFakeStore *self, GError **error)
{
  if (self->n_fail > 0) {
    self->n_fail--;
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the fake disk is full");
    return FALSE;
  }
  self->n_commits++;
  return TRUE;
}

static void
message_free (gpointer data)
{
  Message *message = data;

  g_free (message->path);
  g_free (message->error);
  g_clear_pointer (&message->body, g_bytes_unref);
  g_free (message);
}

static Message *
find (TaiFakeStore *self, const char *key)
{
  Message *message = g_hash_table_lookup (self->by_key, key);

  g_assert_nonnull (message);
  return message;
}

/* The outbox ------------------------------------------------------------------------------------------------------- */

static gboolean
is_blocked (TaiFakeStore *self, const Message *message)
{
  return message->depends_on.text[0] != '\0' &&
         find (self, message->depends_on.text)->state != TAI_MESSAGE_ACKNOWLEDGED;
}

static gboolean
is_open (TaiFakeStore *self, const Message *message)
{
  return (message->state == TAI_MESSAGE_WAITING || message->state == TAI_MESSAGE_ASKING) &&
         !is_blocked (self, message);
}

static TaiOutboxRow *
make_row (const Message *message)
{
  TaiOutboxRow *row = g_new0 (TaiOutboxRow, 1);

  row->row = message->row;
  row->state = message->state;
  row->attempts = message->attempts;
  row->next_try_us = message->next_try_us;
  row->created_us = message->created_us;
  row->last_error = g_strdup (message->error);
  row->message = g_new0 (TaiMessage, 1);
  row->message->key = message->key;
  row->message->order_id = message->key;
  row->message->destination = g_strdup (TAI_DESTINATION_HQ);
  row->message->path = g_strdup (message->path);
  row->message->body = message->body ? g_bytes_ref (message->body) : NULL;
  row->message->digest = message->digest;
  row->message->terminal_seq = message->seq;
  return row;
}

static GPtrArray *
due (TaiOutbox *outbox, const char *destination, gint64 now_us, guint limit, GError **error)
{
  TaiFakeStore *self = TAI_FAKE_STORE (outbox);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_outbox_row_free);

  for (guint i = 0; i < self->messages->len && rows->len < limit; i++) {
    Message *message = g_ptr_array_index (self->messages, i);
    if (is_open (self, message) && message->next_try_us <= now_us)
      g_ptr_array_add (rows, make_row (message));
  }
  return rows;
}

static gint64
next_due_us (TaiOutbox *outbox, const char *destination)
{
  TaiFakeStore *self = TAI_FAKE_STORE (outbox);
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < self->messages->len; i++) {
    Message *message = g_ptr_array_index (self->messages, i);
    if (is_open (self, message))
      next = MIN (next, message->next_try_us);
  }
  return next;
}

static gboolean
check_marks (TaiFakeStore *self, const TaiOutboxMark *marks, guint n, GError **error)
{
  for (guint i = 0; i < n; i++) {
    const Message *message = g_ptr_array_index (self->messages, marks[i].row - 1);
    gboolean put_off = message->state == TAI_MESSAGE_ASKING && marks[i].to == TAI_MESSAGE_ASKING;

    if (!put_off && !tai_state_check_move (&tai_message_states, message->state, marks[i].to, error))
      return FALSE;
  }
  return TRUE;
}

static void
apply_mark (TaiFakeStore *self, const TaiOutboxMark *mark)
{
  Message *message = g_ptr_array_index (self->messages, mark->row - 1);

  message->state = mark->to;
  message->next_try_us = mark->next_try_us;
  message->attempts += mark->count_attempt ? 1 : 0;
  g_free (message->error);
  message->error = g_strdup (mark->error);
  if (mark->to == TAI_MESSAGE_ACKNOWLEDGED &&
      (message->order_state == TAI_ORDER_PAID || message->order_state == TAI_ORDER_SENT)) {
    message->order_state = TAI_ORDER_ACKNOWLEDGED;
    self->n_moves++;
  }
}

static gboolean
mark (TaiOutbox *outbox, const TaiOutboxMark *marks, guint n, gint64 now_us, GError **error)
{
  TaiFakeStore *self = TAI_FAKE_STORE (outbox);

  if (!write_check (self, error) || !check_marks (self, marks, n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    apply_mark (self, &marks[i]);
  return TRUE;
}

static gboolean
recover (TaiOutbox *outbox, const char *destination, GError **error)
{
  TaiFakeStore *self = TAI_FAKE_STORE (outbox);

  if (!write_check (self, error))
    return FALSE;
  for (guint i = 0; i < self->messages->len; i++) {
    Message *message = g_ptr_array_index (self->messages, i);
    if (message->state == TAI_MESSAGE_IN_FLIGHT)
      message->state = TAI_MESSAGE_ASKING;
    message->next_try_us = 0;
  }
  return TRUE;
}

static gint64
resend_above (TaiOutbox *outbox, const char *destination, gint64 safe_seq, gint64 now_us, GError **error)
{
  TaiFakeStore *self = TAI_FAKE_STORE (outbox);
  gint64 n = 0;

  if (!write_check (self, error))
    return -1;
  for (guint i = 0; i < self->messages->len; i++) {
    Message *message = g_ptr_array_index (self->messages, i);
    if (message->state == TAI_MESSAGE_ACKNOWLEDGED && message->seq > safe_seq) {
      message->state = TAI_MESSAGE_WAITING;
      message->next_try_us = now_us;
      n++;
    }
  }
  return n;
}

static gint64
purge_until (TaiOutbox *outbox, const char *destination, gint64 safe_seq, GError **error)
{
  TaiFakeStore *self = TAI_FAKE_STORE (outbox);
  gint64 n = 0;

  if (!write_check (self, error))
    return -1;
  for (guint i = 0; i < self->messages->len; i++) {
    Message *message = g_ptr_array_index (self->messages, i);
    if (message->state == TAI_MESSAGE_ACKNOWLEDGED && message->seq <= safe_seq && message->body != NULL) {
      g_clear_pointer (&message->body, g_bytes_unref);
      n++;
    }
  }
  return n;
}

static void
outbox_init (TaiOutboxInterface *iface)
{
  iface->due = due;
  iface->mark = mark;
  iface->recover = recover;
  iface->next_due_us = next_due_us;
  iface->resend_above = resend_above;
  iface->purge_until = purge_until;
}

/* Orders, settings, journal ---------------------------------------------------------------------------------------- */

static gboolean
apply_fact (TaiFakeStore *self, const TaiFact *fact, GError **error)
{
  Message *message;

  switch (fact->kind) {
  case TAI_FACT_SETTING:
    g_hash_table_insert (self->settings, g_strdup (fact->setting->name), g_strdup (fact->setting->value));
    return TRUE;
  case TAI_FACT_JOURNAL:
    g_ptr_array_add (self->journal, g_strdup (fact->journal->kind));
    return TRUE;
  case TAI_FACT_ORDER_STATE:
    message = find (self, fact->order_state->id.text);
    if (!tai_state_check_move (&tai_order_states, message->order_state, fact->order_state->to, error))
      return FALSE;
    message->order_state = fact->order_state->to;
    self->n_moves++;
    return TRUE;
  default:
    return TRUE;
  }
}

static gboolean
commit (TaiVisitStore *store, TaiChange *change, GError **error)
{
  TaiFakeStore *self = TAI_FAKE_STORE (store);

  if (!write_check (self, error))
    return FALSE;
  for (guint i = 0; i < tai_change_get_n_facts (change); i++)
    if (!apply_fact (self, tai_change_get_fact (change, i), error))
      return FALSE;
  return TRUE;
}

static TaiOrder *
make_order (const Message *message)
{
  TaiOrder *order = tai_order_new (tai_operation_find ("top_up"));

  order->id = message->key;
  order->state = message->order_state;
  return order;
}

static TaiOrder *
find_order (TaiVisitStore *store, const char *id, GError **error)
{
  Message *message = g_hash_table_lookup (TAI_FAKE_STORE (store)->by_key, id);

  return message ? make_order (message) : NULL;
}

static GPtrArray *
list_orders (TaiVisitStore *store, const TaiOrderFilter *filter, GError **error)
{
  TaiFakeStore *self = TAI_FAKE_STORE (store);
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_order_free);

  for (guint i = 0; i < self->messages->len && orders->len < filter->limit; i++) {
    Message *message = g_ptr_array_index (self->messages, i);
    if (message->order_state < TAI_ORDER_COMPLETED)
      g_ptr_array_add (orders, make_order (message));
  }
  return orders;
}

static TaiShift *
find_open_shift (TaiVisitStore *store, const char *till, GError **error)
{
  return NULL;
}

static char *
get_setting (TaiVisitStore *store, const char *name, GError **error)
{
  return g_strdup (g_hash_table_lookup (TAI_FAKE_STORE (store)->settings, name));
}

static TaiShift *
find_shift_of (TaiVisitStore *store, const TaiUuid *order_id, const TaiUuid *payment_id, GError **error)
{
  return NULL;
}

static GPtrArray *
list_arrived (TaiVisitStore *store, GError **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
}

/* Nobody is owed anything here. */
static GPtrArray *
list_debts (TaiVisitStore *store, TaiDebtState state, guint limit, GError **error)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)tai_debt_free);
}

static gboolean
balance (TaiVisitStore *store, const char *account, TaiMoney *amount, gboolean *is_known, GError **error)
{
  *amount = tai_money (0, TAI_CNY);
  return TRUE;
}

static void
visit_store_init (TaiVisitStoreInterface *iface)
{
  iface->find_shift_of = find_shift_of;
  iface->list_arrived = list_arrived;
  iface->commit = commit;
  iface->find_order = find_order;
  iface->list_orders = list_orders;
  iface->find_open_shift = find_open_shift;
  iface->get_setting = get_setting;
  iface->list_debts = list_debts;
  iface->balance = balance;
}

/* For tests -------------------------------------------------------------------------------------------------------- */

void
tai_fake_store_fail (TaiFakeStore *self, guint n)
{
  self->n_fail = n;
}

guint
tai_fake_store_get_n_commits (TaiFakeStore *self)
{
  return self->n_commits;
}

TaiUuid
tai_fake_store_add_sale (TaiFakeStore *self, const char *path, gint64 now_us)
{
  Message *message = g_new0 (Message, 1);
  guint8 random[10] = {0};
  g_autofree char *body = NULL;

  message->seq = self->messages->len + 1;
  for (guint i = 0; i < 4; i++)
    random[9 - i] = (guint8)(message->seq >> (8 * i));
  message->row = message->seq;
  message->key = tai_uuid_v7 (now_us, random);
  message->path = g_strdup (path);
  body = g_strdup_printf ("{\"externalId\":\"%s\"}", message->key.text);
  message->body = g_bytes_new (body, strlen (body));
  message->digest = tai_digest_bytes (body, strlen (body));
  message->created_us = now_us;
  message->order_state = strcmp (path, TAI_PATH_ORDER) == 0 ? TAI_ORDER_PAID : TAI_ORDER_COMPLETED;
  g_ptr_array_add (self->messages, message);
  g_hash_table_insert (self->by_key, message->key.text, message);
  return message->key;
}

TaiMessageState
tai_fake_store_get_state (TaiFakeStore *self, const char *key)
{
  return find (self, key)->state;
}

void
tai_fake_store_set_state (TaiFakeStore *self, const char *key, TaiMessageState state)
{
  find (self, key)->state = state;
}

TaiOrderState
tai_fake_store_get_order_state (TaiFakeStore *self, const char *id)
{
  return find (self, id)->order_state;
}

void
tai_fake_store_set_depends_on (TaiFakeStore *self, const char *key, const TaiUuid *other)
{
  find (self, key)->depends_on = *other;
}

const char *
tai_fake_store_get_error (TaiFakeStore *self, const char *key)
{
  return find (self, key)->error;
}

gint32
tai_fake_store_get_attempts (TaiFakeStore *self, const char *key)
{
  return find (self, key)->attempts;
}

gboolean
tai_fake_store_has_body (TaiFakeStore *self, const char *key)
{
  return find (self, key)->body != NULL;
}

guint
tai_fake_store_count (TaiFakeStore *self, TaiMessageState state)
{
  guint n = 0;

  for (guint i = 0; i < self->messages->len; i++)
    n += ((Message *)g_ptr_array_index (self->messages, i))->state == state;
  return n;
}

guint
tai_fake_store_count_journal (TaiFakeStore *self, const char *kind)
{
  guint n = 0;

  for (guint i = 0; i < self->journal->len; i++)
    n += strcmp (g_ptr_array_index (self->journal, i), kind) == 0;
  return n;
}

guint
tai_fake_store_get_n_moves (TaiFakeStore *self)
{
  return self->n_moves;
}

static void
finalize (GObject *object)
{
  TaiFakeStore *self = TAI_FAKE_STORE (object);

  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->settings);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->journal);
  G_OBJECT_CLASS (tai_fake_store_parent_class)->finalize (object);
}

static void
tai_fake_store_class_init (TaiFakeStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_fake_store_init (TaiFakeStore *self)
{
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->journal = g_ptr_array_new_with_free_func (g_free);
}

TaiFakeStore *
tai_fake_store_new (void)
{
  return g_object_new (TAI_TYPE_FAKE_STORE, NULL);
}
