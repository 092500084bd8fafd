/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The businesses of the hall as one table (docs/tables.md says the same in words). Constant data, any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-operation.h"

#include <string.h>

#include "tai-posting.h"
#include "tai-text-private.h"

#define IDENTITY  TAI_NEEDS_IDENTITY
#define NUMBER    TAI_NEEDS_NUMBER
#define SIM       TAI_NEEDS_SIM
#define TARGET    TAI_NEEDS_TARGET
#define AMOUNT    TAI_NEEDS_AMOUNT
#define PLAN      TAI_NEEDS_PLAN
#define SIGNATURE TAI_NEEDS_SIGNATURE
#define COUPON    TAI_NEEDS_COUPON
#define SALE      TAI_NEEDS_SALE
#define SERVICE   TAI_NEEDS_SERVICE
#define OWNER     (TAI_NEEDS_IDENTITY | TAI_NEEDS_OWNER)

#define RECEIPT TAI_PAPER_RECEIPT
#define FORM    TAI_PAPER_FORM
#define SLIP    TAI_PAPER_SLIP

#define COMPLETES    TAI_OFFLINE_COMPLETES
#define NOT_CREDITED TAI_OFFLINE_PAID_NOT_CREDITED
#define NOT_IN_FORCE TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE
#define NOT_OFFERED  TAI_OFFLINE_NOT_OFFERED

#define DEPOSITS   TAI_ACCOUNT_CUSTOMER_DEPOSITS
#define RECEIVABLE TAI_ACCOUNT_RECEIVABLE_SETTLED

/* Who may sign a contract for a line alone. The operators' rule, not the law's: HQ's data may ask for more. */
#define AGE 16

/* clang-format off */
static const TaiOperation operations[] = {
  /* id, category, code, number, action, account, needs, paper, off line, age */
  {"top_up",          "topUp",             "cz",    NULL,   "add",    DEPOSITS,   TARGET | AMOUNT,                           RECEIPT,        NOT_CREDITED, 0},
  {"bill_payment",    "billPayment",       "jf",    "1300", "add",    RECEIVABLE, TARGET | AMOUNT,                           RECEIPT,        NOT_CREDITED, 0},
  {"new_line",        "newActivation",     "kh",    "1104", "add",    NULL,       IDENTITY | NUMBER | SIM | PLAN | SIGNATURE, FORM | RECEIPT, NOT_IN_FORCE, AGE},
  {"port_in",         "portIn",            "xr",    NULL,   "add",    NULL,       IDENTITY | TARGET | SIM | PLAN | SIGNATURE, FORM | RECEIPT, NOT_IN_FORCE, AGE},
  {"transfer",        "transfer",          "gh",    NULL,   "modify", NULL,       IDENTITY | TARGET | SIGNATURE,             FORM | RECEIPT, NOT_IN_FORCE, AGE},
  {"sim_replacement", "simReplacement",    "bk",    "1220", "modify", NULL,       OWNER | TARGET | SIM | SIGNATURE,          FORM | RECEIPT, NOT_IN_FORCE, 0},
  {"esim",            "esimActivation",    "esim",  NULL,   "modify", NULL,       OWNER | TARGET | SIGNATURE,                FORM | RECEIPT, NOT_IN_FORCE, AGE},
  {"plan_change",     "planChange",        "tcbg",  "1270", "modify", NULL,       OWNER | TARGET | PLAN | SIGNATURE,         FORM,           NOT_IN_FORCE, 0},
  {"service_add",     "serviceAdd",        "dg",    NULL,   "add",    NULL,       OWNER | TARGET | SERVICE | SIGNATURE,      FORM,           NOT_IN_FORCE, 0},
  {"service_remove",  "serviceRemove",     "td",    NULL,   "delete", NULL,       OWNER | TARGET | SERVICE | SIGNATURE,      FORM,           NOT_IN_FORCE, 0},
  {"suspend",         "suspend",           "tjbh",  "1213", "modify", NULL,       OWNER | TARGET | SIGNATURE,                FORM,           NOT_IN_FORCE, 0},
  {"resume",          "resume",            "fj",    NULL,   "modify", RECEIVABLE, TARGET,                                    RECEIPT,        NOT_CREDITED, 0},
  {"close",           "termination",       "yxh",   NULL,   "delete", NULL,       OWNER | TARGET | SIGNATURE,                FORM,           NOT_OFFERED,  0},
  {"port_out_code",   "portOut",           "xzsqm", NULL,   "modify", NULL,       OWNER | TARGET | SIGNATURE,                FORM,           NOT_OFFERED,  0},
  {"detail_bill",     "detailBill",        "xd",    NULL,   "noChange", NULL,     OWNER | TARGET,                            SLIP,           NOT_OFFERED,  0},
  {"change_details",  "changeDetails",     "khzlbg", NULL,  "modify", NULL,       OWNER | TARGET | SIGNATURE,                FORM,           NOT_OFFERED,  0},
  {"balance",         "balance",           "ye",    NULL,   "noChange", NULL,     TARGET,                                    0,              NOT_OFFERED,  0},
  {"goods_sale",      "goodsSale",         "spxs",  NULL,   "add",    NULL,       0,                                         RECEIPT,        COMPLETES,    0},
  {"coupon",          "coupon",            "hx",    NULL,   "add",    NULL,       COUPON,                                    RECEIPT,        COMPLETES,    0},
  {"ticket",          "troubleTicket",     "gd",    NULL,   "add",    NULL,       0,                                         SLIP,           COMPLETES,    0},
  {"complaint",       "complaint",         "ts",    NULL,   "add",    NULL,       0,                                         SLIP,           COMPLETES,    0},
  {"interaction",     "interaction",       "fwjl",  NULL,   "add",    NULL,       0,                                         SLIP,           COMPLETES,    0},
  {"refund",          "refund",            "tf",    "1362", "modify", NULL,       SALE | SIGNATURE,                      SLIP,           COMPLETES,    0},
  {"undo",            "undo",              "fx",    NULL,   "modify", NULL,       SALE | SIGNATURE,                      SLIP,           COMPLETES,    0},
  {"cancel",          "cancellation",      "cd",    NULL,   "modify", NULL,       SALE | SIGNATURE,                      SLIP,           NOT_IN_FORCE, 0},
  {"correction",      "paymentCorrection", "cjgz",  "1364", "modify", NULL,       OWNER | TARGET | SALE | SIGNATURE,         SLIP,           NOT_OFFERED,  0},
};
/* clang-format on */

static const char *const rule_text[] = {
    [TAI_OFFLINE_COMPLETES] = "completes",
    [TAI_OFFLINE_PAID_NOT_CREDITED] = "paid_not_credited",
    [TAI_OFFLINE_ACCEPTED_NOT_IN_FORCE] = "accepted_not_in_force",
    [TAI_OFFLINE_NOT_OFFERED] = "not_offered",
};

const char *
tai_offline_rule_to_text (TaiOfflineRule rule)
{
  g_return_val_if_fail (rule < G_N_ELEMENTS (rule_text), NULL);

  return rule_text[rule];
}

gboolean
tai_offline_rule_from_text (const char *text, TaiOfflineRule *rule, GError **error)
{
  guint value;

  g_return_val_if_fail (rule != NULL, FALSE);

  if (!tai_text_find ("off-line rule", rule_text, G_N_ELEMENTS (rule_text), text, &value, error))
    return FALSE;
  *rule = value;
  return TRUE;
}

const TaiOperation *
tai_operation_find (const char *id)
{
  for (guint i = 0; id && i < G_N_ELEMENTS (operations); i++)
    if (strcmp (operations[i].id, id) == 0)
      return &operations[i];
  return NULL;
}

const TaiOperation *
tai_operation_find_by_code (const char *code)
{
  for (guint i = 0; code && i < G_N_ELEMENTS (operations); i++)
    if (g_ascii_strcasecmp (operations[i].code, code) == 0 || g_strcmp0 (operations[i].number, code) == 0)
      return &operations[i];
  return NULL;
}

const TaiOperation *
tai_operation_get_all (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (operations);
  return operations;
}

gboolean
tai_operation_has_steps (const TaiOperation *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !(self->needs & (TAI_NEEDS_COUPON | TAI_NEEDS_SALE));
}
