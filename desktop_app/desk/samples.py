"""The sample archive: invented stories of an invented university, taken through every stage by the desk's own acts."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.desk import editing, importing, pictures, publishing, stories, workflow
from desktop_app.desk.desk import SILENT, Changes, Desk, Progress, create_desk
from desktop_app.desk.memory_files import import_memory
from desktop_app.desk.people import add_person, set_current_person
from desktop_app.desk.terms import import_terms
from desktop_app.domain.edits import SetPlacement, SetSegment, set_status
from desktop_app.domain.people import Person, Role
from desktop_app.domain.story import Bilingual, SegmentStatus, Story
from desktop_app.foundation.errors import BugError
from desktop_app.foundation.resources import resource
from desktop_app.store.archive import BACKUPS, BAGS, DATABASE, ORIGINALS

_BEFORE_SUBMIT = frozenset({"sourced", "drafting"})
_PAST_REVISION = frozenset({"approved", "released"})


@dataclass(frozen=True, slots=True)
class _Hands:
    """The people of one story's plan."""

    drafter: Person | None
    reviser: Person | None
    approver: Person | None


def make_sample(folder: Path, *, progress: Progress = SILENT) -> Desk:
    """Make an archive with the sample stories, one at every stage of the work, and return it open.

    Raises:
        ArchiveUnavailableError: there is an archive already, or the folder cannot be written.
        CancelledError: the person stopped it.
    """
    plan = json.loads(resource("sample", "plan.json").read_text("utf-8"))
    stood = _own(folder)
    made = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    desk = create_desk(folder, policy=plan["archive_policy"], name=plan.get("house", ""))
    try:
        people = {p["key"]: _person(desk, p) for p in plan["people"]}
        first = people[plan["people"][0]["key"]]
        import_terms(desk, resource("sample", plan["terms"]), by=first)
        import_memory(desk, [resource("sample", plan["memory"])], by=first)
        for done, story in enumerate(plan["stories"]):
            progress.check()
            progress.report(done, len(plan["stories"]))
            _make_story(desk, story, people)
        set_current_person(desk, people[plan["people"][0]["key"]])
    except BaseException:
        desk.close()
        _take_away(_own(folder) - stood, made)
        raise
    progress.report(len(plan["stories"]), len(plan["stories"]))
    return desk


def _own(folder: Path) -> set[Path]:
    """What is in a folder under the names that an archive gives its own."""
    names = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", ORIGINALS, BACKUPS, BAGS)
    tops = [folder / name for name in names if os.path.lexists(folder / name)]
    return {path for top in tops for path in (top, *top.rglob("*"))}


def _take_away(paths: Iterable[Path], made: Iterable[Path]) -> None:
    """Leave no half a sample: none of ``paths``, and of the folders that were ``made`` none that is empty."""
    for path in sorted(paths, reverse=True):  # what is in a folder before it
        if path.is_dir():
            path.rmdir()
        else:
            path.chmod(0o644)  # Windows does not delete read-only files
            path.unlink()
    for path in made:
        if not any(path.iterdir()):
            path.rmdir()


def _person(desk: Desk, plan: Mapping[str, Any]) -> Person:
    roles = [Role(role) for role in plan["roles"]]
    return add_person(desk, plan["name"], zh=plan["zh"], roles=roles)[0]


def _make_story(desk: Desk, plan: Mapping[str, Any], people: Mapping[str, Person]) -> None:
    hands = _Hands(*(people.get(plan[role]) if plan[role] else None for role in ("drafter", "reviser", "approver")))
    folder = resource("sample", plan["slug"])
    if plan["target"] is None:
        imported = importing.import_pages(desk, [folder / plan["source"]], by=hands.drafter)
    else:
        imported = importing.import_pair(
            desk, folder / plan["source"], folder / plan["target"], by=hands.drafter, slug=plan["slug"]
        )
    story = imported.stories[0]
    _describe_pictures(desk, story, plan["pictures"], hands.drafter)
    if plan["state"] not in _BEFORE_SUBMIT:
        _take_through(desk, story.id, plan, hands, people)


def _describe_pictures(desk: Desk, story: Story, plans: list[Mapping[str, Any]], by: Person | None) -> None:
    """Give the catalogue and the placements their alternative texts, credits, people and dates."""
    by_file = {plan["file"]: plan for plan in plans}
    for block in story.content.blocks:
        place = block.placement
        plan = by_file.get(place.file) if place else None
        if place is None or plan is None or place.picture is None:
            continue
        alt = Bilingual(plan["alt_zh"], plan["alt_en"])
        picture = pictures.get_picture(desk, place.picture)
        described = replace(
            picture,
            caption=Bilingual(plan["caption_zh"], plan["caption_en"]),
            alt=alt,
            credit=plan["credit"],
            people=tuple(plan["people"]),
            date=plan["date"],
        )
        pictures.update_picture(desk, described, by=by)
        placed = replace(place, alt=alt, credit=plan["credit"])
        editing.edit_story(desk, story.id, [SetPlacement(block.id, placed)], by=by)


def _take_through(desk: Desk, story: str, plan: Mapping[str, Any], hands: _Hands, people: Mapping[str, Person]) -> None:
    """Draft, revise and sign a story as far as its plan says."""
    if hands.drafter is None:
        raise BugError("a submitted sample needs a drafter")
    _mark(desk, story, SegmentStatus.CONFIRMED, hands.drafter)
    workflow.submit(desk, story, by=hands.drafter)
    if hands.reviser is None or plan["state"] == "submitted":
        return
    workflow.claim(desk, story, by=hands.reviser)
    _edit(desk, story, plan["edits"], people)
    if plan["state"] not in _PAST_REVISION and not plan.get("stale"):
        return
    _mark(desk, story, SegmentStatus.REVISED, hands.reviser)
    workflow.sign(desk, story, step="revision", by=hands.reviser)
    _edit(desk, story, plan.get("edits_after_sign", []), people)
    if plan["state"] in _PAST_REVISION and hands.approver is not None:
        workflow.sign(desk, story, step="approval", by=hands.approver)
        if plan["state"] == "released":
            publishing.release(desk, story, by=hands.approver)


def _mark(desk: Desk, story: str, status: SegmentStatus, by: Person) -> Changes:
    segments = stories.open_story(desk, story).story.content.segments()
    edits = [set_status(segment, status) for segment in segments if segment.target]
    return editing.edit_story(desk, story, edits, by=by)


def _edit(desk: Desk, story: str, plans: list[Mapping[str, Any]], people: Mapping[str, Person]) -> None:
    """Make the planned changes, each in the one segment that has the words."""
    for plan in plans:
        content = stories.open_story(desk, story).story.content
        found = [segment for segment in content.segments() if plan["segment_contains"] in segment.target]
        if len(found) != 1 or plan["replace"] not in found[0].target:
            raise BugError(f"the sample's words are not in one segment: {plan['segment_contains']!r}")
        target = found[0].target.replace(plan["replace"], plan["with"], 1)
        edit = SetSegment(found[0].id, target, SegmentStatus.REVISED)
        editing.edit_story(desk, story, [edit], by=people[plan["by"]])
