/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-ports.h"

G_BEGIN_DECLS

/* TaiFakeEntropy: the same seed gives the same bytes, whatever the sizes asked for. One thread. Never for real keys. */
#define TAI_TYPE_FAKE_ENTROPY (tai_fake_entropy_get_type ())
G_DECLARE_FINAL_TYPE (TaiFakeEntropy, tai_fake_entropy, TAI, FAKE_ENTROPY, GObject)

TaiFakeEntropy *tai_fake_entropy_new (guint64 seed);

G_END_DECLS
