/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"
#include "tai-headquarters.h"
#include "tai-seal.h"
#include "tai-store.h"

G_BEGIN_DECLS

/*
 * What a terminal fetches from HQ: catalogue, staff, its own status, stock. One request (the catalogue: one a page), one answer,
 * no policy: when to ask is app's. What comes is checked whole before anything of it is used; what is malformed changes nothing
 * and leaves a note in the journal.
 *
 * Thread: the store's worker, like the sync engine. Results come back on its main context. Cancelling drops the answer.
 * Errors: TAI_OFFLINE_ERROR NO_LINE, REFUSED, NOT_HQ; what store and desk say; G_IO_ERROR_CANCELLED.
 */

/* A new catalogue is in the store; when it comes into force at the desk is the caller's. */
typedef void (*TaiTakeCatalogueFunc) (TaiCatalogue *catalogue, gpointer data);

/**
 * TaiPulledPaper: one thing that says how papers look, as HQ has it. All (owned).
 * @id: "form", "notice", "logo"; of a newer HQ others
 * @is_png: else the text of a template
 */
typedef struct {
  char *id;
  gint64 version;
  gboolean is_png;
  GBytes *bytes;
} TaiPulledPaper;
void tai_pulled_paper_free (TaiPulledPaper *self);
/* All that HQ has (element-type TaiPulledPaper): taken whole, or refused whole with the reason. */
typedef gboolean (*TaiTakePapersFunc) (GPtrArray *papers, gpointer data, GError **error);

/* Borrowed for the call; the objects are ref'd. */
typedef struct {
  TaiHeadquarters *headquarters;
  TaiStore *store;
  TaiDesk *desk;
  TaiClock *clock;
  gint64 timeout_ms;                   /* of one request; 0 = 30,000 */
  TaiTakeCatalogueFunc take_catalogue; /* (nullable): it is the desk's at once */
  TaiTakePapersFunc take_papers;       /* (nullable) where no papers are pulled */
  gpointer take_data;
} TaiPullPorts;

/* Pages of the catalogue by its ETag: unchanged costs one request. A new one is in the store and at the desk (or with
 * take_catalogue) when it is done.
 * The ETag changing between two pages begins it again. @changed (out) (optional). */
void tai_pull_catalogue_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                               gpointer data);
gboolean tai_pull_catalogue_finish (GAsyncResult *result, gboolean *changed, GError **error);

/* The staff list, into the store. @changed (out) (optional). */
void tai_pull_staff_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                           gpointer data);
gboolean tai_pull_staff_finish (GAsyncResult *result, gboolean *changed, GError **error);

/* How papers look, by one ETag, to ports.take_papers. @changed (out) (optional). */
void tai_pull_papers_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                            gpointer data);
gboolean tai_pull_papers_finish (GAsyncResult *result, gboolean *changed, GError **error);

/**
 * TaiPulledStatus: how HQ sees this terminal. Tightened rules are at the desk already.
 * @blind_key: (owned) (nullable) key of the blind index: for the sealer, in memory only
 */
typedef struct {
  char *epoch;
  gint64 safe_until, high_water;
  guint n_gaps;
  TaiTerminal *terminal;
  TaiSealKey *blind_key;
} TaiPulledStatus;
void tai_pulled_status_free (TaiPulledStatus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiPulledStatus, tai_pulled_status_free)
void tai_pull_status_async (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                            gpointer data);
TaiPulledStatus *tai_pull_status_finish (GAsyncResult *result, GError **error);

/* Stock: @count numbers or SIMs (TAI_RESOURCE_NUMBER, TAI_RESOURCE_SIM). @key: the same one again gives the same stock again,
 * so who repeats after NO_LINE repeats with it. Returns how many came, -1 on error; fewer than asked when HQ's stock is low. */
void tai_pull_lease_async (const TaiPullPorts *ports, const char *kind, guint count, const TaiUuid *key,
                           GCancellable *cancellable, GAsyncReadyCallback done, gpointer data);
gint tai_pull_lease_finish (GAsyncResult *result, GError **error);

/* Settings of the store that pulls keep. */
#define TAI_SETTING_HQ_STAFF  "hq.staff_etag"
#define TAI_SETTING_HQ_PAPERS "hq.papers_etag"

G_END_DECLS
