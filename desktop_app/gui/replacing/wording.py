"""What the window of find and replace says: of stories, of texts that stay, of what was done."""

from collections.abc import Sequence

from desktop_app.desk.replacing import STAY_STALE, FoundStory, FoundText, Replacement, Skipped, where_left
from desktop_app.domain.story import SegmentStatus
from desktop_app.domain.workflow import STATE_NAMES
from desktop_app.foundation.messages import N_, NN_, Message
from desktop_app.gui.kit.change_list import ChangeRow
from desktop_app.gui.kit.texts import Texts

_CONFIRMED = frozenset({SegmentStatus.CONFIRMED, SegmentStatus.REVISED, SegmentStatus.SIGNED_OFF})
_SIDES = {
    "caption-en": N_("caption"),
    "caption-zh": N_("Chinese caption"),
    "alt-en": N_("alternative text"),
}

_MOST_NAMED = 3  # texts that were left, in a sentence

Key = tuple[str, str, str]


def key_of(story: FoundStory, text: FoundText) -> Key:
    """What a row of the list is called: story, part and side."""
    return story.id, text.part, text.side


def rows_of(story: FoundStory, texts: Texts, *, replacing: bool, signed: bool) -> list[ChangeRow]:
    """The heading of a story and a row for each of its texts."""
    rows: list[ChangeRow] = []
    for text in story.texts:
        refused = story.refusal(text, signed=signed) if replacing else None
        own = text.refused if refused is not None else None
        note, tone = (texts(_SIDES[text.side]) if text.side in _SIDES else ""), "muted"
        if own is not None:  # what holds for the whole story stands in its heading
            note, tone = texts(own), "warning"
        elif replacing and refused is None and undoes(text):
            note = texts(N_("confirmed → draft"))
        language = "zh-Hans" if text.side in {"source", "caption-zh"} else "en"
        rows.append(ChangeRow(story.id, key_of(story, text), "", note, refused is None, tone, language))
    return [_heading(story, texts, replacing=replacing, signed=signed), *rows] if rows else []


def _heading(story: FoundStory, texts: Texts, *, replacing: bool, signed: bool) -> ChangeRow:
    facts = [texts(STATE_NAMES[story.state]), texts(NN_("{n} place", "{n} places", story.hits))]
    tone = "muted"
    if replacing and story.refused is not None:
        facts, tone = [facts[0], texts(story.refused)], "warning"
    elif replacing and story.signed:
        loses = N_("sign-offs become stale") if signed else N_("signed: stays as it is")
        facts, tone = [*facts, texts(loses)], "warning"
    name = story.headline.en or story.headline.zh or story.slug
    return ChangeRow(story.id, None, name, " · ".join(facts), True, tone)


def undoes(text: FoundText) -> bool:
    """Whether replacing un-confirms a text."""
    return text.side == "target" and text.status in _CONFIRMED


def what_was_done(done: Replacement, *, undone: bool, deleted: bool = False) -> tuple[Message, str]:
    """The sentence after an act and its tone; ``deleted`` says that nothing was put in the place of the words."""
    texts, stories = len(done.replaced), len({one.story for one in done.replaced})
    inside = NN_("{n} story", "{n} stories", stories)
    if undone:
        said = N_(
            "The old words are back: {texts} in {stories}.",
            texts=NN_("{n} text", "{n} texts", texts), stories=inside,
        )  # fmt: skip
        if done.stale:
            said = N_("{said} {more}", said=said, more=STAY_STALE)
    elif deleted:
        said = N_("Words taken out: {texts} in {stories}.", texts=NN_("{n} text", "{n} texts", texts), stories=inside)
    else:
        said = N_("Replaced: {texts} in {stories}.", texts=NN_("{n} text", "{n} texts", texts), stories=inside)
    if done.skipped:
        left = NN_(
            "{said} {n} text was left as it is: {places}.", "{said} {n} texts were left as they are: {places}.",
            len(done.skipped), said=said, places=_places(done.skipped),
        )  # fmt: skip
        return left, "warning"
    return said, "warning" if undone and done.stale else "good"


def _places(skipped: Sequence[Skipped]) -> Message:
    """Where the texts stand that were left, each with the reason; of many, the first."""
    named = [N_("{place} ({reason})", place=where_left(one), reason=one.reason) for one in skipped[:_MOST_NAMED]]
    said = named[0]
    for one in named[1:]:
        said = N_("{before}; {after}", before=said, after=one)
    more = len(skipped) - len(named)
    return NN_("{places} … and {n} more", "{places} … and {n} more", more, places=said) if more else said


def lost(found: Sequence[FoundStory]) -> int:
    """How many signed stories could be changed, and would lose sign-offs."""
    return sum(
        story.signed and story.refused is None and any(text.refused is None for text in story.texts) for story in found
    )
