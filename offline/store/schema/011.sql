-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 11 of terminal.db: cash that one terminal owes and another gives back. A row is how an order's debt stands here; what is owed of an
-- order of this terminal stays that order's refund_due_minor, and what another's refund gives back is no payment of ours.

CREATE TABLE debt (
  order_id TEXT PRIMARY KEY CHECK (length (order_id) = 36),
  visit_id TEXT,
  claim TEXT NOT NULL CHECK (length (claim) = 36),
  state TEXT NOT NULL,
  hop INTEGER NOT NULL,                     -- how often it has been let go
  terminal TEXT,                            -- the other side
  amount_minor INTEGER NOT NULL,
  currency INTEGER NOT NULL,                -- 0 = not told yet
  parts TEXT NOT NULL,                      -- a line each: payment, minor units
  operation TEXT,
  receipt_number TEXT,
  msisdn TEXT,
  customer_mask TEXT,
  seller TEXT,
  clerk TEXT,                               -- who asked
  reason TEXT,
  since_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX debt_open ON debt (state) WHERE state IN ('asked', 'held');

-- Of a refund that pays such a debt: the payment of another terminal that it gives back, and whose debt it pays.
ALTER TABLE payment ADD COLUMN elsewhere_id TEXT;
ALTER TABLE payment ADD COLUMN debt_id TEXT REFERENCES debt (order_id);
CREATE INDEX payment_debt ON payment (debt_id) WHERE debt_id IS NOT NULL;

CREATE TRIGGER debt_delete BEFORE DELETE ON debt BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER debt_update BEFORE UPDATE ON debt WHEN OLD.state = 'paid' OR NEW.hop < OLD.hop
  BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER payment_elsewhere BEFORE UPDATE OF elsewhere_id, debt_id ON payment BEGIN SELECT RAISE (ABORT, 'append only'); END;
