"""A work package carries stories with all that they need, and is read value by value."""

import io
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.domain.digest import canonical, content_digest
from desktop_app.domain.people import Person, Role
from desktop_app.domain.records import Version
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
    Story,
    VersionNumber,
)
from desktop_app.domain.story_json import story_json
from desktop_app.exchange.packages.container import OpenContainer, write_container
from desktop_app.exchange.packages.work_package import PackedStory, WorkPackage, read_package, write_package
from desktop_app.foundation.errors import InputRefusedError

TEXT = Content(
    (
        Block("b1", BlockKind.HEADLINE, (Segment("s1", "题目", "Title", SegmentStatus.CONFIRMED),)),
        Block(
            "b2", BlockKind.PARAGRAPH, (Segment("s2", "一。", "One\u00e9.", SegmentStatus.DRAFT, True), Segment("s3"))
        ),
        Block(
            "b3", BlockKind.PICTURE, placement=Placement("1.jpg", "p1", Bilingual("图", "A"), credit="LI", payload="f0")
        ),
    ),
    ("LI Wei",),
    "Tianjin",
    ("Sports",),
    "5eed",
)
LATER = replace(TEXT, dateline="Beijing")
VERSION = Version(VersionNumber(2, 4), content_digest(TEXT), "2024-01-29T08:00:00Z", "p1", "submitted")
SIGNED = SignOff("g1", "draft", "p1", VERSION.at, VERSION.digest, VERSION.digest, VERSION.number, withdrawn_by="p2")
PACKAGE = WorkPackage(
    "w1",
    "2024-01-30T08:00:00Z",
    "p2",
    None,
    "head",
    (Person("p1", "LI Wei", "李伟", frozenset({Role.TRANSLATOR}), "key"), Person("p2", "WANG Fang")),
    {"draft-revision": {"steps": ["draft"]}},
    (
        PackedStory(
            "a1",
            "slug",
            Languages(),
            story_json(Story("a1", "slug", LATER), credits=()),
            TEXT,
            LATER,
            ((VERSION, TEXT),),
            (SIGNED,),
        ),
    ),
)
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
    some["stories/a1.json"] = canonical(row)
    with pytest.raises(InputRefusedError) as refused:
        read(facts, some)
    assert str(refused.value.place) == "stories/a1.json: versions[0]"


def test_a_missing_part_and_a_part_that_is_no_json_are_refused() -> None:
    for name in ("people.json", "policies.json", "stories/a1.json"):
        facts, some = parts()
        with pytest.raises(InputRefusedError, match="missing"):
            read(facts, {other: data for other, data in some.items() if other != name})
        for data in (b"", b"{", b"[" * 100_000, b"\xff"):
            with pytest.raises(InputRefusedError) as refused:
                read(facts, {**some, name: data})
            assert refused.value.place == name


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        yield from _paths(inner, (*path, key))


def _with(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    made = value.copy()
    made[path[0]] = _with(value[path[0]], path[1:], new)
    return made


def test_a_value_of_another_kind_is_refused_or_makes_no_other_kind_of_value() -> None:
    """Every value of a story in turn replaced by one of every kind: a refusal that names the part, or sound data."""
    facts, some = parts()
    row = json.loads(some["stories/a1.json"])
    chance = random.Random(5)
    places = []
    for path in [path for path in _paths(row) if path[:1] != ("story",)]:
        for new in chance.sample([None, 7, True, "x", [], {}, ["x"], "\ud800", 1.5], 4):
            data = json.dumps(_with(row, path, new)).encode()
            try:
                (story,) = read(facts, {**some, "stories/a1.json": data}).stories
            except InputRefusedError as error:
                places.append(str(error.place))
                continue
            for content in (story.base, story.content):
                assert all(isinstance(text, str) for s in content.segments() for text in (s.id, s.source, s.target))
    assert {place.partition(":")[0] for place in places} == {"stories/a1.json"}
    assert len(places) > 200


def test_facts_of_another_kind_are_refused() -> None:
    facts, some = parts()
    for key in facts:
        with pytest.raises(InputRefusedError) as refused:
            read({**facts, key: 7}, some)
        assert str(refused.value.place) == f"manifest.json: {key}"
