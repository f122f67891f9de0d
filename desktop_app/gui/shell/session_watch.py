"""Leaves the mark of the session while an archive is open, and says at the start what one that was killed had saved."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.shell.session_marks import BEAT, Session, SessionMark, fitting, moment_of

_PAUSE = 1000  # ms between two writings
_SHOWN = 400  # characters of words that a sentence shows; all of them can be copied


class SessionWatch(QObject):
    """Takes down what was saved last, at most once a second and away from the window."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._mark: SessionMark | None = None
        self._edited: dict[str, object] = {}
        self._facts: dict[str, object] = {}
        self._waiting: dict[str, list[str]] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE)
        self._soon.timeout.connect(self._write)
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT * 1000)
        self._beat.timeout.connect(self._write)

    def begin(self, folder: Path, archive: Path) -> None:
        """Leave a mark in ``folder`` that ``archive`` is open."""
        self.end()
        self._mark = SessionMark(folder, archive)
        self._beat.start()

    def end(self) -> None:
        """The archive was left as it should be."""
        self._soon.stop()
        self._beat.stop()
        self._edited, self._facts, self._waiting = {}, {}, {}
        if self._mark is not None:
            self._mark.end()
            self._mark = None

    def edited(self, story: str, title: str, segment: str, number: int) -> None:
        """A text was changed in the window."""
        self._edited = {"story": story, "title": title, "segment": segment, "number": number}

    def saved(self, moment: datetime) -> None:
        """What was changed is in the archive."""
        if self._edited and self._mark is not None:
            self._facts = {**self._facts, **self._edited, "saved": moment.astimezone(UTC).isoformat(timespec="seconds")}
            if not self._soon.isActive():
                self._soon.start()

    def waiting(self, story: str, texts: list[str]) -> None:
        """Texts of a story wait to be saved, because somebody else writes; with none they do no longer.

        Until then they stand in the mark: should the program be killed meanwhile, the next start shows them.
        """
        if self._mark is None or self._waiting.get(story, []) == texts:
            return
        self._waiting[story] = texts
        self._facts = {**self._facts, "waiting": fitting(self._waiting)}
        self._write()

    def _write(self) -> None:
        mark, facts = self._mark, self._facts
        if mark is None or self._tasks.closed:
            return

        def write(_progress: Progress) -> None:
            mark.note(**facts)

        self._tasks.run(
            write,
            title=N_("Remembering the place"),
            on_done=lambda _none: None,
            on_error=lambda _error: None,
            quiet=True,
        )


def sentence(session: Session, texts: Texts, now: datetime) -> Message:
    """What a person is told of a session that was not closed; it lived on for up to ``BEAT`` after its last sign."""
    ended = N_("Diptych ended unexpectedly soon after {ended}.", ended=_time(moment_of(session.alive), texts, now))
    saved = moment_of(session.saved)
    if saved is None:
        told = N_("{ended} Nothing had been saved in it.", ended=ended)
    elif not session.story:
        told = N_("{ended} Everything done until {saved} is here.", ended=ended, saved=_time(saved, texts, now))
    else:
        told = N_(
            "{ended} Everything typed until {saved} is here; the last change was in {place}.",
            ended=ended, saved=_time(saved, texts, now), place=_place(session),
        )  # fmt: skip
    if not session.waiting:
        return told
    words = " / ".join(text for _story, text in session.waiting)
    words = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return N_("{told} These words still waited to be saved: {words}", told=told, words=words)


def show_ended(session: Session, texts: Texts, message: InlineMessage, show: Callable[[], None]) -> None:
    """Tell a person of a session that was not closed; ``show`` goes to where it was, what waited can be copied."""
    text = texts(sentence(session, texts, datetime.now(UTC)))
    message.show_text(text, "warning", button=texts(N_("Show it")) if session.story else "", act=show)
    if session.waiting:
        words = "\n".join(text for _story, text in session.waiting)
        message.offer_too(texts(N_("Copy these words")), lambda: QGuiApplication.clipboard().setText(words))


def _place(session: Session) -> Message:
    title, number = session.title, session.number
    if not number:
        return N_("the story “{title}”", title=title)
    if session.picture:
        return N_("“{title}”, picture {number}", title=title, number=number)
    return N_("“{title}”, segment {number}", title=title, number=number)


def _time(moment: datetime | None, texts: Texts, now: datetime) -> str:
    if moment is None:
        return "?"
    same_day = moment.astimezone().date() == now.astimezone().date()
    return texts.time(moment) if same_day else texts.moment(moment)
