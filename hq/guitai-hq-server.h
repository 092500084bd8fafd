/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hq-folder.h"

G_BEGIN_DECLS

/**
 * HqServer: HTTPS around hq_apply. libmicrohttpd's threads read requests and suspend their connections; one writer thread
 * takes what is waiting, calls hq_apply once, and resumes them. The store belongs to the writer thread while it runs.
 */
typedef struct _HqServer HqServer;

typedef struct {
  const char *address; /* numeric, "127.0.0.1" */
  guint16 port;        /* 0: any */
  guint threads;       /* of libmicrohttpd */
} HqServerOptions;

/* @folder is borrowed and outlives it. Errors: LISTEN, CERTIFICATE, FOLDER. */
HqServer *hq_server_start (HqFolder *folder, const HqServerOptions *options, GError **error);
guint16 hq_server_get_port (const HqServer *self);

/**
 * hq_server_run_in_writer:
 *
 * Runs @func on the writer thread, between two groups, and waits for it: the way of an administrator's command to the store.
 */
typedef void (*HqServerFunc) (HqFolder *folder, gpointer data);
void hq_server_run_in_writer (HqServer *self, HqServerFunc func, gpointer data);

/* @wake is called on the writer thread after orders moved, and must not wait; (nullable): nobody. Once this returns, the one
 * before is called no more. */
typedef void (*HqServerWake) (gpointer data);
void hq_server_set_wake (HqServer *self, HqServerWake wake, gpointer data);

/* Takes no new connection, answers what waits, closes. */
void hq_server_stop (HqServer *self);

G_END_DECLS
