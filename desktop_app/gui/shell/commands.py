"""Binds every action of the registry to what the window does; a new action is one line here and one in the keys."""

from collections.abc import Callable, Mapping

from desktop_app.foundation.errors import BugError
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.keys import ACTIONS

# They go to the editor of the story in front.
EDITOR = (
    "undo", "redo", "find", "copy-source", "confirm-next", "confirm-stay", "split", "join", "next-segment",
    "previous-segment", "next-unconfirmed", "previous-unconfirmed", "next-finding", "previous-finding", "go-to",
)  # fmt: skip
# They need a story in front.
STORY = frozenset({"link-pictures", "next-step", "close-tab", "changes", "story-list", "side-panel", "next-tab",
                   "previous-tab"})  # fmt: skip
# They need an archive that can be written, or any archive at all.
WRITABLE = frozenset({"import", "link-pictures", "next-step"})
ARCHIVE = frozenset({"import", "export", "filter", "stories", "pictures", "people"})


def register(
    actions: Actions, handlers: Mapping[str, Callable[[], None]], on_editor: Callable[[str], None]
) -> None:
    """Register all actions of the table.

    Raises:
        BugError: an action of the table has no handler, or a handler no action.
    """
    known = {spec.id for spec in ACTIONS}
    strays = (set(handlers) | set(EDITOR)) ^ known
    if strays:
        raise BugError(f"actions and handlers differ: {', '.join(sorted(strays))}")
    for spec in ACTIONS:
        if spec.id in handlers:
            actions.register(spec, handlers[spec.id])
        else:
            actions.register(spec, lambda action=spec.id: on_editor(action))
