/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-picture.h"
#include "tai-state-folder.h"
#include "tai-template-text.h"

G_BEGIN_DECLS

/*
 * How papers look at this terminal: the templates that the program came with, and in their place the ones of the state folder
 * ("form-template.json", "notice-template.json"), which headquarters or an administrator gave; and the operator's mark
 * ("logo.png"). One thread.
 */

/* The one in force: the folder's, or, where it has none, an older or a damaged one (told in the log), the program's own.
 * @id: TAI_TEMPLATE_FORM, TAI_TEMPLATE_NOTICE. Never NULL. (transfer full) */
TaiTemplate *tai_template_file_load (TaiStateFolder *folder, const char *id);

/* What an administrator named, as far as it may be a template or a mark: one byte more than either may have is enough to be
 * refused by what takes it. Error: FILE. (transfer full) */
GBytes *tai_template_file_read (const char *path, GError **error);

/* Checks the template and, if it is whole and newer than the one in force, puts it into the folder. Refused: the one in force
 * stays. Errors: FILE; TAI_WIRE_ERROR, the message has all reasons. (transfer full) */
TaiTemplate *tai_template_file_take (TaiStateFolder *folder, GBytes *text, GError **error);

/* The operator's mark, NULL: none, or a damaged one (told in the log). (transfer full) */
TaiPicture *tai_logo_file_load (TaiStateFolder *folder);
gboolean tai_logo_file_is_logo (GBytes *file);
/* In place of the one that is there; refused: that one stays. Errors: FILE; TAI_PRINTING_ERROR_LOGO. (transfer full) */
TaiPicture *tai_logo_file_take (TaiStateFolder *folder, GBytes *png, GError **error);

/* All that headquarters has (element-type TaiPulledPaper): checked whole before a file is written. A template that is not newer
 * than the one in force stays out, and is no mistake: an administrator may be ahead. Errors: as above. */
gboolean tai_template_file_take_all (TaiStateFolder *folder, GPtrArray *papers, GError **error);

G_END_DECLS
