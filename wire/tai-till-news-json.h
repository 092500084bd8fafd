/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-order.h"
#include "tai-till-news.h"

G_BEGIN_DECLS

/*
 * News of a till as JSON, the body of a message to TAI_PATH_TILL: docs/protocol.md has its members. Pure: the same news give the
 * same bytes. Any thread.
 */
GBytes *tai_till_news_render (const TaiTillNews *self, const TaiTerminal *terminal);
/* Whole and consistent, or TAI_WIRE_ERROR_* with the place: what a kind must say is there. *@terminal: (out) (transfer none) whose
 * it says it is. (transfer full) */
TaiTillNews *tai_till_news_from_json (const TaiJson *json, const char **terminal, GError **error);

G_END_DECLS
