"""Looks up in the memory and the termbase while one works: joins a story's editor with its Matches and Terms panels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.memory import look_up
from desktop_app.desk.terms import all_terms
from desktop_app.domain.memory import Match
from desktop_app.domain.terms import Term
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.editor.story_text import Around
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.tasks import Progress
from desktop_app.gui.memory.matches_panel import SHOWN as MATCHES_SHOWN
from desktop_app.gui.memory.matches_panel import MatchesPanel
from desktop_app.gui.shell.story_source import Bench
from desktop_app.gui.terms.terms_panel import ShownTerm, TermsPanel
from desktop_app.language.terms import TermIndex, TermMention, index_of
from desktop_app.language.terms.rendering import Form, rendered

_PAUSE = 110  # ms after the cursor came or a key was pressed
_VIEW_PAUSE = 250  # ms after scrolling
_LEAST = 60  # per cent shown


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found for one row's source text."""

    matches: list[Match]
    terms: tuple[TermMention, ...]
    index: TermIndex


class StoryLookups(QObject):
    """Asks after a short pause, away from the window; an answer that comes late is dropped."""

    counted = Signal(str, int)
    failed = Signal(object)
    answered = Signal(str, object, object)

    def __init__(
        self, bench: Bench, editor: StoryEditor, matches: MatchesPanel, terms: TermsPanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = bench.desk
        self._editor, self._matches, self._terms = editor, matches, terms
        self._asking = Latest(bench.tasks, N_("Looking up the segment"), self)
        self._rating = Latest(bench.tasks, N_("Looking up the story"), self)
        self._key = ""
        self._asked: Around | None = None
        self._found: tuple[TermMention, ...] = ()
        self._shown_for = ("", "")  # the row and the source text whose matches and terms the panels show
        self._waiting: Callable[[], object] | None = None
        self._index: TermIndex | None = None
        self._percents: dict[str, tuple[str, int]] = {}
        self._languages = ("zh-Hans", "en")
        self._soon = self._timer(_PAUSE, self._look)
        self._view_soon = self._timer(_VIEW_PAUSE, self._rate)
        editor.active_changed.connect(self._on_active)
        editor.edited.connect(self._on_edited)
        editor.viewed.connect(self._view_soon.start)
        bench.bus.changed.connect(self._on_changed)

    def _timer(self, pause: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def stop(self) -> None:
        """Want nothing any more."""
        for timer in (self._soon, self._view_soon):
            timer.stop()
        self._asking.forget()
        self._rating.forget()

    def look_again(self) -> None:
        """Ask once more what was asked last."""
        self._asked = None
        self._soon.start()

    # The segment at hand

    def is_answered(self) -> bool:
        """Whether the panels show the matches and terms of the active row, and not yet those of another."""
        around = self._editor.around(self._key) if self._key else None
        return around is not None and self._shown_for == (self._key, around.source)

    def when_answered(self, act: Callable[[], object]) -> None:
        """Do ``act`` as soon as the panels show what belongs to the active row; typing or leaving gives that up."""
        if self.is_answered():
            act()
        else:
            self._waiting = act

    def _on_active(self, key: str) -> None:
        if key != self._key:
            self._key, self._asked, self._waiting = key, None, None
            self._asking.forget()
        self._soon.start()

    def _on_edited(self) -> None:
        self._waiting = None  # whoever types on has given up waiting; the words would come in the wrong place
        self._soon.start()

    def _look(self) -> None:
        around = self._editor.around(self._key) if self._key else None
        if around is None or not around.source.strip():
            self._asked, self._found = None, ()
            self._show([], ())
            self._shown_for, self._waiting = (self._key, around.source if around is not None else ""), None
            return
        if self._asked is not None and _same_question(around, self._asked):
            self._show_terms(around)
            return
        self._asked = around
        desk, key, index = self._desk, self._key, self._index

        def find(_progress: Progress) -> _Answer:
            known = index or index_of(all_terms(desk))
            found = look_up(
                desk,
                around.source,
                least=_LEAST,
                limit=MATCHES_SHOWN,
                before=around.before,
                after=around.after,
                but=key,
            )
            return _Answer(found, known.find(around.source), known)

        self._asking.ask(find, self._take, self.failed.emit)

    def _take(self, answer: _Answer) -> None:
        self._index, self._found = answer.index, answer.terms
        around = self._editor.around(self._key)
        if around is not None and self._asked is not None:
            self._shown_for = (self._key, self._asked.source)
            self.answered.emit(self._key, answer.terms, answer.matches)
            self._show(answer.matches, answer.terms)
            self._show_terms(around)
            waiting, self._waiting = self._waiting, None
            if waiting is not None and self.is_answered():
                waiting()

    def _show(self, matches: list[Match], terms: tuple[TermMention, ...]) -> None:
        self._languages = self._editor.languages
        self._matches.show_matches(matches, self._languages)
        self.counted.emit("matches", self._matches.count())
        if not terms:
            self._terms.show_terms([], self._languages)
            self._editor.show_terms("", "", [])
            self.counted.emit("terms", 0)

    def _show_terms(self, around: Around) -> None:
        once: dict[str, Term] = {}
        for mention in self._found:
            once.setdefault(mention.term.id, mention.term)
        shown = [_shown(term, around.target, self._languages[1]) for term in once.values()]
        self._terms.show_terms(shown, self._languages)
        self._editor.show_terms(self._key, around.source, [mention.span for mention in self._found])
        self.counted.emit("terms", len(shown))

    # The rows in view

    def _rate(self) -> None:
        wanted: dict[str, str] = {}
        for key in self._editor.rows_in_view():
            around = self._editor.around(key)
            known = self._percents.get(key)
            if around is not None and around.source.strip() and (known is None or known[0] != around.source):
                wanted[key] = around.source
        if not wanted:
            return
        desk = self._desk

        def find(progress: Progress) -> dict[str, int]:
            return _best_scores(desk, wanted, progress)

        def done(scores: dict[str, int]) -> None:
            for key, source in wanted.items():
                self._percents[key] = (source, scores.get(key, 0))
            self._editor.show_percents({key: score for key, (_, score) in self._percents.items() if score})

        self._rating.ask(find, done, self.failed.emit)

    def _on_changed(self, changes: object, _sender: str) -> None:
        if not isinstance(changes, Changes):
            return
        if changes.terms:
            self._index = None
        if changes.memory:
            self._percents.clear()
            self._view_soon.start()
        if changes.terms or changes.memory:
            self._asked = None
            self._soon.start()


def _same_question(one: Around, other: Around) -> bool:
    return (one.source, one.before, one.after) == (other.source, other.before, other.after)


def _shown(term: Term, target: str, language: str) -> ShownTerm:
    used = any(one.form is not Form.FORBIDDEN for one in rendered(term, target, language))
    return ShownTerm(term, term.target, used)


def _best_scores(desk: Desk, wanted: Mapping[str, str], progress: Progress) -> dict[str, int]:
    scores: dict[str, int] = {}
    for key, source in wanted.items():
        progress.check()
        best = look_up(desk, source, least=_LEAST, limit=1, but=key)
        if best:
            scores[key] = best[0].score
    return scores
