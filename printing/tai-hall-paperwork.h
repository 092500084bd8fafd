/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"

G_BEGIN_DECLS

/**
 * TaiHallPaperwork: the port TaiPaperwork: the receipt (小票) and the acceptance form (业务受理单) of a sale, in the language
 * of the terminal's paper. A pure function of the sale; keeps nothing; any thread.
 */
#define TAI_TYPE_HALL_PAPERWORK (tai_hall_paperwork_get_type ())
G_DECLARE_FINAL_TYPE (TaiHallPaperwork, tai_hall_paperwork, TAI, HALL_PAPERWORK, GObject)

TaiPaperwork *tai_hall_paperwork_new (void);

G_END_DECLS
