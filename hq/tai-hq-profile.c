/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profile: one JSON text to plain values, each with its limits; pure. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-profile.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-error.h"
#include "tai-json.h"

#define SECOND_US G_GINT64_CONSTANT (1000000)
#define SYSTEM_CA "/etc/ssl/certs/ca-certificates.crt"

typedef enum { FIELD_TEXT, FIELD_BOOL, FIELD_MS, FIELD_COUNT } FieldKind;

/* One member of the file: where it goes, and between which limits a number lies. */
typedef struct {
  const char *name;
  FieldKind kind;
  gsize offset;
  gint64 least, most;
} Field;

#define SOUTH(member) offsetof (HqSouthProfile, member)
static const Field south_fields[] = {
    {"owner", FIELD_TEXT, SOUTH (owner)},
    {"external_id_query", FIELD_TEXT, SOUTH (external_id_path)},
    {"ca_file", FIELD_TEXT, SOUTH (ca_file)},
    {"cert_file", FIELD_TEXT, SOUTH (cert_file)},
    {"key_file", FIELD_TEXT, SOUTH (key_file)},
    {"bearer_file", FIELD_TEXT, SOUTH (bearer_file)},
    {"filters_external_id", FIELD_BOOL, SOUTH (filters)},
    {"timeout_ms", FIELD_MS, SOUTH (timeout_us), 100, 300000},
    {"settle_ms", FIELD_MS, SOUTH (settle_us), 0, 86400000},
    {"poll_ms", FIELD_MS, SOUTH (poll_us), 10, 86400000},
    {"poll_max_ms", FIELD_MS, SOUTH (poll_max_us), 10, 86400000},
    {"backoff_ms", FIELD_MS, SOUTH (backoff_us), 10, 3600000},
    {"backoff_max_ms", FIELD_MS, SOUTH (backoff_max_us), 10, 86400000},
    {"concurrency", FIELD_COUNT, SOUTH (concurrency), 1, 64},
    {"send_limit", FIELD_COUNT, SOUTH (send_limit), 1, 100},
    {NULL},
};
/* Read by hand: they decide more than one value. */
static const char *const south_words[] = {"base_url", "version", "plan_change", NULL};

#define HUB(member) offsetof (HqHubProfile, member)
static const Field hub_fields[] = {
    {"ca_file", FIELD_TEXT, HUB (ca_file)},
    {"tries", FIELD_COUNT, HUB (tries), 1, 1000},
    {"timeout_ms", FIELD_MS, HUB (timeout_us), 100, 300000},
    {"backoff_ms", FIELD_MS, HUB (backoff_us), 10, 3600000},
    {"backoff_max_ms", FIELD_MS, HUB (backoff_max_us), 10, 86400000},
    {NULL},
};
static const char *const hub_words[] = {"allow", "keep_days", NULL};

static gboolean
fail (GError **error, const char *section, const char *name, const char *what)
{
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, "profile: %s.%s: %s", section, name, what);
  return FALSE;
}

static const Field *
find_field (const Field *fields, const char *name)
{
  for (; fields->name != NULL; fields++)
    if (strcmp (fields->name, name) == 0)
      return fields;
  return NULL;
}

static gboolean
read_number (const TaiJson *value, const Field *field, gpointer target)
{
  gint64 number = 0;
  if (!tai_json_require_int (value, "", &number, NULL) || number < field->least || number > field->most)
    return FALSE;
  if (field->kind == FIELD_MS)
    *(gint64 *)target = number * 1000;
  else
    *(guint *)target = (guint)number;
  return TRUE;
}

static gboolean
read_text (const TaiJson *value, char **target)
{
  const char *text = tai_json_require_string (value, "", NULL);
  if (text == NULL || text[0] == '\0')
    return FALSE;
  g_free (*target);
  *target = g_strdup (text);
  return TRUE;
}

static gboolean
read_field (const TaiJson *value, const Field *field, gpointer self)
{
  gpointer target = (guint8 *)self + field->offset;
  switch (field->kind) {
  case FIELD_TEXT:
    return read_text (value, target);
  case FIELD_BOOL:
    return tai_json_require_bool (value, "", target, NULL);
  default:
    return read_number (value, field, target);
  }
}

static gboolean
read_section (const TaiJson *json, const char *section, const Field *fields, const char *const *words,
              gpointer self, GError **error)
{
  TaiJsonIter iter;
  if (tai_json_get_kind (json) != TAI_JSON_OBJECT)
    return fail (error, section, "", "an object is expected");
  tai_json_iter_init (&iter, json);
  while (tai_json_iter_next (&iter)) {
    const Field *field = find_field (fields, iter.name);
    if (field == NULL && !g_strv_contains (words, iter.name))
      return fail (error, section, iter.name, "is not known here");
    if (field != NULL && !read_field (iter.value, field, self))
      return fail (error, section, iter.name, "another type, or out of its range");
  }
  return TRUE;
}

/* ---- urls ---- */

char *
hq_url_origin (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  const char *scheme = g_uri_get_scheme (uri);
  gboolean is_https = strcmp (scheme, "https") == 0;
  if (!is_https && strcmp (scheme, "http") != 0)
    return NULL;
  int port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : is_https ? 443 : 80;
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  gboolean is_v6 = strchr (host, ':') != NULL;
  return g_strdup_printf ("%s://%s%s%s:%d", scheme, is_v6 ? "[" : "", host, is_v6 ? "]" : "", port);
}

/* Plain http goes no farther than this machine. */
static gboolean
is_safe_url (const char *url)
{
  return g_str_has_prefix (url, "https://") || tai_headquarters_is_loopback (url);
}

gboolean
hq_profile_may_call (const HqProfile *self, const char *url)
{
  g_autofree char *origin = NULL;
  /* blanks, controls and what is no ASCII are read in more than one way */
  for (const char *sign = url; *sign != '\0'; sign++)
    if (*sign <= ' ' || *sign >= 0x7f || *sign == '\\')
      return FALSE;
  origin = hq_url_origin (url);
  return self != NULL && origin != NULL && g_strv_contains ((const char *const *)self->hub.allow, origin);
}

/* ---- southbound ---- */

static gboolean
read_base (HqSouthProfile *self, const TaiJson *json, GError **error)
{
  const char *url = tai_json_require_string (json, "base_url", NULL);
  self->origin = url != NULL ? hq_url_origin (url) : NULL;
  if (self->origin == NULL || !is_safe_url (url))
    return fail (error, "southbound", "base_url", "an https URL is expected, or one of this machine");
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_query (uri) != NULL)
    return fail (error, "southbound", "base_url", "a URL without a query is expected");
  self->base_path = g_strdup (g_uri_get_path (uri));
  for (gsize n = strlen (self->base_path); n > 0 && self->base_path[n - 1] == '/'; n--)
    self->base_path[n - 1] = '\0';
  return TRUE;
}

static gboolean
read_south_words (HqSouthProfile *self, const TaiJson *json, GError **error)
{
  gint64 version = 0;
  const char *dialect = "delete_add";
  if (!tai_json_require_int (json, "version", &version, NULL) || (version != 4 && version != 5))
    return fail (error, "southbound", "version", "4 or 5");
  self->version = (int)version;
  if (!tai_json_optional_string (json, "plan_change", &dialect, NULL) ||
      (strcmp (dialect, "delete_add") != 0 && strcmp (dialect, "modify") != 0))
    return fail (error, "southbound", "plan_change", "delete_add or modify");
  self->dialect = strcmp (dialect, "modify") == 0 ? HQ_DIALECT_MODIFY : HQ_DIALECT_DELETE_ADD;
  if ((self->cert_file == NULL) != (self->key_file == NULL))
    return fail (error, "southbound", "cert_file", "certificate and key go together");
  if (self->external_id_path == NULL)
    self->external_id_path = g_strdup (self->version == 4 ? "externalId" : "externalId.id");
  self->poll_max_us = MAX (self->poll_max_us, self->poll_us);
  self->backoff_max_us = MAX (self->backoff_max_us, self->backoff_us);
  return TRUE;
}

static gboolean
read_south (HqProfile *profile, const TaiJson *json, GError **error)
{
  HqSouthProfile *self = profile->south = g_new0 (HqSouthProfile, 1);
  *self = (HqSouthProfile){
      .owner = g_strdup ("guitai"),
      .ca_file = g_strdup (SYSTEM_CA),
      .timeout_us = 30 * SECOND_US,
      .settle_us = 120 * SECOND_US,
      .poll_us = 10 * SECOND_US,
      .poll_max_us = 600 * SECOND_US,
      .backoff_us = SECOND_US,
      .backoff_max_us = 300 * SECOND_US,
      .concurrency = 8,
      .send_limit = 5,
  };
  return read_section (json, "southbound", south_fields, south_words, self, error) &&
         read_base (self, json, error) && read_south_words (self, json, error);
}

/* ---- events ---- */

static gboolean
read_allow (HqHubProfile *self, const TaiJson *list, GError **error)
{
  g_autoptr (GPtrArray) allow = g_ptr_array_new_with_free_func (g_free);
  if (list != NULL && tai_json_get_kind (list) != TAI_JSON_ARRAY)
    return fail (error, "hub", "allow", "an array is expected");
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const char *url = tai_json_require_string (tai_json_get_element (list, i), "", NULL);
    char *origin = url != NULL && is_safe_url (url) ? hq_url_origin (url) : NULL;
    if (origin == NULL)
      return fail (error, "hub", "allow", "https origins are expected, or such of this machine");
    g_ptr_array_add (allow, origin);
  }
  g_ptr_array_add (allow, NULL);
  g_strfreev (self->allow);
  self->allow = (char **)g_ptr_array_free (g_steal_pointer (&allow), FALSE);
  return TRUE;
}

static gboolean
read_hub (HqHubProfile *self, const TaiJson *json, GError **error)
{
  if (!read_section (json, "hub", hub_fields, hub_words, self, error) ||
      !read_allow (self, tai_json_get_member (json, "allow"), error))
    return FALSE;
  if (!tai_json_optional_int (json, "keep_days", &self->keep_days, NULL) || self->keep_days < 1)
    return fail (error, "hub", "keep_days", "a number from 1");
  return TRUE;
}

HqProfile *
hq_profile_new (void)
{
  HqProfile *self = g_new0 (HqProfile, 1);
  self->hub = (HqHubProfile){.allow = g_new0 (char *, 1),
                             .ca_file = g_strdup (SYSTEM_CA),
                             .tries = 12,
                             .backoff_us = SECOND_US,
                             .backoff_max_us = 300 * SECOND_US,
                             .timeout_us = 15 * SECOND_US,
                             .keep_days = 7};
  return self;
}

HqProfile *
hq_profile_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (HqProfile) self = hq_profile_new ();
  g_autoptr (GError) wrong = NULL;
  g_autoptr (TaiJson) json = tai_json_parse (text, length, NULL, &wrong);
  TaiJsonIter iter;
  if (json == NULL || tai_json_get_kind (json) != TAI_JSON_OBJECT) {
    fail (error, "", "", wrong != NULL ? wrong->message : "an object is expected");
    return NULL;
  }
  tai_json_iter_init (&iter, json);
  while (tai_json_iter_next (&iter)) {
    gboolean is_south = strcmp (iter.name, "southbound") == 0;
    if (!is_south && strcmp (iter.name, "hub") != 0) {
      fail (error, iter.name, "", "is not known here");
      return NULL;
    }
    if (is_south ? !read_south (self, iter.value, error) : !read_hub (&self->hub, iter.value, error))
      return NULL;
  }
  return g_steal_pointer (&self);
}

static void
south_free (HqSouthProfile *self)
{
  char *texts[] = {self->origin,  self->base_path, self->owner,    self->external_id_path,
                   self->ca_file, self->cert_file, self->key_file, self->bearer_file};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (self);
}

void
hq_profile_free (HqProfile *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->south, south_free);
  g_strfreev (self->hub.allow);
  g_free (self->hub.ca_file);
  g_free (self);
}
