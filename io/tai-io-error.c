/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The error domain of io/ and the names of its codes in recordings. Any thread. */
#include "tai-io-error.h"

G_DEFINE_QUARK (tai_io_error, tai_io_error)

static const char *const names[] = {
    [TAI_IO_ERROR_FAILED] = "failed",           [TAI_IO_ERROR_NOT_FOUND] = "not_found",
    [TAI_IO_ERROR_PERMISSION] = "permission",   [TAI_IO_ERROR_BUSY] = "busy",
    [TAI_IO_ERROR_UNREACHABLE] = "unreachable", [TAI_IO_ERROR_TIMED_OUT] = "timed_out",
    [TAI_IO_ERROR_CLOSED] = "closed",           [TAI_IO_ERROR_CANCELLED] = "cancelled",
    [TAI_IO_ERROR_NO_SPACE] = "no_space",       [TAI_IO_ERROR_NOT_SUPPORTED] = "not_supported",
    [TAI_IO_ERROR_RECORDING] = "recording",     [TAI_IO_ERROR_MISMATCH] = "mismatch",
    [TAI_IO_ERROR_BLANKED] = "blanked",
};

const char *
tai_io_error_to_text (int code)
{
  return code >= 0 && (gsize)code < G_N_ELEMENTS (names) ? names[code] : NULL;
}

gboolean
tai_io_error_from_text (const char *text, TaiIoError *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0) {
      *code = (TaiIoError)i;
      return TRUE;
    }
  return FALSE;
}
