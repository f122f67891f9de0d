"""Random work on three machines comes home through real packages: nothing is lost, and order does not matter.

One archive holds many stories, each with a history of its own, so that one journey tries them all.
"""

import random
import shutil
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from journeys import Roads, away, home, send
from office import Office, counting, ticking
from random_acts import Office as RandomWork

from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.desk import Desk, account_name
from desktop_app.desk.editing import edit_story
from desktop_app.desk.homecoming import open_home, plan_home
from desktop_app.desk.open_conflicts import open_conflicts, take_conflict
from desktop_app.desk.verification import verify
from desktop_app.domain.digest import content_digest, source_digest
from desktop_app.domain.merging.applying import edits_of
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.merging.comparing import compare, field_text
from desktop_app.domain.records import Version
from desktop_app.domain.story import Content, Languages, Story, StoryState, VersionNumber
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.store import history
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Archive

FIELDS = ("caption-zh", "caption-en", "alt-zh", "alt-en", "credit", "rights")
LANGUAGES = Languages()


def plain(content: Content) -> Content:
    """The text with pictures that are known by their file names alone, and facts that no act of a desk changes."""
    blocks = (
        replace(block, placement=replace(block.placement, picture=None, payload=None)) if block.placement else block
        for block in content.blocks
    )
    return replace(content, blocks=tuple(blocks))


def write_stories(office: Office, chance: random.Random, count: int) -> list[Story]:
    stories = []
    with office.desk.archive.write() as unit:
        for number in range(count):
            content = plain(RandomWork(chance, f"b{number}z").story(chance.randint(1, 3)))
            content = replace(content, source_digest=source_digest(content))
            story = Story(unit.new_id(), f"story-{number}", content, StoryState.DRAFTING)
            story_store.add(unit.session, story, at=unit.at)
            version = Version(VersionNumber(), content_digest(content), unit.at, None, "imported")
            history.add_version(unit.session, story.id, content, version, identity=unit.new_id())
            stories.append(story)
        unit.record("stories imported", stories=[story.id for story in stories])
    return stories


def work(office: Office, stories: list[Story], chance: random.Random, name: str, acts: tuple[int, ...]) -> None:
    """Do random things to each story, as edits at a desk."""
    for number, story in enumerate(stories):
        now = office.open(story).story.content
        wanted = RandomWork(chance, f"{name}{number}z").work(now, chance.choice(acts))
        facts = {fact: getattr(now, fact) for fact in ("byline", "dateline", "topics")}
        wanted = replace(plain(wanted), **facts)
        edits = edits_of(compare(now, now, wanted, LANGUAGES))
        edit_story(office.desk, story.id, edits, by=office["li"])


def copied(office: Office, folder: Path, number: int) -> Office:
    """The house as it is, on a disk of its own."""
    shutil.copytree(office.desk.folder, folder)
    now, ids = ticking(), counting(number * 1_000_000_000)
    archive = Archive(folder, now=lambda: now().replace(year=2030), new_id=ids, account=account_name())
    return Office(Desk(archive, lambda: now().replace(year=2030), ids), office.people)


def words(content: Content) -> Counter[str]:
    texts = [segment.target for segment in content.segments()]
    for place in content.placements():
        texts += [place.file.removesuffix(".jpg"), *(field_text(place, field) for field in FIELDS)]
    return Counter(word.strip(".").lower() for text in texts for word in text.split())


def waiting_words(office: Office, story: Story) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in open_conflicts(office.desk, story.id):
        sides = [one.change.base, one.change.ours, one.change.theirs]
        for text in (one.base, one.mine, one.theirs, *map(repr, sides)):
            found.update(word.strip(".'\",()=").removesuffix(".jpg").lower() for word in text.split())
            found.update(part.lower() for part in text.replace("'", " ").replace(".", " ").split())
    return found


def contents(office: Office, stories: list[Story]) -> list[Content]:
    return [office.open(story).story.content for story in stories]


@pytest.mark.parametrize(
    ("seed", "count"), [(1, 30), *(pytest.param(seed, 60, marks=pytest.mark.proof) for seed in range(2, 22))]
)
def test_random_work_on_three_machines_comes_home(office: Office, tmp_path: Path, seed: int, count: int) -> None:
    chance, roads = random.Random(seed), Roads(tmp_path)
    stories = write_stories(office, chance, count)
    before = contents(office, stories)
    there = [away(office, send(office, stories, roads.file(), to=name), roads.folder()) for name in ("li", "sun")]
    for place, name in zip(there, "qr", strict=True):
        work(place, stories, chance, name, (0, 1, 1, 2, 4))
    work(office, stories, chance, "p", (0, 0, 1, 2))
    written = [contents(place, stories) for place in (office, *there)]
    paths = [roads.back(place) for place in there]
    office.desk.close()
    ends = []
    for order, number in (((0, 1), 1), ((1, 0), 2)):
        house = copied(office, roads.folder(), number)
        for at in order:
            home(house, paths[at])
            _comes_home_once(house, paths[at])
        ends.append((contents(house, stories), [waiting_words(house, story) for story in stories]))
        _nothing_lost(before, written, *ends[-1])
        asked = {one.story for one in open_conflicts(house.desk)}
        ends[-1] = (*ends[-1], asked)  # type: ignore[assignment]
        _decide_all(house)
        assert verify(house.desk).problems == ()
        house.desk.close()
    one, other = ends
    free = [n for n, story in enumerate(stories) if story.id not in one[2] | other[2]]  # type: ignore[misc]
    assert count // 3 < len(free) < count, "some were asked about, most were not"
    assert [content_digest(one[0][n]) for n in free] == [content_digest(other[0][n]) for n in free]


def _nothing_lost(
    before: list[Content], written: list[list[Content]], now: list[Content], waits: list[Counter[str]]
) -> None:
    for number, base in enumerate(before):
        was = words(base)
        new = Counter[str]()
        for side in written:
            new |= words(side[number]) - was
        lost = set(new) - set(words(now[number])) - set(waits[number]) - {""}
        assert not lost, f"story {number}: {lost} neither stands nor waits"


def _comes_home_once(house: Office, path: Path) -> None:
    """The same file brings nothing; nor would the same work in another file."""
    file = open_home(house.desk, path)
    assert not plan_home(house.desk, file, by=house["sun"]).changes_anything
    name = sha256(file.head.encode()).hexdigest()
    other = replace(file, sha256=name, edition=file.edition + 1, head=name)
    plan = plan_home(house.desk, other, by=house["sun"])
    file.close()
    assert (plan.nothing, plan.applied, plan.conflicts) == (None, 0, 0)
    assert bring_home(house.desk, plan, by=house["sun"]).applied == 0


def _decide_all(house: Office) -> None:
    """Every change that waits can be decided, and is no more then."""
    for number, one in enumerate(open_conflicts(house.desk)):
        try:
            take_conflict(house.desk, one.id, Side.THEIRS if number % 2 else Side.OURS, by=house["li"])
        except NotAllowedError:
            take_conflict(house.desk, one.id, Side.OURS, by=house["li"])
    assert open_conflicts(house.desk) == ()
