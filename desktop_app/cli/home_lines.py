"""What a file that comes home would change or changed, line by line for a person."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from rich.table import Table

from desktop_app.cli.console import Console
from desktop_app.desk.home_plan import HomePlan, PlannedStory, told_on_trust
from desktop_app.desk.open_conflicts import PARTS, OpenConflict
from desktop_app.domain.comments import place_numbers
from desktop_app.domain.merging.changes import Change, OrderChange, PlaceChange
from desktop_app.domain.merging.deciding import texts_of
from desktop_app.domain.people import Person
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.messages import N_, NN_, Message

_LINE = 60  # characters of a text that a line of a list has room for
_BEFORE = 20  # of them, those that stand before the first that is another
_POINTER = N_("“diptych conflicts list” shows them.")
_TAKES = N_("“diptych conflicts take ID ours” or “… theirs” decides one.")


def lines_of(
    console: Console, plan: HomePlan, people: Mapping[str, Person], *, dry_run: bool
) -> list[Message | str | Table]:
    """What a plan does, or with ``dry_run`` would do: sentences story by story, and before it is done every change."""
    lines: list[Message | str | Table] = []
    if dry_run and (rows := [row for story in plan.stories for row in _rows(console, story)]):
        titles = (N_("Story"), N_("Row"), N_("What"), N_("Here"), N_("Came home"), N_("Stands"))
        lines.append(console.table(*titles, rows=rows))
    for story in plan.stories:
        lines += [console.text(line) for line in _story_lines(story, people)]
    lines += [N_("{name} comes along, without any role.", name=one.name) for one in plan.newcomers]
    lines.append(_applied(plan, dry_run=dry_run))
    asked = plan.conflicts
    if asked:
        lines.append(_waits(asked))
        if not dry_run:
            lines.append(_POINTER)
    return lines


def waiting_lines(waiting: Sequence[OpenConflict]) -> list[Message]:
    """What waits still of a file that came home before, and how it is decided; nothing where all is."""
    return [_waits(len(waiting)), _POINTER, _TAKES] if waiting else []


def _waits(count: int) -> Message:
    return NN_("{n} change waits to be decided.", "{n} changes wait to be decided.", count)


def _rows(console: Console, story: PlannedStory) -> list[list[str]]:
    """Every change of a story: where it is, what stands here, what comes, and whether it waits."""
    numbers = place_numbers(story.merge.theirs) | place_numbers(story.merge.ours)
    taken = [(change, "result") for change in story.changes]
    asked = [(change, "theirs") for change in story.conflicts]
    found = sorted([*taken, *asked], key=lambda one: numbers.get(one[0].key[0], 0))
    rows = []
    for change, side in found:
        here, came = _words(change, "ours"), _words(change, side)
        shown = (_short(here, came), _short(came, here))
        row = str(numbers.get(change.key[0], ""))
        stands = console.text(_stands(here, came, waits=side == "theirs"))
        rows.append([story.slug, row, console.text(PARTS[change.key[1]]), *shown, stands])
    return rows


def _stands(here: str, came: str, *, waits: bool) -> Message:
    if waits:
        return N_("waits to be decided")
    return N_("is taken in") if here != came or not here else N_("is confirmed")


def _words(change: Change, side: str) -> str:
    """What a side says, on one line; nothing where it is about places, which have no words."""
    if isinstance(change, PlaceChange | OrderChange):
        return ""
    return " ".join(texts_of(change, side).split())


def _short(text: str, other: str) -> str:
    """A text that fits a line of a list: of a long one the part where it is not as the other."""
    if len(text) <= _LINE:
        return text
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
    begin = max(0, alike - _BEFORE)
    word = text.rfind(" ", 0, begin + 1) + 1
    begin = word if begin - word < _BEFORE else begin
    end = begin + _LINE
    return f"{'…' if begin else ''}{text[begin:end].strip()}{'…' if end < len(text) else ''}"


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
    trusted = told_on_trust(story, people)
    if trusted is not None:
        yield N_("{story}: {what}", story=name, what=trusted)
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
