/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for what the machine calls by an id: states, rules, HQ's reasons. Constant data. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *id;
  const char *word;
} Word;

static const Word line_statuses[] = {
    {"active", N_ ("in service")},
    {"suspended", N_ ("suspended")},
    {"closed", N_ ("closed for good")},
    {NULL},
};

static const Word order_states[] = {
    {"draft", N_ ("draft")},
    {"placed", N_ ("placed, not paid")},
    {"paid", N_ ("paid, waits to be sent")},
    {"sent", N_ ("sent")},
    {"acknowledged", N_ ("accepted by headquarters")},
    {"inProgress", N_ ("in progress at headquarters")},
    {"completed", N_ ("completed")},
    {"cancelled", N_ ("cancelled")},
    {"held", N_ ("held at headquarters")},
    {"pending", N_ ("pending at headquarters")},
    {"rejected", N_ ("rejected by headquarters")},
    {"failed", N_ ("failed at headquarters")},
    {"partial", N_ ("done in part")},
    {"undone", N_ ("undone")},
    {NULL},
};

static const Word rules[] = {
    {"completes", N_ ("completes")},
    {"paid_not_credited", N_ ("paid, not credited yet")},
    {"accepted_not_in_force", N_ ("accepted, not in force")},
    {"not_offered", N_ ("not offered")},
    {NULL},
};

static const Word tenders[] = {
    {"cash", N_ ("Cash")},     {"card", N_ ("Bank card")}, {"qr", N_ ("QR payment")},
    {"coupon", N_ ("Coupon")}, {"other", N_ ("Other")},    {NULL},
};

static const Word message_states[] = {
    {"waiting", N_ ("waiting")},
    {"in_flight", N_ ("on its way")},
    {"asking", N_ ("outcome unknown")},
    {"acknowledged", N_ ("acknowledged")},
    {"quarantined", N_ ("refused, waits for a person")},
    {"superseded", N_ ("replaced")},
    {NULL},
};

static const Word print_states[] = {
    {"queued", N_ ("queued")},      {"sending", N_ ("at the printer")},
    {"printed", N_ ("printed")},    {"unknown", N_ ("unknown, look at the paper")},
    {"failed", N_ ("not printed")}, {NULL},
};

static const Word sync_states[] = {
    {"stopped", N_ ("not running")},
    {"idle", N_ ("idle")},
    {"busy", N_ ("sending")},
    {"back_off", N_ ("waiting for the line")},
    {"paused", N_ ("paused: headquarters does not let this terminal in")},
    {NULL},
};

static const Word hq_reasons[] = {
    {"offering_unknown", N_ ("headquarters does not sell this offer")},
    {"five_lines",
     N_ ("the customer has as many lines as one person may have; headquarters can lift it on request")},
    {"identity_unreadable",
     N_ ("headquarters cannot read the sealed identity: read the card again in a new order")},
    {"identity_missing", N_ ("no document was read: read the card in a new order")},
    {"identity_emulated", N_ ("the document was read by an emulated reader")},
    {"identity_blocked",
     N_ ("this person may not open lines for the time being; refer the customer to the complaints desk")},
    {"minor", N_ ("the customer is too young; a guardian is needed")},
    {"number_taken", N_ ("the number belongs to somebody else: choose another one in a new order")},
    {"number_not_leased", N_ ("the number is not in this terminal's stock")},
    {"sim_taken", N_ ("the SIM card was used before: take another one in a new order")},
    {"sim_not_leased", N_ ("the SIM card is not in this terminal's stock")},
    {"line_unknown", N_ ("headquarters has no such number")},
    {"line_closed", N_ ("the number is closed already")},
    {"not_owner", N_ ("the number is not the one's whose document was read: its owner must come")},
    {"owner_unknown", N_ ("headquarters does not know whose number it is")},
    {"arrears", N_ ("something is owed for the number: it must be paid first")},
    {"payment_missing", N_ ("the payment did not arrive at headquarters")},
    {"conflict", N_ ("the same key came with other content: call the help desk")},
    {"digest", N_ ("the content was changed on its way")},
    {"interrupted", N_ ("the terminal stopped before it was paid; nothing was taken")},
    {"abandoned", N_ ("the visit was ended before it was paid")},
    {NULL},
};

static const char *
find (const Word *words, const char *id)
{
  for (; words->id != NULL; words++)
    if (strcmp (words->id, id) == 0)
      return _ (words->word);
  return id;
}

const char *
tai_word_order_state (const char *state)
{
  return find (order_states, state);
}

const char *
tai_word_line_status (const char *status)
{
  return find (line_statuses, status);
}

const char *
tai_word_rule (const char *rule)
{
  return find (rules, rule);
}

const char *
tai_word_tender (const char *tender)
{
  return find (tenders, tender);
}

const char *
tai_word_message_state (const char *state)
{
  return find (message_states, state);
}

const char *
tai_word_print_state (const char *state)
{
  return find (print_states, state);
}

const char *
tai_word_sync_state (const char *state)
{
  return find (sync_states, state);
}

const char *
tai_word_hq_reason (const char *code)
{
  return find (hq_reasons, code);
}
