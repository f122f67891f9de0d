"""What a work package carries: stories with the text that they went out with, and what is needed to go on with them.

Parts: ``people.json``, ``policies.json``, ``stories/ID.json`` (the story in its one JSON shape for other programs, and
beside it its whole text, its versions and its sign-offs), ``pictures/SHA256`` (the masters). The text of a version is
held against the digest that was signed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from desktop_app.domain.digest import canonical, content_digest, to_plain
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
    VersionNumber,
)
from desktop_app.exchange.packages.container import OpenContainer, write_container
from desktop_app.exchange.packages.plain import Plain
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

_AGAIN = N_("Have the package sent again, or pack the stories once more.")


@dataclass(frozen=True, slots=True)
class PackedStory:
    """One story: ``shape`` is its JSON for other programs, ``base`` the text that went out, ``content`` that of now.

    ``versions`` are those that the sign-offs name, with their texts, oldest first.
    """

    id: str
    slug: str
    languages: Languages
    shape: Mapping[str, Any]
    base: Content
    content: Content
    versions: tuple[tuple[Version, Content], ...]
    signoffs: tuple[SignOff, ...]


@dataclass(frozen=True, slots=True)
class WorkPackage:
    """A whole package without its pictures. People are ids; ``head`` is the head of the audit chain it was made at."""

    id: str
    made_at: str
    made_by: str | None
    made_for: str | None
    head: str
    people: tuple[Person, ...]
    policies: Mapping[str, Any]
    stories: tuple[PackedStory, ...]


def write_package(file: IO[bytes], package: WorkPackage, pictures: Iterable[tuple[str, bytes]]) -> None:
    """Write a package; ``pictures`` are masters by their SHA-256, and are asked for one by one."""
    facts = {
        "id": package.id,
        "made_at": package.made_at,
        "made_by": package.made_by,
        "made_for": package.made_for,
        "head": package.head,
        "stories": [story.id for story in package.stories],
    }
    write_container(file, facts, _parts(package, pictures))


def _parts(package: WorkPackage, pictures: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    yield "people.json", canonical([_person_row(person) for person in package.people])
    yield "policies.json", canonical(dict(package.policies))
    for story in package.stories:
        yield f"stories/{story.id}.json", canonical(_story_row(story))
    for digest, data in pictures:
        yield f"pictures/{digest}", data


def _person_row(person: Person) -> dict[str, Any]:
    roles = sorted(role.value for role in person.roles)
    return {"id": person.id, "name": person.name, "zh": person.zh, "roles": roles, "key": person.key}


def _story_row(story: PackedStory) -> dict[str, Any]:
    return {
        "id": story.id,
        "slug": story.slug,
        "languages": [story.languages.source, story.languages.target],
        "story": dict(story.shape),
        "base": to_plain(story.base),
        "content": to_plain(story.content),
        "versions": [
            {
                "number": str(version.number),
                "digest": version.digest,
                "at": version.at,
                "person": version.person,
                "reason": version.reason,
                "content": to_plain(content),
            }
            for version, content in story.versions
        ],
        "signoffs": [_signoff_row(signoff) for signoff in story.signoffs],
    }


_SIGNED = ("id", "step", "person", "at", "digest", "handed", "note", "withdrawn_reason")
_WITHDRAWN = ("withdrawn_at", "withdrawn_by")


def _signoff_row(signoff: SignOff) -> dict[str, Any]:
    row = {name: getattr(signoff, name) for name in (*_SIGNED, *_WITHDRAWN)}
    return {**row, "version": str(signoff.version)}


def read_package(container: OpenContainer) -> WorkPackage:
    """Read everything of a package but its pictures.

    Raises:
        InputRefusedError: a value is missing or of another kind, or a version's text is not the one that was signed.
    """
    facts = Plain(container.facts, "manifest.json")
    stories = []
    for one in facts["stories"].items():
        stories.append(_story(one.text(), _part(container, f"stories/{one.text()}.json")))
    policies = _part(container, "policies.json")
    if not isinstance(policies.value, dict):
        raise policies.refused()
    return WorkPackage(
        facts["id"].text(),
        facts["made_at"].text(),
        facts["made_by"].text_or_none(),
        facts["made_for"].text_or_none(),
        facts["head"].text(),
        tuple(_person(row) for row in _part(container, "people.json").items()),
        policies.value,
        tuple(stories),
    )


def _part(container: OpenContainer, name: str) -> Plain:
    try:
        return Plain(json.loads(container.read(name)), name)
    except (KeyError, ValueError, RecursionError) as error:
        raise InputRefusedError(N_("A part is missing from the package."), place=name, advice=_AGAIN) from error


def _person(row: Plain) -> Person:
    roles = frozenset(role.word(Role) for role in row["roles"].items())
    return Person(row["id"].text(), row["name"].text(), row["zh"].text(), roles, row["key"].text_or_none())


def _story(name: str, row: Plain) -> PackedStory:
    if row["id"].text() != name or not isinstance(row["story"].value, dict):
        raise row["id"].refused()
    source, target = (tag.text() for tag in row["languages"].fields(2))
    return PackedStory(
        name,
        row["slug"].text(),
        Languages(source, target),
        row["story"].value,
        _content(row["base"]),
        _content(row["content"]),
        tuple(_version(version) for version in row["versions"].items()),
        tuple(_signoff(signoff) for signoff in row["signoffs"].items()),
    )


def _version(row: Plain) -> tuple[Version, Content]:
    content, digest = _content(row["content"]), row["digest"].text()
    if content_digest(content) != digest:
        raise InputRefusedError(
            N_("The text of a version is not the one that its digest names."), place=row.place, advice=_AGAIN
        )
    at, person, reason = row["at"].text(), row["person"].text_or_none(), row["reason"].text()
    return Version(_number(row["number"]), digest, at, person, reason), content


def _number(row: Plain) -> VersionNumber:
    try:
        return VersionNumber.parse(row.text())
    except ValueError as error:
        raise row.refused() from error


def _signoff(row: Plain) -> SignOff:
    texts = {name: row[name].text() for name in _SIGNED}
    withdrawn = {name: row[name].text_or_none() for name in _WITHDRAWN}
    return SignOff(version=_number(row["version"]), **texts, **withdrawn)  # type: ignore[arg-type] # names as in the class


def _content(row: Plain) -> Content:
    return Content(
        tuple(_block(block) for block in row["blocks"].items()),
        row["byline"].texts(),
        row["dateline"].text(),
        row["topics"].texts(),
        row["source"].text(),
    )


def _block(row: Plain) -> Block:
    name, kind = row["id"].text(), row["kind"].word(BlockKind)
    if row.has("placement") != (kind is BlockKind.PICTURE):
        raise row.refused()
    if row.has("placement"):
        return Block(name, kind, placement=_placement(row["placement"]))
    return Block(name, kind, tuple(_segment(segment) for segment in row["segments"].items()))


def _segment(row: Plain) -> Segment:
    name, source, target, status, locked = row.fields(5)
    return Segment(name.text(), source.text(), target.text(), status.word(SegmentStatus), locked.flag())


def _placement(row: Plain) -> Placement:
    caption, alt = (Bilingual(*(text.text() for text in row[key].fields(2))) for key in ("caption", "alt"))
    return Placement(
        row["file"].text(),
        row["picture"].text_or_none(),
        caption,
        alt,
        row["credit"].text(),
        row["rights"].text(),
        row["payload"].text_or_none(),
    )
