"""The settings page: how the window looks, in which language, and the facts of the open archive."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop_app.foundation.messages import N_, NN_
from desktop_app.foundation.settings import Settings
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.presets import preset_of
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import SegmentedControl, push_button

SCALES = (100, 115, 130, 150, 175, 200)  # per cent
# Each language is written in its own words, so that nobody has to read the other one to find it.
LANGUAGES = (("en", "English"), ("zh_Hans", "简体中文"))


class SettingsPage(QWidget):
    """Says what was chosen; the window carries it out and shows the settings again."""

    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    scale_chosen = Signal(float)
    completing_chosen = Signal(bool)
    style_asked = Signal()
    keys_asked = Signal()

    def __init__(self, look: Look, texts: Texts, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._theme = SegmentedControl(
            [("system", texts(N_("Like the system"))), ("light", texts(N_("Light"))), ("dark", texts(N_("Dark")))],
            texts(N_("Theme")), self,
        )  # fmt: skip
        self._scale = SegmentedControl([(str(s), f"{s} %") for s in SCALES], texts(N_("Size of text")), self)
        self._language = SegmentedControl(LANGUAGES, texts(N_("Language of the window")), self)
        self._language.choose(texts.language)
        self._completing = SegmentedControl(
            [("on", texts(N_("On"))), ("off", texts(N_("Off")))], texts(N_("Propose words while typing")), self
        )
        self._completing.chosen.connect(lambda key: self.completing_chosen.emit(key == "on"))
        self._theme.chosen.connect(self.theme_chosen)
        self._scale.chosen.connect(lambda key: self.scale_chosen.emit(int(key) / 100))
        self._language.chosen.connect(self._on_language)
        self._archive = QLabel(self)
        self._archive.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._archive.setTextFormat(Qt.TextFormat.PlainText)
        self._archive.setWordWrap(True)
        self.style_button = push_button(texts(N_("House style…")), "", self)
        self.style_button.clicked.connect(self.style_asked)
        self.keys_button = push_button(texts(N_("Shortcuts…")), "", self)
        self.keys_button.clicked.connect(self.keys_asked)
        self._keys = QLabel(self)
        self._keys.setProperty("role", "muted")
        self._lay_out(look)
        self.show_settings(settings)
        self.show_archive("")

    def _lay_out(self, look: Look) -> None:
        title = QLabel(self._texts(N_("Settings")), self)
        title.setProperty("role", "title")
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(14)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(self._texts(N_("Theme")), self._theme)
        form.addRow(self._texts(N_("Size of text")), self._scale)
        form.addRow(self._texts(N_("Language")), self._language)
        form.addRow(self._texts(N_("Propose words while typing")), self._completing)
        form.addRow(self._texts(N_("Archive")), self._archive)
        for name, parts in ((N_("Shortcuts"), (self.keys_button, self._keys)), (N_("Checks"), (self.style_button,))):
            line = QHBoxLayout()
            line.setSpacing(12)
            for part in parts:
                line.addWidget(part)
            line.addStretch(1)
            form.addRow(self._texts(name), line)
        inner = QWidget(self)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        inner.setMaximumWidth(look.theme.px(720))
        self._look, self._inner = look, inner
        look.changed.connect(self._fit)
        body = QVBoxLayout(inner)
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(18)
        body.addWidget(title)
        body.addLayout(form)
        body.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def show_settings(self, settings: Settings) -> None:
        """Show what is in force."""
        self._theme.choose(settings.theme)
        nearest = min(SCALES, key=lambda scale: abs(scale - settings.scale * 100))
        self._scale.choose(str(nearest))
        self._completing.choose("on" if settings.completing else "off")
        preset, own = self._texts(preset_of(settings.keys).title), len(settings.own_keys)
        self._keys.setText(
            self._texts(
                NN_("{preset}, {n} shortcut of your own", "{preset}, {n} shortcuts of your own", own, preset=preset)
            ) if own else preset
        )  # fmt: skip

    def show_archive(self, folder: str) -> None:
        """Show where the open archive lies; empty: none is open."""
        self._archive.setText(folder or self._texts(N_("None is open.")))
        self.style_button.setEnabled(bool(folder))

    def _fit(self) -> None:
        self._inner.setMaximumWidth(self._look.theme.px(720))

    def _on_language(self, language: str) -> None:
        if language != self._texts.language:
            self.language_chosen.emit(language)
