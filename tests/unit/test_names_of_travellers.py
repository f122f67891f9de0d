"""Who has a story, who sends it home and who signed it: named in Chinese where Chinese is read."""

from desktop_app.desk.loans import ListedLoan, brief_line, holders, out_line
from desktop_app.domain.loans import Loan, LoanKind
from desktop_app.domain.people import Person
from desktop_app.domain.story import VersionNumber
from desktop_app.foundation.i18n import load_catalog

WANG = Person("p1", "WANG Fang", "王芳")


def made(number: int, holder: Person | None) -> Loan:
    at, by = f"2026-11-2{number}T08:00:00+00:00", holder.id if holder is not None else None
    return Loan(f"l{number}", "p", LoanKind.PACKAGE, "s", by, "f.diptych", VersionNumber(), "d", None, at)


def loan(number: int, holder: Person | None) -> ListedLoan:
    return ListedLoan(made(number, holder), "a-story", holder, late=False)


def test_a_line_about_a_loan_speaks_the_readers_language() -> None:
    chinese, english = load_catalog("zh_Hans"), load_catalog("en")
    for line in (out_line(loan(1, WANG), "2026-11-23"), brief_line(loan(1, WANG))):
        assert "WANG Fang" in english.text(line)
        assert ("王芳" in chinese.text(line), "WANG" in chinese.text(line)) == (True, False)


def test_two_holders_of_one_name_are_two() -> None:
    other = Person("p2", "WANG Fang", "汪方")
    found = holders([loan(1, WANG), loan(2, other), loan(3, WANG), loan(4, None)])
    assert [one.loan.holder for one in found] == ["p2", "p1", None]
