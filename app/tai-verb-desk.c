/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs about the terminal itself: what it can do, how it stands, who works here, its devices, its books. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-badge.h"
#include "tai-device-settings.h"
#include "tai-operation-words.h"
#include "tai-operation.h"
#include "tai-staff.h"

/* operations ------------------------------------------------------------------------------------------------------------ */

static const struct {
  TaiNeeds need;
  const char *id;
} needs[] = {
    {TAI_NEEDS_IDENTITY, "identity"},   {TAI_NEEDS_NUMBER, "number"}, {TAI_NEEDS_SIM, "sim"},
    {TAI_NEEDS_TARGET, "target"},       {TAI_NEEDS_AMOUNT, "amount"}, {TAI_NEEDS_PLAN, "plan"},
    {TAI_NEEDS_SIGNATURE, "signature"}, {TAI_NEEDS_COUPON, "coupon"}, {TAI_NEEDS_SALE, "sale"},
};

static TaiJson *
run_operations (TaiVerbCall *call, GError **error)
{
  TaiJson *result = tai_json_new_object ();
  TaiJson *list = tai_result_add_list (result, "operations");
  guint n;
  const TaiOperation *all = tai_operation_get_all (&n);

  for (guint i = 0; i < n; i++) {
    TaiJson *one = tai_result_append_object (list);
    TaiJson *asks;
    tai_result_add_text (one, "id", all[i].id);
    tai_result_add_text (one, "code", all[i].code);
    tai_result_add_text (one, "number", all[i].number);
    tai_result_add_text (one, "category", all[i].category);
    tai_result_add_text (one, "offline", tai_offline_rule_to_text (all[i].offline));
    tai_result_add_int (one, "minimumAge", all[i].minimum_age);
    asks = tai_result_add_list (one, "needs");
    for (guint j = 0; j < G_N_ELEMENTS (needs); j++)
      if (all[i].needs & needs[j].need)
        tai_json_append (asks, tai_json_new_string (needs[j].id));
  }
  return result;
}

static void
print_operations (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "operations");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    tai_result_print_cell (out, tai_result_text (one, "id"), 16);
    tai_result_print_cell (out, tai_result_text (one, "code"), 8);
    tai_result_print_cell (out, tai_operation_words_get_title (tai_result_text (one, "id")), 28);
    tai_result_print (out, _ ("off line: %s\n"), tai_word_rule (tai_result_text (one, "offline")));
  }
}

static const TaiVerb operations = {
    .name = "operations",
    .place = TAI_VERB_ALONE,
    .summary = N_ ("List the businesses, what they need, and what they do off line"),
    .run = run_operations,
    .print = print_operations,
};

/* staff ------------------------------------------------------------------------------------------------------------------ */

static TaiJson *
run_staff (TaiVerbCall *call, GError **error)
{
  g_autoptr (GPtrArray) staff =
      tai_visit_store_list_staff (TAI_VISIT_STORE (tai_terminal_host_get_store (call->host)), error);
  TaiJson *result, *list;

  if (staff == NULL)
    return NULL;
  result = tai_json_new_object ();
  list = tai_result_add_list (result, "staff");
  for (guint i = 0; i < staff->len; i++) {
    const TaiStaff *person = g_ptr_array_index (staff, i);
    TaiJson *one = tai_result_append_object (list);
    g_autofree char *badge = tai_badge_to_text (person->number);
    tai_result_add_text (one, "number", person->number);
    tai_result_add_text (one, "name", person->name);
    tai_result_add_text (one, "role", tai_role_to_text (person->role));
    tai_result_add_flag (one, "disabled", person->disabled);
    tai_result_add_flag (one, "codeDevice", person->code_record != NULL);
    if (badge != NULL)
      tai_result_add_text (one, "badge", badge);
  }
  return result;
}

static void
print_staff (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "staff");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    tai_result_print_cell (out, tai_result_text (one, "number"), 8);
    tai_result_print_cell (out, tai_result_text (one, "name"), 12);
    tai_result_print_cell (out, tai_result_text (one, "badge"), 24);
    tai_result_print (out, "%s%s%s\n", tai_result_text (one, "role"),
                      tai_result_flag (one, "codeDevice") ? _ (" + code device") : "",
                      tai_result_flag (one, "disabled") ? _ (" (may not work any more)") : "");
  }
}

static const TaiVerb staff = {
    .name = "staff",
    .place = TAI_VERB_READ,
    .summary = N_ ("List who may work here"),
    .run = run_staff,
    .print = print_staff,
};

/* devices ---------------------------------------------------------------------------------------------------------------- */

static TaiJson *
run_devices (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiDeviceSettings) settings = tai_device_settings_load (call->folder, error);
  TaiJson *result;

  if (settings == NULL)
    return NULL;
  result = tai_json_new_object ();
  for (TaiDeviceRole role = 0; role < TAI_N_DEVICE_ROLES; role++) {
    g_autofree char *text = tai_device_settings_get_text (settings, role);
    tai_result_add_text (result, tai_device_role_to_text (role), text);
  }
  return result;
}

static TaiJson *
run_devices_set (TaiVerbCall *call, GError **error)
{
  g_autoptr (TaiDeviceSettings) settings = tai_device_settings_load (call->folder, error);

  if (settings == NULL)
    return NULL;
  for (TaiDeviceRole role = 0; role < TAI_N_DEVICE_ROLES; role++) {
    const char *address = tai_verb_get_text (call, tai_device_role_to_text (role));
    if (address != NULL && !tai_device_settings_set (settings, role, address, error))
      return NULL;
  }
  if (!tai_device_settings_save (settings, call->folder, error))
    return NULL;
  tai_terminal_host_plug_in_card (call->host);
  return run_devices (call, error);
}

static void
print_devices (const TaiJson *result, GString *out)
{
  for (TaiDeviceRole role = 0; role < TAI_N_DEVICE_ROLES; role++) {
    const char *address = tai_result_text (result, tai_device_role_to_text (role));
    tai_result_print_cell (out, tai_device_role_to_text (role), 10);
    tai_result_print (out, "%s\n", *address != '\0' ? address : _ ("none"));
  }
}

static const TaiVerb devices = {
    .name = "devices",
    .place = TAI_VERB_READ,
    .summary = N_ ("Show the reader, the printers and the bank terminal of this terminal"),
    .run = run_devices,
    .print = print_devices,
};

static const TaiVerb devices_set = {
    .name = "devices set",
    .place = TAI_VERB_WRITE,
    .options =
        {{"reader", TAI_VALUE_TEXT, N_ ("ID reader: sdt:/dev/ttyUSB0")},
         {"receipt", TAI_VALUE_TEXT,
          N_ ("Receipt printer: tcp:HOST:9100, usb:/dev/usb/lp0, file:FOLDER; several with ; between")},
         {"form", TAI_VALUE_TEXT, N_ ("Form printer: ipp://HOST/…, file:FOLDER; several with ; between")},
         {"card", TAI_VALUE_TEXT, N_ ("Bank terminal: codepay:/dev/ttyUSB1")},
         {"display", TAI_VALUE_TEXT, N_ ("Customer display: screen:2, the number of the monitor")},
         {NULL}},
    .summary = N_ ("Choose the reader, the printers and the bank terminal of this terminal"),
    .run = run_devices_set,
    .print = print_devices,
};

/* verify ------------------------------------------------------------------------------------------------------------------ */

static TaiJson *
run_verify (TaiVerbCall *call, GError **error)
{
  g_auto (TaiStoreVerification) found = {0};
  gboolean full = tai_verb_get_flag (call, "full");
  g_autoptr (GError) local_error = NULL;
  TaiJson *result;
  gboolean good;

  good = tai_store_verify (tai_terminal_host_get_store (call->host),
                           full ? TAI_VERIFY_FULL : TAI_VERIFY_RECENT, &found, &local_error);
  result = tai_json_new_object ();
  tai_result_add_flag (result, "good", good);
  tai_result_add_flag (result, "full", full);
  tai_result_add_int (result, "firstSeq", found.first_seq);
  tai_result_add_int (result, "journal", found.n_journal);
  tai_result_add_int (result, "postingSets", found.n_posting_sets);
  tai_result_add_int (result, "orders", found.n_orders);
  tai_result_add_int (result, "messages", found.n_messages);
  tai_result_add_text (result, "problem", found.problem);
  if (!good)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return result;
}

static void
print_verify (const TaiJson *result, GString *out)
{
  tai_result_print (out, _ ("Journal: %lld entries from number %lld on checked\n"),
                    tai_result_int (result, "journal"), tai_result_int (result, "firstSeq"));
  if (tai_result_flag (result, "full"))
    tai_result_print (out, _ ("Books: %lld postings balance, %lld orders and %lld messages checked\n"),
                      tai_result_int (result, "postingSets"), tai_result_int (result, "orders"),
                      tai_result_int (result, "messages"));
  if (tai_result_flag (result, "good"))
    g_string_append (out, _ ("All is as it was written.\n"));
  else
    tai_result_print (out, _ ("WRONG: %s\n"), tai_result_text (result, "problem"));
}

static const TaiVerb verify = {
    .name = "verify",
    .place = TAI_VERB_READ,
    .options = {{"full", TAI_VALUE_FLAG, N_ ("The whole file, journal and books, not only what is new")},
                {NULL}},
    .summary = N_ ("Check the journal and the books"),
    .run = run_verify,
    .print = print_verify,
};

const TaiVerb *const tai_verbs_desk[] = {&operations, &staff, &devices, &devices_set, &verify, NULL};
