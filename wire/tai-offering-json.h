/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"
#include "tai-json.h"

G_BEGIN_DECLS

/*
 * TMF620 productOffering (v4.1) with the x-guitai extension (docs/protocol.md) -> core's catalogue. Any thread.
 */

/* One offering. Errors: TAI_WIRE_ERROR with the path; TAI_CORE_ERROR for unknown words and amounts. */
TaiOffering *tai_offering_from_json (const TaiJson *json, GError **error);

/**
 * tai_catalogue_from_json:
 * @list: a JSON array of productOffering
 * @etag: (nullable) HQ's version of the list
 * @problems: (out) (optional) (transfer full) (element-type utf8): every reason why it was refused
 *
 * All or nothing: one bad offering keeps the whole list out (TAI_CORE_ERROR_CATALOGUE), and the old one stays in force.
 */
TaiCatalogue *tai_catalogue_from_json (const TaiJson *list, const char *etag, GPtrArray **problems,
                                       GError **error);

/* Parses and does the same; a text of at most 64 MiB. */
TaiCatalogue *tai_catalogue_from_text (GBytes *text, const char *etag, GPtrArray **problems, GError **error);

G_END_DECLS
