"""One match of the memory as a card: how sure, where from, what differs, and the translation it offers."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.domain.memory import Layer, Match
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.cards import Card
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.marked import MarkedLabel
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel, push_button

_SURE, _USEFUL = 95, 75
LAYERS: dict[Layer, Message] = {
    Layer.SIGNED: N_("signed"),
    Layer.IMPORTED: N_("imported"),
    Layer.DRAFT: N_("draft, not signed"),
}
_DIFFERS: dict[str, Message] = {
    "numbers": N_("numbers differ"),
    "dates": N_("dates differ"),
    "order": N_("another order"),
}


def tone_of(score: int) -> str:
    """The tone of a percentage; the number itself says the same in words."""
    return "good" if score >= _SURE else "warning" if score >= _USEFUL else "muted"


def percent_text(match: Match, texts: Texts) -> str:
    """``99 % · numbers differ``."""
    remarks = [texts(_DIFFERS[name]) for name in match.differs if name in _DIFFERS]
    if match.score > 100:
        remarks.append(texts(N_("same neighbours")))
    return " · ".join([texts(N_("{n} %", n=match.score)), *remarks])


def origin_text(match: Match, texts: Texts) -> str:
    """``signed · 2 June 2023``."""
    unit = match.unit
    return " · ".join(part for part in (texts(LAYERS[unit.layer]), _day(unit.at, texts)) if part)


def names_text(match: Match, texts: Texts) -> str:
    """Who wrote and who revised it, a line each."""
    unit = match.unit
    lines = []
    if unit.drafter:
        lines.append(texts(N_("Draft: {name}", name=unit.drafter)))
    if unit.reviser:
        lines.append(texts(N_("Revision: {name}", name=unit.reviser)))
    return "\n".join(lines)


def _day(moment: str, texts: Texts) -> str:
    try:
        return texts.day(datetime.fromisoformat(moment).date()) if moment else ""
    except ValueError:
        return moment


class MatchCard(Card):
    """Enter, a double click or its button takes the match; ``key`` is the shortcut that does the same."""

    taken = Signal()

    def __init__(
        self,
        match: Match,
        key: str,
        look: Look,
        texts: Texts,
        languages: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, by_click=False)
        percent = QLabel(percent_text(match, texts), self)
        percent.setProperty("role", "warning" if match.differs else tone_of(match.score))
        font = percent.font()
        font.setBold(True)
        percent.setFont(font)
        percent.setWordWrap(True)
        self.use = push_button(texts(N_("Use")), "flat", self)
        self.use.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.use.setToolTip(texts(N_("Put this translation into the segment ({key})", key=key)) if key else "")
        self.use.clicked.connect(self.taken)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(percent, 1)
        head.addWidget(self.use, alignment=Qt.AlignmentFlag.AlignVCenter)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        if key:
            cap = QLabel(key, self)
            cap.setProperty("keycap", True)
            facts.addWidget(cap, alignment=Qt.AlignmentFlag.AlignTop)
        origin = QLabel(origin_text(match, texts), self)
        origin.setProperty("role", "small")
        origin.setWordWrap(True)
        names = names_text(match, texts)
        facts.addWidget(origin, 1)
        source = MarkedLabel(look, languages[0], match.ops or (("=", match.unit.source),), parent=self)
        target = MarkedLabel(look, languages[1], (("=", match.unit.target),), parent=self)
        self.column.addLayout(head)
        self.column.addLayout(facts)
        if match.unit.origin:
            self.column.addWidget(ElidedLabel(match.unit.origin, "small", self, Qt.TextElideMode.ElideRight))
        self.column.addWidget(source)
        self.column.addWidget(target)
        self.setToolTip(names)
        facts_said = ", ".join(filter(None, (percent.text(), origin.text(), match.unit.origin)))
        self.setAccessibleName(f"{facts_said}: {match.unit.target}")
        self.setAccessibleDescription(match.unit.source)
        self.activated.connect(self.use.click)

    def show_refusal(self, reason: str) -> None:
        """Say on the button why the match cannot be used; empty where it can."""
        self.use.setEnabled(not reason)
        if reason:
            self.use.setToolTip(reason)
            self.use.setAccessibleDescription(reason)
