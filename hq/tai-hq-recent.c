/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-hq-recent.h"

#include <string.h>

#include "tai-hq-body.h"
#include "tai-offering-json.h"

static void
body_clear (HqRecentBody *self)
{
  g_clear_pointer (&self->offering, tai_offering_free);
  g_clear_pointer (&self->json, tai_json_free);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->id, g_free);
}

static void
owner_clear (HqRecentOwner *self)
{
  g_clear_pointer (&self->sealed, g_free);
  g_clear_pointer (&self->owner, g_free);
}

void
hq_recent_clear (HqRecent *self)
{
  for (guint i = 0; i < HQ_RECENT_MAX; i++) {
    body_clear (&self->body[i]);
    owner_clear (&self->owner[i]);
  }
}

/* One place an id: who comes later takes it. */
static HqRecentBody *
find_place (HqRecent *self, const char *id)
{
  return &self->body[g_str_hash (id) % HQ_RECENT_MAX];
}

static gboolean
is_kept (const HqRecentBody *self, const char *id, GBytes *body)
{
  return self->id != NULL && strcmp (self->id, id) == 0 && g_bytes_equal (self->body, body);
}

TaiJson *
hq_recent_keep (HqRecent *self, const char *id, GBytes *body, TaiJson *json)
{
  HqRecentBody *place = find_place (self, id);
  TaiJson *old = g_steal_pointer (&place->json);

  tai_json_ref (json);
  body_clear (place);
  place->id = g_strdup (id);
  place->body = g_bytes_ref (body);
  place->json = json;
  return old;
}

TaiJson *
hq_recent_parse (HqRecent *self, const char *id, GBytes *body)
{
  HqRecentBody *place = find_place (self, id);
  TaiJson *json;

  if (is_kept (place, id, body))
    return tai_json_ref (place->json);
  json = hq_body_parse (body);
  tai_json_free (hq_recent_keep (self, id, body, json));
  return json;
}

const TaiOffering *
hq_recent_parse_offering (HqRecent *self, const char *id, GBytes *body)
{
  HqRecentBody *place = find_place (self, id);
  g_autoptr (TaiJson) json = hq_recent_parse (self, id, body);

  if (place->offering == NULL)
    place->offering = tai_offering_from_json (json, NULL);
  return place->offering;
}

const char *
hq_recent_find_owner (const HqRecent *self, const char *sealed)
{
  const HqRecentOwner *place = &self->owner[g_str_hash (sealed) % HQ_RECENT_MAX];

  return g_strcmp0 (place->sealed, sealed) == 0 ? place->owner : NULL;
}

void
hq_recent_keep_owner (HqRecent *self, const char *sealed, const char *owner)
{
  HqRecentOwner *place = &self->owner[g_str_hash (sealed) % HQ_RECENT_MAX];

  owner_clear (place);
  place->sealed = g_strdup (sealed);
  place->owner = g_strdup (owner);
}
