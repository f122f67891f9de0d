"""Joins the text of a story and its pages: what is written is set, what is clicked on is gone to."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop_app.desk.stories import StoryFile
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.proof.view import ProofView
from desktop_app.gui.shell.story_source import Bench


class StoryProof(QObject):
    """Keeps the pages of one story those of its text. ``go_to`` brings a segment or picture of the text to the keys."""

    def __init__(
        self, bench: Bench, editor: StoryEditor, view: ProofView, go_to: Callable[[str], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._editor, self._view = bench.desk, editor, view
        self._begun = False
        editor.edited.connect(view.touch)
        editor.active_changed.connect(view.show_active)
        view.opened.connect(go_to)

    def story_read(self, file: StoryFile) -> None:
        """Take what is now said of the story: its state, credits and pictures are on the pages too."""
        if self._begun:
            self._view.touch()
        elif file.story.id == self._editor.story_id:
            self._begun = True
            self._view.begin(self._desk, self._editor.story)

    def stop(self) -> None:
        """Want nothing of the archive any more."""
        self._view.stop()
