"""The bar at the top: menus, the way into the palette, the archive's name, and who is at the desk."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop_app.domain.people import Person
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.actions import Actions
from desktop_app.gui.kit.keys import MENUS
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.menus import fill
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import ElidedLabel


class TopBar(QWidget):
    """``search_asked`` opens the palette."""

    search_asked = Signal()

    def __init__(self, look: Look, texts: Texts, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = texts
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self.menus = self._menu_bar(actions)
        self._search = QPushButton(self)
        self._actions = actions
        self._show_key()
        actions.keymap.changed.connect(self._show_key)
        self._search.setProperty("variant", "search")
        self._search.setAccessibleName(texts(N_("Search everything")))
        self._search.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._search.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._search.setMaximumWidth(look.theme.px(360))
        self._search.clicked.connect(self.search_asked)
        self._archive = ElidedLabel("", "muted", self)
        self._archive.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.person = QToolButton(self)
        self.person.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 12, 4)
        layout.setSpacing(12)
        layout.addWidget(self.menus)
        layout.addStretch(1)
        layout.addWidget(self._search, 3)
        layout.addStretch(1)
        layout.addWidget(self._archive)
        layout.addWidget(self.person)
        look.changed.connect(self._dress)
        self._dress()
        self.show_person(None)
        self.show_archive("")

    def show_archive(self, name: str) -> None:
        """Show the archive's name; empty: none is open, and nobody sits at it."""
        self._archive.set_text(name)
        self._archive.setVisible(bool(name))
        self.person.setVisible(bool(name))

    def show_person(self, person: Person | None) -> None:
        """Show who is at the desk."""
        text = self._texts(person.called if person is not None else N_("Who are you?"))
        self.person.setText(text)
        self.person.setToolTip(self._texts(N_("Who is at the desk: edits and sign-offs carry this name")))
        self.person.setAccessibleName(self._texts(N_("At the desk: {name}", name=text)))
        self._dress_person(known=person is not None)

    def set_people_menu(self, menu: QMenu) -> None:
        """Take the menu that the name opens."""
        self.person.setMenu(menu)

    def _menu_bar(self, actions: Actions) -> QMenuBar:
        bar = QMenuBar(self)
        bar.setNativeMenuBar(False)
        bar.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        for menu_id, title in MENUS:
            fill(bar.addMenu(self._texts(title)), menu_id, actions, self._texts)
        return bar

    def _show_key(self) -> None:
        key = next((self._actions.key_text(spec) for spec in self._actions.specs() if spec.id == "palette"), "")
        text = N_("Search everything  ·  {key}", key=key) if key else N_("Search everything")
        self._search.setText(self._texts(text))

    def _dress_rest(self) -> None:
        """Show what Qt puts at the end of the bar for the menus that a narrow window has no room for."""
        rest = self.menus.findChild(QToolButton, "qt_menubar_ext_button")
        if isinstance(rest, QToolButton):
            rest.setStyleSheet("padding: 0; border: none;")  # Qt makes it as narrow as its sign
            rest.setIcon(self._look.icon("chevron-right"))
            rest.setToolTip(self._texts(N_("More menus")))
            rest.setAccessibleName(self._texts(N_("More menus")))

    def _dress(self) -> None:
        self._dress_rest()
        self._search.setIcon(self._look.icon("search", "muted"))
        self._dress_person(known=bool(self.person.property("known")))

    def _dress_person(self, *, known: bool) -> None:
        self.person.setProperty("known", known)
        self.person.setIcon(self._look.icon("user", "muted" if known else "accent"))
        self.person.setIconSize(QSize(self._look.theme.px(16), self._look.theme.px(16)))
