"""Commands of the house style: what an archive's checks are told of the house."""

from pathlib import Path

import click

from desktop_app.cli.commands import PATH, Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.house_style import add_name, default_style, house_style, read_style, set_house_style, style_text
from desktop_app.domain.house_style import style_data
from desktop_app.foundation.messages import N_, NN_


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    says = N_("The house style: variety of English, limits, names, and patterns of the house's own.")
    style = Group("style", says=says)
    group.add_command(style)
    command(
        style,
        "show",
        N_("Print the archive's style as JSON that “style set” reads."),
        Option(["--default", "program"], is_flag=True, says=N_("The style that came with the program; no archive.")),
    )(_show)
    command(
        style,
        "set",
        N_("Give the archive the style of a JSON file."),
        click.Argument(["file"], type=PATH, metavar="FILE"),
    )(_set)
    command(
        style,
        "add-name",
        N_("Accept words in spelling: names, and terms of the house."),
        click.Argument(["words"], nargs=-1, required=True, metavar="WORD…"),
    )(_add_name)


def _show(console: Console, program: bool) -> None:
    if program:
        shown = default_style()
    else:
        with console.desk() as desk:
            shown = house_style(desk)
    console.answer(style_data(shown), style_text(shown))


def _set(console: Console, file: Path) -> None:
    with console.desk() as desk:
        set_house_style(desk, read_style(file), by=console.actor(desk))
        shown = house_style(desk)
    count = len(shown.patterns)
    said = NN_("The house style is set; it has {n} pattern.", "The house style is set; it has {n} patterns.", count)
    console.answer(style_data(shown), said)


def _add_name(console: Console, words: tuple[str, ...]) -> None:
    with console.desk() as desk:
        by = console.actor(desk)
        for word in words:
            add_name(desk, word, by=by)
        names = house_style(desk).names
    said = NN_("{n} word is accepted in spelling.", "{n} words are accepted in spelling.", len(names))
    console.answer({"names": list(names)}, said)
