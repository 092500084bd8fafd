/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order viewer, papers and the line's remedies, in the window over a real store. */
#include "tai-counter-rig.h"

#include "tai-operation-words.h"
#include "tai-row.h"
#include "tai-ui-rig.h"

static TaiVisit *
sell_line (TaiDeskRig *desk)
{
  TaiVisit *visit = tai_desk_rig_begin (desk);

  tai_desk_rig_add_new_line (desk, visit, 0);
  tai_desk_rig_place (desk, visit);
  tai_desk_rig_pay (desk, visit);
  return visit;
}

static const char *
order_id (TaiVisit *visit)
{
  return ((const TaiOrder *)g_ptr_array_index (tai_visit_get_orders (visit), 0))->id.text;
}

static void
mark_order (TaiDeskRig *desk, TaiMessageState to, const char *reason)
{
  gint64 row = tai_desk_rig_number (desk, "SELECT max (n) FROM message WHERE path = '%s'", TAI_PATH_ORDER);
  TaiOutboxMark marks[] = {{.row = row, .to = TAI_MESSAGE_IN_FLIGHT},
                           {.row = row, .to = to, .error = reason, .count_attempt = TRUE}};

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    MUST (tai_outbox_mark (TAI_OUTBOX (desk->store), &marks[i], 1, tai_clock_now (TAI_CLOCK (desk->clock)),
                           &E));
}

static GtkWidget *
button (TaiCounterRig *rig, const char *label)
{
  GtkWidget *found = tai_counter_rig_find (rig->window, label);

  g_assert_nonnull (found);
  return gtk_widget_get_ancestor (found, GTK_TYPE_BUTTON);
}

static void
click (TaiCounterRig *rig, const char *label)
{
  g_signal_emit_by_name (button (rig, label), "clicked");
  tai_ui_rig_pass_ms (60);
}

/* The hall's day: what headquarters knows of the others joins the list; it says whom it does not know of. */
static TaiTillReport *
new_hall_report (TaiCounterRig *rig)
{
  TaiReportTerminal *kiosk = g_new0 (TaiReportTerminal, 1);
  TaiTillReport *hall;

  MUST (hall = tai_desk_report (rig->desk->desk, NULL, NULL, &E));
  hall->is_from_hq = TRUE;
  hall->as_of_us = tai_clock_now (TAI_CLOCK (rig->desk->clock));
  kiosk->hall = g_strdup ("H017");
  kiosk->terminal = g_strdup ("H017K1");
  kiosk->n_missing = 3;
  kiosk->is_kiosk = TRUE;
  g_clear_pointer (&hall->terminals, g_ptr_array_unref);
  hall->terminals = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_terminal_free);
  g_ptr_array_add (hall->terminals, kiosk);
  return hall;
}

static void
test_hall_close_others (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();

  tai_counter_rig_go (rig, TAI_SCREEN_HALL_CLOSE, NULL);
  tai_ui_rig_pass_ms (60);
  tai_ui_rig_shoot (rig->window, "hall-close-clerk");
  g_assert_true (
      tai_counter_rig_shows (rig, "Other terminals and kiosks stand on the supervisor's list only"));
  tai_counter_rig_sign_in (rig, RIG_SUPERVISOR);
  tai_fake_directory_fail (rig->directory, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "no line"));
  tai_counter_rig_go (rig, TAI_SCREEN_HALL_CLOSE, NULL);
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_rig_shows (rig, "Other terminals and kiosks are not on this list"));
  tai_counter_rig_go (rig, TAI_SCREEN_HOME, NULL);
  tai_fake_directory_push_report (rig->directory, new_hall_report (rig));
  tai_counter_rig_go (rig, TAI_SCREEN_HALL_CLOSE, NULL);
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_rig_shows (rig, "Headquarters lacks records of kiosk H017K1"));
  g_assert_true (tai_counter_rig_shows (rig, "Headquarters does not hear kiosk H017K1"));
  g_assert_true (tai_counter_rig_shows (rig, "Other terminals and kiosks as headquarters knew them"));
  tai_ui_rig_shoot (rig->window, "hall-close-others");
}

static TaiTillReport *
new_findings_report (TaiCounterRig *rig)
{
  static const char *const details[] = {"bank_missing 250.00 bank_twice", "new_code"};
  TaiTillReport *hall = new_hall_report (rig);

  hall->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_report_finding_free);
  hall->n_findings = 7;
  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    TaiReportFinding *finding = g_new0 (TaiReportFinding, 1);
    finding->hall = g_strdup ("H017");
    finding->kind = g_strdup ("bank");
    finding->subject = g_strdup_printf ("card 2026-11-2%u", i + 1);
    finding->detail = g_strdup (details[i]);
    finding->since_us = hall->as_of_us;
    g_ptr_array_add (hall->findings, finding);
  }
  return hall;
}

/* From the report's row or key; in words where there are words; off line it says so. */
static void
test_findings (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();

  tai_counter_rig_go (rig, TAI_SCREEN_FINDINGS, NULL);
  g_assert_true (tai_counter_rig_shows (rig, "What does not match is told to who may see the hall's report"));
  tai_counter_rig_sign_in (rig, RIG_SUPERVISOR);
  tai_fake_directory_fail (rig->directory, g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "no line"));
  tai_counter_rig_go (rig, TAI_SCREEN_FINDINGS, NULL);
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_rig_shows (rig, "What does not match is known to headquarters alone"));
  tai_counter_rig_go (rig, TAI_SCREEN_HOME, NULL);
  tai_fake_directory_push_report (rig->directory, new_findings_report (rig));
  tai_counter_rig_go (rig, TAI_SCREEN_FINDINGS, NULL);
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_rig_shows (rig, "2 of 7 do not match"));
  g_assert_true (tai_counter_rig_shows (rig, "Bank statement · card payments 2026-11-21"));
  g_assert_true (
      tai_counter_rig_shows (rig, "the bank does not have ¥250.00 · twice in the bank's statement"));
  g_assert_true (tai_counter_rig_shows (rig, "new_code · H017"));
  tai_ui_rig_shoot (rig->window, "findings");
}

/* It ended with money to be given back: in the order's own word at home and on its page, whoever ended it. */
static void
test_order_ends (void)
{
  static const struct {
    TaiOrderState state;
    const char *word;
  } cases[] = {{TAI_ORDER_REJECTED, "Refused by headquarters"},
               {TAI_ORDER_FAILED, "Failed at headquarters"},
               {TAI_ORDER_PARTIAL, "Carried out in part"},
               {TAI_ORDER_CANCELLED, "Cancelled"}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
    g_autoptr (TaiVisit) visit = sell_line (rig->desk);
    g_autofree char *title = g_strdup_printf ("%s · ", cases[i].word);

    mark_order (rig->desk, TAI_MESSAGE_ACKNOWLEDGED, NULL);
    MUST (tai_desk_apply_order_state (rig->desk->desk, order_id (visit), cases[i].state, NULL, &E));
    tai_counter_rig_go (rig, TAI_SCREEN_ORDER, order_id (visit));
    g_assert_true (tai_counter_rig_shows (rig, cases[i].word));
    g_assert_cmpint (tai_counter_rig_shows (rig, "Refused by headquarters"), ==, i == 0);
    tai_counter_rig_go (rig, TAI_SCREEN_HOME, NULL);
    tai_ui_rig_pass_ms (60);
    g_assert_true (tai_counter_rig_shows (rig, title));
    g_assert_cmpint (tai_counter_rig_shows (rig, "Refused by headquarters"), ==, i == 0);
  }
}

static void
test_order (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) visit = sell_line (rig->desk);

  tai_counter_rig_go (rig, TAI_SCREEN_ORDER, order_id (visit));
  g_assert_true (tai_counter_rig_shows (rig, "Paid, waiting to upload"));
  g_assert_true (tai_counter_rig_shows (rig, "Waits to be uploaded"));
  g_assert_true (tai_counter_rig_shows (rig, tai_visit_get_receipt_number (visit)));
  g_assert_false (tai_counter_rig_shows (rig, "¥20.00 is owed"));
  mark_order (rig->desk, TAI_MESSAGE_ACKNOWLEDGED, NULL);
  MUST (tai_desk_apply_order_state (rig->desk->desk, order_id (visit), TAI_ORDER_REJECTED, "five_lines", &E));
  tai_station_emit_changed (TAI_STATION (rig->station));
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_rig_shows (rig, "¥20.00 is owed to the customer"));
  g_assert_true (tai_counter_rig_shows (rig, "The customer has five lines already"));
  g_assert_true (tai_counter_rig_shows (rig, "Uploaded"));
  tai_ui_rig_shoot (rig->window, "order");
  tai_counter_rig_press (rig, TAI_KEY_PRINT);
  g_assert_true (tai_counter_rig_shows (rig, "It has not been printed yet"));
  tai_desk_rig_print (rig->desk);
  tai_counter_rig_press (rig, TAI_KEY_PRINT);
  g_assert_true (tai_counter_rig_shows (rig, "Copy 1 is on its way"));
  g_assert_cmpuint (tai_fake_station_get_n_prints (rig->station), ==, 2);
}

/* Esc goes the way back that was come: orders, order, papers. */
static void
test_trail (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) visit = sell_line (rig->desk);

  tai_counter_rig_press (rig, TAI_KEY_FIND);
  g_assert_true (tai_counter_rig_shows (rig, "New line"));
  tai_counter_rig_go (rig, TAI_SCREEN_ORDER, order_id (visit));
  click (rig, "See the receipt");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (rig)), ==, "TaiReceiptScreen");
  g_assert_true (tai_counter_rig_shows (rig, "Acceptance form"));
  tai_desk_rig_print (rig->desk);
  tai_counter_rig_press (rig, TAI_KEY_PRINT);
  g_assert_true (tai_counter_rig_shows (rig, "Receipt, copy 1"));
  tai_counter_rig_press (rig, TAI_KEY_BACK);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (rig)), ==, "TaiOrderScreen");
  tai_counter_rig_press (rig, TAI_KEY_BACK);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (rig)), ==, "TaiOrdersScreen");
  tai_counter_rig_press (rig, TAI_KEY_BACK);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (rig)), ==, "TaiHomeScreen");
}

static TaiLineDetails *
make_details (void)
{
  TaiLineDetails *details = tai_line_details_new ("13900001234", TAI_LINE_PART_BUCKETS | TAI_LINE_PART_BILLS |
                                                                     TAI_LINE_PART_PRODUCTS);

  for (guint i = 0; i < 2; i++) {
    TaiLineBill *bill = g_new0 (TaiLineBill, 1);
    TaiLineBillRow *row = g_new0 (TaiLineBillRow, 1);
    bill->id = g_strdup_printf ("b%u", i);
    bill->number = g_strdup_printf ("2026-%02u", 10 - i);
    bill->state = i == 0 ? TAI_LINE_BILL_SENT : TAI_LINE_BILL_SETTLED;
    bill->amount = tai_money (5900 + i, TAI_CNY);
    bill->rest = tai_money (i == 0 ? 5900 : 0, TAI_CNY);
    row->name = g_strdup (i == 0 ? "十月套餐费" : "九月套餐费");
    row->name_en = g_strdup (i == 0 ? "Plan in October" : "Plan in September");
    row->amount = bill->amount;
    bill->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_line_bill_row_free);
    g_ptr_array_add (bill->lines, row);
    g_ptr_array_add (details->bills, bill);
  }
  return details;
}

/* Bills one under the other, the lines of the chosen one beside them; what is printed is what is chosen. */
static void
test_about_number (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  TaiLineBucket *bucket = g_new0 (TaiLineBucket, 1);
  TaiLineDetails *details = make_details ();

  bucket->id = g_strdup ("money");
  bucket->name = g_strdup ("余额");
  bucket->name_en = g_strdup ("Balance");
  bucket->usage_type = g_strdup ("monetary");
  bucket->money = tai_money (1234, TAI_CNY);
  g_ptr_array_add (details->buckets, bucket);
  tai_fake_directory_push_details (rig->directory, details);
  tai_counter_rig_go (rig, TAI_SCREEN_ABOUT_NUMBER, "13900001234");
  g_assert_true (tai_counter_rig_shows (rig, "¥12.34"));
  g_assert_true (tai_counter_rig_shows (rig, "Plan in October"));
  g_assert_true (tai_counter_rig_shows (rig, "open, ¥59.00 to pay"));
  g_assert_false (tai_counter_rig_shows (rig, "Plan in September"));
  tai_ui_rig_shoot (rig->window, "about-number");
  tai_counter_rig_press (rig, TAI_KEY_PRINT);
  g_assert_true (tai_counter_rig_shows (rig, "The bill is on its way"));
  g_assert_cmpint (
      tai_desk_rig_number (rig->desk, "SELECT count (*) FROM journal WHERE kind LIKE '%%bill%%'"), ==, 1);
  tai_counter_rig_press (rig, TAI_KEY_BACK);
  g_assert_false (tai_counter_rig_shows (rig, "Plan in October"));
}

/* Nothing is told of bills to who is not the owner, and no line at all is no dead end. */
static void
test_about_number_of_nobody (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();

  tai_fake_directory_push_details (rig->directory,
                                   tai_line_details_new ("13900001234", TAI_LINE_PART_BUCKETS));
  tai_counter_rig_go (rig, TAI_SCREEN_ABOUT_NUMBER, "13900001234");
  g_assert_true (tai_counter_rig_shows (rig, "There are no bills to show"));
  tai_counter_rig_press (rig, TAI_KEY_PRINT);
  tai_counter_rig_press (rig, TAI_KEY_BACK);
  tai_counter_rig_go (rig, TAI_SCREEN_ABOUT_NUMBER, "13900001234"); /* nothing is pushed: unknown there */
  g_assert_true (tai_counter_rig_shows (rig, "nothing was pushed"));
  tai_counter_rig_press (rig, TAI_KEY_BACK);
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (rig)), ==, "TaiHomeScreen");
}

/* A clerk sees why and whom to ask; a supervisor sends again or, asked once, gives up. */
static void
test_remedies (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) visit = sell_line (rig->desk);
  const char *id = order_id (visit);
  GtkWidget *dialog;
  GList *windows;

  mark_order (rig->desk, TAI_MESSAGE_QUARANTINED, "invalid: place");
  tai_counter_rig_go (rig, TAI_SCREEN_LINE, id);
  g_assert_true (tai_counter_rig_shows (rig, "Rejected record"));
  g_assert_true (tai_counter_rig_shows (rig, "Only a supervisor"));
  g_assert_false (gtk_widget_get_sensitive (button (rig, "Send it again")));
  tai_counter_rig_sign_in (rig, RIG_SUPERVISOR);
  tai_counter_rig_go (rig, TAI_SCREEN_LINE, id);
  g_assert_false (tai_counter_rig_shows (rig, "Only a supervisor"));
  tai_ui_rig_shoot (rig->window, "line");
  click (rig, "Send it again");
  g_assert_cmpint (
      tai_desk_rig_number (rig->desk, "SELECT count (*) FROM outbox WHERE state = 'quarantined'"), ==, 0);
  g_assert_cmpuint (tai_fake_station_get_n_tries (rig->station), ==, 1);
  mark_order (rig->desk, TAI_MESSAGE_QUARANTINED, "invalid: place");
  tai_station_emit_changed (TAI_STATION (rig->station));
  tai_ui_rig_pass_ms (60);
  tai_counter_rig_go (rig, TAI_SCREEN_LINE, id);
  click (rig, "Give it up…");
  windows = gtk_window_list_toplevels ();
  dialog = NULL;
  for (GList *one = windows; one != NULL; one = one->next)
    if (ADW_IS_MESSAGE_DIALOG (one->data))
      dialog = one->data;
  g_list_free (windows);
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "¥20.00"));
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==, "keep");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "give-up");
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_rig_shows (rig, "Given up."));
  g_assert_cmpint (
      tai_desk_rig_number (rig->desk, "SELECT refund_due_minor FROM customer_order WHERE id = '%s'", id), ==,
      2000);
}

static void
test_news (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();

  g_assert_true (tai_counter_rig_shows (rig, "Off line since the program was started"));
  tai_fake_station_figures (rig->station)->on_line = TRUE;
  tai_fake_station_figures (rig->station)->clock_offset_us = 5 * G_TIME_SPAN_MINUTE;
  tai_station_emit_changed (TAI_STATION (rig->station));
  tai_ui_rig_pass_ms (60);
  g_assert_true (tai_counter_rig_shows (rig, "This terminal's clock is 5 min behind"));
  gtk_widget_activate_action (rig->window, "counter.light", "i", TAI_STATION_RECEIPT);
  tai_ui_rig_pass_ms (30);
  g_assert_true (tai_counter_rig_shows (rig, "Receipt printer: none is set up"));
  tai_fake_station_figures (rig->station)->lights[TAI_STATION_RECEIPT] = TAI_LIGHT_READY;
  tai_fake_station_figures (rig->station)->faults[TAI_STATION_RECEIPT] = "The cover is open.";
  tai_fake_station_figures (rig->station)->fault_us[TAI_STATION_RECEIPT] =
      tai_clock_now (TAI_CLOCK (rig->desk->clock));
  gtk_widget_activate_action (rig->window, "counter.light", "i", TAI_STATION_RECEIPT);
  tai_ui_rig_pass_ms (30);
  g_assert_true (tai_counter_rig_shows (
      rig, "Receipt printer: ready. The last try went well. Last fault, 11-22 09:00: The cover is open."));
}

/* The bar and the keys follow the map. */
static void
test_keys (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();

  tai_counter_rig_go (rig, TAI_SCREEN_KEYS, NULL);
  g_assert_true (tai_counter_rig_shows (rig, "F2 Find order"));
  tai_ui_rig_xdotool ("key --delay 70 Down Return F8");
  g_assert_true (tai_counter_rig_shows (rig, "That key means “Open drawer” already"));
  tai_ui_rig_xdotool ("key --delay 70 Return x");
  g_assert_true (tai_counter_rig_shows (rig, "That key writes"));
  tai_ui_rig_xdotool ("key --delay 70 Return F12");
  TAI_UI_WAIT (tai_counter_rig_shows (rig, "F12 Find order"));
  g_assert_cmpstr (tai_key_map_get_accel (rig->keys, TAI_KEY_FIND), ==, "F12");
  tai_ui_rig_xdotool ("key --delay 70 F2");
  g_assert_cmpstr (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (rig)), ==, "TaiKeysScreen");
  tai_ui_rig_xdotool ("key --delay 70 F12");
  TAI_UI_WAIT (g_str_equal (G_OBJECT_TYPE_NAME (tai_counter_rig_get_screen (rig)), "TaiOrdersScreen"));
}

static void
assert_alive (TaiCounterRig *rig, const char *button, gboolean is_alive)
{
  GtkWidget *label = tai_counter_rig_find (rig->window, button);

  g_assert_nonnull (label);
  g_assert_cmpint (gtk_widget_is_sensitive (label), ==, is_alive);
}

/* What has nothing to do on a page is grey at the foot, and lives again where it has. */
static void
test_dead_keys (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  g_autoptr (TaiVisit) sold = tai_desk_rig_sell_top_up (rig->desk, 5000);

  tai_counter_rig_go (rig, TAI_SCREEN_RECEIPT, tai_visit_get_receipt_number (sold));
  assert_alive (rig, "F10 Print", TRUE);
  assert_alive (rig, "F3 Add business", TRUE);
  tai_counter_rig_go (rig, TAI_SCREEN_HOME, NULL);
  assert_alive (rig, "F3 Add business", FALSE);
  assert_alive (rig, "F10 Print", FALSE);
  assert_alive (rig, "F4 Other plan", FALSE);
  assert_alive (rig, "F6 Park", FALSE);
  assert_alive (rig, "F9 Take money", FALSE);
  assert_alive (rig, "F5 Pay a bill", TRUE);
  tai_screen_begin (tai_counter_rig_get_screen (rig), "new_line", NULL, NULL);
  tai_ui_rig_pass_ms (60);
  assert_alive (rig, "F4 Other plan", TRUE);
  assert_alive (rig, "F6 Park", TRUE);
  assert_alive (rig, "F9 Take money", TRUE);
  tai_counter_rig_press (rig, TAI_KEY_PARK);
  tai_ui_rig_pass_ms (60);
  assert_alive (rig, "F6 Park", FALSE);
  assert_alive (rig, "F9 Take money", FALSE);
}

/* So from the first page on: who has not signed in has help and nothing else. New names of keys change nothing of it. */
static void
test_dead_keys_at_first (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  GtkWidget *first = GTK_WIDGET (tai_counter_window_new (NULL, rig->counter));
  GtkWidget *here = rig->window;

  gtk_window_present (GTK_WINDOW (first));
  TAI_UI_WAIT (gtk_widget_get_mapped (first));
  tai_ui_rig_pass_ms (60);
  rig->window = first;
  assert_alive (rig, "F1 Help", TRUE);
  assert_alive (rig, "F2 Find order", FALSE);
  assert_alive (rig, "F9 Take money", FALSE);
  rig->window = here;
  gtk_window_destroy (GTK_WINDOW (first));
  assert_alive (rig, "F9 Take money", FALSE);
  g_signal_emit_by_name (rig->keys, "changed");
  tai_ui_rig_pass_ms (60);
  assert_alive (rig, "F9 Take money", FALSE);
  assert_alive (rig, "F5 Pay a bill", TRUE);
}

/* Who only looked into the menu goes on typing; a page that was chosen there has the focus. */
static void
test_menu (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  GtkMenuButton *menu = GTK_MENU_BUTTON (tai_ui_rig_find (rig->window, GTK_TYPE_MENU_BUTTON));

  gtk_menu_button_popup (menu);
  TAI_UI_WAIT (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (menu))));
  tai_ui_rig_pass_ms (60);
  tai_ui_rig_xdotool ("key --delay 70 Escape");
  TAI_UI_WAIT (!gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (menu))));
  tai_ui_rig_pass_ms (60);
  tai_ui_rig_xdotool ("key --delay 120 k h");
  TAI_UI_WAIT (tai_counter_rig_shows (rig, "New line"));
  gtk_menu_button_popup (menu);
  TAI_UI_WAIT (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (menu))));
  gtk_widget_activate_action (rig->window, "counter.page", "s", "orders");
  gtk_menu_button_popdown (menu);
  tai_ui_rig_pass_ms (60);
  tai_ui_rig_xdotool ("key --delay 120 9");
  TAI_UI_WAIT (tai_counter_rig_shows (rig, "No order of this terminal is like that. Type the last four"));
}

/* With an open till, too: nobody is sent to open one. */
static void
test_no_difference (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();

  tai_counter_rig_go (rig, TAI_SCREEN_DIFFERENCE, NULL);
  g_assert_true (tai_counter_rig_shows (rig, "No till was closed here yet"));
  g_assert_false (tai_counter_rig_shows (rig, "no till was closed yet"));
}

static GtkWidget *
find_window (const char *title)
{
  GList *windows = gtk_window_list_toplevels ();
  GtkWidget *found = NULL;

  for (GList *one = windows; one != NULL; one = one->next)
    if (g_strcmp0 (gtk_window_get_title (one->data), title) == 0)
      found = one->data;
  g_list_free (windows);
  return found;
}

/* Help of home lists every business that can be begun, and none that cannot. */
static void
test_help_of_home (void)
{
  g_autoptr (TaiCounterRig) rig = tai_counter_rig_new ();
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);
  GtkWidget *help;

  tai_counter_rig_press (rig, TAI_KEY_HELP);
  help = find_window ("Help: Counter");
  g_assert_nonnull (help);
  for (guint i = 0; i < n; i++) {
    gboolean is_listed = tai_counter_rig_find (help, tai_operation_words_get_title (all[i].id)) != NULL;
    g_assert_true (is_listed || !tai_operation_has_steps (&all[i]));
  }
  tai_ui_rig_shoot (help, "help-home");
  gtk_window_close (GTK_WINDOW (help));
}

int
main (int argc, char **argv)
{
  tai_ui_rig_init (&argc, &argv);
  g_test_add_func ("/ui/look/order", test_order);
  g_test_add_func ("/ui/look/findings", test_findings);
  g_test_add_func ("/ui/look/hall-close-others", test_hall_close_others);
  g_test_add_func ("/ui/look/order-ends", test_order_ends);
  g_test_add_func ("/ui/look/trail", test_trail);
  g_test_add_func ("/ui/look/remedies", test_remedies);
  g_test_add_func ("/ui/look/about-number", test_about_number);
  g_test_add_func ("/ui/look/about-number-of-nobody", test_about_number_of_nobody);
  g_test_add_func ("/ui/look/news", test_news);
  g_test_add_func ("/ui/look/keys", test_keys);
  g_test_add_func ("/ui/look/dead-keys", test_dead_keys);
  g_test_add_func ("/ui/look/dead-keys-at-first", test_dead_keys_at_first);
  g_test_add_func ("/ui/look/menu", test_menu);
  g_test_add_func ("/ui/look/no-difference", test_no_difference);
  g_test_add_func ("/ui/look/help-of-home", test_help_of_home);
  return g_test_run ();
}
