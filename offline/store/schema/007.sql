-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 7 of terminal.db: code devices of staff. The secret is HQ's and comes with the staff; which code was used last is ours
-- and stays, whatever HQ sends, so that no code counts twice.

ALTER TABLE staff ADD COLUMN code_record TEXT;

CREATE TABLE used_code (
  number TEXT PRIMARY KEY,
  step INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
