/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The driver of SDT card readers. What: find, select, read, and a name for all that goes wrong. Why so suspicious: lines lose and
 * add bytes, people pull cards, and a wrong identity is worse than none; an answer counts only if the frame is whole, its
 * checksum right and its lengths exact. Thread: the device's worker. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-sdt-reader.h"

#include "tai-core-error.h"
#include "tai-devices-error.h"
#include "tai-id-card.h"
#include "tai-sdt-frame.h"

#include <string.h>

#define MAX_ATTEMPTS    3  /* of one command, and of one card */
#define MAX_STALE_READS 64 /* a line that never falls silent is noise, not an answer */
#define READ_HEAD       7  /* SW1..3 and two lengths, before text and photo */
#define READ_REPLY      (READ_HEAD + TAI_ID_CARD_TEXT_SIZE + TAI_ID_CARD_PHOTO_SIZE)

static const guint bauds[] = {115200, 57600, 38400, 19200, 9600};

struct _TaiSdtReader {
  GObject parent_instance;
  TaiStream *stream; /* (owned) */
  TaiClock *clock;   /* (owned) */
  TaiSdtTiming timing;
  guint baud;          /* where it answered last */
  gboolean heard;      /* any byte since the stream was opened */
  TaiSdtParser parser; /* (thread: worker) */
};

typedef struct {
  TaiSdtStatus status;
  const guint8 *body; /* in the parser, until the next exchange */
  gsize size;
} Reply;

static void reader_iface_init (TaiIdReaderInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiSdtReader, tai_sdt_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_ID_READER, reader_iface_init))

static gint64
deadline_in (TaiSdtReader *self, int ms)
{
  return tai_clock_monotonic (self->clock) + (gint64)ms * 1000;
}

static int
rest_ms (TaiSdtReader *self, gint64 deadline)
{
  return (int)CLAMP ((deadline - tai_clock_monotonic (self->clock)) / 1000, 0, G_MAXINT);
}

static gboolean
fail (GError **error, TaiDevicesError code, const char *message)
{
  g_set_error_literal (error, TAI_DEVICES_ERROR, (int)code, message);
  return FALSE;
}

/* Reads into the parser. FALSE with the error of io/. */
static gboolean
receive (TaiSdtReader *self, int timeout_ms, GCancellable *cancellable, GError **error)
{
  gsize room;
  guint8 *bytes = tai_sdt_parser_room (&self->parser, &room);
  gssize n = tai_stream_read (self->stream, bytes, room, timeout_ms, cancellable, error);

  if (n < 0)
    return FALSE;
  self->heard = TRUE;
  tai_sdt_parser_add (&self->parser, (gsize)n);
  return TRUE;
}

/* Throws away what comes until the line has been silent for @silence_ms. */
static gboolean
discard (TaiSdtReader *self, int silence_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  for (int i = 0; i < MAX_STALE_READS && receive (self, silence_ms, cancellable, &cause); i++)
    tai_sdt_parser_wipe (&self->parser);
  if (cause == NULL)
    return fail (error, TAI_DEVICES_ERROR_PROTOCOL, "the line never falls silent");
  if (g_error_matches (cause, TAI_IO_ERROR, TAI_IO_ERROR_TIMED_OUT))
    return TRUE;
  tai_devices_propagate_io (error, g_steal_pointer (&cause));
  return FALSE;
}

/* Whatever is still under way may be the rest of a card, from this read or from one before a crash: private until silence. */
static gboolean
settle (TaiSdtReader *self, GCancellable *cancellable, GError **error)
{
  tai_stream_set_private (self->stream, TRUE);
  if (!discard (self, self->timing.settle_ms, cancellable, error))
    return FALSE;
  tai_stream_set_private (self->stream, FALSE);
  return TRUE;
}

static gboolean
send_command (TaiSdtReader *self, TaiSdtCommand command, GCancellable *cancellable, GError **error)
{
  guint8 body[] = {(guint8)(command >> 8), (guint8)command};
  guint8 frame[sizeof body + 8];
  gsize size = tai_sdt_frame_build (body, sizeof body, frame);
  GError *cause = NULL;

  if (tai_stream_write_all (self->stream, frame, size, self->timing.command_ms, cancellable, &cause))
    return TRUE;
  tai_devices_propagate_io (error, cause);
  return FALSE;
}

/* Waits for one frame. CHECKSUM, PROTOCOL and TIMED_OUT leave the line dirty. */
static gboolean
receive_reply (TaiSdtReader *self, int timeout_ms, Reply *reply, GCancellable *cancellable, GError **error)
{
  gint64 deadline = deadline_in (self, timeout_ms);
  GError *cause = NULL;

  while (receive (self, rest_ms (self, deadline), cancellable, &cause))
    switch (tai_sdt_parser_next (&self->parser, &reply->body, &reply->size)) {
    case TAI_SDT_PARSE_MORE:
      break;
    case TAI_SDT_PARSE_CHECKSUM:
      return fail (error, TAI_DEVICES_ERROR_CHECKSUM, "a reply with a wrong checksum");
    case TAI_SDT_PARSE_LENGTH:
      return fail (error, TAI_DEVICES_ERROR_PROTOCOL, "a reply with an impossible length");
    case TAI_SDT_PARSE_FRAME:
      if (reply->body[0] != 0 || reply->body[1] != 0)
        return fail (error, TAI_DEVICES_ERROR_PROTOCOL, "a reply with unknown SW1 SW2");
      reply->status = (TaiSdtStatus)reply->body[2];
      return TRUE;
    }
  tai_devices_propagate_io (error, cause);
  return FALSE;
}

/* One command, one reply. A late reply to an earlier command must not be taken for this one's: the line is emptied first. */
static gboolean
exchange_once (TaiSdtReader *self, TaiSdtCommand command, int timeout_ms, Reply *reply,
               GCancellable *cancellable, GError **error)
{
  tai_sdt_parser_wipe (&self->parser);
  if (!discard (self, 0, cancellable, error) || !send_command (self, command, cancellable, error))
    return FALSE;
  if (command == TAI_SDT_READ)
    tai_stream_set_private (self->stream, TRUE);
  if (!receive_reply (self, timeout_ms, reply, cancellable, error))
    return FALSE;
  if (command == TAI_SDT_READ)
    tai_stream_set_private (self->stream, FALSE);
  return TRUE;
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_CHECKSUM) ||
         g_error_matches (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_PROTOCOL);
}

static gboolean
is_silence (const GError *error)
{
  return g_error_matches (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_TIMED_OUT);
}

/* For commands that may be repeated at will (not READ: the reader gives a card once). Silence is waited for once more only. */
static gboolean
exchange (TaiSdtReader *self, TaiSdtCommand command, Reply *reply, GCancellable *cancellable, GError **error)
{
  for (int attempt = 1;; attempt++) {
    g_autoptr (GError) cause = NULL;
    gboolean done = exchange_once (self, command, self->timing.command_ms, reply, cancellable, &cause);
    gboolean last = attempt == MAX_ATTEMPTS;
    if (done && (reply->status != TAI_SDT_CHECKSUM || last))
      return TRUE;
    if (!done && (last || !(is_damage (cause) || (is_silence (cause) && attempt == 1)))) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
    if (!settle (self, cancellable, error))
      return FALSE;
  }
}

static const struct {
  TaiSdtStatus status;
  TaiDevicesError code;
  const char *message;
} refusals[] = {
    {TAI_SDT_CHECKSUM, TAI_DEVICES_ERROR_CHECKSUM, "the reader got damaged commands (10)"},
    {TAI_SDT_LENGTH, TAI_DEVICES_ERROR_PROTOCOL, "the reader does not like the length (11)"},
    {TAI_SDT_BAD_COMMAND, TAI_DEVICES_ERROR_PROTOCOL, "the reader does not know the command (21)"},
    {TAI_SDT_CARD_REFUSES, TAI_DEVICES_ERROR_CARD_REFUSED, "the card refuses the reader (31)"},
    {TAI_SDT_READER_REFUSES, TAI_DEVICES_ERROR_CARD_REFUSED, "the reader refuses the card (32)"},
    {TAI_SDT_VERIFY, TAI_DEVICES_ERROR_CARD_REFUSED, "verification failed (33)"},
    {TAI_SDT_WRONG_CARD, TAI_DEVICES_ERROR_CARD_REFUSED, "no identity card (40)"},
    {TAI_SDT_RANDOM, TAI_DEVICES_ERROR_CARD_REFUSED, "authentication failed (47)"},
    {TAI_SDT_READ_FAILED, TAI_DEVICES_ERROR_READ_FAILED, "the card cannot be read (41)"},
    {TAI_SDT_SELF_TEST, TAI_DEVICES_ERROR_SELF_TEST, "the reader's self-test failed (60)"},
    {TAI_SDT_SAM_UNAUTHORISED, TAI_DEVICES_ERROR_SAM_UNAUTHORISED,
     "the security module is not authorised (66)"},
    {TAI_SDT_NO_CARD, TAI_DEVICES_ERROR_CARD_PULLED, "the card has gone (80)"},
    {TAI_SDT_SELECT_FAILED, TAI_DEVICES_ERROR_TWO_CARDS, "the card cannot be selected (81)"},
    {TAI_SDT_NO_DATA, TAI_DEVICES_ERROR_CARD_DATA, "the card has no such data (91)"},
};

/* TRUE if @reply has the status that its command has when all is well. */
static gboolean
check_status (const Reply *reply, TaiSdtStatus good, GError **error)
{
  if (reply->status == good)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].status == reply->status)
      return fail (error, refusals[i].code, refusals[i].message);
  g_set_error (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_PROTOCOL, "unexpected SW3 %02X", reply->status);
  return FALSE;
}

/* Is a reader there at this speed? */
static gboolean
probe (TaiSdtReader *self, GCancellable *cancellable, GError **error)
{
  Reply reply;

  return settle (self, cancellable, error) &&
         exchange_once (self, TAI_SDT_SAM_STATUS, self->timing.probe_ms, &reply, cancellable, error) &&
         check_status (&reply, TAI_SDT_OK, error);
}

/* Whether another speed, or one more try, could help. */
static gboolean
is_unheard (const GError *error)
{
  return is_damage (error) || is_silence (error);
}

/* A line without a speed (a reader behind a TCP box) is as good. */
static gboolean
probe_at (TaiSdtReader *self, guint baud, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (!tai_stream_set_baud (self->stream, baud, &cause) &&
      !g_error_matches (cause, TAI_IO_ERROR, TAI_IO_ERROR_NOT_SUPPORTED)) {
    tai_devices_propagate_io (error, g_steal_pointer (&cause));
    return FALSE;
  }
  if (!probe (self, cancellable, error))
    return FALSE;
  self->baud = baud;
  return TRUE;
}

/* The last good speed twice (a reader may have been starting, or in the middle of a frame), then all. */
static gboolean
find_speed (TaiSdtReader *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  for (int i = -2; i < (int)G_N_ELEMENTS (bauds); i++) {
    guint baud = i < 0 ? self->baud : bauds[i];
    if (i >= 0 && baud == self->baud)
      continue;
    g_clear_error (&cause);
    if (probe_at (self, baud, cancellable, &cause))
      return TRUE;
    if (!is_unheard (cause)) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  }
  if (self->heard)
    return fail (error, TAI_DEVICES_ERROR_PROTOCOL,
                 "bytes came, but no answer at any speed: another kind of device?");
  return fail (error, TAI_DEVICES_ERROR_TIMED_OUT, "the reader does not answer at any speed");
}

static gboolean
find_card (TaiSdtReader *self, gboolean *found, GCancellable *cancellable, GError **error)
{
  Reply reply;

  if (!exchange (self, TAI_SDT_FIND, &reply, cancellable, error))
    return FALSE;
  *found = reply.status == TAI_SDT_FOUND;
  return reply.status == TAI_SDT_NO_CARD || check_status (&reply, TAI_SDT_FOUND, error);
}

static gboolean
wait_for_card (TaiSdtReader *self, GCancellable *cancellable, GError **error)
{
  gint64 deadline = deadline_in (self, self->timing.card_ms);
  gboolean found = FALSE;

  while (find_card (self, &found, cancellable, error)) {
    int rest = rest_ms (self, deadline);
    if (found)
      return TRUE;
    if (rest == 0)
      return fail (error, TAI_DEVICES_ERROR_NO_CARD, "no card came");
    if (!discard (self, MIN (rest, self->timing.retry_ms), cancellable, error))
      return FALSE;
  }
  return FALSE;
}

static TaiIdentity *
decode (TaiSdtReader *self, const Reply *reply, GError **error)
{
  static const guint8 lengths[] = {TAI_ID_CARD_TEXT_SIZE >> 8, 0, TAI_ID_CARD_PHOTO_SIZE >> 8, 0};
  const guint8 *text = reply->body + READ_HEAD;

  if (!check_status (reply, TAI_SDT_OK, error))
    return NULL;
  if (reply->size != READ_REPLY || memcmp (reply->body + 3, lengths, sizeof lengths) != 0) {
    fail (error, TAI_DEVICES_ERROR_PROTOCOL, "a card of unexpected lengths");
    return NULL;
  }
  return tai_id_card_decode (
      text, text + TAI_ID_CARD_TEXT_SIZE,
      tai_stream_is_emulated (self->stream) ? TAI_IDENTITY_READ_EMULATED : TAI_IDENTITY_READ, error);
}

static TaiIdentity *
select_and_read (TaiSdtReader *self, GCancellable *cancellable, GError **error)
{
  Reply reply;

  if (!exchange (self, TAI_SDT_SELECT, &reply, cancellable, error) ||
      !check_status (&reply, TAI_SDT_OK, error))
    return NULL;
  if (!exchange_once (self, TAI_SDT_READ, self->timing.command_ms, &reply, cancellable, error))
    return NULL;
  return decode (self, &reply, error);
}

static gboolean
may_be_pulled (const GError *error)
{
  return g_error_matches (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_TWO_CARDS) ||
         g_error_matches (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_READ_FAILED) ||
         g_error_matches (error, TAI_DEVICES_ERROR, TAI_DEVICES_ERROR_CARD_PULLED);
}

/* After a card could not be read: is it still there? If not, says what happened: a person pulled it, or the line damaged the
 * answer and the reader, which thinks that all is done, wants the card to leave first. */
static gboolean
find_again (TaiSdtReader *self, GError *cause, GCancellable *cancellable, GError **error)
{
  gboolean found;

  if (!settle (self, cancellable, error) || !find_card (self, &found, cancellable, error))
    return FALSE;
  if (found)
    return TRUE;
  if (may_be_pulled (cause))
    return fail (error, TAI_DEVICES_ERROR_CARD_PULLED, "the card left before it was read");
  g_propagate_error (error, g_error_copy (cause));
  return FALSE;
}

static TaiIdentity *
read_card (TaiSdtReader *self, GCancellable *cancellable, GError **error)
{
  if (!find_speed (self, cancellable, error) || !wait_for_card (self, cancellable, error))
    return NULL;
  for (int attempt = 1;; attempt++) {
    g_autoptr (GError) cause = NULL;
    TaiIdentity *identity = select_and_read (self, cancellable, &cause);
    if (identity != NULL)
      return identity;
    if (attempt == MAX_ATTEMPTS || !(may_be_pulled (cause) || is_damage (cause))) {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
    if (!find_again (self, cause, cancellable, error))
      return NULL;
  }
}

static TaiIdentity *
tai_sdt_reader_read (TaiIdReader *reader, GCancellable *cancellable, GError **error)
{
  TaiSdtReader *self = TAI_SDT_READER (reader);
  GError *cause = NULL;

  if (!tai_stream_open (self->stream, cancellable, &cause)) {
    tai_devices_propagate_io (error, cause);
    return NULL;
  }
  self->heard = FALSE;
  TaiIdentity *identity = read_card (self, cancellable, error);
  tai_stream_close (self->stream);
  tai_sdt_parser_wipe (&self->parser);
  return identity;
}

static gboolean
tai_sdt_reader_is_emulated (TaiIdReader *reader)
{
  return tai_stream_is_emulated (TAI_SDT_READER (reader)->stream);
}

static void
reader_iface_init (TaiIdReaderInterface *iface)
{
  iface->read = tai_sdt_reader_read;
  iface->is_emulated = tai_sdt_reader_is_emulated;
}

static void
tai_sdt_reader_finalize (GObject *object)
{
  TaiSdtReader *self = TAI_SDT_READER (object);

  g_clear_object (&self->stream);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (tai_sdt_reader_parent_class)->finalize (object);
}

static void
tai_sdt_reader_class_init (TaiSdtReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_sdt_reader_finalize;
}

static void
tai_sdt_reader_init (TaiSdtReader *self)
{
  self->timing = TAI_SDT_TIMING_DEFAULT;
  self->baud = bauds[0];
  tai_sdt_parser_init (&self->parser, 4);
}

TaiSdtReader *
tai_sdt_reader_new (TaiStream *stream, TaiClock *clock)
{
  g_return_val_if_fail (TAI_IS_STREAM (stream) && !tai_stream_is_open (stream), NULL);
  g_return_val_if_fail (TAI_IS_CLOCK (clock), NULL);

  TaiSdtReader *self = g_object_new (TAI_TYPE_SDT_READER, NULL);
  self->stream = g_object_ref (stream);
  self->clock = g_object_ref (clock);
  return self;
}

void
tai_sdt_reader_set_timing (TaiSdtReader *self, TaiSdtTiming timing)
{
  g_return_if_fail (TAI_IS_SDT_READER (self));
  self->timing = timing;
}
