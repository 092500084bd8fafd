/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/*
 * TaiFakeIdReader: gives the cards that were laid on it, in order, each once. An empty reader answers
 * TAI_CORE_ERROR_FAILED at once, where a real one waits for a card; a cancelled read G_IO_ERROR_CANCELLED. One thread.
 */
#define TAI_TYPE_FAKE_ID_READER (tai_fake_id_reader_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeIdReader, tai_fake_id_reader, TAI, FAKE_ID_READER, GObject)

TaiFakeIdReader *tai_fake_id_reader_new (gboolean is_emulated);
/* The next read gives @identity (transfer full). */
void tai_fake_id_reader_lay (TaiFakeIdReader *self, TaiIdentity *identity);
/* The next read fails with @error (transfer full). */
void tai_fake_id_reader_fail (TaiFakeIdReader *self, GError *error);

G_END_DECLS
