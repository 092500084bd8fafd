/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-wire-error.h"

G_DEFINE_QUARK (tai_wire_error, tai_wire_error)
