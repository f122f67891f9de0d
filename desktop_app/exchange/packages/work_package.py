"""A work package: stories with all that is needed to go on with them away from home, and to take them home again.

The file is a zip (``container``) whose manifest names every part with its size and SHA-256. Facts in the manifest:

- ``id``, ``made_at``, ``made_by``, ``made_for`` (ids of people or null), ``house`` (the name of the house), ``head``
  (number, hash and moment of the newest event of the archive that made it), ``stories`` (ids, in order);
- ``answers``: null on the way out; on the way home the id of the ``package`` that is answered, the ``edition`` of the
  answer (1, 2 …), the ``head`` of the house's chain when that package went out, and the ``origin``: the id of the small
  archive that answers.

Parts, all JSON in UTF-8 but for the last two:

- ``people.json``, ``keys.json`` (public keys, Ed25519), ``policies.json`` (every version of the house's own),
  ``settings.json``;
- ``stories/ID.json``: ``story`` is the JSON shape that ``diptych show --json`` answers, for other programs; beside it
  ``content`` (the text of now), ``base`` (the text that went out, null when that is the same), ``versions`` with
  their texts, ``signoffs``, ``facts`` (state, claim …), ``comments``, and ``rows`` of other tables (``tables``);
- ``pictures.json`` (the catalogue's entries), ``memory.json`` (pairs), ``terms.json``;
- ``audit.jsonl``: the events of the archive that comes home, as ``diptych events export`` writes them;
- ``pictures/SHA256``: the masters, byte for byte.

The same package and pictures make the same bytes. Reading checks every value, that ids are unique and that what is
named is there, and holds the text of every version against its digest; it does not judge states and signatures, nor
whether the events bear the rest out (``desk.packed_events``).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, TypeVar

from desktop_app.domain.events import ChainHead
from desktop_app.exchange.event_files import lines
from desktop_app.exchange.packages import house_parts as house
from desktop_app.exchange.packages.container import OpenContainer, write_container
from desktop_app.exchange.packages.contents import (
    Answer,
    PackedPicture,
    PackedPolicy,
    PackedStory,
    Row,
    StoryFacts,
    WorkPackage,
)
from desktop_app.exchange.packages.plain import Plain, bytes_of, plain_of
from desktop_app.exchange.packages.soundness import check_package
from desktop_app.exchange.packages.story_parts import read_story, story_data
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_

__all__ = [
    "SETTINGS", "Answer", "PackedPicture", "PackedPolicy", "PackedStory", "Row", "StoryFacts",
    "WorkPackage", "master_part", "read_package", "write_package",
]  # fmt: skip

SETTINGS = {
    "policy": 64, "source-language": 35, "target-language": 35, "signatures": 16, "repetitions": 16,
    "house-style": 1 << 20, "house-names": 1 << 20, "sentence-rules": 1 << 21,
}  # fmt: skip
"""The facts of an archive that a package carries, and how many characters each may have."""
_AGAIN = N_("Have the package sent again, or pack the stories once more.")
_AUDIT = "audit.jsonl"
_Read = TypeVar("_Read")


def master_part(sha256: str) -> str:
    """The part in which a picture's master is carried."""
    return f"pictures/{sha256}"


def write_package(file: IO[bytes], package: WorkPackage, pictures: Iterable[tuple[str, bytes]]) -> None:
    """Write a package; ``pictures`` are masters by their SHA-256, and are asked for one by one."""
    facts = {
        "id": package.id,
        "made_at": package.made_at,
        "made_by": package.made_by,
        "made_for": package.made_for,
        "head": package.head.plain(),
        "house": package.house,
        "answers": _answer_data(package.answers),
        "stories": [story.id for story in package.stories],
    }
    write_container(file, facts, _parts(package, pictures))


def _answer_data(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {"package": answer.package, "edition": answer.edition, "head": answer.head.plain(), "origin": answer.origin}


def _parts(package: WorkPackage, pictures: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    yield "people.json", bytes_of([house.person_data(person) for person in package.people])
    yield "keys.json", bytes_of([house.key_data(key) for key in package.keys])
    yield "policies.json", bytes_of([house.policy_data(policy) for policy in package.policies])
    yield "settings.json", bytes_of(dict(package.settings))
    for story in package.stories:
        yield f"stories/{story.id}.json", bytes_of(story_data(story))
    yield "pictures.json", bytes_of([house.picture_data(picture) for picture in package.pictures])
    yield "memory.json", bytes_of([house.unit_data(unit) for unit in package.memory])
    yield "terms.json", bytes_of([house.term_data(term) for term in package.terms])
    if package.audit:
        yield _AUDIT, b"".join(lines(package.audit))
    for digest, data in pictures:
        yield master_part(digest), data


def read_package(container: OpenContainer, *, check: Callable[[], None] = lambda: None) -> WorkPackage:
    """Read everything of a package but its masters; ``check`` is asked between stories and may raise to stop.

    Raises:
        InputRefusedError: a value is missing or of another kind, a version's text is not the one that was signed, ids
            are not unique, or something is named that is not there.
    """
    facts = Plain(container.facts, "manifest.json")
    stories = []
    for one in facts["stories"].items():
        check()
        name = one.identity()
        stories.append(read_story(name, _part(container, f"stories/{name}.json")))
    audit = container.read(_AUDIT) if _AUDIT in container.parts else b""
    package = WorkPackage(
        id=facts["id"].identity(),
        made_at=facts["made_at"].moment(),
        made_by=facts["made_by"].identity_or_none(),
        made_for=facts["made_for"].identity_or_none(),
        head=_head(facts["head"]),
        people=_list(container, "people.json", house.read_person),
        policies=_list(container, "policies.json", house.read_policy),
        stories=tuple(stories),
        house=facts["house"].text(),
        keys=_list(container, "keys.json", house.read_key),
        pictures=_list(container, "pictures.json", house.read_picture),
        memory=_list(container, "memory.json", house.read_unit),
        terms=_list(container, "terms.json", house.read_term),
        settings=house.read_settings(_part(container, "settings.json"), SETTINGS),
        answers=facts["answers"].or_none(_answer),
        audit=house.read_audit(audit, _AUDIT),
    )
    check_package(package, container.parts)
    return package


def went_out_as(container: OpenContainer) -> str:
    """The id of the package that went out and that this one is, or answers, as its manifest says.

    Raises:
        InputRefusedError: the manifest does not say it.
    """
    facts = Plain(container.facts, "manifest.json")
    answers = facts["answers"].or_none(_answer)
    return answers.package if answers is not None else facts["id"].identity()


def _list(container: OpenContainer, name: str, read: Callable[[Plain], _Read]) -> tuple[_Read, ...]:
    return tuple(read(row) for row in _part(container, name).items())


def _part(container: OpenContainer, name: str) -> Plain:
    try:
        return plain_of(container.read(name), name)
    except (KeyError, ValueError, RecursionError) as error:
        raise InputRefusedError(N_("A part is missing from the package."), place=name, advice=_AGAIN) from error


def _head(row: Plain) -> ChainHead:
    return ChainHead(row["number"].number(0, 2**53), row["hash"].digest(), row["at"].moment())


def _answer(row: Plain) -> Answer:
    return Answer(
        row["package"].identity(), row["edition"].number(1, 1_000_000), _head(row["head"]), row["origin"].identity()
    )
