/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-identity.h"

G_BEGIN_DECLS

/* The 256 bytes of text on a card (GA/T 490), UTF-16LE, padded with blanks: where what stands, for each of the four kinds. One
 * table drives the decoder (tai-id-card.h) and the emulator's cards (tai-sdt-card.h). */
#define TAI_ID_CARD_TEXT_SIZE     256
#define TAI_ID_CARD_PHOTO_SIZE    1024
#define TAI_ID_CARD_LETTER_OFFSET 248

typedef enum {
  TAI_ID_CARD_NAME,
  TAI_ID_CARD_LATIN_NAME,
  TAI_ID_CARD_SEX,
  TAI_ID_CARD_NATION,
  TAI_ID_CARD_BIRTH,
  TAI_ID_CARD_ADDRESS,
  TAI_ID_CARD_NUMBER,
  TAI_ID_CARD_ISSUER,
  TAI_ID_CARD_FROM,
  TAI_ID_CARD_UNTIL,
  TAI_ID_CARD_OTHER_NUMBER,
  TAI_ID_CARD_NATIONALITY,
  TAI_ID_CARD_TIMES,  /* how often issued; nobody asks for it */
  TAI_ID_CARD_VERSION /* of the 2017 PR card */
} TaiIdCardFieldId;

/* Two entries with the same id, one after the other, are one text in two places. Offsets and sizes in bytes. */
typedef struct {
  TaiIdCardFieldId id;
  const char *key; /* in card files of the emulator */
  guint8 offset, size;
} TaiIdCardField;

typedef struct {
  const char *name; /* in card files of the emulator */
  gunichar2 letter; /* at byte 248 */
  TaiDocumentKind kind;
  const TaiIdCardField *fields;
  guint n_fields;
} TaiIdCardLayout;

/* (nullable) NULL for a letter that is not known. */
const TaiIdCardLayout *tai_id_card_layout_from_letter (gunichar2 letter);
const TaiIdCardLayout *tai_id_card_layout_from_name (const char *name);

G_END_DECLS
