"""Checking an approval sheet: paste the code of its square, or take its PDF, and read what the archive says of it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Desk
from desktop_app.desk.sheet_checking import CheckedSheet, SheetSignOff, Verdict, check_sheet, lines_of, read_sheet
from desktop_app.domain.statements import grouped
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.folders import Folders
from desktop_app.gui.kit.job_dialog import JobDialog
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline, InlineMessage, Pill, push_button

_TONES = {
    Verdict.STANDS: "good", Verdict.ALTERED: "error", Verdict.OVERTAKEN: "warning", Verdict.CONTRADICTED: "error",
}  # fmt: skip
_FINGERPRINT = 16  # digits, as on the sheet


class CheckSheetDialog(JobDialog):
    """One field, one button, one answer; ``found`` is the answer that is shown."""

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._texts, self._desk = look, texts, desk
        self.found: CheckedSheet | None = None
        self._file: Path | None = None
        self._build()
        self._on_typed()

    def _build(self) -> None:
        texts, theme = self._texts, self._look.theme
        self.setWindowTitle(texts(N_("Check a sheet")))
        about = QLabel(
            texts(
                N_(
                    "Scan the square of an approval sheet with a telephone or a scanner and paste its text here, type "
                    "the code under it, or take the PDF."
                )
            ),
            self,
        )
        about.setWordWrap(True)
        about.setProperty("role", "muted")
        self.code = QPlainTextEdit(self)
        self.code.setTabChangesFocus(True)
        self.code.setPlaceholderText("DIPTYCH1:…")
        self.code.setAccessibleName(texts(N_("Code of the sheet")))
        self.code.setFixedHeight(theme.px(92))
        self.code.textChanged.connect(self._on_typed)
        self.message = InlineMessage(self._look, texts(N_("Close")), self)
        self._answer = QWidget(self)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidget(self._answer)
        self._area.hide()
        self._take = push_button(texts(N_("Take a PDF…")), "outline", self)
        self._take.clicked.connect(self._on_take)
        self._leave = push_button(texts(N_("Close")), "", self)
        self._leave.clicked.connect(self.reject)
        self.go = push_button(texts(N_("Check")), "primary", self)
        self.go.setDefault(True)
        self.go.clicked.connect(self._on_check)
        self._lay_out(about)

    def _lay_out(self, about: QLabel) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._take)
        foot.addWidget(self._bar, 1)
        foot.addStretch(1)
        foot.addWidget(self._leave)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(about)
        layout.addWidget(self.code)
        layout.addWidget(self.message)
        layout.addWidget(self._area, 1)
        layout.addStretch(0)
        layout.addLayout(foot)
        self._bar.hide()
        self.resize(self._look.theme.px(620), self._look.theme.px(300))

    def check_file(self, path: Path) -> None:
        """Check the PDF, or the text file, at ``path``."""
        self._file = path
        self.code.blockSignals(True)
        self.code.setPlainText(str(path))
        self.code.blockSignals(False)
        self._on_check()

    def _on_typed(self) -> None:
        self._file = None
        self.go.setEnabled(bool(self.code.toPlainText().strip()) and self._job is None)

    def _on_take(self) -> None:
        kinds = self._texts(N_("Approval sheets (*.pdf *.txt)"))
        folders = Folders.in_force()
        name, _ = QFileDialog.getOpenFileName(self, self._texts(N_("Take a PDF")), folders.start(), kinds)
        if name:
            folders.remember(Path(name))
            self.check_file(Path(name))

    def _on_check(self) -> None:
        given = str(self._file) if self._file is not None else self.code.toPlainText()
        desk = self._desk
        self.message.hide()
        self._area.hide()
        self.found = None
        self.run_job(
            N_("Checking the sheet"), lambda _progress: check_sheet(desk, *read_sheet(given)),
            self._on_checked, self._on_failed,
        )  # fmt: skip
        self._show_busy()

    def _show_busy(self) -> None:
        busy = self._job is not None
        self._bar.setVisible(busy)
        for part in (self.code, self._take):
            part.setEnabled(not busy)
        self.go.setEnabled(not busy and bool(self.code.toPlainText().strip()))

    def _on_checked(self, found: CheckedSheet) -> None:
        self.found = found
        self._show_busy()
        verdict = " ".join(self._texts(line) for line in lines_of(found))
        tone = "warning" if found.unseen and found.verdict is Verdict.STANDS else _TONES[found.verdict]
        self.message.show_text(verdict, tone, closable=False)
        self._show_answer(found)

    def _on_failed(self, error: KnownError) -> None:
        self._show_busy()
        if not isinstance(error, CancelledError):
            self.message.show_text(self._texts.error(error), "error", closable=False)
        self.code.setFocus()

    # The answer

    def _show_answer(self, found: CheckedSheet) -> None:
        answer = QWidget(self)
        column = QVBoxLayout(answer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.theme.px(8))
        for problem in found.problems:
            column.addWidget(self._line(f"• {self._texts(problem.reason)}"))
        if found.story is not None:
            self._add_story(column, found)
        if found.signoffs:
            column.addWidget(Hairline(parent=answer))
            column.addLayout(self._signoffs(found))
        for note in found.notes:
            column.addWidget(self._line(self._texts(note), "muted"))
        column.addStretch(1)
        self._area.setWidget(answer)
        self._area.show()
        theme = self._look.theme
        width = max(self.width(), theme.px(620))
        wanted = theme.px(270) + column.totalHeightForWidth(width - theme.px(40))  # a size hint knows of no wrapping
        self.resize(width, min(max(self.height(), wanted), theme.px(720)))

    def _add_story(self, column: QVBoxLayout, found: CheckedSheet) -> None:
        assert found.story is not None, "asked before"
        headline = found.story.story.headline()
        for text in (headline.zh, headline.en):
            if text:
                column.addWidget(self._line(text, "heading" if text == (headline.zh or headline.en) else ""))
        version = str(found.code.version) if found.code.version else "—"
        facts: list[Message] = [N_("{slug}, version {version}", slug=found.story.story.slug, version=version)]
        if found.at is not None:
            facts.append(N_("sheet of {time}", time=self._when(found.at)))
        column.addWidget(self._line(" · ".join(self._texts(fact) for fact in facts), "muted"))
        column.addWidget(self._line(found.code.digest, "muted"))

    def _signoffs(self, found: CheckedSheet) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.theme.px(16))
        grid.setVerticalSpacing(self._look.theme.px(6))
        grid.setColumnStretch(4, 1)
        for row, one in enumerate(found.signoffs):
            name = self._texts(one.person.called) if one.person is not None else one.signoff.person
            for place, text in enumerate((self._texts(one.step), name, self._when(one.signoff.at))):
                grid.addWidget(self._line(text, fixed=True), row, place)
            grid.addWidget(self._state(one, stands=found.verdict is not Verdict.CONTRADICTED), row, 3)
            grid.addWidget(self._line(self._about(one), "muted"), row, 4)
        return grid

    def _state(self, one: SheetSignOff, *, stands: bool) -> Pill:
        if one.signature is False:
            return Pill(self._texts(N_("signature does not hold")), "error", "✕", self)
        if one.why is not None:
            return Pill(self._texts(N_("counts no more")), "warning", "!", self)
        return Pill(self._texts(N_("counts")), "good" if stands else "muted", "✓", self)

    def _about(self, one: SheetSignOff) -> str:
        """What is to be said of it beside its state: why it counts no more, and by which key it was signed."""
        key = one.signoff.key
        signed = N_("key {fingerprint}", fingerprint=grouped(key[:_FINGERPRINT])) if key else N_("without a signature")
        parts = ([self._texts(one.why)] if one.why is not None else []) + [self._texts(signed)]
        return " · ".join(parts)

    def _when(self, at: str) -> str:
        """A moment here, with its year: paper grows old. One that was altered into something else stays as it is."""
        try:
            return f"{moment(at).astimezone():%Y-%m-%d %H:%M}"
        except ValueError:
            return at

    def _line(self, text: str, role: str = "", *, fixed: bool = False) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(not fixed)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not fixed:
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        if role:
            label.setProperty("role", role)
        return label
