-- How many orders are open, by country and by the last day on which they are: a result page says the number of jobs without
-- reading a single order. Kept by the statement that moves an order.
CREATE TABLE offers_open_count (
  country TEXT NOT NULL,
  until_day TEXT NOT NULL,                   -- the earlier of the end of recruitment and of the permit; '9999-12-31': neither
  n BIGINT NOT NULL,
  PRIMARY KEY (country, until_day)
);
INSERT INTO offers_open_count (country, until_day, n)
SELECT country, until_day, COUNT(*) FROM (
  SELECT country, CASE WHEN COALESCE(recruit_until, '9999-12-31') < COALESCE(sip2mi_until, '9999-12-31')
    THEN COALESCE(recruit_until, '9999-12-31') ELSE COALESCE(sip2mi_until, '9999-12-31') END AS until_day
  FROM offers_order WHERE stage = 'open') AS standing
GROUP BY country, until_day;
DROP INDEX offers_order_counted;
