/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-desk.h"
#include "tai-directory.h"
#include "tai-printer-pool.h"
#include "tai-state-folder.h"
#include "tai-store.h"
#include "tai-sync.h"

G_BEGIN_DECLS

/**
 * TaiTerminalHost: a terminal as its state folder describes it: store, desk, line to HQ, reader, printers and bank terminal, joined. Every
 * program of app/ has one and no other wiring.
 *
 * Thread: the one that made it, with its main context; readers and printers work on threads of their own behind it.
 */
typedef struct _TaiTerminalHost TaiTerminalHost;

/**
 * TaiHostMode:
 * @TAI_HOST_READ: the store read-only, and no desk: beside whoever owns the folder
 * @TAI_HOST_OWN: takes the folder's lock; what a dead owner left half-way is put right: its unpaid visits are cancelled, its
 *   held stock is free, what was at a printer is unknown
 * @TAI_HOST_OWN_VISITS: the same, but visits that were placed and not paid stay, and hold what they hold: for a window, which
 *   asks for them with tai_desk_recover_visits. The prices are not at the desk yet (tai_terminal_host_load_prices): they take
 *   longer than all else, and nobody sells before he has signed in
 */
typedef enum { TAI_HOST_READ, TAI_HOST_OWN, TAI_HOST_OWN_VISITS } TaiHostMode;

/* @folder: outlives the host. Errors: NOT_ENROLLED, ENROLMENT, LOCKED, and what the store says. At terminals that are
 * not in production GUITAI_TEST_CLOCK_OFFSET (seconds) moves the clock. */
TaiTerminalHost *tai_terminal_host_open (TaiStateFolder *folder, TaiHostMode mode, GError **error);
void tai_terminal_host_free (TaiTerminalHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTerminalHost, tai_terminal_host_free)

/* OWN_VISITS: what the store has of HQ's catalogue comes to the desk; none there is no error. */
gboolean tai_terminal_host_load_prices (TaiTerminalHost *self, GError **error);

TaiStateFolder *tai_terminal_host_get_folder (TaiTerminalHost *self);
const TaiTerminal *tai_terminal_host_get_terminal (TaiTerminalHost *self);
const char *tai_terminal_host_get_url (TaiTerminalHost *self);
TaiStore *tai_terminal_host_get_store (TaiTerminalHost *self);
TaiClock *tai_terminal_host_get_clock (TaiTerminalHost *self);
TaiDesk *tai_terminal_host_get_desk (TaiTerminalHost *self); /* OWN only, as the following */
TaiSync *tai_terminal_host_get_sync (TaiTerminalHost *self);
/* What HQ's catalogue says; in READ mode built from the store at the first call. Error: TAI_CORE_ERROR_CATALOGUE: none yet. */
TaiCatalogue *tai_terminal_host_get_catalogue (TaiTerminalHost *self, GError **error); /* (transfer none) */

/* The line ------------------------------------------------------------------------------------------------------------ */

/* Begins to send what waits and to ask for news, for as long as the main context runs. Once. When HQ comes back, the keys and
 * rules that live in memory only are fetched again. */
gboolean tai_terminal_host_start_line (TaiTerminalHost *self, GError **error);
/* Is HQ there? Asks once, for at most @timeout_ms, unless it is known that the line is dead. Before a visit: what a business may
 * do off line must not hang on news of a minute ago. FALSE: off line, and the desk knows. */
gboolean tai_terminal_host_look (TaiTerminalHost *self, gint64 timeout_ms);

/**
 * TaiHostPull: what to fetch from HQ.
 */
typedef enum {
  TAI_PULL_STATUS = 1 << 0,    /* rules, blind key; is it there at all */
  TAI_PULL_CATALOGUE = 1 << 1, /* swapped whole, or kept out whole */
  TAI_PULL_STAFF = 1 << 2,
  TAI_PULL_PAPERS = 1 << 3, /* templates, the operator's mark: from the next paper on */
  TAI_PULL_STOCK = 1 << 4   /* numbers, SIMs and coupons up to the usual level */
} TaiHostPull;
/* @numbers, @sims, @coupons: how many came; @clerk_gone: who is signed in may not work any more */
typedef struct {
  gboolean catalogue_changed, staff_changed, papers_changed, clerk_gone;
  guint numbers, sims, coupons;
} TaiHostPulled;
/* Fetches and takes over, in the order above; runs the main context. What failed stays as it was. Errors:
 * TAI_OFFLINE_ERROR_NO_LINE, REFUSED, NOT_HQ; TAI_CORE_ERROR_CATALOGUE; TAI_WIRE_ERROR; and the store's. */
gboolean tai_terminal_host_pull (TaiTerminalHost *self, TaiHostPull what, TaiHostPulled *pulled,
                                 GError **error);

/* Looks a number up and runs the main context meanwhile; the window uses the directory itself. Errors: as TaiDirectory, and
 * LINE_UNSEEN when headquarters was not reached. (transfer full) */
TaiLineView *tai_terminal_host_look_up (TaiTerminalHost *self, const char *msisdn, GError **error);
/* The same for the groups of who is identified in @visit, which become the visit's; without an answer, or with nothing on sale
 * for a group, it stays as it is. */
void tai_terminal_host_look_up_groups (TaiTerminalHost *self, TaiVisit *visit);
/* The same, of HQ's report. */
TaiTillReport *tai_terminal_host_look_up_report (TaiTerminalHost *self, const TaiReportQuery *query,
                                                 GError **error);
TaiDirectory *tai_terminal_host_get_directory (TaiTerminalHost *self); /* (transfer none) */

/**
 * A visit is rated by one catalogue: swapped under it, its figures would change after the customer has seen them, its offers could
 * be gone, and a screen's TaiOffering would point nowhere. So who serves a visit holds the catalogue as long as the visit is at the desk
 * (parked visits are rated anew when they come back). A new one that comes meanwhile is in the store at once, and at the desk
 * when the last hold is released (TRUE: it came into force now).
 */
void tai_terminal_host_hold_catalogue (TaiTerminalHost *self);
gboolean tai_terminal_host_release_catalogue (TaiTerminalHost *self);
gboolean tai_terminal_host_has_next_catalogue (TaiTerminalHost *self);

/**
 * tai_terminal_host_refresh_async:
 * Status, catalogue, staff, stock up to its level, one after the other, without a loop of its own. A line that is dead ends it; what is
 * refused or malformed stays as it was and the rest goes on. One at a time: G_IO_ERROR_PENDING while one is under way.
 * Errors of finish: the first of tai_terminal_host_pull's; *@pulled (out) is what came all the same. G_IO_ERROR_CANCELLED when
 * the host ended meanwhile: it must not be touched then.
 */
void tai_terminal_host_refresh_async (TaiTerminalHost *self, GAsyncReadyCallback done, gpointer data);
gboolean tai_terminal_host_refresh_finish (GAsyncResult *result, TaiHostPulled *pulled, GError **error);

/* What a refresh brought; @error (nullable). */
typedef void (*TaiHostFreshFunc) (const TaiHostPulled *pulled, const GError *error, gpointer data);
/* From now on refreshes by itself: soon after HQ comes (back) on line, and every TAI_HOST_REFRESH_MINUTES, each at a moment of
 * its own, so that a province of terminals does not ask at once. @told (nullable) hears of each. After start_line. At terminals
 * that are not in production GUITAI_TEST_REFRESH (seconds) is the time between two. */
#define TAI_HOST_REFRESH_MINUTES 10
void tai_terminal_host_keep_fresh (TaiTerminalHost *self, TaiHostFreshFunc told, gpointer data);

/* While HQ is there: fills the stock up when it is low. What fails is in the log, and is tried again the next time. */
void tai_terminal_host_refill (TaiTerminalHost *self);

/**
 * tai_terminal_host_run_until:
 * Runs the main context until @is_done or until @timeout_ms have passed (FALSE). For programs without a loop of their own and
 * for requests that were handed over.
 */
gboolean tai_terminal_host_run_until (TaiTerminalHost *self, gboolean (*is_done) (gpointer data),
                                      gpointer data, gint64 timeout_ms);
/* Runs the main context for @time_ms. */
void tai_terminal_host_run_for (TaiTerminalHost *self, gint64 time_ms);
/* Refuses work at a machine whose clock is behind what was recorded already, and journals it. Errors: CLOCK. */
gboolean tai_terminal_host_check_clock (TaiTerminalHost *self, GError **error);
/* Told before a verb that was handed over signs somebody in, and after he is signed out again: the desk is lent to him. While it is, a
 * nested loop may run other sources of the context. */
typedef void (*TaiHostLendFunc) (gboolean is_lent, gpointer data);
void tai_terminal_host_set_lend (TaiTerminalHost *self, TaiHostLendFunc func, gpointer data);
void tai_terminal_host_lend (TaiTerminalHost *self, gboolean is_lent);
/* Until nothing waits that could be sent now. */
gboolean tai_terminal_host_wait_sent (TaiTerminalHost *self, gint64 timeout_ms);

/* Devices -------------------------------------------------------------------------------------------------------------- */

/* Puts the template in the file @path in force, for the next paper and after a restart. Errors: FILE, TAI_WIRE_ERROR. */
gboolean tai_terminal_host_take_template (TaiTerminalHost *self, const char *path, GError **error);

/* Reads a card; runs the main context meanwhile. @address: "sdt:/dev/ttyUSB0", NULL: the one of the settings. Errors: READER,
 * TAI_DEVICES_ERROR_*, TAI_CORE_ERROR_ID_FOREIGN_LAYOUT. (transfer full) */
TaiIdentity *tai_terminal_host_read_card (TaiTerminalHost *self, const char *address, GError **error);

/* The printers of this terminal, one object each. (transfer none) */
TaiPrinterPool *tai_terminal_host_get_printers (TaiTerminalHost *self);

/**
 * tai_terminal_host_print:
 * @role: "receipt", "form", "report"
 * @address: (nullable) where to, instead of the settings' (tai-printer-address.h)
 * @papers: (out) (optional) (transfer full) (element-type utf8): files that were written
 *
 * Prints what waits for @role; runs the main context meanwhile. TRUE: all of it is on paper. Errors: PRINTER,
 * NOT_PRINTED: the job's state and reason stand in the queue.
 */
gboolean tai_terminal_host_print (TaiTerminalHost *self, const char *role, const char *address,
                                  GPtrArray **papers, GError **error);

/**
 * tai_terminal_host_plug_in_card:
 * Customers pay by card at the bank terminal that the settings name from now on; none is named: by slip only. What cannot be read
 * is in the log, and there is no terminal then.
 */
void tai_terminal_host_plug_in_card (TaiTerminalHost *self);
/* How the bank terminal's last answer was: *@trouble (out) (transfer none) a reason of tai-codepay-terminal.h, NULL: good. */
typedef enum { TAI_HOST_CARD_NONE, TAI_HOST_CARD_NOT_TRIED, TAI_HOST_CARD_TRIED } TaiHostCard;
TaiHostCard tai_terminal_host_get_card (TaiTerminalHost *self, const char **trouble);

G_END_DECLS
