"""How a command is declared: its help is a catalog message, its shared options may stand before or after its name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import click

from desktop_app.cli.console import Console, answering, require_stdout
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, Message

# A path is judged by whoever opens it, in words of ours.
PATH = click.Path(path_type=Path, readable=False)


class _Output(click.Path):
    """A file or folder to write; “-” is none, because an answer is on stdout already."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        Raises:
            WrongUsageError: it is “-”.
        """
        if str(value) == "-":
            raise WrongUsageError(
                N_("Files are not written to stdout."), advice=N_("Give a name; a file of this name is “./-”.")
            )
        return super().convert(value, param, ctx)


OUTPUT = _Output(path_type=Path, readable=False)
_COMMON = ("archive", "acting", "as_json", "quiet")


class Option(click.Option):
    """An option whose help is a message."""

    def __init__(self, *args: Any, says: Message, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.says = says

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line of the help page, in the person's language."""
        self.help = console_of(ctx).text(self.says)
        return super().get_help_record(ctx)


def _named(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse a blank name, which a script gives whose variable is empty: it would stand for whatever is usual.

    Raises:
        WrongUsageError: the name is blank.
    """
    if value is not None and not value.strip():
        raise WrongUsageError(
            N_("{parameter} names nothing.", parameter=param.opts[-1]),
            advice=N_("Give a name, or leave the option out."),
        )
    return value


def _folder(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    """The path of a name that is not blank."""
    named = _named(ctx, param, value)
    return Path(named) if named is not None else None


def common_options() -> list[click.Parameter]:
    """The options that every command and the program itself take."""
    return [
        Option(
            ["-a", "--archive"],
            callback=_folder,
            metavar="DIR",
            says=N_("The archive to work at; else $DIPTYCH_ARCHIVE, else the one opened last."),
        ),
        Option(
            ["--as", "acting"],
            metavar="PERSON",
            callback=_named,
            says=N_("Who acts; else the archive's current person."),
        ),
        Option(["--json", "as_json"], is_flag=True, says=N_("Answer with one JSON document.")),
        Option(["-q", "--quiet"], is_flag=True, says=N_("Say nothing but errors.")),
    ]


class _Translated(click.Command):
    """A command that speaks the person's language and takes the shared options."""

    says: Message

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's signature
        """The command's line in a list."""
        return console_of(click.get_current_context()).text(self.says)

    def get_help(self, ctx: click.Context) -> str:
        """The help page, where there is somewhere to write it."""
        with answering():
            require_stdout()
        return super().get_help(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, explained in the person's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = console_of(ctx).text(N_("Show this help."))
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the command is written."""
        pieces = self.collect_usage_pieces(ctx)
        usage = console_of(ctx).text(N_("Usage:"))
        formatter.write_usage(ctx.command_path, " ".join(pieces), f"{usage} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(console_of(ctx).text(self.says))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands of a group."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        with formatter.section(console_of(ctx).text(N_("Options"))):
            formatter.write_dl(records)
        if isinstance(self, click.Group):
            names = self.list_commands(ctx)
            rows = [(name, self.commands[name].get_short_help_str()) for name in names]
            with formatter.section(console_of(ctx).text(N_("Commands"))):
                formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments and hand the shared options to the console."""
        with answering():  # --help and --version answer while they are read
            rest = super().parse_args(ctx, args)
        console = console_of(ctx)
        for value in ctx.params.values():
            console.named += [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, Path)]
        for name in _COMMON:
            value = ctx.params.pop(name, None)
            if value:
                setattr(console, name, value)
        return rest


class Command(_Translated):
    """A command."""

    def __init__(self, name: str, *, says: Message, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.says = says
        self.params += common_options()


class Group(_Translated, click.Group):
    """A group of commands, listed in the order in which they were declared."""

    def __init__(self, name: str, *, says: Message, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.says = says
        self.params += common_options()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names as declared."""
        return list(self.commands)


def console_of(ctx: click.Context) -> Console:
    """The console of this run."""
    return cast("Console", ctx.find_root().obj)


def command(group: click.Group, name: str, says: Message, *params: click.Parameter) -> Callable[[Any], Any]:
    """Declare a command: its function gets the console first and the parameters by name."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        callback = click.pass_obj(function)
        group.add_command(Command(name, says=says, params=list(params), callback=callback))
        return function

    return declare


def story_argument(*, many: bool = False) -> click.Argument:
    """The argument that names a story, or several, by id or slug."""
    if many:
        return click.Argument(["stories"], nargs=-1, metavar="STORY…")
    return click.Argument(["story"], metavar="STORY")
