"""Commands on texts: sentences, alignment, and the checks, of stories or of plain files."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import PATH, Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.cli.rules import rules_for
from desktop_app.desk.checking import Examiner, check_lines, default_context
from desktop_app.desk.stories import open_story
from desktop_app.desk.texts import align_lines, read_lines, read_pairs, require_language, sentences
from desktop_app.domain.findings import Finding
from desktop_app.domain.house_style import VARIETIES
from desktop_app.domain.story import Languages, Story
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, NN_
from desktop_app.language.checks import CHECKS, Context


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    source_language = Option(["--source-lang"], default="zh-Hans", says=N_("The language of the source."))
    target_language = Option(["--target-lang"], default="en", says=N_("The language of the target."))
    command(
        group,
        "segment",
        N_("Split each line of a text into sentences; without FILE, or where it is “-”, of standard input."),
        click.Argument(["file"], required=False, type=PATH, metavar="[FILE]"),
        Option(["--lang"], required=True, metavar="zh|en", says=N_("The language of the text.")),
        Option(["--rules"], type=PATH, metavar="FILE", says=N_("Rules for sentences, SRX or JSON; else the house's.")),
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
        Option(["--waived"], is_flag=True, says=N_("Show what was set aside too, with the reason.")),
        Option(
            ["--variety"],
            type=click.Choice([variety for variety in VARIETIES if variety]),
            says=N_("The English to check for; else the house's."),
        ),
        source_language,
        target_language,
    )(_check)


def _segment(console: Console, file: Path | None, lang: str, rules: Path | None) -> None:
    require_language(lang)
    lines = sentences(read_lines(file), lang, rules_for(console, rules))
    console.answer({"lines": lines}, *(piece.strip() for line in lines for piece in line))


def _align(
    console: Console, source: Path, target: Path, source_lang: str, target_lang: str, presegmented: bool
) -> None:
    require_language(source_lang)
    require_language(target_lang)
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
    waived: bool,
    variety: str | None,
    source_lang: str,
    target_lang: str,
) -> int:
    wanted = _wanted(only)
    require_language(source_lang)
    require_language(target_lang)
    languages = Languages(source_lang, target_lang)
    given = [bool(stories), source is not None or target is not None, batch is not None]
    if sum(given) != 1 or (source is None) != (target is None):
        raise WrongUsageError(
            N_("It is not clear what to check."),
            advice=N_("Name stories, or --source and --target, or --batch."),
        )
    if batch is not None:
        return _check_batch(console, batch, languages, wanted, _context(console, variety))
    if source is not None and target is not None:
        context = _context(console, variety)
        found = check_lines(read_lines(source), read_lines(target), languages, only=wanted, context=context)
        return _report(console, [finding_json(console, finding) for finding in found])
    return _report(console, _check_stories(console, stories, wanted, waived=waived, variety=variety))


def _wanted(only: str | None) -> list[str]:
    """The checks that were asked for; none where all are."""
    if only is None:
        return []
    wanted = [name.strip() for name in only.split(",") if name.strip()]
    known = [check.id for check in CHECKS]
    every = N_("The checks are: {known}.", known=", ".join(known))
    if not wanted:
        raise WrongUsageError(N_("{parameter} needs a value.", parameter="--only"), advice=every)
    for name in wanted:
        if name not in known:
            near = get_close_matches(name.lower(), known, n=1)
            raise WrongUsageError(
                N_("There is no check called “{name}”.", name=name),
                subject=name,
                advice=N_("Did you mean “{name}”?", name=near[0]) if near else every,
            )
    return wanted


def _context(console: Console, variety: str | None) -> Context:
    """What lines are checked with: the style and terms of the archive, where one was named and is there."""
    if console.archive is None or not console.archive.exists():
        return default_context().with_variety(variety)
    with console.desk() as desk:
        return Examiner(desk).context().with_variety(variety)


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


def _check_stories(
    console: Console, stories: Sequence[str], only: Sequence[str], *, waived: bool, variety: str | None
) -> list[dict[str, Any]]:
    """The findings that stand; with ``waived`` those set aside come after them, each with its reason."""
    answers: list[dict[str, Any]] = []
    with console.desk() as desk:
        examiner = Examiner(desk)
        for name in stories:
            story = open_story(desk, name).story
            examined = examiner.examine(story, only=only, variety=variety)
            numbers = place_numbers(story)
            shown = [(finding, None) for finding in examined.findings]
            set_aside = [(finding, waiver.reason) for finding, waiver in examined.waived] if waived else []
            for finding, reason in [*shown, *set_aside]:
                answer = {"story": story.id, "number": numbers.get(finding.segment), **finding_json(console, finding)}
                answers.append(answer if reason is None else {**answer, "waived": reason})
    return answers


def place_numbers(story: Story) -> dict[str | None, int]:
    """The number of each segment and picture, as the editor counts them from 1."""
    keys = [key for block in story.content.blocks for key in ([s.id for s in block.segments] or [block.id])]
    return {key: number for number, key in enumerate(keys, start=1)}


def _report(console: Console, answers: list[dict[str, Any]]) -> int:
    lines = []
    for one in answers:
        aside = console.text(N_("set aside: {reason}", reason=one["waived"])) if "waived" in one else ""
        line = f"{one['severity']} {one['check']} {one.get('number') or one['segment'] or ''}: {one['message']}"
        lines.append(f"{line} [{aside}]" if aside else line)
    standing = sum("waived" not in one for one in answers)
    console.answer({"findings": answers}, *lines, NN_("{n} finding.", "{n} findings.", standing))
    return 1 if standing else 0


def _check_batch(console: Console, batch: Path, languages: Languages, only: Sequence[str], context: Context) -> int:
    """Check each pair by itself and answer one JSON document a line, in order."""
    any_found = False
    for number, (source, target) in enumerate(read_pairs(batch), start=1):
        found = check_lines([source], [target], languages, only=only, context=context)
        any_found = any_found or bool(found)
        console.write_json({"line": number, "findings": [finding_json(console, finding) for finding in found]})
    return 1 if any_found else 0
