/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-json.h"

G_BEGIN_DECLS

/*
 * What can be known of messages without the store: hash and tree of their bytes, which is more work than writing them. A shell
 * lets hq_read() make it on the thread that has received them, while the writer is at others; hq_apply() uses what is there
 * and does the rest itself, so that nothing depends on it. One thread at a time.
 */

/* Trees are taller than their text, and wait for the writer: a message of more values is read when its turn comes. */
#define HQ_READING_VALUES_MAX 2000

typedef struct {
  gboolean is_read;
  TaiDigest sha256;
  TaiJson *head; /* (owned) (nullable) of a pair of a batch */
  TaiJson *
      json; /* (owned) (nullable): none, or it could not be read; whoever needs it reads again and hears why */
} HqReadMessage;

typedef struct _HqReading HqReading;

HqReading *hq_reading_new (void);
void hq_reading_free (HqReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HqReading, hq_reading_free)

/* Takes @head. */
void hq_reading_add (HqReading *self, TaiJson *head, const char *bytes, gsize size);

/* (transfer none) (nullable): it was not read. Whoever uses a tree takes it out, and may leave there what has to be freed. */
HqReadMessage *hq_reading_get (HqReading *self, guint index);

/* (transfer full) (nullable): not within the bounds of reading ahead, or no JSON. */
TaiJson *hq_reading_parse (const char *bytes, gsize size);

G_END_DECLS
