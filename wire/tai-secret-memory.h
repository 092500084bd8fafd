/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Memory for what must not reach a disk: guarded, locked, wiped when it is given back (sodium_malloc). Making such a page takes
 * the kernel several calls, each of which stops every thread that allocates; so small ones are used again. Any thread.
 */
#define TAI_SECRET_SLOT   4096 /* bytes: an identity is smaller */
#define TAI_SECRET_N_IDLE 16   /* kept */

gpointer tai_secret_memory_new (gsize size); /* never NULL; (transfer full) */
void tai_secret_memory_free (gpointer memory);

G_END_DECLS
