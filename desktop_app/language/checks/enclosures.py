"""Brackets and quotation marks that open and never close, or close without having opened.

A quotation may run over several segments: a mark is missed only if no later, or earlier, segment answers it, and
a paragraph that goes on with a quotation opens it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.pairs import CAPTION, Check, Pair

_CLOSERS = {"(": ")", "[": "]", "{": "}", "“": "”", "（": "）", "【": "】", "《": "》", "「": "」", "『": "』"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_QUOTATION = '“”"「」'
_DEEPEST = 20  # marks inside one another
_LONGEST_QUOTATION = 12  # segments


@dataclass(frozen=True, slots=True)
class _Loose:
    """A mark without its partner in its segment."""

    number: int
    place: int
    mark: str


def _unbalanced(pairs: Sequence[Pair]) -> Iterator[Finding]:
    loose = [mark for number, pair in enumerate(pairs) for mark in _loose_marks(number, pair.target)]
    answered = _answered([mark for mark in loose if pairs[mark.number].kind != CAPTION])
    in_source = {n: _loose_marks(n, pairs[n].source) for n in {mark.number for mark in loose}}
    for mark in loose:
        pair = pairs[mark.number]
        if mark in answered or _is_item_mark(pair.target, mark.place) or _has_alike(in_source[mark.number], mark):
            continue
        yield Finding(
            CHECK.id,
            Severity.NOTE if mark.mark in _QUOTATION else Severity.WARNING,
            _message(mark.mark),
            pair.id,
            target_span=(mark.place, mark.place + 1),
        )


def _loose_marks(number: int, text: str) -> list[_Loose]:
    stack: list[_Loose] = []
    loose: list[_Loose] = []
    straight: list[_Loose] = []
    for place, mark in enumerate(text):
        here = _Loose(number, place, mark)
        if mark in _CLOSERS:
            stack.append(here)
        elif mark in _OPENERS:
            partner = next((open_ for open_ in reversed(stack[-_DEEPEST:]) if open_.mark == _OPENERS[mark]), None)
            if partner is None:
                loose.append(here)
            else:
                stack.remove(partner)
        elif mark == '"':
            straight.append(here)
    has_inches = any(text[max(0, mark.place - 1) : mark.place].isdigit() for mark in straight)
    if len(straight) % 2 and not has_inches:
        loose.append(straight[0] if straight[0].place == 0 else straight[-1])
    return sorted([*loose, *stack], key=lambda found: found.place)


def _answered(loose: Sequence[_Loose]) -> set[_Loose]:
    """Return quotation marks that belong to a quotation over several segments."""
    answered: set[_Loose] = set()
    pending: list[_Loose] = []
    for mark in (mark for mark in loose if mark.mark in _QUOTATION):
        pending = [open_ for open_ in pending[-_DEEPEST:] if mark.number - open_.number <= _LONGEST_QUOTATION]
        if mark.mark in {"”", "」"}:
            if pending:
                answered.update(pending, [mark])
                pending = []
        elif mark.mark == '"':
            if pending and mark.place:
                answered.update(pending, [mark])
                pending = []
            else:
                pending.append(mark)
        else:
            pending.append(mark)
    return answered


def _is_item_mark(text: str, place: int) -> bool:
    """Whether a closing bracket only numbers an item: ``1) …``, ``(a) one b) two``."""
    words = text[max(0, place - 20) : place].split()
    word = words[-1] if words else ""
    return text[place] in ")）" and (
        word.isdigit() or (len(word) == 1 and word.isalpha()) or text.startswith((":", ";"), max(0, place - 1), place)
    )


def _has_alike(source: Sequence[_Loose], mark: _Loose) -> bool:
    """Whether the source sentence leaves a mark of the same kind without its partner too."""
    return any((other.mark in _QUOTATION) == (mark.mark in _QUOTATION) for other in source[:_DEEPEST])


def _message(mark: str) -> Message:
    if mark == '"':
        return N_("A quotation mark has no partner.")
    if mark in _CLOSERS:
        return N_("“{mark}” opens here and never closes.", mark=mark)
    return N_("“{mark}” closes what never opened.", mark=mark)


CHECK = Check("unbalanced", N_("Brackets and quotation marks"), _unbalanced)
