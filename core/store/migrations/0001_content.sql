-- Content: what was observed or decided. Rows are appended, and triggers stop whoever would rewrite them.
-- Times are milliseconds since 1970 UTC. Indexes of options count from 0; -1 means none. JSON is compact text.
-- Seeds are unsigned 64-bit numbers kept in SQLite's signed ones. Paths inside the project's folder are relative to it.

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Runs: anything that took time and left rows.
CREATE TABLE run (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  name        TEXT NOT NULL,
  command     TEXT NOT NULL,
  spec        TEXT NOT NULL,
  summary     TEXT NOT NULL,
  error       TEXT NOT NULL,
  owner       TEXT NOT NULL,    -- the lock file of the process that runs it
  attempts    INTEGER NOT NULL, -- how many times it was started
  created_at  INTEGER NOT NULL,
  started_at  INTEGER NOT NULL, -- of the last start; 0: never
  finished_at INTEGER NOT NULL  -- 0: not yet
) STRICT;
CREATE INDEX run_by_status ON run (status);

CREATE TRIGGER run_begins_queued BEFORE INSERT ON run WHEN new.status <> 'queued'
BEGIN SELECT RAISE(ABORT, 'a run begins as queued'); END;
CREATE TRIGGER run_keeps_what_it_is BEFORE UPDATE OF id, kind, command, spec, created_at ON run
BEGIN SELECT RAISE(ABORT, 'what a run is does not change'); END;
CREATE TRIGGER run_status_moves_on BEFORE UPDATE OF status ON run
WHEN NOT ((old.status = 'queued' AND new.status IN ('running', 'done', 'failed', 'cancelled', 'interrupted'))
       OR (old.status = 'running' AND new.status IN ('running', 'done', 'failed', 'cancelled', 'interrupted'))
       OR (old.status IN ('interrupted', 'cancelled', 'failed') AND new.status = 'running'))
BEGIN SELECT RAISE(ABORT, 'a run does not move between these states'); END;
CREATE TRIGGER run_done_stays BEFORE UPDATE OF summary, error, attempts, started_at, finished_at, owner ON run
WHEN old.status = 'done'
BEGIN SELECT RAISE(ABORT, 'a finished run does not change'); END;
CREATE TRIGGER run_stays BEFORE DELETE ON run
BEGIN SELECT RAISE(ABORT, 'runs are never deleted'); END;

CREATE TABLE run_log (
  id         INTEGER PRIMARY KEY,
  run        INTEGER NOT NULL REFERENCES run (id),
  kind       TEXT NOT NULL CHECK (kind IN ('info', 'warning', 'status')),
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX run_log_by_run ON run_log (run);

CREATE TABLE run_sample (
  id         INTEGER PRIMARY KEY,
  run        INTEGER NOT NULL REFERENCES run (id),
  step       INTEGER NOT NULL,
  label      TEXT NOT NULL,
  prompt     TEXT NOT NULL,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX run_sample_by_run ON run_sample (run);

CREATE TABLE run_parent (
  run    INTEGER NOT NULL REFERENCES run (id),
  parent INTEGER NOT NULL REFERENCES run (id),
  role   TEXT NOT NULL,
  PRIMARY KEY (run, parent, role),
  CHECK (run <> parent)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_parent_by_parent ON run_parent (parent);

CREATE TABLE metric_name (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE metric_point (
  id      INTEGER PRIMARY KEY,
  run     INTEGER NOT NULL REFERENCES run (id),
  name    INTEGER NOT NULL REFERENCES metric_name (id),
  step    INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  tokens  INTEGER NOT NULL,
  seconds REAL,
  value   REAL -- NULL: not a number
) STRICT;
CREATE INDEX metric_point_by_curve ON metric_point (run, name, step);

CREATE TABLE checkpoint (
  id         INTEGER PRIMARY KEY,
  run        INTEGER NOT NULL REFERENCES run (id),
  step       INTEGER NOT NULL,
  folder     TEXT NOT NULL,
  eval_loss  REAL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX checkpoint_by_run ON checkpoint (run, step);

-- Scenarios: what was synthesized or imported, its versions, and what people decided.
CREATE TABLE scenario (
  id          INTEGER PRIMARY KEY,
  strategy    TEXT NOT NULL,
  generator   TEXT NOT NULL,
  prompt_hash TEXT NOT NULL,
  seed        INTEGER NOT NULL,
  run         INTEGER REFERENCES run (id),
  source      TEXT NOT NULL,
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX scenario_by_run ON scenario (run) WHERE run IS NOT NULL;

CREATE TABLE scenario_revision (
  id               INTEGER PRIMARY KEY,
  scenario         INTEGER NOT NULL REFERENCES scenario (id),
  number           INTEGER NOT NULL,
  situation        TEXT NOT NULL,
  question         TEXT NOT NULL,
  options          TEXT NOT NULL CHECK (json_valid(options)),
  key              INTEGER NOT NULL,
  rationale        TEXT NOT NULL,
  category         TEXT NOT NULL,
  non_intervention INTEGER NOT NULL,
  hash             TEXT NOT NULL, -- contentHash() of domain/scenario.h
  author           TEXT NOT NULL,
  note             TEXT NOT NULL,
  created_at       INTEGER NOT NULL,
  UNIQUE (scenario, number),
  CHECK (key >= -1 AND key < json_array_length(options)),
  CHECK (non_intervention >= -1 AND non_intervention < json_array_length(options))
) STRICT;

CREATE TABLE scenario_status (
  id         INTEGER PRIMARY KEY,
  scenario   INTEGER NOT NULL REFERENCES scenario (id),
  revision   INTEGER NOT NULL REFERENCES scenario_revision (id),
  status     TEXT NOT NULL CHECK (status IN ('undecided', 'accepted', 'rejected')),
  author     TEXT NOT NULL,
  note       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX scenario_status_by_scenario ON scenario_status (scenario);

-- What checks found; replaced whenever they run again.
CREATE TABLE scenario_issue (
  revision INTEGER NOT NULL REFERENCES scenario_revision (id),
  position INTEGER NOT NULL,
  code     TEXT NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (revision, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE reject (
  id         INTEGER PRIMARY KEY,
  run        INTEGER REFERENCES run (id),
  strategy   TEXT NOT NULL,
  reason     TEXT NOT NULL,
  raw_text   TEXT NOT NULL,
  seed       INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX reject_by_run ON reject (run);

CREATE TABLE prompt (
  id         INTEGER PRIMARY KEY,
  hash       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  text       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Datasets: frozen, named lists of revisions.
CREATE TABLE dataset (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  note       TEXT NOT NULL,
  spec       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  run        INTEGER REFERENCES run (id),
  frozen     INTEGER NOT NULL CHECK (frozen IN (0, 1)), -- 0 only inside the transaction that makes it
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE dataset_item (
  dataset  INTEGER NOT NULL REFERENCES dataset (id),
  position INTEGER NOT NULL,
  revision INTEGER NOT NULL REFERENCES scenario_revision (id),
  split    TEXT NOT NULL CHECK (split <> ''),
  PRIMARY KEY (dataset, position),
  UNIQUE (dataset, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX dataset_item_by_revision ON dataset_item (revision);

CREATE TABLE run_dataset (
  run     INTEGER NOT NULL REFERENCES run (id),
  dataset INTEGER NOT NULL REFERENCES dataset (id),
  PRIMARY KEY (run, dataset)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_dataset_by_dataset ON run_dataset (dataset);

CREATE TRIGGER dataset_changes_only_to_frozen BEFORE UPDATE ON dataset
WHEN old.frozen = 1 OR new.id <> old.id OR new.name <> old.name OR new.note <> old.note OR new.spec <> old.spec
  OR new.run IS NOT old.run OR new.created_at <> old.created_at
BEGIN SELECT RAISE(ABORT, 'a frozen dataset does not change'); END;
CREATE TRIGGER dataset_in_use_stays BEFORE DELETE ON dataset
WHEN EXISTS (SELECT 1 FROM run_dataset WHERE dataset = old.id)
BEGIN SELECT RAISE(ABORT, 'a dataset that a run used is not deleted'); END;
CREATE TRIGGER dataset_item_is_complete BEFORE INSERT ON dataset_item
WHEN (SELECT frozen FROM dataset WHERE id = new.dataset) = 1
BEGIN SELECT RAISE(ABORT, 'a frozen dataset does not change'); END;
CREATE TRIGGER dataset_item_keeps BEFORE UPDATE ON dataset_item
BEGIN SELECT RAISE(ABORT, 'a frozen dataset does not change'); END;
CREATE TRIGGER dataset_item_in_use_stays BEFORE DELETE ON dataset_item
WHEN EXISTS (SELECT 1 FROM run_dataset WHERE dataset = old.dataset)
BEGIN SELECT RAISE(ABORT, 'a dataset that a run used is not deleted'); END;

-- Models that runs used.
CREATE TABLE model (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  location   TEXT NOT NULL,
  family     TEXT NOT NULL,
  hash       TEXT NOT NULL,
  details    TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (kind, location, hash)
) STRICT;

CREATE TABLE run_model (
  run   INTEGER NOT NULL REFERENCES run (id),
  model INTEGER NOT NULL REFERENCES model (id),
  role  TEXT NOT NULL,
  PRIMARY KEY (run, model, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_model_by_model ON run_model (model);

-- Benchmarks. Which picture belongs to an item may change: it is a table of its own.
CREATE TABLE benchmark (
  id               INTEGER PRIMARY KEY,
  name             TEXT NOT NULL UNIQUE,
  source           TEXT NOT NULL,
  source_hash      TEXT NOT NULL,
  run              INTEGER REFERENCES run (id),
  keys_missing     INTEGER NOT NULL,
  keys_repaired    INTEGER NOT NULL,
  unusable         INTEGER NOT NULL,
  nan_tokens       INTEGER NOT NULL,
  created_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE benchmark_item (
  id                INTEGER PRIMARY KEY,
  benchmark         INTEGER NOT NULL REFERENCES benchmark (id),
  position          INTEGER NOT NULL,
  file_index        INTEGER NOT NULL, -- the file's own number
  situation         TEXT NOT NULL,
  question          TEXT NOT NULL,
  options           TEXT NOT NULL CHECK (json_valid(options)),
  key               INTEGER NOT NULL,
  rationale         TEXT NOT NULL,
  category          TEXT NOT NULL,
  non_intervention  INTEGER NOT NULL,
  non_interventions TEXT NOT NULL CHECK (json_valid(non_interventions)),
  image_file        TEXT NOT NULL,
  image_url         TEXT NOT NULL,
  positive_values   TEXT NOT NULL CHECK (json_valid(positive_values)),
  negative_values   TEXT NOT NULL CHECK (json_valid(negative_values)),
  unusable          TEXT NOT NULL, -- why it cannot be scored; empty: it can
  UNIQUE (benchmark, position),
  CHECK (key >= -1 AND key < json_array_length(options)),
  CHECK (non_intervention >= -1 AND non_intervention < json_array_length(options))
) STRICT;

CREATE TABLE benchmark_issue (
  id         INTEGER PRIMARY KEY,
  benchmark  INTEGER NOT NULL REFERENCES benchmark (id),
  file_index INTEGER NOT NULL,
  field      TEXT NOT NULL,
  problem    TEXT NOT NULL,
  action     TEXT NOT NULL
) STRICT;
CREATE INDEX benchmark_issue_by_benchmark ON benchmark_issue (benchmark);

CREATE TABLE run_benchmark (
  run       INTEGER NOT NULL REFERENCES run (id),
  benchmark INTEGER NOT NULL REFERENCES benchmark (id),
  PRIMARY KEY (run, benchmark)
) STRICT, WITHOUT ROWID;

CREATE TABLE picture (
  id         INTEGER PRIMARY KEY,
  path       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (path, hash)
) STRICT;

CREATE TABLE item_picture (
  item    INTEGER PRIMARY KEY REFERENCES benchmark_item (id),
  picture INTEGER NOT NULL REFERENCES picture (id)
) STRICT;

-- Answers.
CREATE TABLE prediction (
  id               INTEGER PRIMARY KEY,
  run              INTEGER NOT NULL REFERENCES run (id),
  item             INTEGER NOT NULL REFERENCES benchmark_item (id),
  shift            INTEGER NOT NULL,
  raw_text         TEXT NOT NULL,
  letter_log_probs BLOB NOT NULL, -- little-endian doubles, one an option as shown
  milliseconds     REAL,
  prompt_tokens    INTEGER NOT NULL,
  new_tokens       INTEGER NOT NULL,
  created_at       INTEGER NOT NULL,
  UNIQUE (run, item, shift)
) STRICT;

CREATE TABLE choice_override (
  id         INTEGER PRIMARY KEY,
  prediction INTEGER NOT NULL REFERENCES prediction (id),
  option     INTEGER, -- NULL: the override is withdrawn
  person     TEXT NOT NULL,
  note       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX choice_override_by_prediction ON choice_override (prediction);

-- Nobody rewrites what was observed.
CREATE TRIGGER run_log_keeps BEFORE UPDATE ON run_log BEGIN SELECT RAISE(ABORT, 'run_log is only appended to'); END;
CREATE TRIGGER run_log_stays BEFORE DELETE ON run_log BEGIN SELECT RAISE(ABORT, 'run_log is only appended to'); END;
CREATE TRIGGER run_sample_keeps BEFORE UPDATE ON run_sample BEGIN SELECT RAISE(ABORT, 'run_sample is only appended to'); END;
CREATE TRIGGER run_sample_stays BEFORE DELETE ON run_sample BEGIN SELECT RAISE(ABORT, 'run_sample is only appended to'); END;
CREATE TRIGGER run_parent_keeps BEFORE UPDATE ON run_parent BEGIN SELECT RAISE(ABORT, 'run_parent is only appended to'); END;
CREATE TRIGGER run_parent_stays BEFORE DELETE ON run_parent BEGIN SELECT RAISE(ABORT, 'run_parent is only appended to'); END;
CREATE TRIGGER metric_name_keeps BEFORE UPDATE ON metric_name BEGIN SELECT RAISE(ABORT, 'metric_name is only appended to'); END;
CREATE TRIGGER metric_name_stays BEFORE DELETE ON metric_name BEGIN SELECT RAISE(ABORT, 'metric_name is only appended to'); END;
CREATE TRIGGER metric_point_keeps BEFORE UPDATE ON metric_point BEGIN SELECT RAISE(ABORT, 'metric_point is only appended to'); END;
CREATE TRIGGER metric_point_stays BEFORE DELETE ON metric_point BEGIN SELECT RAISE(ABORT, 'metric_point is only appended to'); END;
CREATE TRIGGER checkpoint_keeps BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is only appended to'); END;
CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is only appended to'); END;
CREATE TRIGGER scenario_keeps BEFORE UPDATE ON scenario BEGIN SELECT RAISE(ABORT, 'scenario is only appended to'); END;
CREATE TRIGGER scenario_stays BEFORE DELETE ON scenario BEGIN SELECT RAISE(ABORT, 'scenario is only appended to'); END;
CREATE TRIGGER scenario_revision_keeps BEFORE UPDATE ON scenario_revision BEGIN SELECT RAISE(ABORT, 'scenario_revision is only appended to'); END;
CREATE TRIGGER scenario_revision_stays BEFORE DELETE ON scenario_revision BEGIN SELECT RAISE(ABORT, 'scenario_revision is only appended to'); END;
CREATE TRIGGER scenario_status_keeps BEFORE UPDATE ON scenario_status BEGIN SELECT RAISE(ABORT, 'scenario_status is only appended to'); END;
CREATE TRIGGER scenario_status_stays BEFORE DELETE ON scenario_status BEGIN SELECT RAISE(ABORT, 'scenario_status is only appended to'); END;
CREATE TRIGGER reject_keeps BEFORE UPDATE ON reject BEGIN SELECT RAISE(ABORT, 'reject is only appended to'); END;
CREATE TRIGGER reject_stays BEFORE DELETE ON reject BEGIN SELECT RAISE(ABORT, 'reject is only appended to'); END;
CREATE TRIGGER prompt_keeps BEFORE UPDATE ON prompt BEGIN SELECT RAISE(ABORT, 'prompt is only appended to'); END;
CREATE TRIGGER prompt_stays BEFORE DELETE ON prompt BEGIN SELECT RAISE(ABORT, 'prompt is only appended to'); END;
CREATE TRIGGER run_dataset_keeps BEFORE UPDATE ON run_dataset BEGIN SELECT RAISE(ABORT, 'run_dataset is only appended to'); END;
CREATE TRIGGER run_dataset_stays BEFORE DELETE ON run_dataset BEGIN SELECT RAISE(ABORT, 'run_dataset is only appended to'); END;
CREATE TRIGGER model_keeps BEFORE UPDATE ON model BEGIN SELECT RAISE(ABORT, 'model is only appended to'); END;
CREATE TRIGGER model_stays BEFORE DELETE ON model BEGIN SELECT RAISE(ABORT, 'model is only appended to'); END;
CREATE TRIGGER run_model_keeps BEFORE UPDATE ON run_model BEGIN SELECT RAISE(ABORT, 'run_model is only appended to'); END;
CREATE TRIGGER run_model_stays BEFORE DELETE ON run_model BEGIN SELECT RAISE(ABORT, 'run_model is only appended to'); END;
CREATE TRIGGER benchmark_keeps BEFORE UPDATE ON benchmark BEGIN SELECT RAISE(ABORT, 'benchmark is only appended to'); END;
CREATE TRIGGER benchmark_stays BEFORE DELETE ON benchmark BEGIN SELECT RAISE(ABORT, 'benchmark is only appended to'); END;
CREATE TRIGGER benchmark_item_keeps BEFORE UPDATE ON benchmark_item BEGIN SELECT RAISE(ABORT, 'benchmark_item is only appended to'); END;
CREATE TRIGGER benchmark_item_stays BEFORE DELETE ON benchmark_item BEGIN SELECT RAISE(ABORT, 'benchmark_item is only appended to'); END;
CREATE TRIGGER benchmark_issue_keeps BEFORE UPDATE ON benchmark_issue BEGIN SELECT RAISE(ABORT, 'benchmark_issue is only appended to'); END;
CREATE TRIGGER benchmark_issue_stays BEFORE DELETE ON benchmark_issue BEGIN SELECT RAISE(ABORT, 'benchmark_issue is only appended to'); END;
CREATE TRIGGER run_benchmark_keeps BEFORE UPDATE ON run_benchmark BEGIN SELECT RAISE(ABORT, 'run_benchmark is only appended to'); END;
CREATE TRIGGER run_benchmark_stays BEFORE DELETE ON run_benchmark BEGIN SELECT RAISE(ABORT, 'run_benchmark is only appended to'); END;
CREATE TRIGGER picture_keeps BEFORE UPDATE ON picture BEGIN SELECT RAISE(ABORT, 'picture is only appended to'); END;
CREATE TRIGGER picture_stays BEFORE DELETE ON picture BEGIN SELECT RAISE(ABORT, 'picture is only appended to'); END;
CREATE TRIGGER prediction_keeps BEFORE UPDATE ON prediction BEGIN SELECT RAISE(ABORT, 'prediction is only appended to'); END;
CREATE TRIGGER prediction_stays BEFORE DELETE ON prediction BEGIN SELECT RAISE(ABORT, 'prediction is only appended to'); END;
CREATE TRIGGER choice_override_keeps BEFORE UPDATE ON choice_override BEGIN SELECT RAISE(ABORT, 'choice_override is only appended to'); END;
CREATE TRIGGER choice_override_stays BEFORE DELETE ON choice_override BEGIN SELECT RAISE(ABORT, 'choice_override is only appended to'); END;
