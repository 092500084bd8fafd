/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A window with what a scan must not touch: entries, a PIN, an amount, a command box, a default button. It says on stdout what happened to
 * it, one line each: SCANNED text, ENTERED text (Enter in an entry), PRESSED button, PIN digits, AMOUNT minor units, SEARCHED text (the
 * command box), KEY name (what reached the window unhandled). For tests/e2e.
 */
#include <adwaita.h>
#include <libintl.h>
#include <locale.h>

#include "tai-amount-entry.h"
#include "tai-command-entry.h"
#include "tai-pin-entry.h"
#include "tai-scan-catcher.h"

static void
scanned_cb (TaiScanCatcher *catcher, const char *text, gpointer user_data)
{
  g_print ("SCANNED %s\n", text);
}

static void
activate_cb (GtkEntry *entry, gpointer user_data)
{
  g_print ("ENTERED %s\n", gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
clicked_cb (GtkButton *button, gpointer user_data)
{
  g_print ("PRESSED %s\n", gtk_button_get_label (button));
}

static gboolean
key_cb (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
        gpointer user_data)
{
  g_print ("KEY %s\n", gdk_keyval_name (keyval));
  return GDK_EVENT_PROPAGATE;
}

static GtkWidget *
make_entry (const char *label)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (entry, "activate", G_CALLBACK (activate_cb), NULL);
  return entry;
}

/* What is found for a text, as a command box shows it; each search is told. */
static void
searched_cb (GtkEditable *command, GtkLabel *found)
{
  g_autofree char *text = g_strdup_printf ("Found %s.", gtk_editable_get_text (command));

  gtk_label_set_text (found, text);
  g_print ("SEARCHED %s\n", gtk_editable_get_text (command));
}

static GtkWidget *
make_command (GtkWidget *found)
{
  GtkWidget *command = tai_command_entry_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (command), GTK_ACCESSIBLE_PROPERTY_LABEL, "Command", -1);
  g_signal_connect (command, "changed", G_CALLBACK (searched_cb), found);
  g_signal_connect (command, "activate", G_CALLBACK (activate_cb), NULL);
  return command;
}

static void
pin_cb (TaiPinEntry *entry, gpointer user_data)
{
  char *pin = tai_pin_entry_steal_pin (entry);

  g_print ("PIN %s\n", pin);
  tai_pin_free (pin);
}

static void
amount_cb (TaiAmountEntry *entry, gpointer user_data)
{
  TaiMoney amount = {0};

  if (tai_amount_entry_get_amount (entry, &amount))
    g_print ("AMOUNT %" G_GINT64_FORMAT "\n", amount.minor);
}

static GtkWidget *
make_button (const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), NULL);
  return button;
}

static void
open_dialog_cb (GtkButton *button, gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (user_data), "Sure?", NULL);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "yes", "Yes");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "yes");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (g_print), (gpointer) "ANSWERED\n");
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
application_activate_cb (GApplication *application, gpointer user_data)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *pay = make_button ("Pay"),
            *ask = make_button ("Ask");
  GtkWidget *found = gtk_label_new ("Found .");
  GtkWidget *pin = tai_pin_entry_new ("PIN", 6), *received = tai_amount_entry_new ("Received", TAI_CNY);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_window_set_title (GTK_WINDOW (window), "Scan probe");
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 640);
  gtk_box_append (GTK_BOX (box), make_entry ("Name"));
  gtk_box_append (GTK_BOX (box), make_entry ("Amount"));
  gtk_box_append (GTK_BOX (box), pay);
  gtk_box_append (GTK_BOX (box), ask);
  gtk_box_append (GTK_BOX (box), pin);
  gtk_box_append (GTK_BOX (box), received);
  gtk_box_append (GTK_BOX (box), make_command (found));
  gtk_box_append (GTK_BOX (box), found);
  g_signal_connect (pin, "activate", G_CALLBACK (pin_cb), NULL);
  g_signal_connect (received, "activate", G_CALLBACK (amount_cb), NULL);
  g_signal_connect (ask, "clicked", G_CALLBACK (open_dialog_cb), window);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), NULL);
  gtk_widget_add_controller (window, keys);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_widget (GTK_WINDOW (window), pay);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (TaiScanCatcher) catcher = NULL;
  TaiWedgeProfile profile = {0};

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("TAI_TEST_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  setvbuf (stdout, NULL, _IOLBF, 0);
  gtk_init ();
  if (g_getenv ("SCAN_PROBE_GAP_MS") != NULL)
    profile.gap_ms = (guint)g_ascii_strtoull (g_getenv ("SCAN_PROBE_GAP_MS"), NULL, 10);
  catcher = tai_scan_catcher_new (&profile);
  g_signal_connect (catcher, "scanned", G_CALLBACK (scanned_cb), NULL);
  application = adw_application_new ("org.guitai.ScanProbe", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (application_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
