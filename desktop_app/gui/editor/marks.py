"""What lies over the text: findings of the checks, and the places that a search found; as ranges that Qt can draw."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat, QTextLayout

from desktop_app.domain.findings import Finding, Severity
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.editor.utf16 import units
from desktop_app.gui.kit.states import SEVERITY_MARKS
from desktop_app.gui.kit.theme import Theme

_WEIGHT = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}
_SPELLING = "spelling"  # the check that the live cell makes itself, at once
Spelling = Callable[[str, Field, str], Sequence[tuple[int, int]] | None]
_SOURCES = frozenset({Field.SOURCE, Field.CAPTION_SOURCE})
_TARGETS = frozenset({Field.TARGET, Field.CAPTION_TARGET})


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that a search found; ``start`` and ``end`` count characters."""

    key: str
    field: Field
    start: int
    end: int


class Marks:
    """Findings and hits by row. A finding's span goes when its text is edited: the words under it may have moved."""

    def __init__(self, theme: Theme) -> None:
        self._findings: dict[str, list[Finding]] = {}
        self._said_of: dict[tuple[str, Field], str] = {}
        self._hits: dict[tuple[str, Field], list[Hit]] = {}
        self._current: Hit | None = None
        self._words: re.Pattern[str] | None = None
        self._changes: Mapping[str, str] = {}
        self._comments: Mapping[str, Sequence[str]] = {}
        self._percents: dict[str, int] = {}
        self._terms: dict[str, tuple[str, list[tuple[int, int]]]] = {}
        self.spelling: Spelling | None = None
        """Says which words of a text that is being written no dictionary has; None of texts that nobody writes in."""
        self.use(theme)

    def use(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._waves: dict[Severity, QTextCharFormat] = {}
        for severity, mark in SEVERITY_MARKS.items():
            wave = self._waves[severity] = QTextCharFormat()
            wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wave.setUnderlineColor(theme.color(mark.tone))
        self._spelt = QTextCharFormat()
        self._spelt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._spelt.setUnderlineColor(theme.color("spelling"))
        self._term = QTextCharFormat()
        self._term.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        self._term.setUnderlineColor(theme.color("accent"))
        self._hit, self._here = QTextCharFormat(), QTextCharFormat()
        self._hit.setBackground(theme.color("selection"))
        self._here.setBackground(theme.color("accent"))
        self._here.setForeground(theme.color("accent_ink"))

    def show_findings(self, findings: Iterable[Finding], text: Callable[[str, Field], str]) -> None:
        """Take other findings; ``text(key, field)`` is what they were said of."""
        self._findings.clear()
        self._said_of.clear()
        for finding in findings:
            if finding.segment is None:
                continue
            self._findings.setdefault(finding.segment, []).append(finding)
            for field in (*_SOURCES, *_TARGETS):
                self._said_of[finding.segment, field] = text(finding.segment, field)

    def show_hits(self, hits: Sequence[Hit], current: Hit | None) -> None:
        """Take other hits; ``current`` is the one the cursor is at."""
        self._hits.clear()
        for hit in hits:
            self._hits.setdefault((hit.key, hit.field), []).append(hit)
        self._current = current

    def show_current(self, hit: Hit) -> None:
        """Take another of the hits for the one that the cursor is at."""
        self._current = hit

    def show_words(self, words: re.Pattern[str] | None) -> None:
        """Mark these words wherever they stand: those that the filter asks for."""
        self._words = words

    def show_changes(self, changes: Mapping[str, str]) -> None:
        """Take the rows that others have changed since the person last saw the story, with a sentence for each."""
        self._changes = changes

    def change(self, key: str) -> str:
        """Who changed a row since, and when; empty where nobody did."""
        return self._changes.get(key, "")

    def rows_changed(self) -> set[str]:
        """The rows that others have changed."""
        return set(self._changes)

    def forget(self) -> None:
        """Another story is shown: what was found in the one before says nothing of it."""
        self._words, self._changes, self._comments = None, {}, {}
        self._percents, self._terms = {}, {}

    def show_comments(self, comments: Mapping[str, Sequence[str]]) -> None:
        """Take the rows that have open comments, with what a tooltip says of each."""
        self._comments = comments

    def comments(self, key: str) -> Sequence[str]:
        """The open comments on one row, a line each."""
        return self._comments.get(key, ())

    def show_percents(self, percents: Mapping[str, int]) -> None:
        """Take the score of the best match by row."""
        self._percents = dict(percents)

    def percent(self, key: str) -> int | None:
        """The score of the best match of one row, None where there is none or nobody has asked yet."""
        return self._percents.get(key)

    def show_terms(self, key: str, text: str, spans: Sequence[tuple[int, int]]) -> None:
        """Underline the terms of one row's source text, and of no other row."""
        self._terms = {key: (text, list(spans))} if spans else {}

    def findings(self, key: str) -> Sequence[Finding]:
        """The findings of one row."""
        return self._findings.get(key, ())

    def rows_found(self) -> set[str]:
        """The rows that have findings."""
        return set(self._findings)

    def worst(self, key: str) -> Severity | None:
        """The weightiest finding of one row."""
        found = self._findings.get(key)
        return max((finding.severity for finding in found), key=_WEIGHT.__getitem__) if found else None

    def formats(self, key: str, field: Field, text: str) -> list[QTextLayout.FormatRange]:
        """The ranges to draw over one text, findings under hits."""
        ranges = []
        said_of, spans = self._terms.get(key, ("", []))
        if spans and field in _SOURCES and said_of == text:
            ranges += [_range(text, *span, self._term) for span in spans]
        spelt = self.spelling(key, field, text) if self.spelling is not None else None
        found = self._findings.get(key)
        if found and self._said_of.get((key, field)) == text:
            for finding in sorted(found, key=lambda one: _WEIGHT[one.severity]):
                span = finding.source_span if field in _SOURCES else finding.target_span
                about_words = finding.check == _SPELLING
                if span is not None and field in _SOURCES | _TARGETS and not (about_words and spelt is not None):
                    wave = self._spelt if about_words else self._waves[finding.severity]
                    ranges.append(_range(text, *span, wave))
        ranges += [_range(text, *span, self._spelt) for span in spelt or ()]
        if self._words is not None:
            ranges += [_range(text, *found.span(), self._hit) for found in self._words.finditer(text)]
        for hit in self._hits.get((key, field), ()):
            ranges.append(_range(text, hit.start, hit.end, self._here if hit == self._current else self._hit))
        return ranges


def _range(text: str, start: int, end: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = units(text, start)
    made.length = units(text, end) - made.start
    made.format = look
    return made
