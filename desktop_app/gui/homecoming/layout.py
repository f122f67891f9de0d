"""How the dialog of coming home is laid out: its stories above, what one of them brings below, what will be at foot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.merging.changes import Side
from desktop_app.foundation.messages import N_
from desktop_app.gui.homecoming.conflict_view import ConflictView
from desktop_app.gui.homecoming.notes_view import NotesView
from desktop_app.gui.homecoming.plan_tree import PlanTree
from desktop_app.gui.kit.change_list import ChangeList, ChangeModel
from desktop_app.gui.kit.job_dialog import JobDialog
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel, EmptyState, Hairline, InlineMessage, SegmentedControl, push_button

PARTS = (("decide", N_("To decide")), ("changes", N_("Changes")), ("notes", N_("Notes")))


class HomecomingLayout(JobDialog):
    """The widgets of the dialog; ``HomecomingDialog`` makes them work. ``rest_asked(Side)`` for all that are left."""

    rest_asked = Signal(object)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, name: str, parent: QWidget) -> None:
        super().__init__(tasks, parent)
        self._look, self._texts, self._over = look, texts, parent.window()
        self._build(name)
        self._lay_out()

    def _build(self, name: str) -> None:
        texts, look = self._texts, self._look
        self.setWindowTitle(texts(N_("Bring work home")))
        self.title = ElidedLabel(name, "heading", self)
        self.told = QLabel(self)
        self.told.setProperty("role", "muted")
        self.told.setWordWrap(True)
        self.tree = PlanTree(look, texts, self)
        self.parts = SegmentedControl(
            [(key, texts(title)) for key, title in PARTS], texts(N_("What of the story is shown")), self
        )
        self.conflicts = ConflictView(look, texts, self._tasks, self)
        self.model = ChangeModel(lambda _row: (), self)
        self.model.has_boxes = False
        self.rest = push_button(texts(N_("All that are left")), "flat", self)
        menu = QMenu(self.rest)
        for side, title in ((Side.OURS, N_("Keep what stands here")), (Side.THEIRS, N_("Take what came home"))):
            menu.addAction(texts(title)).triggered.connect(lambda _on=False, side=side: self.rest_asked.emit(side))
        self.rest.setMenu(menu)
        self.changes = ChangeList(look, self.model, texts(N_("Changes that are taken")), self)
        self.notes = NotesView(look, texts, self)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self._empty = EmptyState(look, "import", "", "", parent=self)
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.last = QCheckBox(self)
        self.last.setToolTip(texts(N_("Ends the loan. Should more come after all, it is taken in all the same.")))
        self.last.hide()
        self.cancel = push_button(texts(N_("Cancel")), "", self)
        self.unpack = push_button(texts(N_("Open it as an archive of its own…")), "", self)
        self.unpack.hide()
        self.go = push_button(texts(N_("Bring home")), "primary", self)
        self.go.setDefault(True)

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(16, 8, 16, 6)
        line.addWidget(self.parts)
        line.addStretch(1)
        line.addWidget(self.rest)
        column.addLayout(line)
        pages = QWidget(side)
        self._pages = QStackedLayout(pages)
        for page in (self.conflicts, self.changes, self.notes):
            self._pages.addWidget(page)
        column.addWidget(pages, 1)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.addWidget(self.tree)
        self._split.addWidget(side)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([self._look.theme.px(126), self._look.theme.px(480)])
        body = QWidget(self)
        self._body = QStackedLayout(body)
        self._body.addWidget(self._empty)
        self._body.addWidget(self._split)
        foot = self._foot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 10)
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.told)
        head.addWidget(self.message)
        layout.addLayout(head)
        layout.addWidget(Hairline())
        layout.addWidget(body, 1)
        layout.addWidget(Hairline())
        layout.addLayout(foot)
        px, room = self._look.theme.px, self._over.screen().availableSize().expandedTo(self._over.size())
        self.resize(min(px(1020), room.width() - 40), min(px(740), room.height() - 40))

    def _foot(self) -> QHBoxLayout:
        said = QVBoxLayout()
        said.setSpacing(6)
        said.addWidget(self.summary)
        said.addWidget(self.last)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 14)
        foot.setSpacing(8)
        foot.addLayout(said, 1)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self.unpack)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        return foot
