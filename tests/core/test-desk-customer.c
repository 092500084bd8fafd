/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The customer at the desk: with which document he may be served, what he ticks himself, and that his signature stands for what
 * he saw and for nothing else.
 */
#include "tai-desk-rig.h"

static TaiDeskRig *
rig_at_work (void)
{
  TaiDeskRig *rig = tai_desk_rig_new ();

  tai_desk_rig_start_day (rig);
  return rig;
}

static TaiOrder *
add_order (TaiDeskRig *rig, TaiVisit *visit, const char *operation)
{
  TaiOrder *order;

  MUST (order = tai_desk_add_order (rig->desk, visit, operation, &E));
  return order;
}

static TaiOrderItem *
add_offering (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, const char *id)
{
  TaiOrderItem *item;

  MUST (item = tai_desk_add_offering (rig->desk, visit, order, id, 1, NONE, &E));
  return item;
}

/* Identity ---------------------------------------------------------------------------------------------------------- */

static void
refuse_identity (TaiDeskRig *rig, TaiVisit *visit, TaiIdentity *identity, TaiCoreError code)
{
  REFUSED (code, tai_desk_identify (rig->desk, visit, identity, &E));
}

static void
test_identity_refused (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiIdentity *identity = tai_desk_rig_identity (1);

  identity->valid_until = (TaiDate){2026, 11, 21};
  refuse_identity (rig, visit, identity, TAI_CORE_ERROR_ID_EXPIRED);
  identity = tai_desk_rig_identity (1);
  identity->number[17] = identity->number[17] == '1' ? '2' : '1';
  refuse_identity (rig, visit, identity, TAI_CORE_ERROR_ID_CHECK_DIGIT);
  identity = tai_desk_rig_identity (1);
  identity->number[3] = 'A';
  refuse_identity (rig, visit, identity, TAI_CORE_ERROR_ID_SYNTAX);
  identity = tai_desk_rig_identity (1);
  identity->valid_from = (TaiDate){2026, 11, 23};
  refuse_identity (rig, visit, identity, TAI_CORE_ERROR_ID_DATE);
  g_assert_null (tai_visit_get_identity (visit));
  /* Its last day still counts. */
  identity = tai_desk_rig_identity (1);
  identity->valid_until = (TaiDate){2026, 11, 22};
  MUST (tai_desk_identify (rig->desk, visit, identity, &E));
  /* A refused second document leaves the first. */
  identity = tai_desk_rig_identity (2);
  identity->valid_until = (TaiDate){2026, 11, 21};
  refuse_identity (rig, visit, identity, TAI_CORE_ERROR_ID_EXPIRED);
  g_assert_cmpint (tai_visit_get_identity (visit)->valid_until.day, ==, 22);
}

static TaiIdentity *
make_minor (void)
{
  TaiIdentity *identity = tai_desk_rig_identity (1);

  identity->birth = (TaiDate){2010, 11, 23}; /* sixteen tomorrow */
  return identity;
}

static void
test_minor (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) after = tai_desk_rig_begin (rig), before = tai_desk_rig_begin (rig);

  add_order (rig, before, "new_line");
  refuse_identity (rig, before, make_minor (), TAI_CORE_ERROR_ID_MINOR);
  MUST (tai_desk_identify (rig->desk, after, make_minor (), &E));
  REFUSED (TAI_CORE_ERROR_ID_MINOR, tai_desk_add_order (rig->desk, after, "new_line", &E));
  add_order (rig, after, "suspend"); /* his own line he may suspend */
  tai_fake_clock_advance (rig->clock, 24 * 3600 * 1000);
  add_order (rig, after, "new_line");
}

/* A document that runs out while the visit is open. */
static void
test_expires_meanwhile (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiIdentity *identity = tai_desk_rig_identity (0);

  identity->valid_until = (TaiDate){2026, 11, 22};
  MUST (tai_desk_identify (rig->desk, visit, identity, &E));
  tai_desk_rig_add_new_line (rig, visit, 0);
  MUST (tai_desk_sign (rig->desk, visit, &E));
  tai_fake_clock_advance (rig->clock, 24 * 3600 * 1000);
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_ID_EXPIRED, 0);
}

/* 禁止人工录入居民身份证信息: typing can search, never open a line. */
static void
test_typed (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiIdentity *identity = tai_desk_rig_identity (0);

  identity->source = TAI_IDENTITY_TYPED;
  MUST (tai_desk_identify (rig->desk, visit, identity, &E));
  tai_desk_rig_add_new_line (rig, visit, 0);
  MUST (tai_desk_sign (rig->desk, visit, &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_ID_REQUIRED, 0);
  REFUSED (TAI_CORE_ERROR_ID_REQUIRED, tai_desk_place (rig->desk, visit, &E));
  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (0), &E)); /* now the card itself */
  tai_desk_rig_assert_obstacles (rig, visit, 0);
}

static void
test_emulated (void)
{
  static const char *const strict[] = {"production", "", "Demo", NULL};

  for (guint i = 0; i < G_N_ELEMENTS (strict); i++) {
    g_autoptr (TaiDeskRig) rig = tai_desk_rig_new_of_class (strict[i]);
    g_autoptr (TaiVisit) visit = NULL;
    g_autofree char *record = NULL;
    TaiIdentity *real = tai_desk_rig_identity (1);

    tai_desk_rig_start_day (rig);
    visit = tai_desk_rig_begin (rig);
    refuse_identity (rig, visit, tai_desk_rig_identity (1), TAI_CORE_ERROR_CLASS);
    g_assert_null (tai_visit_get_identity (visit));
    record = tai_desk_rig_last_journal (rig);
    g_assert_nonnull (strstr (record, "kind=emulated_reader_refused\n"));
    g_assert_nonnull (strstr (record, "staff=" RIG_CLERK "\n"));
    real->source = TAI_IDENTITY_READ;
    MUST (tai_desk_identify (rig->desk, visit, real, &E));
  }
  for (guint i = 0; i < 2; i++) {
    g_autoptr (TaiDeskRig) rig = tai_desk_rig_new_of_class (i ? "training" : "demo");
    g_autoptr (TaiVisit) visit = NULL;

    tai_desk_rig_start_day (rig);
    visit = tai_desk_rig_begin (rig);
    MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (1), &E));
  }
}

/* Signature and consent ---------------------------------------------------------------------------------------------- */

/* Nothing is ticked before the customer did it, and each service asks for itself. */
static void
test_nothing_pre_ticked (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);
  TaiOrderItem *service = add_offering (rig, visit, order, "vas-caller");
  TaiOrderItem *again;
  static const TaiDigest none;

  g_assert_true (service->consent_needed);
  g_assert_false (service->consent_given);
  g_assert_false (order->signed_);
  g_assert_cmpint (memcmp (&service->terms_hash, &none, sizeof none), !=, 0);
  g_assert_false (tai_order_find_item (order, TAI_OFFERING_PLAN)->consent_needed);
  REFUSED (TAI_CORE_ERROR_OFFERING_UNKNOWN, tai_desk_give_consent (rig->desk, visit, order, "plan-59", &E));
  REFUSED (TAI_CORE_ERROR_OFFERING_UNKNOWN, tai_desk_give_consent (rig->desk, visit, order, "vas-none", &E));
  MUST (tai_desk_give_consent (rig->desk, visit, order, "vas-caller", &E));
  g_assert_cmpint (service->consent_time_us, ==, tai_clock_now (TAI_CLOCK (rig->clock)));
  /* He changes his mind; taken out and put in again it asks again. */
  MUST (tai_desk_remove_offering (rig->desk, visit, order, service, &E));
  again = add_offering (rig, visit, order, "vas-caller");
  g_assert_false (again->consent_given);
}

typedef gboolean (*Change) (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, GError **error);

static gboolean
change_person (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, GError **error)
{
  return tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (9), error);
}

static gboolean
change_number (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, GError **error)
{
  return tai_desk_choose_number (rig->desk, visit, order, tai_desk_rig_msisdn (9), error);
}

static gboolean
change_sim (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, GError **error)
{
  return tai_desk_choose_sim (rig->desk, visit, order, tai_desk_rig_iccid (9), error);
}

static gboolean
change_line (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, GError **error)
{
  return tai_desk_add_offering (rig->desk, visit, order, "prepay-100", 1, NONE, error) != NULL;
}

static gboolean
change_less (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, GError **error)
{
  return tai_desk_remove_offering (rig->desk, visit, order, tai_order_find_item (order, TAI_OFFERING_SIM),
                                   error);
}

static gboolean
change_order (TaiDeskRig *rig, TaiVisit *visit, TaiOrder *order, GError **error)
{
  tai_desk_rig_add_top_up (rig, visit, 1000);
  return TRUE;
}

static void
test_signature_withdrawn (void)
{
  static const Change changes[] = {change_person, change_number, change_sim,
                                   change_line,   change_less,   change_order};
  g_autoptr (TaiDeskRig) rig = rig_at_work ();

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
    TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);

    MUST (tai_desk_sign (rig->desk, visit, &E));
    MUST (
        tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (0), &E)); /* the same card: nothing new */
    MUST (tai_desk_choose_number (rig->desk, visit, order, tai_desk_rig_msisdn (0), &E));
    g_assert_true (order->signed_);
    MUST (changes[i](rig, visit, order, &E));
    REFUSED (TAI_CORE_ERROR_SIGNATURE_REQUIRED, tai_desk_place (rig->desk, visit, &E));
    tai_desk_rig_place (rig, visit);
    MUST (tai_desk_abandon (rig->desk, visit, &E));
  }
}

/* The yes of one customer is not the next one's. */
static void
test_other_person_other_consent (void)
{
  g_autoptr (TaiDeskRig) rig = rig_at_work ();
  g_autoptr (TaiVisit) visit = tai_desk_rig_begin (rig);
  TaiOrder *order = tai_desk_rig_add_new_line (rig, visit, 0);

  add_offering (rig, visit, order, "vas-caller");
  MUST (tai_desk_give_consent (rig->desk, visit, order, "vas-caller", &E));
  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (0), &E));
  MUST (tai_desk_sign (rig->desk, visit, &E));
  tai_desk_rig_assert_obstacles (rig, visit, 0);
  MUST (tai_desk_identify (rig->desk, visit, tai_desk_rig_identity (1), &E));
  tai_desk_rig_assert_obstacles (rig, visit, TAI_CORE_ERROR_CONSENT_MISSING,
                                 TAI_CORE_ERROR_SIGNATURE_REQUIRED, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/customer/identity/refused", test_identity_refused);
  g_test_add_func ("/desk/customer/identity/minor", test_minor);
  g_test_add_func ("/desk/customer/identity/expires-meanwhile", test_expires_meanwhile);
  g_test_add_func ("/desk/customer/identity/typed", test_typed);
  g_test_add_func ("/desk/customer/identity/emulated", test_emulated);
  g_test_add_func ("/desk/customer/nothing-pre-ticked", test_nothing_pre_ticked);
  g_test_add_func ("/desk/customer/signature-withdrawn", test_signature_withdrawn);
  g_test_add_func ("/desk/customer/other-person-other-consent", test_other_person_other_consent);
  return g_test_run ();
}
