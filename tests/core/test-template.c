/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates as values: pieces of a text, conditions, and what the check says of papers that were built by hand. */
#include <glib.h>
#include <string.h>

#include "tai-operation.h"
#include "tai-template.h"

/* "plain|field|plain …", unknown fields as "?name". (transfer full) */
static char *
split (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  TaiTemplatePiece piece;

  while (tai_template_next_piece (&text, &piece)) {
    g_string_append_printf (out, "[%.*s]", (int)piece.plain_length, piece.plain);
    if (piece.field < TAI_N_FIELDS)
      g_string_append_printf (out, "<%s>", tai_field_to_text (piece.field));
    else if (piece.name != NULL)
      g_string_append_printf (out, "?%.*s", (int)piece.name_length, piece.name);
  }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_pieces (void)
{
  static const char *const cases[][2] = {
      {"", ""},
      {"plain", "[plain]"},
      {"{hall}", "[]<hall>"},
      {"a {hall} b {time}", "[a ]<hall>[ b ]<time>"},
      {"{order.title}{hotline}", "[]<order.title>[]<hotline>"},
      {"{{hall} is {hall}", "[{][hall} is ]<hall>"},
      {"{nothing} x", "[]?nothing[ x]"},
      {"open {hall", "[open ]?hall"},
      {"{}", "[]?"},
      {"版式 {version}（{hash}）", "[版式 ]<version>[（]<hash>[）]"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *pieces = split (cases[i][0]);

    g_assert_cmpstr (pieces, ==, cases[i][1]);
  }
}

static void
test_conditions (void)
{
  static const char *const wrong[] = {
      "",     "customer",   "field:", "field:colour", "business:tea", "needs:luck",
      "any:", "any:others", "!",      "!!field:hall", "FIELD:hall",   "business: resume"};
  TaiCondition condition;

  g_assert_true (tai_condition_from_text ("field:customer", &condition));
  g_assert_cmpint (condition.kind, ==, TAI_CONDITION_FIELD);
  g_assert_cmpint (condition.field, ==, TAI_FIELD_CUSTOMER);
  g_assert_false (condition.is_not);
  g_assert_true (tai_condition_from_text ("!business:new_line", &condition));
  g_assert_true (condition.is_not);
  g_assert_cmpstr (condition.business, ==, tai_operation_find ("new_line")->id);
  g_assert_true (tai_condition_from_text ("needs:identity", &condition));
  g_assert_cmpuint (condition.needs, ==, TAI_NEEDS_IDENTITY);
  g_assert_true (tai_condition_from_text ("needs:adult", &condition));
  g_assert_true (condition.needs_adult);
  g_assert_true (tai_condition_from_text ("any:charges", &condition));
  g_assert_cmpint (condition.list, ==, TAI_TEMPLATE_CHARGES);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (tai_condition_from_text (wrong[i], &condition))
      g_error ("\"%s\" is taken for a condition", wrong[i]);
}

static TaiTemplateBlock *
add (GPtrArray *blocks, TaiTemplateType type, const char *words)
{
  TaiTemplateBlock *block = tai_template_block_new (type);

  for (guint i = 0; words != NULL && i < TAI_TEMPLATE_N_LANGUAGES; i++)
    block->text[0].words[i] = g_strdup (words);
  g_ptr_array_add (blocks, block);
  return block;
}

static void
assert_reasons (const TaiTemplate *template, const char *const *expected)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);

  tai_template_check (template, reasons);
  for (guint i = 0; i < reasons->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (reasons, i));
  g_assert_cmpuint (reasons->len, ==, g_strv_length ((char **)expected));
  for (guint i = 0; expected[i] != NULL; i++)
    g_assert_true (g_ptr_array_find_with_equal_func (reasons, expected[i], g_str_equal, NULL));
}

static void
test_check (void)
{
  static const char *const of_form[] = {"a form without its orders",
                                        "a form without its fees",
                                        "a form without all key terms in large letters",
                                        "a form without the customer's signature right below the key terms",
                                        "a form without {version}",
                                        NULL};
  static const char *const of_notice[] = {"a notice without {hotline}", NULL}, *const none[] = {NULL};
  static const char *const of_rest[] = {"version 0, the first is 1",
                                        "id \"letter\", known are \"form\" and \"notice\"", NULL};
  static const char *const of_each[] = {"\"each\" inside \"each\"", "field {more} has no value here",
                                        "field {order.plan} has no value here", NULL};
  g_autoptr (TaiTemplate) form = tai_template_new (TAI_TEMPLATE_FORM, 1);
  g_autoptr (TaiTemplate) notice = tai_template_new (TAI_TEMPLATE_NOTICE, 1);
  g_autoptr (TaiTemplate) other = NULL;
  TaiTemplateBlock *each;

  assert_reasons (form, of_form);
  assert_reasons (notice, of_notice);
  add (notice->blocks, TAI_TEMPLATE_TEXT, "{hotline}");
  assert_reasons (notice, none);
  each = add (notice->blocks, TAI_TEMPLATE_EACH, "{more} more");
  each->list = TAI_TEMPLATE_CHARGES;
  add (each->blocks, TAI_TEMPLATE_TEXT, "{charge.name} at {hall}");
  assert_reasons (notice, none);
  add (each->blocks, TAI_TEMPLATE_TEXT, "{more} {order.plan}");
  add (each->blocks, TAI_TEMPLATE_EACH, NULL)->list = TAI_TEMPLATE_ORDERS;
  assert_reasons (notice, of_each);
  other = tai_template_new ("letter", 0);
  assert_reasons (other, of_rest);
}

/* A form as small as one may be. (transfer full) */
static TaiTemplate *
small_form (void)
{
  TaiTemplate *form = tai_template_new (TAI_TEMPLATE_FORM, 1);
  TaiTemplateBlock *orders = add (form->blocks, TAI_TEMPLATE_EACH, NULL), *terms;

  orders->list = TAI_TEMPLATE_ORDERS;
  add (orders->blocks, TAI_TEMPLATE_TEXT, "{order.title}");
  add (form->blocks, TAI_TEMPLATE_FEES, NULL);
  terms = add (form->blocks, TAI_TEMPLATE_EACH, NULL);
  terms->list = TAI_TEMPLATE_TERMS;
  add (terms->blocks, TAI_TEMPLATE_TEXT, "{term.text}")->style = TAI_STYLE_LARGE;
  add (form->blocks, TAI_TEMPLATE_TEXT, "I agree");
  add (form->blocks, TAI_TEMPLATE_SIGN, "Signature");
  add (form->blocks, TAI_TEMPLATE_TEXT, "{version}");
  return form;
}

static TaiTemplateBlock *
block_of (const TaiTemplate *form, guint index)
{
  return g_ptr_array_index (form->blocks, index);
}

enum { ORDERS, FEES, TERMS, AGREE, SIGNATURE, VERSION };

static const char *const no_fees[] = {"a form without its fees", NULL};
static const char *const no_signature[] = {
    "a form without the customer's signature right below the key terms", NULL};
static const char *const no_terms[] = {"a form without all key terms in large letters",
                                       "a form without the customer's signature right below the key terms",
                                       NULL};

static void
add_condition (TaiTemplateBlock *block)
{
  TaiCondition condition;

  g_assert_true (tai_condition_from_text ("needs:sim", &condition));
  g_array_append_val (block->conditions, condition);
}

/* What the law wants is there for everybody: a condition, a limit, small letters or something in between make it no form. */
static void
test_law (void)
{
  static const char *const none[] = {NULL}, *const *const expected[] = {none,         no_fees,     no_terms,
                                                                        no_terms,     no_terms,    no_terms,
                                                                        no_signature, no_signature};
  TaiTemplate *forms[G_N_ELEMENTS (expected)];

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    forms[i] = small_form ();
  add_condition (block_of (forms[1], FEES));
  add_condition (block_of (forms[2], TERMS));
  block_of (forms[3], TERMS)->limit = 3;
  ((TaiTemplateBlock *)g_ptr_array_index (block_of (forms[4], TERMS)->blocks, 0))->style = TAI_STYLE_BOLD;
  add_condition (g_ptr_array_index (block_of (forms[5], TERMS)->blocks, 0));
  block_of (forms[6], AGREE)->type = TAI_TEMPLATE_HEADING;
  add_condition (block_of (forms[7], SIGNATURE));
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++) {
    assert_reasons (forms[i], expected[i]);
    tai_template_unref (forms[i]);
  }
}

/* A text that is too long for a block of a document, a title that would have to be filled. */
static void
test_sizes (void)
{
  g_autoptr (TaiTemplate) notice = tai_template_new (TAI_TEMPLATE_NOTICE, 1);
  g_autofree char *longest = g_strnfill (TAI_TEMPLATE_MAX_TEXT, 'x'),
                  *longer = g_strconcat (longest, "x", NULL);
  static const char *const none[] = {NULL},
                           *const both[] = {"a text of 1501 bytes, at most 1500: \"xxxxxxxxxxxxxxxxxxxx…\"",
                                            "a title has no fields", NULL};

  add (notice->blocks, TAI_TEMPLATE_TEXT, "{hotline}");
  add (notice->blocks, TAI_TEMPLATE_TEXT, longest);
  assert_reasons (notice, none);
  add (notice->blocks, TAI_TEMPLATE_TEXT, longer);
  notice->title.words[TAI_TEMPLATE_ENGLISH] = g_strdup ("At {hall}");
  assert_reasons (notice, both);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/pieces", test_pieces);
  g_test_add_func ("/template/conditions", test_conditions);
  g_test_add_func ("/template/check", test_check);
  g_test_add_func ("/template/law", test_law);
  g_test_add_func ("/template/sizes", test_sizes);
  return g_test_run ();
}
