"""Who made a change: checked against texts of which every word knows its author."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.authors import NOBODY_KNOWN, Author, Made, Wrote, blame, blame_pieces
from desktop_app.domain.text_ops import Hunk, aligned, hunks, text_ops, tokens

WANG, ZHAO, LI, GU = (Author(name, f"2024-01-0{day}") for day, name in enumerate(("wang", "zhao", "li", "gu"), 2))
SIX = tuple("abcdef")


def steps_of(*said: tuple[str, Author]) -> list[Wrote]:
    return [Wrote(text, author) for text, author in said]


def named(found: list[Made]) -> list[list[str | None]]:
    return [[author.person for author in made.authors] for made in found]


def test_each_change_has_its_own_author() -> None:
    steps = steps_of(("Two old friends met here.", WANG), ("Two old friends met there today.", ZHAO))
    found = blame("Three old friends met here.", steps, "Two old friends met there today.")
    assert named(found) == [["wang"], ["zhao"]]
    assert [made.owner for made in found] == ["wang", "zhao"]


def test_who_wrote_what_stands_comes_before_who_took_out_what_stood() -> None:
    steps = steps_of(("at AAA", WANG), ("at BBB", ZHAO))
    (made,) = blame("at YCUT", steps, "at BBB")
    assert made == Made((ZHAO, WANG), "zhao")
    assert (made.person, made.at) == ("zhao", ZHAO.at)


def test_after_a_restore_the_last_who_took_the_words_out_is_named() -> None:
    steps = steps_of(("at AAA", WANG), ("at BBB", ZHAO), ("at YCUT", LI), ("at CCC", GU))
    assert blame("at YCUT", steps, "at CCC") == [Made((GU,), "gu")]
    assert blame("at YCUT", steps[:3], "at YCUT") == []


def test_words_of_an_older_wording_are_by_whoever_put_them_back() -> None:
    steps = steps_of(("at AAA", WANG), ("at BBB", ZHAO), ("at AAA", LI))
    assert blame("at YCUT", steps, "at AAA") == [Made((LI, WANG), "li")]


def test_a_change_that_several_wrote_is_nobodys_own() -> None:
    steps = steps_of(("The new long bridge opens.", WANG), ("The new long wooden bridge opens.", ZHAO))
    (made,) = blame("The bridge opens.", steps, steps[-1].text)
    assert {author.person for author in made.authors} == {"wang", "zhao"}
    assert made.owner is None


def test_what_no_wording_tells_of_is_by_whoever_else_it_may_be() -> None:
    assert blame("a cat", [], "a dog") == [Made((NOBODY_KNOWN,), None)]
    found = blame("red cat sits still", steps_of(("blue cat sits still", WANG)), "blue cat sits there", GU)
    assert named(found) == [["wang"], ["gu"]]


def test_a_word_that_could_stand_in_two_places_is_no_strangers() -> None:
    steps = steps_of(("very very good", WANG), ("very very very good", ZHAO), ("very very very good indeed", LI))
    for made in blame("very good", steps, steps[-1].text):
        assert {author.person for author in made.authors} <= {"wang", "zhao", "li"}
    assert [made.owner for made in blame("very good", steps[:1], steps[0].text)] == ["wang"]


def test_what_was_accepted_is_still_by_who_wrote_it() -> None:
    """The changes that lead to an accepted text are followed to the wording that it was accepted from."""
    steps = steps_of(("one B three D", WANG), ("one X three D", ZHAO))
    assert named(blame("one two three four", steps, "one B three four", GU)) == [["wang"]]


def test_words_that_went_to_a_new_segment_are_by_who_wrote_them() -> None:
    steps = steps_of(("One new. Two odd.", ZHAO), ("One new. Two odd.", LI), ("One new. Two old.", WANG))
    found = blame_pieces(["One.", "Two."], steps, ["One new.", "Two old."], " ")
    assert [named(made) for made in found] == [[["zhao"]], [["wang"]]]


def test_a_word_that_stays_is_not_given_up_for_the_blanks_around_it() -> None:
    steps = steps_of(("one two three", WANG), ("one six two three", WANG), ("one two nine three", ZHAO))
    (made,) = blame("one six", steps, "one two nine three")
    assert (named([made]), made.owner) == ([["wang", "zhao"]], None)


# Random chains of edits: every word is there once, so that there is one way alone to align two texts


@dataclass(frozen=True)
class Word:
    text: str
    by: str


@dataclass
class Chain:
    """What several people made of a text, every word with its author."""

    said: list[list[Word]]
    authors: list[Author]
    took_out: list[dict[str, str]]  # after each step: who took out a word last

    def text(self, at: int) -> str:
        return " ".join(word.text for word in self.said[at])

    def steps(self) -> list[Wrote]:
        return [Wrote(self.text(at + 1), author) for at, author in enumerate(self.authors)]


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    fresh = (f"{draw(st.sampled_from(SIX))}{number}" for number in count())
    chain = Chain([[Word(next(fresh), "") for _ in range(draw(st.integers(0, 8)))]], [], [{}])
    for number in range(draw(st.integers(1, 6))):
        who = draw(st.sampled_from(("wang", "zhao", "li", "gu")))
        now = chain.said[-1]
        back = draw(st.integers(-2 * len(chain.said), len(chain.said) - 1))
        if back >= 0:  # somebody restores what stood
            standing = {word.text: word for word in now}
            after = [standing.get(word.text, replace(word, by=who)) for word in chain.said[back]]
        else:
            start = draw(st.integers(0, len(now)))
            end = draw(st.integers(start, min(len(now), start + 4)))
            after = [*now[:start], *(Word(next(fresh), who) for _ in range(draw(st.integers(0, 3)))), *now[end:]]
        left = {word.text for word in after}
        gone = {word.text: who for word in now if word.text not in left}
        chain.took_out.append({**chain.took_out[-1], **gone})
        chain.said.append(after)
        chain.authors.append(Author(who, f"2024-01-{number + 1:02}"))
    return chain


def expected(chain: Chain, old_at: int, hunk: Hunk) -> tuple[Counter[str], Counter[str]]:
    """Who wrote, and who took out, how much of a change; what stands in both is nobody's."""
    wrote = {word.text: word.by for word in chain.said[-1]}
    before, after = hunk.deleted.split(), hunk.inserted.split()
    inserted, deleted = Counter[str](), Counter[str]()
    for word in after:
        if word not in before:
            inserted[wrote[word]] += len(word)
    for word in before:
        if word not in after:
            deleted[chain.took_out[-1][word]] += len(word)
    return inserted, deleted


def check(chain: Chain, old_at: int) -> None:
    """Compare from a text of the chain, as if all up to it was accepted, to its end."""
    old, new = chain.text(old_at), chain.text(-1)
    found = blame(old, chain.steps(), new, begins=chain.text(0))
    changes = list(hunks(text_ops(old, new)))
    assert len(found) == len(changes)
    for hunk, made in zip(changes, found, strict=True):
        inserted, deleted = expected(chain, old_at, hunk)
        if inserted or deleted:
            people = [author.person for author in made.authors]
            assert set(people) == {*inserted, *deleted}
            assert len(people) == len(set(people))
            first = inserted or deleted
            assert first[people[0] or ""] == max(first.values())
            assert made.owner == (next(iter(first)) if len(first) == 1 else None)
        else:
            assert not (hunk.deleted + hunk.inserted).strip(), "a blank alone"


@given(chains())
def test_every_word_is_credited_to_who_put_it_there(chain: Chain) -> None:
    check(chain, 0)


@given(chains(), st.data())
def test_every_word_is_credited_after_others_were_accepted(chain: Chain, data: st.DataObject) -> None:
    check(chain, data.draw(st.integers(0, len(chain.said) - 1)))


WORDS = st.lists(st.sampled_from(["the", "of", "a", "bridge", "on", ",", "大", "学", " "]), max_size=10).map(" ".join)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=5))
def test_nobody_is_named_who_did_nothing_with_the_words_of_a_change(old: str, said: list[str]) -> None:
    """Equal words may be aligned in many ways; yet who is named wrote or took out one of the words."""
    steps = [Wrote(text, Author(str(number), "")) for number, text in enumerate(said)]
    wrote, took = {}, {}
    for number, (before, after) in enumerate(zip([old, *said], said, strict=False)):
        pieces = aligned(before, after)
        wrote[str(number)] = {word for piece in pieces for word in piece.inserted}
        took[str(number)] = {word for piece in pieces for word in piece.deleted}
    for hunk, made in zip(hunks(text_ops(old, said[-1])), blame(old, steps, said[-1]), strict=True):
        come, gone = set(tokens(hunk.inserted)), set(tokens(hunk.deleted))
        for author in made.authors:
            if author.person is not None:
                assert come & wrote[author.person] or gone & took[author.person]
        assert made.owner in {None, *(author.person for author in made.authors)}


@given(WORDS, st.lists(WORDS, max_size=4), WORDS, WORDS)
def test_there_are_authors_for_every_change_of_any_texts(old: str, said: list[str], new: str, begins: str) -> None:
    steps = [Wrote(text, Author(str(number), "")) for number, text in enumerate(said)]
    found = blame(old, steps, new, GU, begins=begins)
    assert len(found) == len(list(hunks(text_ops(old, new))))
    assert all(made.authors for made in found)
