/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-store.h"
#include "tai-pin-port.h"

G_BEGIN_DECLS

/*
 * What the administrator loads, from JSON files. Each is taken whole in one transaction or not at all; the number of things
 * taken, or -1 with DATA (the message names the place) or STORE.
 */

/* TMF620: an array of productOffering, the whole catalogue: what is not in it is no longer on sale. Where it does not say so, an
 * offering is Active since now. */
gint64 hq_load_catalogue (HqStore *store, GBytes *text, gint64 now_us, GError **error);

/* [{"number","name","role","rights"?,"pin","disabled"?,"hall"?}]: a pin of digits is hashed here, a record is kept. Without
 * a hall the person works in all of them. Persons that are not in the list stay as they are. */
gint64 hq_load_staff (HqStore *store, GBytes *text, TaiPinHasher *hasher, GError **error);

/* [{"kind","value","grade"?}]: values that are known stay as they are. */
gint64 hq_load_stock (HqStore *store, GBytes *text, GError **error);

/* [{"msisdn","status","ownerMask"?,"ownerDocument"?,"customer"?,"plan"?:{"id","name","nameEn"?},"balance":{"unit","value"},"arrears"?:{"unit",
 * "value","since"?}}]: subscribers' lines as GET /guitai/v1/line gives them. A line that is known is replaced; a name that is no
 * mask is refused. Of ownerDocument, the number of the owner's document, only the keyed hash is kept. */
gint64 hq_load_lines (HqStore *store, GBytes *text, gint64 now_us, GError **error);

/* [{"ownerDocument"|"customer","groups":[…]}]: groups of customers, whom an offering may be for (x-guitai.groups). Who is in the
 * list is in these groups and no others from then on. Of ownerDocument only the keyed hash is kept. */
gint64 hq_load_groups (HqStore *store, GBytes *text, gint64 now_us, GError **error);

/* Resources of the standard, each with its @type and id: [{"@type":"CustomerBill","id",…}]. What is known is replaced. What is
 * about a line that is there belongs to its owner: lines are loaded first. */
gint64 hq_load_documents (HqStore *store, GBytes *text, gint64 now_us, GError **error);

G_END_DECLS
