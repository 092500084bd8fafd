/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes for invoices: one with each receipt of money, another one for what is left when money goes back, and none without a page. */
#include "tai-desk-rig.h"

#include <string.h>

#define PAGE "https://invoice.example/claim"

static TaiDeskRig *
rig_with_page (const char *page)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  MUST (tai_desk_set_invoice_page (rig->desk, page, &E));
  tai_desk_rig_start_day (rig);
  tai_desk_rig_sign_in (rig, RIG_SUPERVISOR); /* may refund */
  return rig;
}

static void
assert_rows (TaiDeskRig *rig, const char *sql, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (rig, "%s", sql);

  g_assert_cmpstr (found, ==, expected);
}

#define CLAIMS                                                                                               \
  "SELECT json_extract (CAST (body AS TEXT), '$.name'), json_extract (CAST (body AS TEXT), '$.subject') = "  \
  "'%s', json_extract (CAST (body AS TEXT), '$.amount.value') FROM message WHERE path LIKE '%%/till' AND "   \
  "json_extract (CAST (body AS TEXT), '$.kind') = 'invoice' ORDER BY n"

static void
assert_claims (TaiDeskRig *rig, TaiVisit *visit, const char *expected)
{
  g_autofree char *found = tai_desk_rig_rows (rig, CLAIMS, tai_visit_get_receipt_number (visit));

  g_assert_cmpstr (found, ==, expected);
}

static void
test_each_receipt (void)
{
  g_autoptr (TaiDeskRig) rig = rig_with_page (PAGE);
  g_autoptr (TaiVisit) first = tai_desk_rig_sell_top_up (rig, 5000);
  g_autofree char *digests = NULL, *bodies = NULL;

  assert_claims (rig, first, "invoice_claim|1|50.0");
  g_object_unref (tai_desk_rig_sell_top_up (rig, 1000));
  digests =
      tai_desk_rig_rows (rig, "SELECT count (DISTINCT json_extract (CAST (body AS TEXT), '$.token')) FROM "
                              "message WHERE path LIKE '%%/till'");
  g_assert_cmpstr (digests, ==, "2"); /* a secret of its own each */
  /* the secret is on paper alone: neither the journal nor what is sent can open the page */
  bodies = tai_desk_rig_rows (rig, "SELECT group_concat (CAST (body AS TEXT)) FROM message");
  g_assert_null (strstr (bodies, PAGE));
  g_assert_null (strstr (bodies, "&t="));
  tai_desk_rig_assert_sound (rig);
}

static void
test_no_page (void)
{
  g_autoptr (TaiDeskRig) rig = rig_with_page ("");
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000);
  TaiMoney amount;

  g_assert_false (tai_desk_has_invoices (rig->desk));
  assert_claims (rig, visit, "");
  REFUSED (TAI_CORE_ERROR_OPERATION_NOT_HERE,
           tai_desk_exchange_invoice (rig->desk, tai_visit_get_receipt_number (visit), &amount, &E));
}

/* It is kept over a restart, and what is no page is refused. */
static void
test_page (void)
{
  static const char *const bad[] = {
      "http://invoice.example/", "https://", "https://a b", "javascript:alert(1)", "https://x.example/\"",
      "https://x.example/#top"};
  g_autofree char *longest = g_strnfill (121, 'a');
  g_autofree char *too_long = g_strconcat ("https://", longest, NULL);
  g_autoptr (TaiDeskRig) rig = rig_with_page (PAGE "?op=1");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_set_invoice_page (rig->desk, bad[i], &E));
  REFUSED (TAI_CORE_ERROR_LIMIT, tai_desk_set_invoice_page (rig->desk, too_long, &E));
  assert_rows (rig, "SELECT value FROM setting WHERE name = 'invoice_page'", PAGE "?op=1");
  MUST (tai_desk_set_invoice_page (rig->desk, "", &E));
  g_assert_false (tai_desk_has_invoices (rig->desk));
}

/* A refund of one of two orders leaves the other's money; of the last one nothing. */
static void
test_refund (void)
{
  g_autoptr (TaiDeskRig) rig = rig_with_page (PAGE);
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  GPtrArray *orders;

  tai_desk_rig_add_top_up (rig, visit, 5000);
  tai_desk_rig_add_top_up (rig, visit, 3000);
  tai_desk_rig_place (rig, visit);
  tai_desk_rig_pay (rig, visit);
  orders = tai_visit_get_orders (visit);
  for (guint i = 0; i < orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (orders, i);
    MUST (tai_desk_apply_order_state (rig->desk, order->id.text, TAI_ORDER_REJECTED, "line_closed", &E));
    MUST (tai_desk_pay_refund (rig->desk, order->id.text, NULL, &E));
  }
  assert_claims (rig, visit, "invoice_claim|1|80.0\ninvoice_exchanged|1|30.0\ninvoice_exchanged|1|0.0");
  tai_desk_rig_assert_sound (rig);
}

static void
assert_papers (TaiDeskRig *rig, TaiVisit *visit, const char *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GPtrArray) papers = NULL;

  MUST (papers = tai_desk_list_papers (rig->desk, tai_visit_get_receipt_number (visit), &E));
  for (guint i = 0; i < papers->len; i++) {
    const TaiPrintEntry *one = g_ptr_array_index (papers, i);
    g_string_append_printf (found, "%s%s|%s", i > 0 ? " " : "", one->printer,
                            one->receipt_number != NULL ? "numbered" : "slip");
  }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_exchange (void)
{
  g_autoptr (TaiDeskRig) rig = rig_with_page (PAGE);
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000),
                       refunded = tai_desk_rig_sell_top_up (rig, 700);
  const TaiOrder *order = g_ptr_array_index (tai_visit_get_orders (refunded), 0);
  g_autofree char *before = NULL, *after = NULL;
  TaiMoney amount = CNY (0);

  MUST (tai_desk_exchange_invoice (rig->desk, tai_visit_get_receipt_number (visit), &amount, &E));
  g_assert_cmpint (amount.minor, ==, 5000);
  assert_papers (rig, visit, "receipt|numbered receipt|slip"); /* it stands with the receipt's papers */
  assert_claims (rig, visit, "invoice_claim|1|50.0\ninvoice_claim|0|7.0\ninvoice_exchanged|1|50.0");
  MUST (tai_desk_apply_order_state (rig->desk, order->id.text, TAI_ORDER_REJECTED, "line_closed", &E));
  MUST (tai_desk_pay_refund (rig->desk, order->id.text, NULL, &E));
  before = tai_desk_rig_dump (rig);
  REFUSED (TAI_CORE_ERROR_STATE,
           tai_desk_exchange_invoice (rig->desk, tai_visit_get_receipt_number (refunded), &amount, &E));
  REFUSED (TAI_CORE_ERROR_RECEIPT_UNKNOWN,
           tai_desk_exchange_invoice (rig->desk, "H017-T2-A-20261122-0099", &amount, &E));
  after = tai_desk_rig_dump (rig);
  g_assert_cmpstr (before, ==, after);
  tai_desk_rig_sign_in (rig, RIG_KIOSK);
  REFUSED (TAI_CORE_ERROR_RIGHT_MISSING,
           tai_desk_exchange_invoice (rig->desk, tai_visit_get_receipt_number (visit), &amount, &E));
  tai_desk_rig_assert_sound (rig);
}

static guint
count_codes (const TaiDocument *paper)
{
  guint n = 0;

  for (guint i = 0; i < tai_document_get_n_blocks (paper); i++) {
    const TaiBlock *block = tai_document_get_block (paper, i);
    n += block->type == TAI_BLOCK_QR && block->text[0][0] != '\0';
  }
  return n;
}

/* A copy of the receipt does not show a code that was exchanged; the one that is good stays. */
static void
test_copies (void)
{
  g_autoptr (TaiDeskRig) rig = rig_with_page (PAGE);
  g_autoptr (TaiVisit) visit = tai_desk_rig_sell_top_up (rig, 5000);
  const char *receipt = tai_visit_get_receipt_number (visit);
  g_autoptr (TaiPrintJob) with = NULL, without = NULL;
  TaiMoney amount = CNY (0);
  gint32 copy = 0;

  tai_desk_rig_print (rig);
  MUST (tai_desk_reprint (rig->desk, receipt, &copy, &E));
  MUST (with = tai_print_queue_find_receipt (TAI_PRINT_QUEUE (rig->store), receipt, &E));
  MUST (tai_desk_exchange_invoice (rig->desk, receipt, &amount, &E));
  tai_desk_rig_print (rig);
  MUST (tai_desk_reprint (rig->desk, receipt, &copy, &E));
  MUST (without = tai_print_queue_find_receipt (TAI_PRINT_QUEUE (rig->store), receipt, &E));
  g_assert_cmpint (without->copy, ==, with->copy + 1);
  g_assert_cmpint (count_codes (with->document), ==, 1);
  g_assert_cmpint (count_codes (without->document), ==, 0);
}

static void
test_code (void)
{
  g_autoptr (TaiDeskRig) rig = tai_desk_rig_new ();
  g_autoptr (TaiInvoiceClaim) plain = NULL, query = NULL;
  const char *secret;
  TaiDigest token;

  plain = tai_invoice_claim_new (PAGE, "H017-T2-A-20261122-0001", CNY (5000), TAI_ENTROPY (rig->entropy));
  g_assert_true (g_str_has_prefix (plain->url, PAGE "?n=H017-T2-A-20261122-0001&t="));
  secret = strstr (plain->url, "&t=") + 3;
  g_assert_cmpuint (strlen (secret), ==, 22);
  g_assert_true (tai_invoice_token_read (secret, &token));
  g_assert_cmpint (memcmp (&token, &plain->token, sizeof token), ==, 0);
  g_assert_false (tai_invoice_token_read (secret + 1, &token));
  g_assert_false (tai_invoice_token_read ("01234567890123456789+/", &token));
  query = tai_invoice_claim_new (PAGE "?op=1", "R", CNY (1), TAI_ENTROPY (rig->entropy));
  g_assert_true (g_str_has_prefix (query->url, PAGE "?op=1&n=R&t="));
  g_assert_cmpint (memcmp (&query->token, &plain->token, sizeof token), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/invoice/each-receipt", test_each_receipt);
  g_test_add_func ("/desk/invoice/no-page", test_no_page);
  g_test_add_func ("/desk/invoice/page", test_page);
  g_test_add_func ("/desk/invoice/refund", test_refund);
  g_test_add_func ("/desk/invoice/exchange", test_exchange);
  g_test_add_func ("/desk/invoice/copies", test_copies);
  g_test_add_func ("/desk/invoice/code", test_code);
  return g_test_run ();
}
