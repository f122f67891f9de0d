"""Reads the amounts of a Chinese text: 1.2亿, 3万余, 百分之五十, 第三届, 二〇二四年, 1月11日, 下午3点."""

import re
from collections.abc import Sequence
from fractions import Fraction

from desktop_app.language.addresses import address_spans, is_within
from desktop_app.language.numbers.quantities import Quantity, QuantityKind, without_currency

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2, "双": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_COLLOQUIAL = {"百": 10, "千": 100, "万": 10**3, "萬": 10**3, "亿": 10**7, "億": 10**7}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．", "0123456789%.")

_HAN_NUMBER = r"(?:[零〇一二三四五六七八九两兩十百万萬亿億]|千(?![米克瓦帕赫])){1,40}"
_ARABIC = r"\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,25})?|\d{1,25}(?:\.\d{1,25})?"
_ANY = rf"(?:(?:{_ARABIC})|{_HAN_NUMBER})"
_MEASURES = (
    "个名人元项家年月日岁位所次届支座件篇条种门场天周台套本张辆米吨度倍余多平公千亩小分秒部期批款层间段组股票户只"
    "個項歲屆條種門場張輛噸餘畝美欧英港"
)
_COUNTED = (frozenset(_MEASURES) - set("成分多余餘地")) | set(
    "只头匹条根颗枚艘栋幢堂课回餐首幅瓶袋箱副扇轮局节级国省市县州队车人大棵株朵口群方胞子"
)
_NOT_BEFORE_COUNTS = set("上近成第几数好十百千万亿一二三四五六七八九两")
_TENTHS_END = r"[，。、；：,;:！？!?）)”\s以左上的]|$"  # 三成五 ends here, but not 三成一线员工
_TOKEN = re.compile(
    rf"(?P<century>{_ANY}世纪(?:(?:\d0|[一二三四五六七八九]十)年代|(?=[一二三四五六七八九]{{2}}十年代)))"
    rf"|(?P<fraction>{_ANY}分之{_ANY}(?:点{_HAN_NUMBER})?)"
    r"|(?P<date>(?<!\d)(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月"
    r"(?:3[01]|[12]\d|0?[1-9]|[一二三四五六七八九十]{1,3})[日号號]"
    r"|(?<=(?:19|20)\d\d[-/])(?P<isomonth>0[1-9]|1[0-2])[-/](?P<isoday>3[01]|[12]\d|0?[1-9])(?!\d))"
    r"|(?P<weekday>(?:(?<![一两几每数\d])周|星期|礼拜|週)[一二三四五六](?![年期次天个名位人场节篇趟项家条件种]))"
    r"|(?P<year>(?<!\d)\d{4}(?=年(?![来內内级龄])|[-—~至到]\d{4}年|学年)|[一二][零〇一二三四五六七八九]{3}(?=年))"
    r"|(?P<month>(?<![\d.])\d{1,2}(?=月)|"
    r"(?<!第)(?:十[一二]?|[一二三四五六七八九])(?=月(?:底|初|中旬|份|末|下旬|上旬)))"
    r"|(?P<day>(?<![\d.])\d{1,2}(?=日|[号號](?:[上下中晚凌早午到至起前后当在将晨夜，。、；（(]|$)))"
    r"|(?P<decade>\d{2,4}年代|[一二三四五六七八九]十年代)"
    r"|(?P<hour>(?:上午|下午|晚上|晚|凌晨|中午|早上|晨|傍晚)?(?<![\d.:：])(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?:[时點](?!间|候|代|刻|常|有|尚|期|装|报|段|政|空|机|任|而|不|评|事)|点(?:半|(?=[整钟\d，。、到至开]|$))|[:：][0-5]\d(?!\d))(?:[0-5]?\d分)?)"
    rf"|(?P<percent>(?:{_ARABIC})%)"
    r"|(?P<tenth>(?<!完)(?:(?<![\d.,%第])\d(?:\.\d)?|[一二三四五六七八九])"
    rf"成(?![立为员功就果长本份都型分品天千语不文圆块片串])(?:[1-9一二三四五六七八九半](?={_TENTHS_END}))?)"
    r"|(?P<discount>(?:(?<![\d.,])\d(?:\.?\d)?|[一二三四五六七八九]{1,2})折(?![断叠扣腾磨回返射算旧合]))"
    rf"|(?P<ordinal>第(?:{_ANY}))"
    r"|(?P<seconds>(?<![\d.])\d{1,2}秒\d{2}(?!\d))"
    rf"|(?P<number>(?:{_ARABIC})[多余餘来]?(?:[十百千]?[万萬亿億]{{1,3}}|[十百千](?![瓦米克帕]))?"
    rf"(?:\d{{1,25}}(?:\.\d{{1,25}})?[万萬]|(?<=[万萬])\d{{4}}(?!\d))?|{_HAN_NUMBER}(?:点[零〇一二三四五六七八九]{{1,12}}[万萬亿億]{{0,3}})?|双(?=方|人|胞|子))"
)
_UNITS = "[kcm]?m|[mk]?g|[kMG]?Wh?|[KMGT]?[Bb]|[kMG]?Hz|m?[lL]|m?Ah|k?V|t|s|h|kn?"
_WIDE_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_GAP = re.compile(r"(?<=[0-9%])[ \u00a0]+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[ \u00a0]+(?=[0-9])")
_HALF = re.compile(r"[^\d一二三四五六七八九十]+")
_HOUR_MARK = re.compile(r"[时點点:：]")
_HOUR_MARKS = str.maketrans("时點点：", "::::")
_CODE = re.compile(
    r"(?<![\w-])[A-Za-z][A-Za-z_-]{0,40}\d[\w.-]*|[A-Za-z]\.\d+|(?<![\d.])\d{1,25}(?:\.\d{1,25}){2,20}(?:/\d+)?"
    rf"|(?<![\d.])\d[\d.]{{0,25}}(?!(?:{_UNITS})\b)[A-Za-z][\w.-]*",
    re.ASCII,
)
_MIXED = re.compile(r"(\d[\d,]*(?:\.\d+)?)[多余餘来]?([十百千万萬亿億]*)")
_COUNTS = {
    "人数",
    "总数",
    "次数",
    "指数",
    "件数",
    "户数",
    "例数",
    "天数",
    "分数",
    "票数",
    "参数",
    "系数",
    "岁数",
    "人數",
    "總數",
}
_VAGUE = {"几", "数", "好", "幾", "數"}
_PM = {"下午", "晚上", "晚", "傍晚"}
_Read = tuple[Fraction, QuantityKind, bool]


def read_chinese(text: str) -> list[Quantity]:
    """Return the amounts of ``text`` in order. Vague ones (几十, 数百) and addresses are left out."""
    plain, places = _squeezed(_WIDE_COMMA.sub(",", without_currency(text.translate(_FULL_WIDTH))))
    addresses, codes = address_spans(plain), [match.span() for match in _CODE.finditer(plain)]
    found: list[Quantity] = []
    for match in _TOKEN.finditer(plain):
        if is_within(match.start(), addresses) or is_within(match.start(), codes):
            continue
        read = _read(plain, match)
        if read is not None:
            value, kind, certain = read
            start, end = places[match.start()], places[match.end() - 1] + 1
            likely = not certain and _is_likely(plain, match, value, kind)
            found.append(Quantity(value, (start, end), text[start:end], kind, certain, likely))
    return found


def _is_likely(plain: str, match: re.Match[str], value: Fraction, kind: QuantityKind) -> bool:
    """Whether a small number in signs counts something: 三名, 两年, 第四."""
    start, end = match.span()
    if match.group()[-1].isdigit():
        return True
    if value < 2 or value.denominator != 1 or match.group() in {"百", "千", "万", "亿"}:
        return False
    if kind is QuantityKind.PERCENT:
        return True
    if kind is QuantityKind.ORDINAL:
        return plain[end : end + 1] not in {"方", "者"}
    is_counting = plain[end : end + 1] in _COUNTED if end < len(plain) else False
    return kind is QuantityKind.NUMBER and is_counting and plain[max(0, start - 1) : start] not in _NOT_BEFORE_COUNTS


def _squeezed(text: str) -> tuple[str, Sequence[int]]:
    """Take out the spaces that some houses set between digits and signs (12 月 24 日); keep where the rest stood."""
    dropped = {place for gap in _GAP.finditer(text) for place in range(*gap.span())}
    if not dropped:
        return text, range(len(text))
    places = [place for place in range(len(text)) if place not in dropped]
    return "".join(text[place] for place in places), places


def _read(plain: str, match: re.Match[str]) -> _Read | None:
    kind = str(match.lastgroup)
    if kind == "weekday":
        return None
    reader = {"date": _read_date, "hour": _read_hour, "fraction": _read_fraction, "century": _read_century}.get(kind)
    return reader(match) if reader else _read_amount(plain, kind, match)


def _read_century(match: re.Match[str]) -> _Read | None:
    century, decade = (chinese_value(part) for part in match.group().removesuffix("年代").split("世纪"))
    if century is None or decade is None:
        return None
    return (century - 1) * 100 + decade, QuantityKind.DECADE, True


def _read_fraction(match: re.Match[str]) -> _Read | None:
    below, _, above = match.group().partition("分之")
    bottom, top = chinese_value(below), chinese_value(above)
    if not bottom or top is None:
        return None
    return (top, QuantityKind.PERCENT, True) if bottom == 100 else (top / bottom, QuantityKind.NUMBER, True)


def _read_date(match: re.Match[str]) -> _Read | None:
    if match["isomonth"]:
        return Fraction(int(match["isomonth"]) * 100 + int(match["isoday"])), QuantityKind.DATE, True
    month, _, day = match.group()[:-1].partition("月")
    first, second = chinese_value(month), chinese_value(day)
    if first is None or second is None or not (1 <= first <= 12 and 1 <= second <= 31):
        return None
    return first * 100 + second, QuantityKind.DATE, True


def _read_hour(match: re.Match[str]) -> _Read | None:
    half = _HALF.match(match.group())
    token = match.group()[half.end() :] if half else match.group()
    hour = chinese_value(_HOUR_MARK.split(token)[0])
    if hour is None or hour > 24:
        return None
    is_late = half is not None and half.group() in _PM and hour < 12
    value = (hour + 12 if is_late else hour) + _minutes(token) / 60
    return value, QuantityKind.HOUR, half is not None or token[0].isdigit()


def _minutes(token: str) -> Fraction:
    """Minutes of a time of the day: 3:20, 3时20分, 3点半."""
    _, _, rest = token.translate(_HOUR_MARKS).partition(":")
    if rest == "半":
        return Fraction(30)
    digits = rest.removesuffix("分")
    return Fraction(digits) if digits.isdecimal() and int(digits) < 60 else Fraction(0)


def _read_amount(plain: str, kind: str, match: re.Match[str]) -> _Read | None:
    token = match.group()
    start, end = match.span()
    if kind == "tenth":
        return _tenths(token), QuantityKind.PERCENT, token[0].isdigit()
    if kind == "discount":
        rate = Fraction("".join(str(_DIGITS.get(sign, sign)) for sign in token.removesuffix("折")))
        return 100 - (rate * 10 if rate < 10 else rate), QuantityKind.PERCENT, token[0].isdigit()
    if kind == "seconds":
        return Fraction(token.replace("秒", ".")), QuantityKind.NUMBER, True
    value = chinese_value(token.strip("第%").removesuffix("年代"))
    if value is None:
        return None
    if kind == "ordinal":
        return value, QuantityKind.ORDINAL, token[1].isdigit() or value > 10
    if kind == "number":
        if _is_vague(plain, token, start):
            return None
        return value, QuantityKind.NUMBER, _is_certain(plain, token, start, end)
    if (kind == "month" and not 1 <= value <= 12) or (kind == "day" and not 1 <= value <= 31):
        return value, QuantityKind.NUMBER, True
    return value, QuantityKind(kind), kind != "month" or token.isdigit()


def _tenths(token: str) -> Fraction:
    """Per cent of 3成, 三成五, 3成半."""
    tens, _, ones = token.partition("成")
    value = Fraction(tens) * 10 if tens[0].isdigit() else Fraction(_DIGITS[tens] * 10)
    return value + (5 if ones == "半" else int(_DIGITS.get(ones, ones or 0)))


def _is_vague(plain: str, token: str, start: int) -> bool:
    """Whether 几 or 数 makes the number vague: 几十, 数百, 数10万; but 人数1291万."""
    if plain[max(0, start - 1) : start] not in _VAGUE:
        return False
    return not token[0].isdigit() or (token.strip("0万萬亿億") == "1" and plain[start - 2 : start] not in _COUNTS)


def _is_certain(plain: str, token: str, start: int, end: int) -> bool:
    """Whether a number is meant as one: digits are; signs need a unit and a measure behind them (三百人, 百余项)."""
    after = plain[end : end + 1]
    if token[0].isdigit():
        return after not in {"里", "号", "號"} and plain[max(0, start - 1) : start] not in {"-", "—"}
    if plain[max(0, start - 1) : start] in {"上", "近", "成", "这", "那", "每"} or after in {"几", "分", "里"}:
        return False
    if len(token) > 1 and ("亿" in token or "億" in token):
        return "亿万" not in token
    if len(token) > 1 and ("万" in token or "萬" in token) and token[0] in _DIGITS and token not in {"一万", "一萬"}:
        return True
    if not any(sign in _SMALL or sign in _LARGE for sign in token):
        return False
    if len(token) == 1:
        return after in {"余", "多", "餘"} and token not in {"千", "万"}
    return (token[0] in _DIGITS and after != "" and after in _MEASURES) or (
        token[0] == "十" and after in "余多年名人个项亿"
    )


def chinese_value(token: str) -> Fraction | None:
    """Value of a Chinese number (一亿二千万, 1亿2000万, 二〇二四, 三点五), or None where it is none."""
    token = token.replace(",", "")
    if not token:
        return None
    if token[0].isdigit():
        return _mixed_value(token)
    whole, point, rest = token.partition("点")
    if point:
        unit = re.sub(r"^[零〇一二三四五六七八九]+", "", rest)
        digits = rest[: len(rest) - len(unit)]
        base = chinese_value(whole)
        if base is None or not digits:
            return None
        part = Fraction(int("".join(str(_DIGITS[sign]) for sign in digits)), 10 ** len(digits))
        return (base + part) * _scale(unit)
    if len(token) == 2 and token[0] in "零〇":
        token = token[1]  # 一年零八个月
    if all(sign in _DIGITS for sign in token):
        if len(token) == 1 or len(token) >= 4 or "〇" in token:
            return Fraction(int("".join(str(_DIGITS[sign]) for sign in token)))
        return None  # 三四 (three or four) and the like
    return _positional_value(token)


def _positional_value(token: str) -> Fraction | None:
    high = low = section = digit = 0  # from 亿 up, from 万 up, below
    seen_digit = False
    for sign in token:
        if sign in _DIGITS:
            if seen_digit and digit:
                return None
            digit, seen_digit = _DIGITS[sign], True
        elif sign in _SMALL:
            section += (digit if seen_digit and digit else 1) * _SMALL[sign]
            digit, seen_digit = 0, False
        elif _LARGE[sign] == 10**4:
            low += (section + digit or 1) * 10**4
            section, digit, seen_digit = 0, 0, False
        else:
            high += (low + section + digit or 1) * 10**8
            low, section, digit, seen_digit = 0, 0, 0, False
    if digit and len(token) > 2 and token[-2] in _COLLOQUIAL:
        digit *= _COLLOQUIAL[token[-2]]  # 三万五 is 35,000
    return Fraction(high + low + section + digit)


def _mixed_value(token: str) -> Fraction | None:
    total = Fraction(0)
    place = 0
    for part in _MIXED.finditer(token):
        if part.start() != place:
            return None
        total += Fraction(part[1].replace(",", "")) * _scale(part[2])
        place = part.end()
    return total if place == len(token) else None


def _scale(units: str) -> int:
    scale = 1
    for unit in units:
        scale *= _SMALL.get(unit) or _LARGE.get(unit) or 1
    return scale
