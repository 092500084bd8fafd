/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of the line to headquarters: sending what waits, how it stands, what was refused. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-offline-error.h"

#define SYNC_WAIT_S 30
#define LIST_LIMIT  100
#define LOOK_MS     5000
#define STEP_MS     200

/* Figures ------------------------------------------------------------------------------------------------------------------ */

static const char *
state_to_text (TaiSyncState state)
{
  static const char *const texts[] = {
      [TAI_SYNC_STOPPED] = "stopped",   [TAI_SYNC_IDLE] = "idle",     [TAI_SYNC_BUSY] = "busy",
      [TAI_SYNC_BACK_OFF] = "back_off", [TAI_SYNC_PAUSED] = "paused",
  };

  return texts[state];
}

static gboolean
add_outbox (TaiVerbCall *call, TaiJson *result, GError **error)
{
  TaiStore *store = tai_terminal_host_get_store (call->host);
  TaiOutboxCounts counts;
  TaiJson *outbox;

  if (!tai_outbox_counts (TAI_OUTBOX (store), TAI_DESTINATION_HQ, &counts, error))
    return FALSE;
  outbox = tai_result_add_object (result, "outbox");
  tai_result_add_int (outbox, "waiting", counts.waiting);
  tai_result_add_int (outbox, "inFlight", counts.in_flight);
  tai_result_add_int (outbox, "asking", counts.asking);
  tai_result_add_int (outbox, "quarantined", counts.quarantined);
  tai_result_add_int (outbox, "acknowledged", counts.acknowledged);
  tai_result_add_time (outbox, "oldest", counts.oldest_us);
  return TRUE;
}

static void
add_line (TaiVerbCall *call, TaiJson *result)
{
  const TaiSyncFigures *figures = tai_sync_get_figures (tai_terminal_host_get_sync (call->host));
  TaiJson *line = tai_result_add_object (result, "line");

  tai_result_add_text (line, "state", state_to_text (figures->state));
  tai_result_add_flag (line, "onLine", tai_desk_is_on_line (tai_terminal_host_get_desk (call->host)));
  tai_result_add_time (line, "lastContact", figures->last_contact_us);
  tai_result_add_int (line, "acknowledged", figures->n_acknowledged);
  tai_result_add_int (line, "requests", figures->n_requests);
  tai_result_add_int (line, "clockOffsetMs", figures->clock_offset_us / 1000);
  if (figures->detail[0] != '\0')
    tai_result_add_text (line, "detail", figures->detail);
}

static gboolean
add_unfinished (TaiVerbCall *call, TaiJson *result, GError **error)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  TaiOrderFilter filter = {.only_unfinished = TRUE, .limit = 10000};
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (store, &filter, error);

  if (orders == NULL)
    return FALSE;
  tai_result_add_int (result, "unfinished", orders->len);
  return TRUE;
}

static void
print_outbox (const TaiJson *result, GString *out)
{
  tai_result_print (
      out,
      _ ("Messages: %lld waiting, %lld on their way, %lld of unknown outcome, %lld refused, %lld acknowledged\n"),
      tai_result_int (result, "outbox.waiting"), tai_result_int (result, "outbox.inFlight"),
      tai_result_int (result, "outbox.asking"), tai_result_int (result, "outbox.quarantined"),
      tai_result_int (result, "outbox.acknowledged"));
  tai_result_print (out, _ ("Orders not finished: %lld\n"), tai_result_int (result, "unfinished"));
  if (tai_json_has (result, "line"))
    tai_result_print (out, _ ("Line: %s, %s\n"),
                      tai_result_flag (result, "line.onLine") ? _ ("on line") : _ ("off line"),
                      tai_word_sync_state (tai_result_text (result, "line.state")));
  if (*tai_result_text (result, "line.detail") != '\0')
    tai_result_print (out, "  %s\n", tai_result_text (result, "line.detail"));
}

/* sync ---------------------------------------------------------------------------------------------------------------------- */

/* Is there an order of which HQ has not said the last word? What it refused waits for people, not for the line. */
static gboolean
has_unfinished (TaiVerbCall *call)
{
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  TaiOrderFilter filter = {.only_unfinished = TRUE, .limit = LIST_LIMIT};
  g_autoptr (GPtrArray) orders = tai_visit_store_list_orders (store, &filter, NULL);

  for (guint i = 0; orders != NULL && i < orders->len; i++) {
    TaiOrderState state = ((const TaiOrder *)g_ptr_array_index (orders, i))->state;
    if (state != TAI_ORDER_REJECTED && state != TAI_ORDER_FAILED && state != TAI_ORDER_PARTIAL)
      return TRUE;
  }
  return orders == NULL;
}

static gboolean
has_unsent (TaiVerbCall *call)
{
  TaiOutbox *outbox = TAI_OUTBOX (tai_terminal_host_get_store (call->host));
  TaiOutboxCounts counts;

  return !tai_outbox_counts (outbox, TAI_DESTINATION_HQ, &counts, NULL) ||
         counts.waiting + counts.in_flight + counts.asking > 0;
}

static gboolean
is_nothing_left (gpointer data)
{
  TaiVerbCall *call = data;

  return !has_unsent (call) && !(tai_verb_get_flag (call, "wait") && has_unfinished (call));
}

/* A request has ended since @n_before, and not with HQ's answer. */
static gboolean
is_line_dead (TaiVerbCall *call, gint64 n_before)
{
  const TaiSyncFigures *figures = tai_sync_get_figures (tai_terminal_host_get_sync (call->host));

  return figures->n_requests > n_before && !figures->on_line;
}

/* In steps, because looking costs a walk over the orders, and each step asks HQ for news. Who did not ask to wait hears of a
 * dead line at once. */
static gboolean
wait_for_hq (TaiVerbCall *call, gint64 seconds)
{
  TaiClock *clock = tai_terminal_host_get_clock (call->host);
  gint64 n_before = tai_sync_get_figures (tai_terminal_host_get_sync (call->host))->n_requests;
  gint64 end_us = tai_clock_monotonic (clock) + seconds * G_USEC_PER_SEC;

  do {
    if (tai_clock_monotonic (clock) >= end_us ||
        (!tai_verb_get_flag (call, "wait") && is_line_dead (call, n_before)))
      return FALSE;
    tai_sync_poll (tai_terminal_host_get_sync (call->host));
    tai_terminal_host_run_for (call->host, STEP_MS);
  } while (!is_nothing_left (call));
  return TRUE;
}

static TaiJson *
run_sync (TaiVerbCall *call, GError **error)
{
  TaiJson *result = tai_json_new_object ();
  gboolean done;

  tai_terminal_host_look (call->host, LOOK_MS);
  tai_sync_poke (tai_terminal_host_get_sync (call->host));
  done = wait_for_hq (call, tai_verb_get_count (call, "seconds", SYNC_WAIT_S));
  tai_terminal_host_refill (call->host);
  if (!add_outbox (call, result, error) || !add_unfinished (call, result, error)) {
    tai_json_free (result);
    return NULL;
  }
  add_line (call, result);
  if (!tai_desk_is_on_line (tai_terminal_host_get_desk (call->host)))
    g_set_error_literal (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_NO_LINE,
                         tai_sync_get_figures (tai_terminal_host_get_sync (call->host))->detail);
  else if (!done)
    g_set_error_literal (error, TAI_APP_ERROR, TAI_APP_ERROR_WAITED, "not everything is finished");
  return result;
}

static const TaiVerb sync_now = {
    .name = "sync",
    .place = TAI_VERB_WRITE,
    .options = {{"wait", TAI_VALUE_FLAG, N_ ("Until headquarters has finished each order")},
                {"seconds", TAI_VALUE_COUNT, N_ ("Wait so long at most (30)")},
                {NULL}},
    .summary = N_ ("Send what waits and fetch the news"),
    .run = run_sync,
    .print = print_outbox,
};

/* sync list, release -------------------------------------------------------------------------------------------------------- */

static void
add_row (TaiJson *object, const TaiOutboxRow *row)
{
  tai_result_add_text (object, "key", row->message->key.text);
  tai_result_add_text (object, "state", tai_state_to_text (&tai_message_states, row->state));
  tai_result_add_int (object, "seq", row->message->terminal_seq);
  tai_result_add_text (object, "path", row->message->path);
  tai_result_add_text (object, "order",
                       row->message->order_id.text[0] != '\0' ? row->message->order_id.text : NULL);
  tai_result_add_int (object, "attempts", row->attempts);
  tai_result_add_time (object, "created", row->created_us);
  tai_result_add_text (object, "reason", row->last_error);
}

static TaiJson *
run_sync_list (TaiVerbCall *call, GError **error)
{
  static const TaiMessageState states[] = {TAI_MESSAGE_QUARANTINED, TAI_MESSAGE_ASKING, TAI_MESSAGE_IN_FLIGHT,
                                           TAI_MESSAGE_WAITING};
  TaiOutbox *outbox = TAI_OUTBOX (tai_terminal_host_get_store (call->host));
  g_autoptr (TaiJson) result = tai_json_new_object ();
  TaiJson *list = tai_result_add_list (result, "messages");

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (GPtrArray) rows = tai_outbox_list (outbox, TAI_DESTINATION_HQ, states[i], LIST_LIMIT, error);
    if (rows == NULL)
      return NULL;
    for (guint j = 0; j < rows->len; j++)
      add_row (tai_result_append_object (list), g_ptr_array_index (rows, j));
  }
  return g_steal_pointer (&result);
}

static void
print_sync_list (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "messages");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    tai_result_print (out, "%5lld  %s  ", tai_result_int (one, "seq"), tai_result_text (one, "key"));
    tai_result_print_cell (out, tai_word_message_state (tai_result_text (one, "state")), 26);
    tai_result_print (out, "%s\n", tai_word_hq_reason (tai_result_text (one, "reason")));
  }
  if (tai_json_get_length (list) == 0)
    g_string_append (out, _ ("Nothing waits.\n"));
}

static const TaiVerb sync_list = {
    .name = "sync list",
    .place = TAI_VERB_READ,
    .summary = N_ ("List the messages that headquarters has not acknowledged"),
    .run = run_sync_list,
    .print = print_sync_list,
};

static TaiJson *
run_release (TaiVerbCall *call, GError **error)
{
  if (!tai_desk_release_message (tai_terminal_host_get_desk (call->host), tai_verb_get_text (call, "key"),
                                 error))
    return NULL;
  tai_sync_poke (tai_terminal_host_get_sync (call->host));
  return run_sync_list (call, error);
}

static const TaiVerb release = {
    .name = "sync release",
    .place = TAI_VERB_WRITE,
    .signs_in = TRUE,
    .bare = {{"key", TAI_VALUE_TEXT, "KEY"}},
    .required = {"key", "staff"},
    .options = {{"staff", TAI_VALUE_TEXT, N_ ("Staff number")},
                {"pin-file", TAI_VALUE_PATH, N_ ("File that holds the PIN")},
                {NULL}},
    .summary = N_ ("Send a refused message once more, after its reason was mended"),
    .run = run_release,
    .print = print_sync_list,
};

/* status -------------------------------------------------------------------------------------------------------------------- */

static gboolean
add_prints (TaiVerbCall *call, TaiJson *result, GError **error)
{
  TaiPrintQueue *queue = TAI_PRINT_QUEUE (tai_terminal_host_get_store (call->host));
  static const TaiPrintState states[] = {TAI_PRINT_QUEUED, TAI_PRINT_UNKNOWN, TAI_PRINT_FAILED};
  TaiJson *prints = tai_result_add_object (result, "prints");

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    gint64 n = tai_print_queue_count (queue, states[i], error);
    if (n < 0)
      return FALSE;
    tai_result_add_int (prints, tai_state_to_text (&tai_print_states, states[i]), n);
  }
  return TRUE;
}

static TaiJson *
run_status (TaiVerbCall *call, GError **error)
{
  const TaiTerminal *terminal = tai_terminal_host_get_terminal (call->host);
  TaiVisitStore *store = TAI_VISIT_STORE (tai_terminal_host_get_store (call->host));
  g_autoptr (TaiJson) result = tai_json_new_object ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiShift) shift = tai_visit_store_find_open_shift (store, terminal->till, &local_error);

  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  tai_result_add_text (result, "version", TAI_VERSION);
  tai_result_add_text (result, "terminal", terminal->id);
  tai_result_add_text (result, "hall", terminal->hall);
  tai_result_add_text (result, "class", terminal->klass);
  tai_result_add_text (result, "url", tai_terminal_host_get_url (call->host));
  tai_result_add_flag (result, "tillOpen", shift != NULL);
  if (!add_outbox (call, result, error) || !add_unfinished (call, result, error) ||
      !add_prints (call, result, error))
    return NULL;
  return g_steal_pointer (&result);
}

static void
print_status (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("Terminal %s, class %s, headquarters %s\n"), tai_result_text (result, "terminal"),
                    tai_result_text (result, "class"), tai_result_text (result, "url"));
  tai_result_print (out, "%s\n",
                    tai_result_flag (result, "tillOpen") ? _ ("The till is open.")
                                                         : _ ("The till is closed."));
  print_outbox (result, out);
  tai_result_print (out, _ ("Papers: %lld waiting, %lld unknown, %lld not printed\n"),
                    tai_result_int (result, "prints.queued"), tai_result_int (result, "prints.unknown"),
                    tai_result_int (result, "prints.failed"));
}

static const TaiVerb status = {
    .name = "status",
    .place = TAI_VERB_READ,
    .summary = N_ ("How the terminal stands: till, messages, papers"),
    .run = run_status,
    .print = print_status,
};

const TaiVerb *const tai_verbs_line[] = {&sync_now, &sync_list, &release, &status, NULL};
