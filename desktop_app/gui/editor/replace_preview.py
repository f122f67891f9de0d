"""What replacing all would change in the open story: every text before and after, to be ticked, and what it undoes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.editor.rows import Field
from desktop_app.gui.kit.change_list import ChangeList, ChangeModel, ChangeRow
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline, push_button
from desktop_app.language.replacing_text import Replacer

if TYPE_CHECKING:  # it shows the values of the module that opens it
    from desktop_app.gui.editor.replacing import Change

_SIDES = {Field.CAPTION_TARGET: N_("caption"), Field.ALT: N_("alternative text")}


class ReplacePreview(QDialog):
    """``taken(changes)`` with those that are ticked, when a person said so."""

    taken = Signal(object)

    TITLE = N_("Replace in this story")

    def __init__(
        self, look: Look, texts: Texts, language: str, changes: Sequence["Change"], replacer: Replacer, parent: QWidget
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._texts, self._language = look, texts, language
        self._changes = list(changes)
        self._replacer = replacer
        self.setWindowTitle(texts(self.TITLE))
        self.model = ChangeModel(self._ops, self)
        self.list = ChangeList(look, self.model, texts(N_("What would change")), self)
        self.list.setMinimumHeight(look.theme.px(160))
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.undoes = QLabel(self)
        self.undoes.setProperty("role", "muted")
        self.undoes.setWordWrap(True)
        self.warning = QLabel(self)
        self.warning.setProperty("role", "warning")
        self.warning.setWordWrap(True)
        self.warning.hide()
        self.all = push_button("", "flat", self)
        self.replace = push_button("", "danger" if replacer.deletes else "primary", self)
        self.cancel = push_button(texts(N_("Cancel")), "", self)
        self._lay_out()
        self.all.clicked.connect(self._on_all)
        self.replace.clicked.connect(self._on_replace)
        self.cancel.clicked.connect(self.reject)
        self.list.opened.connect(lambda _row: self._on_replace())
        self.model.ticked_changed.connect(self._tell)
        self.model.show(self._rows())
        self.list.setCurrentIndex(self.model.index(0))
        self.replace.setDefault(True)
        self.list.setFocus()
        window = parent.window()
        self.resize(
            min(look.theme.px(760), window.width() - 24),
            min(look.theme.px(150 + 55 * min(8, max(3, len(self._changes)))), window.height() - 24),
        )

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(4)
        head.addWidget(self.summary)
        head.addWidget(self.undoes)
        head.addWidget(self.warning)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.all)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.replace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.list, 1)
        layout.addWidget(Hairline(parent=self))
        layout.addLayout(foot)

    def warn(self, message: Message) -> None:
        """Say what else follows from replacing."""
        self.warning.setText(self._texts(message))
        self.warning.show()

    def _rows(self) -> list[ChangeRow]:
        rows = []
        for place, one in enumerate(self._changes):
            note, tone = self._texts(N_("confirmed → draft")) if one.undoes else "", "muted"
            if one.field in _SIDES:
                note = self._texts(_SIDES[one.field])
            if one.refused is not None:
                note, tone = self._texts(one.refused), "warning"
            rows.append(ChangeRow("", place, str(one.number), note, one.refused is None, tone, self._language))
        return rows

    def _ops(self, row: ChangeRow) -> list[tuple[str, str]]:
        assert isinstance(row.key, int), "rows here are numbered"
        return self._replacer.ops(self._changes[row.key].before)

    def _ticked(self) -> list["Change"]:
        return [self._changes[key] for key in sorted(key for key in self.model.ticked() if isinstance(key, int))]

    def _tell(self) -> None:
        texts, ticked = self._texts, self._ticked()
        places = sum(len(one.spans) for one in ticked)
        total = sum(len(one.spans) for one in self._changes)
        rows = len({one.key for one in ticked})
        inside = NN_("{n} segment", "{n} segments", rows)
        if self._replacer.deletes:
            said = N_(
                "“Replace with” is empty: the words at {places} of {total} places in {rows} will be taken out.",
                places=places, total=total, rows=inside,
            )  # fmt: skip
            does = NN_("Delete at {n} place", "Delete at {n} places", places)
        else:
            said = N_("{places} of {total} places in {rows} will be replaced.", places=places, total=total, rows=inside)
            does = NN_("Replace {n} place", "Replace {n} places", places)
        self.summary.setText(texts(said))
        self.replace.setText(texts(does))
        undone = sum(one.undoes for one in ticked)
        refused = sum(one.refused is not None for one in self._changes)
        facts = []
        if undone:
            facts.append(NN_("{n} confirmed segment becomes a draft.", "{n} confirmed segments become drafts.", undone))
        if refused:
            facts.append(NN_("{n} text cannot be changed.", "{n} texts cannot be changed.", refused))
        facts.append(N_("The Chinese is not touched."))
        self.undoes.setText(("" if texts.language.startswith("zh") else " ").join(texts(fact) for fact in facts))
        self.replace.setEnabled(bool(ticked))
        some, most = self.model.count()
        self.all.setText(texts(N_("Tick none") if some == most else N_("Tick all")))
        self.all.setVisible(most > 1)

    def _on_all(self) -> None:
        some, most = self.model.count()
        self.model.tick_all(on=some < most)

    def _on_replace(self) -> None:
        ticked = self._ticked()
        if ticked:
            self.taken.emit(ticked)
            self.accept()
