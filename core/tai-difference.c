/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each cause is a row: how often it happens (of a thousand), which records it can have happened at, and how likely, when it happened
 * at this one, it would have made just this difference (in parts per million). The product, divided by the number of records that it could have
 * been, is what each record gets; a cause is as likely as its records together.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-difference.h"

#include <string.h>

#include "tai-cash-move.h"
#include "tai-till-report.h"

#define CERTAIN 1000000

/* @by: counted − expected, minor units */
typedef struct {
  const TaiShift *shift;
  gint64 by;
  guint16 currency;
} Difference;

/* Fits ------------------------------------------------------------------------------------------------------------------- */

/* How likely a slip with two neighbouring digits of @amount makes @by: 0 or one of its pairs. */
static gint64
fit_digits (gint64 amount, gint64 by)
{
  guint n_pairs = 0, n_fits = 0;

  for (gint64 place = 1; place <= amount / 10; place *= 10) {
    gint64 low = amount / place % 10, high = amount / place / 10 % 10;

    n_pairs += low != high;
    n_fits += low != high && (low - high) * 9 * place == by;
  }
  return n_pairs > 0 ? CERTAIN * (gint64)n_fits / n_pairs : 0;
}

/* Notes and coins, largest first; what a Chinese drawer holds, else 1, 2 and 5 of each power of ten. */
#define MAX_NOTES 24
static guint
list_notes (guint16 currency, gint64 notes[MAX_NOTES])
{
  static const gint64 yuan[] = {10000, 5000, 2000, 1000, 500, 100, 50, 10};
  static const gint64 series[] = {5, 2, 1};
  guint n = 0;

  if (currency == TAI_CNY) {
    memcpy (notes, yuan, sizeof yuan);
    return G_N_ELEMENTS (yuan);
  }
  for (gint64 power = 1000000; power >= 1; power /= 10)
    for (guint i = 0; i < G_N_ELEMENTS (series); i++)
      notes[n++] = series[i] * power;
  return n;
}

/* One note too many or too few, or given for its neighbour: of an @amount that is paid in as few notes as can be. */
static gint64
fit_notes (guint16 currency, gint64 amount, gint64 by)
{
  gint64 notes[MAX_NOTES], fit = 0;
  guint n = list_notes (currency, notes);

  for (guint i = 0; i < n; i++) {
    gint64 times = amount / notes[i];

    amount -= times * notes[i];
    if (times == 0)
      continue;
    if (by == notes[i] || by == -notes[i])
      fit += CERTAIN / 10;
    if ((i > 0 && by == notes[i] - notes[i - 1]) || (i + 1 < n && by == notes[i] - notes[i + 1]))
      fit += CERTAIN / 6;
  }
  return fit;
}

/* Any one note or coin, of a heap whose notes nobody wrote down. */
static gint64
fit_one_note (guint16 currency, gint64 by)
{
  gint64 notes[MAX_NOTES];
  guint n = list_notes (currency, notes);

  for (guint i = 0; i < n; i++)
    if (ABS (by) == notes[i])
      return CERTAIN / 24;
  return 0;
}

/* Sums of money that a person takes or puts away: the rounder, the likelier. */
static gint64
fit_round (gint64 sum)
{
  static const struct {
    gint64 of;
    gint64 fit;
  } steps[] = {{100000, 60000}, {50000, 40000}, {10000, 30000}, {5000, 20000}, {1000, 8000}, {100, 500}};

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (sum % steps[i].of == 0)
      return steps[i].fit;
  return 20;
}

/* Who takes no cash types no sum that was received: it stands there as exact. */
static gint64
fit_without_cash (const TaiShiftMovement *one, const Difference *difference)
{
  if (one->amount.minor != -difference->by)
    return 0;
  return one->change.minor == 0 ? CERTAIN : CERTAIN / 8;
}

static gint64
fit_paid_in_cash (const TaiShiftMovement *one, const Difference *difference)
{
  return one->amount.minor == difference->by ? CERTAIN : 0;
}

static gint64
fit_wrong_sign (const TaiShiftMovement *one, const Difference *difference)
{
  return one->drawer.minor * -2 == difference->by ? CERTAIN : 0;
}

/* Typed too high, the drawer is short by as much: for what was taken and for what was received. */
static gint64
fit_typed (const TaiShiftMovement *one, const Difference *difference)
{
  gint64 sign = one->drawer.minor < 0 ? -1 : 1;
  gint64 amount = fit_digits (ABS (one->drawer.minor), sign * difference->by);

  return amount + (one->change.minor > 0 ? fit_digits (one->received.minor, difference->by) / 2 : 0);
}

static gint64
fit_refund_twice (const TaiShiftMovement *one, const Difference *difference)
{
  return one->drawer.minor == difference->by ? CERTAIN : 0;
}

static gint64
fit_refund_kept (const TaiShiftMovement *one, const Difference *difference)
{
  return -one->drawer.minor == difference->by ? CERTAIN : 0;
}

/* Also what was received was taken for another note. */
static gint64
fit_change (const TaiShiftMovement *one, const Difference *difference)
{
  return fit_notes (difference->currency, one->change.minor, difference->by) +
         fit_notes (difference->currency, one->received.minor, -difference->by) / 4;
}

static gint64
fit_no_change (const TaiShiftMovement *one, const Difference *difference)
{
  return one->change.minor == ABS (difference->by) ? CERTAIN / 2 : 0;
}

static gint64
fit_drop (const TaiShiftMovement *one, const Difference *difference)
{
  gint64 sum = -one->drawer.minor;
  gint64 twice = sum == difference->by ? CERTAIN / 2 : 0;

  return twice + fit_digits (sum, -difference->by) / 2 +
         fit_notes (difference->currency, sum, difference->by) / 4;
}

static gint64
fit_taken (const TaiShiftMovement *one, const Difference *difference)
{
  return fit_round (ABS (difference->by));
}

/* What the opening booked as a difference comes back at the close: it was no difference but a wrong count. */
static gint64
fit_float (const TaiShiftMovement *one, const Difference *difference)
{
  const TaiShift *shift = difference->shift;
  gint64 booked = shift->float_amount.minor - shift->opening_expected.minor;
  gint64 typed = fit_digits (shift->float_amount.minor, difference->by) / 4;

  if (booked != 0 && booked == -difference->by)
    return CERTAIN;
  return typed + fit_one_note (difference->currency, difference->by);
}

/* Digits; a bundle of a hundred notes (coins come in no bundles); a note. */
static gint64
fit_count (const TaiShiftMovement *one, const Difference *difference)
{
  gint64 notes[MAX_NOTES], unit = 1, counted = difference->shift->counted.minor;
  guint n = list_notes (difference->currency, notes);
  gint64 fit = fit_digits (counted, -difference->by) / 2;

  for (int i = 0; i < tai_currency_get_decimals (difference->currency); i++)
    unit *= 10;
  for (guint i = 0; i < n && notes[i] >= unit; i++)
    if (ABS (difference->by) == notes[i] * 100)
      fit += CERTAIN / 10;
  return fit + fit_one_note (difference->currency, difference->by);
}

/* Which records ---------------------------------------------------------------------------------------------------------- */

static gboolean
is_cash_sale (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_SALE && one->drawer.minor > 0;
}

static gboolean
is_other_sale (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_SALE && one->drawer.minor == 0 && one->amount.minor > 0;
}

static gboolean
is_refund (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_REFUND && one->drawer.minor < 0;
}

static gboolean
is_with_change (const TaiShiftMovement *one)
{
  return is_cash_sale (one) && one->change.minor > 0;
}

static gboolean
is_move (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_OTHER && one->drawer.minor != 0;
}

static gboolean
is_drop (const TaiShiftMovement *one)
{
  return is_move (one) && one->drawer.minor < 0;
}

/* Bags are sealed and counted by two: nobody takes one for the other way. */
static gboolean
is_reversible (const TaiShiftMovement *one)
{
  return is_refund (one) || (is_move (one) && g_strcmp0 (one->event, TAI_CASH_DROP) != 0);
}

static gboolean
is_typed (const TaiShiftMovement *one)
{
  return is_cash_sale (one) || is_refund (one) || (is_move (one) && !is_drop (one));
}

static gboolean
is_opened_drawer (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_NO_SALE;
}

static gboolean
is_opening (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_OPENED;
}

static gboolean
is_closing (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_CLOSED;
}

/* @sign: of the difference, 0: either; @often: of a thousand differences; @is_at: NULL: there is no record of it */
typedef struct {
  const char *text;
  int sign;
  int often;
  gboolean (*is_at) (const TaiShiftMovement *one);
  gint64 (*fit) (const TaiShiftMovement *one, const Difference *difference);
} Cause;

/* clang-format off */
static const Cause causes[TAI_N_CAUSES] = {
  [TAI_CAUSE_NO_CASH]        = {"no_cash",        -1, 180, is_cash_sale,     fit_without_cash},
  [TAI_CAUSE_PAID_IN_CASH]   = {"paid_in_cash",    1, 150, is_other_sale,    fit_paid_in_cash},
  [TAI_CAUSE_WRONG_SIGN]     = {"wrong_sign",      0,  80, is_reversible,    fit_wrong_sign},
  [TAI_CAUSE_DIGITS]         = {"digits",          0, 100, is_typed,         fit_typed},
  [TAI_CAUSE_REFUND_TWICE]   = {"refund_twice",   -1,  60, is_refund,        fit_refund_twice},
  [TAI_CAUSE_REFUND_KEPT]    = {"refund_kept",     1,  60, is_refund,        fit_refund_kept},
  [TAI_CAUSE_CHANGE]         = {"change",          0, 200, is_with_change,   fit_change},
  [TAI_CAUSE_NO_CHANGE]      = {"no_change",       0,  40, is_with_change,   fit_no_change},
  [TAI_CAUSE_DROP]           = {"drop",            0,  60, is_drop,          fit_drop},
  [TAI_CAUSE_DROP_UNBOOKED]  = {"drop_unbooked",  -1,  60, NULL,             fit_taken},
  [TAI_CAUSE_SAFE_UNBOOKED]  = {"safe_unbooked",   1,  40, NULL,             fit_taken},
  [TAI_CAUSE_DRAWER_OPENED]  = {"drawer_opened",  -1,  80, is_opened_drawer, fit_taken},
  [TAI_CAUSE_FLOAT]          = {"float",           0,  80, is_opening,       fit_float},
  [TAI_CAUSE_COUNT]          = {"count",           0, 120, is_closing,       fit_count},
};
/* clang-format on */

const char *
tai_difference_cause_to_text (TaiDifferenceCause cause)
{
  g_return_val_if_fail (cause < TAI_N_CAUSES, NULL);
  return causes[cause].text;
}

void
tai_difference_hint_free (TaiDifferenceHint *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->records);
  g_free (self);
}

/* Ranking ---------------------------------------------------------------------------------------------------------------- */

typedef struct {
  guint position;
  gint64 fit;
} Record;

/* Equally likely ones in the order of the day. */
static int
compare_records (gconstpointer a, gconstpointer b)
{
  const Record *one = a, *other = b;

  if (one->fit != other->fit)
    return one->fit > other->fit ? -1 : 1;
  return one->position < other->position ? -1 : one->position > other->position;
}

static TaiDifferenceHint *
make_hint (TaiDifferenceCause cause, gint64 score, GArray *records)
{
  TaiDifferenceHint *hint = g_new0 (TaiDifferenceHint, 1);

  hint->cause = cause;
  hint->score = score;
  hint->n_records = records->len;
  hint->records = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_sort (records, compare_records);
  for (guint i = 0; i < MIN (records->len, TAI_DIFFERENCE_RECORDS); i++)
    g_array_append_val (hint->records, g_array_index (records, Record, i).position);
  return hint;
}

/* (nullable) */
static TaiDifferenceHint *
look_at (TaiDifferenceCause cause, const Difference *difference, GPtrArray *movements)
{
  const Cause *row = &causes[cause];
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (Record));
  gint64 n_could = row->is_at == NULL, fits = row->is_at == NULL ? row->fit (NULL, difference) : 0;

  if (row->sign * difference->by < 0)
    return NULL;
  for (guint i = 0; row->is_at != NULL && i < movements->len; i++) {
    const TaiShiftMovement *one = g_ptr_array_index (movements, i);
    Record record = {i, row->is_at (one) ? row->fit (one, difference) : -1};

    n_could += record.fit >= 0;
    if (record.fit <= 0)
      continue;
    fits += record.fit;
    g_array_append_val (records, record);
  }
  return fits > 0 ? make_hint (cause, row->often * fits / n_could, records) : NULL;
}

static int
compare_hints (gconstpointer a, gconstpointer b)
{
  const TaiDifferenceHint *one = *(TaiDifferenceHint *const *)a, *other = *(TaiDifferenceHint *const *)b;

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return (int)one->cause - (int)other->cause;
}

GPtrArray *
tai_difference_find (const TaiShift *shift, GPtrArray *movements, guint limit)
{
  GPtrArray *hints = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_difference_hint_free);
  Difference difference = {shift, 0, shift->counted.currency};
  TaiMoney by = tai_shift_get_difference (shift);

  g_return_val_if_fail (movements != NULL, hints);
  difference.by = by.minor;
  for (guint cause = 0; by.minor != 0 && cause < TAI_N_CAUSES; cause++) {
    TaiDifferenceHint *hint = look_at (cause, &difference, movements);
    if (hint != NULL)
      g_ptr_array_add (hints, hint);
  }
  g_ptr_array_sort (hints, compare_hints);
  if (hints->len > limit)
    g_ptr_array_set_size (hints, (int)limit);
  return hints;
}
