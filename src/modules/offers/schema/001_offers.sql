-- Job orders from abroad, their posts, what happened to them, and the dated rates beside foreign pay.
CREATE TABLE offers_order (
  id BIGINT PRIMARY KEY,
  company BIGINT NOT NULL,
  number TEXT NOT NULL,                      -- of the demand letter
  letter_date TEXT,
  letter_quota BIGINT NOT NULL DEFAULT 0,    -- what the letter asks for in all; 0: as the posts say
  employer BIGINT,
  employer_name TEXT NOT NULL,
  employer_kind TEXT NOT NULL,
  country TEXT NOT NULL,                     -- ISO 3166-1 alpha-2
  city TEXT NOT NULL,
  scheme TEXT NOT NULL,
  contract_months BIGINT NOT NULL,
  hours_week BIGINT NOT NULL,
  rest_days_week BIGINT NOT NULL,
  leave_days BIGINT NOT NULL,
  fee_minor BIGINT NOT NULL,
  fee_currency TEXT NOT NULL,
  deductions_minor BIGINT NOT NULL,
  deductions_currency TEXT NOT NULL,
  facilities TEXT NOT NULL,
  requirements TEXT NOT NULL,
  min_education TEXT NOT NULL,
  min_age BIGINT NOT NULL,
  contract_items TEXT NOT NULL,              -- words of offers::Item, one blank between
  recruit_from TEXT,
  recruit_until TEXT,
  sip2mi TEXT NOT NULL DEFAULT '',
  sip2mi_until TEXT,
  code TEXT UNIQUE,                          -- public code; NULL until the order opens
  stage TEXT NOT NULL,
  proposal TEXT NOT NULL DEFAULT '',         -- first eye: 'verify', 'refuse' or nothing
  submitted_by BIGINT,
  examined_by BIGINT,
  decided_by BIGINT,
  submitted_at BIGINT NOT NULL DEFAULT 0,
  examined_at BIGINT NOT NULL DEFAULT 0,
  decided_at BIGINT NOT NULL DEFAULT 0,
  stage_since BIGINT NOT NULL,
  revision BIGINT NOT NULL
);
CREATE INDEX offers_order_company ON offers_order (company, number);
CREATE INDEX offers_order_stage ON offers_order (stage, stage_since);
CREATE UNIQUE INDEX offers_order_sip2mi ON offers_order (sip2mi) WHERE sip2mi <> '';

CREATE TABLE offers_post (
  id BIGINT PRIMARY KEY,
  of_order BIGINT NOT NULL REFERENCES offers_order (id),
  place BIGINT NOT NULL,                     -- first, second ... as typed
  occupation TEXT NOT NULL,                  -- ISCO-08
  title_id TEXT NOT NULL,
  title_en TEXT NOT NULL,
  search TEXT NOT NULL,                      -- both titles folded
  quota_men BIGINT NOT NULL,
  quota_women BIGINT NOT NULL,
  quota_any BIGINT NOT NULL,
  reserved_men BIGINT NOT NULL DEFAULT 0,
  reserved_women BIGINT NOT NULL DEFAULT 0,
  reserved_any BIGINT NOT NULL DEFAULT 0,
  used_men BIGINT NOT NULL DEFAULT 0,
  used_women BIGINT NOT NULL DEFAULT 0,
  used_any BIGINT NOT NULL DEFAULT 0,
  pay_minor BIGINT NOT NULL,
  pay_currency TEXT NOT NULL,
  floor_minor BIGINT NOT NULL,
  floor_currency TEXT NOT NULL,
  sex_rule_basis TEXT NOT NULL,
  CHECK (reserved_men >= 0 AND used_men >= 0 AND reserved_men + used_men <= quota_men),
  CHECK (reserved_women >= 0 AND used_women >= 0 AND reserved_women + used_women <= quota_women),
  CHECK (reserved_any >= 0 AND used_any >= 0 AND reserved_any + used_any <= quota_any),
  UNIQUE (of_order, place)
);

-- What happened, in order. Nothing is changed or removed here.
CREATE TABLE offers_step (
  id BIGINT PRIMARY KEY,
  of_order BIGINT NOT NULL REFERENCES offers_order (id),
  at BIGINT NOT NULL,
  by_user BIGINT,
  what TEXT NOT NULL,                        -- drafted, amended, submitted, taken_up, endorsed, returned, proposed_verify, ...
  stage TEXT NOT NULL,                       -- the stage that followed
  revision BIGINT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX offers_step_order ON offers_step (of_order, id);

-- The reasons of a step: a form field and what is wrong with it (returned), or a named fault (refused).
CREATE TABLE offers_reason (
  step BIGINT NOT NULL REFERENCES offers_step (id),
  place BIGINT NOT NULL,
  field TEXT NOT NULL,
  fault TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (step, place)
);

-- Which countries a mission (Atnaker, KDEI) endorses letters for.
CREATE TABLE offers_mission (
  org BIGINT NOT NULL,
  country TEXT NOT NULL,
  PRIMARY KEY (org, country)
);

-- Rupiah for one unit of a currency on a day, times 10,000. Shown beside pay with its day and source, never stored with it.
CREATE TABLE offers_rate (
  currency TEXT NOT NULL,
  day TEXT NOT NULL,
  scaled BIGINT NOT NULL CHECK (scaled > 0),
  source TEXT NOT NULL,
  PRIMARY KEY (currency, day)
);
