"""The status bar: saved or not, version, counts, findings; at the right the job that runs, and a way to stop it."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QToolButton, QWidget

from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import TaskHandle, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.weighing import weighed
from desktop_app.gui.kit.widgets import ElidedLabel, push_button, restyle


@dataclass(frozen=True)
class StoryStatus:
    """What the status bar says of the story in front. ``findings`` None: the checks have not run yet."""

    version: str = ""
    modified: bool = False
    saved_at: datetime | None = None
    unsaved: bool = False
    failed: bool = False
    refused: bool = False  # the failure is no passing one
    waits: Message | None = None  # what for, while ``unsaved``
    read_only: bool = False
    han: int = 0
    words: int = 0
    confirmed: int = 0
    segments: int = 0
    findings: int | None = None
    errors: int = 0  # of the findings


class StatusLine(QStatusBar):
    """Every fact has its fixed place, so that nothing jumps while one writes."""

    findings_clicked = Signal()
    counts_clicked = Signal()
    progress_clicked = Signal()
    home_clicked = Signal()

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._tasks = tasks
        self.setSizeGripEnabled(False)
        self._saved = self._label(texts(N_("Saved 00:00:00")))
        self._version = self._label(texts(N_("version {number}, changed since", number="10.10")))
        self._counts = self._button(N_("Counts…"), self.counts_clicked)
        self._confirmed = self._button(N_("Progress…"), self.progress_clicked)
        self._findings = self._button(N_("Show the checks"), self.findings_clicked)
        holder = QWidget(self)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(10, 2, 0, 2)
        layout.setSpacing(18)
        for widget in (self._saved, self._version, self._counts, self._confirmed, self._findings):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.addWidget(holder, 1)
        self.addPermanentWidget(self._job_line())
        self.addPermanentWidget(self._home_line())
        tasks.running_changed.connect(self._on_running_changed)
        look.changed.connect(self._dress)
        self.show_story(None)
        self._on_running_changed()

    def show_home(self, *, away: bool) -> None:
        """Offer the way home, in a small archive that came from elsewhere."""
        self._home.setVisible(away)

    def show_signed(self, signed: bool) -> None:
        """Say whether somebody signed in the small archive: sending it home is the next thing to do only then."""
        variant = "primary" if signed else "outline"
        if self.home.property("variant") != variant:
            restyle(self.home, variant=variant)

    def show_story(self, status: StoryStatus | None) -> None:
        """Show the facts of a story, or none."""
        for widget in (self._saved, self._version, self._counts, self._confirmed, self._findings):
            widget.setVisible(status is not None)
        if status is None:
            return
        text, role = self._saving(status)
        self._saved.setText(text)
        if self._saved.property("role") != role:
            restyle(self._saved, role=role)
        key = N_("version {number}, changed since", number=status.version)
        self._version.setText(self._texts(key if status.modified else N_("version {number}", number=status.version)))
        number = self._texts.number
        words = NN_("{han} Han · {words} word", "{han} Han · {words} words", status.words,
                    han=number(status.han), words=number(status.words))  # fmt: skip
        self._counts.setText(self._texts(words))
        self._confirmed.setText(self._texts(
            N_("{done} of {all} confirmed", done=number(status.confirmed), all=number(status.segments))
        ))  # fmt: skip
        self._show_findings(status.findings, status.errors)

    def _saving(self, status: StoryStatus) -> tuple[str, str]:
        if status.failed:
            return self._texts(N_("Not saved") if status.refused else N_("Not saved yet; trying again")), "error"
        if status.unsaved:
            return self._texts(status.waits or N_("Saving…")), "muted"
        if status.saved_at is not None:
            return self._texts(N_("Saved {time}", time=self._texts.time(status.saved_at))), "good"
        return self._texts(N_("Read only") if status.read_only else N_("Everything is saved")), "muted"

    def _show_findings(self, findings: int | None, errors: int) -> None:
        said, tone = weighed(errors, (findings or 0) - errors)
        none = self._texts(N_("No findings")) if findings is not None else ""
        self._findings.setText(self._texts(said) if said is not None else none)
        restyle(self._findings, tone=tone)

    def _button(self, tip: Message, clicked: SignalInstance) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("variant", "status")
        button.setFlat(True)
        button.setToolTip(self._texts(tip))
        button.clicked.connect(clicked)
        return button

    def _label(self, longest: str) -> QLabel:
        label = QLabel(self)
        if longest:
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(longest))
        return label

    def _home_line(self) -> QWidget:
        self._home = QWidget(self)
        self.home = push_button(self._texts(N_("Pack to send home…")), "outline", self._home)
        self.home.clicked.connect(self.home_clicked)
        layout = QHBoxLayout(self._home)
        layout.setContentsMargins(0, 3, 10, 3)
        layout.addWidget(self.home)
        self._home.hide()
        return self._home

    def _job_line(self) -> QWidget:
        self._job = QWidget(self)
        self._job_title = ElidedLabel("", "muted", self._job)
        self._job_title.setFixedWidth(self._look.theme.px(220))
        self._job_bar = QProgressBar(self._job)
        self._job_bar.setFixedWidth(self._look.theme.px(90))
        self._job_bar.setTextVisible(False)
        self._job_stop = QToolButton(self._job)
        self._job_stop.setToolTip(self._texts(N_("Stop this job")))
        self._job_stop.setAccessibleName(self._texts(N_("Stop this job")))
        self._job_stop.clicked.connect(self._on_stop)
        layout = QHBoxLayout(self._job)
        layout.setContentsMargins(0, 0, 10, 0)
        layout.setSpacing(8)
        for widget in (self._job_title, self._job_bar, self._job_stop):
            layout.addWidget(widget)
        self._dress()
        return self._job

    def _front_job(self) -> TaskHandle | None:
        running = [handle for handle in self._tasks.running() if not handle.cancelled]
        return running[0] if running else None

    def _on_running_changed(self) -> None:
        handle = self._front_job()
        self._job.setVisible(handle is not None)
        if handle is None:
            return
        more = len(self._tasks.running()) - 1
        title = self._texts(handle.title)
        if more:
            title = self._texts(NN_("{title} and {n} more", "{title} and {n} more", more, title=title))
        self._job_title.set_text(title)
        self._job_bar.setRange(0, handle.total)
        self._job_bar.setValue(handle.done)

    def _on_stop(self) -> None:
        handle = self._front_job()
        if handle is not None:
            handle.cancel()
            self._on_running_changed()

    def _dress(self) -> None:
        self._job_stop.setIcon(self._look.icon("close", "muted"))
        self._job_stop.setIconSize(QSize(self._look.theme.px(12), self._look.theme.px(12)))
