"""The commands of coming home: merge a file with what stands here, and decide what was left undecided."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from desktop_app.cli.commands import PATH, Group, Option, command
from desktop_app.cli.console import Console
from desktop_app.cli.home_lines import lines_of, waiting_lines
from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.desk import Desk
from desktop_app.desk.home_plan import HomePlan, PlannedStory, decided
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.open_conflicts import (
    BEARINGS,
    PARTS,
    REASONS,
    Decided,
    OpenConflict,
    count_open,
    is_about_words,
    open_conflict,
    open_conflicts,
    take_conflict,
    waiting_of,
)
from desktop_app.desk.people import list_people
from desktop_app.desk.stories import open_story
from desktop_app.domain.merging.changes import Change, Side
from desktop_app.domain.merging.deciding import Decision, Written, texts_of
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy
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
                if plan.nothing is not None:
                    return _again(console, desk, plan, others, dry_run=dry_run)
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
    console.answer(answer, *lines_of(console, plan, people, dry_run=dry_run))
    return 0 if plan.is_all_in else 1


def _again(console: Console, desk: Desk, plan: HomePlan, others: Side | None, *, dry_run: bool) -> int:
    """Answer for a file that brings nothing: what waits of it since it came home, decided where a side is named.

    Raises:
        NotAllowedError: none of what waits may be decided so now; nothing was changed.
    """
    waiting = waiting_of(desk, plan.before) if plan.before else ()
    settled: list[tuple[OpenConflict, Decided]] = []
    lines: list[Message | str] = [plan.nothing or ""]
    if others is not None and not dry_run:
        settled, refused = _settle(console, desk, waiting, others)
        lines += [N_("{story}: {what}", story=one.slug, what=error.reason) for one, error in refused]
        waiting = tuple(one for one, _ in refused)
    if settled:
        lines.append(NN_("{n} change was decided.", "{n} changes were decided.", len(settled)))
    answer = {
        **_answer(console, plan, {}, "", [], sum(made.text_changed for _, made in settled)),
        "decided": len(settled),
        "conflicts": [_waiting_json(one) for one in waiting],
    }
    for one, made in settled:
        lines += _cost_lines(console, one, made, open_story(desk, one.story).policy)
    console.answer(answer, *lines, *waiting_lines(waiting))
    return 1 if waiting else 0


def _settle(
    console: Console, desk: Desk, waiting: Sequence[OpenConflict], side: Side
) -> tuple[list[tuple[OpenConflict, Decided]], list[tuple[OpenConflict, NotAllowedError]]]:
    """Decide what waits, each in its story as ``conflicts take`` does it; what is refused goes on waiting.

    Raises:
        NotAllowedError: all of it is refused.
    """
    settled: list[tuple[OpenConflict, Decided]] = []
    refused: list[tuple[OpenConflict, NotAllowedError]] = []
    for one in waiting:
        try:
            settled.append((one, take_conflict(desk, one.id, side, by=console.require_actor(desk))))
        except NotAllowedError as error:
            refused.append((one, error))
    if refused and not settled:
        raise refused[0][1]
    return settled, refused


def _waiting_json(one: OpenConflict) -> dict[str, Any]:
    where = {"story": one.story, "segment": one.key[0], "field": one.key[1]}
    return {**where, "base": one.base, "ours": one.mine, "theirs": one.theirs, "id": one.id}


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
        "stories": [_story(console, story, people) for story in plan.stories],
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
            "key": signoff.key,
            "kept": verdict.kept.value if verdict.kept is not None else None,
            "reason": console.text(verdict.reason) if verdict.reason is not None else None,
        }


def _story(console: Console, story: PlannedStory, people: Mapping[str, Person]) -> dict[str, Any]:
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
        "on_trust": [people[one].name if one in people else one for one in story.on_trust],
        "state": story.effect.state.value,
        "told": [
            {"reason": console.text(one.reason), "part": one.part or None, "words": one.words} for one in story.told
        ],
    }


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
    lines += _cost_lines(console, one, made, policy)
    console.answer(answer, *lines, said)


def _cost_lines(console: Console, one: OpenConflict, made: Decided, policy: Policy) -> Iterator[str]:
    """What a decision cost: the sign-offs that stopped counting, and the state that the story left."""
    for signoff in made.stale:
        step = policy.step(signoff.step)
        title = step.title if step else signoff.step
        yield console.text(N_("{story}: “{step}” stops counting.", story=one.slug, step=title))
    if made.now is not made.was:
        was, now = STATE_NAMES[made.was], STATE_NAMES[made.now]
        yield console.text(N_("{story}: {was} → {now}", story=one.slug, was=was, now=now))


def _decision(side: str | None, texts: tuple[str, ...]) -> Decision:
    if texts and side is None:
        return Written(texts)
    if side in {one.value for one in Side} and not texts:
        return Side(side)
    raise WrongUsageError(
        N_("A decision is ours, theirs, or words of one's own."),
        advice=N_("Write “diptych conflicts take ID ours”, “… theirs”, or “… --text WORDS”."),
    )
