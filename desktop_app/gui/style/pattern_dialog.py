"""Asks for one pattern of the house; what cannot be used is said beside its field, and a text can be tried."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.findings import Severity
from desktop_app.domain.house_style import HousePattern, HouseStyle, style_data, style_from
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import SEVERITY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.style.parts import remark, say
from desktop_app.language.checks import Context, Pair
from desktop_app.language.checks.house_patterns import CHECK
from desktop_app.language.patterns import compiled

SIDES: dict[str, Message] = {"target": N_("English"), "source": N_("Chinese")}
_LONGEST = 300  # characters of a field, and of the text that is tried
_SHOWN = 5  # matches of the text that is tried


class PatternDialog(QDialog):
    """``pattern()`` is what was written, once the dialog was accepted."""

    def __init__(
        self, look: Look, texts: Texts, pattern: HousePattern | None, taken: Collection[str], parent: QWidget
    ) -> None:
        """Begin with ``pattern``, None for a new one; ``taken`` are the ids of the others."""
        super().__init__(parent)
        self._texts, self._taken = texts, frozenset(taken)
        self.setWindowTitle(texts(N_("Add a pattern") if pattern is None else N_("Change a pattern")))
        self.setModal(True)
        self.setMinimumWidth(look.theme.px(560))
        begun = pattern or HousePattern(_free_id(self._taken), "", "", Severity.WARNING)
        self.finds, self.unless = self._line(begun.find), self._line(begun.unless)
        self.message, self.name = self._line(begun.message), self._line(begun.id)
        self.repair = QCheckBox(texts(N_("Offer a repair")), self)
        self.repair.setChecked(begun.replacement is not None)
        self.replacement = self._line(begun.replacement or "")
        self.severity = QComboBox(self)
        for severity, mark in SEVERITY_MARKS.items():
            self.severity.addItem(f"{mark.glyph} {texts(mark.word)}", severity)
        self.severity.setCurrentIndex(list(SEVERITY_MARKS).index(begun.severity))
        self.side = QComboBox(self)
        for side, title in SIDES.items():
            self.side.addItem(texts(title), side)
        self.side.setCurrentIndex(list(SIDES).index(begun.side))
        self.sample = self._line("")
        self.troubles = {field: remark("", self, "error") for field in (self.finds, self.unless, self.name)}
        self.troubles[self.replacement] = remark("", self, "error")
        self.found = remark("", self)
        self.save = push_button(texts(N_("Add") if pattern is None else N_("Change")), "primary", self)
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        self._lay_out()
        for field in (self.finds, self.unless, self.message, self.name, self.replacement, self.sample):
            field.textChanged.connect(lambda _text: self._judge())
        self.repair.toggled.connect(lambda _on: self._judge())
        self._judge()
        self.finds.setFocus()

    def pattern(self) -> HousePattern:
        """What is written now."""
        return HousePattern(
            self.name.text().strip(),
            self.finds.text(),
            self.message.text().strip(),
            Severity(self.severity.currentData()),
            str(self.side.currentData()),
            self.unless.text(),
            self.replacement.text() if self.repair.isChecked() else None,
        )

    def _line(self, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setMaxLength(_LONGEST)
        line.setCursorPosition(0)
        return line

    def _lay_out(self) -> None:
        texts = self._texts
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self.finds.setPlaceholderText(texts(N_("a regular expression")))
        self.unless.setPlaceholderText(texts(N_("a regular expression, or empty")))
        self.message.setPlaceholderText(texts(N_("the sentence that people read")))
        self.sample.setPlaceholderText(texts(N_("Try it on a text")))
        rows: tuple[tuple[Message, QLineEdit | QComboBox], ...] = (
            (N_("Finds"), self.finds),
            (N_("Except where"), self.unless),
            (N_("In"), self.side),
            (N_("Says"), self.message),
            (N_("Severity"), self.severity),
        )
        for label, field in rows:
            self._row(form, texts(label), field)
        repair = QVBoxLayout()
        repair.setSpacing(4)
        repair.addWidget(self.repair)
        repair.addWidget(self.replacement)
        self.replacement.setAccessibleName(texts(N_("Writes instead")))
        self.replacement.setPlaceholderText(texts(N_("what is written instead; \\1 is the first group")))
        form.addRow(texts(N_("Repair")), repair)
        form.addRow("", self.troubles[self.replacement])
        self._row(form, texts(N_("Id")), self.name)
        self._row(form, texts(N_("Try")), self.sample)
        form.addRow("", self.found)
        cancel = push_button(texts(N_("Cancel")), "", self)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _row(self, form: QFormLayout, label: str, field: QLineEdit | QComboBox) -> None:
        field.setAccessibleName(label)
        form.addRow(label, field)
        if isinstance(field, QLineEdit) and field in self.troubles:
            form.addRow("", self.troubles[field])

    # What is wrong, and what it finds

    def _judge(self) -> None:
        """Look at the fields one by one, so that each says what is wrong with it."""
        self.replacement.setEnabled(self.repair.isChecked())
        written = self.pattern()
        bare = HousePattern("x", written.find, "x")
        finds = bool(written.find) and self._usable(self.finds, bare)
        excepts = not written.unless or self._usable(self.unless, replace(bare, find="x", unless=written.unless))
        repairing = finds and written.replacement is not None
        repairs = not repairing or self._usable(self.replacement, replace(bare, replacement=written.replacement))
        named = self._named(written)
        for field, idle in ((self.finds, not written.find), (self.unless, not written.unless)):
            if idle:
                say(self.troubles[field], "")
        if not repairing:
            say(self.troubles[self.replacement], "")
        usable = finds and excepts and repairs
        self.save.setEnabled(usable and named and bool(written.message))
        self._try(replace(written, id="x", message="x") if usable else None)
        self._grow()

    def _grow(self) -> None:
        """Make room for what was said just now; sentences that wrap do not count in the least size of a layout."""
        layout = self.layout()
        if layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            if needed > self.height():
                self.resize(self.width(), needed)

    def _usable(self, field: QLineEdit, pattern: HousePattern) -> bool:
        """Whether what one field says can be compiled; why not stands beside it."""
        try:
            compiled(pattern)
        except InputRefusedError as error:
            say(self.troubles[field], self._texts.error(error))
            return False
        say(self.troubles[field], "")
        return True

    def _named(self, pattern: HousePattern) -> bool:
        """Whether the id can be one."""
        whole = HouseStyle(patterns=(replace(pattern, find="x", message="x", unless="", replacement=None),))
        said = ""
        if pattern.id in self._taken:
            said = self._texts(N_("Another pattern has this id."))
        else:
            try:
                style_from(style_data(whole))
            except InputRefusedError as error:
                said = self._texts(error.reason)
        say(self.troubles[self.name], said)
        return not said

    def _try(self, written: HousePattern | None) -> None:
        """Let the check itself look at the text that is tried."""
        text = self.sample.text()
        if written is None or not text:
            say(self.found, "")
            return
        found = list(CHECK.look([Pair("x", text, text)], Context(patterns=(compiled(written),))))
        if not found:
            say(self.found, self._texts(N_("It finds nothing here.")))
            return
        shown: list[str] = []
        for one in found[:_SHOWN]:
            span = one.target_span or one.source_span or (0, 0)
            made = f" → “{one.fix.label.values['value']}”" if one.fix is not None else ""
            shown.append(f"“{text[slice(*span)]}”{made}")
        listed = " · ".join([*shown, *(["…"] if len(found) > _SHOWN else [])])
        say(self.found, self._texts(N_("It finds {listed}", listed=listed)))


def _free_id(taken: Collection[str]) -> str:
    number = 1
    while f"rule-{number}" in taken:
        number += 1
    return f"rule-{number}"
