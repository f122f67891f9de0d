"""The counts of the story in front, as Word counts: both sides, what is selected, by status, and repetitions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.domain.counts import WordCount, word_count
from desktop_app.domain.story_counts import Pair, StoryCounts
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import SEGMENT_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline

_FIGURES: tuple[tuple[Message, str], ...] = (
    (N_("Words"), "words"),
    (N_("Characters (no spaces)"), "characters"),
    (N_("Characters (with spaces)"), "with_spaces"),
    (N_("Asian characters"), "asian"),
    (N_("Non-Asian words"), "other"),
)


class CountsDialog(QDialog):
    """Shows the counts of one story; ``selected`` is the text that is selected, or that of the active cell."""

    def __init__(self, look: Look, texts: Texts, counts: StoryCounts, selected: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts
        self._lines: list[Sequence[str]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts(N_("Counts")))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.theme.px(28))
        self._grid.setVerticalSpacing(look.theme.px(6))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(0, look.theme.px(190))
        self._fill_figures(counts.all, word_count(selected))
        self._fill_shares(counts)
        said = N_("Counted as Microsoft Word does: an Asian character or full-width mark is a word.")
        note = QLabel(texts(said), self)
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton(texts(N_("Copy")), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy)
        close = buttons.addButton(texts(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        close.setFocus()
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        margin = look.theme.px(20)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(look.theme.px(14))
        layout.addLayout(self._grid)
        layout.addWidget(note)
        layout.addStretch(1)
        layout.addWidget(buttons)

    def copy(self) -> None:
        """Put the table on the clipboard, cells parted by tabs, as spreadsheets take it."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in self._lines))

    def lines(self) -> list[Sequence[str]]:
        """The table as it is shown."""
        return self._lines

    def _fill_figures(self, both: Pair, selected: WordCount) -> None:
        texts = self._texts
        self._head("", texts(N_("Chinese")), texts(N_("English")), texts(N_("Selected")))
        for title, figure in _FIGURES:
            columns = (both.source, both.target, selected)
            self._line(texts(title), *(getattr(one, figure) for one in columns))

    def _fill_shares(self, counts: StoryCounts) -> None:
        texts = self._texts
        self._rule()
        self._head("", texts(N_("Chinese, words")), texts(N_("English, words")), texts(N_("Segments")))
        for status, pair in counts.statuses.items():
            mark = SEGMENT_MARKS[status]
            self._pair(f"{mark.glyph}  {texts(mark.word)}", pair)
        self._pair(texts(N_("Repeated")), counts.repeated)
        self._pair(texts(N_("Captions")), counts.captions)
        self._rule()
        self._pair(texts(N_("All")), counts.all)
        self._line(texts(N_("Paragraphs")), None, None, counts.paragraphs)

    def _pair(self, title: str, pair: Pair) -> None:
        self._line(title, pair.source.words, pair.target.words, pair.segments)

    def _head(self, *titles: str) -> None:
        self._add(titles, "muted")

    def _line(self, title: str, *figures: int | None) -> None:
        self._add((title, *("" if figure is None else self._texts.number(figure) for figure in figures)), "")

    def _add(self, cells: Sequence[str], role: str) -> None:
        row = self._grid.rowCount()
        for column, text in enumerate(cells):
            label = QLabel(text, self)
            if role:
                label.setProperty("role", role)
            if column:
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, row, column)
        self._lines.append(cells)

    def _rule(self) -> None:
        self._grid.addWidget(Hairline(parent=self), self._grid.rowCount(), 0, 1, 4)
