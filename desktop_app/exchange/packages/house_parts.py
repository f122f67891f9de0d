"""The house as parts of a work package: people, keys, policies, pictures, memory, terms, settings, chain of events."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from desktop_app.domain.events import EventLink
from desktop_app.domain.memory import Layer, MemoryUnit
from desktop_app.domain.people import Person, Role
from desktop_app.domain.pictures import Picture
from desktop_app.domain.policy import from_plain as policy_from
from desktop_app.domain.policy import to_plain as policy_plain
from desktop_app.domain.statements import PersonKey
from desktop_app.domain.story import Bilingual
from desktop_app.domain.terms import Term, TermKind
from desktop_app.exchange.event_files import Filtered, read_lines
from desktop_app.exchange.limits import MAX_MEMORY_TEXT
from desktop_app.exchange.packages.contents import PackedPicture, PackedPolicy
from desktop_app.exchange.packages.plain import Plain
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.printable import unprinted

_AGAIN = N_("Have the package sent again, or pack the stories once more.")
_MIME = re.compile(r"image/[a-z0-9.+-]{1,40}")
_FINGERPRINT = re.compile(r"(?:[0-9a-f]{32})?")
_KEY = re.compile(r"-?[0-9]{1,19}")
_LARGEST_KEY = 2**63
_MAX_NAME = 100  # characters, as people may be called here


def person_data(person: Person) -> dict[str, Any]:
    """A person as plain data."""
    roles = sorted(role.value for role in person.roles)
    return {"id": person.id, "name": person.name, "zh": person.zh, "roles": roles, "key": person.key}


def read_person(row: Plain) -> Person:
    """Read a person."""
    name = row["name"].short(_MAX_NAME)
    if not name.strip() or name != " ".join(name.split()) or unprinted(name):
        raise row["name"].refused()
    zh = row["zh"].text()
    if unprinted(zh):
        raise row["zh"].refused()
    roles = frozenset(role.word(Role) for role in row["roles"].items())
    return Person(row["id"].identity(), name, zh, roles, row["key"].or_none(Plain.short))


def key_data(key: PersonKey) -> dict[str, Any]:
    """A public key as plain data."""
    return {name: getattr(key, name) for name in PersonKey.__slots__}


def read_key(row: Plain) -> PersonKey:
    """Read a public key."""
    return PersonKey(
        row["fingerprint"].digest(),
        row["person"].identity(),
        row["public"].digest(),
        row["asked_at"].moment(),
        row["enrolled_at"].or_none(Plain.moment),
        row["enrolled_by"].identity_or_none(),
        row["retired_at"].or_none(Plain.moment),
        row["retired_by"].identity_or_none(),
        row["reason"].text(),
    )


def policy_data(packed: PackedPolicy) -> dict[str, Any]:
    """A version of a policy as plain data."""
    return {"policy": policy_plain(packed.policy), "at": packed.at, "person": packed.person}


def read_policy(row: Plain) -> PackedPolicy:
    """Read a version of a policy.

    Raises:
        InputRefusedError: no story could go by it.
    """
    try:
        policy = policy_from(row["policy"].value)
    except InputRefusedError as error:
        error.place = f"{row.place}: {error.place}"
        raise
    return PackedPolicy(policy, row["at"].moment(), row["person"].identity_or_none())


def picture_data(packed: PackedPicture) -> dict[str, Any]:
    """A catalogue entry as plain data."""
    picture = packed.picture
    return {
        "id": picture.id,
        "sha256": picture.sha256,
        "payload": picture.payload,
        "file": picture.file,
        "mime": picture.mime,
        "width": picture.width,
        "height": picture.height,
        "caption": [picture.caption.zh, picture.caption.en],
        "alt": [picture.alt.zh, picture.alt.en],
        "credit": picture.credit,
        "rights": picture.rights,
        "people": list(picture.people),
        "date": picture.date,
        "metadata": picture.metadata,
        "fingerprint": packed.fingerprint,
        "added_at": packed.added_at,
    }


def read_picture(row: Plain) -> PackedPicture:
    """Read a catalogue entry."""
    mime, mark = row["mime"].text(), row["fingerprint"].text()
    if not _MIME.fullmatch(mime) or not _FINGERPRINT.fullmatch(mark):
        raise row["mime"].refused()
    caption, alt = (Bilingual(*(text.text() for text in row[key].fields(2))) for key in ("caption", "alt"))
    picture = Picture(
        row["id"].identity(),
        row["sha256"].digest(),
        row["payload"].digest(),
        row["file"].text(),
        mime,
        row["width"].number(1),
        row["height"].number(1),
        caption,
        alt,
        row["credit"].text(),
        row["rights"].text(),
        row["people"].texts(),
        row["date"].or_none(lambda day: day.short(10)),
        row["metadata"].texts_by_name(),
    )
    return PackedPicture(picture, mark, row["added_at"].moment())


def unit_data(unit: MemoryUnit) -> list[Any]:
    """A pair of the memory as plain data; keys of neighbours are 64 bits long, and JSON's numbers are not."""
    neighbours = [str(key) if key is not None else None for key in (unit.before, unit.after)]
    facts = [int(unit.layer), unit.story, unit.segment, unit.drafter, unit.reviser, unit.at, unit.origin]
    return [unit.source, unit.target, *facts, *neighbours]


def read_unit(row: Plain) -> MemoryUnit:
    """Read a pair of the memory."""
    source, target, layer, story, segment, drafter, reviser, at, origin, before, after = row.fields(11)
    if not _pair(source) or not _pair(target):
        raise row.refused()
    return MemoryUnit(
        source.text(),
        target.text(),
        Layer(layer.number(0, max(Layer))),
        story.identity_or_none(),
        segment.identity_or_none(),
        drafter.text(),
        reviser.text(),
        at.text(),
        origin.text(),
        before.or_none(_neighbour),
        after.or_none(_neighbour),
    )


def _pair(text: Plain) -> bool:
    return bool(text.text().strip()) and len(text.text()) <= MAX_MEMORY_TEXT


def _neighbour(row: Plain) -> int:
    found = _KEY.fullmatch(row.text())
    if found is None or not -_LARGEST_KEY <= int(found[0]) < _LARGEST_KEY:
        raise row.refused()
    return int(found[0])


def term_data(term: Term) -> dict[str, Any]:
    """An entry of the termbase as plain data."""
    return {
        "id": term.id,
        "source": term.source,
        "target": term.target,
        "kind": term.kind.value,
        "source_short": list(term.source_short),
        "short": term.short,
        "allowed": list(term.allowed),
        "forbidden": list(term.forbidden),
        "note": term.note,
    }


def read_term(row: Plain) -> Term:
    """Read an entry of the termbase."""
    return Term(
        row["id"].identity(),
        row["source"].text(),
        row["target"].text(),
        row["kind"].word(TermKind),
        row["source_short"].texts(),
        row["short"].text(),
        row["allowed"].texts(),
        row["forbidden"].texts(),
        row["note"].text(),
    )


def read_settings(row: Plain, known: Mapping[str, int]) -> dict[str, str]:
    """Read the facts of the house; ``known`` has how many characters each may have, and others are passed over."""
    found = row.texts_by_name()
    for name, text in found.items():
        if len(text) > known.get(name, len(text)):
            raise row[name].refused()
    return {name: text for name, text in found.items() if name in known}


def read_audit(data: bytes, name: str) -> tuple[EventLink, ...]:
    """Read a whole chain of events, as JSON lines.

    Raises:
        InputRefusedError: a line is no event, or does not follow on the one before.
    """
    return tuple(_links(data, name))


def _links(data: bytes, name: str) -> Iterator[EventLink]:
    last = 0
    for line, link in read_lines(io.BytesIO(data)):
        if link is None or isinstance(link, Filtered) or link.sequence != last + 1:
            raise InputRefusedError(N_("A line is no event of the chain."), place=f"{name}: {line}", advice=_AGAIN)
        last = link.sequence
        yield link
