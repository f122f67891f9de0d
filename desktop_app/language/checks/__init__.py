"""The checks of a translation. A new one is a module with a ``CHECK`` and a line in ``CHECKS``."""

from collections.abc import Collection, Sequence

from desktop_app.domain.findings import Finding
from desktop_app.foundation.errors import WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.language.checks import (
    acronyms,
    amounts,
    bounds,
    captions,
    changes,
    chinese_marks,
    dashes,
    dates,
    doubled_spaces,
    doubled_words,
    enclosures,
    first_mention,
    full_width,
    headings,
    hidden_characters,
    house_patterns,
    left_over_chinese,
    lengths,
    long_sentences,
    lost_addresses,
    measures,
    missing_spaces,
    misspellings,
    mixed_marks,
    money,
    names,
    omissions,
    percent,
    repeats,
    sentence_starts,
    stray_spaces,
    terms,
    titles,
    varieties,
    weekdays,
)
from desktop_app.language.checks.context import NOTHING_KNOWN, Context
from desktop_app.language.checks.pairs import CAPTION, Check, Pair, Scope

__all__ = ["CAPTION", "CHECKS", "Check", "Context", "Pair", "Scope", "run_checks"]

CHECKS: tuple[Check, ...] = (
    omissions.OMISSION,
    omissions.ADDITION,
    captions.CHECK,
    amounts.CHECK,
    dates.CHECK,
    weekdays.CHECK,
    percent.CHECK,
    money.CHECK,
    measures.CHECK,
    bounds.CHECK,
    changes.CHECK,
    lost_addresses.CHECK,
    terms.FORBIDDEN,
    terms.TERM,
    names.CHECK,
    titles.CHECK,
    acronyms.CHECK,
    first_mention.CHECK,
    lengths.CHECK,
    left_over_chinese.CHECK,
    full_width.CHECK,
    hidden_characters.CHECK,
    missing_spaces.CHECK,
    doubled_spaces.CHECK,
    stray_spaces.CHECK,
    doubled_words.CHECK,
    enclosures.CHECK,
    mixed_marks.QUOTES,
    mixed_marks.DOTS,
    dashes.CHECK,
    sentence_starts.CHECK,
    misspellings.CHECK,
    varieties.CHECK,
    long_sentences.CHECK,
    headings.STOP,
    headings.LENGTH,
    headings.CASE,
    captions.END,
    captions.CREDIT,
    repeats.INCONSISTENT,
    repeats.REUSED,
    chinese_marks.NARROW,
    chinese_marks.WIDE,
    house_patterns.CHECK,
)


def run_checks(pairs: Sequence[Pair], *, only: Collection[str] = (), context: Context = NOTHING_KNOWN) -> list[Finding]:
    """Return the findings of all checks, or of those in ``only``, in reading order.

    ``pairs`` are a whole text: some checks look at a pair's neighbours. ``context`` is what is known besides. Within
    a segment findings come in the order of ``CHECKS``, then of the target.

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
    findings = [finding for check in CHECKS if not only or check.id in only for finding in check.look(pairs, context)]
    places: dict[str | None, int] = {}
    for place, pair in enumerate(pairs):
        places.setdefault(pair.id, place)
    return sorted(findings, key=lambda finding: places.get(finding.segment, -1))
