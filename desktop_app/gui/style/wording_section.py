"""What the house has decided of the English itself: variety, headlines, sentences, captions, credits."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop_app.domain.house_style import NAME_PLACE, HouseStyle
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import SegmentedControl
from desktop_app.gui.style.parts import column, heading, remark, say

_UNDECIDED = ("", N_("Not decided"))
_VARIETIES = (_UNDECIDED, ("en-GB", N_("British")), ("en-US", N_("American")))
_CASES = (_UNDECIDED, ("sentence", N_("Sentence case")), ("title", N_("Title Case")))
_STOPS = (_UNDECIDED, ("always", N_("Always a stop")), ("never", N_("No stop")))
_MOST = 10_000


class WordingSection(QWidget):
    """Fields for everything that is one choice, one number or one line."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.variety = self._choice(_VARIETIES, N_("English"))
        self.headline_case = self._choice(_CASES, N_("Capitals in headlines"))
        self.caption_stop = self._choice(_STOPS, N_("Full stop after a caption"))
        self.headline_limit = self._number(look, N_("Longest headline"))
        self.long_sentence = self._number(look, N_("Longest sentence"))
        self.credit_form = QLineEdit(self)
        self.credit_form.setPlaceholderText(f"(Photo by {NAME_PLACE})")
        self.credit_form.setFixedWidth(look.theme.px(220))
        self.credit_form.setAccessibleName(texts(N_("Picture credit")))
        self.credit_form.setMaxLength(300)
        self.credit_form.textChanged.connect(lambda _text: self._on_credit())
        self.trouble = remark("", self, "error")
        self._lay_out()

    def _choice(self, choices: tuple[tuple[str, Message], ...], name: Message) -> SegmentedControl:
        texts = self._texts
        return SegmentedControl([(key, texts(text)) for key, text in choices], texts(name), self)

    def _number(self, look: Look, name: Message) -> QLineEdit:
        field = QLineEdit(self)
        field.setValidator(QIntValidator(0, _MOST, field))
        field.setPlaceholderText(self._texts(N_("No limit")))
        field.setFixedWidth(look.theme.px(110))
        field.setAccessibleName(self._texts(name))
        return field

    def _lay_out(self) -> None:
        texts = self._texts
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        credit = N_("{place} stands for the photographer; empty: any form", place=NAME_PLACE)
        rows: tuple[tuple[Message, QWidget, Message | None], ...] = (
            (N_("English"), self.variety, None),
            (N_("Longest headline"), self.headline_limit, N_("characters")),
            (N_("Capitals in headlines"), self.headline_case, None),
            (N_("Longest sentence"), self.long_sentence, N_("words; a name counts as one, a figure as none")),
            (N_("Full stop after a caption"), self.caption_stop, None),
            (N_("Picture credit"), self.credit_form, credit),
        )
        for label, field, after in rows:
            line = QHBoxLayout()
            line.setSpacing(10)
            line.addWidget(field)
            if after is not None:
                small = QLabel(texts(after), self)
                small.setProperty("role", "small")
                line.addWidget(small)
            line.addStretch(1)
            name = QLabel(texts(label), self)
            name.setBuddy(field)
            name.setMinimumHeight(field.sizeHint().height())  # in the middle of its line, which is higher
            form.addRow(name, line)
        form.addRow("", self.trouble)
        layout = column(self)
        layout.addWidget(heading(texts(N_("Wording")), self))
        undecided = N_("What is not decided is only checked for being alike within a story.")
        layout.addWidget(remark(texts(undecided), self))
        layout.addSpacing(4)
        layout.addLayout(form)
        layout.addStretch(1)

    def show_style(self, style: HouseStyle) -> None:
        """Show what is decided."""
        self.variety.choose(style.variety)
        self.headline_case.choose(style.headline_case)
        self.caption_stop.choose(style.caption_stop)
        self.headline_limit.setText(str(style.headline_limit or ""))
        self.long_sentence.setText(str(style.long_sentence or ""))
        self.credit_form.setText(style.credit_form)

    def onto(self, style: HouseStyle) -> HouseStyle:
        """The style with what stands here."""
        return replace(
            style,
            variety=self.variety.current(),
            headline_case=self.headline_case.current(),
            caption_stop=self.caption_stop.current(),
            headline_limit=int(self.headline_limit.text() or 0),
            long_sentence=int(self.long_sentence.text() or 0),
            credit_form=self.credit_form.text().strip(),
        )

    def valid(self) -> bool:
        """Whether what stands here can be saved."""
        form = self.credit_form.text().strip()
        return not form or form.count(NAME_PLACE) == 1

    def _on_credit(self) -> None:
        wrong = N_("The form of a credit needs {place} once.", place=NAME_PLACE)
        say(self.trouble, "" if self.valid() else self._texts(wrong))
