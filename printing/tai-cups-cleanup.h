/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cups/cups.h>
#include <glib.h>

/* Autoptr cleanups of the CUPS handles, in one place. */
typedef ipp_t TaiIpp;
typedef http_t TaiHttp;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiIpp, ippDelete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiHttp, httpClose)
