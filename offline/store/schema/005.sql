-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 5 of terminal.db: a Z report keeps how it found the books, what is booked about it later is a numbered supplement, and a
-- business day of the hall is closed once.

-- What a report of a closed shift says besides the totals of its shift, which no longer move. Of shifts that were closed
-- before there is none.
CREATE TABLE z_report (
  shift_n INTEGER PRIMARY KEY REFERENCES shift (n),
  journal_seq INTEGER NOT NULL,             -- the head as the close left it
  journal_chain BLOB NOT NULL CHECK (length (journal_chain) = 32),
  checked_from INTEGER NOT NULL,            -- the chain was computed anew from this entry to the head
  broken_seq INTEGER NOT NULL,              -- the first entry that is not what was written; 0 = none
  last_message_n INTEGER NOT NULL,
  n_unsent INTEGER NOT NULL,
  oldest_unsent_us INTEGER NOT NULL,
  n_quarantined INTEGER NOT NULL,
  n_in_doubt INTEGER NOT NULL,
  oldest_in_doubt_us INTEGER NOT NULL,
  n_undone INTEGER NOT NULL,
  carried_minor INTEGER NOT NULL,           -- in_doubt_carried_over as the close left it
  refund_due_minor INTEGER NOT NULL
) STRICT;

CREATE TABLE z_supplement (
  shift_n INTEGER NOT NULL REFERENCES shift (n),
  k INTEGER NOT NULL CHECK (k > 0),
  event TEXT NOT NULL,
  order_id TEXT,
  payment_id TEXT,
  amount_minor INTEGER NOT NULL,
  currency INTEGER NOT NULL,                -- 0 = no amount
  business_day TEXT,
  shift_id TEXT,
  clerk TEXT,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (shift_n, k)
) STRICT, WITHOUT ROWID;

CREATE TABLE hall_close (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  business_day TEXT NOT NULL UNIQUE CHECK (length (business_day) = 10),
  clerk TEXT NOT NULL,
  sales_minor INTEGER NOT NULL,
  drawers_minor INTEGER NOT NULL,
  safe_minor INTEGER NOT NULL,
  in_bags_minor INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  n_orders INTEGER NOT NULL,
  n_shifts INTEGER NOT NULL,
  n_left INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;

CREATE TRIGGER z_report_update BEFORE UPDATE ON z_report BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER z_report_delete BEFORE DELETE ON z_report BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER z_supplement_update BEFORE UPDATE ON z_supplement BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER z_supplement_delete BEFORE DELETE ON z_supplement BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER hall_close_update BEFORE UPDATE ON hall_close BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER hall_close_delete BEFORE DELETE ON hall_close BEGIN SELECT RAISE (ABORT, 'append only'); END;
