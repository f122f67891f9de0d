"""What a text said after each of the people who tracked changes in it, where several did so one after the other."""

from collections.abc import Iterator, Sequence

from desktop_app.exchange.formats.review_docx.returned import Stage
from desktop_app.exchange.formats.review_docx.texts import Change, Piece


def stages_of(pieces: Sequence[Piece], changes: Sequence[Change], known: Sequence[bool]) -> tuple[Stage, ...]:
    """The texts between the one without the new changes and the one with all of them, each by its author.

    Changes are followed by their moments, in one minute from left to right. Where the moments cannot be true (words
    deleted before they were written) all of it is one stage of whoever came last.
    """
    new = [number for number, own in enumerate(known) if not own]
    order = sorted(new, key=lambda number: (changes[number].mark.when, changes[number].at, number))
    rank = {number: place for place, number in enumerate(order)}
    text = _Stages(pieces, changes, known)
    if not text.follow(rank):
        order = order[-1:]
        applied = [set(new)] if order else []
    else:
        order, applied = _turns(changes, order)
    return tuple(
        Stage(text.after(done), changes[last].mark.author.strip(), changes[last].mark.when)
        for last, done in zip(order, applied, strict=True)
    )


def _turns(changes: Sequence[Change], order: Sequence[int]) -> tuple[list[int], list[set[int]]]:
    """The last change of every turn of one author, and all changes that are made by then."""
    ends = [
        place
        for place, number in enumerate(order)
        if place + 1 == len(order) or changes[order[place + 1]].mark.author != changes[number].mark.author
    ]
    return [order[end] for end in ends], [set(order[: end + 1]) for end in ends]


class _Stages:
    """Which change brought and which took each piece."""

    def __init__(self, pieces: Sequence[Piece], changes: Sequence[Change], known: Sequence[bool]) -> None:
        self._pieces = pieces
        self._came: dict[int, int] = {}
        self._went: dict[int, int] = {}
        self._gone: set[int] = set()
        for number, (change, own) in enumerate(zip(changes, known, strict=True)):
            for piece in change.numbers:
                if change.sign == "-" and own:
                    self._gone.add(piece)
                elif not own:
                    (self._came if change.sign == "+" else self._went)[piece] = number

    def follow(self, rank: dict[int, int]) -> bool:
        """Whether everything was written before it was deleted."""
        both = self._came.keys() & self._went.keys()
        return all(rank[self._came[piece]] < rank[self._went[piece]] for piece in both)

    def after(self, done: set[int]) -> str:
        """The text with these changes made."""
        return "".join(self._present(done))

    def _present(self, done: set[int]) -> Iterator[str]:
        for number, piece in enumerate(self._pieces):
            came, went = self._came.get(number), self._went.get(number)
            if number not in self._gone and (came is None or came in done) and (went is None or went not in done):
                yield piece.text
