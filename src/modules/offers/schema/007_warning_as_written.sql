-- A name or a text as the officer wrote it: `value` is folded for comparing, and reads badly.
ALTER TABLE offers_warning_mark ADD COLUMN shown TEXT NOT NULL DEFAULT '';
