-- The schema of an archive, revision 0004. Made by packaging/make_schema.py from the migrations: do not edit.
-- What the full-text indexes make for themselves and Alembic's own table are left out.

CREATE TABLE accepted_changes (
  story VARCHAR(36) NOT NULL,
  person VARCHAR(36) NOT NULL,
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  part VARCHAR(36) NOT NULL,
  field VARCHAR(16) NOT NULL,
  text TEXT NOT NULL,
  at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_accepted_changes PRIMARY KEY (story, person, major, minor, part, field),
  CONSTRAINT fk_accepted_changes_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_accepted_changes_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE assignments (
  story VARCHAR(36) NOT NULL,
  person VARCHAR(36),
  step VARCHAR(64) NOT NULL,
  deadline VARCHAR(27),
  note TEXT NOT NULL,
  given_by VARCHAR(36),
  at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_assignments PRIMARY KEY (story),
  CONSTRAINT fk_assignments_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_assignments_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_assignments_given_by_people FOREIGN KEY(given_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE blocks (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  position INTEGER NOT NULL,
  kind VARCHAR(16) NOT NULL,
  CONSTRAINT pk_blocks PRIMARY KEY (id),
  CONSTRAINT fk_blocks_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT
);

CREATE TABLE comment_notes (
  id VARCHAR(36) NOT NULL,
  comment VARCHAR(36) NOT NULL,
  person VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  changed_at VARCHAR(27),
  text TEXT NOT NULL,
  CONSTRAINT pk_comment_notes PRIMARY KEY (id),
  CONSTRAINT fk_comment_notes_comment_comments FOREIGN KEY(comment) REFERENCES comments (id) ON DELETE RESTRICT,
  CONSTRAINT fk_comment_notes_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE comments (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  anchor VARCHAR(36) NOT NULL,
  moved_to VARCHAR(36),
  moved_offset INTEGER NOT NULL,
  side VARCHAR(8) NOT NULL,
  quote TEXT NOT NULL,
  resolved_by VARCHAR(36),
  resolved_at VARCHAR(27),
  CONSTRAINT pk_comments PRIMARY KEY (id),
  CONSTRAINT fk_comments_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_comments_resolved_by_people FOREIGN KEY(resolved_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE VIRTUAL TABLE concordance_index USING fts5(body, content='', tokenize='unicode61 remove_diacritics 2', detail=full, columnsize=0);

CREATE TABLE embargoes (
  story VARCHAR(36) NOT NULL,
  until VARCHAR(27),
  zone VARCHAR(64) NOT NULL,
  reason TEXT NOT NULL,
  person VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  asked_until VARCHAR(27),
  asked_zone VARCHAR(64),
  asked_reason TEXT,
  asked_by VARCHAR(36),
  asked_at VARCHAR(27),
  CONSTRAINT pk_embargoes PRIMARY KEY (story),
  CONSTRAINT fk_embargoes_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_embargoes_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_embargoes_asked_by_people FOREIGN KEY(asked_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE emergencies (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  digest VARCHAR(64) NOT NULL,
  handed VARCHAR(64) NOT NULL,
  hands JSON NOT NULL,
  reason TEXT NOT NULL,
  person VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  approved_by VARCHAR(36),
  approved_at VARCHAR(27),
  approval_note TEXT NOT NULL,
  approval_key VARCHAR(64),
  approval_signature TEXT,
  CONSTRAINT pk_emergencies PRIMARY KEY (id),
  CONSTRAINT fk_emergencies_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_emergencies_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_emergencies_approved_by_people FOREIGN KEY(approved_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE events (
  sequence INTEGER NOT NULL,
  id VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  person VARCHAR(36),
  account TEXT NOT NULL,
  operation VARCHAR(64) NOT NULL,
  story VARCHAR(36),
  data TEXT NOT NULL,
  touched TEXT NOT NULL,
  previous VARCHAR(64) NOT NULL,
  hash VARCHAR(64) NOT NULL,
  CONSTRAINT pk_events PRIMARY KEY (sequence),
  CONSTRAINT uq_events_id UNIQUE (id)
);

CREATE TABLE facts (
  "key" VARCHAR(64) NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT pk_facts PRIMARY KEY ("key")
);

CREATE TABLE homecomings (
  id VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  package VARCHAR(36),
  edition INTEGER NOT NULL,
  file TEXT NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  person VARCHAR(36),
  at VARCHAR(27) NOT NULL,
  data JSON NOT NULL,
  CONSTRAINT pk_homecomings PRIMARY KEY (id),
  CONSTRAINT fk_homecomings_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE loans (
  id VARCHAR(36) NOT NULL,
  package VARCHAR(36) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  story VARCHAR(36) NOT NULL,
  holder VARCHAR(36),
  file TEXT NOT NULL,
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  digest VARCHAR(64) NOT NULL,
  base JSON NOT NULL,
  packed_by VARCHAR(36),
  at VARCHAR(27) NOT NULL,
  edition INTEGER NOT NULL,
  returned_at VARCHAR(27),
  ended_at VARCHAR(27),
  ended_by VARCHAR(36),
  ended_reason TEXT NOT NULL,
  CONSTRAINT pk_loans PRIMARY KEY (id),
  CONSTRAINT fk_loans_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_loans_holder_people FOREIGN KEY(holder) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_loans_packed_by_people FOREIGN KEY(packed_by) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_loans_ended_by_people FOREIGN KEY(ended_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE lone_segments (
  segment VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  CONSTRAINT pk_lone_segments PRIMARY KEY (segment),
  CONSTRAINT fk_lone_segments_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT
);

CREATE TABLE memory_origins (
  name TEXT NOT NULL,
  digest VARCHAR(64) NOT NULL,
  at VARCHAR(27) NOT NULL,
  units INTEGER NOT NULL,
  CONSTRAINT pk_memory_origins PRIMARY KEY (name)
);

CREATE TABLE memory_parts (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "after" BIGINT NOT NULL,
  upto BIGINT NOT NULL,
  size INTEGER NOT NULL,
  lengths BLOB NOT NULL,
  ranks BLOB NOT NULL,
  firsts BLOB NOT NULL,
  pairs BLOB NOT NULL,
  starts BLOB NOT NULL,
  ids BLOB NOT NULL,
  signatures BLOB NOT NULL,
  seal BIGINT NOT NULL
);

CREATE TABLE memory_postings (
  id INTEGER NOT NULL,
  ranks BLOB NOT NULL,
  CONSTRAINT pk_memory_postings PRIMARY KEY (id)
);

CREATE TABLE memory_units (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  layer INTEGER NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  masked_key BIGINT,
  source_key BIGINT NOT NULL,
  "before" BIGINT,
  "after" BIGINT,
  story VARCHAR(36),
  segment VARCHAR(36),
  drafter TEXT NOT NULL,
  reviser TEXT NOT NULL,
  at VARCHAR(27) NOT NULL,
  origin TEXT NOT NULL,
  seal BIGINT NOT NULL
);

CREATE TABLE open_conflicts (
  id VARCHAR(36) NOT NULL,
  homecoming VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  part VARCHAR(64) NOT NULL,
  side VARCHAR(32) NOT NULL,
  content JSON NOT NULL,
  at VARCHAR(27) NOT NULL,
  decision VARCHAR(16) NOT NULL,
  decided_by VARCHAR(36),
  decided_at VARCHAR(27),
  CONSTRAINT pk_open_conflicts PRIMARY KEY (id),
  CONSTRAINT fk_open_conflicts_homecoming_homecomings FOREIGN KEY(homecoming) REFERENCES homecomings (id) ON DELETE RESTRICT,
  CONSTRAINT fk_open_conflicts_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_open_conflicts_decided_by_people FOREIGN KEY(decided_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE people (
  id VARCHAR(36) NOT NULL,
  name TEXT NOT NULL,
  zh TEXT NOT NULL,
  roles JSON NOT NULL,
  "key" TEXT,
  CONSTRAINT pk_people PRIMARY KEY (id),
  CONSTRAINT uq_people_name UNIQUE (name)
);

CREATE TABLE person_keys (
  fingerprint VARCHAR(64) NOT NULL,
  person VARCHAR(36) NOT NULL,
  public VARCHAR(64) NOT NULL,
  asked_at VARCHAR(27) NOT NULL,
  enrolled_at VARCHAR(27),
  enrolled_by VARCHAR(36),
  retired_at VARCHAR(27),
  retired_by VARCHAR(36),
  reason TEXT NOT NULL,
  CONSTRAINT pk_person_keys PRIMARY KEY (fingerprint),
  CONSTRAINT fk_person_keys_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_person_keys_enrolled_by_people FOREIGN KEY(enrolled_by) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_person_keys_retired_by_people FOREIGN KEY(retired_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE picture_texts (
  picture VARCHAR(36) NOT NULL,
  field VARCHAR(16) NOT NULL,
  language VARCHAR(35) NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT pk_picture_texts PRIMARY KEY (picture, field, language),
  CONSTRAINT fk_picture_texts_picture_pictures FOREIGN KEY(picture) REFERENCES pictures (id) ON DELETE RESTRICT
);

CREATE TABLE pictures (
  id VARCHAR(36) NOT NULL,
  sha256 VARCHAR(64) NOT NULL,
  payload VARCHAR(64) NOT NULL,
  fingerprint VARCHAR(32) NOT NULL,
  file TEXT NOT NULL,
  mime VARCHAR(64) NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  credit TEXT NOT NULL,
  rights TEXT NOT NULL,
  people JSON NOT NULL,
  date VARCHAR(10),
  embedded JSON NOT NULL,
  added_at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_pictures PRIMARY KEY (id),
  CONSTRAINT uq_pictures_sha256 UNIQUE (sha256)
);

CREATE TABLE placements (
  block VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  file TEXT NOT NULL,
  picture VARCHAR(36),
  caption_zh TEXT NOT NULL,
  caption_en TEXT NOT NULL,
  alt_zh TEXT NOT NULL,
  alt_en TEXT NOT NULL,
  credit TEXT NOT NULL,
  rights TEXT NOT NULL,
  payload VARCHAR(64),
  CONSTRAINT pk_placements PRIMARY KEY (block),
  CONSTRAINT fk_placements_block_blocks FOREIGN KEY(block) REFERENCES blocks (id) ON DELETE RESTRICT,
  CONSTRAINT fk_placements_picture_pictures FOREIGN KEY(picture) REFERENCES pictures (id) ON DELETE RESTRICT,
  CONSTRAINT fk_placements_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT
);

CREATE TABLE policies (
  name VARCHAR(64) NOT NULL,
  version INTEGER NOT NULL,
  content JSON NOT NULL,
  at VARCHAR(27) NOT NULL,
  person VARCHAR(36),
  CONSTRAINT pk_policies PRIMARY KEY (name, version),
  CONSTRAINT fk_policies_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE VIRTUAL TABLE search_index USING fts5(body, content='', tokenize='unicode61 remove_diacritics 2', detail=full);

CREATE TABLE search_texts (
  id INTEGER NOT NULL,
  owner VARCHAR(36) NOT NULL,
  places TEXT NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT pk_search_texts PRIMARY KEY (id)
);

CREATE TABLE segments (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  block VARCHAR(36) NOT NULL,
  position INTEGER NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  locked BOOLEAN NOT NULL,
  CONSTRAINT pk_segments PRIMARY KEY (id),
  CONSTRAINT fk_segments_block_blocks FOREIGN KEY(block) REFERENCES blocks (id) ON DELETE RESTRICT,
  CONSTRAINT fk_segments_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT
);

CREATE TABLE signoffs (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  sequence INTEGER NOT NULL,
  step VARCHAR(64) NOT NULL,
  person VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  digest VARCHAR(64) NOT NULL,
  handed VARCHAR(64) NOT NULL,
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  note TEXT NOT NULL, policy VARCHAR(64), policy_version INTEGER, stated_version VARCHAR(16), "key" VARCHAR(64), signature TEXT, kept VARCHAR(16),
  CONSTRAINT pk_signoffs PRIMARY KEY (id),
  CONSTRAINT fk_signoffs_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_signoffs_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT uq_signoffs_story_sequence UNIQUE (story, sequence)
);

CREATE TABLE source_changes (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  major INTEGER NOT NULL,
  was VARCHAR(64) NOT NULL,
  now VARCHAR(64) NOT NULL,
  released VARCHAR(16),
  note TEXT NOT NULL,
  content JSON,
  person VARCHAR(36),
  at VARCHAR(27) NOT NULL,
  judgement VARCHAR(16) NOT NULL,
  judged_note TEXT NOT NULL,
  judged_by VARCHAR(36),
  judged_at VARCHAR(27),
  CONSTRAINT pk_source_changes PRIMARY KEY (id),
  CONSTRAINT fk_source_changes_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_source_changes_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_source_changes_judged_by_people FOREIGN KEY(judged_by) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE TABLE stories (
  id VARCHAR(36) NOT NULL,
  slug TEXT NOT NULL,
  state VARCHAR(16) NOT NULL,
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  policy VARCHAR(64) NOT NULL,
  source_language VARCHAR(35) NOT NULL,
  target_language VARCHAR(35) NOT NULL,
  headline_source TEXT NOT NULL,
  headline_target TEXT NOT NULL,
  date VARCHAR(10),
  source_url TEXT,
  byline JSON NOT NULL,
  dateline TEXT NOT NULL,
  topics JSON NOT NULL,
  source_digest VARCHAR(64) NOT NULL,
  boilerplate JSON NOT NULL,
  imported_credits JSON NOT NULL,
  drafter VARCHAR(36),
  last_editor VARCHAR(36),
  claimed_by VARCHAR(36),
  claimed_step VARCHAR(64),
  claim_handed VARCHAR(64),
  claim_handed_editor VARCHAR(36),
  modified BOOLEAN NOT NULL,
  released VARCHAR(16),
  kill_asked_by VARCHAR(36),
  created_at VARCHAR(27) NOT NULL,
  updated_at VARCHAR(27) NOT NULL, policy_version INTEGER, drafters JSON, correcting VARCHAR(16), released_after INTEGER,
  CONSTRAINT pk_stories PRIMARY KEY (id),
  CONSTRAINT fk_stories_claimed_by_people FOREIGN KEY(claimed_by) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_stories_drafter_people FOREIGN KEY(drafter) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_stories_last_editor_people FOREIGN KEY(last_editor) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT uq_stories_slug UNIQUE (slug)
);

CREATE TABLE terms (
  id VARCHAR(36) NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  kind VARCHAR(16) NOT NULL,
  source_short JSON NOT NULL,
  short TEXT NOT NULL,
  allowed JSON NOT NULL,
  forbidden JSON NOT NULL,
  note TEXT NOT NULL,
  CONSTRAINT pk_terms PRIMARY KEY (id)
);

CREATE TABLE versions (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL,
  digest VARCHAR(64) NOT NULL,
  content TEXT NOT NULL,
  at VARCHAR(27) NOT NULL,
  person VARCHAR(36),
  reason VARCHAR(32) NOT NULL,
  CONSTRAINT pk_versions PRIMARY KEY (id),
  CONSTRAINT fk_versions_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_versions_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT uq_versions_story_major_minor UNIQUE (story, major, minor)
);

CREATE TABLE visits (
  person VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_visits PRIMARY KEY (person, story),
  CONSTRAINT fk_visits_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_visits_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT
);

CREATE TABLE waivers (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  segment VARCHAR(36),
  check_id VARCHAR(64) NOT NULL,
  text VARCHAR(64) NOT NULL,
  reason TEXT NOT NULL,
  person VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_waivers PRIMARY KEY (id),
  CONSTRAINT fk_waivers_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_waivers_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT
);

CREATE TABLE withdrawals (
  signoff VARCHAR(36) NOT NULL,
  person VARCHAR(36) NOT NULL,
  at VARCHAR(27) NOT NULL,
  reason TEXT NOT NULL, "key" VARCHAR(64), signature TEXT,
  CONSTRAINT pk_withdrawals PRIMARY KEY (signoff),
  CONSTRAINT fk_withdrawals_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT,
  CONSTRAINT fk_withdrawals_signoff_signoffs FOREIGN KEY(signoff) REFERENCES signoffs (id) ON DELETE RESTRICT
);

CREATE TABLE wordings (
  id VARCHAR(36) NOT NULL,
  story VARCHAR(36) NOT NULL,
  part VARCHAR(36) NOT NULL,
  field VARCHAR(16) NOT NULL,
  text TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  person VARCHAR(36),
  began_at VARCHAR(27) NOT NULL,
  at VARCHAR(27) NOT NULL,
  CONSTRAINT pk_wordings PRIMARY KEY (id),
  CONSTRAINT fk_wordings_story_stories FOREIGN KEY(story) REFERENCES stories (id) ON DELETE RESTRICT,
  CONSTRAINT fk_wordings_person_people FOREIGN KEY(person) REFERENCES people (id) ON DELETE RESTRICT
);

CREATE INDEX ix_assignments_deadline ON assignments (deadline);

CREATE INDEX ix_assignments_person ON assignments (person);

CREATE INDEX ix_blocks_story_position ON blocks (story, position);

CREATE INDEX ix_comment_notes_comment ON comment_notes (comment);

CREATE INDEX ix_comments_story ON comments (story);

CREATE INDEX ix_emergencies_story ON emergencies (story);

CREATE INDEX ix_events_house ON events (sequence) WHERE instr(touched, '"people/') + instr(touched, '"person_keys/') + instr(touched, '"policies/') + instr(touched, '"facts/signatures"') + instr(touched, '"facts/unconfirmed/') > 0;

CREATE INDEX ix_events_story ON events (story);

CREATE INDEX ix_homecomings_package ON homecomings (package);

CREATE INDEX ix_homecomings_sha256 ON homecomings (sha256);

CREATE INDEX ix_loans_package ON loans (package);

CREATE INDEX ix_loans_story ON loans (story);

CREATE INDEX ix_lone_segments_story ON lone_segments (story);

CREATE INDEX ix_memory_units_masked_key ON memory_units (masked_key) WHERE masked_key IS NOT NULL;

CREATE INDEX ix_memory_units_source_key ON memory_units (source_key);

CREATE INDEX ix_memory_units_story_segment_layer ON memory_units (story, segment, layer) WHERE story IS NOT NULL;

CREATE INDEX ix_open_conflicts_homecoming ON open_conflicts (homecoming);

CREATE INDEX ix_open_conflicts_story ON open_conflicts (story);

CREATE INDEX ix_person_keys_person ON person_keys (person);

CREATE INDEX ix_pictures_payload ON pictures (payload);

CREATE INDEX ix_placements_picture ON placements (picture);

CREATE INDEX ix_placements_story ON placements (story);

CREATE INDEX ix_search_texts_owner ON search_texts (owner);

CREATE INDEX ix_segments_block_position ON segments (block, position);

CREATE INDEX ix_segments_story ON segments (story);

CREATE INDEX ix_source_changes_story ON source_changes (story);

CREATE INDEX ix_stories_state ON stories (state);

CREATE INDEX ix_stories_updated_at ON stories (updated_at);

CREATE INDEX ix_terms_source ON terms (source);

CREATE INDEX ix_versions_digest ON versions (digest);

CREATE INDEX ix_waivers_story ON waivers (story);

CREATE INDEX ix_wordings_at ON wordings (at);

CREATE INDEX ix_wordings_story_part ON wordings (story, part);

CREATE UNIQUE INDEX uq_person_keys_current ON person_keys (person) WHERE retired_at IS NULL;

CREATE TRIGGER accepted_changes_refuse_kinds_insert BEFORE INSERT ON accepted_changes WHEN typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."part") NOT IN ('text', 'null') OR typeof(NEW."field") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'accepted_changes has a value of the wrong kind'); END;

CREATE TRIGGER accepted_changes_refuse_kinds_update BEFORE UPDATE ON accepted_changes WHEN typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."part") NOT IN ('text', 'null') OR typeof(NEW."field") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'accepted_changes has a value of the wrong kind'); END;

CREATE TRIGGER assignments_refuse_kinds_insert BEFORE INSERT ON assignments WHEN typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."step") NOT IN ('text', 'null') OR typeof(NEW."deadline") NOT IN ('text', 'null') OR typeof(NEW."note") NOT IN ('text', 'null') OR typeof(NEW."given_by") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'assignments has a value of the wrong kind'); END;

CREATE TRIGGER assignments_refuse_kinds_update BEFORE UPDATE ON assignments WHEN typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."step") NOT IN ('text', 'null') OR typeof(NEW."deadline") NOT IN ('text', 'null') OR typeof(NEW."note") NOT IN ('text', 'null') OR typeof(NEW."given_by") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'assignments has a value of the wrong kind'); END;

CREATE TRIGGER blocks_refuse_kinds_insert BEFORE INSERT ON blocks WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."position") NOT IN ('integer', 'null') OR typeof(NEW."kind") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'blocks has a value of the wrong kind'); END;

CREATE TRIGGER blocks_refuse_kinds_update BEFORE UPDATE ON blocks WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."position") NOT IN ('integer', 'null') OR typeof(NEW."kind") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'blocks has a value of the wrong kind'); END;

CREATE TRIGGER comment_notes_refuse_kinds_insert BEFORE INSERT ON comment_notes WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."comment") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."changed_at") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'comment_notes has a value of the wrong kind'); END;

CREATE TRIGGER comment_notes_refuse_kinds_update BEFORE UPDATE ON comment_notes WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."comment") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."changed_at") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'comment_notes has a value of the wrong kind'); END;

CREATE TRIGGER comments_refuse_kinds_insert BEFORE INSERT ON comments WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."anchor") NOT IN ('text', 'null') OR typeof(NEW."moved_to") NOT IN ('text', 'null') OR typeof(NEW."moved_offset") NOT IN ('integer', 'null') OR typeof(NEW."side") NOT IN ('text', 'null') OR typeof(NEW."quote") NOT IN ('text', 'null') OR typeof(NEW."resolved_by") NOT IN ('text', 'null') OR typeof(NEW."resolved_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'comments has a value of the wrong kind'); END;

CREATE TRIGGER comments_refuse_kinds_update BEFORE UPDATE ON comments WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."anchor") NOT IN ('text', 'null') OR typeof(NEW."moved_to") NOT IN ('text', 'null') OR typeof(NEW."moved_offset") NOT IN ('integer', 'null') OR typeof(NEW."side") NOT IN ('text', 'null') OR typeof(NEW."quote") NOT IN ('text', 'null') OR typeof(NEW."resolved_by") NOT IN ('text', 'null') OR typeof(NEW."resolved_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'comments has a value of the wrong kind'); END;

CREATE TRIGGER embargoes_refuse_kinds_insert BEFORE INSERT ON embargoes WHEN typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."until") NOT IN ('text', 'null') OR typeof(NEW."zone") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."asked_until") NOT IN ('text', 'null') OR typeof(NEW."asked_zone") NOT IN ('text', 'null') OR typeof(NEW."asked_reason") NOT IN ('text', 'null') OR typeof(NEW."asked_by") NOT IN ('text', 'null') OR typeof(NEW."asked_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'embargoes has a value of the wrong kind'); END;

CREATE TRIGGER embargoes_refuse_kinds_update BEFORE UPDATE ON embargoes WHEN typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."until") NOT IN ('text', 'null') OR typeof(NEW."zone") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."asked_until") NOT IN ('text', 'null') OR typeof(NEW."asked_zone") NOT IN ('text', 'null') OR typeof(NEW."asked_reason") NOT IN ('text', 'null') OR typeof(NEW."asked_by") NOT IN ('text', 'null') OR typeof(NEW."asked_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'embargoes has a value of the wrong kind'); END;

CREATE TRIGGER emergencies_refuse_kinds_insert BEFORE INSERT ON emergencies WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."handed") NOT IN ('text', 'null') OR typeof(NEW."hands") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."approved_by") NOT IN ('text', 'null') OR typeof(NEW."approved_at") NOT IN ('text', 'null') OR typeof(NEW."approval_note") NOT IN ('text', 'null') OR typeof(NEW."approval_key") NOT IN ('text', 'null') OR typeof(NEW."approval_signature") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'emergencies has a value of the wrong kind'); END;

CREATE TRIGGER emergencies_refuse_kinds_update BEFORE UPDATE ON emergencies WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."handed") NOT IN ('text', 'null') OR typeof(NEW."hands") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."approved_by") NOT IN ('text', 'null') OR typeof(NEW."approved_at") NOT IN ('text', 'null') OR typeof(NEW."approval_note") NOT IN ('text', 'null') OR typeof(NEW."approval_key") NOT IN ('text', 'null') OR typeof(NEW."approval_signature") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'emergencies has a value of the wrong kind'); END;

CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;

CREATE TRIGGER events_refuse_kinds_insert BEFORE INSERT ON events WHEN typeof(NEW."sequence") NOT IN ('integer', 'null') OR typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."account") NOT IN ('text', 'null') OR typeof(NEW."operation") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."data") NOT IN ('text', 'null') OR typeof(NEW."touched") NOT IN ('text', 'null') OR typeof(NEW."previous") NOT IN ('text', 'null') OR typeof(NEW."hash") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'events has a value of the wrong kind'); END;

CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE (sequence = NEW.sequence) OR (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;

CREATE TRIGGER facts_refuse_kinds_insert BEFORE INSERT ON facts WHEN typeof(NEW."key") NOT IN ('text', 'null') OR typeof(NEW."value") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'facts has a value of the wrong kind'); END;

CREATE TRIGGER facts_refuse_kinds_update BEFORE UPDATE ON facts WHEN typeof(NEW."key") NOT IN ('text', 'null') OR typeof(NEW."value") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'facts has a value of the wrong kind'); END;

CREATE TRIGGER homecomings_refuse_delete BEFORE DELETE ON homecomings BEGIN SELECT RAISE(ABORT, 'homecomings is append-only'); END;

CREATE TRIGGER homecomings_refuse_kinds_insert BEFORE INSERT ON homecomings WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."kind") NOT IN ('text', 'null') OR typeof(NEW."package") NOT IN ('text', 'null') OR typeof(NEW."edition") NOT IN ('integer', 'null') OR typeof(NEW."file") NOT IN ('text', 'null') OR typeof(NEW."sha256") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."data") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'homecomings has a value of the wrong kind'); END;

CREATE TRIGGER homecomings_refuse_replace BEFORE INSERT ON homecomings WHEN EXISTS (SELECT 1 FROM homecomings WHERE (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'homecomings is append-only'); END;

CREATE TRIGGER homecomings_refuse_update BEFORE UPDATE ON homecomings BEGIN SELECT RAISE(ABORT, 'homecomings is append-only'); END;

CREATE TRIGGER loans_refuse_kinds_insert BEFORE INSERT ON loans WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."package") NOT IN ('text', 'null') OR typeof(NEW."kind") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."holder") NOT IN ('text', 'null') OR typeof(NEW."file") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."base") NOT IN ('text', 'null') OR typeof(NEW."packed_by") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."edition") NOT IN ('integer', 'null') OR typeof(NEW."returned_at") NOT IN ('text', 'null') OR typeof(NEW."ended_at") NOT IN ('text', 'null') OR typeof(NEW."ended_by") NOT IN ('text', 'null') OR typeof(NEW."ended_reason") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'loans has a value of the wrong kind'); END;

CREATE TRIGGER loans_refuse_kinds_update BEFORE UPDATE ON loans WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."package") NOT IN ('text', 'null') OR typeof(NEW."kind") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."holder") NOT IN ('text', 'null') OR typeof(NEW."file") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."base") NOT IN ('text', 'null') OR typeof(NEW."packed_by") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."edition") NOT IN ('integer', 'null') OR typeof(NEW."returned_at") NOT IN ('text', 'null') OR typeof(NEW."ended_at") NOT IN ('text', 'null') OR typeof(NEW."ended_by") NOT IN ('text', 'null') OR typeof(NEW."ended_reason") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'loans has a value of the wrong kind'); END;

CREATE TRIGGER lone_segments_refuse_kinds_insert BEFORE INSERT ON lone_segments WHEN typeof(NEW."segment") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'lone_segments has a value of the wrong kind'); END;

CREATE TRIGGER lone_segments_refuse_kinds_update BEFORE UPDATE ON lone_segments WHEN typeof(NEW."segment") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'lone_segments has a value of the wrong kind'); END;

CREATE TRIGGER memory_origins_refuse_kinds_insert BEFORE INSERT ON memory_origins WHEN typeof(NEW."name") NOT IN ('text', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."units") NOT IN ('integer', 'null') BEGIN SELECT RAISE(ABORT, 'memory_origins has a value of the wrong kind'); END;

CREATE TRIGGER memory_origins_refuse_kinds_update BEFORE UPDATE ON memory_origins WHEN typeof(NEW."name") NOT IN ('text', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."units") NOT IN ('integer', 'null') BEGIN SELECT RAISE(ABORT, 'memory_origins has a value of the wrong kind'); END;

CREATE TRIGGER open_conflicts_refuse_kinds_insert BEFORE INSERT ON open_conflicts WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."homecoming") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."part") NOT IN ('text', 'null') OR typeof(NEW."side") NOT IN ('text', 'null') OR typeof(NEW."content") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."decision") NOT IN ('text', 'null') OR typeof(NEW."decided_by") NOT IN ('text', 'null') OR typeof(NEW."decided_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'open_conflicts has a value of the wrong kind'); END;

CREATE TRIGGER open_conflicts_refuse_kinds_update BEFORE UPDATE ON open_conflicts WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."homecoming") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."part") NOT IN ('text', 'null') OR typeof(NEW."side") NOT IN ('text', 'null') OR typeof(NEW."content") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."decision") NOT IN ('text', 'null') OR typeof(NEW."decided_by") NOT IN ('text', 'null') OR typeof(NEW."decided_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'open_conflicts has a value of the wrong kind'); END;

CREATE TRIGGER people_refuse_kinds_insert BEFORE INSERT ON people WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."name") NOT IN ('text', 'null') OR typeof(NEW."zh") NOT IN ('text', 'null') OR typeof(NEW."roles") NOT IN ('text', 'null') OR typeof(NEW."key") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'people has a value of the wrong kind'); END;

CREATE TRIGGER people_refuse_kinds_update BEFORE UPDATE ON people WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."name") NOT IN ('text', 'null') OR typeof(NEW."zh") NOT IN ('text', 'null') OR typeof(NEW."roles") NOT IN ('text', 'null') OR typeof(NEW."key") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'people has a value of the wrong kind'); END;

CREATE TRIGGER person_keys_refuse_kinds_insert BEFORE INSERT ON person_keys WHEN typeof(NEW."fingerprint") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."public") NOT IN ('text', 'null') OR typeof(NEW."asked_at") NOT IN ('text', 'null') OR typeof(NEW."enrolled_at") NOT IN ('text', 'null') OR typeof(NEW."enrolled_by") NOT IN ('text', 'null') OR typeof(NEW."retired_at") NOT IN ('text', 'null') OR typeof(NEW."retired_by") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'person_keys has a value of the wrong kind'); END;

CREATE TRIGGER person_keys_refuse_kinds_update BEFORE UPDATE ON person_keys WHEN typeof(NEW."fingerprint") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."public") NOT IN ('text', 'null') OR typeof(NEW."asked_at") NOT IN ('text', 'null') OR typeof(NEW."enrolled_at") NOT IN ('text', 'null') OR typeof(NEW."enrolled_by") NOT IN ('text', 'null') OR typeof(NEW."retired_at") NOT IN ('text', 'null') OR typeof(NEW."retired_by") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'person_keys has a value of the wrong kind'); END;

CREATE TRIGGER picture_texts_refuse_kinds_insert BEFORE INSERT ON picture_texts WHEN typeof(NEW."picture") NOT IN ('text', 'null') OR typeof(NEW."field") NOT IN ('text', 'null') OR typeof(NEW."language") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'picture_texts has a value of the wrong kind'); END;

CREATE TRIGGER picture_texts_refuse_kinds_update BEFORE UPDATE ON picture_texts WHEN typeof(NEW."picture") NOT IN ('text', 'null') OR typeof(NEW."field") NOT IN ('text', 'null') OR typeof(NEW."language") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'picture_texts has a value of the wrong kind'); END;

CREATE TRIGGER pictures_refuse_kinds_insert BEFORE INSERT ON pictures WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."sha256") NOT IN ('text', 'null') OR typeof(NEW."payload") NOT IN ('text', 'null') OR typeof(NEW."fingerprint") NOT IN ('text', 'null') OR typeof(NEW."file") NOT IN ('text', 'null') OR typeof(NEW."mime") NOT IN ('text', 'null') OR typeof(NEW."width") NOT IN ('integer', 'null') OR typeof(NEW."height") NOT IN ('integer', 'null') OR typeof(NEW."credit") NOT IN ('text', 'null') OR typeof(NEW."rights") NOT IN ('text', 'null') OR typeof(NEW."people") NOT IN ('text', 'null') OR typeof(NEW."date") NOT IN ('text', 'null') OR typeof(NEW."embedded") NOT IN ('text', 'null') OR typeof(NEW."added_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'pictures has a value of the wrong kind'); END;

CREATE TRIGGER pictures_refuse_kinds_update BEFORE UPDATE ON pictures WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."sha256") NOT IN ('text', 'null') OR typeof(NEW."payload") NOT IN ('text', 'null') OR typeof(NEW."fingerprint") NOT IN ('text', 'null') OR typeof(NEW."file") NOT IN ('text', 'null') OR typeof(NEW."mime") NOT IN ('text', 'null') OR typeof(NEW."width") NOT IN ('integer', 'null') OR typeof(NEW."height") NOT IN ('integer', 'null') OR typeof(NEW."credit") NOT IN ('text', 'null') OR typeof(NEW."rights") NOT IN ('text', 'null') OR typeof(NEW."people") NOT IN ('text', 'null') OR typeof(NEW."date") NOT IN ('text', 'null') OR typeof(NEW."embedded") NOT IN ('text', 'null') OR typeof(NEW."added_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'pictures has a value of the wrong kind'); END;

CREATE TRIGGER placements_refuse_kinds_insert BEFORE INSERT ON placements WHEN typeof(NEW."block") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."file") NOT IN ('text', 'null') OR typeof(NEW."picture") NOT IN ('text', 'null') OR typeof(NEW."caption_zh") NOT IN ('text', 'null') OR typeof(NEW."caption_en") NOT IN ('text', 'null') OR typeof(NEW."alt_zh") NOT IN ('text', 'null') OR typeof(NEW."alt_en") NOT IN ('text', 'null') OR typeof(NEW."credit") NOT IN ('text', 'null') OR typeof(NEW."rights") NOT IN ('text', 'null') OR typeof(NEW."payload") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'placements has a value of the wrong kind'); END;

CREATE TRIGGER placements_refuse_kinds_update BEFORE UPDATE ON placements WHEN typeof(NEW."block") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."file") NOT IN ('text', 'null') OR typeof(NEW."picture") NOT IN ('text', 'null') OR typeof(NEW."caption_zh") NOT IN ('text', 'null') OR typeof(NEW."caption_en") NOT IN ('text', 'null') OR typeof(NEW."alt_zh") NOT IN ('text', 'null') OR typeof(NEW."alt_en") NOT IN ('text', 'null') OR typeof(NEW."credit") NOT IN ('text', 'null') OR typeof(NEW."rights") NOT IN ('text', 'null') OR typeof(NEW."payload") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'placements has a value of the wrong kind'); END;

CREATE TRIGGER policies_refuse_delete BEFORE DELETE ON policies BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;

CREATE TRIGGER policies_refuse_kinds_insert BEFORE INSERT ON policies WHEN typeof(NEW."name") NOT IN ('text', 'null') OR typeof(NEW."version") NOT IN ('integer', 'null') OR typeof(NEW."content") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'policies has a value of the wrong kind'); END;

CREATE TRIGGER policies_refuse_replace BEFORE INSERT ON policies WHEN EXISTS (SELECT 1 FROM policies WHERE (name = NEW.name AND version = NEW.version)) BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;

CREATE TRIGGER policies_refuse_update BEFORE UPDATE ON policies BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END;

CREATE TRIGGER segments_refuse_kinds_insert BEFORE INSERT ON segments WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."block") NOT IN ('text', 'null') OR typeof(NEW."position") NOT IN ('integer', 'null') OR typeof(NEW."source") NOT IN ('text', 'null') OR typeof(NEW."target") NOT IN ('text', 'null') OR typeof(NEW."status") NOT IN ('text', 'null') OR typeof(NEW."locked") NOT IN ('integer', 'null') BEGIN SELECT RAISE(ABORT, 'segments has a value of the wrong kind'); END;

CREATE TRIGGER segments_refuse_kinds_update BEFORE UPDATE ON segments WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."block") NOT IN ('text', 'null') OR typeof(NEW."position") NOT IN ('integer', 'null') OR typeof(NEW."source") NOT IN ('text', 'null') OR typeof(NEW."target") NOT IN ('text', 'null') OR typeof(NEW."status") NOT IN ('text', 'null') OR typeof(NEW."locked") NOT IN ('integer', 'null') BEGIN SELECT RAISE(ABORT, 'segments has a value of the wrong kind'); END;

CREATE TRIGGER signoffs_refuse_delete BEFORE DELETE ON signoffs BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END;

CREATE TRIGGER signoffs_refuse_kinds_insert BEFORE INSERT ON signoffs WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."sequence") NOT IN ('integer', 'null') OR typeof(NEW."step") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."handed") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."note") NOT IN ('text', 'null') OR typeof(NEW."policy") NOT IN ('text', 'null') OR typeof(NEW."policy_version") NOT IN ('integer', 'null') OR typeof(NEW."stated_version") NOT IN ('text', 'null') OR typeof(NEW."key") NOT IN ('text', 'null') OR typeof(NEW."signature") NOT IN ('text', 'null') OR typeof(NEW."kept") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'signoffs has a value of the wrong kind'); END;

CREATE TRIGGER signoffs_refuse_replace BEFORE INSERT ON signoffs WHEN EXISTS (SELECT 1 FROM signoffs WHERE (id = NEW.id) OR (story = NEW.story AND sequence = NEW.sequence)) BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END;

CREATE TRIGGER signoffs_refuse_update BEFORE UPDATE ON signoffs BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END;

CREATE TRIGGER source_changes_refuse_kinds_insert BEFORE INSERT ON source_changes WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."was") NOT IN ('text', 'null') OR typeof(NEW."now") NOT IN ('text', 'null') OR typeof(NEW."released") NOT IN ('text', 'null') OR typeof(NEW."note") NOT IN ('text', 'null') OR typeof(NEW."content") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."judgement") NOT IN ('text', 'null') OR typeof(NEW."judged_note") NOT IN ('text', 'null') OR typeof(NEW."judged_by") NOT IN ('text', 'null') OR typeof(NEW."judged_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'source_changes has a value of the wrong kind'); END;

CREATE TRIGGER source_changes_refuse_kinds_update BEFORE UPDATE ON source_changes WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."was") NOT IN ('text', 'null') OR typeof(NEW."now") NOT IN ('text', 'null') OR typeof(NEW."released") NOT IN ('text', 'null') OR typeof(NEW."note") NOT IN ('text', 'null') OR typeof(NEW."content") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."judgement") NOT IN ('text', 'null') OR typeof(NEW."judged_note") NOT IN ('text', 'null') OR typeof(NEW."judged_by") NOT IN ('text', 'null') OR typeof(NEW."judged_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'source_changes has a value of the wrong kind'); END;

CREATE TRIGGER stories_refuse_kinds_insert BEFORE INSERT ON stories WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."slug") NOT IN ('text', 'null') OR typeof(NEW."state") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."policy") NOT IN ('text', 'null') OR typeof(NEW."source_language") NOT IN ('text', 'null') OR typeof(NEW."target_language") NOT IN ('text', 'null') OR typeof(NEW."headline_source") NOT IN ('text', 'null') OR typeof(NEW."headline_target") NOT IN ('text', 'null') OR typeof(NEW."date") NOT IN ('text', 'null') OR typeof(NEW."source_url") NOT IN ('text', 'null') OR typeof(NEW."byline") NOT IN ('text', 'null') OR typeof(NEW."dateline") NOT IN ('text', 'null') OR typeof(NEW."topics") NOT IN ('text', 'null') OR typeof(NEW."source_digest") NOT IN ('text', 'null') OR typeof(NEW."boilerplate") NOT IN ('text', 'null') OR typeof(NEW."imported_credits") NOT IN ('text', 'null') OR typeof(NEW."drafter") NOT IN ('text', 'null') OR typeof(NEW."last_editor") NOT IN ('text', 'null') OR typeof(NEW."claimed_by") NOT IN ('text', 'null') OR typeof(NEW."claimed_step") NOT IN ('text', 'null') OR typeof(NEW."claim_handed") NOT IN ('text', 'null') OR typeof(NEW."claim_handed_editor") NOT IN ('text', 'null') OR typeof(NEW."modified") NOT IN ('integer', 'null') OR typeof(NEW."released") NOT IN ('text', 'null') OR typeof(NEW."kill_asked_by") NOT IN ('text', 'null') OR typeof(NEW."policy_version") NOT IN ('integer', 'null') OR typeof(NEW."drafters") NOT IN ('text', 'null') OR typeof(NEW."correcting") NOT IN ('text', 'null') OR typeof(NEW."released_after") NOT IN ('integer', 'null') OR typeof(NEW."created_at") NOT IN ('text', 'null') OR typeof(NEW."updated_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'stories has a value of the wrong kind'); END;

CREATE TRIGGER stories_refuse_kinds_update BEFORE UPDATE ON stories WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."slug") NOT IN ('text', 'null') OR typeof(NEW."state") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."policy") NOT IN ('text', 'null') OR typeof(NEW."source_language") NOT IN ('text', 'null') OR typeof(NEW."target_language") NOT IN ('text', 'null') OR typeof(NEW."headline_source") NOT IN ('text', 'null') OR typeof(NEW."headline_target") NOT IN ('text', 'null') OR typeof(NEW."date") NOT IN ('text', 'null') OR typeof(NEW."source_url") NOT IN ('text', 'null') OR typeof(NEW."byline") NOT IN ('text', 'null') OR typeof(NEW."dateline") NOT IN ('text', 'null') OR typeof(NEW."topics") NOT IN ('text', 'null') OR typeof(NEW."source_digest") NOT IN ('text', 'null') OR typeof(NEW."boilerplate") NOT IN ('text', 'null') OR typeof(NEW."imported_credits") NOT IN ('text', 'null') OR typeof(NEW."drafter") NOT IN ('text', 'null') OR typeof(NEW."last_editor") NOT IN ('text', 'null') OR typeof(NEW."claimed_by") NOT IN ('text', 'null') OR typeof(NEW."claimed_step") NOT IN ('text', 'null') OR typeof(NEW."claim_handed") NOT IN ('text', 'null') OR typeof(NEW."claim_handed_editor") NOT IN ('text', 'null') OR typeof(NEW."modified") NOT IN ('integer', 'null') OR typeof(NEW."released") NOT IN ('text', 'null') OR typeof(NEW."kill_asked_by") NOT IN ('text', 'null') OR typeof(NEW."policy_version") NOT IN ('integer', 'null') OR typeof(NEW."drafters") NOT IN ('text', 'null') OR typeof(NEW."correcting") NOT IN ('text', 'null') OR typeof(NEW."released_after") NOT IN ('integer', 'null') OR typeof(NEW."created_at") NOT IN ('text', 'null') OR typeof(NEW."updated_at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'stories has a value of the wrong kind'); END;

CREATE TRIGGER terms_refuse_kinds_insert BEFORE INSERT ON terms WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."source") NOT IN ('text', 'null') OR typeof(NEW."target") NOT IN ('text', 'null') OR typeof(NEW."kind") NOT IN ('text', 'null') OR typeof(NEW."source_short") NOT IN ('text', 'null') OR typeof(NEW."short") NOT IN ('text', 'null') OR typeof(NEW."allowed") NOT IN ('text', 'null') OR typeof(NEW."forbidden") NOT IN ('text', 'null') OR typeof(NEW."note") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'terms has a value of the wrong kind'); END;

CREATE TRIGGER terms_refuse_kinds_update BEFORE UPDATE ON terms WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."source") NOT IN ('text', 'null') OR typeof(NEW."target") NOT IN ('text', 'null') OR typeof(NEW."kind") NOT IN ('text', 'null') OR typeof(NEW."source_short") NOT IN ('text', 'null') OR typeof(NEW."short") NOT IN ('text', 'null') OR typeof(NEW."allowed") NOT IN ('text', 'null') OR typeof(NEW."forbidden") NOT IN ('text', 'null') OR typeof(NEW."note") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'terms has a value of the wrong kind'); END;

CREATE TRIGGER versions_refuse_delete BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END;

CREATE TRIGGER versions_refuse_kinds_insert BEFORE INSERT ON versions WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."major") NOT IN ('integer', 'null') OR typeof(NEW."minor") NOT IN ('integer', 'null') OR typeof(NEW."digest") NOT IN ('text', 'null') OR typeof(NEW."content") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'versions has a value of the wrong kind'); END;

CREATE TRIGGER versions_refuse_replace BEFORE INSERT ON versions WHEN EXISTS (SELECT 1 FROM versions WHERE (id = NEW.id) OR (story = NEW.story AND major = NEW.major AND minor = NEW.minor)) BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END;

CREATE TRIGGER versions_refuse_update BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END;

CREATE TRIGGER visits_refuse_kinds_insert BEFORE INSERT ON visits WHEN typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'visits has a value of the wrong kind'); END;

CREATE TRIGGER visits_refuse_kinds_update BEFORE UPDATE ON visits WHEN typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'visits has a value of the wrong kind'); END;

CREATE TRIGGER waivers_refuse_kinds_insert BEFORE INSERT ON waivers WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."segment") NOT IN ('text', 'null') OR typeof(NEW."check_id") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'waivers has a value of the wrong kind'); END;

CREATE TRIGGER waivers_refuse_kinds_update BEFORE UPDATE ON waivers WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."segment") NOT IN ('text', 'null') OR typeof(NEW."check_id") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'waivers has a value of the wrong kind'); END;

CREATE TRIGGER withdrawals_refuse_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals is append-only'); END;

CREATE TRIGGER withdrawals_refuse_kinds_insert BEFORE INSERT ON withdrawals WHEN typeof(NEW."signoff") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') OR typeof(NEW."reason") NOT IN ('text', 'null') OR typeof(NEW."key") NOT IN ('text', 'null') OR typeof(NEW."signature") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'withdrawals has a value of the wrong kind'); END;

CREATE TRIGGER withdrawals_refuse_replace BEFORE INSERT ON withdrawals WHEN EXISTS (SELECT 1 FROM withdrawals WHERE (signoff = NEW.signoff)) BEGIN SELECT RAISE(ABORT, 'withdrawals is append-only'); END;

CREATE TRIGGER withdrawals_refuse_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals is append-only'); END;

CREATE TRIGGER wordings_refuse_kinds_insert BEFORE INSERT ON wordings WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."part") NOT IN ('text', 'null') OR typeof(NEW."field") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') OR typeof(NEW."status") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."began_at") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'wordings has a value of the wrong kind'); END;

CREATE TRIGGER wordings_refuse_kinds_update BEFORE UPDATE ON wordings WHEN typeof(NEW."id") NOT IN ('text', 'null') OR typeof(NEW."story") NOT IN ('text', 'null') OR typeof(NEW."part") NOT IN ('text', 'null') OR typeof(NEW."field") NOT IN ('text', 'null') OR typeof(NEW."text") NOT IN ('text', 'null') OR typeof(NEW."status") NOT IN ('text', 'null') OR typeof(NEW."person") NOT IN ('text', 'null') OR typeof(NEW."began_at") NOT IN ('text', 'null') OR typeof(NEW."at") NOT IN ('text', 'null') BEGIN SELECT RAISE(ABORT, 'wordings has a value of the wrong kind'); END;
