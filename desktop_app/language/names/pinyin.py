"""Hanyu Pinyin: what a Chinese name may be spelled like, and whether a word could be pinyin at all.

A spelling is compared by its key: lower case, without tones, hyphens and apostrophes, ``ü`` as ``v`` however it was
written (``Lü``, ``Lyu``, ``Lv``). Names follow GB/T 28039-2011: surname first, the given name in one word, an
apostrophe before a syllable that begins with a vowel.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import product

_WRITTEN = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha
chai chan chang chao che chen cheng chi chong chou chu chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun
cuo da dai dan dang dao de deng di dia dian diao die ding diu dong dou du duan dui dun duo e en er fa fan fang fei
fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang
hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju
juan jue jun ka kai kan kang kao ke ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei
len leng li lia lian liang liao lie lin ling liu long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng
mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong
nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao
qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao
se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song
sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan
wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying
yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou
zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
_SYLLABLES = frozenset(_WRITTEN.split())
_LONGEST_SYLLABLE = 6
_MOST_READINGS = 64
_NOT_LETTERS = re.compile(r"[^a-z]")
_TONES = re.compile("[\u0300-\u0307\u0309-\u036f]")  # every combining mark but the two dots


@lru_cache(maxsize=4096)
def key_of(written: str) -> str:
    """Return the key by which spellings are compared: ``Xi’an`` is ``xian``, ``Lǚ`` and ``Lyu`` are ``lv``."""
    plain = _TONES.sub("", unicodedata.normalize("NFD", written.lower())).replace("u\u0308", "v")
    # No syllable ends in l, but many end in n: “nyu” is “nv” at the beginning alone, for “Xinyu” is Xin-yu.
    return re.sub(r"(l|^n)yu", r"\1v", _NOT_LETTERS.sub("", plain))


@lru_cache(maxsize=4096)
def syllables_of(key: str) -> tuple[str, ...]:
    """Split a key into syllables, the fewest that make it; empty where it is no pinyin."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(key)]
    for end in range(1, len(key) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before = best[start]
            if before is None or key[start:end] not in _SYLLABLES:
                continue
            made, now = (*before, key[start:end]), best[end]
            if now is None or len(made) < len(now):
                best[end] = made
    return best[-1] or ()


def readings(han: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each character, the syllables it may be read as, toneless, the usual one in this word first.

    A character that has no reading gives an empty tuple.
    """
    return _readings(han)


@lru_cache(maxsize=4096)
def _readings(han: str) -> tuple[tuple[str, ...], ...]:
    # Loading takes 130 ms and 40 MB, and most texts have no name that must be read: so only when one has.
    from pypinyin import Style, lazy_pinyin, pinyin  # noqa: PLC0415

    usual = lazy_pinyin(han, style=Style.NORMAL, errors="ignore")
    if len(usual) != len(han):  # a character that is not in its tables is left out, and the rest would slip
        usual = [""] * len(han)
    found: list[tuple[str, ...]] = []
    for character, first in zip(han, usual, strict=True):
        every = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        others = (reading for row in every for reading in row)
        found.append(tuple(dict.fromkeys(one for one in (first, *others) if one in _SYLLABLES)))
    return tuple(found)


def keys_of(han: str) -> tuple[str, ...]:
    """Return the keys of every reading of ``han``, the usual one first; empty where a character cannot be read."""
    return tuple(dict.fromkeys("".join(parts) for parts in _ways(han)))


def _ways(han: str) -> list[tuple[str, ...]]:
    options = readings(han)
    count = 1
    for option in options:
        count *= len(option)
    if count > _MOST_READINGS:
        options = tuple(option[:1] for option in options)
    return list(product(*options))


def spelled(syllables: tuple[str, ...]) -> str:
    """Write syllables as one word of a name: ``("xi", "an")`` is ``Xi'an``, ``("lv",)`` is ``Lyu``.

    ``ü`` is written ``yu``, as passports have it since 2012.
    """
    word = ""
    for syllable in syllables:
        word += ("'" if word and syllable[0] in "aoe" else "") + re.sub("^([ln])v", r"\1yu", syllable)
    return word[:1].upper() + word[1:]


def spelling_for(han: str, key: str) -> str:
    """Write ``han`` in the reading whose key is ``key``, else in the usual one; empty where it cannot be read."""
    ways = _ways(han)
    chosen = next((way for way in ways if "".join(way) == key), ways[0] if ways else ())
    return spelled(chosen)
