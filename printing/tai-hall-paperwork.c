/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The class behind core's port; tai-receipt.c and tai-form.c write the papers. Any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-hall-paperwork.h"

#include "tai-refund-slip.h"
#include "tai-sale-paper-private.h"
#include "tai-till-paper.h"

struct _TaiHallPaperwork {
  GObject parent;
};

static void tai_hall_paperwork_paperwork_init (TaiPaperworkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiHallPaperwork, tai_hall_paperwork, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAPERWORK, tai_hall_paperwork_paperwork_init))

static TaiDocument *
tai_hall_paperwork_receipt (TaiPaperwork *self, const TaiSale *sale)
{
  return tai_receipt_write (sale);
}

static TaiDocument *
tai_hall_paperwork_form (TaiPaperwork *self, const TaiSale *sale)
{
  return tai_form_write (sale);
}

static TaiDocument *
tai_hall_paperwork_report (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report,
                           gint64 time_us)
{
  return tai_till_paper_report (terminal, report, time_us);
}

static TaiDocument *
tai_hall_paperwork_refund (TaiPaperwork *self, const TaiRefundSale *sale)
{
  return tai_refund_slip_write (sale);
}

static void
tai_hall_paperwork_paperwork_init (TaiPaperworkInterface *iface)
{
  iface->refund = tai_hall_paperwork_refund;
  iface->receipt = tai_hall_paperwork_receipt;
  iface->form = tai_hall_paperwork_form;
  iface->report = tai_hall_paperwork_report;
}

static void
tai_hall_paperwork_class_init (TaiHallPaperworkClass *klass)
{
}

static void
tai_hall_paperwork_init (TaiHallPaperwork *self)
{
}

TaiPaperwork *
tai_hall_paperwork_new (void)
{
  return g_object_new (TAI_TYPE_HALL_PAPERWORK, NULL);
}
