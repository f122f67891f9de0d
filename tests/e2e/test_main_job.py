"""The main job by command: a pair in, revised by a second person, approved by a third, out as XML and as pages."""

import hashlib
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from tests.conftest import ROOT, SHARED
from tests.e2e.conftest import Diptych

STORY = ROOT / "resources" / "sample" / "battery-recycling-progress"
NITF = SHARED / "schemas" / "nitf"


@pytest.fixture
def story(diptych: Diptych, archive: Path) -> str:
    done = diptych("import", "--source", STORY / "zh.txt", "--target", STORY / "en.txt", "--as", "LI", "--json")
    assert done.code == 0, done.err
    return str(done.json["stories"][0]["id"])


def approve(diptych: Diptych, story: str) -> None:
    assert diptych("submit", story, "--as", "LI").code == 0
    assert diptych("claim", story, "--as", "WANG").code == 0
    assert diptych("sign", story, "--step", "revision", "--as", "WANG").code == 0
    assert diptych("sign", story, "--step", "approval", "--as", "ZHAO").code == 0


def test_pair_becomes_one_story_with_every_sentence_of_both_files(diptych: Diptych, story: str) -> None:
    shown = diptych("show", story, "--json").json
    for side, name in (("source", "zh.txt"), ("target", "en.txt")):
        text = (STORY / name).read_text("utf-8")
        pieces = [segment[side] for block in shown["blocks"] for segment in block.get("segments", [])]
        assert sum(map(len, pieces)) > 200
        for piece in filter(None, pieces):
            assert piece in text


def test_approved_story_goes_out_in_every_format(diptych: Diptych, story: str, tmp_path: Path) -> None:
    approve(diptych, story)
    for form in ("xliff", "nitf", "pdf"):
        out = tmp_path / f"Meine Datei 新闻.{form}"
        done = diptych("export", story, "--to", form, "-o", out, "--json")
        assert done.code == 0, done.err
        assert done.json["files"] == [{"path": str(out), "sha256": hashlib.sha256(out.read_bytes()).hexdigest()}]
    xliff = etree.parse(tmp_path / "Meine Datei 新闻.xliff")
    assert {unit.get("approved") for unit in xliff.iter("{*}trans-unit")} == {"yes"}
    with pikepdf.open(tmp_path / "Meine Datei 新闻.pdf") as pdf:
        assert len(pdf.pages) >= 1


@pytest.mark.skipif(not NITF.is_dir(), reason="the NITF schema lies in ../shared, which is absent")
def test_exported_nitf_is_valid(diptych: Diptych, story: str, tmp_path: Path) -> None:
    approve(diptych, story)
    assert diptych("export", story, "--to", "nitf", "-o", tmp_path / "story.xml").code == 0
    schema = etree.XMLSchema(etree.parse(next(NITF.glob("*.xsd"))))
    schema.assertValid(etree.parse(tmp_path / "story.xml"))


def test_export_of_an_unapproved_story_is_refused_unless_marked(diptych: Diptych, story: str, tmp_path: Path) -> None:
    out = tmp_path / "story.xlf"
    refused = diptych("export", story, "--to", "xliff", "-o", out)
    assert (refused.code, refused.out, out.exists()) == (5, "", False)
    assert diptych("export", story, "--to", "xliff", "-o", out, "--draft").code == 0
    assert "yes" not in {unit.get("approved") for unit in etree.parse(out).iter("{*}trans-unit")}


def test_drafter_cannot_revise_and_reviser_cannot_approve(diptych: Diptych, story: str) -> None:
    diptych("submit", story, "--as", "LI")
    before = diptych("show", story, "--json").json
    refused = diptych("sign", story, "--step", "revision", "--as", "LI")
    assert refused.code == 5
    assert "WANG Fang" in refused.err
    assert diptych("show", story, "--json").json == before
    diptych("claim", story, "--as", "WANG")
    diptych("sign", story, "--step", "revision", "--as", "WANG")
    refused = diptych("sign", story, "--step", "approval", "--as", "WANG")
    assert refused.code == 5
    assert "ZHAO Min" in refused.err


def test_credits_are_made_of_the_sign_offs(diptych: Diptych, story: str) -> None:
    approve(diptych, story)
    credits = diptych("show", story, "--json").json["credits"]
    assert [(credit["label"], credit["names"]) for credit in credits] == [
        ("Draft", ["LI Wen"]),
        ("Revision", ["WANG Fang"]),
        ("供稿", ["能源学院"]),  # what the Chinese page says of itself stays
        ("摄影", ["顾安"]),
    ]


def test_three_reviews_need_five_acts_by_enough_people(diptych: Diptych, tmp_path: Path) -> None:
    diptych("init", tmp_path / "archive", "--policy", "three-reviews")
    for name in ("LI Wen", "WANG Fang", "ZHAO Min", "LUO Yi"):
        diptych("people", "add", name)
    pair = ("--source", STORY / "zh.txt", "--target", STORY / "en.txt")
    story = diptych("import", *pair, "--as", "LI", "--json").json["stories"][0]["id"]
    assert diptych("submit", story, "--as", "LI").code == 0
    assert diptych("sign", story, "--step", "first", "--as", "WANG").code == 0
    assert diptych("sign", story, "--step", "second", "--as", "WANG").code == 5
    assert diptych("sign", story, "--step", "second", "--as", "ZHAO").code == 0
    assert diptych("sign", story, "--step", "final", "--as", "LUO").code == 0
    done = diptych("sign", story, "--step", "approval", "--as", "LUO", "--json")
    assert done.json["state"] == "approved"
    assert [one["step"] for one in done.json["signoffs"]] == ["draft", "first", "second", "final", "approval"]


def test_released_story_is_corrected_and_its_history_says_all(diptych: Diptych, story: str) -> None:
    approve(diptych, story)
    assert diptych("release", story, "--as", "ZHAO").code == 0
    assert diptych("correct", story, "--as", "LI").code == 5, "a correction needs a note"
    assert diptych("correct", story, "--as", "LI", "--note", "A name was wrong").code == 0
    events = [event["operation"] for event in diptych("history", story, "--json").json["events"]]
    assert events[0] == "stories imported"
    assert events[-2:] == ["story released", "correction begun"]
    assert diptych("verify", "--json").json["ok"] is True


def test_backup_restores_to_an_equal_archive(diptych: Diptych, story: str, tmp_path: Path) -> None:
    before = diptych("show", story, "--json").json
    assert diptych("backup", "-o", tmp_path / "all.zip").code == 0
    assert diptych("restore", tmp_path / "all.zip", tmp_path / "again").code == 0
    assert diptych("--archive", tmp_path / "again", "show", story, "--json").json == before
    assert diptych("verify").code == 0


def test_story_is_found_by_the_beginning_of_its_name_and_by_its_headline(diptych: Diptych, story: str) -> None:
    shown = diptych("show", story, "--json").json
    for name in (shown["slug"][:6], shown["headline"]["zh"], shown["headline"]["en"]):
        assert diptych("show", name, "--json").json["id"] == story
    assert diptych("show", shown["slug"][:2]).code == 2


def test_refusal_names_those_who_may_and_asks_for_a_note(diptych: Diptych, story: str) -> None:
    approve(diptych, story)
    diptych("release", story, "--as", "ZHAO")
    refused = diptych("unpublish", story, "--as", "LI")
    assert refused.code == 5
    assert "WANG Fang, ZHAO Min" in refused.err
    assert "--note" in diptych("kill", story, "--as", "ZHAO").err
    asked = diptych("kill", story, "--as", "ZHAO", "--note", "Wrong person in the picture")
    assert "second person" in asked.out
    assert diptych("kill", story, "--as", "WANG", "--note", "Agreed", "--json").json["state"] == "killed"
    assert "Wrong person in the picture" in diptych("history", story).out


def test_archive_named_for_one_command_does_not_become_the_usual_one(
    diptych: Diptych, story: str, tmp_path: Path
) -> None:
    diptych("backup", "-o", tmp_path / "all.zip")
    diptych("restore", tmp_path / "all.zip", tmp_path / "again")
    diptych("--archive", tmp_path / "again", "people", "add", "NEW One")
    assert "NEW One" not in diptych("people", "list").out


def test_released_version_is_taken_down_while_its_correction_is_written(diptych: Diptych, story: str) -> None:
    approve(diptych, story)
    diptych("release", story, "--as", "ZHAO")
    diptych("correct", story, "--as", "LI", "--note", "A name was wrong")
    assert diptych("drop", story, "--as", "ZHAO").code == 5
    assert diptych("unpublish", story, "--as", "ZHAO", "--json").json["state"] == "drafting"
    assert diptych("unpublish", story, "--as", "ZHAO").code == 5
    assert diptych("drop", story, "--as", "ZHAO").code == 0
