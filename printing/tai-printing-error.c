/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-printing-error.h"

G_DEFINE_QUARK (tai_printing_error, tai_printing_error)
