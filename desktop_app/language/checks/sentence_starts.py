"""A sentence that begins with a small letter. Lists, and what goes on from the segment before, may."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.addresses import address_spans, is_within
from desktop_app.language.checks.pairs import Check, Pair, Scope, replaced, whole

_MOST = 200  # of one segment
_PROSE = {"paragraph", "deck", "quotation", "caption"}
_ENDED = re.compile(r"[.!?][”’\"')\]]*\s*$")
_START = re.compile(r"[\s“‘\"'(\[]*([a-z])(?=[a-z]*(?:[ ,’]|$))")
# Behind an ordinary word and a full stop; a shorter word may be an abbreviation.
_INSIDE = re.compile(r"(?<=[a-z]{4}[.!?] )([a-z])(?=[a-z]+[ ,’])")
_ABBREVIATED = re.compile(r"\b(?:Prof|Assoc|approx|dept|univ|Capt|Inst|Corp|Dept|Univ|resp|incl|etal)[.] $")


def _small(pairs: Sequence[Pair]) -> Iterator[Finding]:
    before = "."
    for pair in pairs:
        text = pair.target
        if pair.is_into_western and pair.kind in _PROSE and pair.has_both:
            start = _START.match(text)
            begins = start is not None and _ENDED.search(before) is not None and _ENDED.search(text) is not None
            addresses = address_spans(text)
            places = [start] if begins and start is not None else []
            for place in [*places, *islice(_INSIDE.finditer(text), _MOST)]:
                before_it = text[max(0, place.start() - 8) : place.start()]
                if is_within(place.start(1), addresses) or _ABBREVIATED.search(before_it):
                    continue
                yield Finding(
                    CHECK.id,
                    Severity.NOTE,
                    N_("A sentence begins with a small letter."),
                    pair.id,
                    target_span=place.span(1),
                    fix=replaced(pair, place.span(1), place[1].upper(), N_("Write a capital.")),
                )
        before = text if text.strip() and pair.kind != "caption" else before


CHECK = Check("small-start", N_("Small letter at the beginning"), whole(_small), Severity.NOTE, Scope.STORY)
