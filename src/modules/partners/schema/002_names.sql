-- Names are compared in memory: this one row tells every process whether the names it holds are still those of the register.
CREATE TABLE partners_names (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  version BIGINT NOT NULL                    -- a new random number with every company registered or renamed
);
INSERT INTO partners_names (one, version) SELECT 1, COALESCE(MAX(id), 0) FROM partners_company;

-- The pieces of names stood here before; counting them cost the reader of a message some milliseconds a name.
DROP TABLE partners_piece;
DROP TABLE partners_piece_count;
