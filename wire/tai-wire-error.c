/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-wire-error.h"

G_DEFINE_QUARK (tai - wire - error - quark, tai_wire_error)
