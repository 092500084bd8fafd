/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk is put together: its ports, and what rides along with each of its changes. Its verbs stand in the files around
 * (tai-desk-private.h). */
#include "tai-desk-private.h"

static gboolean
complete (TaiDesk *self, TaiChange *change, GError **error)
{
  tai_desk_add_drawer (self, change);
  return tai_desk_add_supplements (self, change, error);
}

static void
written (TaiDesk *self, const TaiChange *change)
{
  tai_desk_drop_used (self, change);
  tai_desk_push_drawer (self, change);
}

static const TaiDeskRiders riders = {.complete = complete, .tell = tai_desk_add_news_cb, .written = written};

TaiDesk *
tai_desk_new (const TaiTerminal *terminal, const TaiDeskPorts *ports)
{
  TaiDesk *self;

  g_return_val_if_fail (terminal != NULL && terminal->id != NULL && terminal->till != NULL, NULL);
  g_return_val_if_fail (ports->store && ports->prints && ports->renderer && ports->paperwork, NULL);
  g_return_val_if_fail (ports->sealer && ports->pins && ports->clock && ports->entropy, NULL);

  self = g_object_new (TAI_TYPE_DESK, NULL);
  self->riders = &riders;
  self->attempts = g_ptr_array_new_with_free_func (tai_desk_attempt_drop);
  self->terminal = tai_terminal_copy (terminal);
  self->ports.store = g_object_ref (ports->store);
  self->ports.prints = g_object_ref (ports->prints);
  self->ports.renderer = g_object_ref (ports->renderer);
  self->ports.paperwork = g_object_ref (ports->paperwork);
  self->ports.sealer = g_object_ref (ports->sealer);
  self->ports.pins = g_object_ref (ports->pins);
  self->ports.clock = g_object_ref (ports->clock);
  self->ports.entropy = g_object_ref (ports->entropy);
  tai_desk_load_till_policy (self);
  tai_desk_load_invoice_page (self);
  return self;
}
