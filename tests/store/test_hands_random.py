"""Nobody whose words stand in a draft is ever let through to review it, whatever way anybody's words came in.

Every act of writing puts in a word of its own, so that the text itself tells whose words stand in it. The program's
book of hands is not looked at: its guards are asked.
"""

import contextlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import PEOPLE, Office
from test_four_eyes import another_office

from desktop_app.desk import publishing, source_changes
from desktop_app.desk.bringing_home import bring_home
from desktop_app.desk.editing import edit_story
from desktop_app.desk.homecoming import plan_home
from desktop_app.desk.open_conflicts import open_conflicts, take_conflict
from desktop_app.desk.replacing import Pick, replace_in_archive, undo_replacement
from desktop_app.desk.restoring import restore_version
from desktop_app.desk.returning import ReturnedFile, Returning
from desktop_app.desk.stories import StoryFile, open_version, story_history
from desktop_app.desk.verification import verify
from desktop_app.domain.edits import (
    InsertBlock,
    RemoveBlock,
    ReplaceSegments,
    SetPlacement,
    apply,
    has_source,
    join_segments,
    set_target,
    split_segment,
)
from desktop_app.domain.merging.changes import Side
from desktop_app.domain.merging.deciding import Written
from desktop_app.domain.policy import StepKind
from desktop_app.domain.publication import Judgement
from desktop_app.domain.story import (
    Bilingual,
    Block,
    BlockKind,
    Content,
    Languages,
    Placement,
    Segment,
    SegmentStatus,
    StoryState,
)
from desktop_app.domain.workflow import DRAFT, may_be_assigned, may_claim, may_sign, may_take_over
from desktop_app.foundation.errors import KnownError

_WORD = re.compile(r"Qx(\d+)z")
_REOPENS = {"reopen"}  # puts in words of others, and none of the one who does it


class House:
    """One story, everybody who works on it, and a list of who put in which word."""

    def __init__(self, office: Office) -> None:
        self.office, self.story = office, office.story(by="li")
        self.count = 0
        self.writers: dict[int, set[str]] = defaultdict(set)
        self.drafted: set[int] = set()  # words that came in while the draft was open
        self.sourced: set[int] = set()  # words of the Chinese, but what somebody wrote in their own review

    @property
    def file(self) -> StoryFile:
        return self.office.open(self.story)

    def word(self, *writers: str) -> str:
        self.count += 1
        self.writers[self.count] = {self.office[one].id for one in writers}
        return f"Qx{self.count}z"

    # Acts

    def segment(self, at: int) -> Segment:
        found = [one for one in self.office.segments(self.story) if one.source]
        return found[at % len(found)]

    def paragraph(self, at: int) -> Block:
        found = [one for one in self.file.story.content.blocks if len(one.segments) > 1] or [
            one for one in self.file.story.content.blocks if one.segments
        ]
        return found[at % len(found)]

    def picture(self) -> tuple[str, Placement] | None:
        for block in self.file.story.content.blocks:
            if block.placement is not None:
                return block.id, block.placement
        return None

    def do(self, action: str, person: str, at: int) -> None:  # noqa: PLR0912 - one case an act
        desk, name, by = self.office.desk, self.story.id, self.office[person]
        edit = lambda *edits: edit_story(desk, name, list(edits), by=by)  # noqa: E731 - a short name
        segment, block = self.segment(at), self.paragraph(at)
        match action:
            case "type":
                edit(set_target(segment, f"{segment.target} {self.word(person)}"))
            case "rub out":
                edit(set_target(segment, "Nothing much."))
            case "split":
                edit(ReplaceSegments(block.id, (*self._cut(block.segments[0]), *block.segments[1:])))
            case "type and split":
                first, *rest = self._cut(replace(block.segments[0], target=f"Words {self.word(person)} and more."))
                edit(
                    set_target(block.segments[0], "Half typed."),
                    ReplaceSegments(block.id, (first, *rest, *block.segments[1:])),
                )
            case "join" if len(block.segments) > 1:
                joined = join_segments(*block.segments[:2], Languages())
                edit(ReplaceSegments(block.id, (joined, *block.segments[2:])))
            case "caption" if (found := self.picture()) is not None:
                edit(SetPlacement(found[0], replace(found[1], caption=Bilingual("图", self.word(person)))))
            case "paste picture":
                place = Placement(f"{self.count}.jpg", alt=Bilingual("", self.word(person)))
                edit(InsertBlock(Block(desk.new_id(), BlockKind.PICTURE, placement=place), None))
            case "put in":
                line = Segment(desk.new_id(), "", self.word(person), SegmentStatus.DRAFT)
                edit(InsertBlock(Block(desk.new_id(), BlockKind.PARAGRAPH, (line,)), None))
            case "take out":
                free = [one for one in self.file.story.content.blocks if not has_source(one)]
                edit(*(RemoveBlock(one.id) for one in free[:1]))
            case "replace":
                pick = Pick(name, segment.id, "target", segment.target, f"{segment.target} {self.word(person)}")
                replace_in_archive(desk, [pick], by=by, signed=True)
            case "undo replacement":
                undo_replacement(desk, by=by, signed=True)
            case "restore version":
                known = story_history(desk, name)[0]
                restore_version(desk, name, str(known[at % len(known)].number), by=by, signed=True)
            case "came":
                self._come_home(segment, person, PEOPLE_IN_ORDER[at % len(PEOPLE_IN_ORDER)], named=at % 3 > 0)
            case "take theirs" | "take own":
                waits = open_conflicts(desk, name)
                words = (f"Own {self.word(person)}.",)
                if waits:
                    take_conflict(desk, waits[0].id, Side.THEIRS if "theirs" in action else Written(words), by=by)
            case "source":
                held = self.file.situation.holder == by.id
                word = self.word(person)
                source = source_changes.source_of_part(segment.id, f"{segment.source[:-1]}{word}。")
                source_changes.take_in(desk, name, source, by=by, note="Why.")
                self.sourced |= set() if held else {self.count}
            case "no effect" | "reopen":
                judged = Judgement.REOPEN if action == "reopen" else Judgement.NO_EFFECT
                source_changes.judge(desk, name, judged, by=by, note="Looked at.")
            case "emergency":
                publishing.release_early(desk, name, by=by, note="A storm.")
            case _:
                self.office.act(self.story, action, person)

    def _cut(self, segment: Segment) -> tuple[Segment, Segment]:
        places = len(segment.source) // 2, len(segment.target) // 2
        return split_segment(segment, self.office.desk.new_id(), *places, Languages())

    def _come_home(self, segment: Segment, person: str, author: str, *, named: bool) -> None:
        desk, content = self.office.desk, self.file.story.content
        word = self.word(person, *([author] if named else []))
        told = Returning(
            self.story.id, content, apply(content, set_target(segment, f"{segment.target} {word}")),
            author=self.office[author].id if named else None,
        )  # fmt: skip
        file = ReturnedFile("docx", "away.docx", sha256(word.encode()).hexdigest(), (told,))
        bring_home(desk, plan_home(desk, file, by=self.office[person]), by=self.office[person])

    # The list, and the guards

    def act(self, action: str, person: str, at: int) -> None:
        before = self.file
        with contextlib.suppress(KnownError):
            self.do(action, person, at)
        now = self.file
        came = words_in(now.story.content) - words_in(before.story.content)
        for word in came:
            if action not in _REOPENS:
                self.writers[word].add(self.office[person].id)
            if {before.story.state, now.story.state} & DRAFT:
                self.drafted.add(word)
        self._let_go(before, now)
        self.ask(now)

    def _let_go(self, before: StoryFile, now: StoryFile) -> None:
        """With a correction of what others have read, everything that was written until then is everybody's."""
        early = before.publication.emergency
        read = early is None or early.approved_by is not None
        if before.publication.correcting is None and now.publication.correcting is not None and read:
            waits = self.sourced - words_in(before.story.content)
            self.sourced = waits & words_in(now.story.content)
            self.drafted.clear()
            for word in self.writers.keys() - self.sourced:
                self.writers[word] = set()

    def ask(self, now: StoryFile) -> None:
        """None of those whose words stand in the draft may have its review."""
        at, step = now.situation, now.situation.open_step()
        signed = at.standing.valid.get(now.policy.steps[0].name)
        if now.story.state not in {StoryState.SUBMITTED, StoryState.IN_REVISION} or signed is None or step is None:
            return
        if step.kind is not StepKind.REVIEW:
            return
        draft = open_version(self.office.desk, self.story.id, str(signed.version))
        stand = (words_in(draft) & self.drafted) | (words_in(now.story.content) & self.sourced)
        writers = {writer for word in stand for writer in self.writers[word]}
        for key, person in self.office.people.items():
            if person.id in writers:
                assert may_claim(at, person) is not None, f"{key} may claim"
                assert may_sign(at, step, person) is not None, f"{key} may sign"
                assert may_take_over(at, person) is not None, f"{key} may take over"
                assert may_be_assigned(at, person) is not None, f"{key} may be given it"


def words_in(content: Content) -> set[int]:
    """The words that stand in a text, wherever its paragraphs are cut."""
    texts = ["".join(part) for block in content.blocks for part in _texts(block)]
    return {int(found) for text in texts for found in _WORD.findall("".join(text.split()))}


def _texts(block: Block) -> Iterator[list[str]]:
    yield [segment.target for segment in block.segments]
    yield [segment.source for segment in block.segments]
    if block.placement is not None:
        yield [block.placement.caption.en]
        yield [block.placement.alt.en]


PEOPLE_IN_ORDER = sorted(PEOPLE)
Deed = tuple[str, str, int]
WRITING = [
    "type", "rub out", "split", "type and split", "join", "caption", "paste picture", "put in", "take out", "replace",
    "undo replacement", "restore version", "came", "take theirs", "take own", "source",
]  # fmt: skip
GOING_ON = [
    "submit", "submit", "claim", "sign", "return", "unclaim", "recall", "withdraw", "hand to chen", "no effect",
    "reopen", "release", "correct", "emergency", "drop", "restore",
]  # fmt: skip
FAR = ["li:submit", "wang:sign", "zhao:sign", "zhao:release"]
AHEAD = [[], ["li:type", "li:submit"], ["li:submit"], ["li:submit", "wang:claim"], FAR[:2], FAR, [*FAR, "zhao:correct"]]

writing, going_on = st.sampled_from(WRITING), st.sampled_from(GOING_ON)
anybody, anywhere = st.sampled_from(PEOPLE_IN_ORDER), st.integers(0, 9)
begun = st.lists(st.tuples(writing, anybody, anywhere), max_size=6)
histories = st.lists(st.tuples(st.one_of(writing, going_on), anybody, anywhere), max_size=16)


def live(template: Path, ahead: list[str], first: list[Deed], plan: list[Deed]) -> None:
    with another_office(template) as office:
        house = House(office)
        for deed in first:
            house.act(*deed)
        for person, _, action in (step.partition(":") for step in ahead):
            house.act(action, person, 0)
        for deed in plan:
            house.act(*deed)
        drafter = next(key for key, one in office.people.items() if one.id == house.file.situation.drafter)
        house.act("type", drafter, 0)  # so that nobody else wrote last
        house.act("submit", drafter, 0)
        assert verify(office.desk).problems == ()


@settings(max_examples=10, deadline=None)
@given(ahead=st.sampled_from(AHEAD), first=begun, plan=histories)
def test_nobody_reviews_a_draft_in_which_their_words_stand(
    template: Path, ahead: list[str], first: list, plan: list
) -> None:
    live(template, ahead, first, plan)


@pytest.mark.proof
@settings(max_examples=600, deadline=None)
@given(ahead=st.sampled_from(AHEAD), first=begun, plan=histories)
def test_nobody_reviews_a_draft_in_which_their_words_stand_whatever_is_tried(
    template: Path, ahead: list[str], first: list, plan: list
) -> None:
    live(template, ahead, first, plan)
