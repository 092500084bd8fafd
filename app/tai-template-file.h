/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-state-folder.h"
#include "tai-template-text.h"

G_BEGIN_DECLS

/*
 * The templates of this terminal: the ones that the program came with, and in their place the ones of the state folder
 * ("form-template.json", "notice-template.json"), which headquarters or an administrator gave. One thread.
 */

/* The one in force: the folder's, or, where it has none, an older or a damaged one (told in the log), the program's own.
 * @id: TAI_TEMPLATE_FORM, TAI_TEMPLATE_NOTICE. Never NULL. (transfer full) */
TaiTemplate *tai_template_file_load (TaiStateFolder *folder, const char *id);

/* Checks the template in @path and, if it is whole and newer than the one in force, puts it into the folder. Refused: the one
 * in force stays. Errors: FILE; TAI_WIRE_ERROR, the message has all reasons. (transfer full) */
TaiTemplate *tai_template_file_take (TaiStateFolder *folder, const char *path, GError **error);

G_END_DECLS
