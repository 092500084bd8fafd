/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-till-report.h"

G_BEGIN_DECLS

/**
 * tai_report_csv_write:
 * A report as a file: RFC 4180, UTF-8, "kind,terminal,clerk,name,count,amount,time,reference"; no customer in it. What is not to
 * be told, and what a kind does not have, is empty; times are RFC 3339 UTC. Kinds:
 *
 * source: name "terminal" or "headquarters", count: of how many terminals, time: as of when
 * business, tender, event: what of whom; hour: time: when it began
 * clerk, terminal: all that one sold
 * shift: name "float", "opening_difference", "expected", "counted", "difference"; count: the Z number
 * movement (detail): name: what happened, time, reference: the receipt
 * date: a day of a month
 * open: what is not finished
 * day, yesterday, week_ago: headline figures
 *
 * (transfer full). Pure; any thread.
 */
char *tai_report_csv_write (const TaiTillReport *report);

G_END_DECLS
