"""What a command works with: where it answers, in which language, at which archive, and for whom."""

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console as Terminal
from rich.progress import Progress as ProgressBar
from rich.table import Table
from rich.text import Text

from desktop_app.desk.desk import SILENT, Desk, Progress, opened
from desktop_app.desk.people import current_person, find_person
from desktop_app.domain.counts import has_han
from desktop_app.domain.people import Person
from desktop_app.foundation.errors import KnownError, WrongUsageError
from desktop_app.foundation.i18n import Catalog
from desktop_app.foundation.messages import N_, Message
from desktop_app.foundation.printable import visible, visible_json
from desktop_app.foundation.settings import SettingsFile

_FULL_STOPS = ("。", "！", "？")  # they bring their own space
Probe = Callable[[], None]
Window = Callable[[Path | None], int]


class LostAnswerError(Exception):
    """The answer could not be written to stdout; ``why`` is what the system said."""

    def __init__(self, why: OSError) -> None:
        """Keep the system's error."""
        super().__init__(str(why))
        self.why = why


class _Answers(Terminal):
    """A terminal that lets a broken pipe be known, where rich would end the process."""

    def on_broken_pipe(self) -> None:
        """Say so to whoever prints."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


@contextmanager
def answering() -> Iterator[None]:
    """Tell an error of stdout from one of any other file.

    Raises:
        LostAnswerError: stdout takes no more.
    """
    try:
        yield
    except OSError as error:
        raise LostAnswerError(error) from error


def require_stdout() -> None:
    """Refuse where the program was started with stdout closed: Python would drop what is written.

    Raises:
        OSError: it is closed.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


@dataclass
class Console:
    """One run of the program: its catalog, its settings, and the options every command shares."""

    catalog: Catalog
    settings: SettingsFile
    window: Window
    probe_window: Probe
    archive: Path | None = None
    acting: str | None = None
    as_json: bool = False
    quiet: bool = False
    named: list[Path] = field(default_factory=list)  # the files and folders that were named on the command line

    def text(self, message: Message | str) -> str:
        """A sentence in the person's language."""
        return self.catalog.text(message)

    def answer(self, data: Mapping[str, Any], *lines: Message | str | Table) -> None:
        """Give the command's answer: the JSON document when asked for, else the lines for a person."""
        if self.as_json:
            self.write_json(data)
        elif not self.quiet:
            for line in lines:
                self.show(line)

    def note(self, message: Message) -> None:
        """Write one line on stderr beside an answer, of what a person may have overlooked."""
        if not self.quiet:
            click.echo(visible(f"diptych: {self.text(message)}"), err=True)

    def write_json(self, data: Mapping[str, Any]) -> None:
        """Write one JSON document on one line of stdout, whatever ``--json`` says."""
        with answering():
            require_stdout()
            click.echo(visible_json(data))

    def show(self, line: Message | str | Table) -> None:
        """Write a line or a table for a person."""
        with answering():
            require_stdout()
            if isinstance(line, Table):
                width = None if sys.stdout.isatty() else 10_000
                _Answers(width=width, highlight=False, emoji=False).print(line)
            else:
                click.echo(visible(self.text(line)))

    def table(self, *titles: Message, rows: Sequence[Sequence[str]]) -> Table:
        """A table of plain texts; nothing in them is taken for markup."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in titles:
            table.add_column(Text(self.text(title)), overflow="fold")
        for row in rows:
            table.add_row(*(Text(visible(cell)) for cell in row))
        return table

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Open the archive this run is about; naming one for a single command does not make it the usual one.

        Raises:
            WrongUsageError: no archive was named and none was opened before, or nobody is called as ``--as`` says.
            ArchiveUnavailableError: it cannot be opened.
        """
        last = self.settings.settings.archive
        folder = self.archive or (Path(last) if last else None)
        if folder is None:
            raise WrongUsageError(
                N_("No archive was named, and none was opened before."),
                advice=N_("Name one with --archive DIR, or make one with “diptych init DIR”."),
            )
        with opened(folder) as desk:
            if self.acting:
                find_person(desk, self.acting)  # a name that nobody has is a slip, whatever the command does with it
            yield desk

    def remember(self, folder: Path) -> None:
        """Keep ``folder`` as the archive that was opened last."""
        self.settings.take(self.settings.settings.with_archive(folder.resolve()))

    def actor(self, desk: Desk) -> Person | None:
        """The person who acts: the one named by ``--as``, else the archive's current person.

        Raises:
            WrongUsageError: nobody, or more than one person, is called that.
        """
        return find_person(desk, self.acting) if self.acting else current_person(desk)

    def require_actor(self, desk: Desk) -> Person:
        """As ``actor``, for what cannot be done by nobody.

        Raises:
            WrongUsageError: nobody is named and the archive has no current person.
        """
        person = self.actor(desk)
        if person is None:
            raise WrongUsageError(
                N_("It is not known who acts."),
                advice=N_("Name a person with --as; “diptych people add” adds one."),
            )
        return person

    @contextmanager
    def progress(self, title: Message) -> Iterator[Progress]:
        """Show a progress bar on a terminal's stderr, and none elsewhere."""
        if self.quiet or sys.stderr is None or not sys.stderr.isatty():
            yield SILENT
            return
        with ProgressBar(console=Terminal(stderr=True), transient=True) as bar:
            task = bar.add_task(self.text(title), total=None)
            yield Progress(lambda done, total: bar.update(task, completed=done, total=total))

    def _as_named(self, subject: str) -> str:
        """What an error is about: a file that it calls by its name alone as the command line had it."""
        found = {str(path) for path in self.named if "." in subject and path.name == subject}
        return found.pop() if len(found) == 1 else subject

    def complain(self, error: KnownError) -> None:
        """Write one line on stderr: what it is about, where, why, and what to do next."""
        place = self.text(error.place)
        parts = ["diptych", self._as_named(error.subject), place, sentence(self.text(error.reason))]
        line = ": ".join(part for part in parts if part)
        if error.advice is not None:
            blank = "" if line.endswith(_FULL_STOPS) else " "
            line = f"{line}{blank}{sentence(self.text(error.advice))}"
        click.echo(visible(" ".join(line.split())), err=True)


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    if not text:
        return text
    if text[-1] in ".!?。！？”":
        return text[0].upper() + text[1:]
    return text[0].upper() + text[1:] + ("。" if has_han(text[-1]) else ".")
