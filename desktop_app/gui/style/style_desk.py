"""What a person does to the house style from the window: look at it, change it, bring it in, write it out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.house_style import house_style, read_style, set_house_style, style_text
from desktop_app.desk.outputs import write_files
from desktop_app.desk.sentence_rules import (
    default_rules,
    export_rules,
    read_rules,
    sentence_rules,
    set_sentence_rules,
)
from desktop_app.domain.house_style import HouseStyle
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError
from desktop_app.foundation.messages import N_, Message
from desktop_app.gui.kit.bus import ChangeBus
from desktop_app.gui.kit.job_dialog import run_over
from desktop_app.gui.kit.latest import Latest
from desktop_app.gui.kit.look import Look
from desktop_app.gui.kit.tasks import Progress, Tasks
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.style.dialog import Decided, StyleDialog
from desktop_app.language.sentences.rules import SegmentationRules

T = TypeVar("T")


class StyleDesk(QObject):
    """Reads in the background, writes on the writer's thread, and tells the bus. ``dialog`` is the one that is open."""

    said = Signal(str, str)

    def __init__(self, look: Look, texts: Texts, tasks: Tasks, bus: ChangeBus, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._texts, self._tasks, self._bus, self._window = look, texts, tasks, bus, window
        self._desk: Desk | None = None
        self._person: Person | None = None
        self._reading = Latest(tasks, N_("Reading the house style"), self)
        self.dialog: StyleDialog | None = None

    def open_desk(self, desk: Desk | None) -> None:
        """Give or take away the archive."""
        self._desk = desk
        self._reading.forget()
        if self.dialog is not None:
            self.dialog.reject()

    def show_person(self, person: Person | None) -> None:
        """Say in whose name the style is changed."""
        self._person = person

    def ask(self) -> None:
        """Open the dialog on what the archive has decided."""
        desk = self._desk
        if desk is not None and self.dialog is None:
            self._reading.ask(lambda _progress: decided_in(desk), self._open, self._tell)

    def _open(self, decided: Decided) -> None:
        desk = self._desk
        if desk is None or self.dialog is not None:
            return
        dialog = StyleDialog(self._look, self._texts, decided, self._window, writable=desk.archive.writable)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.asked.connect(lambda wanted: self._save(desk, decided, wanted))
        dialog.import_asked.connect(self._ask_import)
        dialog.export_asked.connect(self._ask_export)
        dialog.rules_import_asked.connect(self._ask_rules_import)
        dialog.rules_export_asked.connect(self._ask_rules_export)
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def _on_finished(self) -> None:
        self.dialog = None

    def _save(self, desk: Desk, before: Decided, wanted: Decided) -> None:
        person = self._person

        def done(changes: Changes) -> None:
            self._close()
            self._bus.publish(changes, "style")
            self.said.emit(self._texts(N_("The house style is saved.")), "good")

        self._run(lambda _progress: save(desk, before, wanted, by=person), N_("Saving the house style"), done)

    def _close(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    # Files

    def _ask_import(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self.dialog, self._texts(N_("Import a house style")), "", self._texts(N_("House style (*.json)"))
        )
        if path:
            self.bring_in(Path(path))

    def bring_in(self, path: Path) -> None:
        """Show the style of a file in the dialog."""

        def show(style: HouseStyle) -> None:
            if self.dialog is not None:
                self.dialog.show_style(style)
                self._note(N_("This is the style of {file}. Save to take it over.", file=path.name), "accent")

        self._run(lambda _progress: read_style(path), N_("Reading a house style"), show, writer=False)

    def _ask_export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self.dialog, self._texts(N_("Export the house style")), "house-style.json",
            self._texts(N_("House style (*.json)")),
        )  # fmt: skip
        if path:
            self.write_out(Path(path))

    def write_out(self, path: Path) -> None:
        """Write the style as it stands in the dialog to a file."""
        if self.dialog is None:
            return
        text = style_text(self.dialog.style_here())
        self._run(
            lambda _progress: write_files([(path, text.encode())]), N_("Writing the house style"),
            lambda _written: self._note(N_("Written to {file}.", file=path.name), "good"), writer=False,
        )  # fmt: skip

    def _ask_rules_import(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self.dialog, self._texts(N_("Import rules for sentences")), "",
            self._texts(N_("Rules for sentences (*.srx *.json *.xml)")),
        )  # fmt: skip
        if path:
            self.bring_rules_in(Path(path))

    def bring_rules_in(self, path: Path) -> None:
        """Show the rules for sentences of a file in the dialog."""

        def show(rules: SegmentationRules) -> None:
            if self.dialog is not None:
                self.dialog.sentences.show_rules(rules)

        self._run(lambda _progress: read_rules(path), N_("Reading rules for sentences"), show, writer=False)

    def _ask_rules_export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self.dialog, self._texts(N_("Export rules for sentences")), "sentences.srx", "SRX 2.0 (*.srx)"
        )
        if path:
            self.write_rules_out(Path(path))

    def write_rules_out(self, path: Path) -> None:
        """Write the rules for sentences as they stand in the dialog to a file."""
        if self.dialog is None:
            return
        rules = self.dialog.sentences.rules
        self._run(
            lambda _progress: export_rules(rules or default_rules(), path), N_("Writing rules for sentences"),
            lambda _count: self._note(N_("Written to {file}.", file=path.name), "good"), writer=False,
        )  # fmt: skip

    def _note(self, text: Message, tone: str) -> None:
        if self.dialog is not None:
            self.dialog.message.show_text(self._texts(text), tone)

    def _tell(self, error: KnownError) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)
        else:
            self.said.emit(self._texts.error(error), "error")

    def _run(
        self, job: Callable[[Progress], T], title: Message, on_done: Callable[[T], None], *, writer: bool = True
    ) -> None:
        run_over(self.dialog, self._tasks, job, title, on_done, self._tell, writer=writer)


def decided_in(desk: Desk) -> Decided:
    """What an archive has decided."""
    rules = sentence_rules(desk)
    return Decided(house_style(desk), None if rules == default_rules() else rules)


def save(desk: Desk, before: Decided, wanted: Decided, *, by: Person | None) -> Changes:
    """Write what was changed: the style in one transaction, the rules for sentences in one of their own.

    Names that others accepted since ``before`` was read stay.

    Raises:
        InputRefusedError: a part cannot be used; the place names it.
    """
    changes = Changes()
    if wanted.rules != before.rules:
        changes |= set_sentence_rules(desk, wanted.rules, by=by)
    if wanted.style != before.style:
        meanwhile = set(house_style(desk).names) - set(before.style.names)
        style = replace(wanted.style, names=wanted.style.names).with_names(meanwhile)
        changes |= set_house_style(desk, style, by=by)
    return changes
