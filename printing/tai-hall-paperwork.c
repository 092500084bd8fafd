/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The class behind core's port; tai-receipt.c and tai-form.c write the papers. Any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-hall-paperwork.h"

#include "tai-promise-slip.h"
#include "tai-refund-slip.h"
#include "tai-bill-document.h"
#include "tai-sale-paper-private.h"
#include "tai-till-paper.h"
#include "tai-invoice-slip.h"

struct _TaiHallPaperwork {
  GObject parent;
  GMutex lock;
  TaiTemplate *form, *notice; /* (guarded by lock) (owned) */
  TaiPicture *logo;           /* (guarded by lock) (owned) (nullable) */
};

static void tai_hall_paperwork_paperwork_init (TaiPaperworkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiHallPaperwork, tai_hall_paperwork, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAPERWORK, tai_hall_paperwork_paperwork_init))

/* (transfer full) (nullable) */
static TaiPicture *
get_logo (TaiHallPaperwork *self)
{
  TaiPicture *logo;

  g_mutex_lock (&self->lock);
  logo = self->logo != NULL ? tai_picture_ref (self->logo) : NULL;
  g_mutex_unlock (&self->lock);
  return logo;
}

static TaiDocument *
tai_hall_paperwork_receipt (TaiPaperwork *self, const TaiSale *sale)
{
  g_autoptr (TaiPicture) logo = get_logo (TAI_HALL_PAPERWORK (self));

  return tai_receipt_write (logo, sale);
}

static TaiDocument *
write_template (TaiHallPaperwork *self, TaiTemplate *const *which, const TaiSale *sale)
{
  g_autoptr (TaiTemplate) template = NULL;
  g_autoptr (TaiPicture) logo = get_logo (self);

  g_mutex_lock (&self->lock);
  template = tai_template_ref (*which);
  g_mutex_unlock (&self->lock);
  return tai_template_paper_write (template, logo, sale);
}

static TaiDocument *
tai_hall_paperwork_form (TaiPaperwork *self, const TaiSale *sale)
{
  return write_template (TAI_HALL_PAPERWORK (self), &TAI_HALL_PAPERWORK (self)->form, sale);
}

static TaiDocument *
tai_hall_paperwork_notice (TaiPaperwork *self, const TaiSale *sale)
{
  return write_template (TAI_HALL_PAPERWORK (self), &TAI_HALL_PAPERWORK (self)->notice, sale);
}

static TaiDocument *
tai_hall_paperwork_till (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report,
                         const TaiShift *shift, gint64 time_us, gboolean on_roll)
{
  return tai_till_paper_slip (terminal, report, shift, time_us, on_roll);
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

static TaiDocument *
tai_hall_paperwork_promise (TaiPaperwork *self, const TaiPromiseSlip *slip)
{
  return tai_promise_slip_write (slip);
}

static TaiDocument *
tai_hall_paperwork_invoice (TaiPaperwork *self, const TaiTerminal *terminal, const TaiInvoiceSlip *slip)
{
  return tai_invoice_slip_write (terminal, slip);
}

static TaiDocument *
tai_hall_paperwork_bill (TaiPaperwork *self, const TaiTerminal *terminal, const TaiBillPaper *bill,
                         gint64 time_us, gboolean on_roll)
{
  return tai_bill_document_write (terminal, bill, time_us, on_roll);
}

static void
tai_hall_paperwork_paperwork_init (TaiPaperworkInterface *iface)
{
  iface->refund = tai_hall_paperwork_refund;
  iface->promise = tai_hall_paperwork_promise;
  iface->invoice = tai_hall_paperwork_invoice;
  iface->receipt = tai_hall_paperwork_receipt;
  iface->form = tai_hall_paperwork_form;
  iface->notice = tai_hall_paperwork_notice;
  iface->report = tai_hall_paperwork_report;
  iface->till = tai_hall_paperwork_till;
  iface->bill = tai_hall_paperwork_bill;
}

static void
tai_hall_paperwork_finalize (GObject *object)
{
  TaiHallPaperwork *self = TAI_HALL_PAPERWORK (object);

  tai_template_unref (self->form);
  tai_template_unref (self->notice);
  tai_picture_unref (self->logo);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (tai_hall_paperwork_parent_class)->finalize (object);
}

static void
tai_hall_paperwork_class_init (TaiHallPaperworkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_hall_paperwork_finalize;
}

static void
tai_hall_paperwork_init (TaiHallPaperwork *self)
{
  g_mutex_init (&self->lock);
}

TaiPaperwork *
tai_hall_paperwork_new (TaiTemplate *form, TaiTemplate *notice)
{
  TaiHallPaperwork *self;

  g_return_val_if_fail (form != NULL && notice != NULL, NULL);

  self = g_object_new (TAI_TYPE_HALL_PAPERWORK, NULL);
  self->form = tai_template_ref (form);
  self->notice = tai_template_ref (notice);
  return TAI_PAPERWORK (self);
}

void
tai_hall_paperwork_set_template (TaiHallPaperwork *self, TaiTemplate *template)
{
  TaiTemplate **place, *old;

  g_return_if_fail (TAI_IS_HALL_PAPERWORK (self) && template != NULL);

  place = g_strcmp0 (template->id, TAI_TEMPLATE_FORM) == 0 ? &self->form : &self->notice;
  g_mutex_lock (&self->lock);
  old = *place;
  *place = tai_template_ref (template);
  g_mutex_unlock (&self->lock);
  tai_template_unref (old);
}

void
tai_hall_paperwork_set_logo (TaiHallPaperwork *self, TaiPicture *logo)
{
  TaiPicture *old;

  g_return_if_fail (TAI_IS_HALL_PAPERWORK (self));

  g_mutex_lock (&self->lock);
  old = self->logo;
  self->logo = logo != NULL ? tai_picture_ref (logo) : NULL;
  g_mutex_unlock (&self->lock);
  tai_picture_unref (old);
}
