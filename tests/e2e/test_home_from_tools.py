"""The proof with other people's programs: out by ``export``, through the program, and home by ``merge``."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from real_tools import Act, lokalize, office, omegat, toolkit

from desktop_app.desk.comments import discussion
from desktop_app.desk.desk import opened
from desktop_app.desk.people import list_people
from desktop_app.desk.wordings import wordings
from tests.e2e.conftest import Diptych

pytestmark = pytest.mark.proof

CHINESE = """低温电池研制成功

3月12日，团队宣布了成果。成果已发表。

没有一次停机。她说完了。试验继续。
"""
ENGLISH = """A Battery That Works in the Cold

On March 12, the team announced its result. It has been published.

There was not one outage. She said so. The trials go on.
"""


@dataclass
class Sent:
    """A story that went out in a format."""

    diptych: Diptych
    archive: Path
    story: str
    file: Path

    def merge(self, file: Path) -> Any:
        answer = self.diptych("merge", file, "--as", "LI Wen", "--json")
        assert answer.code == 0, answer.err or answer.out
        assert self.diptych("verify").code == 0
        return answer.json

    def texts(self) -> dict[str, str]:
        blocks = self.diptych("show", self.story, "--json").json["blocks"]
        return {one["source"]: one["target"] for block in blocks for one in block.get("segments", ())}

    def authors(self) -> dict[str, list[str | None]]:
        """Who wrote the wordings of a text that has any, by its source, without what stood before."""
        with opened(self.archive) as desk:
            names = {person.id: person.name for person in list_people(desk)}
            said = wordings(desk, self.story)
        blocks = self.diptych("show", self.story, "--json").json["blocks"]
        sources = {one["id"]: one["source"] for block in blocks for one in block.get("segments", ())}
        found: dict[str, list[str | None]] = {}
        for one in said:
            found.setdefault(sources[one.part], []).append(names.get(one.person or ""))
        return {source: names[1:] for source, names in found.items()}


@pytest.fixture
def sent(diptych: Diptych, archive: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Sent:
    (tmp_path / "zh.txt").write_text(CHINESE)
    (tmp_path / "en.txt").write_text(ENGLISH)
    files = ("--source", tmp_path / "zh.txt", "--target", tmp_path / "en.txt")
    story = diptych("import", *files, "--as", "LI Wen", "--json").json["stories"][0]["id"]
    to, name = request.param
    file = tmp_path / name
    assert diptych("export", story, "--to", to, "--draft", "-o", file).code == 0
    return Sent(diptych, archive, story, file)


DOCX = pytest.mark.parametrize("sent", [("docx-review", "out.docx")], indirect=True)
XLF = pytest.mark.parametrize("sent", [("xliff", "out.xlf")], indirect=True)

TWO_PEOPLE: list[Act] = [
    ["author", "Fang", "Wang"],
    ["open", "out.docx"],
    ["insert", "On March 12, ", "at long last, "],
    ["replace", "published", "printed"],
    ["delete", "She said so. "],
    ["comment", "Battery", "WANG Fang", "太平淡，换一个词"],
    ["comment", "outage", "WANG Fang", "Or failure?"],
    ["save", "first.docx"],
    ["close"],
    ["author", "赵敏", ""],
    ["open", "first.docx"],
    ["replace", "outage", "failure"],
    ["replace", "team", "whole team"],
    ["insert", "go on", " and on"],
    ["comment", "failure", "ZHAO Min", "Yes."],
    ["bold", "trials"],
    ["dress"],
    ["save", "second.docx"],
    ["save", "second.odt"],
    ["close"],
    ["open", "second.odt"],
    ["save", "third.docx"],
    ["close"],
]


@DOCX
@pytest.mark.parametrize("name", ["second.docx", "third.docx"])
def test_every_change_and_comment_of_two_people_comes_home_from_libreoffice(sent: Sent, name: str) -> None:
    before = sent.texts()
    sent.diptych("people", "add", "SUN Yue")
    with opened(sent.archive) as desk:
        zhao = next(person for person in list_people(desk) if person.name == "ZHAO Min")
    sent.diptych("people", "change", zhao.id, "--zh", "赵敏")
    acts = [act for act in TWO_PEOPLE if act != ["delete", "She said so. "]]
    office(sent.file.parent, acts)
    told = sent.merge(sent.file.parent / name)
    after = sent.texts()
    changed = {source: text for source, text in after.items() if text != before[source]}
    assert changed == {
        "3月12日，团队宣布了成果。": "On March 12, at long last, the whole team announced its result.",
        "成果已发表。": "It has been printed.",
        "没有一次停机。": "There was not one failure.",
        "试验继续。": "The trials go on and on.",
    }
    assert told["applied"] == len(changed)
    assert sent.authors() == {
        "3月12日，团队宣布了成果。": ["WANG Fang", "ZHAO Min"],
        "成果已发表。": ["WANG Fang"],
        "没有一次停机。": ["ZHAO Min"],
        "试验继续。": ["ZHAO Min"],
    }
    with opened(sent.archive) as desk:
        found = discussion(desk, sent.story)
    notes = {(found.name(note.person), note.text, one.quote) for one in found.comments for note in one.notes}
    assert notes == {
        ("WANG Fang", "太平淡，换一个词", "Battery"),
        ("WANG Fang", "Or failure?", "failure"),
        ("ZHAO Min", "Yes.", "failure"),
    }
    again = sent.diptych("merge", sent.file.parent / name, "--as", "LI Wen", "--json")
    assert (again.code, again.json["applied"]) == (0, 0)
    with opened(sent.archive) as desk:
        assert len(discussion(desk, sent.story).comments) == len(found.comments)


NEW = {"成果已发表。": "It has at last been published & “read”.", "试验继续。": "The trials are going on."}


@XLF
def test_lokalize_brings_words_notes_and_its_author_home(sent: Sent) -> None:
    before = sent.texts()
    at = {source: str(number) for number, source in enumerate(before)}
    acts = [("setEntryTarget", at[source], "0", text) for source, text in NEW.items()]
    lokalize(sent.file, [*acts, ("addEntryNote", at["她说完了。"], "Who is she?")], author="Fang Wang")
    told = sent.merge(sent.file)
    assert sent.texts() == before | NEW
    assert told["applied"] == len(NEW)
    assert sent.authors() == {source: ["WANG Fang"] for source in NEW}
    with opened(sent.archive) as desk:
        (one,) = discussion(desk, sent.story).comments
    assert one.notes[0].text == "Who is she?"


@XLF
def test_omegat_brings_words_home(sent: Sent, tmp_path: Path) -> None:
    """This OmegaT takes the words of a target for what is to be translated."""
    before = sent.texts()
    made = omegat(sent.file, {before[source]: text for source, text in NEW.items()}, tmp_path / "project")
    sent.file.write_bytes(made)
    assert sent.merge(sent.file)["applied"] == len(NEW)
    assert sent.texts() == before | NEW


@XLF
@pytest.mark.parametrize("template", [False, True], ids=["alone", "template"])
@pytest.mark.parametrize("editor", ["hand", "Lokalize"])
def test_po_brings_words_home_by_way_of_the_toolkit(sent: Sent, editor: str, template: bool) -> None:
    before = sent.texts()
    po, back = sent.file.with_suffix(".po"), sent.file.with_name("back.xlf")
    toolkit("xliff2po", sent.file, po)
    if editor == "hand":
        text = po.read_text().replace("#, fuzzy\n", "")
        for source, new in NEW.items():
            old = f'msgid "{source}"\nmsgstr "{before[source]}"'
            assert old in text
            text = text.replace(old, f'msgid "{source}"\nmsgstr "{new}"')
        po.write_text(text)
    else:
        at = {source: str(number) for number, source in enumerate(before)}
        lokalize(po, [("setEntryTarget", at[source], "0", text) for source, text in NEW.items()], author="Fang Wang")
    toolkit("po2xliff", *(["-t", sent.file] if template else []), po, back)
    assert sent.merge(back)["applied"] == len(NEW)
    assert sent.texts() == before | NEW


@XLF
def test_a_file_that_a_tool_only_saved_brings_nothing(sent: Sent, tmp_path: Path) -> None:
    before = sent.texts()
    copy = tmp_path / "copy.xlf"
    shutil.copy(sent.file, copy)
    lokalize(copy, [("addEntryNote", "1", "Seen.")], author="Fang Wang")
    answer = sent.merge(copy)
    assert (answer["applied"], answer["comments"]) == (0, 1)
    assert sent.texts() == before
