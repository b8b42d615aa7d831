-- The demand letter itself. Its bytes stand in the database: one backup and one restore hold everything, on either engine.
CREATE TABLE offers_letter (
  id BIGINT PRIMARY KEY,
  of_order BIGINT NOT NULL REFERENCES offers_order (id),
  kind TEXT NOT NULL,                        -- pdf, jpeg, png: by what the bytes are
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,                      -- hex
  at BIGINT NOT NULL,
  by_user BIGINT
);
CREATE INDEX offers_letter_order ON offers_letter (of_order, id);

-- Base64 (RFC 4648 section 5), in pieces of half a mebibyte: both engines keep text, and none has to move all of it at once.
CREATE TABLE offers_letter_part (
  letter BIGINT NOT NULL REFERENCES offers_letter (id),
  place BIGINT NOT NULL,
  part TEXT NOT NULL,
  PRIMARY KEY (letter, place)
);
