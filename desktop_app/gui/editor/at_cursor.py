"""What happens at the caret beside typing itself: spelling, completion, the menu, what is pasted."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from desktop_app.desk.checking import Examiner
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.editor.completing import Completing
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.dropping import Dropping
from desktop_app.gui.editor.menu import Respelling, live_menu
from desktop_app.gui.editor.picture_drops import PictureDrops
from desktop_app.gui.editor.sheet import Sheet
from desktop_app.gui.editor.spelling import Doubt, LiveSpelling
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts


class AtCursor(QWidget):
    """Joins them on one sheet. ``word_accepted(str)`` asks for a word to be taken among the names of the house."""

    failed = Signal(object)
    word_accepted = Signal(str)

    NO_DOUBT = N_("No word of this text is marked.")
    NO_COMPLETION = N_("Nothing is known that begins so.")

    def __init__(
        self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, sheet: Sheet,
        say: Callable[[str, str], None], parent: QWidget,
    ) -> None:  # fmt: skip
        """Work on ``sheet``; ``say(text, tone)`` tells a person. Lists and menus lie over ``parent``."""
        super().__init__(parent)
        self.hide()  # it has nothing to show of its own
        self._say = say
        self._texts = texts
        self._sheet, self._live = sheet, sheet.live
        self._writable = False
        self.spelling = LiveSpelling(tasks, bus, sheet, self)
        self.pictures = PictureDrops(texts, tasks, bus, sheet, self)
        self.dropping = Dropping(look, sheet, self.pictures, self)
        self.completing = Completing(look, texts, tasks, sheet, self.spelling, parent)
        self._live.menu_asked.connect(self._on_menu_asked)
        self._live.told.connect(self._on_told)
        self._live.picture_brought.connect(lambda source: self.pictures.bring(source, self.pictures.spot_here()))
        self.pictures.said.connect(say)
        self.completing.nothing.connect(lambda: say(texts(self.NO_COMPLETION), "warning"))
        for part in (self.spelling, self.completing):
            part.failed.connect(self.failed)

    def use(self, examiner: Examiner | None) -> None:
        """Work with what an archive knows; None works with nothing, and wants nothing any more."""
        self._writable = examiner is not None and examiner.desk.archive.writable
        self.spelling.use(examiner)

    def show_document(self, document: StoryDocument | None) -> None:
        """Work on another story, or on none."""
        self.spelling.show_document(document)
        self.pictures.show_document(document)
        self.dropping.show_document(document)
        self.completing.show_document(document)

    # What the actions do

    def complete(self) -> None:
        """Propose words at the caret now."""
        if self._live.hasFocus():
            self.completing.complete()

    def insert_picture(self) -> None:
        """Ask for pictures to put behind the active row, as if they were dropped there."""
        self._live.commit_composition()
        self.pictures.ask(self._sheet.window())

    def paste_plain(self) -> None:
        """Paste without cleaning; in a field beside the text this is what pasting does anyway."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit):
            focus.paste()
        elif self._sheet.key:
            self._live.commit_composition()
            self._live.paste_plain()

    def suggest_spelling(self) -> None:
        """Offer other spellings for the marked word at the caret, or for the next one in this text."""
        live = self._live
        live.commit_composition()
        doubts, at = self.spelling.doubts(), live.cursor_at()
        here = self.spelling.doubt_at(at) or next((one for one in doubts if one.start >= at), None)
        doubt = here or next(iter(doubts), None)
        if doubt is None:
            self._say(self._texts(self.NO_DOUBT), "good")
            return
        live.select(doubt.start, doubt.end)
        self._open_menu(live.caret_below(), doubt)

    # Inside

    def _on_told(self, message: Message) -> None:
        self._say(self._texts(message), "good" if _is_good(message) else "warning")

    def _on_menu_asked(self, at: QPoint) -> None:
        live = self._live
        self.completing.hide()
        if at == live.caret_below():
            place = live.cursor_at()
        else:
            place = live.character_at(live.viewport().mapFromGlobal(at))
        self._open_menu(at, self.spelling.doubt_at(place))

    def _open_menu(self, at: QPoint, doubt: Doubt | None) -> None:
        if any(menu.isVisible() for menu in self.findChildren(QMenu)):
            return  # some systems ask by the key and once more by themselves
        respelling = None
        if doubt is not None and not self._live.isReadOnly():
            respelling = Respelling(
                doubt.word,
                self.spelling.proposals(doubt.word),
                lambda text: self._respell(doubt, text),
                (lambda: self.word_accepted.emit(doubt.word)) if self._writable else None,
            )
        menu: QMenu = live_menu(self._live, self._texts, self, respelling)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
        if respelling is not None:
            menu.setActiveAction(menu.actions()[0])

    def _respell(self, doubt: Doubt, text: str) -> None:
        """Put a spelling in, if the word still stands there."""
        if self._live.text()[doubt.start : doubt.end] == doubt.word:
            self._live.replace_span(doubt.start, doubt.end, text)


def _is_good(message: Message) -> bool:
    """Whether a sentence tells of what was done, and not of what was refused."""
    return message.plural is not None
