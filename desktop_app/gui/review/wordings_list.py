"""The wordings of one segment as painted lines: who, when, and what changed since the wording before."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.desk.part_history import PartHistory, Worded
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import ui_font
from desktop_app.gui.review.change_rows import LABELS, Passage
from desktop_app.gui.review.marked_text import MarkedText

Index = QModelIndex | QPersistentModelIndex
WORDED = Qt.ItemDataRole.UserRole
_SMALLER = N_("Wording")  # a passage with a label is set in the smaller type


class WordingModel(QAbstractListModel):
    """The wordings of one segment or picture, the newest first."""

    def __init__(self, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._history: PartHistory | None = None

    def show_history(self, history: PartHistory | None) -> None:
        """Show another segment's wordings."""
        if history != self._history:
            self.beginResetModel()
            self._history = history
            self.endResetModel()

    @property
    def worded(self) -> Sequence[Worded]:
        """What is shown."""
        return self._history.worded if self._history is not None else ()

    @property
    def language(self) -> str:
        """The language of the wordings."""
        return self._history.language if self._history is not None else "en"

    def head(self, one: Worded) -> tuple[str, str]:
        """Who wrote a wording, and the small print beside the name."""
        person = self._history.people.get(one.author.person or "") if self._history is not None else None
        when = self._texts.moment(datetime.fromisoformat(one.author.at)) if one.author.at else ""
        facts = [when]
        if one.version:
            facts.append(self._texts(N_("version {v}", v=one.version)))
        if one.field in LABELS:
            facts.append(self._texts(LABELS[one.field]))
        if one.stands:
            facts.append(self._texts(N_("now")))
        name = self._texts(person.called if person is not None else N_("as it came in"))
        return name, " · ".join(fact for fact in facts if fact)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.worded)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.worded):
            return None
        one = self.worded[index.row()]
        if role == WORDED:
            return one
        return ". ".join([*self.head(one), one.text]) if role == Qt.ItemDataRole.DisplayRole else None


class WordingDelegate(QStyledItemDelegate):
    """Paints a wording with its changes marked."""

    def __init__(self, look: Look, texts: Texts, model: WordingModel, view: QListView) -> None:
        super().__init__(view)
        self._look, self._texts, self._model, self._view = look, texts, model, view
        self._laid: dict[int, MarkedText] = {}
        self._for: tuple[int, object] = (0, None)
        model.modelReset.connect(self._laid.clear)

    def _text(self, row: int) -> MarkedText:
        theme, width = self._look.theme, self._view.viewport().width() - 2 * self._look.theme.px(14)
        if self._for != (width, theme):
            self._for = (width, theme)
            self._laid.clear()
        found = self._laid.get(row)
        if found is None:
            one = self._model.worded[row]
            language = "zh-Hans" if one.field.endswith("zh") else self._model.language
            first = all(sign == "+" for sign, _ in one.ops)
            ops = (("=", one.text),) if first and one.text else one.ops
            found = self._laid[row] = MarkedText(Passage(ops, language, _SMALLER), width, theme)
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(WORDED)
        if not isinstance(one, Worded):
            return
        theme, rect = self._look.theme, option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        name, facts = self._model.head(one)
        bold, small = ui_font(theme.px(13), bold=True), ui_font(theme.px(11.5))
        pad, height = theme.px(14), QFontMetrics(bold).height()
        line = QRect(rect.left() + pad, rect.top() + theme.px(8), rect.width() - 2 * pad, height)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(bold)
        painter.setPen(theme.color("ink"))
        shown = QFontMetrics(bold).elidedText(name, Qt.TextElideMode.ElideRight, line.width() // 2)
        painter.drawText(line, middle, shown)
        rest = line.adjusted(QFontMetrics(bold).horizontalAdvance(shown) + theme.px(8), 0, 0, 0)
        painter.setFont(small)
        painter.setPen(theme.color("good" if one.stands else "muted"))
        painter.drawText(rest, middle, QFontMetrics(small).elidedText(facts, Qt.TextElideMode.ElideRight, rest.width()))
        at = QPointF(line.left(), line.bottom() + theme.px(3))
        if one.text or one.ops:
            self._text(index.row()).draw(painter, at, theme.color("ink"))
        painter.setPen(theme.color("hairline"))
        painter.drawLine(rect.left() + pad, rect.bottom(), rect.right() - pad, rect.bottom())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = self._look.theme
        head = QFontMetrics(ui_font(theme.px(13), bold=True)).height()
        return QSize(80, theme.px(8) + head + theme.px(3) + self._text(index.row()).height + theme.px(9))
