"""A work package carries stories with all that they need, and is read value by value."""

import io
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import inspect

from desktop_app.domain.comments import Comment, Note
from desktop_app.domain.digest import content_digest
from desktop_app.domain.events import ChainHead, EventLink
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.people import Person, Role
from desktop_app.domain.pictures import Picture
from desktop_app.domain.policy import THREE_REVIEWS
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import Claim, SignOff
from desktop_app.domain.statements import PersonKey
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Credit,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
    Story,
    StoryState,
    VersionNumber,
)
from desktop_app.domain.story_json import story_json
from desktop_app.domain.terms import Term, TermKind
from desktop_app.exchange.packages.container import OpenContainer, write_container
from desktop_app.exchange.packages.tables import TABLES
from desktop_app.exchange.packages.work_package import (
    Answer,
    PackedPicture,
    PackedPolicy,
    PackedStory,
    StoryFacts,
    WorkPackage,
    read_package,
    write_package,
)
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.store import carried
from desktop_app.store.models import StoryRow

TEXT = Content(
    (
        Block("b1", BlockKind.HEADLINE, (Segment("s1", "题目", "Title", SegmentStatus.CONFIRMED),)),
        Block(
            "b2", BlockKind.PARAGRAPH, (Segment("s2", "一。", "One\u00e9.", SegmentStatus.DRAFT, True), Segment("s3"))
        ),
        Block(
            "b3",
            BlockKind.PICTURE,
            placement=Placement("1.jpg", "p1", Bilingual("图", "A"), credit="LI", payload="f0" * 32),
        ),
    ),
    ("LI Wei",),
    "Tianjin",
    ("Sports",),
    "5eed",
)
LATER = replace(TEXT, dateline="Beijing")
AT = "2024-01-29T08:00:00.000000Z"
VERSION = Version(VersionNumber(2, 4), content_digest(TEXT), AT, "p1", "submitted")
SIGNED = SignOff(
    "g1", "draft", "p1", AT, VERSION.digest, VERSION.digest, VERSION.number, withdrawn_at=AT, withdrawn_by="p2",
    withdrawn_reason="a slip", stated_version="1.2", key="5e" * 32, signature="ab" * 64, policy="house",
    policy_version=2, withdrawn_key="5e" * 32, withdrawn_signature="cd" * 64,
)  # fmt: skip
FACTS = StoryFacts(
    StoryState.RELEASED, VersionNumber(2, 4), "house", 2, True, VERSION.number, 1, VERSION.number, "p1",
    (("p2", "wrote"),), "p2", Claim("revision", "p2", "5e" * 32), "p1", "p2", "2024-01-29", "https://x.example",
    ("Editor: X",), (Credit("draft", "翻译", ("李伟",)),), AT, AT,
)  # fmt: skip
COMMENT = Comment("c1", "a1", "s2", "target", "One", (Note("n1", "p1", AT, "Hm?", AT),), "p2", AT, "s3", 4)
ROWS: dict[str, tuple[dict[str, Any], ...]] = {
    "accepted_changes": ({"person": "p1", "major": 1, "minor": 0, "part": "s1", "field": "target", "text": "x",
                          "at": AT},),
    "assignments": ({"person": None, "step": "revision", "deadline": AT, "note": "", "given_by": "p2", "at": AT},),
    "embargoes": ({"until": AT, "zone": "Asia/Shanghai", "reason": "press", "person": "p1", "at": AT,
                   "asked_until": None, "asked_zone": None, "asked_reason": None, "asked_by": None,
                   "asked_at": None},),
    "emergencies": ({"id": "e1", "major": 2, "minor": 4, "digest": "5e" * 32, "handed": "5e" * 32, "hands": ["p1"],
                     "reason": "flood", "person": "p2", "at": AT, "approved_by": None,
                     "approved_at": None, "approval_note": "", "approval_key": "5e" * 32,
                     "approval_signature": "ab" * 64},),
    "lone_segments": ({"segment": "s2"},),
    "source_changes": ({"id": "z1", "major": 2, "was": "5e" * 32, "now": "5f" * 32, "released": None, "note": "",
                        "content": {"blocks": [["paragraph", "一。", "", ""]]}, "person": "p1", "at": AT,
                        "judgement": "", "judged_note": "", "judged_by": None, "judged_at": None},
                       {"id": "z2", "major": 2, "was": "5e" * 32, "now": "5f" * 32, "released": None, "note": "",
                        "content": {"texts": {"s2": "二。"}, "were": {"s2": ["一。", "b2", 0]}}, "person": "p1",
                        "at": AT, "judgement": "", "judged_note": "", "judged_by": None, "judged_at": None},),
    "waivers": ({"id": "w1", "segment": None, "check_id": "length", "text": "5e" * 32, "reason": "short",
                 "person": "p1", "at": AT},),
    "wordings": ({"id": "r1", "part": "s2", "field": "target", "text": "One.", "status": "draft", "person": "p1",
                  "began_at": AT, "at": AT},),
}  # fmt: skip
HEAD = ChainHead(12, "5e" * 32, AT)
LINK = EventLink(1, "v1", AT, None, "li", "archive made", None, "{}", "{}", "0" * 64, "5e" * 32)
PACKAGE = WorkPackage(
    id="w1",
    made_at=AT,
    made_by="p2",
    made_for=None,
    head=HEAD,
    people=(Person("p1", "LI Wei", "李伟", frozenset({Role.TRANSLATOR}), "key"), Person("p2", "WANG Fang")),
    policies=(PackedPolicy(replace(THREE_REVIEWS, name="house", version=2), AT, "p2"),),
    stories=(
        PackedStory(
            "a1",
            "slug",
            Languages(),
            story_json(Story("a1", "slug", LATER), credits=()),
            TEXT,
            LATER,
            ((VERSION, TEXT),),
            (SIGNED,),
            FACTS,
            (COMMENT,),
            ROWS,
        ),
    ),
    house="YCUT 新闻中心",
    keys=(PersonKey("5e" * 32, "p1", "5f" * 32, AT, AT, "p2", AT, "p2", "lost"),),
    pictures=(
        PackedPicture(
            Picture("p1", "ab" * 32, "f0" * 32, "1.jpg", "image/jpeg", 640, 480, Bilingual("图", "A"), people=("LI",),
                    date="2024-01-29", metadata={"Exif.Make": "Leica"}), "0" * 32, AT,
        ),
    ),
    memory=(MemoryUnit("一。", "One.", Layer.SIGNED, "a1", "s2", "LI", "WANG", AT, "slug", -(2**63), 2**63 - 1),),
    terms=(Term("t1", "大学", "university", TermKind.ORGANISATION, ("大",), "U", ("college",), ("school",), "note"),),
    settings={"policy": "house", "source-language": "zh-Hans"},
    answers=Answer("w0", 3, HEAD, "o1"),
    audit=(LINK,),
)  # fmt: skip
PICTURES = [("ab" * 32, b"\x00pixels")]


def packed() -> bytes:
    file = io.BytesIO()
    write_package(file, PACKAGE, PICTURES)
    return file.getvalue()


def parts() -> tuple[dict[str, Any], dict[str, bytes]]:
    with OpenContainer(io.BytesIO(packed()), "x") as container:
        return dict(container.facts), {name: container.read(name) for name in container.parts}


def read(facts: dict[str, Any], some: dict[str, bytes]) -> WorkPackage:
    file = io.BytesIO()
    write_container(file, facts, some.items())
    with OpenContainer(io.BytesIO(file.getvalue()), "x") as container:
        return read_package(container)


def test_everything_comes_back() -> None:
    with OpenContainer(io.BytesIO(packed()), "x") as container:
        assert read_package(container) == PACKAGE
        assert container.read(f"pictures/{'ab' * 32}") == b"\x00pixels"


def test_a_text_that_is_not_the_signed_one_is_refused() -> None:
    facts, some = parts()
    row = json.loads(some["stories/a1.json"])
    row["versions"][0]["content"]["blocks"][0]["segments"][0][2] = "Another title"
    some["stories/a1.json"] = json.dumps(row).encode()
    with pytest.raises(InputRefusedError) as refused:
        read(facts, some)
    assert str(refused.value.place) == "stories/a1.json: versions[0]"


def test_a_missing_part_and_a_part_that_is_no_json_are_refused() -> None:
    for name in (name for name in parts()[1] if name.endswith(".json")):
        facts, some = parts()
        with pytest.raises(InputRefusedError, match="missing"):
            read(facts, {other: data for other, data in some.items() if other != name})
        for data in (b"", b"{", b"[" * 100_000, b"\xff"):
            with pytest.raises(InputRefusedError) as refused:
                read(facts, {**some, name: data})
            assert refused.value.place == name


STRANGE = [None, 7, True, "x", [], {}, ["x"], "\ud800", 1.5]


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield from _paths(inner, (*path, key))


def _with(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    made = value.copy()
    made[path[0]] = _with(value[path[0]], path[1:], new) if path[1:] else new
    return made


def test_a_value_of_another_kind_is_refused_or_makes_no_other_kind_of_value() -> None:
    """Every value of a story in turn replaced by one of every kind: a refusal that names the part, or sound data."""
    facts, some = parts()
    row = json.loads(some["stories/a1.json"])
    chance = random.Random(5)
    places = []
    for path in [path for path in _paths(row) if path[:1] != ("story",)]:
        for new in chance.sample(STRANGE, 1):
            data = json.dumps(_with(row, path, new)).encode()
            try:
                (story,) = read(facts, {**some, "stories/a1.json": data}).stories
            except InputRefusedError as error:
                places.append(str(error.place))
                continue
            for content in (story.base, story.content):
                assert all(isinstance(text, str) for s in content.segments() for text in (s.id, s.source, s.target))
    assert {place.partition(":")[0] for place in places} <= {"stories/a1.json", "stories"}
    assert len(places) > 130


@pytest.mark.parametrize(
    "name", ["people.json", "keys.json", "policies.json", "settings.json", "pictures.json", "memory.json", "terms.json"]
)
def test_a_value_of_another_kind_in_any_part_is_refused_with_its_part(name: str) -> None:
    facts, some = parts()
    row = json.loads(some[name])
    chance = random.Random(7)
    places = []
    for path in _paths(row):
        for new in chance.sample(STRANGE, 2):
            try:
                read(facts, {**some, name: json.dumps(_with(row, path, new)).encode()})
            except InputRefusedError as error:
                places.append(str(error.place))
    known = (name, "stories/a1.json", "manifest.json", "keys.json", "policies.json", "pictures/")
    assert [place for place in places if not place.startswith(known)] == []
    assert len(places) > len(list(_paths(row)))


ABSURD: list[tuple[str, tuple[str | int, ...], object]] = [
    ("stories/a1.json", ("facts", "version"), "9999999.1"),
    ("stories/a1.json", ("facts", "version"), "1"),
    ("stories/a1.json", ("facts", "version"), "１.２"),
    ("stories/a1.json", ("facts", "version"), "1.0"),
    ("stories/a1.json", ("facts", "released"), "7.7"),
    ("stories/a1.json", ("facts", "created_at"), "yesterday"),
    ("stories/a1.json", ("facts", "created_at"), "2024-01-29T08:00:00"),
    ("stories/a1.json", ("facts", "date"), "the day before yesterday"),
    ("stories/a1.json", ("facts", "drafter"), "p9"),
    ("stories/a1.json", ("slug",), "../../etc/passwd"),
    ("stories/a1.json", ("slug",), "a/b"),
    ("stories/a1.json", ("slug",), ".hidden"),
    ("stories/a1.json", ("id",), "a2"),
    ("stories/a1.json", ("languages",), ["zh-Hans", "en; drop"]),
    ("stories/a1.json", ("comments", 0, "notes"), []),
    ("stories/a1.json", ("comments", 0, "moved_offset"), 2**40),
    ("stories/a1.json", ("comments", 0, "moved_offset"), -1),
    ("stories/a1.json", ("signoffs", 0, "digest"), "5f" * 32),
    ("stories/a1.json", ("signoffs", 0, "version"), "2.5"),
    ("stories/a1.json", ("signoffs", 0, "withdrawn_by"), None),
    ("stories/a1.json", ("signoffs", 0, "key"), None),
    ("stories/a1.json", ("signoffs", 0, "person"), "p9"),
    ("stories/a1.json", ("rows", "waivers", 0, "person"), "p9"),
    ("stories/a1.json", ("rows", "waivers", 0, "story"), "a1"),
    ("stories/a1.json", ("rows", "people"), []),
    ("stories/a1.json", ("content", "blocks", 1, "segments", 1, 0), "s1"),
    ("stories/a1.json", ("content", "blocks", 2, "placement", "picture"), "p9"),
    ("people.json", (0, "id"), "p2"),
    ("people.json", (0, "name"), "wang fang"),
    ("people.json", (0, "name"), " "),
    ("keys.json", (0, "person"), "p9"),
    ("policies.json", (0, "policy", "steps"), []),
    ("policies.json", (0, "policy", "version"), 10**9),
    ("pictures.json", (0, "width"), 0),
    ("pictures.json", (0, "width"), 10**12),
    ("pictures.json", (0, "mime"), "text/html"),
    ("pictures.json", (0, "sha256"), "cd" * 32),
    ("memory.json", (0, 9), "9" * 30),
    ("memory.json", (0, 2), 9),
    ("settings.json", ("house-style",), "x" * (1 << 21)),
]


@pytest.mark.parametrize(("name", "path", "new"), ABSURD)
def test_what_cannot_be_is_refused(name: str, path: tuple[str | int, ...], new: object) -> None:
    facts, some = parts()
    with pytest.raises(InputRefusedError) as refused:
        read(facts, {**some, name: json.dumps(_with(json.loads(some[name]), path, new)).encode()})
    assert refused.value.place


def test_numbers_beyond_all_measure_and_values_that_are_no_json_are_refused() -> None:
    facts, some = parts()
    for text in ('"width": NaN', '"width": 1e999', f'"width": {"9" * 5000}'):
        data = some["pictures.json"].replace(b'"width":640', text.encode())
        with pytest.raises(InputRefusedError):
            read(facts, {**some, "pictures.json": data})


def test_a_master_without_an_entry_is_refused() -> None:
    facts, some = parts()
    with pytest.raises(InputRefusedError, match="catalogue"):
        read(facts, {**some, f"pictures/{'cd' * 32}": b"x"})


def test_a_chain_with_a_gap_or_a_line_that_is_no_event_is_refused() -> None:
    facts, some = parts()
    for audit in (b"{}\n", some["audit.jsonl"].replace(b'"sequence": 1', b'"sequence": 2')):
        with pytest.raises(InputRefusedError) as refused:
            read(facts, {**some, "audit.jsonl": audit})
        assert str(refused.value.place) == "audit.jsonl: 1"


def test_the_tables_that_travel_have_the_columns_that_the_archive_has() -> None:
    """A column that is added to a table must be added to what travels, or it is lost on the way."""
    assert {table: sorted(names) for table, names in carried.columns().items()} == {
        table: sorted(columns) for table, columns in TABLES.items()
    }


def test_a_story_travels_with_every_column_of_its_row() -> None:
    """The same for the stories themselves: what is not in the text is among the facts."""
    facts = {name for name in StoryFacts.__slots__}  # noqa: C416 - read as a set of names
    in_text = {"id", "slug", "source_language", "target_language", "headline_source", "headline_target", "byline",
               "dateline", "topics", "source_digest"}  # fmt: skip
    renamed = {"major": "version", "minor": "version", "claimed_by": "claim", "claimed_step": "claim",
               "claim_handed": "claim", "claim_handed_editor": "handed_editor"}  # fmt: skip
    columns = {renamed.get(column.key, column.key) for column in inspect(StoryRow).column_attrs}
    assert columns - in_text == facts


def test_facts_of_another_kind_are_refused() -> None:
    facts, some = parts()
    for key in facts:
        with pytest.raises(InputRefusedError) as refused:
            read({**facts, key: 7}, some)
        assert str(refused.value.place).startswith(f"manifest.json: {key}")
