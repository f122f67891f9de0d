"""The palette over the window: type, choose with the arrows, Enter goes there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import ListedStory, search
from desktop_app.domain.records import Hit
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.palette.entries import ICONS, Entry, Kind, hit_entry, story_words, without_doubles
from desktop_app.gui.palette.lines import EntryDelegate, EntryModel
from desktop_app.gui.palette.ranking import at_first, best, parted
from desktop_app.gui.palette.stock import Stock
from desktop_app.gui.palette.wanted import Wanted

_PAUSE = 140  # ms between the last key and the search in the texts
_HITS = 12
# The window goes to the back, or a menu opens: the palette is still wanted.
_STAYS = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class Palette(QFrame):
    """``chosen(Entry)``: whoever opened it goes there.

    It is a part of the window and not a popup of the system: input methods do not work in popups everywhere. What
    fits is found away from the window; Enter that comes before the answer waits for it.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = look
        self._texts = texts
        self._actions = actions
        self._window = window
        self._before = QApplication.focusWidget()
        self._desk: Desk | None = None
        self._stock = Stock()
        self._newest: list[Entry] = []
        self._recent: Sequence[str] = ()
        self._found: list[Entry] = []
        self._wanted = Wanted("")
        self._hits: list[Entry] = []
        self._entered = False
        self._finding = Latest(tasks, N_("Searching"), self)
        self._searching = Latest(tasks, N_("Searching"), self)
        self._commands = self._action_entries()
        self._model = EntryModel(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        self._build()
        self._find()

    def _build(self) -> None:
        self.setAccessibleName(self._texts(N_("Search everything")))
        self.setProperty("overlay", True)
        self.query = QLineEdit(self)
        self.query.setPlaceholderText(
            self._texts(N_("Actions, stories, terms, pictures…  > actions only, # terms only"))
        )
        self.query.setAccessibleName(self._texts(N_("Search everything")))
        self.query.textChanged.connect(self._on_text)
        self.query.installEventFilter(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(EntryDelegate(self._look, self._model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self._none = QLabel(self._texts(N_("Nothing is called that.")), self)
        self._none.setProperty("role", "muted")
        self._none.setContentsMargins(16, 12, 16, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.query)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._none)

    def show_archive(
        self, desk: Desk | None, stock: Stock, newest: Sequence[ListedStory], recent: Sequence[str]
    ) -> None:
        """Search the texts of ``desk`` and what stands on the shelves; offer the newest stories and what was chosen."""
        self._desk, self._stock, self._recent = desk, stock, recent
        unnamed = self._texts(N_("No headline yet"))
        self._newest = [
            Entry(Kind.STORY, one.summary.id, title, detail, ICONS[Kind.STORY], words=tuple(words))
            for one in newest for title, detail, *words in [story_words(one, unnamed)]
        ]  # fmt: skip
        self._find()

    def take_stock(self, stock: Stock) -> None:
        """Search these shelves from now on."""
        self._stock = stock
        self._find()

    def show_error(self, error: KnownError) -> None:
        """Say why nothing of the archive is found."""
        if not isinstance(error, CancelledError):
            self._none.setText(self._texts.error(error))
            self._none.show()

    def _action_entries(self) -> list[Entry]:
        entries = []
        for spec in self._actions.specs():
            action = self._actions.action(spec.id)
            if spec.id == "palette" or not action.isEnabled():
                continue
            words, tip = (str(spec.title),), self._texts(spec.tip) if spec.tip else ""
            title, key = self._actions.title(spec), self._actions.key_text(spec)
            entries.append(Entry(Kind.ACTION, spec.id, title, "", spec.icon or "", words=words, key=key, tip=tip))
        return entries

    def _on_text(self, _text: str) -> None:
        self._hits = []
        self._entered = False
        self._searching.forget()
        self._pause.start()
        self._find()

    def _find(self) -> None:
        """Find what fits, away from the window; where nothing is typed, there is nothing to find."""
        kind, words = parted(self.query.text())
        commands = self._commands if kind in {None, Kind.ACTION} else []
        shelves = self._stock.shelves(kind)
        if not words:
            self._finding.forget()
            offered = at_first(self._recent, commands, shelves, self._newest if kind is None else [])
            terms = [one.entry(row) for one in shelves if kind is Kind.TERM for row in range(min(len(one.ids), 40))]
            self._take(offered or terms, Wanted(""))
            return
        spelling, recent = self._stock.spelling, frozenset(self._recent)

        def find(progress: Progress) -> tuple[list[Entry], Wanted]:
            wanted = Wanted(words, spelling.pattern if spelling is not None else None)
            return best(wanted, commands, shelves, recent, progress.check), wanted

        self._finding.ask(find, lambda answer: self._take(*answer), self.show_error)

    def _take(self, found: list[Entry], wanted: Wanted) -> None:
        self._found, self._wanted = found, wanted
        self._show()
        if self._entered:
            self._entered = False
            self._choose(0)

    def _search(self) -> None:
        desk, (kind, query) = self._desk, parted(self.query.text())
        if desk is None or len(query) < 2 or kind is not None:
            return

        def find(_progress: Progress) -> list[Hit]:
            return search(desk, query, limit=_HITS)

        self._searching.ask(find, lambda hits: self._take_hits(query, hits), lambda _error: None)

    def _take_hits(self, query: str, hits: list[Hit]) -> None:
        stories = next((one for one in self._stock.shelves(Kind.STORY)), None)
        known = {hit.owner: stories.find(f"story:{hit.owner}") for hit in hits} if stories is not None else {}
        headlines = {story: entry.title for story, entry in known.items() if entry is not None}
        self._hits = [hit_entry(hit, query, headlines) for hit in hits]
        self._show(keep=True)

    def _show(self, *, keep: bool = False) -> None:
        found = [*self._found, *without_doubles(self._hits, self._found)]
        row = self.list.currentIndex().row()
        self._model.show(found, self._wanted)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(row if keep and 0 <= row < len(found) else 0))

    def _choose(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            entry = self._model.entry(row)
            self.leave()
            self.chosen.emit(entry)

    def _enter(self) -> None:
        """Choose the line that is marked; where the answer is under way, the first of it."""
        if self._finding.waiting:
            self._entered = True
        else:
            self._choose(self.list.currentIndex().row())

    def leave(self) -> None:
        """Close, and give the keyboard back to where it was."""
        if self._before is not None and isValid(self._before):
            self._before.setFocus()
        self.close()

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            self.list.setCurrentIndex(self._model.index((self.list.currentIndex().row() + by) % count))

    def open(self) -> None:
        """Show it over the upper part of the window, ready to be typed into."""
        theme = self._look.theme
        width = min(theme.px(640), self._window.width() - theme.px(40))
        height = min(theme.px(440), self._window.height() - theme.px(100))
        self.setGeometry((self._window.width() - width) // 2, theme.px(44), width, height)
        self.show()
        self.raise_()
        self.query.setFocus()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.query and event.type() is QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() not in _STAYS:
                self.close()
        elif watched is self.query and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self._move(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
                self._move(8 if key == Qt.Key.Key_PageDown else -8)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._enter()
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
