"""What was not decided when it came home is looked up in the text of later, and can still be decided."""

import json
import random
from collections import Counter

import pytest
from random_acts import CHINESE, Office
from test_merging import LOT, all_words, lots, sides, words

from desktop_app.domain.merging.applying import edits_of, merged
from desktop_app.domain.merging.carrying import Bearing, bearings, carried, written
from desktop_app.domain.merging.changes import BlockChange, FieldChange, PassageChange
from desktop_app.domain.merging.comparing import compare
from desktop_app.domain.merging.deciding import texts_of
from desktop_app.domain.merging.plain import change_from_plain, change_to_plain
from desktop_app.foundation.errors import NotAllowedError


@pytest.mark.parametrize("first", lots("plain"))
def test_every_undecided_change_is_kept_as_plain_data_and_stands_where_it_stood(first: int) -> None:
    for seed in range(first, first + LOT // 3):
        base, ours, theirs, languages = sides(seed)
        merge = compare(base, ours, theirs, languages)
        now = merged(merge)
        for change in merge.conflicts:
            read = change_from_plain(json.loads(json.dumps(change_to_plain(change))))
            assert read == change, seed
            found = bearings(read, now, languages)
            assert found.bearing in {Bearing.OPEN, Bearing.MOVED_ON, Bearing.SETTLED}, (seed, change)
            if isinstance(change, PassageChange | FieldChange):
                assert texts_of(found.change, "ours") == texts_of(change, "ours"), seed


@pytest.mark.parametrize("first", lots("later"))
def test_what_is_taken_later_loses_no_word_of_theirs_and_none_beside(first: int) -> None:
    taken = refused = 0
    for seed in range(first, first + LOT // 3):
        base, ours, theirs, languages = sides(seed)
        merge = compare(base, ours, theirs, languages)
        now = Office(random.Random(seed), "n", languages).work(merged(merge), seed % 4)
        for change in merge.conflicts:
            found = bearings(change, now, languages)
            behind = [block.id for block in theirs.blocks]
            place = behind.index(change.key[0]) if change.key[0] in behind else 0
            try:
                wanted = carried(found, now, behind=behind[:place][::-1])
            except NotAllowedError:
                refused += 1
                continue
            taken += 1
            edits_of(compare(now, now, wanted, languages))
            shown = Counter(_words(texts_of(found.change, "theirs")))
            if isinstance(change, PassageChange | FieldChange):
                assert not shown - all_words(wanted), seed
            lost = all_words(now) - all_words(wanted) - Counter(_words(texts_of(found.change, "ours")))
            assert not lost or isinstance(change, BlockChange) or change.key[1] == "picture", (seed, change)
    assert taken > 4 * refused, "mostly it can be taken"


def _words(text: str) -> list[str]:
    return list(words(text.replace(".jpg", "")).elements())


def test_words_of_ones_own_stand_in_the_place_of_the_passage() -> None:
    found = 0
    for seed in range(400):
        base, ours, theirs, languages = sides(seed)
        merge = compare(base, ours, theirs, languages)
        for change in merge.conflicts:
            if not isinstance(change, PassageChange):
                continue
            at = bearings(change, merge.ours, languages)
            texts = [f"Own{number}x." for number in range(len(at.change.ours))]  # type: ignore[arg-type]
            wanted = written(at, merge.ours, texts)
            said = [segment.target for segment in wanted.segments()]
            assert all(text in said for text in texts)
            assert len(said) == len(list(merge.ours.segments()))
            with pytest.raises(NotAllowedError):
                written(at, merge.ours, [*texts, "One too many."])
            found += 1
    assert found > 20
    assert CHINESE.source
