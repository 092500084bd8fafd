-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 6 of terminal.db: what happened beside selling is counted for each clerk, from the journal, and sales by quarters of
-- an hour. (A record is lines "name=value": a line's value stands between its name and the line's end.)

DELETE FROM total WHERE kind = 'reprint';

INSERT INTO total (business_day, shift_id, kind, clerk, name, currency, count, minor)
  WITH entry AS (
    SELECT coalesce (business_day, '') AS day, coalesce (shift_id, '') AS shift, kind, CAST (record AS TEXT) AS r
      FROM journal WHERE kind IN ('refund', 'reprint', 'drawer_opened', 'override')),
  told AS (
    SELECT day, shift, kind,
           iif (instr (r, char (10) || 'staff=') = 0, NULL, substr (r, instr (r, char (10) || 'staff=') + 7)) AS staff,
           iif (instr (r, char (10) || 'amount_minor=') = 0, NULL, substr (r, instr (r, char (10) || 'amount_minor=') + 14)) AS amount
      FROM entry)
  SELECT day, shift, 'event', coalesce (substr (staff, 1, instr (staff, char (10)) - 1), ''), kind, meta.currency, count (*),
         sum (coalesce (CAST (substr (amount, 1, instr (amount, char (10)) - 1) AS INTEGER), 0))
    FROM told, meta GROUP BY 1, 2, 4, 5;

INSERT INTO total (business_day, shift_id, kind, clerk, name, currency, count, minor)
  SELECT o.business_day, o.shift_id, 'quarter', coalesce (o.clerk, ''),
         (SELECT CAST (min (e.time_us) / 900000000 AS TEXT) FROM order_state_event e
           WHERE e.k BETWEEN o.n * 256 AND o.n * 256 + 255 AND e.state = 'paid'),
         o.currency, count (*), sum (o.today_minor)
    FROM customer_order o WHERE o.receipt_number IS NOT NULL GROUP BY 1, 2, 4, 5, 6;
