"""The menu of the live cell: other spellings of a marked word, and the clipboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.live import SegmentEdit
from desktop_app.gui.kit.keys import key_of
from desktop_app.gui.kit.texts import Texts

CUT, COPY, PASTE, ALL = N_("Cut"), N_("Copy"), N_("Paste"), N_("Select all")
PASTE_PLAIN = N_("Paste without cleaning")
ADD = N_("Add to names")


@dataclass(frozen=True)
class Respelling:
    """A marked word, what may have been meant, and what to do with either; ``accept`` None: nobody may."""

    word: str
    proposals: Sequence[str]
    respell: Callable[[str], None]
    accept: Callable[[], None] | None


def live_menu(live: SegmentEdit, texts: Texts, parent: QWidget, respelling: Respelling | None = None) -> QMenu:
    """Make the menu for the live cell as it is now; other spellings stand first."""
    menu = QMenu(parent)
    if respelling is not None:
        _add_spellings(menu, texts, respelling)
    chosen, writable = live.textCursor().hasSelection(), not live.isReadOnly()
    standard = QKeySequence.StandardKey
    for title, key, act, enabled in (
        (CUT, _native(standard.Cut), live.cut, chosen and writable),
        (COPY, _native(standard.Copy), live.copy, chosen),
        (PASTE, _native(standard.Paste), live.paste, live.can_paste()),
        (PASTE_PLAIN, key_of("paste-plain"), live.paste_plain, writable and live.canPaste()),
        (ALL, _native(standard.SelectAll), live.selectAll, True),
    ):
        action = menu.addAction(texts(title))
        # Shown only: the field and the registry take these keys themselves.
        action.setText(f"{texts(title)}\t{key}")
        action.setEnabled(enabled)
        action.triggered.connect(act)
    return menu


def _add_spellings(menu: QMenu, texts: Texts, respelling: Respelling) -> None:
    for text in respelling.proposals:
        action = menu.addAction(text.replace("&", "&&"))
        font = action.font()
        font.setBold(True)
        action.setFont(font)
        action.triggered.connect(partial(respelling.respell, text))
    if not respelling.proposals:
        menu.addAction(texts(N_("No word is like “{word}”", word=respelling.word))).setEnabled(False)
    if respelling.accept is not None:
        menu.addAction(texts(ADD)).triggered.connect(respelling.accept)
    menu.addSeparator()


def _native(key: QKeySequence.StandardKey) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
