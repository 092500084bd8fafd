/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-sim-memory.h"

#include <sqlite3.h>
#include <string.h>

/* Up to SMALL_MAX in steps, then doubled up to LARGE_MAX; what is larger is malloc's own. */
#define STEP      16
#define SMALL_MAX 1024
#define LARGE_MAX 65536
#define N_SMALL   (SMALL_MAX / STEP + 1)
#define N_LARGE   6 /* 2, 4 … 64 KiB */
#define CHUNK     (256 * 1024)

/* Before each block: the bytes it has. While it is free, the next free one of its size stands in it. */
typedef struct {
  gsize size;
} Head;

static gpointer free_blocks[N_SMALL + N_LARGE];
static char *fresh, *fresh_end; /* of a chunk: never used */

static int
round_up (int size)
{
  int rounded = 2 * SMALL_MAX;

  if (size <= SMALL_MAX)
    return MAX ((size + STEP - 1) & ~(STEP - 1), STEP);
  if (size > LARGE_MAX)
    return (size + STEP - 1) / STEP * STEP;
  while (rounded < size)
    rounded *= 2;
  return rounded;
}

/* @size: rounded, at most LARGE_MAX */
static gpointer *
find_list (gsize size)
{
  return &free_blocks[size <= SMALL_MAX ? size / STEP
                                        : N_SMALL - 1 + (gsize)g_bit_nth_msf (size / SMALL_MAX, -1)];
}

static gpointer
make_block (gsize size)
{
  Head *head;

  if (size > LARGE_MAX) {
    head = g_malloc (sizeof *head + size);
  } else {
    if ((gsize)(fresh_end - fresh) < sizeof *head + size) {
      fresh = g_malloc (CHUNK);
      fresh_end = fresh + CHUNK;
    }
    head = (Head *)(gpointer)fresh;
    fresh += sizeof *head + size;
  }
  head->size = size;
  return head + 1;
}

static void *
take (int wanted)
{
  gsize size = (gsize)round_up (wanted);
  gpointer *list = size <= LARGE_MAX ? find_list (size) : NULL;
  gpointer block = list ? *list : NULL;

  if (block == NULL)
    return make_block (size);
  memcpy (list, block, sizeof *list);
  return block;
}

static void
give_back (void *block)
{
  Head *head = (Head *)block - 1;
  gpointer *list;

  if (head->size > LARGE_MAX) {
    g_free (head);
    return;
  }
  list = find_list (head->size);
  memcpy (block, list, sizeof *list);
  *list = block;
}

static int
get_size (void *block)
{
  return block ? (int)((Head *)block - 1)->size : 0;
}

static void *
resize (void *block, int wanted)
{
  gsize old = (gsize)get_size (block), size = (gsize)round_up (wanted);
  gpointer other;

  if (size == old)
    return block;
  other = take (wanted);
  memcpy (other, block, MIN (old, size));
  give_back (block);
  return other;
}

static int
begin (void *data)
{
  return SQLITE_OK;
}

static void
end (void *data)
{
}

void
tai_sim_memory_configure (void)
{
  static const sqlite3_mem_methods methods = {take, give_back, resize, get_size, round_up, begin, end, NULL};

#ifndef __SANITIZE_ADDRESS__
  sqlite3_config (SQLITE_CONFIG_MALLOC, &methods);
#else
  (void)methods;
#endif
}
