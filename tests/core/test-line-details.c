/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The details of a line as values: who owns what (the sanitizers look on), and how they come through the port of look-ups. */
#include "tai-core-error.h"
#include "tai-fake-directory.h"

#define NUMBER "13800000001"

static TaiLineBucket *
make_bucket (const char *usage_type, const char *amount)
{
  TaiLineBucket *bucket = g_new0 (TaiLineBucket, 1);

  bucket->id = g_strdup ("b");
  bucket->name = g_strdup ("流量");
  bucket->name_en = g_strdup ("Data");
  bucket->usage_type = g_strdup (usage_type);
  bucket->amount = g_strdup (amount);
  bucket->units = g_strdup (amount != NULL ? "GB" : NULL);
  if (amount == NULL)
    bucket->money = tai_money (1230, TAI_CNY);
  return bucket;
}

static TaiLineBill *
make_bill (gint64 minor, guint n_lines)
{
  TaiLineBill *bill = g_new0 (TaiLineBill, 1);

  bill->id = g_strdup ("bill");
  bill->number = g_strdup ("202610-1");
  bill->state = TAI_LINE_BILL_SENT;
  bill->amount = bill->rest = tai_money (minor * n_lines, TAI_CNY);
  bill->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_line_bill_row_free);
  for (guint i = 0; i < n_lines; i++) {
    TaiLineBillRow *row = g_new0 (TaiLineBillRow, 1);
    row->name = g_strdup ("月费");
    row->name_en = g_strdup ("Monthly fee");
    row->amount = tai_money (minor, TAI_CNY);
    g_ptr_array_add (bill->lines, row);
  }
  return bill;
}

static TaiLineProduct *
make_product (const char *code)
{
  TaiLineProduct *product = g_new0 (TaiLineProduct, 1);

  product->id = g_strdup (NUMBER);
  product->name = g_strdup ("畅享59");
  product->name_en = g_strdup ("Easy 59");
  product->offering_id = g_strdup ("plan-59");
  product->port_out_code = g_strdup (code);
  product->state = TAI_LINE_PRODUCT_ACTIVE;
  return product;
}

static TaiLineDetails *
make_details (void)
{
  TaiLineDetails *details = tai_line_details_new (NUMBER, TAI_LINE_PART_BUCKETS | TAI_LINE_PART_BILLS);

  g_ptr_array_add (details->buckets, make_bucket ("monetary", NULL));
  g_ptr_array_add (details->buckets, make_bucket ("data", "1.50"));
  g_ptr_array_add (details->bills, make_bill (5900, 3));
  g_ptr_array_add (details->bills, make_bill (100, 0));
  g_ptr_array_add (details->products, make_product ("12345678"));
  return details;
}

static void
test_values (void)
{
  g_autoptr (TaiLineDetails) empty = tai_line_details_new (NUMBER, TAI_LINE_PART_PRODUCTS);
  g_autoptr (TaiLineDetails) full = make_details ();

  g_assert_cmpstr (empty->msisdn, ==, NUMBER);
  g_assert_cmpint (empty->parts, ==, TAI_LINE_PART_PRODUCTS);
  g_assert_cmpuint (empty->buckets->len + empty->bills->len + empty->products->len, ==, 0);
  g_ptr_array_remove_index (full->bills, 0); /* with its lines */
  g_assert_cmpuint (full->bills->len, ==, 1);
  tai_line_details_free (NULL);
  tai_line_bucket_free (NULL);
  tai_line_bill_free (NULL);
  tai_line_bill_row_free (NULL);
  tai_line_product_free (NULL);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static TaiLineDetails *
look_up (TaiFakeDirectory *fake, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  tai_directory_look_up_details_async (TAI_DIRECTORY (fake), NUMBER, TAI_LINE_PART_BILLS, "reference",
                                       cancellable, result_cb, &result);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tai_directory_look_up_details_finish (TAI_DIRECTORY (fake), result, error);
}

/* As a screen meets it: what was said, nothing said, the line gone, the customer gone. */
static void
test_port (void)
{
  g_autoptr (TaiFakeDirectory) fake = tai_fake_directory_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TaiLineDetails) details = NULL;
  g_autoptr (GError) error = NULL;

  tai_fake_directory_push_details (fake, make_details ());
  details = look_up (fake, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (details->bills->len, ==, 2);
  g_assert_null (look_up (fake, NULL, &error));
  g_assert_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_LINE_UNKNOWN);
  g_clear_error (&error);
  tai_fake_directory_fail (fake, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no line"));
  g_assert_null (look_up (fake, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&error);
  tai_fake_directory_push_details (fake, make_details ());
  g_assert_null (look_up (fake, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (tai_fake_directory_get_asked (fake)->len, ==, 4);
  /* what nobody fetched goes with the directory */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-details/values", test_values);
  g_test_add_func ("/line-details/port", test_port);
  return g_test_run ();
}
