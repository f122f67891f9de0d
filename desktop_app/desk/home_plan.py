"""What a homecoming would change, as values: every change of every story, and what becomes of sign-offs and states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from desktop_app.desk.returning import ReturnedFile, Returning, Told
from desktop_app.domain.comments import Comment
from desktop_app.domain.digest import content_digest
from desktop_app.domain.homecoming import Ground, Verdict, WayIn, aftermath, judged, on_trust, taken_back
from desktop_app.domain.merging.applying import merged
from desktop_app.domain.merging.changes import Change, FactChange, FieldChange, Key, Merge, Outcome, PassageChange, Side
from desktop_app.domain.merging.deciding import Decision, decide
from desktop_app.domain.people import Person
from desktop_app.domain.signoff import Claim, SignOff
from desktop_app.domain.story import Bilingual, Content, Languages, Segment, SegmentStatus, Story, StoryState
from desktop_app.foundation.messages import N_, NN_, Message, own_words

Decisions = Mapping[tuple[str, Key], Decision]
"""What somebody decided: by the story's id and the key of the change."""

_CONFIRMED = frozenset({SegmentStatus.CONFIRMED, SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF})


@dataclass(frozen=True, slots=True)
class Effect:
    """What a story's coming home makes of it, with the decisions that the plan has.

    ``applied`` counts the changes that are written, ``confirmed`` those of them that confirm a sentence and leave its
    words alone; ``worded`` says that all others are about words. ``verdicts`` are about the sign-offs that come,
    ``back`` are those of here that were taken back there, ``lost`` those of here that stop counting. ``digest`` is that
    of the text after.
    """

    applied: int
    verdicts: tuple[Verdict, ...]
    back: tuple[SignOff, ...]
    lost: tuple[SignOff, ...]
    state: StoryState
    digest: str
    confirmed: int = 0
    worded: bool = True


@dataclass(frozen=True, slots=True)
class PlannedStory:
    """What one story's coming home would change.

    ``merge`` has every change with its outcome; ``apart`` are changes to sentences whose Chinese is not the same here
    and there, which always wait. ``way`` says as whom the text is written, or why it all waits. ``refusal`` is set
    where nothing of it can come in. ``new`` is a story that was begun away from here, as it will be. ``comments`` are
    threads as they will be. ``seen`` tells whether the story was touched since. ``holder`` is whom the package was for.
    """

    story: str
    slug: str
    headline: Bilingual
    languages: Languages
    merge: Merge
    apart: tuple[Change, ...]
    way: WayIn
    ground: Ground
    returning: Returning
    came: tuple[SignOff, ...]
    comments: tuple[Comment, ...]
    effect: Effect
    loan: str | None = None
    seen: str = ""
    new: Story | None = None
    refusal: Message | None = None
    holder: str | None = None

    @property
    def on_trust(self) -> tuple[str, ...]:
        """Those others than the holder who signed what counts here without a signature; the latest step first."""
        return on_trust(self.ground.policy, self.effect.verdicts, self.holder)

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """What somebody has to decide; all that came where the text may not be written now."""
        if self.refusal is not None:
            return ()
        if self.way.reason is None:
            return (*self.merge.conflicts, *self.apart)
        return (*(change for change in self.merge.changes if _waits(change)), *self.apart)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is written."""
        return self.merge.applied if self.way.reason is None and self.refusal is None else ()

    @property
    def told(self) -> tuple[Told, ...]:
        """What the reader of the file had to say."""
        return self.returning.told

    @property
    def changes_anything(self) -> bool:
        """Whether anything of it would be written."""
        found = self.changes or self.conflicts or self.comments or self.effect.verdicts or self.effect.back
        return self.refusal is None and bool(found or self.new is not None)

    @property
    def is_all_in(self) -> bool:
        """Whether all that came is in and counts, and nothing that counted here stops counting by it."""
        effect = self.effect
        left = self.refusal is not None or self.conflicts or any(one.words for one in self.told)
        return not (left or effect.lost or effect.back or any(not verdict.counts for verdict in effect.verdicts))


def _waits(change: Change) -> bool:
    """Whether a change is worth asking about later: a status alone is not."""
    if change.outcome is Outcome.MET:
        return False
    if isinstance(change, PassageChange):
        return _words(change.ours) != _words(change.theirs)
    return change.ours != change.theirs


@dataclass(frozen=True, slots=True)
class HomePlan:
    """What a file that comes home would change; nothing was written.

    ``nothing`` says why there is nothing to be done at all: it came home before, or something newer did. ``newcomers``
    are people whom the archive does not know yet: they come along without any role. ``sender`` sent the file.
    ``before`` is the id of the homecoming in which it came already, empty where it did not.
    """

    file: ReturnedFile
    stories: tuple[PlannedStory, ...] = ()
    newcomers: tuple[Person, ...] = ()
    nothing: Message | None = None
    sender: str | None = None
    before: str = ""

    @property
    def conflicts(self) -> int:
        """How many changes somebody has to decide."""
        return sum(len(story.conflicts) for story in self.stories)

    @property
    def applied(self) -> int:
        """How many changes will be written."""
        return sum(story.effect.applied for story in self.stories)

    @property
    def is_all_in(self) -> bool:
        """Whether nothing of it waits, is kept without counting, or costs a sign-off that counted here."""
        return all(story.is_all_in for story in self.stories)

    @property
    def confirmed(self) -> int:
        """How many of them only confirm a sentence."""
        return sum(story.effect.confirmed for story in self.stories)

    @property
    def written(self) -> Message:
        """What will be written, counted."""
        return counted(self.applied, self.confirmed, worded=all(story.effect.worded for story in self.stories))

    @property
    def changes_anything(self) -> bool:
        """Whether bringing it home writes anything into a story."""
        return any(story.changes_anything for story in self.stories)


def counted(applied: int, confirmed: int, *, worded: bool) -> Message:
    """How many changes there are, as a clause; sentences that are only confirmed are told apart."""
    if not confirmed:
        return NN_("{n} change", "{n} changes", applied)
    some = NN_("{n} confirmation", "{n} confirmations", confirmed)
    left = applied - confirmed
    if not left:
        return some
    if worded:
        return N_("{one}, {other}", one=NN_("{n} change of words", "{n} changes of words", left), other=some)
    return N_("{one}, {other}", one=NN_("{n} change", "{n} changes", left), other=some)


def told_on_trust(story: PlannedStory, people: Mapping[str, Person]) -> Message | None:
    """What whoever brings a story home has to know first: for whom nothing but the package vouches."""
    if not story.on_trust:
        return None
    first, *rest = [people[one].called if one in people else own_words(en=one, zh=one) for one in story.on_trust]
    names = reduce(lambda before, after: N_("{before}, {after}", before=before, after=after), rest, first)
    holder = people.get(story.holder or "")
    if holder is None:
        return N_(
            "signed without a signature, in a package that was for nobody in particular: {names}; nothing but the "
            "package says so",
            names=names,
        )
    return N_(
        "signed without a signature, in the package that {holder} had: {names}; nothing but the package says so",
        holder=holder.called, names=names,
    )  # fmt: skip


def decided(plan: HomePlan, decisions: Decisions, others: Side | None = None) -> HomePlan:
    """The plan with conflicts settled: those of ``decisions``, and all others in favour of one side if wanted.

    What waits because nobody may write it now is not settled by it.

    Raises:
        KeyError: a decision is about no conflict of the plan.
        ValueError: words are given for what has none, or not one text for each segment.
    """
    unknown = {story for story, _ in decisions} - {story.story for story in plan.stories}
    if unknown:
        raise KeyError(sorted(unknown)[0])
    return replace(plan, stories=tuple(_decided(story, decisions, others) for story in plan.stories))


def _decided(story: PlannedStory, decisions: Decisions, others: Side | None) -> PlannedStory:
    own = {key: decision for (name, key), decision in decisions.items() if name == story.story}
    if not own and (others is None or not story.merge.conflicts):
        return story
    if story.way.reason is not None or story.refusal is not None:
        return story
    made = replace(story, merge=decide(story.merge, own, others))
    return replace(made, effect=effect_of(made))


def effect_of(story: PlannedStory) -> Effect:
    """Work out what becomes of a story; the digest of the whole text only where a sign-off asks for it."""
    writes = story.way.reason is None and story.refusal is None
    changes = story.merge.applied if writes else ()
    confirmed = sum(map(_confirms, changes))
    worded = all(isinstance(change, PassageChange | FieldChange | FactChange) for change in changes)
    return replace(_what_becomes(story, len(changes), writes=writes), confirmed=confirmed, worded=worded)


def _confirms(change: Change) -> bool:
    """Whether a change confirms sentences and leaves their words alone."""
    if not isinstance(change, PassageChange) or _words(change.ours) != _words(change.result):
        return False
    pairs = zip(change.ours, change.result, strict=True)
    moved = [now.status for was, now in pairs if was.status is not now.status]
    return bool(moved) and _CONFIRMED.issuperset(moved)


def _words(run: Sequence[Segment]) -> list[tuple[str, str]]:
    return [(segment.source, segment.target) for segment in run]


def _what_becomes(story: PlannedStory, applied: int, *, writes: bool) -> Effect:
    at = story.ground
    if story.refusal is not None:
        return Effect(0, (), (), (), at.state, at.digest)
    back = taken_back(at, story.returning.signoffs) if writes or story.way.ends_approval else ()
    text = merged(story.merge) if applied else story.merge.ours
    empty = not story.apart and _is_empty(text)
    if not (story.came or back or at.signoffs):
        state, _ = aftermath(at, "", (), (), claim=_claim(story), empty=empty)
        return Effect(applied, (), (), (), state if applied or story.way.claims else at.state, "")
    digest = content_digest(text) if applied and not story.apart else at.digest
    if story.apart:
        digest = f"not whole {digest}"  # the paragraphs set apart are not in it: nothing that was signed can be this
    verdicts = judged(at, story.came, digest, back=back)
    if not applied and not back and not any(one.counts for one in verdicts):
        return Effect(0, verdicts, (), (), at.state, at.digest)
    state, lost = aftermath(at, digest, verdicts, back, claim=_claim(story), empty=empty)
    return Effect(applied, verdicts, back, lost, state, digest)


def _claim(story: PlannedStory) -> Claim | None:
    """The review that is taken in hand with what comes home."""
    at = story.ground
    step = at.standing().next_step
    return Claim(step or "", story.way.editor, at.digest) if story.way.claims else None


def _is_empty(content: Content) -> bool:
    return not any(segment.target for segment in content.segments())
