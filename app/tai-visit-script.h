/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-money.h"
#include "tai-operation.h"
#include "tai-order.h"

G_BEGIN_DECLS

/*
 * A visit as a file (docs/schemas/visit-script.json): what a clerk would do at the counter, for demonstrations, tests and
 * training. It names a reader, never a person. Values; one thread.
 */

/* "auto" in a script: the first free one of the terminal's stock. */
#define TAI_SCRIPT_AUTO "auto"

typedef struct {
  char *id;
  gint32 quantity;
  TaiMoney amount; /* currency 0: none was given */
  gboolean consent;
  gboolean after_trial; /* the second yes */
} TaiScriptOffering;

typedef struct {
  const TaiOperation *operation;
  char *number, *sim, *target; /* (owned) (nullable) */
  TaiMoney amount;             /* of a top-up or bill; currency 0: none */
  GPtrArray *offerings;        /* (element-type TaiScriptOffering) plan, offers, services: in this order */
} TaiScriptOrder;

/* One way of paying, in its turn. */
typedef struct {
  TaiTender tender;
  TaiMoney amount;                /* currency 0: all that is due then */
  char *provider, *number, *code; /* (owned) (nullable) code: wiped with the script */
} TaiScriptPayment;

typedef struct {
  char *staff;
  char *reader;      /* (nullable) */
  char *printer;     /* (nullable) */
  char *developer;   /* (nullable) 发展人 */
  GPtrArray *orders; /* (element-type TaiScriptOrder) */
  gboolean sign;
  GPtrArray *payments; /* (element-type TaiScriptPayment) before the cash */
  TaiMoney cash;
} TaiVisitScript;

/**
 * tai_visit_script_from_json:
 * @currency: of the terminal
 *
 * Checks the whole script before anything is done. Errors: TAI_CORE_ERROR_IDENTITY_IN_SCRIPT (a member that names a person, or
 * an ID number, at any depth; looked for first); TAI_APP_ERROR_SCRIPT with the place for what the schema does not know;
 * TAI_CORE_ERROR_OPERATION_UNKNOWN; TAI_CORE_ERROR_MONEY_*.
 */
TaiVisitScript *tai_visit_script_from_json (const TaiJson *json, guint16 currency, GError **error);
void tai_visit_script_free (TaiVisitScript *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiVisitScript, tai_visit_script_free)

/* One of its orders needs a document that a reader has read. */
gboolean tai_visit_script_needs_identity (const TaiVisitScript *self);

G_END_DECLS
