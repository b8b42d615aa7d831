-- Published figures. Nothing is overwritten: another value is another edition or another source, hence another row.
CREATE TABLE targets_figure (
  id       BIGINT PRIMARY KEY,
  series   TEXT NOT NULL,
  scope    TEXT NOT NULL,
  label    TEXT NOT NULL,
  scaled   BIGINT NOT NULL,                -- value x 10^decimals
  decimals BIGINT NOT NULL,
  unit     TEXT NOT NULL,
  axis     TEXT NOT NULL,
  period   TEXT NOT NULL,
  edition  TEXT NOT NULL,
  source   TEXT NOT NULL,
  status   TEXT NOT NULL CHECK (status IN ('found', 'derived', 'unverified')),
  note     TEXT NOT NULL,
  UNIQUE (series, scope, label, period, edition, source)
);

-- What was brought in, when and by whom.
CREATE TABLE targets_import (
  id      BIGINT PRIMARY KEY,
  at      BIGINT NOT NULL,
  by_user BIGINT,
  name    TEXT NOT NULL,
  rows    BIGINT NOT NULL,
  added   BIGINT NOT NULL,
  same    BIGINT NOT NULL,
  refused BIGINT NOT NULL
);
CREATE INDEX targets_import_at ON targets_import (at);
