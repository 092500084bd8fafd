/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The named limits (I12). Everything that can grow has one; what would pass it is refused with TAI_CORE_ERROR_LIMIT (or the
 * library's own code), never cut silently. They are far above what a hall does in a day and far below what hurts a terminal.
 */

/* Lines of one order: a plan with all its services, a SIM and a handset are about ten. */
#define TAI_LIMIT_ORDER_LINES 64
/* Orders of one visit: a family with five numbers and a few businesses each. */
#define TAI_LIMIT_VISIT_ORDERS 16
/* Payment attempts of one visit, failed ones included. */
#define TAI_LIMIT_VISIT_PAYMENTS 32
/* Visits parked at one desk: more than a clerk can find again is a mistake. */
#define TAI_LIMIT_PARKED_VISITS 50
/* Supplements of Z reports that one list shows. */
#define TAI_LIMIT_SUPPLEMENTS 500
/* Messages in the outbox: several weeks off line of the busiest desk. */
#define TAI_LIMIT_OUTBOX_MESSAGES 100000
/* Bytes of the body of one message to headquarters: an order with all lines, boxes and photo. */
#define TAI_LIMIT_MESSAGE_BYTES (256 * 1024)
/* Bytes of one reply that are read before the connection is dropped. */
#define TAI_LIMIT_REPLY_BYTES (4 * 1024 * 1024)
/* Bytes of a whole catalogue, the one reply that is bigger. */
#define TAI_LIMIT_CATALOGUE_BYTES (64 * 1024 * 1024)
/* Product offerings of a catalogue: twice what an operator's province has. */
#define TAI_LIMIT_OFFERINGS 20000
/* Tries of one message before a person is told; it is tried on after that, only slower. */
#define TAI_LIMIT_RETRIES_UNTIL_TOLD 12
/* Bytes of one text field in UTF-8: about 130 Chinese characters. */
#define TAI_LIMIT_FIELD_BYTES 400
/* Bytes of the terms of one offering that a customer signs: about 1,300 Chinese characters, two pages in large letters. */
#define TAI_LIMIT_TERMS_BYTES 4000
/* Bytes, and pixels of a side, of the operator's mark as headquarters sends it. */
#define TAI_LIMIT_LOGO_BYTES (256 * 1024)
#define TAI_LIMIT_LOGO_SIDE  4000
/* Columns of receipt paper in half-width characters: 58 mm in its widest face up to 112 mm paper. */
#define TAI_LIMIT_RECEIPT_COLUMNS_MIN 24
#define TAI_LIMIT_RECEIPT_COLUMNS_MAX 96
