"""The words of a sentence as alignment compares them: Chinese cut along a lexicon, English in stems, names, numbers.

Words are plain strings; the same string on both sides is the same thing said twice (a number, a name, a Latin word).
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.language.alignment.anchors import anchors, is_chinese
from desktop_app.language.alignment.cues import SURNAMES, WORDS
from desktop_app.language.alignment.lexicon import LONGEST_WORD, Lexicon
from desktop_app.language.alignment.stems import stem

MOST_WORDS = 300  # different words of one sentence that are compared
LONGEST_READ = 20_000  # characters of one sentence that are read for words
PAIR = "&"  # begins a word made of two neighbouring signs that are no word of the lexicon: often half of a name
NAME = "~"  # begins a name known by its sound
ANCHOR = "#"

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3005\u3007]+")
_KANA_OR_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_CAPITALISED = re.compile(r"\b[A-Z][A-Za-zü]+(?:['’-][a-z]+)*")
_NO_LETTER = re.compile(r"[^a-z]")
_NO_MEANING_WORDS = (
    "a an the of to and in on at is are was were be been being am as with for by from or s t d ll re ve m it its "
    "that there had has have do does did will would shall should so then than"
)
_NO_MEANING = frozenset(_NO_MEANING_WORDS.split())
_SIGNS_WITHOUT_MEANING = frozenset("的了着过地得之也呢吧啊呀么吗嘛哦呵着們们個个著過麼嗎")
# Signs that write the sounds of foreign names
_SIGNS_OF_SOUNDS = frozenset(
    "亚阿埃艾奥巴贝比波伯博布查达戴德迪丁多恩尔法菲费夫弗福盖格戈古哈海赫亨胡霍基吉加杰金卡凯坎科克肯库拉莱兰朗勒雷里利莉"
    "列林琳卢鲁伦罗洛马玛麦曼梅蒙米密敏莫默姆穆纳娜内尼妮宁诺努欧帕佩皮珀普奇恰乔琼切丘萨塞瑟森莎舍什史斯司丝思苏索塔泰坦"
    "特廷托瓦威韦维温文沃乌伍西希夏谢辛休雅扬耶伊以约泽扎詹兹佐撒迦珥扪亞貝達爾費蓋赫傑凱萊蘭倫羅馬瑪麥曼納寧諾歐喬瓊蘇"
    "維衛溫紐薩澤"
)
_LETTERS_OF_A_STEM = 7  # of words of a language whose endings we do not know
_MOST_SYLLABLES = 3


@dataclass(frozen=True, slots=True)
class WordLists:
    """The different words of every sentence of both sides, in order of their first place."""

    source: list[list[str]]
    target: list[list[str]]
    spelled: dict[str, set[str]]
    """For each target stem the words in full that it came from."""


def word_lists(source: Sequence[str], target: Sequence[str], languages: tuple[str, str], lexicon: Lexicon) -> WordLists:
    """Read the words of two texts; in a pair of Chinese and another language, Chinese is the source."""
    spelled: dict[str, set[str]] = {}
    one, other = languages
    names = _names(target) if is_chinese(one) and not is_chinese(other) else frozenset()
    ours = _reader(one, lexicon, names, {})
    theirs = _reader(other, lexicon, frozenset(), spelled)
    return WordLists(
        [_words(text, one, ours) for text in source],
        [_words(text, other, theirs) for text in target],
        spelled,
    )


def _words(text: str, language: str, read: Callable[[str], Iterable[str]]) -> list[str]:
    text = text[:LONGEST_READ]
    found = dict.fromkeys(f"{ANCHOR}{kind}:{value}" for kind, value in sorted(anchors(text, language)))
    found.update(dict.fromkeys(read(text)))
    return list(found)[:MOST_WORDS]


def _reader(
    language: str, lexicon: Lexicon, names: frozenset[str], spelled: dict[str, set[str]]
) -> Callable[[str], Iterable[str]]:
    if is_chinese(language) or language.lower().startswith("ja"):
        return _ChineseWords(lexicon, names).read
    english = language.lower().startswith("en")
    stems: dict[str, str] = {}

    def read(text: str) -> Iterable[str]:
        for word in _WORD.findall(text.replace("’", "'")):
            lower = word.lower()
            known = stems.get(lower)
            if known is None:
                known = stems[lower] = _english(lower) if english else _folded(lower)
                spelled.setdefault(known, set()).add(lower)
            if known:
                yield known

    return read


def _english(word: str) -> str:
    word, _, ending = word.partition("'")
    if ending == "t" and word.endswith("n"):
        return "not"
    return "" if word in _NO_MEANING or (len(word) == 1 and word != "i") else stem(word)


def _folded(word: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))
    return plain[:_LETTERS_OF_A_STEM]


class _ChineseWords:
    """Cuts Chinese into the fewest words that a lexicon has; what it has not stays in single signs."""

    def __init__(self, lexicon: Lexicon, names: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._names = names
        self._readings: dict[str, tuple[str, ...]] = {}

    def read(self, text: str) -> Iterable[str]:
        for word in _LATIN.findall(text):
            if known := _english(word.lower()):
                yield known
        for run in _HAN.finditer(text):
            yield from self._cut(run.group())
            if self._names:
                yield from self._named(run.group())

    def _cut(self, run: str) -> Iterable[str]:
        words = self._fewest(run)
        place = 0
        while place < len(words):
            stop = place
            while stop < len(words) and len(words[stop]) == 1 and words[stop] in _SIGNS_OF_SOUNDS:
                stop += 1
            if stop - place > 1:  # a foreign name: its signs mean nothing
                yield PAIR + "".join(words[place:stop])
                yield from (PAIR + words[n] + words[n + 1] for n in range(place, stop - 1))
                place = stop
                continue
            word = words[place]
            if len(word) > 1 or word not in _SIGNS_WITHOUT_MEANING:
                yield word
                if len(word) == 1 and place and len(words[place - 1]) == 1:
                    yield PAIR + words[place - 1] + word
            place += 1

    def _fewest(self, run: str) -> list[str]:
        lexicon, length = self._lexicon, len(run)
        costs = [0.0] * (length + 1)
        steps = [1] * (length + 1)
        for start in range(length - 1, -1, -1):
            best, step = costs[start + 1] + 1.0, 1
            for size in range(2, min(LONGEST_WORD, length - start) + 1):
                word = run[start : start + size]
                if word in lexicon or word in WORDS:
                    cost = costs[start + size] + 1.0 - 0.01 * size * size
                    if cost < best:
                        best, step = cost, size
            costs[start], steps[start] = best, step
        words: list[str] = []
        place = 0
        while place < length:
            words.append(run[place : place + steps[place]])
            place += steps[place]
        return words

    def _named(self, run: str) -> Iterable[str]:
        """Names of the other side whose sound these signs have: 振保 is Zhenbao."""
        readings = [self._sound(sign) for sign in run]
        for start in range(len(run)):
            sounds = [""]
            for place in range(start, min(len(run), start + _MOST_SYLLABLES)):
                sounds = [one + other for one in sounds for other in readings[place]][:16]
                for sound in sounds:
                    if sound in self._names:
                        size = place - start + 1
                        yield (NAME if size > 1 else NAME + NAME) + stem(sound)

    def _sound(self, sign: str) -> tuple[str, ...]:
        if sign not in self._readings:
            known = (*self._lexicon.readings(sign), *SURNAMES.get(sign, ()))
            self._readings[sign] = tuple(dict.fromkeys(known))[:4]
        return self._readings[sign]


def _names(texts: Sequence[str]) -> frozenset[str]:
    """Capitalised words that are never written small, in small letters and without marks."""
    capital: set[str] = set()
    small: set[str] = set()
    for text in texts:
        capital.update(_NO_LETTER.sub("", word.lower()) for word in _CAPITALISED.findall(text[:LONGEST_READ]))
        small.update(re.findall(r"\b[a-z]+", text[:LONGEST_READ]))
    return frozenset(word for word in capital - small if 2 <= len(word) <= 18)
