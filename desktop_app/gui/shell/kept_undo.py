"""What undo and redo go by, kept of each open story while the window is made anew in another language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.story import Content
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.editor.history import History


@dataclass(frozen=True, slots=True)
class Kept:
    """The steps of one story and the text that they were made for: for any other they would be wrong."""

    content: Content
    history: History


class KeptUndo:
    """Hands the steps of each story to the editor that reads it again, once."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def gather(self, editors: Iterable[StoryEditor]) -> Mapping[str, Kept]:
        """Return the steps of what is open here, and of what waits in its tab since the last time."""
        found = dict(self._kept)
        for editor in editors:
            editor.flush()  # what an input method still holds belongs to the text
            history = editor.steps()
            if history is not None:
                found[editor.story_id] = Kept(editor.story().content, history)
        return found

    def take(self, kept: Mapping[str, Kept]) -> None:
        """Hold these until their stories are read."""
        self._kept = dict(kept)

    def hand_over(self, editor: StoryEditor) -> None:
        """Give an editor that has just read its story the steps of it; where the text is another, they are dropped."""
        kept = self._kept.pop(editor.story_id, None)
        if kept is not None and editor.story().content == kept.content:
            editor.take_steps(kept.history)

    def clear(self) -> None:
        """Forget everything: the archive is being left."""
        self._kept.clear()
