/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 256 bytes of a card to a TaiIdentity. Why by itself: it is where a mistake would make a wrong person, and it is pure. Copies on
 * the stack are wiped. Any thread. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-id-card.h"
#include "tai-devices-error.h"

#include "tai-core-error.h"

#include <string.h>

#define MAX_UNITS (TAI_ID_CARD_TEXT_SIZE / 2)

/* The units of one field, blanks at the end dropped. */
typedef struct {
  gunichar2 units[MAX_UNITS];
  guint n;
} Text;

static gunichar2
unit_at (const guint8 *text, guint offset)
{
  return (gunichar2)(text[offset] | text[offset + 1] << 8);
}

/* Collects field @i and, if the next entry goes on with it, that one too. */
static void
collect (const TaiIdCardLayout *layout, guint i, const guint8 *card, Text *text)
{
  TaiIdCardFieldId id = layout->fields[i].id;

  text->n = 0;
  for (; i < layout->n_fields && layout->fields[i].id == id; i++)
    for (guint at = 0; at < layout->fields[i].size; at += 2)
      text->units[text->n++] = unit_at (card, layout->fields[i].offset + at);
  while (text->n > 0 && text->units[text->n - 1] == ' ')
    text->n--;
}

static gboolean
refuse (const char *key, const char *why, GError **error)
{
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_CARD_DATA, "field '%s' %s", key, why);
  return FALSE;
}

static gboolean
take_string (const Text *text, const char *key, char **string, GError **error)
{
  for (guint i = 0; i < text->n; i++)
    if (text->units[i] < ' ' || text->units[i] == 0x7F || text->units[i] >= 0xFFFE)
      return refuse (key, "holds a control character", error);
  if (text->n == 0)
    return TRUE;
  *string = g_utf16_to_utf8 (text->units, text->n, NULL, NULL, NULL);
  return *string != NULL || refuse (key, "is no UTF-16", error);
}

static gboolean
take_date (const Text *text, const char *key, gboolean may_be_forever, TaiDate *date, GError **error)
{
  char digits[9] = "";
  gboolean good = text->n == 8;

  if (may_be_forever && text->n == 2 && text->units[0] == 0x957F && text->units[1] == 0x671F) { /* 长期 */
    *date = TAI_DATE_FOREVER;
    return TRUE;
  }
  for (guint i = 0; i < 8 && good; i++) {
    good = text->units[i] >= '0' && text->units[i] <= '9';
    digits[i] = (char)text->units[i];
  }
  good = good && tai_date_from_text (digits, date);
  explicit_bzero (digits, sizeof digits);
  return good || refuse (key, "is no date", error);
}

static gboolean
take_sex (const Text *text, const char *key, char *sex, GError **error)
{
  if (text->n != 1 || text->units[0] > 0x7F || strchr ("0129", (int)text->units[0]) == NULL)
    return refuse (key, "is none of 0, 1, 2, 9", error);
  *sex = (char)text->units[0];
  return TRUE;
}

static gboolean
take_field (const TaiIdCardField *field, const Text *text, TaiIdentity *identity, GError **error)
{
  switch (field->id) {
  case TAI_ID_CARD_NAME:
    return take_string (text, field->key, &identity->name, error);
  case TAI_ID_CARD_LATIN_NAME:
    return take_string (text, field->key, &identity->latin_name, error);
  case TAI_ID_CARD_SEX:
    return take_sex (text, field->key, &identity->sex, error);
  case TAI_ID_CARD_NATION:
    return take_string (text, field->key, &identity->nation, error);
  case TAI_ID_CARD_BIRTH:
    return take_date (text, field->key, FALSE, &identity->birth, error);
  case TAI_ID_CARD_ADDRESS:
    return take_string (text, field->key, &identity->address, error);
  case TAI_ID_CARD_NUMBER:
    return take_string (text, field->key, &identity->number, error);
  case TAI_ID_CARD_ISSUER:
    return take_string (text, field->key, &identity->issuer, error);
  case TAI_ID_CARD_FROM:
    return take_date (text, field->key, FALSE, &identity->valid_from, error);
  case TAI_ID_CARD_UNTIL:
    return take_date (text, field->key, TRUE, &identity->valid_until, error);
  case TAI_ID_CARD_OTHER_NUMBER:
    return take_string (text, field->key, &identity->other_number, error);
  case TAI_ID_CARD_NATIONALITY:
    return take_string (text, field->key, &identity->nationality, error);
  case TAI_ID_CARD_TIMES:
  case TAI_ID_CARD_VERSION:
    return TRUE;
  }
  g_assert_not_reached ();
}

static gboolean
take_fields (const TaiIdCardLayout *layout, const guint8 *card, TaiIdentity *identity, GError **error)
{
  Text text;
  gboolean good = TRUE;

  for (guint i = 0; i < layout->n_fields && good; i++) {
    if (i > 0 && layout->fields[i].id == layout->fields[i - 1].id)
      continue;
    collect (layout, i, card, &text);
    good = take_field (&layout->fields[i], &text, identity, error);
  }
  explicit_bzero (&text, sizeof text);
  return good;
}

/* A PR card may lack the Chinese name; then the Latin one is what is printed. */
static gboolean
finish (TaiIdentity *identity, GError **error)
{
  if (identity->name == NULL)
    identity->name = g_strdup (identity->latin_name);
  if (identity->kind == TAI_DOCUMENT_CITIZEN)
    identity->nationality = g_strdup ("CHN");
  if (identity->name == NULL)
    return refuse ("name", "is blank", error);
  return identity->number != NULL || refuse ("id", "is blank", error);
}

static void
free_photo (gpointer photo)
{
  explicit_bzero (photo, TAI_ID_CARD_PHOTO_SIZE);
  g_free (photo);
}

static GBytes *
keep_photo (const guint8 *photo)
{
  guint8 *copy = g_memdup2 (photo, TAI_ID_CARD_PHOTO_SIZE);

  return g_bytes_new_with_free_func (copy, TAI_ID_CARD_PHOTO_SIZE, free_photo, copy);
}

TaiIdentity *
tai_id_card_decode (const guint8 *text, const guint8 *photo, TaiIdentitySource source, GError **error)
{
  gunichar2 letter = unit_at (text, TAI_ID_CARD_LETTER_OFFSET);
  const TaiIdCardLayout *layout = tai_id_card_layout_from_letter (letter);

  if (layout == NULL) {
    g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT, "card type U+%04X is not known",
                 letter);
    return NULL;
  }
  g_autoptr (TaiIdentity) identity = tai_identity_new (layout->kind, source);
  if (!take_fields (layout, text, identity, error) || !finish (identity, error))
    return NULL;
  if (photo != NULL)
    identity->photo = keep_photo (photo);
  return g_steal_pointer (&identity);
}
