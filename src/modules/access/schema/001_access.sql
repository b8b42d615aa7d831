-- Organisations, people with accounts, the agreement of the two controllers, and what signing in needs. No password, no
-- code and no token stands here in the clear: only hashes, and the secret of a one-time password sealed by keys/access.key.
CREATE TABLE access_org (
  id         BIGINT NOT NULL PRIMARY KEY,
  kind       TEXT   NOT NULL CHECK (kind IN ('agency', 'province', 'company', 'mission')),
  name       TEXT   NOT NULL,
  short_name TEXT   NOT NULL,
  company    BIGINT
);
CREATE UNIQUE INDEX access_org_company ON access_org (company) WHERE company IS NOT NULL;

CREATE TABLE access_agreement (
  id          BIGINT NOT NULL PRIMARY KEY,
  agency      BIGINT NOT NULL REFERENCES access_org (id),
  province    BIGINT NOT NULL REFERENCES access_org (id),
  number      TEXT   NOT NULL,
  signed_on   TEXT   NOT NULL,
  valid_until TEXT   NOT NULL,
  contact     TEXT   NOT NULL,
  recorded_at BIGINT NOT NULL,
  recorded_by BIGINT
);

CREATE TABLE access_user (
  id           BIGINT   NOT NULL PRIMARY KEY,
  org          BIGINT   NOT NULL REFERENCES access_org (id),
  login        TEXT     NOT NULL UNIQUE,
  name         TEXT     NOT NULL,
  role         TEXT     NOT NULL,
  active       SMALLINT NOT NULL CHECK (active IN (0, 1)),
  password     TEXT     NOT NULL DEFAULT '',
  totp         TEXT     NOT NULL DEFAULT '',
  totp_step    BIGINT   NOT NULL DEFAULT 0,
  invite       TEXT     NOT NULL DEFAULT '',
  invite_until BIGINT   NOT NULL DEFAULT 0
);
CREATE INDEX access_user_org ON access_user (org, name);

CREATE TABLE access_recovery (
  person BIGINT NOT NULL REFERENCES access_user (id),
  hash   TEXT   NOT NULL,
  PRIMARY KEY (person, hash)
);

-- person NULL: whoever holds the one-time code of the first run.
CREATE TABLE access_session (
  id      BIGINT NOT NULL PRIMARY KEY,
  token   TEXT   NOT NULL UNIQUE,
  person  BIGINT REFERENCES access_user (id),
  device  TEXT   NOT NULL,
  opened  BIGINT NOT NULL,
  seen    BIGINT NOT NULL
);
CREATE INDEX access_session_person ON access_session (person);

-- Between the password and the second proof.
CREATE TABLE access_ticket (
  token  TEXT   NOT NULL PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES access_user (id),
  until  BIGINT NOT NULL
);

-- Browsers in which a person has signed in before: somebody else's guesses do not lock them out.
CREATE TABLE access_device (
  person BIGINT NOT NULL REFERENCES access_user (id),
  token  TEXT   NOT NULL,
  since  BIGINT NOT NULL,
  PRIMARY KEY (person, token)
);

-- One row a try of the last hour; bucket is a hash, of an account or of an account in a known browser.
CREATE TABLE access_try (
  id     BIGINT NOT NULL PRIMARY KEY,
  bucket TEXT   NOT NULL,
  at     BIGINT NOT NULL
);
CREATE INDEX access_try_bucket ON access_try (bucket, at);
CREATE INDEX access_try_at ON access_try (at);

-- What was typed in each step of the first run, until the office opens; afterwards the choices that stay.
CREATE TABLE access_setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);
