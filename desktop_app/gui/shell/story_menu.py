"""The menu of the list of stories: what can be done with those that are chosen, as menu bar and strip have it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from desktop_app.desk.approval_sheets import SHEET
from desktop_app.desk.desk import Desk
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.actions import Actions, ActionSpec
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.menus import Filling
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.review.steps import next_act, other_acts
from desktop_app.gui.shell.commands import BESIDE
from desktop_app.gui.shell.in_and_out import InAndOut
from desktop_app.gui.shell.open_stories import OpenStories
from desktop_app.gui.shell.story_page import StoryPage

_MOST_OPENED = 12  # at once; more tabs than fit help nobody
_OUT = ("export", "approval-sheet", "pack")  # what goes for several stories as for one


class StoryMenu(QObject):
    """Opens the menu. What goes by the state of a story is read when it is asked for; nothing impossible is offered.

    An act of the sign-off opens its story first, so that it is done with the words on the screen: ``other_act`` does
    one for the story that is in ``front`` by then. ``may`` says whether an action can do something for a chosen story.
    """

    failed = Signal(object)

    def __init__(
        self, texts: Texts, tasks: Tasks, actions: Actions, stories: OpenStories, transfer: InAndOut,
        front: Callable[[], StoryPage | None], may: Callable[[str], bool], other_act: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(stories)
        self._texts, self._actions, self._stories, self._transfer = texts, actions, stories, transfer
        self._library = stories.library
        self._front, self._may, self._other_act = front, may, other_act
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._reading = Latest(tasks, N_("Reading the story"), self)

    def open(self, at: QPoint) -> None:
        """Open the menu of the chosen stories at a place of the screen."""
        desk, chosen = self._desk, self._library.selected()
        if desk is None or not chosen:
            return
        if len(chosen) > 1:
            self._reading.forget()
            self._popup(at, chosen, None)
            return

        def show(file: StoryFile) -> None:
            if self._library.isVisible() and self._library.selected() == chosen:
                self._popup(at, chosen, file)

        self._reading.ask(lambda _progress: open_story(desk, chosen[0]), show, self.failed.emit)

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._reading.forget()

    def show_person(self, person: Person | None) -> None:
        """Say who is at the desk."""
        self._person = person

    def _popup(self, at: QPoint, chosen: Sequence[str], file: StoryFile | None) -> None:
        texts, menu = self._texts, QMenu(self._library)
        menu.setAccessibleName(texts(NN_("{n} chosen story", "{n} chosen stories", len(chosen))))
        menu.setToolTipsVisible(True)
        filling = Filling(menu, texts)
        specs = {spec.id: spec for spec in self._actions.specs()}
        if len(chosen) <= _MOST_OPENED:
            title = N_("Open the story") if file is not None else NN_("Open {n} story", "Open {n} stories", len(chosen))
            filling.offer(texts(title), partial(self._open, chosen))
        if file is not None:
            self._add_acts(filling, specs, file)
        for number, action in enumerate(_OUT):
            if self._may(action):
                out = partial(self._send_out, action, chosen)
                filling.offer(self._actions.title(specs[action]), out, line=number == 0)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _add_acts(self, filling: Filling, specs: Mapping[str, ActionSpec], file: StoryFile) -> None:
        """Add the next step, grey with the reason where it is not the person's, and the other acts that are."""
        texts, story, person = self._texts, file.story.id, self._person
        following = next_act(file, person)
        if following is not None and following.action not in _OUT and self._may("next-step"):
            act = partial(self._act, story, following.action, following.step)
            entry = filling.offer(texts(following.label), act, line=True)
            if following.reason is not None:
                said = N_("{who}: {reason}", who=following.who, reason=following.reason)
                entry.setToolTip(texts(said if following.who is not None else following.reason))
                entry.setEnabled(False)
        for other in other_acts(file, person):
            offered = other.action in BESIDE and other.reason is None and self._may(other.action)
            if offered and (following is None or other.action != following.action):
                act = partial(self._act, story, other.action, other.step)
                spec = specs[other.action]
                filling.offer(texts(other.label), act, group=spec.group, line=spec.line)

    def _open(self, chosen: Sequence[str]) -> None:
        for story in (*chosen[1:], chosen[0]):
            self._stories.open_story(story)

    def _send_out(self, action: str, chosen: Sequence[str]) -> None:
        if action == "pack":
            self._transfer.pack_stories(chosen)
        else:
            self._transfer.export_stories(chosen, SHEET if action == "approval-sheet" else "")

    def _act(self, story: str, action: str, step: str | None) -> None:
        page = self._stories.open_story(story)
        if page is not None:
            _Ready(page, partial(self._act_in_front, page, action, step))

    def _act_in_front(self, page: StoryPage, action: str, step: str | None) -> None:
        if self._front() is not page:
            return  # the person has gone elsewhere since
        if page.strip.next_action == (action, step):
            page.strip.request_next()
        else:
            self._other_act(action)


class _Ready(QObject):
    """Waits until a story is read with all that whoever signs is shown: its findings, its comments."""

    def __init__(self, page: StoryPage, then: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._then = page, then
        page.status_changed.connect(self._look)
        page.comments.counted.connect(self._look)
        self._look()

    def _look(self) -> None:
        page = self._page
        if page.file is None or page.status.findings is None or not page.comments.known:
            return
        page.status_changed.disconnect(self._look)
        page.comments.counted.disconnect(self._look)
        self.deleteLater()
        self._then()
