"""Commands of the rules for sentences: what ends one, as a house or another program has it."""

from pathlib import Path

import click

from desktop_app.cli.commands import OUTPUT, PATH, Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.sentence_rules import (
    default_rules,
    export_rules,
    read_rules,
    rules_text,
    sentence_rules,
    set_sentence_rules,
)
from desktop_app.foundation.messages import N_, NN_
from desktop_app.language.sentences.rules import SegmentationRules, data_of


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    rules = Group("rules", says=N_("The rules for sentences: what ends one, and what does not."))
    group.add_command(rules)
    of_program = Option(
        ["--default", "program"], is_flag=True, says=N_("The rules that came with the program; no archive.")
    )
    command(rules, "show", N_("Print the archive's rules as JSON that “rules import” reads."), of_program)(_show)
    command(
        rules,
        "import",
        N_("Give the archive the rules of an SRX or JSON file; stories imported from now on are cut by them."),
        click.Argument(["file"], type=PATH, metavar="FILE"),
    )(_import)
    command(
        rules,
        "export",
        N_("Write the archive's rules, with the program's own behind them, as SRX 2.0."),
        Option(["-o", "--output"], type=OUTPUT, required=True, metavar="FILE", says=N_("The file to write.")),
        of_program,
    )(_export)
    command(rules, "reset", N_("Go back to the rules that came with the program."))(_reset)


def rules_for(console: Console, file: Path | None) -> SegmentationRules:
    """The rules of a file where one is named, else of the archive where one is named and there, else the program's."""
    if file is not None:
        return read_rules(file)
    if console.archive is None or not console.archive.exists():
        return default_rules()
    with console.desk() as desk:
        return sentence_rules(desk)


def _show(console: Console, program: bool) -> None:
    rules = _chosen(console, program)
    console.answer(data_of(rules), rules_text(rules))


def _import(console: Console, file: Path) -> None:
    rules = read_rules(file)
    with console.desk() as desk:
        set_sentence_rules(desk, rules, by=console.actor(desk))
    languages = [{"language": one.language, "name": one.name, "rules": len(one.rules)} for one in rules.languages]
    count = sum(len(one.rules) for one in rules.languages)
    said = NN_("The archive has {n} rule for sentences.", "The archive has {n} rules for sentences.", count)
    console.answer({"rules": count, "languages": languages}, said)


def _export(console: Console, output: Path, program: bool) -> None:
    count = export_rules(_chosen(console, program), output)
    said = NN_("Wrote {n} rule to {file}.", "Wrote {n} rules to {file}.", count, file=str(output))
    console.answer({"file": str(output), "rules": count}, said)


def _reset(console: Console) -> None:
    with console.desk() as desk:
        set_sentence_rules(desk, None, by=console.actor(desk))
    console.answer(data_of(default_rules()), N_("The rules that came with the program hold again."))


def _chosen(console: Console, program: bool) -> SegmentationRules:
    if program:
        return default_rules()
    with console.desk() as desk:
        return sentence_rules(desk)
