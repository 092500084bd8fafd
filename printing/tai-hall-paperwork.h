/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"
#include "tai-template.h"

G_BEGIN_DECLS

/**
 * TaiHallPaperwork: the port TaiPaperwork: the receipt (小票), the acceptance form (业务受理单) and the notice in large letters
 * (大字告知单) of a sale, in the language of the terminal's paper. A pure function of the sale and the templates; any thread.
 */
#define TAI_TYPE_HALL_PAPERWORK (tai_hall_paperwork_get_type ())
G_DECLARE_FINAL_TYPE (TaiHallPaperwork, tai_hall_paperwork, TAI, HALL_PAPERWORK, GObject)

TaiPaperwork *tai_hall_paperwork_new (TaiTemplate *form, TaiTemplate *notice);
/* In place of the one with the same id, from the next paper on. */
void tai_hall_paperwork_set_template (TaiHallPaperwork *self, TaiTemplate *template);
/* The operator's mark on top of receipts and, where the template has a place for it, of forms and notices: from the next paper on.
 * @logo: (nullable): none */
void tai_hall_paperwork_set_logo (TaiHallPaperwork *self, TaiPicture *logo);

G_END_DECLS
