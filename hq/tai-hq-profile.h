/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HqProfile: what headquarters is told of the world behind it, as one JSON file (docs/southbound.md): the operator's own
 * TMF622 server, and where events may be sent. Data only, read once at the start; borrowed by the store, outlives it.
 */

/* How a plan change is said there (TM Forum's sample form, or one item that swaps the offering in place). */
typedef enum { HQ_DIALECT_DELETE_ADD, HQ_DIALECT_MODIFY } HqDialect;

typedef struct {
  char *origin;           /* "https://bss.example:8443" */
  char *base_path;        /* "/tmf-api/productOrderingManagement/v4" */
  int version;            /* of TMF622: 4 or 5 */
  char *owner;            /* of the external identifiers in v5 */
  char *external_id_path; /* the query's name: "externalId" */
  char *ca_file, *cert_file, *key_file;
  char *bearer_file; /* (nullable) read again at each turn */
  gboolean filters;  /* the server is known to filter by @external_id_path */
  HqDialect dialect; /* of a plan change */
  gint64 timeout_us; /* of one request */
  gint64 settle_us;  /* for so long after a broken POST it may still arrive there */
  gint64 poll_us, poll_max_us;
  gint64 backoff_us, backoff_max_us;
  guint concurrency; /* requests at once */
  guint send_limit;  /* POSTs of one order before a person is asked */
} HqSouthProfile;

typedef struct {
  char **allow;  /* origins that events may be sent to: https, or http to this machine */
  char *ca_file; /* who is believed there */
  guint tries;   /* of one event */
  gint64 backoff_us, backoff_max_us, timeout_us;
  gint64 keep_days; /* of events */
} HqHubProfile;

typedef struct {
  HqSouthProfile *south; /* (nullable): the built-in engine fulfils the orders */
  HqHubProfile hub;
} HqProfile;

/* The whole text is judged: a name that is not known is an error, so that a slip does not silently change what is proved.
 * Errors: DATA. (transfer full) */
HqProfile *hq_profile_parse (const char *json, gssize length, GError **error);
/* Without a file. (transfer full) */
HqProfile *hq_profile_new (void);
void hq_profile_free (HqProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqProfile, hq_profile_free)

/* May events be posted to @url: at an origin of the list. A terminal names it, and headquarters would connect from inside the
 * operator's network, so nothing is allowed that is not listed; this machine neither. @self: (nullable) nothing is. */
gboolean hq_profile_may_call (const HqProfile *self, const char *url);

/* "https://host:port" of an URL, as it is compared and connected to; NULL: none that we speak. (transfer full) */
char *hq_url_origin (const char *url);

G_END_DECLS
