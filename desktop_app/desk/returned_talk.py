"""What people said in a file from another program, as threads on the places of a story."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop_app.desk.file_people import FilePeople
from desktop_app.desk.returning import Told, derived_id
from desktop_app.domain.comments import MAX_TEXT, Comment, Note, Side, note_text, quoted
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.ids import stamp
from desktop_app.foundation.messages import N_

_MOST = 5_000  # notes of one file


@dataclass(frozen=True, slots=True)
class Remark:
    """One note of a file. ``number`` names it there, ``answers`` the note that it answers.

    ``thread`` is the thread of the story that it is in, empty for a new one; ``known``: it left with the file.
    """

    part: str
    author: str
    text: str
    side: Side = "target"
    quote: str = ""
    number: str = ""
    answers: str = ""
    thread: str = ""
    known: bool = False
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """The threads that come home, and what could not be kept whole."""

    comments: tuple[Comment, ...]
    told: tuple[Told, ...] = ()


def talk_of(
    story: str, remarks: Sequence[Remark], people: FilePeople, at: datetime, *, here: Collection[str] = ()
) -> Talk:
    """Put notes together to threads; ``here`` are the threads that the story has.

    A note gets the moment ``at`` at which the file is read, in the file's order: what other programs write down is
    the time of some zone that they do not name. It gets the same id each time that it comes home.

    Raises:
        InputRefusedError: there are more notes than a story can have.
    """
    if len(remarks) > _MOST:
        raise InputRefusedError(N_("The file has more than {limit} comments.", limit=_MOST))
    return _Threads(story, people, at, frozenset(here)).talk(remarks)


class _Threads:
    def __init__(self, story: str, people: FilePeople, at: datetime, here: frozenset[str]) -> None:
        self._story = story
        self._people = people
        self._at = at
        self._here = here
        self._seen: Counter[tuple[str, str, str]] = Counter()
        self._told: list[Told] = []

    def talk(self, remarks: Sequence[Remark]) -> Talk:
        by_number = {one.number: one for one in remarks if one.number}
        threads: dict[int, list[Remark]] = {}
        roots: dict[int, Remark] = {}
        for one in remarks:
            root = _root(one, by_number)
            roots.setdefault(id(root), root)
            threads.setdefault(id(root), []).append(one)
        made = [self._thread(roots[name], notes) for name, notes in threads.items()]
        return Talk(tuple(_merged(one for one in made if one is not None)), tuple(self._told))

    def _thread(self, root: Remark, remarks: Iterable[Remark]) -> Comment | None:
        ordered = sorted(remarks, key=lambda one: one is not root)
        notes = tuple(self._notes(one for one in ordered if not one.known))
        thread = root.thread or next((one.thread for one in ordered if one.thread), "")
        if not notes and not (root.resolved and thread in self._here):
            return None
        return Comment(
            thread or derived_id("thread", notes[0].id),
            self._story,
            root.part,
            root.side,
            quoted(root.quote),
            notes,
            resolved_at=stamp(self._at) if root.resolved else None,  # no file says by whom
        )

    def _notes(self, remarks: Iterable[Remark]) -> Iterator[Note]:
        for one in remarks:
            text = note_text(one.text)
            if not text:
                continue
            if len(text) > MAX_TEXT:
                told = N_(
                    "A comment of {person} is too long; it ends after {n} characters.", person=one.author, n=MAX_TEXT
                )
                self._told.append(Told(told, one.part, text))
                text = f"{text[: MAX_TEXT - 1]}…"
            name = one.part, one.author, text
            self._seen[name] += 1
            identity = derived_id("note", self._story, *name, str(self._seen[name]))
            self._at += timedelta(microseconds=1)
            yield Note(identity, self._people.key(one.author), stamp(self._at), text)


def _root(remark: Remark, by_number: Mapping[str, Remark]) -> Remark:
    """The note that began the thread; notes that answer one another in a circle begin one each."""
    seen = set[str]()
    root = remark
    while root.answers in by_number and root.answers not in seen:
        seen.add(root.answers)
        root = by_number[root.answers]
    return remark if root.answers in by_number else root


def _merged(threads: Iterable[Comment]) -> Iterator[Comment]:
    """Threads of one id together: an editor may have taken a thread apart."""
    found: dict[str, Comment] = {}
    for one in threads:
        held = found.get(one.id)
        done = (held.resolved_at if held is not None else None) or one.resolved_at
        found[one.id] = replace(held, notes=(*held.notes, *one.notes), resolved_at=done) if held is not None else one
    yield from found.values()
