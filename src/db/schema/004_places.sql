-- The journal anew, its places in an index of their own: a row that has no place yet is not in it, so writing and sealing
-- touch one tree less each. Rows are only ever added; sealing fills seq.
CREATE TABLE db_journal_anew (
  id      BIGINT NOT NULL PRIMARY KEY,
  at      BIGINT NOT NULL,
  actor   BIGINT NOT NULL,
  org     BIGINT NOT NULL,
  role    TEXT   NOT NULL,
  event   TEXT   NOT NULL,
  subject BIGINT NOT NULL,
  detail  TEXT   NOT NULL,
  salt    TEXT   NOT NULL,
  seq     BIGINT,
  leaf    TEXT   NOT NULL DEFAULT ''
);
INSERT INTO db_journal_anew (id, at, actor, org, role, event, subject, detail, salt, seq, leaf)
  SELECT id, at, actor, org, role, event, subject, detail, salt, seq, leaf FROM db_journal ORDER BY id;
DROP TABLE db_journal;
ALTER TABLE db_journal_anew RENAME TO db_journal;
CREATE UNIQUE INDEX db_journal_place ON db_journal (seq) WHERE seq IS NOT NULL;
CREATE INDEX db_journal_unsealed ON db_journal (id) WHERE seq IS NULL;
CREATE INDEX db_journal_subject ON db_journal (subject, id);
