/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a basket costs to rate (goal: below 50 us), and what it takes to put a catalogue of ten thousand offerings in force from its
 * text: parse, check, build (goal: below 300 ms), beside g_str_hash over the same bytes. In processor time of this thread, so that a
 * busy machine does not count; the worst round is told beside the median.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tai-offering-json.h"
#include "tai-rating.h"

#define OFFERINGS 10000
#define ROUNDS    5
#define BASKETS   20000

static gint64
get_ns (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

  return left < right ? -1 : left > right;
}

static void
add_offering (GString *text, guint i)
{
  static const char *const kinds[] = {"plan", "service", "access", "goods"};
  const char *kind = kinds[i % 4];
  gboolean is_goods = i % 4 == 3;

  g_string_append_printf (
      text,
      "%s{\"id\":\"offer-%05u\",\"name\":\"套餐%u\",\"version\":\"1\",\"lifecycleStatus\":\"Active\",\"isSellable\":true,"
      "\"x-guitai\":{\"kind\":\"%s\",\"names\":{\"en\":\"Offer %u\"},\"keyTerms\":\"每月按整月计费，可随时退订。\"},"
      "\"productOfferingPrice\":[{\"id\":\"fee\",\"priceType\":\"%s\",\"price\":{\"unit\":\"CNY\",\"value\":%u.%02u},"
      "\"x-guitai\":{\"firstPeriod\":\"%s\",\"rounding\":\"half_up\"}}]}",
      i > 0 ? "," : "[", i, i, kind, i, is_goods ? "oneTime" : "recurring", 1 + i % 300, i % 100,
      i % 2 ? "half" : "prorata_days");
}

static GBytes *
make_text (void)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < OFFERINGS; i++)
    add_offering (text, i);
  g_string_append (
      text,
      ",{\"id\":\"off\",\"name\":\"七折\",\"x-guitai\":{\"kind\":\"discount\"},\"productOfferingPrice\":[{\"id\":\"rule\","
      "\"priceType\":\"recurring\",\"price\":{\"unit\":\"CNY\",\"value\":0.00},\"x-guitai\":{\"discount\":"
      "{\"kind\":\"percent\",\"percent\":30,\"base\":\"list\",\"months\":6,\"stackOrder\":1}}}]}]");
  return g_string_free_to_bytes (text);
}

static TaiCatalogue *
swap (GBytes *text)
{
  gint64 ns[ROUNDS];
  TaiCatalogue *catalogue = NULL;

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (GError) error = NULL;
    gint64 begin = get_ns ();

    g_clear_pointer (&catalogue, tai_catalogue_unref); /* the old one goes: that is a part of it */
    catalogue = tai_catalogue_from_text (text, "\"1\"", NULL, &error);
    g_assert_no_error (error);
    ns[i] = get_ns () - begin;
  }
  qsort (ns, ROUNDS, sizeof *ns, compare);
  printf ("# catalogue of %u offerings, %" G_GSIZE_FORMAT " bytes: %.1f ms, worst %.1f ms (goal 300)\n",
          OFFERINGS + 1, g_bytes_get_size (text), (double)ns[ROUNDS / 2] / 1e6, (double)ns[ROUNDS - 1] / 1e6);
  return catalogue;
}

/* A ceiling: who reads each byte once and does nothing with it. */
static void
look_at_bytes (GBytes *text)
{
  const char *bytes = g_bytes_get_data (text, NULL);
  volatile guint sum = 0;
  gint64 begin = get_ns ();

  for (gsize i = 0; i < g_bytes_get_size (text); i++)
    sum = sum * 33 + (guint)bytes[i];
  printf ("# reading the same bytes once: %.1f ms\n", (double)(get_ns () - begin) / 1e6);
}

static void
rate (TaiCatalogue *catalogue)
{
  static const TaiBasketLine basket[] = {{"offer-00000", 1, {0, 0}, FALSE}, {"offer-00001", 1, {0, 0}, FALSE},
                                         {"offer-00002", 2, {0, 0}, FALSE}, {"offer-00003", 1, {0, 0}, FALSE},
                                         {"offer-00005", 1, {0, 0}, FALSE}, {"off", 1, {0, 0}, FALSE}};
  const TaiRatingContext context = {
      .day = {2026, 11, 21}, .now_us = 1, .utc_offset_min = 480, .currency = TAI_CNY};
  g_autofree gint64 *ns = g_new (gint64, BASKETS);

  for (guint i = 0; i < BASKETS; i++) {
    g_autoptr (GError) error = NULL;
    gint64 begin = get_ns ();
    TaiBill *bill = tai_rate (catalogue, basket, G_N_ELEMENTS (basket), &context, &error);

    g_assert_no_error (error);
    tai_bill_free (bill);
    ns[i] = get_ns () - begin;
  }
  qsort (ns, BASKETS, sizeof *ns, compare);
  printf ("# a basket of %u with its months: %.1f us, 99 %% below %.1f us (goal 50)\n",
          (guint)G_N_ELEMENTS (basket), (double)ns[BASKETS / 2] / 1e3, (double)ns[BASKETS * 99 / 100] / 1e3);
}

int
main (void)
{
  g_autoptr (GBytes) text = make_text ();
  g_autoptr (TaiCatalogue) catalogue = swap (text);

  look_at_bytes (text);
  rate (catalogue);
  return 0;
}
