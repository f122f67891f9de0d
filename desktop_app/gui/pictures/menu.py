"""The menu of a picture in the grid: the stories that it stands in, whether its file is whole, its words to copy."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.desk import pictures
from desktop_app.desk.desk import Desk
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import StorySummary
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.menus import Filling
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts

_MOST_STORIES = 8  # that are named in the menu; the panel beside the grid has all
_TITLE = 48  # characters of a headline in the menu


class PictureMenu(QObject):
    """``story_asked(id)`` when one of its stories is chosen, ``check_asked`` when its original shall be checked."""

    story_asked = Signal(str)
    check_asked = Signal()
    failed = Signal(object)

    def __init__(self, texts: Texts, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._widget = texts, parent
        self._reading = Latest(tasks, N_("Looking where a picture stands"), self)

    def forget(self) -> None:
        """Want nothing of the archive any more."""
        self._reading.forget()

    def open(self, desk: Desk, picture: Picture, at: QPoint) -> None:
        """Open the menu of a picture at a place of the screen, once it is known where it stands."""
        self._reading.ask(
            lambda _progress: pictures.used_in(desk, picture.id),
            lambda stories: self._popup(picture, stories, at),
            self.failed.emit,
        )

    def _popup(self, picture: Picture, stories: Sequence[StorySummary], at: QPoint) -> None:
        texts, menu = self._texts, QMenu(self._widget)
        menu.setAccessibleName(texts(N_("Picture {file}", file=picture.file)))
        filling = Filling(menu, texts)
        for story in stories[:_MOST_STORIES]:
            headline = story.headline.en or story.headline.zh or story.slug
            title = headline if len(headline) <= _TITLE else f"{headline[: _TITLE - 1].rstrip()}…"
            filling.offer(texts(N_("Open “{headline}”", headline=title)), partial(self.story_asked.emit, story.id))
        filling.offer(texts(N_("Check the original")), self.check_asked.emit, line=True)
        copies = (
            (N_("Copy the file name"), picture.file),
            (N_("Copy the English caption"), picture.caption.en),
            (N_("Copy the Chinese caption"), picture.caption.zh),
        )
        for number, (words_of, text) in enumerate(copies):
            copy = partial(QGuiApplication.clipboard().setText, text)
            filling.offer(texts(words_of), copy, line=number == 0).setEnabled(bool(text))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
