/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Templates by the real reader: the ones that ship are good; each mistake is refused whole, and all mistakes are told at once.
 */
#include <glib.h>
#include <string.h>

#include "tai-template-text.h"

static char *
read_shipped (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "app", "templates", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

static TaiTemplate *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return tai_template_from_text (bytes, error);
}

static void
test_shipped (void)
{
  static const char *const names[] = {"form", "notice"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *file = g_strconcat (names[i], ".json", NULL), *text = read_shipped (file);
    g_autoptr (GError) error = NULL;
    g_autoptr (TaiTemplate) template = parse (text, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (template->id, ==, names[i]);
    g_assert_true (tai_digest_equal (template->hash, tai_digest_bytes (text, strlen (text))));
    g_assert_cmpuint (template->blocks->len, >, 4);
  }
}

/* One change of the form that ships, and what is said of it. */
typedef struct {
  const char *name, *find, *replacement, *reason;
} Case;

static const Case cases[] = {
    {"unknown-field", "{order.state}", "{order.colour}", "unknown field {order.colour}"},
    {"field-elsewhere", "{hotline}", "{order.plan}", "field {order.plan} has no value here"},
    {"more-elsewhere", "{hotline}", "{more}", "field {more} has no value here"},
    {"open-brace", "{hotline}", "{hotline", "unknown field {hotline}"},
    {"format", "\"format\": 1", "\"format\": 2", "format: 2, this program knows 1"},
    {"no-version", "\"version\": 4", "\"version\": 0", "version: a number from 1 on"},
    {"version-text", "\"version\": 4", "\"version\": \"3\"", "version: a number from 1 on"},
    {"id", "\"id\": \"form\"", "\"id\": \"letter\"", "id \"letter\""},
    {"unknown-member", "\"format\": 1", "\"format\": 1, \"colour\": \"red\"", "unknown member \"colour\""},
    {"unknown-block", "{\"fees\": true}", "{\"free\": true}", "unknown member \"free\""},
    {"two-blocks", "{\"fees\": true}", "{\"fees\": true, \"space\": true}", "both \"fees\" and \"space\""},
    {"blocks-of-fees", "{\"fees\": true}", "{\"fees\": true, \"blocks\": []}", "belong to \"each\""},
    {"style", "\"large bold\"", "\"large bald\"", "unknown style \"bald\""},
    {"condition", "\"needs:identity\"", "\"needs:luck\"", "unknown condition \"needs:luck\""},
    {"business", "\"needs:identity\"", "\"business:tea\"", "unknown condition \"business:tea\""},
    {"condition-field", "\"needs:identity\"", "\"field:order.sim\"", "order.sim of a condition"},
    {"list", "\"each\": \"orders\"", "\"each\": \"others\"", "unknown list \"others\""},
    {"limit-alone", "\"each\": \"orders\"", "\"each\": \"orders\", \"limit\": 3", "go together"},
    {"one-language", "{\"zh_CN\": \"日期\", \"en\": \"Date\"}", "{\"zh_CN\": \"日期\"}", "no words in en"},
    {"no-section", "{\"include\": \"foot\"}", "{\"include\": \"feet\"}", "unknown section \"feet\""},
    {"unused-section", "{\"include\": \"foot\"}", "{\"space\": true}", "\"foot\" is included nowhere"},
    {"itself", "\"foot\": [", "\"foot\": [{\"include\": \"foot\"},", "sections in a circle: foot → foot"},
    {"no-fees", "{\"fees\": true},", "", "a form without its fees"},
    {"fees-perhaps", "{\"fees\": true}", "{\"fees\": true, \"when\": \"needs:sim\"}",
     "a form without its fees"},
    {"small-terms", "\"large bold\"", "\"bold\"", "key terms in large letters"},
    {"no-version-on-it", "{version}（校验 {hash}）", "（校验 {hash}）", "a form without {version}"},
    {"signature-elsewhere", "{\"include\": \"signatures\"},",
     "{\"fees\": true}, {\"include\": \"signatures\"},", "signature right below the key terms"},
    {"title", "\"title\": {\"zh_CN\": \"业务受理单\"", "\"title\": {\"zh_CN\": \"{hall}\"",
     "a title has no fields"},
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = read_shipped ("form.json");
  g_autoptr (GString) changed = g_string_new (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTemplate) template = NULL;

  g_assert_cmpuint (g_string_replace (changed, c->find, c->replacement, 1), ==, 1);
  template = parse (changed->str, &error);
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE);
  g_assert_null (template);
  if (strstr (error->message, c->reason) == NULL)
    g_error ("\"%s\" is not told in\n%s", c->reason, error->message);
}

static guint
count_lines (const char *text)
{
  guint n = 1;

  for (; *text; text++)
    n += *text == '\n';
  return n;
}

/* Who wrote it hears of all mistakes at once, each with its place. */
static void
test_all_reasons (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTemplate) template = parse (
      "{\"format\": 1, \"id\": \"notice\", \"version\": 1, \"title\": {\"zh_CN\": \"纸\", \"en\": \"Paper\"}, "
      "\"sections\": {\"a\": [{\"include\": \"b\"}], \"b\": [{\"text\": \"{hotline}\"}, {\"include\": \"a\"}]}, "
      "\"blocks\": [{\"text\": \"{colour}\"}, {\"include\": \"a\"}, {\"text\": 5}, 7]}",
      &error);

  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE);
  g_assert_null (template);
  g_assert_nonnull (strstr (error->message, "sections.b[1]: sections in a circle: a → b → a"));
  g_assert_nonnull (strstr (error->message, "blocks[2]: a text is a string"));
  g_assert_nonnull (strstr (error->message, "blocks[3]: a block is one of"));
  g_assert_nonnull (strstr (error->message, "unknown field {colour}"));
  g_assert_cmpuint (count_lines (error->message), ==, 4);
}

/* A logo of 10 MB and its like: told with both sizes, and never parsed. */
static void
test_too_large (void)
{
  gsize size = 10 * 1024 * 1024;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_strnfill (size, ' '), size);
  g_autoptr (GError) error = NULL;

  g_assert_null (tai_template_from_text (bytes, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE);
  g_assert_cmpstr (error->message, ==, "a template of 10485760 bytes, at most 262144");
}

/* Sections that include each other twice double with each step: the blocks are counted where they stand. */
static void
test_explosion (void)
{
  g_autoptr (GString) text =
      g_string_new ("{\"format\": 1, \"id\": \"notice\", \"version\": 1, \"title\": \"t\", \"sections\": {");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++) {
    g_string_append_printf (text, "\"s%u\": [", i);
    for (guint j = 0; j < 40; j++)
      g_string_append_printf (text, "{\"include\": \"s%u\"},", i + 1);
    g_string_append (text, "{\"space\": true}],");
  }
  g_string_append (text, "\"s5\": [{\"text\": \"{hotline}\"}]}, \"blocks\": [{\"include\": \"s0\"}]}");
  g_assert_null (parse (text->str, &error));
  g_assert_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "more than 400 blocks"));
  g_assert_cmpuint (count_lines (error->message), ==, 1);
}

static void
test_broken (void)
{
  g_autofree char *text = read_shipped ("form.json");
  gsize size = strlen (text);

  for (gsize length = 0; length < size - 1; length += 97) {
    g_autoptr (GBytes) bytes = g_bytes_new (text, length);
    g_autoptr (GError) error = NULL;

    g_assert_null (tai_template_from_text (bytes, &error));
    g_assert_true (g_error_matches (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SYNTAX) ||
                   g_error_matches (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_UTF8));
  }
}

/* Each name of a field and of a list leads back to itself. */
static void
test_names (void)
{
  for (TaiField field = 0; field < TAI_N_FIELDS; field++) {
    const char *name = tai_field_to_text (field);
    TaiField found = TAI_N_FIELDS;

    g_assert_true (tai_field_find (name, strlen (name), &found));
    g_assert_cmpint (found, ==, field);
  }
  for (TaiTemplateList list = TAI_TEMPLATE_ORDERS; list < TAI_TEMPLATE_N_LISTS; list++) {
    TaiTemplateList found = TAI_TEMPLATE_ONCE;

    g_assert_true (tai_template_list_find (tai_template_list_to_text (list), &found));
    g_assert_cmpint (found, ==, list);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/text/shipped", test_shipped);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strconcat ("/template/text/case/", cases[i].name, NULL);

    g_test_add_data_func (name, &cases[i], test_case);
  }
  g_test_add_func ("/template/text/all-reasons", test_all_reasons);
  g_test_add_func ("/template/text/too-large", test_too_large);
  g_test_add_func ("/template/text/explosion", test_explosion);
  g_test_add_func ("/template/text/broken", test_broken);
  g_test_add_func ("/template/text/names", test_names);
  return g_test_run ();
}
