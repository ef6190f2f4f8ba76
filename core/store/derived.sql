-- Derived: computed from the content, dropped and made anew by this very script (after a migration, and by
-- Connection::rebuildDerived). A change here comes with a new numbered migration, so that older files run it.

DROP TRIGGER IF EXISTS derive_from_revision;
DROP TRIGGER IF EXISTS derive_from_edit;
DROP TRIGGER IF EXISTS derive_from_status;
DROP TRIGGER IF EXISTS derive_from_issue;
DROP TRIGGER IF EXISTS derive_from_issue_gone;
DROP VIEW IF EXISTS scenario_body;
DROP TABLE IF EXISTS scenario_fts;
DROP TABLE IF EXISTS scenario_current;

-- One row a scenario: everything that lists filter and sort by, without the long texts.
CREATE TABLE scenario_current (
  scenario   INTEGER PRIMARY KEY,
  revision   INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  status     TEXT NOT NULL,
  strategy   TEXT NOT NULL,
  generator  TEXT NOT NULL,
  category   TEXT NOT NULL,
  key        INTEGER NOT NULL,
  issues     INTEGER NOT NULL,
  run        INTEGER,
  opening    TEXT NOT NULL, -- the situation's first 48 characters in lower case, to sort by
  hash       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX scenario_current_by_hash ON scenario_current (hash);
-- Sorting 100,000 openings takes 110 ms; other columns are sorted in 30 to 70 ms without an index.
CREATE INDEX scenario_current_by_opening ON scenario_current (opening);

-- The text that a search looks through.
CREATE VIEW scenario_body AS
SELECT id AS revision,
       situation || char(10) || question || char(10)
       || coalesce((SELECT group_concat(value, char(10)) FROM json_each(options)), '') || char(10)
       || rationale || char(10) || category AS body
FROM scenario_revision;

-- unicode61 and not trigrams: people look for words; over 100,000 scenarios the index takes 43 MB and not 143, and answers
-- for frequent words 5 to 10 times as fast. Scripts without spaces are searched without the index (see search_text.h).
-- Contentless: the text itself is in scenario_revision.
CREATE VIRTUAL TABLE scenario_fts USING fts5 (
  body, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2'
);
-- Bytes gathered in memory before they become a segment: 16 MiB instead of 1 saves a fifth of an import's time.
INSERT INTO scenario_fts (scenario_fts, rank) VALUES ('hashsize', 16777216);

-- New and edited scenarios go into the index by ScenarioRepository (scenario_writes.cpp), in one statement for all: FTS5
-- writes out what it has gathered at every savepoint, and a statement with a trigger is one. By trigger, 100,000 new ones
-- cost 11 s instead of 4, and 20,000 edits 7.5 s instead of 2.5.
CREATE TRIGGER derive_from_revision AFTER INSERT ON scenario_revision WHEN new.number = 1
BEGIN
  INSERT INTO scenario_current (scenario, revision, number, status, strategy, generator, category, key, issues, run,
                                opening, hash, created_at, changed_at)
  SELECT id, new.id, 1, 'undecided', strategy, generator, new.category, new.key, 0, run,
         lower(substr(new.situation, 1, 48)), new.hash, created_at, new.created_at
  FROM scenario WHERE id = new.scenario;
END;

CREATE TRIGGER derive_from_edit AFTER INSERT ON scenario_revision WHEN new.number > 1
BEGIN
  UPDATE scenario_current
  SET revision = new.id, number = new.number, category = new.category, key = new.key, issues = 0,
      opening = lower(substr(new.situation, 1, 48)), hash = new.hash, changed_at = new.created_at
  WHERE scenario = new.scenario;
END;

CREATE TRIGGER derive_from_status AFTER INSERT ON scenario_status
BEGIN
  UPDATE scenario_current SET status = new.status, changed_at = new.created_at WHERE scenario = new.scenario;
END;

CREATE TRIGGER derive_from_issue AFTER INSERT ON scenario_issue
BEGIN
  UPDATE scenario_current SET issues = issues + 1
  WHERE scenario = (SELECT scenario FROM scenario_revision WHERE id = new.revision) AND revision = new.revision;
END;

CREATE TRIGGER derive_from_issue_gone AFTER DELETE ON scenario_issue
BEGIN
  UPDATE scenario_current SET issues = issues - 1
  WHERE scenario = (SELECT scenario FROM scenario_revision WHERE id = old.revision) AND revision = old.revision;
END;

INSERT INTO scenario_current (scenario, revision, number, status, strategy, generator, category, key, issues, run,
                              opening, hash, created_at, changed_at)
SELECT s.id, r.id, r.number,
       coalesce((SELECT status FROM scenario_status WHERE id = d.newest), 'undecided'),
       s.strategy, s.generator, r.category, r.key,
       (SELECT count(*) FROM scenario_issue WHERE revision = r.id), s.run,
       lower(substr(r.situation, 1, 48)), r.hash, s.created_at,
       max(r.created_at, coalesce((SELECT created_at FROM scenario_status WHERE id = d.newest), 0))
FROM scenario AS s
JOIN scenario_revision AS r
  ON r.scenario = s.id AND r.number = (SELECT max(number) FROM scenario_revision WHERE scenario = s.id)
LEFT JOIN (SELECT scenario, max(id) AS newest FROM scenario_status GROUP BY scenario) AS d ON d.scenario = s.id;

INSERT INTO scenario_fts (rowid, body)
SELECT c.scenario, b.body FROM scenario_current AS c JOIN scenario_body AS b ON b.revision = c.revision
ORDER BY c.scenario;

-- What rules read out of answers. Computed by the eval layer and put back whenever its rules change; not dropped here,
-- because this script cannot compute it.
CREATE TABLE IF NOT EXISTS choice (
  prediction INTEGER PRIMARY KEY,
  option     INTEGER NOT NULL,
  rule       TEXT NOT NULL
) STRICT;
