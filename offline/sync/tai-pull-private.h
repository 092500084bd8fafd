/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-json.h"
#include "tai-line-details.h"
#include "tai-pull.h"

G_BEGIN_DECLS

#define TAI_PULL_TIMEOUT_MS 30000

/* One pull: the task's data. */
typedef struct {
  TaiPullPorts ports; /* (owned refs) */
  char *known;        /* (owned) (nullable) ETag of what is here */
  /* catalogue */
  char *etag;     /* (owned) (nullable) of the pages so far */
  GString *text;  /* (owned) (nullable) the list so far, "[…" */
  guint n_so_far; /* offerings */
  guint n_restarts;
  /* look-up */
  char *number;            /* (owned) (nullable) that was asked for */
  char *customer, *clerk;  /* (owned) (nullable) as they stand in a query */
  TaiLineDetails *details; /* (owned) (nullable) what has been said so far */
  guint n_steps;           /* that are done */
} TaiPull;

/* A copy that holds references, and the end of it. */
TaiPullPorts tai_pull_ports_ref (const TaiPullPorts *ports);
void tai_pull_ports_clear (TaiPullPorts *ports);

GTask *tai_pull_task_new (const TaiPullPorts *ports, GCancellable *cancellable, GAsyncReadyCallback done,
                          gpointer data);
/* GET @path; @reply gets the task (transfer full). */
void tai_pull_get (GTask *task, const char *path, const char *if_none_match, TaiReplyFunc reply);

/* FALSE: HQ did not say what was asked for. 304 passes with @not_modified. */
gboolean tai_reply_check (const TaiReply *reply, gboolean *not_modified, GError **error);
/* The same, then its JSON of at most TAI_REPLY_MAX_BYTES. (transfer full) */
TaiJson *tai_reply_parse (const TaiReply *reply, GError **error);

/* In the store, in a transaction of its own. */
gboolean tai_pull_keep_setting (TaiPull *self, const char *name, const char *value, GError **error);

/* Nothing of it was used: a note in the journal, then the task ends with @error (transfer full). */
void tai_pull_refuse (GTask *task, const char *kind, GError *error);

G_END_DECLS
