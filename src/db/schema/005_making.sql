-- Stands while an invented province is being made, from before its first row until after its last: what a program that was
-- killed leaves is no office. In a folder a file says the same (demo.unfinished).
CREATE TABLE db_making (
  id    SMALLINT NOT NULL PRIMARY KEY CHECK (id = 1),
  since BIGINT   NOT NULL
);
