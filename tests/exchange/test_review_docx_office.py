"""The proof with a real editor: LibreOffice changes and comments a review document, and all of it comes home."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from editions import edition
from real_tools import Act, office, python_with_uno

from desktop_app.exchange.formats.review_docx import read_review, write_review
from desktop_app.exchange.formats.review_docx.matter import Marked, ReviewComment, ReviewMatter, ReviewNote
from desktop_app.exchange.formats.review_docx.returned import ProblemKind, ReturnedReview, ReturnedRow

AT = "2024-03-12T07:00:00.123456Z"
MATTER = ReviewMatter(
    (ReviewComment("c1", "s3.0", "target", "announced", (ReviewNote("LI Wei", AT, "Really?"),)),),
    {
        ("s3.1", "target"): (
            Marked("=", "It "),
            Marked("-", "was", "LI Wei", AT),
            Marked("+", "has been", "LI Wei", AT),
            Marked("=", " published."),
        )
    },
)
Edit = Callable[[list[Act]], list[Any]]
pytestmark = pytest.mark.proof


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """Lets the office do some acts; files are named without their folder."""
    python_with_uno()
    (tmp_path / "out.docx").write_bytes(write_review(edition(draft=True), MATTER))
    return partial(office, tmp_path)


def home(tmp_path: Path, name: str) -> ReturnedReview:
    return read_review((tmp_path / name).read_bytes())


def row(review: ReturnedReview, part: str, field: str = "target") -> ReturnedRow:
    (found,) = [one for one in review.rows if (one.part, one.field) == (part, field)]
    return found


def said(review: ReturnedReview) -> set[tuple[str, str, str, str]]:
    """Every new change: row, kind, words, author."""
    return {(one.part, c.kind, c.text, c.author) for one in review.rows for c in one.new_changes}


EXPECTED = {
    ("s3.0", "insert", "at long last, ", "WANG Fang"),
    ("s6.0", "delete", "pilot ", "WANG Fang"),
    ("s7.0", "delete", "reliability", "WANG Fang"),
    ("s7.0", "insert", "endurance", "WANG Fang"),
    ("b4", "delete", "the laboratory", "WANG Fang"),
    ("b4", "insert", "her laboratory", "WANG Fang"),
    ("s8.0", "delete", "outage", "赵敏"),
    ("s8.0", "insert", "failure", "赵敏"),
    ("s10.1", "insert", "One more.", "赵敏"),
    ("s2.0", "insert", "\n", "赵敏"),
}
AFTER = {
    "s2.0": "Power for \npolar stations",
    "s3.0": "On March 12, at long last, the team announced its result.",
    "s3.1": "It has been published.",
    "s6.0": "a line;",
    "s7.0": "endurance trials.",
    "s8.0": "“Not one failure.”",
    "s10.1": "One more.",
}
TWO_PEOPLE: list[Act] = [
    ["author", "WANG Fang", ""],
    ["open", "out.docx"],
    ["is_tracking"],
    ["insert", "On March 12, ", "at long last, "],
    ["delete", "pilot "],
    ["replace", "reliability", "endurance"],
    ["replace", "the laboratory", "her laboratory"],
    ["comment", "Power", "WANG Fang", "太平淡，换一个词"],
    ["comment", "极地电源", "WANG Fang", "原文如此？"],
    ["save", "first.docx"],
    ["close"],
    ["author", "赵敏", ""],
    ["open", "first.docx"],
    ["replace", "outage", "failure"],
    ["write", "C17", "One more."],
    ["paragraph", "Power for "],
    ["bold", "trials"],
    ["dress"],
    ["save", "second.docx"],
    ["save", "second.odt"],
    ["close"],
    ["open", "second.odt"],
    ["save", "third.docx"],
    ["close"],
]


def test_every_change_and_comment_of_two_people_comes_home(edit: Edit, tmp_path: Path) -> None:
    """Once saved as DOCX, twice, and by way of ODT, which drops every part that is not the editor's own."""
    answers = edit(TWO_PEOPLE)
    assert answers[2] is True  # tracking was on from the beginning
    for name in ("second.docx", "third.docx"):
        review = home(tmp_path, name)
        assert len(review.rows) == 14
        assert said(review) == EXPECTED
        for part, text in AFTER.items():
            assert row(review, part).after == text
        for one in review.rows:
            assert not one.untracked
            assert one.left_as in {None, one.before}
        notes = {(c.author, c.text, c.quote, c.side) for one in review.rows for c in one.comments}
        assert notes == {
            ("LI Wei", "Really?", "announced", "target"),
            ("WANG Fang", "太平淡，换一个词", "Power", "target"),
            ("WANG Fang", "原文如此？", "极地电源", "source"),
        }
        assert [p.kind for p in review.problems] == ([ProblemKind.NO_MAP] if name == "third.docx" else [])
        assert review.origin.digest == edition().digest
        assert review.origin.story == edition().story.id


TABLE: dict[str, tuple[list[Act], set[ProblemKind]]] = {
    "split": ([["split", "C4"]], set()),
    "merged down": ([["merge", "C2", "C3"]], {ProblemKind.MERGED}),
    "merged across": ([["merge", "B4", "C4"]], {ProblemKind.MERGED}),
    "row added": ([["add_row", 3]], set()),
    "row removed": ([["remove_row", 4]], {ProblemKind.MISSING}),
    "column added": ([["add_column", 1], ["dress"]], set()),
}


@pytest.mark.parametrize(("acts", "kinds"), TABLE.values(), ids=TABLE.keys())
def test_no_word_is_lost_when_the_table_is_changed(
    edit: Edit, tmp_path: Path, acts: list[Act], kinds: set[ProblemKind]
) -> None:
    edit([["open", "out.docx"], ["tracking", False], *acts, ["save", "back.docx"], ["close"]])
    before, review = home(tmp_path, "out.docx"), home(tmp_path, "back.docx")
    assert {problem.kind for problem in review.problems} == kinds
    missing = {p.part for p in review.problems if p.kind is ProblemKind.MISSING}
    texts = {(r.part, r.field): r.after for r in before.rows if r.part not in missing}
    assert {(r.part, r.field): r.after for r in review.rows} == texts


def test_the_editor_opens_what_we_write_as_it_is(edit: Edit, tmp_path: Path) -> None:
    answers = edit([["open", "out.docx"], ["cell", "A2"], ["cell", "B4"], ["cell", "C4"], ["close"]])
    assert answers[1].split("\n")[0] == "1"
    assert answers[2:4] == ["3月12日，团队宣布了成果。", "On March 12, the team announced its result."]
