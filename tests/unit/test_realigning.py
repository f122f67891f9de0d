"""A paragraph aligned anew keeps every character of both sides, and what stays as it was keeps its id and standing."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.desk.lexicons import dictionary
from desktop_app.desk.realigning import aligned_anew
from desktop_app.desk.sentence_rules import default_rules
from desktop_app.domain.story import Block, BlockKind, Languages, Segment, SegmentStatus, block_text

CHINESE, ENGLISH = Languages("zh-Hans", "en"), Languages("en", "zh-Hans")


def anew(segments: tuple[Segment, ...], languages: Languages = CHINESE) -> tuple[Segment, ...]:
    numbers = count()
    return aligned_anew(segments, languages, default_rules(), dictionary(), new_id=lambda: f"new{next(numbers)}")


def said(segments: tuple[Segment, ...], languages: Languages) -> object:
    return block_text(Block("b", BlockKind.PARAGRAPH, segments), languages)


def test_one_large_segment_is_cut_into_its_sentences() -> None:
    english = "The meeting began on Monday. The president spoke."
    whole = Segment("a", "会议于周一开始。校长致辞。", english, SegmentStatus.CONFIRMED)
    made = anew((whole,))
    assert [(one.source, one.target) for one in made] == [
        ("会议于周一开始。", "The meeting began on Monday."),
        ("校长致辞。", "The president spoke."),
    ]
    assert [one.status for one in made] == [SegmentStatus.DRAFT, SegmentStatus.DRAFT]
    assert made[0].id == "a", "the larger part keeps the id, and with it its comments"
    assert made[1].id == "new0"


def test_a_pair_that_stays_keeps_its_id_and_its_status() -> None:
    first = Segment("a", "会议于周一开始。", "The meeting began on Monday.", SegmentStatus.CONFIRMED)
    second = Segment("b", "校长致", "The president", SegmentStatus.DRAFT)
    third = Segment("c", "辞。", "spoke.", SegmentStatus.REVISED)
    made = anew((first, second, third))
    assert made[0] == first
    assert (made[1].id, made[1].source, made[1].target) == ("b", "校长致辞。", "The president spoke.")
    assert len(made) == 2


def test_what_is_aligned_already_stays_as_it_is() -> None:
    segments = (
        Segment("a", "会议于周一开始。", "The meeting began on Monday.", SegmentStatus.SIGNED_OFF),
        Segment("b", "校长致辞。", "", SegmentStatus.UNTRANSLATED),
    )
    made = anew(anew(segments))
    assert made[0] == segments[0]
    assert anew(made) == made


def test_a_paragraph_without_text_stays() -> None:
    empty = (Segment("a"),)
    assert anew(empty) == empty


_ZH = st.text(alphabet="会议开始校长说“”。！？，、… 1a", max_size=12)
_EN = st.text(alphabet="abc Mr. ?!\"“”'  \u00a0", max_size=14)


@given(st.lists(st.tuples(_ZH, _EN, st.sampled_from(list(SegmentStatus))), min_size=1, max_size=5), st.booleans())
def test_no_character_is_lost(drawn: list[tuple[str, str, SegmentStatus]], turned: bool) -> None:
    languages = ENGLISH if turned else CHINESE
    segments = tuple(
        Segment(f"s{n}", *((en, zh) if turned else (zh, en)), status) for n, (zh, en, status) in enumerate(drawn)
    )
    made = anew(segments, languages)
    assert said(made, languages) == said(segments, languages)
    assert len({one.id for one in made}) == len(made)
    known = {one.id: one for one in segments}
    for one in made:
        assert one.status is (SegmentStatus.DRAFT if one.target else SegmentStatus.UNTRANSLATED) or one == known[one.id]
