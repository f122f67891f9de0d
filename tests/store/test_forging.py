"""Forging: somebody alters an archive who knows how it is made, and works out every hash anew.

Some of it is found inside: rows that are not what the chain says, and signatures that do not fit. The rest leaves no
trace inside, because whoever writes everything can make everything fit: it is found by what lies outside, an exported
chain or a printed sheet. Each test says by which.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from office import Office
from tampering import private_key

from desktop_app.desk import workflow
from desktop_app.desk.approval_sheets import approval_sheet
from desktop_app.desk.auditing import export_events
from desktop_app.desk.desk import open_desk, opened
from desktop_app.desk.event_checking import check_events
from desktop_app.desk.sheet_checking import Verdict, check_sheet
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.digest import canonical, content_digest, from_plain
from desktop_app.domain.events import EventFilter
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import fingerprint_of, statement_of
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import ArchiveUnavailableError
from desktop_app.store import audit
from desktop_app.store.dialects import sqlite


def outside(folder: Path, *statements: str) -> None:
    """Change rows with an editor of databases, the guards taken off and put back."""
    with closing(sqlite3.connect(folder / "archive.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount, statement
        for statement in sqlite.guards():
            connection.execute(statement)


def rewrite_history(folder: Path) -> None:
    """Work out every hash of the chain anew, so that it says that the rows were always as they are now."""
    engine = sqlite.make_engine(folder / "archive.sqlite", read_only=True)
    with engine.connect() as connection:
        stored = audit.stored_hashes(connection)
        events = list(sqlite.raw_rows(connection, "events", order="sequence"))
    engine.dispose()
    last: dict[str, int] = {}
    for number, cells in enumerate(events):
        for key in json.loads((cells["touched"] or ("", "{}"))[1]):
            last[key] = number
    changes: list[tuple[str, str, str, int]] = []
    previous = audit.GENESIS
    for number, cells in enumerate(events):
        touched = json.loads((cells["touched"] or ("", "{}"))[1])
        for key in touched:
            if last[key] == number:
                touched[key] = stored.get(key)
        cells["touched"] = ("text", json.dumps(touched, sort_keys=True))
        cells["previous"] = ("text", previous)
        previous = audit.event_hash(cells)
        changes.append((cells["touched"][1], cells["previous"][1], previous, number + 1))
    with closing(sqlite3.connect(folder / "archive.sqlite", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_refuse_update")
        connection.executemany("UPDATE events SET touched=?, previous=?, hash=? WHERE sequence=?", changes)
        for statement in sqlite.guards():
            if "events_refuse_update" in statement:
                connection.execute(statement)


def other_words(folder: Path, before: str, after: str) -> None:
    """Put other words into a released version, its digest and its sign-offs, as if they had been signed."""
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        found = [
            (identity, digest, content)
            for identity, digest, content in connection.execute("SELECT id, digest, content FROM versions")
            if before in content
        ]
    assert found
    statements = []
    for identity, digest, content in found:
        data = json.loads(content.replace(before, after))
        new = content_digest(from_plain(data))
        text = canonical(data).decode().replace("'", "''")
        statements.append(f"UPDATE versions SET digest='{new}', content='{text}' WHERE id='{identity}'")
        statements.append(f"UPDATE signoffs SET digest='{new}' WHERE digest='{digest}'")
    statements.append(
        f"UPDATE segments SET target=replace(target, '{before}', '{after}') WHERE instr(target, '{before}')"
    )
    outside(folder, *statements)


def kinds(folder: Path) -> set[str]:
    with opened(folder) as desk:
        return {problem.kind for problem in verify(desk).problems}


class Witness:
    """What lay outside the archive before anything was altered: an exported chain, and a printed sheet."""

    def __init__(self, folder: Path, story: str = "released") -> None:
        self.events = folder.parent / "events.jsonl"
        with opened(folder) as desk:
            export_events(desk, EventFilter(), self.events)
            self.sheet = approval_sheet(desk, story).code
            assert check_sheet(desk, self.sheet).verdict is Verdict.STANDS

    def of(self, folder: Path) -> tuple[bool, Verdict]:
        """Whether the chain still leads through what was exported, and what comes of the sheet."""
        with opened(folder) as desk:
            return check_events(self.events, desk).differs_from is None, check_sheet(desk, self.sheet).verdict


CONTRADICTED = (False, Verdict.CONTRADICTED)


SWAPS = {
    "a sign-off moved": (
        "UPDATE signoffs SET story=(SELECT id FROM stories WHERE slug='waiting'), sequence=9 WHERE step='approval'",
        "signoffs",
    ),
    "names swapped": (
        "UPDATE people SET zh=CASE zh WHEN '李蔚' THEN '王敏' ELSE '李蔚' END WHERE zh IN ('李蔚','王敏')",
        "people",
    ),
    "sentences swapped": (
        "UPDATE segments SET target=(SELECT target FROM segments s WHERE s.rowid<>segments.rowid AND s.target<>'' "
        "AND s.target<>segments.target LIMIT 1) WHERE rowid=3",
        "segments",
    ),
    "keys swapped": (
        "UPDATE person_keys SET public=(SELECT public FROM person_keys k WHERE k.rowid<>person_keys.rowid LIMIT 1)",
        "person_keys",
    ),
    "a withdrawal gone": ("DELETE FROM withdrawals", "withdrawals"),
    "a policy": ("UPDATE policies SET content=replace(content, '\"ink_lines\":2', '\"ink_lines\":3')", "policies"),
    "a picture": ("UPDATE pictures SET sha256='ab'", "pictures"),
    "approved by hand": ("UPDATE stories SET state='approved' WHERE slug='waiting'", "stories"),
    "the last event gone": ("DELETE FROM events WHERE sequence=(SELECT max(sequence) FROM events)", "loans"),
}


@pytest.mark.parametrize("swap", SWAPS)
def test_rows_that_were_swapped_moved_or_taken_out_are_reported(folder: Path, swap: str) -> None:
    statement, kind = SWAPS[swap]
    outside(folder, statement)
    assert kind in kinds(folder)


def test_words_changed_with_every_hash_made_anew_are_found_by_the_signatures(folder: Path) -> None:
    witness = Witness(folder)
    other_words(folder, "Typed by the reviser", "Typed by the forger")
    rewrite_history(folder)
    with opened(folder) as desk:
        found = [problem for problem in verify(desk).problems if problem.kind != "search"]
    assert {problem.kind for problem in found} == {"signature"}
    assert all("does not fit the statement" in str(problem.reason) for problem in found)
    assert witness.of(folder) == CONTRADICTED


def test_a_sign_off_moved_to_another_story_with_every_hash_made_anew_is_found_by_its_signature(folder: Path) -> None:
    outside(
        folder,
        "UPDATE signoffs SET story=(SELECT id FROM stories WHERE slug='waiting'), sequence=9, "
        "digest=(SELECT digest FROM versions WHERE story=(SELECT id FROM stories WHERE slug='waiting') LIMIT 1), "
        "major=1, minor=0 WHERE step='approval'",
    )
    rewrite_history(folder)
    assert "signature" in kinds(folder)


def test_a_signature_taken_off_with_every_hash_made_anew_is_found_as_its_event_names_it(folder: Path) -> None:
    outside(folder, "UPDATE signoffs SET key=NULL, signature=NULL WHERE step='approval'")
    rewrite_history(folder)
    assert kinds(folder) == {"signature"}


def forge_key(folder: Path, name: str) -> None:
    """Put one's own key in a person's place, sign everything anew with it, and work out every hash."""
    private = private_key("forger")
    public = ed25519.public_of(private)
    with opened(folder) as desk:
        person = next(p for p in open_story(desk, "released").people.values() if p.name == name)
        signed: list[tuple[str, SignOff]] = [
            (slug, one) for slug in ("released", "waiting") for one in open_story(desk, slug).signoffs
            if one.person == person.id
        ]  # fmt: skip
        ids = {slug: open_story(desk, slug).story.id for slug in ("released", "waiting")}
    new = fingerprint_of(public)
    old = signed[0][1].key
    statements = [f"UPDATE person_keys SET fingerprint='{new}', public='{public.hex()}' WHERE fingerprint='{old}'"]
    for slug, one in signed:
        signature = ed25519.sign(private, statement_of(ids[slug], one).message()).hex()
        statements.append(f"UPDATE signoffs SET key='{new}', signature='{signature}' WHERE id='{one.id}'")
        statements.append(f"UPDATE events SET data=replace(data, '{one.signature}', '{signature}')")
    statements.append(f"UPDATE events SET data=replace(data, '{old}', '{new}')")
    statements.append(f"UPDATE events SET touched=replace(touched, '{old}', '{new}')")
    outside(folder, *statements)
    rewrite_history(folder)


def test_a_key_put_in_place_of_a_persons_is_found_only_by_what_lies_outside(folder: Path) -> None:
    """Inside everything fits: nothing in an archive can say that a key is not a person's. A paper can, and a chain."""
    witness = Witness(folder)
    forge_key(folder, "ZHAO Qi")
    assert kinds(folder) == set()
    assert witness.of(folder) == CONTRADICTED


def test_words_without_signatures_rewritten_whole_are_found_only_by_what_lies_outside(tmp_path: Path) -> None:
    """Without keys, whoever works out every hash anew leaves no trace inside: that is what keys and papers are for."""
    office = Office.founded(tmp_path / "archive")
    story = office.story(slug="released")
    office.through(story, ["li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign"])
    office.desk.close()
    witness = Witness(tmp_path / "archive")
    other_words(tmp_path / "archive", "Typed by wang", "Forged by wang")
    rewrite_history(tmp_path / "archive")
    assert kinds(tmp_path / "archive") <= {"search"}
    assert witness.of(tmp_path / "archive") == CONTRADICTED


def test_a_sign_off_taken_out_with_its_event_is_found_only_by_what_lies_outside(folder: Path) -> None:
    witness = Witness(folder)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        ((identity,),) = connection.execute("SELECT id FROM signoffs WHERE step='approval'").fetchall()
    outside(
        folder,
        f"DELETE FROM signoffs WHERE id='{identity}'",
        "UPDATE events SET data='{}', touched=json_remove(touched, '$.\"signoffs/" + identity + "\"') "
        f"WHERE touched LIKE '%signoffs/{identity}%'",
    )
    rewrite_history(folder)
    assert kinds(folder) == set()
    assert witness.of(folder) == CONTRADICTED


def test_an_old_copy_put_in_its_place_is_found_only_by_what_lies_outside(folder: Path, tmp_path: Path) -> None:
    """An older archive is whole in itself. Whatever names a later event says that something is gone."""
    shutil.copytree(folder, tmp_path / "old")
    desk = open_desk(folder)
    story = open_story(desk, "waiting")
    workflow.claim(desk, "waiting", by=next(p for p in story.people.values() if p.name == "WANG Min"))
    desk.close()
    witness = Witness(folder, "waiting")
    shutil.rmtree(folder)
    shutil.move(tmp_path / "old", folder)
    assert kinds(folder) == set()
    assert witness.of(folder) == CONTRADICTED


def test_an_archive_that_says_that_it_is_older_is_refused_and_stays_as_it_is(folder: Path) -> None:
    outside(folder, "UPDATE alembic_version SET version_num='0001'")
    before = (folder / "archive.sqlite").read_bytes()
    with pytest.raises(ArchiveUnavailableError):
        open_desk(folder)
    assert (folder / "archive.sqlite").read_bytes() == before


def test_rewriting_history_is_done_right_here(folder: Path) -> None:
    """The attacks above work on what they should: rewriting an archive that is as it was changes nothing."""
    before = (folder / "archive.sqlite").read_bytes()
    rewrite_history(folder)
    assert kinds(folder) == set()
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        heads = connection.execute("SELECT hash FROM events ORDER BY sequence").fetchall()
    (folder / "archive.sqlite").write_bytes(before)
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection:
        assert heads == connection.execute("SELECT hash FROM events ORDER BY sequence").fetchall()
