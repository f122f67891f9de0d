"""The concordance: where words stand in the memory and in the stories, with their translations, hits set off."""

from html import escape

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop_app.desk.concordance import Concordance, concordance
from desktop_app.desk.desk import Desk
from desktop_app.foundation.messages import N_, NN_
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.marked import marked_html, with_hits
from desktop_app.gui.kit.tasks import Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.theme import story_font
from desktop_app.gui.kit.widgets import EmptyState
from desktop_app.gui.memory.match_card import LAYERS

_PAUSE = 150  # ms after the last keystroke
_SHOWN = 50


class ConcordanceView(QWidget):
    """A line to ask in, and the pairs that answer. ``opened(story, segment)`` on the link of a pair."""

    opened = Signal(str, str)
    failed = Signal(object)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._texts = look, texts
        self._desk: Desk | None = None
        self._found: list[Concordance] = []
        self._asking = Latest(tasks, N_("Searching the memory"), self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.ask)
        self.query = QLineEdit(self)
        self.query.setProperty("search", True)
        self.query.setPlaceholderText(texts(N_("Chinese or English words; “…” for a phrase")))
        self.query.setAccessibleName(texts(N_("Words to find in the memory")))
        self.query.setClearButtonEnabled(True)
        self.query.textChanged.connect(lambda _text: self._pause.start())
        self.query.returnPressed.connect(self.ask)
        self.count = QLabel(self)
        self.count.setProperty("role", "muted")
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(texts(N_("Where the words stand")))
        self.text.anchorClicked.connect(self._on_link)
        self._empty = EmptyState(
            look, "search", texts(N_("Concordance")),
            texts(N_("Words in either language, in the memory and in every story, with what they were translated by.")),
            parent=self,
        )  # fmt: skip
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.text)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.query, 1)
        line.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.query)
        look.changed.connect(self._show)

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._pause.stop()
        self._asking.forget()
        self._take([])

    def ask_for(self, text: str) -> None:
        """Look for this text at once; an empty one leaves what is there."""
        if text.strip():
            self.query.setText(text.strip())
            self.ask()
        self.query.selectAll()

    def ask(self) -> None:
        """Look for what stands in the line."""
        self._pause.stop()
        desk, text = self._desk, self.query.text().strip()
        if desk is None or not text:
            self._asking.forget()
            self._take([])
            return
        self._asking.ask(lambda _progress: concordance(desk, text, limit=_SHOWN), self._take, self.failed.emit)

    def found(self) -> list[Concordance]:
        """What is shown."""
        return list(self._found)

    def _take(self, found: list[Concordance]) -> None:
        self._found = list(found)
        self._show()

    def _show(self) -> None:
        asked = bool(self.query.text().strip())
        many = len(self._found)
        count = NN_("{n} place", "{n} places", many) if many < _SHOWN else N_("the first {n} places", n=many)
        self.count.setText(self._texts(count) if asked else "")
        if asked and not many:
            self._empty.show_text(
                self._texts(N_("Nothing found")), self._texts(N_("No pair holds these words in either language."))
            )
        elif not asked:
            title = N_("Concordance")
            says = N_("Words in either language, in the memory and in every story, with what they were translated by.")
            self._empty.show_text(self._texts(title), self._texts(says))
        self._stack.setCurrentIndex(1 if many else 0)
        self.text.setHtml(self._html() if many else "")

    def _html(self) -> str:
        theme = self._look.theme
        muted, line = theme.color("muted").name(), theme.color("hairline").name()
        zh, en = (", ".join(f"'{name}'" for name in story_font(lang, 10).families()) for lang in ("zh-Hans", "en"))
        rows: list[str] = []
        for number, one in enumerate(self._found):
            place = f'<a href="hit:{number}">{escape(one.story or "")}</a>' if one.story_id else escape(one.origin)
            facts = " · ".join(
                part for part in (self._texts(LAYERS[one.layer]) if one.layer is not None else "", place) if part
            )
            rows.append(
                f'<tr><td width="50%" style="font-family:{zh};font-size:{theme.px(14)}px;padding:8px 14px 0 4px">'
                f"{marked_html(with_hits(one.source, one.source_spans), theme)}</td>"
                f'<td width="50%" style="font-family:{en};font-size:{theme.px(14)}px;padding:8px 4px 0 0">'
                f"{marked_html(with_hits(one.target, one.target_spans), theme)}</td></tr>"
                f'<tr><td colspan="2" style="color:{muted};font-size:{theme.px(11.5)}px;padding:2px 4px 8px 4px;'
                f'border-bottom:1px solid {line}">{facts}</td></tr>'
            )
        return f'<table width="100%" cellspacing="0">{"".join(rows)}</table>'

    def _on_link(self, url: QUrl) -> None:
        number = int(url.path())
        if 0 <= number < len(self._found):
            one = self._found[number]
            self.opened.emit(one.story_id or "", one.segment or "")


class ConcordanceWindow(QWidget):
    """The concordance beside the work: stays open over the window, Esc closes it."""

    def __init__(self, view: ConcordanceView, look: Look, texts: Texts, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Tool)
        self.setWindowTitle(texts(N_("Concordance")))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "paper")
        self.view = view
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.addWidget(view)
        self.resize(look.theme.px(760), look.theme.px(460))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
