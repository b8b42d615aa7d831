-- The lowest pay of a destination, as the office read it in a letter. A company's own word about it counted until now; it
-- is no evidence and goes.
CREATE TABLE offers_floor (
  id BIGINT PRIMARY KEY,
  country TEXT NOT NULL,                     -- ISO 3166-1 alpha-2
  occupation TEXT NOT NULL,                  -- ISCO-08 prefix, '' = every work there
  amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
  amount_currency TEXT NOT NULL,
  from_day TEXT NOT NULL,
  source TEXT NOT NULL,                      -- letter or decree, with its number
  page TEXT NOT NULL,                        -- page or article in it
  by_user BIGINT,
  at BIGINT NOT NULL
);
-- Nothing is changed or removed here: what is wrong is entered again, and the later entry of the same day counts.
CREATE INDEX offers_floor_country ON offers_floor (country, from_day);
ALTER TABLE offers_post DROP COLUMN floor_minor;
ALTER TABLE offers_post DROP COLUMN floor_currency;
