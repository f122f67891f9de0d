"""Who is named in a file that comes home, found among the people of this archive; the unknown come along without roles.

In a package people are told by their ids alone, because sign-offs and four eyes go by them. A document from a word
processor has names and nothing else.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop_app.desk.returning import ReturnedFile, Returning
from desktop_app.domain.comments import MAX_TEXT, Comment
from desktop_app.domain.people import Person
from desktop_app.domain.signoff import SignOff
from desktop_app.foundation.ids import IdFactory
from desktop_app.foundation.printable import printed
from desktop_app.store import people as store
from desktop_app.store.archive import Session

_Known = Callable[[str | None], str | None]


@dataclass(frozen=True, slots=True)
class Named:
    """A file whose people are ids of this archive, those who are new to it, and everybody who was here before."""

    file: ReturnedFile
    newcomers: tuple[Person, ...]
    here: Mapping[str, Person]


def name_people(session: Session, file: ReturnedFile, new_id: IdFactory) -> Named:
    """Find everybody whom a file names; whom it does not describe is nobody."""
    here = {person.id: person for person in store.everybody(session)}
    taken = {person.name.casefold() for person in here.values()}
    found: dict[str, str] = {}
    newcomers: list[Person] = []
    for key in sorted(_used(file)):
        person = file.people.get(key)
        if key in here and (person is None or person.id == key):
            found[key] = key
            continue
        if person is None:
            continue
        known = _by_name(here.values(), person) if not person.id else None
        if known is None:
            known = Person(person.id or new_id(), _free(person.name, taken), printed(person.zh))
            taken.add(known.name.casefold())
            newcomers.append(known)
        found[key] = known.id
    if all(key == name for key, name in found.items()) and len(found) == len(_used(file)):
        return Named(file, tuple(newcomers), here)

    def name(key: str | None) -> str | None:
        return found.get(key) if key is not None else None

    stories = tuple(_renamed(one, name) for one in file.stories)
    return Named(replace(file, stories=stories, author=name(file.author)), tuple(newcomers), here)


def _by_name(people: Iterable[Person], wanted: Person) -> Person | None:
    """The one person of this name, in either language."""
    name = " ".join(wanted.name.split()).casefold()
    matches = [person for person in people if name and name in {person.name.casefold(), person.zh.casefold()}]
    return matches[0] if len(matches) == 1 else None


def _free(name: str, taken: set[str]) -> str:
    """A name that nobody here has: two people of one name are two people."""
    name = " ".join(printed(" ".join(name.split())).split())[:100] or "?"
    number = 2
    free = name
    while free.casefold() in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _used(file: ReturnedFile) -> set[str]:
    found = {file.author}
    for story in file.stories:
        found |= {story.author, story.drafter, story.last_editor, *story.authors.values()}
        found |= {person for person, _ in story.hands} | {person for _, person in story.writers}
        found |= {step.author for steps in story.steps.values() for step in steps}
        found |= {name for one in story.signoffs for name in (one.person, one.withdrawn_by)}
        found |= {name for one in story.comments for name in _named_in(one)}
    return {key for key in found if key is not None}


def _named_in(comment: Comment) -> Iterator[str | None]:
    yield comment.resolved_by
    for note in comment.notes:
        yield note.person


def _renamed(story: Returning, name: _Known) -> Returning:
    """The story with everybody called as this archive calls them; what nobody known said is left out."""
    return replace(
        story,
        author=name(story.author),
        drafter=name(story.drafter),
        last_editor=name(story.last_editor),
        authors={place: name(key) for place, key in story.authors.items()},
        hands=tuple((who, part) for key, part in story.hands if (who := name(key)) is not None),
        writers=tuple((at, who) for at, key in story.writers if (who := name(key)) is not None),
        steps={place: tuple(replace(step, author=name(step.author)) for step in steps)
               for place, steps in story.steps.items()},
        signoffs=tuple(_signed_by(one, name) for one in story.signoffs),
        comments=tuple(_said_by(one, name) for one in story.comments),
    )  # fmt: skip


def _signed_by(signoff: SignOff, name: _Known) -> SignOff:
    person = name(signoff.person) or signoff.person
    return replace(signoff, person=person, withdrawn_by=name(signoff.withdrawn_by))


def _said_by(comment: Comment, name: _Known) -> Comment:
    """The thread with its notes under the people of here; one of somebody unknown keeps the name for ``answered``."""
    notes = tuple(replace(note, person=name(note.person) or note.person) for note in comment.notes)
    return replace(comment, notes=notes, resolved_by=name(comment.resolved_by))


def answered(comment: Comment, known: Collection[str], by: str | None) -> Comment | None:
    """The thread with notes of nobody here put under ``by``, who takes the file home, with the name before the text.

    None where no note is left: nobody takes it home, so that nobody answers for it.
    """
    notes = []
    for note in comment.notes:
        if note.person in known:
            notes.append(note)
        elif by is not None:
            said = f"{note.person}: {note.text}" if note.person else note.text
            notes.append(replace(note, person=by, text=said[:MAX_TEXT]))
    resolved = comment.resolved_by if comment.resolved_by in known else by
    at = comment.resolved_at if resolved is not None else None
    made = replace(comment, notes=tuple(notes), resolved_by=resolved if at is not None else None, resolved_at=at)
    return made if notes else None
