-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 2 of terminal.db: a placed visit can be rebuilt whole after a restart, papers and all, and the list of what is
-- unfinished is answered by indexes that a sale on its good way hardly touches.

ALTER TABLE customer_order ADD COLUMN document_kind TEXT;       -- for the form; what kind of document, nothing of its holder
ALTER TABLE order_item ADD COLUMN offering_name_en TEXT;        -- for papers in English

-- The key terms as they were shown, once each: an order names them by their hash and they outlive the catalogue.
CREATE TABLE terms (
  hash BLOB PRIMARY KEY CHECK (length (hash) = 32),
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER terms_update BEFORE UPDATE ON terms BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER terms_delete BEFORE DELETE ON terms BEGIN SELECT RAISE (ABORT, 'append only'); END;

DROP TRIGGER order_update;
CREATE TRIGGER order_update BEFORE UPDATE OF n, id, visit_id, operation, clerk, developer, desk, outlet, customer_ref,
  customer_mask, document_mask, document_kind, msisdn, today_minor, first_minor, normal_minor, currency, placed_us, rule,
  signed ON customer_order BEGIN SELECT RAISE (ABORT, 'append only'); END;

-- Paid and sent are the way that every order goes, weeks long when the line is dead; whatever else is unfinished is work.
-- (With placed_us, so that looking for those that HQ has had too long reads no row of a fresh one.)
CREATE INDEX order_work ON customer_order (state, n, placed_us) WHERE unfinished = 1 AND state NOT IN ('paid', 'sent');
CREATE INDEX outbox_quarantined ON outbox (n) WHERE state = 'quarantined';
CREATE INDEX print_trouble ON print_job (n) WHERE state IN ('unknown', 'failed');
