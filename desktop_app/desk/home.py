"""What a small archive knows of the house that its stories come from: facts of its own, from when it was unpacked."""

import json
from dataclasses import dataclass

from desktop_app.desk.desk import Desk
from desktop_app.domain.digest import from_plain, to_plain
from desktop_app.domain.events import ChainHead
from desktop_app.domain.story import Content
from desktop_app.foundation.errors import ArchiveUnavailableError, NotAllowedError
from desktop_app.foundation.messages import N_
from desktop_app.store import events
from desktop_app.store import people as facts
from desktop_app.store.archive import Session

_SIGNED = "step signed"
_HOME, _EDITION, _BASE = "home", "home-edition", "base/"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a small archive comes from.

    ``package`` is the id of the package that it was made of, ``head`` the head of the house's chain at that time, and
    ``origin`` this archive's own id. ``made_by`` and ``made_for`` are people's ids. ``edition`` counts what was packed
    to be sent home.
    """

    house: str
    package: str
    head: ChainHead
    made_at: str
    made_by: str | None
    made_for: str | None
    origin: str
    edition: int = 0


def home_of(desk: Desk) -> Home | None:
    """Where the archive comes from; None for one that is at home itself.

    Raises:
        ArchiveUnavailableError: it came from somewhere, and does not say any more from where.
    """
    with desk.archive.read() as session:
        return read_home(session)


def read_home(session: Session) -> Home | None:
    """The same inside an open session."""
    stored = facts.fact(session, _HOME)
    if stored is None:
        return None
    try:
        row = json.loads(stored)
        head = ChainHead(row["head"]["number"], row["head"]["hash"], row["head"]["at"])
        edition = int(facts.fact(session, _EDITION) or 0)
        people = row["made_by"], row["made_for"]
        return Home(row["house"], row["package"], head, row["made_at"], *people, row["origin"], edition)
    except (ValueError, TypeError, KeyError, RecursionError) as error:  # a house would be allowed what it is not
        raise ArchiveUnavailableError(
            N_("The archive does not say any more which house its stories come from."),
            advice=N_("“diptych verify” says what else was altered; unpack the work package again."),
        ) from error


def signed_here(desk: Desk) -> bool:
    """Whether anybody signed a step in this archive: in a small one there is something then to send home."""
    with desk.archive.read() as session:
        return events.has_any(session, _SIGNED)


def require_at_home(session: Session) -> None:
    """Refuse in a small archive what only the house decides: a release there would never come home.

    Raises:
        NotAllowedError: this is a small archive.
        ArchiveUnavailableError: it does not say any more which house it comes from.
    """
    home = read_home(session)
    if home is not None:
        reason = N_("what is published is decided at home, in “{house}”", house=home.house)
        raise NotAllowedError(
            N_("Not allowed: {reason}.", reason=reason),
            advice=N_("Sign what is yours to sign, and pack it to be sent home."),
        )


def write_home(session: Session, home: Home) -> None:
    """Write down where the archive comes from."""
    row = {
        "house": home.house,
        "package": home.package,
        "head": home.head.plain(),
        "made_at": home.made_at,
        "made_by": home.made_by,
        "made_for": home.made_for,
        "origin": home.origin,
    }
    facts.set_fact(session, _HOME, json.dumps(row, ensure_ascii=False, sort_keys=True))
    facts.set_fact(session, _EDITION, str(home.edition))


def write_edition(session: Session, edition: int) -> None:
    """Count what was packed to be sent home."""
    facts.set_fact(session, _EDITION, str(edition))


def write_base(session: Session, story: str, base: Content) -> None:
    """Keep the text with which a story came here."""
    facts.set_fact(session, _BASE + story, json.dumps(to_plain(base), ensure_ascii=False))


def read_base(session: Session, story: str) -> Content | None:
    """The text with which a story came here; None for one that was begun here."""
    stored = facts.fact(session, _BASE + story)
    return from_plain(json.loads(stored)) if stored else None
