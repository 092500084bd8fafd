/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A keystroke in the command box: ten thousand offerings and all businesses, each prefix of what a clerk types, beside a plain
 * g_str_has_prefix over the same titles in the same run. In processor time, so that a busy machine does not count. One frame
 * is 16 667 us.
 */
#include <stdio.h>
#include <time.h>

#include "tai-finder.h"
#include "tai-operation-words.h"
#include "tai-pinyin.h"

#define OFFERINGS 10000
#define LIMIT     10
#define ROUNDS    200

static const char *const heads[] = {"畅享",     "全家享", "5G尊享",   "流量", "视频会员",
                                    "国际漫游", "亲情号", "来电显示", "宽带", "校园"};
static const char *const tails[] = {"套餐",   "月包",   "季包",   "融合", "优惠购机",
                                    "加速包", "安心包", "体验版", "合约", "积分兑换"};
static const char *const typed[] = {
    "k",      "kh",           "kaihu",
    "tjbh",   "tcbg",         "c",
    "cx59",   "changxiang59", "套餐59",
    "59",     "套",           "套餐变更",
    "开护",   "开会",         "liuliang",
    "refund", "13800138000",  "zzzz",
    "yh",     "llyb",         "国际漫游月包59元",
    "x",
};

static TaiFinder *
make (GPtrArray *titles)
{
  TaiFinder *finder = tai_finder_new (tai_pinyin_readings, NULL);

  tai_operation_words_add_to_finder (finder);
  for (guint i = 0; i < OFFERINGS; i++) {
    char *title =
        g_strdup_printf ("%s%u元%s%c", heads[i % 10], 9 + i / 100 * 10, tails[i / 10 % 10], 'A' + i % 26);
    g_autofree char *id = g_strdup_printf ("offer-%05u", i);
    TaiFinderEntry entry = {TAI_FINDER_OFFERING,
                            id,
                            title,
                            "Easy plan",
                            id,
                            .category = "套餐",
                            .weight = TAI_FINDER_WEIGHT_PLAN};

    g_ptr_array_add (titles, title);
    tai_finder_add (finder, &entry);
  }
  return finder;
}

static gint64
get_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

  return left < right ? -1 : left > right;
}

static guint
scan (GPtrArray *titles, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < titles->len; i++)
    n += g_str_has_prefix (titles->pdata[i], text);
  return n;
}

/* Times one text; *@n: what was found. finder NULL: the plain scan. */
static void
measure (TaiFinder *finder, GPtrArray *titles, const char *text, gint64 *median_ns, gint64 *worst_ns,
         guint *n)
{
  gint64 times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++) {
    gint64 start = get_ns ();

    for (guint k = 0; k < 5; k++) {
      g_autoptr (GPtrArray) hits = finder != NULL ? tai_finder_search (finder, text, LIMIT) : NULL;

      *n = hits != NULL ? hits->len : scan (titles, text);
    }
    times[i] = (get_ns () - start) / 5;
  }
  qsort (times, ROUNDS, sizeof times[0], compare);
  *median_ns = times[ROUNDS / 2];
  *worst_ns = times[ROUNDS - 1];
}

int
main (void)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  gint64 start = get_ns (), slowest = 0, slowest_scan = 0;
  g_autoptr (TaiFinder) finder = make (titles);
  g_autofree char *slowest_text = NULL;

  g_print ("building %u entries: %.1f ms\n", tai_finder_get_n_entries (finder),
           (double)(get_ns () - start) / 1e6);
  g_print ("%-28s %10s %10s %6s   %10s %6s\n", "typed", "median us", "worst us", "hits", "scan us", "hits");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    for (const char *end = g_utf8_next_char (typed[i]);; end = g_utf8_next_char (end)) {
      g_autofree char *text = g_strndup (typed[i], (gsize)(end - typed[i]));
      gint64 median, worst, scan_median, scan_worst;
      guint n, n_scan;

      measure (finder, titles, text, &median, &worst, &n);
      measure (NULL, titles, text, &scan_median, &scan_worst, &n_scan);
      if (median > slowest) {
        slowest = median;
        g_free (slowest_text);
        slowest_text = g_strdup (text);
      }
      slowest_scan = MAX (slowest_scan, scan_median);
      if (*end == '\0') {
        g_print ("%-28s %10.1f %10.1f %6u   %10.1f %6u\n", text, median / 1000.0, worst / 1000.0, n,
                 scan_median / 1000.0, n_scan);
        break;
      }
    }
  g_print ("slowest keystroke of all prefixes: \"%s\" %.1f us (plain scan %.1f us, one frame 16667 us)\n",
           slowest_text, slowest / 1000.0, slowest_scan / 1000.0);
  return 0;
}
