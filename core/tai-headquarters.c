/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calling side of the line to a destination. On the caller's main context; send() never blocks.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-headquarters.h"

#include <string.h>

G_DEFINE_INTERFACE (TaiHeadquarters, tai_headquarters, G_TYPE_OBJECT)

static void
tai_headquarters_default_init (TaiHeadquartersInterface *iface)
{
}

void
tai_headquarters_send (TaiHeadquarters *self, const TaiRequest *request, TaiReplyFunc done, gpointer data)
{
  g_return_if_fail (TAI_IS_HEADQUARTERS (self));
  g_return_if_fail (request != NULL && request->method != NULL && request->path != NULL && done != NULL);

  TAI_HEADQUARTERS_GET_IFACE (self)->send (self, request, done, data);
}

gboolean
tai_headquarters_is_loopback (const char *url)
{
  static const char *const names[] = {"127.0.0.1", "::1", "localhost"};
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host == NULL ||
      (strcmp (g_uri_get_scheme (uri), "http") != 0 && strcmp (g_uri_get_scheme (uri), "https") != 0))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (host, names[i]) == 0)
      return TRUE;
  return FALSE;
}
