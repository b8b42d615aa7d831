-- Warnings an officer has published, what they are about, and how often offers are checked (without identity).
CREATE TABLE offers_warning (
  id BIGINT PRIMARY KEY,
  year BIGINT NOT NULL,
  serial BIGINT NOT NULL,                    -- "0412/2026" = serial 412 of 2026
  title TEXT NOT NULL,
  reason TEXT NOT NULL,
  company BIGINT,
  published_at BIGINT NOT NULL,
  published_by BIGINT,
  withdrawn SMALLINT NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  withdrawn_at BIGINT NOT NULL DEFAULT 0,
  withdrawn_by BIGINT,
  withdrawn_reason TEXT NOT NULL DEFAULT '',
  UNIQUE (year, serial)
);
CREATE INDEX offers_warning_newest ON offers_warning (withdrawn, published_at);

CREATE TABLE offers_warning_mark (
  warning BIGINT NOT NULL REFERENCES offers_warning (id),
  mark TEXT NOT NULL,                        -- word of offers::Mark
  value TEXT NOT NULL,                       -- normalised: as it is compared
  PRIMARY KEY (warning, mark, value)
);
CREATE INDEX offers_warning_mark_value ON offers_warning_mark (mark, value);

-- One number a day, kind of input, answer and country: where people are being approached. No text, no address, no person.
CREATE TABLE offers_check_count (
  day TEXT NOT NULL,
  kind TEXT NOT NULL,
  verdict TEXT NOT NULL,
  country TEXT NOT NULL,
  n BIGINT NOT NULL,
  PRIMARY KEY (day, kind, verdict, country)
);

-- The open orders of a company, and how many are open at all, without reading the orders themselves.
CREATE INDEX offers_order_open ON offers_order (company, country, stage_since) WHERE stage = 'open';
CREATE INDEX offers_order_counted ON offers_order (country, recruit_until, sip2mi_until) WHERE stage = 'open';
