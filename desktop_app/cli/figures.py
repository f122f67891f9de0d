"""The commands that count: a story as Word counts it, and what a person has done day by day."""

from typing import Any

import click

from desktop_app.cli.commands import Option, command, story_argument
from desktop_app.cli.console import Console
from desktop_app.desk.progress import WEEK, work_of
from desktop_app.desk.stories import open_story
from desktop_app.domain.counts import WordCount
from desktop_app.domain.story_counts import Pair, StoryCounts, story_counts
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    command(
        group, "count", N_("Count words and characters of stories, as Word does."), story_argument(many=True)
    )(_count)  # fmt: skip
    command(
        group,
        "progress",
        N_("Show what a person has confirmed and written, day by day."),
        Option(["--days"], type=int, default=WEEK, metavar="N", says=N_("How many days, today included.")),
    )(_progress)


def _count(console: Console, stories: tuple[str, ...]) -> None:
    if not stories:
        raise WrongUsageError(N_("{parameter} is missing.", parameter="STORY"), advice=N_("Name stories to count."))
    with console.desk() as desk:
        found = [open_story(desk, name).story for name in stories]
    counted = [(story, story_counts(story)) for story in found]
    rows = [
        [story.slug, *map(str, (
            counts.all.source.words, counts.all.source.asian, counts.all.source.with_spaces,
            counts.all.target.words, counts.all.target.with_spaces, counts.text.segments, counts.repeated.segments,
        ))]
        for story, counts in counted
    ]  # fmt: skip
    table = console.table(
        N_("Story"), N_("Chinese: words"), N_("Asian characters"), N_("characters"),
        N_("English: words"), N_("characters"), N_("Segments"), N_("Repeated"), rows=rows,
    )  # fmt: skip
    answers = [{"story": story.id, "slug": story.slug, **counts_json(counts)} for story, counts in counted]
    console.answer({"counts": answers}, table)


def counts_json(counts: StoryCounts) -> dict[str, Any]:
    """The counts of one story as the contract has them."""
    return {
        "paragraphs": counts.paragraphs,
        "all": _pair(counts.all),
        "text": _pair(counts.text),
        "captions": _pair(counts.captions),
        "repeated": _pair(counts.repeated),
        "statuses": {status.value: _pair(pair) for status, pair in counts.statuses.items()},
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {"segments": pair.segments, "source": _words(pair.source), "target": _words(pair.target)}


def _words(count: WordCount) -> dict[str, int]:
    return {
        "words": count.words,
        "characters": count.characters,
        "characters_with_spaces": count.with_spaces,
        "asian_characters": count.asian,
        "non_asian_words": count.other,
    }


def _progress(console: Console, days: int) -> None:
    with console.desk() as desk:
        person = console.require_actor(desk)
        work = work_of(desk, person, days=days)
    rows = []
    for day in work.days:
        rows.append([day.date.isoformat(), "", str(day.done.confirmed), str(day.done.words)])
        for story, done in day.stories.items():
            rows.append(["", work.slugs.get(story, story), str(done.confirmed), str(done.words)])
    table = console.table(N_("Day"), N_("Story"), N_("Confirmed"), N_("Words"), rows=rows)
    answers = [
        {
            "date": day.date.isoformat(),
            "confirmed": day.done.confirmed,
            "words": day.done.words,
            "stories": [
                {"story": story, "slug": work.slugs.get(story, ""), "confirmed": done.confirmed, "words": done.words}
                for story, done in day.stories.items()
            ],
        }
        for day in work.days
    ]
    console.answer({"person": person.id, "name": person.name, "days": answers}, table)
