/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of devices/ and its border to io/. Any thread. */
#include "tai-devices-error.h"

#include "tai-io-error.h"

G_DEFINE_QUARK (tai_devices_error, tai_devices_error)

static TaiDevicesError
code_of (const GError *cause)
{
  switch (cause->domain == TAI_IO_ERROR ? cause->code : TAI_IO_ERROR_FAILED) {
  case TAI_IO_ERROR_NOT_FOUND:
  case TAI_IO_ERROR_UNREACHABLE:
  case TAI_IO_ERROR_CLOSED:
    return TAI_DEVICES_ERROR_UNPLUGGED;
  case TAI_IO_ERROR_PERMISSION:
    return TAI_DEVICES_ERROR_PERMISSION;
  case TAI_IO_ERROR_BUSY:
    return TAI_DEVICES_ERROR_BUSY;
  case TAI_IO_ERROR_TIMED_OUT:
    return TAI_DEVICES_ERROR_TIMED_OUT;
  case TAI_IO_ERROR_CANCELLED:
    return TAI_DEVICES_ERROR_CANCELLED;
  default:
    return TAI_DEVICES_ERROR_FAILED;
  }
}

void
tai_devices_propagate_io (GError **error, GError *cause)
{
  g_set_error_literal (error, TAI_DEVICES_ERROR, code_of (cause), cause->message);
  g_error_free (cause);
}
