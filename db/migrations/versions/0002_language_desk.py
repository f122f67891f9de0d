"""The language desk: terms, waivers of findings, and the translation memory; full text without a second copy.

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
        sa.Column("masked_key", sa.BigInteger(), nullable=True),
        sa.Column("source_key", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("after", sa.BigInteger(), nullable=True),
        sa.Column("story", sa.String(length=36), nullable=True),
        sa.Column("segment", sa.String(length=36), nullable=True),
        sa.Column("drafter", sa.Text(), nullable=False),
        sa.Column("reviser", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_units")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_memory_units_source_key"), "memory_units", ["source_key"], unique=False)
    op.create_index(
        op.f("ix_memory_units_masked_key"),
        "memory_units",
        ["masked_key"],
        unique=False,
        sqlite_where=sa.text("masked_key IS NOT NULL"),
        postgresql_where=sa.text("masked_key IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_memory_units_story_segment_layer"),
        "memory_units",
        ["story", "segment", "layer"],
        unique=False,
        sqlite_where=sa.text("story IS NOT NULL"),
        postgresql_where=sa.text("story IS NOT NULL"),
    )
    op.create_table(
        "memory_origins",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_memory_origins")),
    )
    op.create_table(
        "memory_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("lengths", sa.LargeBinary(), nullable=False),
        sa.Column("ranks", sa.LargeBinary(), nullable=False),
        sa.Column("firsts", sa.LargeBinary(), nullable=False),
        sa.Column("pairs", sa.LargeBinary(), nullable=False),
        sa.Column("starts", sa.LargeBinary(), nullable=False),
        sa.Column("ids", sa.LargeBinary(), nullable=False),
        sa.Column("signatures", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_parts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "memory_postings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ranks", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memory_postings")),
    )
    # Full text is derived: the program makes it anew after an upgrade.
    op.execute("DROP TABLE search_index")
    op.drop_index("ix_search_rows_owner_part", "search_rows")
    op.drop_table("search_rows")
    op.create_table(
        "search_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_texts")),
    )
    op.create_index(op.f("ix_search_texts_owner"), "search_texts", ["owner"], unique=False)
    kind = "tokenize='unicode61 remove_diacritics 2', detail=full"
    op.execute(f"CREATE VIRTUAL TABLE search_index USING fts5(body, content='', {kind})")
    op.execute(f"CREATE VIRTUAL TABLE concordance_index USING fts5(body, content='', {kind}, columnsize=0)")


def downgrade() -> None:
    raise NotImplementedError("an archive goes forward only; go back with its backup")
