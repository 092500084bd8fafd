/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the business refuses, in words a clerk can act on. Constant data. */
#include "tai-advice-private.h"

#include <glib/gi18n.h>

#include "tai-core-error.h"

/* clang-format off */
static const TaiAdvice rows[] = {
  [TAI_CORE_ERROR_FAILED] = {N_ ("The terminal met something it has no name for. Nothing was changed. Do it once more; if it comes back, tell the help desk."), TAI_EXIT_INTERNAL},
  [TAI_CORE_ERROR_MONEY_SYNTAX] = {N_ ("The amount is not a number. Nothing was changed. Type digits with one point, such as 50.00."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_MONEY_DECIMALS] = {N_ ("The amount has more decimals than the currency has. Nothing was rounded and nothing was changed. Type it with two decimals at most."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_MONEY_RANGE] = {N_ ("The amount is larger or smaller than one amount can be. Nothing was changed. Count the digits and type it again."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_MONEY_CURRENCY] = {N_ ("The amount is in a currency that this till does not keep. Nothing was changed. Take the till's own currency."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_ID_SYNTAX] = {N_ ("The document's number has the wrong length or characters. Nothing was stored. Compare it with the document and read it again."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_ID_CHECK_DIGIT] = {N_ ("The last digit of the document's number does not fit the others. Nothing was stored. Read the card again; if it stays so, do not accept the document."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_ID_DATE] = {N_ ("The document holds a date that cannot be. Nothing was stored. Read it again; if it stays so, do not accept the document."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_ID_EXPIRED] = {N_ ("The document has expired. Nothing was stored. Ask the customer for a valid one."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_ID_MINOR] = {N_ ("The customer is too young for this business. Nothing was stored. It needs a guardian at the counter."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_ID_FOREIGN_LAYOUT] = {N_ ("The reader knows this kind of card not at all, and takes no guess. Nothing was stored. Use another document of the customer."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_ID_REQUIRED] = {N_ ("This business needs a document that was read by the reader; a typed number does not do. The visit is unchanged. Put the document on the reader."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_NUMBER_SYNTAX] = {N_ ("This is no mobile number. The visit is unchanged. A mobile number has 11 digits and begins with 13 to 19."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_NUMBER_NOT_FOR_PEOPLE] = {N_ ("This number belongs to satellites or machines. The visit is unchanged. Choose another number."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_LINE_UNKNOWN] = {N_ ("Headquarters has no line of this number. Nothing was changed. Compare the number with the customer digit by digit; if it is right, send the customer to the operator that the number belongs to."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_CATALOGUE] = {N_ ("The price list is missing or has faults and was kept out whole; the last good one stays in force. Load it again; if it is refused again, tell headquarters."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_OPERATION_UNKNOWN] = {N_ ("There is no such business here. The visit is unchanged. \"guitaictl operations\" lists those that there are."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_OPERATION_NOT_HERE] = {N_ ("This business cannot be done at this terminal yet. The visit is unchanged. Send the customer to a counter that has it; what is done here stays."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_OFFERING_UNKNOWN] = {N_ ("The price list has no such offer. The visit is unchanged. Choose one from \"guitaictl catalogue show\"."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_OFFERING_NOT_ON_SALE] = {N_ ("This offer is not on sale here today. The visit is unchanged. Choose another one."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_OFFERING_EXCLUDED] = {N_ ("Two of the chosen offers exclude each other. The visit is as it was before the last one. Leave one of them out."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_OFFERING_REQUIRES] = {N_ ("A chosen offer needs another one that was not chosen. The visit is as it was before. Add what it needs, or leave it out."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_OPEN_AMOUNT] = {N_ ("The amount that the customer names is missing, or outside what this offer allows. The visit is unchanged. Ask for another amount; the price list has the limits."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_STATE] = {N_ ("What was asked is not possible any more in the state it is in. Nothing was changed. Look at its state again before going on."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_STATE_TEXT] = {N_ ("A record says a word that does not exist. Nothing was changed. Stop selling at this terminal and tell the help desk."), TAI_EXIT_STORAGE},
  [TAI_CORE_ERROR_EMPTY] = {N_ ("Nothing was chosen. There is nothing to place. Choose at least one offer."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_NUMBER_REQUIRED] = {N_ ("The number is missing. The visit is unchanged. Choose a number, or type the one that it is done for."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_SIM_REQUIRED] = {N_ ("The SIM card is missing. The visit is unchanged. Scan a card of this terminal's stock."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_PLAN_REQUIRED] = {N_ ("This business needs exactly one plan. The visit is unchanged. Choose one."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_AMOUNT_REQUIRED] = {N_ ("The amount is missing. The visit is unchanged. Ask the customer how much."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_SIGNATURE_REQUIRED] = {N_ ("The customer has not signed yet. The visit is unchanged. Let the customer read the form and sign it."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_CONSENT_MISSING] = {N_ ("A value-added service lacks the customer's own yes. The visit is unchanged. Ask the customer, or leave the service out."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_NUMBER_TAKEN] = {N_ ("This number has just been taken. Nothing was reserved. Choose another number."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_SIM_TAKEN] = {N_ ("This SIM card has been sold already, or is in another visit. Nothing was reserved. Take another card and put this one aside."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_SIM_SYNTAX] = {N_ ("This is no SIM card's number. Nothing was reserved. Scan the card's own bar code: 19 or 20 digits that begin with 89."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_SIM_CHECK_DIGIT] = {N_ ("The SIM card's number was misread: its last digit does not fit the others. Nothing was reserved. Scan it again, or take another card."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_NOT_LEASED] = {N_ ("This number or SIM card is not in this terminal's stock. Nothing was reserved. Choose one from the stock."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_CASH_SHORT] = {N_ ("The cash is less than what is due. Nothing was taken. Ask for the rest."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_PAYMENT_OPEN] = {N_ ("Another payment of this visit is not finished. Nothing was taken twice. Wait for it, or end it first."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_NOT_OFFERED_OFFLINE] = {N_ ("Headquarters cannot be reached, and this business may not be done without it. The visit is unchanged. Ask the customer to come back, or do the rest of the visit."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_LIMIT] = {N_ ("That would be more than one visit or order may hold. What was there before is unchanged. Finish this visit and begin another."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_STAFF_UNKNOWN] = {N_ ("This staff number is not known here, or may not work any more. Nothing was done. Check the number; new staff come with the next update from headquarters."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_PIN_WRONG] = {N_ ("The PIN is wrong. Nothing was done. Type it again; after the third wrong one the wait grows each time."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_LOCKED_OUT] = {N_ ("Too many wrong PINs: this staff number is locked for a while, also after a restart. Nothing was done. Wait, or let a colleague sign in."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_RIGHT_MISSING] = {N_ ("This staff member may not do that. Nothing was done. Ask a colleague who has the right."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_LOCKED] = {N_ ("The desk is locked. Nothing was done, and the visits are still there. Its clerk unlocks it with the PIN; a supervisor can sign in over it."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_NO_SHIFT] = {N_ ("The till is not open. Nothing was done. Count the drawer and open the till first."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_SHIFT_OPEN] = {N_ ("The till is open already. It stays as it is. Go on selling, or close it first."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_VISITS_OPEN] = {N_ ("Visits are still parked, or placed and not paid. The till stays open. Finish or abandon them, then close it."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_UNBALANCED] = {N_ ("The books would not balance, so nothing was booked. This is a fault of the program: tell the help desk, and do not take the money again."), TAI_EXIT_INTERNAL},
  [TAI_CORE_ERROR_DOCUMENT] = {N_ ("A stored paper cannot be read back. The sale itself is untouched. Tell the help desk; write a receipt by hand if the customer needs one."), TAI_EXIT_STORAGE},
  [TAI_CORE_ERROR_RECEIPT_UNKNOWN] = {N_ ("This terminal has no receipt with that number. Nothing was printed. Compare the number with the paper; another terminal's receipt is reprinted there."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_PRINT_UNKNOWN] = {N_ ("That paper is not in trouble any more. Nothing was printed. Look at the list again; the receipt can be reprinted by its number."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_MESSAGE_UNKNOWN] = {N_ ("There is no refused message with that key. Nothing was sent and nothing was given up. Look at the list of messages again."), TAI_EXIT_REFUSED},
  [TAI_CORE_ERROR_IDENTITY_IN_SCRIPT] = {N_ ("The script names a person. A script may name a reader only, never an identity. Nothing of it was done. Take the person out of the script."), TAI_EXIT_USAGE},
  [TAI_CORE_ERROR_CLASS] = {N_ ("An emulated reader is not accepted at a terminal in production. Nothing was stored, the attempt is in the journal. Connect a real reader."), TAI_EXIT_REFUSED},
};
/* clang-format on */

const TaiAdviceTable tai_advice_core = {rows, G_N_ELEMENTS (rows)};
