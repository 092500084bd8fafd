/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A template filled with a sale. What has no value is left out with its label; lists repeat their blocks; the fees are one
 * table whose sums are made here. Any thread.
 */
#define G_LOG_DOMAIN "tai-printing"

#include <string.h>

#include "tai-sale-paper-private.h"

/* A long text comes as several blocks of the document, each below TAI_DOCUMENT_MAX_TEXT. */
#define TEXT_CHUNK 1800
/* Room that key terms leave for what follows them: the signature must be on the form whatever the terms' length. */
#define TERMS_MAX_BLOCKS (TAI_DOCUMENT_MAX_BLOCKS - 100)
#define TERMS_MAX_BYTES  (TAI_DOCUMENT_MAX_BYTES / 2)

/* One thing of a list, as far as it has them. */
typedef struct {
  TaiTemplateList list;
  const TaiOrder *order;
  guint index; /* of @order */
  const TaiOrderItem *item;
  TaiPaperWord word;
} Scope;

typedef struct {
  TaiPen pen;
  const TaiTemplate *template;
  const TaiPicture *logo; /* (nullable) */
  const TaiSale *sale;
  GPtrArray *orders; /* those that are on this paper */
  Scope scope;       /* ONCE: the whole paper */
  guint n_more;
  gsize n_term_bytes;
} Paper;

/* Lists ---------------------------------------------------------------------------------------------------------------- */

static gboolean
is_listed (const Paper *self, TaiTemplateList list, const TaiOrderItem *item)
{
  if (list == TAI_TEMPLATE_SERVICES)
    return item->consent_needed && tai_sale_paper_has_room (self->orders);
  if (list == TAI_TEMPLATE_CHARGES)
    return tai_sale_paper_item_figures (item).recurring && g_strcmp0 (item->action, "delete") != 0;
  return list == TAI_TEMPLATE_TERMS && item->key_terms != NULL && item->key_terms[0] != '\0';
}

/* The same terms once, however many orders have them. */
static gboolean
is_new_term (GArray *scopes, const TaiOrderItem *item)
{
  for (guint i = 0; i < scopes->len; i++)
    if (tai_digest_equal (g_array_index (scopes, Scope, i).item->terms_hash, item->terms_hash))
      return FALSE;
  return TRUE;
}

static gboolean
is_new_word (GArray *scopes, TaiPaperWord word)
{
  for (guint i = 0; i < scopes->len; i++)
    if (g_array_index (scopes, Scope, i).word == word)
      return FALSE;
  return word != TAI_N_WORDS;
}

static void
collect_order (const Paper *self, TaiTemplateList list, guint index, GArray *scopes)
{
  const TaiOrder *order = g_ptr_array_index (self->orders, index);
  Scope scope = {.list = list, .order = order, .index = index};

  if (list == TAI_TEMPLATE_ORDERS || (list == TAI_TEMPLATE_PROOFS && order->terminal_seq > 0))
    g_array_append_val (scopes, scope);
  scope.word = tai_sale_paper_explanation (order, self->sale->off_line);
  if (list == TAI_TEMPLATE_EXPLANATIONS && is_new_word (scopes, scope.word))
    g_array_append_val (scopes, scope);
  for (guint i = 0; i < order->items->len; i++) {
    scope.item = g_ptr_array_index (order->items, i);
    if (is_listed (self, list, scope.item) &&
        (list != TAI_TEMPLATE_TERMS || is_new_term (scopes, scope.item)))
      g_array_append_val (scopes, scope);
  }
}

/* (transfer full) (element-type Scope) */
static GArray *
collect (const Paper *self, TaiTemplateList list)
{
  GArray *scopes = g_array_new (FALSE, FALSE, sizeof (Scope));

  for (guint i = 0; i < self->orders->len; i++)
    collect_order (self, list, i, scopes);
  return scopes;
}

/* Fields --------------------------------------------------------------------------------------------------------------- */

static char *
document_text (const Paper *self)
{
  const char *mask = tai_sale_paper_document (self->orders), *kind = NULL;

  for (guint i = 0; i < self->orders->len && kind == NULL; i++) {
    const TaiOrder *order = g_ptr_array_index (self->orders, i);

    if (order->document_kind != NULL)
      kind = tai_paper_document_kind (order->document_kind, self->pen.language);
  }
  return kind && mask ? g_strconcat (kind, " ", mask, NULL) : g_strdup (mask);
}

static char *
monthly_total (const Paper *self)
{
  g_autoptr (GArray) charges = collect (self, TAI_TEMPLATE_CHARGES);
  TaiMoney sum = {0};

  for (guint i = 0; i < charges->len; i++)
    tai_pen_sum (&sum, tai_sale_paper_item_figures (g_array_index (charges, Scope, i).item).normal);
  return tai_pen_format_money (sum);
}

static char *
msisdn_of (const TaiOrder *order)
{
  const char *msisdn = tai_order_get (order, "MSISDN");

  return msisdn != NULL ? tai_pen_format_msisdn (msisdn) : NULL;
}

/* Until when the whole months of @price cost something else than they will in the end; 0: they do not. */
static guint
find_change (const TaiItemPrice *price, TaiMoney *amount)
{
  *amount = price->normal;
  for (guint i = 0; price->stretches != NULL && i < price->stretches->len; i++) {
    const TaiStretch *stretch = &g_array_index (price->stretches, TaiStretch, i);

    if (stretch->until <= 1) /* the first bill alone */
      continue;
    if (stretch->until == TAI_MONTH_FOREVER || stretch->amount.minor == price->normal.minor)
      return 0;
    *amount = stretch->amount;
    return stretch->until;
  }
  return 0;
}

/* The month that lasts while there is a discount; *@months 0: there is none. */
static char *
discounted (const TaiOrderItem *item, gint32 *months)
{
  TaiMoney sum = {0}, amount;

  *months = 0;
  for (guint i = 0; i < item->prices->len; i++) {
    const TaiItemPrice *price = g_ptr_array_index (item->prices, i);
    gint32 until = (gint32)find_change (price, &amount);

    tai_pen_sum (&sum, amount);
    if (until > 0)
      *months = *months == 0 ? until : MIN (*months, until);
  }
  return *months > 0 ? tai_pen_format_money (sum) : NULL;
}

/* Of what is repeated. (transfer full) (nullable) */
static char *
scope_value (const Paper *self, TaiField field)
{
  const TaiPen *pen = &self->pen;
  const Scope *scope = &self->scope;
  const TaiOrderItem *plan = scope->order ? tai_order_find_item (scope->order, TAI_OFFERING_PLAN) : NULL;
  g_autofree char *amount = NULL;
  gint32 months;

  switch (field) {
  case TAI_FIELD_ORDER_TITLE:
    return tai_sale_paper_order_title (pen, scope->order, scope->index);
  case TAI_FIELD_ORDER_BUSINESS:
    return g_strdup (tai_paper_business_name (scope->order->operation->id, pen->language));
  case TAI_FIELD_ORDER_NUMBER:
  case TAI_FIELD_SERVICE_NUMBER:
  case TAI_FIELD_CHARGE_NUMBER:
    return msisdn_of (scope->order);
  case TAI_FIELD_ORDER_STATE:
    return tai_sale_paper_state_line (pen, scope->order);
  case TAI_FIELD_ORDER_PLAN:
    return plan != NULL ? g_strdup (tai_pen_item_name (pen, plan)) : NULL;
  case TAI_FIELD_ORDER_SIM:
    return g_strdup (tai_order_get (scope->order, "ICCID"));
  case TAI_FIELD_EXPLANATION_TEXT:
    return g_strdup (tai_pen_word (pen, scope->word));
  case TAI_FIELD_SERVICE_TITLE:
  case TAI_FIELD_CHARGE_NAME:
    return tai_sale_paper_item_title (pen, scope->item);
  case TAI_FIELD_SERVICE_CONSENT:
    return tai_sale_paper_consent (pen, scope->item);
  case TAI_FIELD_CHARGE_MONTHLY:
    return tai_pen_format_money (tai_sale_paper_item_figures (scope->item).normal);
  case TAI_FIELD_CHARGE_DISCOUNTED:
    return discounted (scope->item, &months);
  case TAI_FIELD_CHARGE_DISCOUNT_MONTHS:
    amount = discounted (scope->item, &months);
    return amount != NULL ? g_strdup_printf ("%d", months) : NULL;
  case TAI_FIELD_TERM_TITLE:
    amount = tai_pen_format_digest (scope->item->terms_hash);
    return tai_pen_fill (pen, TAI_WORD_TERMS_OF, tai_pen_item_name (pen, scope->item), amount, NULL);
  case TAI_FIELD_TERM_TEXT:
    return g_strdup (scope->item->key_terms);
  case TAI_FIELD_PROOF_TEXT:
    return tai_sale_paper_proof (pen, scope->order, scope->index);
  default:
    g_return_val_if_reached (NULL); /* the template was checked */
  }
}

/* (transfer full) (nullable) */
static char *
value_of (const Paper *self, TaiField field)
{
  const TaiTerminal *terminal = self->sale->terminal;

  switch (field) {
  case TAI_FIELD_RECEIPT_NUMBER:
    return g_strdup (self->sale->receipt_number);
  case TAI_FIELD_TIME:
    return tai_pen_format_time (&self->pen, self->sale->time_us);
  case TAI_FIELD_CUSTOMER:
    return g_strdup (tai_sale_paper_customer (self->orders));
  case TAI_FIELD_DOCUMENT:
    return document_text (self);
  case TAI_FIELD_PLACE:
    return tai_pen_format_place (&self->pen, self->sale->clerk);
  case TAI_FIELD_HALL:
    return g_strdup (terminal->hall_name);
  case TAI_FIELD_HOTLINE:
    return g_strdup (terminal->hotline);
  case TAI_FIELD_TERMINAL:
    return g_strdup (terminal->id);
  case TAI_FIELD_MONTHLY_TOTAL:
    return monthly_total (self);
  case TAI_FIELD_VERSION:
    return g_strdup_printf ("%d", self->template->version);
  case TAI_FIELD_HASH:
    return tai_pen_format_digest (self->template->hash);
  case TAI_FIELD_MORE:
    return g_strdup_printf ("%u", self->n_more);
  default:
    return scope_value (self, field);
  }
}

static const char *
get_words (const char *language, const TaiTemplateText *text)
{
  return text->words[g_str_has_prefix (language, "zh") ? TAI_TEMPLATE_CHINESE : TAI_TEMPLATE_ENGLISH];
}

/* NULL: it has fields, and none of them a value. (transfer full) */
static char *
fill (const Paper *self, const TaiTemplateText *text)
{
  const char *rest = get_words (self->pen.language, text);
  g_autoptr (GString) filled = g_string_new (NULL);
  gboolean has_field = FALSE, has_value = FALSE;
  TaiTemplatePiece piece;

  while (rest != NULL && tai_template_next_piece (&rest, &piece)) {
    g_autofree char *value = piece.field < TAI_N_FIELDS ? value_of (self, piece.field) : NULL;

    g_string_append_len (filled, piece.plain, (gssize)piece.plain_length);
    has_field = has_field || piece.field < TAI_N_FIELDS;
    has_value = has_value || (value != NULL && value[0] != '\0');
    g_string_append (filled, value != NULL ? value : "");
  }
  return has_field && !has_value ? NULL : g_strdup (g_strstrip (filled->str));
}

/* Conditions ----------------------------------------------------------------------------------------------------------- */

static gboolean
order_holds (const TaiCondition *condition, const TaiOrder *order)
{
  if (condition->kind == TAI_CONDITION_BUSINESS)
    return strcmp (order->operation->id, condition->business) == 0;
  return (order->operation->needs & condition->needs) != 0 ||
         (condition->needs_adult && order->operation->minimum_age > 0);
}

static gboolean
holds (const Paper *self, const TaiCondition *condition)
{
  gboolean result = FALSE;

  if (condition->kind == TAI_CONDITION_FIELD) {
    g_autofree char *value = value_of (self, condition->field);

    result = value != NULL && value[0] != '\0';
  } else if (condition->kind == TAI_CONDITION_ANY) {
    g_autoptr (GArray) scopes = collect (self, condition->list);

    result = scopes->len > 0;
  } else if (self->scope.order != NULL) {
    result = order_holds (condition, self->scope.order);
  } else {
    for (guint i = 0; i < self->orders->len && !result; i++)
      result = order_holds (condition, g_ptr_array_index (self->orders, i));
  }
  return result != condition->is_not;
}

static gboolean
is_there (const Paper *self, const TaiTemplateBlock *block)
{
  for (guint i = 0; i < block->conditions->len; i++)
    if (holds (self, &g_array_index (block->conditions, TaiCondition, i)))
      return TRUE;
  return block->conditions->len == 0;
}

/* Blocks --------------------------------------------------------------------------------------------------------------- */

/* The end of the next piece of @text: at most TEXT_CHUNK bytes, at a line's end if there is one, never inside a character. */
static const char *
piece_end (const char *text)
{
  const char *end, *line_end;

  if (strlen (text) <= TEXT_CHUNK)
    return text + strlen (text);
  end = g_utf8_find_prev_char (text, text + TEXT_CHUNK);
  line_end = g_strrstr_len (text, end - text, "\n");
  return line_end && line_end > text ? line_end : end;
}

static void
add_text (Paper *self, TaiStyle style, const TaiTemplateText *template)
{
  g_autofree char *filled = fill (self, template);
  const char *text = filled != NULL ? filled : "";

  while (text[0] != '\0') {
    const char *end = piece_end (text);
    g_autofree char *piece = g_strndup (text, (gsize)(end - text));

    tai_document_add_text (self->pen.document, style, piece);
    text = *end == '\n' ? end + 1 : end;
  }
}

static void
add_pair (Paper *self, const TaiTemplateBlock *block)
{
  g_autofree char *label = fill (self, &block->text[0]), *value = fill (self, &block->text[1]);

  if (value != NULL && value[0] != '\0')
    tai_document_add_pair (self->pen.document, block->style, label != NULL ? label : "", value);
}

/* Two labels with their values side by side: the signature should stand on the first page. What has no value gives its place
 * to what has. */
static void
add_row (Paper *self, const TaiTemplateBlock *block)
{
  static const guint8 weights[] = {2, 5, 2, 5};
  g_autofree char *left = fill (self, &block->text[1]), *right = fill (self, &block->text[3]);
  g_autofree char *left_label = fill (self, &block->text[0]), *right_label = fill (self, &block->text[2]);
  gboolean has_left = left != NULL && left[0] != '\0', has_right = right != NULL && right[0] != '\0';
  const char *cells[] = {has_left ? left_label : right_label, has_left ? left : right,
                         has_left && has_right ? right_label : "", has_left && has_right ? right : ""};

  if (has_left || has_right)
    tai_document_add_row (self->pen.document, block->style, G_N_ELEMENTS (cells), cells, weights, 0);
}

static void
add_heading (Paper *self, const TaiTemplateBlock *block)
{
  tai_document_add_space (self->pen.document);
  add_text (self, block->style | TAI_STYLE_BOLD, &block->text[0]);
  tai_document_add_rule (self->pen.document, FALSE);
}

static void add_blocks (Paper *self, GPtrArray *blocks, guint first);

/* FALSE: there is no room for @scope's terms, and the paper says so. */
static gboolean
take_room (Paper *self, const Scope *scope)
{
  gsize size;

  if (scope->list != TAI_TEMPLATE_TERMS)
    return TRUE;
  size = strlen (scope->item->key_terms);
  self->n_term_bytes += size;
  if (self->n_term_bytes <= TERMS_MAX_BYTES &&
      tai_document_get_n_blocks (self->pen.document) + 2 + size / (TEXT_CHUNK / 2) <= TERMS_MAX_BLOCKS)
    return TRUE;
  tai_pen_add_word (&self->pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, TAI_WORD_TERMS_LEFT_OUT);
  return FALSE;
}

static void
add_each (Paper *self, const TaiTemplateBlock *block)
{
  g_autoptr (GArray) scopes = collect (self, block->list);
  guint n = block->limit > 0 ? MIN (block->limit, scopes->len) : scopes->len;
  Scope outer = self->scope;

  for (guint i = 0; i < n; i++) {
    self->scope = g_array_index (scopes, Scope, i);
    if (!take_room (self, &self->scope))
      break;
    add_blocks (self, block->blocks, 0);
  }
  self->scope = outer;
  self->n_more = scopes->len - n;
  if (self->n_more > 0)
    add_text (self, block->style, &block->text[0]);
}

static void
add_block (Paper *self, const TaiTemplateBlock *block)
{
  TaiDocument *document = self->pen.document;
  g_autofree char *label = NULL;

  switch (block->type) {
  case TAI_TEMPLATE_HEADING:
    add_heading (self, block);
    break;
  case TAI_TEMPLATE_TEXT:
    add_text (self, block->style, &block->text[0]);
    break;
  case TAI_TEMPLATE_PAIR:
    add_pair (self, block);
    break;
  case TAI_TEMPLATE_ROW:
    add_row (self, block);
    break;
  case TAI_TEMPLATE_FEES:
    tai_fee_table_add (&self->pen, self->sale, self->orders);
    break;
  case TAI_TEMPLATE_RULE:
    tai_document_add_rule (document, (block->style & TAI_STYLE_BOLD) != 0);
    break;
  case TAI_TEMPLATE_SPACE:
    tai_document_add_space (document);
    break;
  case TAI_TEMPLATE_SIGN:
    label = fill (self, &block->text[0]);
    tai_document_add_field (document, label != NULL ? label : "");
    break;
  case TAI_TEMPLATE_LOGO:
    if (self->logo != NULL)
      tai_document_add_picture (document, self->logo);
    break;
  case TAI_TEMPLATE_EACH:
    add_each (self, block);
    break;
  case TAI_TEMPLATE_SECTION:
    add_blocks (self, block->blocks, 0);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* From the one at @first on. */
static void
add_blocks (Paper *self, GPtrArray *blocks, guint first)
{
  for (guint i = first; i < blocks->len; i++) {
    const TaiTemplateBlock *block = g_ptr_array_index (blocks, i);

    if (is_there (self, block))
      add_block (self, block);
  }
}

static gboolean
is_plain_logo (const TaiTemplateBlock *block)
{
  return block->type == TAI_TEMPLATE_LOGO && block->conditions->len == 0;
}

static GPtrArray *
choose_orders (const TaiSale *sale, gboolean is_form)
{
  GPtrArray *orders = g_ptr_array_new ();

  for (guint i = 0; i < sale->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (sale->orders, i);

    if (!is_form || order->operation->paper & TAI_PAPER_FORM)
      g_ptr_array_add (orders, order);
  }
  return orders;
}

TaiDocument *
tai_template_paper_write (const TaiTemplate *template, const TaiPicture *logo, const TaiSale *sale)
{
  gboolean is_form = strcmp (template->id, TAI_TEMPLATE_FORM) == 0;
  TaiDocumentType type = is_form ? TAI_DOCUMENT_FORM : TAI_DOCUMENT_NOTICE;
  g_autoptr (GPtrArray) orders = choose_orders (sale, is_form);
  Paper self = {.template = template, .logo = logo, .sale = sale, .orders = orders};
  /* a mark that comes first stands above the title */
  gboolean is_crowned = template->blocks->len > 0 && is_plain_logo (g_ptr_array_index (template->blocks, 0));
  const char *title =
      get_words (sale->terminal->language ? sale->terminal->language : "zh_CN", &template->title);

  self.pen = tai_pen_begin_titled (sale->terminal, is_crowned ? logo : NULL, type, title);
  add_blocks (&self, template->blocks, is_crowned);
  return tai_pen_end (&self.pen);
}
