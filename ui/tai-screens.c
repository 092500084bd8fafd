/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of the window as one table: a new screen is a row here. */
#define G_LOG_DOMAIN "tai-ui"

#include <glib/gi18n.h>

#include "tai-about-number-screen.h"
#include "tai-agreement-screen.h"
#include "tai-cash-move-screen.h"
#include "tai-money-screen.h"
#include "tai-close-till-screen.h"
#include "tai-correction-screen.h"
#include "tai-difference-screen.h"
#include "tai-done-screen.h"
#include "tai-extras-screen.h"
#include "tai-findings-screen.h"
#include "tai-hall-close-screen.h"
#include "tai-hand-over-screen.h"
#include "tai-home-screen.h"
#include "tai-identity-screen.h"
#include "tai-journal-screen.h"
#include "tai-keys-screen.h"
#include "tai-line-screen.h"
#include "tai-movements-screen.h"
#include "tai-number-screen.h"
#include "tai-open-till-screen.h"
#include "tai-order-screen.h"
#include "tai-orders-screen.h"
#include "tai-parked-screen.h"
#include "tai-plan-screen.h"
#include "tai-receipt-screen.h"
#include "tai-refund-screen.h"
#include "tai-report-screen.h"
#include "tai-sign-in-screen.h"
#include "tai-slip-screen.h"
#include "tai-target-screen.h"
#include "tai-till-slip-screen.h"

#define SIDES TRUE
#define ALONE FALSE

/* clang-format off */
static const struct {
  const char *name, *title;
  GType (*get_type) (void);
  gboolean has_sides, needs_staff;
  const char *help;
  const char *const *found_as; /* (nullable) what the halls call it, Chinese first: reached by the command box */
} screens[TAI_N_SCREENS] = {
  [TAI_SCREEN_SIGN_IN] = {"sign-in", N_ ("Sign in"), tai_sign_in_screen_get_type, ALONE, FALSE,
    N_ ("Type your staff number, Enter, then your PIN, Enter. After three wrong PINs the number is locked for a while, and longer each time. A visit that was on the desk is kept while the desk is locked.")},
  [TAI_SCREEN_OPEN_TILL] = {"open-till", N_ ("Open the till"), tai_open_till_screen_get_type, ALONE, TRUE,
    N_ ("Count the float in the drawer and type the sum. What differs from last night's count is booked on a line of its own and is not yours."),
    (const char *const[]){"开班", "备用金", NULL}},
  [TAI_SCREEN_HOME] = {"home", N_ ("Counter"), tai_home_screen_get_type, SIDES, TRUE,
    N_ ("Type what the customer wants: the letters of the business (kh, cz), its name, a plan, a number or a receipt; Enter takes the first line. A scanned code is understood on every screen. Below stands what is not finished.")},
  [TAI_SCREEN_IDENTITY] = {"identity", N_ ("Read card"), tai_identity_screen_get_type, SIDES, TRUE,
    N_ ("Put the customer's card on the reader. A number cannot be typed: the law wants the card. Compare the name with the card, then give the card back.")},
  [TAI_SCREEN_TARGET] = {"target", N_ ("Number and amount"), tai_target_screen_get_type, SIDES, TRUE,
    N_ ("Type the number that it is done for; the amount follows. Say number, masked owner and amount aloud before you go on.")},
  [TAI_SCREEN_PLAN] = {"plan", N_ ("Plan"), tai_plan_screen_get_type, SIDES, TRUE,
    N_ ("Up and down choose a plan, Space puts it beside others (at most three), Enter takes it. The three figures are what the customer pays today, on the first bill, and each normal month.")},
  [TAI_SCREEN_NUMBER] = {"number", N_ ("Number and SIM"), tai_number_screen_get_type, SIDES, TRUE,
    N_ ("Type digits that the customer likes; Enter takes the number and holds it for him. Then scan the SIM card. What is held is free again when the visit is cancelled.")},
  [TAI_SCREEN_EXTRAS] = {"extras", N_ ("Extras"), tai_extras_screen_get_type, SIDES, TRUE,
    N_ ("Nothing is chosen beforehand. Space takes a line or leaves it; a value-added service only with the customer's own yes. Enter goes on.")},
  [TAI_SCREEN_AGREEMENT] = {"agreement", N_ ("Agreement"), tai_agreement_screen_get_type, SIDES, TRUE,
    N_ ("Let the customer read the key terms and the three figures. Enter when he has agreed; he signs the printed form.")},
  [TAI_SCREEN_MONEY] = {"money", N_ ("Take money"), tai_money_screen_get_type, SIDES, TRUE,
    N_ ("Say the amount aloud. Type what you were given and Enter; Enter alone when it is exact. Scan the customer's payment code at any time, or choose another way with Ctrl and its digit; less than is left is taken as a part. While a payment is under way F9 asks how it stands, Ctrl+Delete cancels it when that is allowed, F6 serves the next customer meanwhile. In doubt a supervisor decides here. The order is stored before the money is booked; another business can be added before that.")},
  [TAI_SCREEN_DONE] = {"done", N_ ("Receipt"), tai_done_screen_get_type, SIDES, TRUE,
    N_ ("The sale is stored. Give change, card and papers. Print gives the receipt once more, marked as a copy. Enter begins the next visit; so does typing what the next customer wants.")},
  [TAI_SCREEN_ORDERS] = {"orders", N_ ("Orders"), tai_orders_screen_get_type, ALONE, TRUE,
    N_ ("Type a number, a receipt number, the amount of a payment (30.00), how it was paid (cash, card, WeChat), the number of a slip or coupon, a day (2026-11-27) or a staff number; several words are all meant, empty shows the newest. Enter opens the order: what was sold, what became of it, its papers."),
    (const char *const[]){"查订单", "订单查询", "业务流水", "补打", NULL}},
  [TAI_SCREEN_ORDER] = {"order", N_ ("Order"), tai_order_screen_get_type, ALONE, TRUE,
    N_ ("All that is known of one order: what was sold, what became of it and why, and what comes next. Money that is owed to the customer stands first. Print gives the receipt once more, marked as a copy.")},
  [TAI_SCREEN_CORRECTION] = {"correction", N_ ("Wrong number"), tai_correction_screen_get_type, ALONE, TRUE,
    N_ ("A top-up went to the wrong number. Read the card of the customer who paid, type the number that was meant and why. The whole amount moves, once, if it is still there; headquarters decides, so it needs the line. The customer signs the slip.")},
  [TAI_SCREEN_REFUND] = {"refund", N_ ("Money back"), tai_refund_screen_get_type, ALONE, TRUE,
    N_ ("What is owed goes back the way it came: through what took it, by slip, out of the drawer; Enter does what comes next. While a refund is under way F9 asks how it stands, F10 prints a slip for the customer, F6 serves the next customer; it is never cancelled. In doubt a supervisor decides here. What was refused goes by slip, or is asked for once more.")},
  [TAI_SCREEN_SLIP] = {"slip", N_ ("Customer's slip"), tai_slip_screen_get_type, ALONE, TRUE,
    N_ ("A slip of another desk of the hall: which desk has it, how it stands, what the customer was promised. Money that came in cash can be fetched and given back here: that desk lets it go first, by itself, so it is never given twice. A payment in doubt and a paper stay with their desk.")},
  [TAI_SCREEN_RECEIPT] = {"receipt", N_ ("Receipt"), tai_receipt_screen_get_type, ALONE, TRUE,
    N_ ("The papers as they were given to the customer, and how each stands with its printer. Up and down choose one. Print gives a copy of it, marked and counted.")},
  [TAI_SCREEN_ABOUT_NUMBER] = {"about-number", N_ ("Balance and bills"), tai_about_number_screen_get_type, ALONE, TRUE,
    N_ ("What is left in the number, its bills line by line, what it has, as headquarters says at this moment. Up and down choose a bill, Print prints it. Bills and services are told to the owner only: read the card first.")},
  [TAI_SCREEN_LINE] = {"line", N_ ("Upload status"), tai_line_screen_get_type, ALONE, TRUE,
    N_ ("What waits for headquarters, since when, and what headquarters refused, with its reason. Enter opens the order. A supervisor sends a rejected record again, or gives it up: then the money is owed to the customer."),
    (const char *const[]){"上传状态", "待上传", "异常单", "同步", NULL}},
  [TAI_SCREEN_PARKED] = {"parked", N_ ("Parked visits"), tai_parked_screen_get_type, ALONE, TRUE,
    N_ ("Enter takes a parked visit back onto the desk."),
    (const char *const[]){"取单", "挂单", NULL}},
  [TAI_SCREEN_CASH_MOVE] = {"cash-move", N_ ("Cash without a sale"), tai_cash_move_screen_get_type, ALONE, TRUE,
    N_ ("Up and down choose which way the money goes, Enter goes to the amount. A bag's number is used once; scan it or type it. Where a second person must agree, he is asked for when you book it.")
    , (const char *const[]){"现金封包", "领零钱", "交款", "存行", "封包", NULL}},
  [TAI_SCREEN_CLOSE_TILL] = {"close-till", N_ ("Close the till"), tai_close_till_screen_get_type, ALONE, TRUE,
    N_ ("Count the drawer without looking at the screen and type the sum. What is not uploaded stays and is sent later."),
    (const char *const[]){"日扎账", "扎账", "下班", NULL}},
  [TAI_SCREEN_HAND_OVER] = {"hand-over", N_ ("Hand the drawer over"), tai_hand_over_screen_get_type, ALONE, TRUE,
    N_ ("Count the drawer together and type the sum; the colleague types his number and PIN. Your close slip is printed, what was counted is his float, and he is signed in."),
    (const char *const[]){"交接班", "交班", "接班", NULL}},
  [TAI_SCREEN_TILL_SLIP] = {"till-slip", N_ ("Till preview and close slips"), tai_till_slip_screen_get_type, ALONE, TRUE,
    N_ ("The preview of the open till, any time, without what should be in it; the slips of tills that are closed, as they were closed, with what was booked afterwards. Print gives it on the receipt printer; a slip that was printed before comes out as a marked copy."),
    (const char *const[]){"扎账预览", "日扎账单", "扎账补充", NULL}},
  [TAI_SCREEN_DIFFERENCE] = {"difference", N_ ("Why the drawer is off"), tai_difference_screen_get_type, ALONE, TRUE,
    N_ ("The likeliest causes of the difference, each with the records at which it can have happened. Enter opens the record: look at the paper, ask who was there. A cause without a record says what to count."),
    (const char *const[]){"找长短款", "长短款", "查差错", NULL}},
  [TAI_SCREEN_HALL_CLOSE] = {"hall-close", N_ ("Close of the hall"), tai_hall_close_screen_get_type, ALONE, TRUE,
    N_ ("What still stops the close of the hall's day stands first; Enter on a line goes where it is settled. What may stay over night is only shown. The day is closed once; a till that is opened afterwards is open for the next day."),
    (const char *const[]){"厅日结", "日结", NULL}},
  [TAI_SCREEN_REPORT] = {"report", N_ ("Daily report"), tai_report_screen_get_type, ALONE, TRUE,
    N_ ("The figures of a day or month, as on paper. Alt+Left and Alt+Right go to the one before and after, Ctrl+M from day to month. Alt+1, Alt+2 and Alt+3 choose whose figures: this terminal's, or, as headquarters has them, the whole hall's or the region's; a line above says whose they are and as of when, Ctrl+R asks again. Ctrl+D goes to what happened to the drawer that does not agree. Ctrl+1 to 5 show charts and tables, Ctrl+T goes from chart to table, Esc back to the hall. Ctrl+J opens the journal, Ctrl+U what does not match at headquarters, Ctrl+I adds the detail, Ctrl+S saves the paper, Ctrl+E the table, F10 prints; Ctrl+H goes to the close of the hall. Enter on a line on the right goes where it is settled.")
    , (const char *const[]){"营业日报", "日报", "报表", NULL}},
  [TAI_SCREEN_MOVEMENTS] = {"movements", N_ ("Cash of the shift"), tai_movements_screen_get_type, ALONE, TRUE,
    N_ ("All that happened to the drawer, in order, with what should have been in it afterwards. What stands out could be the difference: a sum of exactly that size, or half of it, or a drawer that was opened without a sale. Ctrl+D goes to the next of them, Enter opens its receipt.")},
  [TAI_SCREEN_FINDINGS] = {"findings", N_ ("What does not match"), tai_findings_screen_get_type, ALONE, TRUE,
    N_ ("What headquarters holds against each other and does not match: the bank's statement, payments by QR, approvals, bags, tills. Each line says what is wrong and since when; it goes by itself when the missing half comes. Headquarters alone knows it: off line the page says so, Ctrl+R asks again."),
    (const char *const[]){"对账差异", "不平账", NULL}},
  [TAI_SCREEN_JOURNAL] = {"journal", N_ ("Journal"), tai_journal_screen_get_type, ALONE, TRUE,
    N_ ("All that was done here, newest first. Type a day, a staff number, what happened, an amount (30.00), or what it was about; several words are all meant. An amount or a staff number without a day is looked for among the newest hundred thousand entries. A tick says that the entry follows from the one before it, to the last bit. Enter opens the receipt or order that it tells of.")
    , (const char *const[]){"流水账", "操作日志", "稽核", NULL}},
  [TAI_SCREEN_KEYS] = {"keys", N_ ("Keys"), tai_keys_screen_get_type, ALONE, TRUE,
    N_ ("Enter on a line, then press the new key: a function key, or one with Ctrl. Two verbs cannot have the same key. The bar below follows."),
    (const char *const[]){"按键设置", "快捷键设置", NULL}},
};
/* clang-format on */

/* Windows of their own that are found like pages. */
static const struct {
  const char *name, *title;
  const char *const *found_as;
} windows[] = {
    {"shortcuts", N_ ("All keys"), (const char *const[]){"快捷键", "按键一览", NULL}},
    {"about", N_ ("About Guitai"), (const char *const[]){"关于", "版本", NULL}},
};

TaiScreen *
tai_screen_new (TaiScreenId id, TaiCounter *counter)
{
  g_return_val_if_fail (id < TAI_N_SCREENS, NULL);
  return g_object_new (screens[id].get_type (), "counter", counter, NULL);
}

const char *
tai_screen_id_to_name (TaiScreenId id)
{
  g_return_val_if_fail (id < TAI_N_SCREENS, NULL);
  return screens[id].name;
}

const char *
tai_screen_id_get_title (TaiScreenId id)
{
  g_return_val_if_fail (id < TAI_N_SCREENS, NULL);
  return _ (screens[id].title);
}

const char *
tai_screen_id_get_off_line_help (TaiScreenId id)
{
  g_return_val_if_fail (id < TAI_N_SCREENS, NULL);
  switch (id) {
  case TAI_SCREEN_SIGN_IN:
    return _ ("Staff numbers and PINs are kept here: signing in needs no line.");
  case TAI_SCREEN_ORDERS:
  case TAI_SCREEN_ORDER:
  case TAI_SCREEN_RECEIPT:
    return _ (
        "Everything here is kept at this terminal and is seen without a line. News of headquarters comes when the line is back.");
  case TAI_SCREEN_REPORT:
  case TAI_SCREEN_MOVEMENTS:
  case TAI_SCREEN_JOURNAL:
    return _ ("Needs no line: this terminal's own figures are shown.");
  case TAI_SCREEN_FINDINGS:
    return _ ("Headquarters alone knows it. Ctrl+R asks again when the line is back.");
  case TAI_SCREEN_LINE:
    return _ (
        "What waits is uploaded by itself, oldest first, as soon as the line is back. Nothing is lost and nothing is sent twice.");
  case TAI_SCREEN_KEYS:
  case TAI_SCREEN_OPEN_TILL:
  case TAI_SCREEN_CLOSE_TILL:
  case TAI_SCREEN_HAND_OVER:
  case TAI_SCREEN_TILL_SLIP:
  case TAI_SCREEN_DIFFERENCE:
  case TAI_SCREEN_HALL_CLOSE:
    return _ ("Needs no line.");
  default:
    return _ (
        "Selling goes on. The receipt says what is in force and what is only accepted; all is uploaded when the line is back.");
  }
}

const char *
tai_screen_id_get_help (TaiScreenId id)
{
  g_return_val_if_fail (id < TAI_N_SCREENS, NULL);
  return _ (screens[id].help);
}

gboolean
tai_screen_id_has_sides (TaiScreenId id)
{
  g_return_val_if_fail (id < TAI_N_SCREENS, FALSE);
  return screens[id].has_sides;
}

gboolean
tai_screen_id_needs_staff (TaiScreenId id)
{
  g_return_val_if_fail (id < TAI_N_SCREENS, FALSE);
  return screens[id].needs_staff;
}

void
tai_screen_add_to_finder (TaiFinder *finder)
{
  for (guint i = 0; i < TAI_N_SCREENS; i++) {
    const char *const *names = screens[i].found_as;
    if (names == NULL)
      continue;
    tai_finder_add (finder, &(TaiFinderEntry){.kind = TAI_FINDER_PAGE,
                                              .id = screens[i].name,
                                              .title = names[0],
                                              .title_en = screens[i].title,
                                              .aliases = names + 1,
                                              .weight = TAI_FINDER_WEIGHT_PAGE});
  }
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    tai_finder_add (finder, &(TaiFinderEntry){.kind = TAI_FINDER_PAGE,
                                              .id = windows[i].name,
                                              .title = windows[i].found_as[0],
                                              .title_en = windows[i].title,
                                              .aliases = windows[i].found_as + 1,
                                              .weight = TAI_FINDER_WEIGHT_PAGE});
}

const char *
tai_screen_find_page_title (const char *name)
{
  for (guint i = 0; i < TAI_N_SCREENS; i++)
    if (screens[i].found_as != NULL && g_strcmp0 (screens[i].name, name) == 0)
      return _ (screens[i].title);
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    if (g_strcmp0 (windows[i].name, name) == 0)
      return _ (windows[i].title);
  return NULL;
}

const char *const *
tai_screen_list_pages (void)
{
  static const char *const pages[] = {"orders", "line",      "parked", "close-till",
                                      "keys",   "shortcuts", "about",  NULL};

  return pages;
}

gboolean
tai_screen_id_from_name (const char *name, TaiScreenId *id)
{
  for (guint i = 0; i < TAI_N_SCREENS; i++)
    if (g_strcmp0 (screens[i].name, name) == 0) {
      *id = i;
      return TRUE;
    }
  return FALSE;
}
