"""The widgets of an open story and where they lie: the strip, the views of the text, the panels beside them.

A new view is one line in ``VIEWS`` and one in ``_make_views``, a new panel one in ``_make_panels``.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.domain.findings import Finding
from desktop_app.foundation.messages import N_
from desktop_app.gui.comments.panel import CommentsPanel
from desktop_app.gui.editor.editor import StoryEditor
from desktop_app.gui.kit.keys import key_of, number_key
from desktop_app.gui.kit.message_fold import Urgency
from desktop_app.gui.kit.widgets import Hairline, InlineMessage
from desktop_app.gui.memory.matches_panel import MatchesPanel
from desktop_app.gui.proof.view import ProofView
from desktop_app.gui.publishing.notice_lines import NoticeLines
from desktop_app.gui.review.changes_view import ChangesView
from desktop_app.gui.review.checks_panel import ChecksPanel
from desktop_app.gui.review.details_panel import DetailsPanel
from desktop_app.gui.review.history_panel import HistoryPanel
from desktop_app.gui.review.strip import SignOffStrip
from desktop_app.gui.shell.beside import Beside
from desktop_app.gui.shell.closed import APPROVED, READ_ONLY_ARCHIVE, SIGNED, Closed
from desktop_app.gui.shell.side_panel import SidePanel
from desktop_app.gui.shell.story_source import Bench
from desktop_app.gui.terms.terms_panel import TermsPanel

PROOF = "proof"  # not in front of the text but beside it
VIEWS = (("edit", N_("Edit")), ("changes", N_("Changes")), (PROOF, N_("Proof")))


class StoryFrame(QWidget):
    """Makes the parts and lays them out; ``StoryPage`` joins them."""

    findings: list[Finding]

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._texts = bench.texts
        look, texts = bench.look, bench.texts
        self.strip = SignOffStrip(look, texts, self)
        self.strip.show_writable(writable=bench.desk.archive.writable)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.notices = NoticeLines(look, texts, self)
        self.notices.add(self.message, Urgency.CLOSED)
        self._make_views()
        self._make_panels()
        self._lay_out()
        for part in (self.editor, self.changes, self.history):
            part.open_desk(bench.desk)
        self.checks.show_writable(writable=bench.desk.archive.writable)
        self.terms.add.setEnabled(bench.desk.archive.writable)
        self.editor.shows_reason = self._bring_reason
        self.editor.read_only_changed.connect(self._on_read_only_changed)

    def _make_views(self) -> None:
        look, texts, tasks, bus = self._bench.look, self._texts, self._bench.tasks, self._bench.bus
        self.editor = StoryEditor(look, texts, tasks, bus, self)
        self.notices.add(self.editor.reason, Urgency.CLOSED)
        self.changes = ChangesView(look, texts, tasks, bus, self)
        self.proof = ProofView(look, texts, tasks, self)
        self._shown: dict[str, QWidget] = {"edit": self.editor, "changes": self.changes}
        self.views = QStackedWidget(self)
        for widget in self._shown.values():
            self.views.addWidget(widget)

    def _make_panels(self) -> None:
        look, texts, tasks, bus = self._bench.look, self._texts, self._bench.tasks, self._bench.bus
        self.checks = ChecksPanel(look, texts, self)
        self.comments_panel = CommentsPanel(look, texts, lambda: key_of("comment"), self)
        self.history = HistoryPanel(look, texts, tasks, bus, self)
        self.details = DetailsPanel(look, texts, self)
        self.matches = MatchesPanel(look, texts, number_key("match"), self)
        self.terms = TermsPanel(look, texts, number_key("term"), key_of("add-term"), self)
        self.side = SidePanel(
            look,
            [
                ("matches", texts(N_("Matches")), "memory", self.matches),
                ("terms", texts(N_("Terms")), "terms", self.terms),
                ("checks", texts(N_("Checks")), "check-circle", self.checks),
                ("comments", texts(N_("Comments")), "comment", self.comments_panel),
                ("history", texts(N_("History")), "history", self.history),
                ("details", texts(N_("Details")), "info", self.details),
            ],
            texts(N_("Panels of the story")),
            self,
        )

    def _lay_out(self) -> None:
        self.splitter = Beside(self._bench.look, self.views, self.side, self.proof, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self.notices)
        layout.addWidget(self.splitter, 1)

    def add_message(self, message: InlineMessage, urgency: Urgency) -> None:
        """Give a line its place among those over the text; the most urgent one is shown, the others fold."""
        self.notices.add(message, urgency)

    def _bring_reason(self) -> bool:
        """Put the line that says why nothing can be written before the others; False where the window says it."""
        return any(self.notices.bring(one) for one in (self.message, self.editor.reason))

    def _on_read_only_changed(self) -> None:
        """What would write into the text is grey, with the reason, where nothing may be written."""
        reason = self._texts(self.editor.read_only) if self.editor.read_only is not None else ""
        for panel in (self.matches, self.terms, self.checks):
            panel.show_refusal(reason)

    def show_closed(self, why: Closed | None, *, edit: Callable[[], None], choose: Callable[[], None]) -> None:
        """Say why nothing can be written, with the way out: ``edit`` writes all the same, ``choose`` says who it is."""
        if why is None or why is READ_ONLY_ARCHIVE:  # the window says that over all pages
            self.message.hide()
            return
        signed = why in {APPROVED, SIGNED}
        self.notices.weigh(self.message, Urgency.CLOSED if signed else Urgency.NOBODY)
        button = self._texts(N_("Edit anyway…") if signed else N_("Who are you?"))
        tone = "accent" if signed else "warning"
        self.message.show_text(self._texts(why.reason), tone, button=button, act=edit if signed else choose,
                               closable=False)  # fmt: skip

    @property
    def view(self) -> str:
        """The id of the view in front."""
        if self.splitter.pages_shown:
            return PROOF
        front = self.views.currentWidget()
        return next(view for view, widget in self._shown.items() if widget is front)

    @property
    def writing(self) -> bool:
        """Whether the text is there to be written, alone or beside its pages."""
        return self.view != "changes"

    def bring_view(self, view: str) -> None:
        """Bring a view to the front, with the keyboard."""
        front = self._shown["edit" if view == PROOF else view]
        self.views.setCurrentWidget(front)
        self.splitter.show_pages(shown=view == PROOF)
        self.focus_front()

    def focus_front(self) -> None:
        """Give the keyboard to what is read or written."""
        front = self._shown["changes" if self.views.currentWidget() is self.changes else "edit"]
        (self.proof if self.splitter.pages_alone else front).setFocus()

    def show_panel(self, panel: str) -> None:
        """Bring a side panel to the front, and the side with it."""
        self.splitter.show_side(shown=True)
        self.side.show_panel(panel)

    def go_to_finding(self, way: int) -> None:
        """Go to the next row with a finding (1) or the one before (-1), and let the panel say what it is."""
        if way > 0:
            self.editor.next_finding()
        else:
            self.editor.previous_finding()
        if self.findings and self.side.isVisibleTo(self):
            self.side.show_panel("checks")
