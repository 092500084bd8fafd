/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates of the program and of the state folder. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-template-file.h"

#include <string.h>

#include "tai-templates.h"

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

static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &cause);
  g_autofree char *bytes = g_malloc (TAI_TEMPLATE_MAX_BYTES + 1);
  gsize size = 0;

  /* one byte more than allowed is enough to be refused */
  if (stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, TAI_TEMPLATE_MAX_BYTES + 1,
                                                 &size, NULL, &cause))
    return g_bytes_new_take (g_steal_pointer (&bytes), size);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_FILE, "%s: %s", path, cause->message);
  return NULL;
}

TaiTemplate *
tai_template_file_take (TaiStateFolder *folder, const char *path, GError **error)
{
  g_autoptr (GBytes) text = read_file (path, error);
  g_autoptr (TaiTemplate) template = text != NULL ? tai_template_from_text (text, error) : NULL;
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
