/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The calling sides of what a capture renders and seals. On the store's worker, inside its transaction.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-paperwork.h"

G_DEFINE_INTERFACE (TaiRenderer, tai_renderer, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TaiPaperwork, tai_paperwork, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (TaiSealer, tai_sealer, G_TYPE_OBJECT)

static void
tai_renderer_default_init (TaiRendererInterface *iface)
{
}

static void
tai_paperwork_default_init (TaiPaperworkInterface *iface)
{
}

static void
tai_sealer_default_init (TaiSealerInterface *iface)
{
}

GBytes *
tai_renderer_order (TaiRenderer *self, const TaiTerminal *terminal, const TaiOrder *order,
                    GPtrArray *payments, GError **error)
{
  g_return_val_if_fail (TAI_IS_RENDERER (self), NULL);
  g_return_val_if_fail (terminal != NULL && order != NULL && payments != NULL, NULL);

  return TAI_RENDERER_GET_IFACE (self)->order (self, terminal, order, payments, error);
}

GBytes *
tai_renderer_payment (TaiRenderer *self, const TaiTerminal *terminal, const TaiPayment *payment,
                      GError **error)
{
  g_return_val_if_fail (TAI_IS_RENDERER (self) && terminal != NULL && payment != NULL, NULL);

  return TAI_RENDERER_GET_IFACE (self)->payment (self, terminal, payment, error);
}

GBytes *
tai_renderer_take_back (TaiRenderer *self, const TaiTerminal *terminal, const TaiTakeBack *what,
                        GError **error)
{
  g_return_val_if_fail (TAI_IS_RENDERER (self) && terminal != NULL && what != NULL, NULL);
  g_return_val_if_fail (what->order != NULL && what->reason != NULL, NULL);

  return TAI_RENDERER_GET_IFACE (self)->take_back (self, terminal, what, error);
}

GBytes *
tai_renderer_news (TaiRenderer *self, const TaiTerminal *terminal, const TaiTillNews *news, GError **error)
{
  g_return_val_if_fail (TAI_IS_RENDERER (self) && terminal != NULL && news != NULL, NULL);

  return TAI_RENDERER_GET_IFACE (self)->news (self, terminal, news, error);
}

TaiDocument *
tai_paperwork_refund (TaiPaperwork *self, const TaiRefundSale *sale)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && sale != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->refund (self, sale);
}

TaiDocument *
tai_paperwork_promise (TaiPaperwork *self, const TaiPromiseSlip *slip)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && slip != NULL && slip->order != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->promise (self, slip);
}

TaiDocument *
tai_paperwork_invoice (TaiPaperwork *self, const TaiTerminal *terminal, const TaiInvoiceSlip *slip)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && terminal != NULL && slip != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->invoice (self, terminal, slip);
}

TaiDocument *
tai_paperwork_receipt (TaiPaperwork *self, const TaiSale *sale)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && sale != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->receipt (self, sale);
}

TaiDocument *
tai_paperwork_form (TaiPaperwork *self, const TaiSale *sale)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && sale != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->form (self, sale);
}

TaiDocument *
tai_paperwork_notice (TaiPaperwork *self, const TaiSale *sale)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && sale != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->notice (self, sale);
}

TaiDocument *
tai_paperwork_till (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report,
                    const TaiShift *shift, gint64 time_us, gboolean on_roll)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && report != NULL && shift != NULL, NULL);
  return TAI_PAPERWORK_GET_IFACE (self)->till (self, terminal, report, shift, time_us, on_roll);
}

TaiDocument *
tai_paperwork_report (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report,
                      gint64 time_us)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && terminal != NULL && report != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->report (self, terminal, report, time_us);
}

TaiDocument *
tai_paperwork_bill (TaiPaperwork *self, const TaiTerminal *terminal, const TaiBillPaper *bill, gint64 time_us,
                    gboolean on_roll)
{
  g_return_val_if_fail (TAI_IS_PAPERWORK (self) && terminal != NULL && bill != NULL, NULL);

  return TAI_PAPERWORK_GET_IFACE (self)->bill (self, terminal, bill, time_us, on_roll);
}

gboolean
tai_sealer_seal (TaiSealer *self, GBytes *plain, GBytes **to_hq, GBytes **to_terminal, GError **error)
{
  g_return_val_if_fail (TAI_IS_SEALER (self), FALSE);
  g_return_val_if_fail (plain != NULL && to_hq != NULL && to_terminal != NULL, FALSE);

  return TAI_SEALER_GET_IFACE (self)->seal (self, plain, to_hq, to_terminal, error);
}

char *
tai_sealer_blind (TaiSealer *self, const char *number)
{
  g_return_val_if_fail (TAI_IS_SEALER (self) && number != NULL, NULL);

  return TAI_SEALER_GET_IFACE (self)->blind (self, number);
}
