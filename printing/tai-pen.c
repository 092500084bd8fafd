/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all papers share: words in the paper's language, money, local time. One thread at a time. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-pen-private.h"

#include <string.h>

#define N_BLANKS 3
/* A sum that could not be made: no currency has this code, and it is not nothing. */
static const TaiMoney broken_sum = {1, G_MAXUINT16};

static void
add_class_mark (TaiPen *self)
{
  const char *klass = self->terminal->klass;

  if (g_strcmp0 (klass, "production") == 0)
    return;
  tai_pen_add_word (self, TAI_STYLE_LARGE | TAI_STYLE_BOLD | TAI_STYLE_CENTER,
                    g_strcmp0 (klass, "training") == 0 ? TAI_WORD_TRAINING : TAI_WORD_DEMO);
}

static const char *
language_of (const TaiTerminal *terminal)
{
  return terminal->language ? terminal->language : "zh_CN";
}

TaiPen
tai_pen_begin (const TaiTerminal *terminal, const TaiPicture *logo, TaiDocumentType type, TaiPaperWord title)
{
  return tai_pen_begin_titled (terminal, logo, type, tai_paper_word (title, language_of (terminal)));
}

TaiPen
tai_pen_begin_titled (const TaiTerminal *terminal, const TaiPicture *logo, TaiDocumentType type,
                      const char *title)
{
  TaiPen self = {.terminal = terminal, .language = language_of (terminal)};

  self.document = tai_document_new (type, title, self.language);
  if (logo != NULL)
    tai_document_add_picture (self.document, logo);
  add_class_mark (&self);
  if (terminal->hall_name)
    tai_document_add_text (self.document, TAI_STYLE_CENTER, terminal->hall_name);
  return self;
}

TaiDocument *
tai_pen_end (TaiPen *self)
{
  return g_steal_pointer (&self->document);
}

const char *
tai_pen_word (const TaiPen *self, TaiPaperWord word)
{
  return tai_paper_word (word, self->language);
}

char *
tai_pen_fill (const TaiPen *self, TaiPaperWord word, const char *first, const char *second, const char *third)
{
  const char *values[N_BLANKS] = {first, second, third};
  const char *text = tai_pen_word (self, word), *blank;
  GString *filled = g_string_new (NULL);

  while ((blank = strchr (text, '{')) != NULL) {
    guint index = (guint)(blank[1] - '1');

    g_assert (index < N_BLANKS && blank[2] == '}');
    g_string_append_len (filled, text, blank - text);
    g_string_append (filled, values[index] ? values[index] : "");
    text = blank + strlen ("{1}");
  }
  g_string_append (filled, text);
  return g_string_free (filled, FALSE);
}

void
tai_pen_add_word (TaiPen *self, TaiStyle style, TaiPaperWord word)
{
  tai_document_add_text (self->document, style, tai_pen_word (self, word));
}

void
tai_pen_add_pair (TaiPen *self, TaiStyle style, TaiPaperWord label, const char *value)
{
  if (value && value[0] != '\0')
    tai_document_add_pair (self->document, style, tai_pen_word (self, label), value);
}

void
tai_pen_add_money (TaiPen *self, TaiStyle style, TaiPaperWord label, TaiMoney amount)
{
  g_autofree char *text = tai_pen_format_money (amount);

  tai_pen_add_pair (self, style, label, text);
}

void
tai_pen_add_count (TaiPen *self, TaiStyle style, TaiPaperWord label, gint64 count)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  tai_pen_add_pair (self, style, label, text);
}

char *
tai_pen_format_amount (TaiMoney amount)
{
  if (amount.currency == 0)
    return g_strdup ("");
  if (tai_currency_get_decimals (amount.currency) < 0)
    return g_strdup ("—");
  return tai_money_to_text (amount);
}

char *
tai_pen_format_money (TaiMoney amount)
{
  g_autofree char *text = tai_pen_format_amount (amount);
  const char *code = tai_currency_to_code (amount.currency);
  gboolean negative = text[0] == '-';

  if (code == NULL)
    return g_steal_pointer (&text);
  if (amount.currency == TAI_CNY)
    return g_strconcat (negative ? "-¥" : "¥", text + negative, NULL);
  return g_strconcat (code, " ", text, NULL);
}

char *
tai_pen_format_time (const TaiPen *self, gint64 time_us)
{
  char *text = tai_time_to_text (time_us + (gint64)self->terminal->utc_offset_min * 60 * G_USEC_PER_SEC);

  /* "2026-11-22T17:05:09.000Z", which is UTC no more */
  text[strlen ("2026-11-22")] = ' ';
  text[strlen ("2026-11-22 17:05")] = '\0';
  return text;
}

char *
tai_pen_format_place (const TaiPen *self, const char *clerk)
{
  const char *desk = self->terminal->desk;

  return g_strconcat (desk ? desk : "", desk && clerk ? " / " : "", clerk, NULL);
}

char *
tai_pen_format_msisdn (const char *msisdn)
{
  if (strlen (msisdn) != strlen ("13800138000"))
    return g_strdup (msisdn);
  return g_strdup_printf ("%.3s %.4s %.4s", msisdn, msisdn + 3, msisdn + 7);
}

char *
tai_pen_format_digest (TaiDigest digest)
{
  char hex[65];

  tai_digest_to_hex (digest, hex);
  return g_strndup (hex, 8);
}

const char *
tai_pen_item_name (const TaiPen *self, const TaiOrderItem *item)
{
  if (item->offering_name_en && !g_str_has_prefix (self->language, "zh"))
    return item->offering_name_en;
  if (item->offering_name)
    return item->offering_name;
  return item->offering_id ? item->offering_id : "";
}

void
tai_pen_sum (TaiMoney *sum, TaiMoney amount)
{
  if (sum->currency == 0)
    *sum = amount;
  else if (amount.currency != 0 && !tai_money_add (*sum, amount, sum, NULL))
    *sum = broken_sum;
}
