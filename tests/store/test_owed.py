"""Sign-offs without a signature that owed one: written past the program with an event that fits the chain."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from office import Office

from desktop_app.desk import signing_keys
from desktop_app.desk.approval_sheets import approval_sheet
from desktop_app.desk.exporting import export
from desktop_app.desk.publishing import approve_later, release_early
from desktop_app.desk.sheet_checking import Verdict, check_sheet
from desktop_app.desk.signatures import Signer
from desktop_app.desk.verification import verify
from desktop_app.desk.workflow import submit
from desktop_app.domain.statements import KeyEnd
from desktop_app.domain.story import Story
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.store import audit, owed, told
from desktop_app.store.cells import cell, row_hash
from desktop_app.store.dialects import sqlite
from desktop_app.store.dialects.sqlite_events import TOUCHES_HOUSE

NO_KEY_USED = "no signature is there, though its signer had a confirmed key when it came in"
DEMANDED = "no signature is there, though signatures were demanded when it came in"


def keyed(office: Office, name: str) -> Signer:
    signer = Signer.of(private := ed25519.new_private())
    signing_keys.enrol(office.desk, office[name], by=office["sun"], public=ed25519.public_of(private))
    return signer


def appended(office: Office, table: str, row: dict[str, Any], operation: str, *, changed: bool = False) -> None:
    """Write a row past the program, and one more event for it whose hash is right; no old byte is touched."""
    with closing(sqlite3.connect(office.desk.archive.database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        if changed:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
        word = "REPLACE" if changed else "INSERT"
        connection.execute(f"{word} INTO {table} ({names}) VALUES ({marks})", [*row.values()])
        event = dict(connection.execute("SELECT * FROM events ORDER BY sequence DESC LIMIT 1").fetchone())
        touched = {f"{table}/{row['id']}": row_hash(table, {name: cell(value) for name, value in row.items()})}
        event |= {
            "sequence": event["sequence"] + 1, "id": office.desk.new_id(), "operation": operation,
            "person": row["person"], "story": row["story"], "data": "{}", "touched": json.dumps(touched),
            "previous": event["hash"],
        }  # fmt: skip
        event["hash"] = audit.event_hash({name: cell(value) for name, value in event.items()})
        connection.execute(f"INSERT INTO events VALUES ({', '.join('?' * len(event))})", [*event.values()])
        for statement in sqlite.guards() if changed else ():
            connection.execute(statement)


def last_signoff(office: Office) -> dict[str, Any]:
    with closing(sqlite3.connect(office.desk.archive.database)) as connection:
        connection.row_factory = sqlite3.Row
        return dict(connection.execute("SELECT * FROM signoffs ORDER BY sequence DESC LIMIT 1").fetchone())


def forged_review(office: Office, operation: str = "step signed") -> str:
    """A review by WANG without a signature; its id."""
    row = last_signoff(office)
    row |= {
        "id": office.desk.new_id(), "sequence": row["sequence"] + 1, "step": "revision", "person": office["wang"].id,
        "handed": row["digest"], "key": None, "signature": None,
    }  # fmt: skip
    appended(office, "signoffs", row, operation)
    return str(row["id"])


def told_by_verify(office: Office) -> list[str]:
    return [str(problem.reason) for problem in verify(office.desk).problems]


def wang_has_a_key(office: Office) -> None:
    keyed(office, "wang")


def signatures_are_demanded(office: Office) -> None:
    signing_keys.demand(office.desk, on=True, by=office["sun"])


@pytest.mark.parametrize("operation", ["step signed", "story unpacked", "archive upgraded", "package unpacked"])
@pytest.mark.parametrize(("rule", "why"), [(wang_has_a_key, NO_KEY_USED), (signatures_are_demanded, DEMANDED)])
def test_a_review_put_in_with_a_fitting_event_lets_nothing_through(
    office: Office, story: Story, tmp_path: Path, rule: Callable[[Office], None], why: str, operation: str
) -> None:
    keyed(office, "zhao")
    submit(office.desk, story.id, by=office["li"], signer=keyed(office, "li"))
    rule(office)
    forged = forged_review(office, operation)

    assert f"{story.slug}, “revision”, WANG Min: {why}" in told_by_verify(office)
    file = office.open(story)
    assert {identity: str(reason) for identity, reason in file.unproven.items()} == {forged: why}
    with pytest.raises(NotAllowedError, match=f"WANG Min on “Revision” does not hold: {why}"):
        office.act(story, "sign", "zhao")
    with pytest.raises(NotAllowedError, match=why):
        release_early(office.desk, story.id, by=office["zhao"], note="Now.")
    with pytest.raises(NotAllowedError):
        export(office.desk, [story.id], "nitf", tmp_path / "out.xml")
    sheet = approval_sheet(office.desk, story.id)
    assert sheet.draft
    assert why in " ".join(map(str, sheet.notices))
    found = check_sheet(office.desk, sheet.code)
    assert found.verdict is Verdict.CONTRADICTED
    assert [one.signature for one in found.signoffs] == [True, False]


def test_an_old_statement_written_anew_owes_what_is_owed_then(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    row = last_signoff(office)
    wang_has_a_key(office)
    row |= {"step": "revision", "person": office["wang"].id}
    appended(office, "signoffs", row, "archive upgraded", changed=True)
    assert any(NO_KEY_USED in reason for reason in told_by_verify(office))


def test_an_approval_afterwards_put_in_with_a_fitting_event_does_not_hold(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    release_early(office.desk, story.id, by=office["wang"], note="The minister comes.")
    keyed(office, "zhao")
    with closing(sqlite3.connect(office.desk.archive.database)) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM emergencies").fetchone())
    row |= {"approved_by": office["zhao"].id, "approved_at": row["at"], "approval_note": "Read."}
    appended(office, "emergencies", row, "emergency approved", changed=True)
    assert [reason.partition(": ")[2] for reason in told_by_verify(office)] == [NO_KEY_USED]


def test_what_owed_none_when_it_came_in_stands(office: Office, story: Story, tmp_path: Path) -> None:
    """Given before there was a key, while signatures were free again, and after a key was retired."""
    office.through(story, ["li:submit"])
    keyed(office, "li")
    signatures_are_demanded(office)
    signing_keys.demand(office.desk, on=False, by=office["sun"])
    wang_has_a_key(office)
    signing_keys.retire(office.desk, office["wang"], by=office["sun"], reason=KeyEnd.LOST)
    office.through(story, ["wang:claim", "wang:sign", "zhao:sign"])
    signatures_are_demanded(office)
    keyed(office, "zhao")
    assert told_by_verify(office) == []
    assert office.open(story).unproven == {}
    export(office.desk, [story.id], "nitf", tmp_path / "out.xml")
    sheet = approval_sheet(office.desk, story.id)
    assert not sheet.draft
    assert check_sheet(office.desk, sheet.code).verdict is Verdict.STANDS


def test_an_approval_afterwards_without_a_key_stands(office: Office, story: Story) -> None:
    office.through(story, ["li:submit"])
    release_early(office.desk, story.id, by=office["wang"], note="The minister comes.")
    approve_later(office.desk, story.id, by=office["zhao"])
    signatures_are_demanded(office)
    keyed(office, "zhao")
    assert told_by_verify(office) == []


def test_a_house_without_keys_is_asked_nothing(office: Office, story: Story) -> None:
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    with office.desk.archive.read() as session:
        assert not owed.ever_owed(session)
        assert owed.owed(session).why(office["wang"].id, None) is None


def test_the_house_is_told_of_by_its_own_events_alone(office: Office, story: Story) -> None:
    """The index has the events that touched a row of the house, and those of stories are not read for them."""
    office.through(story, ["li:submit"])
    keyed(office, "li")
    with office.desk.archive.read() as session:
        events = told.of_house(session).events
        plan = str(session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN SELECT sequence FROM events WHERE {TOUCHES_HOUSE}"
        ).all())  # fmt: skip
    assert "ix_events_house" in plan
    assert [event.operation for event in events][-2:] == ["person added", "key enrolled"]
