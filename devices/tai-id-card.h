/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-id-card-layout.h"

G_BEGIN_DECLS

/**
 * tai_id_card_decode:
 * @text: 256 bytes as read
 * @photo: (nullable): 1024 bytes as read
 *
 * What a card says, as a value. Pure: reads nothing else, logs nothing. The kind comes from the letter at byte 248 alone. Text is
 * kept as it is: surrogate pairs, private-use characters; only trailing blanks go. Whether the card is valid today is
 * tai_identity_check()'s business.
 *
 * Errors: TAI_CORE_ERROR_ID_FOREIGN_LAYOUT for an unknown letter; TAI_DEVICES_ERROR_CARD_DATA for broken UTF-16, control
 * characters, dates that are none, a missing name or number.
 *
 * Returns: (transfer full)
 */
TaiIdentity *tai_id_card_decode (const guint8 *text, const guint8 *photo, TaiIdentitySource source,
                                 GError **error);

G_END_DECLS
