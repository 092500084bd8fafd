/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-box-sealer.h"
#include "tai-curl.h"
#include "tai-enrolment-file.h"
#include "tai-pull.h"
#include "tai-system-clock.h"
#include "tai-terminal-host.h"

/* One object over three files: tai-terminal-host.c (joining), -line.c (HQ), -device.c (reader, printers). */
struct _TaiTerminalHost {
  TaiStateFolder *folder;
  TaiEnrolmentFile *enrolment; /* (owned) */
  TaiSystemClock *clock;       /* (owned) */
  TaiEntropy *entropy;         /* (owned) */
  TaiStore *store;             /* (owned) */
  TaiCatalogue *catalogue;     /* (owned) (nullable) of a reader */
  /* of an owner */
  TaiBoxSealer *sealer;      /* (owned) (nullable) */
  TaiDesk *desk;             /* (owned) (nullable) */
  TaiCurl *curl;             /* (owned) (nullable) */
  TaiSync *sync;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) ends what is under way when the host ends */
  gboolean line_started;
  guint housekeeping; /* timer; 0: none */
  gboolean knows_blind_key;
  gboolean asks_status;
  TaiUuid lease_keys[2];       /* of leases whose answer has not come: "" none */
  TaiExecutor *reader_worker;  /* (owned) (nullable) */
  TaiExecutor *printer_worker; /* (owned) (nullable) */
};

TaiCatalogue *tai_terminal_host_load_catalogue (TaiTerminalHost *self,
                                                GError **error); /* (nullable) without error */
