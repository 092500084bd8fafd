/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places of a kiosk as one table, and what they share. Main thread. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-kiosk-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "tai-kiosk-amount-page.h"
#include "tai-kiosk-check-page.h"
#include "tai-kiosk-closed-page.h"
#include "tai-kiosk-code-page.h"
#include "tai-kiosk-number-page.h"
#include "tai-kiosk-staff-page.h"
#include "tai-kiosk-thanks-page.h"
#include "tai-kiosk-welcome-page.h"

typedef struct {
  TaiPrepared *draft; /* the window's */
  GtkBox *split;      /* (nullable) in the page */
} TaiKioskPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (TaiKioskPage, tai_kiosk_page, TAI_TYPE_SCREEN)

#define N_STEPS 4

/* clang-format off */
static const struct {
  const char *title;
  GType (*get_type) (void);
  guint step; /* 0: none */
  TaiKioskPageId previous, next;
} pages[TAI_N_KIOSK_PAGES] = {
  [TAI_KIOSK_WELCOME] = {N_ ("What would you like to do?"), tai_kiosk_welcome_page_get_type, 0, TAI_KIOSK_WELCOME, TAI_KIOSK_NUMBER},
  [TAI_KIOSK_NUMBER] = {N_ ("Which mobile number?"), tai_kiosk_number_page_get_type, 1, TAI_KIOSK_WELCOME, TAI_KIOSK_CHECK},
  [TAI_KIOSK_CHECK] = {N_ ("Is this the right number?"), tai_kiosk_check_page_get_type, 2, TAI_KIOSK_NUMBER, TAI_KIOSK_AMOUNT},
  [TAI_KIOSK_AMOUNT] = {N_ ("How much?"), tai_kiosk_amount_page_get_type, 3, TAI_KIOSK_CHECK, TAI_KIOSK_CODE},
  [TAI_KIOSK_CODE] = {N_ ("Pay at a counter with this code"), tai_kiosk_code_page_get_type, 4, TAI_KIOSK_AMOUNT, TAI_KIOSK_THANKS},
  [TAI_KIOSK_THANKS] = {N_ ("Thank you"), tai_kiosk_thanks_page_get_type, 0, TAI_KIOSK_THANKS, TAI_KIOSK_WELCOME},
  [TAI_KIOSK_CLOSED] = {N_ ("Out of service"), tai_kiosk_closed_page_get_type, 0, TAI_KIOSK_CLOSED, TAI_KIOSK_WELCOME},
  [TAI_KIOSK_STAFF] = {N_ ("Staff only"), tai_kiosk_staff_page_get_type, 0, TAI_KIOSK_WELCOME, TAI_KIOSK_EXIT},
};
/* clang-format on */

static TaiKioskPagePrivate *
priv_of (TaiKioskPage *self)
{
  return tai_kiosk_page_get_instance_private (self);
}

TaiPrepared *
tai_kiosk_page_get_draft (TaiKioskPage *self)
{
  return priv_of (self)->draft;
}

void
tai_kiosk_page_go (TaiKioskPage *self, TaiKioskPageId id)
{
  g_signal_emit_by_name (self, "go", (int)id, NULL);
}

void
tai_kiosk_page_set_split (TaiKioskPage *self, GtkBox *split)
{
  priv_of (self)->split = split;
}

void
tai_kiosk_page_set_portrait (TaiKioskPage *self, gboolean is_portrait)
{
  GtkBox *split = priv_of (self)->split;

  if (split != NULL)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (split),
                                    is_portrait ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

TaiKioskPageId
tai_kiosk_page_id_get_previous (TaiKioskPageId id)
{
  return pages[id].previous;
}

TaiKioskPageId
tai_kiosk_page_id_get_next (TaiKioskPageId id)
{
  return pages[id].next;
}

void
tai_kiosk_draft_wipe (TaiPrepared *draft)
{
  explicit_bzero (draft, sizeof *draft);
}

TaiKioskPage *
tai_kiosk_page_new (TaiKioskPageId id, TaiCounter *counter, TaiPrepared *draft)
{
  TaiKioskPage *self = g_object_new (pages[id].get_type (), "counter", counter, NULL);
  guint step = pages[id].step;

  priv_of (self)->draft = draft;
  gtk_widget_add_css_class (GTK_WIDGET (self), "kiosk-page");
  tai_screen_set_title (TAI_SCREEN (self), _ (pages[id].title));
  if (step > 0) {
    g_autofree char *words = g_strdup_printf (_ ("Step %u of %u"), step, N_STEPS);
    tai_screen_set_steps (TAI_SCREEN (self), words, words);
  }
  return self;
}

static void
tai_kiosk_page_class_init (TaiKioskPageClass *klass)
{
}

static void
tai_kiosk_page_init (TaiKioskPage *self)
{
}
