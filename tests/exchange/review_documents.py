"""Review documents, and the hands of editors that change them, for the tests."""

from editions import edition
from word_hands import (
    DOCUMENT,
    NS,
    Act,
    W,
    edited,
    packed,
    parts_of,
    row_of,
    rows,
    run,
    say,
    saying,
    target_of,
    tracked,
    w,
    without,
)

from desktop_app.exchange.formats.review_docx import write_review
from desktop_app.exchange.formats.review_docx.matter import Marked, ReviewComment, ReviewMatter, ReviewNote
from desktop_app.exchange.formats.review_docx.returned import (
    ProblemKind,
    ReturnedReview,
    ReturnedRow,
)

__all__ = [
    "AT",
    "DOCUMENT",
    "MATTER",
    "NS",
    "WANG",
    "Act",
    "W",
    "edited",
    "kinds",
    "new",
    "out",
    "packed",
    "parts_of",
    "row",
    "row_of",
    "rows",
    "run",
    "say",
    "saying",
    "target_of",
    "tracked",
    "w",
    "without",
]

AT = "2024-03-12T07:00:00.123456Z"
WANG = ("WANG Fang", AT)
MATTER = ReviewMatter(
    (
        ReviewComment(
            "c1",
            "s3.0",
            "target",
            "announced",
            (ReviewNote("WANG Fang", AT, "Really?\nSee page 3."), ReviewNote("李伟", AT, "是的。")),
        ),
        ReviewComment("c2", "b4", "source", "", (ReviewNote("王芳", AT, "图说不全"),)),
        ReviewComment("c3", "gone", "target", "", (ReviewNote("ZHAO Min", "", "总体不错"),)),
    ),
    {
        ("s3.1", "target"): (
            Marked("=", "It "),
            Marked("-", "was", *WANG),
            Marked("+", "has been", *WANG),
            Marked("=", " published."),
        )
    },
)


def out(*, matter: ReviewMatter = MATTER) -> bytes:
    return write_review(edition(draft=True), matter)


def row(review: ReturnedReview, part: str, field: str = "target") -> ReturnedRow:
    (found,) = [one for one in review.rows if (one.part, one.field) == (part, field)]
    return found


def kinds(review: ReturnedReview) -> list[ProblemKind]:
    return [problem.kind for problem in review.problems]


def new(row: ReturnedRow) -> list[tuple[str, str, str]]:
    return [(change.kind, change.text, change.author) for change in row.new_changes]
