/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headquarters' findings as a list, oldest first: what it is about, what is wrong, since when. Nothing of it is kept here. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-findings-screen.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-report-look.h"
#include "tai-report-view.h"
#include "tai-row.h"
#include "tai-words.h"

struct _TaiFindingsScreen {
  TaiScreen parent;
  GtkLabel *summary;
  GtkListBox *list;
  TaiReportLook *look; /* (owned) (nullable) */
  TaiReportScope scope;
};

G_DEFINE_FINAL_TYPE (TaiFindingsScreen, tai_findings_screen, TAI_TYPE_SCREEN)

typedef struct {
  const char *code, *words;
} Word;

/* As hq/tai-hq-finding.h has them. */
static const Word kinds[] = {
    {"approval", N_ ("Approval")},
    {"act", N_ ("Act that needs an approval")},
    {"bag", N_ ("Bag")},
    {"drawer", N_ ("Drawer")},
    {"late", N_ ("Money after the close")},
    {"hall", N_ ("Close of the hall")},
    {"gateway", N_ ("Payment by QR")},
    {"refund", N_ ("Refunds of a payment")},
    {"given_up", N_ ("Given up, and taken by headquarters")},
    {"bank", N_ ("Bank statement")},
};

/* What is not here is shown as headquarters has it. */
static const Word codes[] = {
    {"act_missing", N_ ("what was approved is missing")},
    {"act_other", N_ ("used for something else")},
    {"action_unknown", N_ ("for nothing that can be approved")},
    {"approver_disabled", N_ ("the approver is disabled")},
    {"approver_unknown", N_ ("the approver is not known")},
    {"bag_amount", N_ ("another amount at the bank than was sealed")},
    {"bag_twice", N_ ("booked twice")},
    {"bag_unknown", N_ ("brought to the bank and never sealed")},
    {"bank_amount", N_ ("the bank's amount is off by")},
    {"bank_currency", N_ ("another currency at the bank")},
    {"bank_missing", N_ ("the bank does not have")},
    {"bank_twice", N_ ("twice in the bank's statement")},
    {"expired", N_ ("the approval had expired")},
    {"gateway_amount", N_ ("the gateway has another amount")},
    {"gateway_state", N_ ("the gateway has another outcome")},
    {"gateway_terminal", N_ ("the gateway knows it of another terminal")},
    {"gateway_unknown", N_ ("the gateway does not know it")},
    {"grant_missing", N_ ("the approval is missing")},
    {"hall_missing", N_ ("the bank has it, the hall has not told of")},
    {"order_other", N_ ("the gateway knows it of another order")},
    {"opening_missing", N_ ("the opening is missing")},
    {"payment_missing", N_ ("the payment is missing")},
    {"payment_open", N_ ("asked about in vain, its terminal is silent")},
    {"refund_missing", N_ ("the gateway gave it back, no terminal has told of")},
    {"refund_open", N_ ("asked about in vain, its terminal is silent")},
    {"refund_over", N_ ("more went back than was paid:")},
    {"refund_over_order", N_ ("more went back of an order than was paid for it:")},
    {"right_missing", N_ ("the approver had no right to it")},
    {"self", N_ ("approved by the one who asked")},
    {"used_twice", N_ ("used twice")},
    /* what a line of the bank is of; a subject begins with it */
    {"deposit", N_ ("bank deposit slip")},
    {"card", N_ ("card payments")},
    {"qr", N_ ("QR payments")},
};

static const char *
find_word (const Word *words, guint n, const char *code)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (words[i].code, code) == 0)
      return _ (words[i].words);
  return code;
}

/* An amount as people read it; what is none stands as it is. (transfer full) */
static char *
describe_word (const char *word, guint16 currency)
{
  TaiMoney money;

  return strchr (word, '.') != NULL && tai_money_from_text (word, currency, &money, NULL)
             ? tai_words_money (money)
             : g_strdup (word);
}

/* "bank_missing 250.00 bank_twice": each code, and the amount that belongs to it. (transfer full) */
static char *
describe_detail (const char *detail, guint16 currency)
{
  g_auto (GStrv) words = g_strsplit (detail, " ", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++) {
    gboolean is_code = g_ascii_islower (words[i][0]);
    g_autofree char *value = describe_word (words[i], currency);
    if (text->len > 0)
      g_string_append (text, is_code ? " · " : " ");
    g_string_append (text, is_code ? find_word (codes, G_N_ELEMENTS (codes), words[i]) : value);
  }
  return g_string_free (text, FALSE);
}

static GtkWidget *
new_row (TaiFindingsScreen *self, const TaiReportFinding *finding)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));
  guint16 currency = tai_counter_get_terminal (counter)->currency;
  g_autofree char *subject = strcmp (finding->kind, "bank") == 0
                                 ? describe_detail (finding->subject, currency)
                                 : g_strdup (finding->subject);
  g_autofree char *title =
      g_strdup_printf ("%s · %s", find_word (kinds, G_N_ELEMENTS (kinds), finding->kind), subject);
  g_autofree char *detail = describe_detail (finding->detail, currency);
  g_autofree char *since =
      tai_words_day_and_time (finding->since_us, tai_counter_get_terminal (counter)->utc_offset_min);
  g_autofree char *more =
      g_strdup_printf ("%s · %s%s%s", detail, finding->hall, finding->terminal != NULL ? " · " : "",
                       finding->terminal != NULL ? finding->terminal : "");

  return tai_row_new (title, more, since, NULL);
}

static void
fill (TaiFindingsScreen *self, const TaiTillReport *report)
{
  GPtrArray *rows = g_ptr_array_new ();
  guint n = report->findings != NULL ? report->findings->len : 0;
  g_autofree char *as_of = tai_words_day_and_time (report->as_of_us, report->utc_offset_min);
  g_autofree char *some = g_strdup_printf (_ ("%d of %d"), (int)n, (int)report->n_findings);
  g_autofree char *all = g_strdup_printf ("%d", (int)n);
  g_autofree char *words =
      g_strdup_printf (g_dngettext (NULL, "%s does not match · as of %s", "%s do not match · as of %s",
                                    (gulong)report->n_findings),
                       n < (guint)report->n_findings ? some : all, as_of);
  g_autofree char *none = g_strdup_printf (_ ("Everything matches, as headquarters knew it at %s."), as_of);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, new_row (self, g_ptr_array_index (report->findings, i)));
  tai_row_fill_list (self->list, rows);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_label_set_text (self->summary, report->n_findings > 0 ? words : none);
  if (n > 0)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

static void
told_cb (gpointer owner, TaiReportView *view, const GError *error)
{
  TaiFindingsScreen *self = owner;
  TaiStation *station = tai_counter_get_station (tai_screen_get_counter (TAI_SCREEN (self)));
  const GError *problem = self->look != NULL ? tai_report_look_get_problem (self->look) : NULL;
  g_autofree char *words = NULL;

  if (error != NULL)
    tai_screen_show_error (TAI_SCREEN (self), error);
  if (view != NULL && view->report->is_from_hq)
    fill (self, view->report);
  if (problem == NULL)
    return;
  words = g_strdup_printf (
      _ ("What does not match is known to headquarters alone, and it cannot be asked now. %s"),
      tai_station_explain (station, problem));
  gtk_label_set_text (self->summary, words);
}

static void
drop (TaiFindingsScreen *self)
{
  g_clear_pointer (&self->look, tai_report_look_drop);
}

static void
ask (TaiFindingsScreen *self)
{
  TaiCounter *counter = tai_screen_get_counter (TAI_SCREEN (self));

  drop (self);
  tai_row_clear_list (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  if (!tai_report_scope_is_open (self->scope, counter)) {
    gtk_label_set_text (self->summary, _ ("What does not match is told to who may see the hall's report."));
    return;
  }
  gtk_label_set_text (self->summary, _ ("Headquarters is asked what does not match …"));
  self->look = tai_report_look_new (counter, self->scope, told_cb, self);
  tai_report_look_ask (self->look, NULL, FALSE);
}

static void
again_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (TAI_FINDINGS_SCREEN (widget));
}

static void
enter (TaiScreen *screen, const char *text)
{
  TaiFindingsScreen *self = TAI_FINDINGS_SCREEN (screen);

  self->scope = g_strcmp0 (text, TAI_FINDINGS_OF_REGION) == 0 ? TAI_REPORT_OF_REGION : TAI_REPORT_OF_HALL;
  tai_screen_take_focus (screen);
  ask (self);
}

static void
leave (TaiScreen *screen)
{
  drop (TAI_FINDINGS_SCREEN (screen));
  tai_row_clear_list (TAI_FINDINGS_SCREEN (screen)->list);
}

static void
dispose (GObject *object)
{
  drop (TAI_FINDINGS_SCREEN (object));
  G_OBJECT_CLASS (tai_findings_screen_parent_class)->dispose (object);
}

static void
tai_findings_screen_class_init (TaiFindingsScreenClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  TAI_SCREEN_CLASS (klass)->enter = enter;
  TAI_SCREEN_CLASS (klass)->leave = leave;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/guitai/ui/findings.ui");
  gtk_widget_class_bind_template_child (widget_class, TaiFindingsScreen, summary);
  gtk_widget_class_bind_template_child (widget_class, TaiFindingsScreen, list);
  gtk_widget_class_install_action (widget_class, "findings.again", NULL, again_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "findings.again", NULL);
}

static void
tai_findings_screen_init (TaiFindingsScreen *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  tai_ui_name (GTK_WIDGET (self->list), _ ("What does not match"));
}
