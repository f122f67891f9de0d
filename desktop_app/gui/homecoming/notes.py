"""What a plan says about a story beside its changes, sentence by sentence: sign-offs, what waits, what was left."""

from collections.abc import Iterator, Mapping

from desktop_app.desk.home_plan import HomePlan, PlannedStory, told_on_trust
from desktop_app.domain.merging.changes import Change, FieldChange, PassageChange
from desktop_app.domain.merging.deciding import texts_of
from desktop_app.domain.people import Person
from desktop_app.domain.signoff import SignOff
from desktop_app.domain.text_ops import text_ops
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.homecoming.shown import label_of, numbers_of
from desktop_app.gui.kit.change_list import ChangeRow
from desktop_app.gui.kit.states import SEGMENT_MARKS
from desktop_app.gui.kit.texts import Texts

Note = tuple[str, Message]  # its tone (``good``, ``warning``, ``muted``), and the sentence


def notes_of(story: PlannedStory, people: Mapping[str, Person]) -> Iterator[Note]:
    """Everything worth a sentence, the most important first."""
    if story.refusal is not None:
        yield "warning", story.refusal
        return
    trusted = told_on_trust(story, people)
    if trusted is not None:
        yield "warning", trusted
    if story.new is not None:
        yield "good", N_("This story was begun away from here; it comes in whole.")
    if story.way.reason is not None:
        yield (
            "warning",
            N_(
                "The text cannot be changed here now: {reason}. What came home waits and can be decided later.",
                reason=story.way.reason,
            ),
        )
    if story.apart:
        yield "warning", N_("The Chinese is not the same here and there; such sentences wait to be decided.")
    yield from _signoffs(story, people)
    if story.comments:
        count = len(story.comments)
        yield "muted", NN_("{n} comment comes along.", "{n} comments come along.", count)
    for one in story.told:
        said = N_("{what}: “{words}”", what=one.reason, words=one.words) if one.words else one.reason
        yield "muted", said
    if not story.changes_anything:
        yield "muted", N_("Nothing was changed there.")


def _signoffs(story: PlannedStory, people: Mapping[str, Person]) -> Iterator[Note]:
    for verdict in story.effect.verdicts:
        signoff = verdict.signoff
        step, person = story.ground.policy.step(signoff.step), people.get(signoff.person)
        values: dict[str, object] = {
            "step": step.title if step is not None else signoff.step,
            "person": person.called if person is not None else signoff.person,
        }
        if verdict.reason is None:
            yield "good", N_("“{step}”, signed by {person}, counts here.", **values)
        else:
            yield "warning", N_(
                "“{step}”, signed by {person}, is kept in the history and does not count: {reason}.",
                **values, reason=verdict.reason,
            )  # fmt: skip
    for signoff in story.effect.lost:
        step = story.ground.policy.step(signoff.step)
        name = step.title if step is not None else signoff.step
        yield "warning", N_("“{step}”, signed here, stops counting: the words are others then.", step=name)
    for signoff in story.effect.back:
        step = story.ground.policy.step(signoff.step)
        name = step.title if step is not None else signoff.step
        yield "warning", _taken_back(signoff, name, people.get(signoff.withdrawn_by or ""))


def _taken_back(signoff: SignOff, step: Message | str, by: Person | None) -> Message:
    if signoff.withdrawn_key is None and by is not None and by.key is not None:
        return N_("“{step}” was taken back there, without a signature.", step=step)
    return N_("“{step}” was taken back there.", step=step)


def trusted_of(plan: HomePlan) -> Message | None:
    """For how many sign-offs nothing but the package vouches; None where there are none."""
    trusted = sum(len(story.on_trust) for story in plan.stories)
    if not trusted:
        return None
    return NN_(
        "{n} sign-off counts on the word of the package alone.",
        "{n} sign-offs count on the word of the package alone.",
        trusted,
    )


def kept_of(plan: HomePlan) -> Message | None:
    """What is to be known after all is taken in: that sign-offs which came do not count; None where all do."""
    kept = sum(not verdict.counts for story in plan.stories for verdict in story.effect.verdicts)
    if not kept:
        return None
    return NN_(
        "{n} sign-off does not count here; the line over the story says what is to be signed.",
        "{n} sign-offs do not count here; the line over each story says what is to be signed.",
        kept,
    )


def rows_of(story: PlannedStory, texts: Texts) -> list[ChangeRow]:
    """The changes that will be written, as rows of a list."""
    numbers = numbers_of(story.merge.theirs) | numbers_of(story.merge.ours)
    rows: list[ChangeRow] = []
    for change in story.changes:
        number = numbers.get(change.key[0])
        language = story.languages.target
        if isinstance(change, FieldChange) and change.field.endswith("zh"):
            language = story.languages.source
        note = _status_alone(change, texts) if isinstance(change, PassageChange) else texts(label_of(change, {}))
        rows.append(ChangeRow(story.story, change.key, str(number or ""), note, False, language=language))
    return rows


def _status_alone(change: PassageChange, texts: Texts) -> str:
    """The new status where the words stay the same; a row without marks would say nothing."""
    before, after = [[(s.source, s.target) for s in side] for side in (change.ours, change.result)]
    return texts(SEGMENT_MARKS[change.result[0].status].word) if before == after else ""


def ops_of(change: Change) -> tuple[tuple[str, str], ...]:
    """How the text here changes."""
    return text_ops(texts_of(change, "ours"), texts_of(change, "result"))
