"""Chinese personal names: where the surname ends, how surnames are read, and how a name is spelled in English.

The surnames are a list of our own, the common ones and those of the old Hundred Family Surnames; readings follow
GB/T 28039-2011, polyphonic surnames as their bearers say them (单 Shan, 解 Xie, 仇 Qiu).
"""

from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain.counts import has_han
from desktop_app.language.names.pinyin import key_of, keys_of, readings, spelled, spelling_for, syllables_of

_SURNAMES = """
ai 艾|an 安|ao 敖|ba 巴|bai 柏白|ban 班|bao 鲍包暴鮑|bei 贝貝|ben 贲|bi 毕秘畢|bian 卞边|bie 别別|bing 邴|bo 薄
bu 卜|cai 蔡才|cang 苍|cao 曹|cen 岑|chai 柴|chang 昌常|chao 晁巢|che 车|chen 陈谌陳|cheng 成程|chi 池迟遲
chong 充种種|chu 褚储楚儲|cong 从丛|cui 崔|dai 戴代|dang 党黨|deng 邓鄧|di 狄邸|diao 刁|ding 丁|dong 董东
dou 窦竇|du 杜堵都|duan 段|duo 多|e 鄂|fan 范樊|fang 方房|fei 费費|feng 冯凤酆封丰馮鳳豐奉|fu 傅伏富符扶付苻
gan 干甘|gao 高郜|ge 葛戈盖蓋|geng 耿|gong 龚弓宫贡巩公龔鞏貢|gou 勾苟|gu 顾谷古顧|guan 管关官關|guang 广廣
gui 桂|guo 郭国|ha 哈|hai 海|han 韩韓|hang 杭|hao 郝|he 何贺和賀|heng 衡|hong 洪弘红|hou 侯后|hu 胡扈
hua 华花滑華|huai 怀|huan 宦桓|huang 黄黃|hui 惠回|huo 霍|ji 计纪季吉嵇汲蓟籍姬冀暨戢紀|jia 贾家郏賈|jian 简簡翦
jiang 蒋姜江蔣|jiao 焦矫|jie 揭|jin 金靳晋|jing 经井景荆敬|ju 居鞠|kan 阚|kang 康|ke 柯|kong 孔|kou 寇|ku 库
kuai 蒯|kuang 匡邝鄺|kui 夔|lai 赖賴|lan 蓝兰藍|lang 郎|lao 劳勞|lei 雷|leng 冷|li 李厉黎郦利|lian 廉连連
liang 梁良|liao 廖|lin 林蔺|ling 凌|liu 柳刘劉|long 龙隆龍|lou 娄楼婁樓|lu 鲁路卢陆禄逯鹿盧陸魯芦|luan 栾欒
luo 罗骆羅駱|lü 吕呂|ma 马麻馬|mai 买麦麥|man 满滿|mao 毛茅|mei 梅|men 门|meng 孟蒙|mi 米糜宓|miao 苗缪繆
min 闵閔|ming 明|mo 莫|mou 牟|mu 穆牧慕沐|na 那|nai 能|ni 倪|nian 粘|nie 聂乜聶|ning 宁甯|niu 钮牛鈕|nong 农農
ou 欧区歐區|pan 潘|pang 庞逄逢龐|pei 裴|peng 彭蓬|pi 皮|piao 朴|ping 平|po 繁|pu 蒲濮浦|qi 戚齐祁亓齊|qian 钱錢
qiang 强|qiao 乔谯喬|qie 郄|qin 秦覃|qing 青|qiu 邱裘秋仇丘|qu 屈曲璩瞿|quan 全权權|que 阙|ran 冉|rao 饶饒
ren 任|rong 荣戎容融榮|ru 茹|ruan 阮|rui 芮|sang 桑|sha 沙|shan 单山單|shang 尚商|shao 邵韶召|she 厍折佘
shen 沈莘申慎|sheng 盛|shi 施史时石师師時|shou 寿|shu 舒束殳|shuai 帅|shuang 双雙|si 司|song 宋松|su 苏宿蘇粟
sui 睢|sun 孙孫|suo 索|ta 塔|tai 邰|tan 谈谭譚檀|tang 唐汤湯|tao 陶|teng 滕|tian 田|tie 铁|tong 童通佟仝|tou 钭
tu 屠涂|wan 万萬|wang 王汪|wei 卫魏韦危隗蔚尉韋衛|wen 闻温文聞溫|weng 翁|wo 沃|wu 吴邬伍巫乌武毋吳鄔
xi 奚席郗郤习習|xia 夏|xian 咸冼洗|xiang 项相項|xiao 萧肖蕭|xie 谢解謝|xin 辛忻|xing 邢幸|xiong 熊|xu 许徐胥须許
xuan 宣|xue 薛|xun 荀郇|yan 严颜燕晏阎闫鄢嚴顏閻|yang 杨羊仰养阳楊扬|yao 姚尧|ye 叶葉|yi 羿伊易益|yin 殷尹印阴陰
ying 应應|yong 雍|you 尤游由遊|yu 喻俞于余禹虞郁於鱼庾魚|yuan 袁元原苑|yue 乐越岳嶽樂|yun 云员雲員|zai 宰|zan 昝
zang 臧|zeng 曾|zha 查|zhai 翟|zhan 湛詹占战展|zhang 张章仉張|zhao 赵招肇趙|zhen 甄|zheng 郑鄭|zhi 支植
zhong 钟仲终鍾終|zhou 周|zhu 朱祝诸竺|zhuang 庄莊|zhuo 卓|zi 訾|zong 宗|zou 邹鄒|zu 祖|zuo 左
"""
_COMPOUND = """
ouyang 欧阳歐陽|sima 司马司馬|shangguan 上官|zhuge 诸葛諸葛|huangfu 皇甫|linghu 令狐|gongsun 公孙公孫
murong 慕容|yuwen 宇文|situ 司徒|sikong 司空|xiahou 夏侯|dongfang 东方東方|nangong 南宫南宮|dugu 独孤
yuchi 尉迟尉遲|moqi 万俟|zhangsun 长孙長孫|chanyu 单于|duanmu 端木|xuanyuan 轩辕|helian 赫连|tantai 澹台
xianyu 鲜于|wenren 闻人|shentu 申屠|puyang 濮阳|chunyu 淳于|zhongli 钟离|huyan 呼延|baili 百里|dongguo 东郭
wanyan 完颜|tuoba 拓跋|yelü 耶律|gongye 公冶|yuezheng 乐正|guliang 谷梁|ximen 西门|taishi 太史|diwu 第五
zongzheng 宗政|zhongsun 仲孙|liangqiu 梁丘|zuoqiu 左丘|gongyang 公羊|nanmen 南门
"""
# Readings that are right beside the first one.
_ALSO = """
盖 gai|蓋 gai|翟 di|覃 tan|缪 mou|牟 mu|乐 le|柏 bo|费 bi|費 bi|郗 chi|隗 kui|谌 shen|莘 xin|卜 bo|郄 xi|尉 yu
洗 xi|那 ne|宿 xiu|吕 lu|呂 lu|万俟 mosi|折 zhe|车 ju
"""
# Readings of the character that are not the surname's.
_NOT_THE_SURNAME = """
单 dan chan|單 dan chan|解 jie|仇 chou|曾 ceng|查 cha|区 qu|區 qu|朴 pu po|繁 fan|员 yuan|員 yuan|召 zhao
种 zhong|種 zhong|秘 mi|薄 bao|阚 han|逄 feng|逢 feng|钭 dou|佘 yu|粘 zhan|尉迟 weichi|尉遲 weichi
万俟 wansi wanqi|单于 danyu shanyu|长孙 changsun|長孫 changsun|澹台 dantai|乐正 lezheng|盛 cheng|纪 qi|燕 yuan
葛 gai
"""
_LONGEST_GIVEN = 2


def _spaced(table: str) -> list[list[str]]:
    return [entry.split() for line in table.strip().splitlines() for entry in line.split("|")]


_ONE = {surname: key_of(pinyin) for pinyin, those in _spaced(_SURNAMES) for surname in those}
_TWO = {
    those[place : place + 2]: key_of(pinyin)
    for pinyin, those in _spaced(_COMPOUND)
    for place in range(0, len(those), 2)
}
_MORE = {surname: tuple(map(key_of, keys)) for surname, *keys in _spaced(_ALSO)}
_WRONG = {surname: tuple(map(key_of, keys)) for surname, *keys in _spaced(_NOT_THE_SURNAME)}


@dataclass(frozen=True, slots=True)
class HanName:
    """A name in Chinese, cut where its surname ends."""

    surname: str
    given: str

    def __str__(self) -> str:
        """The whole name."""
        return self.surname + self.given

    @property
    def surname_keys(self) -> tuple[str, ...]:
        """The keys of right readings of the surname, the usual one first."""
        return surname_keys(self.surname)

    @property
    def misread_keys(self) -> tuple[str, ...]:
        """The keys of readings that the characters have, but not as a surname."""
        right = self.surname_keys
        return tuple(key for key in _WRONG.get(self.surname, ()) if key not in right)

    @property
    def given_keys(self) -> tuple[str, ...]:
        """The keys of every reading of the given name, the usual one first."""
        return keys_of(self.given)

    def spelled(self, *, surname_key: str = "", given_key: str = "", capitals: bool = False) -> str:
        """Spell the name: surname first, given name in one word; ``capitals`` as credits have it, ``YANG Lindi``.

        The keys choose a reading where there is more than one.
        """
        right = self.surname_keys
        family = spelled(syllables_of(surname_key if surname_key in right else right[0]))
        return f"{family.upper() if capitals else family} {spelling_for(self.given, given_key)}"


def surname_keys(surname: str) -> tuple[str, ...]:
    """Return the keys of right readings of a surname, the usual one first; empty where it is none that we know."""
    usual = _TWO.get(surname) or _ONE.get(surname)
    return (usual, *_MORE.get(surname, ())) if usual else ()


@lru_cache(maxsize=1)
def every_surname_key() -> frozenset[str]:
    """The keys of all surnames, misread ones included."""
    right = {*_ONE.values(), *_TWO.values(), *(key for keys in _MORE.values() for key in keys)}
    return frozenset(right | {key for keys in _WRONG.values() for key in keys})


def name_of(han: str) -> HanName | None:
    """Cut a whole Chinese name; None where it has no known surname, or no given name of 1 or 2 characters."""
    han = han.strip()
    for length in (2, 1):
        surname, given = han[:length], han[length:]
        if surname in (_TWO if length == 2 else _ONE) and 1 <= len(given) <= _LONGEST_GIVEN and _all_han(given):
            return HanName(surname, given)
    return None


def names_at(text: str, place: int) -> list[HanName]:
    """Return the names that may begin at ``place``, the longest first: every reading of where they could end."""
    found: list[HanName] = []
    for length in (2, 1):
        surname = text[place : place + length]
        if len(surname) == length and surname in (_TWO if length == 2 else _ONE):
            for size in (2, 1):
                given = text[place + length : place + length + size]
                if len(given) == size and _all_han(given):
                    found.append(HanName(surname, given))
    return sorted(found, key=lambda name: -len(str(name)))


def _all_han(text: str) -> bool:
    return all(has_han(character) for character in text)


def suggest_person(han: str, *, capitals: bool = True) -> str:
    """Return the house's spelling of a Chinese name, ``YANG Lindi``, or ``Yang Lindi`` for running text.

    Empty where ``han`` is no name that can be read: not a known surname with one or two characters after it.
    """
    name = name_of(han)
    if name is None or not all(readings(name.given)):
        return ""
    return name.spelled(capitals=capitals)
