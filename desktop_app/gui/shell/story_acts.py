"""What the actions of the registry do in the story in front."""

from collections.abc import Callable, Mapping
from functools import partial

from desktop_app.gui.kit.keys import NUMBERS
from desktop_app.gui.shell.story_page import StoryPage

# Those that need a text that can be written.
WRITING = frozenset({
    "complete", "paste-plain", "spelling-suggestions",
    "copy-source", "confirm-next", "confirm-stay", "split", "join", "move-up", "move-down", "realign", "lock",
    "unconfirm", "reject-segment", "keep-own-translation", "remove-picture", "insert-picture",
})  # fmt: skip


def editor_acts(page: StoryPage) -> Mapping[str, Callable[[], object]]:
    """The handlers by action id, for the editor of one story."""
    editor = page.editor
    return {
        "undo": editor.undo,
        "redo": editor.redo,
        "find": editor.find,
        "replace": editor.replace,
        "complete": editor.at_cursor.complete,
        "paste-plain": editor.at_cursor.paste_plain,
        "spelling-suggestions": editor.at_cursor.suggest_spelling,
        "copy-source": editor.copy_source,
        "confirm-next": editor.confirm_next,
        "confirm-stay": editor.confirm_stay,
        "split": editor.split,
        "join": editor.join,
        "move-up": editor.move_up,
        "move-down": editor.move_down,
        "realign": editor.realign,
        "lock": editor.lock,
        "unconfirm": editor.unconfirm,
        "reject-segment": editor.reject,
        "keep-own-translation": editor.keep_own_translation,
        "toggle-repetitions": editor.toggle_repetitions,
        "remove-picture": editor.remove_picture,
        "insert-picture": editor.at_cursor.insert_picture,
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
        **page.tracking.editor_acts(),
        "comment": page.comments.write,
        "next-comment": partial(page.comments.go_on, 1),
        "previous-comment": partial(page.comments.go_on, -1),
        **{f"match-{n}": partial(page.lookups.when_answered, partial(page.matches.take_number, n)) for n in NUMBERS},
        **{f"term-{n}": partial(page.lookups.when_answered, partial(page.terms.take_number, n)) for n in NUMBERS},
    }


def acts_in_front(page: StoryPage) -> Mapping[str, Callable[[], object]]:
    """The handlers by action id, for the view in front."""
    if page.view == "changes":
        return page.tracking.view_acts()
    return editor_acts(page) if page.writing else {}


def usable(page: StoryPage, action: str) -> bool:
    """Whether an action of the editor can do something now."""
    if page.file is not None and action in {"accept-change", "reject-change"}:
        return True  # a key that is not taken would reach the text or open the row: it says why it cannot act
    if page.file is not None and page.view == "changes":
        return action in page.tracking.view_acts() and page.changes.can(action)
    if page.file is None or not page.writing:
        return False
    if action in page.tracking.editor_acts():
        return page.tracking.can(action)
    if action == "undo":
        return page.editor.can_undo()
    if action == "redo":
        return page.editor.can_redo()
    if action == "apply-fix":
        return page.editor.active_fix() is not None
    if action == "waive-finding":
        return page.can_waive()
    if action == "comment":
        return page.comments.can_write()
    family, _, number = action.partition("-")
    if number.isdecimal():
        shown = page.matches.count() if family == "match" else page.terms.count()
        return page.editor.can_edit() and (int(number) <= shown or not page.lookups.is_answered())
    return page.editor.can_edit() if action in WRITING else True
