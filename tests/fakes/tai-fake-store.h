/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-store-port.h"

G_BEGIN_DECLS

/**
 * TaiFakeStore: the part of a terminal's memory that the sync engine sees, in memory: outbox, order states, settings, journal
 * kinds. Checks every edge as the real store does. Not for money, shifts or stock. One thread.
 */
#define TAI_TYPE_FAKE_STORE (tai_fake_store_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeStore, tai_fake_store, TAI, FAKE_STORE, GObject)

TaiFakeStore *tai_fake_store_new (void);
/* The next @n writing calls fail as a full disk does. */
void tai_fake_store_fail (TaiFakeStore *self, guint n);
/* Of all: writing calls. */
guint tai_fake_store_get_n_commits (TaiFakeStore *self);
/* A paid order and its message into the outbox; returns its key and id. */
TaiUuid tai_fake_store_add_sale (TaiFakeStore *self, const char *path, gint64 now_us);
TaiMessageState tai_fake_store_get_state (TaiFakeStore *self, const char *key);
void tai_fake_store_set_state (TaiFakeStore *self, const char *key, TaiMessageState state);
TaiOrderState tai_fake_store_get_order_state (TaiFakeStore *self, const char *id);
/* The message waits until @other is acknowledged. */
void tai_fake_store_set_depends_on (TaiFakeStore *self, const char *key, const TaiUuid *other);
const char *tai_fake_store_get_error (TaiFakeStore *self, const char *key); /* (nullable) */
gint32 tai_fake_store_get_attempts (TaiFakeStore *self, const char *key);
gboolean tai_fake_store_has_body (TaiFakeStore *self, const char *key);
guint tai_fake_store_count (TaiFakeStore *self, TaiMessageState state);
/* Journal entries of a kind. */
guint tai_fake_store_count_journal (TaiFakeStore *self, const char *kind);
/* Moves of orders that were written, all in all. */
guint tai_fake_store_get_n_moves (TaiFakeStore *self);

G_END_DECLS
