"""The checks of a translation. A new one is a module with a ``CHECK`` and a line in ``CHECKS``."""

from collections.abc import Collection, Sequence

from desktop_app.domain.findings import Finding
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.checks import (
    amounts,
    captions,
    dates,
    doubled_spaces,
    doubled_words,
    enclosures,
    full_width,
    hidden_characters,
    left_over_chinese,
    lengths,
    lost_addresses,
    missing_spaces,
    omissions,
    stray_spaces,
)
from desktop_app.language.checks.pairs import CAPTION, Check, Pair

__all__ = ["CAPTION", "CHECKS", "Check", "Pair", "run_checks"]

CHECKS: tuple[Check, ...] = (
    omissions.OMISSION,
    omissions.ADDITION,
    captions.CHECK,
    amounts.CHECK,
    dates.CHECK,
    lost_addresses.CHECK,
    lengths.CHECK,
    left_over_chinese.CHECK,
    full_width.CHECK,
    hidden_characters.CHECK,
    missing_spaces.CHECK,
    doubled_spaces.CHECK,
    stray_spaces.CHECK,
    doubled_words.CHECK,
    enclosures.CHECK,
)


def run_checks(pairs: Sequence[Pair], *, only: Collection[str] = ()) -> list[Finding]:
    """Return the findings of all checks, or of those in ``only``, in reading order.

    ``pairs`` are a whole text: some checks look at a pair's neighbours. Within a segment findings come in the order
    of ``CHECKS``, then of the target.

    Raises:
        WrongUsageError: ``only`` names a check that does not exist.
    """
    known = [check.id for check in CHECKS]
    for name in only:
        if name not in known:
            raise WrongUsageError(
                N_("There is no check called “{name}”.", name=name),
                subject=name,
                advice=N_("The checks are: {known}.", known=", ".join(known)),
            )
    findings = [finding for check in CHECKS if not only or check.id in only for finding in check.look(pairs)]
    places: dict[str | None, int] = {}
    for place, pair in enumerate(pairs):
        places.setdefault(pair.id, place)
    return sorted(findings, key=lambda finding: places.get(finding.segment, -1))
