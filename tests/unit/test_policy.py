"""Policies as data: what goes out comes back, and what no story could go by is refused with the field's name."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.people import Person, Role
from desktop_app.domain.policy import (
    LONGEST_TITLE,
    MOST_INK_LINES,
    POLICIES,
    THREE_REVIEWS,
    Policy,
    PolicyBook,
    Step,
    StepKind,
    from_plain,
    may_set_policies,
    to_plain,
)
from desktop_app.domain.story import Bilingual
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.messages import N_, own_words

NAMES = st.from_regex(r"\A[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\Z").filter(
    lambda name: name not in {"draft", "approval", "other"}
)
WORDS = st.text(st.sampled_from("abcXYZ 一审校终稿,./{}%é"), min_size=1, max_size=LONGEST_TITLE).map(
    lambda text: " ".join(text.split()) or "x"
)
PAIRS = st.builds(Bilingual, WORDS, WORDS)
ROLES = st.frozensets(st.sampled_from(Role))


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    names = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    kinds = [StepKind.DRAFT, *[StepKind.REVIEW] * len(names), StepKind.APPROVAL]
    titles = [
        Bilingual(f"{words.zh[:40]}{number}", f"{words.en[:40]}{number}")
        for number, words in enumerate(draw(st.lists(PAIRS, min_size=len(kinds), max_size=len(kinds))))
    ]
    steps = tuple(
        Step(name, kind, title, draw(st.none() | PAIRS), draw(ROLES))
        for name, kind, title in zip(["draft", *names, "approval"], kinds, titles, strict=True)
    )
    return Policy(
        draw(NAMES), draw(PAIRS), steps, draw(st.booleans()), draw(st.integers(1, 999)), draw(st.frozensets(NAMES)),
        draw(st.integers(0, MOST_INK_LINES)),
    )  # fmt: skip


@given(policies())
def test_a_policy_comes_back_as_it_was_written(policy: Policy) -> None:
    assert from_plain(to_plain(policy)) == policy


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES.keys())
def test_the_program_s_own_are_policies_like_a_house_s(policy: Policy) -> None:
    assert from_plain(to_plain(policy)) == policy


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(list(StepKind)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["name", "steps", "title", "kind", "zh", "en", "roles", "x"]), inner)
    ),
    max_leaves=12,
)


@given(PLAIN)
def test_what_is_no_policy_is_refused_and_nothing_worse(data: object) -> None:
    with pytest.raises(InputRefusedError):
        from_plain(data)


@given(st.sampled_from(sorted(to_plain(THREE_REVIEWS))), PLAIN)
def test_a_field_of_other_data_is_refused_or_read(field: str, value: object) -> None:
    data = {**to_plain(THREE_REVIEWS), field: value}
    with suppress(InputRefusedError):
        read = from_plain(data)
        assert from_plain(to_plain(read)) == read


def altered(step: int | None = None, **fields: Any) -> dict[str, Any]:
    data = to_plain(THREE_REVIEWS)
    if step is None:
        return {**data, **fields}
    data["steps"][step] |= fields
    return data


STEPS = to_plain(THREE_REVIEWS)["steps"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], ""),
        (altered(name="Three Reviews"), "name"),
        (altered(name="-"), "name"),
        (altered(name="a" * 41), "name"),
        (altered(name="../x"), "name"),
        (altered(version=0), "version"),
        (altered(version=True), "version"),
        (altered(title={"zh": "三审"}), "title: en"),
        (altered(title={"zh": "三审", "en": " "}), "title: en"),
        (altered(title={"zh": "三审", "en": "x" * 61}), "title: en"),
        (altered(title={"zh": "三\u202e审", "en": "x"}), "title: zh"),
        (altered(title={"zh": "三审", "en": "x", "fr": "y"}), "title: fr"),
        (altered(steps=STEPS[:1]), "steps"),
        (altered(steps=[STEPS[0], STEPS[-1]]), "steps"),
        (altered(steps=STEPS[1:]), "steps"),
        (altered(steps=STEPS[:-1]), "steps"),
        (altered(steps=[*STEPS[:-1], STEPS[1], STEPS[-1]]), "steps: first"),
        (altered(steps=[STEPS[0], *[STEPS[1]] * 12, STEPS[-1]]), "steps"),
        (altered(steps=[STEPS[0], STEPS[-1], STEPS[1]]), "steps"),
        (altered(0, name="translation"), "steps"),
        (altered(2, title=STEPS[1]["title"]), "steps: 一审"),
        (altered(1, kind="vote"), "steps: 2: kind"),
        (altered(1, kind=["review"]), "steps: 2: kind"),
        (altered(1, name="other"), "steps: 2: name"),
        (altered(1, roles=["boss"]), "steps: 2: roles"),
        (altered(1, roles=[["editor"]]), "steps: 2: roles"),
        (altered(1, credit={"zh": "一审：", "en": "First"}), "steps: 2: credit: zh"),
        (altered(1, credit={"zh": "一审", "en": "First; second"}), "steps: 2: credit: en"),
        (altered(1, vote=1), "steps: 2: vote"),
        (altered(blocking=["Dates"]), "blocking"),
        (altered(blocking="dates"), "blocking"),
        (altered(ink_lines=13), "ink_lines"),
        (altered(ink_lines=1.5), "ink_lines"),
        (altered(last_reviewer_may_approve="yes"), "last_reviewer_may_approve"),
        (altered(secret=1), "secret"),
    ],
)
def test_a_refusal_names_the_field(data: object, place: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        from_plain(data)
    assert refused.value.place == place
    assert refused.value.advice is not None


def test_titles_are_tidied_and_kept_in_one_line() -> None:
    read = from_plain(altered(title={"zh": " 三审\n三校 ", "en": "Three\t reviews"}))
    assert read.titles == Bilingual("三审 三校", "Three reviews")


def test_own_words_are_told_in_each_language_and_never_filled_in() -> None:
    catalogs = {language: load_catalog(language) for language in ("en", "zh_Hans")}
    title = own_words(en="Check {everything}", zh="通读{全文}")
    assert catalogs["en"].text(title) == "Check {everything}" == str(title)
    assert catalogs["zh_Hans"].text(title) == "通读{全文}"
    around = N_("the next step is “{step}”", step=title)
    assert catalogs["en"].text(around) == "the next step is “Check {everything}”"
    assert "通读{全文}" in catalogs["zh_Hans"].text(around)
    assert catalogs["zh_Hans"].text(own_words(en="Draft", zh="")) == "Draft", "it is not looked up in a catalog"


def test_a_step_takes_its_own_roles_or_the_rule_of_its_kind() -> None:
    draft, first, *_, approval = THREE_REVIEWS.steps
    translator, editor = (Person(role, role, roles=frozenset({role})) for role in (Role.TRANSLATOR, Role.EDITOR))
    nobody = Person("n", "HE Jing")
    assert [draft.allows(one) for one in (translator, editor, nobody)] == [True, True, True]
    assert [first.allows(one) for one in (translator, editor, nobody)] == [False, True, True]
    legal = replace(approval, roles=frozenset({Role.ARCHIVIST}))
    assert [legal.allows(one) for one in (translator, editor, nobody)] == [False, False, True]
    assert replace(draft, roles=frozenset({Role.TRANSLATOR})).allows(editor) is False


def test_a_book_finds_versions_and_what_an_event_names() -> None:
    one, two = replace(THREE_REVIEWS, name="house"), replace(THREE_REVIEWS, name="house", version=2)
    book = PolicyBook({**PolicyBook().known, ("house", 1): one, ("house", 2): two})
    assert book.names() == ["draft-revision", "three-reviews", "house"]
    assert book.newest("house") == two
    assert book.get("house", None) == one
    assert book.newest("nothing") is None
    assert book.told({"policy": "house", "policy_version": 1}, THREE_REVIEWS) == one
    for strange in ({}, {"policy": "house"}, {"policy": ["house"], "policy_version": 1}, {"policy_version": 9}):
        assert book.told(strange, THREE_REVIEWS) == THREE_REVIEWS


def test_editors_and_archivists_set_the_policies_of_a_house_that_has_people() -> None:
    people = [Person(role.value, role.value, roles=frozenset({role})) for role in Role] + [Person("x", "Anybody")]
    able = [one.name for one in people if may_set_policies(one, people) is None]
    assert able == ["editor", "archivist", "Anybody"]
    assert may_set_policies(None, people) is not None
    assert may_set_policies(None, []) is None
