"""Work that comes home: opened, and looked at in a plan before anything is written.

``open_home`` reads a file of any kind that carries stories home, ``plan_home`` says what each would change,
``decided`` (``desk.home_plan``) puts decisions into a plan, and ``bring_home`` (``desk.bringing_home``) carries it out.
What stays undecided is found with ``open_conflicts`` (``desk.open_conflicts``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.desk.desk import SILENT, Desk, Progress
from desktop_app.desk.home_people import Named, answered, name_people
from desktop_app.desk.home_pictures import adopt_pictures
from desktop_app.desk.home_plan import Effect, HomePlan, PlannedStory, decided, effect_of
from desktop_app.desk.opening_home import open_home
from desktop_app.desk.policies import known_policies, policy_of
from desktop_app.desk.published import publication_of
from desktop_app.desk.returning import ReturnedFile, Returning
from desktop_app.desk.signatures import DEMANDED, fault_coming_in
from desktop_app.domain.comments import Comment
from desktop_app.domain.digest import content_digest
from desktop_app.domain.drafting import hands_of
from desktop_app.domain.homecoming import Ground, WayIn, joined, way_in
from desktop_app.domain.merging.changes import Change, Merge, SourceDiffersError
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.merging.partly import compare_partly
from desktop_app.domain.people import Person
from desktop_app.domain.policy import DRAFT_REVISION
from desktop_app.domain.publication import since_release
from desktop_app.domain.signoff import Claim, SignOff
from desktop_app.domain.story import Bilingual, Content, Languages, SegmentStatus, Story, StoryState
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import comments as comment_store
from desktop_app.store import history as history_store
from desktop_app.store import homecoming as store
from desktop_app.store import people as people_store
from desktop_app.store import person_keys
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session
from desktop_app.store.models import StoryRow

__all__ = ["HomePlan", "PlannedStory", "decided", "open_home", "plan_home"]


def plan_home(desk: Desk, file: ReturnedFile, *, by: Person | None, progress: Progress = SILENT) -> HomePlan:
    """Look at what a file would change if ``by`` brought it home; nothing is written.

    Raises:
        InputRefusedError: it did not go out from this archive, or a story in it is none that can be merged.
        CancelledError: the person stopped it.
    """
    with desk.archive.read() as session:
        known = _known(session, file)
        if isinstance(known, Message):
            return HomePlan(file, nothing=known)
        named = name_people(session, file, desk.new_id)
        file = adopt_pictures(session, named.file)
        house = _House(session, named, by)
        planned = []
        for number, returning in enumerate(file.stories):
            progress.check()
            planned.append(house.plan(returning, known))
            progress.report(number + 1, len(file.stories))
    return HomePlan(file, tuple(planned), named.newcomers, None, file.author)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of how a file belongs here: its loans by story, and whether its own base has to be taken."""

    loans: Mapping[str, store.Lent]
    own_base: bool
    lent: bool


def _known(session: Session, file: ReturnedFile) -> _Known | Message:
    """Find out what a file answers; a sentence where it has nothing to bring.

    Raises:
        InputRefusedError: it is a package of another archive.
    """
    before = store.of_file(session, file.sha256)
    if before is not None:
        return N_("This file came home already, on {date}; it brings nothing new.", date=before.at[:10])
    if file.package is None:
        return _Known({}, own_base=True, lent=False)
    loans = store.lent(session, file.package)
    if not loans:
        raise InputRefusedError(
            N_("What is in this file did not go out from this archive."),
            subject=file.name,
            advice=N_(
                "Bring it home where it was packed. Work that was done in a small archive comes home in a file that is"
                " packed there again, with “diptych pack -o FILE.diptych”; “diptych unpack” opens any other package as"
                " an archive of its own."
            ),
        )
    if file.kind == "package" and not file.edition:
        return N_("This is the package as it went out; nobody worked in it.")
    came = store.of_package(session, file.package)
    for one in reversed(came):
        if not (file.edition and file.head):
            break
        if one.data.get("head") == file.head:
            return N_("This edition came home already, on {date}; it brings nothing new.", date=one.at[:10])
        if file.head in one.data.get("earlier", ()):
            return N_(
                "A newer edition ({newer}) of this package came home on {date}; this one ({edition}) is older, and "
                "what is in it came home with that.",
                newer=one.edition, date=one.at[:10], edition=file.edition,
            )  # fmt: skip
    elsewhere = bool(came) and not _goes_on(file, came[-1])
    return _Known(loans, own_base=elsewhere and bool(file.edition), lent=True)


def _goes_on(file: ReturnedFile, before: store.Homecoming) -> bool:
    """Whether a file goes on from what came home before: the work there led from the one to the other.

    The number of an edition does not tell: a small archive that was copied counts the same numbers in both places.
    """
    return before.data.get("origin", "") == file.origin and before.data.get("head", "") in file.lineage


@dataclass
class _House:
    """The archive as it stands while a plan is made."""

    session: Session
    named: Named
    by: Person | None

    def __post_init__(self) -> None:
        """Read once what every story asks for."""
        self.demands = people_store.fact(self.session, DEMANDED) == "demanded"
        self.policies = known_policies(self.session)
        self.everybody = {**self.named.here, **{person.id: person for person in self.named.newcomers}}

    def plan(self, returning: Returning, known: _Known) -> PlannedStory:
        """Plan one story."""
        row = self.session.get(StoryRow, returning.story)
        loan = known.loans.get(returning.story)
        if row is None:
            return self._without(returning)
        story = story_store.load(self.session, row.id)
        assert story is not None, "the row is there, so the story is"
        if known.lent and loan is None:
            raise _not_lent(self.named.file, story.slug)
        base = self._base(story, returning, loan, known)
        try:
            merge, apart = compare(base, story.content, returning.content, story.languages), tuple[Change, ...]()
        except SourceDiffersError:
            merge, apart = self._partly(story, base, returning)
        except InputRefusedError as error:
            error.subject = error.subject or story.slug
            raise
        return self._planned(row, story, returning, loan, merge, apart)

    def _base(self, story: Story, returning: Returning, loan: store.Lent | None, known: _Known) -> Content:
        """The text that both sides began from: what this archive knows, else what the file says."""
        if loan is None:
            return returning.base
        if not known.own_base:
            return loan.base
        if returning.begun is not None:
            return _no_ground(returning.content)
        if content_digest(returning.base) != loan.digest:
            raise InputRefusedError(
                N_("The text that it says it went out with is not the one that went out."),
                subject=self.named.file.name,
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
        signoffs = tuple(history_store.signoffs(self.session, row.id))
        here = {signoff.id for signoff in signoffs}
        came = tuple(one for one in returning.signoffs if one.id not in here)
        ground = self._ground(row, story, returning, signoffs, came)
        writer = self.everybody.get(returning.last_editor or returning.author or "")
        killed = N_("The story was killed here; nothing of it comes in.") if story.state is StoryState.KILLED else None
        planned = PlannedStory(
            story.id,
            story.slug,
            story.headline(),
            story.languages,
            merge,
            apart,
            way_in(ground.situation(), writer, self.by),
            ground,
            returning,
            came,
            self._comments(row, returning) if killed is None else (),
            Effect(0, (), (), (), story.state, ground.digest),
            loan.id if loan is not None else None,
            row.updated_at,
            refusal=killed,
        )
        return replace(planned, effect=effect_of(planned))

    def _ground(
        self, row: StoryRow, story: Story, returning: Returning, signoffs: tuple[SignOff, ...], came: Sequence[SignOff]
    ) -> Ground:
        writers = [*returning.writers, *store.writers(self.session, row.id)] if came else []
        claim = None
        if row.claimed_step is not None and row.claim_handed is not None:
            claim = Claim(row.claimed_step, row.claimed_by, row.claim_handed)
        current = since_release(signoffs, row.released_after, story.state, correcting=row.correcting is not None)
        return Ground(
            state=story.state,
            policy=self.policies.get(row.policy, row.policy_version)
            or policy_of(self.session, row.policy, row.policy_version),
            signoffs=tuple(current),
            digest=content_digest(story.content) if signoffs or came or story.state is StoryState.SUBMITTED else "",
            claim=claim,
            drafter=row.drafter or returning.drafter,
            last_editor=row.last_editor,
            handed_editor=row.claim_handed_editor,
            hands=hands_of(row.drafters) | {person for person, _ in returning.hands},
            public=row.released is not None,
            people=self.named.here,
            writers=tuple(sorted(writers)),
            faults={one.id: fault for one in came if (fault := self._fault(row.id, one)) is not None},
            behind=claim is None and row.modified,
            source_changed=bool(came) and bool(publication_of(self.session, row).changes),
        )

    def _fault(self, story: str, signoff: SignOff) -> Message | None:
        if signoff.key is None and signoff.signature is None:
            if self.demands:
                return N_("this archive demands a signature, and it has none")
            if person_keys.active(self.session, signoff.person) is not None:
                return N_("the signer has a key here, and it was not signed with it")
        return fault_coming_in(self.session, story, signoff)

    def _comments(self, row: StoryRow, returning: Returning) -> tuple[Comment, ...]:
        """The threads that are new or said more there; one that was deleted here stays deleted."""
        here = {one.id: one for one in comment_store.of_story(self.session, row.id)}
        found = []
        for one in returning.comments:
            mine = here.get(one.id)
            if mine is None and store.was_here(self.session, row.id, f"comments/{one.id}"):
                continue
            said = answered(replace(one, story=row.id), self.everybody, self.by.id if self.by is not None else None)
            made = joined(mine, said) if said is not None else None
            if made is not None:
                found.append(made)
        return tuple(found)

    def _without(self, returning: Returning) -> PlannedStory:
        """A story that is not here: begun there, or no longer in this archive."""
        content, begun = returning.content, returning.begun
        gone = N_("This story is not in this archive any more; nothing of it comes in.") if begun is None else None
        languages = begun.languages if begun is not None else Languages()
        if begun is not None:
            taken = story_store.slug_taken(self.session, begun.slug)
            slug = f"{begun.slug}-{begun.id[-6:]}" if taken else begun.slug
            state = StoryState.DRAFTING if any(s.target for s in content.segments()) else StoryState.SOURCED
            begun = replace(begun, slug=slug, state=state, content=content, drafter=returning.drafter)
        merge = Merge(content, content, content, languages, ())
        ground = self._new_ground(returning, begun)
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
            returning.comments if here else (),
            Effect(0, (), (), (), ground.state, ground.digest),
            new=begun,
            refusal=gone,
        )
        return replace(planned, effect=effect_of(planned))

    def _new_ground(self, returning: Returning, begun: Story | None) -> Ground:
        name = begun.policy if begun is not None else ""
        return Ground(
            state=begun.state if begun is not None else StoryState.SOURCED,
            policy=self.policies.newest(name) or self.policies.newest("draft-revision") or DRAFT_REVISION,
            signoffs=(), digest=content_digest(returning.content), claim=None, drafter=returning.drafter,
            last_editor=returning.last_editor, handed_editor=None,
            hands=frozenset(person for person, _ in returning.hands), public=False, people=self.named.here,
            writers=tuple(sorted(returning.writers)),
            faults={one.id: f for one in returning.signoffs if (f := self._fault(returning.story, one)) is not None},
        )  # fmt: skip


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


def _not_lent(file: ReturnedFile, slug: str) -> InputRefusedError:
    return InputRefusedError(
        N_("This story did not go out in the package that it comes home in."),
        subject=file.name,
        place=slug,
        advice=N_("Have the package sent again."),
    )
