"""Work goes out and comes home by command: merged, shown before, asked about, decided later, refused."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_app.desk.desk import open_desk
from desktop_app.desk.people import find_person
from desktop_app.desk.stories import open_story

Diptych = Callable[..., Any]
ZH = "学校举行运动会\n\n三百名学生参加了比赛。比赛在周五结束。\n"
EN = "University Holds Sports Meeting\n\nThree hundred students competed. The games ended on Friday.\n"


@pytest.fixture
def story(diptych: Diptych, archive: Path, tmp_path: Path) -> str:
    """A drafted story of three segments."""
    (tmp_path / "zh.txt").write_text(ZH, encoding="utf-8")
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    pair = ("--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt")
    answer = diptych("-a", archive, "import", *pair, "--as", "LI Wen", "--json")
    slug: str = answer.json["stories"][0]["slug"]
    return slug


def replace(diptych: Diptych, archive: Path, old: str, new: str) -> None:
    answer = diptych("replace", old, new, "-a", archive, "--as", "LI Wen")
    assert answer.code == 0, answer.err


@pytest.fixture
def answered(diptych: Diptych, archive: Path, story: str, tmp_path: Path) -> Path:
    """A package that comes home with another headline, a sentence changed on both sides, and a signed draft."""
    out, laptop, home = tmp_path / "out.diptych", tmp_path / "laptop", tmp_path / "home.diptych"
    assert diptych("pack", story, "-o", out, "--for", "LI Wen", "-a", archive, "--as", "ZHAO Min").code == 0
    assert diptych("unpack", out, laptop).code == 0
    replace(diptych, laptop, "Sports Meeting", "Sports Day")
    replace(diptych, laptop, "Three hundred", "300")
    assert diptych("submit", story, "-a", laptop, "--as", "LI Wen").code == 0
    assert diptych("pack", "-o", home, "-a", laptop, "--as", "LI Wen").code == 0
    return home


def test_work_comes_home_by_one_command(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    dry = diptych("merge", answered, "--dry-run", "-a", archive, "--as", "ZHAO Min", "--json")
    assert (dry.code, dry.json["applied"], dry.json["conflicts"], dry.json["id"]) == (0, 2, [], None)
    assert diptych("show", story, "-a", archive, "--json").json["state"] == "drafting"
    done = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min", "--json")
    assert (done.code, done.json["applied"], done.json["conflicts"]) == (0, 2, [])
    (signed,) = done.json["signoffs"]
    assert (signed["step"], signed["person"], signed["valid"], signed["kept"]) == ("draft", "LI Wen", True, None)
    assert done.json["stories"][0]["state"] == "submitted"
    shown = diptych("show", story, "-a", archive, "--json").json
    assert (shown["state"], shown["headline"]["en"]) == ("submitted", "University Holds Sports Day")
    again = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min", "--json")
    assert (again.code, again.json["applied"]) == (0, 0)
    assert "came home already" in again.json["nothing"]
    assert diptych("verify", "-a", archive).code == 0


def test_conflicts_are_told_kept_and_decided(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    replace(diptych, archive, "Three hundred", "Some 300")
    done = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min", "--json")
    assert (done.code, done.json["applied"]) == (1, 1)
    (told,) = done.json["conflicts"]
    assert (told["base"], told["ours"], told["theirs"]) == (
        "Three hundred students competed.", "Some 300 students competed.", "300 students competed.",
    )  # fmt: skip
    assert told["story"] == done.json["stories"][0]["id"]
    assert done.json["signoffs"][0]["kept"] == "text"
    (listed,) = diptych("conflicts", "list", "-a", archive, "--json").json["conflicts"]
    assert (listed["id"], listed["segment"], listed["author"]) == (told["id"], told["segment"], "LI Wen")
    assert "300 students competed." in diptych("conflicts", "list", "--story", story, "-a", archive).out
    shown = diptych("conflicts", "show", told["id"], "-a", archive).out
    for words in ("Went out: Three hundred", "Here: Some 300", "LI Wen"):
        assert words in shown
    assert diptych("conflicts", "take", told["id"], "-a", archive, "--as", "LI Wen").code == 2
    assert diptych("conflicts", "take", told["id"], "both", "-a", archive, "--as", "LI Wen").code == 2
    taken = diptych("conflicts", "take", told["id"], "theirs", "-a", archive, "--as", "LI Wen", "--json")
    assert (taken.code, taken.json["decision"], taken.json["left"]) == (0, "theirs", 0)
    assert diptych("conflicts", "take", told["id"], "ours", "-a", archive, "--as", "LI Wen").code == 2
    segments = diptych("show", story, "-a", archive, "--json").json["blocks"][1]["segments"]
    assert segments[0]["target"] == "300 students competed."


@pytest.mark.parametrize(
    ("side", "said"), [("ours", "Some 300 students competed."), ("theirs", "300 students competed.")]
)
def test_one_side_is_taken_for_all(
    diptych: Diptych, archive: Path, story: str, answered: Path, side: str, said: str
) -> None:
    replace(diptych, archive, "Three hundred", "Some 300")
    done = diptych("merge", answered, "--take", side, "-a", archive, "--as", "ZHAO Min", "--json")
    signed, kept = (0, None) if side == "theirs" else (1, "text")  # with ours it is not the text that was signed
    assert (done.code, done.json["conflicts"]) == (signed, [])
    assert [one["kept"] for one in done.json["signoffs"]] == [kept]
    segments = diptych("show", story, "-a", archive, "--json").json["blocks"][1]["segments"]
    assert segments[0]["target"] == said


def test_words_of_ones_own_are_written(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    replace(diptych, archive, "Three hundred", "Some 300")
    told = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min", "--json").json["conflicts"][0]["id"]
    own = ("conflicts", "take", told, "--text", "About 300 students competed.", "-a", archive, "--as", "WANG Fang")
    assert diptych(*own).code == 0
    segments = diptych("show", story, "-a", archive, "--json").json["blocks"][1]["segments"]
    assert segments[0]["target"] == "About 300 students competed."


def test_a_story_that_may_not_be_changed_waits(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    assert diptych("drop", story, "--note", "No room.", "-a", archive, "--as", "WANG Fang").code == 0
    done = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min", "--json")
    assert (done.code, done.json["applied"], len(done.json["conflicts"])) == (1, 0, 2)
    assert "Dropped" in done.json["stories"][0]["waits"]
    (first, _) = done.json["conflicts"]
    refused = diptych("conflicts", "take", first["id"], "theirs", "-a", archive, "--as", "LI Wen")
    assert (refused.code, refused.err.count("\n")) == (5, 1)


def test_nothing_comes_into_a_killed_story(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    for person in ("ZHAO Min", "WANG Fang"):
        assert diptych("kill", story, "--note", "Not true.", "-a", archive, "--as", person).code == 0
    refused = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min")
    assert (refused.code, refused.err.count("\n")) == (5, 1)
    assert "killed" in refused.err


def test_what_is_damaged_or_of_elsewhere_is_refused(
    diptych: Diptych, archive: Path, story: str, answered: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert diptych("init", other).code == 0
    short = tmp_path / "short.diptych"
    short.write_bytes(answered.read_bytes()[:-100])
    note = tmp_path / "note.txt"
    note.write_text("No package.", encoding="utf-8")
    for place, path in ((other, answered), (archive, short), (archive, note), (archive, tmp_path / "nowhere.diptych")):
        refused = diptych("merge", path, "-a", place)
        assert (refused.code, refused.err.count("\n")) == (3, 1), refused.err
        assert path.name in refused.err
    assert story in diptych("list", "-a", archive).out


def test_the_lines_for_a_person_say_what_happens(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    replace(diptych, archive, "Three hundred", "Some 300")
    dry = diptych("merge", answered, "--dry-run", "-a", archive, "--as", "ZHAO Min")
    assert dry.code == 1
    for words in ("1 change would be applied", "1 change waits to be decided", "LI Wen is kept and does not count"):
        assert words in dry.out
    assert story in dry.out
    done = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min")
    assert "1 change was applied" in done.out
    assert "conflicts list" in done.out


def test_for_whom_nothing_but_the_package_vouches_is_told_before_and_after(
    diptych: Diptych, archive: Path, story: str, tmp_path: Path
) -> None:
    out, laptop, back = tmp_path / "out.diptych", tmp_path / "laptop", tmp_path / "home.diptych"
    assert diptych("pack", story, "-o", out, "--for", "LI Wen", "-a", archive).code == 0
    assert diptych("unpack", out, laptop).code == 0
    for command, name in (("submit", "LI Wen"), ("claim", "WANG Fang"), ("sign", "WANG Fang"), ("sign", "ZHAO Min")):
        assert diptych(command, story, "-a", laptop, "--as", name).code == 0
    assert diptych("pack", "-o", back, "-a", laptop, "--as", "LI Wen").code == 0
    told = "signed without a signature, in the package that LI Wen had: ZHAO Min, WANG Fang;"
    dry = diptych("merge", back, "--dry-run", "-a", archive, "--as", "ZHAO Min")
    assert (dry.code, told in dry.out) == (0, True)
    assert dry.out.index(told) < dry.out.index("counts here")
    done = diptych("merge", back, "-a", archive, "--as", "ZHAO Min", "--json")
    assert done.json["stories"][0]["on_trust"] == ["ZHAO Min", "WANG Fang"]
    assert done.json["stories"][0]["state"] == "approved"


def test_a_decision_says_what_it_costs_and_signing_says_what_waits(
    diptych: Diptych, archive: Path, story: str, answered: Path
) -> None:
    replace(diptych, archive, "Three hundred", "Some 300")
    told = diptych("merge", answered, "-a", archive, "--as", "ZHAO Min", "--json").json["conflicts"][0]["id"]
    signed = diptych("submit", story, "-a", archive, "--as", "LI Wen", "--json")
    assert (signed.code, signed.json["conflicts_open"]) == (0, 1)
    assert "1 change that came home for this story is not decided yet" in signed.err
    taken = diptych("conflicts", "take", told, "theirs", "-a", archive, "--as", "LI Wen")
    assert taken.code == 0
    for words in ("“Draft” stops counting", "Submitted → Drafting"):
        assert words in taken.out
    again = diptych("submit", story, "-a", archive, "--as", "LI Wen", "--json")
    assert (again.json["conflicts_open"], again.err) == (0, "")


def test_what_comes_to_an_approved_story_waits_and_taking_it_costs_the_approval(
    diptych: Diptych, archive: Path, story: str, answered: Path
) -> None:
    for act, person in (("submit", "LI Wen"), ("claim", "WANG Fang"), ("sign", "WANG Fang"), ("sign", "ZHAO Min")):
        assert diptych(act, story, "-a", archive, "--as", person).code == 0
    dry = diptych("merge", answered, "--dry-run", "-a", archive, "--as", "LI Wen", "--json")
    assert (dry.code, dry.json["applied"], dry.json["stories"][0]["state"]) == (1, 0, "approved")
    done = diptych("merge", answered, "-a", archive, "--as", "LI Wen", "--json")
    assert (done.code, done.json["applied"], len(done.json["conflicts"])) == (1, 0, 2)
    assert "approval would fall" in done.json["stories"][0]["waits"]
    assert diptych("show", story, "-a", archive, "--json").json["state"] == "approved"
    (first, _) = done.json["conflicts"]
    taken = diptych("conflicts", "take", first["id"], "theirs", "-a", archive, "--as", "ZHAO Min", "--json").json
    assert (taken["was"], taken["state"]) == ("approved", "in revision")
    assert taken["stale"][-1] == "approval"


def test_nothing_is_released_while_something_waits(diptych: Diptych, archive: Path, story: str, answered: Path) -> None:
    for act, person in (("submit", "LI Wen"), ("claim", "WANG Fang"), ("sign", "WANG Fang"), ("sign", "ZHAO Min")):
        assert diptych(act, story, "-a", archive, "--as", person).code == 0
    diptych("merge", answered, "-a", archive, "--as", "LI Wen")
    out = diptych("release", story, "-a", archive, "--as", "ZHAO Min")
    assert (out.code, "2 changes that came home wait to be decided" in out.err) == (5, True)


@pytest.mark.parametrize("ending", [".diptych", ".docx", ".xlf"])
@pytest.mark.parametrize(("data", "said"), [(b"", "is empty"), (b"\n", "is empty"), (b"Lorem ipsum", "is damaged")])
def test_an_empty_or_damaged_file_is_called_so(
    diptych: Diptych, archive: Path, tmp_path: Path, ending: str, data: bytes, said: str
) -> None:
    path = tmp_path / f"work{ending}"
    path.write_bytes(data)
    refused = diptych("merge", path, "-a", archive)
    assert (refused.code, refused.err.count("\n")) == (3, 1)
    assert said in refused.err
    assert path.name in refused.err


def test_nothing_more_comes_and_the_loan_is_over(diptych: Diptych, archive: Path, story: str, tmp_path: Path) -> None:
    out, laptop, home = tmp_path / "out.diptych", tmp_path / "laptop", tmp_path / "home.diptych"
    assert diptych("pack", story, "-o", out, "--for", "WANG Fang", "-a", archive, "--as", "ZHAO Min").code == 0
    assert diptych("unpack", out, laptop).code == 0
    replace(diptych, laptop, "Three hundred", "300")
    assert diptych("pack", "-o", home, "-a", laptop, "--as", "WANG Fang").code == 0
    assert diptych("merge", home, "--dry-run", "--ends-loan", "-a", archive, "--as", "ZHAO Min").code == 0
    (loan,) = diptych("loans", "list", "-a", archive, "--json").json["loans"]
    assert loan["open"]
    assert diptych("merge", home, "--ends-loan", "-a", archive, "--as", "ZHAO Min").code == 0
    assert diptych("loans", "list", "-a", archive, "--json").json["loans"] == []
    (loan,) = diptych("loans", "list", "--all", "-a", archive, "--json").json["loans"]
    assert "nothing more comes" in loan["ended"]
    assert diptych("verify", "-a", archive).code == 0


@pytest.mark.parametrize(
    ("given", "drafter"), [((), "ZHAO Min"), (("--drafter", "LI Wen"), "LI Wen"), (("--drafter", "none"), None)]
)
def test_who_imports_for_others_says_who_drafts(
    diptych: Diptych, archive: Path, tmp_path: Path, given: tuple[str, ...], drafter: str | None
) -> None:
    page = tmp_path / "zh.txt"
    page.write_text(ZH, encoding="utf-8")
    answer = diptych("-a", archive, "import", page, *given, "--as", "ZHAO Min", "--json")
    assert answer.code == 0, answer.err
    with closing(open_desk(archive)) as desk:
        found = open_story(desk, answer.json["stories"][0]["slug"]).story.drafter
        assert found == (find_person(desk, drafter).id if drafter is not None else None)
