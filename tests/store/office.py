"""An office for tests: an archive on disk with five people, a clock that ticks a second a look, and ids in order."""

import itertools
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from desktop_app.desk import correcting, editing, handing_on, publishing, workflow
from desktop_app.desk.desk import Changes, Desk, account_name, create_desk
from desktop_app.desk.people import add_person, list_people
from desktop_app.desk.stories import StoryFile, open_story
from desktop_app.domain.digest import content_digest, source_digest
from desktop_app.domain.edits import SetSegment, set_target
from desktop_app.domain.people import Person, Role
from desktop_app.domain.records import Version
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Placement,
    Segment,
    SegmentStatus,
    Story,
    StoryState,
    VersionNumber,
)
from desktop_app.store import history
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Archive

PEOPLE: dict[str, tuple[str, str, tuple[Role, ...]]] = {
    "li": ("LI Wei", "李蔚", (Role.TRANSLATOR,)),
    "sun": ("SUN Yue", "孙越", (Role.TRANSLATOR, Role.ARCHIVIST)),
    "wang": ("WANG Min", "王敏", (Role.REVISER,)),
    "chen": ("CHEN Bo", "陈博", (Role.REVISER, Role.TRANSLATOR)),
    "zhao": ("ZHAO Qi", "赵琦", (Role.EDITOR,)),
}
_generations = itertools.count(1)


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second each time somebody looks."""
    seconds = itertools.count()
    start = datetime(2024, 1, 29, 8, 0, tzinfo=UTC)
    return lambda: start + timedelta(seconds=next(seconds))


def counting(start: int = 1) -> Callable[[], str]:
    """Ids in the form of a UUIDv7, in order."""
    numbers = itertools.count(start)
    return lambda: f"018d5000-0000-7000-8000-{next(numbers):012x}"


@dataclass
class Office:
    """The archive's desk and the people by their short names."""

    desk: Desk
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def founded(cls, folder: Path, policy: str = "draft-revision") -> "Office":
        desk = create_desk(folder, policy=policy, now=ticking(), ids=counting())
        people = {key: add_person(desk, n, zh=zh, roles=roles)[0] for key, (n, zh, roles) in PEOPLE.items()}
        return cls(desk, people)

    @classmethod
    def moved(cls, template: Path, folder: Path) -> "Office":
        """The office of a closed archive, in a copy of its own: quicker than founding one."""
        shutil.copytree(template, folder)
        now, ids = ticking(), counting(next(_generations) * 1_000_000)
        desk = Desk(Archive(folder, now=now, new_id=ids, account=account_name(), busy_ms=200), now, ids)
        by_name = {person.name: person for person in list_people(desk)}
        return cls(desk, {key: by_name[name] for key, (name, _, _) in PEOPLE.items()})

    def __getitem__(self, key: str) -> Person:
        return self.people[key]

    def content(self, paragraphs: int = 2, *, translated: bool = True) -> Content:
        new_id = self.desk.new_id

        def segment(source: str, target: str) -> Segment:
            status = SegmentStatus.DRAFT if translated else SegmentStatus.UNTRANSLATED
            return Segment(new_id(), source, target if translated else "", status)

        blocks = [Block(new_id(), BlockKind.HEADLINE, (segment("北京大学迎来新学期", "Peking University Opens"),))]
        for n in range(paragraphs):
            first = segment(f"第{n}段第一句。", f"Paragraph {n}, one.")
            second = segment(f"第{n}段第二句。", f"Paragraph {n}, two.")
            blocks.append(Block(new_id(), BlockKind.PARAGRAPH, (first, second)))
        place = Placement("1.jpg", caption=Bilingual("校门前的学生", "Students at the gate" if translated else ""))
        blocks.append(Block(new_id(), BlockKind.PICTURE, placement=place))
        content = Content(tuple(blocks), byline=("LI Wei",), dateline="BEIJING", topics=("University News",))
        return replace(content, source_digest=source_digest(content))

    def story(
        self, *, by: str | None = "li", policy: str = "", paragraphs: int = 2, translated: bool = True, slug: str = ""
    ) -> Story:
        """Write a story as an import does."""
        desk, drafter = self.desk, self.people[by].id if by else None
        content = self.content(paragraphs, translated=translated)
        identity = desk.new_id()
        story = Story(
            identity,
            slug or f"story-{identity[-6:]}",
            content,
            state=StoryState.DRAFTING if translated else StoryState.SOURCED,
            policy=policy or desk.house().policy,
            policy_version=1 if policy else desk.house().policy_version,
            drafter=drafter,
        )
        with desk.archive.write() as unit:
            story_store.add(unit.session, story, at=unit.at)
            version = Version(VersionNumber(), content_digest(content), unit.at, drafter, "imported")
            history.add_version(unit.session, story.id, content, version, identity=unit.new_id())
            unit.record("stories imported", person=drafter, story=story.id, stories=[story.id])
        return story

    def open(self, story: Story) -> StoryFile:
        return open_story(self.desk, story.id)

    def segments(self, story: Story) -> list[Segment]:
        return list(self.open(story).story.content.segments())

    def write(self, story: Story, text: str, *, by: str | None = "li", at: int = 1) -> Changes:
        """Type ``text`` into one segment."""
        person = self.people[by] if by else None
        return editing.edit_story(self.desk, story.id, [set_target(self.segments(story)[at], text)], by=person)

    def lock(self, story: Story, at: int = 1, *, locked: bool = True) -> None:
        segment = self.segments(story)[at]
        edit = SetSegment(segment.id, segment.target, segment.status, locked)
        editing.edit_story(self.desk, story.id, [edit], by=self["li"])

    def through(self, story: Story, steps: Sequence[str]) -> None:
        """Let people do things in turn, each written ``person:action``."""
        for step in steps:
            person, _, action = step.partition(":")
            self.act(story, action, person)

    def act(self, story: Story, action: str, person: str) -> Changes:
        """Do one thing of the workflow."""
        by, desk = self[person], self.desk
        acts: dict[str, Callable[[], Changes]] = {
            "edit": lambda: self.write(story, f"Typed by {person} at {desk.now():%H:%M:%S}.", by=person),
            "submit": lambda: workflow.submit(desk, story.id, by=by),
            "claim": lambda: workflow.claim(desk, story.id, by=by),
            "sign": lambda: workflow.sign(desk, story.id, step=None, by=by),
            "return": lambda: workflow.give_back(desk, story.id, by=by, note="Please look at the names again."),
            "unclaim": lambda: handing_on.unclaim(desk, story.id, by=by, note="Somebody else has the time."),
            "recall": lambda: handing_on.recall(desk, story.id, by=by),
            "hand to chen": lambda: handing_on.reassign(
                desk, story.id, to=self["chen"], by=by, note="Somebody is away."
            ),
            "withdraw": lambda: workflow.withdraw(desk, story.id, by=by, note="I overlooked something."),
            "release": lambda: publishing.release(desk, story.id, by=by),
            "correct": lambda: correcting.correct(desk, story.id, by=by, note="A name was wrong."),
            "unpublish": lambda: publishing.unpublish(desk, story.id, by=by),
            "drop": lambda: publishing.drop(desk, story.id, by=by, note="It is no news any more."),
            "restore": lambda: publishing.restore_dropped(desk, story.id, by=by, note="It is news again."),
            "kill": lambda: publishing.kill(desk, story.id, by=by, note="It must not be seen again."),
        }
        sign_step = partial(workflow.sign, desk, story.id, step=action, by=by)
        return acts.get(action, sign_step)()
