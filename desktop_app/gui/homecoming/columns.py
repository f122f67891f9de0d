"""The three texts of a conflict side by side: what stands here, what went out, what came home."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.homecoming.images import Images
from desktop_app.gui.homecoming.shown import Shown
from desktop_app.gui.homecoming.story_text import StoryText
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Pill, restyle

SIDES = ("mine", "base", "theirs")
_TITLES = {"mine": N_("Here"), "base": N_("Went out"), "theirs": N_("Came home")}
_HINTS = {
    "mine": N_("What stands in the archive now"),
    "base": N_("What both sides began from"),
    "theirs": N_("What was written away from here"),
}


class _Column(QFrame):
    """One of the three texts under its title; framed in the accent's colour, with a mark, where it was taken."""

    def __init__(self, look: Look, texts: Texts, side: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._texts, self._side = look, texts, side
        self.setProperty("surface", "card")
        self.title = QLabel(texts(_TITLES[side]), self)
        self.title.setProperty("role", "heading")
        self.who = QLabel("", self)
        self.who.setProperty("role", "muted")
        self.who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.taken = Pill(texts(N_("taken")), "accent", "✓", self)
        self.setToolTip(texts(_HINTS[side]))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addWidget(self.who, 1)
        head.addWidget(self.taken)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 10)
        self._column.setSpacing(5)
        self._column.addLayout(head)
        self._text = StoryText(look, self)
        self._absent = QLabel(self)
        self._absent.setProperty("role", "muted")
        self._picture = QLabel(self)
        self._picture.hide()
        self._column.addWidget(self._text)
        self._column.addWidget(self._picture)
        self._column.addWidget(self._absent)
        self._column.addStretch(1)

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show the picture that this side has."""
        self._picture.setVisible(picture is not None)
        if picture is not None:
            edge, mode = self._look.theme.px(160), Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(picture.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio, mode))

    def show_side(self, shown: Shown, *, taken: bool) -> None:
        """Show what this side says."""
        text, ops = shown.text(self._side), shown.ops(self._side)
        absent = self._texts(shown.absent)
        self._text.show_ops(shown.language, ops)
        self._text.setVisible(bool(ops))
        self._absent.setText(absent)
        self._absent.setVisible(not ops)
        self.who.setText({"theirs": shown.author, "mine": shown.here}.get(self._side, ""))
        self.taken.setVisible(taken)
        said = [self._texts(N_("taken"))] if taken else []
        self.setAccessibleName(": ".join([self.title.text(), *said, text or absent]))
        restyle(self, here=taken)


class Columns(QScrollArea):
    """The three columns under the sentence that they translate; long ones scroll, by the arrow keys too."""

    def __init__(self, look: Look, texts: Texts, images: Images, parent: QWidget) -> None:
        super().__init__(parent)
        self._images = images
        self.sides = {side: _Column(look, texts, side, self) for side in SIDES}
        self.source = StoryText(look, self)
        self.note = QLabel(self)
        self.note.setProperty("role", "warning")
        self.note.setWordWrap(True)
        three = QHBoxLayout()
        three.setSpacing(8)
        for text in self.sides.values():
            three.addWidget(text, 1)
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 6)
        column.setSpacing(8)
        column.addWidget(self.note)
        column.addWidget(self.source)
        column.addLayout(three)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(texts(N_("Here, what went out, and what came home")))
        self.setWidget(inner)

    def show_pictures(self, shown: Shown) -> None:
        """Show the pictures of a conflict that came meanwhile."""
        for side, column in self.sides.items():
            column.show_picture(self._images.pixmap(shown.picture(side)))

    def show_conflict(self, shown: Shown, taken: str, note: str) -> None:
        """Show one; ``taken`` is the side that was taken, empty for none; ``note`` may be empty."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.source.show_ops(shown.source_language, (("=", shown.source),))
        self.source.setVisible(bool(shown.source))
        for side, column in self.sides.items():
            column.show_side(shown, taken=side == taken)
        self.show_pictures(shown)
        self._images.want([one for one in shown.pictures if one])
        spoken = [part for part in (note, shown.source) if part]
        self.setAccessibleDescription(". ".join([*spoken, *(one.accessibleName() for one in self.sides.values())]))
        self.verticalScrollBar().setValue(0)
