"""Accepting and rejecting changes, and taking that back: the newest first, whichever of the two it was."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_app.desk.accepting import Step, step_of, step_opening, take_step
from desktop_app.desk.comparing import Compared
from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.changes import Key
from desktop_app.domain.edits import Edit
from desktop_app.domain.people import Person
from desktop_app.domain.resolving import may_reject, reject
from desktop_app.domain.story import Content
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.tasks import Tasks

SENDER = "changes"


@dataclass(frozen=True, slots=True)
class Hands:
    """What can be done to the open story from beside its editor.

    ``now`` is the text on the screen, None where no story is open; ``write`` makes edits as one step that can be
    undone, and returns why they are refused; ``undo`` and ``redo`` return whether there was something to do.
    """

    now: Callable[[], Content | None]
    write: Callable[[Sequence[Edit]], Message | None]
    undo: Callable[[], bool]
    redo: Callable[[], bool]
    person: Callable[[], Person | None]
    read_only: Callable[[], Message | None]


class ChangeActs(QObject):
    """Acts on one story's changes. ``done`` when something else is to be compared; ``said(text, tone)`` for people.

    A rejection is a step of the story's own undo. Where something else was written after it, it is the editor's to
    undo, and forgotten here.
    """

    done = Signal()
    said = Signal(object, str)
    failed = Signal(object)
    can_changed = Signal()

    def __init__(self, tasks: Tasks, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._bus = tasks, bus
        self._desk: Desk | None = None
        self._story = ""
        self._hands: Hands | None = None
        self._done: list[Step | None] = []  # None: a rejection
        self._undone: list[Step | None] = []
        self._writing = False
        self._busy = False

    def use(self, hands: Hands) -> None:
        """Work on the story that these hands hold."""
        self._hands = hands

    @property
    def person(self) -> Person | None:
        """Whoever is at the desk: whose acceptances count."""
        return self._hands.person() if self._hands is not None else None

    def forget_accepted(self) -> None:
        """Somebody else is at the desk: what was accepted before is not theirs to take back."""
        self._done = [step for step in self._done if step is None]
        self._undone = [step for step in self._undone if step is None]
        self.can_changed.emit()

    def show_story(self, desk: Desk | None, story: str) -> None:
        """Forget what was done to another story."""
        if (desk, story) != (self._desk, self._story):
            self._desk, self._story = desk, story
            self._done.clear()
            self._undone.clear()
            self._busy = False

    # Whether

    def refusal(self, seen: Compared | None) -> Message | None:
        """Why nothing can be accepted now, None where it can."""
        if seen is None:
            return N_("There are no changes.")
        if seen.new:
            return N_("Both versions are past. Choose “Now” as the newer one.")
        if not seen.comparison.changes:
            return N_("You have accepted all changes.") if seen.accepted.changes else N_("There are no changes.")
        return self._no_hands()

    def opening_refusal(self, seen: Compared | None) -> Message | None:
        """Why nothing that was accepted can be taken back now, None where it can."""
        if seen is None or not seen.accepted.changes:
            return N_("You have accepted no changes.")
        return self._no_hands()

    def _no_hands(self) -> Message | None:
        if self._desk is not None and not self._desk.archive.writable:
            return N_("This archive can only be read.")
        return N_("Choose who is at the desk first.") if self.person is None else None

    def reject_refusal(self, seen: Compared | None, keys: Collection[Key]) -> Message | None:
        """Why these changes cannot be rejected now, None where they can."""
        why = self.refusal(seen)
        if why is not None or seen is None or self._hands is None:
            return why
        read_only = self._hands.read_only()
        if read_only is not None:
            return read_only
        texts = {(part, field) for part, field, _ in keys}
        if keys and not any(may_reject(change) for change in seen.comparison.changes if change.place in texts):
            return N_("This cannot be put back here: the Chinese, and what came or went as a whole, stay.")
        return None

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done) and not self._busy

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._undone) and not self._busy

    # The acts

    @property
    def rejected(self) -> bool:
        """Whether something was rejected here that can still be taken back."""
        return any(step is None for step in self._done)

    def accept(self, seen: Compared, keys: Collection[Key], *, told: bool = False) -> None:
        """Accept changes: they are listed no more. ``told``: say so also where it is one change alone."""
        why = self.refusal(seen)
        if why is not None:
            self.said.emit(why, "warning")
        elif keys:
            step = step_of(seen, keys)
            self._take(step, lambda: self._remember(step), told=told)

    def take_back(self, seen: Compared, keys: Collection[Key]) -> None:
        """Take accepted changes back: they are to be looked at again."""
        why = self.opening_refusal(seen)
        if why is not None:
            self.said.emit(why, "warning")
        elif keys:
            step = step_opening(seen, keys)
            self._take(step, lambda: self._remember(step))

    def reject(self, seen: Compared, keys: Collection[Key]) -> None:
        """Put the older words back in the text."""
        why = self.reject_refusal(seen, keys)
        hands = self._hands
        if why is not None or hands is None:
            self.said.emit(why or N_("There are no changes."), "warning")
            return
        if hands.now() != seen.comparison.now and not _same_texts(hands.now(), seen.comparison.now):
            self.done.emit()
            self.said.emit(N_("The text has just changed. Look again, then reject."), "warning")
            return
        self._writing = True
        refused = hands.write(reject(seen.comparison, keys))
        self._writing = False
        if refused is not None:
            self.said.emit(refused, "warning")
            return
        self._remember(None)
        self.done.emit()

    def undo(self) -> None:
        """Take the last act back."""
        if not self.can_undo:
            return
        step = self._done[-1]
        if step is not None:
            self._take(step.back(), lambda: self._undone.append(self._done.pop()))
        elif self._by_hand(lambda hands: hands.undo()):
            self._undone.append(self._done.pop())
            self._tell()

    def redo(self) -> None:
        """Do the act last taken back again."""
        if not self.can_redo:
            return
        step = self._undone[-1]
        if step is not None:
            self._take(step, lambda: self._done.append(self._undone.pop()))
        elif self._by_hand(lambda hands: hands.redo()):
            self._done.append(self._undone.pop())
            self._tell()

    def on_written(self) -> None:
        """The text was written in. What was rejected before that is no longer the last step of its undo."""
        if not self._writing:
            self._done = [step for step in self._done if step is not None]
            self._undone = [step for step in self._undone if step is not None]
            self.can_changed.emit()

    # Inside

    def _by_hand(self, act: Callable[[Hands], bool]) -> bool:
        self._writing = True
        found = self._hands is not None and act(self._hands)
        self._writing = False
        return found

    def _remember(self, step: Step | None) -> None:
        self._done.append(step)
        self._undone.clear()
        self.can_changed.emit()

    def _tell(self) -> None:
        self.can_changed.emit()
        self.done.emit()

    def _take(self, step: Step, then: Callable[[], None], *, told: bool = False) -> None:
        desk, story, person = self._desk, self._story, self.person
        if desk is None or person is None or self._busy or self._tasks.closed:
            return
        self._busy = True

        def done(changes: Changes) -> None:
            self._busy = False
            if story != self._story:
                return
            then()
            self._bus.publish(changes, SENDER)
            if (told or step.count > 1) and not step.undoes:
                self.said.emit(NN_("{n} change accepted.", "{n} changes accepted.", step.count), "good")
            self._tell()

        def failed(error: KnownError) -> None:
            self._busy = False
            self.failed.emit(error)
            self._tell()

        self._tasks.run(
            lambda _progress: take_step(desk, story, step, by=person),
            title=N_("Accepting changes"),
            on_done=done,
            on_error=failed,
            writer=True,
            quiet=True,
        )


def _same_texts(one: Content | None, other: Content) -> bool:
    """Whether two contents say the same; statuses and locks may differ."""
    return one is not None and _texts(one) == _texts(other)


def _texts(content: Content) -> list[object]:
    return [
        (block.id, block.placement, [(s.id, s.source, s.target) for s in block.segments]) for block in content.blocks
    ]
