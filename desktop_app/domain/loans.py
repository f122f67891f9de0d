"""Loans: a story that went out to somebody, since when, and whether it is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.people import Person, Role
from desktop_app.domain.story import VersionNumber
from desktop_app.foundation.ids import moment
from desktop_app.foundation.messages import N_, Message

USUAL_TIME = timedelta(days=14)
"""How long a story may be away before it is late, where no deadline says otherwise."""


class LoanKind(StrEnum):
    """What went out: a work package. A review copy is no loan: many leave only to be read, and history names them."""

    PACKAGE = "package"


PACKED_AGAIN = "packed again"
"""The reason with which a loan ends because the same person got the story anew."""

STORY_KILLED = "story killed"
"""The reason with which a loan ends because the story was withdrawn for good."""

STORY_RELEASED = "story released"
"""The reason with which a loan ends because the story went out: nothing is waited for any more."""

STORY_DROPPED = "story dropped"
"""The reason with which a loan ends because work on the story was given up."""

NOTHING_MORE = "nothing more comes"
"""The reason with which a loan ends because whoever brought work home said that it was the last."""

_ENDINGS: Mapping[str, Message] = MappingProxyType(
    {
        "": N_("came home"),
        PACKED_AGAIN: N_("packed again for the same person"),
        STORY_KILLED: N_("ended: the story was killed"),
        STORY_RELEASED: N_("ended: the story was released"),
        STORY_DROPPED: N_("ended: the story was dropped"),
        NOTHING_MORE: N_("came home, and nothing more comes"),
    }
)


@dataclass(frozen=True, slots=True)
class Loan:
    """One story with one person. People are ids, moments ISO ones in UTC; ``holder`` is None where nobody was named.

    ``package`` is the id of the file that it went out in, ``version`` and ``digest`` are of the text that went out.
    ``edition`` counts what came home of it, the last at ``returned_at``. It is open until ``ended_at``.
    """

    id: str
    package: str
    kind: LoanKind
    story: str
    holder: str | None
    file: str
    version: VersionNumber
    digest: str
    packed_by: str | None
    at: str
    edition: int = 0
    returned_at: str | None = None
    ended_at: str | None = None
    ended_by: str | None = None
    ended_reason: str = ""

    @property
    def open(self) -> bool:
        """Whether the story is still out."""
        return self.ended_at is None

    @property
    def since(self) -> str:
        """Since when nothing was heard of it."""
        return self.returned_at or self.at

    def late(self, now: datetime, deadline: str | None = None) -> bool:
        """Whether it should have come home: its deadline has gone by, or it is away longer than is usual.

        What came home after the deadline, or lately, is not late.
        """
        if not self.open:
            return False
        if deadline is not None:
            return moment(deadline) < now and (self.returned_at is None or self.returned_at < deadline)
        return now - moment(self.since) > USUAL_TIME


def may_end(loan: Loan, person: Person) -> Message | None:
    """Whether ``person`` can say that a loan does not come home any more: whoever lent it or has it, or who directs.

    Where nobody is known to have lent or to have it, anybody can, so that no loan stays open for ever.
    """
    known = {loan.packed_by, loan.holder} - {None}
    if not known or person.id in known or person.may_direct() or Role.ARCHIVIST in person.roles:
        return None
    return N_("only whoever packed it, whoever has it, an editor or an archivist ends a loan")


def ended(loan: Loan) -> Message:
    """How a loan ended, as a clause."""
    known = _ENDINGS.get(loan.ended_reason)
    return known if known is not None else N_("ended by hand: {reason}", reason=loan.ended_reason)
