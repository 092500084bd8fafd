/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-app-error.h"

G_DEFINE_QUARK (tai_app_error, tai_app_error)
