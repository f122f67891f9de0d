"""Sentences of more words than the house allows: a chain of Chinese clauses is often two or three English sentences.

A name of several words is read, and counted, as one; a figure is none. A sentence that quotes somebody at length is the
speaker's, and a list with semicolons may be long.
"""

import re
from collections.abc import Iterator, Sequence

from desktop_app.domain.findings import Finding, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, primary
from desktop_app.language.sentences import segmenter

_WORD = re.compile(r"[^\s—–/]*[A-Za-z][^\s—–/]*")
_OF_NAME = re.compile(r"(?<![A-Za-z])(?:[A-Z][\w’'.-]*\s+)+(?=[A-Z])")
_QUOTED = re.compile(r"[\"“]([^\"“”]*)[\"”]?")
_QUOTED_WORDS = 4
_LIST_MARKS = 2  # semicolons


def _long(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    most = context.style.long_sentence
    if not most:
        return
    for pair in pairs:
        if primary(pair.target_language) != "en" or pair.target.count(" ") < most:
            continue
        place = 0
        for sentence in segmenter("en").split(pair.target):
            count = _count(sentence)
            if count > most and sentence.count(";") < _LIST_MARKS:
                span = (place, place + len(sentence.rstrip()))
                message = N_("This sentence has {n} words; the house allows {most}.", n=count, most=most)
                yield Finding(CHECK.id, Severity.NOTE, message, pair.id, target_span=span)
            place += len(sentence)


def _count(sentence: str) -> int:
    if any(len(quoted.split()) >= _QUOTED_WORDS for quoted in _QUOTED.findall(sentence)):
        return 0
    return sum(1 for _ in _WORD.finditer(_OF_NAME.sub("", sentence)))


CHECK = Check("long-sentence", N_("Long sentence"), _long, Severity.NOTE)
