"""The line over the changes: which versions, whose changes, where one is, and accepting and rejecting."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop_app.domain.people import Person
from desktop_app.domain.records import Version
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button

NOW = ""  # stands for the text as it is
EVERYBODY = "*"


class ChangesBar(QWidget):
    """``versions_chosen`` and ``author_chosen`` when a person picked others; ``asked(act)`` for a button or a menu.

    Acts are the ids of the actions, and ``take-back``, ``accept-all``, ``reject-all``, ``accept-shown``, and
    ``show-accepted`` when the accepted changes are to be seen or not.
    """

    versions_chosen = Signal(str, str)
    author_chosen = Signal(str)
    asked = Signal(str)

    def __init__(self, look: Look, texts: Texts, keys: Callable[[str], str], parent: QWidget | None = None) -> None:
        """``keys`` names the key of an action, empty where it has none."""
        super().__init__(parent)
        self._look, self._texts, self._keys = look, texts, keys
        self._old, self._new, self._author = QComboBox(self), QComboBox(self), QComboBox(self)
        self._count = QLabel(self)
        self._accept = self._button(N_("Accept"), "accept-change", N_("Seen and agreed: not shown to you any more"))
        self._reject = self._button(N_("Reject"), "reject-change", N_("Put the words before it back"))
        self._back = self._button(
            N_("Take acceptance back"), "take-back", N_("You have accepted this: look at it again")
        )
        self._back.hide()
        self._more = QToolButton(self)
        self._menu = QMenu(self)
        self._all: dict[str, QAction] = {}
        self._boxes = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._steppers: list[tuple[QToolButton, str]] = []
        self._lay_out()
        self._make_menu()
        for box in (self._old, self._new):
            box.activated.connect(self._on_version)
        self._author.activated.connect(lambda _at: self.author_chosen.emit(str(self._author.currentData())))
        look.changed.connect(self._dress)
        self._dress()

    def _button(self, title: Message, act: str, tip: Message) -> QPushButton:
        button = push_button("", "outline", self)
        button.setProperty("title", self._texts(title))
        button.setProperty("tip", self._texts(tip))
        button.clicked.connect(lambda: self.asked.emit(act))
        return button

    def _lay_out(self) -> None:
        choice, acts = QHBoxLayout(), QHBoxLayout()
        for words, box, name in (
            (N_("Between"), self._old, N_("Older version")),
            (N_("and"), self._new, N_("Newer version")),
            (None, self._author, N_("Whose changes")),
        ):
            if words is not None:
                label = QLabel(self._texts(words), self)
                label.setProperty("role", "muted")
                choice.addWidget(label)
            box.setAccessibleName(self._texts(name))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8 if box is self._author else 16)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            choice.addWidget(box, 2 if box is self._author else 3)
        self._count.setProperty("role", "muted")
        acts.addWidget(self._count)
        for icon, tip, act in (
            ("chevron-up", N_("Previous change"), "previous-change"),
            ("chevron-down", N_("Next change"), "next-change"),
        ):
            button = QToolButton(self)
            button.setToolTip(self._with_key(self._texts(tip), act))
            button.setAccessibleName(self._texts(tip))
            button.clicked.connect(lambda _checked=False, act=act: self.asked.emit(act))
            acts.addWidget(button)
            self._steppers.append((button, icon))
        self._more.setText("⋯")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setAccessibleName(self._texts(N_("All changes")))
        self._more.setToolTip(self._texts(N_("All changes")))
        self._more.setMenu(self._menu)
        for widget in (self._accept, self._back, self._reject, self._more):
            acts.addWidget(widget)
        acts.insertStretch(0, 1)
        for part in (choice, acts):
            part.setSpacing(8)
            self._boxes.addLayout(part, 1 if part is choice else 0)
        self._parts = (choice, acts)
        self._boxes.setContentsMargins(16, 6, 12, 6)
        self._boxes.setSpacing(6)
        self._boxes.setSizeConstraint(QBoxLayout.SizeConstraint.SetNoConstraint)

    def _make_menu(self) -> None:
        for act, title in (
            ("accept-all", N_("Accept all")),
            ("accept-shown", N_("Accept all by {name}", name="")),
            ("reject-all", N_("Reject all…")),
        ):
            action = self._menu.addAction(self._texts(title))
            action.triggered.connect(lambda _checked=False, act=act: self.asked.emit(act))
            self._all[act] = action
        self._menu.setToolTipsVisible(True)
        self._menu.addSeparator()
        self._shown = self._menu.addAction(self._texts(N_("Show accepted changes")))
        self._shown.setCheckable(True)
        self._shown.triggered.connect(lambda _checked=False: self.asked.emit("show-accepted"))

    def _with_key(self, text: str, act: str) -> str:
        key = self._keys(act)
        return f"{text} ({key})" if key else text

    # What is shown

    def show_versions(self, versions: Sequence[Version], people: Mapping[str, Person], old: str, new: str) -> None:
        """Offer these versions, newest first, with those chosen that are compared."""
        choices = [(self._version_text(version, people), str(version.number)) for version in reversed(versions)]
        self._fill(self._old, choices, old)
        self._fill(self._new, [(self._texts(N_("Now")), NOW), *choices], new)

    def show_authors(self, authors: Sequence[tuple[str, str, int]], chosen: str) -> None:
        """Offer the authors of changes: id, name and how many; one author alone is no choice."""
        choices = [(self._texts(N_("Everybody's")), EVERYBODY)]
        choices += [(f"{name} · {self._texts.number(count)}", person) for person, name, count in authors]
        self._fill(self._author, choices, chosen)
        self._author.setVisible(len(authors) > 1)
        names = {person: name for person, name, _ in authors}
        name = names.get(chosen, "")
        self._all["accept-shown"].setVisible(bool(name))
        self._all["accept-shown"].setText(self._texts(N_("Accept all by {name}", name=name)))

    def show_accepted(self, count: int, *, shown: bool) -> None:
        """Say whether the accepted changes, so many of them, are seen among the others."""
        self._shown.setEnabled(count > 0 or shown)
        self._shown.setChecked(shown)

    def show_count(self, place: int, total: int, hidden: int = 0) -> None:
        """Say at which change of how many one is, and how many are hidden; ``place`` 0 is none."""
        text = N_("{place} of {total}", place=place, total=total)
        if not place:
            text = NN_("{n} change", "{n} changes", total)
        said = [self._texts(text)] if total else []
        if hidden:
            said.append(self._texts(NN_("{n} accepted", "{n} accepted", hidden)))
        self._count.setText(" · ".join(said))
        tip = NN_("{n} accepted change is not shown.", "{n} accepted changes are not shown.", hidden)
        self._count.setToolTip(self._texts(tip) if hidden else "")
        for button, _icon in self._steppers:
            button.setEnabled(total > 0)

    def show_acts(
        self, here: bool, accept: Message | None, reject: Message | None, reject_all: Message | None, *, accepted: bool
    ) -> None:
        """Enable what can be done; the messages say why something cannot, ``here`` that a change is in hand.

        ``accepted`` says that it is one that was accepted, and can be taken back.
        """
        none = N_("Go to a change first.")
        self._back.setVisible(accepted)
        self._accept.setVisible(not accepted)
        for button, why in ((self._accept, accept), (self._reject, reject)):
            shown = why if why is not None or here else none
            button.setEnabled(shown is None)
            tip = button.property("tip") if shown is None else self._texts(shown)
            button.setToolTip(str(tip))
            button.setAccessibleDescription(str(tip))
        for act, why in (("accept-all", accept), ("accept-shown", accept), ("reject-all", reject_all)):
            self._all[act].setEnabled(why is None)
            self._all[act].setToolTip(self._texts(why) if why is not None else "")

    def _fill(self, box: QComboBox, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        if [(box.itemText(i), box.itemData(i)) for i in range(box.count())] != list(choices):
            box.clear()
            for text, data in choices:
                box.addItem(text, data)
            self._boxes.invalidate()
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + self._look.theme.px(24))
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setToolTip(box.currentText())

    def _version_text(self, version: Version, people: Mapping[str, Person]) -> str:
        person = people.get(version.person or "")
        when = self._texts.moment(datetime.fromisoformat(version.at))
        name = self._texts(person.called) if person else ""
        return " · ".join(part for part in (str(version.number), name, when) if part)

    def _on_version(self) -> None:
        self.versions_chosen.emit(str(self._old.currentData() or ""), str(self._new.currentData() or NOW))

    def _dress(self) -> None:
        for button, icon in self._steppers:
            button.setIcon(self._look.icon(icon))
        for push, act in ((self._accept, "accept-change"), (self._reject, "reject-change")):
            push.setText(f"{push.property('title')}  {self._keys(act)}".rstrip())
        self._back.setText(str(self._back.property("title")))
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= self._parts_width()[1]
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._boxes.direction() != way:
            self._boxes.setDirection(way)
            self.updateGeometry()

    def _parts_width(self) -> tuple[int, int]:
        """The least width of the bar in two lines, and in one."""
        edges = self._boxes.contentsMargins()
        parts = [part.minimumSize().width() for part in self._parts]
        around = edges.left() + edges.right()
        return max(parts) + around, sum(parts) + self._boxes.spacing() + around

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(self._parts_width()[0], self._boxes.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
