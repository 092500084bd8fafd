/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command box: every way to name a business, the order of what is found, what a text is by itself, and that nothing
 * typed can break it. The readings are a handful made up here; tests/app has the real ones over all businesses.
 */
#include "tai-finder.h"

#include <string.h>

#include "tai-operation.h"

static const struct {
  const char *han, *readings;
} readings[] = {
    {"开", "kai"},      {"户", "hu"},          {"护", "hu"},    {"会", "hui kuai"}, {"凯", "kai"},
    {"客", "ke"},       {"资", "zi"},          {"料", "liao"},  {"变", "bian"},     {"更", "geng"},
    {"停", "ting"},     {"机", "ji"},          {"保", "bao"},   {"号", "hao"},      {"套", "tao"},
    {"餐", "can"},      {"畅", "chang"},       {"享", "xiang"}, {"银", "yin"},      {"行", "xing hang"},
    {"卡", "ka qia"},   {"重", "zhong chong"}, {"置", "zhi"},   {"密", "mi"},       {"码", "ma"},
    {"扎", "zha za"},   {"账", "zhang"},       {"绿", "lv"},    {"色", "se"},       {"通", "tong"},
    {"道", "dao"},      {"同", "tong"},        {"步", "bu"},    {"免", "mian"},     {"填", "tian"},
    {"单", "dan shan"},
};

static char **
fake_pinyin (gunichar han, gpointer data)
{
  guint *calls = data;

  if (calls != NULL)
    ++*calls;
  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    if (g_utf8_get_char (readings[i].han) == han)
      return g_strsplit (readings[i].readings, " ", -1);
  return NULL;
}

static const TaiFinderEntry entries[] = {
    {TAI_FINDER_OPERATION, "new_line", "开户", "New line", "kh", "1104", NULL,
     (const char *const[]){"免填单", "rw", NULL}, 300},
    {TAI_FINDER_OPERATION, "change_details", "客户资料变更", "Change of details", "khzlbg", NULL, NULL, NULL,
     300},
    {TAI_FINDER_OPERATION, "suspend", "停机保号", "Suspension", "tjbh", "1213", NULL, NULL, 300},
    {TAI_FINDER_OPERATION, "plan_change", "套餐变更", "Plan change", "tcbg", "1270", NULL, NULL, 300},
    {TAI_FINDER_OPERATION, "password", "密码重置", "Service password reset", NULL, NULL, NULL, NULL, 300},
    {TAI_FINDER_PAGE, "close_till", "扎账", NULL, NULL, NULL, NULL, NULL, 200},
    {TAI_FINDER_PAGE, "bank", "银行卡", NULL, NULL, NULL, NULL, NULL, 200},
    {TAI_FINDER_PAGE, "green", "绿色通道", "Green channel", NULL, NULL, NULL, NULL, 200},
    {TAI_FINDER_PAGE, "sync", "同步", "Sync", NULL, NULL, NULL, NULL, 200},
    {TAI_FINDER_OFFERING, "plan-39", "畅享39", "Easy 39", "plan-39", NULL, "套餐", NULL, 100},
    {TAI_FINDER_OFFERING, "plan-59", "畅享59", "Easy 59", "plan-59", NULL, "套餐", NULL, 100},
    {TAI_FINDER_OFFERING, "plan-159", "畅享5G 159", "Easy 5G 159", "plan-159", NULL, "套餐", NULL, 100},
    {TAI_FINDER_OFFERING, "sim", "SIM卡", NULL, "sim-fee", NULL, NULL, NULL, 0},
};

static TaiFinder *
make (void)
{
  TaiFinder *finder = tai_finder_new (fake_pinyin, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    tai_finder_add (finder, &entries[i]);
  return finder;
}

/* "id/rank id/rank …", entries only. (transfer full) */
static char *
search (TaiFinder *finder, const char *text, gboolean with_rank)
{
  g_autoptr (GPtrArray) hits = tai_finder_search (finder, text, G_MAXUINT);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++) {
    const TaiFinderHit *hit = g_ptr_array_index (hits, i);

    if (hit->entry == NULL)
      continue;
    g_assert_cmpint (hit->rank, ==, hit->score / 2);
    g_assert_null (hit->value);
    g_string_append_printf (all, "%s%s", all->len > 0 ? " " : "", hit->entry->id);
    if (with_rank)
      g_string_append_printf (all, "/%d%s", hit->rank, hit->score % 2 == 1 ? "+" : "");
  }
  return g_string_free (all, FALSE);
}

static void
assert_found (TaiFinder *finder, const char *text, const char *expected)
{
  g_autofree char *found = search (finder, text, FALSE);

  if (strcmp (found, expected) != 0)
    g_error ("\"%s\" found \"%s\", not \"%s\"", text, found, expected);
}

static void
assert_first (TaiFinder *finder, const char *text, const char *id, TaiFinderRank rank)
{
  g_autoptr (GPtrArray) hits = tai_finder_search (finder, text, 10);
  const TaiFinderHit *hit = hits->len > 0 ? g_ptr_array_index (hits, 0) : NULL;

  if (hit == NULL || hit->entry == NULL || strcmp (hit->entry->id, id) != 0 || hit->rank != rank)
    g_error ("\"%s\" found %s at rank %d, not %s at %d", text, hit && hit->entry ? hit->entry->id : "nothing",
             hit ? (int)hit->rank : -1, id, rank);
}

static void
test_ranks (void)
{
  static const struct {
    const char *text, *id;
    TaiFinderRank rank;
  } rows[] = {
      {"kh", "new_line", TAI_FINDER_RANK_CODE},
      {"rw", "new_line", TAI_FINDER_RANK_CODE},
      {"1104", "new_line", TAI_FINDER_RANK_NUMBER},
      {"110", "new_line", TAI_FINDER_RANK_INITIALS},
      {"k", "new_line", TAI_FINDER_RANK_INITIALS},
      {"khz", "change_details", TAI_FINDER_RANK_INITIALS},
      {"cx59", "plan-59", TAI_FINDER_RANK_INITIALS},
      {"kaihu", "new_line", TAI_FINDER_RANK_PINYIN},
      {"kai", "new_line", TAI_FINDER_RANK_PINYIN},
      {"kaih", "new_line", TAI_FINDER_RANK_PINYIN},
      {"changxiang59", "plan-59", TAI_FINDER_RANK_PINYIN},
      {"khu", "new_line", TAI_FINDER_RANK_MIXED},
      {"tijbh", "suspend", TAI_FINDER_RANK_MIXED},
      {"开户", "new_line", TAI_FINDER_RANK_TITLE},
      {"开", "new_line", TAI_FINDER_RANK_TITLE},
      {"免填", "new_line", TAI_FINDER_RANK_TITLE},
      {"new l", "new_line", TAI_FINDER_RANK_TITLE},
      {"SIM", "sim", TAI_FINDER_RANK_TITLE},
      {"套餐bg", "plan_change", TAI_FINDER_RANK_TITLE},
      {"保号", "suspend", TAI_FINDER_RANK_INSIDE},
      {"baoh", "suspend", TAI_FINDER_RANK_INSIDE},
      {"bh", "suspend", TAI_FINDER_RANK_INSIDE},
      {"59", "plan-59", TAI_FINDER_RANK_INSIDE},
      {"channel", "green", TAI_FINDER_RANK_INSIDE},
      {"tbh", "suspend", TAI_FINDER_RANK_SUBSEQUENCE},
      {"停号", "suspend", TAI_FINDER_RANK_SUBSEQUENCE},
      {"套餐59", "plan-59", TAI_FINDER_RANK_SUBSEQUENCE},
      {"tc59", "plan-59", TAI_FINDER_RANK_SUBSEQUENCE},
      {"开护", "new_line", TAI_FINDER_RANK_SOUND},
      {"凯护", "new_line", TAI_FINDER_RANK_SOUND},
      {"开会", "new_line", TAI_FINDER_RANK_KEYED},
  };
  g_autoptr (TaiFinder) finder = make ();

  g_assert_cmpuint (tai_finder_get_n_entries (finder), ==, G_N_ELEMENTS (entries));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_first (finder, rows[i].text, rows[i].id, rows[i].rank);
}

static void
test_folding (void)
{
  g_autoptr (TaiFinder) finder = make ();

  assert_first (finder, "KH", "new_line", TAI_FINDER_RANK_CODE);
  assert_first (finder, "ＫＨ", "new_line", TAI_FINDER_RANK_CODE);
  assert_first (finder, "　k h ", "new_line", TAI_FINDER_RANK_CODE);
  assert_first (finder, "kai'hu", "new_line", TAI_FINDER_RANK_PINYIN);
  assert_first (finder, "１１０４", "new_line", TAI_FINDER_RANK_NUMBER);
  assert_first (finder, "扎帐", "close_till", TAI_FINDER_RANK_TITLE);
  assert_first (finder, "扎帳", "close_till", TAI_FINDER_RANK_TITLE);
  assert_first (finder, "扎账", "close_till", TAI_FINDER_RANK_TITLE);
  assert_first (finder, "lvse", "green", TAI_FINDER_RANK_PINYIN);
  assert_first (finder, "lüse", "green", TAI_FINDER_RANK_PINYIN);
  assert_first (finder, "PLAN 59", "plan-59", TAI_FINDER_RANK_TITLE);
  assert_found (finder, "", "");
  assert_found (finder, " -·。", "");
}

/* Every reading finds, and nothing that is none. */
static void
test_polyphones (void)
{
  g_autoptr (TaiFinder) finder = make ();

  assert_first (finder, "yinhang", "bank", TAI_FINDER_RANK_PINYIN);
  assert_first (finder, "yinxing", "bank", TAI_FINDER_RANK_PINYIN);
  assert_first (finder, "yhk", "bank", TAI_FINDER_RANK_INITIALS);
  assert_first (finder, "mimachong", "password", TAI_FINDER_RANK_PINYIN);
  assert_first (finder, "mimazhong", "password", TAI_FINDER_RANK_PINYIN);
  assert_first (finder, "mmcz", "password", TAI_FINDER_RANK_INITIALS);
  assert_first (finder, "mmzz", "password", TAI_FINDER_RANK_INITIALS);
  assert_found (finder, "yinheng", "");
  assert_found (finder, "kaihx", "");
}

/* A digit or letter in the middle of a word is no beginning: 9 is not 59, 59 is not 159. */
static void
test_words (void)
{
  g_autoptr (TaiFinder) finder = make ();

  assert_found (finder, "59", "plan-59");
  assert_found (finder, "159", "plan-159");
  assert_found (finder, "9", "");
  assert_found (finder, "5g", "plan-159");
  assert_found (finder, "套餐59", "plan-59");
  assert_found (finder, "assword", "");
  assert_found (finder, "reset", "password");
}

static void
test_order (void)
{
  static const char *const kh[] = {"kh", NULL};
  static const TaiFinderEntry more[] = {
      {TAI_FINDER_PAGE, "light", "开户", NULL, NULL, NULL, NULL, NULL, 1},
      {TAI_FINDER_PAGE, "late", "开户", NULL, NULL, NULL, NULL, NULL, 300},
      {TAI_FINDER_PAGE, "long", "开户资料", NULL, NULL, NULL, NULL, NULL, 900},
      {TAI_FINDER_OFFERING, "same-code", "畅享", NULL, "kh", NULL, NULL, NULL, 0},
      {TAI_FINDER_OFFERING, "alias", "畅享", NULL, NULL, NULL, NULL, kh, 999},
  };
  g_autoptr (TaiFinder) finder = make ();
  g_autofree char *all = NULL, *named = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    tai_finder_add (finder, &more[i]);
  /* all of a title before the beginning of one, then weight, then who came first */
  named = search (finder, "开户", TRUE);
  g_assert_cmpstr (named, ==, "new_line/6+ late/6+ light/6+ long/6 alias/2 change_details/2");
  all = search (finder, "kh", TRUE);
  g_assert_cmpstr (all, ==, "new_line/11+ alias/11 late/9+ light/9+ long/9 change_details/9 same-code/6+");
  /* the word of a kind stands behind what has the word in its name */
  assert_found (finder, "套餐", "plan_change plan-39 plan-59 plan-159");
  assert_found (finder, "tc", "plan_change plan-39 plan-59 plan-159");
}

static void
test_limit (void)
{
  g_autoptr (TaiFinder) finder = tai_finder_new (fake_pinyin, NULL);

  for (int i = 0; i < 500; i++) {
    g_autofree char *id = g_strdup_printf ("%d", i);
    TaiFinderEntry entry = {TAI_FINDER_OFFERING, id, "畅享", .weight = i % 7};

    tai_finder_add (finder, &entry);
  }
  for (guint limit = 0; limit < 130; limit += 13) {
    g_autoptr (GPtrArray) hits = tai_finder_search (finder, "cx", limit);

    g_assert_cmpuint (hits->len, ==, limit);
    /* weights 6, in the order they came, then 5 */
    for (guint i = 0; i < limit; i++) {
      const TaiFinderHit *hit = g_ptr_array_index (hits, i);
      g_autofree char *id = g_strdup_printf ("%u", i < 71 ? 6 + 7 * i : 5 + 7 * (i - 71));

      g_assert_cmpstr (hit->entry->id, ==, id);
    }
  }
}

static void
test_values (void)
{
  static const struct {
    const char *text;
    TaiFinderKind kind;
    const char *value;
    gboolean is_suspicious;
  } rows[] = {
      {"13800138000", TAI_FINDER_NUMBER, "13800138000"},
      {"138 0013 8000", TAI_FINDER_NUMBER, "13800138000"},
      {"+86 138-0013-8000", TAI_FINDER_NUMBER, "13800138000"},
      {"8613800138000", TAI_FINDER_NUMBER, "13800138000"},
      {"１３８００１３８０００", TAI_FINDER_NUMBER, "13800138000"},
      {"89860000000000000002", TAI_FINDER_SIM, "89860000000000000002", TRUE},
      {"8986000000000000000a", TAI_FINDER_SIM, "8986000000000000000A", TRUE},
      {"490154203237518", TAI_FINDER_DEVICE, "490154203237518"},
      {"h017-t2-a-20261122-0001", TAI_FINDER_RECEIPT, "H017-T2-A-20261122-0001"},
      {"gt1-cz-13800138000-cny50.00-73", TAI_FINDER_PREPARED, "GT1-CZ-13800138000-CNY50.00-73"},
      {"11010519491231002x", TAI_FINDER_CUSTOMER, "11010519491231002X"},
      {"59.5", TAI_FINDER_AMOUNT, "59.5"},
      {"￥ 59", TAI_FINDER_AMOUNT, "59"},
      {"050元", TAI_FINDER_AMOUNT, "50"},
      {"0.05", TAI_FINDER_AMOUNT, "0.05"},
  };
  static const char *const none[] = {
      "12345678901",
      "1380013800",
      "13800138000x",
      "490154203237519",
      "H017-T2-2026-0001",
      "110105194912310021",
      "8886000000000000000",
      "0",
      "0.00",
      "59.",
      "5.999",
      "12345678",
      ".5",
      "1e3",
      "+",
      "元",

      "1380013800\xff",
  };
  g_autoptr (TaiFinder) finder = tai_finder_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) hits = tai_finder_search (finder, rows[i].text, 10);
    const TaiFinderHit *hit;

    g_assert_cmpuint (hits->len, ==, 1);
    hit = g_ptr_array_index (hits, 0);
    g_assert_cmpint (hit->kind, ==, rows[i].kind);
    g_assert_cmpstr (hit->value, ==, rows[i].value);
    g_assert_cmpint (hit->is_suspicious, ==, rows[i].is_suspicious);
    g_assert_null (hit->entry);
  }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    g_autoptr (GPtrArray) hits = tai_finder_search (finder, none[i], 10);

    if (hits->len > 0)
      g_error ("\"%s\" was taken for %s", none[i], ((TaiFinderHit *)g_ptr_array_index (hits, 0))->value);
  }
}

/* A plan of 59 stands before the amount of 59; a number of a line before anything that has it in its name. */
static void
test_values_among_entries (void)
{
  g_autoptr (TaiFinder) finder = make ();
  g_autoptr (GPtrArray) plan = tai_finder_search (finder, "59", 10);
  g_autoptr (GPtrArray) cut = tai_finder_search (finder, "59", 1);
  g_autoptr (GPtrArray) line = NULL;
  TaiFinderEntry shop = {TAI_FINDER_PAGE, "shop", "13800138000"};
  const TaiFinderHit *hit;

  g_assert_cmpuint (plan->len, ==, 2);
  hit = g_ptr_array_index (plan, 0);
  g_assert_cmpstr (hit->entry->id, ==, "plan-59");
  hit = g_ptr_array_index (plan, 1);
  g_assert_cmpint (hit->kind, ==, TAI_FINDER_AMOUNT);
  g_assert_cmpuint (cut->len, ==, 1);
  tai_finder_add (finder, &shop);
  line = tai_finder_search (finder, "13800138000", 10);
  hit = g_ptr_array_index (line, 0);
  g_assert_cmpint (hit->kind, ==, TAI_FINDER_NUMBER);
  g_assert_cmpuint (line->len, ==, 2);
}

/* The gate: four letters at most, among ten thousand offerings that are made of the same letters. */
static void
test_every_operation (void)
{
  g_autoptr (TaiFinder) finder = tai_finder_new (fake_pinyin, NULL);
  const TaiOperation *all;
  guint n;

  for (guint i = 0; i < 10000; i++) {
    g_autofree char *id = g_strdup_printf ("of-%u", i);
    char title[5] = "";
    TaiFinderEntry entry = {TAI_FINDER_OFFERING, id, title, .category = "套餐", .weight = 100};

    for (guint k = 0, rest = i; k < 4; k++, rest /= 10)
      title[k] = "bcdfghjktx"[rest % 10];
    tai_finder_add (finder, &entry);
  }
  all = tai_operation_get_all (&n);
  for (guint i = 0; i < n; i++) {
    TaiFinderEntry entry = {TAI_FINDER_OPERATION,    all[i].id,    all[i].id, .code = all[i].code,
                            .number = all[i].number, .weight = 300};

    tai_finder_add (finder, &entry);
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *typed = g_strndup (all[i].code, 4);

    assert_first (finder, typed, all[i].id,
                  strlen (all[i].code) > 4 ? TAI_FINDER_RANK_INITIALS : TAI_FINDER_RANK_CODE);
    if (all[i].number != NULL)
      assert_first (finder, all[i].number, all[i].id, TAI_FINDER_RANK_NUMBER);
  }
}

/* Offerings --------------------------------------------------------------------------------------------------------------- */

static void
test_offering (void)
{
  g_autoptr (TaiFinder) finder = tai_finder_new (fake_pinyin, NULL);
  g_autoptr (TaiOffering) offering = tai_offering_new ("plan-59", TAI_OFFERING_PLAN);

  offering->name = g_strdup ("畅享59");
  offering->name_en = g_strdup ("Easy 59");
  tai_finder_add_offering (finder, offering, "套餐", 5);
  assert_first (finder, "cx59", "plan-59", TAI_FINDER_RANK_INITIALS);
  assert_first (finder, "plan59", "plan-59", TAI_FINDER_RANK_TITLE);
  assert_first (finder, "easy", "plan-59", TAI_FINDER_RANK_TITLE);
  assert_first (finder, "taocan", "plan-59", TAI_FINDER_RANK_INSIDE);
}

/* A hit that a screen still shows is good when the catalogue, and with it the finder, is a new one. */
static void
test_hits_outlive_finder (void)
{
  TaiFinder *finder = make ();
  g_autoptr (GPtrArray) hits = tai_finder_search (finder, "kh", 3);
  const TaiFinderHit *hit = g_ptr_array_index (hits, 0);

  tai_finder_unref (tai_finder_ref (finder));
  tai_finder_unref (finder);
  g_assert_cmpstr (hit->entry->title, ==, "开户");
  g_assert_cmpstr (hit->entry->aliases[0], ==, "免填单");
}

/* Limits, and what no clerk types ---------------------------------------------------------------------------------------- */

static void
test_long_texts (void)
{
  g_autoptr (TaiFinder) finder = tai_finder_new (fake_pinyin, NULL);
  g_autofree char *bare = g_strnfill (200, 'a');
  g_autoptr (GString) han = g_string_new (NULL);
  TaiFinderEntry latin = {TAI_FINDER_PAGE, "latin", bare}, long_one = {TAI_FINDER_PAGE, "han", ""};

  for (int i = 0; i < 63; i++)
    g_string_append (han, "开");
  g_string_append (han, "户保"); /* units 64 and 65 */
  long_one.title = han->str;
  tai_finder_add (finder, &latin);
  tai_finder_add (finder, &long_one);
  assert_found (finder, "kh", "han");
  assert_found (finder, "开户", "han");
  assert_found (finder, "kaihu", "han");
  assert_found (finder, "保", "");
  bare[48] = '\0';
  assert_found (finder, bare, "latin");
  bare[48] = 'a';
  assert_found (finder, bare, ""); /* of 200 characters */
}

/* Readings that make no sense are passed over, more than a character can have are cut. */
static char **
odd_pinyin (gunichar han, gpointer data)
{
  if (han == g_utf8_get_char ("空"))
    return g_new0 (char *, 1);
  return g_strsplit (",A1,hang,x y,b,c,d,e,f,g,h,i", ",", -1);
}

static void
test_odd_readings (void)
{
  g_autoptr (TaiFinder) finder = tai_finder_new (odd_pinyin, NULL);
  g_autoptr (TaiFinder) bare = tai_finder_new (NULL, NULL);
  TaiFinderEntry entry = {TAI_FINDER_PAGE, "x", "银空"};

  tai_finder_add (finder, &entry);
  assert_found (finder, "hang", "x");
  assert_found (finder, "h空", "x");
  assert_found (finder, "i", "");
  assert_found (finder, "a1", "");
  tai_finder_add (bare, &entry);
  assert_found (bare, "银", "x");
  assert_found (bare, "hang", "");
}

/* What is asked of the readings: each character once while adding, and only unknown ones while searching. */
static void
test_readings_are_remembered (void)
{
  guint calls = 0;
  g_autoptr (TaiFinder) finder = tai_finder_new (fake_pinyin, &calls);
  TaiFinderEntry entry = {TAI_FINDER_PAGE, "x", "开户开户"};

  tai_finder_add (finder, &entry);
  tai_finder_add (finder, &entry);
  g_assert_cmpuint (calls, ==, 2);
  assert_found (finder, "开户", "x x");
  g_assert_cmpuint (calls, ==, 2);
  assert_found (finder, "凯户", "x x");
  g_assert_cmpuint (calls, ==, 3);
}

static char *
make_noise (void)
{
  static const char *const pieces[] = {"k",  "h",        "kai", "hu",   "开", "户", "机", "套餐", "59",
                                       "1",  "0",        "t",   "bh",   " ",  "'",  "帐", "银",   "\xff\xfe",
                                       "Ａ", "\xe5\xbc", "é",   "-",    "𠮷", "ü",  "c",  "x",    "A̐",
                                       "ʼ",  "元",       ".",   "🙂", "Ⅷ",  "ǆ"};
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (0, 24);

  for (int i = 0; i < n; i++) {
    if (g_test_rand_int_range (0, 8) == 0) {
      gunichar any = (gunichar)g_test_rand_int_range (1, 0x110000);

      g_string_append_unichar (text, g_unichar_validate (any) ? any : 0xfffd);
    } else {
      g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
    }
  }
  return g_string_free (text, FALSE);
}

/* Entries of noise, asked in noise: it ends, in order, and the same for the same question. */
static void
test_noise (void)
{
  g_autoptr (TaiFinder) finder = make ();

  for (int i = 0; i < 300; i++) {
    g_autofree char *title = make_noise (), *code = make_noise (), *alias = make_noise ();
    TaiFinderEntry entry = {TAI_FINDER_OFFERING,
                            "noise",
                            title,
                            alias,
                            code,
                            code,
                            alias,
                            (const char *const[]){alias, title, NULL}};

    tai_finder_add (finder, &entry);
  }
  for (int i = 0; i < 3000; i++) {
    g_autofree char *text = make_noise ();
    guint limit = (guint)g_test_rand_int_range (0, 40);
    g_autoptr (GPtrArray) hits = tai_finder_search (finder, text, limit);
    g_autoptr (GPtrArray) all = tai_finder_search (finder, text, G_MAXUINT);

    g_assert_cmpuint (hits->len, ==, MIN (limit, all->len));
    for (guint k = 0; k < hits->len; k++) {
      const TaiFinderHit *cut = g_ptr_array_index (hits, k), *full = g_ptr_array_index (all, k);

      g_assert_true (cut->entry == full->entry);
      g_assert_cmpstr (cut->value, ==, full->value);
      g_assert_true (k == 0 || cut->score <= ((TaiFinderHit *)g_ptr_array_index (hits, k - 1))->score);
    }
  }
}

static GHashTable *
find_all (TaiFinder *finder, const char *text)
{
  g_autoptr (GPtrArray) hits = tai_finder_search (finder, text, G_MAXUINT);
  GHashTable *found = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < hits->len; i++) {
    const TaiFinderHit *hit = g_ptr_array_index (hits, i);

    if (hit->entry != NULL)
      g_hash_table_add (found, (gpointer)hit->entry);
  }
  return found;
}

/* Nothing but blanks and the like is no question yet. */
static gboolean
asks (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalnum (g_utf8_get_char (text)))
      return TRUE;
  return FALSE;
}

/* Who types on sees entries go, never come. */
static void
test_typing_on_only_narrows (void)
{
  g_autoptr (TaiFinder) finder = make ();

  for (int i = 0; i < 200; i++) {
    g_autofree char *title = make_noise (), *alias = make_noise ();
    TaiFinderEntry entry = {TAI_FINDER_OFFERING, "noise", title, .category = alias,
                            .aliases = (const char *const[]){alias, NULL}};

    tai_finder_add (finder, &entry);
  }
  for (int i = 0; i < 1000; i++) {
    g_autofree char *noise = make_noise ();
    g_autofree char *text = g_utf8_make_valid (noise, -1);
    g_autoptr (GHashTable) longer = NULL;

    for (char *end = text + strlen (text); asks (text); *(end = g_utf8_prev_char (end)) = '\0') {
      g_autoptr (GHashTable) found = NULL;
      GHashTableIter iter;
      gpointer entry;

      found = find_all (finder, text);
      for (g_hash_table_iter_init (&iter, longer ? longer : found);
           g_hash_table_iter_next (&iter, &entry, NULL);)
        if (!g_hash_table_contains (found, entry))
          g_error ("\"%s\" does not find %s, a longer text does", text, ((TaiFinderEntry *)entry)->title);
      g_clear_pointer (&longer, g_hash_table_unref);
      longer = g_steal_pointer (&found);
    }
  }
}

static gpointer
search_much (gpointer data)
{
  for (int i = 0; i < 2000; i++)
    assert_first (data, i % 2 == 0 ? "开护" : "凯护", "new_line", TAI_FINDER_RANK_SOUND);
  return NULL;
}

/* Two threads at once: a sanitizer of threads, or of memory, would see a shared cache. */
static void
test_threads (void)
{
  g_autoptr (TaiFinder) finder = make ();
  GThread *other;

  other = g_thread_new ("search", search_much, finder);
  for (int i = 0; i < 2000; i++)
    assert_first (finder, "凯护", "new_line", TAI_FINDER_RANK_SOUND);
  g_thread_join (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/ranks", test_ranks);
  g_test_add_func ("/finder/folding", test_folding);
  g_test_add_func ("/finder/polyphones", test_polyphones);
  g_test_add_func ("/finder/words", test_words);
  g_test_add_func ("/finder/order", test_order);
  g_test_add_func ("/finder/limit", test_limit);
  g_test_add_func ("/finder/values", test_values);
  g_test_add_func ("/finder/values-among-entries", test_values_among_entries);
  g_test_add_func ("/finder/every-operation", test_every_operation);
  g_test_add_func ("/finder/offering", test_offering);
  g_test_add_func ("/finder/hits-outlive-finder", test_hits_outlive_finder);
  g_test_add_func ("/finder/long-texts", test_long_texts);
  g_test_add_func ("/finder/odd-readings", test_odd_readings);
  g_test_add_func ("/finder/readings-are-remembered", test_readings_are_remembered);
  g_test_add_func ("/finder/noise", test_noise);
  g_test_add_func ("/finder/typing-on-only-narrows", test_typing_on_only_narrows);
  g_test_add_func ("/finder/threads", test_threads);
  return g_test_run ();
}
