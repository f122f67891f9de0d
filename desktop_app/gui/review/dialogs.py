"""The questions of review: is this exactly what you sign, why (a note), and why a finding is set aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop_app.desk.stories import StoryFile
from desktop_app.desk.waivers import MAX_REASON
from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Step, StepKind
from desktop_app.domain.statements import shortened
from desktop_app.domain.story import Bilingual, SegmentStatus
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.asking import Asking
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font
from desktop_app.gui.kit.widgets import push_button
from desktop_app.gui.review.open_comments import NONE_OPEN, OpenComments, OpenCommentsBox

DIGEST_SHOWN = 12
_UNDONE = frozenset({SegmentStatus.UNTRANSLATED, SegmentStatus.DRAFT, SegmentStatus.REJECTED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands open in a text that somebody answers for.

    ``unconfirmed`` counts segments that nobody has confirmed, ``untranslated`` those with a source and no target.
    ``waiting`` counts changes that came home and are not decided.
    """

    errors: int
    others: int
    unconfirmed: int
    untranslated: int
    waiting: int = 0


def standing_of(file: StoryFile, findings: Sequence[Finding], waiting: int = 0) -> Standing:
    """Count what stands open in the text of ``file``."""
    errors = sum(1 for finding in findings if finding.severity is Severity.ERROR)
    content = file.story.content
    unconfirmed = sum(1 for segment in content.segments() if segment.status in _UNDONE)
    return Standing(errors, len(findings) - errors, unconfirmed, content.untranslated(), waiting)


@dataclass(frozen=True, slots=True)
class Statement:
    """Exactly what a person is about to sign.

    ``key`` is the fingerprint of the key that signs, None where the person has none.
    """

    headline: Bilingual
    languages: tuple[str, str]
    version: Message
    digest: str
    step: Message
    kind: StepKind
    name: Message
    standing: Standing
    key: str | None = None


def statement_of(
    file: StoryFile, step: Step, person: Person, findings: Sequence[Finding], waiting: int = 0
) -> Statement:
    """Put together what ``person`` signs when they sign ``step`` of the text in ``file``."""
    story = file.story
    version = N_("{version}, unchanged", version=str(story.version))
    if story.modified:
        version = N_("{version} with changes since; signing freezes them", version=str(story.version))
    return Statement(
        headline=story.headline(),
        languages=(story.languages.source, story.languages.target),
        version=version,
        digest=file.digest,
        step=step.title,
        kind=step.kind,
        name=person.called,
        standing=standing_of(file, findings, waiting),
        key=file.people.get(person.id, person).key,
    )


class CommentsAsking(Asking):
    """A question that may wait for why comments stay open."""

    comments: OpenCommentsBox

    def _add_comments(self, texts: Texts, comments: OpenComments) -> None:
        """Ask why comments may stay open; until that is said, the answer waits."""
        self.comments = OpenCommentsBox(texts, comments, self)
        self.comments.changed.connect(self._on_reason_changed)
        self.body.addWidget(self.comments)
        self._on_reason_changed()

    def _on_reason_changed(self) -> None:
        self.yes.setEnabled(self.comments.is_answered())

    def refuse(self, said: str) -> None:
        """As every question; and nobody need say why comments stay open."""
        self.comments.setEnabled(False)
        super().refuse(said)


class SignDialog(CommentsAsking):
    """States exactly what is signed; nothing else in the window gives a sign-off."""

    def __init__(
        self, look: Look, texts: Texts, statement: Statement, parent: QWidget | None = None,
        comments: OpenComments = NONE_OPEN,
    ) -> None:  # fmt: skip
        title = _SIGN_TITLES[statement.kind]
        super().__init__(texts, texts(N_("Sign “{step}”", step=statement.step)), texts(title), parent)
        self.setMinimumWidth(look.theme.px(480))
        heading = QLabel(texts(_STATEMENTS[statement.kind]), self)
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)
        self.body.addWidget(heading)
        facts = (
            (N_("Step"), texts(statement.step)),
            (N_("Signed by"), texts(statement.name)),
            (N_("Version"), texts(statement.version)),
            (N_("Digest"), statement.digest[:DIGEST_SHOWN]),
            (N_("Signature"), texts(_signature(statement))),
        )
        self.body.addWidget(story_card(self, look, texts, statement.headline, statement.languages, facts))
        for sentence, role in warnings_of(statement.standing):
            label = QLabel(texts(sentence), self)
            label.setProperty("role", role)
            label.setWordWrap(True)
            self.body.addWidget(label)
        self._add_comments(texts, comments)
        self.add_note(texts(N_("Note, kept with the sign-off (may stay empty)")), look.theme.px(72))
        self.yes.setDefault(True)
        (self.comments.reason_field if comments.ids else self.note_field).setFocus()
        if statement.kind is StepKind.APPROVAL and statement.standing.waiting:
            self.refuse(texts(N_("Nothing is approved while somebody's words wait: decide about them first.")))


def story_card(
    parent: QWidget, look: Look, texts: Texts, headline: Bilingual, languages: tuple[str, str],
    facts: Sequence[tuple[Message, str]],
) -> QFrame:  # fmt: skip
    """The headlines of a text that somebody answers for, and facts about it, each with its label."""
    card = QFrame(parent)
    card.setProperty("surface", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(14, 12, 14, 12)
    layout.setSpacing(2)
    source, target = languages
    for text, language, px in ((headline.en, target, 16), (headline.zh, source, 14)):
        if text:
            line = QLabel(text, card)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            line.setFont(story_font(language, look.theme.px(px), bold=px > 14))
            layout.addWidget(line)
    layout.addSpacing(8)
    form = QFormLayout()
    form.setVerticalSpacing(4)
    form.setHorizontalSpacing(16)
    for label, value in facts:
        name = QLabel(texts(label), card)
        name.setProperty("role", "muted")
        fact = QLabel(value, card)
        fact.setTextFormat(Qt.TextFormat.PlainText)
        fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(name, fact)
    layout.addLayout(form)
    return card


def _signature(statement: Statement) -> Message:
    if statement.key is None:
        return N_("none: there is no key to sign with")
    return N_("with key {key}", key=shortened(statement.key))


_SIGN_TITLES = {
    StepKind.DRAFT: N_("Sign and submit"),
    StepKind.REVIEW: N_("Sign"),
    StepKind.APPROVAL: N_("Sign and approve"),
}
_STATEMENTS = {
    StepKind.DRAFT: N_("I drafted exactly this text and hand it to the reviser."),
    StepKind.REVIEW: N_("I revised exactly this text, both languages side by side."),
    StepKind.APPROVAL: N_("I approve exactly this text for release."),
}


def warnings_of(standing: Standing) -> list[tuple[Message, str]]:
    """What stands open, worst first; a clean text says so."""
    said: list[tuple[Message, str]] = []
    errors, others, unconfirmed = standing.errors, standing.others, standing.unconfirmed
    if missing := standing.untranslated:
        sentence = NN_("! {n} segment has no translation.", "! {n} segments have no translation.", missing)
        said.append((sentence, "error"))
    if errors:
        sentence = NN_("! {n} error of the checks is open.", "! {n} errors of the checks are open.", errors)
        said.append((sentence, "error"))
    if others:
        sentence = NN_("! {n} finding of the checks is open.", "! {n} findings of the checks are open.", others)
        said.append((sentence, "warning"))
    if unconfirmed:
        sentence = NN_("! {n} segment is not confirmed.", "! {n} segments are not confirmed.", unconfirmed)
        said.append((sentence, "warning"))
    if waiting := standing.waiting:
        sentence = NN_(
            "! {n} change that came home waits to be decided.",
            "! {n} changes that came home wait to be decided.",
            waiting,
        )
        said.append((sentence, "warning"))
    return said or [(N_("✓ No findings, and every segment is confirmed."), "good")]


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """A question that goes with a note: why a story is returned, a sign-off withdrawn."""

    title: Message
    sentence: Message
    yes: Message
    label: Message
    required: bool = True


class NoteDialog(Asking):
    """Asks for a note; where the rules want one, the answer waits until it is written."""

    def __init__(self, look: Look, texts: Texts, ask: NoteRequest, parent: QWidget | None = None) -> None:
        super().__init__(texts, texts(ask.title), texts(ask.yes), parent)
        self.setMinimumWidth(look.theme.px(440))
        self._required = ask.required
        sentence = QLabel(texts(ask.sentence), self)
        sentence.setWordWrap(True)
        self.body.addWidget(sentence)
        self.add_note(texts(ask.label), look.theme.px(72))
        self.note_field.textChanged.connect(self._on_note_changed)
        self.note_field.setFocus()
        self._on_note_changed()

    def _on_note_changed(self) -> None:
        self.yes.setEnabled(bool(self.note()) or not self._required)


class WaiveDialog(Asking):
    """Asks why a finding is set aside. Reasons that were given before can be taken by a click."""

    def __init__(
        self, look: Look, texts: Texts, title: str, finding: str, reasons: Sequence[str], parent: QWidget | None = None
    ) -> None:
        """``title`` is the check's, ``finding`` its sentence, both as they are read; ``reasons`` newest first."""
        super().__init__(texts, texts(N_("Waive a finding")), texts(N_("Waive")), parent)
        self.setMinimumWidth(look.theme.px(440))
        card = QFrame(self)
        card.setProperty("surface", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(14, 10, 14, 12)
        inside.setSpacing(3)
        for text, role in ((title, "heading"), (finding, "")):
            line = QLabel(text, card)
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setWordWrap(True)
            line.setProperty("role", role)
            inside.addWidget(line)
        self.body.addWidget(card)
        holds = QLabel(texts(N_("It is set aside for exactly this text: whoever changes the text gets it back.")), self)
        holds.setProperty("role", "muted")
        holds.setWordWrap(True)
        self.body.addWidget(holds)
        self.add_note(texts(N_("Why the text is right as it is")), look.theme.px(72))
        if reasons:
            self.body.addLayout(self._offered(look, texts, reasons))
        self.note_field.textChanged.connect(self._on_note_changed)
        self.note_field.setFocus()
        self._on_note_changed()

    def _offered(self, look: Look, texts: Texts, reasons: Sequence[str]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        said = QLabel(texts(N_("Given before")), self)
        said.setProperty("role", "small")
        column.addWidget(said)
        for reason in reasons:
            button = push_button("", "chip", self)
            button.setText(button.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, look.theme.px(360)))
            button.setToolTip(reason)
            button.setAccessibleName(reason)
            button.clicked.connect(lambda _on=False, reason=reason: self._take(reason))
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        return column

    def _take(self, reason: str) -> None:
        self.note_field.setPlainText(reason)
        self.note_field.moveCursor(QTextCursor.MoveOperation.End)
        self.note_field.setFocus()

    def _on_note_changed(self) -> None:
        self.yes.setEnabled(0 < len(self.note()) <= MAX_REASON)
