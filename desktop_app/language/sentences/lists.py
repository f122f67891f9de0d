"""Lists in running text: the numbers and letters that count their items, and the lines that begin with a bullet."""

import re

from desktop_app.language.sentences.rules import after_space

_MARK = r"(?:\d{1,3}|[A-Za-z]|[ivx]{1,5}|[IVX]{1,5})"
_LIST_MARK = re.compile(rf"\s*[*•⁃‣▪◦·-]?\s*(?:\(?{_MARK}[.)]{{1,2}})\s*")
_COUNTED = re.compile(r"(?:^|(?<=\s))(?:([•⁃])\s*)?(\()?(\d{1,2}|[a-z]|[ivx]{2,5})(\.\)|[.)])(?=\s*[^\s\d.])")
_LINE = re.compile(rf"\n[^\S\n]*(?=(?:[*•⁃‣▪◦-][^\S\n]+|\(?{_MARK}[.)]{{1,2}}[^\S\n]+)\S)")
# An indented line begins a paragraph, as plain texts have it.
_INDENTED = re.compile(r"\n(?=\t|    )[ \t]+(?=[A-Z0-9])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_LETTER_A = 1001


def is_list_mark(text: str) -> bool:
    """Whether a text is nothing but the number or letter of an item."""
    return _LIST_MARK.fullmatch(text) is not None


def list_starts(text: str) -> set[int]:
    """Where the items of lists begin: lines with a bullet or number, and runs such as "1) … 2) … 3) …"."""
    lines = {match.end() for pattern in (_LINE, _INDENTED) for match in pattern.finditer(text)}
    return lines | _counted_starts(text)


def _counted_starts(text: str) -> set[int]:
    """The items of runs in a line; a run counts from its first number or letter, one by one, in one style."""
    starts: set[int] = set()
    run: list[tuple[re.Match[str], int]] = []
    for mark in _COUNTED.finditer(text):
        ranks = _ranks(mark)
        goes_on = [rank for rank in ranks if run and rank == run[-1][1] + 1 and _style(mark) == _style(run[-1][0])]
        if goes_on:
            run.append((mark, goes_on[0]))
            continue
        taken = _taken(text, run, follows=bool(starts))
        starts |= taken
        run = [(mark, 1 if mark[3] == "i" else ranks[0])] if ranks else []
    return starts | _taken(text, run, follows=bool(starts))


def _style(mark: re.Match[str]) -> tuple[str | None, ...]:
    return mark[1], mark[2], mark[4], "1" if mark[3].isdigit() else "a"


def _ranks(mark: re.Match[str]) -> list[int]:
    """A mark's possible places in its list; letters count from a thousand so that "1. b." is no run."""
    if mark[3].isdigit():
        return [int(mark[3])]
    found = [_LETTER_A + ord(mark[3]) - ord("a")] if len(mark[3]) == 1 else []
    return found + ([_ROMAN[mark[3]]] if mark[3] in _ROMAN else [])


def _taken(text: str, run: list[tuple[re.Match[str], int]], *, follows: bool) -> set[int]:
    """Where the items of a run begin, if it is a list; ``follows`` says that a list stands before it."""
    if len(run) < 2:
        return set()
    first = run[0][0]
    if not (run[0][1] in {1, _LETTER_A} or first[1] or (len(run) > 2 and first[4] == ")")):
        return set()
    before = text[max(0, first.start() - 40) : first.start()].rstrip()
    if before and before[-1] not in ".!?" and not follows:
        return set()
    if any(text[max(0, mark.start() - 5) : mark.start()].rstrip()[-1:] in {";", ",", ":"} for mark, _ in run):
        return set()  # an enumeration within a sentence
    if first[4] == "." and len(run) < 3 and not all(_is_capital_behind(text, mark) for mark, _ in run):
        return set()
    line_end = text.find("\n", run[-1][0].end())
    closing = {line_end + 1} if line_end >= 0 and text[line_end + 1 : line_end + 9].lstrip()[:1].isupper() else set()
    return {mark.start() for mark, _ in run if mark.start() > 0} | {after_space(text, place) for place in closing}


def _is_capital_behind(text: str, mark: re.Match[str]) -> bool:
    return text[mark.end() : mark.end() + 5].lstrip()[:1].isupper()
