/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Once, at a program's start: core's SHA-256 by nettle behind GnuTLS, which uses the processor's SHA instructions; GLib's does
 * not. A sale is hashed, checked and chained. */
void tai_fast_digest_install (void);

G_END_DECLS
