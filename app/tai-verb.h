/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-terminal-host.h"

G_BEGIN_DECLS

/*
 * What guitaictl can do: one row a verb. A verb takes a JSON object and gives one (docs/schemas), so that it may run in
 * another process than the one that was called; words are made from its result by who was called.
 */

/**
 * TaiVerbPlace: where it runs.
 * @TAI_VERB_ALONE: anywhere; needs no terminal
 * @TAI_VERB_SETUP: on the folder itself, before there is a terminal
 * @TAI_VERB_READ: on a read-only connection, also while another program owns the folder
 * @TAI_VERB_WRITE: in the owner; handed over to it when it is another program
 */
typedef enum { TAI_VERB_ALONE, TAI_VERB_SETUP, TAI_VERB_READ, TAI_VERB_WRITE } TaiVerbPlace;

/**
 * TaiVerbValue: what an option takes.
 * @TAI_VALUE_FLAG: nothing; true
 * @TAI_VALUE_COUNT: a whole number of at least 0
 * @TAI_VALUE_PATH: a file or folder; made absolute, because the verb may run elsewhere
 * @TAI_VALUE_JSON: a JSON file; its content is what the verb gets
 */
typedef enum { TAI_VALUE_TEXT, TAI_VALUE_FLAG, TAI_VALUE_COUNT, TAI_VALUE_PATH, TAI_VALUE_JSON } TaiVerbValue;

typedef struct {
  const char *name; /* also the argument's; NULL ends the list */
  TaiVerbValue value;
  const char *help; /* N_() */
} TaiVerbOption;

typedef struct {
  TaiStateFolder *folder;   /* (nullable) ALONE */
  TaiTerminalHost *host;    /* (nullable) ALONE, SETUP */
  const TaiJson *arguments; /* object */
} TaiVerbCall;

#define TAI_VERB_MAX_OPTIONS 10

/**
 * TaiVerb:
 * @name: its words, "till open"
 * @signs_in: arguments staff and pin are taken and checked before run
 * @bare: names of the arguments that stand without an option; the ones in @required must be there
 * @from_hq: (nullable) the row that it is with --from hq: it asks headquarters instead of the terminal's own memory
 * @check: (nullable) of the arguments alone, before anybody signs in
 * @run: (transfer full) the result. A result and an error together: it was done, but (paper not out, still waiting …)
 * @print: words for people from the result
 */
typedef struct _TaiVerb {
  const char *name;
  TaiVerbPlace place;
  gboolean signs_in;
  TaiVerbOption bare[2];
  const char *const required[4];
  TaiVerbOption options[TAI_VERB_MAX_OPTIONS];
  const char *summary; /* N_() */
  const struct _TaiVerb *from_hq;
  gboolean (*check) (TaiVerbCall *call, GError **error);
  TaiJson *(*run) (TaiVerbCall *call, GError **error);
  void (*print) (const TaiJson *result, GString *out);
} TaiVerb;

/* In the order of the help; NULL-terminated. */
const TaiVerb *const *tai_verb_get_all (void);
/* By the leading words of @words; *@n_words: how many they are. NULL: none. */
const TaiVerb *tai_verb_find (const char *const *words, guint *n_words);

/* What @verb is with these arguments: itself, or its from_hq. NULL: neither. Errors: USAGE. */
const TaiVerb *tai_verb_choose (const TaiVerb *verb, const TaiJson *arguments, GError **error);

/* The argument, or NULL / FALSE / @fallback. */
const char *tai_verb_get_text (const TaiVerbCall *call, const char *name);
gboolean tai_verb_get_flag (const TaiVerbCall *call, const char *name);
gint64 tai_verb_get_count (const TaiVerbCall *call, const char *name, gint64 fallback);
/* An amount in the terminal's currency. Errors: USAGE when it is missing, TAI_CORE_ERROR_MONEY_*. */
gboolean tai_verb_get_money (const TaiVerbCall *call, const char *name, TaiMoney *money, GError **error);

/**
 * tai_verb_run:
 * Signs in where the verb asks for it, runs it, signs out. As TaiVerb.run.
 */
TaiJson *tai_verb_run (const TaiVerb *verb, TaiVerbCall *call, GError **error);

/* What the owner does with a handed-over request, and the lines of the hand-over (see tai-handover.h). (transfer full) */
char *tai_verb_make_request (const TaiVerb *verb, const TaiJson *arguments);
char *tai_verb_answer_request (TaiTerminalHost *host, const char *request);
TaiJson *tai_verb_take_answer (const char *answer, GError **error);

/* {"domain","code","detail","words"?}. */
TaiJson *tai_verb_error_to_json (const GError *error, gboolean with_words);

G_END_DECLS
