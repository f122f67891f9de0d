"""Work that comes home: opened, and looked at in a plan before anything is written.

``open_home`` reads a file of any kind that carries stories home, ``plan_home`` says what each would change,
``decided`` (``desk.home_plan``) puts decisions into a plan, and ``bring_home`` (``desk.bringing_home``) carries it out.
What stays undecided is found with ``open_conflicts`` (``desk.open_conflicts``).
"""

from dataclasses import dataclass, replace

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.home_ground import House, Known, came_before, known_of
from desktop_app.desk.home_people import name_people
from desktop_app.desk.home_pictures import adopt_pictures
from desktop_app.desk.home_plan import Effect, HomePlan, PlannedStory, decided, effect_of
from desktop_app.desk.opening_home import open_home
from desktop_app.desk.returning import ReturnedFile, Returning
from desktop_app.domain.digest import content_digest
from desktop_app.domain.homecoming import WayIn, way_in
from desktop_app.domain.merging.changes import Change, Merge, SourceDiffersError
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.merging.partly import compare_partly
from desktop_app.domain.people import Person
from desktop_app.domain.story import Bilingual, Content, Languages, SegmentStatus, Story, StoryState
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import history as history_store
from desktop_app.store import homecoming as store
from desktop_app.store import stories as story_store
from desktop_app.store.models import StoryRow

__all__ = ["HomePlan", "PlannedStory", "decided", "open_home", "plan_home"]


def plan_home(desk: Desk, file: ReturnedFile, *, by: Person | None, progress: Progress = SILENT) -> HomePlan:
    """Look at what a file would change if ``by`` brought it home; nothing is written.

    Raises:
        InputRefusedError: it did not go out from this archive, or a story in it is none that can be merged.
        CancelledError: the person stopped it.
    """
    with desk.archive.read() as session:
        known = known_of(session, file)
        if isinstance(known, Message):
            before = came_before(session, file)
            return HomePlan(file, nothing=known, before=before.id if before is not None else "")
        named = name_people(session, file, desk.new_id)
        file = adopt_pictures(session, named.file)
        planner = _Planner(House(session, named.here, named.newcomers, by), file.name, known)
        planned = []
        for number, returning in enumerate(file.stories):
            progress.check()
            planned.append(planner.plan(returning))
            progress.report(number + 1, len(file.stories))
    return HomePlan(file, tuple(planned), named.newcomers, None, file.author)


@dataclass(frozen=True, slots=True)
class _Planner:
    """Plans the stories of one file, which is called ``name``."""

    house: House
    name: str
    known: Known

    def plan(self, returning: Returning) -> PlannedStory:
        """Plan one story."""
        row = self.house.session.get(StoryRow, returning.story)
        loan = self.known.loans.get(returning.story)
        if row is None:
            return self._without(returning)
        story = story_store.load(self.house.session, row.id)
        assert story is not None, "the row is there, so the story is"
        if self.known.lent and loan is None:
            raise _not_lent(self.name, story.slug)
        base = self._base(story, returning, loan)
        try:
            merge, apart = compare(base, story.content, returning.content, story.languages), tuple[Change, ...]()
        except SourceDiffersError:
            merge, apart = self._partly(story, base, returning)
        except InputRefusedError as error:
            error.subject = error.subject or story.slug
            raise
        return self._planned(row, story, returning, loan, merge, apart)

    def _base(self, story: Story, returning: Returning, loan: store.Lent | None) -> Content:
        """The text that both sides began from: what this archive knows, else what the file says."""
        if loan is None:
            return returning.base
        if not self.known.own_base:
            return loan.base
        if returning.begun is not None:
            return _no_ground(returning.content)
        if content_digest(returning.base) != loan.digest:
            raise InputRefusedError(
                N_("The text that it says it went out with is not the one that went out."),
                subject=self.name,
                place=story.slug,
                advice=N_("Have the package sent again."),
            )
        return returning.base

    def _partly(self, story: Story, base: Content, returning: Returning) -> tuple[Merge, tuple[Change, ...]]:
        try:
            return compare_partly(base, story.content, returning.content, story.languages)
        except InputRefusedError as error:
            error.subject = error.subject or story.slug
            raise

    def _planned(
        self,
        row: StoryRow,
        story: Story,
        returning: Returning,
        loan: store.Lent | None,
        merge: Merge,
        apart: tuple[Change, ...],
    ) -> PlannedStory:
        signoffs = tuple(history_store.signoffs(self.house.session, row.id))
        here = {signoff.id for signoff in signoffs}
        came = tuple(one for one in returning.signoffs if one.id not in here)
        asks = signoffs or came or story.state is StoryState.SUBMITTED
        digest = content_digest(story.content) if asks else ""
        ground = self.house.ground(row, returning, signoffs, came, digest)
        writer = self.house.everybody.get(returning.last_editor or returning.author or "")
        killed = N_("The story was killed here; nothing of it comes in.") if story.state is StoryState.KILLED else None
        planned = PlannedStory(
            story.id,
            story.slug,
            story.headline(),
            story.languages,
            merge,
            apart,
            way_in(ground.situation(), writer, self.house.by),
            ground,
            returning,
            came,
            self.house.comments(row.id, returning) if killed is None else (),
            Effect(0, (), (), (), story.state, ground.digest),
            loan.id if loan is not None else None,
            self.known.seen(row),
            refusal=killed,
            holder=self.known.holder,
        )
        return replace(planned, effect=effect_of(planned))

    def _without(self, returning: Returning) -> PlannedStory:
        """A story that is not here: begun there, or no longer in this archive."""
        content, begun = returning.content, returning.begun
        gone = N_("This story is not in this archive any more; nothing of it comes in.") if begun is None else None
        languages = begun.languages if begun is not None else Languages()
        if begun is not None:
            taken = story_store.slug_taken(self.house.session, begun.slug)
            slug = f"{begun.slug}-{begun.id[-6:]}" if taken else begun.slug
            state = StoryState.DRAFTING if any(s.target for s in content.segments()) else StoryState.SOURCED
            begun = replace(begun, slug=slug, state=state, content=content, drafter=returning.drafter)
        merge = Merge(content, content, content, languages, ())
        ground = self.house.new_ground(returning, begun)
        here = begun is not None
        planned = PlannedStory(
            returning.story,
            begun.slug if begun is not None else "",
            begun.headline() if begun is not None else Bilingual(),
            languages,
            merge,
            (),
            WayIn(returning.last_editor),
            ground,
            returning,
            returning.signoffs if here else (),
            self.house.comments(returning.story, returning) if here else (),
            Effect(0, (), (), (), ground.state, ground.digest),
            new=begun,
            refusal=gone,
            holder=self.known.holder,
        )
        return replace(planned, effect=effect_of(planned))


def _no_ground(content: Content) -> Content:
    """The ground of a story that was begun away and comes home from two places: whatever differs is asked about."""
    bare = (
        replace(
            block,
            segments=tuple(replace(one, target="", status=SegmentStatus.UNTRANSLATED) for one in block.segments),
            placement=replace(block.placement, caption=Bilingual(), alt=Bilingual(), credit="", rights="")
            if block.placement is not None
            else None,
        )
        for block in content.blocks
    )
    return replace(content, blocks=tuple(bare), byline=(), dateline="", topics=())


def _not_lent(name: str, slug: str) -> InputRefusedError:
    return InputRefusedError(
        N_("This story did not go out in the package that it comes home in."),
        subject=name,
        place=slug,
        advice=N_("Have the package sent again."),
    )
