"""The people page: everybody of the archive, their roles, and who is at the desk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.key_rules import may_demand
from desktop_app.domain.people import Person, told_unconfirmed
from desktop_app.domain.statements import grouped
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.cards import Card
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel, EmptyState, Pill, push_button
from desktop_app.gui.shell.people import PeopleDesk, roles_text

_WIDEST = 800
_DIGITS = 16  # of a fingerprint: enough to tell keys apart by


class PeoplePage(QWidget):
    """Shows what ``PeopleDesk`` knows. Enter or a double click on a person opens what can be corrected of them.

    ``key_asked(Person)`` asks for the dialog of their key.
    """

    key_asked = Signal(object)

    def __init__(self, look: Look, texts: Texts, people: PeopleDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._people = people
        self._writable = True
        title = QLabel(texts(N_("People")), self)
        title.setProperty("role", "title")
        self._add = push_button(texts(N_("Add a person…")), "outline", self)
        self._add.clicked.connect(people.ask_new)
        hint = QLabel(texts(N_(
            "Edits and sign-offs carry the name of the person at the desk. "
            "Whoever drafted a story does not sign its revision."
        )), self)  # fmt: skip
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        self.demanded = QCheckBox(texts(N_("Refuse sign-offs without a signature")), self)
        self.demanded.clicked.connect(people.demand)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._add)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.rows: dict[str, Card] = {}
        self._empty = EmptyState(
            look, "users", texts(N_("Nobody yet")), texts(N_("Add yourself first, then your colleagues.")), parent=self
        )
        inner = QWidget(self)
        inner.setMaximumWidth(look.theme.px(_WIDEST))
        body = QVBoxLayout(inner)
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(12)
        body.addLayout(head)
        body.addWidget(hint)
        body.addLayout(self._column)
        body.addWidget(self.demanded)
        body.addWidget(self._empty)
        body.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        people.people_changed.connect(self._show)
        people.person_changed.connect(lambda _person: self._show())

    def show_writable(self, *, writable: bool) -> None:
        """Offer what changes the archive only where that is possible."""
        self._writable = writable
        self._add.setEnabled(writable)
        self._show()

    def _show(self) -> None:
        held = next((identity for identity, row in self.rows.items() if row.hasFocus()), None)
        for row in self.rows.values():
            row.deleteLater()
        self.rows = {person.id: self._row(person) for person in self._people.people}
        for row in self.rows.values():
            self._column.addWidget(row)
        self._empty.setVisible(not self.rows)
        self.demanded.setVisible(bool(self.rows))
        self.demanded.setChecked(self._people.keys.demanded)
        hindered = may_demand(self._people.person, self._people.people)
        self.demanded.setEnabled(self._writable and hindered is None)
        tip = N_("Then nobody signs a step without a key of their own")
        if hindered is not None:
            tip = N_("Not allowed: {reason}.", reason=hindered)
        self.demanded.setToolTip(self._texts(tip))
        if held in self.rows:
            self.rows[held].setFocus()

    def _key_text(self, person: Person) -> Message:
        key = self._people.keys.current(person.id)
        if key is None and self._people.keys.demanded:
            return N_("No signing key: cannot sign")
        if key is None:
            return N_("No signing key: signs without a signature")
        shown = grouped(key.fingerprint[:_DIGITS]) + " …"
        text = N_("Signing key {key}", key=shown)
        if key.waiting:
            text = N_("Signing key {key} waits to be confirmed", key=shown)
        origin = self._people.keys.origins.get(key.fingerprint)
        return N_("{key}, {origin}", key=text, origin=origin) if origin is not None else text

    def _key_hinders(self, person: Person) -> bool:
        key = self._people.keys.current(person.id)
        if key is None:
            return self._people.keys.demanded
        return key.waiting or key.fingerprint in self._people.keys.origins

    def _told(self, person: Person, card: Card) -> QVBoxLayout:
        """Who it is: the name first, and in full where it does not fit, in its tooltip."""
        told = QVBoxLayout()
        told.setSpacing(2)
        roles = roles_text(person.roles, self._texts)
        told.addWidget(ElidedLabel(person.name, "heading", card))
        told.addWidget(ElidedLabel(f"{person.zh}  ·  {roles}" if person.zh else roles, "muted", card))
        rows = [(self._texts(self._key_text(person)), "warning" if self._key_hinders(person) else "muted")]
        if person.unconfirmed is not None:
            people = {one.id: one for one in self._people.people}
            rows.insert(0, (self._texts.alone(told_unconfirmed(person, people)), "warning"))
        for text, role in rows:
            label = QLabel(text, card)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("role", role)
            told.addWidget(label)
        return told

    def _row(self, person: Person) -> Card:
        card = Card(self, by_click=False)
        card.setAccessibleName(f"{person.name} {person.zh}".rstrip())
        line = QHBoxLayout()
        line.addLayout(self._told(person, card), 1)
        keys = push_button(self._texts(N_("Signing key…")), "flat", card)
        keys.setAccessibleName(self._texts(N_("Signing key of {name}", name=person.called)))
        keys.clicked.connect(lambda: self.key_asked.emit(person))
        line.addWidget(keys)
        if self._writable:
            edit = push_button(self._texts(N_("Edit…")), "flat", card)
            edit.setAccessibleName(self._texts(N_("Correct the entry of {name}", name=person.called)))
            edit.clicked.connect(lambda: self._people.ask_change(person))
            card.activated.connect(lambda: self._people.ask_change(person))
            line.addWidget(edit)
        if self._people.person is not None and self._people.person.id == person.id:
            pill = Pill(self._texts(N_("At the desk")), "accent", "●", card)
            pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
            last: QWidget = pill
        else:
            sit = push_button(self._texts(N_("Sit down")), "flat", card)
            sit.setAccessibleName(self._texts(N_("Let {name} sit down at the desk", name=person.called)))
            sit.clicked.connect(lambda: self._people.choose(person))
            last = sit
        last.setMinimumWidth(self._look.theme.px(112))  # so that the buttons before stand in columns
        line.addWidget(last)
        card.column.addLayout(line)
        return card
