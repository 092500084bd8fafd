/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-order.h"

G_BEGIN_DECLS

/**
 * TaiTenderForm: with what a customer pays, and what that asks for: one form for every tender, made from its row in core's
 * table (tai_tender_get_asks). Ctrl and a digit choose the tender, Up and Down what it is or whose, Enter goes on.
 *
 * Signals: "changed": another tender or amount; "activate": Enter, and all that is asked for is there. Main thread.
 */
#define TAI_TYPE_TENDER_FORM (tai_tender_form_get_type ())
G_DECLARE_FINAL_TYPE (TaiTenderForm, tai_tender_form, TAI, TENDER_FORM, GtkWidget)

GtkWidget *tai_tender_form_new (guint16 currency);

/* Empty, cash. */
void tai_tender_form_clear (TaiTenderForm *self);
/* @due: what is left; @tenders: one bit (1 << TaiTender) for each that can be taken; @is_rest: a part was taken already, and the
 * list of that needs the room more than the words about cash do. What was typed stays. */
void tai_tender_form_set_due (TaiTenderForm *self, TaiMoney due, guint tenders, gboolean is_rest);
/* One that cannot be taken, or is none, changes nothing: FALSE. */
gboolean tai_tender_form_choose (TaiTenderForm *self, TaiTender tender);
TaiTender tai_tender_form_get_tender (TaiTenderForm *self);
/* The tender of Ctrl and that digit; TAI_N_TENDERS: none. */
TaiTender tai_tender_form_find (guint digit);

/* FALSE: nothing was typed: all that is left, or exactly that. */
gboolean tai_tender_form_get_amount (TaiTenderForm *self, TaiMoney *amount);
const char *tai_tender_form_get_kind (TaiTenderForm *self);   /* (nullable) the provider */
const char *tai_tender_form_get_number (TaiTenderForm *self); /* (nullable) not asked for, or empty */
void tai_tender_form_set_number (TaiTenderForm *self, const char *number);
/* What the button that goes on says. */
const char *tai_tender_form_get_button (TaiTenderForm *self);

G_END_DECLS
