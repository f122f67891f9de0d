"""How the window of find and replace is laid out: the lines above, the list, and what an act would do below."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.desk import Progress as DeskProgress
from desktop_app.domain.story import StoryState
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.change_list import ChangeList, ChangeModel
from desktop_app.gui.kit.job_dialog import JobDialog, after
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.query_line import QueryLine
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, InlineMessage, push_button, restyle
from desktop_app.language.finding_text import BadPatternError

T = TypeVar("T")
_WHERE = (("target", N_("English")), ("source", N_("Chinese")), ("both", N_("Both languages")))


class ReplaceLayout(JobDialog):
    """The widgets of the window; ``ReplaceWindow`` makes them work."""

    TITLE = N_("Find and replace in all stories")
    EMPTY = N_("Type what to find. Every story of the archive is looked through, character for character.")

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, model: ChangeModel, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self._look, self._texts = look, texts
        self.setWindowTitle(texts(self.TITLE))
        self.setProperty("surface", "paper")
        self._make_lines(model)
        self._make_foot()
        self._lay_out()
        window = parent.window()
        self.resize(min(look.theme.px(900), window.width() - 40), min(look.theme.px(640), window.height() - 40))

    def _make_lines(self, model: ChangeModel) -> None:
        look, texts = self._look, self._texts
        self.query = QueryLine(texts, texts(N_("Find in all stories")))
        self.with_line = QLineEdit(self)
        self.with_line.setProperty("search", True)
        self.with_line.setPlaceholderText(texts(N_("Replace with")))
        self.with_line.setAccessibleName(texts(N_("Replace with")))
        self.query.watch(self.with_line)
        self.keep_case = QToolButton(self)
        self.keep_case.setCheckable(True)
        self.keep_case.setText("Aa→Bb")
        self.keep_case.setToolTip(texts(N_("Keep the letter case of what is replaced")))
        self.keep_case.setAccessibleName(texts(N_("Keep the letter case of what is replaced")))
        self.replacing = QCheckBox(texts(N_("Replace")), self)
        self.sides = QComboBox(self)
        self.sides.setAccessibleName(texts(N_("In which language")))
        for key, text in _WHERE:
            self.sides.addItem(texts(text), key)
        self.states = QComboBox(self)
        self.states.setAccessibleName(texts(N_("In which stories")))
        self.states.addItem(texts(N_("All stories")), "")
        for state in StoryState:
            self.states.addItem(texts(STATE_NAMES[state]), state.value)
        self.note = QLabel(self)
        self.note.setProperty("role", "error")
        self.note.setWordWrap(True)
        self.note.hide()
        self.list = ChangeList(look, model, texts(N_("Where it stands")), self)
        self.list.setMinimumHeight(look.theme.px(120))
        self._empty = EmptyState(look, "search", texts(self.TITLE), texts(self.EMPTY), parent=self)

    def _make_foot(self) -> None:
        texts = self._texts
        self.message = InlineMessage(self._look, texts(N_("Close")), self)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.consequences = QLabel(self)
        self.consequences.setProperty("role", "muted")
        self.consequences.setWordWrap(True)
        self.signed = QCheckBox("", self)
        self.signed.hide()
        self.all = push_button("", "flat", self)
        self.replace = push_button("", "primary", self)
        self.stop = push_button(texts(N_("Close")), "", self)
        self._bar.hide()

    def _lay_out(self) -> None:
        head = QGridLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setHorizontalSpacing(8)
        head.setVerticalSpacing(6)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for widget in (self.query.ways, self.sides, self.states):
            filters.addWidget(widget)
        filters.addStretch(1)
        filters.addWidget(self.told)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.with_line, 1)
        below.addWidget(self.keep_case)
        head.addWidget(self.query, 0, 0, 1, 2)
        head.addWidget(self.query.problem, 1, 0, 1, 2)
        head.addLayout(filters, 2, 0, 1, 2)
        head.addWidget(self.replacing, 3, 0)
        head.addLayout(below, 3, 1)
        head.addWidget(self.note, 4, 1)
        head.setColumnStretch(1, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        facts = QVBoxLayout()
        facts.setSpacing(4)
        facts.addWidget(self.signed)
        facts.addWidget(self.consequences)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addLayout(facts, 1)
        for button in (self.all, self.stop, self.replace):
            foot.addWidget(button, alignment=Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.message)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._bar)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(foot)

    def where(self) -> str:
        """In which language: ``target``, ``source`` or ``both``."""
        return str(self.sides.currentData())

    # What is shown

    def lay_for_replacing(self, on: bool) -> None:
        """Show or hide what only replacing needs."""
        self.replacing.setChecked(on)
        for widget in (self.with_line, self.keep_case, self.all, self.replace, self.consequences):
            widget.setVisible(on)

    def show_replacement_problem(self, problem: BadPatternError | None) -> None:
        """Say what is wrong with the replacement, with a red frame, or that nothing is."""
        said = self._texts.located(problem) if problem is not None else ""
        restyle(self.with_line, invalid=bool(said))
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def show_state(
        self, *, searching: bool, asked: bool, told: Message | None, consequences: Sequence[Message], lost: int
    ) -> None:
        """Show how many places there are, and what an act would do beside replacing."""
        texts = self._texts
        counted = texts(told) if told is not None else ""
        self.told.setText(
            f"{counted} …" if searching and counted else texts(N_("Searching …")) if searching else counted
        )
        some = self.list.model().rowCount() > 0
        self._stack.setCurrentIndex(1 if some else 0)
        if not asked:
            self._empty.show_text(texts(self.TITLE), texts(self.EMPTY))
        elif not some:
            title = N_("Searching …") if searching else N_("Nothing found")
            self._empty.show_text(texts(title), "" if searching else texts(N_("No story has this text.")))
        self.consequences.setText(("" if texts.language.startswith("zh") else " ").join(map(texts, consequences)))
        loses = NN_(
            "Signed stories too: {n} would lose sign-offs", "Signed stories too: {n} would lose sign-offs", lost
        )
        self.signed.setText(texts(loses))
        self.signed.setVisible(lost > 0)

    def show_ticks(self, some: int, most: int, *, ready: bool, deletes: bool) -> None:
        """Name the button by what it would do; ``deletes`` says that nothing is put in the place of the words."""
        texts = self._texts
        if deletes:
            said = NN_("Delete in {n} text", "Delete in {n} texts", some)
            tip = N_("Take out what is ticked, in one act (Alt+Enter)")
        else:
            said = NN_("Replace in {n} text", "Replace in {n} texts", some)
            tip = N_("Replace what is ticked, in one act (Alt+Enter)")
        self.replace.setText(texts(said))
        self.replace.setToolTip(texts(tip))
        variant = "danger" if deletes else "primary"
        if self.replace.property("variant") != variant:
            restyle(self.replace, variant=variant)
        self.replace.setEnabled(ready and some > 0 and self._job is None)
        self.all.setText(texts(N_("Tick none") if some == most else N_("Tick all")))
        self.all.setEnabled(most > 0)

    def say(self, message: Message | str, tone: str, *, undo: Callable[[], None] | None = None) -> None:
        """Say a sentence over the list, perhaps with a button that takes the act back."""
        text = message if isinstance(message, str) else self._texts(message)
        self.message.show_text(text, tone, button=self._texts(N_("Undo")) if undo is not None else "", act=undo)

    def run_act(
        self,
        title: Message,
        work: Callable[[DeskProgress], T],
        on_done: Callable[[T], None],
        on_error: Callable[[KnownError], None],
    ) -> None:
        """Run an act with the bar in view; the button that closes stops it meanwhile."""

        def ended() -> None:
            self._bar.hide()
            self.stop.setText(self._texts(N_("Close")))

        self.message.hide()
        self._bar.show()
        self.stop.setText(self._texts(N_("Stop")))
        self.replace.setEnabled(False)
        self.run_job(title, work, *after(ended, on_done, on_error))
