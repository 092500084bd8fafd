/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of devices, and the file that keeps them. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-device-settings.h"

#include <string.h>

#include "tai-escpos-printer.h"
#include "tai-file-stream.h"
#include "tai-folder-printer.h"
#include "tai-ipp-printer.h"
#include "tai-json.h"
#include "tai-sdt-reader.h"
#include "tai-serial-stream.h"
#include "tai-tcp-stream.h"

#define READER_BAUD     115200
#define PRINTER_BAUD    115200
#define PRINTER_PORT    9100
#define TERMINAL_BAUD   115200
#define DEFAULT_PROFILE "80mm"
#define DEFAULT_APP     "guitai"

struct _TaiDeviceSettings {
  char **addresses[TAI_N_DEVICE_ROLES]; /* (owned) (nullable) never an empty list */
};

const char *
tai_device_role_to_text (TaiDeviceRole role)
{
  static const char *const texts[TAI_N_DEVICE_ROLES] = {"reader", "receipt", "form", "card", "display"};

  g_return_val_if_fail (role < TAI_N_DEVICE_ROLES, NULL);
  return texts[role];
}

/* The file ---------------------------------------------------------------------------------------------------------------- */

void
tai_device_settings_free (TaiDeviceSettings *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < TAI_N_DEVICE_ROLES; i++)
    g_strfreev (self->addresses[i]);
  g_free (self);
}

/* A text, or a list of texts; *@addresses NULL: none. */
static gboolean
read_addresses (const TaiJson *json, const char *role, char ***addresses, GError **error)
{
  const TaiJson *list = tai_json_get (json, role);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean is_list = list != NULL && tai_json_get_kind (list) == TAI_JSON_ARRAY;

  if (list == NULL)
    return TRUE;
  for (guint i = 0; i < (is_list ? tai_json_get_length (list) : 1); i++) {
    g_autofree char *path = is_list ? g_strdup_printf ("%s.%u", role, i) : g_strdup (role);
    const char *one = tai_json_require_string (json, path, error);
    if (one == NULL)
      return FALSE;
    g_strv_builder_add (builder, one);
  }
  *addresses = g_strv_builder_end (builder);
  if (**addresses == NULL)
    g_clear_pointer (addresses, g_strfreev);
  return TRUE;
}

TaiDeviceSettings *
tai_device_settings_load (TaiStateFolder *folder, GError **error)
{
  g_autoptr (TaiDeviceSettings) self = g_new0 (TaiDeviceSettings, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (TaiJson) json = NULL;

  if (!tai_state_folder_has (folder, TAI_STATE_DEVICES))
    return g_steal_pointer (&self);
  bytes = tai_state_folder_read (folder, TAI_STATE_DEVICES, error);
  if (bytes == NULL)
    return NULL;
  json = tai_json_parse (g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL, error);
  if (json == NULL) {
    g_prefix_error_literal (error, TAI_STATE_DEVICES ": ");
    return NULL;
  }
  for (TaiDeviceRole role = 0; role < TAI_N_DEVICE_ROLES; role++)
    if (!read_addresses (json, tai_device_role_to_text (role), &self->addresses[role], error))
      return NULL;
  return g_steal_pointer (&self);
}

/* One stands as a text, several as a list. */
static TaiJson *
write_addresses (char **addresses)
{
  TaiJson *list;

  if (addresses[1] == NULL)
    return tai_json_new_string (addresses[0]);
  list = tai_json_new_array ();
  for (guint i = 0; addresses[i] != NULL; i++)
    tai_json_append (list, tai_json_new_string (addresses[i]));
  return list;
}

gboolean
tai_device_settings_save (TaiDeviceSettings *self, TaiStateFolder *folder, GError **error)
{
  g_autoptr (TaiJson) json = tai_json_new_object ();
  g_autofree char *text = NULL;

  for (TaiDeviceRole role = 0; role < TAI_N_DEVICE_ROLES; role++)
    if (self->addresses[role] != NULL)
      tai_json_set (json, tai_device_role_to_text (role), write_addresses (self->addresses[role]));
  text = tai_json_to_text (json);
  return tai_state_folder_write (folder, TAI_STATE_DEVICES, text, -1, error);
}

const char *
tai_device_settings_get (const TaiDeviceSettings *self, TaiDeviceRole role)
{
  g_return_val_if_fail (self != NULL && role < TAI_N_DEVICE_ROLES, NULL);
  return self->addresses[role] != NULL ? self->addresses[role][0] : NULL;
}

const char *const *
tai_device_settings_get_all (const TaiDeviceSettings *self, TaiDeviceRole role)
{
  g_return_val_if_fail (self != NULL && role < TAI_N_DEVICE_ROLES, NULL);
  return (const char *const *)self->addresses[role];
}

char *
tai_device_settings_get_text (const TaiDeviceSettings *self, TaiDeviceRole role)
{
  g_return_val_if_fail (self != NULL && role < TAI_N_DEVICE_ROLES, NULL);
  return self->addresses[role] != NULL ? g_strjoinv (";", self->addresses[role]) : NULL;
}

char **
tai_device_split (const char *addresses)
{
  g_auto (GStrv) parts = g_strsplit (addresses, ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  return g_strv_builder_end (builder);
}

/* Addresses -------------------------------------------------------------------------------------------------------------- */

/* What stands behind "kind:", or NULL. */
static const char *
rest_of (const char *address, const char *kind)
{
  const char *rest = g_str_has_prefix (address, kind) ? address + strlen (kind) : NULL;

  return rest != NULL && *rest != '\0' ? rest : NULL;
}

TaiIdReader *
tai_device_open_reader (const char *address, TaiClock *clock, GError **error)
{
  const char *path = address != NULL ? rest_of (address, "sdt:") : NULL;
  g_autoptr (TaiSerialStream) line = NULL;

  if (path == NULL) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_READER, "\"%s\"", address != NULL ? address : "");
    return NULL;
  }
  line = tai_serial_stream_new (path, READER_BAUD);
  return TAI_ID_READER (tai_sdt_reader_new (TAI_STREAM (line), clock));
}

/* "HOST", "HOST:PORT", "[::1]:PORT" */
static TaiStream *
open_tcp (const char *rest)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse (rest, PRINTER_PORT, NULL);

  if (address == NULL)
    return NULL;
  return TAI_STREAM (tai_tcp_stream_new (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)),
                                         g_network_address_get_port (G_NETWORK_ADDRESS (address)),
                                         TAI_PRINT_BUDGET_RECEIPT.connect_ms));
}

/* "PATH" or "PATH@BAUD" */
static TaiStream *
open_serial (const char *rest)
{
  const char *at = strrchr (rest, '@');
  guint64 baud = PRINTER_BAUD;
  g_autofree char *path = at != NULL ? g_strndup (rest, (gsize)(at - rest)) : g_strdup (rest);

  if (at != NULL && !g_ascii_string_to_unsigned (at + 1, 10, 1200, 230400, &baud, NULL))
    return NULL;
  return TAI_STREAM (tai_serial_stream_new (path, (guint)baud));
}

/* What is said of the drawer behind an address. */
static const struct {
  const char *word;
  gboolean is_there;
  TaiDrawerSensor sensor;
} drawer_words[] = {{"drawer-high", TRUE, TAI_DRAWER_SENSOR_HIGH},
                    {"drawer-low", TRUE, TAI_DRAWER_SENSOR_LOW},
                    {"no-drawer", FALSE, TAI_DRAWER_SENSOR_NONE}};

typedef struct {
  const TaiEscposProfile *profile;
  gboolean has_drawer;
  TaiDrawerSensor sensor;
} Extras;

/* FALSE: @word is no word of ours; a file name may hold a comma. */
static gboolean
take_extra (const char *word, Extras *extras)
{
  const TaiEscposProfile *profile = tai_escpos_profile_find (word);

  if (profile != NULL)
    extras->profile = profile;
  for (guint i = 0; i < G_N_ELEMENTS (drawer_words); i++)
    if (strcmp (word, drawer_words[i].word) == 0) {
      extras->has_drawer = drawer_words[i].is_there;
      extras->sensor = drawer_words[i].sensor;
      return TRUE;
    }
  return profile != NULL;
}

/* Cuts them off @address, whichever come first. */
static Extras
take_extras (char *address)
{
  Extras extras = {tai_escpos_profile_find (DEFAULT_PROFILE), TRUE, TAI_DRAWER_SENSOR_NONE};
  char *comma;

  while ((comma = strrchr (address, ',')) != NULL && take_extra (comma + 1, &extras))
    *comma = '\0';
  return extras;
}

void
tai_device_strip (char *address)
{
  take_extras (address);
}

const char *
tai_device_find_drawer (const char *const *receipt_printers, gboolean *has_switch)
{
  *has_switch = FALSE;
  for (guint i = 0; receipt_printers != NULL && receipt_printers[i] != NULL; i++) {
    g_autofree char *plain = g_strdup (receipt_printers[i]);
    Extras extras = take_extras (plain);

    if (!extras.has_drawer || (rest_of (plain, "tcp:") == NULL && rest_of (plain, "usb:") == NULL &&
                               rest_of (plain, "serial:") == NULL))
      continue;
    *has_switch = extras.sensor != TAI_DRAWER_SENSOR_NONE;
    return receipt_printers[i];
  }
  return NULL;
}

TaiPrinter *
tai_device_open_printer (const char *address, TaiClock *clock, GError **error)
{
  g_autofree char *plain = g_strdup (address != NULL ? address : "");
  Extras extras = take_extras (plain);
  TaiEscposProfile profile = *extras.profile;
  g_autoptr (TaiStream) line = NULL;
  const char *rest;

  if (g_str_has_prefix (plain, "ipp://") || g_str_has_prefix (plain, "ipps://"))
    return tai_ipp_printer_new (plain, TAI_PRINT_BUDGET_FORM, clock, error);
  if ((rest = rest_of (plain, "file:")) != NULL)
    return tai_folder_printer_new (rest, extras.profile, error);
  if ((rest = rest_of (plain, "tcp:")) != NULL)
    line = open_tcp (rest);
  else if ((rest = rest_of (plain, "usb:")) != NULL)
    line = TAI_STREAM (tai_file_stream_new (rest, TAI_FILE_DEVICE));
  else if ((rest = rest_of (plain, "serial:")) != NULL)
    line = open_serial (rest);
  profile.drawer_sensor = extras.sensor;
  if (line != NULL)
    return tai_escpos_printer_new (line, &profile, TAI_PRINT_BUDGET_RECEIPT, clock, error);
  g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_PRINTER, "\"%s\"", plain);
  return NULL;
}

TaiCodepayTerminal *
tai_device_open_card_terminal (const char *address, TaiClock *clock, GError **error)
{
  const char *rest = address != NULL ? rest_of (address, "codepay:") : NULL;
  const char *comma = rest != NULL ? strrchr (rest, ',') : NULL;
  g_autofree char *path = comma != NULL ? g_strndup (rest, (gsize)(comma - rest)) : g_strdup (rest);
  g_autoptr (TaiSerialStream) line = NULL;

  if (rest == NULL || path[0] == '\0' || (comma != NULL && comma[1] == '\0')) {
    g_set_error (error, TAI_APP_ERROR, TAI_APP_ERROR_CARD_TERMINAL, "\"%s\"", address != NULL ? address : "");
    return NULL;
  }
  line = tai_serial_stream_new (path, TERMINAL_BAUD);
  return tai_codepay_terminal_new (TAI_STREAM (line), clock, comma != NULL ? comma + 1 : DEFAULT_APP);
}

/* What one has several of can have any address with a kind; of the others there is one, of one kind. */
static const struct {
  const char *only_kind; /* (nullable) */
  TaiAppError code;
} role_rules[TAI_N_DEVICE_ROLES] = {
    [TAI_DEVICE_READER] = {"sdt:", TAI_APP_ERROR_READER},
    [TAI_DEVICE_RECEIPT] = {NULL, TAI_APP_ERROR_PRINTER},
    [TAI_DEVICE_FORM] = {NULL, TAI_APP_ERROR_PRINTER},
    [TAI_DEVICE_CARD] = {"codepay:", TAI_APP_ERROR_CARD_TERMINAL},
    [TAI_DEVICE_DISPLAY] = {"screen:", TAI_APP_ERROR_DISPLAY},
};

static gboolean
check_address (TaiDeviceRole role, guint index, const char *address, GError **error)
{
  const char *kind = role_rules[role].only_kind;

  if (kind != NULL ? index == 0 && rest_of (address, kind) != NULL : strchr (address, ':') != NULL)
    return TRUE;
  g_set_error (error, TAI_APP_ERROR, (int)role_rules[role].code, "\"%s\"", address);
  return FALSE;
}

gboolean
tai_device_settings_set (TaiDeviceSettings *self, TaiDeviceRole role, const char *addresses, GError **error)
{
  g_auto (GStrv) list = NULL;

  g_return_val_if_fail (self != NULL && role < TAI_N_DEVICE_ROLES && addresses != NULL, FALSE);

  list = tai_device_split (addresses);
  for (guint i = 0; list[i] != NULL; i++)
    if (!check_address (role, i, list[i], error))
      return FALSE;
  g_strfreev (self->addresses[role]);
  self->addresses[role] = list[0] != NULL ? g_steal_pointer (&list) : NULL;
  return TRUE;
}
