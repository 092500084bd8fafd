/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The driver on a line that does what it likes: seeded splits, lost, added and changed bytes, thousands of sessions in virtual
 * time. It may fail as it likes, in a named way; it may never make a person of a broken frame. A failing run repeats with
 * the --seed that it prints. */
#include "tai-emulator-rig.h"
#include "tai-sdt-card.h"
#include "tai-sdt-frame.h"

#include "tai-core-error.h"
#include "tai-devices-error.h"
#include "tai-fake-clock.h"

#include <string.h>

#define ROUNDS 4000

/* ---- the line ---- */

typedef enum { DAMAGE_NONE, DAMAGE_BIT, DAMAGE_ONE, DAMAGE_MANY } Damage;

#define TAI_TYPE_BAD_LINE (tai_bad_line_get_type ())
G_DECLARE_FINAL_TYPE (TaiBadLine, tai_bad_line, TAI, BAD_LINE, TaiStream)
struct _TaiBadLine {
  TaiStream parent_instance;
  TaiFakeClock *clock;
  GByteArray *coming; /* what the reader has sent and the driver has not read */
  Damage damage;      /* of the answer with the card's data */
  Damage others;      /* of the other answers */
  gboolean noisy;
  guint damaged; /* answers with data that were changed */
};
G_DEFINE_FINAL_TYPE (TaiBadLine, tai_bad_line, TAI_TYPE_STREAM)

static gboolean
bad_line_open (TaiStream *stream, GCancellable *cancellable, GError **error)
{
  g_byte_array_set_size (TAI_BAD_LINE (stream)->coming, 0);
  return TRUE;
}

static void
bad_line_close (TaiStream *stream)
{
}

static gboolean
bad_line_is_emulated (TaiStream *stream)
{
  return TRUE;
}

static gssize
bad_line_read (TaiStream *stream, guint8 *bytes, gsize size, int timeout_ms, GCancellable *cancellable,
               GError **error)
{
  TaiBadLine *self = TAI_BAD_LINE (stream);
  gsize n = MIN (size, self->coming->len);

  if (n == 0) {
    tai_fake_clock_advance (self->clock, MAX (timeout_ms, 0));
    g_set_error_literal (error, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT, "silence");
    return -1;
  }
  if (n > 1 && g_test_rand_int_range (0, 3) != 0)
    n = (gsize)g_test_rand_int_range (1, (gint32)MIN (n, 300) + 1);
  memcpy (bytes, self->coming->data, n);
  g_byte_array_remove_range (self->coming, 0, (guint)n);
  return (gssize)n;
}

static void
add_noise (GByteArray *bytes)
{
  static const guint8 likely[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0xFF};

  for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
    g_byte_array_append (bytes, &likely[g_test_rand_int_range (0, sizeof likely)], 1);
}

static void
damage_once (GByteArray *frame)
{
  guint at = (guint)g_test_rand_int_range (0, (gint32)frame->len);
  guint8 byte = (guint8)g_test_rand_int ();
  GByteArray *tail;

  switch (g_test_rand_int_range (0, 5)) {
  case 0:
    frame->data[at] ^= (guint8)(1 << g_test_rand_int_range (0, 8));
    break;
  case 1:
    frame->data[at] = byte;
    break;
  case 2:
    g_byte_array_remove_index (frame, at);
    break;
  case 3:
    tail = g_byte_array_new ();
    g_byte_array_append (tail, frame->data + at, frame->len - at);
    g_byte_array_set_size (frame, at);
    g_byte_array_append (frame, &byte, 1);
    g_byte_array_append (frame, tail->data, tail->len);
    g_byte_array_unref (tail);
    break;
  default:
    g_byte_array_set_size (frame, at);
  }
}

static void
damage (GByteArray *frame, Damage how)
{
  if (how == DAMAGE_BIT)
    frame->data[g_test_rand_int_range (0, (gint32)frame->len)] ^= (guint8)(1 << g_test_rand_int_range (0, 8));
  else if (how == DAMAGE_ONE)
    damage_once (frame);
  else if (how == DAMAGE_MANY)
    for (int n = g_test_rand_int_range (1, 4); n > 0 && frame->len > 0; n--)
      damage_once (frame);
}

static void
answer (TaiBadLine *self, const guint8 *body, gsize size, Damage how)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  g_byte_array_set_size (frame, (guint)size + 8);
  tai_sdt_frame_build (body, size, frame->data);
  damage (frame, how);
  if (self->noisy)
    add_noise (self->coming);
  g_byte_array_append (self->coming, frame->data, frame->len);
  if (self->noisy)
    add_noise (self->coming);
}

static void
answer_card (TaiBadLine *self)
{
  guint8 body[7 + sizeof (TaiSdtCard)] = {0, 0, TAI_SDT_OK, 1, 0, 4, 0};
  TaiSdtCard card;

  g_assert_true (tai_sdt_card_load ("prc", &card, NULL));
  memcpy (body + 7, card.text, sizeof card.text);
  memcpy (body + 7 + sizeof card.text, card.photo, sizeof card.photo);
  self->damaged += self->damage != DAMAGE_NONE;
  answer (self, body, sizeof body, self->damage);
}

/* A reader that always has a card and gives it as often as it is asked. */
static gboolean
bad_line_write_all (TaiStream *stream, const guint8 *bytes, gsize size, int timeout_ms,
                    GCancellable *cancellable, GError **error)
{
  static const guint8 found[7] = {0, 0, TAI_SDT_FOUND}, good[11] = {0, 0, TAI_SDT_OK};
  TaiBadLine *self = TAI_BAD_LINE (stream);
  guint command = (guint)(bytes[7] << 8 | bytes[8]);

  g_assert_cmpuint (size, ==, 10);
  if (command == TAI_SDT_READ)
    answer_card (self);
  else if (command == TAI_SDT_FIND)
    answer (self, found, sizeof found, self->others);
  else
    answer (self, good, command == TAI_SDT_SELECT ? 11 : 3, self->others);
  return TRUE;
}

static void
tai_bad_line_finalize (GObject *object)
{
  g_byte_array_unref (TAI_BAD_LINE (object)->coming);
  g_object_unref (TAI_BAD_LINE (object)->clock);
  G_OBJECT_CLASS (tai_bad_line_parent_class)->finalize (object);
}

static void
tai_bad_line_class_init (TaiBadLineClass *klass)
{
  TaiStreamClass *stream_class = TAI_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tai_bad_line_finalize;
  stream_class->open = bad_line_open;
  stream_class->read = bad_line_read;
  stream_class->write_all = bad_line_write_all;
  stream_class->close = bad_line_close;
  stream_class->is_emulated = bad_line_is_emulated;
}

static void
tai_bad_line_init (TaiBadLine *self)
{
  self->coming = g_byte_array_new ();
  self->clock = tai_fake_clock_new (TAI_FAKE_CLOCK_MORNING_US);
}

/* ---- the sessions ---- */

static TaiIdentity *
session (TaiBadLine *line, GError **error)
{
  g_autoptr (TaiSdtReader) driver = tai_sdt_reader_new (TAI_STREAM (line), TAI_CLOCK (line->clock));
  TaiIdentity *identity = tai_id_reader_read (TAI_ID_READER (driver), NULL, error);

  g_assert_true ((identity == NULL) == (*error != NULL));
  if (*error != NULL)
    g_assert_true ((*error)->domain == TAI_DEVICES_ERROR || (*error)->domain == TAI_CORE_ERROR);
  return identity;
}

/* Splits alone, and noise between frames, cost nothing. */
static void
test_splits (void)
{
  for (int i = 0; i < ROUNDS / 10; i++) {
    g_autoptr (TaiBadLine) line = g_object_new (TAI_TYPE_BAD_LINE, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiIdentity) identity = session (line, &error);
    g_assert_no_error (error);
    tai_test_assert_is_card (identity, 0);
  }
}

/* One flipped bit anywhere in the card's data: the checksum always sees it. */
static void
test_one_bit (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    g_autoptr (TaiBadLine) line = g_object_new (TAI_TYPE_BAD_LINE, NULL);
    g_autoptr (GError) error = NULL;
    line->damage = DAMAGE_BIT;
    g_autoptr (TaiIdentity) identity = session (line, &error);
    g_assert_null (identity);
    g_assert_cmpuint (line->damaged, >=, 1);
  }
}

/* One byte changed, lost or added, or the end cut off, in the card's data, noise around it, and any damage to the other answers:
 * an identity that comes out is the card's, letter for letter. (A lost byte with the right noise behind it satisfies the one byte
 * of checksum; what shifts then no longer has its type letter in its place, or is the photo, which is not compared.) */
static void
test_anything (void)
{
  guint read = 0;

  for (int i = 0; i < ROUNDS; i++) {
    g_autoptr (TaiBadLine) line = g_object_new (TAI_TYPE_BAD_LINE, NULL);
    g_autoptr (GError) error = NULL;
    line->noisy = g_test_rand_bit ();
    line->damage = g_test_rand_bit () ? DAMAGE_ONE : DAMAGE_NONE;
    line->others = g_test_rand_int_range (0, 4) == 0 ? DAMAGE_MANY : DAMAGE_NONE;
    g_autoptr (TaiIdentity) identity = session (line, &error);
    if (identity == NULL)
      continue;
    read++;
    g_assert_cmpint (identity->kind, ==, TAI_DOCUMENT_CITIZEN);
    g_assert_cmpstr (identity->name, ==, "测试甲");
    g_assert_cmpstr (identity->number, ==, "99000019950505008X");
    g_assert_cmpstr (identity->address, ==, "测试省测试市测试区样例路1号");
  }
  g_assert_cmpuint (read, >, ROUNDS / 10);
}

/* Whatever happens to the card's data, the driver ends in a named way. (Here an identity may be wrong: two flips of the same bit
 * escape a checksum of one byte. README.md says what follows from that.) */
static void
test_any_damage (void)
{
  for (int i = 0; i < ROUNDS / 2; i++) {
    g_autoptr (TaiBadLine) line = g_object_new (TAI_TYPE_BAD_LINE, NULL);
    g_autoptr (GError) error = NULL;
    line->noisy = TRUE;
    line->damage = DAMAGE_MANY;
    line->others = DAMAGE_MANY;
    g_autoptr (TaiIdentity) identity = session (line, &error);
    g_assert_true (identity == NULL || g_utf8_validate (identity->name, -1, NULL));
  }
}

/* The parser alone, on bytes that are nothing but tricks. */
static void
test_parser (void)
{
  g_autofree TaiSdtParser *parser = g_new0 (TaiSdtParser, 1);
  g_autoptr (GByteArray) noise = g_byte_array_new ();

  tai_sdt_parser_init (parser, 4);
  for (int i = 0; i < 50 * ROUNDS; i++) {
    const guint8 *body;
    gsize size, room;
    guint8 *to = tai_sdt_parser_room (parser, &room);
    g_byte_array_set_size (noise, 0);
    add_noise (noise);
    gsize n = MIN (room, noise->len);
    if (n > 0)
      memcpy (to, noise->data, n);
    tai_sdt_parser_add (parser, n);
    for (TaiSdtParse parse; (parse = tai_sdt_parser_next (parser, &body, &size)) != TAI_SDT_PARSE_MORE;)
      if (parse == TAI_SDT_PARSE_FRAME) {
        g_assert_cmpuint (size, >=, 3);
        g_assert_cmpuint (size, <, TAI_SDT_MAX_LENGTH);
        g_assert_true (body >= parser->bytes && body + size < parser->bytes + parser->size);
      }
    g_assert_cmpuint (parser->size, <, TAI_SDT_MAX_FRAME);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/sdt-fuzz/splits", test_splits);
  g_test_add_func ("/devices/sdt-fuzz/one-bit", test_one_bit);
  g_test_add_func ("/devices/sdt-fuzz/anything", test_anything);
  g_test_add_func ("/devices/sdt-fuzz/any-damage", test_any_damage);
  g_test_add_func ("/devices/sdt-fuzz/parser", test_parser);
  return g_test_run ();
}
