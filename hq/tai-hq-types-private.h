/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/*
 * The resources of the standard as one table (tai-hq-types.c): a row says what a resource is called, what may be done with it
 * and where its rows come from; tai-hq-rest.c does it.
 */

/**
 * HqRowsClass: a place where rows of a resource come from.
 * @find: the row call->id, composed; FALSE: it is not here, or not for this client
 * @list: all that the client may see, each through hq_listing_add(); @listing.total when the store cuts the page
 * @change: (nullable): these rows change only by orders. @body is an object: a merge-patch, or (@is_whole, a PUT) all that the
 *   row shall be; fills the response
 * @remove: (nullable). Fills the response when it refuses
 * @is_paged: the store cuts the page, when these are all the rows there are
 */
typedef struct {
  gboolean (*find) (HqCall *call, GString *out);
  void (*list) (HqCall *call, HqListing *listing);
  void (*change) (HqCall *call, const TaiJson *body, gboolean is_whole);
  void (*remove) (HqCall *call);
  gboolean is_paged;
} HqRowsClass;

#define HQ_ROWS_MAX 3

typedef enum {
  HQ_METHOD_GET = 1 << 0,
  HQ_METHOD_POST = 1 << 1,
  HQ_METHOD_PUT = 1 << 2,
  HQ_METHOD_PATCH = 1 << 3,
  HQ_METHOD_DELETE = 1 << 4
} HqMethods;

/**
 * HqResourceType: one resource.
 * @name: in the standard; kind of its documents and shape of its body
 * @on_list, @on_one: methods of the path itself and of /{id}
 * @intake: (nullable) of POST
 * @rows: until NULL
 * @limit: rows of a page when none is asked for
 * @partners_write: a terminal only reads it
 * @partners_read: a terminal does not even read its documents: what is on sale is what was loaded
 * @version: (nullable) setting that holds the version of the whole list, as a terminal sees it
 *
 * Of documents:
 * @required: what a POST must have, words
 * @fixed: what a PATCH may not change, words; id and href never
 * @given: "name=text" when a client says nothing, "name=[]" an empty list; "name~created", "~changed", "~moved": the time of the
 *   making, of each change, of each change of @state
 * @fulfil: (nullable): what headquarters does at once for who posted it: completes the body of the row that was just made
 * @state: (nullable) name of the member with the state; @edges: (nullable) where it may go, "a>b,c b>c"; NULL: anywhere
 * @end: (nullable) member with the moment from which an active one is terminated by itself
 * @line: (nullable) path of the number that it is about
 * @line_names: words: filters that name the line
 * @external: (nullable) member with the client's own id
 * @of_owner: headquarters' own are for the owner of the line only, whom the counter names with relatedParty.id
 * @taken: (nullable) what else it does when it comes
 * @is_personal: names are masked for a terminal, and @hidden (words) is left out
 * @kits_omit: words of @required that TM Forum's kit does not send, though its file demands them
 */
struct _HqResourceType {
  const char *path, *name;
  HqMethods on_list, on_one;
  const HqIntakeClass *intake;
  const HqRowsClass *rows[HQ_ROWS_MAX + 1];
  gint64 limit;
  gboolean partners_write, partners_read;
  const char *version;

  const char *required, *fixed, *given;
  void (*fulfil) (HqStore *store, const HqDocumentRow *row, TaiJson *body);
  const char *state, *edges, *end;
  const char *line, *line_names, *external;
  gboolean of_owner, is_personal;
  const char *hidden, *kits_omit;
  void (*taken) (HqIntake *self);
};

const HqResourceType *hq_types_get (guint *n);
/* (nullable) */
const HqResourceType *hq_types_find (const char *name);
gboolean hq_type_has_documents (const HqResourceType *self);

extern const HqRowsClass hq_order_rows, hq_payment_rows, hq_cancel_rows, hq_offering_rows, hq_document_rows;
/* What the table of lines says in the standard's words. */
extern const HqRowsClass hq_line_product_rows, hq_line_bucket_rows, hq_line_balance_rows,
    hq_line_customer_rows;
/* Numbers and cards of the stock. */
extern const HqRowsClass hq_stock_number_rows, hq_stock_card_rows;
/* The kinds of what is sold. */
extern const HqRowsClass hq_specification_rows;
#define HQ_SETTING_CATALOGUE_TIME "catalogue_time"
/* Completed top-ups, made of their orders. */
extern const HqRowsClass hq_top_up_rows;

/* The number of the line that a list is asked for; (nullable). */
const char *hq_call_get_line (const HqCall *call);
/* A terminal looks at a line: a row that is never changed, one a request. Partners look at many. */
void hq_call_note_look (HqCall *call, const char *msisdn);

/* @json as a terminal may see it: names of persons masked, @hidden (nullable, words) left out. (transfer full) */
char *hq_mask_json (const TaiJson *json, const char *hidden);
char *hq_mask_name (const char *name); /* "张三" -> "张*". (transfer full) */

/* A refund goes into the sums, its shift and the approval that was used for it. */
void hq_refund_take (HqIntake *self);

/* A document of the administrator's: checked like a client's. FALSE: @error says what is wrong. */
gboolean hq_document_load (HqStore *store, const HqResourceType *type, const TaiJson *json, gint64 now_us,
                           GError **error);

G_END_DECLS
