"""Commands on texts: sentences, alignment, and the checks, of stories or of plain files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import PATH, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk.checking import check_lines, check_story
from desktop_app.desk.stories import open_story
from desktop_app.desk.texts import align_lines, read_lines, read_pairs, sentences
from desktop_app.domain.findings import Finding
from desktop_app.domain.story import Languages, Story
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    source_language = Option(["--source-lang"], default="zh-Hans", says=N_("The language of the source."))
    target_language = Option(["--target-lang"], default="en", says=N_("The language of the target."))
    command(
        group,
        "segment",
        N_("Split each line of a text into sentences."),
        click.Argument(["file"], required=False, type=PATH, metavar="[FILE]"),
        Option(["--lang"], required=True, metavar="zh|en", says=N_("The language of the text.")),
    )(_segment)
    command(
        group,
        "align",
        N_("Put two texts against each other, sentence by sentence."),
        click.Argument(["source"], type=PATH),
        click.Argument(["target"], type=PATH),
        source_language,
        target_language,
        Option(["--presegmented"], is_flag=True, says=N_("Each line is a sentence already.")),
    )(_align)
    command(
        group,
        "check",
        N_("Look for slips: numbers, spaces, marks, sentences left out."),
        story_argument(many=True),
        Option(["--source"], type=PATH, metavar="FILE", says=N_("A text in place of a story, line against line.")),
        Option(["--target"], type=PATH, metavar="FILE", says=N_("Its translation, line against line.")),
        Option(["--batch"], type=PATH, metavar="TSV", says=N_("Pairs, one a line: source, a tab, target.")),
        Option(["--only"], metavar="ID,…", says=N_("Run only these checks.")),
        source_language,
        target_language,
    )(_check)


def _segment(console: Console, file: Path | None, lang: str) -> None:
    lines = sentences(read_lines(file), lang)
    console.answer({"lines": lines}, *(piece.strip() for line in lines for piece in line))


def _align(
    console: Console, source: Path, target: Path, source_lang: str, target_lang: str, presegmented: bool
) -> None:
    found = align_lines(read_lines(source), read_lines(target), source_lang, target_lang, presegmented=presegmented)
    lines = [
        "\t".join((" ".join(found.source[i] for i in bead.source), " ".join(found.target[j] for j in bead.target)))
        for bead in found.beads
    ]
    console.answer(
        {
            "source": list(found.source),
            "target": list(found.target),
            "beads": [[list(bead.source), list(bead.target)] for bead in found.beads],
            "scores": [round(bead.score, 4) for bead in found.beads],
        },
        *lines,
    )


def _check(
    console: Console,
    stories: tuple[str, ...],
    source: Path | None,
    target: Path | None,
    batch: Path | None,
    only: str | None,
    source_lang: str,
    target_lang: str,
) -> int:
    wanted = [name.strip() for name in (only or "").split(",") if name.strip()]
    languages = Languages(source_lang, target_lang)
    given = [bool(stories), source is not None or target is not None, batch is not None]
    if sum(given) != 1 or (source is None) != (target is None):
        raise WrongUsageError(
            N_("It is not clear what to check."),
            advice=N_("Name stories, or --source and --target, or --batch."),
        )
    if batch is not None:
        return _check_batch(console, batch, languages, wanted)
    if source is not None and target is not None:
        found = check_lines(read_lines(source), read_lines(target), languages, only=wanted)
        return _report(console, [finding_json(console, finding) for finding in found])
    return _report(console, _check_stories(console, stories, wanted))


def finding_json(console: Console, finding: Finding) -> dict[str, Any]:
    """One finding as the contract has it."""
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "segment": finding.segment,
        "message": console.text(finding.message),
        "source_span": finding.source_span,
        "target_span": finding.target_span,
        "fix": finding.fix.target if finding.fix else None,
    }


def _check_stories(console: Console, stories: Sequence[str], only: Sequence[str]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    with console.desk() as desk:
        for name in stories:
            story = open_story(desk, name).story
            found = check_story(story, only=only)
            numbers = _numbers(story)
            answers += [
                {"story": story.id, "number": numbers.get(finding.segment), **finding_json(console, finding)}
                for finding in found
            ]
    return answers


def _numbers(story: Story) -> dict[str | None, int]:
    """The number of each segment and picture, as the editor counts them from 1."""
    keys = [key for block in story.content.blocks for key in ([s.id for s in block.segments] or [block.id])]
    return {key: number for number, key in enumerate(keys, start=1)}


def _report(console: Console, answers: list[dict[str, Any]]) -> int:
    lines = [
        f"{one['severity']} {one['check']} {one.get('number') or one['segment'] or ''}: {one['message']}"
        for one in answers
    ]
    console.answer({"findings": answers}, *lines, NN_("{n} finding.", "{n} findings.", len(answers)))
    return 1 if answers else 0


def _check_batch(console: Console, batch: Path, languages: Languages, only: Sequence[str]) -> int:
    """Check each pair by itself and answer one JSON document a line, in order."""
    any_found = False
    for number, (source, target) in enumerate(read_pairs(batch), start=1):
        found = check_lines([source], [target], languages, only=only)
        any_found = any_found or bool(found)
        console.write_json({"line": number, "findings": [finding_json(console, finding) for finding in found]})
    return 1 if any_found else 0
