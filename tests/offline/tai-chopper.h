/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiChopper: a TCP proxy on loopback, on a thread of its own, that cuts each connection after a random number of bytes, in
 * either direction: what passed before has arrived, what came after has not.
 */
typedef struct _TaiChopper TaiChopper;

/* @mean_bytes: of a connection's life; 0: never cuts. */
TaiChopper *tai_chopper_new (guint16 to_port, guint32 mean_bytes, guint32 seed);
void tai_chopper_free (TaiChopper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiChopper, tai_chopper_free)
guint16 tai_chopper_get_port (TaiChopper *self);
void tai_chopper_set_mean (TaiChopper *self, guint32 mean_bytes); /* of new connections */
guint tai_chopper_get_n_cuts (TaiChopper *self);

G_END_DECLS
