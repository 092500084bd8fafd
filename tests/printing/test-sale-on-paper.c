/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sale from the card to the papers: real desk, store, renderer and sealer; what the print queue holds afterwards is what
 * the customer gets.
 */
#include <string.h>

#include "sales.h"
#include "shipped-paperwork.h"
#include "surroundings.h"
#include "tai-box-sealer.h"
#include "tai-desk.h"
#include "tai-fake-clock.h"
#include "tai-fake-desk.h"
#include "tai-fake-entropy.h"
#include "tai-pin.h"
#include "tai-plain-text.h"
#include "tai-store.h"
#include "tai-till-paper.h"
#include "tai-tmf-renderer.h"

#define PIN    "739152"
#define NUMBER "19412345678"
#define ICCID  "8986001234567890123"

typedef struct {
  TaiTerminal *terminal;
  TaiStore *store;
  TaiDesk *desk;
} Hall;

static void
add_staff (TaiStore *store, TaiPinHasher *pins)
{
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *record = tai_pin_hasher_hash (pins, PIN, &error);

  g_assert_no_error (error);
  g_ptr_array_add (staff, tai_staff_new ("1042", "王芳", TAI_ROLE_CLERK, record));
  g_assert_true (tai_visit_store_replace_staff (TAI_VISIT_STORE (store), staff, &error));
  g_assert_no_error (error);
}

static void
hall_open (Hall *self, gboolean on_line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiFakeClock) clock = tai_fake_clock_new (SALE_TIME_US);
  g_autoptr (TaiFakeEntropy) entropy = tai_fake_entropy_new (7);
  g_autoptr (TaiSealKey) hq = tai_seal_key_new (TAI_ENTROPY (entropy));
  g_autoptr (TaiBoxSealer) sealer = tai_box_sealer_new (tai_seal_key_get_public (hq), TAI_ENTROPY (entropy));
  g_autoptr (TaiTmfRenderer) renderer = tai_tmf_renderer_new ();
  g_autoptr (TaiPaperwork) paperwork = shipped_paperwork ();
  g_autoptr (TaiPinHasher) pins = tai_pin_new (TAI_ENTROPY (entropy), TAI_PIN_COST_CHEAP);
  g_autoptr (Sale) shop = sale_new ("zh_CN", FALSE);

  self->terminal = tai_fake_terminal_new ();
  self->store = tai_store_open ("file:/paper?vfs=memdb", self->terminal, &error);
  g_assert_no_error (error);
  add_staff (self->store, pins);
  self->desk = tai_desk_new (self->terminal,
                             &(TaiDeskPorts){TAI_VISIT_STORE (self->store), TAI_PRINT_QUEUE (self->store),
                                             TAI_RENDERER (renderer), paperwork, TAI_SEALER (sealer), pins,
                                             TAI_CLOCK (clock), TAI_ENTROPY (entropy)});
  tai_desk_set_catalogue (self->desk, shop->catalogue);
  tai_desk_set_on_line (self->desk, on_line);
  g_assert_true (tai_desk_sign_in (self->desk, "1042", PIN, &error));
  g_assert_true (tai_desk_open_till (self->desk, tai_money (50000, TAI_CNY), &error));
  g_assert_true (
      tai_desk_apply_lease (self->desk, TAI_RESOURCE_NUMBER, NUMBER, NULL, SALE_TIME_US * 2, &error));
  g_assert_true (tai_desk_apply_lease (self->desk, TAI_RESOURCE_SIM, ICCID, NULL, SALE_TIME_US * 2, &error));
  g_assert_no_error (error);
}

static void
hall_close (Hall *self)
{
  g_clear_object (&self->desk);
  g_clear_object (&self->store);
  g_clear_pointer (&self->terminal, tai_terminal_free);
}

static TaiIdentity *
card (void)
{
  TaiIdentity *identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_READ);

  identity->name = g_strdup (SALE_NAME);
  identity->number = g_strdup (SALE_ID);
  identity->address = g_strdup (SALE_ADDRESS);
  identity->sex = '1';
  identity->birth = (TaiDate){1949, 12, 31};
  identity->valid_from = (TaiDate){2020, 1, 1};
  identity->valid_until = TAI_DATE_FOREVER;
  return identity;
}

static TaiVisit *
place (Hall *self)
{
  static const char *const offerings[] = {"plan59", "off30", "ring", "sim", "prepay"};
  TaiMoney none = {0};
  g_autoptr (GError) error = NULL;
  TaiVisit *visit = tai_desk_begin_visit (self->desk, &error);
  TaiOrder *line, *top_up;

  g_assert_true (tai_desk_identify (self->desk, visit, card (), &error));
  line = tai_desk_add_order (self->desk, visit, "new_line", &error);
  for (guint i = 0; i < G_N_ELEMENTS (offerings); i++) {
    tai_desk_add_offering (self->desk, visit, line, offerings[i], 1, none, &error);
    /* a discount needs what it applies to, so the order counts */
    g_assert_no_error (error);
  }
  g_assert_true (tai_desk_give_consent (self->desk, visit, line, "ring", &error));
  g_assert_true (tai_desk_choose_number (self->desk, visit, line, NUMBER, &error));
  g_assert_true (tai_desk_choose_sim (self->desk, visit, line, ICCID, &error));
  top_up = tai_desk_add_order (self->desk, visit, "top_up", &error);
  g_assert_true (tai_desk_set_target (self->desk, visit, top_up, "16700005678", &error));
  g_assert_nonnull (
      tai_desk_add_offering (self->desk, visit, top_up, "topup", 1, tai_money (5000, TAI_CNY), &error));
  g_assert_true (tai_desk_sign (self->desk, visit, &error));
  tai_desk_place (self->desk, visit, &error);
  g_assert_no_error (error);
  return visit;
}

static void
pay (Hall *self, TaiVisit *visit)
{
  g_autoptr (GError) error = NULL;
  TaiMoney change;

  tai_desk_pay_cash (self->desk, visit, tai_money (20000, TAI_CNY), &change, &error);
  g_assert_no_error (error);
  g_assert_cmpint (change.minor, ==, 3000);
}

static void
sell (Hall *self)
{
  g_autoptr (TaiVisit) visit = place (self);

  pay (self, visit);
}

/* The window is killed and comes back; the catalogue that it sold from has changed meanwhile. */
static void
sell_after_restart (Hall *self)
{
  g_autoptr (TaiVisit) lost = place (self);
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) offerings = g_ptr_array_new ();
  g_autoptr (TaiCatalogue) empty = NULL;
  g_autoptr (GError) error = NULL;

  empty = tai_catalogue_build (g_steal_pointer (&offerings), NULL, NULL, &error);
  g_assert_no_error (error);
  tai_desk_set_catalogue (self->desk, empty);
  visits = tai_desk_recover_visits (self->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (visits->len, ==, 1);
  pay (self, g_ptr_array_index (visits, 0));
}

/* What waits for @printer, laid out, runs of blanks made one. */
static char *
read_printed (Hall *self, const char *printer, guint columns)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiPrintJob) job = tai_print_queue_next (TAI_PRINT_QUEUE (self->store), printer, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GRegex) blanks = g_regex_new (" +", 0, 0, NULL);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (job);
  bytes = tai_document_serialize (job->document);
  g_assert_null (
      memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), SALE_ID, strlen (SALE_ID)));
  g_assert_null (
      memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), SALE_NAME, strlen (SALE_NAME)));
  text = tai_plain_text_render (job->document, columns);
  return g_regex_replace_literal (blanks, text, -1, 0, " ", 0, NULL);
}

static void
assert_has (const char *text, const char *what)
{
  if (strstr (text, what) == NULL)
    g_error ("\"%s\" is missing in\n%s", what, text);
}

static void
test_sale (gconstpointer data)
{
  gboolean on_line = GPOINTER_TO_INT (data);
  Hall hall;
  g_autofree char *receipt = NULL, *form = NULL;
  static const char *const on_receipt[] = {
      "小票号 H017-T2-A-20261121-0001",
      "客户 张* 证件…2X",
      "1. 开户 194 1234 5678",
      "已受理·待生效",
      "之后5个月每月41.30",
      "合计 ¥170.00",
      "人民币壹佰柒拾元整",
      "实收（现金） ¥200.00",
      "找零 ¥30.00",
      "首月账单 ¥18.77",
      "优惠期满后每月 ¥69.00",
      "1. 序号 000003 校验 ", /* after the till's opening */
      "2. 充值 167 0000 5678",
      "已收款·待到账",
  };
  static const char *const on_form[] = {
      "证件 居民身份证 …2X",
      "SIM卡号 8986001234567890123",
      "本人于 2026-11-21 09:05 确认订购",
      "首月账单13.77（59.00减30%",
      "合计 120.00 18.77 69.00",
      "提前解除协议的，须支付剩余月费30%的违约金",
      "客户签名",
  };

  hall_open (&hall, on_line);
  sell (&hall);
  receipt = read_printed (&hall, "receipt", 32);
  form = read_printed (&hall, "form", 88);
  for (guint i = 0; i < G_N_ELEMENTS (on_receipt); i++)
    assert_has (receipt, on_receipt[i]);
  for (guint i = 0; i < G_N_ELEMENTS (on_form); i++)
    assert_has (form, on_form[i]);
  g_assert_cmpint (strstr (receipt, "断网办理") == NULL, ==, on_line);
  hall_close (&hall);
}

/* Letter by letter the papers that the first window would have printed: terms, reasons, figures. */
static void
test_after_restart (void)
{
  char *papers[4];

  for (guint i = 0; i < 2; i++) {
    Hall hall;

    hall_open (&hall, FALSE);
    if (i == 0)
      sell (&hall);
    else
      sell_after_restart (&hall);
    papers[2 * i] = read_printed (&hall, "receipt", 32);
    papers[2 * i + 1] = read_printed (&hall, "form", 88);
    hall_close (&hall);
  }
  assert_has (papers[3], "提前解除协议的，须支付剩余月费30%的违约金");
  assert_has (papers[3], "首月账单13.77（59.00减30%");
  g_assert_cmpstr (papers[0], ==, papers[2]);
  g_assert_cmpstr (papers[1], ==, papers[3]);
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    g_free (papers[i]);
}

/* What the store reports fits the slip: the day's sale is on it, the drawer's difference is what was counted. */
static void
test_close (void)
{
  Hall hall;
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiTillReport) report = NULL;
  g_autoptr (TaiDocument) slip = NULL;
  g_autofree char *text = NULL, *squeezed = NULL;
  g_autoptr (GRegex) blanks = g_regex_new (" +", 0, 0, NULL);
  static const char *const wanted[] = {"日扎账单\n",         "扎账号 1\n",
                                       "应有现金 ¥670.00\n", "实点现金 ¥669.00\n",
                                       "短款 ¥1.00\n",       "充值 ×1 50.00\n",
                                       "开户 ×1 120.00\n",   "现金 ×1 170.00\n",
                                       "待上传 4\n",         "最早一笔 2026-11-21 09:05\n"};

  hall_open (&hall, FALSE);
  sell (&hall);
  report = tai_desk_close_till (hall.desk, tai_money (66900, TAI_CNY), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->shifts->len, ==, 1);
  slip =
      tai_till_paper_slip (hall.terminal, report, g_ptr_array_index (report->shifts, 0), SALE_TIME_US, TRUE);
  text = tai_plain_text_render (slip, 32);
  squeezed = g_regex_replace_literal (blanks, text, -1, 0, " ", 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    assert_has (squeezed, wanted[i]);
  hall_close (&hall);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sale-on-paper/on-line", GINT_TO_POINTER (TRUE), test_sale);
  g_test_add_data_func ("/sale-on-paper/off-line", GINT_TO_POINTER (FALSE), test_sale);
  g_test_add_func ("/sale-on-paper/after-restart", test_after_restart);
  g_test_add_func ("/sale-on-paper/close", test_close);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
