/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What headquarters sends beside answers: the catalogue, exchanged between visits and never under one, and the hall's papers. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-terminal-host-private.h"

#include <malloc.h>

#include "tai-hall-paperwork.h"
#include "tai-offering-json.h"
#include "tai-template-file.h"

TaiCatalogue *
tai_terminal_host_load_catalogue (TaiTerminalHost *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *etag = NULL;
  gint64 loaded_us;
  g_autoptr (GBytes) body = tai_store_get_catalogue (self->store, &etag, &loaded_us, &local_error);

  if (body != NULL)
    return tai_catalogue_from_text (body, etag, NULL, error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

void
tai_terminal_host_use_papers (TaiTerminalHost *self)
{
  static const char *const ids[] = {TAI_TEMPLATE_FORM, TAI_TEMPLATE_NOTICE};
  g_autoptr (TaiPicture) logo = tai_logo_file_load (self->folder);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (TaiTemplate) template = tai_template_file_load (self->folder, ids[i]);
    tai_hall_paperwork_set_template (TAI_HALL_PAPERWORK (self->paperwork), template);
  }
  tai_hall_paperwork_set_logo (TAI_HALL_PAPERWORK (self->paperwork), logo);
}

gboolean
tai_terminal_host_take_template (TaiTerminalHost *self, const char *path, GError **error)
{
  g_autoptr (GBytes) file = tai_template_file_read (path, error);
  g_autoptr (TaiTemplate) template = NULL;
  g_autoptr (TaiPicture) logo = NULL;

  if (file == NULL)
    return FALSE;
  if (tai_logo_file_is_logo (file))
    logo = tai_logo_file_take (self->folder, file, error);
  else
    template = tai_template_file_take (self->folder, file, error);
  if (logo == NULL && template == NULL)
    return FALSE;
  tai_terminal_host_use_papers (self);
  return TRUE;
}

/* Thread: the host's. A pull that outlives the host is cancelled and takes nothing. */
static void
take_catalogue_cb (TaiCatalogue *catalogue, gpointer data)
{
  TaiTerminalHost *self = data;

  g_clear_pointer (&self->next_catalogue, tai_catalogue_unref);
  if (self->n_holds == 0)
    tai_desk_set_catalogue (self->desk, catalogue);
  else
    self->next_catalogue = tai_catalogue_ref (catalogue);
}

/* Thread: the host's. */
static gboolean
take_papers_cb (GPtrArray *papers, gpointer data, GError **error)
{
  TaiTerminalHost *self = data;

  if (!tai_template_file_take_all (self->folder, papers, error))
    return FALSE;
  tai_terminal_host_use_papers (self);
  return TRUE;
}

gboolean
tai_terminal_host_load_prices (TaiTerminalHost *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (TaiCatalogue) catalogue = NULL;

  if (tai_desk_get_catalogue (self->desk) != NULL)
    return TRUE;
  catalogue = tai_terminal_host_load_catalogue (self, &local_error);
  if (catalogue != NULL)
    tai_desk_set_catalogue (self->desk, catalogue);
  malloc_trim (0); /* reading 10,000 offerings leaves some 50 MiB behind that glibc would keep */
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

void
tai_terminal_host_hold_catalogue (TaiTerminalHost *self)
{
  self->n_holds++;
}

gboolean
tai_terminal_host_release_catalogue (TaiTerminalHost *self)
{
  g_autoptr (TaiCatalogue) next = NULL;

  g_return_val_if_fail (self->n_holds > 0, FALSE);
  if (--self->n_holds > 0 || self->next_catalogue == NULL)
    return FALSE;
  next = g_steal_pointer (&self->next_catalogue);
  tai_desk_set_catalogue (self->desk, next);
  return TRUE;
}

gboolean
tai_terminal_host_has_next_catalogue (TaiTerminalHost *self)
{
  return self->next_catalogue != NULL;
}

TaiPullPorts
tai_terminal_host_get_pull_ports (TaiTerminalHost *self, gint64 timeout_ms)
{
  return (TaiPullPorts){.headquarters = TAI_HEADQUARTERS (self->curl),
                        .store = self->store,
                        .desk = self->desk,
                        .clock = TAI_CLOCK (self->clock),
                        .timeout_ms = timeout_ms,
                        .take_catalogue = take_catalogue_cb,
                        .take_papers = take_papers_cb,
                        .take_data = self};
}
