/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-catalogue.h"
#include "tai-json.h"

G_BEGIN_DECLS

/*
 * The trees of the bodies that were read a moment ago. An order is read when it comes, when it is judged and when it is
 * completed, mostly within seconds, and the same few offerings with each of them: parsing them each time is a tenth of
 * headquarters' work. Nothing depends on it: a body is looked up by its id, compared byte for byte, and parsed when it is not
 * here. At most HQ_RECENT_MAX trees; one thread. A tree that is kept is only read.
 */
#define HQ_RECENT_MAX 256

typedef struct {
  char *id;              /* (owned) (nullable): the place is free */
  GBytes *body;          /* (owned) */
  TaiJson *json;         /* (owned) */
  TaiOffering *offering; /* (owned) (nullable): nobody asked for it */
} HqRecentBody;

/* Whose identity a sealed box held: opening it is the dearest step of judging and of completing an order. */
typedef struct {
  char *sealed; /* (owned) (nullable): the place is free */
  char *owner;  /* (owned) blind index */
} HqRecentOwner;

typedef struct {
  HqRecentBody body[HQ_RECENT_MAX];
  HqRecentOwner owner[HQ_RECENT_MAX];
} HqRecent;

void hq_recent_clear (HqRecent *self);
/* The tree that leaves its place for @json: (transfer full) (nullable). */
TaiJson *hq_recent_keep (HqRecent *self, const char *id, GBytes *body, TaiJson *json);
/* @body, which has been parsed before and so can be. (transfer full) */
TaiJson *hq_recent_parse (HqRecent *self, const char *id, GBytes *body);
/* The same of an offering, as the catalogue has it. (transfer none), until anything else is kept or parsed; (nullable): it is
 * none of ours */
const TaiOffering *hq_recent_parse_offering (HqRecent *self, const char *id, GBytes *body);
/* As kept, (transfer none) (nullable). */
const char *hq_recent_find_owner (const HqRecent *self, const char *sealed);
void hq_recent_keep_owner (HqRecent *self, const char *sealed, const char *owner);

G_END_DECLS
