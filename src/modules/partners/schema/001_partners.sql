-- Placement companies (P3MI), their dated licence terms, what identifies them, openness of countries, foreign partners.
CREATE TABLE partners_company (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL,                         -- the name without legal form and noise, for search and order
  licence_number TEXT NOT NULL,              -- SIP3MI as printed
  licence_key TEXT NOT NULL,
  licence_until TEXT,
  address TEXT NOT NULL,
  region TEXT NOT NULL,                      -- Kemendagri code
  phone TEXT NOT NULL,                       -- as registered, one or several
  email TEXT NOT NULL,
  website TEXT NOT NULL,
  accounts TEXT NOT NULL,                    -- one a line
  code TEXT NOT NULL UNIQUE,                 -- public code on their posters
  revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX partners_company_licence ON partners_company (licence_key) WHERE licence_key <> '';
CREATE INDEX partners_company_name ON partners_company (key, id);

-- Licence terms. Rows are only added: a restored licence is a further term, a slip of the pen a row of partners_withdrawal.
CREATE TABLE partners_term (
  id BIGINT PRIMARY KEY,
  company BIGINT NOT NULL REFERENCES partners_company (id),
  state TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  decree TEXT NOT NULL,
  reason TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_user BIGINT
);
CREATE INDEX partners_term_company ON partners_term (company, from_day, id);

CREATE TABLE partners_withdrawal (
  term BIGINT PRIMARY KEY REFERENCES partners_term (id),
  at BIGINT NOT NULL,
  by_user BIGINT
);

-- What a fact said before it was amended.
CREATE TABLE partners_change (
  id BIGINT PRIMARY KEY,
  company BIGINT NOT NULL REFERENCES partners_company (id),
  field TEXT NOT NULL,
  before_text TEXT NOT NULL,
  after_text TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_user BIGINT
);
CREATE INDEX partners_change_company ON partners_change (company, id);

-- Registered phones (E.164), bank accounts (digits) and hosts, in the shape in which they are looked up.
CREATE TABLE partners_contact (
  kind TEXT NOT NULL,                        -- phone, account, host
  value TEXT NOT NULL,
  company BIGINT NOT NULL REFERENCES partners_company (id),
  PRIMARY KEY (kind, value, company)
);
CREATE INDEX partners_contact_company ON partners_contact (company);

-- Three-letter pieces of the words of a company's key, and how many companies hold each: a misspelt name is looked up by
-- its rarest pieces, so that a search reads few rows however many companies there are.
CREATE TABLE partners_piece (
  piece TEXT NOT NULL,
  company BIGINT NOT NULL REFERENCES partners_company (id),
  of_all BIGINT NOT NULL                     -- pieces of this company's key
);
CREATE UNIQUE INDEX partners_piece_found ON partners_piece (piece, company, of_all);  -- answers without the table
CREATE INDEX partners_piece_company ON partners_piece (company);
CREATE TABLE partners_piece_count (
  piece TEXT PRIMARY KEY,
  companies BIGINT NOT NULL
);

-- Openness of country x occupation x employer kind. Rows are only added.
CREATE TABLE partners_open_rule (
  id BIGINT PRIMARY KEY,
  country TEXT NOT NULL,                     -- ISO 3166-1 alpha-2
  occupation TEXT NOT NULL,                  -- ISCO-08 prefix, '' = every
  employer_kind TEXT NOT NULL,               -- household, legal_entity, ship, '' = any
  state TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  at BIGINT NOT NULL,
  by_user BIGINT
);
CREATE INDEX partners_open_rule_country ON partners_open_rule (country, id);

CREATE TABLE partners_branch (
  id BIGINT PRIMARY KEY,
  company BIGINT NOT NULL REFERENCES partners_company (id),
  region TEXT NOT NULL,
  address TEXT NOT NULL,
  permit TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT
);
CREATE INDEX partners_branch_company ON partners_branch (company, id);

CREATE TABLE partners_foreign (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  country TEXT NOT NULL,
  kind TEXT NOT NULL,                        -- agency, employer
  registration TEXT NOT NULL,
  verified_on TEXT,
  verified_by TEXT NOT NULL
);
CREATE INDEX partners_foreign_country ON partners_foreign (country, key, id);
