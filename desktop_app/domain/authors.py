"""Who made a change: the wordings of a text are followed one after the other from its older to its newer form.

Words belong to who put them where they stand: what comes back out of an older wording is by whoever put it back. Words
that were taken out are by whoever did so last. What stands in both texts is nobody's change, whatever happened between.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.text_ops import Hunk, aligned, distance, hunks, text_ops, tokens

_OLD = -1  # stands for a step: the words were there before the first


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote and when: an id of a person, None where nobody knows, and an ISO moment."""

    person: str | None
    at: str


NOBODY_KNOWN = Author(None, "")


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a text said after somebody had written in it."""

    text: str
    author: Author


@dataclass(frozen=True, slots=True)
class Made:
    """Who made one change: never empty, who wrote the words of now first, after them who took out the older ones.

    Each person is there once, with the moment of what they did last. ``owner`` is the person whose own the change is:
    who wrote all the words that it inserts, whoever took out the older ones; where it only deletes, who took out all
    of them. It is None where several share the change or somebody in it is not known.
    """

    authors: tuple[Author, ...]
    owner: str | None = None

    @classmethod
    def by(cls, author: Author) -> "Made":
        """The change of one person."""
        return cls((author,), author.person)

    @property
    def person(self) -> str | None:
        """Who is named first."""
        return self.authors[0].person

    @property
    def at(self) -> str:
        """When the change became what it is."""
        return max(author.at for author in self.authors)


def blame(
    old: str, steps: Sequence[Wrote], new: str, otherwise: Author = NOBODY_KNOWN, *, begins: str | None = None
) -> list[Made]:
    """Tell for each change from ``old`` to ``new`` who made it.

    ``steps`` are the wordings between the two, oldest first. They follow on ``begins`` where that is not ``old``
    itself: changes that were accepted are in the older text, but not at the time of the wordings before. Where no step
    says ``new``, the text is followed to the step that comes nearest, and ``otherwise`` wrote the rest.
    """
    (found,) = blame_pieces([old], steps, [new], "", otherwise, begins=begins)
    return found


def blame_pieces(
    old: Sequence[str],
    steps: Sequence[Wrote],
    new: Sequence[str],
    blank: str,
    otherwise: Author = NOBODY_KNOWN,
    *,
    begins: str | None = None,
) -> list[list[Made]]:
    """The same for every piece of a paragraph whose segments were cut otherwise meanwhile.

    ``old`` are the pieces as they are cut now, ``steps`` what the whole paragraph said; ``blank`` joins two pieces.
    """
    before, befores = _joined(old, blank)
    after, afters = _joined(new, blank)
    followed = _as_far_as(after, steps)
    said = [step.text for step in followed]
    authors = [step.author for step in followed]
    if not said or said[-1] != after:
        authors, said = [*authors, otherwise], [*said, after]
    trace = _Trace(before, before if begins is None else begins)
    for number, text in enumerate(said):
        trace.follow(number, text)
    pieces = [
        [replace(hunk, old_at=hunk.old_at + old_at, new_at=hunk.new_at + new_at) for hunk in hunks(text_ops(was, now))]
        for was, now, old_at, new_at in zip(old, new, befores, afters, strict=True)
    ]
    credit = _Credits(trace, authors, [hunk for piece in pieces for hunk in piece])
    return [[credit.of(hunk) for hunk in piece] for piece in pieces]


def _joined(pieces: Sequence[str], blank: str) -> tuple[str, list[int]]:
    """The paragraph, and where each piece begins in it."""
    text, places = "", []
    for piece in pieces:
        text += blank if text and piece else ""
        places.append(len(text))
        text += piece
    return text, places


def _as_far_as(text: str, steps: Sequence[Wrote]) -> Sequence[Wrote]:
    """The steps up to the one that comes nearest to a text, of several such the last."""
    if not steps or steps[-1].text == text:
        return steps
    away = [distance(step.text, text) for step in steps]
    return steps[: len(away) - away[::-1].index(min(away))]


class _Trace:
    """What is known of every character of a text while it is followed.

    ``wrote`` has for each which step wrote it, ``came_from`` its place in the older text or -1; ``took_out`` has for
    the places of the older text the step that took them out last.
    """

    def __init__(self, old: str, begins: str) -> None:
        self.old, self.text = old, begins
        self.wrote = [_OLD] * len(begins)
        self.came_from = [-1] * len(begins)
        self.took_out: dict[int, int] = {}
        for old_at, new_at, length in _kept(old, begins):
            self.came_from[new_at : new_at + length] = range(old_at, old_at + length)

    def follow(self, number: int, text: str) -> None:
        """Carry over what is known through one step."""
        if text == self.text:
            return
        wrote, came_from = [number] * len(text), [-1] * len(text)
        gone = set(self.came_from) - {-1}
        for before, after, length in _kept(self.text, text):
            wrote[after : after + length] = self.wrote[before : before + length]
            came_from[after : after + length] = self.came_from[before : before + length]
        gone.difference_update(came_from)
        self.took_out.update(dict.fromkeys(gone, number))
        self.text, self.wrote, self.came_from = text, wrote, came_from
        self._take_back(number)

    def _take_back(self, number: int) -> None:
        """Words of the older text that this step put back where they stood are the older ones again."""
        present = set(self.came_from)
        if number not in self.wrote or len(present - {-1}) == len(self.old):
            return
        for old_at, new_at, length in _kept(self.old, self.text):
            for back in range(length):
                at = new_at + back
                if self.wrote[at] == number and self.came_from[at] == -1 and old_at + back not in present:
                    self.came_from[at] = old_at + back


def _kept(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """The equal stretches of two texts: where they begin in each, and their length."""
    if old == new:
        yield 0, 0, len(old)
        return
    old_at = new_at = 0
    for piece in aligned(old, new):
        kept, gone, come = (sum(map(len, words)) for words in (piece.equal, piece.deleted, piece.inserted))
        if kept:
            yield old_at, new_at, kept
        old_at, new_at = old_at + kept + gone, new_at + kept + come


class _Credits:
    """Gives each change of two texts to people by what the trace knows of its characters."""

    def __init__(self, trace: _Trace, authors: Sequence[Author], found: Sequence[Hunk]) -> None:
        self._trace, self._authors, self._hunks = trace, authors, found
        self._standing = set(trace.came_from)
        self._new_spare: dict[str, list[tuple[int, int]]] | None = None
        self._old_spare: dict[str, list[tuple[int, int]]] | None = None

    def of(self, hunk: Hunk) -> Made:
        """Who made a change."""
        came_from, took_out = self._trace.came_from, self._trace.took_out
        old_end, new_end = hunk.old_at + len(hunk.deleted), hunk.new_at + len(hunk.inserted)
        here = set(came_from[hunk.new_at : new_end])
        # what stands in both lies between two changes that are shown as one
        new = [one for one in _words(hunk.inserted, hunk.new_at) if not hunk.old_at <= came_from[one[1]] < old_end]
        old = [one for one in _words(hunk.deleted, hunk.old_at) if one[1] not in here]
        new, old = _without_common(new, old)
        inserted: Counter[int | None] = Counter()
        for word, at in new:
            step = self._trace.wrote[at]
            inserted[step if step != _OLD else self._nearest(word, at, self._spare_of_new())] += len(word)
        deleted: Counter[int | None] = Counter()
        for word, at in old:
            out = took_out.get(at) if at not in self._standing else None
            deleted[out if out is not None else self._nearest(word, at, self._spare_of_old())] += len(word)
        return self._made(inserted, deleted)

    def _made(self, inserted: Counter[int | None], deleted: Counter[int | None]) -> Made:
        named: dict[str | None, Author] = {}
        for counted in (inserted, deleted):
            share: Counter[str | None] = Counter()  # of each person, in however many sittings
            for step, length in counted.items():
                if step is not None:
                    share[self._authors[step].person] += length
            known = [one for one in counted if one is not None]
            for step in sorted(known, key=lambda one: (-share[self._authors[one].person], -one)):
                author = self._authors[step]
                if author.at >= named.get(author.person, author).at:
                    named[author.person] = author
        decisive = inserted or deleted
        people = {self._authors[step].person if step is not None else None for step in decisive}
        return Made(tuple(named.values()) or (NOBODY_KNOWN,), people.pop() if len(people) == 1 else None)

    # One of several equal words may be shown as the new one, while the trace knows that another came

    def _spare_of_new(self) -> dict[str, list[tuple[int, int]]]:
        """The words that somebody inserted and that are shown as standing in both texts, with the step."""
        if self._new_spare is None:
            places = [(hunk.new_at, hunk.new_at + len(hunk.inserted)) for hunk in self._hunks]
            wrote = self._trace.wrote
            self._new_spare = _by_word(
                (word, at, wrote[at]) for word, at in _outside(self._trace.text, places) if wrote[at] != _OLD
            )
        return self._new_spare

    def _spare_of_old(self) -> dict[str, list[tuple[int, int]]]:
        """The words that somebody took out and that are shown as standing in both texts, with the step."""
        if self._old_spare is None:
            places = [(hunk.old_at, hunk.old_at + len(hunk.deleted)) for hunk in self._hunks]
            took_out, standing = self._trace.took_out, self._standing
            self._old_spare = _by_word(
                (word, at, took_out[at])
                for word, at in _outside(self._trace.old, places)
                if at in took_out and at not in standing
            )
        return self._old_spare

    @staticmethod
    def _nearest(word: str, at: int, spare: dict[str, list[tuple[int, int]]]) -> int | None:
        found = spare.get(word, [])
        after = bisect_left(found, (at, 0))
        return min(found[max(0, after - 1) : after + 1], key=lambda one: abs(one[0] - at), default=(0, None))[1]


def _words(text: str, at: int) -> list[tuple[str, int]]:
    """The words of a text with their places, counted from ``at``; blanks only where there is nothing else."""
    found: list[tuple[str, int]] = []
    for word in tokens(text):
        found.append((word, at))
        at += len(word)
    return [one for one in found if not one[0].isspace()] or found


def _without_common(
    new: list[tuple[str, int]], old: list[tuple[str, int]]
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Leave out words that are on both sides of one change: put back where the trace lined up their blanks instead."""
    common = Counter(word for word, _ in new) & Counter(word for word, _ in old)
    if not common:
        return new, old
    left = [[one for one in side if not _spent(spare, one[0])] for side, spare in ((new, +common), (old, +common))]
    return (left[0], left[1]) if left[0] or left[1] else (new, old)


def _spent(spare: Counter[str], word: str) -> bool:
    spare[word] -= 1
    return spare[word] >= 0


def _outside(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """The words of a text that are in none of these places, which are in order."""
    left = iter([*places, (len(text), len(text))])
    start, end = next(left)
    at = 0
    for word in tokens(text):
        while at >= end and start < len(text):
            start, end = next(left)
        if not start <= at < end:
            yield word, at
        at += len(word)


def _by_word(found: Iterable[tuple[str, int, int]]) -> dict[str, list[tuple[int, int]]]:
    by_word: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for word, at, step in found:
        by_word[word].append((at, step))
    return by_word
