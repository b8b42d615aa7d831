-- Answers already given to an Idempotency-Key, for 24 hours. status 0: the first request is still running.
CREATE TABLE web_idempotency (
  key_hash  TEXT PRIMARY KEY,
  body_hash TEXT NOT NULL,
  status    BIGINT NOT NULL,
  type      TEXT NOT NULL,
  body      TEXT NOT NULL,
  location  TEXT NOT NULL,
  at        BIGINT NOT NULL
);
CREATE INDEX web_idempotency_at ON web_idempotency(at);
