/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * TAI_OFFLINE_ERROR:
 *
 * The one error domain of this library. Foreign errors are converted at its edge. What the stored state refuses (a number
 * that is taken, an edge that a state table lacks) is core's and carries TAI_CORE_ERROR.
 */
#define TAI_OFFLINE_ERROR (tai_offline_error_quark ())
GQuark tai_offline_error_quark (void);

typedef enum {
  TAI_OFFLINE_ERROR_FAILED, /* what has no name of its own; the message tells */
  /* the store */
  TAI_OFFLINE_ERROR_DISK_FULL, /* nothing of the change is there; make room and do it again */
  TAI_OFFLINE_ERROR_IO,        /* the disk or the file system failed */
  TAI_OFFLINE_ERROR_CORRUPT,   /* the file is not what was written: stop, restore */
  TAI_OFFLINE_ERROR_READ_ONLY, /* a reader's connection, or a file or folder without the right to write */
  TAI_OFFLINE_ERROR_OWNED,     /* another process owns the database */
  TAI_OFFLINE_ERROR_NEWER_DATABASE, /* written by a newer program; the file was not touched */
  TAI_OFFLINE_ERROR_OTHER_TERMINAL, /* the database is another terminal's */
  TAI_OFFLINE_ERROR_MIGRATION, /* an upgrade of the schema failed; the file is as it was, with a copy in backup/ */
  TAI_OFFLINE_ERROR_CLOSED, /* the connection is gone: open the store again */
  TAI_OFFLINE_ERROR_SERIES, /* a receipt or terminal sequence that is not the next one: our bug */
  TAI_OFFLINE_ERROR_EXISTS, /* a key that is there already: the change was committed before, or a bug */
  TAI_OFFLINE_ERROR_UNKNOWN_RECORD, /* a fact names an order, payment, shift or message that is not there */
  /* the line */
  TAI_OFFLINE_ERROR_NO_LINE, /* HQ was not reached, or its answer was lost: again later */
  TAI_OFFLINE_ERROR_REFUSED, /* HQ says no; the message has its code and words */
  TAI_OFFLINE_ERROR_NOT_HQ,  /* an answer that is none of our HQ's; nothing of it was used */
  TAI_OFFLINE_ERROR_CODE,    /* an enrolment code that is none, or another authority's: it was not sent */
} TaiOfflineError;
