-- Lists of orders: what is searched in them, and their free places, beside the stage in one index that answers by itself.
ALTER TABLE offers_order ADD COLUMN search TEXT NOT NULL DEFAULT '';         -- letter, employer, city, permit, code, posts; folded
ALTER TABLE offers_order ADD COLUMN places_left BIGINT NOT NULL DEFAULT 0;   -- of all posts
UPDATE offers_order SET
  places_left = (SELECT COALESCE(SUM(quota_men + quota_women + quota_any - reserved_men - reserved_women - reserved_any
                                     - used_men - used_women - used_any), 0)
                 FROM offers_post WHERE of_order = offers_order.id),
  search = LOWER(number || ' ' || employer_name || ' ' || city || ' ' || sip2mi || ' ' || COALESCE(code, '')) || ' ' || COALESCE((
    -- @sqlite
    SELECT GROUP_CONCAT(search, ' ')
    -- @pg
    SELECT STRING_AGG(search, ' ')
    -- @end
    FROM offers_post WHERE of_order = offers_order.id), '');
DROP INDEX offers_order_stage;
-- PostgreSQL takes no long texts into an index.
-- @sqlite
CREATE INDEX offers_order_stage ON offers_order (stage, stage_since, id, company, country, recruit_until, sip2mi_until, places_left,
  examined_by, search);
-- @pg
CREATE INDEX offers_order_stage ON offers_order (stage, stage_since, id);
-- @end
CREATE INDEX offers_order_own ON offers_order (company, stage, stage_since, id);
CREATE INDEX offers_mission_country ON offers_mission (country);
