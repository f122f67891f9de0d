"""The editor: comments, who wrote which words when, changes that were accepted, repetitions that stand alone, visits.

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("anchor", sa.String(length=36), nullable=False),
        sa.Column("moved_to", sa.String(length=36), nullable=True),
        sa.Column("moved_offset", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=8), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.String(length=36), nullable=True),
        sa.Column("resolved_at", sa.String(length=27), nullable=True),
        _to("comments", "story", "stories"),
        _to("comments", "resolved_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    op.create_index(op.f("ix_comments_story"), "comments", ["story"], unique=False)
    op.create_table(
        "comment_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("comment", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        _to("comment_notes", "comment", "comments"),
        _to("comment_notes", "person", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_notes")),
    )
    op.create_index(op.f("ix_comment_notes_comment"), "comment_notes", ["comment"], unique=False)
    op.create_table(
        "wordings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("began_at", sa.String(length=27), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        _to("wordings", "story", "stories"),
        _to("wordings", "person", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
    )
    op.create_index("ix_wordings_story_part", "wordings", ["story", "part"], unique=False)
    op.create_index(op.f("ix_wordings_at"), "wordings", ["at"], unique=False)
    op.create_table(
        "accepted_changes",
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=36), nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        _to("accepted_changes", "story", "stories"),
        _to("accepted_changes", "person", "people"),
        sa.PrimaryKeyConstraint("story", "person", "major", "minor", "part", "field", name=op.f("pk_accepted_changes")),
    )
    op.create_table(
        "lone_segments",
        sa.Column("segment", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        _to("lone_segments", "story", "stories"),
        sa.PrimaryKeyConstraint("segment", name=op.f("pk_lone_segments")),
    )
    op.create_index(op.f("ix_lone_segments_story"), "lone_segments", ["story"], unique=False)
    op.create_table(
        "visits",
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        _to("visits", "person", "people"),
        _to("visits", "story", "stories"),
        sa.PrimaryKeyConstraint("person", "story", name=op.f("pk_visits")),
    )


def downgrade() -> None:
    raise NotImplementedError("an archive goes forward only; go back with its backup")
