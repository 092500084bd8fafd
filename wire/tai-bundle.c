/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terminal and staff from HQ's JSON. A list with one fault is refused whole: nobody loses a right by half a list. */
#define G_LOG_DOMAIN "tai-wire"

#include "tai-bundle.h"

#include <string.h>

#include "tai-pin.h"
#include "tai-totp.h"

#define UTC_OFFSET_MAX_MIN (14 * 60)

static gboolean
take_text (const TaiJson *json, const char *name, char **field, GError **error)
{
  const char *text = tai_json_require_string (json, name, error);

  if (text == NULL)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

static gboolean
read_numbers (TaiTerminal *self, const TaiJson *json, GError **error)
{
  const char *currency = tai_json_require_string (json, "currency", error);
  gint64 offset_min;

  if (currency == NULL || !tai_currency_from_code (currency, &self->currency, error) ||
      !tai_json_require_int (json, "utcOffsetMinutes", &offset_min, error))
    return FALSE;
  if (ABS (offset_min) > UTC_OFFSET_MAX_MIN) {
    g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "utcOffsetMinutes: no such time zone");
    return FALSE;
  }
  self->utc_offset_min = (int)offset_min;
  return TRUE;
}

static gboolean
check_class (const char *klass, GError **error)
{
  static const char *const classes[] = {"production", "training", "demo", NULL};

  if (g_strv_contains (classes, klass))
    return TRUE;
  g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "class: unknown");
  return FALSE;
}

TaiTerminal *
tai_terminal_from_json (const TaiJson *json, GError **error)
{
  g_autoptr (TaiTerminal) self = tai_terminal_new ();
  const char *hotline = NULL;

  if (!take_text (json, "id", &self->id, error) || !take_text (json, "hall", &self->hall, error) ||
      !take_text (json, "desk", &self->desk, error) || !take_text (json, "outlet", &self->outlet, error) ||
      !take_text (json, "region", &self->region, error) || !take_text (json, "class", &self->klass, error) ||
      !take_text (json, "hallName", &self->hall_name, error) ||
      !take_text (json, "till", &self->till, error) ||
      !take_text (json, "language", &self->language, error) || !check_class (self->klass, error) ||
      !tai_json_optional_string (json, "hotline", &hotline, error) || !read_numbers (self, json, error))
    return NULL;
  g_free (self->hotline);
  self->hotline = g_strdup (hotline);
  return g_steal_pointer (&self);
}

static const struct {
  const char *text;
  TaiRight right;
} right_names[] = {
    {"sell", TAI_RIGHT_SELL},
    {"till", TAI_RIGHT_TILL},
    {"close_others", TAI_RIGHT_CLOSE_OTHERS},
    {"refund", TAI_RIGHT_REFUND},
    {"undo", TAI_RIGHT_UNDO},
    {"reprint", TAI_RIGHT_REPRINT},
    {"approve", TAI_RIGHT_APPROVE},
    {"report_own", TAI_RIGHT_REPORT_OWN},
    {"report_hall", TAI_RIGHT_REPORT_HALL},
    {"quarantine", TAI_RIGHT_QUARANTINE},
    {"audit", TAI_RIGHT_AUDIT},
    {"operate", TAI_RIGHT_OPERATE},
    {"recall", TAI_RIGHT_RECALL},
    {"report_region", TAI_RIGHT_REPORT_REGION},
};

/* A right that this program doesn't know gives nothing. */
static gboolean
read_rights (const TaiJson *list, TaiRight *rights, GError **error)
{
  *rights = 0;
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const char *text = tai_json_require_string (tai_json_get_element (list, i), "", error);

    if (text == NULL)
      return FALSE;
    for (guint n = 0; n < G_N_ELEMENTS (right_names); n++)
      if (strcmp (right_names[n].text, text) == 0)
        *rights |= right_names[n].right;
  }
  return TRUE;
}

static gboolean
check_code (const char *code, GError **error)
{
  g_auto (TaiTotp) totp = {0};

  return code == NULL || tai_totp_from_record (code, &totp, error);
}

TaiStaff *
tai_staff_from_json (const TaiJson *json, GError **error)
{
  const char *number = tai_json_require_string (json, "number", error);
  const char *name = number ? tai_json_require_string (json, "name", error) : NULL;
  const char *role_text = name ? tai_json_require_string (json, "role", error) : NULL;
  const char *pin = role_text ? tai_json_require_string (json, "pin", error) : NULL;
  const char *code = NULL;
  const TaiJson *rights = NULL;
  g_autoptr (TaiStaff) person = NULL;
  gboolean disabled = FALSE;
  TaiRole role;

  if (pin == NULL || !tai_role_from_text (role_text, &role, error) || !tai_pin_check_record (pin, error) ||
      !tai_json_optional_bool (json, "disabled", &disabled, error) ||
      !tai_json_optional_array (json, "rights", &rights, error) ||
      !tai_json_optional_string (json, "code", &code, error) || !check_code (code, error))
    return NULL;
  person = tai_staff_new (number, name, role, pin);
  person->disabled = disabled;
  person->code_record = g_strdup (code);
  if (rights != NULL && !read_rights (rights, &person->rights, error))
    return NULL;
  return g_steal_pointer (&person);
}

GPtrArray *
tai_staff_list_from_json (const TaiJson *list, GError **error)
{
  g_autoptr (GPtrArray) staff = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_staff_free);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  if (tai_json_require_array (list, "", error) == NULL)
    return NULL;
  for (guint i = 0; i < tai_json_get_length (list); i++) {
    TaiStaff *person = tai_staff_from_json (tai_json_get_element (list, i), error);

    if (person == NULL) {
      tai_json_error_within (error, "staff", i);
      return NULL;
    }
    g_ptr_array_add (staff, person);
    if (!g_hash_table_add (numbers, person->number)) {
      g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, "staff[%u].number: twice", i);
      return NULL;
    }
  }
  return g_steal_pointer (&staff);
}
