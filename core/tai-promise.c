/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text: "GTP", a letter for the kind, the 32 digits of the id. */
#define G_LOG_DOMAIN "tai-core"

#include "tai-promise.h"

#include <string.h>

#define PREFIX "GTP"
#define DIGITS 32

/* @hours: where HQ says nothing: a gateway's books of the day are closed by the next evening; money is there when the customer
 * comes, and he is called before he forgets. @policy: where HQ says it. */
static const struct {
  const char *text;
  char letter;
  gint64 hours;
  gsize policy;
} kinds[] = {
    [TAI_PROMISE_PAYMENT] = {"payment", 'D', 24, G_STRUCT_OFFSET (TaiTillPolicy, promise_payment_hours)},
    [TAI_PROMISE_PAPER] = {"paper", 'P', 24, G_STRUCT_OFFSET (TaiTillPolicy, promise_paper_hours)},
    [TAI_PROMISE_MONEY] = {"money", 'M', 72, G_STRUCT_OFFSET (TaiTillPolicy, promise_money_hours)},
};

const char *
tai_promise_kind_to_text (TaiPromiseKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);
  return kinds[kind].text;
}

gboolean
tai_promise_kind_from_text (const char *text, TaiPromiseKind *kind)
{
  g_return_val_if_fail (text != NULL && kind != NULL, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].text, text) == 0) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

gint64
tai_promise_get_until_us (TaiPromiseKind kind, const TaiTillPolicy *policy, gint64 now_us)
{
  gint64 hours;

  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds) && policy != NULL, now_us);
  hours = *(const gint64 *)G_STRUCT_MEMBER_P (policy, kinds[kind].policy);
  return now_us + (hours > 0 ? hours : kinds[kind].hours) * G_TIME_SPAN_HOUR;
}

#define NOTE_JOINT " until "

char *
tai_promise_to_note (TaiPromiseKind kind, gint64 until_us)
{
  g_autofree char *until = tai_time_to_text (until_us);

  return g_strconcat (tai_promise_kind_to_text (kind), NOTE_JOINT, until, NULL);
}

gboolean
tai_promise_from_note (const char *note, TaiPromiseKind *kind, gint64 *until_us)
{
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (note != NULL && kind != NULL && until_us != NULL, FALSE);
  words = g_strsplit (note, NOTE_JOINT, 2);
  return g_strv_length (words) == 2 && tai_promise_kind_from_text (words[0], kind) &&
         tai_time_from_text (words[1], until_us);
}

char *
tai_promise_to_text (const TaiPromise *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL && self->kind < G_N_ELEMENTS (kinds), NULL);
  text = g_string_new (PREFIX);
  g_string_append_c (text, kinds[self->kind].letter);
  for (const char *c = self->id.text; *c != '\0'; c++)
    if (*c != '-')
      g_string_append_c (text, g_ascii_toupper (*c));
  return g_string_free (text, FALSE);
}

static gboolean
find_kind (char letter, TaiPromiseKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].letter == letter) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

gboolean
tai_promise_from_text (const char *text, TaiPromise *self)
{
  g_autofree char *lower = NULL;
  const char *digits;

  g_return_val_if_fail (text != NULL && self != NULL, FALSE);
  if (strlen (text) != strlen (PREFIX) + 1 + DIGITS || !g_str_has_prefix (text, PREFIX) ||
      !find_kind (text[strlen (PREFIX)], &self->kind))
    return FALSE;
  digits = text + strlen (PREFIX) + 1;
  if (strspn (digits, "0123456789ABCDEF") != DIGITS)
    return FALSE;
  lower = g_ascii_strdown (digits, -1);
  g_snprintf (self->id.text, sizeof self->id.text, "%.8s-%.4s-%.4s-%.4s-%.12s", lower, lower + 8, lower + 12,
              lower + 16, lower + 20);
  return TRUE;
}
