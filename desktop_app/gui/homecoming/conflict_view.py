"""One conflict in three columns: what stands here, what went out, what came home; and the words that are to stand.

Keyboard: Alt+Left takes mine, Alt+Right takes theirs, Alt+Down and Alt+Up go to the next and the one before, and the
field below takes words of one's own (Alt+Enter). A decision can be taken back until it is carried out.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.domain.merging.changes import Side
from desktop_app.domain.merging.deciding import Decision, Written
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.homecoming.columns import Columns
from desktop_app.gui.homecoming.images import Images
from desktop_app.gui.homecoming.shown import Shown, own_texts, sentence
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font
from desktop_app.gui.kit.widgets import EmptyState, Hairline, push_button

_TAKEN = {Side.OURS: "mine", Side.THEIRS: "theirs"}


def _show_key(button: QPushButton, key: str) -> None:
    """Show the key of a button small at its right end."""
    button.setToolTip(key)
    told = QLabel(key, button)
    told.setProperty("role", "muted")
    told.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    line = QHBoxLayout(button)
    line.setContentsMargins(8, 0, 10, 0)
    line.addStretch(1)
    line.addWidget(told)


class ConflictView(QWidget):
    """``decided(place, decision)``: the decision is None where it was taken back. ``placed(place)`` when a person went
    to another one. Places count from 0.

    Where ``at_once``, a decision is only told: whoever carries it out then shows what is left.
    """

    decided = Signal(int, object)
    placed = Signal(int)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, parent: QWidget | None = None, *, at_once: bool = False
    ) -> None:
        super().__init__(parent)
        self.images = Images(tasks, self)
        self.images.ready.connect(self._on_images)
        self._look, self._texts, self._at_once = look, texts, at_once
        self._shown: Sequence[Shown] = ()
        self._decisions: dict[int, Decision] = {}
        self._drafts: dict[str, str] = {}  # words that were typed and not taken yet, by the key of the conflict
        self._place = 0
        self._blocked: Message | None = None
        self._filling = False
        self._build()
        self._lay_out()
        for keys, act in (
            ("Alt+Left", lambda: self.take(Side.OURS)), ("Alt+Right", lambda: self.take(Side.THEIRS)),
            ("Alt+Down", lambda: self.go(1)), ("Alt+Up", lambda: self.go(-1)),
            ("Alt+Return", self._on_use), ("Alt+Enter", self._on_use),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)
        look.changed.connect(self._dress)
        self._dress()
        self._show()

    def _build(self) -> None:
        texts = self._texts
        self.label = QLabel(self)
        self.label.setProperty("role", "heading")
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.before = self._arrow(N_("The one before"), "Alt+↑", -1)
        self.after = self._arrow(N_("The next one"), "Alt+↓", 1)
        self.columns = Columns(self._look, texts, self.images, self)
        self.mine = push_button(texts(N_("Keep what stands here")), "outline", self)
        _show_key(self.mine, "Alt+←")
        self.mine.clicked.connect(lambda: self.take(Side.OURS))
        self.theirs = push_button(texts(N_("Take what came home")), "outline", self)
        _show_key(self.theirs, "Alt+→")
        self.theirs.clicked.connect(lambda: self.take(Side.THEIRS))
        self.back = push_button(texts(N_("Leave undecided")), "flat", self)
        self.back.clicked.connect(self._on_back)
        self.own = QPlainTextEdit(self)
        self.own.setAccessibleName(texts(N_("Words of your own")))
        self.own.setTabChangesFocus(True)
        self.own.textChanged.connect(self._on_own)
        self.use = push_button(texts(N_("Use these words")), "outline", self)
        self.use.setToolTip("Alt+Enter")
        self.use.clicked.connect(self._on_use)
        self.why = QLabel(self)
        self.why.setProperty("role", "muted")

    def _arrow(self, name: Message, key: str, by: int) -> QPushButton:
        button = push_button("", "flat", self)
        button.setAccessibleName(self._texts(name))
        button.setToolTip(f"{self._texts(name)} ({key})")
        button.clicked.connect(lambda: self.go(by))
        return button

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self.label)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        answers = QHBoxLayout()
        answers.setContentsMargins(16, 6, 16, 10)
        answers.setSpacing(8)
        answers.addWidget(self.mine, 1)
        middle = QWidget(self)
        between = QHBoxLayout(middle)
        between.setContentsMargins(0, 0, 0, 0)
        between.addStretch(1)
        between.addWidget(self.back)
        between.addStretch(1)
        answers.addWidget(middle, 1)
        answers.addWidget(self.theirs, 1)
        self._own_part = self._lay_out_own()
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.columns, 1)
        column.addLayout(answers)
        column.addWidget(self._own_part)
        self._empty = EmptyState(
            self._look, "check-circle", self._texts(N_("Nothing to decide")),
            self._texts(N_("Where both sides changed the same words, you decide here.")), parent=self,
        )  # fmt: skip
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)

    def _lay_out_own(self) -> QWidget:
        words = QLabel(self._texts(N_("Words of your own")), self)
        words.setProperty("role", "heading")
        words.setBuddy(self.own)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(words)
        head.addWidget(self.why, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.own, 1)
        foot.addWidget(self.use, 0, Qt.AlignmentFlag.AlignBottom)
        part = QWidget(self)
        whole = QVBoxLayout(part)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(Hairline(parent=part))
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 12)
        below.setSpacing(6)
        below.addLayout(head)
        below.addLayout(foot)
        whole.addLayout(below)
        return part

    def _dress(self) -> None:
        px = self._look.theme.px
        for button, icon in ((self.before, "chevron-left"), (self.after, "chevron-right")):
            button.setIcon(self._look.icon(icon, "ink"))
            button.setIconSize(QSize(px(16), px(16)))
        self.own.setMinimumHeight(px(36))
        self.own.setMaximumHeight(px(62))
        self.columns.setMinimumHeight(px(124))

    # What it shows

    def show_conflicts(
        self,
        shown: Sequence[Shown],
        decisions: Mapping[int, Decision],
        *,
        place: int = 0,
        blocked: Message | None = None,
    ) -> None:
        """Show these conflicts, those decided marked; ``blocked`` says why nothing can be decided now."""
        was = self.shown()
        self._shown, self._decisions, self._blocked = shown, dict(decisions), blocked
        self._place = max(0, min(place, len(self._shown) - 1))
        if was is None or self.shown() != was:
            self._fill()
        self._show()

    def place(self) -> int:
        """Which one is shown."""
        return self._place

    def shown(self) -> Shown | None:
        """The one that is shown."""
        return self._shown[self._place] if self._shown else None

    def go(self, by: int) -> None:
        """Go some places on or back; it stops at the ends."""
        place = max(0, min(self._place + by, len(self._shown) - 1))
        if place != self._place:
            self._go_to(place)
            self.placed.emit(place)

    def take(self, side: Side) -> None:
        """Decide for one side, and go to the next that is not decided."""
        button = self.mine if side is Side.OURS else self.theirs
        if button.isEnabled():
            self._decide(side)

    def _go_to(self, place: int) -> None:
        self._place = place
        self._fill()
        self._show()

    def _on_use(self) -> None:
        shown = self.shown()
        texts = own_texts(shown, self.own.toPlainText()) if shown is not None else None
        if texts is not None and self.use.isEnabled():
            self._decide(Written(texts))

    def _on_back(self) -> None:
        if self._decisions.pop(self._place, None) is not None:
            self._fill()
            self._show()
            self.mine.setFocus()  # the button that was pressed is gone
            self.decided.emit(self._place, None)

    def _decide(self, decision: Decision) -> None:
        shown = self.shown()
        if shown is None or self._blocked is not None or shown.waits:
            return
        place = self._place
        if self._at_once:
            self.decided.emit(place, decision)
            return
        self._drafts.pop(shown.key, None)
        self._decisions[place] = decision
        open_ones = [n for n, one in enumerate(self._shown) if n not in self._decisions and not one.waits]
        following = [other for other in open_ones if other > place]
        self._go_to((following or open_ones or [place])[0])
        self.decided.emit(place, decision)

    def forget_words(self, key: str) -> None:
        """Forget what was typed for a conflict: it is decided."""
        self._drafts.pop(key, None)

    def _standing(self) -> str:
        """The words that would stand, one of its texts a line."""
        shown, decision = self._shown[self._place], self._decisions.get(self._place)
        if isinstance(decision, Written):
            return "\n".join(decision.texts)
        return shown.theirs if decision is Side.THEIRS else shown.mine

    def _fill(self) -> None:
        """Put the words that would stand into the field, or those that were typed and not taken yet."""
        shown = self.shown()
        if shown is None:
            return
        self._filling = True
        self.own.setFont(story_font(shown.language, self._look.theme.px(13.5)))
        self.own.setPlainText(self._drafts.get(shown.key, self._standing()))
        self._filling = False

    def _show(self) -> None:
        shown = self.shown()
        self._stack.setCurrentIndex(1 if shown is not None else 0)
        if shown is None:
            return
        texts, decision = self._texts, self._decisions.get(self._place)
        self.label.setText(sentence(texts(shown.label)))
        place, count = self._place + 1, len(self._shown)
        told = N_("{place} of {all} · {decided} decided", place=place, all=count, decided=len(self._decisions))
        self.count.setText(texts(N_("{place} of {all}", place=place, all=count) if self._at_once else told))
        for button in (self.before, self.after):
            button.setVisible(count > 1)
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < count - 1)
        note = self._blocked if self._blocked is not None else shown.note
        taken = _TAKEN.get(decision, "") if isinstance(decision, Side) else ""
        self.columns.show_conflict(shown, taken, sentence(texts(note)) if note is not None else "")
        free = self._blocked is None and not shown.waits
        self.mine.setEnabled(free)
        self.theirs.setEnabled(free and shown.takes)
        self.own.setReadOnly(not free)
        self.back.setVisible(decision is not None)
        self._own_part.setVisible(shown.lines != 0 and free)
        self._show_own()

    def _on_images(self) -> None:
        shown = self.shown()
        if shown is not None:
            self.columns.show_pictures(shown)

    def _on_own(self) -> None:
        shown = self.shown()
        if not self._filling and shown is not None:
            text = self.own.toPlainText()
            if text == self._standing():
                self._drafts.pop(shown.key, None)
            else:
                self._drafts[shown.key] = text
            self._show_own()

    def _show_own(self) -> None:
        shown, decision = self._shown[self._place], self._decisions.get(self._place)
        texts, draft = own_texts(shown, self.own.toPlainText()), shown.key in self._drafts
        self.use.setEnabled(self._blocked is None and not shown.waits and texts is not None)
        said = ""
        if shown.lines and (texts is None or (shown.lines > 1 and not draft and decision is None)):
            said = self._texts(NN_(
                "This is {n} segment: write one line.", "These are {n} segments: write a line for each.", shown.lines
            ))  # fmt: skip
        elif draft:
            said = self._texts(N_("Not taken yet: Alt+Enter takes these words."))
        elif isinstance(decision, Written):
            said = self._texts(N_("Your words stand."))
        self.why.setText(said)
