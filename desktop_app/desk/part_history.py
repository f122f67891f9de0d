"""The history of one segment or picture: its wordings with who wrote them, else what the versions say of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import people_by_id, story_file, story_row
from desktop_app.domain.authors import Author
from desktop_app.domain.changes import PICTURE_FIELDS, placement_text
from desktop_app.domain.people import Person
from desktop_app.domain.story import Content
from desktop_app.domain.text_ops import Op, text_ops
from desktop_app.store import history as history_store
from desktop_app.store import wordings as wording_store
from desktop_app.store.archive import Session


@dataclass(frozen=True, slots=True)
class Worded:
    """One wording of a text: ``field`` as in ``domain.changes``, ``ops`` against the wording before it.

    ``version`` is the number of the version that it was read from, empty for what was kept as it was written.
    ``stands`` tells that the text says this now.
    """

    field: str
    text: str
    ops: tuple[Op, ...]
    author: Author
    version: str = ""
    stands: bool = False


@dataclass(frozen=True, slots=True)
class PartHistory:
    """The wordings of a segment or picture, the newest first, with the people they name."""

    worded: tuple[Worded, ...]
    people: Mapping[str, Person]
    language: str


def part_history(desk: Desk, story: str, part: str) -> PartHistory:
    """Read the history of one segment or picture.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        row = story_row(session, story)
        file = story_file(session, row)
        now = dict(_texts(file.story.content, part))
        froze = {version.at: version.person for version in history_store.versions(session, row.id)}
        said = [
            (one.field.replace("_", "-"), one.text, Author(one.person or froze.get(one.at), one.at), "")
            for one in wording_store.of_story(session, row.id, part)
        ]
        known = {field for field, *_ in said}
        said += [one for one in _from_versions(session, row.id, part) if one[0] not in known]
        people = people_by_id(session)
    before: dict[str, str] = {}
    found: list[Worded] = []
    for field, text, author, version in said:
        if before.get(field, "") != text or (field not in before and text):
            found.append(Worded(field, text, text_ops(before.get(field, ""), text), author, version))
            before[field] = text
    last = {one.field: number for number, one in enumerate(found)}
    standing = {number for field, number in last.items() if found[number].text == now.get(field)}
    worded = [
        Worded(one.field, one.text, one.ops, one.author, one.version, number in standing)
        for number, one in enumerate(found)
    ]
    worded.sort(key=lambda one: one.author.at, reverse=True)
    return PartHistory(tuple(worded), people, file.story.languages.target)


def _from_versions(session: Session, story: str, part: str) -> Iterator[tuple[str, str, Author, str]]:
    for version in history_store.versions(session, story):
        content = history_store.version_content(session, story, version.number)
        if content is not None:
            for field, text in _texts(content, part):
                yield field, text, Author(version.person, version.at), str(version.number)


def _texts(content: Content, part: str) -> Iterator[tuple[str, str]]:
    for block in content.blocks:
        if block.id == part and block.placement is not None:
            for field in PICTURE_FIELDS[1:]:
                yield field, placement_text(block.placement, field)
        for segment in block.segments:
            if segment.id == part:
                yield "target", segment.target
