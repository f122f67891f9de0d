"""Whether a number is meant as it stands, or as "more than", "nearly", "about": 超过, 近, 约, 多, 以上, 左右."""

import re
from enum import StrEnum

from desktop_app.language.numbers.quantities import Quantity


class Bound(StrEnum):
    """On which side of the number the amount lies."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


_BEFORE_ZH = re.compile(
    r"(?:(?P<under>不超过|未超过|没有超过|不多于|不高于|不足|不到|未满|不满|将近|接近|逼近|少于|低于|小于|至多|最多|近)"
    r"|(?P<over>不少于|不低于|不小于|超过|超出|多于|高于|大于|至少|最少|突破|超|逾|上)"
    r"|(?P<about>大约|大概|约|差不多|估计))"
    r"[了过有为达]?(?:人民币|美国|[￥¥$€£])?[\s“]?$"
)
_AFTER_ZH = re.compile(
    r"\s?(?P<unit>[^\d，。、；：,;:()（）\s多余以左上下]{0,5})"
    r"(?:(?P<over>[多余餘](?![人名]?[的地]?于)|以上|以外|之多|开外)|(?P<under>以下|以内|之内)|(?P<about>左右|上下|前后))"
)
_BEFORE_EN = re.compile(
    r"(?:(?P<over>(?:no|not)\s(?:less|fewer|lower)\sthan|in\sexcess\sof|upwards?\sof|at\sleast|(?:more|higher|greater|larger|longer|better)\sthan|"
    r"(?:exceed|surpass|topp?)(?:s|ed|ing)?|well\sover|just\sover|over|above|beyond|a\sminimum\sof)"
    r"|(?P<under>(?:no|not)\s(?:more|higher|greater)\sthan|(?:less|fewer|lower|smaller|shorter)\sthan|just\sshort\sof|shy\sof|"
    r"at\smost|a\smaximum\sof|nearly|almost|under|below|close\sto|approaching|nearing|up\sto)"
    r"|(?P<about>about|around|approximately|roughly|some|circa|an\sestimated|an\saverage\sof))"
    r"\s(?:an?\s|the\s)?(?:RMB|US|HK|A|C|NT|S)?[\s$£€¥]{0,2}$",
    re.IGNORECASE,
)
_AFTER_EN = re.compile(
    r"(?:(?P<over>\+|-plus\b|[^\d,.;:()]{0,24}\sor\s(?:more|above|over|older|higher|greater|longer)\b|[^\d,.;:()]{0,24}\s(?:and|at)\s(?:above|over|least)\b|\splus\b|-odd\b)"
    r"|(?P<under>[^\d,.;:()]{0,24}\sor\s(?:less|fewer|under|below|lower|younger)\b)"
    r"|(?P<about>[^\d,.;:()]{0,24}\sor\sso\b|\sgive\sor\stake))",
    re.IGNORECASE,
)
_REACH = 40  # characters on either side
_INSIDE = re.compile(r"[多余餘]")
_NAMES = {"over": Bound.OVER, "under": Bound.UNDER, "about": Bound.ABOUT}


def bound_of(text: str, quantity: Quantity, language: str) -> Bound:
    """Return on which side of ``quantity`` the amount lies by the words beside it."""
    start, end = quantity.span
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if language.lower().startswith("zh"):
        matches = (_BEFORE_ZH.search(before), _AFTER_ZH.match(after))
        if _INSIDE.search(quantity.text):
            return Bound.OVER
    else:
        matches = (_BEFORE_EN.search(before), _AFTER_EN.match(after))
    for match in matches:
        if match is not None and match.lastgroup:
            return next((bound for name, bound in _NAMES.items() if match[name]), Bound.EXACT)
    return Bound.EXACT
