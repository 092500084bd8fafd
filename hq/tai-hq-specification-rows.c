/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TMF620's productSpecification: what an offering is an offer of. Of the catalogue that was loaded these are its kinds; they are
 * kept nowhere. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-types-private.h"

#include "tai-catalogue.h"

static void
compose (GString *out, const HqCall *call, TaiOfferingKind kind)
{
  const char *id = tai_offering_kind_to_text (kind);
  g_autofree char *href = g_strdup_printf ("%s/%s", call->type->path, id);
  g_autofree char *loaded = call->store->klass->setting_get (call->store, HQ_SETTING_CATALOGUE_TIME);
  g_autofree char *never = tai_time_to_text (0);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "id", id);
  tai_json_writer_add_string (writer, "href", href);
  tai_json_writer_add_string (writer, "@type", "ProductSpecification");
  tai_json_writer_add_string (writer, "name", id);
  tai_json_writer_add_string (writer, "lifecycleStatus", "Active");
  tai_json_writer_add_string (writer, "lastUpdate", loaded != NULL ? loaded : never);
  tai_json_writer_add_bool (writer, "isBundle", FALSE);
  tai_json_writer_end_object (writer);
  g_autofree char *text = tai_json_writer_end_text (writer);
  g_string_append (out, text);
}

static gboolean
find_specification (HqCall *call, GString *out)
{
  TaiOfferingKind kind;
  if (!tai_offering_kind_from_text (call->id, &kind, NULL))
    return FALSE;
  compose (out, call, kind);
  return TRUE;
}

static void
list_specifications (HqCall *call, HqListing *listing)
{
  gboolean goes_on = TRUE;
  for (TaiOfferingKind kind = 0; goes_on && kind <= TAI_OFFERING_NUMBER_GRADE; kind++) {
    if (hq_listing_skip (listing))
      continue;
    g_string_truncate (listing->one, 0);
    compose (listing->one, call, kind);
    goes_on = hq_listing_add (listing);
  }
}

const HqRowsClass hq_specification_rows = {find_specification, list_specifications, NULL, NULL, FALSE};
