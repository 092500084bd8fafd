/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-document.h"

/* Papers as a hall hands them out; shared by the tests and the benchmark. All (transfer full). */
TaiDocument *sample_receipt_zh (void); /* new line and top-up in one visit, accepted off line */
TaiDocument *sample_receipt_en (void);
TaiDocument *sample_receipt_rare (void); /* a customer whose name no receipt printer has */
TaiDocument *sample_form_zh (void);      /* A4 acceptance form of the same visit */
TaiDocument *sample_report_zh (guint n_rows);
TaiDocument *sample_receipt_lines (guint n_lines); /* the benchmark's: plain lines and a QR code */

#define SAMPLE_QR_URL "https://hall.example.cn/fp/claim?o=GZ021-03-A-20261122-000147&k=7Q2M9XKD"
