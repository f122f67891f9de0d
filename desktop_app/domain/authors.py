"""Who made a change: the wordings of a text are followed one after the other from its older to its newer form."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.text_ops import hunks, raw_pieces, text_ops, tokens


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote and when: an id of a person, None where nobody knows, and an ISO moment."""

    person: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """What a text said after somebody had written in it."""

    text: str
    author: Author


def blame(old: str, steps: Sequence[Wrote], new: str, otherwise: Author) -> list[Author]:
    """Tell for each change from ``old`` to ``new`` who made it: whoever wrote or took out most of its characters.

    ``steps`` are the wordings between the two, oldest first. Where the last of them is not ``new``, or a change has
    no trace in them, it is ``otherwise`` who made it.
    """
    authors = [step.author for step in steps]
    said = [step.text for step in steps]
    if not said or said[-1] != new:
        authors, said = [*authors, otherwise], [*said, new]
    wrote: list[int] = [-1] * len(old)  # for every character which step wrote it, -1: it is an old one
    came_from: list[int] = list(range(len(old)))
    took_out: list[int] = [-1] * len(old)
    before = old
    for number, text in enumerate(said):
        wrote, came_from = _follow(before, text, number, wrote, came_from, took_out)
        before = text
    found: list[Author] = []
    for hunk in hunks(text_ops(old, new)):
        votes = Counter(wrote[hunk.new_at : hunk.new_at + len(hunk.inserted)])
        votes += Counter(took_out[hunk.old_at : hunk.old_at + len(hunk.deleted)])
        del votes[-1]
        best = max(votes, key=lambda number: (votes[number], number), default=None)
        found.append(otherwise if best is None else authors[best])
    return found


def _follow(
    before: str, after: str, number: int, wrote: list[int], came_from: list[int], took_out: list[int]
) -> tuple[list[int], list[int]]:
    """Carry over what is known of each character through one step."""
    if before == after:
        return wrote, came_from
    now_wrote: list[int] = []
    now_from: list[int] = []
    at = 0
    for piece in raw_pieces(tokens(before), tokens(after)):
        kept, gone, come = (sum(map(len, words)) for words in (piece.equal, piece.deleted, piece.inserted))
        now_wrote += wrote[at : at + kept]
        now_from += came_from[at : at + kept]
        for place in came_from[at + kept : at + kept + gone]:
            if place >= 0:
                took_out[place] = number
        at += kept + gone
        now_wrote += [number] * come
        now_from += [-1] * come
    return now_wrote, now_from
