/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-id-reader.h"

#include "tai-core-error.h"

typedef struct {
  TaiIdentity *identity; /* (owned) (nullable) */
  GError *error;         /* (owned) (nullable) */
} Answer;

struct _TaiFakeIdReader {
  GObject parent;
  gboolean is_emulated;
  GQueue answers; /* (owned) of (owned) Answer */
};

static void id_reader_init (TaiIdReaderInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakeIdReader, tai_fake_id_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_ID_READER, id_reader_init))

static TaiIdentity *
read_card (TaiIdReader *reader, GCancellable *cancellable, GError **error)
{
  TaiFakeIdReader *self = TAI_FAKE_ID_READER (reader);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  g_autofree Answer *answer = g_queue_pop_head (&self->answers);

  if (answer == NULL)
    g_set_error_literal (error, TAI_CORE_ERROR, TAI_CORE_ERROR_FAILED, "no card on the fake reader");
  else if (answer->error != NULL)
    g_propagate_error (error, answer->error);
  return answer != NULL ? answer->identity : NULL;
}

static gboolean
is_emulated (TaiIdReader *reader)
{
  return TAI_FAKE_ID_READER (reader)->is_emulated;
}

static void
id_reader_init (TaiIdReaderInterface *iface)
{
  iface->read = read_card;
  iface->is_emulated = is_emulated;
}

static void
push (TaiFakeIdReader *self, TaiIdentity *identity, GError *error)
{
  Answer *answer = g_new0 (Answer, 1);

  *answer = (Answer){identity, error};
  g_queue_push_tail (&self->answers, answer);
}

void
tai_fake_id_reader_lay (TaiFakeIdReader *self, TaiIdentity *identity)
{
  push (self, identity, NULL);
}

void
tai_fake_id_reader_fail (TaiFakeIdReader *self, GError *error)
{
  push (self, NULL, error);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  tai_identity_free (answer->identity);
  g_clear_error (&answer->error);
  g_free (answer);
}

static void
finalize (GObject *object)
{
  g_queue_clear_full (&TAI_FAKE_ID_READER (object)->answers, answer_free);
  G_OBJECT_CLASS (tai_fake_id_reader_parent_class)->finalize (object);
}

static void
tai_fake_id_reader_class_init (TaiFakeIdReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tai_fake_id_reader_init (TaiFakeIdReader *self)
{
  g_queue_init (&self->answers);
}

TaiFakeIdReader *
tai_fake_id_reader_new (gboolean is_emulated_)
{
  TaiFakeIdReader *self = g_object_new (TAI_TYPE_FAKE_ID_READER, NULL);

  self->is_emulated = is_emulated_;
  return self;
}
