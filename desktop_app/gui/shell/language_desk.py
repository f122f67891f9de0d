"""Terms and memory of the open archive: their pages, made when first asked for, their dialogs, and the concordance."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.domain.people import Person
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.memory.concordance import ConcordanceView, ConcordanceWindow
from desktop_app.gui.memory.memory_desk import MemoryDesk
from desktop_app.gui.memory.page import MemoryPage
from desktop_app.gui.terms.page import TermsPage
from desktop_app.gui.terms.term_desk import TermDesk


class LanguageDesk(QObject):
    """``page_made(QWidget)`` when a page is there to be taken in; ``opened(story, segment)`` from the concordance."""

    said = Signal(str, str)
    failed = Signal(object)
    opened = Signal(str, str)
    page_made = Signal(QWidget)
    align_asked = Signal()

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self.terms = TermDesk(look, texts, tasks, bus, window)
        self.memory = MemoryDesk(texts, tasks, bus, window)
        self._terms_page: TermsPage | None = None
        self._memory_page: MemoryPage | None = None
        self._concordance: ConcordanceWindow | None = None
        for part in (self.terms, self.memory):
            part.said.connect(self.said)

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        for part in (self.terms, self.memory, self._terms_page, self._memory_page):
            if part is not None:
                part.open_desk(desk)
        if self._concordance is not None:
            self._concordance.view.open_desk(desk)
            self._concordance.setVisible(self._concordance.isVisible() and desk is not None)

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self.terms.show_person(person)
        self.memory.show_person(person)

    @property
    def terms_page(self) -> TermsPage:
        """The termbase."""
        page = self._terms_page
        if page is None:
            page = self._terms_page = TermsPage(self._look, self._texts, self._tasks, self._bus, self.terms)
            page.failed.connect(self.failed)
            page.open_desk(self._desk)
            self.page_made.emit(page)
        return page

    @property
    def memory_page(self) -> MemoryPage:
        """The memory."""
        page = self._memory_page
        if page is None:
            page = self._memory_page = MemoryPage(self._look, self._texts, self._tasks, self._bus, self.memory)
            page.failed.connect(self.failed)
            page.opened.connect(self.opened)
            page.align_asked.connect(self.align_asked)
            page.open_desk(self._desk)
            self.page_made.emit(page)
        return page

    def page(self, place: str) -> TermsPage | MemoryPage | None:
        """The page of one place of the rail, None for places of others."""
        if place == "terms":
            return self.terms_page
        return self.memory_page if place == "memory" else None

    def made(self) -> list[TermsPage | MemoryPage]:
        """The pages that are there already."""
        return [page for page in (self._terms_page, self._memory_page) if page is not None]

    def open_concordance(self, text: str = "") -> None:
        """Open the concordance beside the work, asking for what was selected."""
        if self._concordance is None:
            view = ConcordanceView(self._look, self._texts, self._tasks)
            view.failed.connect(self.failed)
            view.opened.connect(self.opened)
            view.open_desk(self._desk)
            self._concordance = ConcordanceWindow(view, self._look, self._texts, self._window)
        self._concordance.show()
        self._concordance.activateWindow()
        self._concordance.view.query.setFocus()
        self._concordance.view.ask_for(text)
