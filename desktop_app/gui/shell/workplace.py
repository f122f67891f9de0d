"""Everything that an open archive fills: stories, pictures, people, and what moves between them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.desk.desk import Desk
from desktop_app.domain.people import Person
from desktop_app.foundation.bookmarks import BookmarkFile
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.alignment.dialog import AlignDialog
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.palette.finder import Finder
from desktop_app.gui.pictures.page import PicturesPage
from desktop_app.gui.pictures.placing import Placing
from desktop_app.gui.replacing.find_desk import FindDesk
from desktop_app.gui.review.acting import ReviewDesk
from desktop_app.gui.shell.bookmarks import Bookmarks
from desktop_app.gui.shell.elsewhere import Elsewhere
from desktop_app.gui.shell.figures import Figures
from desktop_app.gui.shell.keeping import Keeping
from desktop_app.gui.shell.language_desk import LanguageDesk
from desktop_app.gui.shell.opening import Opened
from desktop_app.gui.shell.people import PeopleDesk
from desktop_app.gui.shell.people_page import PeoplePage
from desktop_app.gui.shell.stories_page import StoriesPage
from desktop_app.gui.shell.story_acts import acts_in_front, usable
from desktop_app.gui.shell.story_page import StoryPage
from desktop_app.gui.style.style_desk import StyleDesk
from desktop_app.gui.transfer.export_dialog import ExportDialog
from desktop_app.gui.transfer.import_dialog import ImportDialog


class Workplace(QStackedWidget):
    """Holds the pages of one archive after the other. ``place_asked`` when one page sends to another."""

    said = Signal(str, str)
    failed = Signal(object)
    place_asked = Signal(str)
    front_changed = Signal()
    status_changed = Signal(object)
    person_changed = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, actions: Actions, window: QWidget,
        bookmarks: BookmarkFile, where: Callable[[], str],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._look = look
        self._texts = texts
        self._tasks = tasks
        self._bus = bus
        self._actions = actions
        self._window = window
        self.desk: Desk | None = None
        self.people = PeopleDesk(look, texts, tasks, bus, window)
        self._review = ReviewDesk(look, texts, tasks, bus, window)
        self.language = LanguageDesk(look, texts, tasks, bus, window)
        self.house_style = StyleDesk(look, texts, tasks, bus, window)
        self._placing = Placing(look, texts, tasks, bus, window)
        self._keeping = Keeping(texts, tasks, window)
        self.figures = Figures(look, texts, tasks, window)
        self.stories = StoriesPage(look, texts, tasks, bus, self._review, self)
        self.elsewhere = Elsewhere(tasks, bus, self.stories.open_stories, self)
        self.finding = FindDesk(look, texts, tasks, bus, self.stories.save_all, window)
        self._pictures: PicturesPage | None = None
        self.people_page = PeoplePage(look, texts, self.people, self)
        self.finder = Finder(look, texts, tasks, bus, actions, window)
        self.bookmarks = Bookmarks(tasks, bookmarks, where, self)
        self.addWidget(self.stories)
        self.addWidget(self.people_page)
        self._connect()

    def _connect(self) -> None:
        for part in (self._review, self._placing, self._keeping, self.language, self.stories, self.house_style):
            part.said.connect(self.said)
        self.stories.failed.connect(self.failed)
        self.language.failed.connect(self.failed)
        self.language.page_made.connect(self.addWidget)
        self.language.align_asked.connect(self.align_files)
        self.language.opened.connect(self._on_part)
        self.finding.opened.connect(self._on_part)
        self.stories.term_asked.connect(self.language.terms.ask_new)
        self.people.failed.connect(self.failed)
        self._keeping.failed.connect(self.failed)
        self.figures.failed.connect(self.failed)
        self.figures.said.connect(self.said)
        self.people.person_changed.connect(self._on_person)
        self.stories.front_changed.connect(self.front_changed)
        self.stories.status_changed.connect(self.status_changed)
        self.stories.export_asked.connect(self.export_stories)
        self.stories.pages_asked.connect(lambda story, layout: self.export_stories([story], layout))
        self.stories.person_asked.connect(lambda: self.place_asked.emit("people"))
        self.stories.library.import_asked.connect(self.import_files)
        self.stories.pictures_dropped.connect(self._on_pictures_dropped)
        self.stories.link_asked.connect(self._placing.choose)
        self.stories.picture_opened.connect(self._on_picture_opened)
        self.finder.story_chosen.connect(self._on_open_story)
        self.finder.part_chosen.connect(self._on_part)
        self.finder.picture_chosen.connect(self._on_picture_opened)
        self.finder.term_chosen.connect(self._on_term)
        self.front_changed.connect(self.bookmarks.later)

    @property
    def pictures(self) -> PicturesPage:
        """The pictures page, made when it is first asked for: the stories come first."""
        page = self._pictures
        if page is None:
            page = self._pictures = PicturesPage(self._look, self._texts, self._tasks, self._bus, self)
            page.said.connect(self.said)
            page.open_story.connect(self._on_open_story)
            self.addWidget(page)
            page.open_desk(self.desk)
            page.show_person(self.people.person)
        return page

    # The archive

    def open_archive(self, opened: Opened) -> None:
        """Fill the pages from an archive that was just opened."""
        self.desk = opened.desk
        self._give(opened.desk)
        self.elsewhere.open_desk(opened.desk)
        self.stories.open_desk(opened.desk, opened.person)
        self.people.open_desk(opened.desk, opened.person)
        self.people_page.show_writable(writable=opened.desk.archive.writable)
        self.bookmarks.begin(opened.folder, opened.bookmark)

    def is_saved(self) -> bool:
        """Whether every word of every open story is in the archive."""
        return all(page.editor.is_saved() for page in self.stories.tabs.pages())

    def close_archive(self, *, lose: bool = False) -> bool:
        """Save, empty the pages and close the archive; False where something must stay open.

        ``lose``: the person would rather lose the words that cannot be saved.
        """
        if self.desk is None:
            return True
        if not lose and self._pictures is not None and not self._pictures.confirm_leave():
            return False
        if not lose and not all(page.comments.confirm_leave() for page in self.stories.tabs.pages()):
            return False
        if not self.stories.save_all() and not lose:
            return False
        self.bookmarks.end()
        self.elsewhere.open_desk(None)
        self.stories.open_desk(None, None)
        self.people.open_desk(None, None)
        self._give(None)
        desk, self.desk = self.desk, None
        self._tasks.run(
            lambda _progress: desk.close(), title=N_("Closing the archive"), on_done=lambda _none: None,
            on_error=self.failed.emit, writer=True, quiet=True,
        )  # fmt: skip
        return True

    def back_up(self) -> None:
        """Ask where a backup of the archive goes."""
        if self.desk is not None and self.stories.save_all():
            self._keeping.ask_backup(self.desk)

    def verify(self) -> None:
        """Prove that nothing in the archive was altered."""
        if self.desk is not None and self.stories.save_all():
            self._keeping.verify(self.desk)

    def _give(self, desk: Desk | None) -> None:
        for part in (self._review, self._placing, self.language, self.house_style, self.finder, self.figures,
                     self.finding, self._pictures):  # fmt: skip
            if part is not None:
                part.open_desk(desk)

    # The pages

    def show_place(self, place: str) -> None:
        """Bring a page to the front."""
        pages = {"stories": self.stories, "people": self.people_page}
        page = self.language.page(place)
        self.setCurrentWidget(page or (self.pictures if place == "pictures" else pages[place]))
        self.front_changed.emit()

    def front(self) -> StoryPage | None:
        """The story in front, None where another page is."""
        return self.stories.front() if self.currentWidget() is self.stories else None

    def act(self, action: str) -> None:
        """Carry out an action of the editor in the story in front."""
        page = self.front()
        act = acts_in_front(page).get(action) if page is not None else None
        if act is not None:
            act()

    def usable(self, action: str) -> bool:
        """Whether an action of the editor can do something now."""
        page = self.front()
        return page is not None and usable(page, action)

    def focus_filter(self) -> None:
        """Put the keyboard into the filter of the page in front."""
        if self._pictures is not None and self.currentWidget() is self._pictures:
            self._pictures.focus_filter()
            return
        for page in self.language.made():
            if self.currentWidget() is page:
                page.focus_filter()
                break
        else:
            front, focus = self.front(), self._window.focusWidget()
            if front is not None and front.writing and not self.stories.library.isAncestorOf(focus or self):
                front.editor.filtering.open()
                return
            self.place_asked.emit("stories")
            self.stories.library.show()
            self.stories.library.focus_filter()

    # What goes in and out

    def import_files(self, paths: Sequence[Path] = ()) -> None:
        """Ask what to import; ``paths`` were dropped."""
        if self.desk is None:
            return
        dialog = ImportDialog(self._look, self._texts, self._tasks, self.desk, self.people.person, self._window)
        dialog.imported.connect(self._on_imported)
        dialog.add_files([Path(path) for path in paths])
        dialog.open()

    def export_stories(self, stories: Sequence[str] = (), layout: str = "") -> None:
        """Ask how to export ``stories`` (in ``layout``), else the one in front, else those chosen in the list."""
        page = self.front()
        chosen = list(stories) or ([page.story_id] if page is not None else self.stories.library.selected())
        if self.desk is None or not chosen:
            self.said.emit(self._texts(N_("Choose the stories in the list first, or open one.")), "accent")
            return
        if not self.stories.save_all():
            return
        listed = self.stories.library.listed_stories(chosen)
        dialog = ExportDialog(self._look, self._texts, self._tasks, self.desk, self.people.person, listed, self._window)
        dialog.choose_layout(layout)
        dialog.show_asked.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        dialog.open()

    def link_pictures(self) -> None:
        """Ask for a folder whose pictures fill the places of the story in front."""
        page = self.front()
        if page is not None:
            page.when_fresh(lambda file: self._placing.link_folder(file.story.id))

    def next_step(self) -> None:
        """Press the primary button of the strip in front."""
        page = self.front()
        if page is not None:
            page.strip.request_next()

    def align_files(self) -> None:
        """Ask for two published files, and align them."""
        if self.desk is None:
            return
        person = self.people.person
        dialog = AlignDialog(self._look, self._texts, self._tasks, self.desk, person, self._window)
        dialog.said.connect(self.said)
        dialog.taken.connect(lambda changes: self._bus.publish(changes, "align"))
        dialog.open()

    def find_in_archive(self) -> None:
        """Open find and replace over all stories, asking for what is selected in the story in front."""
        page = self.front()
        self.finding.open("".join(page.editor.selected_sides()) if page is not None else "")

    def open_concordance(self) -> None:
        """Open the concordance, asking for what is selected in the story in front."""
        page = self.front()
        self.language.open_concordance("".join(page.editor.selected_sides()) if page is not None else "")

    def open_palette(self) -> None:
        """Open the palette over the window."""
        self.finder.open(self.stories.library.listed_stories())

    def _on_imported(self, stories: list[str], changes: object) -> None:
        self._bus.publish(changes, "import")
        self.place_asked.emit("stories")
        count = len(stories)
        self.said.emit(self._texts(NN_("{n} story imported.", "{n} stories imported.", count)), "good")
        if count == 1:
            self.stories.open_story(stories[0])

    def _on_open_story(self, story: str) -> None:
        self.place_asked.emit("stories")
        self.stories.open_story(story)

    def _on_part(self, story: str, part: str) -> None:
        if not story:
            return
        self._on_open_story(story)
        page = self.stories.tabs.page_of(story)
        if page is not None:
            page.show_part(part)

    def _on_term(self, source: str, target: str) -> None:
        """Write a term's English where the keyboard is in a text, else show it on its page."""
        page = self.front()
        if page is not None and page.writing and page.editor.active_key() and page.editor.can_edit():
            page.editor.insert_text(target)
            page.editor.setFocus()
        else:
            self.place_asked.emit("terms")
            self.language.terms_page.search.setText(source)

    def show_part(self, story: str, part: str) -> None:
        """Open a story at a segment or picture."""
        self._on_part(story, part)

    def _on_picture_opened(self, picture: str) -> None:
        self.place_asked.emit("pictures")
        self.pictures.select(picture)

    def _on_pictures_dropped(self, story: str, paths: list[Path]) -> None:
        page = self.stories.tabs.page_of(story)
        if page is not None and not page.editor.flush_and_wait():
            return
        for path in paths:
            self._placing.link_folder(story, path)

    def _on_person(self, person: Person | None) -> None:
        self._placing.show_person(person)
        self.language.show_person(person)
        self.house_style.show_person(person)
        self.finding.show_person(person)
        if self._pictures is not None:
            self._pictures.show_person(person)
        self.stories.show_person(person)
        self.person_changed.emit(person)
