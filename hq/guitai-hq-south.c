/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person sees of the ways out of headquarters, and decides there. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-south.h"

#include <string.h>

#include "guitai-hq-command.h"
#include "guitai-hq-list.h"
#include "tai-hq-error.h"
#include "tai-hq-hub.h"
#include "tai-hq-south.h"

#define ROWS_MAX 1000 /* of one step */

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

/* ---- south ---- */

static gboolean
print_south_cb (const HqSouthRow *row, gpointer data)
{
  HqList *list = data;
  hq_list_begin_row (list);
  hq_list_add_time (list, "since", 0, row->changed_us);
  hq_list_add_text (list, "hall", 8, row->hall);
  hq_list_add_text (list, "step", 8, tai_state_to_text (&hq_south_steps, row->step));
  hq_list_add_text (list, "order", 0, row->order_id);
  hq_list_add_text (list, NULL, 0, or_dash (row->foreign_id));
  hq_list_add_text (list, NULL, 0, or_dash (row->foreign_state));
  hq_list_add_text (list, "externalId", HQ_LIST_HIDDEN, row->external_id);
  hq_list_add_text (list, "foreignId", HQ_LIST_HIDDEN, row->foreign_id);
  hq_list_add_text (list, "foreignState", HQ_LIST_HIDDEN, row->foreign_state);
  hq_list_add_count (list, "sends", HQ_LIST_HIDDEN, row->sends);
  hq_list_add_flag (list, "cancelling", HQ_LIST_HIDDEN, row->cancel != HQ_SOUTH_CANCEL_NONE, NULL, NULL);
  hq_list_add_text (list, "note", 0, row->note);
  hq_list_end_row (list);
  return TRUE;
}

/* What waits for a person first, then what is not there yet; what is there and goes on is only counted. */
static gboolean
list_south (HqStore *store, gboolean json, GString *out, GError **error)
{
  static const HqSouthStep order[] = {HQ_SOUTH_HELD, HQ_SOUTH_ASKING, HQ_SOUTH_SENDING, HQ_SOUTH_QUEUED};
  HqList list;
  hq_list_begin (&list, out, json);
  store->klass->begin (store);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    store->klass->south_list (store, order[i], ROWS_MAX, print_south_cb, &list);
  if (!json)
    g_string_append_printf (out, "%" G_GINT64_FORMAT " taken and under way there\n",
                            store->klass->south_count (store, HQ_SOUTH_TAKEN));
  hq_list_end (&list);
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

typedef struct {
  HqList list;
  HqStore *store;
} Listeners;

static gboolean
print_listener_cb (const HqListenerRow *row, gpointer data)
{
  Listeners *self = data;
  HqList *list = &self->list;
  guint n_dead = 0;
  self->store->klass->dead_list (self->store, row->id, count_dead_cb, &n_dead);
  hq_list_begin_row (list);
  hq_list_add_text (list, "id", 0, row->id);
  hq_list_add_text (list, "hall", 8, row->hall);
  hq_list_add_text (list, "state", 7, row->is_stopped ? "stopped" : "active");
  hq_list_say (list, "to tell");
  hq_list_add_count (list, "behind", 0,
                     self->store->klass->event_last (self->store, row->hall) - row->after_seq);
  hq_list_say (list, "given up");
  hq_list_add_count (list, "dead", 0, n_dead);
  hq_list_add_text (list, NULL, 0, row->callback != NULL ? row->callback : "(topic)");
  hq_list_add_text (list, "callback", HQ_LIST_HIDDEN, row->callback);
  hq_list_add_text (list, "note", 0, row->note);
  hq_list_end_row (list);
  return TRUE;
}

gboolean
hq_command_hub (HqFolder *folder, int argc, char **argv, GString *out, GError **error)
{
  HqStore *store = folder->store;
  gboolean json = argc == 2 && strcmp (argv[1], "--json") == 0;
  store->klass->begin (store);
  if (argc == 1 || json) {
    Listeners self = {.store = store};
    hq_list_begin (&self.list, out, json);
    store->klass->listener_list (store, NULL, print_listener_cb, &self);
    hq_list_end (&self.list);
    return hq_command_end (store, error);
  }
  if (argc != 3 || strcmp (argv[1], "retry") != 0)
    return hq_command_undo (store, error, "usage: hub [--json] | hub retry ID");
  if (!hq_hub_retry (store, argv[2], g_get_real_time ()))
    return hq_command_undo (store, error, "no such subscription");
  return hq_command_end (store, error);
}
