"""The export dialog: format, layout, place; then progress, and where the files lie."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.exporting import FORMATS, PAGE_LAYOUTS, PAGES, export, file_name, outgoing_slug
from desktop_app.desk.outputs import ExportedFile
from desktop_app.desk.review_copies import REVIEW
from desktop_app.desk.stories import ListedStory, list_stories
from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.ids import stamp, utc_now
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.job_dialog import JobDialog
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress as TaskProgress
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, push_button

_OUT = frozenset({StoryState.APPROVED, StoryState.RELEASED})


class ExportDialog(JobDialog):
    """Writes the stories it was given; ``show_asked(Path)`` for the file or folder that a person wants to see."""

    show_asked = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None,
        stories: Sequence[ListedStory], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(tasks, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        self._texts = texts
        self._desk = desk
        self._person = person
        self._stories = list(stories)
        self._typed = False
        self._result: Path | None = None
        self._reading = Latest(tasks, N_("Reading the list of stories"), self)
        self._build()
        self._on_format()
        self._read_again()

    def _build(self) -> None:
        texts = self._texts
        self.setWindowTitle(texts(N_("Export")))
        self.format = QComboBox(self)
        for name, known in FORMATS.items():
            self.format.addItem(texts(known.title), name)
        self.format.currentIndexChanged.connect(lambda _index: self._on_format())
        self._purpose = QLabel(self)
        self._purpose.setProperty("role", "muted")
        self.layout_choice = QComboBox(self)
        for name, title in PAGE_LAYOUTS.items():
            self.layout_choice.addItem(texts(title), name)
        self.layout_choice.currentIndexChanged.connect(lambda _index: self._on_format())
        self.draft = QCheckBox(texts(N_("Export it as a draft: every page is marked")), self)
        self.draft.toggled.connect(lambda _on: self._show_state())
        self.tracked = QCheckBox(texts(N_("Show changes since the signed draft as tracked changes")), self)
        self.path = QLineEdit(self)
        self.path.textEdited.connect(lambda _text: self._on_typed())
        self._browse = push_button(texts(N_("Browse…")), "", self)
        self._browse.clicked.connect(self._on_browse)
        self.message = InlineMessage(self._look, texts(N_("Close")), self)
        self._cancel = push_button(texts(N_("Cancel")), "", self)
        self._cancel.clicked.connect(self.reject)
        self.go = push_button(texts(N_("Export")), "primary", self)
        self.go.setDefault(True)
        self.go.clicked.connect(self._on_export)
        self._lay_out()

    def _lay_out(self) -> None:
        title = QLabel(self._title(), self)
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.path, 1)
        place.addWidget(self._browse)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(10)
        self._form.addRow(self._texts(N_("Format")), self.format)
        self._form.addRow("", self._purpose)
        self._form.addRow(self._texts(N_("Layout")), self.layout_choice)
        self._form.addRow("", self.tracked)
        self._form.addRow(self._texts(N_("File")), place)
        self._form.addRow("", self.draft)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._bar, 1)
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(14)
        layout.addWidget(title)
        layout.addLayout(self._form)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(foot)
        self.resize(self._look.theme.px(560), self._look.theme.px(330))

    def choose_layout(self, layout: str) -> None:
        """Propose pages in this layout; empty leaves it as it is."""
        if layout:
            self.format.setCurrentIndex(self.format.findData(PAGES))
            self.layout_choice.setCurrentIndex(self.layout_choice.findData(layout))

    def _title(self) -> str:
        if len(self._stories) == 1:
            headline = self._stories[0].summary.headline
            return headline.en or headline.zh or self._stories[0].summary.slug
        return self._texts(NN_("{n} story", "{n} stories", len(self._stories)))

    def _read_again(self) -> None:
        """Look how the stories stand now: the list may not have followed yet what was done a moment ago."""
        desk, wanted = self._desk, {one.summary.id for one in self._stories}

        def look(_progress: TaskProgress) -> list[ListedStory]:
            return [one for one in list_stories(desk) if one.summary.id in wanted]

        self._reading.ask(look, self._on_read, lambda error: self.message.show_text(self._texts.error(error), "error"))

    def _on_read(self, stories: list[ListedStory]) -> None:
        self._stories = stories
        self._show_state()

    def _unapproved(self) -> list[ListedStory]:
        return [one for one in self._stories if one.summary.state not in _OUT and one.summary.released is None]

    @property
    def _format(self) -> str:
        return str(self.format.currentData())

    def _suggested(self) -> Path:
        """Where the file goes unless somebody says otherwise: the documents folder, under the story's slug."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        home = Path(folder or QDir.homePath())
        if len(self._stories) != 1:
            return home / "diptych-export"
        one, layout = self._stories[0], str(self.layout_choice.currentData())
        embargoed = one.embargo is not None and one.embargo.holds(stamp(utc_now()))
        slug = outgoing_slug(one.summary.slug, one.summary.id, embargoed=embargoed)
        return home / file_name(slug, self._format, layout)

    def _on_format(self) -> None:
        self._purpose.setText(self._texts(FORMATS[self._format].purpose))
        self._form.setRowVisible(self.layout_choice, self._format == PAGES)
        self._form.setRowVisible(self.tracked, self._format == REVIEW)
        if not self._typed:
            self.path.setText(str(self._suggested()))
        elif len(self._stories) == 1:
            self.path.setText(str(_with_ending(Path(self.path.text()), FORMATS[self._format].suffix)))
        self._show_state()

    def _on_typed(self) -> None:
        self._typed = True
        self._show_state()

    def _on_browse(self) -> None:
        title = self._texts(N_("Export to"))
        if len(self._stories) == 1:
            name, _ = QFileDialog.getSaveFileName(self, title, self.path.text())
        else:
            name = QFileDialog.getExistingDirectory(self, title, str(Path(self.path.text()).parent))
        if name:
            self._typed = True
            self.path.setText(name)
            self._show_state()

    def _show_state(self) -> None:
        """Say what stands in the way, and let export only what may leave."""
        waiting, busy = self._unapproved(), self._job is not None
        self._form.setRowVisible(self.draft, bool(waiting))
        allowed = not waiting or self.draft.isChecked()
        self.go.setEnabled(allowed and bool(self.path.text().strip()) and not busy)
        self._bar.setVisible(busy)
        for part in (self.format, self.layout_choice, self.tracked, self.draft, self.path, self._browse):
            part.setEnabled(not busy)
        if not busy and self._result is None and waiting and not allowed:
            text = NN_(
                "This story is not approved. Only a marked draft of it may leave.",
                "{n} of the stories are not approved. Only marked drafts may leave.", len(waiting),
            )  # fmt: skip
            self.message.show_text(self._texts(text), "warning", closable=False)
        elif not busy and self._result is None:
            self.message.hide()

    def _on_export(self) -> None:
        desk, person, to, draft = self._desk, self._person, self._format, self.draft.isChecked()
        target, layout = Path(self.path.text().strip()), str(self.layout_choice.currentData())
        tracked = self.tracked.isChecked()
        stories = [one.summary.id for one in self._stories]

        def run(progress: Progress) -> list[ExportedFile]:
            return export(
                desk, stories, to, target, draft=draft, layout=layout, tracked=tracked, by=person, progress=progress
            )

        self.message.hide()
        self._result = None
        self.run_job(N_("Exporting"), run, self._on_exported, self._on_failed)
        self._show_state()

    def _on_exported(self, files: list[ExportedFile]) -> None:
        one = len(files) == 1
        self._result = files[0].path if one else files[0].path.parent
        name = files[0].path.name
        text = NN_("Exported: {name}", "{n} files exported.", len(files), name=name)
        show = self._result.parent if one else self._result
        self.message.show_text(
            self._texts(text), "good", button=self._texts(N_("Show file") if one else N_("Show folder")),
            act=lambda: self.show_asked.emit(show), closable=False,
        )  # fmt: skip
        self._cancel.setText(self._texts(N_("Close")))
        self._show_state()

    def _on_failed(self, error: KnownError) -> None:
        self._show_state()
        if not isinstance(error, CancelledError):
            self.message.show_text(self._texts.error(error), "error")


def _with_ending(path: Path, suffix: str) -> Path:
    """The path with another format's ending in place of the one it has."""
    known = sorted({known.suffix for known in FORMATS.values()}, key=len, reverse=True)
    ending = next((one for one in known if path.name.endswith(one)), path.suffix)
    return path.with_name(path.name.removesuffix(ending) + suffix) if path.name else path
