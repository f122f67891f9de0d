"""The sign-off strip: steps with who and when, the one next step, and who may do it, in words."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QToolButton
from review_room import APPROVED, DRAFTING, RELEASED, REVISING, STALE, SUBMITTED, Room, opened_room

from desktop_app.desk.people import change_person
from desktop_app.domain.findings import Finding, Severity
from desktop_app.domain.people import Person, name_list
from desktop_app.domain.policy import StepKind
from desktop_app.foundation.errors import NotAllowedError
from desktop_app.foundation.i18n import load_catalog
from desktop_app.foundation.messages import N_
from desktop_app.gui.kit.texts import Texts
from desktop_app.gui.kit.widgets import Pill
from desktop_app.gui.review.acting import act as carry_out
from desktop_app.gui.review.step_cell import StepCell, fitted
from desktop_app.gui.review.steps import StepView, by_whom, next_act, other_acts, step_views
from desktop_app.gui.review.steps_row import allot
from desktop_app.gui.review.strip import SignOffStrip
from desktop_app.gui.review.why_label import WhyLabel

STORIES = (DRAFTING, SUBMITTED, REVISING, STALE, APPROVED, RELEASED)


@pytest.fixture
def room(tmp_path_factory, tmp_path, look, texts, qtbot) -> Iterator[Room]:
    with opened_room(tmp_path_factory, tmp_path / "archive", look, texts, qtbot) as made:
        yield made


@pytest.fixture
def strip(room: Room) -> SignOffStrip:
    strip = SignOffStrip(room.look, room.texts)
    room.qtbot.addWidget(strip)
    strip.resize(900, strip.height())
    strip.show()
    return strip


def primary(strip: SignOffStrip) -> QPushButton:
    return next(b for b in strip.findChildren(QPushButton) if b.property("variant") == "primary")


def cells(strip: SignOffStrip) -> list[StepCell]:
    """The cells on the screen; a layout shows new ones as soon as its events are delivered."""
    QApplication.sendPostedEvents()
    return [cell for cell in strip.findChildren(StepCell) if cell.isVisible()]


def menu_texts(strip: SignOffStrip) -> list[str]:
    menu = strip.findChild(QToolButton).menu()
    return [action.text() for action in menu.actions()]


@pytest.mark.parametrize(
    ("story", "who", "label", "action", "step"),
    [
        (DRAFTING, "LI", "Submit…", "submit", "draft"),
        (SUBMITTED, "WANG", "Claim revision", "claim", "revision"),
        (REVISING, "WANG", "Sign revision…", "sign", "revision"),
        (STALE, "LUO", "Claim revision", "claim", "revision"),
        (APPROVED, "ZHAO", "Release…", "release", None),
        (RELEASED, "LI", "Export…", "export", None),
    ],
)
def test_button_is_the_next_step(room, strip, story, who, label, action, step) -> None:
    strip.show_file(room.file(story), room.people[who], [])
    button = primary(strip)
    assert (button.text(), button.isEnabled()) == (label, True)
    assert strip.next_action == (action, step)
    with room.qtbot.waitSignal(strip.requested) as asked:
        room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [action, step]


def test_who_may_not_is_told_why_and_who_may(room, strip) -> None:
    strip.show_file(room.file(SUBMITTED), room.people["CHEN"], [])
    button = primary(strip)
    assert not button.isEnabled()
    assert "drafted this version" in button.toolTip()
    assert "WANG Fang" in button.toolTip()
    assert button.accessibleDescription() == button.toolTip()
    with room.qtbot.assertNotEmitted(strip.requested):
        strip.request_next()


def test_nobody_at_the_desk_can_do_nothing_but_is_told_so(room, strip) -> None:
    strip.show_file(room.file(DRAFTING), None, [])
    assert not primary(strip).isEnabled()
    assert "choose who is at the desk" in primary(strip).toolTip()
    assert menu_texts(strip) == ["Export…"]


def test_steps_say_who_when_and_whether_it_counts(room, strip) -> None:
    strip.show_file(room.file(APPROVED), room.people["ZHAO"], [])
    assert [cell.view.title for cell in cells(strip)] == ["Draft", "Revision", "Approval"]
    assert [cell.view.kind for cell in cells(strip)] == ["signed"] * 3
    assert all("signed" in cell.accessibleName() for cell in cells(strip))
    assert "WANG Fang" in cells(strip)[1].view.detail


def test_stale_sign_off_has_its_glyph_and_its_word(room, strip) -> None:
    strip.show_file(room.file(STALE), room.people["LUO"], [])
    revision = cells(strip)[1]
    assert (revision.view.kind, revision.view.glyph, revision.view.word) == ("stale", "!", "stale")
    assert revision.view.detail.startswith("stale · LUO Ning")


def test_claimed_step_names_its_holder(room) -> None:
    revision = step_views(room.file(REVISING), room.texts)[1]
    assert (revision.kind, revision.detail) == ("open", "WANG Fang · claimed")


def test_state_outside_the_steps_has_its_own_mark(room, strip) -> None:
    strip.show_file(room.file(RELEASED), room.people["LI"], [])
    assert strip.findChild(Pill).isVisible()
    assert "Released" in strip.findChild(Pill).text()
    strip.show_file(room.file(DRAFTING), room.people["LI"], [])
    assert not strip.findChild(Pill).isVisible()


def test_findings_are_counted_and_lead_to_the_checks(room, strip) -> None:
    found = [Finding("a", Severity.ERROR, N_("One.")), Finding("b", Severity.NOTE, N_("Two."))]
    strip.show_file(room.file(REVISING), room.people["WANG"], found)
    button = next(b for b in strip.findChildren(QPushButton) if b.text() == "1 error · 1 other")
    with room.qtbot.waitSignal(strip.findings_clicked):
        room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    strip.show_findings([])
    assert not button.isVisible()


def test_menu_holds_what_else_this_person_may_do(room, strip) -> None:
    strip.show_file(room.file(REVISING), room.people["WANG"], [])
    hands = ["Return to the drafter…", "Give the review back…", "Assign “Revision”…", "Hand to somebody else…"]
    assert menu_texts(strip)[:4] == hands
    assert {"Drop the story…", "Export…"} <= set(menu_texts(strip))
    strip.show_file(room.file(APPROVED), room.people["WANG"], [])
    assert "Withdraw my sign-off “Revision”…" in menu_texts(strip)
    action = next(a for a in strip.findChild(QToolButton).menu().actions() if "Withdraw" in a.text())
    with room.qtbot.waitSignal(strip.requested) as asked:
        action.trigger()
    assert asked.args == ["withdraw", "revision"]


def test_menu_parts_its_kinds_and_ends_with_what_takes_words_back(room, strip) -> None:
    strip.show_file(room.file(REVISING), room.people["ZHAO"], [])
    parts, names = [[]], {strip._texts(one.label): one.action for one in strip._others}
    for entry in strip.findChild(QMenu).actions():
        if entry.isSeparator():
            parts.append([])
        else:
            parts[-1].append(names[entry.text()])
    assert ["export"] in parts, parts
    assert {"drop", "kill"} <= set(parts[-1])
    assert {"assign", "reassign"} <= set(parts[0])
    assert "source" in parts[-3]


def test_same_steps_are_not_put_up_again(room, strip) -> None:
    strip.show_file(room.file(REVISING), room.people["WANG"], [])
    before = cells(strip)
    assert len(before) == 3
    strip.show_file(room.file(REVISING), room.people["WANG"], [])
    assert cells(strip) == before


def test_clear_shows_no_story(room, strip) -> None:
    strip.show_file(room.file(REVISING), room.people["WANG"], [])
    strip.clear()
    assert strip.next_action is None
    assert not primary(strip).isVisible()
    assert not cells(strip)


SIZES = [(22, 60, 120, 150), (22, 80, 130, 160), (22, 90, 110, 120)]


def test_narrow_strip_gives_up_details_before_names_and_never_a_mark() -> None:
    ranks = [1, 0, 2]
    assert allot(1000, SIZES, ranks) == [150, 160, 120]
    assert allot(365, SIZES, ranks) == [120, 130, 110], "everybody's name comes before anybody's time"
    assert allot(429, SIZES, ranks) == [120, 130, 110], "times stand at all steps or at none"
    assert allot(350, SIZES, ranks) == [120, 130, 90], "what is to come gives way first"
    assert allot(300, SIZES, ranks) == [60, 130, 110], "and nothing is granted in part"
    assert allot(190, SIZES, ranks) == [60, 80, 22]
    assert allot(20, SIZES, ranks) == [22, 22, 22]
    alike = [(22, 60, 120, 150), (22, 60, 100, 130)]
    assert allot(230, alike, [1, 1]) == [120, 100]
    assert allot(219, alike, [1, 1]) == [60, 60], "what is alike looks alike"
    assert allot(279, alike, [1, 1]) == [120, 100]


@given(
    st.integers(0, 900),
    st.lists(st.tuples(st.integers(10, 30), *[st.integers(0, 90)] * 3), max_size=6),
)
def test_shares_never_exceed_the_room(room: int, parts: list[tuple[int, int, int, int]]) -> None:
    sizes = [(mark, mark + name, mark + name + who, mark + name + who + time) for mark, name, who, time in parts]
    widths = allot(room, sizes, [index % 3 for index in range(len(sizes))])
    assert sum(widths) <= max(room, sum(size[0] for size in sizes))
    assert all(mark <= width <= whole for width, (mark, _, _, whole) in zip(widths, sizes, strict=True))


def test_strip_fits_a_narrow_window(room, strip) -> None:
    strip.show_file(room.file(APPROVED), room.people["CHEN"], [])
    assert strip.minimumSizeHint().width() < 640


def test_a_detail_gives_up_its_time_then_the_name_and_no_part_is_cut() -> None:
    view = StepView("r", "Revision", "stale", "!", "stale", "stale · LUO Ning · Nov 3, 10:00", who="LUO Ning",
                    when="Nov 3, 10:00")  # fmt: skip
    told = [fitted(view, room, len) for room in (40, 20, 13, 9, 5, 4)]
    assert told == ["stale · LUO Ning · Nov 3, 10:00", "stale · LUO Ning", "stale", "stale", "stale", ""]
    held = StepView("r", "Revision", "open", "2", "claimed", "today 15:00 · WANG Fang · claimed", who="WANG Fang")
    assert fitted(held, 28, len) == "today 15:00 · claimed", "a deadline stays"
    later = StepView("r", "Revision", "later", "3", "to come", "by a reviser or editor")
    assert fitted(later, 20, len) == ""


@given(st.integers(0, 60), st.text("abc ", min_size=1, max_size=20), st.sampled_from(["", "Nov 3, 10:00"]))
def test_a_detail_never_exceeds_its_room(room: int, who: str, when: str) -> None:
    detail = " · ".join(part for part in ("stale", who, when) if part)
    view = StepView("r", "Revision", "stale", "!", "stale", detail, who=who, when=when)
    assert len(fitted(view, room, len)) <= room


LONG = "Aleksandra Wojciechowska-Montgomery Hernández-Guadarrama"


@pytest.mark.parametrize(("scale", "width"), [(1.0, 700), (1.0, 960), (1.5, 1180)])
@pytest.mark.parametrize("story", [REVISING, STALE, SUBMITTED])
def test_long_names_overlap_nothing_and_are_whole_in_the_tip(room, strip, story, scale, width) -> None:
    for person in (room.people["WANG"], room.people["LUO"]):
        change_person(room.desk, person, name=f"{person.name} {LONG}", by=person)
    room.look.use(scale=scale)
    strip.show_file(room.file(story), room.people["CHEN"], [Finding("a", Severity.ERROR, N_("One."))])
    strip.resize(width, strip.height())
    QApplication.sendPostedEvents()
    assert strip.width() == width
    parts = [*cells(strip), *(one for one in strip.findChildren(QPushButton) if one.isVisible())]
    parts += [one for one in (strip.findChild(WhyLabel),) if one.isVisible()]
    spans = sorted((left := part.mapTo(strip, part.rect().topLeft()).x(), left + part.width()) for part in parts)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert spans[-1][1] <= width
    assert all(cell.width() >= cell.widths()[1] for cell in cells(strip)), "every step keeps its name"
    why = strip.findChild(WhyLabel)
    shown = [one for one in (why, strip._below) if one.isVisible()]
    assert [one.text() for one in shown] == [primary(strip).toolTip()] * bool(primary(strip).toolTip())
    for one in shown:
        needed = one.fontMetrics().boundingRect(0, 0, one.width(), 999, Qt.TextFlag.TextWordWrap, one.text())
        assert needed.height() <= one.height(), "the reason is whole, beside the steps or under them"
    if story != SUBMITTED:
        assert LONG in cells(strip)[1].accessibleName()


def test_a_chinese_window_names_people_in_chinese(room, look) -> None:
    chinese = Texts(load_catalog("zh_Hans"))
    wang = room.people["WANG"]
    assert wang.zh
    revision = step_views(room.file(REVISING), chinese)[1]
    assert revision.who == wang.zh
    assert wang.name not in revision.detail
    assert f"{wang.zh} {wang.name}" in revision.full
    act = next_act(room.file(SUBMITTED), room.people["CHEN"])
    assert act is not None
    assert wang.zh in chinese(act.who)
    assert f" {wang.zh}" not in chinese(act.who), "no space is left where a Latin name would have one"
    assert "WANG Fang" in room.texts(act.who)


def test_a_person_without_a_chinese_name_keeps_the_one_there_is(room) -> None:
    change_person(room.desk, room.people["WANG"], zh="", by=room.people["WANG"])
    assert step_views(room.file(REVISING), Texts(load_catalog("zh_Hans")))[1].who == "WANG Fang"


@pytest.mark.parametrize("story", STORIES)
def test_button_promises_exactly_what_the_desk_grants(room, story) -> None:
    """Whoever is refused by the strip is refused by the desk; the first one who is let through succeeds."""
    granted: list[tuple[str, str | None, Person]] = []
    for person in room.people.values():
        file = room.file(story)
        act = next_act(file, person)
        assert act is not None
        if act.action == "export":
            continue
        if act.reason is None:
            granted.append((act.action, act.step, person))
        else:
            with pytest.raises(NotAllowedError):
                carry_out(room.desk, act.action, act.step, file, person, "because")
    if granted:
        action, step, person = granted[0]
        assert room.file(story).story.id in carry_out(room.desk, action, step, room.file(story), person, "").stories


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("who", ["LI", "CHEN", "WANG", "LUO", "ZHAO", "GU"])
def test_menu_offers_nothing_that_the_desk_refuses(room, story, who) -> None:
    person = room.people[who]
    for act in other_acts(room.file(story), person):
        if act.action in {"return", "withdraw"}:
            assert carry_out(room.desk, act.action, act.step, room.file(story), person, "a reason").stories
            return


def test_the_strip_says_who_may_approve_as_the_rule_has_it() -> None:
    assert str(by_whom(StepKind.APPROVAL)) == "by a reviser or editor"
    assert str(by_whom(StepKind.REVIEW)) == "by a reviser or editor"
    assert str(by_whom(StepKind.DRAFT)) == "by a translator"


def test_of_a_large_office_some_are_named_and_the_rest_counted() -> None:
    people = [Person(str(number), f"P{number}") for number in range(1, 1001)]
    assert str(name_list(people[:1])) == "P1"
    assert str(name_list(people[:3])) == "P1, P2, P3"
    assert str(name_list(people)) == "P1, P2, P3, P4, P5, P6, P7, P8, and 992 more"
