"""Which sign-offs count: in the policy's order, each given after the last and for the text that came of it."""

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.policy import DRAFT_REVISION, THREE_REVIEWS, PolicyBook
from desktop_app.domain.signoff import Claim, SignOff, reopened, signed_under, standing, unbroken
from desktop_app.domain.story import VersionNumber

STEPS = [step.name for step in THREE_REVIEWS.steps]


def signed(*statements: tuple[str, str, str]) -> list[SignOff]:
    """Sign-offs in the order given: step, the text that was handed on, the text signed. A ``-`` step is withdrawn."""
    return [
        SignOff(
            f"s{number}",
            step.lstrip("-"),
            f"p-{step.lstrip('-')}",
            "",
            text,
            handed,
            VersionNumber(),
            withdrawn_at="2024" if step.startswith("-") else None,
        )
        for number, (step, handed, text) in enumerate(statements)
    ]


def steps(signoffs: list[SignOff], text: str, claim: Claim | None = None) -> list[str]:
    return list(standing(THREE_REVIEWS, signoffs, text, claim).valid)


WHOLE = [("draft", "A", "A"), ("first", "A", "B"), ("second", "B", "C"), ("final", "C", "D"), ("approval", "D", "D")]


def test_all_steps_stand_for_the_last_text_alone() -> None:
    assert steps(signed(*WHOLE), "D") == STEPS
    assert standing(THREE_REVIEWS, signed(*WHOLE), "D", None).next_step is None
    assert steps(signed(*WHOLE), "E") == []


def test_an_open_review_carries_what_was_handed_to_it_whatever_its_holder_types() -> None:
    begun = signed(*WHOLE[:2])
    for text in ("B", "typed", "A"):
        assert steps(begun, text, Claim("second", "p", "B")) == ["draft", "first"]


def test_an_open_step_and_those_after_it_are_not_signed() -> None:
    assert steps(signed(*WHOLE), "D", Claim("second", "p", "B")) == ["draft", "first"]


def test_a_review_of_another_text_than_the_one_before_does_not_count() -> None:
    assert steps(signed(("draft", "A", "A"), ("first", "X", "B")), "B") == []


def test_a_step_signed_before_the_one_below_it_does_not_count() -> None:
    again = signed(*WHOLE[:3], ("first", "A", "C"))
    assert steps(signed(("draft", "A", "A"), ("second", "A", "A"), ("first", "A", "A")), "A") == ["draft", "first"]
    assert steps(again, "C") == ["draft", "first"]


def test_a_newer_sign_off_that_was_withdrawn_does_not_uncover_an_older_one() -> None:
    assert steps(signed(("draft", "A", "A"), ("-draft", "A", "A")), "A") == []


def test_a_story_falls_back_to_the_last_review_that_stood_on_what_still_stands() -> None:
    assert reopened(THREE_REVIEWS, signed(*WHOLE), "E") == Claim("final", "p-final", "C")
    assert reopened(THREE_REVIEWS, signed(*WHOLE[:3]), "E") == Claim("second", "p-second", "B")
    assert reopened(THREE_REVIEWS, signed(*WHOLE[:1]), "E") is None
    assert reopened(THREE_REVIEWS, signed(*WHOLE[:3]), "C") is None, "it waits for its next step"


def test_a_review_from_before_the_draft_was_signed_again_is_not_reopened() -> None:
    returned = signed(("-draft", "A", "A"), ("-first", "A", "B"), ("draft", "A", "A"))
    assert reopened(THREE_REVIEWS, returned, "A") is None


texts = st.sampled_from("ABC")
statements = st.lists(
    st.tuples(st.sampled_from([*STEPS, "-draft", "-first", "-second"]), texts, texts), max_size=8
).map(lambda found: signed(*found))
claims = st.none() | st.builds(Claim, st.sampled_from(STEPS[1:4]), st.just("p"), texts)


@given(statements, texts, claims)
def test_what_counts_is_always_an_unbroken_beginning(signoffs: list[SignOff], text: str, claim: Claim | None) -> None:
    found = standing(THREE_REVIEWS, signoffs, text, claim)
    valid = list(found.valid.values())
    assert list(found.valid) == STEPS[: len(valid)]
    assert found.next_step == (STEPS[len(valid)] if len(valid) < len(STEPS) else None)
    assert valid == unbroken(THREE_REVIEWS, signoffs)[: len(valid)]
    places = [signoffs.index(signoff) for signoff in valid]
    assert places == sorted(places)
    assert all(later.handed == earlier.digest for earlier, later in itertools.pairwise(valid))
    assert all(signoff.withdrawn_at is None for signoff in valid)
    if valid:
        open_here = claim is not None and claim.step == found.next_step
        assert valid[-1].digest in ({claim.handed, text} if claim is not None and open_here else {text})


def test_a_claim_that_was_handed_other_words_carries_nothing() -> None:
    """It cannot come about by the desk's acts; were it there, no sign-off of other words may count by it."""
    signoffs = signed(("draft", "A", "B"), ("first", "B", "A"))
    assert standing(THREE_REVIEWS, signoffs, "A", Claim("second", "p", "B")).valid == {}


def test_what_came_home_and_is_only_kept_does_not_say_by_which_policy_a_story_went_out() -> None:
    own = [replace(one, policy=THREE_REVIEWS.name, policy_version=1) for one in signed(*WHOLE)]
    came = replace(own[0], id="came", policy=DRAFT_REVISION.name)
    assert signed_under(PolicyBook(), [*own, replace(came, kept="policy")], THREE_REVIEWS) == THREE_REVIEWS
    assert signed_under(PolicyBook(), [*own, came], THREE_REVIEWS) == DRAFT_REVISION
