"""The open stories: one tab each, and the switch between text and changes at the end of the line."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline, SegmentedControl
from desktop_app.gui.shell.story_frame import VIEWS
from desktop_app.gui.shell.story_page import StoryPage

_WIDEST, _LEAST = 190, 96  # pixels at 100 % that a title takes; where not even this fits, the tabs scroll
_AROUND = 56  # pixels at 100 %: what a tab has beside its title
_HEADS = (10, 4, 0)  # how many characters of a shared beginning a tab keeps before what differs, as there is room


def tab_texts(titles: Sequence[str], slugs: Sequence[str], elided: Callable[[str], str]) -> list[str]:
    """What stands on the tabs: the titles, elided at the right.

    Titles that would look the same are cut where they begin to differ; equal ones take their slugs behind.
    """
    shown = [elided(title) for title in titles]
    for text in {text for text in shown if text and shown.count(text) > 1}:
        alike = [place for place, its in enumerate(shown) if its == text]
        for head in _HEADS:
            told = [elided(end) for end in _ends([titles[one] for one in alike], [slugs[one] for one in alike], head)]
            if len(set(told)) == len(told):
                for place, end in zip(alike, told, strict=True):
                    shown[place] = end
                break
    return shown


def _ends(titles: Sequence[str], slugs: Sequence[str], head: int) -> list[str]:
    """Titles with one beginning, each with so much of it and what it has for itself, which may be its slug alone."""
    letters = enumerate(zip(*titles, strict=False))
    differs = next((place for place, ones in letters if len(set(ones)) > 1), min(map(len, titles)))
    ends = []
    for title, slug in zip(titles, slugs, strict=True):
        start = title.rfind(" ", 0, differs + 1) + 1 or differs
        end = slug if titles.count(title) > 1 else title[start:] if start > head else ""
        ends.append(f"{title[:head].rstrip()}… {end}" if end else title)
    return ends


class WaitingStory(QWidget):
    """Holds the place of a story that was open the last time and has not been looked at since."""

    def __init__(self, story: str) -> None:
        super().__init__()
        self.story_id = story


class StoryTabs(QWidget):
    """Holds the pages; ``changed`` when another one is in front, ``close_asked(story)`` for the cross of a tab.

    ``wanted(story)`` when a story that waits comes to the front: its page is then to be added.
    """

    changed = Signal()
    close_asked = Signal(str)
    wanted = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self._bar = QTabBar(self)
        self._bar.setProperty("documents", True)
        self._bar.setExpanding(False)
        self._bar.setMovable(False)
        self._bar.setElideMode(Qt.TextElideMode.ElideNone)  # titles are shortened here, never below what tells
        self._bar.setAccessibleName(texts(N_("Open stories")))
        self._bar.currentChanged.connect(self._on_current)
        views = [(view, texts(title)) for view, title in VIEWS]
        self._switch = SegmentedControl(views, texts(N_("View of the story")), self)
        self._switch.chosen.connect(self._on_view)
        self._stack = QStackedWidget(self)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 10, 0)
        line.setSpacing(8)
        line.addWidget(self._bar, 1)
        line.addWidget(self._switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(Hairline(parent=self))
        layout.addWidget(self._stack, 1)
        look.changed.connect(self._dress)

    def pages(self) -> list[StoryPage]:
        """The open pages in the order of their tabs."""
        return [page for i in range(self._stack.count()) if isinstance(page := self._stack.widget(i), StoryPage)]

    def page(self) -> StoryPage | None:
        """The page in front."""
        page = self._stack.currentWidget()
        return page if isinstance(page, StoryPage) else None

    def page_of(self, story: str) -> StoryPage | None:
        """The page of a story if it is open."""
        return next((page for page in self.pages() if page.story_id == story), None)

    def stories(self) -> list[str]:
        """The open stories in the order of their tabs, those that wait among them."""
        widgets = (self._stack.widget(i) for i in range(self._stack.count()))
        return [widget.story_id for widget in widgets if isinstance(widget, StoryPage | WaitingStory)]

    def add_waiting(self, story: str, title: str) -> None:
        """Add a tab whose story is read when it comes to the front."""
        with QSignalBlocker(self._bar):
            self._stack.addWidget(WaitingStory(story))
            self._add_tab(story, title)

    def add(self, page: StoryPage) -> None:
        """Add a page, or put it in the place of the one that waits, and bring it to the front."""
        known = self.stories()
        index = known.index(page.story_id) if page.story_id in known else len(known)
        waiting = self._stack.widget(index)
        self._stack.insertWidget(index, page)
        if waiting is None:
            self._add_tab(page.story_id, page.title)
        else:
            self._stack.removeWidget(waiting)
            waiting.deleteLater()
        page.titled.connect(lambda: self._on_titled(page))
        page.view_changed.connect(lambda _view: self._show_view())
        page.changes_counted.connect(lambda _count: self._show_view())
        self.bring(page)

    def bring(self, page: StoryPage) -> None:
        """Bring a page to the front."""
        index = self._stack.indexOf(page)
        if self._bar.currentIndex() == index:
            self._on_current(index)
        else:
            self._bar.setCurrentIndex(index)

    def step(self, by: int) -> None:
        """Go to the next or the one before, around the end."""
        if self._bar.count():
            self._bar.setCurrentIndex((self._bar.currentIndex() + by) % self._bar.count())

    def remove(self, story: str) -> None:
        """Take a story away."""
        index = self.stories().index(story)
        widget = self._stack.widget(index)
        if widget is not None:
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self._bar.removeTab(index)
        self._name_tabs()
        self._on_current(self._bar.currentIndex())

    def remove_waiting(self) -> None:
        """Take all stories away that wait."""
        with QSignalBlocker(self._bar):
            for index in reversed(range(self._stack.count())):
                widget = self._stack.widget(index)
                if isinstance(widget, WaitingStory):
                    self._stack.removeWidget(widget)
                    self._bar.removeTab(index)
                    widget.deleteLater()
        self._name_tabs()

    def _add_tab(self, story: str, title: str) -> None:
        index = self._bar.addTab("")
        self._bar.setTabData(index, (title, ""))
        self._name_tabs()
        self._bar.setTabButton(index, QTabBar.ButtonPosition.RightSide, self._cross(story))

    def _cross(self, story: str) -> QToolButton:
        button = QToolButton(self._bar)
        button.setProperty("cross", True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(self._texts(N_("Close story")))
        button.setAccessibleName(self._texts(N_("Close story")))
        button.clicked.connect(lambda: self.close_asked.emit(story))
        self._dress_cross(button)
        return button

    def _dress(self) -> None:
        for index in range(self._bar.count()):
            button = self._bar.tabButton(index, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                self._dress_cross(button)

    def _dress_cross(self, button: QToolButton) -> None:
        button.setIcon(self._look.icon("close", "muted"))
        button.setIconSize(QSize(self._look.theme.px(11), self._look.theme.px(11)))

    def _name_tabs(self) -> None:
        """Write the titles on the tabs; where two would look the same, each shows where it differs."""
        named: list[tuple[str, str]] = [self._bar.tabData(index) for index in range(self._bar.count())]
        metrics, px = self._bar.fontMetrics(), self._look.theme.px
        share = self._bar.width() // max(1, len(named)) - px(_AROUND)
        width = max(px(_LEAST), min(px(_WIDEST), share))
        shown = tab_texts(
            [title or slug for title, slug in named],
            [slug for _, slug in named],
            lambda text: metrics.elidedText(text, Qt.TextElideMode.ElideRight, width),
        )
        for index, (text, (title, slug)) in enumerate(zip(shown, named, strict=True)):
            self._bar.setTabText(index, text.replace("&", "&&"))
            self._bar.setTabToolTip(index, "\n".join(part for part in (title, slug) if part))
            self._bar.setAccessibleTabName(index, title or slug)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_tabs()

    def _on_titled(self, page: StoryPage) -> None:
        slug = page.file.story.slug if page.file is not None else ""
        self._bar.setTabData(self._stack.indexOf(page), (page.title, slug if slug != page.title else ""))
        self._name_tabs()

    def _on_current(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        waiting = self._stack.widget(index)
        if isinstance(waiting, WaitingStory):
            self.wanted.emit(waiting.story_id)
            return
        self._show_view()
        self.changed.emit()

    def _on_view(self, view: str) -> None:
        page = self.page()
        if page is not None:
            page.show_view(view)

    def _show_view(self) -> None:
        page = self.page()
        self._switch.setEnabled(page is not None)
        if page is not None:
            self._switch.choose(page.view)
            self._switch.set_count("changes", page.changes_count)
