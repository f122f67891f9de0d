"""What the actions of the registry do in the story in front."""

from collections.abc import Callable, Mapping
from functools import partial

from desktop_app.gui.kit.keys import NUMBERS
from desktop_app.gui.shell.story_page import StoryPage

# Those that need a text that can be written.
WRITING = frozenset({"copy-source", "confirm-next", "confirm-stay", "split", "join", "move-up", "move-down"})


def editor_acts(page: StoryPage) -> Mapping[str, Callable[[], object]]:
    """The handlers by action id, for the editor of one story."""
    editor = page.editor
    return {
        "undo": editor.undo,
        "redo": editor.redo,
        "find": editor.find,
        "copy-source": editor.copy_source,
        "confirm-next": editor.confirm_next,
        "confirm-stay": editor.confirm_stay,
        "split": editor.split,
        "join": editor.join,
        "move-up": editor.move_up,
        "move-down": editor.move_down,
        "next-segment": editor.next_segment,
        "previous-segment": editor.previous_segment,
        "next-unconfirmed": editor.next_unconfirmed,
        "previous-unconfirmed": editor.previous_unconfirmed,
        "next-finding": partial(page.go_to_finding, 1),
        "previous-finding": partial(page.go_to_finding, -1),
        "go-to": editor.ask_number,
        "apply-fix": editor.fix_active,
        "waive-finding": page.waive_active,
        "add-term": page.ask_term,
        **{f"match-{n}": partial(page.matches.take_number, n) for n in NUMBERS},
        **{f"term-{n}": partial(page.terms.take_number, n) for n in NUMBERS},
    }


def usable(page: StoryPage, action: str) -> bool:
    """Whether an action of the editor can do something now."""
    if page.file is None or page.view != "edit":
        return False
    if action == "undo":
        return page.editor.can_undo()
    if action == "redo":
        return page.editor.can_redo()
    if action == "apply-fix":
        return page.editor.active_fix() is not None
    if action == "waive-finding":
        return page.can_waive()
    family, _, number = action.partition("-")
    if number.isdecimal():
        shown = page.matches.count() if family == "match" else page.terms.count()
        return page.editor.can_edit() and int(number) <= shown
    return page.editor.can_edit() if action in WRITING else True
