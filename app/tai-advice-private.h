/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-advice.h"

/* A row by its code; words == NULL: there is no such code. */
typedef struct {
  const char *words;
  TaiExitCode exit_code;
} TaiAdvice;

typedef struct {
  const TaiAdvice *rows;
  guint n;
} TaiAdviceTable;

extern const TaiAdviceTable tai_advice_core; /* tai-advice-core.c */
extern const TaiAdviceTable
    tai_advice_wire; /* tai-advice-line.c: what comes and goes over the line, and rests */
extern const TaiAdviceTable tai_advice_offline;  /* tai-advice-line.c */
extern const TaiAdviceTable tai_advice_hq;       /* tai-advice-line.c */
extern const TaiAdviceTable tai_advice_io;       /* tai-advice-device.c */
extern const TaiAdviceTable tai_advice_devices;  /* tai-advice-device.c */
extern const TaiAdviceTable tai_advice_printing; /* tai-advice-device.c */
extern const TaiAdviceTable tai_advice_app;      /* tai-advice-app.c */
