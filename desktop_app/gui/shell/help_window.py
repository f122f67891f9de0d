"""The help window: short pages from ``resources/help``, and the keys as they are registered."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QMessageBox, QTextBrowser, QVBoxLayout, QWidget

from desktop_app import __version__
from desktop_app.foundation.messages import N_
from desktop_app.foundation.resources import resource
from desktop_app.gui.kit.actions import Actions, ActionSpec
from desktop_app.gui.kit.keys import MENUS
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.texts import Texts

KEYS = "keys"


@dataclass(frozen=True)
class HelpPage:
    """One page: ``id`` is its file's name without number and ending."""

    id: str
    title: str
    markdown: str


def read_pages(language: str) -> list[HelpPage]:
    """Read the pages of a language in the order of their file names; the title is the first heading."""
    folder = resource("help", language)
    files = sorted((folder if folder.is_dir() else resource("help", "en")).glob("*.md"))
    return [_page(file) for file in files]


def _page(file: Path) -> HelpPage:
    text = file.read_text("utf-8")
    heading, _, _ = text.partition("\n")
    return HelpPage(file.stem.split("-", 1)[-1], heading.lstrip("# ").strip(), text)


def keys_html(specs: Sequence[ActionSpec], actions: Actions, texts: Texts) -> str:
    """All keys as a table, grouped like the menus."""
    parts = [f"<h1>{escape(texts(N_('Shortcuts')))}</h1>"]
    for menu_id, menu in MENUS:
        rows = [spec for spec in specs if spec.menu == menu_id and actions.keys(spec)]
        if not rows:
            continue
        parts.append(f"<h2>{escape(texts(menu).replace('&', ''))}</h2><table width='100%' cellpadding='3'>")
        for spec in rows:
            title, key = escape(texts(spec.tip or spec.title)), escape(actions.key_text(spec))
            parts.append(f"<tr><td width='60%'>{title}</td><td><b>{key}</b></td></tr>")
        parts.append("</table>")
    return "".join(parts)


_KEY = re.compile(r"\{key:([a-z0-9-]+)\}")


def with_keys(markdown: str, actions: Actions) -> str:
    """Put the keys in force into a page that says ``{key:split}``; an action without a key says where it is found."""
    specs = {spec.id: spec for spec in actions.specs()}

    def key(found: re.Match[str]) -> str:
        spec = specs.get(found[1])
        return (actions.key_text(spec) or actions.title(spec)) if spec is not None else found[0]

    return _KEY.sub(key, markdown)


class HelpWindow(QWidget):
    """A window of its own, so that it can stay open beside the work."""

    def __init__(self, look: Look, texts: Texts, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._look = look
        self._texts = texts
        self._actions = actions
        self._pages = [*read_pages(texts.language), HelpPage(KEYS, texts(N_("Shortcuts")), "")]
        self.setWindowTitle(texts(N_("Diptych help")))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "ground")
        self.index = QListWidget(self)
        self.index.setAccessibleName(texts(N_("Pages of the help")))
        self.index.setFixedWidth(look.theme.px(210))
        for page in self._pages:
            self.index.addItem(page.title)
        self.index.currentRowChanged.connect(self._on_row)
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._on_link)
        self.text.document().setDocumentMargin(look.theme.px(24))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.index)
        layout.addLayout(column, 1)
        self.resize(look.theme.px(860), look.theme.px(640))
        for key in ("Esc", "Ctrl+W"):
            QShortcut(QKeySequence(key), self).activated.connect(self.close)
        look.changed.connect(self._dress)
        actions.keymap.changed.connect(self._on_keys)
        self._dress()
        self.index.setCurrentRow(0)

    def show_page(self, page: str) -> None:
        """Open a page by its id, and the window with it."""
        rows = [row for row, one in enumerate(self._pages) if one.id == page]
        self.index.setCurrentRow(rows[0] if rows else 0)
        self.show()
        self.raise_()
        self.activateWindow()

    def _on_keys(self) -> None:
        self._on_row(self.index.currentRow())

    def _on_row(self, row: int) -> None:
        if row < 0:
            return
        page = self._pages[row]
        if page.id == KEYS:
            self.text.setHtml(keys_html(self._actions.specs(), self._actions, self._texts))
        else:
            self.text.setMarkdown(with_keys(page.markdown, self._actions))
            self._give_air()
        self.text.moveCursor(self.text.textCursor().MoveOperation.Start)

    def _give_air(self) -> None:
        """Part the paragraphs: Qt's Markdown reader puts them close together."""
        px = self._look.theme.px
        block = self.text.document().begin()
        while block.isValid():
            form = block.blockFormat()
            heading = form.headingLevel()
            form.setTopMargin(px(18) if heading > 1 else 0)
            form.setBottomMargin(px(4) if block.textList() is not None else px(8))
            form.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            QTextCursor(block).setBlockFormat(form)
            block = block.next()

    def _on_link(self, url: QUrl) -> None:
        name = url.toString()
        if url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)
        else:
            self.show_page(name.removesuffix(".md").split("-", 1)[-1])

    def _dress(self) -> None:
        theme = self._look.theme
        self.text.document().setDefaultStyleSheet(
            f"h1 {{ font-size: {theme.px(20)}px; }} h2 {{ font-size: {theme.px(15)}px; }}"
            f"a {{ color: {theme.color('accent').name()}; }}"
        )
        self._on_row(self.index.currentRow())


def show_about(over: QWidget, texts: Texts) -> None:
    """Say what this program is."""
    text = N_(
        "Diptych {version}\nA desktop archive and review desk for bilingual news.\n"
        "GPL 3.0 or later. Fonts: Noto, SIL Open Font License.", version=__version__,
    )  # fmt: skip
    QMessageBox.about(over, texts(N_("About Diptych")), texts(text))
