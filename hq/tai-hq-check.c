/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real-name and stock checks of headquarters. A personal datum is in memory here for the length of one check, and
 * nowhere else at HQ: the store keeps the keyed hash of the document's number.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-check.h"

#include <string.h>

#include "tai-hq-place.h"
#include "tai-identity.h"
#include "tai-operation.h"
#include "tai-ports.h"

#define CLAIM_IDENTITY "id_hash"
#define CLAIM_NUMBER   "msisdn"
#define CLAIM_SIM      "iccid"
#define LINES_LIMIT    5
#define LINES_MAX      1000

/* Opens a line for somebody: a slot of the identity's. */
static gboolean
opens_line (const TaiOperation *operation)
{
  return (operation->needs & TAI_NEEDS_IDENTITY) && (operation->needs & TAI_NEEDS_SIM) &&
         strcmp (operation->action, "add") == 0;
}

/* ---- identity ---- */

static TaiIdentity *
open_identity (HqStore *store, const char *sealed)
{
  g_autoptr (GBytes) box = tai_seal_box_from_text (sealed, NULL);
  g_autoptr (GBytes) plain = box != NULL && store->secrets.box_key != NULL
                                 ? tai_seal_open_at_hq (store->secrets.box_key, box, NULL)
                                 : NULL;
  return plain != NULL ? tai_identity_from_canonical (plain, NULL) : NULL;
}

static const char *
claim_slot (HqStore *store, const HqOrderRow *order, const char *id_hash)
{
  const HqStoreClass *klass = store->klass;
  gint64 limit = MIN (hq_store_get_number (store, "lines_limit", LINES_LIMIT), LINES_MAX);
  if (klass->claim_has (store, CLAIM_IDENTITY, id_hash, order->hall, order->id))
    return NULL;
  for (int slot = 0; slot < limit; slot++)
    if (klass->claim_take (store, CLAIM_IDENTITY, id_hash, slot, order->hall, order->id, order->changed_us))
      return NULL;
  return "five_lines";
}

static gboolean
is_production (HqStore *store, const HqOrderRow *order)
{
  g_auto (HqTerminalRow) terminal = {0};
  return store->klass->terminal_find (store, order->terminal, &terminal) &&
         strcmp (terminal.klass, "production") == 0;
}

/* @owner: (out) the keyed hash of who was identified */
static const char *
judge_identity (HqStore *store, const HqOrderRow *order, const TaiOperation *operation,
                const TaiIdentity *identity, char **owner)
{
  TaiDate today = hq_place_find_day (store, order->terminal, order->order_us);
  if (identity->number == NULL || store->secrets.blind_key == NULL)
    return "identity_unreadable";
  if (opens_line (operation) && identity->source == TAI_IDENTITY_TYPED)
    return "identity_missing"; /* typed by hand: no document was read */
  if (identity->source == TAI_IDENTITY_READ_EMULATED && is_production (store, order))
    return "identity_emulated";
  if (operation->minimum_age > 0 && tai_identity_get_age (identity, today) < operation->minimum_age)
    return "minor";
  *owner = tai_seal_blind_index (store->secrets.blind_key, identity->number);
  if (store->klass->is_blocked (store, *owner))
    return "identity_blocked";
  return opens_line (operation) ? claim_slot (store, order, *owner) : NULL;
}

static const char *
check_identity (HqStore *store, const HqOrderRow *order, const TaiOperation *operation, const TaiJson *json,
                char **owner)
{
  const char *sealed = hq_order_get_characteristic (json, "x-guitai-sealed");
  if (sealed == NULL)
    return "identity_missing";
  g_autoptr (TaiIdentity) identity = open_identity (store, sealed);
  if (identity == NULL)
    return "identity_unreadable";
  const char *reason = judge_identity (store, order, operation, identity, owner);
  if (*owner != NULL)
    hq_recent_keep_owner (&store->recent, sealed, *owner);
  return reason;
}

char *
hq_check_find_owner (HqStore *store, const TaiJson *json)
{
  const char *sealed = hq_order_get_characteristic (json, "x-guitai-sealed");
  const char *known = sealed != NULL ? hq_recent_find_owner (&store->recent, sealed) : NULL;
  g_autoptr (TaiIdentity) identity = known == NULL && sealed != NULL ? open_identity (store, sealed) : NULL;
  if (known != NULL)
    return g_strdup (known);
  return identity != NULL && identity->number != NULL && store->secrets.blind_key != NULL
             ? tai_seal_blind_index (store->secrets.blind_key, identity->number)
             : NULL;
}

/* ---- whose line ---- */

typedef enum {
  LINE_IS_OWNERS = 1 << 0, /* of who was identified, and headquarters knows it */
  LINE_IS_PAID = 1 << 1,   /* nothing is owed */
  LINE_IS_OPEN = 1 << 2    /* not closed before */
} LineRules;

/* What is done with a line that must be there: it answers with what is the owner's, or ends what the owner has. Of every other
 * business of an owner's: a line whose owner is known is nobody else's; whose owner is not, is as the counter found it. */
static const struct {
  const char *operation;
  LineRules rules;
} line_rules[] = {
    {"balance", 0},
    {"detail_bill", LINE_IS_OWNERS},
    {"change_details", LINE_IS_OWNERS},
    {"close", LINE_IS_OWNERS | LINE_IS_PAID | LINE_IS_OPEN},
    {"port_out_code", LINE_IS_OWNERS | LINE_IS_PAID | LINE_IS_OPEN},
};

static const char *
judge_line (const HqLineRow *line, LineRules rules, const char *owner)
{
  if (owner != NULL && line->customer != NULL && strcmp (owner, line->customer) != 0)
    return "not_owner";
  if ((rules & LINE_IS_OWNERS) && (owner == NULL || line->customer == NULL))
    return "owner_unknown";
  if ((rules & LINE_IS_OPEN) && strcmp (line->status, "closed") == 0)
    return "line_closed";
  return (rules & LINE_IS_PAID) && line->arrears.minor > 0 ? "arrears" : NULL;
}

static const char *
check_line (HqStore *store, const HqOrderRow *order, const TaiOperation *operation, const char *owner)
{
  guint i = 0;
  g_auto (HqLineRow) line = {0};
  while (i < G_N_ELEMENTS (line_rules) && strcmp (line_rules[i].operation, operation->id) != 0)
    i++;
  gboolean is_ruled = i < G_N_ELEMENTS (line_rules);
  if (!is_ruled && !(operation->needs & TAI_NEEDS_OWNER))
    return NULL;
  if (order->msisdn == NULL || !store->klass->line_find (store, order->msisdn, &line))
    return is_ruled ? "line_unknown" : NULL;
  return judge_line (&line, is_ruled ? line_rules[i].rules : 0,
                     operation->needs & TAI_NEEDS_OWNER ? owner : NULL);
}

/* ---- number and SIM ---- */

typedef struct {
  const char *kind, *characteristic, *taken, *not_leased;
} Resource;

static const Resource number = {CLAIM_NUMBER, "MSISDN", "number_taken", "number_not_leased"};
static const Resource sim = {CLAIM_SIM, "ICCID", "sim_taken", "sim_not_leased"};

static const char *
check_resource (HqStore *store, const HqOrderRow *order, const TaiJson *json, const Resource *resource,
                gboolean must_be_leased)
{
  const char *value = hq_order_get_characteristic (json, resource->characteristic);
  if (value == NULL)
    return resource->not_leased;
  if (!store->klass->claim_take (store, resource->kind, value, 0, order->hall, order->id, order->changed_us))
    return resource->taken;
  if (must_be_leased && !store->klass->stock_is_leased (store, resource->kind, value, order->terminal))
    return resource->not_leased;
  return NULL;
}

const char *
hq_check_order (HqStore *store, const HqOrderRow *order, const TaiJson *json)
{
  const TaiOperation *operation = tai_operation_find (order->operation);
  g_autofree char *owner = NULL;
  const char *reason = NULL;
  if (operation == NULL) /* another client's order: no operation of ours, no more to check */
    return hq_check_offerings (store, order, json, NULL);
  if (operation->needs & TAI_NEEDS_IDENTITY)
    reason = check_identity (store, order, operation, json, &owner);
  if (reason == NULL)
    reason = hq_check_offerings (store, order, json, owner);
  if (reason == NULL)
    reason = check_line (store, order, operation, owner);
  if (reason == NULL && ((operation->needs & TAI_NEEDS_NUMBER) || opens_line (operation)))
    reason = check_resource (store, order, json, &number, (operation->needs & TAI_NEEDS_NUMBER) != 0);
  if (reason == NULL && (operation->needs & TAI_NEEDS_SIM))
    reason = check_resource (store, order, json, &sim, TRUE);
  return reason;
}

static void
use_resource (HqStore *store, const TaiJson *json, const Resource *resource)
{
  const char *value = hq_order_get_characteristic (json, resource->characteristic);
  if (value != NULL)
    store->klass->stock_set_state (store, resource->kind, value, "used");
}

void
hq_settle_order (HqStore *store, const HqOrderRow *order, const TaiJson *json)
{
  const TaiOperation *operation = tai_operation_find (order->operation);
  if (operation == NULL)
    return;
  if (operation->needs & TAI_NEEDS_NUMBER)
    use_resource (store, json, &number);
  if (operation->needs & TAI_NEEDS_SIM)
    use_resource (store, json, &sim);
}
