-- A foreign partner's registration is valid for some time; what an officer amends names the version he saw.
ALTER TABLE partners_foreign ADD COLUMN valid_from TEXT;
ALTER TABLE partners_foreign ADD COLUMN valid_until TEXT;
ALTER TABLE partners_foreign ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
