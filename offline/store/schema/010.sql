-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 10 of terminal.db: the slips of a visit (money back, another code for an invoice) are found with its receipt, and who said
-- yes with what it was about.

CREATE INDEX print_slip ON print_job (visit_id) WHERE receipt_number IS NULL AND visit_id IS NOT NULL;
CREATE INDEX approval_subject ON approval (subject);
