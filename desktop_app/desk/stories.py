"""Looking at stories: lists, a whole story with where it stands, its history, its differences, searches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.desk.desk import Desk
from desktop_app.domain import credits as crediting
from desktop_app.domain.digest import content_digest
from desktop_app.domain.people import Person
from desktop_app.domain.policy import POLICIES, Policy
from desktop_app.domain.records import Event, Hit, StorySummary, Version
from desktop_app.domain.signoff import Claim, SignOff, standing, unbroken, unsigned
from desktop_app.domain.story import Content, Credit, Story, StoryState, VersionNumber
from desktop_app.domain.workflow import Situation
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import history as history_store
from desktop_app.store import people as people_store
from desktop_app.store import pictures as picture_store
from desktop_app.store import search as search_store
from desktop_app.store import stories as store
from desktop_app.store.archive import Session
from desktop_app.store.models import StoryRow

_UNSIGNED = frozenset({StoryState.SOURCED, StoryState.DRAFTING})


_SHORTEST = 4  # characters that name a story when they begin its slug


@dataclass(frozen=True, slots=True)
class StoryFile:
    """A story with everything that is said about it. ``situation.standing.valid`` has the sign-offs that count."""

    story: Story
    digest: str
    situation: Situation
    signoffs: tuple[SignOff, ...]
    people: Mapping[str, Person]
    credits: tuple[Credit, ...]
    credits_zh: tuple[Credit, ...]

    @property
    def policy(self) -> Policy:
        """The policy it goes by."""
        return self.situation.policy

    @property
    def stale(self) -> bool:
        """Whether a sign-off was given, is not taken back, and counts no more."""
        live = [s for s in {s.step: s for s in self.signoffs}.values() if s.withdrawn_at is None]
        return self.story.state is not StoryState.SOURCED and not all(self.counts(one) for one in live)

    def counts(self, signoff: SignOff) -> bool:
        """Whether a sign-off counts for the text as it stands."""
        return self.situation.standing.valid.get(signoff.step) == signoff


@dataclass(frozen=True, slots=True)
class ListedStory:
    """One line of the library: the summary, its credits in names, and the digest of its first picture's master."""

    summary: StorySummary
    credits: tuple[Credit, ...]
    thumbnail: str | None
    stale: bool


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
    policy = POLICIES[row.policy]
    claim = _claim(row)
    state = StoryState(row.state)
    behind = _left_behind(state, claim, row.modified)
    situation = Situation(
        state=state,
        policy=policy,
        standing=unsigned(policy) if behind else standing(policy, signoffs, digest, claim),
        drafter=row.drafter,
        claim=claim,
        last_editor=row.last_editor,
        handed_editor=row.claim_handed_editor,
        empty=not any(segment.target for segment in story.content.segments()),
        public=row.released is not None,
    )
    people = people_by_id(session)
    made = {c: crediting.made_here(policy, situation.standing.valid, people, chinese=c) for c in (False, True)}
    return StoryFile(
        story,
        digest,
        situation,
        tuple(signoffs),
        people,
        crediting.effective(story.imported_credits, made[False], chinese=False),
        crediting.effective(story.imported_credits, made[True], chinese=True),
    )


def _left_behind(state: StoryState, claim: Claim | str | None, modified: bool) -> bool:
    """Whether no sign-off counts any more: the draft is open, or was when work on the story ended."""
    return state in _UNSIGNED or (claim is None and modified)


def _claim(row: StoryRow) -> Claim | None:
    if row.claimed_step is None or row.claim_handed is None:
        return None
    return Claim(row.claimed_step, row.claimed_by, row.claim_handed)


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
        return [
            _listed(summary, signoffs.get(summary.id, []), people, imported, thumbnails.get(summary.id))
            for summary in store.summaries(session, state=state, topic=topic, text=text)
        ]


def _listed(
    summary: StorySummary,
    signoffs: list[SignOff],
    people: Mapping[str, Person],
    imported: Mapping[str, tuple[Credit, ...]],
    thumbnail: str | None,
) -> ListedStory:
    policy = POLICIES[summary.policy]
    live = [s for s in {s.step: s for s in signoffs}.values() if s.withdrawn_at is None]
    counted = {s.step: s for s in _counted(policy, summary, signoffs)}
    told = imported.get(summary.id, ())
    made = {c: crediting.made_here(policy, counted, people, chinese=c) for c in (False, True)}
    shown = crediting.told(*(crediting.effective(told, made[c], chinese=c) for c in (False, True)))
    stale = len(live) > len(counted) and summary.state is not StoryState.SOURCED
    return ListedStory(summary, shown, thumbnail, stale)


def _counted(policy: Policy, summary: StorySummary, signoffs: list[SignOff]) -> list[SignOff]:
    """The sign-offs that a settled state says count, so that a list need not read every text for its digest."""
    if _left_behind(summary.state, summary.claimed_step, summary.modified):
        return []
    return unbroken(policy, signoffs, summary.claimed_step)


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
