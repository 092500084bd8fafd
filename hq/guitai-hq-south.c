/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person sees of the ways out of headquarters, and decides there. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-south.h"

#include <string.h>

#include "guitai-hq-command.h"
#include "tai-hq-error.h"
#include "tai-hq-hub.h"
#include "tai-hq-south.h"
#include "tai-json.h"

#define ROWS_MAX 1000 /* of one step */

/* A list, as lines or as JSON. */
typedef struct {
  GString *out;
  TaiJsonWriter *w; /* (nullable): lines */
  HqStore *store;
} Print;

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

/* ---- south ---- */

static gboolean
print_south_cb (const HqSouthRow *row, gpointer data)
{
  Print *print = data;
  g_autofree char *time = tai_time_to_text (row->changed_us);
  if (print->w == NULL) {
    g_string_append_printf (print->out, "%s  %-8s  %-8s  %s  %s  %s  %s\n", time, row->hall,
                            tai_state_to_text (&hq_south_steps, row->step), row->order_id,
                            or_dash (row->foreign_id), or_dash (row->foreign_state),
                            row->note != NULL ? row->note : "");
    return TRUE;
  }
  tai_json_writer_begin_object (print->w);
  tai_json_writer_add_string (print->w, "order", row->order_id);
  tai_json_writer_add_string (print->w, "externalId", row->external_id);
  tai_json_writer_add_string (print->w, "hall", row->hall);
  tai_json_writer_add_string (print->w, "step", tai_state_to_text (&hq_south_steps, row->step));
  tai_json_writer_add_string (print->w, "foreignId", row->foreign_id);
  tai_json_writer_add_string (print->w, "foreignState", row->foreign_state);
  tai_json_writer_add_int (print->w, "sends", row->sends);
  tai_json_writer_add_bool (print->w, "cancelling", row->cancel != HQ_SOUTH_CANCEL_NONE);
  tai_json_writer_add_string (print->w, "note", row->note);
  tai_json_writer_add_string (print->w, "since", time);
  tai_json_writer_end_object (print->w);
  return TRUE;
}

/* What waits for a person first, then what is not there yet; what is there and goes on is only counted. */
static gboolean
list_south (HqStore *store, gboolean json, GString *out, GError **error)
{
  static const HqSouthStep order[] = {HQ_SOUTH_HELD, HQ_SOUTH_ASKING, HQ_SOUTH_SENDING, HQ_SOUTH_QUEUED};
  Print print = {out, hq_command_begin_list (json), store};
  store->klass->begin (store);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    store->klass->south_list (store, order[i], ROWS_MAX, print_south_cb, &print);
  if (!json)
    g_string_append_printf (out, "%" G_GINT64_FORMAT " taken and under way there\n",
                            store->klass->south_count (store, HQ_SOUTH_TAKEN));
  hq_command_end_list (print.w, out);
  return hq_command_end (store, error);
}

static gboolean
find_decision (const char *name, HqSouthDecision *decision)
{
  static const char *const names[] = {[HQ_SOUTH_SEND_AGAIN] = "send",
                                      [HQ_SOUTH_ASK_AGAIN] = "ask",
                                      [HQ_SOUTH_LINK] = "link",
                                      [HQ_SOUTH_GIVE_UP] = "give-up"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0) {
      *decision = (HqSouthDecision)i;
      return TRUE;
    }
  return FALSE;
}

static gboolean
collect_cb (const HqSouthRow *row, gpointer data)
{
  g_ptr_array_add (data, g_strdup (row->order_id));
  return TRUE;
}

static gboolean
is_refused (HqStore *store, const char *id)
{
  g_auto (HqSouthRow) row = {0};
  g_auto (HqOrderRow) order = {0};
  return store->klass->south_find_held (store, id, &row) &&
         store->klass->order_find (store, row.hall, row.order_id, &order) &&
         g_strcmp0 (order.reason, "bss_refused") == 0;
}

/* After a mistake in the profile: what was refused is certainly not there. */
static gboolean
send_refused (HqStore *store, GString *out, GError **error)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;
  store->klass->begin (store);
  store->klass->south_list (store, HQ_SOUTH_HELD, -1, collect_cb, held);
  for (guint i = 0; i < held->len; i++)
    n += is_refused (store, held->pdata[i]) &&
         hq_south_decide (store, held->pdata[i], HQ_SOUTH_SEND_AGAIN, NULL, g_get_real_time ());
  g_string_append_printf (out, "%u to be sent again\n", n);
  return hq_command_end (store, error);
}

gboolean
hq_command_south (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  HqStore *store = folder->store;
  HqSouthDecision decision;
  gboolean json = argc == 2 && strcmp (argv[1], "--json") == 0;
  if (argc == 1 || json)
    return list_south (store, json, out, error);
  if (argc == 3 && strcmp (argv[1], "send") == 0 && strcmp (argv[2], "refused") == 0)
    return send_refused (store, out, error);
  store->klass->begin (store);
  if (argc < 3 || !find_decision (argv[1], &decision) || argc != (decision == HQ_SOUTH_LINK ? 4 : 3))
    return hq_command_undo (
        store, error,
        "usage: south [--json] | south send|ask|give-up ORDER | south send refused | south link ORDER ID");
  if (!hq_south_decide (store, argv[2], decision, argc == 4 ? argv[3] : NULL, g_get_real_time ()))
    return hq_command_undo (store, error, "no such order is held");
  return hq_command_end (store, error);
}

/* ---- hub ---- */

static gboolean
count_dead_cb (const HqDeadRow *row, gpointer data)
{
  (*(guint *)data)++;
  return TRUE;
}

static gboolean
print_listener_cb (const HqListenerRow *row, gpointer data)
{
  Print *print = data;
  guint n_dead = 0;
  gint64 behind;
  print->store->klass->dead_list (print->store, row->id, count_dead_cb, &n_dead);
  behind = print->store->klass->event_last (print->store, row->hall) - row->after_seq;
  if (print->w == NULL) {
    g_string_append_printf (print->out, "%s  %-8s  %-7s  %" G_GINT64_FORMAT " to tell, %u given up  %s  %s\n",
                            row->id, row->hall, row->is_stopped ? "stopped" : "active", behind, n_dead,
                            row->callback != NULL ? row->callback : "(topic)",
                            row->note != NULL ? row->note : "");
    return TRUE;
  }
  tai_json_writer_begin_object (print->w);
  tai_json_writer_add_string (print->w, "id", row->id);
  tai_json_writer_add_string (print->w, "hall", row->hall);
  tai_json_writer_add_string (print->w, "callback", row->callback);
  tai_json_writer_add_string (print->w, "state", row->is_stopped ? "stopped" : "active");
  tai_json_writer_add_int (print->w, "behind", behind);
  tai_json_writer_add_int (print->w, "dead", n_dead);
  tai_json_writer_add_string (print->w, "note", row->note);
  tai_json_writer_end_object (print->w);
  return TRUE;
}

gboolean
hq_command_hub (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  HqStore *store = folder->store;
  gboolean json = argc == 2 && strcmp (argv[1], "--json") == 0;
  store->klass->begin (store);
  if (argc == 1 || json) {
    Print print = {out, hq_command_begin_list (json), store};
    store->klass->listener_list (store, NULL, print_listener_cb, &print);
    hq_command_end_list (print.w, out);
    return hq_command_end (store, error);
  }
  if (argc != 3 || strcmp (argv[1], "retry") != 0)
    return hq_command_undo (store, error, "usage: hub [--json] | hub retry ID");
  if (!hq_hub_retry (store, argv[2], g_get_real_time ()))
    return hq_command_undo (store, error, "no such subscription");
  return hq_command_end (store, error);
}
