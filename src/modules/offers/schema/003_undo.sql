-- What an order was before an officer's step, so that the step can be taken back whole.
CREATE TABLE offers_before (
  step BIGINT PRIMARY KEY REFERENCES offers_step (id),
  stage TEXT NOT NULL,
  stage_since BIGINT NOT NULL,
  proposal TEXT NOT NULL,
  sip2mi TEXT NOT NULL,
  sip2mi_until TEXT,
  code TEXT NOT NULL,                        -- '': it had none
  submitted_by BIGINT,
  examined_by BIGINT,
  decided_by BIGINT,
  submitted_at BIGINT NOT NULL,
  examined_at BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  taken BIGINT NOT NULL                      -- places reserved or used at that moment
);
