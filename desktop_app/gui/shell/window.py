"""The main window: rail, pages, status bar, and what happens between them.

It shows itself before the desk is there (see ``opening``); the pages that need an archive are ``workplace``.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.desk.places import is_package, may_come_home
from desktop_app.domain.people import Person
from desktop_app.foundation.bookmarks import BookmarkFile
from desktop_app.foundation.errors import CancelledError, KnownError
from desktop_app.foundation.messages import N_
from desktop_app.foundation.settings import SettingsFile
from desktop_app.gui.keys.dialog import KeysDialog
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.composing import CompositionGuards
from desktop_app.gui.kit.drops import local_files
from desktop_app.gui.kit.keymap import Keymap, OwnKeys
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.states import READ_ONLY
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Hairline, InlineMessage, Toast
from desktop_app.gui.shell import commands
from desktop_app.gui.shell.archives import Archives
from desktop_app.gui.shell.clipboard import Clipboard
from desktop_app.gui.shell.geometry import Geometry
from desktop_app.gui.shell.help_window import HelpWindow, show_about
from desktop_app.gui.shell.opening import WORKPLACE, Opened, sessions_in
from desktop_app.gui.shell.rail import PLACES, Rail
from desktop_app.gui.shell.session_marks import Session
from desktop_app.gui.shell.session_watch import SessionWatch, show_ended
from desktop_app.gui.shell.settings_page import SettingsPage
from desktop_app.gui.shell.status_line import StatusLine
from desktop_app.gui.shell.taste import Taste
from desktop_app.gui.shell.top_bar import TopBar
from desktop_app.gui.shell.trouble import Trouble, ask_to_lose
from desktop_app.gui.shell.welcome import Welcome

if TYPE_CHECKING:  # the late import, see opening
    from desktop_app.gui.shell.kept_undo import Kept
    from desktop_app.gui.shell.workplace import Workplace

_CLOSE_PATIENCE = 10.0  # seconds that closing waits for jobs that write


class MainWindow(QMainWindow):
    """``language_chosen`` asks the program for a new window in another language; this one is then closed.

    ``archive_shown`` when an archive has been opened, ``furnished`` when everything that can be done with it is there.
    """

    language_chosen = Signal(str)
    archive_shown = Signal()
    furnished = Signal()

    def __init__(self, look: Look, texts: Texts, settings: SettingsFile, trouble: Trouble) -> None:
        super().__init__()
        self._look = look
        self._texts = texts
        self._settings = settings
        self.tasks = Tasks(self)
        self.bus = ChangeBus(self)
        self.workplace: Workplace | None = None
        self._help: HelpWindow | None = None
        self._lose = False
        self.taste = Taste(look, settings, self)
        CompositionGuards(self)
        Keymap.in_force().use(settings.settings.keys, settings.settings.own_keys)
        self.registry = Actions(self, look, texts)
        self.clipboard = Clipboard(self.registry)
        commands.register(self.registry, commands.handlers(self), self._on_editor)
        self.clipboard.follow()
        self._build()
        self.session = SessionWatch(self.tasks, self)
        self.archives = Archives(look, texts, self.tasks, settings, self.welcome, self.leave_archive, self)
        self._connect(trouble)
        self._geometry = Geometry(self, settings)
        self.update_actions()

    def _build(self) -> None:
        look, texts = self._look, self._texts
        self.top = TopBar(look, texts, self.registry, self)
        self.rail = Rail(look, texts, parent=self)
        self.welcome = Welcome(look, texts, self)
        self.settings_page = SettingsPage(look, texts, self._settings.settings, self)
        self.message = InlineMessage(look, texts(N_("Close")), self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.welcome)
        self.stack.addWidget(self.settings_page)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.message)
        column.addWidget(self.stack, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(Hairline(Qt.Orientation.Vertical, self))
        row.addLayout(column, 1)
        body = QWidget(self)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline(parent=body))
        whole.addLayout(row, 1)
        self.status = StatusLine(look, texts, self.tasks, self)
        self.setMenuWidget(self.top)
        self.setCentralWidget(body)
        self.setStatusBar(self.status)
        self.toast = Toast(look, texts(N_("Close")), body)
        self.setWindowTitle("Diptych")

    def _connect(self, trouble: Trouble) -> None:
        self.top.search_asked.connect(self.open_palette)
        self.rail.chosen.connect(self.show_place)
        self.status.findings_clicked.connect(self._on_findings)
        self.status.counts_clicked.connect(self.registry.action("counts").trigger)
        self.status.progress_clicked.connect(self.registry.action("progress").trigger)
        self.status.home_clicked.connect(self.registry.action("pack-home").trigger)
        self.archives.opened.connect(self._on_opened)
        self.archives.failed.connect(self._on_no_archive)
        self.archives.arrived.connect(self.take_files)
        self.setAcceptDrops(True)
        page = self.settings_page
        page.theme_chosen.connect(self.taste.choose_theme)
        page.scale_chosen.connect(self.taste.choose_scale)
        page.completing_chosen.connect(self.taste.choose_completing)
        page.language_chosen.connect(self.language_chosen)
        page.keys_asked.connect(self.show_keys)
        page.style_asked.connect(self.registry.action("house-style").trigger)
        self.taste.changed.connect(lambda: page.show_settings(self._settings.settings))
        self.tasks.unexpected.connect(lambda _error: self._on_trouble())
        trouble.happened.connect(self._on_trouble)
        self.registry.keymap.changed.connect(self._on_keys)

    def start(self, archive: Path | None) -> None:
        """Open the archive once the window has been painted."""
        self.rail.show_place("stories")
        self.rail.show_usable({"settings"})
        QTimer.singleShot(0, self, lambda: self.archives.start(archive))

    def keep_undo(self, kept: Mapping[str, "Kept"]) -> None:
        """Let undo and redo go on in the stories of the archive that is being opened."""

        def hand_on() -> None:
            if self.workplace is not None:
                self.workplace.when_furnished(lambda rooms: rooms.stories.undo.take(kept))

        self.archive_shown.connect(hand_on, Qt.ConnectionType.SingleShotConnection)

    # The archive

    def leave_archive(self, *, lose: bool = False) -> bool:
        """Save and close the archive that is open; False where something cannot be saved, unless it may be lost."""
        place = self.workplace
        if place is None or place.desk is None:
            return True
        if not place.close_archive(lose=lose):
            if not place.is_saved():
                self.show_error(KnownError(N_("The archive stays open: the last words typed cannot be saved now.")))
            return False
        self.session.end()
        self._settings.change(widths=place.frame.widths())
        self._on_no_archive()
        return True

    def _on_opened(self, opened: Opened) -> None:
        place = self.workplace or self._make_workplace()
        name = opened.name
        if opened.home is not None:
            name = self._texts(N_("Work package from {house}", house=opened.home.house))
        self.setWindowTitle(f"{name} — Diptych")
        self.top.show_archive(name)
        self.status.show_home(away=opened.home is not None and opened.desk.archive.writable)
        self.settings_page.show_archive(str(opened.folder))
        self.rail.show_usable({"stories", "pictures", "terms", "memory", "people", "settings"})
        place.frame.show_widths(self._settings.settings.widths)
        place.open_archive(opened)
        if opened.desk.archive.writable:
            self.message.hide()
            self.session.begin(sessions_in(self._settings.path.parent), opened.folder)
            self._tell_ended(opened.ended)
        else:
            self.message.show_text(self._texts(READ_ONLY), "warning", closable=False)
        self.show_place(opened.bookmark.place if opened.bookmark.place in {one.id for one in PLACES} else "stories")
        if place.front() is None:
            place.library.focus_list()
        self.archive_shown.emit()

    def _tell_ended(self, ended: Session | None) -> None:
        """Say that the last session was not closed, and what of it is here."""

        def show() -> None:
            if (place := self.workplace) is not None and ended is not None:
                place.when_furnished(lambda rooms: rooms.show_part(ended.story, ended.segment))

        if ended is not None:
            show_ended(ended, self._texts, self.message, show)

    def _make_workplace(self) -> "Workplace":
        module = import_module(WORKPLACE)  # the writer thread has done the work by now
        place: Workplace = module.Workplace(
            self._look, self._texts, self.tasks, self.bus, self.registry, self,
            BookmarkFile(self._settings.path.parent), self.rail.current,
        )  # fmt: skip
        place.said.connect(self.toast.show_text)
        place.failed.connect(self.show_error)
        place.place_asked.connect(self.show_place)
        place.unpack_asked.connect(self.archives.ask_unpack)
        place.front_changed.connect(self.update_actions)
        place.status_changed.connect(lambda _status: self._show_status())
        place.way_home.signed.connect(self.status.show_signed)
        place.person_changed.connect(self._on_person)
        place.edited.connect(self.session.edited)
        place.saved.connect(self.session.saved)
        place.unsaved.connect(self.session.waiting)
        place.furnished.connect(self.furnished)
        self.top.set_people_menu(place.people.menu)
        place.people.menu.triggered.connect(lambda _action: self._leave_top())
        self.stack.addWidget(place)
        self.workplace = place
        return place

    def _on_no_archive(self) -> None:
        self.setWindowTitle("Diptych")
        self.top.show_archive("")
        self.settings_page.show_archive("")
        self.message.hide()
        self.status.show_story(None)
        self.status.show_home(away=False)
        self.rail.show_usable({"stories", "settings"})
        self.stack.setCurrentWidget(self.welcome)
        self.rail.show_place("stories")
        self.update_actions()

    def _on_person(self, person: Person | None) -> None:
        self.top.show_person(person)
        place = self.workplace
        if person is not None and place is not None and place.desk is not None:
            self._settings.take(self._settings.settings.with_person(place.desk.folder, person.id))

    def _leave_top(self) -> None:
        """Give the keyboard back to the page in front: what is typed now must not choose another person."""
        if self.workplace is not None and self.stack.currentWidget() is self.workplace:
            self.workplace.focus_front()
        elif (shown := self.stack.currentWidget()) is not None:
            shown.setFocus()

    # The pages

    def show_place(self, name: str) -> None:
        """Bring a page to the front."""
        place = self.workplace
        self.rail.show_place(name)
        if name == "settings":
            self.stack.setCurrentWidget(self.settings_page)
        elif place is None or place.desk is None:
            self.stack.setCurrentWidget(self.welcome)
        else:
            place.show_place(name)
            self.stack.setCurrentWidget(place)
        self._show_status()
        self.update_actions()

    def _show_status(self) -> None:
        """Show the facts of the story in front, none where another page is."""
        place = self.workplace
        page = place.front() if place is not None and self.stack.currentWidget() is place else None
        self.status.show_story(page.status if page is not None else None)

    def take_files(self, files: list[Path]) -> None:
        """Take files that were dropped or given: work comes home, packages are opened, the others are imported."""
        place = self.workplace
        if place is not None and place.desk is not None:
            place.when_furnished(lambda rooms: rooms.transfer.import_files(files))
        else:
            for package in [file for file in files if is_package(file)][:1]:
                self.archives.ask_unpack(package)

    def open_palette(self) -> None:
        """Open the palette, where there is an archive to search."""
        place = self.workplace
        if place is not None:
            place.when_furnished(lambda rooms: rooms.open_palette())

    def show_waiting(self) -> None:
        """Show the stories that wait for the person at the desk."""
        if self.workplace is not None and self.workplace.desk is not None:
            self.show_place("stories")
            self.workplace.library.show_waiting()

    def focus_filter(self) -> None:
        """Put the keyboard into the filter of the page in front."""
        if self.workplace is not None and self.workplace.desk is not None:
            self.workplace.focus_filter()

    def show_help(self, page: str = "") -> None:
        """Open the help window, on a page of it."""
        if self._help is None:
            self._help = HelpWindow(self._look, self._texts, self.registry, self)
        self._help.show_page(page)

    def show_keys(self) -> None:
        """Open the dialog of keys."""
        dialog = KeysDialog(self._look, self._texts, self.registry, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._on_keys_chosen)
        dialog.open()

    def show_about(self) -> None:
        """Say what this program is."""
        show_about(self, self._texts)

    def switch_language(self) -> None:
        """Ask for the window in the other language."""
        self.language_chosen.emit("en" if self._texts.language != "en" else "zh_Hans")

    def show_error(self, error: KnownError) -> None:
        """Tell a problem of the user's world."""
        if not isinstance(error, CancelledError):
            self.toast.show_text(self._texts.error(error), "error")

    def update_actions(self) -> None:
        """Let only those actions be triggered that can do something now."""
        place = self.workplace if self.workplace is not None and self.workplace.desk is not None else None
        shown = place is not None and self.stack.currentWidget() is place
        commands.enable(self.registry, place, shown=shown)

    def _on_editor(self, action: str) -> None:
        if self.workplace is not None and self.stack.currentWidget() is self.workplace:
            if action in {"undo", "redo"}:
                self.toast.outdate()
            self.workplace.act(action)

    def _on_findings(self) -> None:
        page = self.workplace.front() if self.workplace is not None else None
        if page is not None:
            page.show_panel("checks")

    def _on_keys_chosen(self, preset: str, own: OwnKeys) -> None:
        self._settings.change(keys=preset, own_keys=own)
        self.registry.keymap.use(preset, own)

    def _on_keys(self) -> None:
        self.settings_page.show_settings(self._settings.settings)
        if self.workplace is not None:
            self.workplace.show_keys()

    def _close_anyway(self) -> None:
        self._lose = True
        self.close()

    def _on_trouble(self) -> None:
        text = N_("Something went wrong inside Diptych. Your text is safe; what happened stands in the log.")
        self.toast.show_text(self._texts(text), "error")

    # Qt overrides

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = local_files(event.mimeData())
        if any(may_come_home(file) for file in files):
            event.acceptProposedAction()
        elif files and self.workplace is not None:
            self.workplace.refuse_files()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files(local_files(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._geometry.keep()
        if not self.leave_archive(lose=self._lose):
            event.ignore()
            if self.workplace is not None and not self.workplace.is_saved():
                ask_to_lose(self, self._texts, self._close_anyway)
            return
        self.tasks.stop()  # an export that is stopped leaves no file behind, a keyring that asks is left alone
        if not self.tasks.wait_idle(_CLOSE_PATIENCE) and not self._lose:
            event.ignore()
            self.show_error(KnownError(N_("The archive is still being written. Close again in a moment.")))
            return
        self.leave_archive(lose=True)  # one that was still being opened when the closing began
        if self._help is not None:
            self._help.close()
        self.tasks.close()
        super().closeEvent(event)
