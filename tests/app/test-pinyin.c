/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command box with the real readings: every business by every way a clerk may type it, through the input method or not,
 * and what the example catalogue sells.
 */
#include "tai-pinyin.h"

#include <string.h>

#include "tai-finder.h"
#include "tai-offering-json.h"
#include "tai-operation-words.h"
#include "tai-operation.h"

#define LETTERS 4

static const TaiFinderEntry pages[] = {
    {TAI_FINDER_PAGE, "form", "业务受理单", "Acceptance form",
     .aliases = (const char *const[]){"免填单", NULL}, .weight = 200},
    {TAI_FINDER_PAGE, "close_till", "日扎账", "Close till", .aliases = (const char *const[]){"扎账", NULL},
     .weight = 200},
    {TAI_FINDER_PAGE, "sync", "同步状态", "Sync", .weight = 200},
    {TAI_FINDER_PAGE, "orders", "查订单", "Orders", .weight = 200},
    {TAI_FINDER_PAGE, "bank", "银行缴款单", "Pay-in slip", .weight = 200},
    {TAI_FINDER_PAGE, "password", "服务密码重置", "Service password reset", .weight = 200},
    {TAI_FINDER_PAGE, "stock", "调拨", "Transfer of stock", .weight = 200},
    {TAI_FINDER_PAGE, "long", "长期未用号码", "Idle numbers", .weight = 200},
};

static TaiCatalogue *
load_catalogue (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "docs", "examples", "catalogue.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  TaiCatalogue *catalogue;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  catalogue = tai_catalogue_from_text (bytes, NULL, NULL, &error);
  g_assert_no_error (error);
  return catalogue;
}

static TaiFinder *
make (void)
{
  TaiFinder *finder = tai_finder_new (tai_pinyin_readings, NULL);
  g_autoptr (TaiCatalogue) catalogue = load_catalogue ();

  for (guint i = 0; i < tai_catalogue_get_n_offerings (catalogue); i++) {
    const TaiOffering *offering = tai_catalogue_get_offering (catalogue, i);
    gboolean is_plan = offering->kind == TAI_OFFERING_PLAN;

    tai_finder_add_offering (finder, offering, is_plan ? "套餐" : NULL, is_plan ? TAI_FINDER_WEIGHT_PLAN : 0);
  }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    tai_finder_add (finder, &pages[i]);
  tai_operation_words_add_to_finder (finder);
  return finder;
}

static void
assert_first (TaiFinder *finder, const char *text, const char *id)
{
  g_autoptr (GPtrArray) hits = tai_finder_search (finder, text, 10);
  const TaiFinderHit *hit = hits->len > 0 ? g_ptr_array_index (hits, 0) : NULL;

  if (hit == NULL || hit->entry == NULL || strcmp (hit->entry->id, id) != 0)
    g_error ("\"%s\" found %s first, not %s", text, hit && hit->entry ? hit->entry->id : "nothing", id);
}

static void
test_readings (void)
{
  static const struct {
    const char *han, *readings;
  } rows[] = {
      {"重", "zhong chong"},   {"置", "zhi"},         {"行", "xing hang heng"},
      {"银", "yin"},           {"长", "zhang chang"}, {"携", "xie"},
      {"单", "dan chan shan"}, {"调", "diao tiao"},   {"卡", "ka qia"},
      {"开", "kai"},           {"户", "hu"},          {"账", "zhang"},
      {"帐", "zhang"},         {"率", "lv shuai"},    {"绿", "lv"},
      {"略", "lve"},           {"还", "hai huan"},    {"扎", "zha za"},
      {"會", "hui"},           {"𠀀", "he"},
  };
  static const gunichar none[] = {'a', '5', 0, 0x3002, 0xac00, 0x1f642, 0x10ffff, G_MAXUINT32};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) found = tai_pinyin_readings (g_utf8_get_char (rows[i].han), NULL);
    g_auto (GStrv) wanted = g_strsplit (rows[i].readings, " ", -1);

    g_assert_nonnull (found);
    for (guint k = 0; wanted[k] != NULL; k++)
      if (!g_strv_contains ((const char *const *)found, wanted[k]))
        g_error ("%s is not read %s", rows[i].han, wanted[k]);
  }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (tai_pinyin_readings (none[i], NULL));
}

/* All of the common block is read, in letters only. */
static void
test_all_readings (void)
{
  guint n = 0;

  for (gunichar han = 0x4e00; han <= 0x9fa5; han++) {
    g_auto (GStrv) found = tai_pinyin_readings (han, NULL);

    for (guint i = 0; found != NULL && found[i] != NULL; i++)
      g_assert_cmpuint (strspn (found[i], "abcdefghijklmnopqrstuvwxyz"), ==, strlen (found[i]));
    n += found != NULL && found[0] != NULL;
  }
  g_assert_cmpuint (n, >, 20800);
}

/* What a clerk types of a Chinese title ---------------------------------------------------------------------------------- */

/* Initials, as many as @most; or all the pinyin. */
static char *
spell (const char *title, guint most, gboolean only_initials)
{
  GString *text = g_string_new (NULL);

  for (guint n = 0; *title != '\0' && n < most; title = g_utf8_next_char (title), n++) {
    g_auto (GStrv) readings = tai_pinyin_readings (g_utf8_get_char (title), NULL);

    if (readings == NULL)
      g_string_append_c (text, g_ascii_tolower (*title));
    else if (only_initials)
      g_string_append_c (text, readings[0][0]);
    else
      g_string_append (text, readings[0]);
  }
  return g_string_free (text, FALSE);
}

/* Another character that is read alike, or the character itself. */
static gunichar
find_alike (gunichar like)
{
  g_auto (GStrv) wanted = tai_pinyin_readings (like, NULL);

  for (gunichar han = 0x4e00; wanted != NULL && han < 0x9fa5; han++) {
    g_auto (GStrv) readings = tai_pinyin_readings (han, NULL);

    if (han != like && readings != NULL && strcmp (readings[0], wanted[0]) == 0)
      return han;
  }
  return like;
}

static char *
write_alike (const char *title)
{
  GString *text = g_string_new (NULL);

  for (; *title != '\0'; title = g_utf8_next_char (title))
    g_string_append_unichar (text, find_alike (g_utf8_get_char (title)));
  return g_string_free (text, FALSE);
}

/* What an input method may make of the letters of a code: some character for each; i, u and v begin none. */
static char *
write_of_initials (const char *code)
{
  GString *text = g_string_new (NULL);

  for (guint n = 0; code[n] != '\0' && n < LETTERS; n++) {
    gunichar chosen = (gunichar)code[n];

    for (gunichar han = 0x8000; chosen < 0x80 && han < 0x9fa5; han++) {
      g_auto (GStrv) readings = tai_pinyin_readings (han, NULL);

      if (readings != NULL && readings[0][0] == code[n])
        chosen = han;
    }
    g_string_append_unichar (text, chosen);
  }
  return g_string_free (text, FALSE);
}

static const char *
find_title (TaiFinder *finder, const char *code)
{
  g_autoptr (GPtrArray) hits = tai_finder_search (finder, code, 1);

  return ((TaiFinderHit *)g_ptr_array_index (hits, 0))->entry->title; /* the finder has it too */
}

/* The gate: four letters and Enter, for all. */
static void
test_every_operation (void)
{
  g_autoptr (TaiFinder) finder = make ();
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++) {
    const char *title = find_title (finder, all[i].code);
    g_autofree char *code = g_strndup (all[i].code, LETTERS);
    g_autofree char *initials = spell (title, LETTERS, TRUE);

    g_test_message ("%s: %s, %s, %s", all[i].id, title, code, initials);
    assert_first (finder, code, all[i].id);
    assert_first (finder, initials, all[i].id);
    assert_first (finder, all[i].code, all[i].id);
    if (all[i].number != NULL)
      assert_first (finder, all[i].number, all[i].id);
  }
}

/* The same through an input method: the right characters, wrong ones of the same sound, any of the same initials. */
static void
test_every_operation_in_chinese (void)
{
  g_autoptr (TaiFinder) finder = make ();
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++) {
    const char *title = find_title (finder, all[i].code);
    g_autofree char *pinyin = spell (title, G_MAXUINT, FALSE);
    g_autofree char *alike = write_alike (title);
    g_autofree char *keyed = write_of_initials (all[i].code);

    g_test_message ("%s: %s, %s, %s, %s", all[i].id, title, pinyin, alike, keyed);
    assert_first (finder, title, all[i].id);
    assert_first (finder, pinyin, all[i].id);
    assert_first (finder, alike, all[i].id);
    assert_first (finder, keyed, all[i].id);
  }
}

static void
test_words_of_the_hall (void)
{
  static const struct {
    const char *text, *id;
  } rows[] = {
      {"免填单", "form"},
      {"mtd", "form"},
      {"mtdan", "form"},
      {"扎帐", "close_till"},
      {"扎账", "close_till"},
      {"zhazhang", "close_till"},
      {"过户", "transfer"},
      {"补卡", "sim_replacement"},
      {"换卡", "sim_replacement"},
      {"hk", "sim_replacement"},
      {"huanka", "sim_replacement"},
      {"充值", "top_up"},
      {"话费充值", "top_up"},
      {"缴费", "bill_payment"},
      {"交费", "bill_payment"},
      {"jiaofei", "bill_payment"},
      {"销户", "close"},
      {"携入", "port_in"},
      {"xieru", "port_in"},
      {"携出", "port_out_code"},
      {"xc", "port_out_code"},
      {"报障", "ticket"},
      {"退订", "service_remove"},
      {"订购", "service_add"},
      {"停机", "suspend"},
      {"报停", "suspend"},
      {"kaihu", "new_line"},
      {"开户", "new_line"},
      {"tjbh", "suspend"},
      {"同步", "sync"},
      {"tbz", "sync"},
      {"cdd", "orders"},
      {"yinhang", "bank"},
      {"yhjkd", "bank"},
      {"mmcz", "password"},
      {"mimachongzhi", "password"},
      {"diaobo", "stock"},
      {"db", "stock"},
      {"changqi", "long"},
      {"refund", "refund"},
      {"top up", "top_up"},
      {"complaint", "complaint"},
      {"esim", "esim"},
      {"开通esim", "esim"},
  };
  g_autoptr (TaiFinder) finder = make ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_first (finder, rows[i].text, rows[i].id);
}

static void
test_example_catalogue (void)
{
  static const struct {
    const char *text, *id;
  } rows[] = {
      {"套餐59", "plan-59"},      {"59", "plan-59"},           {"cx59", "plan-59"},
      {"畅享59", "plan-59"},      {"changxiang59", "plan-59"}, {"tc59", "plan-59"},
      {"畅享", "plan-39"},        {"easy 99", "plan-99"},      {"常想59", "plan-59"},
      {"ldxs", "service-caller"}, {"来电", "service-caller"},  {"caller", "service-caller"},
  };
  g_autoptr (TaiFinder) finder = make ();
  g_autoptr (TaiCatalogue) catalogue = load_catalogue ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_first (finder, rows[i].text, rows[i].id);
  /* whatever is sold is found by its whole name, its pinyin and its initials, if not always first */
  for (guint i = 0; i < tai_catalogue_get_n_offerings (catalogue); i++) {
    const TaiOffering *offering = tai_catalogue_get_offering (catalogue, i);
    g_autofree char *pinyin = spell (offering->name, G_MAXUINT, FALSE);
    g_autofree char *initials = spell (offering->name, G_MAXUINT, TRUE);
    const char *texts[] = {offering->name, pinyin, initials, offering->name_en};

    for (guint k = 0; k < G_N_ELEMENTS (texts); k++) {
      g_autoptr (GPtrArray) hits = tai_finder_search (finder, texts[k], 100);
      gboolean is_found = FALSE;

      for (guint h = 0; h < hits->len; h++) {
        const TaiFinderHit *hit = g_ptr_array_index (hits, h);

        is_found |= hit->entry != NULL && strcmp (hit->entry->id, offering->id) == 0;
      }
      if (!is_found)
        g_error ("\"%s\" does not find %s", texts[k], offering->id);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pinyin/readings", test_readings);
  g_test_add_func ("/pinyin/all-readings", test_all_readings);
  g_test_add_func ("/pinyin/every-operation", test_every_operation);
  g_test_add_func ("/pinyin/every-operation-in-chinese", test_every_operation_in_chinese);
  g_test_add_func ("/pinyin/words-of-the-hall", test_words_of_the_hall);
  g_test_add_func ("/pinyin/example-catalogue", test_example_catalogue);
  return g_test_run ();
}
