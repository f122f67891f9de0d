"""Asks for one term: new, or to be changed."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.terms import Term, TermKind
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import InlineMessage, push_button
from desktop_app.gui.terms.terms_panel import KINDS

_SEPARATORS = str.maketrans("；、，;", ",,,,")


class TermDialog(QDialog):
    """``asked(Term)`` when a person is done; ``show_error`` says why the desk does not take it."""

    asked = Signal(object)

    def __init__(self, look: Look, texts: Texts, term: Term, parent: QWidget) -> None:
        """Begin with what ``term`` says; an empty id stands for a new one."""
        super().__init__(parent)
        self._texts = texts
        self._term = term
        new = not term.id
        self.setWindowTitle(texts(N_("Add a term") if new else N_("Change a term")))
        self.source = QLineEdit(term.source, self)
        self.target = QLineEdit(term.target, self)
        self.kind = QComboBox(self)
        for kind, title in KINDS.items():
            self.kind.addItem(texts(title), kind)
        self.kind.setCurrentIndex(list(KINDS).index(term.kind))
        self.source_short = QLineEdit(", ".join(term.source_short), self)
        self.short = QLineEdit(term.short, self)
        self.allowed = QLineEdit(", ".join(term.allowed), self)
        self.forbidden = QLineEdit(", ".join(term.forbidden), self)
        self.note = QLineEdit(term.note, self)
        self._trouble = InlineMessage(look, texts(N_("Close")), self)
        self.save = push_button(texts(N_("Add") if new else N_("Save")), "primary", self)
        self.save.setDefault(True)
        self._cancel = push_button(texts(N_("Cancel")), "", self)
        self.save.clicked.connect(lambda: self.asked.emit(self.term()))
        self._cancel.clicked.connect(self.reject)
        for field in (self.source, self.target):
            field.textChanged.connect(self._on_text)
        self._lay_out(look)
        self._on_text()
        (self.target if term.source else self.source).setFocus()

    def term(self) -> Term:
        """What is written now."""
        return replace(
            self._term,
            source=self.source.text().strip(),
            target=self.target.text().strip(),
            kind=TermKind(self.kind.currentData()),
            source_short=_listed(self.source_short.text()),
            short=self.short.text().strip(),
            allowed=_listed(self.allowed.text()),
            forbidden=_listed(self.forbidden.text()),
            note=self.note.text().strip(),
        )

    def show_error(self, error: KnownError) -> None:
        """Say why it was refused."""
        self._trouble.show_text(self._texts.error(error), "error")

    def _lay_out(self, look: Look) -> None:
        texts = self._texts
        several = texts(N_("several: part them with commas"))
        for field in (self.source_short, self.allowed, self.forbidden):
            field.setPlaceholderText(several)
        form = QFormLayout()
        form.setSpacing(8)
        rows: tuple[tuple[Message, QWidget], ...] = (
            (N_("Chinese"), self.source),
            (N_("English"), self.target),
            (N_("Kind"), self.kind),
            (N_("Short in Chinese"), self.source_short),
            (N_("Short in English"), self.short),
            (N_("Also allowed"), self.allowed),
            (N_("Never"), self.forbidden),
            (N_("Remark"), self.note),
        )
        for label, widget in rows:
            form.addRow(texts(label), widget)
            widget.setAccessibleName(texts(label))
        says = QLabel(
            texts(N_("The full form stands at the first mention in a story, the short one afterwards.")), self
        )
        says.setProperty("role", "muted")
        says.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._trouble)
        layout.addLayout(form)
        layout.addWidget(says)
        layout.addLayout(buttons)
        self.setMinimumWidth(look.theme.px(460))

    def _on_text(self) -> None:
        self.save.setEnabled(bool(self.source.text().strip() and self.target.text().strip()))


def _listed(text: str) -> tuple[str, ...]:
    """The entries of a list that was typed; Chinese commas and semicolons part them too."""
    return tuple(dict.fromkeys(part for entry in text.translate(_SEPARATORS).split(",") if (part := entry.strip())))
