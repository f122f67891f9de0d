"""What of the house goes along with stories: people, keys, policies, pictures, the pairs and terms that matter."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.desk.desk import Desk, Progress
from desktop_app.domain.memory import MemoryUnit
from desktop_app.domain.story import Content
from desktop_app.domain.terms import Term
from desktop_app.exchange.limits import MAX_BLOCKS
from desktop_app.exchange.packages.work_package import SETTINGS, PackedPicture, PackedPolicy
from desktop_app.language.memory import STORY_END, Asked, context_key
from desktop_app.language.memory.similarity import compared
from desktop_app.language.terms import index_of
from desktop_app.store import carried, policies
from desktop_app.store import memory as memory_store
from desktop_app.store import people as facts
from desktop_app.store import terms as term_store
from desktop_app.store.archive import Session

if TYPE_CHECKING:
    from desktop_app.store.memory_reader import MemoryReader  # loaded when it is needed: NumPy is not quick to load

_LEAST = 70  # per cent alike
_BEST_OF_SEGMENT = 20
_MOST_UNITS = MAX_BLOCKS  # of a package


def settings_of(session: Session) -> dict[str, str]:
    """The facts of the archive that work depends on."""
    found = {name: facts.fact(session, name) for name in SETTINGS}
    return {name: text for name, text in found.items() if text}


def own_policies(session: Session) -> tuple[PackedPolicy, ...]:
    """Every version of the house's own policies; those of the program are everywhere."""
    made, book = policies.makings(session), policies.known(session)
    return tuple(
        PackedPolicy(policy, made[key].at, made[key].person)
        for key in sorted(made)
        if (policy := book.get(*key)) is not None
    )


def packed_pictures(session: Session, contents: Iterable[Content]) -> tuple[PackedPicture, ...]:
    """The catalogue's entries of the pictures that stand in some texts."""
    wanted = {place.picture for content in contents for place in content.placements() if place.picture is not None}
    return tuple(PackedPicture(*found) for found in carried.catalogued(session, wanted))


def occurring_terms(session: Session, contents: Iterable[Content]) -> tuple[Term, ...]:
    """The entries of the termbase that the source of some texts mentions, captions included, in their order."""
    known = term_store.every(session)
    index = index_of(known)
    found = {mention.term.id for text in _sources(contents) for mention in index.find(text)}
    return tuple(term for term in known if term.id in found)[:MAX_BLOCKS]


def _sources(contents: Iterable[Content]) -> Iterator[str]:
    for content in contents:
        yield from (segment.source for segment in content.segments() if segment.source)
        for place in content.placements():
            yield from (text for text in (place.caption.zh, place.alt.zh) if text)


def memory_that_matters(
    desk: Desk, session: Session, contents: Mapping[str, Content], progress: Progress
) -> tuple[MemoryUnit, ...]:
    """The pairs of the stories themselves, and those most like their sentences: the best 20 of each, fewer where a
    package would have more than it can.
    """
    found: dict[MemoryUnit, None] = {}
    for story in contents:
        found.update((unit, None) for _, unit in memory_store.of_story(session, story))
    if memory_store.count(session) > len(found):
        asked = list(dict.fromkeys(_questions(contents.values(), _MOST_UNITS - len(found))))
        for done, question in enumerate(asked):
            if done % 50 == 0:
                progress.check()
                progress.report(done, len(asked))
            found.update((unit, None) for _, unit in _reader(desk).look_up(session, question))
    return tuple(found)[:_MOST_UNITS]


def _questions(contents: Iterable[Content], room: int) -> Iterator[Asked]:
    """What is looked up of each text, every sentence between its neighbours."""
    texts = [[segment.source for segment in content.segments() if segment.source.strip()] for content in contents]
    best = max(1, min(_BEST_OF_SEGMENT, room // max(1, sum(map(len, texts)))))
    for sources in texts:
        keys: Sequence[int] = [STORY_END, *map(context_key, sources), STORY_END]
        for place, source in enumerate(sources):
            yield Asked(compared(source.strip()), _LEAST, best, keys[place], keys[place + 2])


def _reader(desk: Desk) -> "MemoryReader":
    if desk.memory is None:
        # NumPy takes a tenth of a second to load, and most archives that pack little have no memory.
        from desktop_app.store.memory_reader import MemoryReader  # noqa: PLC0415

        desk.memory = MemoryReader()
    return desk.memory
