/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-secret-memory.h"

#include <sodium.h>

/* Stands before what the caller gets. */
typedef union {
  gsize size; /* of it */
  gint64 align[2];
} Head;

static GMutex lock;
static gpointer idle[TAI_SECRET_N_IDLE]; /* (owned) the first @n_idle */
static guint n_idle;

static gpointer
take_idle (void)
{
  gpointer memory;

  g_mutex_lock (&lock);
  memory = n_idle > 0 ? idle[--n_idle] : NULL;
  g_mutex_unlock (&lock);
  return memory;
}

static gboolean
keep_idle (gpointer memory)
{
  gboolean is_kept;

  g_mutex_lock (&lock);
  is_kept = n_idle < TAI_SECRET_N_IDLE;
  if (is_kept)
    idle[n_idle++] = memory;
  g_mutex_unlock (&lock);
  return is_kept;
}

gpointer
tai_secret_memory_new (gsize size)
{
  Head *head = size <= TAI_SECRET_SLOT ? take_idle () : NULL;

  if (head == NULL)
    head = sodium_malloc (sizeof (Head) + MAX (size, TAI_SECRET_SLOT));
  g_assert (head != NULL);
  head->size = size;
  return head + 1;
}

void
tai_secret_memory_free (gpointer memory)
{
  Head *head;

  if (memory == NULL)
    return;
  head = (Head *)memory - 1;
  sodium_memzero (memory, head->size);
  if (head->size > TAI_SECRET_SLOT || !keep_idle (head))
    sodium_free (head);
}
