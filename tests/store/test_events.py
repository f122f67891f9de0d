"""The events as a timeline and as files: filters against plain Python, the chain against a recipe of twenty lines."""

import csv
import hashlib
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import Office

from desktop_app.desk.auditing import (
    asked_for,
    chain_head,
    event_numbers,
    events,
    events_numbered,
    export_events,
    story_names,
)
from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.event_checking import KIND, check_events
from desktop_app.desk.operations import OPERATIONS
from desktop_app.desk.people import set_current_person
from desktop_app.desk.verification import verify
from desktop_app.domain.events import EVERYTHING, KIND_OF, EventFilter, EventKind, kind_of
from desktop_app.domain.policy import POLICIES
from desktop_app.foundation.errors import CancelledError, InputRefusedError, KnownError, WrongUsageError
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_
from desktop_app.store.dialects.sqlite import guards

WORDS = (
    "library",
    "Typed",
    "names",
    "50%",
    "a_b",
    "图书馆",
    "said “yes”",
    'a "quote"',
    "\\",
    "signed",
    "Wei",
    "story-x",
)
NOTES = (
    "",
    "=HYPERLINK(1)",
    "Look at the names.",
    "50% of a_b",
    "图书馆",
    'He said "yes" \\ no',
    "+1",
    "@sum",
    "\ttab",
)
FILES: tuple[list[Any], ...] = ([], ["library.html"], [["out.docx", "cafe" * 16]], ["图书馆.txt", "b.txt"])


def busy(office: Office, count: int, seed: int = 1) -> None:
    """Events of all sorts, some of many stories, some of a newer version, with whatever people write into notes."""
    chance = random.Random(seed)
    stories = [office.story(slug=f"story-{sign}").id for sign in "xyz"]
    people = [None, *(person.id for person in office.people.values())]
    operations = [*OPERATIONS, "something of tomorrow"]
    for _ in range(count):
        story = chance.choice([None, *stories])
        several = chance.sample(stories, 2) if story is None and chance.random() < 0.3 else []
        told: dict[str, Any] = {"note": chance.choice(NOTES), "files": chance.choice(FILES)}
        told |= {"step": chance.choice(["draft", "revision", ""])} | ({"stories": several} if several else {})
        with office.desk.archive.write() as unit:
            unit.record(chance.choice(operations), person=chance.choice(people), story=story, **told)


@pytest.fixture(scope="module")
def archive(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office.moved(template, tmp_path_factory.mktemp("events") / "archive")
    story = office.story(slug="reviewed")
    office.through(story, ["li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign", "zhao:release"])
    busy(office, 150)
    yield office
    office.desk.close()


def rows_of(desk: Desk) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(desk.archive.database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM events ORDER BY sequence DESC")]


def shown(row: dict[str, Any]) -> list[str]:
    """What a person reads of an event's details."""
    data = json.loads(row["data"])
    files = [one[0] if isinstance(one, list) else one for one in data.get("files", [])]
    plain = [data[key] for key in ("name", "note", "reason", "version", "format") if key in data]
    return [str(text) for text in [*plain, *files]]


def folded(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def said(row: dict[str, Any], word: str, office: Office) -> bool:
    """Whether an event has a word, in plain Python."""
    names = {p.id: (p.name, p.zh) for p in office.people.values()}
    headlines = {i: (n.slug, n.headline.zh, n.headline.en) for i, n in story_names(office.desk).items()}
    titles: dict[str, list[str]] = {}
    for policy in POLICIES.values():
        for step in policy.steps:
            titles.setdefault(step.name, []).append(str(step.title))
    known = OPERATIONS.get(row["operation"])
    plain = [
        *names.get(row["person"], ()),
        *headlines.get(row["story"], ()),
        *titles.get(json.loads(row["data"]).get("step", "—"), []),
    ]
    sentence = re.split(r"\{\w+\}", known.key) if known is not None else []  # what is put in is no word of the sentence
    found = any(word.casefold() in text.casefold() for text in [*plain, *sentence])
    return found or any(folded(word) in folded(text) for text in [*shown(row), row["account"]])


def passes(row: dict[str, Any], asked: EventFilter, office: Office) -> bool:
    about = {row["story"]} | (set(json.loads(row["data"]).get("stories", [])) if row["story"] is None else set())
    return (
        (asked.story is None or asked.story in about)
        and (asked.person is None or row["person"] == asked.person)
        and (not asked.kinds or kind_of(row["operation"]) in asked.kinds)
        and (asked.since is None or row["at"] >= asked.since)
        and (asked.until is None or row["at"] < asked.until)
        and all(said(row, word.text, office) for word in asked.words)
    )


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_filter_lets_through_what_plain_python_does(archive: Office, data: st.DataObject) -> None:
    desk, rows = archive.desk, rows_of(archive.desk)
    text = data.draw(st.sampled_from(["", "", *WORDS]) | st.text(max_size=3))
    words = asked_for(desk, text=text).words
    moments = st.none() | st.sampled_from(sorted({row["at"] for row in rows}))
    asked = EventFilter(
        data.draw(st.none() | st.sampled_from(sorted(story_names(desk)))),
        data.draw(st.none() | st.sampled_from([person.id for person in archive.people.values()])),
        data.draw(st.frozensets(st.sampled_from(EventKind), max_size=3)),
        data.draw(moments), data.draw(moments), words,
    )  # fmt: skip
    expected = [row["sequence"] for row in rows if passes(row, asked, archive)]
    assert list(event_numbers(desk, asked)) == expected
    limit = data.draw(st.integers(1, 60))
    paged: list[int] = []
    while page := events(desk, asked, after=paged[-1] if paged else None, limit=limit):
        assert len(page) <= limit
        paged += [event.number for event in page]
    assert paged == expected


def test_days_are_whole_days_of_this_place(archive: Office) -> None:
    here = datetime(2024, 1, 29).astimezone()
    asked = asked_for(archive.desk, since=date(2024, 1, 29), until=date(2024, 1, 29))
    assert (asked.since, asked.until) == (stamp(here), stamp((here + timedelta(days=1)).astimezone(UTC)))
    assert list(event_numbers(archive.desk, asked_for(archive.desk, until=date(2000, 1, 1)))) == []
    assert asked_for(archive.desk, until=date.max).until is None
    assert asked_for(archive.desk, until=date.max, since=date.min) is not None


def test_events_are_told_in_words_with_names(archive: Office) -> None:
    asked = asked_for(archive.desk, story="reviewed", kinds=[EventKind.REVIEW])
    told = events(archive.desk, asked)
    assert [str(event.sentence) for event in told][:2] == ["Released the story", "Signed “Approval” of version 1.1"]
    assert str(told[0].who) == "ZHAO Qi"
    assert str(told[0].subject) == "Peking University Opens"
    assert [e.number for e in events_numbered(archive.desk, [told[1].number, told[0].number, 10**6])] == [
        told[0].number, told[1].number,
    ]  # fmt: skip
    several = next(e for e in events(archive.desk, limit=500) if len(e.stories) == 2)
    assert str(several.subject) == "2 stories"


def test_every_operation_has_its_kind() -> None:
    assert set(KIND_OF) <= set(OPERATIONS)
    ours = ("story ", "step ", "sign-off", "comment ", "picture", "term", "memory ", "stories ")
    assert [o for o in OPERATIONS if o.startswith(ours) and kind_of(o) is EventKind.HOUSE] == []


def test_an_altered_event_is_listed_and_not_stumbled_over(office: Office) -> None:
    office.story()
    with closing(sqlite3.connect(office.desk.archive.database, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_refuse_update")
        connection.execute("UPDATE events SET data = '{\"x', at = 'long ago' WHERE sequence = 2")
        connection.execute("UPDATE events SET account = x'ff00', data = '[1]' WHERE sequence = 3")
    told = {event.number: event for event in events(office.desk, asked_for(office.desk, text=""), limit=99)}
    assert told[2].at == "long ago"
    assert told[3].account == "\\xff\x00"
    assert list(event_numbers(office.desk, asked_for(office.desk, text="no such word"))) == []


# The chain as a file


def outsiders_check(lines: list[str]) -> list[int]:
    """The recipe of the help, in the hands of somebody who has only the file: the numbers of bad lines."""
    bad, previous = [], "0" * 64
    for place, line in enumerate(lines, start=1):
        event = json.loads(line)
        cells = {k: ["text", v] for k, v in event.items() if k not in {"hash", "sequence"} and v is not None}
        cells["sequence"] = ["integer", str(event["sequence"])]
        text = json.dumps(["events", cells], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        right = hashlib.sha256(text.encode()).hexdigest()
        if event["hash"] != right or event["previous"] != previous or event["sequence"] != place:
            bad.append(place)
        previous = event["hash"]
    return bad


def test_an_outsider_can_check_the_file(archive: Office, tmp_path: Path) -> None:
    done = export_events(archive.desk, EVERYTHING, tmp_path / "all.jsonl")
    lines = done.path.read_text("utf-8").splitlines()
    assert outsiders_check(lines) == []
    assert hashlib.sha256(done.path.read_bytes()).hexdigest() == done.sha256
    head = chain_head(archive.desk)
    assert head is not None
    assert done.head == head
    assert (len(lines), json.loads(lines[-1])["hash"]) == (done.events, head.hash)
    assert head.plain() == {"number": head.number, "hash": head.hash, "at": head.at}
    lines[40] = lines[40].replace('"account": "', '"account": "x')
    assert outsiders_check(lines) == [41]
    checked = check_events(done.path, archive.desk)
    assert (checked.problems, checked.whole, checked.events) == ([], True, done.events)
    assert check_events(done.path).problems == []


@pytest.fixture(scope="module")
def exported(archive: Office, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    path = tmp_path_factory.mktemp("exported") / "all.jsonl"
    return export_events(archive.desk, EVERYTHING, path).path.read_bytes().splitlines(keepends=True)


def found_in(archive: Office, path: Path, lines: list[bytes]) -> list[str]:
    path.write_bytes(b"".join(lines))
    return [problem.id for problem in check_events(path, archive.desk).problems if problem.kind == KIND]


def test_tampering_with_any_line_is_found(archive: Office, exported: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "tampered.jsonl"
    for place, line in enumerate(exported):
        cells = json.loads(line)
        name = list(cells)[place % len(cells)]  # every cell in its turn
        other = {**cells, name: place + 2 if name == "sequence" else f"{cells[name]}x"}
        changed = [*exported[:place], json.dumps(other).encode() + b"\n", *exported[place + 1 :]]
        assert found_in(archive, path, changed), f"{name} of line {place + 1}"
        doubled = [*exported[: place + 1], line, *exported[place + 1 :]]
        assert found_in(archive, path, doubled), f"line {place + 1} twice"
        without = [*exported[:place], *exported[place + 1 :]]
        last = place == len(exported) - 1  # then it is a file written earlier
        assert bool(found_in(archive, path, without)) is not last, f"line {place + 1} taken out"


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_flipped_byte_is_found_or_means_the_same(
    archive: Office, exported: list[bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = b"".join(exported)
    at, byte = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 255))
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    path = tmp_path_factory.getbasetemp() / "flipped.jsonl"
    if found_in(archive, path, [changed]):
        return
    lines = [line for line in changed.split(b"\n") if line.strip()]
    assert [repr(json.loads(line)) for line in lines] == [repr(json.loads(line)) for line in exported]


def test_a_filtered_file_says_so_and_what_is_in_it_is_checked(archive: Office, tmp_path: Path) -> None:
    asked = asked_for(archive.desk, person=archive["li"])
    done = export_events(archive.desk, asked, tmp_path / "li.jsonl")
    lines = done.path.read_bytes().splitlines(keepends=True)
    assert json.loads(lines[0]) == {"filtered": {"person": archive["li"].id}}
    checked = check_events(done.path, archive.desk)
    assert (checked.problems, checked.whole) == ([], False)
    assert checked.events == done.events == len(lines) - 1
    lines[3] = lines[3].replace(b'"account": "', b'"account": "x')
    assert found_in(archive, done.path, lines) == [str(json.loads(lines[3])["sequence"])]


def test_a_kept_file_finds_the_newest_event_forged_with_its_rows(office: Office, tmp_path: Path) -> None:
    office.story()
    set_current_person(office.desk, office["li"])
    kept = export_events(office.desk, EVERYTHING, tmp_path / "kept.jsonl").path
    newest = chain_head(office.desk)
    assert newest is not None
    with closing(sqlite3.connect(office.desk.archive.database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("DROP TRIGGER events_refuse_update")
        cells = dict(connection.execute("SELECT * FROM events ORDER BY sequence DESC LIMIT 1").fetchone())
        cells["person"] = office["wang"].id  # somebody else did it
        hashed = {k: ["text", str(v)] for k, v in cells.items() if k != "hash" and v is not None}
        hashed["sequence"] = ["integer", str(cells["sequence"])]
        text = json.dumps(["events", hashed], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        forged = hashlib.sha256(text.encode()).hexdigest()
        connection.execute(
            "UPDATE events SET person = ?, hash = ? WHERE sequence = ?", (cells["person"], forged, cells["sequence"])
        )
        for statement in guards():
            if "events_refuse_update" in statement:
                connection.execute(statement)
    assert verify(office.desk).problems == ()  # by itself the archive cannot know
    checked = check_events(kept, office.desk)
    assert checked.differs_from == newest.number
    assert [str(problem.reason) for problem in checked.problems] == [
        f"from event {newest.number} on, the chain of the archive is another one than the file's"
    ]


def test_an_archive_set_back_is_found_and_one_that_went_on_is_well(
    office: Office, template: Path, tmp_path: Path
) -> None:
    before = export_events(office.desk, EVERYTHING, tmp_path / "before.jsonl").path
    office.story()
    assert check_events(before, office.desk).problems == []
    after = export_events(office.desk, EVERYTHING, tmp_path / "after.jsonl").path
    older = Office.moved(template, tmp_path / "older")
    try:
        checked = check_events(after, older.desk)
    finally:
        older.desk.close()
    assert checked.head is not None
    assert checked.differs_from == checked.head.number + 1
    assert "ends with event" in str(checked.problems[0].reason)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\xff\xfe\x00", b"[]", b"{}", b'{"filtered": {}}', b"[" * 100_000, b'{"sequence": NaN}', b"1e999",
     b'{"sequence": ' + b"9" * 10_000 + b"}"],
)  # fmt: skip
def test_what_is_no_export_is_refused(office: Office, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputRefusedError):
        check_events(path, office.desk)
    with pytest.raises(InputRefusedError):
        check_events(tmp_path / "not there.jsonl")
    with pytest.raises(InputRefusedError):
        check_events(tmp_path)


def test_a_cell_that_stands_twice_is_no_event(archive: Office, exported: list[bytes], tmp_path: Path) -> None:
    twice = exported[0].replace(b'"account": ', b'"account": "somebody", "account": ', 1)
    assert found_in(archive, tmp_path / "twice.jsonl", [twice, *exported[1:]])


# The table


def test_the_table_is_for_excel_and_runs_nothing(archive: Office, tmp_path: Path) -> None:
    done = export_events(archive.desk, EVERYTHING, tmp_path / "all.CSV")
    raw = done.path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == done.events + 1
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True)))
    assert rows[0][:5] == ["Number", "Time", "Time (UTC)", "Person", "What was done"]
    assert [int(row[0]) for row in rows[1:]] == list(range(1, done.events + 1))
    notes = {row[5] for row in rows[1:]}
    assert {"'=HYPERLINK(1)", "'+1", "'@sum", "'\ttab", "图书馆"} <= notes
    for row in rows[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)
    assert {row[10] for row in rows[1:]} == {row["hash"] for row in rows_of(archive.desk)}


def test_titles_and_sentences_are_in_the_readers_language(archive: Office, tmp_path: Path) -> None:
    done = export_events(archive.desk, EVERYTHING, tmp_path / "a.csv", say=lambda one: f"<{one}>")
    rows = list(csv.reader(done.path.read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == "<Number>"
    assert rows[1][4] == "<Made the archive>"


def test_a_name_without_a_form_is_refused_and_a_form_can_be_given(archive: Office, tmp_path: Path) -> None:
    with pytest.raises(WrongUsageError):
        export_events(archive.desk, EVERYTHING, tmp_path / "events.xlsx")
    with pytest.raises(WrongUsageError):
        export_events(archive.desk, EVERYTHING, tmp_path, ".csv")
    assert export_events(archive.desk, EVERYTHING, tmp_path / "events", ".jsonl").events
    with pytest.raises(KnownError):
        export_events(archive.desk, EVERYTHING, tmp_path / "events" / "in a file.csv")


def test_a_stopped_export_leaves_nothing(archive: Office, tmp_path: Path) -> None:
    def stop() -> None:
        raise CancelledError(N_("The job was cancelled."))

    with pytest.raises(CancelledError):
        export_events(archive.desk, EVERYTHING, tmp_path / "a.csv", progress=Progress(check=stop))
    assert list(tmp_path.iterdir()) == []
