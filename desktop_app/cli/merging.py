"""The commands of coming home: merge a file with what stands here, and decide what was left undecided."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import PATH, Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.home_plan import HomePlan, PlannedStory, decided
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.open_conflicts import (
    BEARINGS,
    PARTS,
    REASONS,
    OpenConflict,
    count_open,
    is_about_words,
    open_conflict,
    open_conflicts,
    take_conflict,
)
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import open_story
from desktop_app.domain.merging.changes import Change, Side
from desktop_app.domain.merging.deciding import Decision, Written, texts_of
from desktop_app.domain.people import Person
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.foundation.messages import N_, NN_, Message

_SIDES = click.Choice([side.value for side in Side])


def declare(group: click.Group) -> None:
    """Declare the commands of this module."""
    command(
        group,
        "merge",
        N_("Take work home: a work package, a review document or an XLIFF file that went out from here."),
        click.Argument(["file"], type=PATH, metavar="FILE"),
        Option(["--dry-run"], is_flag=True, says=N_("Show what would change, and change nothing.")),
        Option(["--take"], type=_SIDES, says=N_("Settle every conflict for one side: ours is what stands here.")),
        Option(["--ends-loan"], is_flag=True, says=N_("Nothing more comes from whoever had it: the loan is over.")),
    )(_merge)
    conflicts = Group("conflicts", says=N_("Changes that came home and are not decided."))
    group.add_command(conflicts)
    command(
        conflicts,
        "list",
        N_("List what waits to be decided."),
        Option(["--story"], metavar="STORY", says=N_("Of one story.")),
    )(_list)
    command(
        conflicts,
        "show",
        N_("Show one of them: what went out, what stands here, what came home."),
        click.Argument(["identity"], metavar="ID"),
    )(_show)
    command(
        conflicts,
        "take",
        N_("Decide one: keep what stands here (ours), take what came home (theirs), or write words of one's own."),
        click.Argument(["identity"], metavar="ID"),
        click.Argument(["side"], required=False, metavar="[ours|theirs]"),
        Option(
            ["--text", "texts"], multiple=True, metavar="TEXT",
            says=N_("Words of one's own; once for each segment of the passage."),
        ),
    )(_take)  # fmt: skip


def _merge(console: Console, file: Path, dry_run: bool, take: str | None, ends_loan: bool) -> int:
    others = Side(take) if take is not None else None
    waiting: tuple[str, ...] = ()
    with console.desk() as desk:
        by = console.actor(desk)
        with console.progress(N_("Merging")) as progress:
            opened = open_home(desk, file, progress=progress)
            try:
                plan = decided(plan_home(desk, opened, by=by, progress=progress), {}, others)
                _require_something(plan)
                if dry_run:
                    identity, took = "", plan.applied
                else:
                    done = bring_home(desk, plan, by=by, ends_loans=ends_loan, progress=progress)
                    identity, waiting, took = done.id, done.waiting, done.applied
            finally:
                opened.close()
        people = {person.id: person for person in [*list_people(desk), *plan.newcomers]}
    answer = _answer(console, plan, people, identity, list(waiting), took)
    console.answer(answer, *_lines(console, plan, people, dry_run=dry_run))
    return 0 if plan.is_all_in else 1


def _require_something(plan: HomePlan) -> None:
    """Refuse where no story of the file can take anything in.

    Raises:
        NotAllowedError: each of them was killed, or is not here any more.
    """
    refusals = [story.refusal for story in plan.stories]
    if refusals and all(refusals):
        reason = refusals[0]
        assert reason is not None, "all of them have one"
        raise NotAllowedError(reason, subject=plan.stories[0].slug or plan.file.name)


def _answer(
    console: Console, plan: HomePlan, people: Mapping[str, Person], identity: str, waiting: list[str], applied: int
) -> dict[str, Any]:
    ids: Iterator[str] = iter(waiting)
    return {
        "id": identity or None,
        "kind": plan.file.kind,
        "nothing": console.text(plan.nothing) if plan.nothing is not None else None,
        "applied": applied,
        "conflicts": [
            {**_conflict(story, change), "id": next(ids, None)} for story in plan.stories for change in story.conflicts
        ],
        "signoffs": [row for story in plan.stories for row in _signoffs(console, story, people)],
        "comments": sum(len(story.comments) for story in plan.stories),
        "people": [{"id": one.id, "name": one.name} for one in plan.newcomers],
        "pictures": [one.picture.id for one in plan.file.pictures],
        "stories": [_story(console, story) for story in plan.stories],
    }


def _conflict(story: PlannedStory, change: Change) -> dict[str, Any]:
    texts = {side: texts_of(change, side) for side in ("base", "ours", "theirs")}
    return {"story": story.story, "segment": change.key[0], "field": change.key[1], **texts}


def _signoffs(console: Console, story: PlannedStory, people: Mapping[str, Person]) -> Iterator[dict[str, Any]]:
    for verdict in story.effect.verdicts:
        signoff = verdict.signoff
        person = people.get(signoff.person)
        yield {
            "story": story.story,
            "step": signoff.step,
            "person": person.name if person is not None else signoff.person,
            "at": signoff.at,
            "digest": signoff.digest,
            "valid": verdict.counts,
            "kept": verdict.kept.value if verdict.kept is not None else None,
            "reason": console.text(verdict.reason) if verdict.reason is not None else None,
        }


def _story(console: Console, story: PlannedStory) -> dict[str, Any]:
    return {
        "id": story.story,
        "slug": story.slug,
        "new": story.new is not None,
        "refused": console.text(story.refusal) if story.refusal is not None else None,
        "waits": console.text(story.way.reason) if story.way.reason is not None and story.conflicts else None,
        "applied": story.effect.applied,
        "conflicts": len(story.conflicts),
        "comments": len(story.comments),
        "taken_back": [signoff.step for signoff in story.effect.back],
        "stale": [signoff.step for signoff in story.effect.lost],
        "state": story.effect.state.value,
        "told": [
            {"reason": console.text(one.reason), "part": one.part or None, "words": one.words} for one in story.told
        ],
    }


def _lines(console: Console, plan: HomePlan, people: Mapping[str, Person], *, dry_run: bool) -> list[Message | str]:
    if plan.nothing is not None:
        return [plan.nothing]
    lines: list[Message | str] = []
    for story in plan.stories:
        lines += [console.text(line) for line in _story_lines(story, people)]
    lines += [N_("{name} comes along, without any role.", name=one.name) for one in plan.newcomers]
    lines.append(_applied(plan, dry_run=dry_run))
    asked = plan.conflicts
    if asked:
        lines.append(NN_("{n} change waits to be decided.", "{n} changes wait to be decided.", asked))
        if not dry_run:
            lines.append(N_("“diptych conflicts list” shows them."))
    return lines


def _applied(plan: HomePlan, *, dry_run: bool) -> Message:
    if plan.confirmed:
        what = plan.written
        return N_("Would be applied: {what}.", what=what) if dry_run else N_("Applied: {what}.", what=what)
    if dry_run:
        return NN_("{n} change would be applied.", "{n} changes would be applied.", plan.applied)
    return NN_("{n} change was applied.", "{n} changes were applied.", plan.applied)


def _story_lines(story: PlannedStory, people: Mapping[str, Person]) -> Iterator[Message | str]:
    name = story.slug or story.story
    if story.refusal is not None:
        yield N_("{story}: {what}", story=name, what=story.refusal)
        return
    if story.new is not None:
        yield N_("{story}: a story that was begun away from here.", story=name)
    if story.way.reason is not None and story.conflicts:
        yield N_("{story}: what came home waits, because {reason}.", story=name, reason=story.way.reason)
    if story.apart:
        yield N_("{story}: the Chinese is not the same here and there; such sentences wait.", story=name)
    for verdict in story.effect.verdicts:
        step, person = story.ground.policy.step(verdict.signoff.step), people.get(verdict.signoff.person)
        values = {
            "story": name,
            "step": step.title if step is not None else verdict.signoff.step,
            "person": person.name if person is not None else verdict.signoff.person,
        }
        if verdict.reason is None:
            yield N_("{story}: “{step}” signed by {person} counts here.", **values)
        else:
            yield N_("{story}: “{step}” signed by {person} is kept and does not count: {reason}.", **values,
                     reason=verdict.reason)  # fmt: skip
    for signoff in story.effect.lost:
        step = story.ground.policy.step(signoff.step)
        yield N_("{story}: “{step}” stops counting.", story=name, step=step.title if step else signoff.step)
    for one in story.told:
        yield N_("{story}: {what}", story=name, what=one.reason)
    if story.effect.state is not story.ground.state:
        yield N_("{story}: {was} → {now}", story=name, was=STATE_NAMES[story.ground.state],
                 now=STATE_NAMES[story.effect.state])  # fmt: skip


# What waits


def _list(console: Console, story: str | None) -> None:
    with console.desk() as desk:
        found = open_conflicts(desk, story)
        people = {person.id: person for person in list_people(desk)}
    rows = [
        [
            one.slug,
            str(one.number or ""),
            console.text(PARTS[one.key[1]]),
            _short(one.mine),
            _short(one.theirs),
            console.text(BEARINGS[one.bearing]),
            one.id,
        ]
        for one in found
    ]
    titles = (N_("Story"), N_("Row"), N_("What"), N_("Here"), N_("Came home"), N_("Stands"), N_("Id"))
    lines = [console.table(*titles, rows=rows)] if rows else [N_("Nothing waits to be decided.")]
    console.answer({"conflicts": [_json(console, one, people) for one in found]}, *lines)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _show(console: Console, identity: str) -> None:
    with console.desk() as desk:
        one = open_conflict(desk, identity)
        people = {person.id: person for person in list_people(desk)}
    author = people.get(one.author or "")
    lines: list[Message | str] = [
        N_("{story}, {what}: {how}", story=one.slug, what=PARTS[one.key[1]], how=BEARINGS[one.bearing]),
        N_("Why it waits: {reason}", reason=REASONS[one.reason]),
        N_("Went out: {text}", text=one.base),
        N_("Here: {text}", text=one.mine),
        N_("Came home in {file}: {text}", file=one.file, text=one.theirs),
    ]
    if author is not None:
        lines.append(N_("Written there by {name}", name=author.name))
    console.answer({"conflicts": [_json(console, one, people)]}, *[console.text(line) for line in lines])


def _json(console: Console, one: OpenConflict, people: Mapping[str, Person]) -> dict[str, Any]:
    author = people.get(one.author or "")
    return {
        "id": one.id,
        "story": one.story,
        "slug": one.slug,
        "segment": one.key[0],
        "field": one.key[1],
        "number": one.number,
        "words": is_about_words(one),
        "base": one.base,
        "ours": one.mine,
        "theirs": one.theirs,
        "bearing": one.bearing.value,
        "reason": console.text(REASONS[one.reason]),
        "author": author.name if author is not None else None,
        "file": one.file,
        "at": one.at,
    }


def _take(console: Console, identity: str, side: str | None, texts: tuple[str, ...]) -> None:
    with console.desk() as desk:
        decision = _decision(side, texts)
        one = open_conflict(desk, identity)
        made = take_conflict(desk, one.id, decision, by=console.require_actor(desk))
        left = count_open(desk, one.story)
        policy = open_story(desk, one.story).policy
    said = NN_("{n} change of this story waits still.", "{n} changes of this story wait still.", left)
    told = "text" if isinstance(decision, Written) else decision.value
    answer = {
        "id": one.id,
        "story": one.story,
        "decision": told,
        "left": left,
        "was": made.was.value,
        "state": made.now.value,
        "stale": [signoff.step for signoff in made.stale],
    }
    lines: list[Message | str] = [N_("Decided.")]
    for signoff in made.stale:
        step = policy.step(signoff.step)
        lines.append(N_("{story}: “{step}” stops counting.", story=one.slug, step=step.title if step else signoff.step))
    if made.now is not made.was:
        lines.append(N_("{story}: {was} → {now}", story=one.slug, was=STATE_NAMES[made.was], now=STATE_NAMES[made.now]))
    console.answer(answer, *[console.text(line) for line in lines], said)


def _decision(side: str | None, texts: tuple[str, ...]) -> Decision:
    if texts and side is None:
        return Written(texts)
    if side in {one.value for one in Side} and not texts:
        return Side(side)
    raise WrongUsageError(
        N_("A decision is ours, theirs, or words of one's own."),
        advice=N_("Write “diptych conflicts take ID ours”, “… theirs”, or “… --text WORDS”."),
    )
