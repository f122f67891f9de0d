"""One picture of the grid, painted: thumbnail, caption in two lines, and what is missing or how often it is used."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font, ui_font
from desktop_app.gui.pictures.model import PICTURE, Index, PictureModel, lacks
from desktop_app.gui.pictures.thumbs import Thumbnails

_NARROWEST, _GAP = 176, 8  # a card's least width, the room around it (pixels at 100 %)
_SHAPE = 0.72  # an image's height by its width


class PictureDelegate(QStyledItemDelegate):
    """Paints a card: the thumbnail, the caption in two lines, and what is missing or how often it is used."""

    def __init__(self, look: Look, texts: Texts, thumbnails: Thumbnails, model: PictureModel, view: QWidget) -> None:
        super().__init__(view)
        self._look, self._texts, self._thumbnails, self._model = look, texts, thumbnails, model
        self._size = QSize()
        self.fill(0)

    def _draw_image(self, painter: QPainter, box: QRect, picture: Picture) -> None:
        theme = self._look.theme
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(box), 6, 6)
        painter.fillPath(shape, theme.color("hover"))
        image = self._thumbnails.image(picture.sha256)
        if image is None or image.isNull():
            failed = self._thumbnails.failure(picture.sha256) is not None or image is not None
            size = theme.px(24)
            middle = QRect(box.center().x() - size // 2, box.center().y() - size // 2, size, size)
            name, token = ("image-missing", "error") if failed else ("pictures", "muted")
            self._look.icon(name, token).paint(painter, middle)
            return
        painter.save()
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(box), image, _cut(image, box))
        painter.restore()

    def _draw_words(self, painter: QPainter, box: QRect, picture: Picture) -> None:
        theme = self._look.theme
        missing = lacks(picture)
        count = self._model.uses(picture.id)
        if missing is not None:
            note, token = f"! {self._texts(missing)}", "warning"
        elif count:
            note, token = self._texts(NN_("in {n} story", "in {n} stories", count)), "muted"
        else:
            note, token = self._texts(N_("not used yet")), "muted"
        english = bool(picture.caption.en)
        caption = picture.caption.en or picture.caption.zh or picture.file
        serif, small = story_font("en" if english else "zh", theme.px(13)), ui_font(theme.px(11.5))
        metrics = QFontMetrics(small)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        words = box.adjusted(0, 0, 0, -metrics.height() - theme.px(2))
        painter.setFont(serif)
        painter.setPen(theme.color("ink"))
        for line, text in enumerate(_two_lines(caption, QFontMetrics(serif), words.width())):
            top = words.top() + line * QFontMetrics(serif).height()
            painter.drawText(QRect(words.left(), top, words.width(), QFontMetrics(serif).height()), flags, text)
        painter.setFont(small)
        painter.setPen(theme.color(token))
        foot = QRect(box.left(), box.bottom() - metrics.height(), box.width(), metrics.height())
        painter.drawText(foot, flags, metrics.elidedText(note, Qt.TextElideMode.ElideRight, foot.width()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        picture = index.data(PICTURE)
        if not isinstance(picture, Picture):
            return
        theme = self._look.theme
        gap = theme.px(_GAP)
        card = option.rect.adjusted(gap // 2, gap // 2, -gap // 2, -gap // 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            ground = QPainterPath()
            ground.addRoundedRect(QRectF(card), 8, 8)
            painter.fillPath(ground, theme.color("accent_soft" if selected else "hover"))
        if selected:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), 8, 8)
        wide = card.width() - 2 * gap
        image = QRect(card.left() + gap, card.top() + gap, wide, round(wide * _SHAPE))
        self._draw_image(painter, image, picture)
        top = image.bottom() + theme.px(6)
        self._draw_words(painter, QRect(image.left(), top, image.width(), card.bottom() - top - theme.px(6)), picture)
        painter.restore()

    def fill(self, room: int) -> QSize:
        """Take the size of card with which whole columns fill so many pixels, and return it."""
        theme = self._look.theme
        columns = max(1, room // theme.px(_NARROWEST))
        width = max(theme.px(_NARROWEST), room // columns)
        caption, note = QFontMetrics(story_font("zh", theme.px(13))), QFontMetrics(ui_font(theme.px(11.5)))
        image = round((width - 3 * theme.px(_GAP)) * _SHAPE)
        self._size = QSize(width, image + theme.px(3 * _GAP + 12) + 2 * caption.height() + note.height())
        return self._size

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._size


def _cut(image: QImage, box: QRect) -> QRectF:
    """The part of an image that fills a box without distortion, from its middle, a little above for faces."""
    scale = min(image.width() / box.width(), image.height() / box.height())
    width, height = box.width() * scale, box.height() * scale
    return QRectF((image.width() - width) / 2, (image.height() - height) * 0.4, width, height)


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break a caption after the last word that fits, and elide its second line."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    end = len(text)
    while end > 1 and metrics.horizontalAdvance(text[:end]) > width:
        end -= 1
    space = text.rfind(" ", 0, end + 1)
    at = space if space > 0 else end
    return [text[:at], metrics.elidedText(text[at:].lstrip(), Qt.TextElideMode.ElideRight, width)]
