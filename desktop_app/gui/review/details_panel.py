"""The Details panel: the plain facts of a story, to read and to copy."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.desk.stories import StoryFile
from desktop_app.domain import credits as crediting
from desktop_app.domain.counts import english_words, han_characters
from desktop_app.domain.people import called
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.early import approved_late
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import STORY_MARKS
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState
from desktop_app.gui.review.steps import what_waits


class DetailsPanel(QWidget):
    """Slug, state, version, digest, policy, dates, credits, counts. Every value can be selected and copied."""

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        nothing = N_("No story is open"), N_("The facts of a story stand here.")
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState(look, "info", texts(nothing[0]), texts(nothing[1]), parent=self))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(self._area)
        self._shown: list[tuple[str, str]] = []
        self._file: StoryFile | None = None
        self._out = ""

    def facts(self) -> list[tuple[str, str]]:
        """What is shown, as label and value."""
        return list(self._shown)

    def show_out(self, line: str) -> None:
        """Say who has the story offline; empty: nobody."""
        self._out = line
        self.show_file(self._file)

    def show_file(self, file: StoryFile | None) -> None:
        """Show a story's facts, or that there is none."""
        self._file = file
        rows = self._rows(file) if file is not None else []
        self._stack.setCurrentIndex(1 if rows else 0)
        if rows == self._shown:
            return
        self._shown = rows
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(14, 12, 14, 12)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(14)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for label, value in rows:
            form.addRow(_label(label, inner), _value(label, value, inner))
        column.addLayout(form)
        column.addStretch(1)
        self._area.setWidget(inner)

    def _rows(self, file: StoryFile) -> list[tuple[str, str]]:
        story, texts = file.story, self._texts
        version = str(story.version) if not story.modified else texts(N_("{v}, changed since", v=str(story.version)))
        drafter, holder = (
            texts(called(file.people, one, full=True)) if one in file.people else ""
            for one in (story.drafter, file.situation.holder)
        )
        late = approved_late(file.publication.emergency, file.people)
        rows: list[tuple[Message, str]] = [
            (N_("Name"), story.slug),
            (N_("State"), texts(STORY_MARKS[story.state].word)),
            (N_("Waits"), texts(waits) if (waits := what_waits(file)) is not None else ""),
            (N_("Emergency"), texts(late) if late is not None else ""),
            (N_("Version"), version),
            (N_("Digest"), _grouped(file.digest)),
            (N_("Policy"), texts(file.policy.title)),
            (N_("Date"), self._day(story.date)),
            (N_("Topics"), ", ".join(story.content.topics)),
            (N_("Drafter"), drafter),
            (N_("In the hands of"), holder),
            (N_("Offline"), self._out),
            (N_("Credits"), "\n".join(crediting.line(credit, chinese=False) for credit in file.credits)),
            (N_("Chinese credits"), "\n".join(crediting.line(credit, chinese=True) for credit in file.credits_zh)),
            (N_("Length"), self._length(file)),
            (N_("Pictures"), self._pictures(file)),
            (N_("Source page"), story.source_url or ""),
        ]
        return [(texts(label), value) for label, value in rows if value]

    def _length(self, file: StoryFile) -> str:
        segments = list(file.story.content.segments())
        han = sum(han_characters(segment.source) for segment in segments)
        words = sum(english_words(segment.target) for segment in segments)
        number = self._texts.number
        return self._texts(N_("{han} Han characters, {words} English words", han=number(han), words=number(words)))

    def _pictures(self, file: StoryFile) -> str:
        places = list(file.story.content.placements())
        waiting = sum(1 for place in places if place.picture is None)
        if not waiting:
            return self._texts.number(len(places)) if places else ""
        return self._texts(N_("{n}, {waiting} still to be linked", n=len(places), waiting=waiting))

    def _day(self, day: str | None) -> str:
        try:
            return self._texts.day(date.fromisoformat(day)) if day else ""
        except ValueError:
            return day or ""


def _grouped(digest: str) -> str:
    """Four groups of four hexadecimal digits a line, so that two digests can be compared by eye."""
    groups = [digest[start : start + 4] for start in range(0, len(digest), 4)]
    return "\n".join(" ".join(groups[start : start + 4]) for start in range(0, len(groups), 4))


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label


def _value(label: str, text: str, parent: QWidget) -> QLabel:
    value = QLabel(text, parent)
    value.setTextFormat(Qt.TextFormat.PlainText)
    value.setWordWrap(True)
    flags = Qt.TextInteractionFlag
    value.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    value.setAccessibleName(f"{label}: {text}")
    return value
