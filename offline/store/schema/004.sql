-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 4 of terminal.db: payments that are there before their visit is captured, and those that a person released.

ALTER TABLE payment ADD COLUMN number TEXT;                       -- of the coupon or slip
ALTER TABLE payment ADD COLUMN released INTEGER NOT NULL DEFAULT 0; -- its outcome keeps its visit from nothing any more

-- Its sequence and hash come with the capture, once.
DROP TRIGGER payment_update;
CREATE TRIGGER payment_update BEFORE UPDATE OF n, id, visit_id, original_id, tender, provider, number, amount_minor,
  received_minor, change_minor, currency, clerk, business_day, shift_id, created_us
  ON payment BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER payment_captured BEFORE UPDATE OF terminal_seq, content_hash ON payment WHEN OLD.terminal_seq <> 0
  BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER payment_released BEFORE UPDATE OF released ON payment WHEN NEW.released < OLD.released
  BEGIN SELECT RAISE (ABORT, 'append only'); END;
