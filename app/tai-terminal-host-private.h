/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-box-sealer.h"
#include "tai-codepay-gateway.h"
#include "tai-curl.h"
#include "tai-enrolment-file.h"
#include "tai-line-directory.h"
#include "tai-pull.h"
#include "tai-system-clock.h"
#include "tai-terminal-host.h"

/* One object over four files: tai-terminal-host.c (joining), -line.c (HQ), -refresh.c (by itself), -device.c (reader, printers). */
/* A lease whose answer has not come is asked for again with its key and its count: HQ gives the same once more. */
typedef struct {
  TaiUuid key; /* "": none */
  guint count;
} TaiHostLease;

struct _TaiTerminalHost {
  TaiStateFolder *folder;
  TaiEnrolmentFile *enrolment; /* (owned) */
  TaiSystemClock *clock;       /* (owned) */
  TaiEntropy *entropy;         /* (owned) */
  TaiStore *store;             /* (owned) */
  TaiCatalogue *catalogue;     /* (owned) (nullable) of a reader */
  /* of an owner */
  TaiBoxSealer *sealer;      /* (owned) (nullable) */
  TaiPaperwork *paperwork;   /* (owned) (nullable) */
  TaiDesk *desk;             /* (owned) (nullable) */
  TaiCurl *curl;             /* (owned) (nullable) */
  TaiSync *sync;             /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) ends what is under way when the host ends */
  gboolean line_started;
  guint housekeeping; /* timer; 0: none */
  gboolean knows_blind_key;
  gboolean asks_status;
  TaiHostLease leases[3];  /* numbers, SIMs, coupons */
  TaiDirectory *directory; /* (owned) (nullable) */
  /* catalogue between visits */
  guint n_holds;
  TaiCatalogue *next_catalogue; /* (owned) (nullable) waits until nobody holds */
  /* refreshing by itself */
  GCancellable *refresh_cancellable; /* (owned) cancelled only when the host ends */
  gboolean refreshes, was_on_line;
  guint refresh_timer; /* 0: none */
  TaiHostFreshFunc fresh_func;
  gpointer fresh_data;
  TaiHostLendFunc lend_func; /* (nullable) */
  gpointer lend_data;
  TaiExecutor *reader_worker;  /* (owned) (nullable) */
  TaiExecutor *printer_worker; /* (owned) (nullable) */
  TaiPrinterPool *printers;    /* (owned) (nullable) */
  TaiExecutor *card_worker;    /* (owned) (nullable) */
  TaiCodepayGateway *card;     /* (owned) (nullable) */
  char *card_address;          /* (owned) (nullable) of it */
};

TaiCatalogue *tai_terminal_host_load_catalogue (TaiTerminalHost *self,
                                                GError **error); /* (nullable) without error */

TaiPullPorts tai_terminal_host_get_pull_ports (TaiTerminalHost *self, gint64 timeout_ms);
/* Templates and mark of the state folder, from the next paper on. */
void tai_terminal_host_use_papers (TaiTerminalHost *self);
gboolean tai_terminal_host_take_status (TaiTerminalHost *self, GAsyncResult *result, GError **error);

/* 0 numbers, 1 SIMs, 2 coupons. */
#define TAI_HOST_LEASES 3
const char *tai_terminal_host_lease_kind (guint which);
/* *@needed FALSE: the stock is at its level. Else begins the lease; its result goes to finish. */
gboolean tai_terminal_host_begin_lease (TaiTerminalHost *self, guint which, GCancellable *cancellable,
                                        GAsyncReadyCallback done, gpointer data, gboolean *needed,
                                        GError **error);
gboolean tai_terminal_host_finish_lease (TaiTerminalHost *self, guint which, GAsyncResult *result,
                                         guint *came, GError **error);
