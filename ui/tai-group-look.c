/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks headquarters for the groups of who is served. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-group-look.h"

#include <glib/gi18n.h>

#include "tai-do.h"

/* Of one counter. */
typedef struct {
  char *asked; /* (owned) (nullable) visit and customer */
} Watch;

/* One look-up under way. */
typedef struct {
  TaiCounter *counter; /* (owned) */
  char *customer;      /* (owned) */
} Look;

static void
watch_free (gpointer data, GClosure *closure)
{
  Watch *self = data;

  g_free (self->asked);
  g_free (self);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *look = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiLineDetails) details =
      tai_directory_look_up_details_finish (TAI_DIRECTORY (source), result, &error);

  if (details != NULL) {
    TaiCounterArgs *args = tai_counter_args_new ();

    g_ptr_array_add (details->groups, NULL);
    args->text = g_strdup (look->customer);
    args->more = g_strjoinv (" ", (char **)details->groups->pdata);
    tai_counter_call (look->counter, tai_do_set_groups, args, NULL, NULL);
  } else
    g_message ("groups: %s", error->message);
  g_object_unref (look->counter);
  g_free (look->customer);
  g_free (look);
}

static gboolean
matters (TaiCounter *counter)
{
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  TaiCatalogue *catalogue = tai_counter_get_catalogue (counter);

  return visit != NULL && visit->state == TAI_VISIT_OPEN && visit->customer_mask != NULL &&
         catalogue != NULL && tai_catalogue_has_groups (catalogue);
}

static void
visit_changed_cb (TaiCounter *counter, GParamSpec *spec, gpointer data)
{
  Watch *self = data;
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  g_autofree char *asked = NULL;
  Look *look;

  if (!matters (counter) || visit->groups != NULL || visit->customer_ref == NULL)
    return;
  asked = g_strconcat (visit->id.text, " ", visit->customer_ref, NULL);
  if (g_strcmp0 (asked, self->asked) == 0)
    return;
  g_free (self->asked);
  self->asked = g_steal_pointer (&asked);
  look = g_new0 (Look, 1);
  look->counter = g_object_ref (counter);
  look->customer = g_strdup (visit->customer_ref);
  tai_directory_look_up_details_async (tai_counter_get_directory (counter), NULL, TAI_LINE_PART_GROUPS,
                                       visit->customer_ref, NULL, looked_cb, look);
}

void
tai_group_look_watch (TaiCounter *counter)
{
  g_return_if_fail (TAI_IS_COUNTER (counter));
  g_signal_connect_data (counter, "notify::visit", G_CALLBACK (visit_changed_cb), g_new0 (Watch, 1),
                         watch_free, 0);
}

char *
tai_group_look_describe (TaiCounter *counter)
{
  const TaiVisitView *visit = tai_counter_get_visit (counter);
  g_autofree char *groups = NULL;

  if (!matters (counter))
    return NULL;
  if (visit->groups == NULL)
    return g_strdup (_ (
        "Offers for groups of customers are not shown: headquarters has not said which the customer is in."));
  groups = g_strjoinv (", ", visit->groups);
  /* TRANSLATORS: groups of customers, as headquarters calls them */
  return groups[0] != '\0' ? g_strdup_printf (_ ("Customer group: %s"), groups) : NULL;
}
