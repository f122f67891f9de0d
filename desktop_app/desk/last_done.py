"""What somebody did last in an archive within a time: for a window that was not closed, and is asked about it."""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.desk.desk import Desk, account_name
from desktop_app.domain.comments import numbered
from desktop_app.foundation.ids import moment, stamp
from desktop_app.store import comments as comments_store
from desktop_app.store import stories as stories_store
from desktop_app.store import wordings
from desktop_app.store.archive import Session
from desktop_app.store.happenings import done_by


@dataclass(frozen=True, slots=True)
class LastWords:
    """Where a text was changed last, and when. ``number`` is the row's, 0 where it is gone."""

    at: datetime
    story: str
    title: str
    part: str
    number: int
    picture: bool


@dataclass(frozen=True, slots=True)
class LastDone:
    """The moment of the last act; ``words`` where a text was changed within the time."""

    at: datetime
    words: LastWords | None


def last_done(desk: Desk, since: datetime, until: datetime) -> LastDone | None:
    """Return what this computer's account did last in the archive from ``since`` to ``until``; None: nothing."""
    last: datetime | None = None
    with desk.archive.read() as session:
        for at, story in done_by(session, account_name(), stamp(since), stamp(until)):
            last = last or moment(at)
            part = wordings.written_at(session, story, at) if story is not None else None
            if story is not None and part is not None:
                return LastDone(last, _words(session, moment(at), story, part))
    return LastDone(last, None) if last is not None else None


def _words(session: Session, at: datetime, story: str, part: str) -> LastWords:
    row = stories_store.row(session, story)
    title = (row.headline_target or row.headline_source or row.slug) if row is not None else ""
    number = numbered(comments_store.places(session, story)).get(part, 0)
    return LastWords(at, story, title, part, number, comments_store.is_picture(session, part))
