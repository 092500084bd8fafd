/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"
#include "tai-pen-private.h"
#include "tai-template.h"

G_BEGIN_DECLS

/* What receipt and form of a sale share. */

/* @logo: (nullable): the operator's mark, on top. (transfer full) */
TaiDocument *tai_receipt_write (const TaiPicture *logo, const TaiSale *sale);
/* The paper that @template tells: a form of the orders that need one, a notice of all. tai-template-paper.c. (transfer full) */
TaiDocument *tai_template_paper_write (const TaiTemplate *template, const TaiPicture *logo,
                                       const TaiSale *sale);

/* "1. 开户  194 0000 1234". (transfer full) */
char *tai_sale_paper_order_title (const TaiPen *pen, const TaiOrder *order, guint index);
/* "本人于 2026-11-21 09:04 确认订购". (transfer full) */
char *tai_sale_paper_consent (const TaiPen *pen, const TaiOrderItem *item);
/* tai-fee-table.c */
void tai_fee_table_add (TaiPen *pen, const TaiSale *sale, GPtrArray *orders);

/* The legal state of an order when its paper is printed, and the sentence that explains it (TAI_N_WORDS: none). */
TaiPaperWord tai_sale_paper_state (const TaiOrder *order);
TaiPaperWord tai_sale_paper_explanation (const TaiOrder *order, gboolean off_line);
/* "已受理·待生效" on one line. (transfer full) */
char *tai_sale_paper_state_line (const TaiPen *pen, const TaiOrder *order);

/* Sums over all prices of an item. */
typedef struct {
  TaiMoney today, first, normal;
  gboolean recurring; /* has a first bill and a month */
} TaiItemFigures;
TaiItemFigures tai_sale_paper_item_figures (const TaiOrderItem *item);
/* "首月账单19.67（59.00，按10/30天计）", "以后每月59.00": what comes on later bills of an order of @day; empty: nothing.
 * @with_normal FALSE: without the normal month at the end, where that stands beside it. (transfer full) (element-type utf8) */
GPtrArray *tai_sale_paper_later (const TaiPen *pen, const TaiOrderItem *item, TaiDate day,
                                 gboolean with_normal);
TaiDate tai_sale_paper_day (const TaiSale *sale, const TaiOrder *order);
/* The name with quantity and 退订. (transfer full) */
char *tai_sale_paper_item_title (const TaiPen *pen, const TaiOrderItem *item);

/* FALSE: so many lines that only one block of the document each is left: the total and the signature must not fall victim to
 * its limit. */
gboolean tai_sale_paper_has_room (GPtrArray *orders);
/* How the normal month is called: with a discount or a new price in it, it begins only after that. */
TaiPaperWord tai_sale_paper_month_word (GPtrArray *orders);
/* The three figures of @orders: today, first bill, normal month. The last two only where something recurs. */
void tai_sale_paper_add_figures (TaiPen *pen, GPtrArray *orders);
/* Only in Chinese, and only the yuan has them. */
void tai_sale_paper_add_capitals (TaiPen *pen, TaiMoney amount);
/* "1. 序号 000147 校验 9f3a61c2"; NULL: not captured. (transfer full) */
char *tai_sale_paper_proof (const TaiPen *pen, const TaiOrder *order, guint index);
/* What the visit knows of its customer, from the first order that has it. (nullable) */
const char *tai_sale_paper_customer (GPtrArray *orders);
const char *tai_sale_paper_document (GPtrArray *orders);

G_END_DECLS
