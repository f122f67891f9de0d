"""Who has a story offline, as one quiet line of the list."""

from collections.abc import Sequence
from datetime import date

from desktop_app.desk.loans import ListedLoan, brief_line, holders, out_line
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import NN_
from desktop_app.gui.kit.texts import Texts

_A_YEAR = 300  # days, after which a day without its year may be taken for one of this year


def day_of(one: ListedLoan, texts: Texts) -> str:
    """Since when a story is out, as short as can be."""
    day = moment(one.loan.at).astimezone().date()
    return texts.short_day(day) if (date.today() - day).days < _A_YEAR else texts.day(day)


def out_text(loans: Sequence[ListedLoan], texts: Texts) -> str:
    """With whom the story is since when; of several people the one who has it longest, and how many more."""
    found = holders(loans)
    line = texts(out_line(found[0], day_of(found[0], texts)))
    more = len(found) - 1
    return texts(NN_("{line}, and {n} more", "{line}, and {n} more", more, line=line)) if more else line


def brief_text(loans: Sequence[ListedLoan], texts: Texts) -> str:
    """With whom the story is, where there is no room for since when."""
    found = holders(loans)
    more = len(found) - 1
    line = texts(brief_line(found[0]))
    return f"{line} +{more}" if more else line
