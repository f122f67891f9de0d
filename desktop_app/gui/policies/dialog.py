"""The dialog of the policies: all of them at the left with their versions, the chosen one beside them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.policies import PolicyShelf
from desktop_app.domain.people import Person
from desktop_app.domain.policy import LONGEST_TITLE, POLICIES, Policy, to_plain
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_, Message, own_words
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline, InlineMessage, push_button
from desktop_app.gui.policies.form import PolicyForm

_KEY = Qt.ItemDataRole.UserRole
_INDENT = "\u2003"  # an older version stands under its policy
Key = tuple[str, int]


class PolicyDialog(QDialog):
    """``save_asked(Policy)``, ``usual_asked(name)``, ``use_asked(name)``; ``show_error`` says why the desk refuses.

    What is changed of a policy stays while others are looked at, until the dialog is closed.
    """

    save_asked = Signal(object)
    usual_asked = Signal(str)
    use_asked = Signal(str)

    def __init__(
        self, look: Look, texts: Texts, shelf: PolicyShelf, parent: QWidget, *, people: Sequence[Person] = (),
        writable: bool = True, story: str = "", story_policy: Key = ("", 1),
    ) -> None:  # fmt: skip
        """``story`` is the headline of the story in front, which may be put under a policy, and what it goes by."""
        super().__init__(parent)
        self._texts, self._shelf, self._writable = texts, shelf, writable
        self._story, self._story_policy = story, story_policy
        self._drafts: dict[str, dict[str, Any]] = {}  # what was written and not saved, right or wrong, by name
        self._new: set[str] = set()  # names of copies that were never saved
        self._shown: Key | None = None
        self.setWindowTitle(texts(N_("Policies")))
        self.setModal(True)
        window = parent.window()
        self.resize(min(look.theme.px(1120), window.width() - 40), min(look.theme.px(720), window.height() - 40))
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.list = QListWidget(self)
        self.form = PolicyForm(look, texts, self)
        self.form.show_people(people)
        self.form.changed.connect(self._on_changed)
        self._make_left(look)
        self._make_buttons()
        self._lay_out()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.save.click)
        self.show_shelf(shelf)
        self.list.setFocus()

    def _make_left(self, look: Look) -> None:
        self.list.setFixedWidth(look.theme.px(240))
        self.list.setWordWrap(True)
        self.list.setAccessibleName(self._texts(N_("Policies and their versions")))
        self.list.currentItemChanged.connect(lambda now, _before: self._on_chosen(now))
        self.copy = push_button(self._texts(N_("Copy as a new one")), "", self)
        self.copy.setToolTip(self._texts(N_("Begin a policy of the house with the steps of this one")))
        self.copy.clicked.connect(self.copy_shown)
        self.usual = push_button(self._texts(N_("Use for new stories")), "", self)
        self.usual.clicked.connect(lambda: self.usual_asked.emit(self._chosen()))
        self.use = push_button(self._texts(N_("Use for the open story")), "", self)
        self.use.clicked.connect(lambda: self.use_asked.emit(self._chosen()))

    def _make_buttons(self) -> None:
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = push_button(self._texts(N_("Close")), "", self)
        self.close_button.clicked.connect(self.reject)
        self.save = push_button("", "primary", self)
        self.save.clicked.connect(self._on_save)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 12)
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        acts = QVBoxLayout()
        acts.setContentsMargins(12, 0, 12, 0)
        acts.setSpacing(6)
        for button in (self.copy, self.usual, self.use):
            acts.addWidget(button)
        left.addLayout(acts)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(self.form)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left)
        middle.addWidget(Hairline(Qt.Orientation.Vertical, self))
        middle.addWidget(area, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 12, 16, 14)
        buttons.setSpacing(8)
        buttons.addWidget(self.note, 1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.message)
        layout.addLayout(middle, 1)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(buttons)

    # What is shown

    def show_shelf(self, shelf: PolicyShelf, chosen: Key | None = None) -> None:
        """Show the policies as the archive has them, one of them chosen; what is being written stays."""
        self._keep()
        before = self._shown
        writing = before is not None and self._is_open(before) and before[0] in self._drafts
        self._shelf = shelf
        self._step_aside()
        followed = self._key(shelf.book.newest(self._chosen())) if writing else None
        usual = self._key(shelf.book.newest(shelf.usual))
        wanted = chosen or followed or self._shown or usual or (next(iter(POLICIES)), 1)
        self.list.blockSignals(True)
        self.list.clear()
        for name in [*shelf.book.names(), *sorted(self._new)]:
            newest = shelf.book.newest(name)
            self._add(name, 1 if newest is None else newest.version, self._title(name, newest))
            for policy in reversed(shelf.book.versions(name)[:-1]):
                self._add(name, policy.version, f"{_INDENT}{self._version(name, policy)}")
        keys = [self.list.item(row).data(_KEY) for row in range(self.list.count())]
        self.list.setCurrentRow(keys.index(wanted) if wanted in keys else 0)
        self.list.blockSignals(False)
        if writing and wanted == before:
            self._show_acts()  # whoever is typing in it goes on
        else:
            self._show(*self.list.currentItem().data(_KEY))

    def _add(self, name: str, version: int, text: str) -> None:
        QListWidgetItem(text, self.list).setData(_KEY, (name, version))

    def _step_aside(self) -> None:
        """Let a copy that was never saved stand beside a policy of its name that somebody else has saved meanwhile."""
        for name in sorted(self._new & set(self._shelf.book.names())):
            free = self._free_name()
            self._new = self._new - {name} | {free}
            self._drafts[free] = self._drafts.pop(name)
            if self._shown is not None and self._shown[0] == name:
                self._shown = (free, 1)

    def _free_name(self) -> str:
        taken = {*self._shelf.book.names(), *self._new}
        numbers = range(2, len(taken) + 3)
        return next(one for one in ("house", *(f"house-{number}" for number in numbers)) if one not in taken)

    @staticmethod
    def _key(policy: Policy | None) -> Key | None:
        return (policy.name, policy.version) if policy is not None else None

    def _chosen(self) -> str:
        assert self._shown is not None, "something is chosen"
        return self._shown[0]

    def _title(self, name: str, newest: Policy | None) -> str:
        if newest is None:
            written = self._drafts[name]["title"]
            return "\n".join((self._texts(own_words(en=written["en"], zh=written["zh"])), self._version(name, None)))
        parts = [self._texts(newest.title), self._version(name, newest)]
        if name == self._shelf.usual:
            parts.append(self._texts(N_("★ for new stories")))
        return "\n".join(parts)

    def _version(self, name: str, policy: Policy | None) -> str:
        if policy is None:
            return self._texts(N_("not saved yet"))
        count = self._shelf.stories.get((policy.name, policy.version), 0)
        stories = self._texts(NN_("{n} story", "{n} stories", count))
        version = N_("of the program") if policy.name in POLICIES else N_("version {n}", n=policy.version)
        return f"{self._texts(version)} · {stories}"

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._keep()
            self._show(*item.data(_KEY))

    def _show(self, name: str, version: int) -> None:
        self._shown = (name, version)
        newest = self._shelf.book.newest(name)
        is_newest = newest is None or newest.version == version
        policy = self._shelf.book.get(name, version)
        written = self._drafts.get(name) if is_newest else None
        if written is None:
            assert policy is not None, "the list shows what is there"
            written = to_plain(policy)
        writable = self._writable and is_newest and name not in POLICIES
        self.form.show_plain(written, writable=writable, new=name in self._new)
        self._show_acts()

    def _keep(self) -> None:
        """Keep what was written of the policy that was shown so far, right or wrong."""
        if self._shown is None or not self._is_open(self._shown):
            return
        if self.is_changed():
            self._drafts[self._shown[0]] = self.form.plain()
        else:
            self._drafts.pop(self._shown[0], None)

    def _is_open(self, key: Key) -> bool:
        newest = self._shelf.book.newest(key[0])
        return self._writable and key[0] not in POLICIES and (newest is None or newest.version == key[1])

    def is_changed(self) -> bool:
        """Whether the policy that is shown says something else than the archive does."""
        if self._shown is None or not self._is_open(self._shown):
            return False
        return self._shown[0] in self._new or self.form.policy() != self._shelf.book.newest(self._shown[0])

    def unsaved(self) -> bool:
        """Whether something was written here that is not saved."""
        self._keep()
        return bool(self._drafts)

    def _on_changed(self) -> None:
        if self._shown is not None:
            self._show_acts()

    def _show_acts(self) -> None:
        assert self._shown is not None, "something is chosen"
        name, version = self._shown
        new = name in self._new
        newest = self._shelf.book.newest(name)
        coming = newest.version + 1 if newest is not None else 1
        is_open = self._is_open(self._shown)
        self.save.setText(self._texts(N_("Save as version {n}", n=coming) if is_open else N_("Save")))
        written = self.form.policy()
        taken = new and written is not None and written.name in self._shelf.book.names()
        self.save.setEnabled(is_open and self.is_changed() and written is not None and not taken)
        self.copy.setEnabled(self._writable)
        self.usual.setEnabled(self._writable and not new and name != self._shelf.usual)
        story = self._story_policy != (name, newest.version if newest is not None else 0)
        self.use.setVisible(bool(self._story))
        self.use.setEnabled(self._writable and not new and story)
        self.use.setToolTip(self._texts(N_("“{story}” goes by the newest version of this policy", story=self._story)))
        said = (
            N_("There is a policy of this name already.")
            if taken
            else self._said(name, version, new=new, is_open=is_open)
        )
        self.note.setText(self._texts(said))

    def _said(self, name: str, version: int, *, new: bool, is_open: bool) -> Message:
        if name in POLICIES:
            return N_("A policy of the program stays as it is; a copy of it may become the house's own.")
        if new:
            return N_("Its name stays for good once it is saved; everything else can be changed in later versions.")
        if not is_open:
            return N_("What was signed under version {n} keeps its steps and its words.", n=version)
        began = self._drafts.get(name, {}).get("version", version)
        if began != version:
            return N_(
                "Version {n} was saved meanwhile; what is written here began from version {m}.", n=version, m=began
            )
        return N_("Signed stories keep version {n}; new drafts and corrections begin under the new one.", n=version)

    # What is done

    def copy_shown(self) -> None:
        """Begin a policy of the house with the steps of the one that is shown."""
        if self._shown is None or not self._writable:
            return
        written = self.form.plain()
        titles = written["title"]
        copied = {
            "zh": f"{titles['zh'][: LONGEST_TITLE - 4]}（副本）",
            "en": f"{titles['en'][: LONGEST_TITLE - 7]} (copy)",
        }
        self._keep()
        name = self._free_name()
        self._new.add(name)
        self._drafts[name] = {**written, "name": name, "title": copied, "version": 1}
        self.show_shelf(self._shelf, (name, 1))
        self.form.title_zh.setFocus()
        self.form.title_zh.selectAll()

    def saved(self, policy: Policy, shelf: PolicyShelf) -> None:
        """Show what was saved, and that it was."""
        was = self._shown[0] if self._shown is not None else policy.name
        for name in (was, policy.name):
            self._new.discard(name)
            self._drafts.pop(name, None)
        self._shown = None
        self.show_shelf(shelf, (policy.name, policy.version))
        said = N_("“{title}” is saved as version {n}.", title=policy.title, n=policy.version)
        self.message.show_text(self._texts(said), "good")

    def show_error(self, error: KnownError) -> None:
        """Say why it was refused, and go to the step that it is about."""
        field, _, rest = str(error.place).partition(": ")
        if field == "steps":
            self.form.steps.show_place(rest)
        self.message.show_text(self._texts.error(error), "error")

    def _on_save(self) -> None:
        written = self.form.policy()
        if written is not None and self.save.isEnabled():
            self.message.dismiss()
            self.save_asked.emit(written)

    # Qt overrides

    def reject(self) -> None:
        if not self.unsaved():
            super().reject()
            return
        text = self._texts(N_("Something here is not saved."))
        self.message.show_text(text, "warning", button=self._texts(N_("Close without saving")), act=super().reject)
