/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hall-paperwork.h"

/* Of the text @template (app/templates/NAME.json with @find replaced by @replacement; NULL: as it is). (transfer full) */
TaiTemplate *shipped_template (const char *name, const char *find, const char *replacement);
/* The hall's papers with the templates that ship. (transfer full) */
TaiPaperwork *shipped_paperwork (void);
