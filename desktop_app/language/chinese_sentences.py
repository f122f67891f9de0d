"""Sentence boundaries of Chinese text, by rules on stops, quotations and brackets (after GB/T 15834-2011).

A semicolon is no boundary. A closing mark stays with its sentence, a quotation with its reporting clause, and
nothing is cut inside a title 《…》, a bracket, a web address or a short quotation.
"""

import re

from desktop_app.language.addresses import address_spans, is_within

_STOPS = "。！？｡!?"
_ELLIPSIS = "…⋯"
_CLOSERS = "”’」』）》】〉〕］｝)]}"
_PAIRS = dict(zip("“‘「『（(《〈【〔［[{", "”’」』）)》〉】〕］]}", strict=True))
_QUOTES = '“‘「『"'
_CONTINUING = "，、；：,;:。！？!?…的地得等之"
# A longer quotation is a speech: its sentences are pieces of their own.
_LONGEST_WHOLE_QUOTATION = 150

_STOP_RUN = re.compile(rf"[{_STOPS}{_ELLIPSIS}]+|(?:\.{{3,}}|．+)|(?<=[\u4e00-\u9fff])\.(?=\s)|\n")
_REPORTING = re.compile(
    r"^[^。！？!?…“「：]{0,40}?(?:[说称道问答喊叫写讲想]|表示|指出|强调|认为|介绍|告诉|回忆|感慨|坦言|透露|补充|解释|提到|谈到|"
    r"[說稱問寫講]|介紹|告訴|強調|認為|回憶)"
)
_INTRODUCING = "：:，,。；;！？"
_NEW_SENTENCE = re.compile(
    r"^(?:[“‘「『《（(]|但|然而|可是|不过|而|于是|随后|后来|同时|此外|另外|如今|现在|今天|今年|昨天|当|在|据|从|为了|因此|所以|"
    r"[我你您他她它](?!的)|这|那|大家|记者|\d|[A-Z])"
)
_SPACE = re.compile(r"\s*")


class ChineseSegmenter:
    """Splits Chinese (and, roughly, Japanese) text."""

    def split(self, text: str) -> list[str]:
        """Return the sentences of ``text`` as slices."""
        pieces: list[str] = []
        start = 0
        for end in _boundaries(text):
            if text[start:end].strip() == "" and end < len(text):
                continue  # leading whitespace waits for the first sentence
            pieces.append(text[start:end])
            start = end
        if start < len(text):
            pieces.append(text[start:])
        return pieces


def _boundaries(text: str) -> list[int]:
    """Offsets after which a new sentence begins, in order."""
    spans = _enclosures(text)
    protected = address_spans(text)
    found: list[int] = []
    start = 0
    for stop in _STOP_RUN.finditer(text):
        if stop.start() < start or is_within(stop.start(), protected):
            continue
        end = _boundary_after(text, start, stop, spans)
        if end is not None:
            start = _after_space(text, end)
            found.append(start)
    return found


def _boundary_after(text: str, start: int, stop: re.Match[str], spans: list[tuple[int, int]]) -> int | None:
    """Where the sentence that began at ``start`` ends if it ends with this stop and its closing marks."""
    if stop.group() == "\n":
        return stop.end()
    end = stop.end()
    openers: list[int] = []
    while end < len(text) and (text[end] in _CLOSERS or (text[end] == '"' and _closes(spans, end) is not None)):
        opener = _closes(spans, end)
        if opener is not None:
            openers.append(opener)
        end += 1
    if _is_inside(spans, text, end):
        return None
    following = text[_after_space(text, end) :]
    if following == "":
        return end
    if openers:
        return None if _goes_on(text, start, min(openers), following) else end
    if not _is_strong(text, stop, following):
        return None
    return end


def _goes_on(text: str, start: int, opener: int, following: str) -> bool:
    """Whether the sentence continues behind the mark that closes what ``opener`` opened."""
    if following[0] in _CONTINUING:
        return True
    before = text[start:opener].strip()
    if before == "":
        return text[opener] in _QUOTES and _REPORTING.match(following) is not None
    if text[opener] in _QUOTES:
        return before[-1] not in _INTRODUCING
    return True


def _is_strong(text: str, stop: re.Match[str], following: str) -> bool:
    """Whether a stop without closing marks ends the sentence."""
    marks = stop.group()
    if all(mark in _ELLIPSIS or mark == "." for mark in marks):
        return _NEW_SENTENCE.match(following) is not None
    if following[0] in "，、；：,;:":
        return False
    before, after = text[stop.start() - 1 : stop.start()], text[stop.end() : stop.end() + 1]
    if marks in {"!", "?"} and before.isascii() and before.isalnum():
        return after.isspace()  # Yahoo!邮箱
    return True


def _enclosures(text: str) -> list[tuple[int, int]]:
    """Positions of matching opening and closing marks; a mark without its partner encloses nothing."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    straight: int | None = None
    for place, mark in enumerate(text):
        if mark == "\n":
            stack, straight = [], None
        elif mark == '"':
            if straight is None:
                straight = place
            else:
                spans.append((straight, place))
                straight = None
        elif mark in _PAIRS:
            stack.append(place)
        elif mark in _CLOSERS:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 8), -1):
                if _PAIRS[text[stack[depth]]] == mark:
                    spans.append((stack[depth], place))
                    del stack[depth:]
                    break
    return spans


def _closes(spans: list[tuple[int, int]], place: int) -> int | None:
    """The opening mark whose partner stands at ``place``."""
    return next((first for first, last in spans if last == place), None)


def _is_inside(spans: list[tuple[int, int]], text: str, place: int) -> bool:
    """Whether ``place`` is within brackets, a title or a quotation that is kept whole."""
    return any(
        first < place <= last and (text[first] not in _QUOTES or last - first <= _LONGEST_WHOLE_QUOTATION)
        for first, last in spans
    )


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place
