-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 1 of terminal.db. Never edited once released: later versions are 002.sql and so on, each run in one transaction.
--
-- Times are microseconds since the epoch (UTC), amounts minor units with their ISO 4217 number, digests 32 bytes, ids of
-- records UUID texts, states the texts of core/tai-state. "n" is the order in which the store wrote things down.
-- Each b-tree that a sale touches costs a page in the log of its commit: that is why items keep their characteristics and
-- prices as canonical lines, and why there is no index that another one can answer. Rows of a parent have the integer key k
-- = parent × width + position: they lie together, need no index, and a sale only ever appends.

-- One row: whose database this is and where its series stand.
CREATE TABLE meta (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  terminal TEXT NOT NULL,
  currency INTEGER NOT NULL,
  epoch_letter TEXT NOT NULL CHECK (epoch_letter GLOB '[A-Z]'),
  next_terminal_seq INTEGER NOT NULL CHECK (next_terminal_seq > 0),
  receipt_day TEXT NOT NULL,                -- business day of next_receipt_seq; '' before the first shift
  next_receipt_seq INTEGER NOT NULL CHECK (next_receipt_seq > 0),
  journal_seq INTEGER NOT NULL,             -- of the last entry, 0 = none
  journal_head BLOB NOT NULL CHECK (length (journal_head) = 32)
) STRICT;

-- Which program brought the schema to which version.
CREATE TABLE schema_change (version INTEGER PRIMARY KEY, program TEXT NOT NULL) STRICT;

-- Series of business days that are not meta.receipt_day: a day may be opened again, its numbers go on.
CREATE TABLE receipt_series (
  business_day TEXT NOT NULL,
  epoch_letter TEXT NOT NULL,
  next_seq INTEGER NOT NULL,
  PRIMARY KEY (business_day, epoch_letter)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length (id) = 36),
  till TEXT NOT NULL,
  clerk TEXT NOT NULL,
  business_day TEXT NOT NULL CHECK (length (business_day) = 10),
  state TEXT NOT NULL,
  opened_us INTEGER NOT NULL,
  closed_us INTEGER NOT NULL DEFAULT 0,
  float_minor INTEGER NOT NULL DEFAULT 0,
  counted_minor INTEGER NOT NULL DEFAULT 0,
  expected_minor INTEGER NOT NULL DEFAULT 0,
  currency INTEGER NOT NULL,
  z_number INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX shift_open ON shift (till) WHERE state <> 'closed';
CREATE UNIQUE INDEX shift_z ON shift (till, z_number) WHERE z_number > 0;
CREATE INDEX shift_day ON shift (business_day);

-- Every opening, count and close with its figures, for ever.
CREATE TABLE shift_event (
  shift_n INTEGER NOT NULL REFERENCES shift (n),
  k INTEGER NOT NULL,
  state TEXT NOT NULL,
  clerk TEXT NOT NULL,
  counted_minor INTEGER NOT NULL,
  expected_minor INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (shift_n, k)
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
  id TEXT PRIMARY KEY CHECK (length (id) = 36),
  state TEXT NOT NULL,
  clerk TEXT,
  opened_us INTEGER NOT NULL,
  changed_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_order (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length (id) = 36),
  visit_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  state TEXT NOT NULL,
  unfinished INTEGER NOT NULL,              -- kept by the store: see order_is_unfinished()
  clerk TEXT,
  developer TEXT,
  desk TEXT,
  outlet TEXT,
  customer_ref TEXT,
  customer_mask TEXT,
  document_mask TEXT,
  sealed_hq BLOB,                           -- purged below HQ's safe_until
  sealed_terminal BLOB,                     -- likewise
  msisdn TEXT,                              -- first MSISDN of the items, to find it by
  today_minor INTEGER NOT NULL,
  first_minor INTEGER NOT NULL,
  normal_minor INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  placed_us INTEGER NOT NULL,
  business_day TEXT,
  shift_id TEXT REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED,
  rule TEXT NOT NULL,
  signed INTEGER NOT NULL,
  receipt_number TEXT,
  terminal_seq INTEGER NOT NULL DEFAULT 0,
  content_hash BLOB CHECK (length (content_hash) = 32),
  refund_due_minor INTEGER NOT NULL DEFAULT 0,
  hq_reason TEXT
) STRICT;
CREATE INDEX order_visit ON customer_order (visit_id);
-- The day's orders; a receipt number names its day.
CREATE INDEX order_day ON customer_order (business_day);
CREATE INDEX order_msisdn ON customer_order (msisdn) WHERE msisdn IS NOT NULL;
CREATE INDEX order_unfinished ON customer_order (n) WHERE unfinished = 1;
CREATE INDEX order_box ON customer_order (terminal_seq) WHERE sealed_hq IS NOT NULL OR sealed_terminal IS NOT NULL;

CREATE TABLE order_item (
  k INTEGER PRIMARY KEY CHECK (k / 64 = order_n),
  order_n INTEGER NOT NULL REFERENCES customer_order (n),
  id TEXT NOT NULL,
  action TEXT NOT NULL,
  offering_id TEXT,
  offering_name TEXT,
  kind TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  open_minor INTEGER,
  open_currency INTEGER,
  relies_on TEXT,
  consent INTEGER NOT NULL,                 -- bit 0 needed, bit 1 given
  consent_us INTEGER NOT NULL,
  terms_hash BLOB CHECK (length (terms_hash) = 32),
  characteristics TEXT,                     -- canonical lines name=value
  prices TEXT                               -- canonical lines, each price begins with "price"
) STRICT;

CREATE TABLE order_state_event (
  k INTEGER PRIMARY KEY CHECK (k / 256 = order_n),
  order_n INTEGER NOT NULL REFERENCES customer_order (n),
  state TEXT NOT NULL,
  reason TEXT,
  time_us INTEGER NOT NULL
) STRICT;

-- A payment is a fact; only last_state and in_doubt, copies of its last event, follow.
CREATE TABLE payment (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length (id) = 36),
  visit_id TEXT NOT NULL,
  original_id TEXT REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED,
  tender TEXT NOT NULL,
  provider TEXT,
  amount_minor INTEGER NOT NULL,
  received_minor INTEGER NOT NULL,
  change_minor INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  clerk TEXT,
  business_day TEXT,
  shift_id TEXT REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED,
  created_us INTEGER NOT NULL,
  terminal_seq INTEGER NOT NULL,
  content_hash BLOB CHECK (length (content_hash) = 32),
  last_state TEXT NOT NULL,
  in_doubt INTEGER NOT NULL DEFAULT 0       -- of last_state: money may be under way
) STRICT;
CREATE INDEX payment_visit ON payment (visit_id);
CREATE INDEX payment_in_doubt ON payment (n) WHERE in_doubt = 1;

CREATE TABLE payment_event (
  k INTEGER PRIMARY KEY CHECK (k / 64 = payment_n),
  payment_n INTEGER NOT NULL REFERENCES payment (n),
  state TEXT NOT NULL,
  detail TEXT,
  business_day TEXT,                        -- where the money counts: the payment's shift, or the one that was open
  shift_id TEXT,
  time_us INTEGER NOT NULL
) STRICT;

CREATE TABLE allocation (
  payment_n INTEGER NOT NULL REFERENCES payment (n),
  order_n INTEGER NOT NULL REFERENCES customer_order (n),
  amount_minor INTEGER NOT NULL,
  currency INTEGER NOT NULL,
  PRIMARY KEY (payment_n, order_n)
) STRICT, WITHOUT ROWID;

CREATE TABLE posting_set (
  n INTEGER PRIMARY KEY,
  event TEXT NOT NULL,
  order_n INTEGER REFERENCES customer_order (n),
  payment_n INTEGER REFERENCES payment (n),
  clerk TEXT,
  business_day TEXT,
  shift_id TEXT REFERENCES shift (id) DEFERRABLE INITIALLY DEFERRED,
  time_us INTEGER NOT NULL
) STRICT;

CREATE TABLE posting (
  k INTEGER PRIMARY KEY CHECK (k / 4096 = set_n),
  set_n INTEGER NOT NULL REFERENCES posting_set (n),
  account TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,            -- debit > 0, credit < 0
  currency INTEGER NOT NULL
) STRICT;

-- Must be empty.
CREATE VIEW posting_imbalance AS
  SELECT set_n, currency, sum (amount_minor) AS minor FROM posting GROUP BY set_n, currency HAVING sum (amount_minor) <> 0;

-- Derived from postings; tai_store_verify() compares.
CREATE TABLE balance (
  account TEXT NOT NULL,
  currency INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  UNIQUE (account, currency)
) STRICT;

-- Running totals, so that a day's close costs the same after ten sales and after ten thousand. Derived: kind "account" from
-- postings, "business" from captured orders, "tender" from payment events, "reprint" from marked copies.
CREATE TABLE total (
  business_day TEXT NOT NULL,
  shift_id TEXT NOT NULL,                   -- '' = none
  kind TEXT NOT NULL,
  clerk TEXT NOT NULL,
  name TEXT NOT NULL,
  currency INTEGER NOT NULL,
  count INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  UNIQUE (business_day, shift_id, kind, clerk, name, currency)
) STRICT;

-- Numbers and SIMs (coupons, stock) that HQ leased to this terminal.
CREATE TABLE resource (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  grade TEXT,
  state TEXT NOT NULL,
  holder TEXT,                              -- visit (held) or order (used)
  lease_until_us INTEGER NOT NULL,
  hold_until_us INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_leased ON resource (kind, value) WHERE state = 'leased';
CREATE INDEX resource_held ON resource (hold_until_us) WHERE state = 'held';

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  business_day TEXT,
  shift_id TEXT,
  subject TEXT,
  time_us INTEGER NOT NULL,
  record BLOB NOT NULL,                     -- canonical bytes; the columns before are copies to find it by
  chain BLOB NOT NULL CHECK (length (chain) = 32)
) STRICT;

-- Heads of the chain that were signed (till close, HQ): a check at start begins at the last one.
CREATE TABLE journal_checkpoint (
  seq INTEGER PRIMARY KEY REFERENCES journal (seq),
  chain BLOB NOT NULL CHECK (length (chain) = 32),
  time_us INTEGER NOT NULL,
  key_id TEXT,
  signature BLOB
) STRICT;

-- A message is a fact: rendered once. body is purged below HQ's safe_until.
CREATE TABLE message (
  n INTEGER PRIMARY KEY,
  destination TEXT NOT NULL,
  key TEXT NOT NULL CHECK (length (key) = 36),
  sale_id TEXT,
  step INTEGER NOT NULL,
  depends_on TEXT,
  supersedes TEXT,
  order_n INTEGER REFERENCES customer_order (n),
  path TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length (digest) = 32),
  terminal_seq INTEGER NOT NULL,
  created_us INTEGER NOT NULL,
  body BLOB,
  UNIQUE (key, destination)
) STRICT;

-- The way of a message to its destination: small rows, rewritten often.
CREATE TABLE outbox (
  n INTEGER PRIMARY KEY REFERENCES message (n),
  destination TEXT NOT NULL,
  state TEXT NOT NULL,
  ready INTEGER NOT NULL,                   -- nothing that it waits for is unacknowledged
  dep_n INTEGER REFERENCES message (n),     -- what it waits for; follows a superseding fix
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_us INTEGER NOT NULL DEFAULT 0,
  created_us INTEGER NOT NULL,
  last_error TEXT
) STRICT;
CREATE INDEX outbox_open ON outbox (destination, ready, n, state, next_try_us, created_us)
  WHERE state NOT IN ('acknowledged', 'superseded');
CREATE INDEX outbox_blocked ON outbox (dep_n) WHERE ready = 0;

CREATE TABLE print_job (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL CHECK (length (id) = 36),
  visit_id TEXT,
  receipt_number TEXT,
  printer TEXT NOT NULL,
  copy INTEGER NOT NULL CHECK (copy >= 0),
  state TEXT NOT NULL,
  reason TEXT,
  business_day TEXT,                        -- of the shift that was open when it was queued
  shift_id TEXT,
  queued_us INTEGER NOT NULL,
  changed_us INTEGER NOT NULL,
  document BLOB
) STRICT;
CREATE INDEX print_open ON print_job (printer, n, state, id) WHERE state <> 'printed';
CREATE UNIQUE INDEX print_copy ON print_job (receipt_number, printer, copy) WHERE receipt_number IS NOT NULL;

CREATE TABLE approval (
  id TEXT PRIMARY KEY CHECK (length (id) = 36),
  state TEXT NOT NULL,
  action TEXT NOT NULL,
  order_n INTEGER REFERENCES customer_order (n),
  amount_minor INTEGER,
  currency INTEGER,
  asked_by TEXT NOT NULL,
  asked_us INTEGER NOT NULL,
  approver TEXT,
  decided_us INTEGER,
  until_us INTEGER,
  reason TEXT
) STRICT, WITHOUT ROWID;

-- Staff is HQ's and replaced whole; failures are ours and stay.
CREATE TABLE staff (
  number TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  rights INTEGER NOT NULL,
  pin_record TEXT,
  disabled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_failure (
  number TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- One row: HQ's catalogue as it came, swapped whole.
CREATE TABLE catalogue (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  etag TEXT,
  loaded_us INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- Facts are appended. The exceptions stand in the triggers: last_state, and the purge of bodies and boxes.
CREATE TRIGGER shift_event_update BEFORE UPDATE ON shift_event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER shift_event_delete BEFORE DELETE ON shift_event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER shift_delete BEFORE DELETE ON shift BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER shift_update BEFORE UPDATE ON shift WHEN OLD.state = 'closed' BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_delete BEFORE DELETE ON customer_order BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_update BEFORE UPDATE OF n, id, visit_id, operation, clerk, developer, desk, outlet, customer_ref,
  customer_mask, document_mask, msisdn, today_minor, first_minor, normal_minor, currency, placed_us, rule, signed
  ON customer_order BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_captured BEFORE UPDATE OF business_day, shift_id, receipt_number, terminal_seq, content_hash
  ON customer_order WHEN OLD.receipt_number IS NOT NULL BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_purge BEFORE UPDATE OF sealed_hq, sealed_terminal ON customer_order
  WHEN NEW.sealed_hq IS NOT NULL OR NEW.sealed_terminal IS NOT NULL BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_item_update BEFORE UPDATE ON order_item BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_item_delete BEFORE DELETE ON order_item BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_state_event_update BEFORE UPDATE ON order_state_event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER order_state_event_delete BEFORE DELETE ON order_state_event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER payment_update BEFORE UPDATE OF n, id, visit_id, original_id, tender, provider, amount_minor, received_minor,
  change_minor, currency, clerk, business_day, shift_id, created_us, terminal_seq, content_hash
  ON payment BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER payment_delete BEFORE DELETE ON payment BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER payment_event_update BEFORE UPDATE ON payment_event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER payment_event_delete BEFORE DELETE ON payment_event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER allocation_update BEFORE UPDATE ON allocation BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER allocation_delete BEFORE DELETE ON allocation BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER posting_set_update BEFORE UPDATE ON posting_set BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER posting_set_delete BEFORE DELETE ON posting_set BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER posting_update BEFORE UPDATE ON posting BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER posting_delete BEFORE DELETE ON posting BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER journal_update BEFORE UPDATE ON journal BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER journal_delete BEFORE DELETE ON journal BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON journal_checkpoint WHEN OLD.signature IS NOT NULL
  OR NEW.seq <> OLD.seq OR NEW.chain <> OLD.chain BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON journal_checkpoint BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER message_update BEFORE UPDATE OF n, destination, key, sale_id, step, depends_on, supersedes, order_n, path,
  digest, terminal_seq, created_us ON message BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER message_purge BEFORE UPDATE OF body ON message WHEN NEW.body IS NOT NULL
  BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER message_delete BEFORE DELETE ON message BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER outbox_delete BEFORE DELETE ON outbox BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER print_job_delete BEFORE DELETE ON print_job BEGIN SELECT RAISE (ABORT, 'append only'); END;
