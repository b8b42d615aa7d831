-- An agreement of two controllers needs the word of both: proposed by one, assented to by the other, or withdrawn before that.
ALTER TABLE access_agreement ADD COLUMN proposed_org BIGINT;
ALTER TABLE access_agreement ADD COLUMN assented_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE access_agreement ADD COLUMN assented_by BIGINT;
ALTER TABLE access_agreement ADD COLUMN withdrawn_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE access_agreement ADD COLUMN withdrawn_by BIGINT;
