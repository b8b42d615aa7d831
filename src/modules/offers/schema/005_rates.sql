-- Who entered a rate and when. A rate of the same day that is entered again corrects it; the journal keeps both.
ALTER TABLE offers_rate ADD COLUMN by_user BIGINT;
ALTER TABLE offers_rate ADD COLUMN at BIGINT NOT NULL DEFAULT 0;
