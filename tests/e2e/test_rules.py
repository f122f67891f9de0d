"""The rules for sentences by command: in, out, back, and what they do to a text and to a story."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Diptych = Callable[..., Any]
SRX = """<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/><body>
<languagerules><languagerule languagerulename="Ours">
<rule break="no"><beforebreak>\\bKonf\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule break="yes"><beforebreak>；</beforebreak><afterbreak></afterbreak></rule>
</languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="Ours"/></maprules></body></srx>"""


@pytest.fixture
def srx(tmp_path: Path) -> Path:
    path = tmp_path / "rules.srx"
    path.write_text(SRX, encoding="utf-8")
    return path


def test_a_text_is_cut_by_the_rules_of_a_file(diptych: Diptych, srx: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("会议；座谈。结束。\n", encoding="utf-8")
    assert diptych("segment", "--lang", "zh", text, "--json").json["lines"] == [["会议；座谈。", "结束。"]]
    answer = diptych("segment", "--lang", "zh", text, "--rules", srx, "--json")
    assert answer.json["lines"] == [["会议；", "座谈。", "结束。"]]


def test_an_archive_keeps_its_rules_and_cuts_stories_by_them(
    diptych: Diptych, archive: Path, srx: Path, tmp_path: Path
) -> None:
    answer = diptych("-a", archive, "rules", "import", srx, "--as", "LI Wen", "--json")
    assert answer.code == 0
    assert answer.json == {"rules": 2, "languages": [{"language": ".*", "name": "Ours", "rules": 2}]}
    story = tmp_path / "story.txt"
    story.write_text(
        "会议简讯\n\n双方先举行了会议，随后座谈；最后一起参观校园和实验室。活动当天结束。\n", encoding="utf-8"
    )
    imported = diptych("-a", archive, "import", story, "--as", "LI Wen", "--json")
    assert imported.code == 0
    pieces = [s["source"] for block in imported.json["stories"][0]["blocks"] for s in block.get("segments", [])]
    assert "双方先举行了会议，随后座谈；" in pieces
    shown = diptych("-a", archive, "rules", "show", "--json").json
    assert shown["languages"][0]["rules"][0]["before"] == "\\bKonf\\."
    assert diptych("-a", archive, "rules", "reset").code == 0
    assert diptych("-a", archive, "rules", "show", "--json").json["languages"][0]["name"] == "Chinese"
    assert diptych("-a", archive, "verify").code == 0


def test_exported_rules_come_in_again(diptych: Diptych, archive: Path, srx: Path, tmp_path: Path) -> None:
    assert diptych("-a", archive, "rules", "import", srx).code == 0
    out = tmp_path / "out.srx"
    answer = diptych("-a", archive, "rules", "export", "-o", out, "--json")
    assert answer.json["rules"] > 10
    assert diptych("-a", archive, "rules", "import", out).code == 0
    text = tmp_path / "a.txt"
    text.write_text("The Konf. Berlin met. Mr. Li left. He went.\n", encoding="utf-8")
    lines = diptych("-a", archive, "segment", "--lang", "en", text, "--json").json["lines"]
    assert lines == [["The Konf. Berlin met. ", "Mr. Li left. ", "He went."]]


def test_what_is_printed_can_be_read(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    printed = diptych("rules", "show", "--default")
    path = tmp_path / "rules.json"
    path.write_text(printed.out, encoding="utf-8")
    assert diptych("-a", archive, "rules", "import", path).code == 0
    assert diptych("-a", archive, "rules", "show", "--json").json == json.loads(printed.out)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SRX.replace("\\bKonf\\.", "(a)\\1"), "rule 1"),
        ("{", "JSON"),
        ('{"languages": [{"language": "en", "titles": [1]}]}', "titles"),
        ("no rules", "XML"),
    ],
)
def test_faulty_rules_change_nothing(diptych: Diptych, archive: Path, tmp_path: Path, content: str, said: str) -> None:
    before = diptych("-a", archive, "rules", "show", "--json").json
    path = tmp_path / "rules.srx"
    path.write_text(content, encoding="utf-8")
    answer = diptych("-a", archive, "rules", "import", path)
    assert answer.code == 3
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert diptych("-a", archive, "rules", "show", "--json").json == before
