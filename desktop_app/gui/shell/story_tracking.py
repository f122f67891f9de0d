"""Joins a story's editor with its changes: what was revised, accepting and rejecting, old wordings and old versions."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMessageBox

from desktop_app.desk.comparing import Compared, compared
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.restoring import Restored, listed, restore_version, stale_if_restored
from desktop_app.desk.stories import StoryFile
from desktop_app.domain.changes import Key, TextChanged
from desktop_app.domain.people import Person
from desktop_app.domain.resolving import edit_of
from desktop_app.domain.story import Content, StoryState
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.keys import key_of
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.message_fold import Urgency
from desktop_app.gui.kit.widgets import InlineMessage
from desktop_app.gui.review.change_acts import Hands
from desktop_app.gui.shell.story_frame import StoryFrame
from desktop_app.gui.shell.story_source import Bench

SENDER = "tracking"
_SETTLE = 500  # ms between a change and comparing again: a person who types makes many


class StoryTracking(QObject):
    """What the shell's actions about changes do in the story of ``page``. ``view_asked`` by the id of a view.

    ``can_changed`` when other actions are possible than before.
    """

    said = Signal(str, str)
    view_asked = Signal(str)
    can_changed = Signal()

    def __init__(self, bench: Bench, story: str, page: StoryFrame, person: Callable[[], Person | None]) -> None:
        super().__init__(page)
        self._bench, self._story, self._page, self._person = bench, story, page, person
        self._texts = bench.texts
        self._file: StoryFile | None = None
        self._seen: Compared | None = None  # every change, whoever accepted it
        self._mine: Compared | None = None  # without those that the person at the desk has accepted
        self._asked_back = False
        self._came_back = False
        self._marking = Latest(bench.tasks, N_("Comparing versions"), self)
        self._looking = Latest(bench.tasks, N_("Comparing versions"), self)
        self._weighing = Latest(bench.tasks, N_("Comparing versions"), self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE)
        self._wait.timeout.connect(self._mark)
        self.notice = InlineMessage(bench.look, self._texts(N_("Close")), page)
        page.add_message(self.notice, Urgency.NEWS)
        page.changes.use(
            Hands(
                now=self._now,
                write=page.editor.perform,
                undo=self._undo,
                redo=self._redo,
                person=person,
                read_only=lambda: page.editor.read_only,
            )
        )
        page.changes.count_changed.connect(lambda _count: self._on_looked_at())
        page.changes.said.connect(self.said)
        page.changes.can_changed.connect(self.can_changed)
        page.changes.acts.done.connect(self._wait.start)
        page.editor.edited.connect(page.changes.acts.on_written)
        page.editor.edited.connect(self._wait.start)
        page.editor.active_changed.connect(page.history.show_part)
        page.history.restore_asked.connect(self._ask_restore)
        page.history.put_back_asked.connect(self._put_back)
        bench.bus.changed.connect(self._on_changed)

    # What the shell's actions call

    def editor_acts(self) -> Mapping[str, Callable[[], object]]:
        """The handlers by action id, while the text is in front."""
        return {
            "show-changes": self._toggle,
            "next-change": partial(self._go, 1),
            "previous-change": partial(self._go, -1),
            "accept-change": partial(self._act_on_active, "accept-change"),
            "reject-change": partial(self._act_on_active, "reject-change"),
        }

    def view_acts(self) -> Mapping[str, Callable[[], object]]:
        """The handlers by action id, while the changes are in front."""
        view = self._page.changes
        return {
            "undo": view.acts.undo,
            "redo": view.acts.redo,
            "next-change": view.next_change,
            "previous-change": view.previous_change,
            "accept-change": view.accept_change,
            "reject-change": view.reject_change,
        }

    def can(self, action: str) -> bool:
        """Whether an action can do something in the text."""
        if action == "show-changes":
            return True
        shown = self._page.editor.tracks.shown and self._seen is not None
        if action in {"next-change", "previous-change"}:
            return shown and bool(self._parts())
        return self._refusal(action) is None

    def stop(self) -> None:
        """Want nothing of the archive any more."""
        self._wait.stop()
        self._marking.forget()
        self._looking.forget()
        self._weighing.forget()

    def show_person(self) -> None:
        """Somebody else is at the desk, who accepted other changes."""
        self._mark()

    # Hands for the changes

    def _now(self) -> Content | None:
        editor = self._page.editor
        return editor.story().content if editor.story_id == self._story else None

    def _undo(self) -> bool:
        could = self._page.editor.can_undo()
        self._page.editor.undo()
        return could

    def _redo(self) -> bool:
        could = self._page.editor.can_redo()
        self._page.editor.redo()
        return could

    # The story as it is read

    def story_read(self, file: StoryFile) -> None:
        """A fresh file: tell a drafter once what came back changed."""
        first, self._file = self._file is None, file
        person = self._person()
        at = file.situation
        mine = person is not None and person.id == at.drafter
        if first and mine and at.state in {StoryState.DRAFTING, StoryState.SOURCED} and file.signoffs:
            desk, story = self._bench.desk, self._story
            self._looking.ask(
                lambda _progress: _both(desk, story, None, person), self._on_come_back, lambda _error: None
            )

    def _on_come_back(self, both: tuple[Compared, Compared]) -> None:
        seen, mine = both
        if not mine.comparison.changes:  # all of it was looked at before
            return
        person = self._person()
        counts: dict[str, int] = {}
        for key in seen.comparison.keys:
            author = seen.authors[key].person
            if author is not None and (person is None or author != person.id):
                counts[author] = counts.get(author, 0) + 1
        if not counts:
            return
        told = " ".join(
            self._texts(NN_("{name} made {n} change.", "{name} made {n} changes.", count, name=seen.name(author)))
            for author, count in counts.items()
        )
        self._came_back = True
        show = self._texts(N_("Show them ({key})", key=key_of("changes")))
        self.notice.show_text(told, "accent", button=show, act=self._show_them)

    def _show_them(self) -> None:
        self.view_asked.emit("changes")
        self._on_looked_at()

    def _on_looked_at(self) -> None:
        """The changes that came back are before the person: nothing more has to be said of them."""
        if self._came_back and self._page.view == "changes":
            self._came_back = False
            self.notice.dismiss()

    # Changes in the text

    def _toggle(self) -> None:
        editor = self._page.editor
        if editor.tracks.shown:
            editor.tracks.show(None)
            self._seen = self._mine = None
        else:
            self._asked_back = True
            self._mark()

    def _mark(self) -> None:
        desk, story, now = self._bench.desk, self._story, self._now()
        if now is None or not (self._asked_back or self._page.editor.tracks.shown):
            return
        person = self._person()
        self._marking.ask(lambda _progress: _both(desk, story, now, person), self._on_marked, self._on_failed)

    def _on_marked(self, both: tuple[Compared, Compared]) -> None:
        seen, mine = both
        if self._asked_back:
            self._asked_back = False
            if not seen.old:
                self.said.emit(self._texts(N_("There is no older version to compare with.")), "warning")
                return
            count = len(seen.comparison.keys)
            told = NN_(
                "{n} change since version {v} is marked.",
                "{n} changes since version {v} are marked.",
                count,
                v=seen.old,
            )
            none = N_("Nothing was changed since version {v}.", v=seen.old)
            self.said.emit(self._texts(told if count else none), "accent")
        self._seen, self._mine = seen, mine
        self._page.editor.tracks.show(seen.comparison.base)
        self.can_changed.emit()

    def _parts(self) -> list[str]:
        """The rows with changes, in reading order."""
        if self._seen is None:
            return []
        changes = self._seen.comparison.changes
        parts = [c.part if isinstance(c, TextChanged) else c.touched()[0] for c in changes]
        order = self._page.editor.number_of
        return sorted({part for part in parts if order(part)}, key=order)

    def _go(self, way: int) -> None:
        editor, parts = self._page.editor, self._parts()
        if not parts:
            return
        here = editor.number_of(editor.active_key())
        ahead = [part for part in parts if (editor.number_of(part) - here) * way > 0]
        editor.go_to((ahead or parts)[0 if way > 0 else -1])

    def _active_keys(self, seen: Compared | None) -> list[Key]:
        active = self._page.editor.active_key()
        if seen is None or not active:
            return []
        found: list[Key] = []
        for change in seen.comparison.changes:
            here = change.part == active if isinstance(change, TextChanged) else active in change.touched()
            found += change.keys if here else []
        return found

    def _act_on_active(self, act: str) -> None:
        acts, mine = self._page.changes.acts, self._mine
        acts.show_story(self._bench.desk, self._story)
        why = self._refusal(act)
        if why is not None or mine is None:
            self.said.emit(self._texts(why or N_("There are no changes.")), "warning")
        elif act == "accept-change":
            acts.accept(mine, self._active_keys(mine), told=True)
        else:
            acts.reject(mine, self._active_keys(mine))

    def _refusal(self, act: str) -> Message | None:
        """Why the changes of the active segment can be neither accepted nor rejected, None where they can."""
        if not self._page.editor.tracks.shown or self._mine is None:
            return N_("Show the changes in the text first ({key}).", key=key_of("show-changes"))
        keys, acts = self._active_keys(self._mine), self._page.changes.acts
        if keys:
            return acts.refusal(self._mine) if act == "accept-change" else acts.reject_refusal(self._mine, keys)
        if self._active_keys(self._seen):
            return N_("You have accepted the changes of this segment already. The Changes view takes that back.")
        return N_("This segment has no changes.")

    # Old wordings and versions

    def _put_back(self, part: str, field: str, text: str) -> None:
        """Give one text the words of an older wording, as one step."""
        now = self._now()
        edit = edit_of(now, part, field, text) if now is not None else None
        if edit is None:
            self.said.emit(self._texts(N_("This segment is no longer there.")), "warning")
            return
        refused = self._page.editor.perform([edit])
        if refused is not None:
            self.said.emit(self._texts(refused), "warning")
        else:
            self.view_asked.emit("edit")
            self._page.editor.go_to(part)

    def _ask_restore(self, version: str) -> None:
        desk, story = self._bench.desk, self._story
        self._weighing.ask(
            lambda _progress: stale_if_restored(desk, story, version),
            partial(self._ask_restore_knowing, version),
            self._on_failed,
        )

    def _ask_restore_knowing(self, version: str, stale: Sequence[Message]) -> None:
        """Ask once it is known which sign-offs would not count for the old text."""
        told = [
            N_(
                "The whole text, its captions and pictures become those of version {v} again, as a new version. "
                "What stands now is kept as a version too.",
                v=version,
            )
        ]
        if stale:
            told.append(N_("These sign-offs become stale and must be given again: {names}.", names=listed(stale)))
        box = QMessageBox(self._page)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning if stale else QMessageBox.Icon.Question)
        box.setText(self._texts(N_("Restore version {v}?", v=version)))
        box.setInformativeText("\n\n".join(map(self._texts, told)))
        yes = box.addButton(self._texts(N_("Restore")), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(self._texts(N_("Cancel")), QMessageBox.ButtonRole.RejectRole))
        yes.clicked.connect(lambda: self._restore(version, signed=bool(stale)))
        box.open()

    def _restore(self, version: str, *, signed: bool) -> None:
        desk, story, person = self._bench.desk, self._story, self._person()
        if person is None:
            self.said.emit(self._texts(N_("Choose who is at the desk first.")), "warning")
            return

        def restore(saved: bool) -> None:
            if not saved:
                self.said.emit(self._texts(N_("The text is not saved yet. Try again in a moment.")), "warning")
                return
            self._bench.tasks.run(
                lambda _progress: restore_version(desk, story, version, by=person, signed=signed),
                title=N_("Restoring a version"),
                on_done=partial(self._on_restored, version),
                on_error=self._on_failed,
                writer=True,
            )

        self._page.editor.when_saved(restore)

    def _on_restored(self, version: str, done: Restored) -> None:
        if done.before == done.version:
            self.said.emit(self._texts(N_("The text is that of version {v} already.", v=version)), "accent")
            return
        self._bench.bus.publish(done.changes, SENDER)
        told = N_(
            "The text is that of version {v} again, as version {now}. What stood before is version {before}.",
            v=version,
            now=str(done.version),
            before=str(done.before),
        )
        undo = self._texts(N_("Undo"))
        self.notice.show_text(self._texts(told), "good", button=undo, act=lambda: self._undo_restore(str(done.before)))

    def _undo_restore(self, before: str) -> None:
        self.notice.dismiss()
        self._restore(before, signed=True)

    # Slots

    def _on_failed(self, error: KnownError) -> None:
        self._asked_back = False
        self.said.emit(self._texts.error(error), "error")

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and self._story in changes.stories:
            self._wait.start()


def _both(desk: Desk, story: str, now: Content | None, person: Person | None) -> tuple[Compared, Compared]:
    """Run away from the window: every change since the signed draft, and those that a person has not accepted."""
    mine = compared(desk, story, now=now, person=person)
    return (compared(desk, story, now=now) if mine.layer else mine), mine
