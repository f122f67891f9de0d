"""What a plan to bring work home rests on beside the texts: read when it is made, and again when it is carried out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.desk.editing import OvertakenError
from desktop_app.desk.home_people import answered
from desktop_app.desk.home_plan import HomePlan, PlannedStory
from desktop_app.desk.policies import known_policies, policy_of
from desktop_app.desk.published import publication_of
from desktop_app.desk.returning import ReturnedFile, Returning
from desktop_app.desk.signatures import DEMANDED, fault_coming_in
from desktop_app.desk.standing import claim_of, that_can_count
from desktop_app.domain.comments import Comment
from desktop_app.domain.digest import content_digest
from desktop_app.domain.drafting import hands_of, source_hands
from desktop_app.domain.homecoming import Ground, joined
from desktop_app.domain.people import Person
from desktop_app.domain.policy import DRAFT_REVISION
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.statements import signed_signoff, signed_withdrawal
from desktop_app.domain.story import Story, StoryState
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import comments as comment_store
from desktop_app.store import history as history_store
from desktop_app.store import homecoming as store
from desktop_app.store import people as people_store
from desktop_app.store import person_keys
from desktop_app.store import pictures as picture_store
from desktop_app.store import stories as story_store
from desktop_app.store.archive import Session
from desktop_app.store.models import StoryRow


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of how a file belongs here: its loans by story, and whether its own base has to be taken."""

    loans: Mapping[str, store.Lent]
    own_base: bool
    lent: bool

    @property
    def holder(self) -> str | None:
        """Whom the package was for, as far as anybody in particular."""
        return next((loan.holder for loan in self.loans.values()), None)

    def seen(self, row: StoryRow | None) -> str:
        """How a story stands here, and what came home of it last; empty where it is not here."""
        if row is None:
            return ""
        loan = self.loans.get(row.id)
        came = [str(loan.edition), loan.returned_at or ""] if loan is not None else []
        return " ".join([row.updated_at, str(self.own_base), *came])


def known_of(session: Session, file: ReturnedFile) -> Known | Message:
    """Find out what a file answers; a sentence where it has nothing to bring.

    Raises:
        InputRefusedError: it is a package of another archive.
    """
    before = came_before(session, file)
    if before is not None and before.sha256 == file.sha256:
        return N_("This file came home already, on {date}; it brings nothing new.", date=before.at[:10])
    if file.package is None:
        return Known({}, own_base=True, lent=False)
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
    if before is not None:
        return N_("This edition came home already, on {date}; it brings nothing new.", date=before.at[:10])
    came = store.of_package(session, file.package)
    for one in reversed(came):
        if not (file.edition and file.head):
            break
        if file.head in one.data.get("earlier", ()):
            return N_(
                "A newer edition ({newer}) of this package came home on {date}; this one ({edition}) is older, and "
                "what is in it came home with that.",
                newer=one.edition, date=one.at[:10], edition=file.edition,
            )  # fmt: skip
    elsewhere = bool(came) and not _goes_on(file, came[-1])
    return Known(loans, own_base=elsewhere and bool(file.edition), lent=True)


def came_before(session: Session, file: ReturnedFile) -> store.Homecoming | None:
    """When these very bytes, or this very edition packed once more, came home; None where neither did."""
    before = store.of_file(session, file.sha256)
    if before is not None or file.package is None or not (file.edition and file.head):
        return before
    came = store.of_package(session, file.package)
    return next((one for one in reversed(came) if one.data.get("head") == file.head), None)


def _goes_on(file: ReturnedFile, before: store.Homecoming) -> bool:
    """Whether a file goes on from what came home before: the work there led from the one to the other.

    The number of an edition does not tell: a small archive that was copied counts the same numbers in both places.
    """
    return before.data.get("origin", "") == file.origin and before.data.get("head", "") in file.lineage


@dataclass
class House:
    """The archive as it stands, for one plan: ``here`` are its people, ``newcomers`` those who come along."""

    session: Session
    here: Mapping[str, Person]
    newcomers: Sequence[Person]
    by: Person | None

    def __post_init__(self) -> None:
        """Read once what every story asks for."""
        self.demands = people_store.fact(self.session, DEMANDED) == "demanded"
        self.policies = known_policies(self.session)
        self.everybody = {**self.here, **{person.id: person for person in self.newcomers}}

    def ground(
        self, row: StoryRow, returning: Returning, signoffs: tuple[SignOff, ...], came: Sequence[SignOff], digest: str
    ) -> Ground:
        """What stands here about a story; ``digest`` is that of its text, where one is asked for."""
        writers = [*returning.writers, *store.writers(self.session, row.id)] if came else []
        return Ground(
            state=StoryState(row.state),
            policy=self.policies.get(row.policy, row.policy_version)
            or policy_of(self.session, row.policy, row.policy_version),
            signoffs=tuple(that_can_count(row, signoffs)),
            digest=digest,
            claim=claim_of(row),
            drafter=row.drafter or returning.drafter,
            last_editor=row.last_editor,
            handed_editor=row.claim_handed_editor,
            hands=hands_of(row.drafters) | hands_of(returning.hands),
            sources=source_hands(row.drafters) | source_hands(returning.hands),
            public=row.released is not None,
            people=self.here,
            writers=tuple(sorted(writers)),
            faults={**self._faults(row.id, came), **self._faults_of_withdrawals(row.id, returning.signoffs)},
            behind=row.claimed_step is None and row.modified,
            source_changed=bool(came) and bool(publication_of(self.session, row).changes),
        )

    def _faults(self, story: str, signoffs: Iterable[SignOff]) -> dict[str, Message]:
        return {one.id: fault for one in signoffs if (fault := self._fault(story, one)) is not None}

    def _faults_of_withdrawals(self, story: str, signoffs: Iterable[SignOff]) -> dict[str, Message]:
        stated = [one for signoff in signoffs if (one := signed_withdrawal(story, signoff)) is not None]
        return {one.row: fault for one in stated if (fault := fault_coming_in(self.session, one)) is not None}

    def _fault(self, story: str, signoff: SignOff) -> Message | None:
        if signoff.key is None and signoff.signature is None:
            if self.demands:
                return N_("this archive demands a signature, and it has none")
            if person_keys.active(self.session, signoff.person) is not None:
                return N_("the signer has a key here, and it was not signed with it")
        return fault_coming_in(self.session, signed_signoff(story, signoff))

    def comments(self, story: str, returning: Returning) -> tuple[Comment, ...]:
        """The threads that are new or said more there; one that was deleted here stays deleted."""
        here = {one.id: one for one in comment_store.of_story(self.session, story)}
        new = {one.id for one in returning.comments} - here.keys()
        gone = store.deleted_comments(self.session, story, new) if new else set()
        by = self.by.id if self.by is not None else None
        found = []
        for one in returning.comments:
            said = answered(replace(one, story=story), self.everybody, by) if one.id not in gone else None
            made = joined(here.get(one.id), said) if said is not None else None
            if made is not None:
                found.append(made)
        return tuple(found)

    def new_ground(self, returning: Returning, begun: Story | None) -> Ground:
        """What stands here about a story that is not here."""
        name = begun.policy if begun is not None else ""
        return Ground(
            state=begun.state if begun is not None else StoryState.SOURCED,
            policy=self.policies.newest(name) or self.policies.newest("draft-revision") or DRAFT_REVISION,
            signoffs=(), digest=content_digest(returning.content), claim=None, drafter=returning.drafter,
            last_editor=returning.last_editor, handed_editor=None,
            hands=hands_of(returning.hands), sources=source_hands(returning.hands), public=False, people=self.here,
            writers=tuple(sorted(returning.writers)),
            faults=self._faults(returning.story, returning.signoffs),
        )  # fmt: skip

    def stands(self, known: Known, planned: PlannedStory) -> bool:
        """Whether a story stands as it did when it was planned, with all that its sign-offs and comments rest on."""
        row, returning = self.session.get(StoryRow, planned.story), planned.returning
        if known.seen(row) != planned.seen:
            return False
        if row is None:
            taken = planned.new is not None and story_store.slug_taken(self.session, planned.new.slug)
            return not taken and self.new_ground(returning, planned.new) == planned.ground
        signoffs = tuple(history_store.signoffs(self.session, row.id))
        ground = self.ground(row, returning, signoffs, planned.came, planned.ground.digest)
        killed = planned.refusal is not None
        return ground == planned.ground and (killed or self.comments(row.id, returning) == planned.comments)


def require_as_planned(session: Session, plan: HomePlan, by: Person | None) -> None:
    """Refuse a plan that says no longer what would happen.

    Raises:
        OvertakenError: the file came home meanwhile, or what stood here is not what stands here.
    """
    changed = N_("What this plan rests on was changed since; nothing was brought home.")
    known = known_of(session, plan.file)
    if isinstance(known, Message):
        raise _overtaken(known, plan.file.name)
    if any(picture_store.by_sha256(session, one.picture.sha256) is not None for one in plan.file.pictures):
        raise _overtaken(changed, plan.file.name)
    here = {person.id: person for person in people_store.everybody(session)}
    house = House(session, here, plan.newcomers, by)
    for story in plan.stories:
        if not house.stands(known, story):
            raise _overtaken(changed, story.slug)


def _overtaken(reason: Message, subject: str) -> OvertakenError:
    return OvertakenError(reason, subject=subject, advice=N_("Look at the plan again, then bring it home."))
