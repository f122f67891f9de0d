"""People of an archive: corrected at any time, removed only while nothing names them."""

import json

import pytest
from office import Office
from sqlalchemy import select

from desktop_app.desk.auditing import asked_for
from desktop_app.desk.auditing import events as events_of
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
from desktop_app.domain.events import EventKind
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
    made, _ = add_person(desk, "zhang wei", by=office["sun"])
    before = events(desk)

    changed, changes = change_person(
        desk, made, name=" ZHANG  Wei ", zh="张伟", roles=[Role.TRANSLATOR], by=office["sun"]
    )

    assert changes == Changes(people=True)
    assert changed == Person(made.id, "ZHANG Wei", "张伟", frozenset({Role.TRANSLATOR}))
    assert find_person(desk, made.id) == changed
    assert events(desk) == [*before, ("person renamed", office["sun"].id)]
    assert change_person(desk, changed, zh="", by=changed)[0].zh == ""
    assert events(desk)[-1] == ("person changed", changed.id)
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
            change_person(desk, li, name=name, by=li)
    assert find_person(desk, li.id) == li
    assert change_person(desk, li, name="Li Wei", by=li)[0].name == "Li Wei"


def test_sign_offs_stay_valid_and_their_credits_show_the_corrected_name(office: Office) -> None:
    desk, story = office.desk, office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    before = open_story(desk, story.id)
    assert any("WANG Min" in credit.names for credit in before.credits)

    change_person(desk, office["wang"], name="WANG Ming", zh="王明", by=office["wang"])

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
    remove_person(desk, office["li"], by=office["li"])
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
        remove_person(desk, chen, by=office["sun"])

    assert "Correct the name" in str(refusal.value.advice)
    assert find_person(desk, chen.id) == chen
    assert events(desk) == before


def test_both_names_stand_in_the_sentence_of_the_event() -> None:
    renamed = Event("2024-01-29T08:00:00Z", None, "li", "person renamed", {"name": "LI Weiwei", "was": "LI Wei"})
    assert str(sentence_of(renamed, POLICIES["draft-revision"])) == "Corrected the name LI Wei to LI Weiwei"


# Who may, and what the event tells


def told(desk: Desk) -> str:
    """The last event in words."""
    with desk.archive.read() as session:
        row = session.scalars(select(EventRow).order_by(EventRow.sequence.desc()).limit(1)).one()
        event = Event(row.at, row.person, row.account, row.operation, json.loads(row.data))
    return str(sentence_of(event, POLICIES["draft-revision"]))


def test_an_event_tells_the_roles_of_now_and_before(office: Office) -> None:
    desk, li, sun = office.desk, office["li"], office["sun"]
    li, _ = change_person(desk, li, roles=[Role.ARCHIVIST], by=sun)
    assert told(desk) == "Gave LI Wei the role archivist; was translator"
    li, _ = change_person(desk, li, roles=[Role.TRANSLATOR, Role.REVISER], by=sun)
    assert told(desk) == "Gave LI Wei the roles translator, reviser; was archivist"
    li, _ = change_person(desk, li, roles=[], name="LI Wenwei", zh="", by=sun)
    assert told(desk) == (
        "Corrected the name LI Wei to LI Wenwei; the roles to every role, was translator, reviser;"
        " the Chinese name to –, was 李蔚"
    )
    change_person(desk, li, zh="李文蔚", by=li)
    assert told(desk) == "Corrected the Chinese name of LI Wenwei to 李文蔚; was –"
    add_person(desk, "HE Jing", roles=[Role.REVISER], by=li)
    assert told(desk) == "Added HE Jing to the people of the archive: reviser"
    found = events_of(desk, asked_for(desk, kinds=[EventKind.HOUSE], text="LI Wei roles"))
    assert "Gave LI Wei the role archivist; was translator" in [str(event.sentence) for event in found]
    assert not verify(desk).problems


@pytest.mark.parametrize("who", ["li", "wang", None])
def test_roles_names_and_entries_of_others_stand_fast(office: Office, who: str | None) -> None:
    desk, by = office.desk, office[who] if who else None
    before = events(desk)
    acts = [
        lambda: change_person(desk, office["li"], roles=[Role.ARCHIVIST], by=by),
        lambda: change_person(desk, office["li"], roles=[], by=by),
        lambda: change_person(desk, office["chen"], name="CHEN Bobo", by=by),
        lambda: change_person(desk, office["chen"], zh="王敏", by=by),
        lambda: remove_person(desk, office["chen"], by=by),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError) as refused:
            act()
        assert ("Say who you are" if by is None else "Ask one of: SUN Yue, ZHAO Qi") in str(refused.value.advice)
    assert events(desk) == before


def test_roles_that_were_taken_away_elsewhere_count_no_more(office: Office) -> None:
    desk, zhao = office.desk, office["zhao"]
    change_person(desk, zhao, roles=[Role.REVISER], by=office["sun"])
    with pytest.raises(NotAllowedError):
        change_person(desk, zhao, roles=[Role.EDITOR], by=zhao)  # who still holds the roles of before


def test_nobody_gives_themselves_more_roles_while_somebody_else_could(office: Office) -> None:
    desk, zhao, sun = office.desk, office["zhao"], office["sun"]
    with pytest.raises(NotAllowedError, match="nobody gives themselves more roles") as refused:
        change_person(desk, zhao, roles=[Role.EDITOR, Role.ARCHIVIST], by=zhao)
    assert str(refused.value.advice) == "Ask one of: SUN Yue."
    change_person(desk, sun, roles=[Role.TRANSLATOR], by=sun)  # fewer, and ZHAO Qi is alone now
    assert Role.ARCHIVIST in change_person(desk, zhao, roles=[Role.EDITOR, Role.ARCHIVIST], by=zhao)[0].roles


def test_whom_a_translator_adds_decides_nothing_until_an_archivist_confirms_them(office: Office) -> None:
    desk, li, sun = office.desk, office["li"], office["sun"]
    office.story()
    he, _ = add_person(desk, "HE Jing", roles=[Role.ARCHIVIST], by=li)
    assert he.unconfirmed == li.id
    assert told(desk) == (
        "Added HE Jing to the people of the archive: archivist; no archivist or editor has confirmed it"
    )
    with pytest.raises(NotAllowedError, match="has confirmed the entry of HE Jing"):
        change_person(desk, li, roles=[Role.ARCHIVIST], by=he)
    for by in (li, he):
        change_person(desk, he, roles=[Role.ARCHIVIST], by=by)  # they are that already: nothing is confirmed by it
    assert find_person(desk, "HE Jing").unconfirmed == li.id

    he, _ = change_person(desk, he, roles=he.roles, by=sun)

    assert (he.unconfirmed, find_person(desk, "HE Jing")) == (None, he)
    assert told(desk) == "Confirmed the entry of HE Jing among the people of the archive"
    assert change_person(desk, li, roles=[Role.REVISER], by=he)[0].roles == {Role.REVISER}
    assert add_person(desk, "GUO Lan", by=he)[0].unconfirmed is None
    nobody, _ = add_person(desk, "MA Li")
    assert nobody.unconfirmed == ""
    remove_person(desk, nobody, by=sun)
    assert not verify(desk).problems


def test_while_a_house_is_set_up_everybody_is_added_as_they_come(office: Office) -> None:
    assert add_person(office.desk, "HE Jing", roles=[Role.ARCHIVIST], by=office["li"])[0].unconfirmed is None


# Who is meant


def test_a_whole_name_wins_over_the_chinese_name_of_another(office: Office) -> None:
    desk = office.desk
    same, _ = add_person(desk, "王敏")
    assert find_person(desk, "王敏") == same
    assert find_person(desk, "WANG Min") == office["wang"]
    other, _ = add_person(desk, "WANG", zh="王敏")
    assert find_person(desk, "wang") == other
    assert find_person(desk, "王敏") == same
    assert find_person(desk, office["wang"].id) == office["wang"]
    add_person(desk, "MA Li", zh="马莉")
    add_person(desk, "MA Lili", zh="马莉")
    for ambiguous in ("马莉", "MA"):
        with pytest.raises(WrongUsageError, match="More than one") as refused:
            find_person(desk, ambiguous)
        assert "MA Li, MA Lili" in str(refused.value.advice)
    for nobody in ("", " ", "nobody"):
        with pytest.raises(WrongUsageError, match="Nobody"):
            find_person(desk, nobody)
