"""The menu of the live cell: clipboard, and whatever the shell adds."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.foundation.messages import N_
from desktop_app.gui.editor.live import SegmentEdit
from desktop_app.gui.kit.texts import Texts

CUT, COPY, PASTE, ALL = N_("Cut"), N_("Copy"), N_("Paste"), N_("Select all")


def live_menu(live: SegmentEdit, texts: Texts, parent: QWidget) -> QMenu:
    """Make the menu for the live cell as it is now."""
    menu = QMenu(parent)
    chosen, writable = live.textCursor().hasSelection(), not live.isReadOnly()
    for title, key, act, enabled in (
        (CUT, QKeySequence.StandardKey.Cut, live.cut, chosen and writable),
        (COPY, QKeySequence.StandardKey.Copy, live.copy, chosen),
        (PASTE, QKeySequence.StandardKey.Paste, live.paste, writable and live.canPaste()),
        (ALL, QKeySequence.StandardKey.SelectAll, live.selectAll, True),
    ):
        action = menu.addAction(texts(title))
        # Shown only: the field takes these keys itself.
        action.setText(f"{texts(title)}\t{QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)}")
        action.setEnabled(enabled)
        action.triggered.connect(act)
    return menu
