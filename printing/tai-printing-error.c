/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-printing-error.h"

G_DEFINE_QUARK (tai-printing-error-quark, tai_printing_error)
