"""What the archive says of the open story, when it is not an echo of our own saving."""

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.wording import words_of
from desktop_app.gui.kit.tasks import Tasks


class Arrivals(QObject):
    """Brings changes from elsewhere into a document.

    A story that was read before our last save was done would take saved words off the screen. So what differs is read
    again, until nothing was saved in between. ``lost(words)`` gives back typed words whose place went; ``came(file)``
    has what was read, once it is taken over.
    """

    lost = Signal(str)
    came = Signal(object)
    failed = Signal(object)

    TITLE = N_("Reading the story")

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._desk: Desk | None = None
        self._document: StoryDocument | None = None
        self._reading: StoryDocument | None = None
        self._once_more = False

    def watch(self, document: StoryDocument | None, desk: Desk | None) -> None:
        """Bring changes into this document from now on."""
        self._document = document
        self._desk = desk

    def take_over(self, story: Story) -> None:
        """Show what ``story`` says that did not come from here."""
        document = self._document
        if document is None:
            return
        if document.is_echo(story):
            document.replace_story(story)
        elif self._reading is not document:
            self._read(document)

    def again(self) -> None:
        """Read the story anew, whatever was read before."""
        document = self._document
        if document is None:
            return
        if self._reading is document:
            self._once_more = True
        else:
            self._read(document)

    def _read(self, document: StoryDocument) -> None:
        desk, story, saves = self._desk, document.story_id, document.saves
        if desk is None or self._tasks.closed:
            return

        def done(file: StoryFile) -> None:
            self._reading = None
            if document is not self._document:
                return
            if document.saves != saves or self._once_more:
                self._read(document)
                return
            words = words_of(document.replace_story(file.story))
            if words:
                self.lost.emit(words)
            self.came.emit(file)

        def failed(error: KnownError) -> None:
            self._reading = None
            self.failed.emit(error)

        self._reading, self._once_more = document, False
        self._tasks.run(lambda _: open_story(desk, story), title=self.TITLE, on_done=done, on_error=failed, quiet=True)
