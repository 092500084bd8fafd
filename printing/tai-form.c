/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The acceptance form (业务受理单, A4): one for all orders of the visit that need one. Key terms stand large above the
 * signature (consumer law: conspicuous), each value-added service with the time of the customer's own yes. Any thread.
 */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-sale-paper-private.h"

#include <string.h>

#include "tai-words.h"

/* Of the words and their order on the form: told on it, so that a signed one can be read in ten years. */
#define FORM_VERSION "1"
/* A long text comes as several blocks of the document, each below TAI_DOCUMENT_MAX_TEXT. */
#define TERMS_CHUNK 1800
/* Room that key terms leave for what follows them: the signature must be on the form whatever the terms' length. */
#define TERMS_MAX_BLOCKS (TAI_DOCUMENT_MAX_BLOCKS - 100)
#define TERMS_MAX_BYTES  (TAI_DOCUMENT_MAX_BYTES / 2)

static const guint8 fee_weights[] = {6, 2, 2, 2};
static const guint8 two_weights[] = {2, 5, 2, 5};
#define FEES_RIGHT (1 << 1 | 1 << 2 | 1 << 3)

static GPtrArray *
orders_with_form (const TaiSale *sale)
{
  GPtrArray *orders = g_ptr_array_new ();

  for (guint i = 0; i < sale->orders->len; i++) {
    TaiOrder *order = g_ptr_array_index (sale->orders, i);

    if (order->operation->paper & TAI_PAPER_FORM)
      g_ptr_array_add (orders, order);
  }
  return orders;
}

static void
add_part (TaiPen *pen, TaiPaperWord title)
{
  tai_document_add_space (pen->document);
  tai_pen_add_word (pen, TAI_STYLE_BOLD, title);
  tai_document_add_rule (pen->document, FALSE);
}

/* Who and where ------------------------------------------------------------------------------------------------------ */

/* Two labels with their values side by side: the signature should stand on the first page. */
static void
add_two (TaiPen *pen, TaiPaperWord left, const char *left_value, TaiPaperWord right, const char *right_value)
{
  const char *cells[] = {left_value ? tai_pen_word (pen, left) : "", left_value,
                         right_value ? tai_pen_word (pen, right) : "", right_value};

  if (left_value != NULL || right_value != NULL)
    tai_document_add_row (pen->document, 0, G_N_ELEMENTS (cells), cells, two_weights, 0);
}

static const char *
document_kind (const TaiPen *pen, GPtrArray *orders)
{
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    if (order->document_kind != NULL)
      return tai_paper_document_kind (order->document_kind, pen->language);
  }
  return NULL;
}

static void
add_head (TaiPen *pen, const TaiSale *sale, GPtrArray *orders)
{
  const char *kind = document_kind (pen, orders), *mask = tai_sale_paper_document (orders);
  g_autofree char *document = kind && mask ? g_strconcat (kind, " ", mask, NULL) : g_strdup (mask);
  g_autofree char *time = tai_pen_format_time (pen, sale->time_us);
  g_autofree char *place = tai_pen_format_place (pen, sale->clerk);

  add_two (pen, TAI_WORD_RECEIPT_NUMBER, sale->receipt_number, TAI_WORD_TIME, time);
  add_two (pen, TAI_WORD_CUSTOMER, tai_sale_paper_customer (orders), TAI_WORD_DOCUMENT, document);
  add_two (pen, TAI_WORD_DESK_CLERK, place, TAI_WORD_HOTLINE_LABEL, sale->terminal->hotline);
}

/* What is ordered ---------------------------------------------------------------------------------------------------- */

/* "1. 开户  194 0000 1234" */
static char *
order_title (const TaiPen *pen, const TaiOrder *order, guint index)
{
  const char *msisdn = tai_order_get (order, "MSISDN");
  g_autofree char *number = msisdn ? tai_pen_format_msisdn (msisdn) : g_strdup ("");

  return g_strchomp (g_strdup_printf ("%u. %s  %s", index + 1,
                                      tai_paper_business_name (order->operation->id, pen->language), number));
}

static void
add_order (TaiPen *pen, const TaiOrder *order, guint index)
{
  const TaiOrderItem *plan = tai_order_find_item (order, TAI_OFFERING_PLAN);
  const char *sim = tai_order_get (order, "ICCID");
  g_autofree char *state = tai_sale_paper_state_line (pen, order);
  g_autofree char *title = order_title (pen, order, index);

  tai_document_add_pair (pen->document, TAI_STYLE_BOLD, title, state);
  if (plan != NULL)
    add_two (pen, TAI_WORD_PLAN, tai_pen_item_name (pen, plan), TAI_WORD_SIM_NUMBER, sim);
  else
    add_two (pen, TAI_WORD_SIM_NUMBER, sim, TAI_WORD_PLAN, NULL);
}

static void
add_orders (TaiPen *pen, GPtrArray *orders, gboolean off_line)
{
  TaiPaperWord before = TAI_N_WORDS;

  add_part (pen, TAI_WORD_PART_BUSINESS);
  for (guint i = 0; i < orders->len; i++)
    add_order (pen, g_ptr_array_index (orders, i), i);
  for (guint i = 0; i < orders->len; i++) {
    TaiPaperWord explanation = tai_sale_paper_explanation (g_ptr_array_index (orders, i), off_line);

    if (explanation != TAI_N_WORDS && explanation != before)
      tai_pen_add_word (pen, 0, explanation);
    before = explanation;
  }
}

/* "本人于 2026-11-21 09:04 确认订购" */
static char *
consent_text (const TaiPen *pen, const TaiOrderItem *item)
{
  g_autofree char *time = tai_pen_format_time (pen, item->consent_time_us);
  g_autofree char *consent = NULL;

  if (!item->consent_given)
    return g_strdup (tai_pen_word (pen, TAI_WORD_SERVICE_NO_CONSENT));
  consent = tai_pen_fill (pen, TAI_WORD_SERVICE_CONSENT, time, NULL, NULL);
  if (tai_order_item_get (item, TAI_CHARACTERISTIC_AFTER_TRIAL) != NULL)
    return tai_pen_fill (pen, TAI_WORD_AFTER_TRIAL, consent, NULL, NULL);
  return g_steal_pointer (&consent);
}

static void
add_service (TaiPen *pen, const TaiOrder *order, const TaiOrderItem *item)
{
  const char *msisdn = tai_order_get (order, "MSISDN");
  g_autofree char *number = msisdn ? tai_pen_format_msisdn (msisdn) : g_strdup ("");
  g_autofree char *title = tai_sale_paper_item_title (pen, item);
  g_autofree char *label = g_strconcat (title, " ", number, NULL);
  g_autofree char *consent = consent_text (pen, item);

  tai_document_add_pair (pen->document, 0, label, consent);
}

static void
add_services (TaiPen *pen, GPtrArray *orders)
{
  gboolean any = FALSE;

  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    for (guint j = 0; j < order->items->len; j++) {
      const TaiOrderItem *item = g_ptr_array_index (order->items, j);

      if (!item->consent_needed)
        continue;
      if (!any)
        add_part (pen, TAI_WORD_PART_SERVICES);
      any = TRUE;
      add_service (pen, order, item);
    }
  }
}

/* Fees --------------------------------------------------------------------------------------------------------------- */

static void
add_fee_row (TaiPen *pen, TaiStyle style, const char *name, TaiMoney today, TaiMoney first, TaiMoney normal)
{
  g_autofree char *today_text = tai_pen_format_amount (today);
  g_autofree char *first_text = tai_pen_format_amount (first);
  g_autofree char *normal_text = tai_pen_format_amount (normal);
  const char *cells[] = {name, today_text, first_text, normal_text};

  tai_document_add_row (pen->document, style, 4, cells, fee_weights, FEES_RIGHT);
}

/* An item's name and, behind it, why its later bills are what they are; and the consent where it has no line of its own. */
static char *
fee_name (const TaiPen *pen, const TaiOrderItem *item, TaiDate day, gboolean with_consent)
{
  g_autofree char *title = tai_sale_paper_item_title (pen, item);
  g_autoptr (GPtrArray) later = tai_sale_paper_later (pen, item, day, FALSE);
  const char *colon = tai_words_for_language (pen->language)->colon;
  g_autofree char *why = NULL;

  if (with_consent && item->consent_needed)
    g_ptr_array_add (later, consent_text (pen, item));
  if (later->len == 0)
    return g_steal_pointer (&title);
  g_ptr_array_add (later, NULL);
  why = g_strjoinv (g_str_has_prefix (pen->language, "zh") ? "；" : "; ", (char **)later->pdata);
  return g_strconcat (title, colon, why, NULL);
}

static void
add_fees_of (TaiPen *pen, const TaiOrder *order, TaiDate day, gboolean with_consent)
{
  for (guint i = 0; i < order->items->len; i++) {
    const TaiOrderItem *item = g_ptr_array_index (order->items, i);
    TaiItemFigures figures = tai_sale_paper_item_figures (item);
    TaiMoney none = {0};
    g_autofree char *name = NULL;

    if (item->offering_id == NULL)
      continue;
    name = fee_name (pen, item, day, with_consent);
    add_fee_row (pen, 0, name, figures.recurring && figures.today.minor == 0 ? none : figures.today,
                 figures.recurring ? figures.first : none, figures.recurring ? figures.normal : none);
  }
}

static void
add_sums (TaiPen *pen, const TaiSale *sale, GPtrArray *orders)
{
  TaiMoney today = {0}, first = {0}, normal = {0};

  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    tai_pen_sum (&today, order->today);
    tai_pen_sum (&first, order->first);
    tai_pen_sum (&normal, order->normal);
  }
  tai_document_add_rule (pen->document, FALSE);
  add_fee_row (pen, TAI_STYLE_BOLD, tai_pen_word (pen, TAI_WORD_SUM), today, first, normal);
  tai_document_add_rule (pen->document, FALSE);
  tai_sale_paper_add_capitals (pen, today);
  if (sale->total.currency != today.currency || sale->total.minor != today.minor)
    tai_pen_add_money (pen, 0, TAI_WORD_WHOLE_VISIT, sale->total);
}

static void
add_fees (TaiPen *pen, const TaiSale *sale, GPtrArray *orders)
{
  const char *head[] = {tai_pen_word (pen, TAI_WORD_ITEM), tai_pen_word (pen, TAI_WORD_DUE_TODAY),
                        tai_pen_word (pen, TAI_WORD_FIRST_BILL),
                        tai_pen_word (pen, tai_sale_paper_month_word (orders))};
  const TaiMoney none = {0};

  add_part (pen, TAI_WORD_PART_FEES);
  tai_document_add_row (pen->document, TAI_STYLE_BOLD, 4, head, fee_weights, FEES_RIGHT);
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    g_autofree char *title = order_title (pen, order, i);

    if (orders->len > 1 && order->items->len > 1)
      add_fee_row (pen, TAI_STYLE_BOLD, title, none, none, none);
    add_fees_of (pen, order, tai_sale_paper_day (sale, order), !tai_sale_paper_has_room (orders));
  }
  add_sums (pen, sale, orders);
}

/* Terms -------------------------------------------------------------------------------------------------------------- */

/* The end of the next piece of @text: at most TERMS_CHUNK bytes, at a line's end if there is one, never inside a character. */
static const char *
piece_end (const char *text)
{
  const char *end, *line_end;

  if (strlen (text) <= TERMS_CHUNK)
    return text + strlen (text);
  end = g_utf8_find_prev_char (text, text + TERMS_CHUNK);
  line_end = g_strrstr_len (text, end - text, "\n");
  return line_end && line_end > text ? line_end : end;
}

static void
add_terms_text (TaiPen *pen, const char *text)
{
  while (text[0] != '\0') {
    const char *end = piece_end (text);
    g_autofree char *piece = g_strndup (text, (gsize)(end - text));

    tai_document_add_text (pen->document, TAI_STYLE_LARGE | TAI_STYLE_BOLD, piece);
    text = *end == '\n' ? end + 1 : end;
  }
}

static gboolean
is_new (GPtrArray *seen, const TaiOrderItem *item)
{
  for (guint i = 0; i < seen->len; i++)
    if (tai_digest_equal (((const TaiOrderItem *)g_ptr_array_index (seen, i))->terms_hash, item->terms_hash))
      return FALSE;
  g_ptr_array_add (seen, (gpointer)item);
  return TRUE;
}

static void
add_terms_of (TaiPen *pen, const TaiOrderItem *item)
{
  g_autofree char *hash = tai_pen_format_digest (item->terms_hash);
  g_autofree char *title = tai_pen_fill (pen, TAI_WORD_TERMS_OF, tai_pen_item_name (pen, item), hash, NULL);

  tai_document_add_text (pen->document, TAI_STYLE_BOLD, title);
  add_terms_text (pen, item->key_terms);
}

/* The same terms once, however many orders have them. */
static void
add_key_terms (TaiPen *pen, GPtrArray *orders)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  gsize n_bytes = 0;

  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);

    for (guint j = 0; j < order->items->len; j++) {
      const TaiOrderItem *item = g_ptr_array_index (order->items, j);
      gsize size = item->key_terms ? strlen (item->key_terms) : 0;

      if (size == 0 || !is_new (seen, item))
        continue;
      n_bytes += size;
      if (n_bytes > TERMS_MAX_BYTES ||
          tai_document_get_n_blocks (pen->document) + 2 + size / (TERMS_CHUNK / 2) > TERMS_MAX_BLOCKS) {
        tai_pen_add_word (pen, TAI_STYLE_LARGE | TAI_STYLE_BOLD, TAI_WORD_TERMS_LEFT_OUT);
        return;
      }
      add_terms_of (pen, item);
    }
  }
}

/* The law's own sentences: whoever gets a line or a card hears that it is not for sale, whose document was read hears
 * what for. */
static void
add_law (TaiPen *pen, GPtrArray *orders)
{
  gboolean card = FALSE, person = FALSE;

  for (guint i = 0; i < orders->len; i++) {
    const TaiOperation *operation = ((TaiOrder *)g_ptr_array_index (orders, i))->operation;

    card = card || operation->minimum_age > 0 || operation->needs & TAI_NEEDS_SIM;
    person = person || operation->needs & TAI_NEEDS_IDENTITY;
  }
  if (card)
    tai_pen_add_word (pen, TAI_STYLE_BOLD, TAI_WORD_LAW_NO_RESALE);
  if (person)
    tai_pen_add_word (pen, 0, TAI_WORD_LAW_PRIVACY);
}

/* Signature ---------------------------------------------------------------------------------------------------------- */

static void
add_signature (TaiPen *pen)
{
  static const TaiPaperWord fields[] = {TAI_WORD_SIGN_CUSTOMER, TAI_WORD_SIGN_DATE,
                                        TAI_WORD_SIGN_REPRESENTATIVE, TAI_WORD_SIGN_HALL};

  tai_document_add_space (pen->document);
  tai_pen_add_word (pen, TAI_STYLE_BOLD, TAI_WORD_CONFIRM);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    tai_document_add_field (pen->document, tai_pen_word (pen, fields[i]));
}

/* With the number once more: the signature may stand on a page of its own. */
static void
add_foot (TaiPen *pen, const TaiSale *sale, GPtrArray *orders)
{
  g_autofree char *version = tai_pen_fill (pen, TAI_WORD_FORM_VERSION, FORM_VERSION, NULL, NULL);
  g_autofree char *terminal = tai_pen_fill (pen, TAI_WORD_TERMINAL, sale->terminal->id, NULL, NULL);
  g_autofree char *line =
      g_strconcat (version, " · ", terminal, sale->receipt_number ? " · " : NULL, sale->receipt_number, NULL);

  tai_document_add_space (pen->document);
  tai_document_add_text (pen->document, TAI_STYLE_SMALL | TAI_STYLE_CENTER, line);
  tai_sale_paper_add_proof (pen, orders);
}

TaiDocument *
tai_form_write (const TaiSale *sale)
{
  TaiPen pen = tai_pen_begin (sale->terminal, TAI_DOCUMENT_FORM, TAI_WORD_FORM);
  g_autoptr (GPtrArray) orders = orders_with_form (sale);

  add_head (&pen, sale, orders);
  add_orders (&pen, orders, sale->off_line);
  if (tai_sale_paper_has_room (orders))
    add_services (&pen, orders);
  add_fees (&pen, sale, orders);
  add_part (&pen, TAI_WORD_PART_TERMS);
  add_law (&pen, orders);
  add_key_terms (&pen, orders);
  add_signature (&pen);
  add_foot (&pen, sale, orders);
  return tai_pen_end (&pen);
}
