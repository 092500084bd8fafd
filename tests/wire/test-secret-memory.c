/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory for secrets: used again when it is small, wiped when it is given back, and no more than a few blocks are kept. */
#include "tai-secret-memory.h"

#include <sodium.h>
#include <string.h>

#define N_BLOCKS (TAI_SECRET_N_IDLE + 5)

static gboolean
is_zero (const guint8 *memory, gsize size)
{
  for (gsize i = 0; i < size; i++)
    if (memory[i] != 0)
      return FALSE;
  return TRUE;
}

/* The last that was given back is the next that is given out: what was written into it is gone. */
static void
test_reuse (void)
{
  guint8 *first = tai_secret_memory_new (TAI_SECRET_SLOT), *second;

  memset (first, 0xA5, TAI_SECRET_SLOT);
  tai_secret_memory_free (first);
  second = tai_secret_memory_new (TAI_SECRET_SLOT);
  g_assert_true (second == first);
  g_assert_true (is_zero (second, TAI_SECRET_SLOT));
  tai_secret_memory_free (second);
}

/* A short secret leaves nothing for the long one that has its place afterwards. */
static void
test_sizes (void)
{
  guint8 *shorter = tai_secret_memory_new (11), *longer;

  memcpy (shorter, "13900000000", 11);
  tai_secret_memory_free (shorter);
  longer = tai_secret_memory_new (TAI_SECRET_SLOT);
  g_assert_true (longer == shorter);
  g_assert_true (is_zero (longer, 11));
  memset (longer, 0x5A, TAI_SECRET_SLOT); /* all of it is the caller's */
  tai_secret_memory_free (longer);
  longer = tai_secret_memory_new (TAI_SECRET_SLOT);
  g_assert_true (is_zero (longer, TAI_SECRET_SLOT));
  tai_secret_memory_free (longer);
}

/* A large one gets memory of its own, whole, and leaves the kept ones alone. */
static void
test_large (void)
{
  guint8 *small = tai_secret_memory_new (1), *large;

  tai_secret_memory_free (small);
  for (gsize size = TAI_SECRET_SLOT + 1; size <= TAI_SECRET_SLOT * 17; size += TAI_SECRET_SLOT) {
    large = tai_secret_memory_new (size);
    g_assert_true (large != small);
    memset (large, 0xFF, size);
    g_assert_cmpuint (large[size - 1], ==, 0xFF);
    tai_secret_memory_free (large);
  }
  g_assert_true (tai_secret_memory_new (1) == small); /* it was not a large one that was kept */
  tai_secret_memory_free (small);
}

/* More than are kept: the first sixteen that came back are given out again, the last first; the others went back to the system. */
static void
test_many (void)
{
  guint8 *blocks[N_BLOCKS], *again[TAI_SECRET_N_IDLE];

  for (guint i = 0; i < N_BLOCKS; i++) {
    blocks[i] = tai_secret_memory_new (64);
    memset (blocks[i], (int)i + 1, 64);
    for (guint k = 0; k < i; k++)
      g_assert_true (blocks[k] != blocks[i]);
  }
  for (guint i = 0; i < N_BLOCKS; i++) {
    g_assert_cmpuint (blocks[i][63], ==, i + 1); /* nobody else wrote there */
    tai_secret_memory_free (blocks[i]);
  }
  for (guint i = 0; i < TAI_SECRET_N_IDLE; i++) {
    again[i] = tai_secret_memory_new (64);
    g_assert_true (again[i] == blocks[TAI_SECRET_N_IDLE - 1 - i]);
    g_assert_true (is_zero (again[i], 64));
  }
  for (guint i = 0; i < TAI_SECRET_N_IDLE; i++)
    tai_secret_memory_free (again[i]);
  tai_secret_memory_free (NULL);
}

static gpointer
use_cb (gpointer data)
{
  for (guint i = 0; i < 2000; i++) {
    gsize size = 1 + i % TAI_SECRET_SLOT;
    guint8 *memory = tai_secret_memory_new (size);
    memset (memory, GPOINTER_TO_INT (data), size);
    for (gsize k = 0; k < size; k++)
      g_assert_cmpuint (memory[k], ==, GPOINTER_TO_INT (data));
    tai_secret_memory_free (memory);
  }
  return NULL;
}

/* No two threads ever have the same block. */
static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("secrets", use_cb, GINT_TO_POINTER ((int)i + 1));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/wire/secret-memory/reuse", test_reuse);
  g_test_add_func ("/wire/secret-memory/sizes", test_sizes);
  g_test_add_func ("/wire/secret-memory/large", test_large);
  g_test_add_func ("/wire/secret-memory/many", test_many);
  g_test_add_func ("/wire/secret-memory/threads", test_threads);
  return g_test_run ();
}
