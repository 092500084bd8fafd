/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of the program and of the state folder, and the operator's mark. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-template-file.h"

#include <string.h>

#include "tai-limits.h"
#include "tai-logo.h"
#include "tai-pull.h"
#include "tai-templates.h"

/* A template's or a logo's, whichever is larger. */
#define FILE_MAX_BYTES MAX (TAI_TEMPLATE_MAX_BYTES, TAI_LIMIT_LOGO_BYTES)

static TaiTemplate *
load_own (const char *id)
{
  static gsize ready;
  g_autofree char *path = g_strdup_printf ("/org/guitai/templates/%s.json", id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;
  TaiTemplate *template = NULL;

  if (g_once_init_enter (&ready)) {
    tai_templates_register_resource ();
    g_once_init_leave (&ready, 1);
  }
  text = g_resources_lookup_data (path, 0, &error);
  if (text != NULL)
    template = tai_template_from_text (text, &error);
  if (template == NULL)
    g_error ("%s: %s", path, error->message); /* a program that was built wrong */
  return template;
}

static char *
name_file (const char *id)
{
  return g_strdup_printf ("%s-template.json", id);
}

static TaiTemplate *
load_given (TaiStateFolder *folder, const char *id)
{
  g_autofree char *name = name_file (id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;
  TaiTemplate *template = NULL;

  if (!tai_state_folder_has (folder, name))
    return NULL;
  text = tai_state_folder_read (folder, name, &error);
  if (text != NULL)
    template = tai_template_from_text (text, &error);
  if (template == NULL)
    g_message ("%s is not in force: %s", name, error->message);
  return template;
}

TaiTemplate *
tai_template_file_load (TaiStateFolder *folder, const char *id)
{
  g_autoptr (TaiTemplate) own = load_own (id), given = load_given (folder, id);

  if (given != NULL && strcmp (given->id, id) == 0 && given->version >= own->version)
    return g_steal_pointer (&given);
  return g_steal_pointer (&own);
}

GBytes *
tai_template_file_read (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &cause);
  g_autofree char *bytes = g_malloc (FILE_MAX_BYTES + 1);
  gsize size = 0;

  /* one byte more than allowed is enough to be refused */
  if (stream != NULL &&
      g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, FILE_MAX_BYTES + 1, &size, NULL, &cause))
    return g_bytes_new_take (g_steal_pointer (&bytes), size);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FILE, "%s: %s", path, cause->message);
  return NULL;
}

/* Logo ---------------------------------------------------------------------------------------------------------------------- */

#define LOGO_FILE "logo.png"

gboolean
tai_logo_file_is_logo (GBytes *file)
{
  gsize size;
  const char *bytes = g_bytes_get_data (file, &size);

  return size >= 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
}

TaiPicture *
tai_logo_file_load (TaiStateFolder *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = NULL;
  TaiPicture *logo = NULL;

  if (!tai_state_folder_has (folder, LOGO_FILE))
    return NULL;
  png = tai_state_folder_read (folder, LOGO_FILE, &error);
  if (png != NULL)
    logo = tai_logo_from_png (png, &error);
  if (logo == NULL)
    g_message ("%s is not in force: %s", LOGO_FILE, error->message);
  return logo;
}

TaiPicture *
tai_logo_file_take (TaiStateFolder *folder, GBytes *png, GError **error)
{
  g_autoptr (TaiPicture) logo = tai_logo_from_png (png, error);

  if (logo == NULL || !tai_state_folder_write (folder, LOGO_FILE, g_bytes_get_data (png, NULL),
                                               (gssize)g_bytes_get_size (png), error))
    return NULL;
  return g_steal_pointer (&logo);
}

/* Templates ------------------------------------------------------------------------------------------------------------------- */

TaiTemplate *
tai_template_file_take (TaiStateFolder *folder, GBytes *text, GError **error)
{
  g_autoptr (TaiTemplate) template = tai_template_from_text (text, error);
  g_autoptr (TaiTemplate) in_force = NULL;
  g_autofree char *name = NULL;

  if (template == NULL)
    return NULL;
  in_force = tai_template_file_load (folder, template->id);
  if (template->version <= in_force->version && !tai_digest_equal (template->hash, in_force->hash)) {
    g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "version: %d, and %d is in force",
                 template->version, in_force->version);
    return NULL;
  }
  name = name_file (template->id);
  if (!tai_state_folder_write (folder, name, g_bytes_get_data (text, NULL), (gssize)g_bytes_get_size (text),
                               error))
    return NULL;
  return g_steal_pointer (&template);
}

/* From headquarters ----------------------------------------------------------------------------------------------------------- */

static gboolean
check_paper (const TaiPulledPaper *paper, GError **error)
{
  g_autoptr (TaiPicture) logo = paper->is_png ? tai_logo_from_png (paper->bytes, error) : NULL;
  g_autoptr (TaiTemplate) template = paper->is_png ? NULL : tai_template_from_text (paper->bytes, error);

  if (logo == NULL && template == NULL) {
    g_prefix_error (error, "%s: ", paper->id);
    return FALSE;
  }
  if (template == NULL || strcmp (template->id, paper->id) == 0)
    return TRUE;
  g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "%s: the template of another paper, %s",
               paper->id, template->id);
  return FALSE;
}

/* A newer headquarters may have papers that this program does not print. */
static gboolean
is_known (const TaiPulledPaper *paper)
{
  static const char *const ids[] = {TAI_TEMPLATE_FORM, TAI_TEMPLATE_NOTICE, NULL};

  return paper->is_png ? strcmp (paper->id, "logo") == 0 : g_strv_contains (ids, paper->id);
}

static gboolean
take_paper (TaiStateFolder *folder, const TaiPulledPaper *paper, GError **error)
{
  g_autoptr (TaiTemplate) in_force = paper->is_png ? NULL : tai_template_file_load (folder, paper->id);
  g_autoptr (TaiTemplate) template = NULL;
  g_autoptr (TaiPicture) logo = NULL;

  if (paper->is_png)
    return (logo = tai_logo_file_take (folder, paper->bytes, error)) != NULL;
  if (in_force->version >= paper->version)
    return TRUE;
  return (template = tai_template_file_take (folder, paper->bytes, error)) != NULL;
}

gboolean
tai_template_file_take_all (TaiStateFolder *folder, GPtrArray *papers, GError **error)
{
  for (guint i = 0; i < papers->len; i++) {
    const TaiPulledPaper *paper = g_ptr_array_index (papers, i);
    if (is_known (paper) && !check_paper (paper, error))
      return FALSE;
  }
  for (guint i = 0; i < papers->len; i++) {
    const TaiPulledPaper *paper = g_ptr_array_index (papers, i);
    if (is_known (paper) && !take_paper (folder, paper, error))
      return FALSE;
  }
  return TRUE;
}
