/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hq-fixture.h"
#include "tai-hq-south.h"

/*
 * A headquarters with an operator's system behind it, both in memory, in virtual time and from a seed. The system is as TM
 * Forum's reference implementation: no idempotency, two orders for two POSTs. The line between loses, delays and breaks; the
 * process of headquarters dies at any step.
 */
typedef enum {
  BSS_FILTERS,      /* by externalId */
  BSS_SAYS_NOTHING, /* to an unknown filter: 200 [] */
  BSS_SAYS_ALL      /* it ignores what it does not know */
} BssFilter;

/* An order there. */
typedef struct {
  char *id, *external_id;
  const char *state;
  gint64 at_us;
  gboolean is_seen_cancelling;
} BssOrder;

typedef struct {
  HqFixture *fixture;
  HqProfile *profile;
  GRand *chance;
  HqSouthLine line;
  BssFilter filter;
  guint version;
  guint fault_percent;  /* of requests that do not go well */
  guint crash_percent;  /* of turns that end with the process */
  guint cancel_percent; /* of POSTs of cancellations that are refused */
  gboolean is_hurt;     /* faults happen at all: off, the world comes to rest */
  gboolean is_frozen;   /* orders there do not move by themselves */
  GPtrArray *orders;    /* (element-type BssOrder) */
  GPtrArray *on_line;   /* errands under way */
  GPtrArray *late;      /* requests that are still on their way after the line broke */
  guint n_posts, n_person, n_crashes;
  GError *error;
} SouthWorld;

/* @profile_json: the southbound section */
SouthWorld *south_world_new (guint32 seed, BssFilter filter, const char *profile_json);
void south_world_free (SouthWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SouthWorld, south_world_free)

/* A new order of T1, posted at headquarters; its id. */
void south_world_order (SouthWorld *self, guint number, char id[37]);
void south_world_cancel (SouthWorld *self, const char *id);

/* What came of an errand. */
void south_world_answer (SouthWorld *self, const HqErrand *errand, const TaiReply *reply);
/* One turn: time goes on, headquarters moves, errands leave and come back. */
void south_world_turn (SouthWorld *self);
/* Turns without faults until nothing changes any more; a person decides on what is held, by what is really there. */
void south_world_settle (SouthWorld *self, gboolean with_person);

guint south_world_count (SouthWorld *self, const char *external_id);
BssOrder *south_world_find (SouthWorld *self, const char *external_id);
/* The row of the way south; the caller clears it. */
HqSouthRow south_world_row (SouthWorld *self, const char *id);
/* The process ends and begins again. */
void south_world_crash (SouthWorld *self);
