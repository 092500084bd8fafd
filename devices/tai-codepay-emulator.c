/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An emulated bank terminal: its orders, its customers, its answers and their faults, on a real pty. Time is counted in ticks of
 * the wait for bytes and commands, so that there is no clock in here. Thread: the one that runs it.
 */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-codepay-emulator.h"

#include <string.h>

#include "tai-codepay-frame.h"
#include "tai-codepay-message.h"
#include "tai-devices-error.h"
#include "tai-emulator-faults.h"
#include "tai-emulator-line.h"
#include "tai-json.h"

#define TICK_MS 20
#define EVENT_MS                                                                                             \
  1 /* what a wait that something ended counts for: a terminal that is talked to without pause lives on */
#define HEARTBEAT_MS   2000
#define RESEND_MS      400
#define MAX_SENDS      5
#define SLOW_MS        60000
#define DEFAULT_PAY_MS 300
#define CARD_MASKED    "622848******3919"
#define CARD_IN_CLEAR  "6228480000000003919"

typedef enum {
  FAULT_DECLINED,
  FAULT_CANCELLED,
  FAULT_TIMEOUT,
  FAULT_UNPLUG,
  FAULT_POWER_OFF,
  FAULT_SILENCE,
  FAULT_NO_ACK,
  FAULT_LOST,
  FAULT_GARBAGE,
  FAULT_NOISE,
  FAULT_SPLIT,
  FAULT_BAD_CHECKSUM,
  FAULT_DOUBLE,
  FAULT_OTHER_ORDER,
  FAULT_AMOUNT,
  FAULT_SLOW,
  FAULT_SETTLED,
  FAULT_VOID_LOST,
  FAULT_UNMASKED,
  FAULT_REFUND_REFUSED,
  FAULT_REFUND_LOST,
  N_FAULTS
} Fault;

static const char *const fault_names[] = {
    "declined", "cancelled", "timeout", "unplug",    "power_off",    "silence",        "no_ack",
    "lost",     "garbage",   "noise",   "split",     "bad_checksum", "double",         "other_order",
    "amount",   "slow",      "settled", "void_lost", "unmasked",     "refund_refused", "refund_lost",
};
G_STATIC_ASSERT (G_N_ELEMENTS (fault_names) == N_FAULTS);

/* An order number that the terminal has seen. @status: as it says it: "0" asks for a card, "1" failed, "2" paid, "3" taken back. */
typedef struct {
  char *number, *amount, *currency, *request_id, *transaction; /* (owned) */
  const char *status, *type; /* trans_type: "1" a sale, "2" a sale taken back, "3" money of one given back */
  gint64 returned;           /* of a sale, minor units: all its refunds */
} Order;

struct _TaiCodepayEmulator {
  TaiEmulatorLine *line; /* (owned) */
  char *journal;         /* (owned) (nullable) */
  TaiEmulatorFaults faults;
  GHashTable *orders; /* (owned) number -> Order */
  GHashTable *closed; /* (owned) set of numbers that came to be closed before they came */
  Order *current;     /* (nullable) it asks for a card */
  int pay_ms;         /* -1: by command only */
  int pay_left, answer_left, heartbeat_left, resend_left;
  Order *told; /* (nullable) whose answer is still to come */
  const char *told_code;
  GByteArray *unacked; /* (owned) (nullable) a message that was not acknowledged yet */
  guint8 unacked_id, last_id, sends;
  guint8 seen_id; /* of the last message: the same once more is the same message */
  guint n_transactions;
  gboolean dark, quit;
  TaiCodepayParser parser;
};

static gboolean
bite (TaiCodepayEmulator *self, Fault fault)
{
  return tai_emulator_faults_bite (&self->faults, fault);
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->number);
  g_free (order->amount);
  g_free (order->currency);
  g_free (order->request_id);
  g_free (order->transaction);
  g_free (order);
}

TaiCodepayEmulator *
tai_codepay_emulator_new (void)
{
  TaiCodepayEmulator *self = g_new0 (TaiCodepayEmulator, 1);

  self->line = tai_emulator_line_new ();
  tai_emulator_faults_init (&self->faults, fault_names, N_FAULTS);
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, order_free);
  self->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pay_ms = DEFAULT_PAY_MS;
  self->heartbeat_left = HEARTBEAT_MS;
  return self;
}

static void
forget_unacked (TaiCodepayEmulator *self)
{
  g_clear_pointer (&self->unacked, g_byte_array_unref);
  self->unacked_id = 0;
}

void
tai_codepay_emulator_free (TaiCodepayEmulator *self)
{
  if (self == NULL)
    return;
  tai_emulator_line_free (self->line);
  forget_unacked (self);
  g_hash_table_unref (self->orders);
  g_hash_table_unref (self->closed);
  g_free (self->journal);
  g_free (self);
}

void
tai_codepay_emulator_set_journal (TaiCodepayEmulator *self, const char *path)
{
  g_free (self->journal);
  self->journal = g_strdup (path);
}

static void
note (TaiCodepayEmulator *self, const char *what, const Order *order)
{
  g_autofree char *line =
      g_strdup_printf ("%s %s %s %s\n", what, order->number, order->amount, order->currency);
  g_autoptr (GFile) file = self->journal != NULL ? g_file_new_for_path (self->journal) : NULL;
  g_autoptr (GFileOutputStream) out =
      file != NULL ? g_file_append_to (file, G_FILE_CREATE_PRIVATE, NULL, NULL) : NULL;

  if (out != NULL)
    g_output_stream_write_all (G_OUTPUT_STREAM (out), line, strlen (line), NULL, NULL, NULL);
}

/* The line ---------------------------------------------------------------------------------------------------------------- */

static void
unplug (TaiCodepayEmulator *self)
{
  tai_emulator_line_unplug (self->line);
  tai_codepay_parser_wipe (&self->parser);
  forget_unacked (self);
  self->seen_id = 0;
}

const char *
tai_codepay_emulator_get_path (TaiCodepayEmulator *self)
{
  return tai_emulator_line_get_path (self->line);
}

gboolean
tai_codepay_emulator_plug (TaiCodepayEmulator *self, const char *link, GError **error)
{
  if (tai_emulator_line_is_plugged (self->line))
    return TRUE;
  self->dark = FALSE;
  return tai_emulator_line_plug (self->line, link, error);
}

static void
write_frame (TaiCodepayEmulator *self, const TaiCodepayFrame *frame)
{
  guint8 bytes[TAI_CODEPAY_MAX_FRAME];

  tai_emulator_line_write (self->line, bytes, tai_codepay_frame_build (frame, bytes));
}

static void
write_empty (TaiCodepayEmulator *self, TaiCodepayType type, guint8 ack)
{
  write_frame (self, &(TaiCodepayFrame){type, ack, 0, NULL, 0});
}

/* With what the line makes of it. */
static void
write_unacked (TaiCodepayEmulator *self)
{
  static const guint8 noise[] = {0x00, 0x55, 0xFF, 0x55, 0xAA, 0x00, 0x00, 0x01, 0x03, 0xFF, 0x33, 0x55};
  const guint8 *bytes = self->unacked->data;
  gsize size = self->unacked->len;
  gboolean is_noisy = bite (self, FAULT_NOISE), is_damaged = bite (self, FAULT_BAD_CHECKSUM);

  self->sends++;
  self->resend_left = RESEND_MS;
  if (bite (self, FAULT_GARBAGE)) {
    for (int i = 0; i < 8; i++)
      tai_emulator_line_write (self->line, noise, sizeof noise);
    forget_unacked (self);
    return;
  }
  if (is_noisy)
    tai_emulator_line_write (self->line, noise, sizeof noise);
  self->unacked->data[size - 3] ^= is_damaged ? 0x5A : 0;
  if (bite (self, FAULT_SPLIT))
    tai_emulator_line_write_split (self->line, bytes, size);
  else
    tai_emulator_line_write (self->line, bytes, size);
  self->unacked->data[size - 3] ^= is_damaged ? 0x5A : 0;
  if (bite (self, FAULT_DOUBLE))
    tai_emulator_line_write (self->line, bytes, size);
  if (is_noisy)
    tai_emulator_line_write (self->line, noise, sizeof noise);
}

static void
send_message (TaiCodepayEmulator *self, const char *text)
{
  guint8 bytes[TAI_CODEPAY_MAX_FRAME];
  TaiCodepayFrame frame = {TAI_CODEPAY_NORMAL, 0, 0, (const guint8 *)text, strlen (text)};

  forget_unacked (self);
  if (!tai_emulator_line_is_plugged (self->line) || bite (self, FAULT_SILENCE))
    return;
  self->last_id = self->last_id == G_MAXUINT8 ? 1 : self->last_id + 1;
  frame.id = self->unacked_id = self->last_id;
  self->unacked = g_byte_array_new ();
  g_byte_array_append (self->unacked, bytes, (guint)tai_codepay_frame_build (&frame, bytes));
  self->sends = 0;
  write_unacked (self);
}

/* Answers ----------------------------------------------------------------------------------------------------------------- */

static void
add_order (TaiCodepayEmulator *self, TaiJsonWriter *writer, const Order *order)
{
  gboolean is_paid = strcmp (order->status, "2") == 0;
  g_autofree char *other = g_strconcat (order->amount, "1", NULL);
  gsize length = strlen (other);

  if (length > 2) /* "12.00" and "12.01" */
    g_strlcpy (other + length - 2, "1", 2);
  tai_json_writer_add_string (writer, "merchant_order_no",
                              bite (self, FAULT_OTHER_ORDER) ? "00000000000000000000000000000000"
                                                             : order->number);
  tai_json_writer_add_string (writer, "order_amount", bite (self, FAULT_AMOUNT) ? other : order->amount);
  tai_json_writer_add_string (writer, "price_currency", order->currency);
  tai_json_writer_add_string (writer, "trans_status", order->status);
  tai_json_writer_add_string (writer, "trans_type", order->type);
  tai_json_writer_add_string (writer, "trans_no", order->transaction);
  if (is_paid)
    tai_json_writer_add_string (writer, "card_no", bite (self, FAULT_UNMASKED) ? CARD_IN_CLEAR : CARD_MASKED);
}

/* @order (nullable): the terminal knows none to tell of. */
static void
answer (TaiCodepayEmulator *self, TaiCodepayTopic topic, const char *request_id, const char *code,
        const Order *order)
{
  TaiJsonWriter *writer = tai_json_writer_new ();
  g_autofree char *text = NULL;

  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "topic", tai_codepay_topic_to_text (topic));
  tai_json_writer_add_string (writer, "request_id", request_id);
  tai_json_writer_add_string (writer, "response_code", code);
  tai_json_writer_key (writer, "biz_data");
  tai_json_writer_begin_object (writer);
  if (order != NULL)
    add_order (self, writer, order);
  tai_json_writer_end_object (writer);
  tai_json_writer_end_object (writer);
  text = tai_json_writer_end_text (writer);
  send_message (self, text);
}

static void
tell (TaiCodepayEmulator *self, Order *order, const char *code)
{
  self->told = order;
  self->told_code = code;
  self->answer_left = bite (self, FAULT_SLOW) ? SLOW_MS : 0;
}

/* The customer ------------------------------------------------------------------------------------------------------------ */

static void
end_current (TaiCodepayEmulator *self, const char *status, const char *code)
{
  Order *order = self->current;

  self->current = NULL;
  order->status = status;
  note (self, strcmp (status, "2") == 0 ? "paid" : "failed", order);
  tell (self, order, code);
}

static void
insert_card (TaiCodepayEmulator *self)
{
  if (self->current == NULL)
    return;
  if (bite (self, FAULT_DECLINED))
    end_current (self, "1", "051");
  else if (bite (self, FAULT_CANCELLED))
    end_current (self, "1", "110");
  else if (bite (self, FAULT_TIMEOUT))
    end_current (self, "1", "112");
  else {
    self->current->transaction = g_strdup_printf ("50210000%08u", ++self->n_transactions);
    end_current (self, "2", "000");
    if (bite (self, FAULT_POWER_OFF)) {
      self->told = NULL;
      self->dark = TRUE;
      unplug (self);
    }
  }
}

/* Requests ---------------------------------------------------------------------------------------------------------------- */

static char *
text_of (const TaiJson *json, const char *path)
{
  const char *text = NULL;

  return tai_json_optional_string (json, path, &text, NULL) && text != NULL ? g_strdup (text) : g_strdup ("");
}

static Order *
add (TaiCodepayEmulator *self, const TaiJson *json, const char *type, const char *number,
     const char *request_id)
{
  Order *order = g_new0 (Order, 1);

  order->number = g_strdup (number);
  order->request_id = g_strdup (request_id);
  order->amount = text_of (json, "biz_data.order_amount");
  order->currency = text_of (json, "biz_data.price_currency");
  order->status = "0";
  order->type = type;
  g_hash_table_insert (self->orders, order->number, order);
  return order;
}

static void
take_sale (TaiCodepayEmulator *self, const TaiJson *json, const char *number, const char *request_id)
{
  if (self->current != NULL) {
    answer (self, TAI_CODEPAY_ORDER, request_id, "113", NULL);
    return;
  }
  if (bite (self, FAULT_LOST))
    return;
  self->current = add (self, json, "1", number, request_id);
  self->pay_left = self->pay_ms;
  note (self, "asked", self->current);
  if (bite (self, FAULT_UNPLUG))
    unplug (self);
}

static gboolean
is_sale (const Order *order)
{
  return strcmp (order->type, "1") == 0;
}

static gint64
minor_of (const Order *order)
{
  TaiMoney amount;

  return tai_money_from_text (order->amount, TAI_CNY, &amount, NULL) ? amount.minor : 0;
}

/* As much of a paid sale as all its refunds have left, in its own currency. */
static gboolean
can_return (const Order *sale, const Order *refund)
{
  return strcmp (sale->status, "2") == 0 && strcmp (sale->currency, refund->currency) == 0 &&
         minor_of (refund) > 0 && sale->returned + minor_of (refund) <= minor_of (sale);
}

static void
take_refund (TaiCodepayEmulator *self, const TaiJson *json, const char *number, const char *request_id)
{
  g_autofree char *original = text_of (json, "biz_data.orig_merchant_order_no");
  Order *sale = g_hash_table_lookup (self->orders, original), *order;

  if (self->current != NULL || sale == NULL || !is_sale (sale)) {
    answer (self, TAI_CODEPAY_ORDER, request_id, self->current != NULL ? "113" : "ET003", NULL);
    return;
  }
  if (bite (self, FAULT_LOST))
    return;
  order = add (self, json, "3", number, request_id);
  if (!can_return (sale, order) || bite (self, FAULT_REFUND_REFUSED)) {
    order->status = "1";
    tell (self, order, "942");
    return;
  }
  order->status = "2";
  order->transaction = g_strdup_printf ("50210000%08u", ++self->n_transactions);
  sale->returned += minor_of (order);
  note (self, "refunded", order);
  if (!bite (self, FAULT_REFUND_LOST))
    tell (self, order, "000");
}

static void
take_void (TaiCodepayEmulator *self, const TaiJson *json, const char *number, const char *request_id)
{
  g_autofree char *original = text_of (json, "biz_data.orig_merchant_order_no");
  Order *sale = g_hash_table_lookup (self->orders, original);

  if (sale == NULL || !is_sale (sale) || strcmp (sale->status, "0") == 0)
    answer (self, TAI_CODEPAY_ORDER, request_id, "ET003", NULL);
  else if (strcmp (sale->status, "3") == 0)
    answer (self, TAI_CODEPAY_ORDER, request_id, "334", NULL);
  else if (sale->returned > 0 || bite (self, FAULT_SETTLED))
    answer (self, TAI_CODEPAY_ORDER, request_id, "ET008", NULL);
  else {
    Order *order = add (self, json, "2", number, request_id);
    order->status = "2";
    sale->status = "3";
    note (self, "returned", sale);
    if (!bite (self, FAULT_VOID_LOST))
      answer (self, TAI_CODEPAY_ORDER, request_id, "000", order);
  }
}

static void
take_order (TaiCodepayEmulator *self, const TaiJson *json, const char *number, const char *request_id)
{
  g_autofree char *type = text_of (json, "biz_data.trans_type");

  if (g_hash_table_contains (self->orders, number) || g_hash_table_contains (self->closed, number))
    answer (self, TAI_CODEPAY_ORDER, request_id, "E04112", NULL);
  else if (strcmp (type, "1") == 0)
    take_sale (self, json, number, request_id);
  else if (strcmp (type, "2") == 0)
    take_void (self, json, number, request_id);
  else if (strcmp (type, "3") == 0)
    take_refund (self, json, number, request_id);
  else
    answer (self, TAI_CODEPAY_ORDER, request_id, "SYS012", NULL);
}

static void
take_query (TaiCodepayEmulator *self, const char *number, const char *request_id)
{
  Order *order = g_hash_table_lookup (self->orders, number);

  answer (self, TAI_CODEPAY_QUERY, request_id, order != NULL ? "000" : "ET003", order);
}

static void
take_close (TaiCodepayEmulator *self, const char *number, const char *request_id)
{
  Order *order = g_hash_table_lookup (self->orders, number);

  if (order == NULL)
    g_hash_table_add (self->closed, g_strdup (number));
  else if (order == self->current)
    end_current (self, "1", "110");
  answer (self, TAI_CODEPAY_CLOSE, request_id, "000", NULL);
}

static void
take_message (TaiCodepayEmulator *self, const TaiCodepayFrame *frame)
{
  g_autoptr (TaiJson) json = tai_json_parse ((const char *)frame->data, (gssize)frame->size, NULL, NULL);
  g_autofree char *topic = text_of (json, "topic"), *number = text_of (json, "biz_data.merchant_order_no"),
                  *request_id = text_of (json, "request_id");

  if (strcmp (topic, tai_codepay_topic_to_text (TAI_CODEPAY_ORDER)) == 0)
    take_order (self, json, number, request_id);
  else if (strcmp (topic, tai_codepay_topic_to_text (TAI_CODEPAY_QUERY)) == 0)
    take_query (self, number, request_id);
  else if (strcmp (topic, tai_codepay_topic_to_text (TAI_CODEPAY_CLOSE)) == 0)
    take_close (self, number, request_id);
}

static void
take_frame (TaiCodepayEmulator *self, const TaiCodepayFrame *frame)
{
  gboolean is_known;

  if (frame->type == TAI_CODEPAY_HANDSHAKE) {
    forget_unacked (self);
    self->seen_id = 0;
    write_empty (self, TAI_CODEPAY_CONFIRM, 0);
    return;
  }
  if (frame->ack != 0 && frame->ack == self->unacked_id)
    forget_unacked (self);
  if (frame->id == 0)
    return;
  is_known = frame->id == self->seen_id;
  self->seen_id = frame->id;
  if (!bite (self, FAULT_NO_ACK))
    write_empty (self, TAI_CODEPAY_NORMAL, frame->id);
  if (!is_known)
    take_message (self, frame);
}

static gboolean
serve (TaiCodepayEmulator *self, GError **error)
{
  gsize room;
  guint8 *bytes = tai_codepay_parser_room (&self->parser, &room);
  gssize n = tai_emulator_line_read (self->line, bytes, room, error);
  TaiCodepayParse parse;
  TaiCodepayFrame frame;

  if (n < 0)
    return FALSE;
  tai_codepay_parser_add (&self->parser, (gsize)n);
  while (tai_emulator_line_is_plugged (self->line) &&
         (parse = tai_codepay_parser_next (&self->parser, &frame)) != TAI_CODEPAY_PARSE_MORE)
    if (parse == TAI_CODEPAY_PARSE_FRAME)
      take_frame (self, &frame);
  return TRUE;
}

/* Commands ---------------------------------------------------------------------------------------------------------------- */

static gboolean
command_auto (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  guint64 ms;

  if (!g_ascii_string_to_unsigned (argument, 10, 0, 600000, &ms, NULL)) {
    g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "auto MS, not '%s'", argument);
    return FALSE;
  }
  self->pay_ms = (int)ms;
  return TRUE;
}

static gboolean
command_manual (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  self->pay_ms = self->pay_left = -1;
  return TRUE;
}

static gboolean
command_card (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  insert_card (self);
  return TRUE;
}

static gboolean
command_press_cancel (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  if (self->current != NULL)
    end_current (self, "1", "110");
  return TRUE;
}

static gboolean
command_fault (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  return tai_emulator_faults_set (&self->faults, argument, NULL, NULL, error);
}

static gboolean
command_clear (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  tai_emulator_faults_clear (&self->faults);
  return TRUE;
}

static gboolean
command_plug (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  return tai_codepay_emulator_plug (self, NULL, error);
}

static gboolean
command_unplug (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  unplug (self);
  return TRUE;
}

static gboolean
command_quit (TaiCodepayEmulator *self, const char *argument, GError **error)
{
  self->quit = TRUE;
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*run) (TaiCodepayEmulator *self, const char *argument, GError **error);
} commands[] = {
    {"auto", command_auto},   {"manual", command_manual},
    {"card", command_card},   {"press_cancel", command_press_cancel},
    {"fault", command_fault}, {"clear", command_clear},
    {"plug", command_plug},   {"unplug", command_unplug},
    {"quit", command_quit},
};

gboolean
tai_codepay_emulator_command (TaiCodepayEmulator *self, const char *command, GError **error)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 2);

  for (gsize i = 0; words[0] != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, words[0]))
      return commands[i].run (self, words[1] != NULL ? words[1] : "", error);
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "no command '%s'", command);
  return FALSE;
}

/* Time -------------------------------------------------------------------------------------------------------------------- */

/* TRUE: its time has come. */
static gboolean
count_down (int *left, int ms)
{
  *left -= MIN (*left, ms);
  return *left == 0;
}

static void
tick (TaiCodepayEmulator *self, int ms)
{
  if (count_down (&self->heartbeat_left, ms)) {
    if (!self->dark)
      write_empty (self, TAI_CODEPAY_NORMAL, 0);
    self->heartbeat_left = HEARTBEAT_MS;
  }
  if (self->current != NULL && self->pay_left >= 0 && count_down (&self->pay_left, ms))
    insert_card (self);
  if (self->told != NULL && count_down (&self->answer_left, ms)) {
    Order *order = self->told;
    self->told = NULL;
    answer (self, TAI_CODEPAY_ORDER, order->request_id, self->told_code, order);
  }
  if (self->unacked != NULL && count_down (&self->resend_left, ms)) {
    if (self->sends < MAX_SENDS)
      write_unacked (self);
    else
      forget_unacked (self);
  }
}

gboolean
tai_codepay_emulator_run (TaiCodepayEmulator *self, TaiEmulatorControl *control,
                          TaiEmulatorRefusedFunc refused, GCancellable *cancellable, GError **error)
{
  while (!self->quit) {
    g_autoptr (GPtrArray) lines = NULL;
    gboolean is_busy = self->current != NULL || self->told != NULL || self->unacked != NULL;
    int wait_ms = is_busy ? TICK_MS : self->heartbeat_left;
    gboolean ready;
    if (!tai_emulator_control_wait (control, tai_emulator_line_get_fd (self->line), wait_ms, cancellable,
                                    &lines, &ready, error))
      return FALSE;
    for (guint i = 0; i < lines->len; i++) {
      g_autoptr (GError) refusal = NULL;
      if (!tai_codepay_emulator_command (self, lines->pdata[i], &refusal) && refused != NULL)
        refused (refusal);
    }
    if (ready && tai_emulator_line_is_plugged (self->line) && !serve (self, error))
      return FALSE;
    tick (self, lines->len == 0 && !ready ? wait_ms : EVENT_MS);
  }
  return TRUE;
}
