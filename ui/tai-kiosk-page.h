/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-prepared.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/**
 * TaiKioskPageId: every place of a kiosk. What each is called and where it stands in the flow is one table, tai-kiosk-page.c.
 * @TAI_KIOSK_EXIT: not a page: staff ends the program
 */
typedef enum {
  TAI_KIOSK_WELCOME,
  TAI_KIOSK_NUMBER,
  TAI_KIOSK_CHECK,
  TAI_KIOSK_AMOUNT,
  TAI_KIOSK_CODE,
  TAI_KIOSK_THANKS,
  TAI_KIOSK_CLOSED,
  TAI_KIOSK_STAFF,
  TAI_N_KIOSK_PAGES,
  TAI_KIOSK_EXIT = TAI_N_KIOSK_PAGES
} TaiKioskPageId;

/**
 * TaiKioskPage: one question of a kiosk: a TaiScreen whose answers go into the window's draft, a TaiPrepared of which only as
 * much is filled in as was answered (operation NULL, msisdn "", amount 0). The window makes a page when it is shown and drops
 * it when it is left, so that nothing of a customer stays in widgets. TaiScreen::go carries a TaiKioskPageId here.
 *
 * Main thread. After tai_kiosk_page_go() and tai_screen_next() the page may be gone.
 */
#define TAI_TYPE_KIOSK_PAGE (tai_kiosk_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (TaiKioskPage, tai_kiosk_page, TAI, KIOSK_PAGE, TaiScreen)
struct _TaiKioskPageClass {
  TaiScreenClass parent_class;
};

/* @draft: the window's, outlives the page */
TaiKioskPage *tai_kiosk_page_new (TaiKioskPageId id, TaiCounter *counter, TaiPrepared *draft);
TaiPrepared *tai_kiosk_page_get_draft (TaiKioskPage *self);
void tai_kiosk_page_go (TaiKioskPage *self, TaiKioskPageId id);
/* Two halves that stand side by side on a wide screen and one over the other on a tall one. */
void tai_kiosk_page_set_split (TaiKioskPage *self, GtkBox *split);

/* For the window. */
void tai_kiosk_page_set_portrait (TaiKioskPage *self, gboolean is_portrait);
/* Where Back goes; @id itself: nowhere. */
TaiKioskPageId tai_kiosk_page_id_get_previous (TaiKioskPageId id);
TaiKioskPageId tai_kiosk_page_id_get_next (TaiKioskPageId id);
/* Forgets all of @draft. */
void tai_kiosk_draft_wipe (TaiPrepared *draft);

G_END_DECLS
