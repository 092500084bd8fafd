/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-io-error.h"

G_DEFINE_QUARK (tai_io_error, tai_io_error)
