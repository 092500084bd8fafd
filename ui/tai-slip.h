/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-promise.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/*
 * Papers beside a receipt: the slip of a customer who leaves before it is settled, and the way back from it; the notice in large
 * print. For screens; main thread.
 */

/* Whatever happened, a customer need not wait longer than this before the way to his slip is on the page. */
#define TAI_SLIP_WITHIN_MS 10000

/* Prints it, at the printer that is well, and says so on @screen. @id: of the visit or the order (tai-promise.h) */
void tai_slip_print (TaiScreen *screen, TaiPromiseKind kind, const char *id);
/* The notice in large letters of a sale: what it is, what it costs, until when, how to stop it; likewise said. */
void tai_slip_print_notice (TaiScreen *screen, const char *receipt_number);
/* A slip was scanned: what it is about is shown, with its remedy: the money of a visit, else the order. FALSE: @text is no slip. */
gboolean tai_slip_follow (TaiScreen *screen, const char *text);

G_END_DECLS
