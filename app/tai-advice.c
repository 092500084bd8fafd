/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table a domain: for each code its sentence and the program's exit code. A test walks every enum, so a new code without
 * words does not pass. Constant data.
 */
#define G_LOG_DOMAIN "tai-app"

#include "tai-advice.h"

#include <glib/gi18n.h>

#include "tai-advice-private.h"
#include "tai-error-enums.h"

#include "tai-app-error.h"
#include "tai-core-error.h"
#include "tai-devices-error.h"
#include "tai-hq-error.h"
#include "tai-io-error.h"
#include "tai-money.h"
#include "tai-offline-error.h"
#include "tai-printing-error.h"
#include "tai-wire-error.h"

static const struct {
  const char *name;
  GQuark (*quark) (void);
  GType (*codes) (void);
  const TaiAdviceTable *table;
} domains[] = {
    {"core", tai_core_error_quark, tai_core_error_get_type, &tai_advice_core},
    {"wire", tai_wire_error_quark, tai_wire_error_get_type, &tai_advice_wire},
    {"io", tai_io_error_quark, tai_io_error_get_type, &tai_advice_io},
    {"devices", tai_devices_error_quark, tai_devices_error_get_type, &tai_advice_devices},
    {"printing", tai_printing_error_quark, tai_printing_error_get_type, &tai_advice_printing},
    {"offline", tai_offline_error_quark, tai_offline_error_get_type, &tai_advice_offline},
    {"hq", tai_hq_error_quark, tai_hq_error_get_type, &tai_advice_hq},
    {"app", tai_app_error_quark, tai_app_error_get_type, &tai_advice_app},
};

static const TaiAdvice *
find (GQuark domain, int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++) {
    const TaiAdviceTable *table = domains[i].table;
    if (domains[i].quark () == domain && code >= 0 && (guint)code < table->n &&
        table->rows[code].words != NULL)
      return &table->rows[code];
  }
  return NULL;
}

const char *
tai_advice_for (GQuark domain, int code)
{
  const TaiAdvice *advice = find (domain, code);

  return advice != NULL
             ? _ (advice->words)
             : _ ("Something unexpected happened. What was stored before is still there. Try again; if it "
                  "comes back, tell the help desk the line below.");
}

const char *
tai_advice_for_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);
  return tai_advice_for (error->domain, error->code);
}

char *
tai_advice_dup_for_error (const GError *error)
{
  g_autofree char *amount = NULL, *rest = NULL;
  gint64 minor;
  guint16 currency;

  g_return_val_if_fail (error != NULL, NULL);
  if (!tai_core_error_get_missing (error, &minor, &currency))
    return g_strdup (tai_advice_for_error (error));
  amount = tai_money_to_text (tai_money (minor, currency));
  /* TRANSLATORS: an amount and its currency, "0.50 CNY" */
  rest = g_strdup_printf (_ ("Missing: %s %s."), amount, tai_currency_to_code (currency));
  return g_strdup_printf ("%s %s", tai_advice_for_error (error), rest);
}

gboolean
tai_advice_exists (GQuark domain, int code)
{
  return find (domain, code) != NULL;
}

TaiExitCode
tai_advice_exit_code (GQuark domain, int code)
{
  const TaiAdvice *advice = find (domain, code);

  return advice != NULL ? advice->exit_code : TAI_EXIT_INTERNAL;
}

const char *
tai_advice_domain_to_text (GQuark domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (domains[i].quark () == domain)
      return domains[i].name;
  return NULL;
}

GQuark
tai_advice_domain_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (g_strcmp0 (domains[i].name, text) == 0)
      return domains[i].quark ();
  return 0;
}

/* The names of the codes come from the headers themselves (glib-mkenums). */
static GEnumClass *
codes_of (GQuark domain)
{
  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (domains[i].quark () == domain)
      return g_type_class_ref (domains[i].codes ());
  return NULL;
}

const char *
tai_advice_code_to_text (GQuark domain, int code)
{
  g_autoptr (GEnumClass) codes = codes_of (domain);
  const GEnumValue *value = codes != NULL ? g_enum_get_value (codes, code) : NULL;

  return value != NULL ? value->value_nick : NULL;
}

gboolean
tai_advice_code_from_text (GQuark domain, const char *text, int *code)
{
  g_autoptr (GEnumClass) codes = codes_of (domain);
  const GEnumValue *value = codes != NULL && text != NULL ? g_enum_get_value_by_nick (codes, text) : NULL;

  if (value != NULL)
    *code = value->value;
  return value != NULL;
}
