"""English words in the form in which a dictionary and a text meet: said, says and saying are one word.

A light stemmer of our own: irregular forms by a table, then inflections, then the most frequent derivations.
"""

import re
from functools import lru_cache

_IRREGULAR_FORMS = """
arise arose arisen|awake awoke awoken|bear bore borne born|beat beaten|become became|begin began begun|bend bent
bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built
burn burnt|buy bought|catch caught|choose chose chosen|cling clung|come came|creep crept|deal dealt|dig dug
draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt|eat ate eaten|fall fell fallen
feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden
forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone goes
grind ground|grow grew grown|hang hung|have has had|hear heard|hide hid hidden|hold held|keep kept|kneel knelt
know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent|lie lay lain lying
light lit|lose lost|make made|mean meant|meet met|mistake mistook mistaken|overcome overcame|pay paid
ride rode ridden|ring rang rung|rise rose risen|run ran|say said saith|see saw seen|seek sought|sell sold|send sent
shake shook shaken|shine shone|shoot shot|show shown|shrink shrank shrunk|sing sang sung|sink sank sunk
sit sat|sleep slept|slide slid|smell smelt|speak spoke spoken spake|spend spent|spill spilt|spin spun|spit spat
spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|stink stank|stride strode|strike struck
strive strove|swear swore sworn|sweep swept|swell swollen|swim swam swum|swing swung|take took taken|teach taught
tear tore torn|tell told|think thought|throw threw thrown|understand understood|wake woke woken|wear wore worn
weave wove woven|weep wept|win won|wind wound|withdraw withdrew withdrawn|write wrote written
man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|ox oxen|person people|life lives
wife wives|knife knives|leaf leaves|wolf wolves|half halves|thief thieves|shelf shelves|self selves|good better best
bad worse worst|far farther further|little less least|many more most much|old elder eldest|die died dying dead death
i me my mine myself|we us our ours ourselves|you your yours yourself yourselves thou thee thy thine ye
he him his himself|she her hers herself|it its itself|they them their theirs themselves
this these|that those|who whom whose|not no n't none never nor cannot nothing nobody neither|can could|will would shall
do did does done|dad father daddy papa|mum mom mother mama mummy|grandpa grandfather|grandma grandmother
one once|two twice second|three third|high height|long length|strong strength|warm warmth|wide width|deep depth
choice choose|sight see|speech speak|loss lose|gift give|food feed|blood bleed|song sing|belief believe|proof prove
china chinese|america american us u.s|britain british uk england english|france french|germany german|russia russian
japan japanese|india indian|europe european|spain spanish|korea korean|australia australian|canada canadian
news|bus buses|africa african|italy italian|israel israeli|ukraine ukrainian|iran iranian
"""
_ENDINGS = (
    "ational", "ization", "isation", "fulness", "iveness", "ousness", "ations", "ation", "ators", "ator", "ating",
    "ated", "ates", "ate", "ments", "ment", "ities", "ity", "ingly", "edly", "ously", "fully", "ically", "ically",
    "ness", "ives", "ive", "able", "ible", "ical", "ious", "ous", "ions", "ion", "ings", "ing", "ers", "ors", "ally",
    "at", "ed", "er", "or", "es", "est", "ful", "ism", "ist", "ists", "ic", "al", "ly", "e", "s", "y", "i",
)  # fmt: skip
_LEAST = 3  # letters that an ending must leave, one of them a vowel
_VOWEL = re.compile("[aeiouy]")
_LONGEST = 40


def _irregular() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _IRREGULAR_FORMS.strip().splitlines():
        for entry in line.split("|"):
            base, *forms = entry.split()
            for form in (base, *forms):
                table.setdefault(form, base)
    return table


_IRREGULAR = _irregular()
_BASES = {base: base for base in _IRREGULAR.values()}


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of an English word in lower case; words that belong together mostly have one stem."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) <= _LEAST or len(word) > _LONGEST:
        return word[:_LONGEST]
    inflected = _without_inflection(word)
    known = _IRREGULAR.get(inflected) or _IRREGULAR.get(inflected + "e")
    return known if known is not None else _cut(inflected)


def _without_inflection(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > _LEAST + 1:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) >= _LEAST and _VOWEL.search(rest):
                return _undoubled(rest)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]
    return word


def _cut(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if len(rest) >= _LEAST + (len(ending) > 1) and _VOWEL.search(rest):
                rest = rest[:-1] if len(rest) > _LEAST and rest[-1] in "iye" else rest
                return _undoubled(rest) if len(rest) > _LEAST + 1 else rest
    return word


def _undoubled(word: str) -> str:
    return word[:-1] if word[-1] == word[-2] and word[-1] not in "lsz" else word
