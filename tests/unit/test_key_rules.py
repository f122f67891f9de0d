"""Who confirms and retires keys, and what is told of one that its owner did not bring."""

from dataclasses import replace

import pytest

from desktop_app.domain.key_rules import KeyOrigin, may_demand, may_enrol, may_retire, told_origin
from desktop_app.domain.people import Person, Role
from desktop_app.domain.statements import PersonKey

KEY = PersonKey("f" * 64, "wang", "0" * 64, "2024-01-29T08:00:00+00:00")
LI, SUN = Person("li", "LI Wei", roles=frozenset({Role.TRANSLATOR})), Person("sun", "SUN Yue")
ARCHIVIST = Person("he", "HE Jing", roles=frozenset({Role.ARCHIVIST}))
EDITOR = Person("zhao", "ZHAO Qi", roles=frozenset({Role.EDITOR}))


@pytest.mark.parametrize(
    ("by", "owner", "everybody", "may"),
    [
        (LI, SUN, [LI, SUN], True), (None, LI, [LI], True),  # no archivist, no editor
        (LI, SUN, [LI, SUN, ARCHIVIST], False), (LI, LI, [LI, ARCHIVIST], False),
        (LI, SUN, [LI, SUN, EDITOR], False), (LI, LI, [LI, EDITOR], True),  # nobody could but an editor
        (None, LI, [LI, ARCHIVIST], False), (None, LI, [LI, EDITOR], False),
        (SUN, LI, [SUN, LI, ARCHIVIST], False), (SUN, SUN, [SUN, LI, ARCHIVIST], False),  # without any role
        (ARCHIVIST, LI, [ARCHIVIST, LI], True), (EDITOR, LI, [EDITOR, ARCHIVIST, LI], True),
        (ARCHIVIST, LI, [replace(ARCHIVIST, roles=LI.roles), LI, EDITOR], False),  # no archivist any more
        (replace(ARCHIVIST, unconfirmed=""), LI, [replace(ARCHIVIST, unconfirmed=""), LI, EDITOR], False),
    ],
)  # fmt: skip
def test_archivists_and_editors_confirm_keys_and_anybody_where_there_are_none(
    by: Person | None, owner: Person, everybody: list[Person], may: bool
) -> None:
    assert (may_enrol(by, owner.id, everybody) is None) is may


def test_everybody_retires_their_own_key() -> None:
    own = replace(KEY, person="li")
    assert may_retire(LI, own, [LI, ARCHIVIST]) is None
    assert may_retire(ARCHIVIST, own, [LI, ARCHIVIST]) is None
    assert may_retire(EDITOR, own, [LI, EDITOR]) is None
    assert may_retire(SUN, own, [LI, SUN]) is None
    assert may_retire(LI, KEY, [LI, ARCHIVIST]) is not None
    assert may_retire(SUN, own, [LI, SUN, EDITOR]) is not None
    assert may_retire(None, KEY, [LI, ARCHIVIST]) is not None


def test_archivists_and_editors_demand_signatures_and_anybody_where_there_are_none() -> None:
    assert may_demand(LI, [LI, SUN]) is None
    assert may_demand(EDITOR, [LI, EDITOR, ARCHIVIST]) is None
    for by in (LI, SUN, None):
        assert may_demand(by, [LI, SUN, EDITOR]) is not None


def test_what_somebody_else_made_or_took_in_is_told_and_ones_own_is_not() -> None:
    people, key = {one.id: one for one in (LI, SUN)}, replace(KEY, person="li")
    assert told_origin(key, KeyOrigin("li", made=True), people) is None
    assert told_origin(key, KeyOrigin("li", made=False), people) is None
    assert str(told_origin(key, KeyOrigin("sun", made=True), people)) == "made by SUN Yue, not by its owner"
    taken = told_origin(key, KeyOrigin("sun", made=False), people)
    assert str(taken) == "taken in from a file by SUN Yue, not by its owner"
    assert str(told_origin(key, KeyOrigin("gone", made=True), people)) == "made by ?, not by its owner"
    assert str(told_origin(key, KeyOrigin(None, made=True), people)) == "nobody said who made it"
