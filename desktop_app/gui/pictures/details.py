"""The details of the current picture: its words to write, where it stands, what its file is."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.desk import pictures
from desktop_app.desk.desk import Changes, Desk
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import StorySummary
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import EmptyState, Hairline, push_button
from desktop_app.gui.pictures.facts import Facts
from desktop_app.gui.pictures.thumbs import Thumbnails
from desktop_app.gui.pictures.words_form import WordsForm

SENDER = "pictures"
_PREVIEW_EDGE = 720


class Preview(QWidget):
    """The picture as large as the panel is wide."""

    def __init__(self, look: Look, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._thumbnails = look, thumbnails
        self._picture: Picture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self._on_ready)

    def show_picture(self, picture: Picture | None) -> None:
        """Show another picture."""
        self._picture = picture
        self.setAccessibleName(picture.alt.en or picture.alt.zh or picture.file if picture else "")
        self.update()

    def _on_ready(self, sha256: str) -> None:
        if self._picture is not None and self._picture.sha256 == sha256:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(280), self._look.theme.px(190))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.color("hover"))
        if self._picture is None:
            return
        image = self._thumbnails.image(self._picture.sha256)
        if image is None or image.isNull():
            failed = self._thumbnails.failure(self._picture.sha256) is not None
            middle = QRect(0, 0, 32, 32)
            middle.moveCenter(self.rect().center())
            name, token = ("image-missing", "error") if failed else ("pictures", "muted")
            self._look.icon(name, token).paint(painter, middle)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        painter.drawImage(box, image)


class PictureDetails(QWidget):
    """Saves on its button, and by itself when another picture is taken; words that cannot be saved are kept."""

    open_story = Signal(str)
    said = Signal(str, str)
    saved = Signal(str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._tasks, self._bus = texts, tasks, bus
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._picture: Picture | None = None
        self._drafts: dict[str, Picture] = {}  # words on their way to the archive, or refused by it
        self._uses = Latest(tasks, N_("Looking where a picture stands"), self)
        self._checks = Latest(tasks, N_("Checking an original"), self)
        self._thumbnails = Thumbnails(tasks, _PREVIEW_EDGE, self)
        self._preview = Preview(look, self._thumbnails, self)
        self.form = WordsForm(look, texts, self)
        self.form.edited.connect(self._show_buttons)
        self.facts = Facts(texts, self)
        self.facts.open_story.connect(self.open_story)
        self.facts.verify.connect(self.verify)
        self.save_button = push_button(texts(N_("Save")), "primary", self)
        self.save_button.clicked.connect(self.save)
        self.revert_button = push_button(texts(N_("Revert")), "", self)
        self.revert_button.clicked.connect(self.revert)
        self._state = QLabel(self)
        self._state.setProperty("role", "muted")
        title, sentence = N_("No picture chosen"), N_("Its captions in both languages stand here.")
        self._empty = EmptyState(look, "pictures", texts(title), texts(sentence), parent=self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._lay_out())
        self._show_buttons()

    def _lay_out(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(12)
        for part in (self._preview, self.form, Hairline(), self.facts):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 8, 16, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self._state, 1)
        buttons.addWidget(self.revert_button)
        buttons.addWidget(self.save_button)
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(Hairline())
        whole.addLayout(buttons)
        return page

    def open_desk(self, desk: Desk | None) -> None:
        """Take or give back the archive; unsaved words of the old one are gone (ask first)."""
        self._desk = desk
        self._drafts.clear()
        self._thumbnails.open_desk(desk)
        self._take(None)

    def show_person(self, person: Person | None) -> None:
        """Let somebody else sign what is saved from now on."""
        self._person = person

    def picture(self) -> Picture | None:
        """The picture shown, as the catalogue has it."""
        return self._picture

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture; words typed for the one before are saved."""
        if picture is not None and self._picture is not None and picture.id == self._picture.id:
            if picture != self._picture and not self.form.is_changed():
                self._take(picture)
            return
        self.save()
        self._take(picture)

    def _take(self, picture: Picture | None) -> None:
        self._picture = picture
        self._stack.setCurrentIndex(0 if picture is None else 1)
        self._preview.show_picture(picture)
        self.form.show_picture(picture)
        self._uses.forget()
        self._checks.forget()
        if picture is not None:
            if picture.id in self._drafts:
                self.form.put(self._drafts[picture.id])
            self.facts.show_picture(picture)
            self.reload_uses()
        self._show_buttons()

    def reload_uses(self) -> None:
        """Ask again in which stories the picture stands."""
        desk, picture = self._desk, self._picture
        if desk is None or picture is None:
            return
        self._uses.ask(lambda _progress: pictures.used_in(desk, picture.id), self._on_uses, self._on_uses_error)

    def has_unsaved(self) -> bool:
        """Whether words were typed that the archive does not have yet."""
        return self.form.is_changed() or bool(self._drafts)

    def discard(self) -> None:
        """Forget all unsaved words."""
        self._drafts.clear()
        self.form.show_picture(self._picture)
        self._show_buttons()

    def revert(self) -> None:
        """Put the catalogue's words back."""
        if self._picture is not None:
            self._drafts.pop(self._picture.id, None)
        self.form.show_picture(self._picture)
        self._show_buttons()

    def save(self) -> None:
        """Send what was typed to the archive."""
        described, desk = self.form.described(), self._desk
        if described is None or desk is None or not self.form.is_changed():
            return
        self._drafts[described.id] = described
        problem = self.form.problem()
        if problem is not None:
            unsaved = N_("The words of {file} are not saved yet: {why}", file=described.file, why=problem)
            self.said.emit(self._texts(unsaved), "warning")
            return
        self._write(desk, described)
        self._show_buttons()

    def save_all(self) -> None:
        """Send everything unsaved, also words that were refused before."""
        self.save()
        if self._desk is not None:
            for draft in [d for d in self._drafts.values() if self._picture is None or d.id != self._picture.id]:
                self._write(self._desk, draft)

    def _write(self, desk: Desk, described: Picture) -> None:
        person = self._person
        self._tasks.run(
            lambda _progress: pictures.update_picture(desk, described, by=person),
            title=N_("Saving a picture’s words"),
            on_done=lambda changes: self._on_saved(described, changes),
            on_error=lambda error: self._on_save_error(described, error),
            writer=True,
        )

    def _on_saved(self, described: Picture, changes: Changes) -> None:
        if self._drafts.get(described.id) == described:
            del self._drafts[described.id]
        if self._picture is not None and self._picture.id == described.id:
            typed = self.form.described()
            self._picture = described
            if typed == described:
                self.form.show_picture(described)
            self._show_buttons()
        self._bus.publish(changes, SENDER)
        self.saved.emit(described.id)

    def _on_save_error(self, described: Picture, error: KnownError) -> None:
        kept = N_("The words of {file} could not be saved; they are kept here.", file=described.file)
        self.said.emit(f"{self._texts(kept)} {self._texts.error(error)}", "error")
        self._show_buttons()

    def _show_buttons(self) -> None:
        changed = self.form.is_changed()
        self.save_button.setEnabled(changed and self.form.problem() is None)
        self.revert_button.setEnabled(changed)
        if self._picture is not None and self._picture.id in self._drafts and not changed:
            state: Message = N_("Saving…")
        else:
            state = N_("Not saved yet") if changed else N_("All words saved")
        self._state.setText(self._texts(state))

    def _on_uses(self, stories: list[StorySummary]) -> None:
        self.facts.show_stories(stories)

    def _on_uses_error(self, error: KnownError) -> None:
        self.facts.show_stories([])
        self.said.emit(self._texts.error(error), "error")

    def verify(self) -> None:
        """Compare the master file of the picture with its digest, and say what came of it."""
        desk, picture = self._desk, self._picture
        if desk is None or picture is None:
            return
        self.facts.wait()
        self._checks.ask(
            lambda _progress: [why for _, why in pictures.verify_pictures(desk, only={picture.id})],
            self._on_verified,
            lambda error: self.facts.show_verdict(error.reason, "error"),
        )

    def _on_verified(self, problems: list[Message]) -> None:
        if problems:
            self.facts.show_verdict(N_("! {problem}", problem=problems[0]), "error")
        else:
            self.facts.show_verdict(N_("✓ The original is unchanged."), "good")
