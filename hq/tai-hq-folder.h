/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-authority.h"
#include "tai-hq-store.h"

G_BEGIN_DECLS

/**
 * HqFolder: the state of one headquarters on disk: hq.db, box.key and blind.key (0600), the authority's files, lock. One
 * process at a time (flock). Errors: FOLDER, and those of store, authority and keys.
 */
typedef struct {
  char *path;
  int lock_fd;
  HqStore *store;
  HqAuthority *authority;
  TaiSealKey *box_key, *blind_key;
} HqFolder;

/* Makes the folder (0700); it must not hold a headquarters yet. @hosts: (nullable) see hq_authority_create(). */
gboolean hq_folder_create (const char *path, const char *const *hosts, TaiEntropy *entropy, gint64 now_us,
                           GError **error);
HqFolder *hq_folder_open (const char *path, GError **error);
void hq_folder_free (HqFolder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqFolder, hq_folder_free)

/* A new epoch: 16 hex digits. (transfer full) */
char *hq_folder_make_epoch (TaiEntropy *entropy);

/* Copies @backup in as the store; what stood there is kept beside it as hq.db.replaced. The folder must not be open. */
gboolean hq_folder_restore (const char *path, const char *backup, TaiEntropy *entropy, GError **error);

G_END_DECLS
