/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-counter-window.h"
#include "tai-desk-rig.h"
#include "tai-fake-directory.h"
#include "tai-fake-station.h"
#include "tai-screen.h"

G_BEGIN_DECLS

/*
 * The counter's window on the screen over the desk of TaiDeskRig: real store, clock and devices are fakes, the worker is inline.
 * It is nine in the morning, the clerk is signed in, the till is open, home is shown. Main thread.
 */
typedef struct {
  TaiDeskRig *desk;
  TaiFakeStation *station;
  TaiFakeDirectory *directory; /* (owned) */
  TaiKeyMap *keys;
  TaiCounter *counter;
  GtkWidget *window;
} TaiCounterRig;

TaiCounterRig *tai_counter_rig_new (void);
void tai_counter_rig_free (TaiCounterRig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCounterRig, tai_counter_rig_free)

/* The screen that is shown; what tai_screen_go() does, as that screen would; frames pass. */
TaiScreen *tai_counter_rig_get_screen (TaiCounterRig *self);
void tai_counter_rig_go (TaiCounterRig *self, TaiScreenId id, const char *text);
void tai_counter_rig_press (TaiCounterRig *self, TaiKey key);
/* Somebody else works at the desk from now on. */
void tai_counter_rig_sign_in (TaiCounterRig *self, const char *number);
/* A verb as a screen calls it, and frames pass; its arguments: @text (nullable), and of the order that is chosen. @args: (transfer full) */
void tai_counter_rig_do (TaiCounterRig *self, TaiCounterFunc func, TaiCounterArgs *args);
TaiCounterArgs *tai_counter_rig_args (TaiCounterRig *self, const char *text);
/* A top-up of @fen for RIG_TARGET, the first business of the visit. */
void tai_counter_rig_add_top_up (TaiCounterRig *self, gint64 fen);
/* The first mapped widget below @top whose text or label is, or begins with, @text; (nullable). */
GtkWidget *tai_counter_rig_find (GtkWidget *top, const char *text);
#define tai_counter_rig_shows(self, text) (tai_counter_rig_find ((self)->window, text) != NULL)

G_END_DECLS
