"""Binds every action of the registry to what the window does; a new action is one line here and one in the keys."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from desktop_app.desk.approval_sheets import SHEET
from desktop_app.foundation.errors import BugError
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.keys import ACTIONS, NUMBERS
from desktop_app.gui.shell.clipboard import CLIPBOARD
from desktop_app.gui.shell.welcome import Way

if TYPE_CHECKING:  # the window registers its actions here; see opening for the workplace
    from desktop_app.gui.shell.window import MainWindow
    from desktop_app.gui.shell.workplace import Workplace

# They go to the editor of the story in front.
EDITOR = (
    "undo", "redo", "find", "replace", "copy-source", "confirm-next", "confirm-stay", "split", "join", "next-segment",
    "previous-segment", "next-unconfirmed", "previous-unconfirmed", "next-finding", "previous-finding", "go-to",
    "next-change", "previous-change", "accept-change", "reject-change", "show-changes",
    "complete", "paste-plain", "spelling-suggestions",
    "apply-fix", "waive-finding", "move-up", "move-down", "add-term", "comment", "next-comment", "previous-comment",
    "realign", "lock", "unconfirm", "reject-segment", "keep-own-translation", "toggle-repetitions", "remove-picture",
    "insert-picture",
    *(f"{family}-{n}" for family in ("match", "term") for n in NUMBERS),
)  # fmt: skip
# Acts of the strip's menu: who has the story in hand, and what lets it out or takes it back.
BESIDE = (
    "return", "assign", "unassign", "reassign", "unclaim", "recall", "source", "embargo",
    "release", "release-early", "approve-later", "correct", "give-up", "unpublish", "republish",
    "drop", "restore", "kill",
)  # fmt: skip
# They need a story in front.
STORY = frozenset({
    "link-pictures", "next-step", *BESIDE, "approval-sheet", "close-tab", "changes", "proof", "counts", "story-list",
    "side-panel", "next-tab", "previous-tab",
})  # fmt: skip
# They need an archive that can be written, or any archive at all.
WRITABLE = frozenset({"import", "bring-home", "pack", "pack-home", "link-pictures", "next-step", *BESIDE, "add-term"})
ARCHIVE = frozenset({
    "import", "export", "pack", "loans", "bring-home", "open-conflicts", "waiting",
    "filter", "stories", "pictures", "terms", "memory", "people",
    "palette", "concordance", "find-in-archive", "align", "progress",
    "house-style", "policies", "back-up", "verify", "check-sheet", "events",
})  # fmt: skip


def register(actions: Actions, handlers: Mapping[str, Callable[[], None]], on_editor: Callable[[str], None]) -> None:
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
            actions.register(spec, partial(on_editor, spec.id))


def handlers(window: "MainWindow") -> dict[str, Callable[[], None]]:
    """What every action does that is not the editor's."""

    def there(act: Callable[["Workplace"], object]) -> Callable[[], None]:
        """Do something where an archive is open, as soon as everything for it is there."""

        def do() -> None:
            place = window.workplace
            if place is not None and place.desk is not None:
                place.when_furnished(lambda _rooms: act(place))

        return do

    return {
        **{action: partial(window.clipboard.act, action) for action in CLIPBOARD},
        "import": there(lambda place: place.rooms.transfer.import_files()),
        "export": there(lambda place: place.rooms.transfer.export_stories()),
        "approval-sheet": there(lambda place: place.rooms.transfer.export_stories(layout=SHEET)),
        "link-pictures": there(lambda place: place.rooms.link_pictures()),
        "next-step": there(lambda place: place.rooms.next_step()),
        **{action: there(partial(_act_beside, action)) for action in BESIDE},
        "waiting": window.show_waiting,
        "pack": there(lambda place: place.rooms.transfer.pack_stories()),
        "pack-home": there(lambda place: place.rooms.transfer.pack_home()),
        "loans": there(lambda place: place.rooms.packing.show_loans()),
        "bring-home": there(lambda place: place.rooms.coming_home.ask()),
        "open-conflicts": there(lambda place: place.rooms.coming_home.show_open()),
        "open-package": lambda: window.archives.ask(Way.PACKAGE),
        "open-archive": lambda: window.archives.ask(Way.OPEN),
        "new-archive": lambda: window.archives.ask(Way.NEW),
        "back-up": there(lambda place: place.rooms.back_up()),
        "house-style": there(lambda place: place.rooms.house_style.ask()),
        "policies": there(lambda place: place.rooms.set_policies()),
        "verify": there(lambda place: place.rooms.verify()),
        "check-sheet": there(lambda place: place.rooms.transfer.check_sheet()),
        "events": there(lambda place: place.rooms.events.open()),
        "close-tab": there(lambda place: place.stories.close_front()),
        "settings": lambda: window.show_place("settings"),
        "quit": lambda: _close(window),
        "filter": window.focus_filter,
        "palette": window.open_palette,
        "stories": lambda: window.show_place("stories"),
        "pictures": lambda: window.show_place("pictures"),
        "terms": lambda: window.show_place("terms"),
        "memory": lambda: window.show_place("memory"),
        "align": there(lambda place: place.rooms.align_files()),
        "find-in-archive": there(lambda place: place.rooms.find_in_archive()),
        "concordance": there(lambda place: place.rooms.open_concordance()),
        "people": lambda: window.show_place("people"),
        "changes": there(lambda place: place.stories.toggle_view("changes")),
        "proof": there(lambda place: place.stories.toggle_view("proof")),
        "counts": there(lambda place: place.rooms.figures.show_counts(place.front())),
        "progress": there(lambda place: place.rooms.figures.show_progress(place.people.person)),
        "story-list": there(lambda place: place.frame.toggle_list()),
        "side-panel": there(lambda place: place.frame.toggle_side()),
        "next-tab": there(lambda place: place.stories.tabs.step(1)),
        "previous-tab": there(lambda place: place.stories.tabs.step(-1)),
        "zoom-in": window.taste.larger,
        "zoom-out": window.taste.smaller,
        "zoom-normal": window.taste.normal,
        "theme": window.taste.toggle_theme,
        "language": window.switch_language,
        "help": window.show_help,
        "shortcuts": window.show_keys,
        "about": window.show_about,
    }


def _act_beside(action: str, place: "Workplace") -> None:
    place.rooms.other_act(action)


def _close(window: "MainWindow") -> None:
    window.close()


def enable(actions: Actions, place: "Workplace | None", *, shown: bool) -> None:
    """Let the actions be triggered that can do something; ``shown`` says that the workplace is in front."""
    front = place.front() if place is not None and shown else None
    for spec in actions.specs():
        if spec.id in CLIPBOARD:
            continue  # the field with the keyboard says
        able = may(spec.id, place, story=front is not None)
        if spec.id in EDITOR:
            able = able and front is not None and place is not None and place.usable(spec.id)
        actions.action(spec.id).setEnabled(able)


def may(action: str, place: "Workplace | None", *, story: bool) -> bool:
    """Whether an action can do something; ``story`` says that there is one for it, in front or chosen in the list."""
    usable = True
    if action in STORY:
        usable = story
    elif action in ARCHIVE:
        usable = place is not None
    elif action == "pack-home":
        usable = place is not None and place.home is not None
    writable = place is not None and place.desk is not None and place.desk.archive.writable
    return usable and (writable or action not in WRITABLE)
