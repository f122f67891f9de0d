"""Which variant of a unit is the source and which the target, by what language tags say and what they leave open.

A tag is compared without regard to case, and ``_`` counts as ``-``. The same tag comes first, then one that merely
says more or less (``en-GB`` for ``en``), and last a relative: another region or script of the same language, as
``zh-TW`` is to ``zh-Hans``. A relative is taken only where a unit has nothing nearer, and is counted.
"""

from collections.abc import Mapping
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType

from desktop_app.domain.story import Languages

# ISO 639-2 codes that old tools write, and Mandarin by its own code.
_LANGUAGES: Mapping[str, str] = MappingProxyType(
    {"zho": "zh", "chi": "zh", "cmn": "zh", "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de"}
)
# The script of Chinese where a tag names a region or, as .NET once did, an abbreviation.
_CHINESE: Mapping[str, str] = MappingProxyType(
    {"cn": "hans", "sg": "hans", "my": "hans", "chs": "hans", "tw": "hant", "hk": "hant", "mo": "hant", "cht": "hant"}
)
# What translation tools call the scripts of Chinese: few of them know a tag with a script.
_INTERCHANGE: Mapping[str, str] = MappingProxyType({"zh": "zh-CN", "zh-hans": "zh-CN", "zh-hant": "zh-TW"})


class Nearness(IntEnum):
    """How well one tag answers another."""

    NONE = 0
    RELATIVE = 1
    COMPATIBLE = 2
    SAME = 3


@lru_cache(maxsize=4096)
def nearness(wanted: str, found: str) -> Nearness:
    """How well a text tagged ``found`` serves where ``wanted`` is asked for."""
    language, script, region = _parts(wanted)
    other, other_script, other_region = _parts(found)
    if not language or language != other:
        return Nearness.NONE
    if (script, region) == (other_script, other_region):
        return Nearness.SAME
    for mine, theirs in ((script, other_script), (region, other_region)):
        if mine and theirs and mine != theirs:
            return Nearness.RELATIVE
    return Nearness.COMPATIBLE


@lru_cache(maxsize=4096)
def roles(languages: Languages, tag: str, source_language: str) -> tuple[Nearness, Nearness]:
    """How well a text tagged ``tag`` serves as the source and as the target; never as both.

    Where it could be either, the nearer counts, and between equals the language that the file calls its source.
    """
    source, target = nearness(languages.source, tag), nearness(languages.target, tag)
    if source > target or (source == target and same_tag(tag, source_language)):
        return source, Nearness.NONE
    return Nearness.NONE, target


def same_tag(one: str, other: str) -> bool:
    """Whether two tags differ in writing alone."""
    return _plain(one) == _plain(other)


def is_chinese(tag: str) -> bool:
    """Whether a tag names Chinese in any script."""
    return _parts(tag)[0] == "zh"


def primary(tag: str) -> str:
    """The language of a tag without region and script: ``zh`` of ``ZH_cn``."""
    return _parts(tag)[0]


def interchange_tag(tag: str) -> str:
    """The tag under which other tools look for a language: ``zh-CN`` for ``zh-Hans``."""
    return _INTERCHANGE.get(_plain(tag), tag)


def _plain(tag: str) -> str:
    return tag.strip().replace("_", "-").lower()


@lru_cache(maxsize=4096)
def _parts(tag: str) -> tuple[str, str, str]:
    """Language, script and region in small letters, empty where the tag does not say (BCP 47, section 2.1)."""
    first, *rest = _plain(tag).split("-")
    language = _LANGUAGES.get(first, first)
    script = region = ""
    for part in rest:
        if len(part) == 4 and part.isalpha():
            script = script or part
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):
            region = region or part
    if language == "zh" and not script:
        script = next((_CHINESE[part] for part in rest if part in _CHINESE), "")
    if language == "zh" and script == _CHINESE.get(region):
        region = ""  # it says no more than the script does: zh-CN is zh-Hans here
    return language, script, region
