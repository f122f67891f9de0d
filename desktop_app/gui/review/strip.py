"""The sign-off strip: one line that says who, when, what is next, and what still stands in the way."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop_app.desk.stories import StoryFile
from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.people import Person
from desktop_app.domain.story import StoryState
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import STORY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.weighing import weighed
from desktop_app.gui.kit.widgets import Pill, push_button
from desktop_app.gui.review.hand_acts import HANDS, OtherAct
from desktop_app.gui.review.steps import NextAct, next_act, other_acts, step_views, what_waits, why_unused
from desktop_app.gui.review.steps_row import StepsRow
from desktop_app.gui.review.why_label import WhyLabel

_MARGINS = (16, 2, 12, 2)  # pixels, from the left round
_SPACING = 10  # pixels between the parts
_UNDER = 6  # pixels at 100 % under a reason on a line of its own
_PLAIN = {StoryState.SOURCED, StoryState.DRAFTING, StoryState.SUBMITTED, StoryState.IN_REVISION, StoryState.APPROVED}
# The menu between its lines: hands and reviews, what lets words out, source and embargo, files, what takes words back.
_FAMILIES = (
    frozenset({"return", "withdraw", *HANDS}),
    frozenset({"release", "release-early", "approve-later", "republish", "correct", "give-up"}),
    frozenset({"source", "source-same", "source-reopen", "embargo", "embargo-confirm", "embargo-refuse"}),
    frozenset({"export"}),
)


def _family(action: str) -> int:
    return next((place for place, family in enumerate(_FAMILIES) if action in family), len(_FAMILIES))


def findings_text(findings: Sequence[Finding]) -> tuple[Message | None, str]:
    """What the findings weigh, as a sentence and the role of its colour: errors alone when there are any."""
    errors = sum(1 for finding in findings if finding.severity is Severity.ERROR)
    return weighed(errors, len(findings) - errors)


class SignOffStrip(QWidget):
    """Steps, obstacles, one primary button, and a small menu for the rest.

    ``requested(action, step)`` asks for an act: submit, claim, sign, approve, release or export from the button
    (correct or restore where that is next), return, withdraw, unpublish, correct, drop or restore from the menu.
    """

    requested = Signal(str, object)
    findings_clicked = Signal()
    comments_clicked = Signal()

    READ_ONLY = N_("this archive can only be read")

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._next: NextAct | None = None
        self._others: list[OtherAct] = []
        self._shown: tuple[StoryFile, Person | None] | None = None
        self._writable, self._acting = True, False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self.setAccessibleName(texts(N_("Sign-offs")))
        self._steps = StepsRow(look, self)
        self._pill = Pill(parent=self)
        self._findings = push_button("", "flat", self)
        self._findings.setToolTip(texts(N_("Show the findings")))
        self._findings.clicked.connect(self.findings_clicked)
        self._weight = "muted"
        self._comments = push_button("", "flat", self)
        self._comments.setToolTip(texts(N_("Show the comments")))
        self._comments.clicked.connect(self.comments_clicked)
        self._open = 0
        self._why = WhyLabel(look, self)
        self._below = QLabel(self)  # the same, on a line of its own where it has no room beside the steps
        self._below.setProperty("role", "small")
        self._below.setTextFormat(Qt.TextFormat.PlainText)
        self._below.setWordWrap(True)
        self._primary = push_button("", "primary", self)
        self._primary.clicked.connect(self.request_next)
        self._more = QToolButton(self)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setText("⋯")
        self._more.setAccessibleName(texts(N_("More actions")))
        self._more.setToolTip(texts(N_("More actions")))
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._more.setMenu(self._menu)
        self._lay_out()
        look.changed.connect(self._fit)
        self._fit()
        self.clear()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*_MARGINS)
        column.setSpacing(0)
        layout = QHBoxLayout()
        layout.setSpacing(_SPACING)
        column.addLayout(layout, 1)
        column.addWidget(self._below)
        layout.addWidget(self._steps)
        layout.addStretch(1)
        layout.addWidget(self._pill)
        between = QHBoxLayout()  # read as one line: 2 findings · 1 comment
        between.setSpacing(0)
        between.addWidget(self._findings)
        between.addWidget(self._comments)
        layout.addLayout(between)
        layout.addWidget(self._why)
        layout.addWidget(self._primary)
        layout.addWidget(self._more)

    @property
    def next_action(self) -> tuple[str, str | None] | None:
        """What the primary button asks for, None while it asks for nothing."""
        return (self._next.action, self._next.step) if self._next is not None else None

    def request_next(self) -> None:
        """Press the primary button, if it can be pressed."""
        if self._next is not None and self._next.reason is None and not self._acting:
            self.requested.emit(self._next.action, self._next.step)

    def request_other(self, action: str) -> Message | None:
        """Ask for an act of the menu as if it were chosen there; the reason where it cannot be."""
        found = next((act for act in self._others if act.action == action), None)
        if found is None:
            if not self._writable:
                return self.READ_ONLY
            reason = why_unused(action, *self._shown) if self._shown is not None else None
            return reason or N_("this story has no use for it now")
        if found.reason is None and not self._acting:
            self.requested.emit(found.action, found.step)
        return found.reason

    def clear(self) -> None:
        """Show no story."""
        self._next, self._others, self._shown = None, [], None
        self._steps.show_views([])
        self._menu.clear()
        self.show_findings(())
        for widget in (self._pill, self._why, self._below, self._primary, self._more):
            widget.hide()

    def show_writable(self, *, writable: bool) -> None:
        """Say whether the archive can be written; told before ``show_file``."""
        self._writable = writable

    def show_acting(self, *, acting: bool) -> None:
        """Let nothing be asked for while an act is written, and until the story is read after it."""
        self._acting = acting
        self._primary.setEnabled(not acting and self._next is not None and self._next.reason is None)
        self._more.setEnabled(not acting)

    def show_file(self, file: StoryFile, person: Person | None, findings: Sequence[Finding]) -> None:
        """Show where a story stands for the person at the desk."""
        self._shown = (file, person)
        self._steps.show_views(step_views(file, self._texts))
        self._show_state(file)
        following = next_act(file, person)
        if following is not None and following.action != "export" and not self._writable:
            following = replace(following, reason=self.READ_ONLY, who=None)
        self._show_next(following)
        self._menu.clear()
        self._others = other_acts(file, person) if self._writable else []
        self._others.sort(key=lambda act: _family(act.action))
        for before, act in zip([None, *self._others], self._others, strict=False):
            if before is not None and _family(before.action) != _family(act.action):
                self._menu.addSeparator()
            action = self._menu.addAction(self._texts(act.label))
            if act.reason is not None:
                action.setEnabled(False)
                action.setToolTip(self._texts(act.reason))
            action.triggered.connect(
                lambda _checked=False, name=act.action, step=act.step: self.requested.emit(name, step)
            )
        self._more.setVisible(not self._menu.isEmpty())
        self.show_findings(findings)
        self._share()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show how many findings stand in the way."""
        message, self._weight = findings_text(findings)
        self._findings.setVisible(message is not None)
        self._findings.setText(self._texts(message) if message is not None else "")
        self._color_findings()
        self.show_comments(self._open)

    def show_comments(self, count: int) -> None:
        """Show how many open comments stand in the way."""
        self._open = count
        said = self._texts(NN_("{n} comment", "{n} comments", count))
        self._comments.setText(f"· {said}" if not self._findings.isHidden() else said)
        self._comments.setAccessibleName(said)
        self._comments.setVisible(count > 0)
        self._share()

    def _show_state(self, file: StoryFile) -> None:
        """Name the state where the steps alone do not tell it."""
        self._pill.setVisible(file.story.state not in _PLAIN)
        self._pill.show_mark(STORY_MARKS[file.story.state], self._texts)
        waits = what_waits(file)
        self._pill.setToolTip(self._texts(waits) if waits is not None else "")
        self._pill.setAccessibleDescription(self._pill.toolTip())

    def _show_next(self, act: NextAct | None) -> None:
        self._next = act
        self._primary.setVisible(act is not None)
        hindered = act is not None and act.reason is not None
        self._why.set_text("")
        if act is None:
            return
        whole = ""
        if act.reason is not None:
            said = N_("{who}: {reason}", who=act.who, reason=act.reason) if act.who is not None else act.reason
            whole = self._texts(said)
        self._primary.setText(self._texts(act.label))
        self._primary.setEnabled(not hindered and not self._acting)
        self._primary.setToolTip(whole)
        self._primary.setAccessibleDescription(whole)
        self._why.set_text(whole)
        self._below.setText(whole)
        self._below.setAccessibleName(whole)

    def _color_findings(self) -> None:
        color = self._look.theme.color(self._weight).name()
        self._findings.setStyleSheet(f"QPushButton {{ color: {color}; padding: 1px 1px 1px 4px; }}")
        warning = self._look.theme.color("warning").name()
        self._comments.setStyleSheet(f"QPushButton {{ color: {warning}; padding: 1px 2px; }}")

    def _fit(self) -> None:
        self._color_findings()
        self._share()

    def _share(self) -> None:
        """Give the reason the width that it wants; where the steps would lose for it what they say, a line of its own.

        It depends on the width alone, so that the height which follows from it changes nothing.
        """
        others = [self._pill, self._findings, self._comments, self._primary, self._more]
        taken = sum(one.sizeHint().width() + _SPACING for one in others if not one.isHidden())
        inner = self.width() - _MARGINS[0] - _MARGINS[2]
        left = inner - taken - 3 * _SPACING - self._steps.brief_width()
        beside = self._why.is_short() and self._why.wanted_width() <= left
        said = bool(self._why.whole())
        self._why.setVisible(said and beside)
        self._below.setVisible(said and not beside)
        height = self._look.theme.px(58)
        if said and not beside:
            height += self._below.heightForWidth(inner) + self._look.theme.px(_UNDER)
        if height != self.height() or self.minimumHeight() != self.maximumHeight():
            self.setFixedHeight(height)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it can be made: the reason goes under the steps then."""
        hint = super().minimumSizeHint()
        spare = 0 if self._why.isHidden() else self._why.wanted_width() + _SPACING
        return QSize(hint.width() - spare, hint.height())
