"""What a match is shown with: the score, what was looked past to reach it, and who gives way to whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from desktop_app.domain.memory import Layer
from desktop_app.language.memory import Asked, Entry, Hopefuls, Judged, context_key, judge, masked_key, nearest
from desktop_app.language.memory.masking import MASK, kinds_that_differ, mask
from desktop_app.language.memory.similarity import compared, score_of, similarity_of, swap_score


def entry(source: str, number: int = 1, *, layer: Layer = Layer.IMPORTED, target: str = "", **more: object) -> Entry:
    values = {"before": None, "after": None, "at": "", **more}
    return Entry(number, int(layer), source, target or f"English {number}", **values)


def matches(
    text: str,
    entries: list[Entry],
    *,
    least: int = 70,
    limit: int = 5,
    before: int | None = None,
    after: int | None = None,
) -> list[Judged]:
    """Judge all entries, with nothing known of any before it is looked at."""
    asked = Asked(compared(text), least, limit, before, after)
    by_id = {one.id: one for one in entries}
    hopefuls = Hopefuls(list(by_id), [0.0] * len(by_id), [0] * len(by_id))
    found = nearest(asked, hopefuls, lambda ids: [by_id[one] for one in ids])
    key = masked_key(text)
    alike = [one for one in entries if key is not None and masked_key(one.source) == key]
    return judge(asked, found, alike)


def test_score_is_the_whole_per_cent_and_never_rounded_up() -> None:
    assert score_of(7, 23) == 69  # 69.57
    assert similarity_of(7, 23) == 69.5
    assert score_of(1, 1000) == 99
    assert similarity_of(1, 10_000) == 99.9
    (match,) = matches("一二三四五六七八九十甲", [entry("一二三四五六七八九十乙丙")], least=60)
    assert match.score == 83


def test_only_the_same_text_has_100_and_the_same_place_101() -> None:
    here = {"before": context_key("前句。"), "after": context_key("")}
    one, other = entry("同一句话。", 1, **here), entry("同一句话。", 2, before=7, after=8)
    found = matches("同一句话。", [other, one], **here)
    assert [(judged.entry.id, judged.score) for judged in found] == [(1, 101), (2, 100)]
    assert [judged.score for judged in matches("同一句话。", [other, one])] == [100, 100]


@pytest.mark.parametrize(
    ("text", "other", "kinds"),
    [
        ("2024年1月29日，学校举行典礼。", "2023年12月5日，学校举行典礼。", ("dates",)),
        ("共有1,200名学生参加。", "共有35名学生参加。", ("numbers",)),
        ("第三届运动会今天开幕。", "第十二届运动会今天开幕。", ("numbers",)),
        ("1月5日有300人参加。", "12月25日有4500人参加。", ("numbers", "dates")),
        ("增长了12.5%，总额3.2亿元。", "增长了7%，总额15亿元。", ("numbers",)),
        ("二〇二四年共招收三百人。", "一九九八年共招收五十人。", ("numbers", "dates")),
    ],
)
def test_texts_that_differ_in_figures_alone_have_99(text: str, other: str, kinds: tuple[str, ...]) -> None:
    (match,) = matches(text, [entry(other)])
    assert match.score == 99
    assert match.differs == kinds
    assert match.similarity < 99


def test_figures_are_looked_past_where_more_differs() -> None:
    (match,) = matches("2024年1月29日，学校举行了典礼。", [entry("2019年10月8日，学校举行典礼。")], least=50)
    assert match.similarity < match.score < 99
    assert match.differs == ("dates",)


@pytest.mark.parametrize("text", ["万一他来了。", "千万不要说。", "统一思想。", "我们一起走。"])
def test_words_with_number_signs_are_no_figures(text: str) -> None:
    assert mask(text).text == text


@given(st.text(st.sampled_from("第三十万年月日12.,%:-届共有的人 "), max_size=30))
def test_masking_keeps_every_other_character(text: str) -> None:
    masked = mask(text)
    pieces = masked.text.split(MASK)
    assert len(pieces) == len(masked.figures) + 1
    rebuilt = pieces[0] + "".join(figure + piece for (_, figure), piece in zip(masked.figures, pieces[1:], strict=True))
    assert rebuilt == text
    assert kinds_that_differ(masked, masked) == ()


def test_moved_clauses_surface_below_the_asked_similarity() -> None:
    text = "为庆祝建校百年，学校举行了隆重的典礼，来自各地的校友参加了活动。"
    moved = "来自各地的校友参加了活动，学校举行了隆重的典礼，为庆祝建校百年。"
    (match,) = matches(text, [entry(moved)])
    assert match.similarity < 70 <= match.score < 90
    assert match.differs == ("order",)


def test_a_clause_that_was_added_is_no_moved_clause() -> None:
    assert swap_score("学校举行了隆重的典礼。", "学校举行了隆重的典礼，校友参加了活动。") == 0
    assert swap_score("他来", "来他") == 0


def test_a_draft_shows_ten_less_and_comes_after() -> None:
    draft, signed = entry("学校举行典礼。", 1, layer=Layer.DRAFT), entry("学校举行典礼！", 2, layer=Layer.SIGNED)
    found = matches("学校举行典礼。", [draft, signed], least=60)
    assert [(one.entry.id, one.score, one.similarity) for one in found] == [(1, 90, 100.0), (2, 85, 85.7)]
    found = matches("学校举行典礼。", [draft, entry("学校举行典礼。", 3, layer=Layer.SIGNED)], limit=1)
    assert [one.entry.id for one in found] == [3]


def test_the_more_trusted_and_the_newer_come_first_among_equals() -> None:
    entries = [
        entry("好。", 1, at="2024"),
        entry("好。", 2, layer=Layer.SIGNED, at="2020"),
        entry("好。", 3, at="2025"),
        entry("好。", 4, layer=Layer.SIGNED, at="2023"),
    ]
    assert [one.entry.id for one in matches("好。", entries)] == [4, 2, 3, 1]


def test_of_the_same_pair_only_the_best_is_shown() -> None:
    entries = [entry("好。", n, target="Good.", layer=layer) for n, layer in enumerate(Layer, start=1)]
    assert [one.entry.layer for one in matches("好。", entries)] == [Layer.SIGNED]


def test_no_raised_score_puts_a_nearer_text_out() -> None:
    """The units nearest by plain similarity are there, whatever else there is."""
    near = [entry(f"本届会议有{word}百人参加。", n) for n, word in enumerate("大小多少", start=1)]
    figures = entry("本届会议有123456789人参加。", 9)
    found = matches("本届会议有两百人参加。", [*near, figures], least=60, limit=4)
    assert {one.entry.id for one in found} == {1, 2, 3, 4}
    found = matches("本届会议有两百人参加。", [*near, figures], least=60, limit=5)
    assert found[0].entry.id == 9
    assert found[0].score == 99


TEXTS = st.text(st.sampled_from("甲乙丙三3"), min_size=1, max_size=9)


@given(st.lists(TEXTS, max_size=40), TEXTS, st.integers(50, 100), st.integers(1, 6))
def test_the_nearest_are_always_chosen(texts: list[str], text: str, least: int, limit: int) -> None:
    entries = [entry(one, number) for number, one in enumerate(texts, start=1)]
    found = matches(text, entries, least=least, limit=limit)
    away = [(Levenshtein.distance(text, one), max(len(text), len(one))) for one in texts]
    best = sorted((similarity_of(*one) for one in away if 100 * (one[1] - one[0]) >= least * one[1]), reverse=True)
    chosen = sorted((one.similarity for one in found), reverse=True)
    assert chosen[: min(limit, len(best))] == best[:limit]
    assert len(found) <= limit
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
