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

# The columns of every table but the derived ones; those with # have numbers, the others texts. SQLite takes any value in
# any column; from here on the tables refuse those of another kind.
KINDS = {
    "events": "sequence# id at person account operation story data touched previous hash",
    "facts": "key value",
    "memory_origins": "name digest at units#",
    "people": "id name zh roles key",
    "pictures": "id sha256 payload fingerprint file mime width# height# credit rights people date embedded added_at",
    "terms": "id source target kind source_short short allowed forbidden note",
    "homecomings": "id kind package edition# file sha256 person at data",
    "person_keys": "fingerprint person public asked_at enrolled_at enrolled_by retired_at retired_by reason",
    "picture_texts": "picture field language text",
    "policies": "name version# content at person",
    "stories": "id slug state major# minor# policy source_language target_language headline_source headline_target date source_url byline dateline topics source_digest boilerplate imported_credits drafter last_editor claimed_by claimed_step claim_handed claim_handed_editor modified# released kill_asked_by policy_version# drafters correcting released_after# created_at updated_at",
    "accepted_changes": "story person major# minor# part field text at",
    "assignments": "story person step deadline note given_by at",
    "blocks": "id story position# kind",
    "comments": "id story anchor moved_to moved_offset# side quote resolved_by resolved_at",
    "embargoes": "story until zone reason person at asked_until asked_zone asked_reason asked_by asked_at",
    "emergencies": "id story major# minor# digest handed hands reason person at approved_by approved_at approval_note approval_key approval_signature",
    "loans": "id package kind story holder file major# minor# digest base packed_by at edition# returned_at ended_at ended_by ended_reason",
    "lone_segments": "segment story",
    "open_conflicts": "id homecoming story part side content at decision decided_by decided_at",
    "signoffs": "id story sequence# step person at digest handed major# minor# note policy policy_version# stated_version key signature kept",
    "source_changes": "id story major# was now released note content person at judgement judged_note judged_by judged_at",
    "versions": "id story major# minor# digest content at person reason",
    "visits": "person story at",
    "waivers": "id story segment check_id text reason person at",
    "wordings": "id story part field text status person began_at at",
    "comment_notes": "id comment person at changed_at text",
    "placements": "block story file picture caption_zh caption_en alt_zh alt_en credit rights payload",
    "segments": "id story block position# source target status locked#",
    "withdrawals": "signoff person at reason key signature",
}
APPEND_ONLY = {"events", "versions", "signoffs", "withdrawals", "policies", "homecomings"}


def _kind_guards(table: str, columns: list[str]) -> list[str]:
    kinds = [(column.rstrip("#"), "integer" if column.endswith("#") else "text") for column in columns]
    odd = " OR ".join(f"typeof(NEW.\"{column}\") NOT IN ('{kind}', 'null')" for column, kind in kinds)
    return [
        f"CREATE TRIGGER {table}_refuse_kinds_{action.lower()} BEFORE {action} ON {table} WHEN {odd} "
        f"BEGIN SELECT RAISE(ABORT, '{table} has a value of the wrong kind'); END"
        for action in ("INSERT", "UPDATE") if action == "INSERT" or table not in APPEND_ONLY
    ]


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
    op.add_column("withdrawals", sa.Column("key", sa.String(length=64), nullable=True))
    op.add_column("withdrawals", sa.Column("signature", sa.Text(), nullable=True))
    touched = ("people/", "person_keys/", "policies/", 'facts/signatures"', "facts/unconfirmed/")
    op.create_index(
        "ix_events_house",
        "events",
        ["sequence"],
        unique=False,
        sqlite_where=sa.text(" + ".join(f"instr(touched, '\"{name}')" for name in touched) + " > 0"),
        postgresql_where=sa.text(" + ".join(f"strpos(touched, '\"{name}')" for name in touched) + " > 0"),
    )
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
        sa.Column("approval_key", sa.String(length=64), nullable=True),
        sa.Column("approval_signature", sa.Text(), nullable=True),
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
        for table, columns in KINDS.items():
            for statement in _kind_guards(table, columns.split()):
                op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("an archive goes forward only; go back with its backup")
