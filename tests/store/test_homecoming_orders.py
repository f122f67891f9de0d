"""Whatever happens at home between one homecoming and the next, a plan is made, nothing is lost, and verify is content.

Files of every kind go out, from one story and at different times: packages that are worked in and signed away, a
translation in XLIFF, a review document. Meanwhile the story is dropped and taken up, signed, taken back and returned,
and keys are retired. What is refused is refused in words.
"""

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from journeys import Roads, back, home, planned, text
from office import Office
from word_hands import edited, run, saying

from desktop_app.desk import signing_keys
from desktop_app.desk.desk import Desk
from desktop_app.desk.exporting import export
from desktop_app.desk.open_conflicts import open_conflicts, take_conflict
from desktop_app.desk.signatures import Signer
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.desk.workflow import sign, submit
from desktop_app.domain.homecoming import Kept
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.statements import KeyEnd
from desktop_app.domain.story import Story, StoryState
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.store.archive import Archive


@pytest.fixture
def roads(tmp_path: Path) -> Roads:
    return Roads(tmp_path)


def exported(office: Office, story: Story, roads: Roads, kind: str) -> Path:
    (file,) = export(office.desk, [story.id], kind, roads.file(), draft=True, by=office["sun"])
    return file.path


def as_translated(path: Path, roads: Roads, old: str, new: str) -> Path:
    data = path.read_bytes()
    assert old.encode() in data
    made = roads.file()
    made.write_bytes(data.replace(old.encode(), new.encode()))
    return made


def reviewed(office: Office, story: Story, path: Path, at: int, words: str) -> None:
    """Let somebody write words in a review document, without marking them as a change."""
    path.write_bytes(edited(path.read_bytes(), saying(office.segments(story)[at].id, run(words))))


def keyed(office: Office, name: str) -> Signer:
    signer = Signer.of(private := ed25519.new_private())
    signing_keys.enrol(office.desk, office[name], by=office["sun"], public=ed25519.public_of(private))
    return signer


def retired(office: Office, name: str) -> None:
    signing_keys.retire(office.desk, office[name], by=office["sun"], reason=KeyEnd.LOST)


def dropped_and_home(office: Office, roads: Roads, story: Story, signed: list[Path]) -> None:
    """A signed package comes home while the story is dropped: its sign-off is kept, and no other file knows it."""
    office.act(story, "drop", "wang")
    for path in signed:
        home(office, path)
    office.act(story, "restore", "wang")


@pytest.mark.parametrize("kind", ["xliff", "docx-review", "package"])
def test_a_file_comes_home_after_a_sign_off_that_it_does_not_know(office: Office, roads: Roads, kind: str) -> None:
    story = office.story()
    other = roads.out(office, [story], to="sun") if kind == "package" else None
    path = exported(office, story, roads, kind) if other is None else roads.file()
    there = roads.out(office, [story])
    there.through(story, ["li:submit"])
    dropped_and_home(office, roads, story, [roads.back(there)])
    if other is not None:
        other.write(story, "New.", by="sun", at=3)
        path = back(other, path, by="sun")
    elif kind == "xliff":
        path = as_translated(path, roads, "Paragraph 1, one.", "New.")
    else:
        reviewed(office, story, path, 3, "New.")
    (one,) = planned(office, path).stories
    assert (one.effect.applied, one.effect.back) == (1, ())
    home(office, path)
    assert text(office, story, 3) == "New."
    assert [signoff.kept for signoff in office.open(story).signoffs] == ["state"]
    assert verify(office.desk).problems == ()


def test_a_sign_off_whose_key_was_retired_meanwhile_is_kept_with_the_true_reason(office: Office, roads: Roads) -> None:
    story, signer = office.story(), keyed(office, "li")
    translated = as_translated(exported(office, story, roads, "xliff"), roads, "Paragraph 1, one.", "New.")
    there = roads.out(office, [story])
    submit(there.desk, story.id, by=office["li"], signer=signer)
    path = roads.back(there)
    retired(office, "li")
    (one,) = planned(office, path).stories
    (verdict,) = one.effect.verdicts
    assert verdict.kept is Kept.SIGNATURE
    assert "was retired here before it came home" in str(verdict.reason)
    home(office, path)
    home(office, translated)
    assert text(office, story, 3) == "New."
    assert verify(office.desk).problems == ()


@pytest.mark.parametrize(
    ("seed", "rounds"), [(1, 3), (2, 3), *(pytest.param(seed, 30, marks=pytest.mark.proof) for seed in range(3, 12))]
)
def test_any_order_of_files_and_of_acts_at_home(office: Office, roads: Roads, seed: int, rounds: int) -> None:
    chance = random.Random(seed)
    signer, active = keyed(office, "chen"), True
    for number in range(rounds):
        story = office.story(slug=f"order-{number}")
        written = _files(office, roads, story, chance, signer if active else None)
        told = []
        while written:
            if active and chance.random() < 0.1:
                retired(office, "chen")
                active = False
            act = chance.choice(_ACTS)
            with suppress(NotAllowedError):  # a guard says no in words; nothing happened then
                act(office, story)
            words, path = written.pop(chance.randrange(len(written)))
            plan = planned(office, path)
            assert plan.nothing is None
            assert plan.stories[0].refusal is None
            assert bool(plan.conflicts) <= (not plan.is_all_in)
            before = office.open(story).story.state
            home(office, path)
            after = office.open(story).story.state
            assert after is plan.stories[0].effect.state
            assert (after is StoryState.APPROVED) == (before is StoryState.APPROVED) or not plan.conflicts
            told.append(words)
            assert planned(office, path).nothing is not None
        _is_all_there(office, story, told)
        for number_of, one in enumerate(open_conflicts(office.desk, story.id)):
            with suppress(NotAllowedError):
                take_conflict(office.desk, one.id, (Side.THEIRS, Side.OURS)[number_of % 2], by=office["li"])
    assert verify(office.desk).problems == ()


def _files(
    office: Office, roads: Roads, story: Story, chance: random.Random, signer: Signer | None
) -> list[tuple[str, Path]]:
    """Five files that come home, with the words that each brings."""
    found = []
    for name, at in (("li", 1), ("chen", 1), ("sun", 2)):
        there = roads.out(office, [story], to=name)
        there.write(story, f"Away {name}.", by="li", at=at)
        if chance.random() < 0.6:
            there.through(story, ["li:submit"])
        if name != "li" and chance.random() < 0.6:
            with suppress(NotAllowedError):  # nothing to review
                there.through(story, ["chen:claim"])
                sign(there.desk, story.id, step=None, by=office["chen"], signer=signer)
        found.append((f"Away {name}.", roads.back(there)))
    xliff = exported(office, story, roads, "xliff")
    found.append(("By tool.", as_translated(xliff, roads, "Paragraph 1, one.", "By tool.")))
    document = exported(office, story, roads, "docx-review")
    reviewed(office, story, document, 4, "By Word.")
    return [*found, ("By Word.", document)]


def _act(*steps: str) -> Callable[[Office, Story], None]:
    return lambda office, story: office.through(story, steps)


_ACTS = (
    _act(), _act("wang:drop"), _act("wang:restore"), _act("li:submit"), _act("li:recall"), _act("li:withdraw"),
    _act("chen:claim", "chen:sign"), _act("chen:withdraw"), _act("chen:claim", "chen:return"), _act("zhao:sign"),
    _act("li:submit", "chen:claim", "chen:sign", "zhao:sign"), _act("zhao:withdraw"), _act("chen:claim"),
)  # fmt: skip


def _is_all_there(office: Office, story: Story, told: list[str]) -> None:
    """Each word that came home stands, stood, or waits."""
    stands = {segment.target for segment in office.segments(story)}
    stands |= {one.text for one in wordings(office.desk, story.id)}
    stands |= {one.theirs for one in open_conflicts(office.desk, story.id)}
    assert [words for words in told if not any(words in text for text in stands)] == []


# A small archive in two places


def twin(there: Office, folder: Path) -> Office:
    """The small archive's folder, copied."""
    shutil.copytree(there.desk.folder, folder)
    desk = there.desk
    archive = Archive(folder, now=desk.now, new_id=desk.new_id, account="twin")
    return Office(Desk(archive, desk.now, desk.new_id), there.people)


def test_two_copies_of_one_small_archive_both_come_home(office: Office, roads: Roads) -> None:
    story = office.story()
    one = roads.out(office, [story])
    one.write(story, "Before the copy.", by="li", at=0)
    other = twin(one, roads.folder())
    one.write(story, "In the one.", by="li", at=1)
    other.write(story, "In the other.", by="li", at=2)
    first, second = back(one, roads.file()), back(other, roads.file())
    home(office, first)
    plan = planned(office, second)
    assert (plan.nothing, plan.file.edition) == (None, 1)
    home(office, second)
    assert [text(office, story, at) for at in (0, 1, 2)] == ["Before the copy.", "In the one.", "In the other."]
    one.write(story, "Later in the one.", by="li", at=3)
    other.write(story, "Later in the other.", by="li", at=4)
    for place in (one, other, one):
        home(office, back(place, roads.file()))
    assert [text(office, story, at) for at in (1, 2, 3, 4)] == [
        "In the one.", "In the other.", "Later in the one.", "Later in the other.",
    ]  # fmt: skip
    assert open_conflicts(office.desk) == ()
    assert verify(office.desk).problems == ()


def test_a_lower_edition_of_a_copy_is_not_taken_for_an_older_one(office: Office, roads: Roads) -> None:
    story = office.story()
    one = roads.out(office, [story])
    other = twin(one, roads.folder())
    one.write(story, "In the one.", by="li", at=1)
    older = back(one, roads.file())
    one.write(story, "More in the one.", by="li", at=3)
    home(office, back(one, roads.file()))
    other.write(story, "In the other.", by="li", at=1)
    home(office, back(other, roads.file()))
    (asked,) = open_conflicts(office.desk)
    assert (asked.mine, asked.theirs) == ("In the one.", "In the other.")
    assert "newer" in str(planned(office, older).nothing).lower()


def test_what_waits_of_one_place_is_not_replaced_by_that_of_another(office: Office, roads: Roads) -> None:
    story = office.story()
    one = roads.out(office, [story])
    other = twin(one, roads.folder())
    office.write(story, "Here.", by="sun")
    for place, words in ((one, "In the one."), (other, "In the other.")):
        place.write(story, words, by="li")
        home(office, back(place, roads.file()))
    assert {asked.theirs for asked in open_conflicts(office.desk)} == {"In the one.", "In the other."}


def test_the_same_work_packed_twice_is_known(office: Office, roads: Roads) -> None:
    story = office.story()
    one = roads.out(office, [story])
    one.write(story, "In the one.", by="li")
    other = twin(one, roads.folder())
    home(office, back(one, roads.file()))
    assert "came home already" in str(planned(office, back(other, roads.file())).nothing)


def test_a_story_begun_away_goes_on_there_after_it_came_home(office: Office, roads: Roads) -> None:
    there = roads.out(office, [office.story()])
    begun = there.story(slug="begun-away")
    home(office, back(there, roads.file()))
    other = twin(there, roads.folder())
    there.write(begun, "Later.", by="li", at=1)
    office.write(begun, "Here.", by="li", at=3)
    home(office, back(there, roads.file()))
    assert [text(office, begun, at) for at in (1, 3)] == ["Later.", "Here."]
    other.write(begun, "In the other.", by="li", at=1)
    home(office, back(other, roads.file()))
    assert [text(office, begun, at) for at in (1, 3)] == ["Later.", "Here."]
    assert {one.theirs for one in open_conflicts(office.desk, begun.id)} == {"In the other.", "Paragraph 1, one."}
    assert verify(office.desk).problems == ()
