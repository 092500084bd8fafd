/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"
#include "tai-hq-apply.h"
#include "tai-hq-body.h"
#include "tai-json.h"
#include "tai-till-news.h"

G_BEGIN_DECLS

/* A terminal that speaks in this group: read once, its series written once at the end. */
typedef struct {
  HqTerminalRow row;
  gboolean is_moved; /* the series is to be written */
  gboolean is_seen;  /* and when it was heard of */
} HqSeat;

typedef struct _HqQuery HqQuery;
typedef struct _HqListing HqListing;
typedef struct _HqResourceType HqResourceType;

/* One request on its way through its handler. */
typedef struct {
  HqStore *store;
  const HqRequest *request;
  HqResponse *response;
  HqReadMessage *read;        /* (nullable): what is known of the message already */
  HqSeat *seat;               /* (nullable): no certificate, only where the route allows it */
  const char *id;             /* (nullable) last part of the path */
  gboolean in_batch;          /* only status, result and id are asked for */
  char made_id[37];           /* of the resource that was made or found; "" = none */
  char cut_path[128];         /* the path up to @id, when something comes behind it */
  const char *below;          /* (nullable): an id below that one's, as in a topic's hub */
  const HqResourceType *type; /* (nullable): of a resource of the standard */
  HqQuery *query;             /* (nullable): of one */
  const char *clerk;          /* (nullable): who looks, as the terminal says */
  gboolean has_looked;        /* that is written down */
  const char *owner;          /* (nullable): the customer whom a counter names for what is its owner's only */
} HqCall;

typedef void (*HqHandler) (HqCall *call);

static inline const char *
hq_call_hall (const HqCall *call)
{
  return call->seat->row.hall;
}

/* Another system of the operator, not a counter: it sees and writes what belongs to no hall. */
gboolean hq_call_is_partner (const HqCall *call);

/* Runs the handler that the table of routes names; all refusals of the route itself, too. */
void hq_call_route (HqCall *call);

/* ---- messages: what is idempotent (tai-hq-message) ---- */

typedef struct _HqIntake HqIntake;

/**
 * HqIntakeClass: what differs between the kinds of message.
 * @read: takes what it needs from the JSON, makes the row; FALSE after hq_intake_refuse()
 * @insert: writes the row; FALSE: the id is another message's. May set message.answer, which is kept with the message
 * @answer: fills the response from the row, as it was first answered; @is_new: just made
 */
typedef struct {
  HqMessageKind kind;
  const char *state_name, *first_state; /* (nullable) of the resource */
  gboolean (*read) (HqIntake *self);
  gboolean (*insert) (HqIntake *self);
  void (*answer) (HqIntake *self, const HqMessageRow *stored);
} HqIntakeClass;

struct _HqIntake {
  HqCall *call;
  const HqIntakeClass *klass;
  HqMessageRow message;
  gboolean has_key; /* the client named one */
  TaiJson *json;    /* (owned) (nullable) the body */
  char id[37];      /* of the resource */
  int status;       /* of a refusal */
  const char *code;
  char *detail;      /* (owned) (nullable) */
  GBytes *made;      /* (owned) (nullable) body of a document */
  TaiTillNews *news; /* (owned) (nullable) of a till */
  union {
    HqOrderRow order;
    HqPaymentRow payment;
    HqCancelRow cancel;
    HqDocumentRow document;
  };
};

void hq_message_take (HqCall *call, const HqIntakeClass *klass);
gboolean hq_intake_refuse (HqIntake *self, int status, const char *code, const char *format, ...)
    G_GNUC_PRINTF (4, 5); /* FALSE, always */
gboolean hq_intake_refuse_error (HqIntake *self,
                                 GError *error); /* (transfer full); 400 invalid; FALSE, always */
/* The id: @external_id when it is a UUID, else the key when that is one, else a new one. */
void hq_intake_choose_id (HqIntake *self, const char *external_id);

extern const HqIntakeClass hq_order_intake, hq_payment_intake, hq_cancel_intake, hq_lease_intake,
    hq_document_intake, hq_till_intake;

/* A message that a person gave up at the terminal: its number is explained, and it is never taken. */
#define HQ_STATUS_GIVEN_UP 410
#define HQ_CODE_GIVEN_UP   "given_up"

TaiDigest hq_digest (gconstpointer data, gsize size);

/* ---- resources: queries, lists, composing (tai-hq-resource, tai-hq-query) ---- */

typedef struct {
  char *path;    /* "relatedParty.id" */
  char op;       /* '=' '!' '<' 'l' (<=) '>' 'g' (>=) */
  char **values; /* any of them; of "ne" none */
  char *whole;   /* the same before it was parted */
  gboolean done; /* the store's filter does it */
} HqQueryFilter;

struct _HqQuery {
  gint64 offset, limit;
  gboolean is_range;    /* asked for by Range: who asks so is told by 206 */
  char **fields;        /* (nullable): all */
  gboolean only_fields; /* not even id and href beside them: so an old kit wants it */
  char **sorts;         /* (nullable): paths, with "-" in front of what comes last first */
  GPtrArray *filters;   /* (element-type HqQueryFilter) */
};

/* FALSE: the response says why. */
gboolean hq_query_parse (HqQuery *self, HqCall *call, gint64 default_limit);
/* "items=20-29", "items=20-" of a list; anything else is let be, as RFC 9110 has it. */
void hq_query_read_range (HqQuery *self, const char *range);
void hq_query_clear (HqQuery *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HqQuery, hq_query_clear)
/* One value, equality: given to the store (and not looked at again); else NULL. */
const char *hq_query_take (HqQuery *self, const char *path);
/* The same value, but it stays to be looked at in each row. */
const char *hq_query_peek (const HqQuery *self, const char *path);
/* As times or numbers when both are, else as text. */
int hq_query_compare (const char *a, const char *b);
/* What a row is sorted by: one (nullable) text for each of @sorts. (transfer full) */
GPtrArray *hq_query_sort_keys (const HqQuery *self, const TaiJson *json);
int hq_query_compare_keys (const HqQuery *self, const GPtrArray *a, const GPtrArray *b);
/* The value of a parameter that is no filter of a resource, and is taken away; (nullable). */
const char *hq_query_param (HqQuery *self, const char *name);
gboolean hq_query_has_filters (const HqQuery *self); /* any that the store doesn't do */
gboolean hq_query_matches (const HqQuery *self, const TaiJson *json);
/* The members that were asked for, always with id and href. (transfer full) */
char *hq_query_select (const HqQuery *self, const TaiJson *json);

/* A list under way. */
struct _HqListing {
  HqCall *call;
  HqQuery *query;
  GString *out;
  GString *one;        /* scratch: the row as composed */
  GPtrArray *sorted;   /* (nullable) rows that wait for their place */
  gboolean pages_here; /* the rows come from several places: the page is cut here */
  gint64 total;        /* as the store counts, when it cuts the page */
  gint64 matched, shown, scanned;
  gsize kept_bytes;
  gboolean is_full, is_too_wide;
};

void hq_listing_begin (HqListing *self, HqCall *call, gboolean pages_here);
/* What the store is asked for: all rows, when JSON is to be looked at. */
gint64 hq_listing_offset (const HqListing *self);
gint64 hq_listing_limit (const HqListing *self);
/* TRUE: the next row is counted, but on another page: it need not be composed. */
gboolean hq_listing_skip (HqListing *self);
gboolean hq_listing_add (HqListing *self); /* the row in @one; FALSE: enough */
void hq_listing_end (HqListing *self);     /* fills the response */

/* `{` @ours `,` members of @body `}`; @ours: complete members without braces. Members named in @names are taken out of the
 * body first when @flags say that there are some. */
void hq_compose (GString *out, const char *ours, GBytes *body, HqBodyFlags flags, const char *const *names);
gboolean hq_is_ours (const char *const *names, const char *name);
/* The answer to a GET of one, with `fields` and its version; both take @composed. */
void hq_respond_one (HqCall *call, GString *composed);
/* The answer to a write. */
void hq_respond_whole (HqCall *call, int status, GString *composed);
char *hq_make_etag (const char *text, gsize length); /* with its quotes. (transfer full) */
gboolean hq_etag_is_in (const char *header, const char *etag, gboolean may_be_weak);

void hq_order_compose (GString *out, const HqOrderRow *row);
void hq_payment_compose (GString *out, const HqPaymentRow *row);
void hq_cancel_compose (GString *out, const HqCancelRow *row);

/* ---- handlers ---- */
void hq_rest_handle (HqCall *call); /* any resource of the standard: tai-hq-rest */
void hq_batch_post (HqCall *call);
/* (transfer full) (nullable): it will be refused whole */
HqReading *hq_batch_read (GBytes *body);
void hq_message_get (HqCall *call);
void hq_feed_get (HqCall *call);
void hq_lease_post (HqCall *call);
void hq_till_post (HqCall *call);
void hq_report_get (HqCall *call);
void hq_finding_get (HqCall *call);
void hq_line_get (HqCall *call);
void hq_promise_get (HqCall *call);
void hq_staff_get (HqCall *call);
void hq_status_get (HqCall *call);
void hq_pay_post (HqCall *call);
void hq_pay_query (HqCall *call);
void hq_pay_cancel (HqCall *call);
void hq_pay_refund (HqCall *call);
void hq_enrol_post (HqCall *call);
void hq_ca_get (HqCall *call);
void hq_hub_post (HqCall *call);
void hq_hub_list (HqCall *call);
void hq_hub_get (HqCall *call);
void hq_hub_delete (HqCall *call);
void hq_topic_post (HqCall *call);
void hq_topic_list (HqCall *call);
void hq_topic_get (HqCall *call);
void hq_topic_delete (HqCall *call);
void hq_topic_events (HqCall *call);
/* Who is told of a topic's events: the same subscriptions, below the topic. */
#define HQ_HUB_OF_TOPIC "/hub"
void hq_topic_hub_post (HqCall *call);
void hq_topic_hub_list (HqCall *call);
void hq_topic_hub_get (HqCall *call);
void hq_topic_hub_delete (HqCall *call);

/* A message of this key has come: approvals that were used for it are looked at again. */
void hq_call_suspect_act (HqCall *call, const char *key);

/* TRUE, and the response is 304. */
gboolean hq_respond_not_modified (HqCall *call, const char *etag);

G_END_DECLS
