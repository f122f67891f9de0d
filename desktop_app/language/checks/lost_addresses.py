"""Web and e-mail addresses of the source that the translation lost or changed."""

from collections.abc import Iterator

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.addresses import address_spans
from desktop_app.language.checks.pairs import Check, Pair, each

_SIGNS = ("://", "www.", "@")


def _lost(pair: Pair) -> Iterator[Finding]:
    if not pair.has_both:
        return
    target = pair.target.casefold()
    for span in address_spans(pair.source):
        address = pair.source[slice(*span)]
        if any(sign in address.casefold() for sign in _SIGNS) and address.casefold() not in target:
            message = N_("The address {address} is not in the translation.", address=address)
            yield Finding(CHECK.id, Severity.WARNING, message, pair.id, source_span=span)


CHECK = Check("address", N_("Addresses"), each(_lost), Severity.WARNING)
