"""What a person has done day by day: segments confirmed, and English words written or changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from desktop_app.domain.counts import words_of
from desktop_app.domain.story import SegmentStatus

CONFIRMING = frozenset({SegmentStatus.CONFIRMED.value, SegmentStatus.REVISED.value, SegmentStatus.SIGNED_OFF.value})
ENGLISH = frozenset({"target", "caption_en", "alt_en"})  # the fields of wordings that are in the target language


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one sitting made of one text: ``before`` and ``was`` are text and status at its beginning."""

    story: str
    part: str
    field: str
    at: str
    text: str
    status: str
    before: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """Segments confirmed and English words written."""

    confirmed: int = 0
    words: int = 0

    def __add__(self, more: "Done") -> "Done":
        """Both together."""
        return Done(self.confirmed + more.confirmed, self.words + more.words)


@dataclass(frozen=True)
class Day:
    """One day's work, in all and by story; stories in which nothing was done are left out."""

    date: date
    done: Done = Done()
    stories: Mapping[str, Done] = field(default_factory=lambda: MappingProxyType({}))


def words_written(before: str, now: str) -> int:
    """The number of words in ``now`` that were not there before: those that were added, and those put for others.

    A word that only moved is not written again; letter case and punctuation make no other word.
    """
    old, new = (Counter(word.casefold() for word in words_of(text)) for text in (before, now))
    return (new - old).total()


def by_day(sittings: Iterable[Sitting], today: date, how_many: int, day_of: Callable[[str], date]) -> list[Day]:
    """The last ``how_many`` days up to today, the oldest first; ``day_of`` tells the local day of a moment.

    A segment that is confirmed more than once in a day counts once.
    """
    days = [today - timedelta(days=back) for back in range(how_many - 1, -1, -1)]
    words: dict[date, Counter[str]] = {day: Counter() for day in days}
    confirmed: dict[date, dict[str, set[str]]] = {day: {} for day in days}
    for sitting in sittings:
        day = day_of(sitting.at)
        if day not in words:
            continue
        if sitting.field in ENGLISH and sitting.text != sitting.before:
            words[day][sitting.story] += words_written(sitting.before, sitting.text)
        if sitting.status in CONFIRMING and (sitting.was not in CONFIRMING or sitting.status != sitting.was):
            confirmed[day].setdefault(sitting.story, set()).add(sitting.part)
    return [_day(day, words[day], confirmed[day]) for day in days]


def _day(day: date, words: Mapping[str, int], confirmed: Mapping[str, set[str]]) -> Day:
    stories = {
        story: Done(len(confirmed.get(story, ())), words.get(story, 0))
        for story in sorted(words.keys() | confirmed.keys())
    }
    stories = {story: done for story, done in stories.items() if done != Done()}
    return Day(day, sum(stories.values(), Done()), MappingProxyType(stories))
