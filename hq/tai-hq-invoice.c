/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which code of a receipt is good, and what became of it: read off the news of tills and the page's words beside them. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-invoice.h"

#include <string.h>

#include "tai-hq-finding.h"
#include "tai-invoice-claim.h"
#include "tai-json-money.h"

/* The page's words, kept like news: @name is the number. */
#define KIND_MADE        "invoice_made"
#define KIND_CREDITED    "invoice_credited"
#define NUMBER_MAX       40
#define PARTS_OF_RECEIPT 4 /* behind the hall */

const char *
hq_invoice_state_to_text (HqInvoiceState state)
{
  static const char *const texts[] = {"open", "made", "credited", "replaced", "empty"};
  return texts[state];
}

char *
hq_invoice_get_page (HqStore *store)
{
  char *page = store->klass->setting_get (store, "invoice_page");
  return page != NULL ? page : g_strdup ("");
}

/* ---- the codes of a receipt ---- */

typedef struct {
  HqStore *store;
  char token[65]; /* in: that is looked for; "": any */
  char last[65];  /* that counts */
  gint64 last_seq;
  TaiMoney amount, last_amount; /* of the one that is looked for; of the one that counts */
  gboolean is_found;
} Codes;

static gboolean
add_code_cb (const HqTillRow *row, gpointer data)
{
  Codes *self = data;
  g_auto (HqMessageRow) message = {0};
  gint64 seq =
      self->store->klass->message_find (self->store, row->hall, row->key, &message) ? message.seq : 0;
  if (row->ref == NULL)
    return TRUE;
  if (seq >= self->last_seq) {
    self->last_seq = seq;
    self->last_amount = row->amount;
    g_strlcpy (self->last, row->ref, sizeof self->last);
  }
  if (strcmp (row->ref, self->token) == 0) {
    self->is_found = TRUE;
    self->amount = row->amount;
  }
  return TRUE;
}

static void
read_codes (HqStore *store, const char *hall, const char *receipt, const char *token, Codes *codes)
{
  HqTillFilter filter = {.hall = hall, .kind = tai_news_kind_to_text (TAI_NEWS_INVOICE), .subject = receipt};
  *codes = (Codes){.store = store};
  g_strlcpy (codes->token, token != NULL ? token : "", sizeof codes->token);
  store->klass->till_list (store, &filter, add_code_cb, codes);
}

static gboolean
take_number_cb (const HqTillRow *row, gpointer data)
{
  char **number = data;
  g_free (*number);
  *number = g_strdup (row->name);
  return TRUE;
}

/* (nullable) (transfer full) */
static char *
find_number (HqStore *store, const char *hall, const char *kind, const char *token)
{
  HqTillFilter filter = {.hall = hall, .kind = kind, .ref = token};
  char *number = NULL;
  store->klass->till_list (store, &filter, take_number_cb, &number);
  return number;
}

static HqInvoiceState
judge (const Codes *codes, const char *made, const char *credited)
{
  if (credited != NULL)
    return HQ_INVOICE_CREDITED;
  if (made != NULL)
    return HQ_INVOICE_MADE;
  if (strcmp (codes->last, codes->token) != 0)
    return HQ_INVOICE_REPLACED;
  return codes->amount.minor > 0 ? HQ_INVOICE_OPEN : HQ_INVOICE_EMPTY;
}

/* ---- what does not match ---- */

typedef struct {
  HqStore *store;
  const Codes *codes;
  GString *detail;
} Old;

static gboolean
look_at_made_cb (const HqTillRow *row, gpointer data)
{
  Old *self = data;
  g_autofree char *credited = find_number (self->store, row->hall, KIND_CREDITED, row->ref);
  g_autofree char *then = tai_money_to_text (row->amount);
  g_autofree char *now = tai_money_to_text (self->codes->last_amount);
  if (credited != NULL || strcmp (row->ref, self->codes->last) == 0)
    return TRUE;
  g_string_append_printf (self->detail, "%sinvoice_replaced %s %s %s", self->detail->len > 0 ? " " : "",
                          row->name, then, now);
  return TRUE;
}

char *
hq_invoice_check (HqStore *store, const char *hall, const char *subject)
{
  HqTillFilter filter = {.hall = hall, .kind = KIND_MADE, .subject = subject};
  g_autoptr (GString) detail = g_string_new (NULL);
  Codes codes;
  read_codes (store, hall, subject, NULL, &codes);
  store->klass->till_list (store, &filter, look_at_made_cb, &(Old){store, &codes, detail});
  return detail->len > 0 ? g_strdup (detail->str) : NULL;
}

/* ---- the page asks ---- */

/* The hall of a receipt's number; (nullable) (transfer full). */
static char *
hall_of (const char *receipt)
{
  const char *end = receipt + strlen (receipt);
  for (guint i = 0; i < PARTS_OF_RECEIPT && end != NULL; i++)
    end = g_strrstr_len (receipt, end - receipt, "-");
  return end != NULL && end > receipt ? g_strndup (receipt, (gsize)(end - receipt)) : NULL;
}

/* What one code is about. */
typedef struct {
  char *hall, *made, *credited; /* (owned) (nullable) */
  const char *receipt;
  Codes codes;
} Asked;

static void
asked_clear (Asked *self)
{
  g_free (self->hall);
  g_free (self->made);
  g_free (self->credited);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

/* A wrong secret and a receipt that is not known get the same answer. */
static gboolean
find_asked (HqCall *call, const char *receipt, const char *secret, Asked *asked)
{
  TaiDigest digest;
  char token[65];
  if (!hq_call_is_partner (call)) {
    hq_response_fail (call->response, 403, "right", "this is for the page that makes invoices");
    return FALSE;
  }
  asked->receipt = receipt;
  asked->hall = receipt != NULL ? hall_of (receipt) : NULL;
  if (asked->hall != NULL && tai_invoice_token_read (secret, &digest)) {
    tai_digest_to_hex (digest, token);
    read_codes (call->store, asked->hall, receipt, token, &asked->codes);
  }
  if (!asked->codes.is_found) {
    hq_response_fail (call->response, 404, "unknown", "no such code");
    return FALSE;
  }
  asked->made = find_number (call->store, asked->hall, KIND_MADE, token);
  asked->credited = find_number (call->store, asked->hall, KIND_CREDITED, token);
  return TRUE;
}

static void
respond (HqCall *call, const Asked *asked)
{
  HqInvoiceState state = judge (&asked->codes, asked->made, asked->credited);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "receiptNumber", asked->receipt);
  tai_json_writer_add_string (writer, "hall", asked->hall);
  tai_json_writer_add_string (writer, "state", hq_invoice_state_to_text (state));
  tai_json_writer_add_money (writer, "amount", asked->codes.amount);
  tai_json_writer_add_string (writer, "invoice", asked->made);
  tai_json_writer_add_string (writer, "creditNote", asked->credited);
  tai_json_writer_end_object (writer);
  hq_response_take_text (call->response, 200, tai_json_writer_end_text (writer));
}

void
hq_invoice_get (HqCall *call)
{
  g_auto (HqQuery) query = {0};
  g_auto (Asked) asked = {0};
  if (hq_query_parse (&query, call, 1) &&
      find_asked (call, hq_query_param (&query, "receipt"), hq_query_param (&query, "token"), &asked))
    respond (call, &asked);
}

/* ---- the page says ---- */

typedef struct {
  const char *receipt, *secret;
  const char *kind, *number; /* what was made */
} Said;

static gboolean
read_said (const TaiJson *json, Said *said, GError **error)
{
  const char *invoice = NULL, *credit = NULL;
  said->receipt = tai_json_require_string (json, "receiptNumber", error);
  said->secret = said->receipt != NULL ? tai_json_require_string (json, "token", error) : NULL;
  if (said->secret == NULL || !tai_json_optional_string (json, "invoice", &invoice, error) ||
      !tai_json_optional_string (json, "creditNote", &credit, error))
    return FALSE;
  said->kind = credit != NULL ? KIND_CREDITED : KIND_MADE;
  said->number = credit != NULL ? credit : invoice;
  if ((invoice == NULL) != (credit == NULL) && said->number[0] != '\0' &&
      strlen (said->number) <= NUMBER_MAX &&
      strspn (said->number, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-") == strlen (said->number))
    return TRUE;
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "invoice or creditNote: one number");
  return FALSE;
}

/* The same again is the same; NULL: it can be written down. */
static const char *
find_conflict (const Asked *asked, const Said *said)
{
  HqInvoiceState state = judge (&asked->codes, asked->made, asked->credited);
  const char *known = strcmp (said->kind, KIND_MADE) == 0 ? asked->made : asked->credited;
  if (known != NULL)
    return strcmp (known, said->number) == 0 ? NULL : "invoice_made";
  if (strcmp (said->kind, KIND_CREDITED) == 0)
    return state == HQ_INVOICE_MADE ? NULL : "invoice_missing";
  return state == HQ_INVOICE_OPEN       ? NULL
         : state == HQ_INVOICE_REPLACED ? "invoice_replaced"
                                        : "invoice_empty";
}

static void
write_down (HqCall *call, Asked *asked, const Said *said)
{
  char **place = strcmp (said->kind, KIND_MADE) == 0 ? &asked->made : &asked->credited;
  HqTillRow row = {.hall = asked->hall,
                   .id = said->number,
                   .key = said->number,
                   .terminal = call->seat->row.id,
                   .kind = said->kind,
                   .name = said->number,
                   .subject = asked->receipt,
                   .ref = asked->codes.token,
                   .amount = asked->codes.amount,
                   .at_us = call->request->now_us,
                   .arrived_us = call->request->now_us};
  if (*place != NULL)
    return;
  *place = g_strdup (said->number);
  call->store->klass->till_insert (call->store, &row);
  hq_finding_suspect (call->store, HQ_FINDING_INVOICE, row.hall, row.subject, row.terminal);
}

void
hq_invoice_post (HqCall *call)
{
  g_autoptr (GError) error = NULL;
  g_auto (Asked) asked = {0};
  gsize size = 0;
  const char *bytes = call->request->body != NULL ? g_bytes_get_data (call->request->body, &size) : "";
  g_autoptr (TaiJson) json = tai_json_parse (bytes, (gssize)size, NULL, &error);
  Said said = {0};
  if (json == NULL || !read_said (json, &said, &error)) {
    hq_response_fail (call->response, 400, "invalid", error->message);
    return;
  }
  if (!find_asked (call, said.receipt, said.secret, &asked))
    return;
  const char *conflict = find_conflict (&asked, &said);
  if (conflict != NULL) {
    hq_response_fail (call->response, 409, conflict, "that cannot be made of this code");
    return;
  }
  write_down (call, &asked, &said);
  respond (call, &asked);
}
