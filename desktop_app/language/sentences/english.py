"""Sentence boundaries of English text: every stop is judged by the word before it and the word after it.

A stop inside a bracket, a web address or a short quotation ends nothing; a reporting clause stays with its quotation;
after an abbreviation it depends on its kind (``segmentation_rules_english``) and on what follows.
"""

import re
from dataclasses import dataclass

from desktop_app.language.addresses import address_spans, is_within
from desktop_app.language.sentences import abbreviations as words
from desktop_app.language.sentences.lists import is_list_mark, list_starts
from desktop_app.language.sentences.quotes import QUOTES, Enclosures, enclosures
from desktop_app.language.sentences.rules import LanguageRules, after_space, corrected, matcher

# A quotation up to this long is one saying and stays whole; of a longer one every sentence is a piece, as published
# translations of news have it (of 54 places within longer quotations of a WMT 2022 set every one is a boundary).
_WHOLE_QUOTATION = 60
_WHOLE_BRACKET = 400
_CONTEXT = 120

_SPACED_MORE = r"(?:[ \u00a0]{1,2}(?:[!?]+|\.{2,}|\.(?:[ \u00a0]\.)+|\.(?=\s|$)))*"
_STOP = re.compile(rf"(?:\.(?:[ \u00a0]\.){{2,}}|[.!?…‽。！？．｡]+){_SPACED_MORE}|(?:—|–|--)(?=[\"”])")
_STOP_OR_SEMICOLON = re.compile(rf"{_STOP.pattern}|;(?=\s)")
_FULL_WIDTH = "。！？．｡"
_CLOSERS = re.compile(r"(?:[)\]}”’»›」』）】*_`]|''|['\"](?=[\s.,;:!?)\]}”’\"']|$)|\"(?=[A-Z]))*")
_REFERENCES = re.compile(
    r"(?:\[\d{1,3}(?:[-–,]\s?\d{1,3})*\])+|(?:\s*\[\d{1,3}\])+(?=\s|$)|\d{1,2}(?:[ ,]\d{1,2})*(?=\s+[A-Z])"
)
_NEXT = re.compile(r"[\s“‘\"'(（\[{«‹「『《`*_¿¡]*([^\W_][\w’'&-]{0,60}(?:\.\w[\w’'-]{0,60}){0,8})?(\.?)")
_WORD_EDGE = re.compile(r"[\s(\[{“‘\"«《「『—–/,;:]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
# A credit in brackets is a piece of its own though it has no stop.
_CREDIT = re.compile(
    r"(?:(?<=[.!?…”\"’)]\s)|^)\((?:Photos?|Text|Pictures?|Images?|Written|Edited|Reported|Translated|Drafted|Source|Editors?|"
    r"Reporters?|Reporting|Video|Courtesy|Credit)\b[^()\n]{0,120}\)\s+(?=[“\"‘(]?[A-Z0-9])"
)
_GLUED = re.compile(r"[“‘(]?(?:[A-Z][a-z’']|[AI]\s)")
_NOT_GLUED = re.compile(r"(?:Com|Net|Org|Edu|Gov|Js|Py|Io|Ai|Tv|App|Html?|Jpe?g|Png|Pdf|Docx?)\b")
_FILE_ENDING = re.compile(r"^(?:jpe?g|png|gif)")  # "1.jpgProf. Li": a caption glued to its picture
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_ROMAN = re.compile(r"[IVXLC]+")
_ZONE = re.compile(r"(?:[A-Z]\.){2,}")
_NAMES = r"[“‘\"']?(?:(?:Prof|Dr|Mr|Mrs|Ms)\.\s+)?(?:[A-Z][\w’'-]*\s+){1,4}"
# "She said that …" after a question is a sentence of its own: a clause would go on with a small letter.
_REPORTED = re.compile(rf"(?!(?:He|She|They|It|We|I|You|The|This|That)\s){_NAMES}(?:{words.REPORTING})\b")
_REPORTED_BARELY = re.compile(rf"{_NAMES}(?:{words.REPORTING})\s*(?:[.,:!?]|$)")
_CITED = re.compile(r"\([^()]*[^()\s.!?…]\)")  # (Smith 55), where it was said
_MIXED_CASE = re.compile(r"[a-z]{1,2}[A-Z]")  # iPhone and eBay may begin a sentence
_DASHES = "–—-"
_NEVER_FIRST = ",;:)]}”’%=&/…"


@dataclass(frozen=True, slots=True)
class _Stop:
    """One stop and its neighbours.

    ``end`` is behind the closing marks ``closed``, ``following`` behind the whitespace after them; ``before`` is the
    word before the stop, ``word`` the one after it, and ``begins`` whether that one is a usual beginning.
    """

    text: str
    start: int
    place: int
    marks: str
    closed: str
    end: int
    following: int
    before: str
    word: str
    begins: bool


class EnglishSegmenter:
    """Splits English text."""

    def __init__(self, rules: LanguageRules | None = None) -> None:
        """Take a house's words and rules into account.

        Raises:
            PatternError: an expression of the rules cannot be read.
        """
        rules = rules or LanguageRules("en")
        ordinary = frozenset(rules.ordinary)
        self._titles = (words.TITLES | frozenset(rules.titles)) - ordinary
        self._numbered = (words.NUMBERED | frozenset(rules.numbered)) - ordinary
        self._open = (words.OPEN | words.PLACES | words.MONTHS | frozenset(rules.abbreviations)) - ordinary
        self._whole = _WHOLE_QUOTATION if rules.whole_quotation is None else rules.whole_quotation
        self._stops = _STOP_OR_SEMICOLON if rules.semicolon else _STOP
        self._house = matcher(rules.rules)

    def split(self, text: str) -> list[str]:
        """Return the sentences of ``text`` as slices."""
        return cut(text, corrected(text, self.ends(text), self._house))

    def ends(self, text: str) -> list[int]:
        """Where sentences end, each behind its whitespace."""
        addresses = address_spans(text)
        hard = sorted({m.end() for rule in (_PARAGRAPH, _CREDIT) for m in rule.finditer(text)} | list_starts(text))
        enclosed = enclosures(text, hard, self._whole, _WHOLE_BRACKET)
        ends: list[int] = []
        start, passed = 0, 0
        for match in self._stops.finditer(text):
            while passed < len(hard) and hard[passed] <= match.start():
                start = max(start, hard[passed])
                passed += 1
            inner = match.start() + (0 if match.end() < len(text) else 1)
            if match.start() < start or (is_within(match.start(), addresses) and is_within(inner + 1, addresses)):
                continue
            end = self._end(_stop(text, start, match, enclosed), enclosed)
            if end is not None:
                ends.append(end)
                start = end
        return sorted({*ends, *hard})

    def _end(self, stop: _Stop, enclosed: Enclosures) -> int | None:
        """Where the sentence ends if it ends with this stop, behind the whitespace."""
        if enclosed.covers(stop.end):
            return None
        if stop.following >= len(stop.text):
            return stop.following
        if stop.marks == ";":
            return stop.following
        if stop.following == stop.end:
            return stop.end if self._ends_without_space(stop) else None
        if stop.end - stop.start < 12 and is_list_mark(stop.text[stop.start : stop.end]):
            return None
        is_dialogue = stop.text[stop.start] in _DASHES and stop.text[stop.following] in _DASHES
        if not (is_dialogue or _may_begin(stop.text, stop.following)) or _is_reported(stop):
            return None
        if stop.marks.count(".") == 4 and " " in stop.marks and not stop.closed and stop.text[stop.place - 1].isalnum():
            return stop.place + 2  # "compounds. . . . The": a full stop, then what was left out
        return stop.following if self._ends_with_space(stop) else None

    def _ends_with_space(self, stop: _Stop) -> bool:
        """Whether a stop that is followed by a space and by what may begin a sentence ends one."""
        if len(stop.marks) > 1 and set(stop.marks) <= set(". …\u00a0"):
            if stop.place == stop.start:
                return False
            if stop.word.split("’")[0].split("'")[0] == "I" and stop.marks.count(".") < 4:
                return False
            return not stop.text[stop.place - 1 : stop.place].isspace() or stop.begins
        if stop.marks[0] != ".":
            return not (stop.marks == "!" and stop.before in words.SHOUTED) or stop.begins
        return bool(stop.closed) or self._ends_after_word(stop)

    def _ends_after_word(self, stop: _Stop) -> bool:
        """Whether the full stop behind a word ends the sentence, by the kind of the word."""
        before, is_number = stop.before, stop.word[:1].isdigit()
        if before in self._titles or _FILE_ENDING.sub("", before.rpartition(".")[2]) in self._titles:
            return False
        ahead = _word_ahead(stop.text, stop.place - len(before))
        if before in words.UNITS and ahead[-1:].isdigit():
            return not is_number
        numbered = before in self._numbered or (before.isupper() and before.capitalize() in self._numbered)
        if numbered and (is_number or _ROMAN.fullmatch(stop.word)):
            return False
        if _is_time(stop):
            return self._ends_after_time(stop)
        if before in words.ENDING:
            return True
        if before in self._open:
            return stop.begins
        if len(before) == 1 and before.isalpha():
            return stop.begins and _is_no_initial(before, ahead)
        return stop.begins or not _DOTTED.fullmatch(before)

    def _ends_after_time(self, stop: _Stop) -> bool:
        """Whether "5 p.m." or "44 B.C." ends the sentence: not where the sentence began with the time."""
        if stop.word in words.TIME_FOLLOWERS or _ZONE.match(stop.text, stop.following):
            return False
        if stop.begins:
            return True
        if stop.word[:1].isdigit():
            return stop.before[-1] in "mM"
        clause = stop.text[max(stop.start, stop.place - _CONTEXT) : stop.place].rpartition(": ")[2]
        opening = clause.split(maxsplit=1)
        return not opening or opening[0] not in words.TIME_OPENERS or len(clause) >= _CONTEXT

    def _ends_without_space(self, stop: _Stop) -> bool:
        """Whether a sentence ends though the space after it is missing: ``industry.The conference``."""
        if stop.marks[-1] in _FULL_WIDTH:
            return True
        if not _GLUED.match(stop.text, stop.end) or _NOT_GLUED.match(stop.text, stop.end):
            return False
        if stop.marks != "." or stop.closed:
            is_attached = not stop.text[stop.place - 1 : stop.place].isspace() and stop.place > 0
            return is_attached and stop.before not in words.SHOUTED and stop.marks[0] not in "—–-"
        last = stop.before.rpartition(".")[2]
        if last in self._titles or last in self._numbered or last in self._open:
            return False
        tail = last[-2:]
        if tail.isdigit():
            return len(last) > 2 or tail != last
        return len(tail) == 2 and (tail.islower() or (tail.isupper() and len(last) > 2) or tail[1] in "%)”’")


def cut(text: str, ends: list[int]) -> list[str]:
    """The slices of ``text`` between its ends; leading whitespace waits for the first sentence."""
    pieces: list[str] = []
    start = 0
    for end in ends:
        if start < end < len(text) and (pieces or not text[start:end].isspace()):
            pieces.append(text[start:end])
            start = end
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _stop(text: str, start: int, match: re.Match[str], enclosed: Enclosures) -> _Stop:
    """Gather what stands round a stop."""
    closers = _CLOSERS.match(text, match.end())
    end = closers.end() if closers else match.end()
    closed = text[match.end() : end]
    if closed and text[end : end + 1] == ".":
        end += 1  # "required.”." of careless quoting
    spaced = after_space(text, end)
    if spaced in enclosed.closing:
        end = spaced + len(enclosed.closing[spaced])
        closed += enclosed.closing[spaced]
        if text[end : end + 2] == " .":
            end += 2
    references = _REFERENCES.match(text, end) if not text[match.start() - 1 : match.start()].isdigit() else None
    end = references.end() if references else end
    following = after_space(text, end)
    ahead = _NEXT.match(text, following)
    word = (ahead[1] or "") if ahead else ""
    is_initial = word in {"A", "I"} and ahead is not None and ahead[2] == "."
    begins = not is_initial and (word in words.STARTERS or re.split("[’'-]", word)[0] in words.STARTERS)
    before = _word_before(text, match.start()) or _word_before(text, match.start() - 1)  # "Mr ." of tokenised text
    return _Stop(text, start, match.start(), match.group(), closed, end, following, before, word, begins)


def _word_before(text: str, place: int) -> str:
    """The word that ends at ``place``, at most 40 characters of it."""
    chunk = text[max(0, place - 40) : place]
    for back in range(len(chunk) - 1, -1, -1):
        if _WORD_EDGE.match(chunk[back]):
            return chunk[back + 1 :].lstrip("'’`*_")
    return chunk.lstrip("'’`*_")


def _word_ahead(text: str, place: int) -> str:
    """The word before the word that begins at ``place``, with its marks."""
    end = place
    while end > 0 and text[end - 1].isspace() and place - end < 5:
        end -= 1
    return _word_before(text, end)


def _may_begin(text: str, place: int) -> bool:
    """Whether a sentence may begin with what stands at ``place``."""
    char = text[place]
    if char in _NEVER_FIRST:
        return False
    if char in _DASHES and not text[place + 1 : place + 2].isdigit():
        return char == "-" and re.match(r"-\s?[A-Z]", text[place : place + 3]) is not None
    match = _NEXT.match(text, place)
    first = match.start(1) if match and match[1] else place
    return not text[first].islower() or _MIXED_CASE.match(text, first) is not None


def _is_reported(stop: _Stop) -> bool:
    """Whether what follows a quotation tells who said it, or where."""
    if not any(mark in QUOTES for mark in stop.closed):
        return False
    ahead = stop.text[stop.following : stop.following + _CONTEXT]
    if _REPORTED_BARELY.match(ahead) or _CITED.match(ahead):
        return True
    return stop.marks[-1] in "!?…" and stop.text[stop.start] in QUOTES and _REPORTED.match(ahead) is not None


def _is_time(stop: _Stop) -> bool:
    """Whether the word before the stop is a time of day or an era."""
    before = stop.before.lstrip("0123456789:")
    if before == "m":
        return stop.text[max(0, stop.place - 5) : stop.place] in {" a. m", " p. m"}
    if before in {"am", "pm"}:
        return stop.before != before or _word_ahead(stop.text, stop.place - 2)[-1:].isdigit()
    return before in words.TIMES


def _is_no_initial(letter: str, ahead: str) -> bool:
    """Whether a single letter before a full stop is a word of its own, before the beginning of a sentence."""
    if letter.islower():
        return ahead not in {"a.", "p."}
    return ahead != "" and not ahead.endswith(".") and (ahead.islower() or ahead[-1:].isalnum())
