/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real-name and stock checks of headquarters. A personal datum is in memory here for the length of one check, and
 * nowhere else at HQ: the store keeps the keyed hash of the document's number.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-check.h"

#include <string.h>

#include "tai-identity.h"
#include "tai-operation.h"
#include "tai-ports.h"

#define CLAIM_IDENTITY "id_hash"
#define CLAIM_NUMBER   "msisdn"
#define CLAIM_SIM      "iccid"
#define LINES_LIMIT    5
#define LINES_MAX      1000
#define UTC_OFFSET_MIN 480

/* Opens a line for somebody: a slot of the identity's. */
static gboolean
opens_line (const TaiOperation *operation)
{
  return (operation->needs & TAI_NEEDS_IDENTITY) && (operation->needs & TAI_NEEDS_SIM) &&
         strcmp (operation->action, "add") == 0;
}

static const char *
check_offerings (HqStore *store, const TaiJson *json)
{
  const TaiJson *items = tai_json_get_member (json, "productOrderItem");
  for (guint i = 0; i < tai_json_get_length (items); i++) {
    const TaiJson *item = tai_json_get_element (items, i);
    const char *id = tai_json_require_string (item, "productOffering.id", NULL);
    gboolean adds = g_strcmp0 (tai_json_require_string (item, "action", NULL), "add") == 0;
    if (adds && id != NULL && !store->klass->offering_find (store, id, NULL))
      return "offering_unknown";
  }
  return NULL;
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

static const char *
judge_identity (HqStore *store, const HqOrderRow *order, const TaiOperation *operation,
                const TaiIdentity *identity)
{
  TaiDate today = tai_time_to_date (order->order_us, UTC_OFFSET_MIN);
  if (identity->number == NULL || store->secrets.blind_key == NULL)
    return "identity_unreadable";
  if (opens_line (operation) && identity->source == TAI_IDENTITY_TYPED)
    return "identity_missing"; /* typed by hand: no document was read */
  if (identity->source == TAI_IDENTITY_READ_EMULATED && is_production (store, order))
    return "identity_emulated";
  if (operation->minimum_age > 0 && tai_identity_get_age (identity, today) < operation->minimum_age)
    return "minor";
  g_autofree char *id_hash = tai_seal_blind_index (store->secrets.blind_key, identity->number);
  if (store->klass->is_blocked (store, id_hash))
    return "identity_blocked";
  return opens_line (operation) ? claim_slot (store, order, id_hash) : NULL;
}

static const char *
check_identity (HqStore *store, const HqOrderRow *order, const TaiOperation *operation, const TaiJson *json)
{
  const char *sealed = hq_order_get_characteristic (json, "x-guitai-sealed");
  if (sealed == NULL)
    return "identity_missing";
  g_autoptr (TaiIdentity) identity = open_identity (store, sealed);
  return identity != NULL ? judge_identity (store, order, operation, identity) : "identity_unreadable";
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
  const char *reason = check_offerings (store, json);
  if (operation == NULL) /* another client's order: no operation of ours, no more to check */
    return reason;
  if (reason == NULL && (operation->needs & TAI_NEEDS_IDENTITY))
    reason = check_identity (store, order, operation, json);
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
