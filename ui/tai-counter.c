/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The desk behind the window: calls go to the worker one after the other, pictures come back. What lives on the worker is in
 * the session and is touched by jobs only. Main thread, but for the functions that say otherwise.
 */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-counter.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-operation-words.h"
#include "tai-screen.h"
#include "tai-tender.h"

struct _TaiCounter {
  GObject parent;
  TaiCounterPorts ports;     /* (owned refs) */
  TaiCounterSession session; /* (thread: worker) */
  TaiTerminal *terminal;     /* (owned) */
  TaiVisitView *visit;       /* (owned) (nullable) */
  TaiStaff *staff;           /* (owned) (nullable) */
  TaiShift *shift;           /* (owned) (nullable) */
  TaiCatalogue *catalogue;   /* (owned) (nullable) */
  TaiFinder *finder;         /* (owned) (nullable) */
  TaiUuid order;             /* that the steps are about; "" none */
  gboolean is_locked;
  guint n_calls;                 /* under way */
  gboolean is_at_call, has_sold; /* (thread: worker) a verb runs; a visit was paid since the last pictures */
  gint has_news;                 /* (atomic) pictures are asked for already */
  TaiCounterAsk ask;             /* (nullable) */
  gpointer ask_data;
};

G_DEFINE_FINAL_TYPE (TaiCounter, tai_counter, G_TYPE_OBJECT)

enum {
  PROP_VISIT = 1,
  PROP_STAFF_NUMBER,
  PROP_STAFF_NAME,
  PROP_SHIFT_OPEN,
  PROP_CATALOGUE,
  PROP_LOCKED,
  PROP_BUSY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
enum { SIGNAL_WENT_ON, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Arguments ------------------------------------------------------------------------------------------------------------ */

TaiCounterArgs *
tai_counter_args_new (void)
{
  return g_new0 (TaiCounterArgs, 1);
}

void
tai_counter_args_free (TaiCounterArgs *self)
{
  if (self == NULL)
    return;
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  if (self->free_result != NULL && self->result != NULL)
    self->free_result (self->result);
  g_free (self->secret);
  g_free (self->text);
  g_free (self->more);
  g_free (self->offering);
  g_free (self->bag);
  g_free (self->slip);
  g_free (self->reason);
  g_clear_pointer (&self->identity, tai_identity_free);
  g_clear_pointer (&self->report, tai_report_view_unref);
  g_free (self);
}

/* Pictures --------------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiVisitView *visit;     /* (owned) (nullable) */
  TaiStaff *staff;         /* (owned) (nullable) */
  TaiShift *shift;         /* (owned) (nullable) */
  TaiCatalogue *catalogue; /* (owned) (nullable) */
  TaiFinder *finder;       /* (owned) */
  gboolean is_locked;
} Pictures;

static void
pictures_clear (Pictures *self)
{
  g_clear_pointer (&self->visit, tai_visit_view_unref);
  g_clear_pointer (&self->staff, tai_staff_free);
  g_clear_pointer (&self->shift, tai_shift_free);
  g_clear_pointer (&self->catalogue, tai_catalogue_unref);
  g_clear_pointer (&self->finder, tai_finder_unref);
}

/* What the halls call the kinds of what is sold: "套餐59" finds a plan whatever its name. */
static const struct {
  const char *category;
  int weight;
} kinds[] = {
    [TAI_OFFERING_PLAN] = {"套餐", TAI_FINDER_WEIGHT_PLAN},
    [TAI_OFFERING_SERVICE] = {"增值业务", 50},
    [TAI_OFFERING_SIM] = {"SIM卡", 0},
    [TAI_OFFERING_PREPAYMENT] = {"预存款", 10},
    [TAI_OFFERING_TOP_UP] = {"充值", 0},
    [TAI_OFFERING_DISCOUNT] = {"优惠", 0},
    [TAI_OFFERING_GOODS] = {"商品", 20},
};

/* Thread: the worker. Some 20 ms for 10,000 offerings, and only when HQ has new prices. */
static void
make_finder (TaiCounterSession *session, TaiCatalogue *catalogue)
{
  g_clear_pointer (&session->finder, tai_finder_unref);
  g_clear_pointer (&session->found_in, tai_catalogue_unref);
  session->finder = tai_finder_new (session->pinyin, NULL);
  session->found_in = catalogue != NULL ? tai_catalogue_ref (catalogue) : NULL;
  tai_operation_words_add_to_finder (session->finder);
  tai_screen_add_to_finder (session->finder);
  for (guint i = 0; catalogue != NULL && i < tai_catalogue_get_n_offerings (catalogue); i++) {
    const TaiOffering *offering = tai_catalogue_get_offering (catalogue, i);
    tai_finder_add_offering (session->finder, offering, kinds[offering->kind].category,
                             kinds[offering->kind].weight);
  }
}

/* Thread: the worker. */
static void
take_pictures (TaiCounterSession *session, Pictures *pictures)
{
  const TaiStaff *staff = tai_desk_get_staff (session->desk);
  TaiCatalogue *catalogue = tai_desk_get_catalogue (session->desk);
  g_autoptr (GError) error = NULL;

  if (session->visit != NULL)
    pictures->visit = tai_visit_view_new (session->desk, session->visit);
  if (staff != NULL) {
    pictures->staff = tai_staff_new (staff->number, staff->name, staff->role, NULL);
    pictures->staff->rights = staff->rights;
  }
  pictures->shift = tai_desk_get_shift (session->desk, &error);
  if (error != NULL) /* the next verb that needs the till says it to the clerk */
    g_message ("till: %s", error->message);
  pictures->catalogue = catalogue != NULL ? tai_catalogue_ref (catalogue) : NULL;
  if (session->finder == NULL || session->found_in != catalogue)
    make_finder (session, catalogue);
  pictures->finder = tai_finder_ref (session->finder);
  pictures->is_locked = tai_desk_is_locked (session->desk);
}

static gboolean
is_other_staff (const TaiStaff *a, const TaiStaff *b)
{
  return g_strcmp0 (a != NULL ? a->number : NULL, b != NULL ? b->number : NULL) != 0;
}

#define SWAP(a, b)                                                                                           \
  do {                                                                                                       \
    gpointer kept = a;                                                                                       \
    a = b;                                                                                                   \
    b = kept;                                                                                                \
  } while (0)

static void
show_pictures (TaiCounter *self, Pictures *pictures)
{
  gboolean is_new_staff = is_other_staff (self->staff, pictures->staff);
  gboolean is_new_shift = (self->shift != NULL) != (pictures->shift != NULL);
  gboolean is_new_catalogue = self->catalogue != pictures->catalogue;
  gboolean is_new_lock = self->is_locked != pictures->is_locked;
  gboolean is_new_visit = self->visit != NULL || pictures->visit != NULL;

  self->is_locked = pictures->is_locked;
  SWAP (self->visit, pictures->visit);
  SWAP (self->staff, pictures->staff);
  SWAP (self->shift, pictures->shift);
  SWAP (self->catalogue, pictures->catalogue);
  SWAP (self->finder, pictures->finder);
  g_object_freeze_notify (G_OBJECT (self));
  if (is_new_visit)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VISIT]);
  if (is_new_staff) {
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STAFF_NUMBER]);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STAFF_NAME]);
  }
  if (is_new_lock)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCKED]);
  if (is_new_shift)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHIFT_OPEN]);
  if (is_new_catalogue)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CATALOGUE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Calls ------------------------------------------------------------------------------------------------------------------ */

struct _TaiCounterCall {
  TaiCounter *counter; /* (owned) */
  TaiCounterFunc func;
  TaiCounterArgs *args; /* (owned) (nullable) */
  TaiCounterDone done;  /* (nullable) */
  GWeakRef owner;
  gboolean has_owner;
  GError *error; /* (owned) (nullable) */
  gboolean has_sold;
  Pictures pictures;
};
typedef TaiCounterCall Call;

/* What goes on by itself ------------------------------------------------------------------------------------------------- */

static void
news_done_cb (gpointer owner, TaiCounterArgs *args, const GError *error)
{
  g_signal_emit (owner, signals[SIGNAL_WENT_ON], 0);
}

static gboolean
news_cb (gpointer data)
{
  TaiCounter *self = data;

  g_atomic_int_set (&self->has_news, FALSE);
  tai_counter_call (self, NULL, NULL, news_done_cb, self);
  return G_SOURCE_REMOVE;
}

/* Thread: the worker. In a verb its pictures come anyway; else a gateway answered, and they are asked for. */
static void
visit_changed_cb (TaiVisit *visit, TaiCounter *self)
{
  self->has_sold |= tai_visit_get_state (visit) == TAI_VISIT_CLOSED;
  if (!self->is_at_call && g_atomic_int_compare_and_exchange (&self->has_news, FALSE, TRUE))
    g_idle_add_full (G_PRIORITY_DEFAULT, news_cb, g_object_ref (self), g_object_unref);
}

/* Thread: the worker. */
static void
listen_to (TaiCounter *self, TaiVisit *visit)
{
  if (g_signal_handler_find (visit, G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA, 0, 0, NULL, visit_changed_cb,
                             self) == 0)
    g_signal_connect_object (visit, "changed", G_CALLBACK (visit_changed_cb), self, 0);
}

static gboolean
is_asked_for (TaiVisit *visit)
{
  GPtrArray *payments = tai_visit_get_payments (visit);

  for (guint i = 0; i < payments->len; i++)
    if (tai_tender_is_open (((const TaiPayment *)g_ptr_array_index (payments, i))->state))
      return TRUE;
  return FALSE;
}

/* Thread: the worker. */
static void
look_after_refunds (TaiCounter *self)
{
  for (guint i = self->session.refunds->len; i > 0; i--) {
    TaiVisit *visit = g_ptr_array_index (self->session.refunds, i - 1);
    if (is_asked_for (visit))
      listen_to (self, visit);
    else
      g_ptr_array_remove_index (self->session.refunds, i - 1);
  }
}

/* Thread: the worker. What was paid while it waited does not wait any more. */
static void
look_after_visits (TaiCounter *self)
{
  if (self->session.visit != NULL)
    listen_to (self, self->session.visit);
  for (guint i = self->session.waiting->len; i > 0; i--) {
    TaiVisit *visit = g_ptr_array_index (self->session.waiting, i - 1);
    if (tai_visit_get_state (visit) == TAI_VISIT_PLACED)
      listen_to (self, visit);
    else
      g_ptr_array_remove_index (self->session.waiting, i - 1);
  }
}

/* Thread: the worker. What a customer was told stays as long as his visit is on the desk. */
static void
hold_prices (TaiCounter *self)
{
  gboolean has_visit = self->session.visit != NULL;

  if (self->session.holds_prices == has_visit || self->ports.hold_prices == NULL)
    return;
  self->session.holds_prices = has_visit;
  self->ports.hold_prices (has_visit, self->ports.hold_data);
}

/* Thread: the worker. */
static void
call_run (gpointer data)
{
  Call *call = data;
  TaiCounterSession *session = &call->counter->session;

  call->counter->is_at_call = TRUE;
  if (call->func != NULL && !call->func (session, call->args, &call->error))
    g_assert (call->error != NULL);
  call->counter->is_at_call = FALSE;
  look_after_visits (call->counter);
  look_after_refunds (call->counter);
  call->has_sold = call->counter->has_sold;
  call->counter->has_sold = FALSE;
  hold_prices (call->counter);
  take_pictures (session, &call->pictures);
}

static void
count_calls (TaiCounter *self, int by)
{
  gboolean was_busy = self->n_calls > 0;

  self->n_calls += (guint)by;
  if (was_busy != (self->n_calls > 0))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY]);
}

static void
call_end (Call *call)
{
  g_autoptr (GObject) owner = call->has_owner ? g_weak_ref_get (&call->owner) : NULL;

  if (call->done != NULL && (owner != NULL || !call->has_owner))
    call->done (owner, call->args, call->error);
  if (call->has_owner)
    g_weak_ref_clear (&call->owner);
  g_clear_error (&call->error);
  tai_counter_args_free (call->args);
  g_object_unref (call->counter);
  g_free (call);
}

static void
call_done (gpointer data)
{
  Call *call = data;
  TaiCounter *self = call->counter;

  count_calls (self, -1);
  show_pictures (self, &call->pictures);
  pictures_clear (&call->pictures);
  if (call->has_sold) {
    tai_station_print (self->ports.station);
    tai_station_try_line (self->ports.station);
  }
  if (self->ask != NULL && g_error_matches (call->error, TAI_CORE_ERROR, TAI_CORE_ERROR_APPROVAL))
    self->ask (self, call, self->ask_data);
  else
    call_end (call);
}

static void
submit (Call *call)
{
  count_calls (call->counter, 1);
  tai_executor_submit (call->counter->ports.worker, call_run, call_done, call);
}

void
tai_counter_set_ask (TaiCounter *self, TaiCounterAsk ask, gpointer data)
{
  g_return_if_fail (TAI_IS_COUNTER (self));
  self->ask = ask;
  self->ask_data = data;
}

void
tai_counter_repeat (TaiCounterCall *call)
{
  g_clear_error (&call->error);
  submit (call);
}

void
tai_counter_refuse (TaiCounterCall *call)
{
  call_end (call);
}

void
tai_counter_call (TaiCounter *self, TaiCounterFunc func, TaiCounterArgs *args, TaiCounterDone done,
                  gpointer owner)
{
  Call *call;

  g_return_if_fail (TAI_IS_COUNTER (self));
  g_return_if_fail (owner == NULL || G_IS_OBJECT (owner));

  call = g_new0 (Call, 1);
  call->counter = g_object_ref (self);
  call->func = func;
  call->args = args != NULL ? args : tai_counter_args_new ();
  call->done = done;
  call->has_owner = owner != NULL;
  if (owner != NULL)
    g_weak_ref_init (&call->owner, owner);
  submit (call);
}

void
tai_counter_refresh (TaiCounter *self)
{
  tai_counter_call (self, NULL, NULL, NULL, NULL);
}

/* Papers and codes --------------------------------------------------------------------------------------------------------- */

typedef struct {
  TaiCounter *counter;   /* (owned) */
  TaiDocument *document; /* (owned) (nullable) */
  char *payload;         /* (owned) (nullable) */
  guint page_or_side;
  TaiCounterPainted done;
  GWeakRef owner;
  TaiImage *image; /* (owned) (nullable) */
  guint n_pages;
  GError *error; /* (owned) (nullable) */
} Painting;

/* Thread: the painter. */
static void
paint_run (gpointer data)
{
  Painting *painting = data;
  TaiPreview *preview = painting->counter->ports.preview;

  painting->image =
      painting->document != NULL
          ? tai_preview_draw_document (preview, painting->document, painting->page_or_side,
                                       &painting->n_pages, &painting->error)
          : tai_preview_draw_qr (preview, painting->payload, painting->page_or_side, &painting->error);
}

static void
paint_done (gpointer data)
{
  Painting *painting = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&painting->owner);

  if (owner != NULL)
    painting->done (owner, g_steal_pointer (&painting->image), painting->n_pages, painting->error);
  g_clear_pointer (&painting->image, tai_image_free);
  g_clear_pointer (&painting->document, tai_document_unref);
  g_free (painting->payload);
  g_clear_error (&painting->error);
  g_weak_ref_clear (&painting->owner);
  g_object_unref (painting->counter);
  g_free (painting);
}

static void
paint (TaiCounter *self, TaiDocument *document, const char *payload, guint page_or_side,
       TaiCounterPainted done, gpointer owner)
{
  Painting *painting = g_new0 (Painting, 1);

  painting->counter = g_object_ref (self);
  painting->document = document != NULL ? tai_document_ref (document) : NULL;
  painting->payload = g_strdup (payload);
  painting->page_or_side = page_or_side;
  painting->done = done;
  g_weak_ref_init (&painting->owner, owner);
  tai_executor_submit (self->ports.painter, paint_run, paint_done, painting);
}

void
tai_counter_paint_document (TaiCounter *self, TaiDocument *document, guint page, TaiCounterPainted done,
                            gpointer owner)
{
  g_return_if_fail (TAI_IS_COUNTER (self) && document != NULL && done != NULL && G_IS_OBJECT (owner));
  paint (self, document, NULL, page, done, owner);
}

void
tai_counter_paint_qr (TaiCounter *self, const char *payload, guint side, TaiCounterPainted done,
                      gpointer owner)
{
  g_return_if_fail (TAI_IS_COUNTER (self) && payload != NULL && done != NULL && G_IS_OBJECT (owner));
  paint (self, NULL, payload, side, done, owner);
}

/* The object ------------------------------------------------------------------------------------------------------------- */

static void
tai_counter_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  TaiCounter *self = TAI_COUNTER (object);

  switch (id) {
  case PROP_VISIT:
    g_value_set_boxed (value, self->visit);
    break;
  case PROP_STAFF_NUMBER:
    g_value_set_string (value, self->staff != NULL ? self->staff->number : NULL);
    break;
  case PROP_STAFF_NAME:
    g_value_set_string (value, self->staff != NULL ? self->staff->name : NULL);
    break;
  case PROP_SHIFT_OPEN:
    g_value_set_boolean (value, self->shift != NULL);
    break;
  case PROP_CATALOGUE:
    g_value_set_pointer (value, self->catalogue);
    break;
  case PROP_LOCKED:
    g_value_set_boolean (value, self->is_locked);
    break;
  case PROP_BUSY:
    g_value_set_boolean (value, self->n_calls > 0);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
tai_counter_finalize (GObject *object)
{
  TaiCounter *self = TAI_COUNTER (object);

  g_clear_object (&self->session.visit);
  g_clear_object (&self->session.apart);
  g_clear_pointer (&self->session.waiting, g_ptr_array_unref);
  g_clear_pointer (&self->session.refunds, g_ptr_array_unref);
  g_clear_object (&self->session.desk);
  g_clear_object (&self->session.store);
  g_clear_object (&self->session.prints);
  g_clear_pointer (&self->session.finder, tai_finder_unref);
  g_clear_pointer (&self->session.found_in, tai_catalogue_unref);
  g_clear_pointer (&self->finder, tai_finder_unref);
  g_clear_object (&self->ports.worker);
  g_clear_object (&self->ports.painter);
  g_clear_object (&self->ports.preview);
  g_clear_object (&self->ports.station);
  g_clear_object (&self->ports.directory);
  g_clear_object (&self->ports.clock);
  g_clear_object (&self->ports.keys);
  g_clear_pointer (&self->visit, tai_visit_view_unref);
  g_clear_pointer (&self->staff, tai_staff_free);
  g_clear_pointer (&self->shift, tai_shift_free);
  g_clear_pointer (&self->catalogue, tai_catalogue_unref);
  g_clear_pointer (&self->terminal, tai_terminal_free);
  G_OBJECT_CLASS (tai_counter_parent_class)->finalize (object);
}

static void
tai_counter_class_init (TaiCounterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tai_counter_get_property;
  object_class->finalize = tai_counter_finalize;
  props[PROP_VISIT] = g_param_spec_boxed ("visit", NULL, NULL, TAI_TYPE_VISIT_VIEW, flags);
  props[PROP_STAFF_NUMBER] = g_param_spec_string ("staff-number", NULL, NULL, NULL, flags);
  props[PROP_STAFF_NAME] = g_param_spec_string ("staff-name", NULL, NULL, NULL, flags);
  props[PROP_SHIFT_OPEN] = g_param_spec_boolean ("shift-open", NULL, NULL, FALSE, flags);
  props[PROP_CATALOGUE] = g_param_spec_pointer ("catalogue", NULL, NULL, flags);
  props[PROP_LOCKED] = g_param_spec_boolean ("locked", NULL, NULL, FALSE, flags);
  props[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_WENT_ON] =
      g_signal_new ("went-on", TAI_TYPE_COUNTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tai_counter_init (TaiCounter *self)
{
}

TaiCounter *
tai_counter_new (const TaiCounterPorts *ports)
{
  TaiCounter *self;

  g_return_val_if_fail (ports->desk && ports->store && ports->prints && ports->worker, NULL);
  g_return_val_if_fail (ports->painter && ports->preview && ports->station && ports->directory, NULL);
  g_return_val_if_fail (ports->clock != NULL, NULL);

  self = g_object_new (TAI_TYPE_COUNTER, NULL);
  self->ports = *ports;
  g_object_ref (ports->worker);
  g_object_ref (ports->painter);
  g_object_ref (ports->preview);
  g_object_ref (ports->station);
  g_object_ref (ports->directory);
  g_object_ref (ports->clock);
  self->ports.keys = ports->keys != NULL ? g_object_ref (ports->keys) : tai_key_map_new (NULL);
  self->session.desk = g_object_ref (ports->desk);
  self->session.store = g_object_ref (ports->store);
  self->session.prints = g_object_ref (ports->prints);
  self->session.pinyin = ports->pinyin;
  self->session.check_clock = ports->check_clock;
  self->session.check_data = ports->hold_data;
  self->session.waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->session.refunds = g_ptr_array_new_with_free_func (g_object_unref);
  self->terminal = tai_terminal_copy (tai_desk_get_terminal (ports->desk));
  return self;
}

TaiStation *
tai_counter_get_station (TaiCounter *self)
{
  return self->ports.station;
}

TaiDirectory *
tai_counter_get_directory (TaiCounter *self)
{
  return self->ports.directory;
}

TaiClock *
tai_counter_get_clock (TaiCounter *self)
{
  return self->ports.clock;
}

TaiKeyMap *
tai_counter_get_keys (TaiCounter *self)
{
  return self->ports.keys;
}

const TaiTerminal *
tai_counter_get_terminal (TaiCounter *self)
{
  return self->terminal;
}

const char *const *
tai_counter_get_groups (TaiCounter *self)
{
  return self->visit != NULL ? (const char *const *)self->visit->groups : NULL;
}

TaiVisitView *
tai_counter_get_visit (TaiCounter *self)
{
  return self->visit;
}

const TaiOrder *
tai_counter_get_order (TaiCounter *self)
{
  return self->visit != NULL ? tai_visit_view_find_order (self->visit, &self->order) : NULL;
}

void
tai_counter_set_order (TaiCounter *self, const TaiUuid *id)
{
  self->order = id != NULL ? *id : (TaiUuid){0};
}

const TaiStaff *
tai_counter_get_staff (TaiCounter *self)
{
  return self->staff;
}

const TaiShift *
tai_counter_get_shift (TaiCounter *self)
{
  return self->shift;
}

TaiCatalogue *
tai_counter_get_catalogue (TaiCounter *self)
{
  return self->catalogue;
}

TaiFinder *
tai_counter_get_finder (TaiCounter *self)
{
  return self->finder;
}

gboolean
tai_counter_is_locked (TaiCounter *self)
{
  return self->is_locked;
}

gboolean
tai_counter_is_busy (TaiCounter *self)
{
  return self->n_calls > 0;
}

gboolean
tai_counter_has_right (TaiCounter *self, TaiRight right)
{
  return self->staff != NULL && (self->staff->rights & right) == right;
}
