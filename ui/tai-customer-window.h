/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tai-counter.h"
#include "tai-customer-model.h"

G_BEGIN_DECLS

/**
 * TaiCustomerWindow: the customer's screen: what is being bought, the three figures, what is left to pay, the code to scan, the
 * change, thanks. It knows a TaiCustomerModel and nothing else of a visit; when that is idle nothing of the last one is left in
 * it. It takes no keys: when it gets the focus it gives it back. Main thread.
 */
#define TAI_TYPE_CUSTOMER_WINDOW (tai_customer_window_get_type ())
G_DECLARE_FINAL_TYPE (TaiCustomerWindow, tai_customer_window, TAI, CUSTOMER_WINDOW, GtkWindow)

/* For the clerk's @main, with which it goes. Full screen on that monitor, counted from 1, where there is one; 0: on the second. */
TaiCustomerWindow *tai_customer_window_new (GtkApplication *application, TaiCounter *counter, GtkWindow *main,
                                            guint monitor);
/* As shown; for tests. */
const TaiCustomerModel *tai_customer_window_get_model (TaiCustomerWindow *self);

/* Pixels for a code of 6 cm at least without its white border, on a monitor of that width; @width_mm 0: not known. */
guint tai_customer_window_get_qr_side (int width_px, int width_mm);

G_END_DECLS
