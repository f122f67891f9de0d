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


@pytest.mark.parametrize(
    "words",
    [("release",), ("release", "--emergency"), ("correct",), ("correct", "--give-up"), ("kill",),
     ("kill", "--withdraw"), ("unpublish",), ("republish",), ("drop",), ("resume",), ("approve-later",)],
)  # fmt: skip
def test_a_step_that_the_policy_does_not_have_is_refused(diptych: Diptych, story: str, words: tuple[str, ...]) -> None:
    before = diptych("show", story, "--json").json["state"]
    refused = diptych(words[0], story, *words[1:], "--step", "reveiw", "--note", "Why", "--as", "ZHAO")
    assert refused.code == 2
    assert "draft, revision, approval" in refused.err
    assert diptych("show", story, "--json").json["state"] == before


def test_a_step_of_the_policy_may_be_named_with_every_act(diptych: Diptych, story: str) -> None:
    approve(diptych, story)
    done = diptych("release", story, "--step", "approval", "--as", "ZHAO", "--json").json
    assert done["state"] == "released"
    assert diptych("correct", story, "--step", "draft", "--note", "A name", "--as", "WANG").code == 0


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
    assert (judged["source_changed"], judged["lost"]) == (False, [])
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
    shown, listed = diptych("show", story), diptych("list")
    assert "Version 1.0 is released; a correction is being drafted." in shown.out
    assert "version 1.0 is released" in " ".join(listed.out.split())
    assert diptych("show", story, "--json").json["released"] == "1.0"
    assert diptych("list", "--json").json["stories"][0]["released"] == "1.0"
    diptych("source", story, "--as", "WANG", "--segment", _segment(diptych, story), "--text", "新的一句话。")
    assert diptych("export", story, "--to", "nitf", "-o", tmp_path / "b.xml").code == 0
    assert (tmp_path / "b.xml").read_bytes() == (tmp_path / "a.xml").read_bytes()
    given_up = diptych("correct", story, "--give-up", "--as", "WANG", "--note", "It was right", "--json").json
    assert (given_up["state"], given_up["version"], given_up["correcting"]) == ("released", "1.0", None)
    assert all(one["valid"] for one in given_up["signoffs"])
    assert diptych("unpublish", story, "--as", "ZHAO").code == 0
    assert diptych("republish", story, "--as", "ZHAO", "--json").json["released"] == "1.0"


def test_what_is_taken_down_during_a_correction_is_said(diptych: Diptych, story: str) -> None:
    approve(diptych, story)
    assert diptych("show", story, "--json").json["released"] is None
    diptych("release", story, "--as", "ZHAO")
    diptych("correct", story, "--as", "LI", "--note", "A name")
    said = "Version 1.0 was taken down; a correction is being drafted."
    assert said in diptych("unpublish", story, "--as", "ZHAO").out
    assert said in diptych("show", story).out
    assert "version 1.0 was taken down" in " ".join(diptych("list").out.split())
    assert diptych("show", story, "--json").json["released"] is None
    diptych("drop", story, "--as", "ZHAO")
    assert "is being drafted" not in diptych("show", story).out


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
    assert (killed["state"], killed["kill_asked"]) == ("killed", False)
    assert [one["files"] for one in killed["exports"]] == [[Path(named).name]]
    assert killed["packages"] == []


def test_a_kill_names_the_work_packages_and_ends_their_loans(diptych: Diptych, story: str, tmp_path: Path) -> None:
    file = tmp_path / "li.diptych"
    assert diptych("pack", story, "-o", file, "--for", "LI", "--as", "ZHAO").code == 0
    assert diptych("pack", story, "-o", tmp_path / "any.diptych", "--as", "ZHAO").code == 0
    asked = diptych("kill", story, "--as", "ZHAO", "--note", "Wrong person", "--json").json
    assert [(one["file"], one["person"], one["open"]) for one in asked["packages"]] == [
        ("li.diptych", "LI Wen", True), ("any.diptych", None, True),
    ]  # fmt: skip
    done = diptych("kill", story, "--as", "WANG", "--note", "Agreed")
    assert "2 work packages went out" in done.out
    assert "li.diptych" in done.out
    assert "Nothing of it" not in done.out
    assert diptych("loans", "list", "--json").json["loans"] == []
    ended = diptych("loans", "list", "--all", "--json").json["loans"]
    assert {one["ended"] for one in ended} == {"ended: the story was killed"}
    assert diptych("verify").code == 0


def test_the_history_says_of_a_copy_that_it_can_come_home(diptych: Diptych, story: str, tmp_path: Path) -> None:
    assert diptych("export", story, "--to", "xliff", "-o", tmp_path / "a.xlf", "--draft").code == 0
    assert diptych("export", story, "--to", "nitf", "-o", tmp_path / "a.xml", "--draft").code == 0
    told = diptych("history", story).out
    assert "Sent out as xliff, which can come home: a.xlf" in told
    assert "Exported as nitf: a.xml" in told
    assert diptych("loans", "list", "--json").json["loans"] == []


def test_a_kill_that_was_carried_out_asks_for_nobody_more(diptych: Diptych, story: str) -> None:
    assert "a second person must confirm" in diptych("kill", story, "--as", "ZHAO", "--note", "Wrong person").out
    assert "second person" not in diptych("kill", story, "--as", "WANG", "--note", "Agreed").out


_RELEASED = ("submit LI", "sign WANG", "sign ZHAO", "release ZHAO")


@pytest.mark.parametrize(
    ("before", "words", "said"),
    [
        ((), "sign --as WANG --step revision", "the draft is submitted (submit) by: LI Wen."),
        ((), "claim --as WANG", "the draft is submitted (submit) by: LI Wen."),
        ((), "release --as ZHAO", "the draft is submitted (submit) by: LI Wen."),
        ((), "release --emergency --note Now --as ZHAO", "the draft is submitted (submit) by: LI Wen."),
        (("submit LI",), "sign --as ZHAO --step approval", "“Revision” is signed (sign) by one of: WANG Fang, ZHAO"),
        (("submit LI", "claim WANG"), "sign --as ZHAO --step approval", "“Revision” is in the hands of WANG Fang"),
        (("submit LI", "claim WANG"), "recall --as LI", "in the hands of WANG Fang, who can sign it (sign), return"),
        (_RELEASED[:2], "claim --as ZHAO", "“Approval” is signed (sign) by one of: ZHAO Min."),
        (_RELEASED[:3], "sign --as ZHAO", "released (release) by one of: WANG Fang, ZHAO Min."),
        (_RELEASED[:3], "claim --as WANG", "released (release) by one of: WANG Fang, ZHAO Min."),
        (_RELEASED, "sign --as ZHAO", "taken down (unpublish) by one of: WANG Fang, ZHAO Min."),
        ((*_RELEASED, "correct LI"), "drop --as LI", "taken down (unpublish) by: WANG Fang, ZHAO Min."),
        ((*_RELEASED, "unpublish ZHAO"), "release --as ZHAO", "brought back (republish) by one of: WANG Fang, ZHAO"),
        (("drop LI",), "submit --as LI", "taken up again (resume) by one of: LI Wen, WANG Fang, ZHAO Min."),
        (("kill ZHAO",), "kill --as ZHAO --note Yes", "Ask one of: WANG Fang."),
        (
            (*_RELEASED[:3], "kill ZHAO"),
            "release --as ZHAO",
            "confirmed (kill) by: WANG Fang; or withdrawn (kill --withdraw) by: WANG Fang, ZHAO Min.",
        ),
        (("kill ZHAO", "kill WANG"), "submit --as LI", "A killed story stays as it is"),
    ],
)
def test_a_refusal_says_what_comes_next_and_who_may_do_it(
    diptych: Diptych, story: str, before: tuple[str, ...], words: str, said: str
) -> None:
    noted = {"correct", "kill"}
    for act, person in map(str.split, before):
        done = diptych(act, story, "--as", person, *(("--note", "So.") if act in noted else ()))
        assert done.code == 0, done.err
    shown = diptych("show", story, "--json").json
    act, *options = words.split()
    refused = diptych(act, story, *options)
    assert (refused.code, refused.err.count("\n")) == (5, 1)
    assert said in refused.err
    assert diptych("show", story, "--json").json == shown


@pytest.mark.parametrize(("acts", "words"), [(3, ()), (1, ("--emergency", "--note", "Now"))])
def test_under_embargo_a_refusal_says_until_when_and_who_lifts_it(
    diptych: Diptych, story: str, acts: int, words: tuple[str, ...]
) -> None:
    for act, person in map(str.split, _RELEASED[:acts]):
        diptych(act, story, "--as", person)
    until = ("--until", "2099-12-01 08:00", "--zone", "Asia/Shanghai", "--reason", "The journal asks")
    diptych("embargo", story, *until, "--as", "ZHAO")
    refused = diptych("release", story, "--as", "ZHAO", *words)
    assert refused.code == 5
    assert "Embargo until 2099-12-01 08:00 Asia/Shanghai" in refused.err
    assert "by two of: WANG Fang, ZHAO Min (embargo --lift" in refused.err
