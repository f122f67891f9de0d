"""People of an archive: corrected at any time, removed only while nothing names them."""

import pytest
from office import Office
from sqlalchemy import select

from desktop_app.desk.comments import comment
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.people import (
    add_person,
    change_person,
    current_person,
    find_person,
    list_people,
    remove_person,
    set_current_person,
)
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify
from desktop_app.domain.people import Person, Role
from desktop_app.domain.policy import POLICIES
from desktop_app.domain.records import Event
from desktop_app.foundation.errors import NotAllowedError, WrongUsageError
from desktop_app.store import visits
from desktop_app.store.models import EventRow


def events(desk: Desk) -> list[tuple[str, str | None]]:
    with desk.archive.read() as session:
        rows = session.execute(select(EventRow.operation, EventRow.person).order_by(EventRow.sequence))
        return [(operation, person) for operation, person in rows]


def test_a_person_is_corrected_with_one_event_that_says_both_names(office: Office) -> None:
    desk = office.desk
    made, _ = add_person(desk, "zhang wei", by=office["li"])
    before = events(desk)

    changed, changes = change_person(
        desk, made, name=" ZHANG  Wei ", zh="张伟", roles=[Role.TRANSLATOR], by=office["li"]
    )

    assert changes == Changes(people=True)
    assert changed == Person(made.id, "ZHANG Wei", "张伟", frozenset({Role.TRANSLATOR}))
    assert find_person(desk, made.id) == changed
    assert events(desk) == [*before, ("person renamed", office["li"].id)]
    assert change_person(desk, changed, zh="")[0].zh == ""
    assert events(desk)[-1] == ("person changed", None)
    assert not verify(desk).problems


def test_what_is_not_given_stays_and_nothing_new_writes_nothing(office: Office) -> None:
    desk, wang = office.desk, office["wang"]
    before = events(desk)

    assert change_person(desk, wang) == (wang, Changes())
    assert change_person(desk, wang, name=wang.name, zh=wang.zh, roles=wang.roles) == (wang, Changes())
    assert events(desk) == before


def test_names_stay_unique_and_a_change_of_case_is_no_other_person(office: Office) -> None:
    desk, li = office.desk, office["li"]
    for name in ("wang min", "", "  ", "x" * 101):
        with pytest.raises(WrongUsageError):
            change_person(desk, li, name=name)
    assert find_person(desk, li.id) == li
    assert change_person(desk, li, name="Li Wei")[0].name == "Li Wei"


def test_sign_offs_stay_valid_and_their_credits_show_the_corrected_name(office: Office) -> None:
    desk, story = office.desk, office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    before = open_story(desk, story.id)
    assert any("WANG Min" in credit.names for credit in before.credits)

    change_person(desk, office["wang"], name="WANG Ming", zh="王明")

    after = open_story(desk, story.id)
    assert any("WANG Ming" in credit.names for credit in after.credits)
    assert any("王明" in credit.names for credit in after.credits_zh)
    assert (after.situation.standing, after.digest) == (before.situation.standing, before.digest)
    assert not verify(desk).problems


def test_somebody_who_did_nothing_is_removed_with_their_marks_of_looking(office: Office) -> None:
    desk, story = office.desk, office.story()
    made, _ = add_person(desk, "zhang wei")
    with desk.archive.write() as unit:
        visits.visit(unit.session, made.id, story.id, at=unit.at)
        unit.record("looked", story=story.id)

    assert remove_person(desk, made, by=made) == Changes(people=True)

    assert made.id not in {person.id for person in list_people(desk)}
    assert events(desk)[-1] == ("person removed", None)  # nobody who is gone acts
    assert not verify(desk).problems
    with pytest.raises(WrongUsageError):
        remove_person(desk, made)
    with pytest.raises(WrongUsageError):
        change_person(desk, made, name="ZHANG Wei")


def test_whoever_is_at_the_desk_by_default_leaves_it_when_removed(office: Office) -> None:
    desk = office.desk
    assert current_person(desk) == office["li"]  # the first who was added
    remove_person(desk, office["li"])
    assert current_person(desk) is None
    assert desk.house().current_person is None


@pytest.mark.parametrize("deed", ["drafted", "sat down", "commented", "reviewed", "added a person"])
def test_whoever_did_anything_stays(office: Office, deed: str) -> None:
    desk, chen = office.desk, office["chen"]
    match deed:
        case "drafted":
            office.story(by="chen")
        case "sat down":
            set_current_person(desk, chen)
        case "commented":
            comment(desk, office.story().id, "1", "Is this his title?", by=chen)
        case "reviewed":
            office.through(office.story(), ["li:submit", "chen:claim", "chen:return"])
        case _:
            add_person(desk, "HE Jing", by=chen)
    before = events(desk)

    with pytest.raises(NotAllowedError, match="history") as refusal:
        remove_person(desk, chen, by=office["li"])

    assert "Correct the name" in str(refusal.value.advice)
    assert find_person(desk, chen.id) == chen
    assert events(desk) == before


def test_both_names_stand_in_the_sentence_of_the_event() -> None:
    renamed = Event("2024-01-29T08:00:00Z", None, "li", "person renamed", {"name": "LI Weiwei", "was": "LI Wei"})
    assert str(sentence_of(renamed, POLICIES["draft-revision"])) == "Corrected the name LI Wei to LI Weiwei"
