"""The dialog that chooses a picture for one place of a story."""

from collections.abc import Mapping

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.desk import pictures
from desktop_app.desk.desk import Desk
from desktop_app.domain.pictures import Picture
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, push_button
from desktop_app.gui.pictures.filter_line import FilterLine, Keeps
from desktop_app.gui.pictures.grid import PictureGrid
from desktop_app.gui.pictures.thumbs import Thumbnails

_THUMBNAIL_EDGE = 360  # as on the Pictures page, so that the cache serves both


class PlaceDialog(QDialog):
    """Shows the catalogue; pictures with the file name of the place come first."""

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, desk: Desk, file: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts(N_("Choose a picture")))
        self.setModal(True)
        self.resize(look.theme.px(820), look.theme.px(560))
        self._texts, self._desk, self._file = texts, desk, file
        self._latest = Latest(tasks, N_("Reading the catalogue"), self)
        self._thumbnails = Thumbnails(tasks, _THUMBNAIL_EDGE, self)
        self._thumbnails.open_desk(desk)
        self.filter_line = FilterLine(look, texts, self)
        self.filter_line.changed.connect(self._reload)
        self.grid = PictureGrid(look, texts, self._thumbnails, self)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.taken.connect(self._on_taken)
        sentence = N_("Add pictures on the Pictures page, or drop their folder on the story.")
        self._empty = EmptyState(look, "pictures", texts(N_("No pictures found")), texts(sentence), parent=self)
        self.place_button = push_button(texts(N_("Place")), "primary", self)
        self.place_button.clicked.connect(self.accept)
        self.place_button.setEnabled(False)
        self._cancel = push_button(texts(N_("Cancel")), "", self)
        self._cancel.clicked.connect(self.reject)
        self._lay_out()
        self.filter_line.focus()
        self._reload()

    def _lay_out(self) -> None:
        wanted = N_("The story names the file “{file}” for this place.", file=self._file)
        line = QLabel(self._texts(wanted if self._file else N_("Any picture fits this place.")), self)
        line.setProperty("role", "muted")
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(8)
        head.addWidget(line)
        head.addWidget(self.filter_line)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 10, 16, 12)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.place_button)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline())
        column.addLayout(self._stack, 1)
        column.addWidget(Hairline())
        column.addLayout(buttons)

    def picture_id(self) -> str | None:
        """The picture chosen."""
        current = self.grid.current()
        return current.id if current is not None else None

    def _reload(self) -> None:
        desk, text, keeps, file = self._desk, self.filter_line.text(), self.filter_line.keeps, self._file
        self._latest.ask(lambda _progress: _read(desk, text, keeps, file), self._on_read, self._on_error)

    def _on_read(self, read: tuple[list[Picture], Mapping[str, int]]) -> None:
        found, uses = read
        self.grid.show_pictures(found, uses)
        if found and self.grid.current() is None:
            self.grid.select(found[0].id)
        self._stack.setCurrentWidget(self.grid if found else self._empty)
        self._on_chosen("")

    def _on_error(self, error: KnownError) -> None:
        self._empty.show_text(self._texts(N_("The catalogue cannot be read")), self._texts.error(error))
        self._stack.setCurrentWidget(self._empty)

    def _on_chosen(self, _picture: str) -> None:
        self.place_button.setEnabled(self.grid.current() is not None)

    def _on_taken(self, _picture: str) -> None:
        self.accept()


def _read(desk: Desk, text: str, keeps: Keeps, file: str) -> tuple[list[Picture], Mapping[str, int]]:
    """Run away from the window: the catalogue, the pictures of this file name first."""
    uses = pictures.uses(desk)
    found = [picture for picture in pictures.list_pictures(desk, text=text or None) if keeps(picture, uses)]
    return sorted(found, key=lambda picture: picture.file.casefold() != file.casefold()), uses
