"""Approval and travel: policies by version, keys and signatures, deadlines, embargoes, what went out and came home.

Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Written out and not taken from the program, so that this revision stays what it was when it was released.
SQLITE = (
    "CREATE TRIGGER policies_refuse_update BEFORE UPDATE ON policies BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END",
    "CREATE TRIGGER policies_refuse_delete BEFORE DELETE ON policies BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END",
    "CREATE TRIGGER policies_refuse_replace BEFORE INSERT ON policies WHEN EXISTS (SELECT 1 FROM policies WHERE (name = NEW.name AND version = NEW.version)) BEGIN SELECT RAISE(ABORT, 'policies is append-only'); END",
    "CREATE TRIGGER homecomings_refuse_update BEFORE UPDATE ON homecomings BEGIN SELECT RAISE(ABORT, 'homecomings is append-only'); END",
    "CREATE TRIGGER homecomings_refuse_delete BEFORE DELETE ON homecomings BEGIN SELECT RAISE(ABORT, 'homecomings is append-only'); END",
    "CREATE TRIGGER homecomings_refuse_replace BEFORE INSERT ON homecomings WHEN EXISTS (SELECT 1 FROM homecomings WHERE (id = NEW.id)) BEGIN SELECT RAISE(ABORT, 'homecomings is append-only'); END",
)


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    # Added at the end and empty: no row is written anew, and what witnesses the older rows holds.
    op.add_column("stories", sa.Column("policy_version", sa.Integer(), nullable=True))
    op.add_column("stories", sa.Column("drafters", sa.JSON(), nullable=True))
    op.add_column("stories", sa.Column("correcting", sa.String(length=16), nullable=True))
    op.add_column("stories", sa.Column("released_after", sa.Integer(), nullable=True))
    op.add_column("signoffs", sa.Column("policy", sa.String(length=64), nullable=True))
    op.add_column("signoffs", sa.Column("policy_version", sa.Integer(), nullable=True))
    op.add_column("signoffs", sa.Column("stated_version", sa.String(length=16), nullable=True))
    op.add_column("signoffs", sa.Column("key", sa.String(length=64), nullable=True))
    op.add_column("signoffs", sa.Column("signature", sa.Text(), nullable=True))
    op.add_column("signoffs", sa.Column("kept", sa.String(length=16), nullable=True))
    op.create_table(
        "policies",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        _to("policies", "person", "people"),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_policies")),
    )
    op.create_table(
        "person_keys",
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.String(length=27), nullable=False),
        sa.Column("enrolled_at", sa.String(length=27), nullable=True),
        sa.Column("enrolled_by", sa.String(length=36), nullable=True),
        sa.Column("retired_at", sa.String(length=27), nullable=True),
        sa.Column("retired_by", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _to("person_keys", "person", "people"),
        _to("person_keys", "enrolled_by", "people"),
        _to("person_keys", "retired_by", "people"),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_person_keys")),
    )
    op.create_index(op.f("ix_person_keys_person"), "person_keys", ["person"], unique=False)
    op.create_index(
        "uq_person_keys_current",
        "person_keys",
        ["person"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "assignments",
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("deadline", sa.String(length=27), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        _to("assignments", "story", "stories"),
        _to("assignments", "person", "people"),
        _to("assignments", "given_by", "people"),
        sa.PrimaryKeyConstraint("story", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_deadline"), "assignments", ["deadline"], unique=False)
    op.create_index(op.f("ix_assignments_person"), "assignments", ["person"], unique=False)
    op.create_table(
        "embargoes",
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("asked_until", sa.String(length=27), nullable=True),
        sa.Column("asked_zone", sa.String(length=64), nullable=True),
        sa.Column("asked_reason", sa.Text(), nullable=True),
        sa.Column("asked_by", sa.String(length=36), nullable=True),
        sa.Column("asked_at", sa.String(length=27), nullable=True),
        _to("embargoes", "story", "stories"),
        _to("embargoes", "person", "people"),
        _to("embargoes", "asked_by", "people"),
        sa.PrimaryKeyConstraint("story", name=op.f("pk_embargoes")),
    )
    op.create_table(
        "emergencies",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("handed", sa.String(length=64), nullable=False),
        sa.Column("hands", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("approved_by", sa.String(length=36), nullable=True),
        sa.Column("approved_at", sa.String(length=27), nullable=True),
        sa.Column("approval_note", sa.Text(), nullable=False),
        _to("emergencies", "story", "stories"),
        _to("emergencies", "person", "people"),
        _to("emergencies", "approved_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergencies")),
    )
    op.create_index(op.f("ix_emergencies_story"), "emergencies", ["story"], unique=False)
    op.create_table(
        "source_changes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("was", sa.String(length=64), nullable=False),
        sa.Column("now", sa.String(length=64), nullable=False),
        sa.Column("released", sa.String(length=16), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("judgement", sa.String(length=16), nullable=False),
        sa.Column("judged_note", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.String(length=36), nullable=True),
        sa.Column("judged_at", sa.String(length=27), nullable=True),
        _to("source_changes", "story", "stories"),
        _to("source_changes", "person", "people"),
        _to("source_changes", "judged_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_changes")),
    )
    op.create_index(op.f("ix_source_changes_story"), "source_changes", ["story"], unique=False)
    op.create_table(
        "loans",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("package", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("holder", sa.String(length=36), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("minor", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("packed_by", sa.String(length=36), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("returned_at", sa.String(length=27), nullable=True),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("ended_by", sa.String(length=36), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        _to("loans", "story", "stories"),
        _to("loans", "holder", "people"),
        _to("loans", "packed_by", "people"),
        _to("loans", "ended_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loans")),
    )
    op.create_index(op.f("ix_loans_package"), "loans", ["package"], unique=False)
    op.create_index(op.f("ix_loans_story"), "loans", ["story"], unique=False)
    op.create_table(
        "homecomings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("package", sa.String(length=36), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=36), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        _to("homecomings", "person", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homecomings")),
    )
    op.create_index(op.f("ix_homecomings_package"), "homecomings", ["package"], unique=False)
    op.create_index(op.f("ix_homecomings_sha256"), "homecomings", ["sha256"], unique=False)
    op.create_table(
        "open_conflicts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("homecoming", sa.String(length=36), nullable=False),
        sa.Column("story", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", sa.String(length=27), nullable=True),
        _to("open_conflicts", "homecoming", "homecomings"),
        _to("open_conflicts", "story", "stories"),
        _to("open_conflicts", "decided_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_conflicts")),
    )
    op.create_index(op.f("ix_open_conflicts_homecoming"), "open_conflicts", ["homecoming"], unique=False)
    op.create_index(op.f("ix_open_conflicts_story"), "open_conflicts", ["story"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("an archive goes forward only; go back with its backup")
