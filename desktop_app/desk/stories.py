"""Looking at stories: lists, a whole story with where it stands, its history, its differences, searches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop_app.desk.desk import Desk
from desktop_app.desk.policies import known_policies, listed_policy, policy_of
from desktop_app.desk.published import made_credits, publication_of
from desktop_app.desk.standing import claim_of, left_behind, settled_standing, situation_of, that_can_count
from desktop_app.domain import credits as crediting
from desktop_app.domain.digest import content_digest
from desktop_app.domain.drafting import former_drafters
from desktop_app.domain.duties import Assignment
from desktop_app.domain.people import Person
from desktop_app.domain.policy import Policy, PolicyBook, Step
from desktop_app.domain.publication import (
    NOTHING,
    STANDING,
    Embargo,
    Emergency,
    Publication,
    standing_in_emergency,
)
from desktop_app.domain.records import Event, Hit, StorySummary, Version
from desktop_app.domain.signoff import SignOff, standing, unsigned
from desktop_app.domain.story import Content, Credit, Story, StoryState, VersionNumber
from desktop_app.domain.workflow import WORKING, Situation
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_, Message
from desktop_app.store import duties as duty_store
from desktop_app.store import history as history_store
from desktop_app.store import people as people_store
from desktop_app.store import pictures as picture_store
from desktop_app.store import publication as publication_store
from desktop_app.store import search as search_store
from desktop_app.store import stories as store
from desktop_app.store.archive import Session
from desktop_app.store.models import StoryRow
from desktop_app.store.signatures import approval_fault
from desktop_app.store.signatures import faults as signature_faults

_SHORTEST = 4  # characters that name a story when they begin its slug


@dataclass(frozen=True, slots=True)
class StoryFile:
    """A story with everything that is said about it. ``situation.standing.valid`` has the sign-offs that count.

    ``policies`` are all that the archive knows, for what was signed under another one than the story goes by now.
    ``assignment`` is that of the step that is open. ``current`` are the sign-offs that can count: while a correction is
    drafted those of what went out are not among them. ``unproven`` tells of the sign-offs, and of the approval after an
    emergency, by their ids, why their signature does not hold.
    """

    story: Story
    digest: str
    situation: Situation
    signoffs: tuple[SignOff, ...]
    people: Mapping[str, Person]
    credits: tuple[Credit, ...]
    credits_zh: tuple[Credit, ...]
    policies: PolicyBook
    assignment: Assignment | None = None
    publication: Publication = NOTHING
    current: tuple[SignOff, ...] = ()
    unproven: Mapping[str, Message] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The policy it goes by."""
        return self.situation.policy

    @property
    def stale(self) -> bool:
        """Whether a sign-off was given under the policy as it is, is not taken back, and counts no more.

        What went out in an emergency does not rest on its sign-offs: nothing of it is stale.
        """
        if self.publication.emergency is not None:
            return False
        live = _live(self.policy, self.current)
        return self.story.state is not StoryState.SOURCED and not all(self.counts(one) for one in live)

    @property
    def approved(self) -> bool:
        """Whether these very words are approved: by sign-offs that count for them, or by an emergency that names them.

        What the row says of its state proves nothing by itself.
        """
        early = self.publication.emergency
        signed = self.situation.open_step() is None or (early is not None and early.digest == self.digest)
        return signed and self.story.state in {StoryState.APPROVED, StoryState.RELEASED}

    def counts(self, signoff: SignOff) -> bool:
        """Whether a sign-off counts for the text as it stands."""
        return self.situation.standing.valid.get(signoff.step) == signoff

    def signed_step(self, signoff: SignOff) -> Step | None:
        """The step that a sign-off was given for, with the title that it had then."""
        policy = self.policies.get(signoff.policy or self.policy.name, signoff.policy_version) or self.policy
        return policy.step(signoff.step)


@dataclass(frozen=True, slots=True)
class ListedStory:
    """One line of the library: the summary, its credits in names, and the digest of its first picture's master.

    ``emergency`` is the early release that the text as it stands went out by, ``waiting`` the step that is next.
    """

    summary: StorySummary
    credits: tuple[Credit, ...]
    thumbnail: str | None
    stale: bool
    policy: Policy
    assignment: Assignment | None = None
    embargo: Embargo | None = None
    emergency: Emergency | None = None
    waiting: str | None = None


def story_row(session: Session, story: str) -> StoryRow:
    """The row of a story by id or slug, or by the beginning of either or a headline where that fits one story alone.

    Raises:
        WrongUsageError: there is none, or more than one.
    """
    found = store.row(session, story)
    if found is None:
        fitting = [one for one in store.summaries(session) if _fits(one, story.strip().casefold())]
        if len(fitting) > 1:
            names = ", ".join(one.slug for one in fitting[:5])
            raise WrongUsageError(
                N_("More than one story is called “{story}”.", story=story),
                advice=N_("Give more of the name: {names}.", names=names),
            )
        found = store.row(session, fitting[0].id) if fitting else None
    if found is None:
        raise WrongUsageError(
            N_("There is no story “{story}”.", story=story),
            advice=N_("“diptych list” shows the stories of this archive."),
        )
    return found


def _fits(summary: StorySummary, wanted: str) -> bool:
    starts = len(wanted) >= _SHORTEST and (summary.slug.startswith(wanted) or summary.id.startswith(wanted))
    return starts or wanted in {summary.headline.zh.casefold(), summary.headline.en.casefold()} - {""}


def people_by_id(session: Session) -> dict[str, Person]:
    """Everybody by id."""
    return {person.id: person for person in people_store.everybody(session)}


def story_file(session: Session, row: StoryRow, story: Story | None = None) -> StoryFile:
    """Put a story's file together inside an open session."""
    story = story or store.load(session, row.id)
    assert story is not None, "the row is there, so the story is"
    digest = content_digest(story.content)
    signoffs = history_store.signoffs(session, row.id)
    policies = known_policies(session)
    policy = policies.get(row.policy, row.policy_version) or policy_of(session, row.policy, row.policy_version)
    state = StoryState(row.state)
    current = that_can_count(row, signoffs)
    publication = publication_of(session, row)
    early = publication.emergency
    if left_behind(row):
        stands = unsigned(policy)
    elif early is not None:
        stands = standing_in_emergency(policy, current, early)
    else:
        stands = standing(policy, current, digest, claim_of(row))
    empty = not any(segment.target for segment in story.content.segments())
    people = people_by_id(session)
    situation = situation_of(row, policy, stands, people, source_changed=bool(publication.changes), empty=empty)
    made = {
        chinese: made_credits(
            policy, stands.valid, early, people, chinese=chinese, drafted=former_drafters(row.drafters)
        )
        for chinese in (False, True)
    }
    return StoryFile(
        story,
        digest,
        situation,
        tuple(signoffs),
        people,
        crediting.effective(story.imported_credits, made[False], chinese=False),
        crediting.effective(story.imported_credits, made[True], chinese=True),
        policies,
        _assigned(duty_store.assignment(session, row.id), state, situation.standing.next_step),
        publication,
        tuple(current),
        _unproven(session, row.id, signoffs, early),
    )


def _assigned(given: Assignment | None, state: StoryState, step: str | None) -> Assignment | None:
    """An assignment while its step is the open one of a story that is being worked on."""
    return given if given is not None and given.step == step and state in WORKING else None


def _unproven(session: Session, story: str, signoffs: Iterable[SignOff], early: Emergency | None) -> dict[str, Message]:
    found = signature_faults(session, story, signoffs)
    late = approval_fault(session, early)
    return {**found, early.id: late} if early is not None and late is not None else found


def _live(policy: Policy, signoffs: Iterable[SignOff]) -> list[SignOff]:
    """The newest sign-off of each step under this version of a policy, without those taken back."""
    newest = {signoff.step: signoff for signoff in signoffs if signoff.under(policy)}
    return [signoff for signoff in newest.values() if signoff.withdrawn_at is None]


def open_story(desk: Desk, story: str) -> StoryFile:
    """Read a story and where it stands.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        return story_file(session, story_row(session, story))


def open_version(desk: Desk, story: str, version: str) -> Content:
    """Read the content of one frozen version.

    Raises:
        WrongUsageError: no such story or version.
    """
    with desk.archive.read() as session:
        row = story_row(session, story)
        try:
            content = history_store.version_content(session, row.id, VersionNumber.parse(version))
        except ValueError:
            content = None
        if content is None:
            known = ", ".join(str(v.number) for v in history_store.versions(session, row.id))
            raise WrongUsageError(
                N_("The story has no version {version}.", version=version),
                subject=row.slug,
                advice=N_("Its versions are: {versions}.", versions=known),
            )
        return content


def list_stories(
    desk: Desk, *, state: StoryState | None = None, topic: str | None = None, text: str | None = None
) -> list[ListedStory]:
    """The stories of the archive, the last changed first."""
    with desk.archive.read() as session:
        signoffs = history_store.signoffs_by_story(session)
        people = people_by_id(session)
        thumbnails = picture_store.first_of_each_story(session)
        imported = store.imported_credits(session)
        policies = known_policies(session)
        given = duty_store.assignments(session)
        embargoes = publication_store.embargoes(session)
        early = {(one.story, one.version): one for one in publication_store.emergencies(session)}
        return [
            _listed(
                summary,
                signoffs.get(summary.id, []),
                people,
                imported,
                thumbnails.get(summary.id),
                policies,
                given.get(summary.id),
                early.get((summary.id, summary.version)) if summary.state in STANDING else None,
                embargoes.get(summary.id),
            )
            for summary in store.summaries(session, state=state, topic=topic, text=text)
        ]


def _listed(
    summary: StorySummary,
    signoffs: list[SignOff],
    people: Mapping[str, Person],
    imported: Mapping[str, tuple[Credit, ...]],
    thumbnail: str | None,
    policies: PolicyBook,
    given: Assignment | None,
    early: Emergency | None,
    embargo: Embargo | None,
) -> ListedStory:
    policy = listed_policy(policies, summary.policy, summary.policy_version)
    signoffs = that_can_count(summary, signoffs)
    live, stands = _live(policy, signoffs), settled_standing(summary, policy, signoffs, early)
    counted, waiting = stands.valid, stands.next_step
    told = imported.get(summary.id, ())
    made = {
        chinese: made_credits(policy, counted, early, people, chinese=chinese, drafted=summary.drafted)
        for chinese in (False, True)
    }
    shown = crediting.told(*(crediting.effective(told, made[c], chinese=c) for c in (False, True)))
    stale = len(live) > len(counted) and summary.state is not StoryState.SOURCED and early is None
    about = _assigned(given, summary.state, waiting)
    return ListedStory(summary, shown, thumbnail, stale, policy, about, embargo, early, waiting)


def story_history(desk: Desk, story: str) -> tuple[list[Version], list[Event], dict[str, Person]]:
    """A story's versions and events, oldest first, with the people they name.

    Raises:
        WrongUsageError: there is no such story.
    """
    with desk.archive.read() as session:
        row = story_row(session, story)
        versions = history_store.versions(session, row.id)
        return versions, history_store.timeline(session, row.id), people_by_id(session)


def search(
    desk: Desk,
    query: str,
    *,
    kinds: tuple[str, ...] = ("story", "picture"),
    limit: int = 50,
    whole_words: bool = False,
) -> list[Hit]:
    """Stories and pictures that have all words of ``query``, best first, with the texts that have them.

    Chinese is found by any part of a run, English by whole words; case, accents and punctuation count for nothing.
    Quotation marks hold words together, a star leaves a word open, and so is the last one, as somebody may still be
    typing it, unless ``whole_words``.
    """
    with desk.archive.read() as session:
        return search_store.find(session, query, kinds=kinds, limit=limit, whole_words=whole_words)


def names_of(desk: Desk, hits: Iterable[Hit]) -> dict[str, str]:
    """The slugs of the stories and the files of the pictures that hits are in, by id."""
    owners = {(hit.kind, hit.owner) for hit in hits}
    with desk.archive.read() as session:
        names = store.slugs(session, {owner for kind, owner in owners if kind == "story"})
        return names | picture_store.files(session, {owner for kind, owner in owners if kind == "picture"})
