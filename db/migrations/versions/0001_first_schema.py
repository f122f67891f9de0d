"""The first schema: people, stories, versions, sign-offs, pictures, the audit chain and the search index.

Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out and not taken from the program, so that this revision stays what it was when it was released.
SQLITE = (
    "CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END",
    "CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END",
    "CREATE TRIGGER events_refuse_replace BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE (sequence = NEW.sequence) OR (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'events is append-only'); END",
    "CREATE TRIGGER versions_refuse_update BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END",
    "CREATE TRIGGER versions_refuse_delete BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END",
    "CREATE TRIGGER versions_refuse_replace BEFORE INSERT ON versions WHEN EXISTS (SELECT 1 FROM versions WHERE (id = NEW.id) OR (story = NEW.story AND major = NEW.major AND minor = NEW.minor)) BEGIN SELECT RAISE(ABORT, 'versions is append-only'); END",
    "CREATE TRIGGER signoffs_refuse_update BEFORE UPDATE ON signoffs BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END",
    "CREATE TRIGGER signoffs_refuse_delete BEFORE DELETE ON signoffs BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END",
    "CREATE TRIGGER signoffs_refuse_replace BEFORE INSERT ON signoffs WHEN EXISTS (SELECT 1 FROM signoffs WHERE (id = NEW.id) OR (story = NEW.story AND sequence = NEW.sequence)) BEGIN SELECT RAISE(ABORT, 'signoffs is append-only'); END",
    "CREATE TRIGGER withdrawals_refuse_update BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals is append-only'); END",
    "CREATE TRIGGER withdrawals_refuse_delete BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'withdrawals is append-only'); END",
    "CREATE TRIGGER withdrawals_refuse_replace BEFORE INSERT ON withdrawals WHEN EXISTS (SELECT 1 FROM withdrawals WHERE (signoff = NEW.signoff)) BEGIN SELECT RAISE(ABORT, 'withdrawals is append-only'); END",
    "CREATE VIRTUAL TABLE search_index USING fts5(body, tokenize='unicode61 remove_diacritics 2', detail=full)",
)


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_events")),
        sa.UniqueConstraint("id", name=op.f("uq_events_id")),
    )
    op.create_index(op.f("ix_events_story"), "events", ["story"], unique=False)
    op.create_table(
        "facts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facts")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("name", name=op.f("uq_people_name")),
    )
    op.create_table(
        "pictures",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("mime", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("embedded", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint("sha256", name=op.f("uq_pictures_sha256")),
    )
    op.create_index(op.f("ix_pictures_payload"), "pictures", ["payload"], unique=False)
    op.create_table(
        "search_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_rows")),
    )
    op.create_index("ix_search_rows_owner_part", "search_rows", ["owner", "part"], unique=False)
    op.create_table(
        "picture_texts",
        sa.Column("picture", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture"], ["pictures.id"], name=op.f("fk_picture_texts_picture_pictures"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("picture", "field", "language", name=op.f("pk_picture_texts")),
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(length=64), nullable=False),
        sa.Column("source_language", sa.String(length=35), nullable=False),
        sa.Column("target_language", sa.String(length=35), nullable=False),
        sa.Column("headline_source", sa.Text(), nullable=False),
        sa.Column("headline_target", sa.Text(), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("byline", sa.JSON(), nullable=False),
        sa.Column("dateline", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("boilerplate", sa.JSON(), nullable=False),
        sa.Column("imported_credits", sa.JSON(), nullable=False),
        sa.Column("drafter", sa.String(length=36), nullable=True),
        sa.Column("last_editor", sa.String(length=36), nullable=True),
        sa.Column("claimed_by", sa.String(length=36), nullable=True),
        sa.Column("claimed_step", sa.String(length=64), nullable=True),
        sa.Column("claim_handed", sa.String(length=64), nullable=True),
        sa.Column("claim_handed_editor", sa.String(length=36), nullable=True),
        sa.Column("modified", sa.Boolean(), nullable=False),
        sa.Column("released", sa.String(length=16), nullable=True),
        sa.Column("kill_asked_by", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("updated_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["people.id"], name=op.f("fk_stories_claimed_by_people"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["drafter"], ["people.id"], name=op.f("fk_stories_drafter_people"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["last_editor"], ["people.id"], name=op.f("fk_stories_last_editor_people"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("slug", name=op.f("uq_stories_slug")),
    )
    op.create_index(op.f("ix_stories_state"), "stories", ["state"], unique=False)
    op.create_index(op.f("ix_stories_updated_at"), "stories", ["updated_at"], unique=False)
    op.create_table(
        "blocks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_blocks_story_stories"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blocks")),
    )
    op.create_index("ix_blocks_story_position", "blocks", ["story", "position"], unique=False)
    op.create_table(
        "signoffs",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("handed", sa.String(length=64), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_signoffs_person_people"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_signoffs_story_stories"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signoffs")),
        sa.UniqueConstraint("story", "sequence", name=op.f("uq_signoffs_story_sequence")),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_versions_person_people"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_versions_story_stories"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("story", "major", "minor", name=op.f("uq_versions_story_major_minor")),
    )
    op.create_index(op.f("ix_versions_digest"), "versions", ["digest"], unique=False)
    op.create_table(
        "placements",
        sa.Column("block", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("picture", sa.String(length=36), nullable=True),
        sa.Column("caption_zh", sa.Text(), nullable=False),
        sa.Column("caption_en", sa.Text(), nullable=False),
        sa.Column("alt_zh", sa.Text(), nullable=False),
        sa.Column("alt_en", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("payload", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["block"], ["blocks.id"], name=op.f("fk_placements_block_blocks"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["picture"], ["pictures.id"], name=op.f("fk_placements_picture_pictures"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["story"], ["stories.id"], name=op.f("fk_placements_story_stories"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("block", name=op.f("pk_placements")),
    )
    op.create_index(op.f("ix_placements_picture"), "placements", ["picture"], unique=False)
    op.create_index(op.f("ix_placements_story"), "placements", ["story"], unique=False)
    op.create_table(
        "segments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("block", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["block"], ["blocks.id"], name=op.f("fk_segments_block_blocks"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_segments_story_stories"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
    )
    op.create_index("ix_segments_block_position", "segments", ["block", "position"], unique=False)
    op.create_index("ix_segments_story", "segments", ["story"], unique=False)
    op.create_table(
        "withdrawals",
        sa.Column("signoff", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_withdrawals_person_people"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["signoff"], ["signoffs.id"], name=op.f("fk_withdrawals_signoff_signoffs"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("signoff", name=op.f("pk_withdrawals")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("an archive goes forward only; go back with its backup")
