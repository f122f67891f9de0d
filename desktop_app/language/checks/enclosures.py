"""Brackets and quotation marks that open and never close, or close without having opened.

A quotation may run over several segments: a mark is missed only if no later, or earlier, segment answers it, and
a paragraph that goes on with a quotation opens it again. A quotation that opens with one kind of mark and closes with
another (“Yes.') is told at the mark that is wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_, Message
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, Scope, replaced, whole

_CLOSERS = {"(": ")", "[": "]", "{": "}", "“": "”", "（": "）", "【": "】", "《": "》", "「": "」", "『": "』"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_QUOTATION = '“”"「」'
_WRONG_CLOSER = re.compile(r"(?<=[.!?,])['’](?=[\s—–)]|$)")
_WRONG_OPENER = re.compile(r"(?:^|(?<=[\s(—–]))['‘](?=[A-Za-z])")
_CURLY_TWICE = re.compile(r"(?<=[\w.!?,])“(?=[\s,.;:!?)—–]|$)")
_DEEPEST = 20  # marks inside one another
_LONGEST_QUOTATION = 12  # segments
_LONGEST_ASIDE = 4  # segments: a bracket may hold a few sentences


@dataclass(frozen=True, slots=True)
class _Loose:
    """A mark without its partner in its segment."""

    number: int
    place: int
    mark: str


def _unbalanced(pairs: Sequence[Pair]) -> Iterator[Finding]:
    loose = [mark for number, pair in enumerate(pairs) for mark in _loose_marks(number, pair.target)]
    answered = _answered([mark for mark in loose if pairs[mark.number].kind != CAPTION], pairs)
    looked: Counter[int] = Counter()
    in_source = {n: _loose_marks(n, pairs[n].source) for n in {mark.number for mark in loose}}
    for mark in loose:
        pair = pairs[mark.number]
        if mark in answered or _is_item_mark(pair.target, mark.place) or _has_alike(in_source[mark.number], mark):
            continue
        looked[mark.number] += 1
        wrong = _wrong_mark(pair.target, mark) if looked[mark.number] <= _DEEPEST else None
        if wrong is not None:
            yield _mistaken(pair, *wrong)
            continue
        yield Finding(
            CHECK.id,
            Severity.NOTE if mark.mark in _QUOTATION else Severity.WARNING,
            _message(mark.mark),
            pair.id,
            target_span=(mark.place, mark.place + 1),
        )


def _wrong_mark(text: str, mark: _Loose) -> tuple[int, str] | None:
    """Where another mark stands in place of the partner, and what should stand there."""
    place, before = mark.place, text[: mark.place]
    if mark.mark == "“" and _CURLY_TWICE.match(text, place) and "“" in before:
        return place, "”"
    if mark.mark == "“" or (mark.mark == '"' and (not before or before[-1] in " (—–\n")):
        found = _WRONG_CLOSER.search(text, place + 1)
        if found is None or _WRONG_OPENER.search(text, place + 1, found.start()):
            return None
        return found.start(), "”" if mark.mark == "“" else '"'
    if mark.mark in {"”", '"'}:
        openers = [one for one in _WRONG_OPENER.finditer(text, 0, place) if not _elides(text, one.end())]
        return (openers[0].end() - 1, "“" if mark.mark == "”" else '"') if len(openers) == 1 else None
    return None


def _elides(text: str, place: int) -> bool:
    """Whether an apostrophe stands for letters that are left out: ’tis, ’em, ’cause."""
    return re.match(r"(?:tis|twas|em|cause|til|n|round|bout)\b", text[place : place + 6], re.IGNORECASE) is not None


def _mistaken(pair: Pair, place: int, wanted: str) -> Finding:
    span = (place, place + 1)
    return Finding(
        CHECK.id,
        Severity.WARNING,
        N_("“{mark}” stands here where the quotation needs “{wanted}”.", mark=pair.target[place], wanted=wanted),
        pair.id,
        target_span=span,
        fix=replaced(pair, span, wanted, N_("Write {value}.", value=wanted)),
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


def _answered(loose: Sequence[_Loose], pairs: Sequence[Pair]) -> set[_Loose]:
    """Return quotation marks that belong to a quotation over several segments."""
    answered = _closed_later(loose)
    open_marks: dict[int, list[_Loose]] = {}
    for mark in loose:
        if mark not in answered:
            open_marks.setdefault(mark.number, []).append(mark)
    # A paragraph that goes on with a quotation opens it again, and only the last one closes it.
    for number in sorted(open_marks, reverse=True):
        marks = open_marks[number]
        following = pairs[number + 1].target.lstrip() if number + 1 < len(pairs) else ""
        is_handed_on = len(marks) == 1 and marks[0].mark in {"“", '"'} and following.startswith(marks[0].mark)
        if is_handed_on and number + 1 not in open_marks and "”" not in pairs[number].source:
            answered.update(marks)
            del open_marks[number]
    return answered


def _asides(loose: Sequence[_Loose]) -> set[_Loose]:
    """Round brackets that hold several sentences."""
    answered: set[_Loose] = set()
    opened: _Loose | None = None
    for mark in loose:
        if mark.mark == "(":
            opened = mark
        elif mark.mark == ")" and opened is not None and opened.number < mark.number <= opened.number + _LONGEST_ASIDE:
            answered.update((opened, mark))
            opened = None
    return answered


def _closed_later(loose: Sequence[_Loose]) -> set[_Loose]:
    answered = _asides(loose)
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


CHECK = Check("unbalanced", N_("Brackets and quotation marks"), whole(_unbalanced), Severity.WARNING, Scope.STORY)
