"""The commands that find a text or a regular expression in every story, and put another in its place."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from desktop_app.cli.commands import Option, command
from desktop_app.cli.console import Console
from desktop_app.cli.marked import marked
from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.replacing import (
    MOST_HITS,
    SIDES,
    STAY_STALE,
    FoundStory,
    FoundText,
    Pick,
    Replacement,
    Skipped,
    find_in_archive,
    replace_in_archive,
    undo_replacement,
    where_left,
)
from desktop_app.desk.stories import list_stories
from desktop_app.domain.comparison import text_ops
from desktop_app.domain.story import StoryState
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.language.finding_text import Matcher, Query
from desktop_app.language.replacing_text import Replacer
from desktop_app.language.searching import excerpt

_CONTEXT = 160  # characters of a text that a line for a person shows
_ALL_REFUSED = NotAllowedError.exit_code


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    how: tuple[click.Parameter, ...] = (
        Option(["--regex"], is_flag=True, says=N_("PATTERN is a regular expression, as Python writes them.")),
        Option(["--case"], is_flag=True, says=N_("Capital and small letters differ.")),
        Option(["--words"], is_flag=True, says=N_("Whole words only; Chinese has none and is found anywhere.")),
        Option(["--fold"], is_flag=True, says=N_("Accents and full width count for nothing.")),
        Option(["--in", "where"], type=click.Choice(list(SIDES)), says=N_("In English, in Chinese, or in both.")),
        Option(["--story", "stories"], multiple=True, metavar="STORY", says=N_("Only in this story; may be repeated.")),
        Option(
            ["--state", "states"], multiple=True, type=click.Choice([state.value for state in StoryState]),
            says=N_("Only in stories of this state; may be repeated."),
        ),
    )  # fmt: skip
    command(
        group,
        "find",
        N_("Find a text or a regular expression in every story, character for character."),
        click.Argument(["pattern"]),
        *how,
        Option(["--limit"], type=click.IntRange(1, MOST_HITS), default=1000, says=N_("At most so many places.")),
    )(_find)
    command(
        group,
        "replace",
        N_("Replace a text in the English of every story, as one act that --undo takes back."),
        click.Argument(["pattern"], required=False, metavar="[PATTERN]"),
        click.Argument(["with_"], required=False, metavar="[WITH]"),
        *how,
        Option(["--keep-case"], is_flag=True, says=N_("Give what is put in the letter case of what was there.")),
        Option(["--signed"], is_flag=True, says=N_("In signed stories too: their sign-offs become stale.")),
        Option(["--dry-run"], is_flag=True, says=N_("Show what would change, and change nothing.")),
        Option(["--undo"], is_flag=True, says=N_("Put the old words of the last replacement back.")),
    )(_replace)  # fmt: skip


def _find(
    console: Console,
    pattern: str,
    regex: bool,
    case: bool,
    words: bool,
    fold: bool,
    where: str | None,
    stories: tuple[str, ...],
    states: tuple[str, ...],
    limit: int,
) -> None:
    matcher = Matcher(Query(pattern, case, words, regex, fold))
    with console.desk() as desk, console.progress(N_("Searching the stories")) as progress:
        found = _found(desk, matcher, where or "both", stories, states, console, progress, limit + 1)
    more = sum(story.hits for story in found) > limit
    found = _first(found, limit)
    hits = [_hit(story, text, None, None) for story in found for text in story.texts]
    lines = [f"{story.slug} ({text.side}): {_in_line(text)}" for story in found for text in story.texts]
    count = sum(story.hits for story in found)
    told = NN_("{n} place.", "{n} places.", count)
    if more:
        told = N_("The first {n} places; --limit shows more.", n=count)
    console.answer({"hits": hits, "replaced": 0, "refused": 0, "more": more}, *lines, *_too_long(found), told)


def _first(found: Sequence[FoundStory], limit: int) -> list[FoundStory]:
    """So many places from the first on, and no story without one beside those that have texts left out."""
    kept: list[FoundStory] = []
    for story in found:
        texts: list[FoundText] = []
        for text in story.texts:
            spans = text.spans[:limit]
            limit -= len(spans)
            if spans:
                texts.append(replace(text, spans=spans))
        if texts or story.too_long:
            kept.append(replace(story, texts=tuple(texts)))
    return kept


def _found(
    desk: Desk, matcher: Matcher, where: str, stories: Sequence[str], states: Sequence[str], console: Console,
    progress: Progress, limit: int,
) -> list[FoundStory]:  # fmt: skip
    return list(
        find_in_archive(
            desk,
            matcher,
            where=where,
            states=[StoryState(state) for state in states],
            stories=stories,
            by=console.actor(desk),
            limit=limit,
            progress=progress,
        )
    )


def _in_line(text: FoundText) -> str:
    return marked(*excerpt(text.text, text.spans, _CONTEXT))


def _too_long(found: Sequence[FoundStory]) -> list[Message]:
    """What is to be said of texts that the expression was not tried on."""
    count = sum(story.too_long for story in found)
    told = NN_(
        "{n} text is too long for this expression and was left out.",
        "{n} texts are too long for this expression and were left out.",
        count,
    )
    return [told] if count else []


def _hit(story: FoundStory, text: FoundText, after: str | None, refused: str | None) -> dict[str, Any]:
    return {
        "story": story.id,
        "slug": story.slug,
        "segment": text.part,
        "side": text.side,
        "before": text.text,
        "after": after,
        "refused": refused,
        "marks": [list(span) for span in text.spans],
    }


def _replace(
    console: Console,
    pattern: str | None,
    with_: str | None,
    regex: bool,
    case: bool,
    words: bool,
    fold: bool,
    where: str | None,
    stories: tuple[str, ...],
    states: tuple[str, ...],
    keep_case: bool,
    signed: bool,
    dry_run: bool,
    undo: bool,
) -> int:
    if undo and pattern is None:
        return _undo(console, signed=signed)
    if undo or pattern is None or with_ is None:
        raise WrongUsageError(
            N_("It is not clear what to replace."),
            advice=N_("Give a text and what stands in its place, or --undo alone."),
        )
    replacer = Replacer(Matcher(Query(pattern, case, words, regex, fold)), with_, keep_case=keep_case)
    with console.desk() as desk, console.progress(N_("Replacing")) as progress:
        by = console.actor(desk) if dry_run else console.require_actor(desk)
        found = _found(desk, replacer.matcher, where or "target", stories, states, console, progress, MOST_HITS)
        made = [(story, text, replacer.replaced(text.text).text) for story in found for text in story.texts]
        wanted = [
            (story, text, after, story.refusal(text, signed=signed))
            for story, text, after in made
            if after != text.text
        ]
        picks = [
            Pick(story.id, text.part, text.side, text.text, after)
            for story, text, after, refused in wanted
            if refused is None
        ]
        done = Replacement(replaced=tuple(picks))
        if picks and not dry_run:
            done = replace_in_archive(desk, picks, by=by, name=pattern, signed=signed, progress=progress)
    late = {(one.story, one.part, one.side): one.reason for one in done.skipped}
    hits: list[dict[str, Any]] = []
    lines: list[str] = []
    for story, text, after, reason in wanted:
        refused = reason or late.get((story.id, text.part, text.side))
        said = console.text(refused) if refused is not None else None
        hits.append(_hit(story, text, after, said))
        line = _changed(text.text, after) if said is None else f"{_in_line(text)} — {said}"
        lines.append(f"{story.slug} ({text.side}): {line}")
    if made and not wanted:
        nothing = {"hits": hits, "replaced": 0, "refused": 0}
        console.answer(nothing, *_too_long(found), N_("Nothing would change."))
        return 0
    besides = [*_lost(found, signed=signed), *_too_long(found)]
    return _report(console, hits, lines, besides, dry_run=dry_run, deleted=replacer.deletes)


def _changed(before: str, after: str) -> str:
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[sign].format(text) for sign, text in text_ops(before, after))


def _lost(found: Sequence[FoundStory], *, signed: bool) -> list[Message]:
    """What is to be said of sign-offs: those that went, or those that kept their stories as they are."""
    count = sum(story.signed and story.refused is None and _can_change(story) for story in found)
    if not count:
        return []
    if signed:
        return [NN_("{n} signed story loses sign-offs.", "{n} signed stories lose sign-offs.", count)]
    return [
        NN_(
            "{n} signed story would lose sign-offs; --signed replaces there too.",
            "{n} signed stories would lose sign-offs; --signed replaces there too.",
            count,
        )
    ]


def _can_change(story: FoundStory) -> bool:
    return any(text.refused is None for text in story.texts)


def _report(
    console: Console,
    hits: list[dict[str, Any]],
    lines: list[str],
    said: list[Message],
    *,
    dry_run: bool,
    deleted: bool = False,
    undone: Replacement | None = None,
) -> int:
    refused = sum(hit["refused"] is not None for hit in hits)
    replaced = sum(hit["refused"] is None and hit["before"] != hit["after"] for hit in hits)
    told = NN_("{n} text replaced.", "{n} texts replaced.", replaced)
    if dry_run and deleted:
        told = NN_(
            "Nothing is put in: the words would be taken out of {n} text.",
            "Nothing is put in: the words would be taken out of {n} texts.",
            replaced,
        )
    elif dry_run:
        told = NN_("{n} text would be replaced.", "{n} texts would be replaced.", replaced)
    elif deleted:
        told = NN_(
            "Nothing was put in: the words were taken out of {n} text.",
            "Nothing was put in: the words were taken out of {n} texts.",
            replaced,
        )
    if refused:
        said = [*said, NN_("{n} text was left as it is.", "{n} texts were left as they are.", refused)]
    answer: dict[str, Any] = {"hits": hits, "replaced": 0 if dry_run else replaced, "refused": refused}
    if undone is not None:
        answer["given_up"] = undone.given_up
    console.answer(answer, *lines, *said, told)
    if hits and refused == len(hits) and not (undone is not None and undone.given_up):
        return _ALL_REFUSED
    return 1 if refused else 0


def _undo(console: Console, *, signed: bool) -> int:
    with console.desk() as desk, console.progress(N_("Taking the replacement back")) as progress:
        done = undo_replacement(desk, by=console.require_actor(desk), signed=signed, progress=progress)
        slugs = {one.summary.id: one.summary.slug for one in list_stories(desk)}
    hits = [
        {"story": one.story, "slug": slugs.get(one.story), "segment": one.part, "side": one.side,
         "before": one.before, "after": one.after, "refused": None}
        for one in done.replaced
    ]  # fmt: skip
    hits += [_left(console, one, slugs.get(one.story)) for one in done.skipped]
    lines = [f"{slugs.get(one.story)} ({one.side}): {_changed(one.before, one.after)}" for one in done.replaced]
    lines += [f"{console.text(where_left(one))} ({one.side}): {console.text(one.reason)}" for one in done.skipped]
    said = [STAY_STALE] if done.stale else []
    if done.given_up:
        said = [N_("Nothing of this replacement stands any more; the next --undo takes back the one before.")]
    return _report(console, hits, lines, said, dry_run=False, undone=done)


def _left(console: Console, one: Skipped, slug: str | None) -> dict[str, Any]:
    return {
        "story": one.story,
        "slug": slug,
        "segment": one.part,
        "number": one.number or None,
        "side": one.side,
        "before": None,
        "after": None,
        "refused": console.text(one.reason),
    }
