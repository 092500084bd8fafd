/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Resources of the standard that are nothing but their body: a customer, a ticket, a bill. Taken like any message (once, by
 * its key), held against their shape, kept as one row; what differs is in the table of types.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-hq-error.h"
#include "tai-hq-shape.h"

#define NUMBER_MAX_BYTES 32 /* bytes of a number */

/* ---- what headquarters gives ---- */

typedef enum { GIVEN_MADE, GIVEN_CHANGED, GIVEN_MOVED } GivenWhen;

static void
set_time (TaiJson *json, const char *name, gint64 now_us)
{
  g_autofree char *text = tai_time_to_text (now_us);
  tai_json_set (json, name, tai_json_new_string (text));
}

static gboolean
is_due (const char *word, GivenWhen when)
{
  if (strcmp (word, "created") == 0)
    return when == GIVEN_MADE;
  if (strcmp (word, "moved") == 0)
    return when != GIVEN_CHANGED;
  g_assert (strcmp (word, "changed") == 0);
  return TRUE;
}

/* One word of type->given. What a client itself said when it made the thing is let be. */
static void
give_one (TaiJson *json, char *word, GivenWhen when, gint64 now_us)
{
  char *sign = strpbrk (word, "=~");
  g_assert (sign != NULL);
  gboolean is_text = *sign == '=';
  *sign = '\0';
  gboolean is_missing = !tai_json_has (json, word);
  if (is_text && is_missing)
    tai_json_set (json, word,
                  strcmp (sign + 1, "[]") == 0 ? tai_json_new_array () : tai_json_new_string (sign + 1));
  else if (!is_text && (is_missing || when != GIVEN_MADE) && is_due (sign + 1, when))
    set_time (json, word, now_us);
}

static void
give (const HqResourceType *type, TaiJson *json, GivenWhen when, gint64 now_us)
{
  g_auto (GStrv) words = g_strsplit (type->given != NULL ? type->given : "", " ", -1);
  for (guint i = 0; words[i] != NULL && words[0][0] != '\0'; i++)
    give_one (json, words[i], when, now_us);
  if (!tai_json_has (json, "@type"))
    tai_json_set (json, "@type", tai_json_new_string (type->name));
}

/* ---- what a body says of itself ---- */

static const char *
find_line (const HqResourceType *type, const TaiJson *json)
{
  const char *line = type->line != NULL ? tai_json_require_string (json, type->line, NULL) : NULL;
  return line != NULL && strlen (line) <= NUMBER_MAX_BYTES ? line : NULL;
}

static const char *
find_party (const TaiJson *json)
{
  const TaiJson *parties = tai_json_get_member (json, "relatedParty");
  for (guint i = 0; i < tai_json_get_length (parties); i++) {
    const TaiJson *party = tai_json_get_element (parties, i);
    if (g_strcmp0 (tai_json_require_string (party, "role", NULL), "customer") == 0)
      return tai_json_require_string (party, "id", NULL);
  }
  return NULL;
}

static gboolean
is_empty (const TaiJson *value)
{
  TaiJsonKind kind = tai_json_get_kind (value);
  return value == NULL ||
         ((kind == TAI_JSON_ARRAY || kind == TAI_JSON_OBJECT) && tai_json_get_length (value) == 0);
}

/* A kit may send what must be there without anything in it, or forget it. */
static gboolean
check_required (const HqResourceType *type, const TaiJson *json, gboolean is_lenient, GError **error)
{
  g_auto (GStrv) words = g_strsplit (type->required != NULL ? type->required : "", " ", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    if (words[i][0] == '\0' || (is_lenient && hq_words_have (type->kits_omit, words[i])) ||
        (is_lenient ? tai_json_has (json, words[i]) : !is_empty (tai_json_get_member (json, words[i]))))
      continue;
    g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_MISSING, "%s: missing", words[i]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_body (HqStore *store, const HqResourceType *type, TaiJson *json, GError **error)
{
  hq_shape_complete (type->name, json);
  return check_required (type, json, store->is_lenient, error) &&
         hq_shape_check (type->name, json, store->is_lenient, error);
}

static GBytes *
render (const TaiJson *json)
{
  char *text = tai_json_to_text (json);
  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
get_no_bytes (void)
{
  static gsize bytes;
  if (g_once_init_enter (&bytes))
    g_once_init_leave (&bytes, (gsize)g_bytes_new_static ("", 0));
  return (GBytes *)bytes;
}

/* ---- POST ---- */

static gboolean
read_document (HqIntake *self)
{
  const HqResourceType *type = self->call->type;
  GError *error = NULL;
  const char *external = NULL, *terminal = NULL;
  if (!check_body (self->call->store, type, self->json, &error) ||
      !tai_json_optional_string (self->json, "x-guitai.terminal", &terminal, &error) ||
      (type->external != NULL && !tai_json_optional_string (self->json, type->external, &external, &error)))
    return hq_intake_refuse_error (self, error);
  if (terminal != NULL && strcmp (terminal, self->message.terminal) != 0)
    return hq_intake_refuse (self, 403, "other_terminal", "x-guitai.terminal is not the certificate's");
  hq_intake_choose_id (self, external);
  tai_json_delete (self->json, "id");
  tai_json_delete (self->json, "href");
  give (type, self->json, GIVEN_MADE, self->message.at_us);
  self->made = render (self->json);
  self->document = (HqDocumentRow){.kind = type->name,
                                   .hall = self->message.hall,
                                   .line = find_line (type, self->json),
                                   .party = find_party (self->json),
                                   .created_us = self->message.at_us,
                                   .changed_us = self->message.at_us,
                                   .body = self->made};
  /* the row is the one place where it is kept, so that it can be deleted; the message keeps its hash */
  self->message.body = get_no_bytes ();
  return TRUE;
}

static gboolean
insert_document (HqIntake *self)
{
  HqStore *store = self->call->store;
  const HqResourceType *type = self->call->type;
  self->document.id = self->id;
  if (!store->klass->document_insert (store, &self->document))
    return FALSE;
  if (type->fulfil != NULL) {
    g_autoptr (TaiJson) body = tai_json_copy (self->json);
    type->fulfil (store, &self->document, body);
    g_bytes_unref (self->made);
    self->document.body = self->made = render (body);
    store->klass->document_put (store, &self->document);
  }
  if (type->taken != NULL)
    type->taken (self);
  return TRUE;
}

/* What ended by itself is shown as ended, from that moment on; nobody has to be there to write it down. */
static GBytes *
end_by_itself (const HqResourceType *type, GBytes *body, gint64 now_us)
{
  gsize size;
  gint64 end_us;
  const char *bytes = g_bytes_get_data (body, &size);
  if (type->end == NULL || memmem (bytes, size, type->end, strlen (type->end)) == NULL)
    return g_bytes_ref (body);
  g_autoptr (TaiJson) json = hq_body_parse (body);
  const char *end = tai_json_require_string (json, type->end, NULL);
  const char *state = tai_json_require_string (json, type->state, NULL);
  if (end == NULL || !tai_time_from_text (end, &end_us) || end_us > now_us ||
      g_strcmp0 (state, "active") != 0)
    return g_bytes_ref (body);
  tai_json_set (json, type->state, tai_json_new_string ("terminated"));
  return render (json);
}

static void
compose (GString *out, const HqCall *call, const char *id, GBytes *stored)
{
  const HqResourceType *type = call->type;
  g_autoptr (GBytes) body = end_by_itself (type, stored, call->request->now_us);
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autoptr (TaiJson) text = tai_json_new_string (id);
  g_autofree char *quoted = tai_json_to_text (text);
  g_autofree char *head = g_strdup_printf ("\"id\":%s,\"href\":\"%s/%s\"", quoted, type->path, escaped);
  hq_compose (out, head, body, 0, NULL);
}

/* As it is now: who sends the same again wants to know what became of it. */
static void
answer_document (HqIntake *self, const HqMessageRow *stored)
{
  HqCall *call = self->call;
  g_auto (HqDocumentRow) row = {0};
  const char *id = stored->resource;
  if (!call->store->klass->document_find (call->store, call->type->name, stored->hall, id, &row)) {
    hq_response_fail (call->response, 409, "deleted", "it was taken, and deleted since");
    return;
  }
  GString *out = g_string_new (NULL);
  compose (out, call, id, row.body);
  call->response->location = g_strdup_printf ("%s/%s", call->type->path, id);
  hq_respond_whole (call, 201, out);
}

const HqIntakeClass hq_document_intake = {HQ_MESSAGE_DOCUMENT, NULL,           NULL, read_document,
                                          insert_document,     answer_document};

/* ---- GET ---- */

/* Which halls' a client sees; NULL: all. */
static const char *
get_scope (const HqCall *call)
{
  return hq_call_is_partner (call) ? NULL : hq_call_hall (call);
}

/* Of headquarters' own a terminal sees what is about nobody, what it names the line of, and, when the owner is known, what it
 * names the owner of. */
static gboolean
may_see (const HqCall *call, const HqDocumentRow *row)
{
  if (hq_call_is_partner (call))
    return TRUE;
  if (call->type->partners_read)
    return FALSE;
  if (row->hall[0] != '\0' || (row->line == NULL && row->party == NULL))
    return TRUE;
  if (call->type->of_owner && row->party != NULL)
    return g_strcmp0 (call->owner, row->party) == 0;
  return call->id != NULL || row->line == NULL || g_strcmp0 (hq_call_get_line (call), row->line) == 0;
}

static void
compose_for (HqCall *call, const HqDocumentRow *row, GString *out)
{
  if (!call->type->is_personal || hq_call_is_partner (call)) {
    compose (out, call, row->id, row->body);
    return;
  }
  g_autoptr (GString) whole = g_string_new (NULL);
  compose (whole, call, row->id, row->body);
  g_autoptr (TaiJson) json = tai_json_parse (whole->str, (gssize)whole->len, NULL, NULL);
  g_assert (json != NULL);
  g_autofree char *masked = hq_mask_json (json, call->type->hidden);
  g_string_append (out, masked);
}

static gboolean
find_document (HqCall *call, GString *out)
{
  g_auto (HqDocumentRow) row = {0};
  if (!call->store->klass->document_find (call->store, call->type->name, get_scope (call), call->id, &row) ||
      !may_see (call, &row))
    return FALSE;
  if (row.hall[0] == '\0' && row.line != NULL)
    hq_call_note_look (call, row.line);
  compose_for (call, &row, out);
  return TRUE;
}

static gboolean
list_document_cb (const HqDocumentRow *row, gpointer data)
{
  HqListing *listing = data;
  if (!may_see (listing->call, row) || hq_listing_skip (listing))
    return TRUE;
  g_string_truncate (listing->one, 0);
  compose_for (listing->call, row, listing->one);
  return hq_listing_add (listing);
}

static void
list_documents (HqCall *call, HqListing *listing)
{
  const char *line = hq_call_get_line (call);
  HqDocumentFilter filter = {
      .kind = call->type->name, .hall = get_scope (call), .line = line, .party = call->owner};
  if (line != NULL)
    hq_call_note_look (call, line);
  call->store->klass->document_list (call->store, &filter, list_document_cb, listing);
}

/* ---- PATCH and PUT ---- */

/* TRUE: @edges, "a>b,c b>c", let it go from @from to @to. */
static gboolean
may_move (const char *edges, const char *from, const char *to)
{
  g_auto (GStrv) states = g_strsplit (edges, " ", -1);
  for (guint i = 0; states[i] != NULL; i++) {
    char *sign = strchr (states[i], '>');
    g_assert (sign != NULL);
    *sign = '\0';
    if (strcmp (states[i], from) != 0)
      continue;
    g_auto (GStrv) next = g_strsplit (sign + 1, ",", -1);
    return g_strv_contains ((const char *const *)next, to);
  }
  return FALSE;
}

/* id and href are not in the body that is kept; who sends back what he read changes neither. */
static gboolean
is_its_name (const HqCall *call, const char *name, const TaiJson *value)
{
  const char *text = value != NULL ? tai_json_require_string (value, "", NULL) : NULL;
  if (strcmp (name, "id") == 0)
    return g_strcmp0 (text, call->id) == 0;
  g_autofree char *escaped = g_uri_escape_string (call->id, NULL, FALSE);
  g_autofree char *href = g_strconcat (call->type->path, "/", escaped, NULL);
  return strcmp (name, "href") == 0 && g_strcmp0 (text, href) == 0;
}

static gboolean
check_fixed (HqCall *call, const TaiJson *patch, const TaiJson *now)
{
  TaiJsonIter iter;
  tai_json_iter_init (&iter, patch);
  while (tai_json_iter_next (&iter)) {
    gboolean fixed = hq_words_have ("id href", iter.name) || hq_words_have (call->type->fixed, iter.name);
    gboolean same = iter.value != NULL && tai_json_get_member (now, iter.name) != NULL &&
                    tai_json_equal (tai_json_get_member (now, iter.name), iter.value);
    if (!fixed || same || is_its_name (call, iter.name, iter.value))
      continue;
    g_autofree char *detail = g_strdup_printf ("%s cannot be changed", iter.name);
    hq_response_fail (call->response, 400, "not_changeable", detail);
    return FALSE;
  }
  return TRUE;
}

/* FALSE: the response says why. @moved: (out) the state is another. */
static gboolean
check_move (HqCall *call, const TaiJson *before, const TaiJson *after, gboolean *moved)
{
  const HqResourceType *type = call->type;
  *moved = FALSE;
  if (type->state == NULL)
    return TRUE;
  const char *from = tai_json_require_string (before, type->state, NULL);
  const char *to = tai_json_require_string (after, type->state, NULL);
  *moved = g_strcmp0 (from, to) != 0;
  if (!*moved || type->edges == NULL || call->store->is_lenient ||
      (from != NULL && to != NULL && may_move (type->edges, from, to)))
    return TRUE;
  g_autofree char *detail = g_strdup_printf ("%s does not go from %s to %s", type->state, from, to);
  hq_response_fail (call->response, 409, "state", detail);
  return FALSE;
}

static void
put_changed (HqCall *call, HqDocumentRow *row, const TaiJson *json)
{
  g_autoptr (GBytes) body = render (json);
  if (g_bytes_get_size (body) > HQ_MESSAGE_MAX_BYTES) {
    hq_response_fail (call->response, 413, "size", "it would become too large");
    return;
  }
  HqDocumentRow changed = *row;
  changed.line = find_line (call->type, json);
  changed.party = find_party (json);
  changed.changed_us = call->request->now_us;
  changed.body = body;
  call->store->klass->document_put (call->store, &changed);
  GString *out = g_string_new (NULL);
  compose_for (call, &changed, out);
  hq_respond_whole (call, 200, out);
}

/* Headquarters' own are a terminal's to read. */
static gboolean
is_foreign (HqCall *call, const HqDocumentRow *row)
{
  if (row->hall[0] != '\0' || hq_call_is_partner (call))
    return FALSE;
  hq_response_fail (call->response, 403, "class", "it is headquarters' own");
  return TRUE;
}

static void
change_document (HqCall *call, const TaiJson *change, gboolean is_whole)
{
  g_autoptr (GError) error = NULL;
  g_auto (HqDocumentRow) row = {0};
  gboolean moved;
  gboolean found =
      call->store->klass->document_find (call->store, call->type->name, get_scope (call), call->id, &row);
  g_assert (found); /* by whoever called */
  g_autoptr (TaiJson) now = hq_body_parse (row.body);
  if (is_foreign (call, &row) || !check_fixed (call, change, now))
    return;
  g_autoptr (TaiJson) merged = is_whole ? tai_json_copy (change) : tai_json_merge_patch (now, change);
  tai_json_delete (merged, "id");
  tai_json_delete (merged, "href");
  if (!check_body (call->store, call->type, merged, &error)) {
    hq_response_fail (call->response, 400, "invalid", error->message);
    return;
  }
  if (!check_move (call, now, merged, &moved))
    return;
  give (call->type, merged, moved ? GIVEN_MOVED : GIVEN_CHANGED, call->request->now_us);
  put_changed (call, &row, merged);
}

/* ---- DELETE ---- */

static void
remove_document (HqCall *call)
{
  g_auto (HqDocumentRow) row = {0};
  gboolean found =
      call->store->klass->document_find (call->store, call->type->name, get_scope (call), call->id, &row);
  g_assert (found); /* by whoever called */
  if (!is_foreign (call, &row))
    call->store->klass->document_delete (call->store, row.kind, row.hall, row.id);
}

const HqRowsClass hq_document_rows = {find_document, list_documents, change_document, remove_document, FALSE};

/* ---- the administrator's ---- */

/* What headquarters has of a line belongs to the line's owner. */
static void
add_owner (TaiJson *json, const char *customer)
{
  const TaiJson *old = tai_json_get_member (json, "relatedParty");
  TaiJson *list = old != NULL ? tai_json_copy (old) : tai_json_new_array ();
  TaiJson *party = tai_json_new_object ();
  tai_json_set (party, "id", tai_json_new_string (customer));
  tai_json_set (party, "role", tai_json_new_string ("customer"));
  tai_json_set (party, "@referredType", tai_json_new_string ("Customer"));
  tai_json_append (list, party);
  tai_json_set (json, "relatedParty", list);
}

gboolean
hq_document_load (HqStore *store, const HqResourceType *type, const TaiJson *json, gint64 now_us,
                  GError **error)
{
  g_auto (HqLineRow) line = {0};
  g_autoptr (TaiJson) clean = tai_json_copy (json);
  const char *id = tai_json_require_string (json, "id", error);
  if (id == NULL)
    return FALSE;
  tai_json_delete (clean, "id");
  tai_json_delete (clean, "href");
  give (type, clean, GIVEN_MADE, now_us);
  if (!check_body (store, type, clean, error))
    return FALSE;
  HqDocumentRow row = {.kind = type->name, .hall = "", .id = id, .created_us = now_us, .changed_us = now_us};
  row.line = find_line (type, clean);
  row.party = find_party (clean);
  if (row.line != NULL && row.party == NULL && store->klass->line_find (store, row.line, &line) &&
      line.customer != NULL) {
    row.party = line.customer;
    if (hq_shape_has (type->name, "relatedParty")) /* a bill's line has none */
      add_owner (clean, line.customer);
  }
  row.body = render (clean);
  store->klass->document_put (store, &row);
  g_bytes_unref (row.body);
  return TRUE;
}
