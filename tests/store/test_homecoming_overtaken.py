"""A plan that no longer says what would happen is not carried out; nothing is left of one that was refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from journeys import Roads, home, planned, send
from office import Office
from PIL import Image

from desktop_app.desk import pictures, signing_keys
from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.comments import comment, delete, reply
from desktop_app.desk.desk import SILENT, Progress
from desktop_app.desk.editing import OvertakenError, edit_story
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.people import add_person
from desktop_app.desk.picture_intake import placed, take_in
from desktop_app.desk.returning_package import PACKAGE
from desktop_app.desk.signatures import Signer
from desktop_app.desk.source_changes import source_of_part
from desktop_app.desk.source_changes import take_in as take_in_source
from desktop_app.desk.verification import verify
from desktop_app.desk.workflow import submit
from desktop_app.domain.edits import SetPlacement
from desktop_app.domain.homecoming import Kept
from desktop_app.domain.people import Role
from desktop_app.domain.statements import KeyEnd
from desktop_app.domain.story import Story
from desktop_app.exchange.packages.container import OpenContainer
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import CancelledError
from desktop_app.foundation.messages import N_


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


def events(office: Office) -> int:
    return verify(office.desk).checked["events"]


def refused(office: Office, path: Path, meanwhile: Callable[[], object]) -> None:
    """Plan, let something happen, and see the plan refused and nothing written."""
    file = open_home(office.desk, path)
    try:
        plan = plan_home(office.desk, file, by=office["sun"])
        meanwhile()
        before = events(office)
        with pytest.raises(OvertakenError) as raised:
            bring_home(office.desk, plan, by=office["sun"])
    finally:
        file.close()
    assert raised.value.advice is not None
    assert events(office) == before


def signed_away(office: Office, roads: Roads, signer: Signer | None = None) -> tuple[Story, Path]:
    story = office.story()
    there = roads.out(office, [story])
    submit(there.desk, story.id, by=there["li"], signer=signer)
    return story, roads.back(there)


def test_a_key_that_is_retired_after_the_plan_was_made(office: Office, roads: Roads) -> None:
    signer = Signer.of(private := ed25519.new_private())
    signing_keys.enrol(office.desk, office["li"], by=office["sun"], public=ed25519.public_of(private))
    story, path = signed_away(office, roads, signer)
    refused(office, path, lambda: signing_keys.retire(office.desk, office["li"], by=office["sun"], reason=KeyEnd.LOST))
    assert office.open(story).signoffs == ()
    assert [v.kept for one in planned(office, path).stories for v in one.effect.verdicts] == [Kept.SIGNATURE]
    home(office, path)
    assert office.open(story).situation.standing.valid == {}


@pytest.mark.parametrize("what", ["demand", "source", "person", "key"])
def test_what_a_sign_off_rests_on(office: Office, roads: Roads, what: str) -> None:
    story, path = signed_away(office, roads)
    segment = office.segments(story)[1]
    public = ed25519.public_of(ed25519.new_private())
    happens: dict[str, Callable[[], object]] = {
        "demand": lambda: signing_keys.demand(office.desk, on=True, by=office["sun"]),
        "source": lambda: take_in_source(
            office.desk, story.id, source_of_part(segment.id, segment.source + "新。"), by=office["li"]
        ),
        "person": lambda: add_person(office.desk, "GUO Lan", roles=[Role.REVISER], by=office["zhao"]),
        "key": lambda: signing_keys.enrol(office.desk, office["li"], by=office["sun"], public=public),
    }
    refused(office, path, happens[what])


def test_one_file_carried_out_from_two_plans(office: Office, roads: Roads) -> None:
    story, path = signed_away(office, roads)
    refused(office, path, lambda: home(office, path))
    assert len(office.open(story).signoffs) == 1


def test_a_file_that_only_said_what_stands_here_comes_home_once(office: Office, roads: Roads) -> None:
    """Nothing of it touches the story, so that the story does not tell."""
    story = office.story()
    there = roads.out(office, [story])
    path = roads.back(there)
    refused(office, path, lambda: home(office, path))


def test_a_comment_that_is_deleted_after_the_plan_was_made_stays_deleted(office: Office, roads: Roads) -> None:
    story = office.story()
    made = comment(office.desk, story.id, "1", "Is this his title?", by=office["li"])
    there = roads.out(office, [story])
    reply(there.desk, made.comment.id, "It is.", by=there["li"])
    refused(office, roads.back(there), lambda: delete(office.desk, made.comment.id, by=office["li"]))


def test_a_comment_that_was_deleted_here_does_not_come_back(office: Office, roads: Roads) -> None:
    story = office.story()
    made = [comment(office.desk, story.id, "1", said, by=office["li"]) for said in ("One.", "Two.", "Three.")]
    there = roads.out(office, [story])
    there.write(story, "Written away.", by="li")
    fresh = comment(there.desk, story.id, "2", "New.", by=there["li"])
    for one in made[:2]:
        delete(office.desk, one.comment.id, by=office["li"])
    (plan,) = planned(office, roads.back(there)).stories
    assert [one.id for one in plan.comments] == [fresh.comment.id]


def test_a_name_that_another_story_took_meanwhile(office: Office, roads: Roads) -> None:
    there = roads.out(office, [office.story()])
    there.story(slug="begun-away")
    refused(office, roads.back(there), lambda: office.story(slug="begun-away"))


# Pictures


def with_picture(office: Office, roads: Roads, folder: Path, colour: tuple[int, int, int]) -> tuple[Story, Path, Path]:
    photograph = folder / "gate.jpg"
    Image.new("RGB", (64, 48), colour).save(photograph, quality=90)
    story = office.story()
    there = roads.out(office, [story])
    added = take_in(there.desk, [photograph], by=there["li"]).pictures[0].picture
    block = there.open(story).story.content.blocks[-1]
    assert block.placement is not None
    edit_story(there.desk, story.id, [SetPlacement(block.id, placed(added, block.placement))], by=there["li"])
    return story, roads.back(there), photograph


def originals(office: Office) -> list[Path]:
    return sorted(path for path in (office.desk.archive.folder / "originals").rglob("*") if path.is_file())


def test_no_master_is_left_of_what_was_refused(office: Office, roads: Roads, tmp_path: Path) -> None:
    story, path, _ = with_picture(office, roads, tmp_path, (200, 30, 30))
    refused(office, path, lambda: office.write(story, "Written here meanwhile.", by="li", at=3))
    assert originals(office) == []
    home(office, path)
    assert len(originals(office)) == 1
    assert verify(office.desk).problems == ()


def test_no_master_is_left_of_what_was_stopped(office: Office, roads: Roads, tmp_path: Path) -> None:
    _, path, _ = with_picture(office, roads, tmp_path, (200, 30, 30))
    steps: list[int] = []

    def check() -> None:
        if steps:
            raise CancelledError(N_("stopped"))

    file = open_home(office.desk, path)
    plan = plan_home(office.desk, file, by=office["sun"])
    with pytest.raises(CancelledError):
        bring_home(office.desk, plan, by=office["sun"], progress=Progress(lambda done, _all: steps.append(done), check))
    file.close()
    assert (steps, originals(office)) == ([1], [])


def test_a_picture_that_was_taken_in_here_meanwhile(office: Office, roads: Roads, tmp_path: Path) -> None:
    _, path, photograph = with_picture(office, roads, tmp_path, (200, 30, 30))
    refused(office, path, lambda: pictures.add_pictures(office.desk, [photograph], by=office["sun"]))
    home(office, path)
    assert len(pictures.list_pictures(office.desk)) == 1


# Reading


def test_a_person_can_stop_while_the_stories_of_a_package_are_read(office: Office, roads: Roads) -> None:
    path = send(office, [office.story() for _ in range(3)], roads.file())
    asked: list[int] = []
    with path.open("rb") as file, OpenContainer(file, path.name, check=lambda: asked.append(1)):
        opening = len(asked)

    def stop() -> None:
        asked.append(1)
        if len(asked) == 2 * opening + 2:
            raise CancelledError(N_("stopped"))

    with pytest.raises(CancelledError):
        PACKAGE.read(office.desk, path, Progress(SILENT.report, stop))
