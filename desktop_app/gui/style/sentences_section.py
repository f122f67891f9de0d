"""The rules that say where a sentence ends: the program's own, or the house's from a file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.style.parts import column, heading, remark, say
from desktop_app.language.sentences.rules import LanguageRules, SegmentationRules


class SentencesSection(QWidget):
    """``import_asked`` and ``export_asked`` are for files; None for rules stands for the program's own."""

    import_asked = Signal()
    export_asked = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.rules: SegmentationRules | None = None
        says = N_("They cut a text into sentences when it comes in. What is cut already stays as it is.")
        self._which = remark(" ", self, "")
        self._sets = QVBoxLayout()
        self._sets.setSpacing(2)
        self.bring_in = push_button(texts(N_("Import…")), "outline", self)
        self.bring_in.setToolTip(texts(N_("Rules of an SRX file, or of a JSON file")))
        self.bring_in.clicked.connect(self.import_asked)
        self.write_out = push_button(texts(N_("Export…")), "", self)
        self.write_out.setToolTip(texts(N_("Write all rules as SRX 2.0, for other programs")))
        self.write_out.clicked.connect(self.export_asked)
        self.reset = push_button(texts(N_("Back to the program's own")), "flat", self)
        self.reset.clicked.connect(lambda: self.show_rules(None))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.bring_in)
        line.addWidget(self.write_out)
        line.addWidget(self.reset)
        line.addStretch(1)
        layout = column(self)
        layout.addWidget(heading(texts(N_("Rules for sentences")), self))
        layout.addWidget(remark(texts(says), self))
        layout.addSpacing(4)
        layout.addWidget(self._which)
        layout.addLayout(self._sets)
        layout.addSpacing(8)
        layout.addLayout(line)
        layout.addStretch(1)
        self.show_rules(None)

    def show_rules(self, rules: SegmentationRules | None) -> None:
        """Show whose rules hold, and what sets of them there are."""
        self.rules = rules
        own = N_("The rules that came with the program.")
        say(self._which, self._texts(own if rules is None else N_("The house has rules of its own:")))
        while (item := self._sets.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for one in rules.languages if rules is not None else ():
            self._sets.addWidget(remark(self._texts(_told(one)), self))
        self.reset.setVisible(rules is not None)


def _told(one: LanguageRules) -> Message:
    words = len({*one.titles, *one.abbreviations, *one.numbered, *one.ordinary})
    rules, listed = NN_("{n} rule", "{n} rules", len(one.rules)), NN_("{n} word", "{n} words", words)
    return N_("· {language}: {rules}, {words}", language=one.name or one.language, rules=rules, words=listed)
