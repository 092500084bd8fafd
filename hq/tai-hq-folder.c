/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of a headquarters: made whole or not at all, opened by one process. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "tai-hq-error.h"
#include "tai-hq-store-sqlite.h"
#include "tai-hq-sum.h"

char *
hq_folder_make_epoch (TaiEntropy *entropy)
{
  guint8 bytes[8];
  GString *text = g_string_new (NULL);
  tai_entropy_fill (entropy, bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

static gboolean
write_key (const char *folder, const char *name, TaiEntropy *entropy, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (TaiSealKey) key = tai_seal_key_new (entropy);
  char *text = tai_seal_key_to_text (key);
  gboolean done = g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
  tai_seal_text_free (text);
  return done;
}

static TaiSealKey *
read_key (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  TaiSealKey *key = tai_seal_key_from_text (g_strchomp (text), error);
  memset (text, 0, size);
  g_free (text);
  return key;
}

/* The database comes last: a folder without it is not a headquarters yet. */
gboolean
hq_folder_create (const char *path, const char *const *hosts, TaiEntropy *entropy, gint64 now_us,
                  GError **error)
{
  g_autofree char *database = g_build_filename (path, "hq.db", NULL);
  g_autofree char *epoch = hq_folder_make_epoch (entropy);
  if (g_mkdir_with_parents (path, 0700) != 0) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FOLDER, "%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  if (g_file_test (database, G_FILE_TEST_EXISTS)) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FOLDER, "%s: there is a headquarters already", path);
    return FALSE;
  }
  if (!hq_authority_create (path, hosts, now_us, error) || !write_key (path, "box.key", entropy, error) ||
      !write_key (path, "blind.key", entropy, error))
    return FALSE;
  g_autoptr (HqStore) store = hq_store_sqlite_new (database, epoch, error);
  return store != NULL;
}

static int
take_lock (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FOLDER, "%s: %s", path,
               errno == EWOULDBLOCK ? "another process has this headquarters open" : g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
open_all (HqFolder *self, GError **error)
{
  g_autofree char *database = g_build_filename (self->path, "hq.db", NULL);
  if (!g_file_test (database, G_FILE_TEST_EXISTS)) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FOLDER, "%s: no headquarters here (guitai-hq init)",
                 self->path);
    return FALSE;
  }
  self->lock_fd = take_lock (self->path, error);
  if (self->lock_fd < 0)
    return FALSE;
  self->authority = hq_authority_open (self->path, error);
  self->box_key = self->authority != NULL ? read_key (self->path, "box.key", error) : NULL;
  self->blind_key = self->box_key != NULL ? read_key (self->path, "blind.key", error) : NULL;
  self->store = self->blind_key != NULL ? hq_store_sqlite_new (database, "", error) : NULL;
  return self->store != NULL;
}

/* A store of a version that knew no sums. */
static gboolean
add_up (HqStore *store, GError **error)
{
  store->klass->begin (store);
  gboolean is_due = hq_sum_is_due (store);
  store->klass->commit (store);
  if (!is_due)
    return TRUE;
  g_message ("what is there is added up for reports, once");
  if (hq_sum_rebuild (store))
    return TRUE;
  g_propagate_error (error, g_error_copy (store->error));
  return FALSE;
}

HqFolder *
hq_folder_open (const char *path, GError **error)
{
  g_autoptr (HqFolder) self = g_new0 (HqFolder, 1);
  self->path = g_strdup (path);
  self->lock_fd = -1;
  if (!open_all (self, error) || !add_up (self->store, error))
    return NULL;
  self->store->secrets = (HqSecrets){.box_key = self->box_key,
                                     .blind_key = self->blind_key,
                                     .ca_pem = hq_authority_get_pem (self->authority),
                                     .sign = hq_authority_sign_cb,
                                     .sign_data = self->authority};
  return g_steal_pointer (&self);
}

void
hq_folder_free (HqFolder *self)
{
  if (self == NULL)
    return;
  hq_store_free (self->store);
  hq_authority_free (self->authority);
  tai_seal_key_free (self->box_key);
  tai_seal_key_free (self->blind_key);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->path);
  g_free (self);
}

static gboolean
move_aside (const char *path, GError **error)
{
  static const char *const endings[] = {"", "-wal", "-shm"};
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *from = g_strconcat (path, endings[i], NULL);
    g_autofree char *to = g_strconcat (path, ".replaced", endings[i], NULL);
    if (g_rename (from, to) != 0 && errno != ENOENT) {
      g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FOLDER, "%s: %s", from, g_strerror (errno));
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
hq_folder_restore (const char *path, const char *backup, TaiEntropy *entropy, GError **error)
{
  g_autofree char *database = g_build_filename (path, "hq.db", NULL);
  g_autofree char *fresh = g_build_filename (path, "hq.db.restored", NULL);
  g_autofree char *epoch = hq_folder_make_epoch (entropy);
  int fd = take_lock (path, error);
  if (fd < 0)
    return FALSE;
  /* the old one stays in its place until the new one is whole */
  gboolean done = (g_remove (fresh) == 0 || errno == ENOENT) &&
                  hq_store_sqlite_restore (backup, fresh, epoch, error) && move_aside (database, error);
  if (done && g_rename (fresh, database) != 0) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_FOLDER, "%s: %s", database, g_strerror (errno));
    done = FALSE;
  }
  close (fd);
  return done;
}
