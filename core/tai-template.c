/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates: names of their parts and the check that a form is one. Pure, any thread. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-template.h"

#include <string.h>

#include "tai-operation.h"

/* clang-format off */
static const char *const type_texts[TAI_TEMPLATE_N_TYPES] = {
  [TAI_TEMPLATE_HEADING] = "heading", [TAI_TEMPLATE_TEXT] = "text",   [TAI_TEMPLATE_PAIR] = "pair",
  [TAI_TEMPLATE_ROW] = "row",         [TAI_TEMPLATE_FEES] = "fees",   [TAI_TEMPLATE_RULE] = "rule",
  [TAI_TEMPLATE_SPACE] = "space",     [TAI_TEMPLATE_SIGN] = "sign",   [TAI_TEMPLATE_EACH] = "each",
  [TAI_TEMPLATE_SECTION] = "include", [TAI_TEMPLATE_LOGO] = "logo",
};

static const char *const list_texts[TAI_TEMPLATE_N_LISTS] = {
  [TAI_TEMPLATE_ONCE] = "",               [TAI_TEMPLATE_ORDERS] = "orders",
  [TAI_TEMPLATE_EXPLANATIONS] = "explanations", [TAI_TEMPLATE_SERVICES] = "services",
  [TAI_TEMPLATE_CHARGES] = "charges",     [TAI_TEMPLATE_TERMS] = "terms",
  [TAI_TEMPLATE_PROOFS] = "proofs",
};

/* Where a field has a value: anywhere, or inside a list. */
static const struct {
  const char *name;
  TaiTemplateList list;
} fields[TAI_N_FIELDS] = {
  [TAI_FIELD_RECEIPT_NUMBER] = {"receipt_number", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_TIME] = {"time", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_CUSTOMER] = {"customer", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_DOCUMENT] = {"document", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_PLACE] = {"place", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_HALL] = {"hall", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_HOTLINE] = {"hotline", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_TERMINAL] = {"terminal", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_MONTHLY_TOTAL] = {"monthly_total", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_VERSION] = {"version", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_HASH] = {"hash", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_MORE] = {"more", TAI_TEMPLATE_ONCE},
  [TAI_FIELD_ORDER_TITLE] = {"order.title", TAI_TEMPLATE_ORDERS},
  [TAI_FIELD_ORDER_BUSINESS] = {"order.business", TAI_TEMPLATE_ORDERS},
  [TAI_FIELD_ORDER_NUMBER] = {"order.number", TAI_TEMPLATE_ORDERS},
  [TAI_FIELD_ORDER_STATE] = {"order.state", TAI_TEMPLATE_ORDERS},
  [TAI_FIELD_ORDER_PLAN] = {"order.plan", TAI_TEMPLATE_ORDERS},
  [TAI_FIELD_ORDER_SIM] = {"order.sim", TAI_TEMPLATE_ORDERS},
  [TAI_FIELD_EXPLANATION_TEXT] = {"explanation.text", TAI_TEMPLATE_EXPLANATIONS},
  [TAI_FIELD_SERVICE_TITLE] = {"service.title", TAI_TEMPLATE_SERVICES},
  [TAI_FIELD_SERVICE_NUMBER] = {"service.number", TAI_TEMPLATE_SERVICES},
  [TAI_FIELD_SERVICE_CONSENT] = {"service.consent", TAI_TEMPLATE_SERVICES},
  [TAI_FIELD_CHARGE_NAME] = {"charge.name", TAI_TEMPLATE_CHARGES},
  [TAI_FIELD_CHARGE_NUMBER] = {"charge.number", TAI_TEMPLATE_CHARGES},
  [TAI_FIELD_CHARGE_MONTHLY] = {"charge.monthly", TAI_TEMPLATE_CHARGES},
  [TAI_FIELD_CHARGE_DISCOUNTED] = {"charge.discounted", TAI_TEMPLATE_CHARGES},
  [TAI_FIELD_CHARGE_DISCOUNT_MONTHS] = {"charge.discount_months", TAI_TEMPLATE_CHARGES},
  [TAI_FIELD_TERM_TITLE] = {"term.title", TAI_TEMPLATE_TERMS},
  [TAI_FIELD_TERM_TEXT] = {"term.text", TAI_TEMPLATE_TERMS},
  [TAI_FIELD_PROOF_TEXT] = {"proof.text", TAI_TEMPLATE_PROOFS},
};
/* clang-format on */

const char *
tai_template_type_to_text (TaiTemplateType type)
{
  g_return_val_if_fail (type < TAI_TEMPLATE_N_TYPES, NULL);
  return type_texts[type];
}

const char *
tai_template_list_to_text (TaiTemplateList list)
{
  g_return_val_if_fail (list < TAI_TEMPLATE_N_LISTS, NULL);
  return list_texts[list];
}

gboolean
tai_template_list_find (const char *text, TaiTemplateList *list)
{
  for (guint i = TAI_TEMPLATE_ONCE + 1; i < TAI_TEMPLATE_N_LISTS; i++)
    if (strcmp (list_texts[i], text) == 0) {
      *list = i;
      return TRUE;
    }
  return FALSE;
}

const char *
tai_field_to_text (TaiField field)
{
  g_return_val_if_fail (field < TAI_N_FIELDS, NULL);
  return fields[field].name;
}

gboolean
tai_field_find (const char *name, gsize length, TaiField *field)
{
  for (guint i = 0; i < TAI_N_FIELDS; i++)
    if (strlen (fields[i].name) == length && strncmp (fields[i].name, name, length) == 0) {
      *field = i;
      return TRUE;
    }
  return FALSE;
}

/* Conditions ----------------------------------------------------------------------------------------------------------- */

static gboolean
read_needs (const char *text, TaiCondition *condition)
{
  static const struct {
    const char *text;
    guint needs;
    gboolean adult;
  } table[] = {
      {"identity", TAI_NEEDS_IDENTITY, FALSE},
      {"number", TAI_NEEDS_NUMBER, FALSE},
      {"sim", TAI_NEEDS_SIM, FALSE},
      {"plan", TAI_NEEDS_PLAN, FALSE},
      {"adult", 0, TRUE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].text, text) == 0) {
      condition->needs = table[i].needs;
      condition->needs_adult = table[i].adult;
      return TRUE;
    }
  return FALSE;
}

gboolean
tai_condition_from_text (const char *text, TaiCondition *condition)
{
  const char *value;

  *condition = (TaiCondition){.is_not = text[0] == '!'};
  text += condition->is_not;
  value = strchr (text, ':');
  if (value == NULL)
    return FALSE;
  value++;
  if (g_str_has_prefix (text, "field:")) {
    condition->kind = TAI_CONDITION_FIELD;
    return tai_field_find (value, strlen (value), &condition->field);
  }
  if (g_str_has_prefix (text, "business:")) {
    const TaiOperation *operation = tai_operation_find (value);

    condition->kind = TAI_CONDITION_BUSINESS;
    condition->business = operation != NULL ? operation->id : NULL;
    return operation != NULL;
  }
  if (g_str_has_prefix (text, "any:")) {
    condition->kind = TAI_CONDITION_ANY;
    return tai_template_list_find (value, &condition->list);
  }
  condition->kind = TAI_CONDITION_NEEDS;
  return g_str_has_prefix (text, "needs:") && read_needs (value, condition);
}

/* Values --------------------------------------------------------------------------------------------------------------- */

TaiTemplateBlock *
tai_template_block_new (TaiTemplateType type)
{
  TaiTemplateBlock *self = g_new0 (TaiTemplateBlock, 1);

  self->type = type;
  self->conditions = g_array_new (FALSE, FALSE, sizeof (TaiCondition));
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_template_block_free);
  return self;
}

static void
clear_text (TaiTemplateText *text)
{
  for (guint i = 0; i < TAI_TEMPLATE_N_LANGUAGES; i++)
    g_free (text->words[i]);
}

void
tai_template_block_free (TaiTemplateBlock *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->text); i++)
    clear_text (&self->text[i]);
  g_array_unref (self->conditions);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

TaiTemplate *
tai_template_new (const char *id, gint32 version)
{
  TaiTemplate *self = g_new0 (TaiTemplate, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->version = version;
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_template_block_free);
  return self;
}

TaiTemplate *
tai_template_ref (TaiTemplate *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tai_template_unref (TaiTemplate *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  clear_text (&self->title);
  g_ptr_array_unref (self->blocks);
  g_free (self->id);
  g_free (self);
}

/* Texts ---------------------------------------------------------------------------------------------------------------- */

gboolean
tai_template_next_piece (const char **text, TaiTemplatePiece *piece)
{
  const char *brace = strchr (*text, '{'), *end;

  *piece = (TaiTemplatePiece){.plain = *text, .field = TAI_N_FIELDS};
  if (**text == '\0')
    return FALSE;
  if (brace == NULL) {
    piece->plain_length = strlen (*text);
    *text += piece->plain_length;
    return TRUE;
  }
  piece->plain_length = (gsize)(brace - *text);
  if (brace[1] == '{') { /* a brace */
    piece->plain_length++;
    *text = brace + 2;
    return TRUE;
  }
  end = strchr (brace, '}');
  piece->name = brace + 1;
  piece->name_length = end != NULL ? (gsize)(end - brace - 1) : strlen (brace + 1);
  if (end != NULL)
    tai_field_find (piece->name, piece->name_length, &piece->field);
  *text = end != NULL ? end + 1 : piece->name + piece->name_length;
  return TRUE;
}

/* The check ------------------------------------------------------------------------------------------------------------ */

typedef struct {
  const TaiTemplate *template;
  GPtrArray *reasons;
  gboolean has_orders, has_fees, has_terms, has_signature;
  gboolean has_field[TAI_TEMPLATE_N_LANGUAGES][TAI_N_FIELDS]; /* somewhere */
  gboolean is_after_terms;                                    /* nothing but what confirms them came since */
} Check;

static void reason (Check *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Once, though both languages have it. */
static void
reason (Check *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (!g_ptr_array_find_with_equal_func (self->reasons, what, g_str_equal, NULL))
    g_ptr_array_add (self->reasons, g_steal_pointer (&what));
}

static gboolean
has_value (TaiField field, TaiTemplateList list)
{
  return fields[field].list == TAI_TEMPLATE_ONCE || fields[field].list == list;
}

static void
check_words (Check *self, const TaiTemplateText *text, TaiTemplateLanguage language, TaiTemplateList list,
             gboolean is_more)
{
  const char *words = text->words[language], *rest = words;
  TaiTemplatePiece piece;

  if (words == NULL)
    return;
  if (strlen (words) > TAI_TEMPLATE_MAX_TEXT)
    reason (self, "a text of %zu bytes, at most %d: \"%.20s…\"", strlen (words), TAI_TEMPLATE_MAX_TEXT,
            words);
  while (tai_template_next_piece (&rest, &piece)) {
    if (piece.name == NULL)
      continue;
    if (piece.field == TAI_N_FIELDS)
      reason (self, "unknown field {%.*s}", (int)MIN (piece.name_length, 40), piece.name);
    else if (!has_value (piece.field, list) || (piece.field == TAI_FIELD_MORE && !is_more))
      reason (self, "field {%s} has no value here", fields[piece.field].name);
    if (piece.field < TAI_N_FIELDS)
      self->has_field[language][piece.field] = TRUE;
  }
}

static void check_blocks (Check *self, GPtrArray *blocks, TaiTemplateList list, gboolean is_sure);

/* The law wants them conspicuous. */
static gboolean
shows_terms_large (const TaiTemplateBlock *each)
{
  for (guint i = 0; i < each->blocks->len; i++) {
    const TaiTemplateBlock *block = g_ptr_array_index (each->blocks, i);

    if (block->type == TAI_TEMPLATE_TEXT && block->style & TAI_STYLE_LARGE && block->conditions->len == 0 &&
        strstr (block->text[0].words[TAI_TEMPLATE_CHINESE], "{term.text}") != NULL &&
        strstr (block->text[0].words[TAI_TEMPLATE_ENGLISH], "{term.text}") != NULL)
      return TRUE;
  }
  return FALSE;
}

/* @is_sure: no condition stands above it. */
static void
note_order (Check *self, const TaiTemplateBlock *block, gboolean is_sure)
{
  switch (block->type) {
  case TAI_TEMPLATE_EACH:
    self->has_orders = self->has_orders || (is_sure && block->list == TAI_TEMPLATE_ORDERS);
    if (is_sure && block->list == TAI_TEMPLATE_TERMS && block->limit == 0 && shows_terms_large (block))
      self->has_terms = self->is_after_terms = TRUE;
    else
      self->is_after_terms = FALSE;
    break;
  case TAI_TEMPLATE_FEES:
    self->has_fees = self->has_fees || is_sure;
    self->is_after_terms = FALSE;
    break;
  case TAI_TEMPLATE_SIGN:
    self->has_signature = self->has_signature || (is_sure && self->is_after_terms);
    break;
  case TAI_TEMPLATE_HEADING:
  case TAI_TEMPLATE_ROW:
  case TAI_TEMPLATE_PAIR:
    self->is_after_terms = FALSE;
    break;
  default: /* a text that says yes to the terms, room, a rule */
    break;
  }
}

static void
check_block (Check *self, const TaiTemplateBlock *block, TaiTemplateList list, gboolean is_sure)
{
  gboolean is_each = block->type == TAI_TEMPLATE_EACH;

  is_sure = is_sure && block->conditions->len == 0;
  if (block->type != TAI_TEMPLATE_SECTION && list == TAI_TEMPLATE_ONCE)
    note_order (self, block, is_sure);
  if (is_each && list != TAI_TEMPLATE_ONCE)
    reason (self, "\"each\" inside \"each\"");
  for (guint i = 0; i < block->conditions->len; i++) {
    const TaiCondition *condition = &g_array_index (block->conditions, TaiCondition, i);

    if (condition->kind == TAI_CONDITION_FIELD && !has_value (condition->field, list))
      reason (self, "field %s of a condition has no value here", fields[condition->field].name);
  }
  for (guint i = 0; i < G_N_ELEMENTS (block->text); i++)
    for (guint j = 0; j < TAI_TEMPLATE_N_LANGUAGES; j++)
      check_words (self, &block->text[i], j, list, is_each);
  check_blocks (self, block->blocks, is_each ? block->list : list, is_sure);
}

static void
check_blocks (Check *self, GPtrArray *blocks, TaiTemplateList list, gboolean is_sure)
{
  for (guint i = 0; i < blocks->len; i++)
    check_block (self, g_ptr_array_index (blocks, i), list, is_sure);
}

static gboolean
has_field (const Check *self, TaiField field)
{
  return self->has_field[TAI_TEMPLATE_CHINESE][field] && self->has_field[TAI_TEMPLATE_ENGLISH][field];
}

static void
check_form (Check *self)
{
  if (!self->has_orders)
    reason (self, "a form without its orders");
  if (!self->has_fees)
    reason (self, "a form without its fees");
  if (!self->has_terms)
    reason (self, "a form without all key terms in large letters");
  if (!self->has_signature)
    reason (self, "a form without the customer's signature right below the key terms");
  if (!has_field (self, TAI_FIELD_VERSION))
    reason (self, "a form without {version}");
}

void
tai_template_check (const TaiTemplate *self, GPtrArray *reasons)
{
  Check check = {.template = self, .reasons = reasons};

  if (self->version < 1)
    reason (&check, "version %d, the first is 1", self->version);
  for (guint i = 0; i < TAI_TEMPLATE_N_LANGUAGES; i++)
    if (self->title.words[i] != NULL && strchr (self->title.words[i], '{') != NULL)
      reason (&check, "a title has no fields");
  check_blocks (&check, self->blocks, TAI_TEMPLATE_ONCE, TRUE);
  if (strcmp (self->id, TAI_TEMPLATE_FORM) == 0)
    check_form (&check);
  else if (strcmp (self->id, TAI_TEMPLATE_NOTICE) != 0)
    reason (&check, "id \"%.40s\", known are \"form\" and \"notice\"", self->id);
  else if (!has_field (&check, TAI_FIELD_HOTLINE))
    reason (&check, "a notice without {hotline}");
}
