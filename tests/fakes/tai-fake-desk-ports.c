/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-fake-desk-ports.h"

struct _TaiFakePins {
  GObject parent;
};

static void pins_iface_init (TaiPinHasherInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakePins, tai_fake_pins, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PIN_HASHER, pins_iface_init))

static char *
hash (TaiPinHasher *self, const char *pin, GError **error)
{
  return g_strdup (pin);
}

static gboolean
verify (TaiPinHasher *self, const char *record, const char *pin)
{
  return g_strcmp0 (record, pin) == 0;
}

static void
pins_iface_init (TaiPinHasherInterface *iface)
{
  iface->hash = hash;
  iface->verify = verify;
}

static void
tai_fake_pins_class_init (TaiFakePinsClass *klass)
{
}

static void
tai_fake_pins_init (TaiFakePins *self)
{
}

TaiFakePins *
tai_fake_pins_new (void)
{
  return g_object_new (TAI_TYPE_FAKE_PINS, NULL);
}

struct _TaiFakePaperwork {
  GObject parent;
};

static void paperwork_iface_init (TaiPaperworkInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiFakePaperwork, tai_fake_paperwork, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_PAPERWORK, paperwork_iface_init))

static TaiDocument *
make (const TaiSale *sale, TaiDocumentType type)
{
  TaiDocument *document = tai_document_new (type, sale->receipt_number, "en");
  char total[32];

  for (guint i = 0; i < sale->orders->len; i++) {
    const TaiOrder *order = g_ptr_array_index (sale->orders, i);
    g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, order->terminal_seq);
    tai_document_add_pair (document, TAI_STYLE_NORMAL, order->operation->id, seq);
  }
  tai_document_add_text (document, TAI_STYLE_LARGE, tai_money_print (sale->total, total));
  if (sale->invoice != NULL)
    tai_document_add_qr (document, sale->invoice->url, NULL);
  return document;
}

static TaiDocument *
receipt (TaiPaperwork *self, const TaiSale *sale)
{
  return make (sale, TAI_DOCUMENT_RECEIPT);
}

static TaiDocument *
form (TaiPaperwork *self, const TaiSale *sale)
{
  return make (sale, TAI_DOCUMENT_FORM);
}

static TaiDocument *
report (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report, gint64 time_us)
{
  TaiDocument *document = tai_document_new (TAI_DOCUMENT_REPORT, report->business_day, "en");
  g_autofree char *orders = g_strdup_printf ("%" G_GINT64_FORMAT, report->n_orders);

  tai_document_add_pair (document, TAI_STYLE_NORMAL, "orders", orders);
  return document;
}

static TaiDocument *
till (TaiPaperwork *self, const TaiTerminal *terminal, const TaiTillReport *report, const TaiShift *shift,
      gint64 time_us, gboolean on_roll)
{
  TaiDocument *document =
      tai_document_new (on_roll ? TAI_DOCUMENT_SLIP : TAI_DOCUMENT_REPORT, shift->till, "en");
  g_autofree char *z = g_strdup_printf ("%d", shift->z_number);

  tai_document_add_pair (document, TAI_STYLE_NORMAL, "z", z);
  return document;
}

static TaiDocument *
refund (TaiPaperwork *self, const TaiRefundSale *sale)
{
  TaiDocument *document = tai_document_new (TAI_DOCUMENT_SLIP, "refund", "en");
  char total[32];

  tai_document_add_text (document, TAI_STYLE_LARGE,
                         sale->target != NULL ? sale->target
                                              : tai_money_print (sale->order->refund_due, total));
  if (sale->approver != NULL)
    tai_document_add_pair (document, TAI_STYLE_NORMAL, "approver", sale->approver);
  return document;
}

static TaiDocument *
invoice (TaiPaperwork *self, const TaiTerminal *terminal, const TaiInvoiceSlip *slip)
{
  TaiDocument *document = tai_document_new (TAI_DOCUMENT_SLIP, "invoice", "en");

  tai_document_add_qr (document, slip->claim->url, NULL);
  return document;
}

static TaiDocument *
promise (TaiPaperwork *self, const TaiPromiseSlip *slip)
{
  TaiDocument *document = tai_document_new (TAI_DOCUMENT_SLIP, "promise", "en");
  g_autofree char *code = tai_promise_to_text (&slip->promise);
  char amount[32];

  tai_document_add_pair (document, TAI_STYLE_LARGE, tai_promise_kind_to_text (slip->promise.kind),
                         tai_money_print (slip->amount, amount));
  tai_document_add_qr (document, code, "slip");
  return document;
}

static TaiDocument *
notice (TaiPaperwork *self, const TaiSale *sale)
{
  TaiDocument *document = tai_document_new (TAI_DOCUMENT_NOTICE, sale->receipt_number, "en");
  g_autofree char *orders = g_strdup_printf ("%u", sale->orders->len);

  tai_document_add_pair (document, TAI_STYLE_NORMAL, "orders", orders);
  return document;
}

static TaiDocument *
bill (TaiPaperwork *self, const TaiTerminal *terminal, const TaiBillPaper *bill, gint64 time_us,
      gboolean on_roll)
{
  return tai_document_new (on_roll ? TAI_DOCUMENT_SLIP : TAI_DOCUMENT_REPORT, bill->month, "en");
}

static void
paperwork_iface_init (TaiPaperworkInterface *iface)
{
  iface->refund = refund;
  iface->promise = promise;
  iface->invoice = invoice;
  iface->receipt = receipt;
  iface->form = form;
  iface->report = report;
  iface->till = till;
  iface->notice = notice;
  iface->bill = bill;
}

static void
tai_fake_paperwork_class_init (TaiFakePaperworkClass *klass)
{
}

static void
tai_fake_paperwork_init (TaiFakePaperwork *self)
{
}

TaiFakePaperwork *
tai_fake_paperwork_new (void)
{
  return g_object_new (TAI_TYPE_FAKE_PAPERWORK, NULL);
}
