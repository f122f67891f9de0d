"""The lines that find words in the story and, opened further, put others in their place."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.editor.bars import Bar
from desktop_app.gui.kit.keys import key_of
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.query_line import QueryLine
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.language.finding_text import BadPatternError

_WIDE = 700  # pixels at 100 %, from which all of the find line stands in one row
_LONGEST_LINE = 420  # pixels at 100 %
_KEYPAD, _ALT = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.AltModifier
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class FindBar(Bar):
    """Find in the story: Enter goes on, Shift+Enter goes back. ``changed`` when another thing is to be found.

    ``replace_asked`` for the hit that the cursor is at, ``replace_all_asked`` for all.
    """

    changed = Signal()
    stepped = Signal(int)
    replace_asked = Signal()
    replace_all_asked = Signal()

    NAME = N_("Find in the story")
    NEXT = N_("Next (Enter)")
    PREVIOUS = N_("Previous (Shift+Enter)")
    NONE = N_("Not found")
    WHERE = (("target", N_("English")), ("source", N_("Chinese")), ("both", N_("Both languages")))

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        self.query = QueryLine(texts, texts(self.NAME))
        super().__init__(look, texts, texts(self.NAME), self.query, parent)
        self._wide: bool | None = None
        self.with_line = QLineEdit(self)
        self.with_line.setProperty("search", True)
        self.with_line.setPlaceholderText(texts(N_("Replace with")))
        self.with_line.setAccessibleName(texts(N_("Replace with")))
        for line in (self.query, self.with_line):
            line.setMinimumWidth(look.theme.px(120))
            line.setMaximumWidth(look.theme.px(_LONGEST_LINE))
        self.query.watch(self.with_line)
        for line in (self.query, self.with_line):
            line.installEventFilter(self)
        self._make_buttons(look, texts)
        self._lay_out()
        self._connect()
        self.show_replacing(False)
        self._dress()

    def _make_buttons(self, look: Look, texts: Texts) -> None:
        self.more = QToolButton(self)
        self.more.setCheckable(True)
        key = key_of("replace")
        self.more.setToolTip(f"{texts(N_('Replace'))} ({key})" if key else texts(N_("Replace")))
        self.more.setAccessibleName(texts(N_("Replace")))
        self.sides = QComboBox(self)
        self.sides.setAccessibleName(texts(N_("In which language")))
        for key, text in self.WHERE:
            self.sides.addItem(texts(text), key)
        self.sides.setCurrentIndex(2)
        self.previous = self._button("chevron-up", texts(self.PREVIOUS))
        self.next = self._button("chevron-down", texts(self.NEXT))
        self._close = self._button("close", texts(self.CLOSE))
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.told.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.keep_case = QToolButton(self)
        self.keep_case.setCheckable(True)
        self.keep_case.setText("Aa→Bb")
        self.keep_case.setToolTip(texts(N_("Keep the letter case of what is replaced (Alt+K)")))
        self.keep_case.setAccessibleName(texts(N_("Keep the letter case of what is replaced (Alt+K)")))
        self.replace = push_button(texts(N_("Replace")), "", self)
        self.replace.setToolTip(texts(N_("Replace this place and go on (Enter)")))
        self.replace_all = push_button(texts(N_("Replace all…")), "", self)
        self.replace_all.setToolTip(texts(N_("Show what would change, then replace it in one step (Alt+Enter)")))
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.hide()

    def _lay_out(self) -> None:
        self._options = QWidget(self)
        options = QHBoxLayout(self._options)
        options.setContentsMargins(0, 0, 0, 0)
        options.setSpacing(6)
        options.addWidget(self.query.ways)
        options.addWidget(self.sides)
        options.addWidget(self.told)
        options.addStretch(1)
        self._steps = QWidget(self)
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(2)
        for button in (self.previous, self.next):
            steps.addWidget(button)
        self._buttons = QWidget(self)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(6)
        for widget in (self.keep_case, self.replace, self.replace_all):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        holder = QWidget(self)
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 1)
        self._row.addWidget(holder, 1)
        self._arrange(wide=True)

    def _arrange(self, *, wide: bool) -> None:
        """Put the options beside the line, or below it where the text is narrow."""
        if wide == self._wide:
            return
        self._wide = wide
        grid = self._grid
        grid.addWidget(self.more, 0, 0)
        grid.addWidget(self.query, 0, 1, 1, 1 if wide else 2)
        top = Qt.AlignmentFlag.AlignVCenter
        if wide:
            grid.addWidget(self._options, 0, 2)
        else:
            grid.addWidget(self._options, 2, 1, 1, 4)
        grid.addWidget(self._steps, 0, 3, top)
        grid.addWidget(self._close, 0, 4, top)
        grid.addWidget(self.query.problem, 1, 1, 1, 4)
        grid.addWidget(self.with_line, 3, 1)
        grid.addWidget(self._buttons, 3, 2, 1, 3)
        grid.addWidget(self.note, 5, 1, 1, 4)
        for line in (self.query, self.with_line):
            line.setMaximumWidth(self._look.theme.px(_LONGEST_LINE) if wide else 16_777_215)
        grid.setColumnStretch(1, 3 if wide else 1)
        grid.setColumnStretch(2, 4 if wide else 0)

    def _connect(self) -> None:
        self.query.changed.connect(self.changed)
        self.query.entered.connect(self.stepped)
        self.sides.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.next.clicked.connect(lambda: self._on_step(1))
        self.previous.clicked.connect(lambda: self._on_step(-1))
        self._close.clicked.connect(self.close_bar)
        self.more.toggled.connect(self.show_replacing)
        self.replace.clicked.connect(self.replace_asked)
        self.replace_all.clicked.connect(self.replace_all_asked)
        self.with_line.textEdited.connect(lambda _text: self.show_note(None))
        self.query.changed.connect(lambda: self.show_note(None))

    # What is asked for

    def where(self) -> str:
        """In which language: ``target``, ``source`` or ``both``."""
        return str(self.sides.currentData())

    def open_with(self, text: str, *, replacing: bool = False) -> None:
        """Show it with ``text`` (where there is some) chosen, ready to be typed over."""
        self.show()
        if replacing:
            self.more.setChecked(True)
        if text:
            self.query.setText(text)
        ready = replacing and bool(self.query.text()) and self.query.matcher is not None
        line = self.with_line if ready else self.query
        line.selectAll()
        line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_replacing(self, on: bool) -> None:
        """Open or close the lower line; only English is replaced, so that is what is looked through."""
        self.more.setChecked(on)
        self.with_line.setVisible(on)
        self._buttons.setVisible(on)
        if on:
            self.sides.setCurrentIndex(0)
        self.show_note(None)
        self._dress()

    def is_replacing(self) -> bool:
        """Whether the lower line is open."""
        return self.more.isChecked()

    def close_bar(self) -> None:
        """Hide it and tell; what was looked for is remembered."""
        self.query.keep()
        super().close_bar()

    # What is told

    def tell(self, number: int, total: int, *, more: bool = False, too_long: int = 0) -> None:
        """Say which of how many hits is the current one; number 0: none yet. ``more``: there are others still."""
        shown = f"{self._texts.number(total)}{'+' if more else ''}"
        if self.query.matcher is None:
            self.told.setText("")
        elif not total:
            self.told.setText(self._texts(self.NONE))
        elif number:
            self.told.setText(self._texts(N_("{number} of {total}", number=number, total=shown)))
        else:
            self.told.setText(self._texts(N_("{total} found", total=shown)))
        left_out = NN_(
            "{n} text is too long for this expression and was left out.",
            "{n} texts are too long for this expression and were left out.",
            too_long,
        )
        self.told.setToolTip(self._texts(left_out) if too_long else "")
        self.told.setAccessibleName(self.told.text())

    def show_note(self, message: Message | BadPatternError | None) -> None:
        """Say something below the lines: what is wrong with the replacement, why this place was passed over."""
        wrong = isinstance(message, BadPatternError)
        text = self._texts.located(message) if isinstance(message, BadPatternError) else ""
        if isinstance(message, Message):
            text = self._texts(message)
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self._mark(self.note, "role", "error" if wrong else "muted")
        self._mark(self.with_line, "invalid", wrong)

    def _mark(self, widget: QWidget, name: str, value: object) -> None:
        if widget.property(name) != value:
            widget.setProperty(name, value)
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _on_step(self, way: int) -> None:
        self.query.keep()
        self.stepped.emit(way)

    def _dress(self) -> None:
        super()._dress()
        self.more.setIcon(self._look.icon("chevron-down" if self.more.isChecked() else "chevron-right", "muted"))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_K and event.modifiers() == _ALT:
            if event.type() is QEvent.Type.KeyPress and self.is_replacing():
                self.keep_case.click()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keep Alt+Enter from the window, where it accepts a change."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in _ENTER and event.modifiers() & ~_KEYPAD == _ALT and self.is_replacing()
            event.setAccepted(own)
            return own
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held, enter = event.modifiers() & ~_KEYPAD, event.key() in _ENTER
        if enter and self.with_line.hasFocus() and not held:
            self.query.keep()
            self.replace_asked.emit()
        elif enter and held == _ALT and self.is_replacing():
            self.query.keep()
            self.replace_all_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= self._look.theme.px(_WIDE))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
