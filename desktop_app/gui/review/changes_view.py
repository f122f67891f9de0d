"""The Changes view of a story: tracked changes between any two versions, or between a version and now."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QLabel, QMessageBox, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.desk.comparing import NOW, Compared
from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.changes import Key
from desktop_app.domain.people import called
from desktop_app.domain.story import Content
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.flow_list import FlowList
from desktop_app.gui.kit.keys import key_of
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline
from desktop_app.gui.review.change_acts import ChangeActs, Hands
from desktop_app.gui.review.change_rows import Place
from desktop_app.gui.review.changes_bar import EVERYBODY, ChangesBar
from desktop_app.gui.review.changes_list import ChangeDelegate, ChangeModel
from desktop_app.gui.review.changes_read import ChangesRead, read_changes
from desktop_app.gui.review.notes import notes_since

_SETTLE = 400  # ms between a change and comparing again: a person who types makes many
_NOTHING = N_("The changes between two versions stand here.")
_ACCEPTED = N_("You have accepted this change already.")
_BACK_FIRST = N_("You have accepted this change. Take that back first.")


class ChangesView(QWidget):
    """Shows ``old`` against ``new``, without the changes that the person at the desk has accepted.

    ``count_changed(n)`` tells how many those are, for the tab; ``opened(segment)`` to go to the editor.
    ``can_changed`` when other acts can be done than before.
    """

    count_changed = Signal(int)
    opened = Signal(str)
    said = Signal(str, str)
    can_changed = Signal()

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._desk: Desk | None = None
        self._story: str | None = None
        self._wanted: tuple[str, str] | None = None  # None: the versions that say most
        self._author = EVERYBODY
        self._read: ChangesRead | None = None
        self._with_accepted = False
        self._differed: tuple[str, str] | None = None  # the versions between which there were changes to look at
        self._person = ""
        self._now: Callable[[], Content | None] = lambda: None
        self._latest = Latest(tasks, N_("Comparing versions"), self)
        self.acts = ChangeActs(tasks, bus, self)
        self._model = ChangeModel(texts, self)
        self._view = FlowList(texts(N_("Changes")), self)
        self._delegate = ChangeDelegate(look, texts, self._model, self._view)
        self._bar = ChangesBar(look, texts, key_of, self)
        self._notes = QLabel(self)
        self._empty = EmptyState(look, "file-text", "", "", texts(N_("Show accepted changes")), self)
        self._stack = QStackedLayout()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_SETTLE)
        self._wait.timeout.connect(self._reload)
        self._lay_out()
        self._connect(bus)
        look.changed.connect(self._view.doItemsLayout)
        self._say(N_("No story is open"), _NOTHING)

    def _lay_out(self) -> None:
        self._view.setModel(self._model)
        self._view.setItemDelegate(self._delegate)
        self._notes.setWordWrap(True)
        self._notes.setContentsMargins(16, 0, 12, 8)
        self._notes.hide()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._notes)
        column.addWidget(Hairline(parent=self))
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self._view)

    def _connect(self, bus: ChangeBus) -> None:
        self._delegate.pressed.connect(self._go)
        self._view.activated.connect(self._on_activated)
        self._bar.versions_chosen.connect(self.show_versions)
        self._bar.author_chosen.connect(self._on_author)
        self._bar.asked.connect(self._on_asked)
        self._empty.clicked.connect(self._toggle_accepted)
        self.acts.done.connect(self._reload)
        self.acts.said.connect(lambda message, tone: self.said.emit(self._texts(message), tone))
        self.acts.failed.connect(lambda error: self.said.emit(self._texts.error(error), "error"))
        self.acts.can_changed.connect(self.can_changed)
        bus.changed.connect(self._on_changed)

    # What is shown

    def use(self, hands: Hands) -> None:
        """Take the text of now from the editor, and put rejected words back there."""
        self._now = hands.now
        self.acts.use(hands)

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive."""
        self._desk = desk
        self.show_story(None)

    def show_story(self, story_id: str | None) -> None:
        """Show a story: what changed since its draft was signed, or since its last version."""
        if story_id != self._story:
            self._wanted, self._author, self._read = None, EVERYBODY, None
            self._with_accepted, self._differed = False, None
            self._show_rows()
        self._story = story_id
        self.acts.show_story(self._desk, story_id or "")
        self._reload()

    def show_versions(self, old: str, new: str = NOW) -> None:
        """Show one version against another; ``new`` empty is the text as it stands."""
        self._wanted = (old, new)
        self._reload()

    def show_person(self) -> None:
        """Somebody else is at the desk: other changes are still to be looked at."""
        person = self.acts.person
        if (person.id if person is not None else "") != self._person:
            self.acts.forget_accepted()
            self._reload()
        self._show_acts()

    def is_stale(self) -> bool:
        """Whether a change came in that is still to be compared."""
        return self._wait.isActive() or self._latest.waiting

    # Going and acting

    def next_change(self) -> None:
        """Go to the next change; after the last one it goes on at the first."""
        self._step(1)

    def previous_change(self) -> None:
        """Go to the change before this one."""
        self._step(-1)

    def accept_change(self) -> None:
        """Accept the change in hand; with none in hand, go to the first."""
        self._act_on_one(self.acts.accept, self._refusals()[0], _ACCEPTED)

    def reject_change(self) -> None:
        """Put the older words back at the change in hand; with none in hand, go to the first."""
        self._act_on_one(self.acts.reject, self._refusals()[1], _BACK_FIRST)

    def can(self, action: str) -> bool:
        """Whether an action of the registry can do something now; where it cannot, it says why."""
        return {
            "undo": lambda: self.acts.can_undo,
            "redo": lambda: self.acts.can_redo,
            "accept-change": lambda: self._refusals()[0] is None,
            "reject-change": lambda: self._refusals()[1] is None,
        }.get(action, lambda: bool(self._model.places))()

    def _act_on_one(
        self, act: Callable[[Compared, Sequence[Key]], None], why: Message | None, accepted: Message
    ) -> None:
        """Act on the change in hand, or say why that cannot be."""
        here = self._model.here
        if self._read is None and self._latest.waiting:
            why = N_("The changes are still being compared.")
        elif here is not None and here.accepted:
            why = accepted
        if why is not None:
            self.said.emit(self._texts(why), "warning")
        elif here is None:
            self.next_change()
        elif self._read is not None and not self._latest.waiting:
            act(self._read.seen, [here.key])

    def _refusals(self) -> tuple[Message | None, Message | None]:
        """Why the change in hand can be neither accepted nor rejected, None where it can."""
        seen, here = self._read.seen if self._read is not None else None, self._model.here
        keys = [here.key] if here is not None and not here.accepted else []
        return self.acts.refusal(seen), self.acts.reject_refusal(seen, keys)

    def _toggle_accepted(self) -> None:
        self._with_accepted = not self._with_accepted
        self._show_read()

    def _take_back(self) -> None:
        here = self._model.here
        if self._read is not None and here is not None and here.accepted and not self._latest.waiting:
            self.acts.take_back(self._read.seen, [here.key])

    def _on_asked(self, act: str) -> None:
        keys = [place.key for place in self._model.places if not place.accepted]
        seen = self._read.seen if self._read is not None else None
        if act == "accept-shown" and seen is not None:
            self.acts.accept(seen, keys)
        elif act == "accept-all" and seen is not None:
            self.acts.accept(seen, list(seen.authors))
        elif act == "reject-all" and seen is not None:
            self._ask_to_reject(seen, keys)
        else:
            {
                "next-change": self.next_change,
                "previous-change": self.previous_change,
                "accept-change": self.accept_change,
                "reject-change": self.reject_change,
                "take-back": self._take_back,
                "show-accepted": self._toggle_accepted,
            }[act]()

    def _ask_to_reject(self, seen: Compared, keys: Sequence[Key]) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self._texts(NN_("Reject {n} change?", "Reject all {n} changes?", len(keys))))
        box.setInformativeText(
            self._texts(N_("The older words are put back in the text. Undo takes that back in one step."))
        )
        yes = box.addButton(self._texts(N_("Reject all")), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(self._texts(N_("Cancel")), QMessageBox.ButtonRole.RejectRole))
        yes.clicked.connect(lambda: self.acts.reject(seen, keys))
        box.open()

    def _step(self, by: int) -> None:
        places = self._model.places
        if places:
            here = self._model.here
            start = places.index(here) if here in places else (-1 if by > 0 else 0)
            self._go(places[(start + by) % len(places)])

    def _go(self, place: Place) -> None:
        self._model.take(place)
        index = self._model.index(place.row)
        self._view.setCurrentIndex(index)
        self._view.scrollTo(index)
        shown, top = self._view.visualRect(index), self._delegate.top_of(place)
        room = self._view.viewport().height()
        if shown.height() > room:  # a row taller than the window: bring its change into sight
            bar = self._view.verticalScrollBar()
            bar.setValue(bar.value() + shown.top() + top - room // 3)
        self._show_acts()

    # Reading

    def _reload(self) -> None:
        self._wait.stop()
        desk, story = self._desk, self._story
        if desk is None or story is None:
            self._latest.forget()
            self._read = None
            self._show_rows()
            self._say(N_("No story is open"), _NOTHING)
            return
        versions, now, person = self._wanted or ("", NOW), self._now(), self.acts.person
        self._person = person.id if person is not None else ""
        self._latest.ask(
            lambda _progress: read_changes(desk, story, versions, now, person), self._on_read, self._on_error
        )

    def _on_read(self, read: ChangesRead) -> None:
        seen = read.seen
        self._read = read
        if seen.comparison.changes:
            self._differed = (seen.old, seen.new)
        self._with_accepted = self._with_accepted and bool(seen.accepted.changes)
        self._bar.show_versions(seen.versions, seen.people, seen.old, seen.new)
        self._show_read()

    def _show_read(self) -> None:
        """Show the rows of what was read, or say why there are none."""
        self._show_rows()
        if self._read is None:
            return
        if self._model.rows:
            self._bring_list()
            return
        seen = self._read.seen
        differed = self._differed == (seen.old, seen.new)
        title, sentence = self._read.nothing_left(rejected=self.acts.rejected, differed=differed)
        self._say(title, sentence, accepted=bool(self._read.accepted))

    def _bring_list(self) -> None:
        """Show the list, with the keyboard where this view had it while there was no list."""
        if self._stack.currentWidget() is not self._view:
            front = self.window().focusWidget()
            had = front is None or front is self._view or self._empty.isAncestorOf(front)
            self._stack.setCurrentWidget(self._view)
            if had and self.isVisible():
                self._view.setFocus()

    def _called(self, person: str | None) -> str:
        """The name of who made a change, empty where nobody knows who it was."""
        people = self._read.seen.people if self._read is not None else {}
        return self._texts(called(people, person)) if person in people else ""

    def _show_rows(self) -> None:
        """Show what was read and stay at the change in hand, or where it was the one that comes after it."""
        read = self._read
        authors = read.authors(with_accepted=self._with_accepted, called=self._called) if read is not None else []
        if self._author != EVERYBODY and all(person != self._author for person, _, _ in authors):
            self._author = EVERYBODY
        here, before = self._model.here, self._model.places
        if read is None:
            self._model.show_rows([])
        else:
            rows, places = read.rows(self._author, with_accepted=self._with_accepted)
            if rows != self._model.rows or places != before:
                seen = read.seen
                self._model.show_rows(rows, places, seen.authors, seen.accepted_authors, self._called)
                self._return_to(here, before)
        self._bar.show_authors(authors, self._author)
        self._show_notes()
        self.count_changed.emit(len(read.seen.comparison.keys) if read is not None else 0)
        self._show_acts()

    def _return_to(self, here: Place | None, before: Sequence[Place]) -> None:
        """Take the change in hand again after the rows were read anew; if it is gone, the one in its place.

        Changes to look at and those that were accepted are two lines: one goes on in the line where one was.
        """
        if here is None:
            return
        before = [place for place in before if place.accepted == here.accepted]
        places = [place for place in self._model.places if place.accepted == here.accepted]
        if not places:
            return
        if len(places) >= len(before):
            same = next((place for place in places if place.key == here.key), None)
            if same is not None:
                self._go(same)
                return
        at = before.index(here) if here in before else 0
        self._go(places[min(at, len(places) - 1)])

    def _show_notes(self) -> None:
        notes = notes_since(self._read.seen, self._texts) if self._read is not None else []
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def _show_acts(self) -> None:
        here, places = self._model.here, self._model.places
        seen = self._read.seen if self._read is not None else None
        accepted = self._read.accepted if self._read is not None else 0
        hidden = 0 if self._with_accepted else accepted
        self._bar.show_count(places.index(here) + 1 if here in places else 0, len(places), hidden)
        self._bar.show_accepted(accepted, shown=self._with_accepted)
        taken = here is not None and here.accepted
        accept, reject = self._refusals()
        reject_all = self.acts.reject_refusal(seen, [])
        self._bar.show_acts(here is not None, accept, _BACK_FIRST if taken else reject, reject_all, accepted=taken)
        self.can_changed.emit()

    def _say(self, title: Message, sentence: Message, *, accepted: bool = False) -> None:
        """Say why there are no rows; ``accepted``: with a button that shows the accepted ones."""
        had = self._view.hasFocus()
        self._empty.button.setVisible(accepted)
        self._empty.show_text(self._texts(title), self._texts(sentence))
        self._stack.setCurrentWidget(self._empty)
        if had and accepted:
            self._empty.button.setFocus()

    def _on_error(self, error: KnownError) -> None:
        self._read = None
        self._show_rows()
        self._empty.button.hide()
        self._empty.show_text(self._texts(N_("These versions cannot be compared")), self._texts.error(error))
        self._stack.setCurrentWidget(self._empty)

    def _on_author(self, person: str) -> None:
        self._author = person
        self._show_read()

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._model.rows[index.row()]
        if row.number is not None:
            self.opened.emit(row.key)

    def _on_changed(self, changes: object, _sender: str) -> None:
        if isinstance(changes, Changes) and self._story in changes.stories:
            self._wait.start()
