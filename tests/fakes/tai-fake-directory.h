/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-directory.h"

G_BEGIN_DECLS

/*
 * TaiFakeDirectory: answers look-ups with what was pushed, in order, each once, at the next turn of the main context; with
 * nothing pushed TAI_CORE_ERROR_LINE_UNKNOWN. A cancelled look-up takes nothing off the pile. One thread.
 */
#define TAI_TYPE_FAKE_DIRECTORY (tai_fake_directory_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeDirectory, tai_fake_directory, TAI, FAKE_DIRECTORY, GObject)

TaiFakeDirectory *tai_fake_directory_new (void);
/* The next look-up sees @view (transfer full). */
void tai_fake_directory_push (TaiFakeDirectory *self, TaiLineView *view);
/* The next look-up is one of details, and sees @details (transfer full). */
void tai_fake_directory_push_details (TaiFakeDirectory *self, TaiLineDetails *details);
/* The next look-up is one of a report, and sees @report (transfer full). */
void tai_fake_directory_push_report (TaiFakeDirectory *self, TaiTillReport *report);
/* The next look-up is one of a slip, and sees @view (transfer full). */
void tai_fake_directory_push_promise (TaiFakeDirectory *self, TaiPromiseView *view);
/* The next look-up fails with @error (transfer full). */
void tai_fake_directory_fail (TaiFakeDirectory *self, GError *error);
/* Until told otherwise nothing is answered: HQ takes its time. */
void tai_fake_directory_hold (TaiFakeDirectory *self, gboolean held);
/* Numbers that were asked for, and reports ("hall from-to by"), in order. (transfer none) (element-type utf8) */
GPtrArray *tai_fake_directory_get_asked (TaiFakeDirectory *self);

G_END_DECLS
