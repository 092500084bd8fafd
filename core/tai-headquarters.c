/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calling side of the line to a destination. On the caller's main context; send() never blocks.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-headquarters.h"

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
