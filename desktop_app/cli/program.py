"""The program ``diptych``: every command by its name, errors as one line, and exit codes as the contract has them."""

import errno
import logging
import os
import re
from collections.abc import Mapping, Sequence
from importlib import import_module, metadata
from pathlib import Path
from types import MappingProxyType

import click
from click.exceptions import BadOptionUsage, MissingParameter, NoArgsIsHelpError, NoSuchCommand, NoSuchOption

from desktop_app.cli.commands import Group, Option, console_of
from desktop_app.cli.console import Console, LostAnswerError, Probe, Window, answering, require_stdout
from desktop_app.cli.interruption import STOPPED, Stop, heeded, listening, wanted_language
from desktop_app.desk.places import HOME_SUFFIXES
from desktop_app.foundation.errors import ArchiveUnavailableError, KnownError, WrongUsageError, reason_of
from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.logs import log_file, log_to_file
from desktop_app.foundation.messages import N_
from desktop_app.foundation.settings import SettingsFile

# The modules of commands in the order of the help page, each with what it declares. One is loaded when one of its
# commands is called: each brings parts of the desk with it, and together they take as long to load as a window.
COMMANDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "archives": ("init", "sample", "verify", "backup", "restore", "self-test"),
        "people": ("people",),
        "stories": ("import", "list", "show", "search", "history", "diff"),
        "workflow": ("submit", "claim", "unclaim", "return", "recall", "sign", "withdraw"),
        "duties": ("assign", "reassign", "waiting"),
        "publishing": (
            "release", "approve-later", "emergencies", "correct", "unpublish", "republish", "kill", "drop", "resume",
        ),
        "source_changes": ("source", "source-judge", "embargo"),
        "keys": ("keys",),
        "changes": ("changes", "accept", "restore-version"),
        "comments": ("comment",),
        "events": ("events",),
        "exports": ("export",),
        "packages": ("pack", "unpack", "loans"),
        "merging": ("merge", "conflicts"),
        "pictures": ("pictures",),
        "texts": ("segment", "align", "check"),
        "replace": ("find", "replace"),
        "memory": ("memory",),
        "terms": ("terms",),
        "style": ("style",),
        "policies": ("policy",),
        "rules": ("rules",),
        "waivers": ("waive",),
        "figures": ("count", "progress"),
    }
)  # fmt: skip

_log = logging.getLogger(__name__)
_INTERRUPTED = 130  # 128 + SIGINT, as shells have it
_STDERR = 2
_BUG = 70  # EX_SOFTWARE of sysexits.h


def run(arguments: Sequence[str], *, window: Window, probe_window: Probe) -> int:
    """Run one command, or open the window when there is none, and return the exit code.

    The window and its trial are handed in, so that commands never load Qt.
    """
    _fill_closed_streams()
    log_to_file()
    settings = SettingsFile()
    console = Console(load_catalog(wanted_language(settings.settings.language)), settings, window, probe_window)
    if os.environ.get("DIPTYCH_ARCHIVE"):
        console.archive = Path(os.environ["DIPTYCH_ARCHIVE"])
    with listening() as stop:
        return _answered(console, arguments, stop)


def _answered(console: Console, arguments: Sequence[str], stop: Stop) -> int:
    """Run the command; whatever it raises is one line and an exit code."""
    try:
        # not through click's main: it would answer a broken pipe and Ctrl+C in its own way
        group = program()
        with group.make_context("diptych", _with_package(arguments), obj=console) as context:
            code = group.invoke(context)
    except KnownError as error:
        if stop.heard:  # SQLite tells of what its callbacks raise in words of its own
            return _stopped(console)
        console.complain(error)
        return error.exit_code
    except click.UsageError as error:
        console.complain(_usage_error(error))
        return WrongUsageError.exit_code
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _stopped(console)
    except LostAnswerError as error:
        return _without_reader(console, error.why)
    except Exception:  # noqa: BLE001 - the last line of defence: the log has it, the person gets one line
        if stop.heard:
            return _stopped(console)
        _log.exception("unexpected")
        said = N_("The program broke a promise of its own; {log} tells more.", log=str(log_file()))
        click.echo(f"diptych: {console.text(said)}", err=True)
        return _BUG
    return code if isinstance(code, int) else 0


def _stopped(console: Console) -> int:
    heeded()
    click.echo(f"diptych: {console.text(STOPPED)}", err=True)
    return _INTERRUPTED


def _with_package(arguments: Sequence[str]) -> list[str]:
    """The arguments; a work package alone, as a double click gives it, is what the window is to open."""
    alone = len(arguments) == 1 and arguments[0].lower().endswith(HOME_SUFFIXES)
    return ["--archive", *arguments] if alone else list(arguments)


def _fill_closed_streams() -> None:
    """Open the null device for each standard stream that is closed, or the next file that is opened becomes it."""
    try:
        while (number := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
            os.set_inheritable(number, True)  # as every standard stream is
        os.close(number)
    except OSError:
        _log.warning("no null device: closed streams stay closed", exc_info=True)


def _without_reader(console: Console, error: OSError) -> int:
    """End without stdout: quietly where whoever read the answer has gone, else with the reason."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # or Python would try once more at its end, and complain
    os.close(nowhere)
    if error.errno == errno.EPIPE:
        return 0
    why = N_("it is closed") if error.errno == errno.EBADF else reason_of(error)
    known = ArchiveUnavailableError(
        N_("The answer cannot be written: {why}.", why=why), advice=N_("Make room, or send it to another place.")
    )
    console.complain(known)
    return known.exit_code


class Program(Group):
    """The whole command tree, declared as far as it is asked for."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``, None where there is none."""
        for module, names in COMMANDS.items():
            if cmd_name in names:
                self._declare(module)
                break
        else:
            self.list_commands(ctx)  # so that the one that was meant can be named
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the help page."""
        for module in COMMANDS:
            self._declare(module)
        return super().list_commands(ctx)

    def _declare(self, module: str) -> None:
        if COMMANDS[module][0] not in self.commands:
            import_module(f"desktop_app.cli.{module}").declare(self)


def program() -> Program:
    """The program's own options, and its commands."""
    return Program(
        "diptych",
        says=N_("An archive and review desk for bilingual news. Without a command, the window opens."),
        invoke_without_command=True,
        callback=click.pass_context(_without_command),
        params=[
            Option(["--version"], is_flag=True, says=N_("Show the version."), callback=_version, expose_value=False)
        ],
    )


def _without_command(ctx: click.Context) -> int | None:
    if ctx.invoked_subcommand is not None:
        return None
    console = console_of(ctx)
    return console.window(console.archive)


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        with answering():
            require_stdout()
        click.echo(f"diptych {metadata.version('diptych')}")
        ctx.exit()


_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((?P<words>.*)\)$", re.DOTALL)  # how click says it


def _usage_error(error: click.UsageError) -> KnownError:
    """What was wrong with the words of the command, as one of our sentences."""
    subject = error.ctx.info_name if error.ctx is not None and error.ctx.parent is not None else ""
    advice = N_("“{command} --help” explains it.", command=error.ctx.command_path if error.ctx else "diptych")
    if isinstance(error, NoSuchCommand):
        reason = N_("There is no command “{command}”.", command=error.command_name)
        if error.possibilities:
            advice = N_("Did you mean: {commands}?", commands=", ".join(error.possibilities))
    elif isinstance(error, NoArgsIsHelpError) or (error.ctx and isinstance(error.ctx.command, click.Group)):
        reason = N_("A command is missing.")
    elif isinstance(error, NoSuchOption):
        reason = N_("There is no option {option}.", option=error.option_name)
    elif isinstance(error, BadOptionUsage):
        reason = N_("{parameter} needs a value.", parameter=error.option_name)
    elif isinstance(error, MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else error.param_hint or ""
        if error.param is not None and isinstance(error.param, click.Option):
            name = error.param.opts[-1]
        reason = N_("{parameter} is missing.", parameter=str(name).strip("[]"))
    elif isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[-1] if isinstance(error.param, click.Option) else str(error.param.name).upper()
        choices = error.param.type.choices if isinstance(error.param.type, click.Choice) else ()
        reason = N_("{parameter} has a value that it cannot take.", parameter=name)
        if choices:
            advice = N_("Choose one of: {choices}.", choices=", ".join(map(str, choices)))
    elif found := _TOO_MANY.match(error.message):
        reason = N_("More was given than the command takes: “{words}”.", words=found["words"])
    else:
        reason = N_("The command cannot be understood: {why}", why=error.format_message())
    return WrongUsageError(reason, subject=subject or "", advice=advice)
