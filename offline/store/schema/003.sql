-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 3 of terminal.db: an approval names what it is about (shift, till, bag, order), and what was approved stays as it was.

ALTER TABLE approval ADD COLUMN subject TEXT;

CREATE TRIGGER approval_update BEFORE UPDATE OF id, action, order_n, amount_minor, currency, asked_by, asked_us, subject,
  approver, decided_us, until_us ON approval WHEN OLD.state <> 'asked' BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER approval_delete BEFORE DELETE ON approval BEGIN SELECT RAISE (ABORT, 'append only'); END;
