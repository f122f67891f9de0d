"""The export dialog: format, layout, place; then progress, and where the files lie."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
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
from desktop_app.gui.kit.folders import documents
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress as TaskProgress
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.writing_dialog import WritingDialog

_OUT = frozenset({StoryState.APPROVED, StoryState.RELEASED})


class ExportDialog(WritingDialog):
    """Writes the stories it was given."""

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, person: Person | None,
        stories: Sequence[ListedStory], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(look, texts, tasks, parent, N_("Export"))
        self._desk = desk
        self._person = person
        self._stories = list(stories)
        self._result: Path | None = None
        self._reading = Latest(tasks, N_("Reading the list of stories"), self)
        self._build()
        self._on_format()
        self._read_again()

    def _build(self) -> None:
        texts = self._texts
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
        self.draft.toggled.connect(lambda _on: self.show_state())
        self.tracked = QCheckBox(texts(N_("Show changes since the signed draft as tracked changes")), self)
        self.make_place(N_("Export"))
        self._lay_out()

    def _lay_out(self) -> None:
        self.form.addRow(self._texts(N_("Format")), self.format)
        self.form.addRow("", self._purpose)
        self.form.addRow(self._texts(N_("Layout")), self.layout_choice)
        self.form.addRow("", self.tracked)
        self.form.addRow(self._texts(N_("File")), self.place)
        self.form.addRow("", self.draft)
        self.lay_out(self.called(self._stories))
        self.resize(self._look.theme.px(560), self._look.theme.px(330))

    def choose_layout(self, layout: str) -> None:
        """Propose pages in this layout; empty leaves it as it is."""
        if layout:
            self.format.setCurrentIndex(self.format.findData(PAGES))
            self.layout_choice.setCurrentIndex(self.layout_choice.findData(layout))

    def _read_again(self) -> None:
        """Look how the stories stand now: the list may not have followed yet what was done a moment ago."""
        desk, wanted = self._desk, {one.summary.id for one in self._stories}

        def look(_progress: TaskProgress) -> list[ListedStory]:
            return [one for one in list_stories(desk) if one.summary.id in wanted]

        self._reading.ask(look, self._on_read, lambda error: self.message.show_text(self._texts.error(error), "error"))

    def _on_read(self, stories: list[ListedStory]) -> None:
        self._stories = stories
        self.show_state()

    def _unapproved(self) -> list[ListedStory]:
        return [one for one in self._stories if one.summary.state not in _OUT and one.summary.released is None]

    @property
    def _format(self) -> str:
        return str(self.format.currentData())

    def _suggested(self) -> Path:
        """Where the file goes unless somebody says otherwise: the documents folder, under the story's slug."""
        if len(self._stories) != 1:
            return documents() / "diptych-export"
        one, layout = self._stories[0], str(self.layout_choice.currentData())
        embargoed = one.embargo is not None and one.embargo.holds(stamp(utc_now()))
        slug = outgoing_slug(one.summary.slug, one.summary.id, embargoed=embargoed)
        return documents() / file_name(slug, self._format, layout)

    def _on_format(self) -> None:
        self._purpose.setText(self._texts(FORMATS[self._format].purpose))
        self.form.setRowVisible(self.layout_choice, self._format == PAGES)
        self.form.setRowVisible(self.tracked, self._format == REVIEW)
        if not self.typed:
            self.path.setText(str(self._suggested()))
        elif len(self._stories) == 1:
            self.path.setText(str(_with_ending(Path(self.path.text()), FORMATS[self._format].suffix)))
        self.show_state()

    def ask_place(self) -> None:
        """Ask for the file, or for the folder of several."""
        title = self._texts(N_("Export to"))
        if len(self._stories) == 1:
            name, _ = QFileDialog.getSaveFileName(self, title, self.path.text())
        else:
            name = QFileDialog.getExistingDirectory(self, title, str(Path(self.path.text()).parent))
        self.choose_place(name)

    def show_state(self) -> None:
        """Say what stands in the way, and let export only what may leave."""
        waiting, busy = self._unapproved(), self._job is not None
        self.form.setRowVisible(self.draft, bool(waiting))
        allowed = not waiting or self.draft.isChecked()
        self.go.setEnabled(allowed and bool(self.path.text().strip()) and not busy)
        self._bar.setVisible(busy)
        for part in (self.format, self.layout_choice, self.tracked, self.draft, self.path, self.browse):
            part.setEnabled(not busy)
        if not busy and self._result is None and waiting and not allowed:
            text = N_("This story is not approved. Only a marked draft of it may leave.")
            if len(self._stories) > 1:
                text = NN_(
                    "{n} of the stories is not approved. Only a marked draft of it may leave.",
                    "{n} of the stories are not approved. Only marked drafts may leave.", len(waiting),
                )  # fmt: skip
            self.message.show_text(self._texts(text), "warning", closable=False)
        elif not busy and self._result is None:
            self.message.hide()

    def begin(self) -> None:
        """Export."""
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
        self.show_state()

    def _on_exported(self, files: list[ExportedFile]) -> None:
        one = len(files) == 1
        self._result = files[0].path if one else files[0].path.parent
        name = files[0].path.name
        text = NN_("Exported: {name}", "{n} files exported.", len(files), name=name)
        show = self._result.parent if one else self._result
        self.show_written(text, N_("Show file") if one else N_("Show folder"), show)
        self.show_state()

    def _on_failed(self, error: KnownError) -> None:
        self.show_state()
        if not isinstance(error, CancelledError):
            self.message.show_text(self._texts.error(error), "error")


def _with_ending(path: Path, suffix: str) -> Path:
    """The path with another format's ending in place of the one it has."""
    known = sorted({known.suffix for known in FORMATS.values()}, key=len, reverse=True)
    ending = next((one for one in known if path.name.endswith(one)), path.suffix)
    return path.with_name(path.name.removesuffix(ending) + suffix) if path.name else path
