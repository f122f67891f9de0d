"""What an archive knows of a session that was not closed: the mark is written late, the archive with every save."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desktop_app.desk.desk import Desk
from desktop_app.desk.last_done import last_done
from desktop_app.desk.stories import open_story
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.gui.shell.session_marks import BEAT, Session, moment_of

_LATE = timedelta(seconds=BEAT + 5)  # after its last sign of life: what comes later is not of this session


def as_archived(desk: Desk, session: Session) -> Session:
    """Return the session with what was saved last in it as the archive has it; what is there waits no longer."""
    session = replace(session, waiting=tuple(_missing(desk, session)))
    started, alive = moment_of(session.started), moment_of(session.alive)
    if started is None or alive is None:
        return session
    done = last_done(desk, started, alive + _LATE)
    if done is None:
        return session
    saved, words = moment_of(session.saved), done.words
    if words is not None and (saved is None or words.at >= saved):
        session = replace(
            session, story=words.story, title=words.title, segment=words.part, number=words.number,
            picture=words.picture,
        )  # fmt: skip
    return replace(session, alive=_later(alive, done.at), saved=_later(saved, done.at))


def _missing(desk: Desk, session: Session) -> Iterator[tuple[str, str]]:
    """What waited to be saved and is not in its story."""
    for story in dict.fromkeys(story for story, _text in session.waiting):
        try:
            content = open_story(desk, story).story.content
        except WrongUsageError:
            here: set[str] = set()
        else:
            here = {segment.target for segment in content.segments()}
            for place in content.placements():
                here |= {place.caption.zh, place.caption.en, place.alt.en}
        yield from ((story, text) for one, text in session.waiting if one == story and text not in here)


def _later(noted: datetime | None, archived: datetime) -> str:
    last = archived if noted is None else max(noted, archived)
    return last.astimezone(UTC).isoformat(timespec="seconds")
