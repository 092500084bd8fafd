/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-id-card-layout.h"

G_BEGIN_DECLS

/**
 * TaiSdtCard: a synthetic identity card, as the emulated reader's antenna sees it.
 */
typedef struct {
  guint8 text[TAI_ID_CARD_TEXT_SIZE];
  guint8 photo[TAI_ID_CARD_PHOTO_SIZE];
} TaiSdtCard;

/* Names of the cards that are built in, NULL-terminated; the first is the default. */
const char *const *tai_sdt_card_get_names (void);
/* @name: of a built-in card, or the path of a card file. Errors: EMULATION. */
gboolean tai_sdt_card_load (const char *name, TaiSdtCard *card, GError **error);
/**
 * tai_sdt_card_from_text:
 * @text: one flat JSON object whose values are all strings: "kind" (prc, hmt, pr2017, pr2023), the fields of that layout
 *   (tai-id-card-layout.c has the keys), "letter" to put another type letter on the card, "photo": "preamble" for a photo with
 *   the frame preamble inside
 *
 * Errors: EMULATION: no such object, unknown kind or key, a value that does not fit.
 */
gboolean tai_sdt_card_from_text (const char *text, TaiSdtCard *card, GError **error);

G_END_DECLS
