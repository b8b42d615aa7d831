-- A rule by sex names the kind of its basis; what stood here alone was any word.
ALTER TABLE offers_post ADD COLUMN sex_rule_kind TEXT NOT NULL DEFAULT '';  -- word of offers::sex_rule_kinds, '' = none named
-- One demand letter on two orders: its number without blanks and marks.
CREATE INDEX offers_order_letter ON offers_order (UPPER(REPLACE(REPLACE(REPLACE(REPLACE(number, ' ', ''), '-', ''), '/', ''), '.', '')));
