/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hundreds of visits by chance from seeds that stand here: whatever is sold, abandoned, refused by HQ, reprinted, counted or
 * interrupted by a failing disk, the drawer is the float and the cash, every set balances and no number is missing.
 */
#include "tai-desk-rig.h"

#define VISITS_A_SEED 120

/* What the test itself knows; the desk must agree. */
typedef struct {
  TaiDeskRig *rig;
  GRand *chance;
  GPtrArray *orders;   /* (owned) (element-type utf8) paid */
  GPtrArray *receipts; /* (owned) (element-type utf8) */
  gint64 drawer;       /* what lies in it */
  guint next_stock;
  guint n_paid, n_abandoned, n_failed;
} World;

static guint
draw (World *self, guint below)
{
  return (guint)g_rand_int_range (self->chance, 0, (gint32)below);
}

static void
add_orders (World *self, TaiVisit *visit)
{
  guint n = 1 + draw (self, 4);

  for (guint i = 0; i < n; i++) {
    TaiOrder *order;

    if (draw (self, 4) == 0 && self->next_stock < RIG_STOCK) {
      order = tai_desk_rig_add_new_line (self->rig, visit, self->next_stock);
      if (draw (self, 2))
        MUST (tai_desk_add_offering (self->rig->desk, visit, order, "prepay-100", 1, NONE, &E));
      self->next_stock++;
    } else {
      tai_desk_rig_add_top_up (self->rig, visit, 100 + draw (self, 499901));
    }
  }
  if (n > 1 && draw (self, 5) == 0)
    MUST (tai_desk_remove_order (self->rig->desk, visit, tai_visit_get_order (visit, draw (self, n)), &E));
}

/* One in four payments meets a disk error somewhere; then he tries again. */
static void
pay (World *self, TaiVisit *visit)
{
  TaiMoney total = tai_visit_get_total (visit), change;
  TaiMoney received = CNY (total.minor + (draw (self, 2) ? 0 : draw (self, 100000)));
  gboolean good = FALSE;

  if (draw (self, 4) == 0)
    self->rig->steps_left = (gint)draw (self, 120);
  while (!good) {
    g_autoptr (GError) error = NULL;

    good = tai_desk_pay_cash (self->rig->desk, visit, received, &change, &error);
    self->n_failed += !good;
    g_assert_cmpint (tai_visit_get_total (visit).minor, ==, total.minor);
  }
  self->rig->steps_left = -1;
  g_assert_cmpint (change.minor, ==, received.minor - total.minor);
  self->drawer += total.minor;
  self->n_paid++;
  g_ptr_array_add (self->receipts, g_strdup (tai_visit_get_receipt_number (visit)));
  for (guint i = 0; i < tai_visit_get_n_orders (visit); i++)
    g_ptr_array_add (self->orders, g_strdup (tai_visit_get_order (visit, i)->id.text));
}

static void
serve (World *self)
{
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (self->rig);

  add_orders (self, visit);
  if (draw (self, 8) > 0) {
    tai_desk_rig_place (self->rig, visit);
    if (draw (self, 8) > 0) {
      pay (self, visit);
      return;
    }
  }
  MUST (tai_desk_abandon (self->rig->desk, visit, &E));
  self->n_abandoned++;
}

/* Any news about any order. */
static void
hear (World *self)
{
  static const TaiOrderState news[] = {TAI_ORDER_ACKNOWLEDGED, TAI_ORDER_IN_PROGRESS, TAI_ORDER_HELD,
                                       TAI_ORDER_COMPLETED,    TAI_ORDER_REJECTED,    TAI_ORDER_FAILED,
                                       TAI_ORDER_CANCELLED,    TAI_ORDER_PARTIAL,     TAI_ORDER_PENDING};

  if (self->orders->len > 0)
    MUST (tai_desk_apply_order_state (self->rig->desk,
                                      g_ptr_array_index (self->orders, draw (self, self->orders->len)),
                                      news[draw (self, G_N_ELEMENTS (news))], "chance", &E));
}

static void
reprint (World *self)
{
  gint32 copy;

  if (draw (self, 2) == 0)
    tai_desk_rig_print (self->rig);
  if (self->receipts->len > 0)
    MUST (tai_desk_reprint (self->rig->desk,
                            g_ptr_array_index (self->receipts, draw (self, self->receipts->len)), &copy, &E));
}

/* The count is off by up to 5.00, and so is the next opening. */
static void
change_shift (World *self)
{
  g_autoptr (TaiTillReport) report = NULL;
  gint64 expected = self->drawer;

  self->drawer += (gint64)draw (self, 1001) - 500;
  MUST (report = tai_desk_close_till (self->rig->desk, CNY (self->drawer), &E));
  g_assert_cmpint (report->drawer_expected.minor, ==, expected);
  tai_fake_clock_advance (self->rig->clock, (gint64)draw (self, 86400) * 1000);
  if (draw (self, 3) == 0) {
    tai_desk_rig_restart (self->rig);
    tai_desk_rig_sign_in (self->rig, RIG_CLERK);
  }
  hear (self);
  self->drawer += (gint64)draw (self, 1001) - 500;
  MUST (tai_desk_open_till (self->rig->desk, CNY (self->drawer), &E));
}

static void
assert_world (World *self)
{
  TaiDeskRig *rig = self->rig;

  g_assert_cmpint (tai_desk_rig_drawer (rig), ==, self->drawer);
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT coalesce (sum (amount_minor), 0) FROM posting"), ==, 0);
  /* Money once taken for what HQ refused is owed, to the fen. */
  g_assert_cmpint (
      tai_desk_rig_number (
          rig, "SELECT coalesce (-sum (amount_minor), 0) FROM posting WHERE account = 'refund_due'"),
      ==,
      tai_desk_rig_number (
          rig, "SELECT coalesce (sum (today_minor), 0) FROM customer_order WHERE receipt_number IS "
               "NOT NULL AND state IN ('rejected', 'failed', 'cancelled')"));
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (DISTINCT receipt_number) FROM customer_order"),
                   ==, self->n_paid);
  /* Stock is used by paid orders and by nothing else. */
  g_assert_cmpint (tai_desk_rig_number (rig, "SELECT count (*) FROM resource WHERE state = 'held'"), ==, 0);
  tai_desk_rig_assert_sound (rig);
}

static void
test_world (gconstpointer data)
{
  World world = {.chance = g_rand_new_with_seed (GPOINTER_TO_UINT (data))};

  world.rig = tai_desk_rig_new ();
  world.orders = g_ptr_array_new_with_free_func (g_free);
  world.receipts = g_ptr_array_new_with_free_func (g_free);
  tai_desk_rig_start_day (world.rig);
  world.drawer = RIG_FLOAT;
  for (guint i = 0; i < VISITS_A_SEED; i++) {
    serve (&world);
    tai_fake_clock_advance (world.rig->clock, (gint64)draw (&world, 600) * 1000);
    for (guint n = draw (&world, 3); n > 0; n--)
      hear (&world);
    if (draw (&world, 10) == 0)
      reprint (&world);
    if (draw (&world, 15) == 0)
      change_shift (&world);
    if (i % 20 == 0)
      assert_world (&world);
  }
  assert_world (&world);
  g_test_message ("%u paid, %u abandoned, %u disk errors", world.n_paid, world.n_abandoned, world.n_failed);
  g_assert_cmpuint (world.n_paid, >, VISITS_A_SEED / 2);
  g_assert_cmpuint (world.n_abandoned, >, 0);
  g_assert_cmpuint (world.n_failed, >, 0);
  g_rand_free (world.chance);
  g_ptr_array_unref (world.orders);
  g_ptr_array_unref (world.receipts);
  tai_desk_rig_free (world.rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint seed = 1; seed <= 4; seed++) {
    g_autofree char *path = g_strdup_printf ("/desk/properties/%u", seed);
    g_test_add_data_func (path, GUINT_TO_POINTER (seed), test_world);
  }
  return g_test_run ();
}
