/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-paperwork.h"

G_BEGIN_DECLS

/**
 * TaiTmfRenderer: the bodies that HQ gets: TMF622 v4 ProductOrder_Create and TMF676 v4 Payment_Create with the x-guitai
 * extension (docs/protocol.md). Pure: the same records give the same bytes. Any thread.
 */
#define TAI_TYPE_TMF_RENDERER (tai_tmf_renderer_get_type ())
G_DECLARE_FINAL_TYPE (TaiTmfRenderer, tai_tmf_renderer, TAI, TMF_RENDERER, GObject)

TaiTmfRenderer *tai_tmf_renderer_new (void);

/* A message above this many bytes is refused before it is queued (TAI_WIRE_ERROR_SIZE). */
#define TAI_MESSAGE_MAX_BYTES (256 * 1024)

G_END_DECLS
