"""Who decides about people: anybody in a small office, and archivists and editors as soon as there are some."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.people import (
    Person,
    Role,
    keepers,
    may_remove,
    may_rename,
    may_set_roles,
    needs_confirming,
    said_roles,
    same_in_chinese,
)


def person(name: str, *roles: Role, zh: str = "", unconfirmed: str | None = None) -> Person:
    return Person(name, name, zh, frozenset(roles), unconfirmed=unconfirmed)


LI, WANG, SU = person("LI", Role.TRANSLATOR), person("WANG", Role.REVISER), person("SU")
ZHAO, SUN = person("ZHAO", Role.EDITOR), person("SUN", Role.ARCHIVIST)
FRESH = person("FRESH", Role.ARCHIVIST, unconfirmed="LI")  # the translator has added an archivist
SMALL, HOUSE = [LI, WANG, SU], [LI, WANG, SU, ZHAO, SUN, FRESH]


@pytest.mark.parametrize("by", [LI, SU, None])
def test_in_a_small_office_anybody_does_everything(by: Person | None) -> None:
    assert may_rename(by, WANG, SMALL) is None
    assert may_remove(by, WANG, SMALL) is None
    assert may_set_roles(by, WANG, [Role.ARCHIVIST], SMALL) is None
    assert may_set_roles(by, LI, [Role.ARCHIVIST], SMALL) is None
    assert not needs_confirming(by, SMALL)


@pytest.mark.parametrize("by", [ZHAO, SUN])
def test_an_archivist_or_editor_decides_about_others(by: Person) -> None:
    assert may_rename(by, LI, HOUSE) is None
    assert may_remove(by, LI, HOUSE) is None
    assert may_set_roles(by, LI, [Role.EDITOR], HOUSE) is None
    assert may_set_roles(by, LI, [], HOUSE) is None
    assert not needs_confirming(by, HOUSE)


@pytest.mark.parametrize(
    ("by", "why"),
    [
        (LI, "only an archivist or editor"), (WANG, "only an archivist or editor"),
        (SU, "only an archivist or editor"),  # nobody by role, whatever else they may do
        (None, "nobody says who they are"), (FRESH, "has confirmed the entry of FRESH"),
        (replace(LI, roles=frozenset({Role.EDITOR})), "only an archivist or editor"),  # that was once
        (person("STRANGER", Role.EDITOR), "only an archivist or editor"),
    ],
)  # fmt: skip
def test_nobody_else_does(by: Person | None, why: str) -> None:
    other = ZHAO
    reasons = [
        may_rename(by, other, HOUSE), may_remove(by, other, HOUSE), may_set_roles(by, other, other.roles, HOUSE),
        may_set_roles(by, LI, [Role.ARCHIVIST], HOUSE), may_set_roles(by, LI, [], HOUSE),
    ]  # fmt: skip
    assert all(why in str(reason) for reason in reasons)
    assert needs_confirming(by, HOUSE)


def test_everybody_corrects_their_own_name_and_takes_themselves_away() -> None:
    for by in HOUSE:
        assert may_rename(by, by, HOUSE) is None
        assert may_remove(by, by, HOUSE) is None


@pytest.mark.parametrize(
    ("by", "roles", "everybody", "may"),
    [
        (ZHAO, [Role.EDITOR, Role.ARCHIVIST], HOUSE, False), (SUN, [], HOUSE, False),  # without a role one has all
        (ZHAO, [Role.REVISER], HOUSE, False), (ZHAO, [Role.EDITOR], HOUSE, True),
        (ZHAO, [Role.EDITOR, Role.ARCHIVIST], [LI, ZHAO], True), (ZHAO, [], [LI, ZHAO], True),
        (ZHAO, [Role.ARCHIVIST], [LI, ZHAO, FRESH], True),  # who is not confirmed is nobody to ask
    ],
)  # fmt: skip
def test_nobody_gives_themselves_more_roles_but_the_only_one_who_could(
    by: Person, roles: list[Role], everybody: list[Person], may: bool
) -> None:
    reason = may_set_roles(by, by, roles, everybody)
    assert (reason is None) is may
    assert may or str(reason) == "nobody gives themselves more roles"


some_roles = st.frozensets(st.sampled_from(list(Role)))


@given(st.lists(some_roles, min_size=1, max_size=5), some_roles, st.data())
def test_who_is_no_archivist_or_editor_never_becomes_one(
    houses: list[frozenset[Role]], wanted: frozenset[Role], data: st.DataObject
) -> None:
    everybody = [Person(str(number), str(number), roles=roles) for number, roles in enumerate(houses)]
    by = data.draw(st.sampled_from([*everybody, None]))
    whom = data.draw(st.sampled_from(everybody))
    if may_set_roles(by, whom, wanted, everybody) is None:
        assert not keepers(everybody) or by in keepers(everybody)


def names(people: Iterable[Person]) -> list[str]:
    return [one.name for one in people]


def test_a_chinese_name_that_two_share_is_found() -> None:
    zhao, other = person("ZHAO Min", zh="赵敏"), person("赵敏")
    assert names(same_in_chinese("ZHAO Ming", "赵敏", [zhao, other, LI])) == ["ZHAO Min", "赵敏"]
    assert names(same_in_chinese("赵敏", "", [zhao, LI])) == ["ZHAO Min"]
    assert names(same_in_chinese("HE Jing", "", [zhao, LI])) == []


def test_roles_in_a_sentence() -> None:
    assert str(said_roles([Role.ARCHIVIST, Role.TRANSLATOR])) == "translator, archivist"
    assert str(said_roles([])) == "every role"
