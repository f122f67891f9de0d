"""The words of a picture: captions and alternative texts in both languages, credit, people, date, rights."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.domain.story import Bilingual
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font
from desktop_app.gui.kit.widgets import restyle

_SEEN = N_("What is to be seen, for those who cannot see it")
_SEPARATORS = str.maketrans("，、；;", ",,,,")


class _TextField(QPlainTextEdit):
    """A caption or an alternative text: one paragraph, so Enter goes on to the next field."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """Take the height of its lines in the font it has."""
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(160, self.height())


class WordsForm(QWidget):
    """Fields that tell at once whether anything differs from the catalogue: ``edited()`` after every change."""

    edited = Signal()

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._picture: Picture | None = None
        self._shown: Picture | None = None  # the words as the fields give them back untouched
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self.caption_zh = self._text(N_("Chinese caption"), 2)
        self.caption_en = self._text(N_("English caption"), 3)
        self.alt_zh = self._text(N_("Chinese alternative text"), 2, _SEEN)
        self.alt_en = self._text(N_("English alternative text"), 3, _SEEN)
        self.credit = self._line(N_("Credit"))
        self.people = self._line(N_("People, from left to right"), N_("Names with commas between them"))
        self.date = self._line(N_("Date"), N_("2025-03-20"))
        self._problem = QLabel(self)
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._column.addWidget(self._problem)
        self.rights = self._line(N_("Rights"))
        look.changed.connect(self._fit)
        self._fit()

    def _label(self, text: Message, field: QWidget) -> None:
        label = QLabel(self._texts(text), self)
        label.setProperty("role", "muted")
        label.setBuddy(field)
        field.setAccessibleName(self._texts(text))
        if self._column.count():
            self._column.addSpacing(7)
        self._column.addWidget(label)
        self._column.addWidget(field)

    def _text(self, label: Message, lines: int, hint: Message | None = None) -> _TextField:
        field = _TextField(lines, self)
        if hint is not None:
            field.setPlaceholderText(self._texts(hint))
        field.textChanged.connect(self._on_edited)
        self._label(label, field)
        return field

    def _line(self, label: Message, hint: Message | None = None) -> QLineEdit:
        field = QLineEdit(self)
        if hint is not None:
            field.setPlaceholderText(self._texts(hint))
        field.textEdited.connect(self._on_edited)
        self._label(label, field)
        return field

    def show_picture(self, picture: Picture | None) -> None:
        """Put a picture's words into the fields; what was typed and not taken is gone."""
        self._picture = None  # nothing counts as edited while the fields are filled
        shown = picture or Picture("", "", "", "", "", 0, 0)
        for field, text in self._filled(shown):
            if isinstance(field, QLineEdit):
                field.setText(text)
            elif field.toPlainText() != text:
                field.setPlainText(text)
        self._picture = picture
        self._shown = self.described()
        self.setEnabled(picture is not None)
        self._show_problem()

    def put(self, words: Picture) -> None:
        """Put words back that were typed for this picture and not taken yet."""
        for field, text in self._filled(words):
            if isinstance(field, QLineEdit):
                field.setText(text)
            else:
                field.setPlainText(text)
        self._on_edited()

    def _filled(self, picture: Picture) -> list[tuple[QLineEdit | _TextField, str]]:
        return [
            (self.caption_zh, picture.caption.zh),
            (self.caption_en, picture.caption.en),
            (self.alt_zh, picture.alt.zh),
            (self.alt_en, picture.alt.en),
            (self.credit, picture.credit),
            (self.people, ", ".join(picture.people)),
            (self.date, picture.date or ""),
            (self.rights, picture.rights),
        ]

    def described(self) -> Picture | None:
        """The picture as the fields describe it."""
        if self._picture is None:
            return None
        names = (name.strip() for name in self.people.text().translate(_SEPARATORS).split(","))
        return replace(
            self._picture,
            caption=Bilingual(_plain(self.caption_zh), _plain(self.caption_en)),
            alt=Bilingual(_plain(self.alt_zh), _plain(self.alt_en)),
            credit=self.credit.text().strip(),
            rights=self.rights.text().strip(),
            people=tuple(name for name in names if name),
            date=self.date.text().strip() or None,
        )

    def is_changed(self) -> bool:
        """Whether anything differs from what the catalogue says."""
        return self._picture is not None and self.described() != self._shown

    def problem(self) -> Message | None:
        """Why this cannot be saved."""
        text = self.date.text().strip()
        if not text or (self._picture is not None and text == self._picture.date):
            return None
        try:
            date.fromisoformat(text)
        except ValueError:
            return N_("This is no day. Write it as 2025-03-20.")
        return None

    def _on_edited(self) -> None:
        if self._picture is not None:
            self._show_problem()
            self.edited.emit()

    def _show_problem(self) -> None:
        problem = self.problem()
        self._problem.setText(self._texts(problem) if problem is not None else "")
        self._problem.setVisible(problem is not None)
        restyle(self.date, invalid=problem is not None)

    def _fit(self) -> None:
        theme = self._look.theme
        for field, language in (
            (self.caption_zh, "zh"), (self.caption_en, "en"), (self.alt_zh, "zh"), (self.alt_en, "en")
        ):  # fmt: skip
            field.setFont(story_font(language, theme.px(14)))
            field.fit()


def _plain(field: QPlainTextEdit) -> str:
    """The text as one paragraph."""
    return " ".join(field.toPlainText().split("\n")).strip()
