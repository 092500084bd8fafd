/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A GtkEntry whose insertions and deletions are taken over: each is tried on the raw text (tai-amount-text), then the grouped text
 * is written anew and the cursor put where it was among the digits, counted from the end, as commas come and go before it.
 * Main thread.
 */
#include "tai-amount-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-accessible.h"
#include "tai-amount-text.h"
#include "tai-pad-target.h"
#include "tai-widget.h"

#define TARGET_MIN 44

struct _TaiAmountEntry {
  GtkWidget parent;

  TaiMoney limit;     /* its currency is the entry's */
  char *raw;          /* (owned) */
  gboolean is_filled; /* by the program, and untouched since: what is typed replaces it */
  GtkWidget *entry;
  GtkEditable *text; /* the entry's delegate */
  GtkWidget *message;
  GtkWidget *quick;
  TaiMoney quick_amounts[TAI_AMOUNT_ENTRY_QUICK_MAX];
};

static void pad_target_init (TaiPadTargetInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiAmountEntry, tai_amount_entry, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAD_TARGET, pad_target_init))

enum { SIGNAL_CHANGED, SIGNAL_ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

static void insert_text_cb (GtkEditable *text, const char *typed, int length, int *position,
                            TaiAmountEntry *self);
static void delete_text_cb (GtkEditable *text, int start, int end, TaiAmountEntry *self);

/* "128", "1,280.50": no decimals where there are none. (transfer full) */
static char *
print_short (TaiMoney amount)
{
  g_autofree char *text = tai_money_to_text (amount), *grouped = tai_amount_text_group (text);
  char *point = strchr (grouped, '.');

  if (point != NULL && strspn (point + 1, "0") == strlen (point + 1))
    *point = '\0';
  return g_steal_pointer (&grouped);
}

static char *
explain (TaiAmountEntry *self, TaiAmountProblem problem)
{
  int decimals = tai_currency_get_decimals (self->limit.currency);
  g_autofree char *limit = NULL;

  switch (problem) {
  case TAI_AMOUNT_PROBLEM_CHARACTER:
    return g_strdup (_ ("Only digits and one decimal point"));
  case TAI_AMOUNT_PROBLEM_DECIMALS:
    if (decimals == 0)
      return g_strdup (_ ("No decimals in this currency"));
    return g_strdup_printf (ngettext ("At most %d decimal", "At most %d decimals", (gulong)decimals),
                            decimals);
  case TAI_AMOUNT_PROBLEM_LIMIT:
    limit = print_short (self->limit);
    return g_strdup_printf (_ ("At most %s"), limit);
  case TAI_AMOUNT_PROBLEM_NONE:
  default:
    return NULL;
  }
}

/* Seen, heard (GTK 4.8 announces nothing: the description is what a screen reader finds on the field) and rung. */
static void
say (TaiAmountEntry *self, TaiAmountProblem problem)
{
  g_autofree char *message = explain (self, problem);

  gtk_label_set_text (GTK_LABEL (self->message), message != NULL ? message : "");
  tai_ui_describe (self->entry, message);
  if (message == NULL) {
    gtk_widget_remove_css_class (self->entry, "error");
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID);
    return;
  }
  gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_widget_error_bell (self->entry);
}

static int
count_raw (const char *text)
{
  int n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += *p != ',';
  return n;
}

/* Place of the cursor that has @n_behind digits and points behind it; before a comma, where the last digit was typed. */
static int
find_place (const char *grouped, int n_behind)
{
  int place = (int)strlen (grouped);

  while (place > 0 && n_behind > 0)
    n_behind -= grouped[--place] != ',';
  return place > 0 && grouped[place - 1] == ',' ? place - 1 : place;
}

/* @raw: checked. Writes it, with @n_behind characters of it behind the cursor. */
static int
write_raw (TaiAmountEntry *self, const char *raw, int n_behind)
{
  g_autofree char *grouped = tai_amount_text_group (raw);
  gboolean is_other = !g_str_equal (raw, self->raw);
  int place = find_place (grouped, n_behind);

  g_signal_handlers_block_by_func (self->text, insert_text_cb, self);
  g_signal_handlers_block_by_func (self->text, delete_text_cb, self);
  gtk_editable_set_text (self->text, grouped);
  gtk_editable_set_position (self->text, place);
  g_signal_handlers_unblock_by_func (self->text, delete_text_cb, self);
  g_signal_handlers_unblock_by_func (self->text, insert_text_cb, self);
  g_free (self->raw);
  self->raw = g_strdup (raw);
  self->is_filled = FALSE;
  say (self, TAI_AMOUNT_PROBLEM_NONE);
  if (is_other)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return place;
}

/* The text without @start to @end and with @typed there instead. FALSE: refused, and said so. */
static gboolean
replace (TaiAmountEntry *self, int start, int end, const char *typed, int *place)
{
  const char *before = gtk_editable_get_text (self->text);
  const char *behind = g_utf8_offset_to_pointer (before, end);
  g_autofree char *head = g_utf8_substring (before, 0, start);
  g_autofree char *all = g_strconcat (head, typed, behind, NULL);
  g_autofree char *raw = tai_amount_text_to_raw (all);
  TaiAmountProblem problem = tai_amount_text_check (raw, self->limit);

  if (problem != TAI_AMOUNT_PROBLEM_NONE) {
    say (self, problem);
    return FALSE;
  }
  *place = write_raw (self, raw, count_raw (behind));
  return TRUE;
}

static void
insert_text_cb (GtkEditable *text, const char *typed, int length, int *position, TaiAmountEntry *self)
{
  g_autofree char *own = g_strndup (typed, length < 0 ? strlen (typed) : (gsize)length);

  g_signal_stop_emission_by_name (text, "insert-text");
  if (self->is_filled)
    replace (self, 0, (int)strlen (gtk_editable_get_text (text)), own, position);
  else
    replace (self, *position, *position, own, position);
}

/* Only a comma: it would come back at once. The digit before it is meant, or with Delete the one behind. */
static void
widen (GtkEditable *text, int *start, int *end)
{
  g_autofree char *gone = gtk_editable_get_chars (text, *start, *end);

  if (!g_str_equal (gone, ","))
    return;
  if (gtk_editable_get_position (text) == *start)
    ++*end;
  else
    --*start;
}

static void
delete_text_cb (GtkEditable *text, int start, int end, TaiAmountEntry *self)
{
  int place;

  g_signal_stop_emission_by_name (text, "delete-text");
  if (end < 0)
    end = (int)g_utf8_strlen (gtk_editable_get_text (text), -1);
  if (start >= end)
    return;
  widen (text, &start, &end);
  replace (self, start, end, "", &place);
}

static void
activate_cb (GtkEntry *entry, TaiAmountEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

gboolean
tai_amount_entry_get_amount (TaiAmountEntry *self, TaiMoney *amount)
{
  g_return_val_if_fail (TAI_IS_AMOUNT_ENTRY (self) && amount != NULL, FALSE);

  return tai_amount_text_to_money (self->raw, self->limit.currency, amount);
}

void
tai_amount_entry_set_amount (TaiAmountEntry *self, TaiMoney amount)
{
  g_autofree char *raw = NULL;

  g_return_if_fail (TAI_IS_AMOUNT_ENTRY (self));
  g_return_if_fail (amount.currency == self->limit.currency && amount.minor >= 0 &&
                    amount.minor <= self->limit.minor);

  raw = tai_money_to_text (amount);
  write_raw (self, raw, 0);
  /* no selection: X takes one away that no key or click made */
  self->is_filled = TRUE;
}

/* Who goes into the text wants to mend it. */
static void
touched_cb (TaiAmountEntry *self)
{
  self->is_filled = FALSE;
}

void
tai_amount_entry_clear (TaiAmountEntry *self)
{
  g_return_if_fail (TAI_IS_AMOUNT_ENTRY (self));

  write_raw (self, "", 0);
}

void
tai_amount_entry_set_limit (TaiAmountEntry *self, TaiMoney limit)
{
  g_return_if_fail (TAI_IS_AMOUNT_ENTRY (self));
  g_return_if_fail (limit.currency == self->limit.currency && limit.minor >= 0);

  self->limit = limit;
  say (self, tai_amount_text_check (self->raw, limit));
}

const char *
tai_amount_entry_get_message (TaiAmountEntry *self)
{
  const char *message;

  g_return_val_if_fail (TAI_IS_AMOUNT_ENTRY (self), NULL);

  message = gtk_label_get_text (GTK_LABEL (self->message));
  return message[0] != '\0' ? message : NULL;
}

static void
quick_clicked_cb (TaiAmountEntry *self, GtkWidget *button)
{
  GtkWidget *child = gtk_widget_get_first_child (self->quick);
  guint i = 0;

  for (; child != button; child = gtk_widget_get_next_sibling (child))
    i++;
  if (self->quick_amounts[i].minor > self->limit.minor)
    say (self, TAI_AMOUNT_PROBLEM_LIMIT);
  else
    tai_amount_entry_set_amount (self, self->quick_amounts[i]);
}

void
tai_amount_entry_set_quick_amounts (TaiAmountEntry *self, const TaiMoney *amounts, guint n_amounts)
{
  GtkWidget *child;

  g_return_if_fail (TAI_IS_AMOUNT_ENTRY (self) && n_amounts <= TAI_AMOUNT_ENTRY_QUICK_MAX);

  while ((child = gtk_widget_get_first_child (self->quick)) != NULL)
    gtk_box_remove (GTK_BOX (self->quick), child);
  gtk_widget_set_visible (self->quick, n_amounts > 0);
  for (guint i = 0; i < n_amounts; i++) {
    g_autofree char *label = print_short (amounts[i]), *name = NULL;

    self->quick_amounts[i] = amounts[i];
    child = gtk_button_new_with_label (label);
    /* TRANSLATORS: a button that fills in this amount, as a screen reader says it */
    name = g_strdup_printf (_ ("Fill in %s"), label);
    tai_ui_name (child, name);
    gtk_widget_set_focus_on_click (child, FALSE);
    gtk_widget_set_size_request (child, TARGET_MIN, TARGET_MIN);
    gtk_widget_add_css_class (child, "title-4");
    gtk_widget_add_css_class (child, "numeric");
    g_signal_connect_swapped (child, "clicked", G_CALLBACK (quick_clicked_cb), self);
    gtk_box_append (GTK_BOX (self->quick), child);
  }
}

static void
append (TaiPadTarget *target, const char *text)
{
  tai_pad_target_append (GTK_WIDGET (TAI_AMOUNT_ENTRY (target)->text), text);
}

static void
backspace (TaiPadTarget *target)
{
  tai_pad_target_backspace (GTK_WIDGET (TAI_AMOUNT_ENTRY (target)->text));
}

static void
confirm (TaiPadTarget *target)
{
  g_signal_emit (target, signals[SIGNAL_ACTIVATE], 0);
}

static void
pad_target_init (TaiPadTargetInterface *iface)
{
  iface->append = append;
  iface->backspace = backspace;
  iface->clear = (void (*) (TaiPadTarget *))tai_amount_entry_clear;
  iface->confirm = confirm;
}

static gboolean
tai_amount_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (TAI_AMOUNT_ENTRY (widget)->entry);
}

GtkWidget *
tai_amount_entry_new (const char *label, guint16 currency)
{
  TaiAmountEntry *self;
  GtkWidget *sign;

  g_return_val_if_fail (label != NULL && tai_currency_get_decimals (currency) >= 0, NULL);

  self = g_object_new (TAI_TYPE_AMOUNT_ENTRY, NULL);
  self->limit = tai_money (TAI_MONEY_LIMIT_MINOR, currency);
  tai_ui_name (self->entry, label);
  sign = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (self)));
  gtk_label_set_text (GTK_LABEL (sign), currency == TAI_CNY ? "¥" : tai_currency_to_code (currency));
  return GTK_WIDGET (self);
}

static void
tai_amount_entry_dispose (GObject *object)
{
  TaiAmountEntry *self = TAI_AMOUNT_ENTRY (object);

  if (self->text != NULL)
    g_signal_handlers_disconnect_by_data (self->text, self);
  self->text = NULL;
  tai_widget_unparent_children (GTK_WIDGET (self));
  g_clear_pointer (&self->raw, g_free);
  G_OBJECT_CLASS (tai_amount_entry_parent_class)->dispose (object);
}

static void
tai_amount_entry_class_init (TaiAmountEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tai_amount_entry_dispose;
  widget_class->grab_focus = tai_amount_entry_grab_focus;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", TAI_TYPE_AMOUNT_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", TAI_TYPE_AMOUNT_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "amountentry");
}

static void
make_entry (TaiAmountEntry *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->entry = gtk_entry_new ();
  self->text = gtk_editable_get_delegate (GTK_EDITABLE (self->entry));
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_widget_set_size_request (self->entry, -1, TARGET_MIN);
  gtk_widget_add_css_class (self->entry, "title-1");
  gtk_widget_add_css_class (self->entry, "numeric");
  g_signal_connect (self->text, "insert-text", G_CALLBACK (insert_text_cb), self);
  g_signal_connect (self->text, "delete-text", G_CALLBACK (delete_text_cb), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->text, "move-cursor", G_CALLBACK (touched_cb), self);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (touched_cb), self);
  gtk_widget_add_controller (self->entry, GTK_EVENT_CONTROLLER (click));
}

static void
tai_amount_entry_init (TaiAmountEntry *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *sign = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  self->raw = g_strdup ("");
  make_entry (self);
  gtk_widget_add_css_class (sign, "title-1");
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), self->entry);
  self->message = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->message), 1);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_widget_add_css_class (self->message, "error");
  self->quick = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_set_homogeneous (GTK_BOX (self->quick), TRUE);
  gtk_widget_set_visible (self->quick, FALSE);
  gtk_widget_set_parent (row, GTK_WIDGET (self));
  gtk_widget_set_parent (self->message, GTK_WIDGET (self));
  gtk_widget_set_parent (self->quick, GTK_WIDGET (self));
}
