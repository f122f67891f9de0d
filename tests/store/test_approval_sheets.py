"""Approval sheets: they say how a story stands, come out the same every time, and are found out when they lie."""

import io
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from office import Office
from PIL import Image

from desktop_app.desk import exporting, pictures, publishing
from desktop_app.desk.approval_sheets import SHEET, approval_pdf, approval_sheet
from desktop_app.desk.sheet_checking import CheckedSheet, Verdict, check_sheet, lines_of, read_sheet
from desktop_app.desk.signatures import Signer
from desktop_app.desk.signing_keys import enrol
from desktop_app.domain.approval_sheet import Fate
from desktop_app.domain.statements import grouped
from desktop_app.domain.story import Story
from desktop_app.foundation import ed25519
from desktop_app.foundation.errors import InputRefusedError, NotAllowedError
from desktop_app.foundation.i18n import load_catalog
from desktop_app.press.approval_data import approval_data
from desktop_app.press.approval_words import SheetWords
from desktop_app.store.dialects.sqlite import guards

WORDS = SheetWords(load_catalog("zh_Hans").text, load_catalog("en").text)
APPROVED = ("li:submit", "wang:claim", "wang:edit", "wang:sign", "zhao:sign")


@pytest.fixture
def approved(office: Office) -> Story:
    story = office.story(slug="gate")
    office.through(story, APPROVED)
    return story


def code_of(office: Office, story: Story) -> str:
    return approval_sheet(office.desk, story.id).code.text()


def checked(office: Office, code: str) -> CheckedSheet:
    return check_sheet(office.desk, read_sheet(code)[0])


def reasons(found: CheckedSheet) -> str:
    return " | ".join(str(problem.reason) for problem in found.problems)


def outside(office: Office, *statements: str) -> None:
    """Change the database as somebody with an editor of databases would."""
    with closing(sqlite3.connect(office.desk.archive.database, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount
        for statement in guards():
            connection.execute(statement)


def test_steps_that_an_emergency_did_without_are_waited_for_until_it_is_approved(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    publishing.release_early(office.desk, story.id, by=office["wang"], note="The minister comes.")
    assert [line.fate for line in approval_sheet(office.desk, story.id).lines[1:]] == [Fate.WAITING, Fate.WAITING]
    publishing.approve_later(office.desk, story.id, by=office["zhao"])
    sheet = approval_sheet(office.desk, story.id)
    assert [line.fate for line in sheet.lines[1:]] == [Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.AFTERWARDS]
    later = approval_data(sheet, WORDS, {})["steps"][-1]
    assert (later["step"]["en"], later["person"]) == ("Approved afterwards", {"zh": "赵琦", "en": "ZHAO Qi"})
    assert (later["version"], later["signature"]["en"], later["bad"]) == ("1.0", "without a signature", False)
    assert approval_pdf(office.desk, story.id).startswith(b"%PDF")


def test_the_approval_afterwards_shows_its_key_and_a_signature_that_does_not_hold(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit"])
    publishing.release_early(office.desk, story.id, by=office["wang"], note="The minister comes.")
    signer = Signer.of(private := ed25519.new_private())
    enrol(office.desk, office["zhao"], by=office["sun"], public=ed25519.public_of(private))
    publishing.approve_later(office.desk, story.id, by=office["zhao"], signer=signer)
    later = approval_data(approval_sheet(office.desk, story.id), WORDS, {})["steps"][-1]
    assert grouped(signer.fingerprint[:16]) in later["signature"]["en"]
    outside(office, "UPDATE emergencies SET approval_note = 'Read.'")
    later = approval_data(approval_sheet(office.desk, story.id), WORDS, {})["steps"][-1]
    assert (later["bad"], later["signature"]["en"]) == (True, "the signature does not hold")


def test_a_sheet_says_who_signed_what_and_what_waits(office: Office) -> None:
    story = office.story()
    office.through(story, ["li:submit", "wang:claim", "wang:sign"])
    sheet = approval_sheet(office.desk, story.id)
    assert [(line.name, line.fate) for line in sheet.lines] == [
        ("draft", Fate.COUNTS), ("revision", Fate.COUNTS), ("approval", Fate.WAITING)
    ]  # fmt: skip
    assert [line.person.name for line in sheet.lines if line.person] == ["LI Wei", "WANG Min"]
    assert sheet.draft
    assert sheet.history == []


def test_what_was_withdrawn_or_left_behind_stands_in_the_history(office: Office, approved: Story) -> None:
    office.through(approved, ["zhao:withdraw", "chen:edit"])
    sheet = approval_sheet(office.desk, approved.id)
    assert {(line.name, line.fate) for line in sheet.history} >= {
        ("approval", Fate.WITHDRAWN), ("revision", Fate.STALE)
    }  # fmt: skip
    assert sheet.draft


def test_the_same_story_prints_to_the_same_bytes_whatever_is_exported_meanwhile(
    office: Office, approved: Story, tmp_path: Path
) -> None:
    first = approval_pdf(office.desk, approved.id)
    exporting.export(office.desk, [approved.id], "pdf", tmp_path / "out.pdf", layout=SHEET, by=office["zhao"])
    office.story(slug="another")
    assert approval_pdf(office.desk, approved.id) == first
    assert (tmp_path / "out.pdf").read_bytes() == first


def test_an_unapproved_story_leaves_as_a_marked_draft_alone(office: Office, tmp_path: Path) -> None:
    story = office.story()
    with pytest.raises(NotAllowedError):
        exporting.export(office.desk, [story.id], "pdf", tmp_path / "sheet.pdf", layout=SHEET)
    assert not (tmp_path / "sheet.pdf").exists()
    exporting.export(office.desk, [story.id], "pdf", tmp_path / "sheet.pdf", layout=SHEET, draft=True)
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        assert "DRAFT" in str(pdf.docinfo["/Title"])
    assert ":1.0D:" in code_of(office, story)


def test_a_picture_is_small_on_the_sheet_and_one_that_is_lost_leaves_a_box(office: Office, tmp_path: Path) -> None:
    story = office.story()
    photograph = tmp_path / "1.jpg"
    Image.effect_noise((2400, 1600), 80).convert("RGB").save(photograph, quality=95)
    pictures.add_pictures(office.desk, [photograph], by=office["sun"])
    pictures.place_picture(office.desk, story.id, pictures.list_pictures(office.desk)[0].id, by=office["li"])
    with pikepdf.open(io.BytesIO(approval_pdf(office.desk, story.id))) as pdf:
        widths = [int(image["/Width"]) for page in pdf.pages for image in page.get_images().values()]
    assert widths
    assert max(widths) <= 480
    assert len(approval_pdf(office.desk, story.id)) < photograph.stat().st_size / 2


def test_a_sheet_that_stands_is_found_good(office: Office, approved: Story) -> None:
    found = checked(office, code_of(office, approved))
    assert found.verdict is Verdict.STANDS
    assert found.problems == []
    assert found.checked == {"events": 1, "versions": 1, "signoffs": 3}
    assert [one.why for one in found.signoffs] == [None] * 3
    assert found.at is not None


def test_what_happens_later_to_other_stories_changes_nothing(office: Office, approved: Story) -> None:
    code = code_of(office, approved)
    office.through(office.story(slug="another"), APPROVED)
    office.act(approved, "release", "zhao")
    assert checked(office, code).verdict is Verdict.STANDS


def test_a_correction_beside_it_leaves_the_released_sheet_standing(office: Office, approved: Story) -> None:
    office.act(approved, "release", "zhao")
    code = code_of(office, approved)
    office.through(approved, ["zhao:correct", "li:edit"])
    found = checked(office, code)
    assert found.verdict is Verdict.STANDS
    assert any("correction" in str(note) for note in found.notes)


@pytest.mark.parametrize(
    ("acts", "said"),
    [
        (["zhao:withdraw"], "withdrawn by ZHAO Qi: I overlooked something."),
        (["zhao:withdraw", "chen:edit"], "counts no more"),
        (["zhao:release", "zhao:unpublish"], "Unpublished"),
        (["zhao:kill", "chen:kill"], "Killed"),
    ],
)
def test_what_happened_since_is_told_and_is_no_contradiction(
    office: Office, approved: Story, acts: list[str], said: str
) -> None:
    code = code_of(office, approved)
    office.through(approved, acts)
    found = checked(office, code)
    assert found.verdict is Verdict.OVERTAKEN
    assert said in reasons(found)


def test_a_draft_between_versions_can_be_confirmed_as_long_as_nobody_goes_on_writing(office: Office) -> None:
    story = office.story()
    office.write(story, "Not frozen yet.")
    code = code_of(office, story)
    assert ":0D:" in code
    assert checked(office, code).verdict is Verdict.STANDS
    office.write(story, "Something else.")
    assert checked(office, code).verdict is Verdict.OVERTAKEN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE versions SET content = replace(content, 'Typed', 'Tipped') WHERE major=1 AND minor=1", "digest"),
        (f"UPDATE versions SET digest = '{'ab' * 32}' WHERE major=1 AND minor=1", "another text"),
        ("DELETE FROM versions WHERE minor=1", "no version 1.1"),
        ("DELETE FROM signoffs WHERE step='approval'", "1 of the 3"),
        (
            "UPDATE signoffs SET person=(SELECT id FROM people WHERE name='SUN Yue') WHERE step='approval'",
            "say something",
        ),
        ("UPDATE signoffs SET at='2024-01-01T00:00:00.000000Z' WHERE step='revision'", "say something"),
        ("UPDATE events SET hash=substr(hash,2)||'0' WHERE sequence=(SELECT max(sequence) FROM events)", "rewritten"),
        ("UPDATE events SET at='2024-01-01T00:00:00.000000Z' WHERE operation='step signed'", "was altered"),
        ("DELETE FROM events WHERE sequence=(SELECT max(sequence) FROM events)", "older copy"),
        ("DELETE FROM events WHERE sequence=(SELECT max(sequence) - 2 FROM events)", "from outside: an event"),
        ("UPDATE people SET name='SUN Qi' WHERE name='WANG Min'", "from outside: a person's entry"),
        ("UPDATE people SET roles='[\"editor\",\"reviser\"]' WHERE name='LI Wei'", "from outside: a person's entry"),
        ("UPDATE stories SET drafter=(SELECT id FROM people WHERE name='SUN Yue')", "the story's own record"),
        ("INSERT INTO facts VALUES ('signatures', 'demanded')", "a setting of the house"),
    ],
)
def test_an_archive_that_was_altered_contradicts_the_paper(
    office: Office, approved: Story, change: str, said: str
) -> None:
    code = code_of(office, approved)
    outside(office, change)
    found = checked(office, code)
    assert found.verdict is Verdict.CONTRADICTED
    assert said in reasons(found)


@pytest.mark.parametrize(
    "forged",
    [
        {"story": "018d5000-0000-7000-8000-00000000dead"},
        {"digest": "ab" * 32},
        {"event": 999_999},
        {"event_hash": "ab" * 16},
        {"signoffs": ("0123456789ab",)},
        {"signoffs": ()},
        {"seal": "ab" * 16},
    ],
)
def test_a_forged_sheet_contradicts_the_archive(office: Office, approved: Story, forged: dict[str, object]) -> None:
    code = replace(approval_sheet(office.desk, approved.id).code, **forged)  # type: ignore[arg-type] # one field
    assert check_sheet(office.desk, code).verdict is Verdict.CONTRADICTED


def test_the_pdf_is_read_and_its_bytes_are_compared(office: Office, approved: Story, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(approval_pdf(office.desk, approved.id))
    found = check_sheet(office.desk, *read_sheet(str(path)))
    assert found.verdict is Verdict.STANDS
    assert "byte for byte" in str(found.notes[-1])
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.docinfo["/Producer"] = "somebody else"
        pdf.save(path)
    altered = check_sheet(office.desk, *read_sheet(str(path)))
    assert altered.verdict is Verdict.ALTERED
    assert "not the one that Diptych makes" in str(next(lines_of(altered)))
    assert "do not go by what they show" in str(altered.problems[0].reason)


def test_pages_that_nobody_can_make_again_are_not_said_to_be_genuine(
    office: Office, approved: Story, tmp_path: Path
) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(approval_pdf(office.desk, approved.id))
    office.act(approved, "release", "zhao")
    found = check_sheet(office.desk, *read_sheet(str(path)))
    assert found.verdict is Verdict.STANDS
    assert "cannot be told" in str(next(lines_of(found)))
    assert "not what its pages show" in str(found.notes[-1])
    office.act(approved, "unpublish", "zhao")
    overtaken = check_sheet(office.desk, *read_sheet(str(path)))
    assert overtaken.verdict is Verdict.OVERTAKEN
    assert "The sheet is genuine" not in str(next(lines_of(overtaken)))


def test_a_correction_beside_is_told_from_its_first_moment(office: Office, approved: Story) -> None:
    office.act(approved, "release", "zhao")
    code = approval_sheet(office.desk, approved.id).code
    assert check_sheet(office.desk, code).notes == []
    office.act(approved, "correct", "zhao")
    found = check_sheet(office.desk, code)
    assert found.verdict is Verdict.STANDS
    assert "A correction is being written" in str(found.notes[-1])


def test_a_file_without_a_code_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    picture, text, other, broken = (tmp_path / name for name in ("s.png", "s.txt", "o.pdf", "b.pdf"))
    Image.new("L", (40, 40), 255).save(picture)
    text.write_text("Hello")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(other)
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 4000)
    for path, said in ((picture, "no reader"), (text, "no code"), (other, "no code"), (broken, "cannot be read")):
        with pytest.raises(InputRefusedError, match=re.escape(said)):
            read_sheet(str(path))
    for gone in (str(tmp_path / "gone.pdf"), "/nowhere/else", "gone.pdf", "C:\\gone.txt"):
        with pytest.raises(InputRefusedError, match="no such file"):
            read_sheet(gone)
    with pytest.raises(InputRefusedError, match="no code"):
        read_sheet("gone")
    text.write_text(f"\ufeff{code_of(office, office.story())}\n")
    assert read_sheet(str(text))[0].draft
