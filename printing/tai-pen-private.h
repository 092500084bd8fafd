/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"
#include "tai-order.h"
#include "tai-paper-words.h"

G_BEGIN_DECLS

/**
 * TaiPen: writes on one document in its language, with the terminal's time and currency. On the stack of who writes.
 */
typedef struct {
  TaiDocument *document; /* (owned until tai_pen_end) */
  const TaiTerminal *terminal;
  const char *language;
} TaiPen;

/* Title, the mark of a terminal that is not in production, the hall's name. */
/* @logo: (nullable): above the title. */
TaiPen tai_pen_begin (const TaiTerminal *terminal, const TaiPicture *logo, TaiDocumentType type,
                      TaiPaperWord title);
TaiPen tai_pen_begin_titled (const TaiTerminal *terminal, const TaiPicture *logo, TaiDocumentType type,
                             const char *title);
TaiDocument *tai_pen_end (TaiPen *self); /* (transfer full) */

const char *tai_pen_word (const TaiPen *self, TaiPaperWord word);
/* @word with {1}, {2}, {3} filled in; later ones (nullable). (transfer full) */
char *tai_pen_fill (const TaiPen *self, TaiPaperWord word, const char *first, const char *second,
                    const char *third);
void tai_pen_add_word (TaiPen *self, TaiStyle style, TaiPaperWord word);
/* NULL or empty values write nothing. */
void tai_pen_add_pair (TaiPen *self, TaiStyle style, TaiPaperWord label, const char *value);
void tai_pen_add_money (TaiPen *self, TaiStyle style, TaiPaperWord label, TaiMoney amount);
void tai_pen_add_count (TaiPen *self, TaiStyle style, TaiPaperWord label, gint64 count);

/* "¥128.00", "-¥0.05", "KWD 1.234"; a sum that could not be made is "—". (transfer full) */
char *tai_pen_format_money (TaiMoney amount);
/* The same without the currency, for columns; "" for a zeroed struct. (transfer full) */
char *tai_pen_format_amount (TaiMoney amount);
/* "2026-11-22 17:05" at the terminal. (transfer full) */
char *tai_pen_format_time (const TaiPen *self, gint64 time_us);
/* "3 / 1042": desk and clerk. (transfer full) */
char *tai_pen_format_place (const TaiPen *self, const char *clerk);
/* "138 0013 8000". (transfer full) */
char *tai_pen_format_msisdn (const char *msisdn);
/* The first 8 hexadecimal digits. (transfer full) */
char *tai_pen_format_digest (TaiDigest digest);
/* The offering's name in the paper's language as far as there is one; never NULL. */
const char *tai_pen_item_name (const TaiPen *self, const TaiOrderItem *item);

/* *@sum += @amount. What cannot be added (overflow, two currencies) makes a sum that reads "—": no figure is better than a
 * wrong one. A zeroed *@sum is none yet. */
void tai_pen_sum (TaiMoney *sum, TaiMoney amount);

G_END_DECLS
