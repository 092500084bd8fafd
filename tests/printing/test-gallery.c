/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every paper of a sale, on each width, in both languages, as a picture of 203 dots an inch for people to look at; and what
 * a program can judge of a picture: nothing touches an edge, the code is read.
 */

#include "papers.h"
#include "sales.h"
#include "shipped-paperwork.h"
#include "surroundings.h"
#include "tai-plain-text.h"
#include "tai-promise-slip.h"
#include "tai-refund-slip.h"
#include "tai-refusal-slip.h"

static const char *const languages[] = {"zh_CN", "en"};

/* @code: (nullable) what a scanner reads of it. */
static void
show (TaiDocument *doc, TaiPaper paper, const char *what, const char *language, const char *code)
{
  g_autofree char *path = papers_show (doc, paper, what, language);
  g_autofree char *read = code != NULL ? papers_run ("zbarimg", "-q", "--raw", path, NULL) : NULL;

  if (read != NULL)
    g_assert_cmpstr (g_strchomp (read), ==, code);
}

static void
show_on_rolls (TaiDocument *doc, const char *what, const char *language, const char *code)
{
  show (doc, TAI_PAPER_58MM, what, language, code);
  show (doc, TAI_PAPER_80MM, what, language, code);
}

static void
test_receipts (void)
{
  g_autoptr (TaiPaperwork) paperwork = shipped_paperwork ();

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (Sale) family = sale_family (languages[i], TRUE), top_up = sale_top_up (languages[i], FALSE);
    g_autoptr (TaiDocument) first = tai_paperwork_receipt (paperwork, &family->sale);
    g_autoptr (TaiDocument) second = tai_paperwork_receipt (paperwork, &top_up->sale);
    g_autoptr (TaiDocument) copy = tai_document_copy_marked (second, 2);
    char hex[65], *code;

    tai_digest_to_hex (((const TaiOrder *)g_ptr_array_index (family->orders, 0))->content_hash, hex);
    code = g_strdup_printf ("%s#%.8s", family->sale.receipt_number, hex);
    show_on_rolls (first, "sale", languages[i], code);
    show_on_rolls (second, "top-up", languages[i], NULL);
    show_on_rolls (copy, "top-up-copy", languages[i], NULL);
    g_free (code);
  }
}

static void
test_forms (void)
{
  g_autoptr (TaiPaperwork) paperwork = shipped_paperwork ();

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (Sale) sale = sale_family (languages[i], FALSE);
    g_autoptr (TaiDocument) form = NULL, notice = NULL;

    sale_add (sale, "new_line", "19400001235", "plan59,ring,sim");
    sale_add (sale, "suspend", "19400001236", "");
    sale_capture (sale);
    form = tai_paperwork_form (paperwork, &sale->sale);
    notice = tai_paperwork_notice (paperwork, &sale->sale);
    show (form, TAI_PAPER_A4, "form", languages[i], NULL);
    show (notice, TAI_PAPER_A4, "notice-of-three", languages[i], NULL);
  }
}

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    gboolean chinese = i == 0;
    g_autoptr (Sale) hall = sale_new (languages[i], FALSE);
    TaiRefusal refusal = {.terminal = hall->terminal,
                          .time_us = SALE_TIME_US,
                          .clerk = "1042",
                          .operation = tai_operation_find ("new_line"),
                          .msisdn = "19400001234",
                          .customer_mask = "张*",
                          .reason = chinese ? "这个证件名下的号码已经达到上限，不能再开新号。"
                                            : "This document has all the numbers that one person may have.",
                          .code = "lines_limit",
                          .bring = chinese ? "不用的号码请先销户，再带本人身份证来办理。"
                                           : "Close a number that you do not use, then come with your ID.",
                          .receipt_number = "H017-T2-A-20261121-0001",
                          .refund_due = tai_money (12000, TAI_CNY)};
    g_autoptr (TaiDocument) slip = tai_refusal_slip_write (&refusal);

    show_on_rolls (slip, "refusal", languages[i], NULL);
  }
}

static void
add_refund (GPtrArray *refunds, TaiTender tender, gint64 fen, const char *number, const char *detail)
{
  TaiPayment *refund = tai_payment_new (tender, tai_money (-fen, TAI_CNY));

  refund->number = g_strdup (number);
  refund->detail = g_strdup (detail);
  g_ptr_array_add (refunds, refund);
}

/* As it came: by the terminal with the money's own number, by slip, out of the drawer. */
static void
test_refunds (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (Sale) hall = sale_new (languages[i], FALSE);
    TaiOrder *order = sale_add (hall, "top_up", "19400001234", NULL);
    g_autoptr (GPtrArray) refunds = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_payment_free);
    TaiRefundSale sale = {.terminal = hall->terminal,
                          .order = order,
                          .refunds = refunds,
                          .clerk = "1042",
                          .approver = "9001",
                          .time_us = SALE_TIME_US};
    g_autoptr (TaiDocument) slip = NULL;
    g_autofree char *text = NULL;

    order->receipt_number = g_strdup ("H017-T2-A-20261121-0001");
    add_refund (refunds, TAI_TENDER_CARD, 8000, NULL, "5021000000000002 ****3919");
    add_refund (refunds, TAI_TENDER_CARD, 500, NULL, "decided by 9001");
    add_refund (refunds, TAI_TENDER_OTHER, 2000, "R-77", NULL);
    add_refund (refunds, TAI_TENDER_CASH, 1500, NULL, NULL);
    slip = tai_refund_slip_write (&sale);
    g_assert_false (tai_document_is_truncated (slip));
    text = tai_plain_text_render (slip, 48);
    g_assert_nonnull (strstr (text, "5021000000000002\n"));
    g_assert_nonnull (strstr (text, "****3919"));
    g_assert_nonnull (strstr (text, "R-77"));
    g_assert_null (strstr (text, "decided"));
    g_assert_nonnull (strstr (text, i == 0 ? "授权人" : "Approved by"));
    g_assert_nonnull (
        strstr (text, i == 0 ? "已退给您" : "Given back to you")); /* it has gone: nothing is owed */
    g_assert_null (strstr (text, i == 0 ? "应退" : "Owed"));
    show_on_rolls (slip, "refund", languages[i], NULL);
  }
}

/* Whether it could not be done, or was taken back at the customer's wish. */
static void
test_promise_of_money (void)
{
  static const struct {
    TaiOrderState state;
    const char *words;
  } states[] = {{TAI_ORDER_REJECTED, "could not be done"},
                {TAI_ORDER_CANCELLED, "was cancelled"},
                {TAI_ORDER_UNDONE, "was undone"}};

  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (Sale) hall = sale_new ("en", FALSE);
    TaiOrder *order = sale_add (hall, "top_up", "19400001234", NULL);
    TaiPromiseSlip slip = {.terminal = hall->terminal,
                           .promise = {TAI_PROMISE_MONEY, {"01890a5d-96ce-7a1b-8c2d-3e4f50617283"}},
                           .order = order,
                           .amount = tai_money (12000, TAI_CNY),
                           .clerk = "1042",
                           .time_us = SALE_TIME_US,
                           .until_us = SALE_TIME_US};
    g_autoptr (TaiDocument) document = NULL;
    g_autofree char *text = NULL;

    order->state = states[i].state;
    document = tai_promise_slip_write (&slip);
    text = tai_plain_text_render (document, 80);
    for (guint k = 0; k < G_N_ELEMENTS (states); k++)
      g_assert_true ((strstr (text, states[k].words) != NULL) == (k == i));
  }
}

static void
test_promises (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    for (TaiPromiseKind kind = TAI_PROMISE_PAYMENT; kind <= TAI_PROMISE_MONEY; kind++) {
      g_autoptr (Sale) hall = sale_new (languages[i], FALSE);
      g_autoptr (TaiPayment) payment = tai_payment_new (TAI_TENDER_QR, tai_money (12000, TAI_CNY));
      g_autofree char *name = g_strdup_printf ("promise-%s", tai_promise_kind_to_text (kind));
      TaiPromiseSlip slip = {.terminal = hall->terminal,
                             .promise = {kind, {"01890a5d-96ce-7a1b-8c2d-3e4f50617283"}},
                             .order = sale_add (hall, "new_line", "19400001234", NULL),
                             .payment = kind == TAI_PROMISE_PAYMENT ? payment : NULL,
                             .amount = tai_money (12000, TAI_CNY),
                             .clerk = "1042",
                             .time_us = SALE_TIME_US,
                             .until_us = tai_promise_get_until_us (kind, &(TaiTillPolicy){0}, SALE_TIME_US)};
      g_autoptr (TaiDocument) document = NULL;
      g_autofree char *code = NULL;

      payment->provider = g_strdup ("wechat");
      g_strlcpy (payment->id.text, "01890a5d-96ce-7a1b-8c2d-3e4f50617299", sizeof payment->id.text);
      document = tai_promise_slip_write (&slip);
      g_assert_false (tai_document_is_truncated (document));
      code = tai_promise_to_text (&slip.promise);
      show_on_rolls (document, name, languages[i], code);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gallery/receipts", test_receipts);
  g_test_add_func ("/gallery/forms", test_forms);
  g_test_add_func ("/gallery/refusals", test_refusals);
  g_test_add_func ("/gallery/refunds", test_refunds);
  g_test_add_func ("/gallery/promises", test_promises);
  g_test_add_func ("/gallery/promises-of-money", test_promise_of_money);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
