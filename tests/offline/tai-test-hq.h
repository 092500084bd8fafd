/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TaiTestHq: a real guitai-hq (env TAI_GUITAI_HQ) in a folder of its own, as a child process on loopback, with the test
 * catalogue, clerk 1042 (PIN 273849) and 50 numbers and SIMs. Aborts when it cannot.
 */
typedef struct {
  char *folder, *url;
  guint16 port;
  GSubprocess *process; /* NULL: stopped */
} TaiTestHq;

TaiTestHq *tai_test_hq_new (const char *catalogue_file);
void tai_test_hq_free (TaiTestHq *self); /* with its folder */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTestHq, tai_test_hq_free)
void tai_test_hq_start (TaiTestHq *self); /* on the port it had */
void tai_test_hq_stop (TaiTestHq *self, int signal);
/* What a command of the administrator says; "--dir" is added. NULL-terminated. (transfer full) */
char *tai_test_hq_run (TaiTestHq *self, ...) G_GNUC_NULL_TERMINATED;
/* A code for terminal H017T2 of class demo; for that of another @till, "T3". (transfer full) */
char *tai_test_hq_make_code (TaiTestHq *self);
char *tai_test_hq_make_code_for (TaiTestHq *self, const char *till);
/* Ids of the orders it knows, each once or more as they stand there. (transfer full) (element-type utf8) */
GPtrArray *tai_test_hq_list_orders (TaiTestHq *self);

G_END_DECLS
