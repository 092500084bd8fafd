/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-apply-private.h"

G_BEGIN_DECLS

/*
 * How papers look, for all halls: templates (docs/template.md) and the operator's mark. Like the catalogue: checked whole before
 * it is in force, given out whole under one ETag. What was in force before is kept.
 */

/* @file: a template's text, or a PNG, which is the mark. Its name and version as text; NULL with DATA (the message has all reasons)
 * or STORE. A template is newer than the one in force or the same; a mark is numbered here. (transfer full) */
char *hq_load_paper (HqStore *store, GBytes *file, gint64 now_us, GError **error);

/* "form 3", one a line; (transfer full). */
char *hq_paper_list (HqStore *store);

/* GET /guitai/v1/paper */
void hq_paper_get (HqCall *call);

G_END_DECLS
