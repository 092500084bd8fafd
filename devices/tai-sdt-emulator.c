/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An emulated card reader. What: the reader's states, its answers, and faults on demand, on a real pty. Why: the real driver
 * is tested and shown end to end without hardware. Thread: the one that runs it. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-sdt-emulator.h"

#include "tai-devices-error.h"
#include "tai-emulator-faults.h"
#include "tai-emulator-line.h"
#include "tai-sdt-card.h"
#include "tai-sdt-frame.h"

#include <string.h>

#define MAX_CARDS 16

typedef enum { FIELD_EMPTY, FIELD_CARD, FIELD_FOUND, FIELD_SELECTED, FIELD_DONE } Field;

typedef enum {
  FAULT_SILENCE,
  FAULT_NOISE,
  FAULT_SPLIT,
  FAULT_DOUBLE,
  FAULT_GARBAGE,
  FAULT_BAD_CHECKSUM,
  FAULT_LONG_LENGTH,
  FAULT_PULLED,
  FAULT_PULLED_SELECT,
  FAULT_TWO_CARDS,
  FAULT_READ_FAILED,
  FAULT_REFUSED,
  FAULT_SAM_UNAUTHORISED,
  FAULT_SELF_TEST,
  FAULT_UNPLUG,
  FAULT_BAUD,
  N_FAULTS
} Fault;

static const char *const fault_names[] = {
    "silence",          "noise",     "split",         "double",    "garbage",     "bad_checksum",
    "long_length",      "pulled",    "pulled_select", "two_cards", "read_failed", "refused",
    "sam_unauthorised", "self_test", "unplug",        "baud",
};
G_STATIC_ASSERT (G_N_ELEMENTS (fault_names) == N_FAULTS);

static const guint bauds[] = {115200, 57600, 38400, 19200, 9600};

struct _TaiSdtEmulator {
  TaiEmulatorLine *line; /* (owned) */
  guint baud;
  Field field;
  TaiSdtCard card; /* while the field is not empty */
  TaiSdtCard cards[MAX_CARDS];
  guint n_cards, next_card; /* n_cards 0: no cards by themselves */
  gboolean missed;          /* with auto: the empty field was seen */
  TaiEmulatorFaults faults;
  gboolean quit;
  TaiSdtParser parser;
};

TaiSdtEmulator *
tai_sdt_emulator_new (void)
{
  TaiSdtEmulator *self = g_new0 (TaiSdtEmulator, 1);

  self->line = tai_emulator_line_new ();
  tai_emulator_faults_init (&self->faults, fault_names, N_FAULTS);
  self->baud = bauds[0];
  tai_sdt_parser_init (&self->parser, 3);
  return self;
}

void
tai_sdt_emulator_free (TaiSdtEmulator *self)
{
  tai_emulator_line_free (self->line);
  g_free (self);
}

const char *
tai_sdt_emulator_get_path (TaiSdtEmulator *self)
{
  return tai_emulator_line_get_path (self->line);
}

gboolean
tai_sdt_emulator_plug (TaiSdtEmulator *self, const char *link, GError **error)
{
  return tai_emulator_line_plug (self->line, link, error);
}

static void
unplug (TaiSdtEmulator *self)
{
  tai_emulator_line_unplug (self->line);
  tai_sdt_parser_wipe (&self->parser);
  self->field = FIELD_EMPTY;
}

/* TRUE if @fault happens now. */
static gboolean
bite (TaiSdtEmulator *self, Fault fault)
{
  return tai_emulator_faults_bite (&self->faults, fault);
}

static void
put_next_card (TaiSdtEmulator *self)
{
  self->card = self->cards[self->next_card];
  self->next_card = (self->next_card + 1) % self->n_cards;
  self->field = FIELD_CARD;
  self->missed = FALSE;
}

/* The commands of a person. */

static gboolean
command_card (TaiSdtEmulator *self, const char *argument, GError **error)
{
  TaiSdtCard card;

  if (!tai_sdt_card_load (argument, &card, error))
    return FALSE;
  self->card = card;
  self->field = FIELD_CARD;
  return TRUE;
}

static gboolean
command_remove (TaiSdtEmulator *self, const char *argument, GError **error)
{
  self->field = FIELD_EMPTY;
  return TRUE;
}

static gboolean
command_auto (TaiSdtEmulator *self, const char *argument, GError **error)
{
  g_auto (GStrv) names = g_strsplit (argument, " ", MAX_CARDS + 1);
  TaiSdtCard cards[MAX_CARDS];
  guint n = 0;

  for (; names[n] != NULL && n < MAX_CARDS; n++)
    if (!tai_sdt_card_load (names[n], &cards[n], error))
      return FALSE;
  if (n == 0 || names[n] != NULL) {
    g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "auto takes 1 to %d cards",
                 MAX_CARDS);
    return FALSE;
  }
  memcpy (self->cards, cards, n * sizeof cards[0]);
  self->n_cards = n;
  self->next_card = 0;
  put_next_card (self);
  return TRUE;
}

static gboolean
command_fault (TaiSdtEmulator *self, const char *argument, GError **error)
{
  guint fault, number;

  if (!tai_emulator_faults_set (&self->faults, argument, &fault, &number, error))
    return FALSE;
  if (fault == FAULT_BAUD)
    self->baud = number != 0 ? number : 9600;
  return TRUE;
}

static gboolean
command_clear (TaiSdtEmulator *self, const char *argument, GError **error)
{
  tai_emulator_faults_clear (&self->faults);
  self->baud = bauds[0];
  return TRUE;
}

static gboolean
command_plug (TaiSdtEmulator *self, const char *argument, GError **error)
{
  if (tai_emulator_line_is_plugged (self->line))
    return TRUE;
  if (!tai_emulator_line_plug (self->line, NULL, error))
    return FALSE;
  if (self->n_cards > 0)
    put_next_card (self);
  return TRUE;
}

static gboolean
command_unplug (TaiSdtEmulator *self, const char *argument, GError **error)
{
  unplug (self);
  return TRUE;
}

static gboolean
command_quit (TaiSdtEmulator *self, const char *argument, GError **error)
{
  self->quit = TRUE;
  return TRUE;
}

static const struct {
  const char *name;
  gboolean (*run) (TaiSdtEmulator *self, const char *argument, GError **error);
} commands[] = {
    {"card", command_card},     {"remove", command_remove}, {"auto", command_auto},
    {"fault", command_fault},   {"clear", command_clear},   {"plug", command_plug},
    {"unplug", command_unplug}, {"quit", command_quit},
};

gboolean
tai_sdt_emulator_command (TaiSdtEmulator *self, const char *command, GError **error)
{
  g_auto (GStrv) words = g_strsplit (command, " ", 2);

  for (gsize i = 0; words[0] != NULL && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, words[0]))
      return commands[i].run (self, words[1] != NULL ? words[1] : "", error);
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_EMULATION, "no command '%s'", command);
  return FALSE;
}

/* Answers. */

static void
write_bytes (TaiSdtEmulator *self, const guint8 *bytes, gsize size)
{
  tai_emulator_line_write (self->line, bytes, size);
}

static void
write_twice (TaiSdtEmulator *self, const guint8 *bytes, gsize size)
{
  g_autoptr (GByteArray) both = g_byte_array_new ();

  g_byte_array_append (both, bytes, (guint)size);
  g_byte_array_append (both, bytes, (guint)size);
  write_bytes (self, both->data, both->len);
}

static void
write_frame (TaiSdtEmulator *self, const guint8 *frame, gsize size)
{
  static const guint8 noise[] = {0x00, 0xFF, 0x69, 0xAA, 0xAA, 0x96, 0xAA, 0xAA, 0xAA, 0xAA, 0x69};
  gboolean noisy = bite (self, FAULT_NOISE);

  if (noisy)
    write_bytes (self, noise, sizeof noise);
  if (bite (self, FAULT_GARBAGE)) {
    for (int i = 0; i < 6; i++)
      write_bytes (self, noise, sizeof noise);
    return;
  }
  if (bite (self, FAULT_SPLIT))
    tai_emulator_line_write_split (self->line, frame, size);
  else if (bite (self, FAULT_DOUBLE))
    write_twice (self, frame, size);
  else
    write_bytes (self, frame, size);
  if (noisy)
    write_bytes (self, noise, sizeof noise);
}

static void
reply (TaiSdtEmulator *self, TaiSdtStatus status, const guint8 *data, gsize size)
{
  guint8 body[64] = {0, 0, (guint8)status};
  guint8 frame[sizeof body + 8];

  g_assert (size <= sizeof body - 3);
  if (size > 0)
    memcpy (body + 3, data, size);
  write_frame (self, frame, tai_sdt_frame_build (body, 3 + size, frame));
}

static void
reply_card (TaiSdtEmulator *self, gboolean with_fingerprint)
{
  guint8 body[3 + 6 + sizeof (TaiSdtCard)] = {
      0, 0, TAI_SDT_OK, sizeof self->card.text >> 8, 0, sizeof self->card.photo >> 8, 0};
  gsize head = with_fingerprint ? 9 : 7; /* a third length: no fingerprints on this card */
  guint8 frame[sizeof body + 8];

  memcpy (body + head, self->card.text, sizeof self->card.text);
  memcpy (body + head + sizeof self->card.text, self->card.photo, sizeof self->card.photo);
  gsize size = tai_sdt_frame_build (body, head + sizeof (TaiSdtCard), frame);
  if (bite (self, FAULT_BAD_CHECKSUM))
    frame[size - 1] ^= 0x5A;
  if (bite (self, FAULT_LONG_LENGTH))
    frame[TAI_SDT_PREAMBLE_SIZE] = 0x20;
  if (!bite (self, FAULT_UNPLUG)) {
    write_frame (self, frame, size);
    return;
  }
  write_bytes (self, frame, size / 2);
  unplug (self);
}

static void
lose_card (TaiSdtEmulator *self, TaiSdtStatus status)
{
  self->field = FIELD_EMPTY;
  reply (self, status, NULL, 0);
}

static void
do_find (TaiSdtEmulator *self)
{
  static const guint8 found[4] = {0};
  gboolean away = self->field == FIELD_EMPTY || self->field == FIELD_DONE;

  if (away && self->n_cards > 0 && self->missed)
    put_next_card (self);
  else if (away) {
    self->missed = TRUE;
    reply (self, TAI_SDT_NO_CARD, NULL, 0);
    return;
  }
  self->field = FIELD_FOUND;
  reply (self, TAI_SDT_FOUND, found, sizeof found);
}

static void
do_select (TaiSdtEmulator *self)
{
  static const guint8 serial[8] = {0};
  gboolean was_found = self->field == FIELD_FOUND;

  if (was_found)
    self->field = FIELD_CARD;
  if (was_found && bite (self, FAULT_PULLED_SELECT))
    lose_card (self, TAI_SDT_SELECT_FAILED);
  else if (!was_found || bite (self, FAULT_TWO_CARDS))
    reply (self, TAI_SDT_SELECT_FAILED, NULL, 0);
  else if (bite (self, FAULT_REFUSED))
    reply (self, TAI_SDT_WRONG_CARD, NULL, 0);
  else {
    self->field = FIELD_SELECTED;
    reply (self, TAI_SDT_OK, serial, sizeof serial);
  }
}

static void
do_read (TaiSdtEmulator *self, gboolean with_fingerprint)
{
  gboolean was_selected = self->field == FIELD_SELECTED;

  if (was_selected)
    self->field = FIELD_CARD;
  if (was_selected && bite (self, FAULT_PULLED))
    lose_card (self, TAI_SDT_READ_FAILED);
  else if (!was_selected || bite (self, FAULT_READ_FAILED))
    reply (self, TAI_SDT_READ_FAILED, NULL, 0);
  else {
    self->field = FIELD_DONE;
    reply_card (self, with_fingerprint);
  }
}

/* Answers at the old speed, then changes. */
static void
do_baud (TaiSdtEmulator *self, guint index)
{
  gboolean known = index < G_N_ELEMENTS (bauds);

  reply (self, known ? TAI_SDT_OK : TAI_SDT_BAD_COMMAND, NULL, 0);
  if (known)
    self->baud = bauds[index];
}

static void
obey (TaiSdtEmulator *self, guint command)
{
  static const guint8 serial[16] = {5, 3};

  switch (command) {
  case TAI_SDT_RESET:
  case TAI_SDT_SAM_STATUS:
  case TAI_SDT_MAX_RF:
    reply (self, TAI_SDT_OK, NULL, 0);
    break;
  case TAI_SDT_SAM_ID:
    reply (self, TAI_SDT_OK, serial, sizeof serial);
    break;
  case TAI_SDT_FIND:
    do_find (self);
    break;
  case TAI_SDT_SELECT:
    do_select (self);
    break;
  case TAI_SDT_READ:
  case TAI_SDT_READ_FINGERPRINT:
    do_read (self, command == TAI_SDT_READ_FINGERPRINT);
    break;
  case TAI_SDT_READ_ADDRESS:
    reply (self, TAI_SDT_NO_DATA, NULL, 0);
    break;
  default:
    if ((command & 0xFF00) == TAI_SDT_BAUD)
      do_baud (self, command & 0xFF);
    else
      reply (self, TAI_SDT_BAD_COMMAND, NULL, 0);
  }
}

static void
answer (TaiSdtEmulator *self, TaiSdtParse parse, const guint8 *body)
{
  if (bite (self, FAULT_SILENCE))
    return;
  if (parse == TAI_SDT_PARSE_CHECKSUM)
    reply (self, TAI_SDT_CHECKSUM, NULL, 0);
  else if (parse == TAI_SDT_PARSE_LENGTH)
    reply (self, TAI_SDT_LENGTH, NULL, 0);
  else if (bite (self, FAULT_SAM_UNAUTHORISED))
    reply (self, TAI_SDT_SAM_UNAUTHORISED, NULL, 0);
  else if (bite (self, FAULT_SELF_TEST))
    reply (self, TAI_SDT_SELF_TEST, NULL, 0);
  else
    obey (self, (guint)(body[0] << 8 | body[1]));
}

/* Takes what the driver sent. At another speed a reader sees no frame in it, and does not answer. */
static gboolean
serve (TaiSdtEmulator *self, GError **error)
{
  gsize room, size;
  guint8 *bytes = tai_sdt_parser_room (&self->parser, &room);
  const guint8 *body;
  TaiSdtParse parse;
  gssize n = tai_emulator_line_read (self->line, bytes, room, error);

  if (n < 0)
    return FALSE;
  if (n == 0 || tai_emulator_line_get_baud (self->line) != self->baud)
    return TRUE;
  tai_sdt_parser_add (&self->parser, (gsize)n);
  while ((parse = tai_sdt_parser_next (&self->parser, &body, &size)) != TAI_SDT_PARSE_MORE)
    answer (self, parse, body);
  return TRUE;
}

gboolean
tai_sdt_emulator_run (TaiSdtEmulator *self, TaiEmulatorControl *control, TaiEmulatorRefusedFunc refused,
                      GCancellable *cancellable, GError **error)
{
  while (!self->quit) {
    g_autoptr (GPtrArray) lines = NULL;
    gboolean ready;
    int fd = tai_emulator_line_get_fd (self->line);
    if (!tai_emulator_control_wait (control, fd, -1, cancellable, &lines, &ready, error))
      return FALSE;
    for (guint i = 0; i < lines->len; i++) {
      g_autoptr (GError) refusal = NULL;
      if (!tai_sdt_emulator_command (self, lines->pdata[i], &refusal) && refused != NULL)
        refused (refusal);
    }
    if (ready && tai_emulator_line_is_plugged (self->line) && !serve (self, error))
      return FALSE;
  }
  return TRUE;
}
