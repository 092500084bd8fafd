/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding a difference. The table, cause by cause; and a thousand days of a hall, 60 to 200 movements each, into each of which one
 * mistake is put that changes what is in the drawer and nothing that is in the books: how often the record at which it happened stands
 * under one of the first five causes. TAI_DIFFERENCE_SEED repeats a day and prints it.
 */

#include "tai-cash-move.h"
#include "tai-difference.h"
#include "tai-till-report.h"

#define CNY(fen) tai_money (fen, TAI_CNY)
#define N_DAYS   1000
#define FIRST    5

/* One day: its books, and what the mistake did. */
typedef struct {
  GRand *chance;
  TaiShift shift;
  GPtrArray *movements;
  gint64 booked, real;        /* what is in the drawer: by the books, in truth */
  guint culprit;              /* position in the movements; G_MAXUINT: there is no record */
  TaiDifferenceCause missing; /* then the cause is what must be found */
  gint64 time_us;
} Day;

static gint64
draw (Day *day, gint64 from, gint64 to)
{
  return from + (gint64)g_rand_double_range (day->chance, 0, (double)(to - from + 1));
}

static TaiShiftMovement *
add (Day *day, TaiMovementKind kind, const char *event, gint64 drawer)
{
  TaiShiftMovement *one = tai_shift_movement_new (kind, day->time_us += draw (day, 20, 400) * G_USEC_PER_SEC);

  one->event = g_strdup (event);
  one->drawer = CNY (drawer);
  one->amount = CNY (drawer);
  day->booked += drawer;
  day->real += drawer;
  g_ptr_array_add (day->movements, one);
  return one;
}

/* What a hall sells: top-ups are round, bills are not, a new line is a handful of sums. */
static gint64
draw_amount (Day *day)
{
  static const gint64 top_ups[] = {1000,  2000,  3000,  3000,  5000,  5000,  5000,  10000, 10000, 10000,
                                   10000, 10000, 10000, 20000, 20000, 30000, 50000, 100,   500,   15000};
  static const gint64 lines[] = {12000, 7000, 17000, 22000, 12500, 5900};
  gint64 which = draw (day, 0, 99);

  if (which < 50)
    return top_ups[draw (day, 0, G_N_ELEMENTS (top_ups) - 1)];
  if (which < 88)
    return draw (day, 1800, 30000);
  return lines[draw (day, 0, G_N_ELEMENTS (lines) - 1)];
}

/* Notes that people hold out. */
static gint64
draw_received (Day *day, gint64 amount)
{
  static const gint64 up_to[] = {10000, 5000, 1000, 10000, 100, 20000};
  gint64 unit = up_to[draw (day, 0, G_N_ELEMENTS (up_to) - 1)];

  return draw (day, 0, 99) < 40 ? amount : (amount + unit - 1) / unit * unit;
}

static TaiShiftMovement *
sell (Day *day)
{
  gint64 amount = draw_amount (day), received = draw_received (day, amount);
  gboolean is_cash = draw (day, 0, 99) < 55;
  TaiShiftMovement *one =
      add (day, TAI_MOVEMENT_SALE, is_cash ? "cash_sale" : "qr_sale", is_cash ? amount : 0);

  one->tender = g_strdup (is_cash ? "cash" : draw (day, 0, 4) ? "qr" : "card");
  one->amount = CNY (amount);
  one->received = CNY (is_cash ? received : amount);
  one->change = CNY (is_cash ? received - amount : 0);
  return one;
}

static TaiShiftMovement *
refund (Day *day)
{
  gint64 amount = MIN (draw_amount (day), MAX (day->booked, 100));
  TaiShiftMovement *one = add (day, TAI_MOVEMENT_REFUND, "refund_cash", -amount);

  one->tender = g_strdup ("cash");
  one->received = CNY (-amount);
  one->change = CNY (0);
  return one;
}

static TaiShiftMovement *
drop (Day *day)
{
  gint64 sum = MAX (day->booked / 20000, 1) * 10000;

  return add (day, TAI_MOVEMENT_OTHER, TAI_CASH_DROP, -sum);
}

static TaiShiftMovement *
from_safe (Day *day)
{
  return add (day, TAI_MOVEMENT_OTHER, TAI_CASH_IN, draw (day, 1, 10) * 5000);
}

static TaiShiftMovement *
to_safe (Day *day)
{
  return add (day, TAI_MOVEMENT_OTHER, TAI_CASH_OUT, -draw (day, 1, 6) * 5000);
}

static TaiShiftMovement *
open_drawer (Day *day)
{
  TaiShiftMovement *one = add (day, TAI_MOVEMENT_NO_SALE, NULL, 0);

  one->amount = one->drawer = tai_money (0, 0);
  return one;
}

/* A day without a mistake, but for the places where one can be put: at least one of each kind. */
static void
live (Day *day)
{
  guint n = (guint)draw (day, 60, 200);

  day->shift.state = TAI_SHIFT_CLOSED;
  day->shift.float_amount = day->shift.opening_expected =
      CNY (draw (day, 3, 12) * 10000 + draw (day, 0, 99) * 50);
  add (day, TAI_MOVEMENT_OPENED, NULL, day->shift.float_amount.minor);
  for (guint i = 0; i < n; i++) {
    gint64 which = draw (day, 0, 999);
    if (which < 950)
      sell (day);
    else if (which < 968)
      refund (day);
    else if (which < 978)
      drop (day);
    else if (which < 985)
      from_safe (day);
    else if (which < 989)
      to_safe (day);
    else
      open_drawer (day);
  }
}

/* A record of that kind by chance. */
static guint
pick (Day *day, gboolean (*fits) (const TaiShiftMovement *one), TaiShiftMovement *(*make) (Day *day))
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < day->movements->len; i++)
    if (fits (g_ptr_array_index (day->movements, i)))
      g_array_append_val (all, i);
  if (all->len > 0)
    return g_array_index (all, guint, draw (day, 0, all->len - 1));
  make (day);
  return day->movements->len - 1;
}

static gboolean
is_cash (const TaiShiftMovement *one)
{
  return g_strcmp0 (one->event, "cash_sale") == 0;
}

static gboolean
is_qr (const TaiShiftMovement *one)
{
  return g_strcmp0 (one->event, "qr_sale") == 0;
}

static gboolean
has_change (const TaiShiftMovement *one)
{
  return is_cash (one) && one->change.minor >= 1000;
}

static gboolean
is_refund (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_REFUND;
}

static gboolean
is_drop (const TaiShiftMovement *one)
{
  return g_strcmp0 (one->event, TAI_CASH_DROP) == 0;
}

static gboolean
is_opened (const TaiShiftMovement *one)
{
  return one->kind == TAI_MOVEMENT_NO_SALE;
}

static gboolean
is_safe (const TaiShiftMovement *one)
{
  return g_strcmp0 (one->event, TAI_CASH_IN) == 0 || g_strcmp0 (one->event, TAI_CASH_OUT) == 0;
}

static TaiShiftMovement *
sell_cash (Day *day)
{
  for (;;) {
    TaiShiftMovement *one = sell (day);
    if (has_change (one))
      return one;
  }
}

static TaiShiftMovement *
sell_qr (Day *day)
{
  for (;;) {
    TaiShiftMovement *one = sell (day);
    if (is_qr (one))
      return one;
  }
}

/* Mistakes ------------------------------------------------------------------------------------------------------------- */

/* Booked as exact, as it is when nobody counts notes. */
static TaiShiftMovement *
culprit_of (Day *day, guint i)
{
  day->culprit = i;
  return g_ptr_array_index (day->movements, i);
}

static void
no_cash (Day *day)
{
  TaiShiftMovement *one = culprit_of (day, pick (day, is_cash, sell_cash));

  one->received = one->amount;
  one->change = CNY (0);
  day->real -= one->amount.minor;
}

static void
wrong_tender (Day *day)
{
  if (draw (day, 0, 1))
    no_cash (day);
  else
    day->real += culprit_of (day, pick (day, is_qr, sell_qr))->amount.minor;
}

/* A refund that is booked as a sale is one in the books; a walk to the safe in the other direction. */
static void
wrong_sign (Day *day)
{
  TaiShiftMovement *one =
      culprit_of (day, draw (day, 0, 1) ? pick (day, is_refund, refund) : pick (day, is_safe, from_safe));

  day->real -= 2 * one->drawer.minor;
}

/* What was said was @real, what was typed has two of its digits in each other's place. */
static gint64
swap (Day *day, gint64 typed)
{
  for (guint tries = 0; tries < 50; tries++) {
    gint64 place = 1, low, high;

    for (gint64 n = draw (day, 0, 5); n > 0 && place * 100 <= typed; n--)
      place *= 10;
    low = typed / place % 10;
    high = typed / place / 10 % 10;
    if (low != high && typed + (low - high) * 9 * place > 0)
      return typed + (low - high) * 9 * place;
  }
  return 0;
}

static void
swapped_digits (Day *day)
{
  for (;;) {
    TaiShiftMovement *one = culprit_of (day, pick (day, is_cash, sell_cash));
    gboolean in_received = one->change.minor > 0 && draw (day, 0, 3) == 0;
    gint64 typed = in_received ? one->received.minor : one->amount.minor;
    gint64 real = swap (day, typed);

    if (real == 0)
      continue;
    day->real += real - typed;
    return;
  }
}

static void
wrong_refund (Day *day)
{
  TaiShiftMovement *one = culprit_of (day, pick (day, is_refund, refund));

  day->real += draw (day, 0, 1) ? one->drawer.minor : -one->drawer.minor;
}

static void
opened_drawer (Day *day)
{
  static const gint64 sums[] = {10000, 10000, 5000, 20000, 2000, 30000, 50000, 100000, 15000, 1000};

  culprit_of (day, pick (day, is_opened, open_drawer));
  day->real -= sums[draw (day, 0, G_N_ELEMENTS (sums) - 1)];
}

/* A note too many or too few, or another note than it should have been, among those of the change. */
static void
wrong_change (Day *day)
{
  static const gint64 notes[] = {10000, 5000, 2000, 1000, 500, 100, 50, 10};
  TaiShiftMovement *one = culprit_of (day, pick (day, has_change, sell_cash));
  gint64 left = one->change.minor, kind = draw (day, 0, 3);
  g_autoptr (GArray) there = g_array_new (FALSE, FALSE, sizeof (guint));
  guint i;

  for (guint k = 0; k < G_N_ELEMENTS (notes); k++) {
    for (; left >= notes[k]; left -= notes[k])
      g_array_append_val (there, k);
  }
  i = g_array_index (there, guint, draw (day, 0, there->len - 1));
  if (kind == 0)
    day->real -= notes[i];
  else if (kind == 1)
    day->real += notes[i];
  else if (kind == 2 && i > 0)
    day->real += notes[i] - notes[i - 1];
  else
    day->real += notes[i] - (i + 1 < G_N_ELEMENTS (notes) ? notes[i + 1] : 0);
}

static void
wrong_drop (Day *day)
{
  gint64 kind = draw (day, 0, 2);
  TaiShiftMovement *one;

  if (kind == 0) { /* sealed, and nobody booked it */
    day->culprit = G_MAXUINT;
    day->missing = TAI_CAUSE_DROP_UNBOOKED;
    day->real -= draw (day, 1, 30) * 10000;
    return;
  }
  one = culprit_of (day, pick (day, is_drop, drop));
  if (kind == 1) { /* booked twice, under two numbers */
    TaiShiftMovement *again = add (day, TAI_MOVEMENT_OTHER, TAI_CASH_DROP, one->drawer.minor);
    day->real -= again->drawer.minor;
  } else /* a note more than was counted, or fewer */
    day->real += draw (day, 0, 1) ? 10000 : -10000;
}

static void
wrong_float (Day *day)
{
  gint64 kind = draw (day, 0, 2), typed = day->shift.float_amount.minor,
         real = kind == 0 ? swap (day, typed) : 0;

  day->culprit = 0;
  if (real == 0)
    real = typed + (draw (day, 0, 1) ? 1 : -1) * (draw (day, 0, 1) ? 5000 : 10000);
  day->real += real - typed;
  if (kind == 2) /* what the close before had counted was right */
    day->shift.opening_expected = CNY (real);
}

static const struct {
  const char *name;
  void (*make) (Day *day);
} mistakes[] = {
    {"a payment without its cash", no_cash},
    {"wrong tender", wrong_tender},
    {"wrong sign", wrong_sign},
    {"digits that changed places", swapped_digits},
    {"refund twice or kept", wrong_refund},
    {"drawer opened without a sale", opened_drawer},
    {"wrong change", wrong_change},
    {"bag not booked, twice or miscounted", wrong_drop},
    {"float counted wrong", wrong_float},
};

/* Found? --------------------------------------------------------------------------------------------------------------- */

static gboolean
is_found (const Day *day, GPtrArray *hints)
{
  for (guint i = 0; i < hints->len; i++) {
    const TaiDifferenceHint *hint = g_ptr_array_index (hints, i);

    if (day->culprit == G_MAXUINT && hint->cause == day->missing)
      return TRUE;
    for (guint k = 0; k < hint->records->len; k++)
      if (g_array_index (hint->records, guint, k) == day->culprit)
        return TRUE;
  }
  return FALSE;
}

/* How many records somebody looks at who goes through them in this order; 0: not found. */
static guint
count_looks (const Day *day, GPtrArray *hints)
{
  guint n = 0;

  for (guint i = 0; i < hints->len; i++) {
    const TaiDifferenceHint *hint = g_ptr_array_index (hints, i);

    n += hint->records->len == 0;
    if (day->culprit == G_MAXUINT && hint->cause == day->missing)
      return n;
    for (guint k = 0; k < hint->records->len; k++, n++)
      if (g_array_index (hint->records, guint, k) == day->culprit)
        return n + 1;
  }
  return 0;
}

static void
print_day (const Day *day, const char *mistake, GPtrArray *hints)
{
  g_test_message ("%s: %" G_GINT64_FORMAT " fen, at %u of %u", mistake,
                  day->shift.counted.minor - day->shift.expected.minor, day->culprit, day->movements->len);
  for (guint i = 0; i < hints->len; i++) {
    const TaiDifferenceHint *hint = g_ptr_array_index (hints, i);
    g_test_message ("  %s %" G_GINT64_FORMAT ": %u of %u records", tai_difference_cause_to_text (hint->cause),
                    hint->score, hint->records->len, hint->n_records);
  }
}

/* TRUE: found. *@looks: how many slips it took. */
static gboolean
try_day (guint32 seed, guint mistake, gboolean is_loud, guint *looks)
{
  Day day = {.chance = g_rand_new_with_seed (seed), .culprit = G_MAXUINT, .missing = TAI_N_CAUSES};
  g_autoptr (GPtrArray) hints = NULL;
  gboolean found;

  day.movements = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_movement_free);
  do {
    g_ptr_array_set_size (day.movements, 0);
    day.booked = day.real = 0;
    live (&day);
    mistakes[mistake].make (&day);
  } while (day.real == day.booked || day.real < 0);
  day.shift.counted = CNY (day.real);
  day.shift.expected = CNY (day.booked);
  add (&day, TAI_MOVEMENT_CLOSED, NULL, 0);
  hints = tai_difference_find (&day.shift, day.movements, FIRST);
  found = is_found (&day, hints);
  *looks = count_looks (&day, hints);
  if (is_loud)
    print_day (&day, mistakes[mistake].name, hints);
  g_ptr_array_unref (day.movements);
  g_rand_free (day.chance);
  return found;
}

static void
test_days (void)
{
  const char *seed = g_getenv ("TAI_DIFFERENCE_SEED");
  guint n[G_N_ELEMENTS (mistakes)] = {0}, found[G_N_ELEMENTS (mistakes)] = {0}, n_found = 0, n_quick = 0,
                       looks;
  guint64 n_looks = 0;

  if (seed != NULL) {
    guint32 one = (guint32)g_ascii_strtoull (seed, NULL, 10);
    try_day (one, one % G_N_ELEMENTS (mistakes), TRUE, &looks);
    return;
  }
  for (guint i = 0; i < N_DAYS; i++) {
    guint mistake = i % G_N_ELEMENTS (mistakes);
    gboolean is_found = try_day (i, mistake, FALSE, &looks);

    n[mistake]++;
    found[mistake] += is_found;
    n_found += is_found;
    n_quick += looks > 0 && looks <= FIRST;
    n_looks += looks;
  }
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    g_test_message ("%-40s %3u of %3u", mistakes[i].name, found[i], n[i]);
  g_test_message (
      "under the first %d causes: %u of %d; among the first %d records: %u; records looked at when found: %.1f",
      FIRST, n_found, N_DAYS, FIRST, n_quick, (double)n_looks / MAX (n_found, 1));
  g_assert_cmpuint (n_found, >=, N_DAYS * 90 / 100);
}

/* The table ------------------------------------------------------------------------------------------------------------ */

static TaiShiftMovement *
movement (TaiMovementKind kind, const char *event, gint64 drawer, gint64 amount, gint64 received)
{
  TaiShiftMovement *one = tai_shift_movement_new (kind, 0);

  one->event = g_strdup (event);
  one->drawer = CNY (drawer);
  one->amount = CNY (amount);
  one->received = CNY (received);
  one->change = CNY (received > amount && drawer > 0 ? received - amount : 0);
  return one;
}

/* One quiet shift; each record has sums of its own. */
static GPtrArray *
quiet_shift (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_shift_movement_free);

  g_ptr_array_add (list, movement (TAI_MOVEMENT_OPENED, NULL, 0, 50000, 0));
  g_ptr_array_add (list, movement (TAI_MOVEMENT_SALE, "cash_sale", 4570, 4570, 4570));
  g_ptr_array_add (list, movement (TAI_MOVEMENT_SALE, "cash_sale", 8100, 8100, 20000));
  g_ptr_array_add (list, movement (TAI_MOVEMENT_SALE, "qr_sale", 0, 7730, 7730));
  g_ptr_array_add (list, movement (TAI_MOVEMENT_REFUND, "refund_cash", -3310, -3310, -3310));
  g_ptr_array_add (list, movement (TAI_MOVEMENT_OTHER, TAI_CASH_DROP, -30000, -30000, 0));
  g_ptr_array_add (list, movement (TAI_MOVEMENT_OTHER, TAI_CASH_IN, 25000, 25000, 0));
  g_ptr_array_add (list, movement (TAI_MOVEMENT_CLOSED, NULL, 0, 0, 0));
  return list;
}

static void
test_causes (void)
{
  static const struct {
    gint64 by;
    TaiDifferenceCause cause;
    int record; /* -1: there is none */
  } cases[] = {
      {-4570, TAI_CAUSE_NO_CASH, 1},
      {7730, TAI_CAUSE_PAID_IN_CASH, 3},
      {-3310, TAI_CAUSE_REFUND_TWICE, 4},
      {3310, TAI_CAUSE_REFUND_KEPT, 4},
      {6620, TAI_CAUSE_WRONG_SIGN, 4},
      {-50000, TAI_CAUSE_WRONG_SIGN, 6},
      {30000, TAI_CAUSE_DROP, 5},
      {5400 - 4500, TAI_CAUSE_DIGITS, 1}, /* 54.70 was said, 45.70 typed */
      {-40000, TAI_CAUSE_DROP_UNBOOKED, -1},
      {11900, TAI_CAUSE_NO_CHANGE, 2},
      {-11900, TAI_CAUSE_NO_CHANGE, 2},
      {-5000, TAI_CAUSE_CHANGE, 2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) list = quiet_shift (), hints = NULL;
    TaiShift shift = {
        .state = TAI_SHIFT_CLOSED, .counted = CNY (100000 + cases[i].by), .expected = CNY (100000)};
    const TaiDifferenceHint *first;

    shift.float_amount = shift.opening_expected = CNY (50000);
    hints = tai_difference_find (&shift, list, FIRST);
    g_assert_cmpuint (hints->len, >, 0);
    first = g_ptr_array_index (hints, 0);
    g_assert_cmpstr (tai_difference_cause_to_text (first->cause), ==,
                     tai_difference_cause_to_text (cases[i].cause));
    g_assert_cmpuint (first->records->len, ==, cases[i].record < 0 ? 0 : 1);
    if (cases[i].record >= 0)
      g_assert_cmpint (g_array_index (first->records, guint, 0), ==, cases[i].record);
  }
}

/* An opening that was off by as much was a count that was wrong. */
static void
test_float (void)
{
  g_autoptr (GPtrArray) list = quiet_shift (), hints = NULL;
  TaiShift shift = {.state = TAI_SHIFT_CLOSED, .counted = CNY (98700), .expected = CNY (100000)};
  const TaiDifferenceHint *first;

  shift.float_amount = CNY (51300);
  shift.opening_expected = CNY (50000);
  hints = tai_difference_find (&shift, list, FIRST);
  first = g_ptr_array_index (hints, 0);
  g_assert_cmpint (first->cause, ==, TAI_CAUSE_FLOAT);
}

/* What was counted has its digits in each other's place. */
static void
test_count (void)
{
  g_autoptr (GPtrArray) list = quiet_shift (), hints = NULL;
  TaiShift shift = {.state = TAI_SHIFT_CLOSED, .counted = CNY (123450), .expected = CNY (132450)};
  const TaiDifferenceHint *first;

  shift.float_amount = shift.opening_expected = CNY (50000);
  hints = tai_difference_find (&shift, list, FIRST);
  first = g_ptr_array_index (hints, 0);
  g_assert_cmpint (first->cause, ==, TAI_CAUSE_COUNT);
  g_assert_cmpuint (g_array_index (first->records, guint, 0), ==, list->len - 1);
}

/* Of many that it could have been, the ten likeliest; and nothing when the drawer agrees, or is not counted. */
static void
test_limits (void)
{
  g_autoptr (GPtrArray) list = quiet_shift (), hints = NULL, none = NULL, open = NULL;
  TaiShift shift = {.state = TAI_SHIFT_CLOSED, .counted = CNY (90000), .expected = CNY (100000)};
  const TaiDifferenceHint *first;

  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (list, movement (TAI_MOVEMENT_SALE, "cash_sale", 10000, 10000, i < 20 ? 20000 : 10000));
  shift.float_amount = shift.opening_expected = CNY (50000);
  hints = tai_difference_find (&shift, list, 1);
  g_assert_cmpuint (hints->len, ==, 1);
  first = g_ptr_array_index (hints, 0);
  g_assert_cmpint (first->cause, ==, TAI_CAUSE_NO_CASH);
  g_assert_cmpuint (first->n_records, ==, 40);
  g_assert_cmpuint (first->records->len, ==, TAI_DIFFERENCE_RECORDS);
  g_assert_cmpuint (g_array_index (first->records, guint, 0), ==, 8 + 20); /* the exact ones first */
  shift.counted = shift.expected;
  none = tai_difference_find (&shift, list, FIRST);
  g_assert_cmpuint (none->len, ==, 0);
  shift = (TaiShift){.state = TAI_SHIFT_OPEN};
  open = tai_difference_find (&shift, list, FIRST);
  g_assert_cmpuint (open->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/difference/causes", test_causes);
  g_test_add_func ("/difference/float", test_float);
  g_test_add_func ("/difference/count", test_count);
  g_test_add_func ("/difference/limits", test_limits);
  g_test_add_func ("/difference/days", test_days);
  return g_test_run ();
}
