/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-finding.h"

G_BEGIN_DECLS

/* A look at one subject: codes, parted by blanks; NULL: all is well. (transfer full) */
typedef char *(*HqFindingCheck) (HqStore *store, const char *hall, const char *subject);

char *hq_finding_check_approval (HqStore *store, const char *hall, const char *id);
char *hq_finding_check_bank (HqStore *store, const char *hall, const char *subject);
char *hq_finding_check_gateway (HqStore *store, const char *hall, const char *id);
char *hq_finding_check_act (HqStore *store, const char *hall, const char *key);

/* One that is to be looked at. (owned) strings */
typedef struct {
  HqFindingKind kind;
  char *hall, *subject, *terminal;
} HqSuspect;

/* " code" behind what is there. */
void hq_finding_add (GString **codes, const char *code);
char *hq_finding_end (GString *codes);

G_END_DECLS
