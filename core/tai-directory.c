/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The look-up of a number: its values, and the port. No state of its own. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-directory.h"

#include "tai-text-private.h"

G_DEFINE_INTERFACE (TaiDirectory, tai_directory, G_TYPE_OBJECT)

static const char *const status_text[] = {
    [TAI_LINE_STATUS_ACTIVE] = "active",
    [TAI_LINE_STATUS_SUSPENDED] = "suspended",
    [TAI_LINE_STATUS_CLOSED] = "closed",
};

const char *
tai_line_status_to_text (TaiLineStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (status_text), NULL);
  return status_text[status];
}

gboolean
tai_line_status_from_text (const char *text, TaiLineStatus *status, GError **error)
{
  guint value;

  g_return_val_if_fail (status != NULL, FALSE);
  if (!tai_text_find ("line status", status_text, G_N_ELEMENTS (status_text), text, &value, error))
    return FALSE;
  *status = value;
  return TRUE;
}

gboolean
tai_line_is_mask (const char *owner)
{
  guint n_stars = 0, n_others = 0;

  g_return_val_if_fail (owner != NULL, FALSE);
  for (const char *at = owner; *at != '\0'; at = g_utf8_next_char (at)) {
    n_stars += *at == '*';
    n_others += *at != '*';
  }
  return n_stars > 0 && n_stars <= 8 && n_others <= 2;
}

gboolean
tai_line_view_may_be_of (const TaiLineView *self, const char *customer_mask)
{
  gunichar owner, customer;

  g_return_val_if_fail (self != NULL, TRUE);
  if (self->owner_mask == NULL || customer_mask == NULL)
    return TRUE;
  owner = g_utf8_get_char (self->owner_mask);
  customer = g_utf8_get_char (customer_mask);
  return owner == '*' || customer == '*' || owner == 0 || customer == 0 || owner == customer;
}

void
tai_line_payment_free (TaiLinePayment *self)
{
  if (self == NULL)
    return;
  g_free (self->clerk);
  g_free (self->terminal);
  g_free (self->order_id);
  g_free (self->operation_id);
  g_free (self->receipt_number);
  g_free (self);
}

TaiLineView *
tai_line_view_new (const char *msisdn)
{
  TaiLineView *self = g_new0 (TaiLineView, 1);

  self->msisdn = g_strdup (msisdn);
  self->payments = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_line_payment_free);
  return self;
}

void
tai_line_view_free (TaiLineView *self)
{
  if (self == NULL)
    return;
  g_free (self->msisdn);
  g_free (self->owner_mask);
  g_free (self->plan_id);
  g_free (self->plan_name);
  g_free (self->plan_name_en);
  g_ptr_array_unref (self->payments);
  g_free (self);
}

static void
tai_directory_default_init (TaiDirectoryInterface *iface)
{
}

void
tai_directory_look_up_line_async (TaiDirectory *self, const char *msisdn, GCancellable *cancellable,
                                  GAsyncReadyCallback done, gpointer data)
{
  g_return_if_fail (TAI_IS_DIRECTORY (self) && msisdn != NULL);
  TAI_DIRECTORY_GET_IFACE (self)->look_up_line_async (self, msisdn, cancellable, done, data);
}

TaiLineView *
tai_directory_look_up_line_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TAI_IS_DIRECTORY (self), NULL);
  return TAI_DIRECTORY_GET_IFACE (self)->look_up_line_finish (self, result, error);
}

void
tai_directory_look_up_details_async (TaiDirectory *self, const char *msisdn, TaiLineParts parts,
                                     const char *customer_ref, GCancellable *cancellable,
                                     GAsyncReadyCallback done, gpointer data)
{
  g_return_if_fail (TAI_IS_DIRECTORY (self) && parts != 0);
  g_return_if_fail (msisdn != NULL || (parts == TAI_LINE_PART_GROUPS && customer_ref != NULL));
  TAI_DIRECTORY_GET_IFACE (self)->look_up_details_async (self, msisdn, parts, customer_ref, cancellable, done,
                                                         data);
}

TaiLineDetails *
tai_directory_look_up_details_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TAI_IS_DIRECTORY (self), NULL);
  return TAI_DIRECTORY_GET_IFACE (self)->look_up_details_finish (self, result, error);
}

void
tai_directory_look_up_report_async (TaiDirectory *self, const TaiReportQuery *query,
                                    GCancellable *cancellable, GAsyncReadyCallback done, gpointer data)
{
  g_return_if_fail (TAI_IS_DIRECTORY (self) && query != NULL &&
                    (query->from != NULL || query->shift != NULL));
  TAI_DIRECTORY_GET_IFACE (self)->look_up_report_async (self, query, cancellable, done, data);
}

TaiTillReport *
tai_directory_look_up_report_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TAI_IS_DIRECTORY (self), NULL);
  return TAI_DIRECTORY_GET_IFACE (self)->look_up_report_finish (self, result, error);
}

void
tai_promise_view_free (TaiPromiseView *self)
{
  if (self == NULL)
    return;
  g_free (self->terminal);
  g_free (self->given_by);
  g_free (self->operation);
  g_free (self->msisdn);
  g_free (self->receipt_number);
  g_free (self->debt);
  g_free (self->claimant);
  g_free (self);
}

void
tai_directory_look_up_promise_async (TaiDirectory *self, const char *id, GCancellable *cancellable,
                                     GAsyncReadyCallback done, gpointer data)
{
  g_return_if_fail (TAI_IS_DIRECTORY (self) && id != NULL);
  TAI_DIRECTORY_GET_IFACE (self)->look_up_promise_async (self, id, cancellable, done, data);
}

TaiPromiseView *
tai_directory_look_up_promise_finish (TaiDirectory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TAI_IS_DIRECTORY (self), NULL);
  return TAI_DIRECTORY_GET_IFACE (self)->look_up_promise_finish (self, result, error);
}
