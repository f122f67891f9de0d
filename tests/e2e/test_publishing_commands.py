"""What lets a story out and takes it back, by command: what each answers, and how it ends."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.conftest import Diptych

STORY = ROOT / "resources" / "sample" / "battery-recycling-progress"


@pytest.fixture
def story(diptych: Diptych, archive: Path) -> str:
    done = diptych("import", "--source", STORY / "zh.txt", "--target", STORY / "en.txt", "--as", "LI", "--json")
    return str(done.json["stories"][0]["id"])


def approve(diptych: Diptych, story: str) -> None:
    for step in (("submit", "LI"), ("sign", "WANG"), ("sign", "ZHAO")):
        assert diptych(step[0], story, "--as", step[1]).code == 0


def test_emergency(diptych: Diptych, story: str, tmp_path: Path) -> None:
    assert diptych("release", story, "--emergency", "--as", "ZHAO", "--note", "Now").code == 5, "the draft is unsigned"
    diptych("submit", story, "--as", "LI")
    assert diptych("release", story, "--emergency", "--as", "ZHAO").code == 5, "it asks for a reason"
    done = diptych("release", story, "--emergency", "--as", "ZHAO", "--note", "The mayor speaks", "--json").json
    assert (done["state"], done["emergency"], done["released"]) == ("released", True, done["version"])
    (listed,) = diptych("emergencies", "--json").json["emergencies"]
    assert (listed["story"], listed["reason"], listed["approved_by"]) == (story, "The mayor speaks", None)
    shown = [credit["names"] for credit in diptych("show", story, "--json").json["credits"]]
    assert ["pending"] in shown
    assert diptych("export", story, "--to", "nitf", "-o", tmp_path / "s.xml").code == 0
    assert "Revision: pending" in (tmp_path / "s.xml").read_text("utf-8")
    assert diptych("approve-later", story, "--as", "ZHAO").code == 5
    assert diptych("approve-later", story, "--as", "WANG", "--json").json["emergency"] is False
    assert diptych("emergencies", "--json").json["emergencies"] == []
    assert len(diptych("emergencies", "--all", "--json").json["emergencies"]) == 1
    assert diptych("verify", "--json").json["ok"] is True


def test_source(diptych: Diptych, story: str, tmp_path: Path) -> None:
    diptych("submit", story, "--as", "LI")
    content = diptych("show", story, "--json").json
    segment = next(one for block in content["blocks"][1:] for one in block.get("segments", ()) if one["source"])
    more = ("--segment", segment["id"], "--text", segment["source"] + "又及。")
    tried = diptych("source", story, *more, "--dry-run", "--json").json
    assert (tried["applied"], [one["fate"] for one in tried["changes"]]) == (False, ["changed"])
    assert diptych("source", story, *more, "--as", "LI", "--json").json["source_changed"] is True
    assert diptych("sign", story, "--step", "revision", "--as", "WANG").code == 5
    assert diptych("source-judge", story, "no-effect", "--as", "WANG").code == 5, "it asks for a note"
    judged = diptych("source-judge", story, "no-effect", "--as", "WANG", "--note", "A comma", "--json").json
    assert judged["source_changed"] is False
    assert diptych("sign", story, "--step", "revision", "--as", "WANG").code == 0
    assert diptych("source", story).code == 2
    path = tmp_path / "english.txt"
    path.write_text("A headline\n\nNothing but English is in this file, all of it.", "utf-8")
    assert diptych("source", story, path, "--as", "LI").code == 3
    assert diptych("source", story, "--segment", "nowhere", "--text", "。", "--as", "LI").code == 2


def test_correction_and_the_version_that_is_out(diptych: Diptych, story: str, tmp_path: Path) -> None:
    approve(diptych, story)
    diptych("release", story, "--as", "ZHAO")
    diptych("export", story, "--to", "nitf", "-o", tmp_path / "a.xml")
    begun = diptych("correct", story, "--as", "WANG", "--note", "A name", "--json").json
    assert (begun["state"], begun["released"], begun["correcting"]) == ("drafting", "1.0", "1.0")
    diptych("source", story, "--as", "WANG", "--segment", _segment(diptych, story), "--text", "新的一句话。")
    assert diptych("export", story, "--to", "nitf", "-o", tmp_path / "b.xml").code == 0
    assert (tmp_path / "b.xml").read_bytes() == (tmp_path / "a.xml").read_bytes()
    given_up = diptych("correct", story, "--give-up", "--as", "WANG", "--note", "It was right", "--json").json
    assert (given_up["state"], given_up["version"], given_up["correcting"]) == ("released", "1.0", None)
    assert all(one["valid"] for one in given_up["signoffs"])
    assert diptych("unpublish", story, "--as", "ZHAO").code == 0
    assert diptych("republish", story, "--as", "ZHAO", "--json").json["released"] == "1.0"


def _segment(diptych: Diptych, story: str) -> str:
    blocks = diptych("show", story, "--json").json["blocks"]
    return str(next(one["id"] for block in blocks[1:] for one in block.get("segments", ()) if one["source"]))


def test_embargo_and_kill(diptych: Diptych, story: str, tmp_path: Path) -> None:
    approve(diptych, story)
    reason = ("--reason", "The journal asks")
    set_to = ("embargo", story, "--until", "2099-12-01 08:00", "--zone", "Asia/Shanghai", *reason)
    told = diptych(*set_to, "--as", "ZHAO", "--json").json["embargo"]
    assert (told["until"], told["zone"]) == ("2099-12-01T00:00:00.000000Z", "Asia/Shanghai")
    assert diptych("release", story, "--as", "ZHAO").code == 5
    (tmp_path / "out").mkdir()
    named = diptych("export", story, "--to", "nitf", "-o", tmp_path / "out", "--json").json["files"][0]["path"]
    assert Path(named).name == f"embargoed-{story[-8:]}.nitf.xml"
    assert 'management-status="embargoed"' in Path(named).read_text("utf-8")
    assert diptych("embargo", story, "--lift", *reason, "--as", "ZHAO").code == 0
    assert diptych("embargo", story, "--confirm", "--as", "ZHAO").code == 5
    assert diptych("embargo", story, "--confirm", "--as", "WANG", "--json").json["embargo"] is None
    assert diptych("embargo", story).code == 2
    assert diptych("embargo", story, "--until", "tomorrow", *reason, "--as", "ZHAO").code == 2
    diptych("kill", story, "--as", "ZHAO", "--note", "Wrong person")
    assert diptych("kill", story, "--withdraw", "--as", "WANG", "--json").json["kill_asked"] is False
    diptych("kill", story, "--as", "ZHAO", "--note", "Wrong person")
    killed = diptych("kill", story, "--as", "WANG", "--note", "Agreed", "--json").json
    assert killed["state"] == "killed"
    assert [one["files"] for one in killed["exports"]] == [[Path(named).name]]
