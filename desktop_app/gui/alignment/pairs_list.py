"""The painted rows of a pairing: number and mark, then both sides, the active one framed."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font, ui_font
from desktop_app.language.alignment.pairing import PairedRow, Pairing, Side

Index = QModelIndex | QPersistentModelIndex
_LEADING = 1.55
_SIDES: tuple[Side, Side] = ("source", "target")


class PairsModel(QAbstractListModel):
    """The rows of one pairing; ``side`` is the one that the keys act on."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._sides: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        self.pairing = Pairing((), (), ())
        self.side: Side = "target"

    def show_pairing(self, pairing: Pairing) -> None:
        """Show another state of the pairing."""
        self.beginResetModel()
        self.pairing, self._sides = pairing, pairing.all_sentences()
        self.endResetModel()

    def sentences(self, row: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Both sides of a row."""
        return self._sides[row]

    def status(self, row: PairedRow) -> str:
        """What is to be said of a row, empty where it is well."""
        if row.left_out:
            return self._texts(N_("left out"))
        if not row.is_whole:
            return self._texts(N_("without an answer"))
        return self._texts(N_("doubtful")) if row.is_doubtful else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._sides)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and index.isValid():
            ours, theirs = self._sides[index.row()]
            status = self.status(self.pairing.rows[index.row()])
            return "\n".join(part for part in (status, " ".join(ours), " ".join(theirs)) if part)
        return None


class PairsDelegate(QStyledItemDelegate):
    """Paints a row; each sentence begins a line, so that one sees what would move."""

    def __init__(self, look: Look, model: PairsModel, languages: tuple[str, str], view: QListView) -> None:
        super().__init__(view)
        self._look, self._model, self._languages, self._view = look, model, languages, view
        self._kept: dict[tuple[str, str, int], QTextLayout] = {}
        look.changed.connect(self._kept.clear)

    def _columns(self) -> tuple[QRect, QRect]:
        px, width = self._look.theme.px, self._view.viewport().width()
        left = px(64)
        half = max(px(80), (width - left) // 2)
        return QRect(left, 0, half, 0), QRect(left + half, 0, half, 0)

    def _layout(self, sentence: str, language: str, width: int) -> QTextLayout:
        key = (sentence, language, width)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) > 4000:
                self._kept.clear()
            found = self._kept[key] = _laid_out(sentence, story_font(language, self._look.theme.px(14)), width)
        return found

    def _height(self, sentences: tuple[str, ...], language: str, width: int) -> int:
        gap = self._look.theme.px(4)
        return sum(_height(self._layout(one, language, width)) + gap for one in sentences)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._look.theme, option.rect
        row = self._model.pairing.rows[index.row()]
        active = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, theme.color("active_row" if active else "paper"))
        painter.fillRect(QRect(rect.left(), rect.top(), theme.px(64), rect.height()), theme.color("gutter"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        self._gutter(painter, rect, index.row(), row)
        if row.left_out:
            painter.setOpacity(0.45)
        for side, sentences, column, language in zip(
            _SIDES, self._model.sentences(index.row()), self._columns(), self._languages, strict=True
        ):
            self._side(painter, rect, sentences, column, language)
            if active and side == self._model.side:
                painter.setPen(QPen(theme.color("accent"), 2))
                frame = QRect(rect.left() + column.left(), rect.top(), column.width(), rect.height())
                painter.drawRect(frame.adjusted(1, 1, -2, -2))
        painter.restore()

    def _gutter(self, painter: QPainter, rect: QRect, number: int, row: PairedRow) -> None:
        theme = self._look.theme
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setFont(ui_font(theme.px(11.5)))
        painter.setPen(theme.color("muted"))
        place = QRect(rect.left(), rect.top() + theme.px(9), theme.px(64), theme.px(18))
        painter.drawText(place, flags, str(number + 1))
        mark, tone = "", "muted"
        if row.left_out:
            mark = "✕"
        elif row.approved:
            mark, tone = "✓", "good"
        elif not row.is_whole:
            mark, tone = "–", "warning"
        elif row.is_doubtful and row.score is not None:
            mark, tone = f"? {round(row.score * 100)}", "warning"
        painter.setFont(ui_font(theme.px(11.5), bold=True))
        painter.setPen(theme.color(tone))
        painter.drawText(place.translated(0, theme.px(17)), flags, mark)

    def _side(self, painter: QPainter, rect: QRect, sentences: tuple[str, ...], column: QRect, language: str) -> None:
        theme = self._look.theme
        pad, y = theme.px(12), rect.top() + theme.px(8)
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.left() + column.left(), rect.top(), rect.left() + column.left(), rect.bottom())
        for number, sentence in enumerate(sentences):
            if number:
                painter.setPen(QPen(theme.color("outline"), 1, Qt.PenStyle.DotLine))
                line = y - theme.px(2)
                painter.drawLine(rect.left() + column.left() + pad, line, rect.left() + column.right() - pad, line)
            layout = self._layout(sentence, language, column.width() - 2 * pad)
            painter.setPen(theme.color("ink"))
            layout.draw(painter, QPointF(rect.left() + column.left() + pad, y))
            y += _height(layout) + theme.px(4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        px = self._look.theme.px
        heights = [
            self._height(sentences, language, column.width() - 2 * px(12))
            for sentences, column, language in zip(
                self._model.sentences(index.row()), self._columns(), self._languages, strict=True
            )
        ]
        return QSize(self._view.viewport().width(), max(px(52), max(heights) + px(14)))


def _laid_out(text: str, font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    step, y = round(font.pixelSize() * _LEADING), 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 24))
        line.setPosition(QPointF(0, y))
        y += step
    layout.endLayout()
    return layout


def _height(layout: QTextLayout) -> int:
    return round(layout.font().pixelSize() * _LEADING) * layout.lineCount()
