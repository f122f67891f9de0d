"""The rooms of the workplace beside the list: open stories, pictures, language, and what asks and moves files.

Everything here is loaded after the list has been shown (see ``opening``).
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.desk.desk import Desk
from desktop_app.desk.home import Home
from desktop_app.desk.places import may_come_home
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_
from desktop_app.gui.alignment.dialog import AlignDialog
from desktop_app.gui.events.events_desk import EventsDesk
from desktop_app.gui.homecoming.homecoming_desk import HomecomingDesk
from desktop_app.gui.identity.keys_desk import KeysDesk
from desktop_app.gui.identity.signing import SigningDesk
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.packing.packing_desk import PackingDesk
from desktop_app.gui.palette.finder import Finder
from desktop_app.gui.pictures.page import PicturesPage
from desktop_app.gui.pictures.placing import Placing
from desktop_app.gui.policies.policy_desk import PolicyDesk
from desktop_app.gui.publishing.acting import PublishingDesk
from desktop_app.gui.replacing.find_desk import FindDesk
from desktop_app.gui.review.acting import ReviewDesk
from desktop_app.gui.review.steps import next_act
from desktop_app.gui.shell.figures import Figures
from desktop_app.gui.shell.in_and_out import InAndOut
from desktop_app.gui.shell.keeping import Keeping
from desktop_app.gui.shell.language_desk import LanguageDesk
from desktop_app.gui.shell.list_frame import ListFrame
from desktop_app.gui.shell.open_stories import OpenStories
from desktop_app.gui.shell.story_acts import acts_in_front, usable
from desktop_app.gui.shell.story_menu import StoryMenu
from desktop_app.gui.shell.story_page import StoryPage
from desktop_app.gui.style.style_desk import StyleDesk


class Rooms(QObject):
    """Joins the rooms with one another; its signals tell whoever made it what comes of it.

    ``front`` is the story that the person has in front, if any; ``may`` whether an action of the list can do something.
    ``page_made`` for a page that is to stand beside the list, ``place_asked`` when one page sends to another.
    """

    said = Signal(str, str)
    failed = Signal(object)
    page_made = Signal(QWidget)
    place_asked = Signal(str)
    unpack_asked = Signal(object)

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, actions: Actions, window: QWidget,
        frame: ListFrame, front: Callable[[], StoryPage | None], may: Callable[[str], bool],
    ) -> None:  # fmt: skip
        super().__init__(frame)
        self._look = look
        self._texts = texts
        self._tasks = tasks
        self._bus = bus
        self._window = window
        self._library = frame.library
        self._front = front
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._review = ReviewDesk(look, texts, tasks, bus, window)
        self.keys = KeysDesk(look, texts, tasks, bus, window)
        self.signing = SigningDesk(look, texts, tasks, window)
        self._review.signing, self._review.looking = self.signing.with_signer, self.signing.look
        self.language = LanguageDesk(look, texts, tasks, bus, window)
        self.house_style = StyleDesk(look, texts, tasks, bus, window)
        self.policies = PolicyDesk(look, texts, tasks, bus, window)
        self._placing = Placing(look, texts, tasks, bus, window)
        self.keeping = Keeping(texts, tasks, window)
        self.figures = Figures(look, texts, tasks, window)
        self._publishing = PublishingDesk(look, texts, tasks, bus, window)
        self._publishing.signing, self._publishing.looking = self.signing.with_signer, self.signing.look
        self.stories = OpenStories(look, texts, tasks, bus, self._review, self._publishing, frame)
        self.finding = FindDesk(look, texts, tasks, bus, self.stories.when_saved, window)
        self.events = EventsDesk(look, texts, tasks, bus, window)
        self.packing = PackingDesk(look, texts, tasks, bus, window)
        self.coming_home = HomecomingDesk(look, texts, tasks, bus, self.stories.when_saved, window)
        self.transfer = InAndOut(
            look, texts, tasks, bus, self.stories, self._front_story, self.packing, self.coming_home, window
        )
        self._pictures: PicturesPage | None = None
        self.menu = StoryMenu(texts, tasks, actions, self.stories, self.transfer, front, may, self.other_act)
        self.finder = Finder(look, texts, tasks, bus, actions, window)
        self._connect()
        self._connect_stories()

    def _connect(self) -> None:
        finder = self.finder
        for part in (self._review, self._publishing, self._placing, self.keeping, self.language, self.stories,
                     self.house_style, self.figures, self.transfer, self.packing, self.coming_home,
                     self.policies):  # fmt: skip
            part.said.connect(self.said)
        for source in (self.keys, self.stories, self.language, self.keeping, self.figures, self.menu):
            source.failed.connect(self.failed)
        self.language.page_made.connect(self.page_made)
        self.language.align_asked.connect(self.align_files)
        self.language.opened.connect(self.show_part)
        self.finding.opened.connect(self.show_part)
        self.events.opened.connect(self._on_open_story)
        self.packing.opened.connect(self._on_open_story)
        self.coming_home.opened.connect(self.show_part)
        self.coming_home.unpack_asked.connect(self.unpack_asked)
        finder.story_chosen.connect(self._on_open_story)
        finder.part_chosen.connect(self.show_part)
        finder.picture_chosen.connect(self._on_picture_opened)
        finder.term_chosen.connect(self._on_term)

    def _connect_stories(self) -> None:
        stories = self.stories
        stories.term_asked.connect(self.language.terms.ask_new)
        stories.export_asked.connect(self.transfer.export_stories)
        stories.pages_asked.connect(lambda story, layout: self.transfer.export_stories([story], layout))
        self.transfer.imported.connect(self._on_imported)
        stories.person_asked.connect(partial(self.place_asked.emit, "people"))
        stories.pictures_dropped.connect(self.take_pictures)
        stories.decide_asked.connect(self.coming_home.show_open)
        stories.link_asked.connect(self._placing.choose)
        stories.picture_opened.connect(self._on_picture_opened)

    @property
    def pictures(self) -> PicturesPage:
        """The pictures page, made when it is first asked for: the stories come first."""
        page = self._pictures
        if page is None:
            page = self._pictures = PicturesPage(self._look, self._texts, self._tasks, self._bus, self._window)
            page.said.connect(self.said)
            page.open_story.connect(self._on_open_story)
            self.page_made.emit(page)
            page.open_desk(self._desk)
            page.show_person(self._person)
        return page

    def page(self, name: str) -> QWidget:
        """The page of one place of the rail."""
        return self.language.page(name) or self.pictures

    # The archive

    def open_desk(self, desk: Desk | None, person: Person | None, home: Home | None = None) -> None:
        """Give or take away the archive; before it is taken away, ``may_leave`` must have said yes.

        ``home`` is where a small archive came from.
        """
        self._desk = desk
        for part in (self._review, self._publishing, self._placing, self.language, self.house_style, self.finder,
                     self.figures, self.finding, self.events, self.packing, self.policies, self.keys, self.signing,
                     self.coming_home, self.menu, self._pictures):  # fmt: skip
            if part is not None:
                part.open_desk(desk)
        self.transfer.open_desk(desk, home)
        self._review.away = home is not None
        self.stories.open_desk(desk, person)
        self.show_person(person)

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person
        for part in (self._placing, self.language, self.house_style, self.finding, self.packing, self.policies,
                     self.keys, self.signing, self.coming_home, self.transfer, self.menu, self._pictures,
                     self.stories):  # fmt: skip
            if part is not None:
                part.show_person(person)

    def is_saved(self) -> bool:
        """Whether every word of every open story is in the archive."""
        return all(page.editor.is_saved() for page in self.stories.tabs.pages())

    def may_leave(self, *, lose: bool) -> bool:
        """Save everything; False where something must stay open. ``lose``: what cannot be saved may be lost."""
        if not lose and self._pictures is not None and not self._pictures.confirm_leave():
            return False
        if not lose and not all(page.comments.confirm_leave() for page in self.stories.tabs.pages()):
            return False
        return self.stories.save_all() or lose

    def set_policies(self) -> None:
        """Open the policies; the story in front may be put under one."""
        page = self._front()
        self.policies.ask(page.file if page is not None else None)

    def back_up(self) -> None:
        """Ask where a backup of the archive goes."""
        desk = self._desk
        if desk is not None:
            self.stories.when_saved(lambda: self.keeping.ask_backup(desk) if desk is self._desk else None)

    def verify(self) -> None:
        """Prove that nothing in the archive was altered."""
        desk = self._desk
        if desk is not None:
            self.stories.when_saved(lambda: self.keeping.verify(desk) if desk is self._desk else None)

    # The story in front

    def act(self, action: str) -> None:
        """Carry out an action of the editor in the story in front."""
        page = self._front()
        act = acts_in_front(page).get(action) if page is not None else None
        if act is not None:
            act()

    def usable(self, action: str) -> bool:
        """Whether an action of the editor can do something now."""
        page = self._front()
        return page is not None and usable(page, action)

    def focus_filter(self, page: QWidget | None) -> bool:
        """Put the keyboard into the filter of ``page``; False where it is the list that has one."""
        if page is not None and page is self._pictures:
            self._pictures.focus_filter()
            return True
        for made in self.language.made():
            if page is made:
                made.focus_filter()
                return True
        front, focus = self._front(), self._window.focusWidget()
        if front is not None and front.writing and not (focus and self._library.isAncestorOf(focus)):
            front.editor.filtering.open()
            return True
        return False

    def link_pictures(self) -> None:
        """Ask for a folder whose pictures fill the places of the story in front."""
        page = self._front()
        if page is not None:
            page.when_fresh(lambda file: self._placing.link_folder(file.story.id))

    def next_step(self) -> None:
        """Press the primary button of the strip in front."""
        page = self._front()
        if page is not None:
            page.strip.request_next()

    def other_act(self, action: str) -> None:
        """Choose an act from the menu of the strip in front, or its next step; or say why it cannot be chosen."""
        page = self._front()
        following = next_act(page.file, page.person) if page is not None and page.file is not None else None
        if page is not None and following is not None and following.action == action and following.reason is None:
            page.strip.request_next()
            return
        reason = page.strip.request_other(action) if page is not None else None
        if reason is not None:
            self.said.emit(self._texts(N_("Not possible: {reason}.", reason=reason)), "warning")

    def align_files(self) -> None:
        """Ask for two published files, and align them."""
        if self._desk is None:
            return
        person = self._person
        dialog = AlignDialog(self._look, self._texts, self._tasks, self._desk, person, self._window)
        dialog.said.connect(self.said)
        dialog.taken.connect(lambda changes: self._bus.publish(changes, "align"))
        dialog.open()

    def find_in_archive(self) -> None:
        """Open find and replace over all stories, asking for what is selected in the story in front."""
        page = self._front()
        self.finding.open("".join(page.editor.selected_sides()) if page is not None else "")

    def open_concordance(self) -> None:
        """Open the concordance, asking for what is selected in the story in front."""
        page = self._front()
        self.language.open_concordance("".join(page.editor.selected_sides()) if page is not None else "")

    def open_palette(self) -> None:
        """Open the palette over the window."""
        self.finder.open(self._library.listed_stories())

    def _front_story(self) -> str | None:
        page = self._front()
        return page.story_id if page is not None else None

    def _on_imported(self, stories: list[str]) -> None:
        self.place_asked.emit("stories")
        if len(stories) == 1:
            self.stories.open_story(stories[0])

    def _on_open_story(self, story: str) -> None:
        self.place_asked.emit("stories")
        self.stories.open_story(story)

    def show_part(self, story: str, part: str) -> None:
        """Open a story at a segment or picture, or, without a part, where it stood."""
        if not story:
            return
        self._on_open_story(story)
        page = self.stories.tabs.page_of(story)
        if page is not None and part:
            page.show_part(part)
        elif page is not None:
            page.editor.setFocus()

    def _on_term(self, source: str, target: str) -> None:
        """Write a term's English where the keyboard is in a text, else show it on its page."""
        page = self._front()
        if page is not None and page.writing and page.editor.active_key() and page.editor.can_edit():
            page.editor.insert_text(target)
            page.editor.setFocus()
        else:
            self.place_asked.emit("terms")
            self.language.terms_page.search.setText(source)

    def _on_picture_opened(self, picture: str) -> None:
        self.place_asked.emit("pictures")
        self.pictures.select(picture)

    def take_pictures(self, story: str, paths: list[Path]) -> None:
        """Place pictures that were dropped on a story; other files are taken as they are anywhere."""
        homeward = [path for path in paths if may_come_home(path)]
        self.coming_home.take(homeward)
        page = self.stories.tabs.page_of(story)
        others = [path for path in paths if path not in homeward]

        def link(saved: bool) -> None:
            for path in others if saved else ():
                self._placing.link_folder(story, path)

        if page is not None:
            page.editor.when_saved(link)
        else:
            link(saved=True)
