/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json-money.h"

G_BEGIN_DECLS

/*
 * The rows that a command lists, for people as lines or for programs as one JSON array: each column is named once. On the stack
 * of who lists.
 */
typedef struct {
  GString *out;          /* of whoever asked; outlives this */
  TaiJsonWriter *writer; /* (owned) (nullable): lines */
  const char *gap;       /* before the next cell of a line */
} HqList;

/* Not in a line. */
#define HQ_LIST_HIDDEN (-1)

void hq_list_begin (HqList *self, GString *out, gboolean is_json);
void hq_list_end (HqList *self);

void hq_list_begin_row (HqList *self);
void hq_list_end_row (HqList *self);

/* @name: the member in JSON; (nullable): in a line only. @width: characters at least, of a line; 0: as it comes, and nothing at all
 * for what is empty; or HQ_LIST_HIDDEN. @text: (nullable): no member */
void hq_list_add_text (HqList *self, const char *name, int width, const char *text);
void hq_list_add_time (HqList *self, const char *name, int width, gint64 time_us);
void hq_list_add_count (HqList *self, const char *name, int width, gint64 count);
void hq_list_add_money (HqList *self, const char *name, int width, TaiMoney amount);
/* A line says @yes or @no: (nullable): nothing. */
void hq_list_add_flag (HqList *self, const char *name, int width, gboolean is, const char *yes,
                       const char *no);

/* A word of a line before the cell it speaks of; JSON has names. */
void hq_list_say (HqList *self, const char *word);

G_END_DECLS
