"""Sentence boundaries of Chinese text, by rules on stops, quotations and brackets (after GB/T 15834-2011).

A semicolon is no boundary unless the house says so. A closing mark stays with its sentence, a reporting clause with
the end of its quotation, and nothing is cut inside a title 《…》, a bracket, a web address, a short quotation, or one
that is a part of its sentence. Of a longer speech every sentence is a piece.
"""

import re
from bisect import bisect_right

from desktop_app.language.addresses import address_spans, is_within
from desktop_app.language.sentences import abbreviations as english
from desktop_app.language.sentences.english import EnglishSegmenter, cut
from desktop_app.language.sentences.rules import LanguageRules, after_space, corrected, matcher

# A speech up to this long is one saying and stays whole.
_WHOLE_QUOTATION = 20
# A quotation that is a part of its sentence, and a bracket, may be longer.
_WHOLE_PART = 150
_WHOLE_BRACKET = 300
_CONTEXT = 80

_ELLIPSES = "…⋯.．"
_CLOSERS = "”’」』）》】〉〕］｝)]}"
_PAIRS = dict(zip("“‘「『（(《〈【〔［[{", "”’」』）)》〉】〕］]}", strict=True))
_QUOTES = "“‘「『\"'"
_CONTINUING = re.compile(r"[，、；：,;:。！？!?…的地得等之时時]|后[，,]|以后")
_TITLES = "《〈"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_STOP = r"[。！？｡!?‼⁇⁈⁉…⋯]+|\.{3,}|．{3,}|[.．]|\n"
_STOPS = re.compile(_STOP)
_STOPS_AND_SEMICOLONS = re.compile(rf"{_STOP}|[；;]")
_ANY_CHINESE = re.compile(rf"[{_HAN}\u3040-\u30ff，。、；：？！《》（）【】「」]")
_IS_HAN = re.compile(rf"[{_HAN}]")
_HALF_WIDTH_STYLE = re.compile(rf"[{_HAN}][.．](?=[\s”’」』)）\"']|$)")
_REFERENCES = re.compile(r"(?:\[\d{1,3}(?:[-–,，]\d{1,3})*\])+|[①-⑳]+(?=\s|$)")
_LATIN_WORD = re.compile(r"[A-Za-z’'.-]{1,40}$")

_SPEAKS = (
    r"(?:(?<![小学學传傳据據听聽])[说說](?!明|法|服)|(?<![名职職简簡])[称稱]|(?<![访訪慰疑顾顧学學])[问問]|答|喊|"
    r"(?<![知街报報频軌轨渠跑隧])道|表示|指出|强调|強調|认为|認為|介绍|介紹|回忆|回憶|感慨|坦言|透露|补充|補充|解释|解釋|提到|"
    r"谈到|談到|写道|寫道|回应|回應|直言|评价|評價|总结|總結|分析|感叹|感嘆|呼吁|呼籲|寄语|勉励|勉勵|叮嘱|嘱咐|建议|建議|承诺|"
    r"承諾|宣布|回答|追问|追問|反问|反問|调侃|打趣)(?:道|说|說|到|称|稱|着|过)?"
)
_TELLS = r"(?:告诉|告訴|回答|答复|提醒|勉励|勉勵|叮嘱|对|對)[^，。！？!?“”]{1,10}(?:[说說]|道)?"
# What tells that a new sentence begins, and not the clause that tells who said it.
_ANEW = (
    r"(?!随后|隨後|会后|同时|同時|此外|另外|之后|接着|接下来|然后|最后|据悉|据了解|会议|會議|会上|活动|仪式|论坛|当天|当日|目前|"
    r"近年|未来|[今去昨明][年天日]|[本上下这][周次月场项年]|周[一二三四五六日]|星期|\d)"
)
_REPORTING = re.compile(
    rf"{_ANEW}(?:[^。！？!?…“「”」『』：:；;]{{0,40}}?(?:{_SPEAKS}|{_TELLS})(?=[。！!？?…]|$)"
    rf"|[^。！？!?…“「”」『』：:；;，,]{{0,15}}?(?:{_SPEAKS}|{_TELLS})(?=[，,：:]))"
)
# “是的。”她点点头，“我同意。”: a short clause between two halves of a speech.
_BETWEEN = re.compile(r"[^。！？!?…“”「」『』：:；;，,\d]{1,15}[，,：:][“「『][^“”「」『』]{0,60}[。！？!?…，,][”」』]")
_BROKEN_OFF = re.compile(r"[他她]")
_SPOKEN = re.compile(rf"{_SPEAKS}$")
# “加油！”向前跑去: shouted, and the sentence goes on.
_SHOUTED = re.compile(r"[喊叫]$")
_PART_OF = re.compile(r"这[个一是句些样种]|這[個一是句些樣種]|是|成为|成為|成了|一[句词语]|作为|作為|为题|为主题")
# What can only go on with a sentence that holds a whole quotation: 他引用：“学而时习之，不亦说乎？”并解释了含义。
_CARRIED_ON = re.compile(
    r"并(?!非|不|未|没)|成为(?!了?[一]名)|为(?:题|主题|标题|由|名|例|口号)|[一这][词语问文](?![一-鿿]?[，,])|一句(?!话)"
    r"|来(?:形容|概括|表达|描述|说明|强调|阐释|阐述|评价|勉励|鼓励|激励|回答|总结|诠释|提醒|结束|开场)"
    r"|而(?:不是|非|被|得名|闻名|著称|成名)"
)
# The same where nobody speaks: behind 他说：“…… 是 and 这句话 may begin anew.
_CARRIED_ON_UNSPOKEN = re.compile(r"是(?!的|否|不是|啊|吗)|作为|这(?:句|句话|一句|一问)")
_INTRODUCING = "：:，,。；;！？!?"
_NEW_SENTENCE = re.compile(
    r"(?:[“‘「『《（(]|但|然而|可是|不过|而|于是|随后|后来|同时|此外|另外|如今|现在|今天|今年|昨天|当|在|据|从|为了|因此|所以|"
    r"[我你您他她它](?!的)|这|那|大家|记者|\d|[A-Z])"
)


class ChineseSegmenter:
    """Splits Chinese (and, roughly, Japanese) text; lines without a Chinese character are split as English."""

    def __init__(self, rules: LanguageRules | None = None) -> None:
        """Take a house's rules into account.

        Raises:
            PatternError: an expression of the rules cannot be read.
        """
        rules = rules or LanguageRules("zh")
        self._whole = _WHOLE_QUOTATION if rules.whole_quotation is None else rules.whole_quotation
        self._stops = _STOPS_AND_SEMICOLONS if rules.semicolon else _STOPS
        self._english = EnglishSegmenter()
        self._house = matcher(rules.rules)

    def split(self, text: str) -> list[str]:
        """Return the sentences of ``text`` as slices."""
        if _ANY_CHINESE.search(text) is None:
            ends = self._english.ends(text)
        else:
            ends = _Paragraphs(text, self._stops, self._whole).ends()
        return cut(text, corrected(text, ends, self._house))


class _Paragraphs:
    """A text with what was found in it once: addresses, quotations, brackets."""

    def __init__(self, text: str, stops: re.Pattern[str], whole_quotation: int) -> None:
        self._text = text
        self._stops = stops
        self._addresses = address_spans(text)
        spans = _enclosures(text)
        self._opener = {last: first for first, last in spans}
        self._firsts, self._lasts = _kept_whole(text, spans, whole_quotation)
        self._is_half_width = "。" not in text and _HALF_WIDTH_STYLE.search(text) is not None

    def ends(self) -> list[int]:
        """Where sentences end, each behind its whitespace."""
        found: list[int] = []
        start = 0
        for stop in self._stops.finditer(self._text):
            if stop.start() < start or is_within(stop.start(), self._addresses):
                continue
            end = self._end(start, stop)
            if end is not None:
                start = after_space(self._text, end)
                found.append(start)
        return found

    def _end(self, start: int, stop: re.Match[str]) -> int | None:
        """Where the sentence that began at ``start`` ends if it ends with this stop and its closing marks."""
        if stop.group() == "\n":
            return stop.end()
        if stop.group() in {".", "．"} and not self._is_full_stop(stop):
            return None
        text, end = self._text, stop.end()
        openers: list[int] = []
        while end < len(text) and (text[end] in _CLOSERS or (text[end] in "\"'" and end in self._opener)):
            if end in self._opener:
                openers.append(self._opener[end])
            end += 1
        references = _REFERENCES.match(text, end)
        end = references.end() if references else end
        if self._is_whole(end):
            return None
        place = after_space(text, end)
        following = text[place : place + _CONTEXT]
        if following == "":
            return end
        if following.startswith(("——", "--")):
            return None  # who said it
        if openers:
            return None if self._goes_on(start, stop, min(openers), following) else end
        return end if self._is_strong(start, stop, following) else None

    def _is_full_stop(self, stop: re.Match[str]) -> bool:
        """Whether a half-width point is a full stop: behind Chinese, not in a name, a number or a list."""
        text, place = self._text, stop.start()
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        is_chinese_after = _IS_HAN.match(after) is not None
        if _IS_HAN.match(before) or (before != "" and before in _CLOSERS + "%％"):
            begins_list = (
                text[max(0, place - 2) : place - 1] in {"", "\n", "。", " "} and before in "一二三四五六七八九十"
            )
            return not begins_list and (not after.isalnum() or (self._is_half_width and is_chinese_after))
        word = _LATIN_WORD.search(text[max(0, place - 40) : place])
        if word is None or not (is_chinese_after or _IS_HAN.match(text[place + 2 : place + 3])):
            return False
        last = word.group().strip(".")
        known = last in english.TITLES | english.NUMBERED | english.OPEN | english.PLACES
        return len(last) > 3 and last.isalpha() and last[1:].islower() and not known

    def _goes_on(self, start: int, stop: re.Match[str], opener: int, following: str) -> bool:
        """Whether the sentence continues behind the mark that closes what ``opener`` opened."""
        text = self._text
        if _CONTINUING.match(following) is not None or text[opener] in _TITLES:
            return True
        is_quotation = text[opener] in _QUOTES
        before = (
            text[max(start, opener - _CONTEXT) : opener].rstrip()
            if opener > start
            else text[max(0, opener - 2) : opener].rstrip()
        )
        if opener <= start and not (before and before[-1] in "：:，,"):
            before = ""
        if not is_quotation:
            return before != ""
        if before == "":
            is_short = stop.start() - opener < 16
            is_broken_off = stop.group()[-1] in _ELLIPSES and _BROKEN_OFF.match(following) is not None
            is_part = (is_short and _PART_OF.match(following) is not None) or _CARRIED_ON.match(following) is not None
            return is_part or is_broken_off or any(rule.match(following) for rule in (_REPORTING, _BETWEEN))
        if before[-1] in _INTRODUCING:
            return self._is_carried_on(stop, opener, before, following)
        return _SHOUTED.search(before) is not None or _SPOKEN.search(before) is None

    @staticmethod
    def _is_carried_on(stop: re.Match[str], opener: int, before: str, following: str) -> bool:
        """Whether the words behind an introduced quotation can only belong to the sentence that introduces it."""
        if before[-1] not in "：:，,":
            return False
        if _CARRIED_ON.match(following) is not None:
            return True
        is_spoken = _SPOKEN.search(before.rstrip(_INTRODUCING)) is not None
        is_short = stop.start() - opener < _WHOLE_QUOTATION
        return is_short and not is_spoken and _CARRIED_ON_UNSPOKEN.match(following) is not None

    def _is_strong(self, start: int, stop: re.Match[str], following: str) -> bool:
        """Whether a stop without closing marks ends the sentence."""
        text, marks = self._text, stop.group()
        if marks in {"…", "⋯"} or (len(marks) > 1 and set(marks) <= set(_ELLIPSES)):
            return text[start : stop.start()].strip() != "" and _NEW_SENTENCE.match(following) is not None
        if following[0] in "，、；：,;:" and marks not in {"；", ";"}:
            return False
        before, after = text[stop.start() - 1 : stop.start()], text[stop.end() : stop.end() + 1]
        if marks in {"!", "?", ";"} and before.isascii() and before.isalnum():
            word = _LATIN_WORD.search(text[max(0, stop.start() - 40) : stop.start()])
            is_name = word is not None and word.group() in english.SHOUTED
            return after.isspace() or (not is_name and not (after.isascii() and after.isalnum()))
        return True

    def _is_whole(self, place: int) -> bool:
        """Whether ``place`` is within something that is kept whole."""
        at = bisect_right(self._firsts, place - 1) - 1
        return at >= 0 and place <= self._lasts[at]


def _enclosures(text: str) -> list[tuple[int, int]]:
    """Positions of matching opening and closing marks; a mark without its partner encloses nothing."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    straight: dict[str, int] = {}
    for match in _MARKS.finditer(text):
        place, mark = match.start(), match.group()
        if mark == "\n":
            stack, straight = [], {}
        elif mark in "\"'":
            if mark == "'" and text[max(0, place - 1) : place].isascii() and text[max(0, place - 1) : place].isalnum():
                continue  # an apostrophe
            if mark in straight:
                spans.append((straight.pop(mark), place))
            else:
                straight[mark] = place
        elif mark in _PAIRS:
            stack.append(place)
        else:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 8), -1):
                if _PAIRS[text[stack[depth]]] == mark:
                    spans.append((stack[depth], place))
                    del stack[depth:]
                    break
    return spans


_MARKS = re.compile(r"[“”‘’「」『』（）()《》〈〉【】〔〕［］\[\]{}｛｝\"'\n]")


def _kept_whole(text: str, spans: list[tuple[int, int]], whole_quotation: int) -> tuple[list[int], list[int]]:
    """The spans that are not cut, merged and in order: where they begin, and where they end."""
    firsts: list[int] = []
    lasts: list[int] = []
    for first, last in sorted(spans):
        if text[first] not in _QUOTES:
            limit = _WHOLE_BRACKET
        elif _is_speech(text, first, last):
            limit = whole_quotation
        else:
            limit = _WHOLE_PART
        if last - first > limit:
            continue
        if not lasts or first >= lasts[-1]:
            firsts.append(first)
            lasts.append(last)
        elif last > lasts[-1]:
            lasts[-1] = last
    return firsts, lasts


def _is_speech(text: str, first: int, last: int) -> bool:
    """Whether a quotation holds sentences of its own, and is no part of the sentence round it."""
    if text[last - 1] not in "。！？!?…⋯.，,":
        return False
    before = text[max(0, first - _CONTEXT) : first].rstrip()
    if before == "" or before[-1] in _INTRODUCING + "\n…" or before[-1] in _CLOSERS + _QUOTES:
        return True
    return _SPOKEN.search(before) is not None and _SHOUTED.search(before) is None
