/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-screen.h"

G_BEGIN_DECLS

/* The journal, searched by day, person, kind and what it is about. Main thread. */
#define TAI_TYPE_JOURNAL_SCREEN (tai_journal_screen_get_type ())
G_DECLARE_FINAL_TYPE (TaiJournalScreen, tai_journal_screen, TAI, JOURNAL_SCREEN, TaiScreen)

G_END_DECLS
