"""Findings set aside, the house's style in the archive, and what the checks are told of both."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from office import Office

from desktop_app.desk import editing, verification
from desktop_app.desk.checking import Examiner, default_context, examine, story_pairs
from desktop_app.desk.desk import Changes, Desk
from desktop_app.desk.house_style import add_name, default_style, house_style, read_style, set_house_style, style_text
from desktop_app.desk.operations import sentence_of
from desktop_app.desk.stories import open_story, story_history
from desktop_app.desk.terms import add_term
from desktop_app.desk.waivers import lift, waive, waive_at, waivers
from desktop_app.domain.edits import ReplaceSegments, join_segments
from desktop_app.domain.findings import Finding
from desktop_app.domain.house_style import HousePattern, HouseStyle
from desktop_app.domain.policy import DRAFT_REVISION
from desktop_app.domain.story import Story
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError, WrongUsageError
from desktop_app.language.checks import CHECKS, run_checks
from desktop_app.language.checks.waiving import text_key, waived
from desktop_app.store import people as facts


def standing(desk: Desk, story: Story) -> list[tuple[str, str | None]]:
    return [(one.check, one.segment) for one in examine(desk, open_story(desk, story.id).story).findings]


@pytest.fixture
def slipped(office: Office, story: Story) -> Story:
    """A story with a doubled word and a doubled space in its second segment."""
    office.write(story, "We met at the the  gate.")
    assert {check for check, _ in standing(office.desk, story)} == {"doubled-word", "doubled-space"}
    return story


def set_aside(office: Office, story: Story, check: str = "doubled-word", reason: str = "It is a quotation.") -> str:
    found, changes = waive_at(office.desk, story.slug, check, "2", reason, by=office["wang"])
    assert changes == Changes(stories=frozenset([story.id]))
    return found[0].id


def test_a_waiver_sets_one_finding_aside_with_its_reason(office: Office, slipped: Story) -> None:
    identity = set_aside(office, slipped)
    examined = examine(office.desk, open_story(office.desk, slipped.id).story)
    assert [one.check for one in examined.findings] == ["doubled-space"]
    ((finding, waiver),) = examined.waived
    assert (finding.check, waiver.id, waiver.reason) == ("doubled-word", identity, "It is a quotation.")
    assert waiver.person == office["wang"].id
    assert waivers(office.desk, slipped.slug) == waivers(office.desk) == [waiver]


def test_a_changed_text_brings_the_finding_back(office: Office, slipped: Story) -> None:
    set_aside(office, slipped)
    office.write(slipped, "We met at the the  gates.")
    assert {check for check, _ in standing(office.desk, slipped)} == {"doubled-word", "doubled-space"}
    office.write(slipped, "We met at the the  gate.")
    assert {check for check, _ in standing(office.desk, slipped)} == {"doubled-space"}


def test_a_waiver_is_for_the_words_that_the_finding_points_at(office: Office, story: Story) -> None:
    office.write(story, "We recieve and recieve the enviroment award.")
    segment = office.segments(story)[1].id
    examined = examine(office.desk, office.open(story).story, only=["spelling"])
    wrong = next(one for one in examined.findings if "enviroment" in str(one.message))
    waive(office.desk, story.id, [wrong], "The name of a firm.", by=office["wang"])
    assert standing(office.desk, story) == [("spelling", segment)] * 2


def test_waiving_twice_is_waiving_once(office: Office, slipped: Story) -> None:
    found = [one for one in examine(office.desk, office.open(slipped).story).findings if one.check == "doubled-word"]
    waive(office.desk, slipped.id, found, "A quotation.", by=office["wang"])
    made, changes = waive(office.desk, slipped.id, found * 2, "Again.", by=office["zhao"])
    assert (made, changes) == ([], Changes())
    assert [one.reason for one in waivers(office.desk, slipped.id)] == ["A quotation."]


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 1001])
def test_a_reason_is_required(office: Office, slipped: Story, reason: str) -> None:
    with pytest.raises(NotAllowedError):
        set_aside(office, slipped, reason=reason)
    assert waivers(office.desk, slipped.id) == []


def test_a_lifted_waiver_lets_the_finding_stand_again(office: Office, slipped: Story) -> None:
    identity = set_aside(office, slipped)
    assert lift(office.desk, identity, by=office["zhao"]) == Changes(stories=frozenset([slipped.id]))
    assert len(standing(office.desk, slipped)) == 2
    with pytest.raises(WrongUsageError):
        lift(office.desk, identity, by=office["zhao"])


def test_what_nothing_finds_cannot_be_set_aside(office: Office, slipped: Story) -> None:
    for check, place in (("doubled-word", "1"), ("number", "2"), ("doubled-word", "99"), ("doubled-word", "")):
        with pytest.raises(WrongUsageError):
            waive_at(office.desk, slipped.slug, check, place, "Why not.", by=office["wang"])
    gone = Finding("doubled-word", CHECKS[0].severity, CHECKS[0].title, "no-such-segment")
    with pytest.raises(WrongUsageError):
        waive(office.desk, slipped.id, [gone], "Why not.", by=office["wang"])


def test_waivers_of_a_segment_that_is_gone_do_no_harm(office: Office, slipped: Story) -> None:
    set_aside(office, slipped)
    block = office.open(slipped).story.content.blocks[1]
    joined = replace(join_segments(*block.segments, slipped.languages), id=office.desk.new_id())
    editing.edit_story(office.desk, slipped.id, [ReplaceSegments(block.id, (joined,), block.segments)], by=office["li"])
    assert len(waivers(office.desk, slipped.id)) == 1
    assert examine(office.desk, office.open(slipped).story).waived == ()


def test_waiving_is_in_the_history_and_the_archive_stays_whole(office: Office, slipped: Story) -> None:
    lift(office.desk, set_aside(office, slipped), by=office["zhao"])
    _versions, events, _people = story_history(office.desk, slipped.slug)
    waived_at, lifted_at = events[-2:]
    assert (waived_at.operation, lifted_at.operation) == ("finding waived", "waiver lifted")
    assert waived_at.data["note"] == "It is a quotation."
    assert "doubled-word" in str(sentence_of(waived_at, DRAFT_REVISION))
    assert verification.verify(office.desk).problems == ()


def test_the_digest_is_the_same_whatever_is_waived(office: Office, slipped: Story) -> None:
    before = office.open(slipped).digest
    set_aside(office, slipped)
    assert office.open(slipped).digest == before


def test_keys_follow_check_text_and_what_is_compared(office: Office, slipped: Story) -> None:
    story = office.open(slipped).story
    pairs = list(story_pairs(story))
    (first,) = run_checks(pairs, only=["doubled-word"])
    (other,) = run_checks(pairs, only=["doubled-space"])
    key = text_key(pairs, first)
    assert len(key) == 64
    assert text_key(pairs, other) != key
    assert text_key(pairs, replace(first, segment=None)) != key
    moved = [replace(pair, target=pair.target + "!") if pair.id != first.segment else pair for pair in pairs]
    assert text_key(moved, first) == key
    changed = [replace(pair, source=pair.source + "了") for pair in pairs]
    assert text_key(changed, first) != key
    assert waived([first, other], [], pairs) == ([first, other], [])


# The house's style


def test_an_archive_begins_with_the_style_of_the_program(desk: Desk) -> None:
    assert house_style(desk) == default_style()
    assert default_style().long_sentence == 40
    assert default_context().patterns


def test_a_style_is_kept_and_told_to_the_checks(office: Office, story: Story) -> None:
    rule = HousePattern("gate", "(?i)gate", "We say door.", replacement="door")
    style = HouseStyle(variety="en-US", patterns=(rule,), switched_off=("doubled-word",))
    assert set_house_style(office.desk, style, by=office["zhao"]) == Changes(style=True)
    assert house_style(office.desk) == style
    office.write(story, "The colour of the the gate.")
    assert {check for check, _ in standing(office.desk, story)} == {"variety", "house:gate"}
    context = Examiner(office.desk).context()
    assert context.style == style


def test_a_check_that_is_switched_off_still_runs_when_asked_for(office: Office, slipped: Story) -> None:
    set_house_style(office.desk, HouseStyle(switched_off=("doubled-word", "doubled-space")), by=office["zhao"])
    assert standing(office.desk, slipped) == []
    assert len(examine(office.desk, office.open(slipped).story, only=["doubled-word"]).findings) == 1
    set_house_style(office.desk, HouseStyle(switched_off=tuple(check.id for check in CHECKS)), by=office["zhao"])
    assert standing(office.desk, slipped) == []


def test_a_style_that_cannot_be_used_is_refused_and_nothing_is_written(desk: Desk) -> None:
    slow = HousePattern("slow", "(a+)+b", "m")
    for style in (HouseStyle(patterns=(slow,)), HouseStyle(variety="en-AU"), HouseStyle(names=("1",))):
        with pytest.raises(InputRefusedError):
            set_house_style(desk, style)
    with pytest.raises(WrongUsageError):
        set_house_style(desk, HouseStyle(switched_off=("horoscope",)))
    assert house_style(desk) == default_style()


@pytest.mark.logs
def test_a_style_altered_by_other_hands_gives_way(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    for stored in ("{", "[]", json.dumps({"patterns": [{"id": "a", "find": "(a+)+b", "message": "m"}]})):
        with desk.archive.write() as unit:
            facts.set_fact(unit.session, "house-style", stored)
            unit.record("house style set")
        assert house_style(desk) == default_style()
    assert caplog.records


def test_a_name_is_accepted_from_then_on(office: Office, story: Story) -> None:
    office.write(story, "The qubitron glows.")
    examiner = Examiner(office.desk)
    assert [one.check for one in examiner.examine(office.open(story).story).findings] == ["spelling"]
    assert add_name(office.desk, " qubitron ", by=office["li"]) == Changes(style=True)
    assert add_name(office.desk, "qubitron", by=office["li"]) == Changes()
    assert examiner.examine(office.open(story).story).findings == ()
    with pytest.raises(InputRefusedError):
        add_name(office.desk, "42")


def test_an_examiner_sees_new_terms_and_keeps_what_did_not_change(office: Office, story: Story) -> None:
    examiner = Examiner(office.desk)
    before = examiner.context()
    office.write(story, "The qubitron glows.")
    assert examiner.context() is before
    add_term(office.desk, "量子加速器", "qubitron", by=office["li"])
    after = examiner.context()
    assert [term.target for term in after.terms] == ["qubitron"]
    assert examiner.examine(office.open(story).story).findings == ()


def test_an_examiner_checks_the_text_on_the_screen(office: Office, story: Story) -> None:
    held = office.open(story).story
    segment = office.segments(story)[1]
    first, block, *others = held.content.blocks
    typed_block = replace(block, segments=(replace(segment, target="the the end"), *block.segments[1:]))
    typed = held.with_content(replace(held.content, blocks=(first, typed_block, *others)))
    assert [one.segment for one in Examiner(office.desk).examine(typed).findings] == [segment.id]


def test_a_style_file_is_what_show_prints(tmp_path: Path) -> None:
    file = tmp_path / "style.json"
    file.write_text(style_text(default_style()), "utf-8")
    assert read_style(file) == default_style()
    for text in ("", "no json", "[" * 100_000, '{"variety": 1}', "\ud800".encode("utf-8", "surrogatepass")):
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(InputRefusedError) as refused:
            read_style(file)
        assert refused.value.subject == str(file)
