-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 9 of terminal.db: orders are found by how they were paid, entries of the journal by what they are about and by kinds that
-- are rare. Cash and sales are found from the newest on: they keep no index.

CREATE INDEX payment_tender ON payment (tender) WHERE tender <> 'cash';
CREATE INDEX payment_provider ON payment (provider) WHERE provider IS NOT NULL;
CREATE INDEX journal_kind ON journal (kind) WHERE kind <> 'sale';
CREATE INDEX journal_subject ON journal (subject) WHERE subject IS NOT NULL;
