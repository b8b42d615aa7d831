-- What the journal must hold, counted beside it and signed: how many entries each writing connection wrote (lane 0 and up)
-- and how many were sealed (lane -1). `sum` adds up the leaves of the same entries, modulo 2^512. Written minus sealed is
-- what stands there unsealed: a row that was cut, changed or slipped in does not fit, sealed or not.
CREATE TABLE db_lane (
  lane      BIGINT NOT NULL PRIMARY KEY,
  entries   BIGINT NOT NULL,
  sum       TEXT   NOT NULL,
  at        BIGINT NOT NULL,
  signature TEXT   NOT NULL
);
