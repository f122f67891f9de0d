"""The figures that a person asks for: the counts of a story, and what they have done themselves."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.progress import Work, work_of
from desktop_app.domain.people import Person
from desktop_app.domain.story_counts import StoryCounts, story_counts
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.shell.counts_dialog import CountsDialog
from desktop_app.gui.shell.progress_dialog import ProgressDialog
from desktop_app.gui.shell.story_page import StoryPage


class Figures(QObject):
    """Counts away from the window and shows what came out. ``dialog`` is the one that was opened last."""

    failed = Signal(object)
    said = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._window = look, texts, window
        self._desk: Desk | None = None
        self._working = Latest(tasks, N_("Counting"), self)
        self.dialog: CountsDialog | ProgressDialog | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._working.forget()

    def show_counts(self, page: StoryPage | None) -> None:
        """Count the story of a page as it stands on the screen."""
        if page is None or page.file is None:
            return
        story, selected = page.editor.story(), page.editor.text_here()

        def show(counts: StoryCounts) -> None:
            self._open(CountsDialog(self._look, self._texts, counts, selected, self._window))

        self._working.ask(lambda _progress: story_counts(story), show, self.failed.emit)

    def show_progress(self, person: Person | None) -> None:
        """Show the last days of the person at the desk."""
        desk = self._desk
        if desk is None:
            return
        if person is None:
            self.said.emit(self._texts(N_("Say first who you are: Diptych counts for each person.")), "warning")
            return

        def show(work: Work) -> None:
            self._open(ProgressDialog(self._look, self._texts, person.name, work, self._window))

        self._working.ask(lambda _progress: work_of(desk, person), show, self.failed.emit)

    def _open(self, dialog: CountsDialog | ProgressDialog) -> None:
        self.dialog = dialog
        dialog.open()
