/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-hall-close.h"
#include "tai-money.h"
#include "tai-store-port.h"

G_BEGIN_DECLS

/*
 * What stands at the end of a day: one list for the close of a till and for the close of the hall (厅日结). Each kind is a row of a table:
 * what it stops, and by which act it is settled; who shows it has words and a button for the act. Plain values; any thread.
 */
typedef enum {
  TAI_DAY_TILL_OPEN,      /* subject: the till; detail: its clerk */
  TAI_DAY_TILL_COUNTING,  /* likewise */
  TAI_DAY_PARKED,         /* visits */
  TAI_DAY_PLACED,         /* visits that were placed and not paid */
  TAI_DAY_PAYING,         /* payments that are asked for at this moment */
  TAI_DAY_IN_DOUBT,       /* payments whose outcome is not known */
  TAI_DAY_REFUND_DUE,     /* money that is owed to customers */
  TAI_DAY_REJECTED,       /* records that HQ refused */
  TAI_DAY_UNSENT,         /* records that wait for HQ */
  TAI_DAY_PAPERS,         /* papers that may not have come out, or wait for their printer */
  TAI_DAY_BAG,            /* subject: a bag that the bank does not have */
  TAI_DAY_SAFE,           /* floats that the safe gave and did not get back */
  TAI_DAY_DRAWER,         /* subject: a closed till that has cash in its drawer */
  TAI_DAY_TILL_ELSEWHERE, /* subject: a till of another terminal that is not closed; detail: its clerk */
  TAI_DAY_MISSING,        /* subject: another terminal of which headquarters lacks records */
  TAI_DAY_SILENT,         /* subject: likewise, that headquarters has not heard of */
  TAI_DAY_KIOSK_MISSING,  /* subject: a kiosk, likewise: lines of its journal */
  TAI_DAY_KIOSK_SILENT,   /* subject: likewise */
  TAI_N_DAY_KINDS
} TaiDayKind;

typedef enum {
  TAI_DAY_ACT_CLOSE_TILL,
  TAI_DAY_ACT_RECALL,    /* parked and placed visits */
  TAI_DAY_ACT_WAIT,      /* for a customer or a gateway */
  TAI_DAY_ACT_LOOK_LINE, /* what waits for HQ, what it refused */
  TAI_DAY_ACT_LOOK_ORDERS,
  TAI_DAY_ACT_PRINT,
  TAI_DAY_ACT_MOVE_CASH, /* to the bank, to the safe */
  TAI_DAY_ACT_LOOK_HALL, /* what headquarters knows of the hall's tills and terminals */
  TAI_DAY_ACT_NONE       /* it may stay over night */
} TaiDayAct;

typedef enum { TAI_DAY_STOPS_TILL = 1 << 0, TAI_DAY_STOPS_HALL = 1 << 1 } TaiDayStops;

const char *tai_day_kind_to_text (TaiDayKind kind); /* "till_open", … */
TaiDayStops tai_day_kind_get_stops (TaiDayKind kind);
TaiDayAct tai_day_kind_get_act (TaiDayKind kind);

/**
 * TaiDayItem:
 * @subject, @detail: (nullable)
 * @count: how many; 0: it has none
 * @amount: currency 0: none, or not to be told
 * @since_us: of the oldest; 0: not known
 */
typedef struct {
  TaiDayKind kind;
  char *subject, *detail;
  gint64 count, since_us;
  TaiMoney amount;
} TaiDayItem;
TaiDayItem *tai_day_item_new (TaiDayKind kind, gint64 count);
void tai_day_item_free (TaiDayItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiDayItem, tai_day_item_free)

/**
 * TaiHallCheck: how far the hall is with its day.
 * @business_day: that would be closed
 * @closing_us: when the hall closes that day; 0: HQ does not say
 * @is_due: half an hour before that, or later
 * @closed: (nullable) it is closed already
 * @items: (element-type TaiDayItem) what stops it first
 * @n_stops: of those that stop it
 */
typedef struct {
  char *business_day;
  gint64 closing_us;
  gboolean is_due;
  TaiHallClose *closed;
  GPtrArray *items;
  guint n_stops;
} TaiHallCheck;
void tai_hall_check_free (TaiHallCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiHallCheck, tai_hall_check_free)

#define TAI_DAY_CHECK_SILENT_US (30 * G_TIME_SPAN_MINUTE)
/**
 * tai_hall_check_add_others:
 * @hall: headquarters' report of the hall's day; another one adds nothing
 * @own: this terminal, which knows itself better
 *
 * What headquarters knows of the other terminals and kiosks joins the list behind all else. A kiosk has no money, orders or till: what
 * it can lack is lines of its journal, and to be heard of. None of it stops the close: it is settled at that terminal, and what
 * headquarters knows may be old.
 */
void tai_hall_check_add_others (TaiHallCheck *self, const TaiTillReport *hall, const TaiTerminal *own);

#define TAI_DAY_CHECK_BEFORE_US (30 * G_TIME_SPAN_MINUTE)

G_END_DECLS
