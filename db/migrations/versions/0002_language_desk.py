"""The language desk: terms, waivers of findings, and the translation memory.

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "terms",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("source_short", sa.JSON(), nullable=False),
        sa.Column("short", sa.Text(), nullable=False),
        sa.Column("allowed", sa.JSON(), nullable=False),
        sa.Column("forbidden", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
    )
    op.create_index(op.f("ix_terms_source"), "terms", ["source"], unique=False)
    op.create_table(
        "waivers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("segment", sa.String(length=36), nullable=True),
        sa.Column("check_id", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_waivers_person_people"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], name=op.f("fk_waivers_story_stories"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waivers")),
    )
    op.create_index(op.f("ix_waivers_story"), "waivers", ["story"], unique=False)
    op.create_table(
        "memory_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("source_key", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("after", sa.BigInteger(), nullable=True),
        sa.Column("story", sa.String(length=36), nullable=True),
        sa.Column("segment", sa.String(length=36), nullable=True),
        sa.Column("drafter", sa.Text(), nullable=False),
        sa.Column("reviser", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_units")),
    )
    op.create_index(op.f("ix_memory_units_source_key"), "memory_units", ["source_key"], unique=False)
    op.create_index(op.f("ix_memory_units_story"), "memory_units", ["story"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("an archive goes forward only; go back with its backup")
