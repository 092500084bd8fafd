/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the store's ports hand out is freed whole, empty or full (the sanitizers watch), and the calling side of the line
 * passes on what it was given.
 */
#include "tai-store-port.h"

#include "tai-headquarters.h"

static void
test_free_nothing (void)
{
  tai_shift_free (NULL);
  tai_resource_free (NULL);
  tai_till_report_free (NULL);
  tai_outbox_row_free (NULL);
}

static void
test_free_empty (void)
{
  tai_shift_free (g_new0 (TaiShift, 1));
  tai_resource_free (g_new0 (TaiResource, 1));
  tai_till_report_free (g_new0 (TaiTillReport, 1));
  tai_outbox_row_free (g_new0 (TaiOutboxRow, 1));
}

static void
test_free_full (void)
{
  TaiShift *shift = g_new0 (TaiShift, 1);
  TaiResource *resource = g_new0 (TaiResource, 1);
  TaiTillReport *report = g_new0 (TaiTillReport, 1);
  TaiOutboxRow *row = g_new0 (TaiOutboxRow, 1);

  shift->till = g_strdup ("T2");
  shift->clerk = g_strdup ("1042");
  shift->business_day = g_strdup ("2026-11-22");
  resource->kind = g_strdup (TAI_RESOURCE_SIM);
  resource->value = g_strdup ("89860");
  resource->grade = g_strdup ("nano");
  report->business_day = g_strdup ("2026-11-22");
  report->shift_id = g_strdup ("s");
  report->by_business = g_ptr_array_new_with_free_func (g_free);
  report->by_tender = g_ptr_array_new_with_free_func (g_free);
  report->shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_free);
  g_ptr_array_add (report->by_business, g_new0 (TaiReportLine, 1));
  g_ptr_array_add (report->shifts, shift);
  row->message = g_new0 (TaiMessage, 1);
  row->message->destination = g_strdup (TAI_DESTINATION_HQ);
  row->message->path = g_strdup (TAI_PATH_ORDER);
  row->message->body = g_bytes_new ("{}", 2);
  row->last_error = g_strdup ("409");
  tai_resource_free (resource);
  tai_till_report_free (report);
  tai_outbox_row_free (row);
}

/* --- a line that answers at once --- */

#define ECHO_TYPE_LINE (echo_line_get_type ())
G_DECLARE_FINAL_TYPE (EchoLine, echo_line, ECHO, LINE, GObject)
struct _EchoLine {
  GObject parent;
};

static void
echo_line_send (TaiHeadquarters *line, const TaiRequest *request, TaiReplyFunc done, gpointer data)
{
  TaiReply reply = {.line = TAI_LINE_OK, .status = 201, .location = (char *)request->path};

  done (&reply, data);
}

static void
echo_line_headquarters_init (TaiHeadquartersInterface *iface)
{
  iface->send = echo_line_send;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EchoLine, echo_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_HEADQUARTERS, echo_line_headquarters_init))

static void
echo_line_class_init (EchoLineClass *klass)
{
}

static void
echo_line_init (EchoLine *self)
{
}

static void
keep_path_cb (const TaiReply *reply, gpointer data)
{
  g_assert_cmpint (reply->status, ==, 201);
  g_assert_null (*(char **)data);
  *(char **)data = g_strdup (reply->location);
}

static void
test_line (void)
{
  g_autoptr (EchoLine) line = g_object_new (ECHO_TYPE_LINE, NULL);
  const TaiRequest request = {.method = "POST", .path = TAI_PATH_ORDER};
  g_autofree char *path = NULL;

  tai_headquarters_send (TAI_HEADQUARTERS (line), &request, keep_path_cb, &path);
  g_assert_cmpstr (path, ==, TAI_PATH_ORDER);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/store-port/free/nothing", test_free_nothing);
  g_test_add_func ("/core/store-port/free/empty", test_free_empty);
  g_test_add_func ("/core/store-port/free/full", test_free_full);
  g_test_add_func ("/core/store-port/line", test_line);
  return g_test_run ();
}
