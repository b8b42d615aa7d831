-- The journal of the office and the signed checkpoints over it. Rows are only ever added; sealing fills seq and leaf.
CREATE TABLE db_journal (
  id      BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  actor   BIGINT NOT NULL,
  org     BIGINT NOT NULL,
  role    TEXT   NOT NULL,
  event   TEXT   NOT NULL,
  subject BIGINT NOT NULL,
  detail  TEXT   NOT NULL,
  salt    TEXT   NOT NULL,
  seq     BIGINT UNIQUE,
  leaf    TEXT   NOT NULL DEFAULT ''
);
CREATE INDEX db_journal_unsealed ON db_journal (id) WHERE seq IS NULL;
CREATE INDEX db_journal_subject ON db_journal (subject, id);

-- size: entries under this root; leaves: the hashes of those added since the checkpoint before; frontier: the roots of
-- the perfect subtrees, from which the next checkpoint goes on. All of it stands under the signature.
CREATE TABLE db_checkpoint (
  size      BIGINT NOT NULL PRIMARY KEY,
  root      TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  leaves    TEXT   NOT NULL,
  frontier  TEXT   NOT NULL,
  signature TEXT   NOT NULL
);
