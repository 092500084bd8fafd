-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 8 of terminal.db: payments are found by their amount and by the number of their slip or coupon.

CREATE INDEX payment_amount ON payment (amount_minor);
CREATE INDEX payment_number ON payment (number) WHERE number IS NOT NULL;
