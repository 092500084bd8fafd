/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Synthetic cards. What: the cards that are built in, and card files. Why GVariant reads the JSON: a flat object of strings is in
 * its text format a{ss} letter for letter, and json-c has one door (wire/), which this room does not see. Thread: any. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-sdt-card.h"
#include "tai-devices-error.h"

#include <string.h>

#define MAX_CARD_FILE 16384

/* Nobody's: region 9900 is nowhere, and the check digits are right. */
static const struct {
  const char *name, *text;
} cards[] = {
    {"prc",
     "{\"kind\":\"prc\",\"name\":\"测试甲\",\"sex\":\"1\",\"nation\":\"01\",\"birth\":\"19950505\","
     "\"addr\":\"测试省测试市测试区样例路1号\",\"id\":\"99000019950505008X\",\"issuer\":\"测试市公安局\","
     "\"start\":\"20200101\",\"end\":\"20400101\"}"},
    {"prc-longterm",
     "{\"kind\":\"prc\",\"name\":\"测试乙\",\"sex\":\"2\",\"nation\":\"05\",\"birth\":\"19500505\","
     "\"addr\":\"样例自治区样例县\",\"id\":\"990000195005050026\",\"issuer\":\"样例县公安局\","
     "\"start\":\"20200101\",\"end\":\"长期\"}"},
    {"prc-rare",
     "{\"kind\":\"prc\",\"name\":\"𠮷㐂䶮\",\"sex\":\"1\",\"nation\":\"11\",\"birth\":\"20000229\","
     "\"addr\":\"测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测测\","
     "\"id\":\"99000020000229001X\",\"issuer\":\"测试市公安局\",\"start\":\"20200101\","
     "\"end\":\"20300101\"}"},
    {"prc-expired",
     "{\"kind\":\"prc\",\"name\":\"测试丙\",\"sex\":\"1\",\"nation\":\"01\",\"birth\":\"19850505\","
     "\"addr\":\"测试省测试市测试区样例路2号\",\"id\":\"990000198505050034\","
     "\"issuer\":\"测试市公安局\",\"start\":\"20050101\",\"end\":\"20250101\"}"},
    {"prc-minor",
     "{\"kind\":\"prc\",\"name\":\"测试丁\",\"sex\":\"1\",\"nation\":\"01\",\"birth\":\"20200505\","
     "\"addr\":\"测试省测试市测试区样例路3号\",\"id\":\"990000202005050010\","
     "\"issuer\":\"测试市公安局\",\"start\":\"20240101\",\"end\":\"20400101\"}"},
    {"hmt",
     "{\"kind\":\"hmt\",\"name\":\"樣本丙\",\"sex\":\"1\",\"birth\":\"18800101\",\"addr\":\"测试省测试市\","
     "\"id\":\"810000188001010015\",\"issuer\":\"测试市公安局\",\"start\":\"20200101\",\"end\":\"20250101\","
     "\"passno\":\"H00000000\",\"times\":\"01\"}"},
    {"pr2017",
     "{\"kind\":\"pr2017\",\"name\":\"SPECIMEN, ALPHA BETA\",\"sex\":\"2\",\"id\":\"UTO110090010199\","
     "\"nat\":\"UTO\",\"cn\":\"样本丁\",\"start\":\"20200101\",\"end\":\"20300101\","
     "\"birth\":\"19900101\",\"version\":\"01\",\"org\":\"1500\"}"},
    {"pr2023", "{\"kind\":\"pr2023\",\"cn\":\"样本戊\",\"sex\":\"1\",\"times\":\"00\",\"birth\":\"19900101\","
               "\"en\":\"SPECIMEN, ABCDEFGHIJABCDEFGHIJABCDEFGHIJKLMNOP\",\"id\":\"911999199001010014\","
               "\"nat\":\"UTO\",\"start\":\"20240101\",\"end\":\"20340101\",\"assoc\":\"00\"}"},
};

const char *const *
tai_sdt_card_get_names (void)
{
  static const char *names[G_N_ELEMENTS (cards) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    names[i] = cards[i].name;
  return names;
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, message);
  return FALSE;
}

static void
put_unit (TaiSdtCard *card, guint offset, gunichar2 unit)
{
  card->text[offset] = (guint8)unit;
  card->text[offset + 1] = (guint8)(unit >> 8);
}

/* Puts @value into all places that have @key, one after the other. */
static gboolean
put_field (const TaiIdCardLayout *layout, const char *key, const char *value, TaiSdtCard *card,
           GError **error)
{
  glong n = 0, done = 0;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (value, -1, NULL, &n, NULL);
  gboolean known = FALSE;

  for (guint i = 0; i < layout->n_fields; i++) {
    const TaiIdCardField *field = &layout->fields[i];
    if (!g_str_equal (field->key, key))
      continue;
    known = TRUE;
    for (guint at = 0; at < field->size && done < n; at += 2)
      put_unit (card, field->offset + at, units[done++]);
  }
  if (!known)
    return refuse (error, "a card of kind '%s' has no '%s'", layout->name, key);
  return (units != NULL && done == n) || refuse (error, "'%s' is too long for the card", key);
}

/* The bytes of the vectors; optionally with what begins a frame, in the middle. */
static void
make_photo (TaiSdtCard *card, gboolean with_preamble)
{
  static const guint8 frame_start[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x04, 0x00, 0x00, 0x80, 0x84};

  memcpy (card->photo, "WLf", 3);
  for (int i = 0; i < TAI_ID_CARD_PHOTO_SIZE - 3; i++)
    card->photo[3 + i] = (guint8)(i * 7);
  if (with_preamble)
    memcpy (card->photo + 500, frame_start, sizeof frame_start);
}

static gboolean
put_pair (const TaiIdCardLayout *layout, const char *key, const char *value, TaiSdtCard *card, GError **error)
{
  if (g_str_equal (key, "kind"))
    return TRUE;
  if (g_str_equal (key, "letter")) {
    put_unit (card, TAI_ID_CARD_LETTER_OFFSET, (gunichar2)g_utf8_get_char (value));
    return TRUE;
  }
  if (!g_str_equal (key, "photo"))
    return put_field (layout, key, value, card, error);
  make_photo (card, TRUE);
  return g_str_equal (value, "preamble") || refuse (error, "no photo '%s'", value);
}

gboolean
tai_sdt_card_from_text (const char *text, TaiSdtCard *card, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GVariant) object = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, &cause);
  const char *kind = NULL, *key, *value;
  GVariantIter pairs;

  if (object == NULL)
    return refuse (error, "no flat JSON object of strings: %s", cause->message);
  g_variant_lookup (object, "kind", "&s", &kind);
  const TaiIdCardLayout *layout = tai_id_card_layout_from_name (kind);
  if (layout == NULL)
    return refuse (error, "no card kind '%s'", kind != NULL ? kind : "");
  for (guint at = 0; at < TAI_ID_CARD_TEXT_SIZE; at += 2)
    put_unit (card, at, ' ');
  put_unit (card, TAI_ID_CARD_LETTER_OFFSET, layout->letter);
  make_photo (card, FALSE);
  g_variant_iter_init (&pairs, object);
  while (g_variant_iter_next (&pairs, "{&s&s}", &key, &value))
    if (!put_pair (layout, key, value, card, error))
      return FALSE;
  return TRUE;
}

gboolean
tai_sdt_card_load (const char *name, TaiSdtCard *card, GError **error)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) cause = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    if (g_str_equal (cards[i].name, name))
      return tai_sdt_card_from_text (cards[i].text, card, error);
  file = g_mapped_file_new (name, FALSE, &cause);
  if (file == NULL)
    return refuse (error, "'%s' is neither a built-in card nor a file: %s", name, cause->message);
  gsize size = g_mapped_file_get_length (file);
  if (size > MAX_CARD_FILE)
    return refuse (error, "'%s' is too large for a card file", name);
  g_autofree char *text = g_strndup (g_mapped_file_get_contents (file), size);
  return tai_sdt_card_from_text (text, card, error);
}
