/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-directory.h"
#include "tai-finder.h"
#include "tai-key-map.h"
#include "tai-preview.h"
#include "tai-report-view.h"
#include "tai-station.h"
#include "tai-visit-view.h"

G_BEGIN_DECLS

/**
 * TaiCounter: a desk as its faces see it. The desk, the store and the visit live on the worker; a face calls verbs
 * (tai-do.h), which run there one after the other, and reads pictures that each verb leaves behind. One mechanism for
 * every business, screen and mode.
 *
 * Properties, all read-only and told by notify: "visit" (TaiVisitView, nullable), "staff-number", "staff-name", "shift-open",
 * "locked", "busy" (verbs are under way), "catalogue-age". TaiCounter::went-on: a payment went on by itself, of the visit on the
 * desk or of one that waits. What is sold is printed and sent, whoever noticed it. Thread: main; nothing blocks.
 */
#define TAI_TYPE_COUNTER (tai_counter_get_type ())
G_DECLARE_FINAL_TYPE (TaiCounter, tai_counter, TAI, COUNTER, GObject)

/* All ref'd. @desk, @store, @prints are touched on @worker only. */
typedef struct {
  TaiDesk *desk;
  TaiVisitStore *store;
  TaiPrintQueue *prints;
  TaiExecutor *worker;
  TaiExecutor *painter; /* where papers and codes are drawn: slow, and of no consequence for the desk */
  TaiPreview *preview;
  TaiStation *station;
  TaiDirectory *directory; /* of the main context */
  TaiClock *clock;         /* of the main context */
  TaiKeyMap *keys;         /* (nullable) of the main context; NULL: the defaults */
  TaiPinyinFunc pinyin;    /* of the command box; called on the worker and on the main thread */
  /* (nullable) on the worker: from now on, and until not any more, a visit is at the desk that was rated by today's prices */
  void (*hold_prices) (gboolean hold, gpointer data);
  gpointer hold_data; /* of both */
  /* (nullable) on the worker, before anybody signs in: FALSE keeps everybody out */
  gboolean (*check_clock) (gpointer data, GError **error);
} TaiCounterPorts;

TaiCounter *tai_counter_new (const TaiCounterPorts *ports);

TaiStation *tai_counter_get_station (TaiCounter *self);
TaiDirectory *tai_counter_get_directory (TaiCounter *self);
TaiClock *tai_counter_get_clock (TaiCounter *self);
TaiKeyMap *tai_counter_get_keys (TaiCounter *self);
const TaiTerminal *tai_counter_get_terminal (TaiCounter *self);
/* Of who is served, as far as headquarters has said. (nullable) */
const char *const *tai_counter_get_groups (TaiCounter *self);
TaiVisitView *tai_counter_get_visit (TaiCounter *self); /* (transfer none) (nullable) */
/* The order of the visit that the steps are about; (transfer none) (nullable). */
const TaiOrder *tai_counter_get_order (TaiCounter *self);
void tai_counter_set_order (TaiCounter *self, const TaiUuid *id); /* NULL: none */
const TaiStaff *tai_counter_get_staff (TaiCounter *self);         /* (nullable); without the PIN's record */
const TaiShift *tai_counter_get_shift (TaiCounter *self);         /* (nullable) the open one */
TaiCatalogue *tai_counter_get_catalogue (TaiCounter *self);       /* (transfer none) (nullable) */
/* All that the command box knows: businesses, pages, what is sold. (transfer none) (nullable) before the first picture. */
TaiFinder *tai_counter_get_finder (TaiCounter *self);
/* Locked: the clerk must give the PIN again; the visit stays. */
gboolean tai_counter_is_locked (TaiCounter *self);
gboolean tai_counter_is_busy (TaiCounter *self);
/* Signed in and with that right. For making a control insensitive; the desk checks again. */
gboolean tai_counter_has_right (TaiCounter *self, TaiRight right);

/* Verbs ---------------------------------------------------------------------------------------------------------------- */

/**
 * TaiCounterSession: what a verb works on; lives on the worker.
 * @visit: (owned) (nullable) the one on the desk
 * @apart: (owned) (nullable) of who was identified for a correction; nothing is chosen in it
 * @waiting: (owned) (element-type TaiVisit) placed before the program was started, not on the desk
 * @refunds: (owned) (element-type TaiVisit) in which a refund is asked for that a face has looked at
 */
typedef struct {
  TaiDesk *desk;
  TaiVisitStore *store;
  TaiPrintQueue *prints;
  TaiVisit *visit, *apart;
  GPtrArray *waiting, *refunds;
  gboolean holds_prices;
  gboolean (*check_clock) (gpointer data, GError **error); /* (nullable) */
  gpointer check_data;
  TaiPinyinFunc pinyin;
  TaiFinder *finder;      /* (owned) (nullable) */
  TaiCatalogue *found_in; /* (owned) (nullable) what the finder was made of */
} TaiCounterSession;

/**
 * TaiCounterArgs: what a verb takes and what it finds. Unused fields stay empty.
 * @secret: (owned) (nullable) wiped when freed: a PIN, a customer's payment code
 * @identity: (owned) (nullable) a verb that takes it clears it
 * @result: (owned) what the verb found; see tai-do.h
 */
typedef struct {
  TaiUuid order;
  char *text;                /* (owned) (nullable) */
  char *more;                /* (owned) (nullable) */
  char *offering;            /* (owned) (nullable) */
  char *bag, *slip, *reason; /* (owned) (nullable) of cash without a sale */
  char *secret;
  TaiMoney amount;
  gint64 number;
  TaiIdentity *identity;
  TaiReportView *report; /* (owned) (nullable) that the verb is about */
  gpointer result;
  GDestroyNotify free_result; /* (nullable) */
} TaiCounterArgs;
TaiCounterArgs *tai_counter_args_new (void);
void tai_counter_args_free (TaiCounterArgs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiCounterArgs, tai_counter_args_free)

/* Thread: the worker. FALSE and @error: nothing was changed (the desk's promise). */
typedef gboolean (*TaiCounterFunc) (TaiCounterSession *session, TaiCounterArgs *args, GError **error);
/* Thread: main; the counter's properties are new already. @error (nullable) as the desk said it. */
typedef void (*TaiCounterDone) (gpointer owner, TaiCounterArgs *args, const GError *error);

/**
 * tai_counter_call:
 * @args: (transfer full) (nullable)
 * @done: (nullable)
 * @owner: (nullable) a GObject that is told; when it is gone, nobody is
 */
void tai_counter_call (TaiCounter *self, TaiCounterFunc func, TaiCounterArgs *args, TaiCounterDone done,
                       gpointer owner);
/**
 * TaiCounterAsk: a verb needs a second person's yes (TAI_CORE_ERROR_APPROVAL). @call is answered once: tai_counter_repeat() after
 * the yes, or tai_counter_refuse(), which gives the caller the error. Without an asker he gets it at once. Thread: main.
 */
typedef struct _TaiCounterCall TaiCounterCall;
typedef void (*TaiCounterAsk) (TaiCounter *self, TaiCounterCall *call, gpointer data);
void tai_counter_set_ask (TaiCounter *self, TaiCounterAsk ask, gpointer data);
void tai_counter_repeat (TaiCounterCall *call);
void tai_counter_refuse (TaiCounterCall *call);
/* Takes the pictures anew, e.g. because HQ sent news. */
void tai_counter_refresh (TaiCounter *self);

/* Papers and codes ------------------------------------------------------------------------------------------------------- */

/* @image: (transfer full) (nullable) with @error. Thread: main. */
typedef void (*TaiCounterPainted) (gpointer owner, TaiImage *image, guint n_pages, const GError *error);
/* @document: ref'd */
void tai_counter_paint_document (TaiCounter *self, TaiDocument *document, guint page, TaiCounterPainted done,
                                 gpointer owner);
void tai_counter_paint_qr (TaiCounter *self, const char *payload, guint side, TaiCounterPainted done,
                           gpointer owner);

G_END_DECLS
