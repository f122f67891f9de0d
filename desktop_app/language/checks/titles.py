"""Job titles: a deputy who became the chief, a former president who is president again, one title in two ways."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop_app.domain.findings import Finding, Fix, Severity
from desktop_app.foundation.messages import N_
from desktop_app.language.checks.context import Context
from desktop_app.language.checks.pairs import Check, Pair, Scope, primary, replaced
from desktop_app.language.names.in_text import NameUse, names_in_pair
from desktop_app.language.terms import index_of
from desktop_app.language.terms.rendering import replacement

# A Chinese title, the prefix of its deputy in English, and the words that it may be in English.
_TABLE = """
校长 vice president chancellor principal headmaster headteacher rector head
院长 vice dean president director head
主任 deputy director dean head chair chairman chairwoman chairperson chief
书记 deputy secretary chief
秘书长 deputy secretary-general secretary
主席 vice chairman chair chairwoman chairperson president speaker
总统 vice president
总理 vice premier prime-minister chancellor minister
部长 vice minister secretary director head
市长 vice mayor
省长 vice governor
州长 lieutenant governor
局长 deputy director head chief commissioner
处长 deputy director head chief
所长 deputy director head
馆长 deputy director curator head
会长 vice president chairman chair head
总裁 vice president ceo chief
董事长 vice chairman chair chairwoman chairperson
总经理 deputy manager president director
经理 deputy manager
主编 deputy editor
总编辑 deputy editor
社长 deputy president director
台长 deputy director head
教授 associate professor prof
研究员 associate researcher fellow professor
司令 deputy commander chief
"""
_TITLE = "|".join(sorted((row.split()[0] for row in _TABLE.strip().splitlines()), key=len, reverse=True))
_DEPUTY = re.compile(
    r"\bvice|\b(?:deput(?:y|ies)|associate|assistant|vps?|veep|second[- ]in[- ]command|number two|no\. ?2|lieutenant)\b"
    r"|\bunder-?secretar",
    re.IGNORECASE,
)
# What stands before a title in Chinese, and the words of which English needs one.
_QUALIFIERS: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "副": _DEPUTY,
    "助理": re.compile(r"\b(?:assistant|aide)", re.IGNORECASE),
    "名誉": re.compile(r"\b(?:honorary|emerit|titular|hono(?:u?)r)", re.IGNORECASE),
    "客座": re.compile(r"\b(?:visiting|guest|adjunct)", re.IGNORECASE),
    "代理": re.compile(r"\b(?:acting|interim|caretaker|deputy|agent|temporary)", re.IGNORECASE),
    "候任": re.compile(r"\b(?:elect|designate|incoming|next)\b", re.IGNORECASE),
    "前": re.compile(
        r"\b(?:former|formerly|ex|previous|past|late|then|old|one-?time|once|predecessor|outgoing|was|were|had|served"
        r"|since|earlier)\b|\bex-",
        re.IGNORECASE,
    ),
})  # fmt: skip
_QUALIFIED = re.compile(
    rf"(?P<how>常务副|副|助理|名誉|客座|代理|候任|(?<![目之以此先日年月天提当生空从面])前(?:任)?)(?P<title>{_TITLE})"
    rf"|(?P<chief>{_TITLE})(?P<aide>助理)"
)
_PLAIN = re.compile(_TITLE)
# A plain title that became a deputy's; “vice-chancellor” is what many universities call their head.
_RAISED = re.compile(
    r"\b(?:vice[- ](?:presidents?|deans?|ministers?|mayors?|governors?|chair\w*|premiers?)"
    r"|deputy (?:directors?|secretar(?:y|ies)|ministers?|heads?|editors?|mayors?)"
    r"|(?:associate|assistant) professors?)\b",
    re.IGNORECASE,
)
_LESSER = re.compile("副|次长|次官|协理|代理|助理|候补|第二|二把手|常务|VP|vice", re.IGNORECASE)
_OTHER_MEANINGS = {"head", "chief", "fellow"}
_REACH = 60  # characters from a name to its title


@dataclass(frozen=True, slots=True)
class _Title:
    """How English says one Chinese title."""

    deputy: str
    heads: tuple[str, ...]
    pattern: re.Pattern[str]


def _table() -> dict[str, _Title]:
    found: dict[str, _Title] = {}
    for row in _TABLE.strip().splitlines():
        title, deputy, *heads = row.split()
        words = "|".join(head.replace("-", "[- ]") for head in sorted(heads, key=len, reverse=True))
        found[title] = _Title(deputy, tuple(heads), re.compile(rf"\b(?:{words})s?\b", re.IGNORECASE))
    return found


_TITLES = _table()


def _titles(pairs: Sequence[Pair], context: Context) -> Iterator[Finding]:
    kept: dict[tuple[str, str], str] = {}
    surnames: dict[str, set[NameUse]] = {}
    index = index_of(context.terms)
    for pair in pairs:
        if not pair.has_both or primary(pair.source_language) != "zh" or primary(pair.target_language) != "en":
            continue
        # Where the termbase has the whole title, its own check judges it.
        known = [mention.span for mention in index.find(pair.source)]
        yield from _lowered(pair, known)
        yield from _raised(pair)
        yield from _inconsistent(pair, kept, surnames)


def _lowered(pair: Pair, known: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """Qualified titles whose qualifier is gone while the title is there."""
    for match in _QUALIFIED.finditer(pair.source):
        said = match["how"] or match["aide"]
        how = {"常务副": "副", "前任": "前"}.get(said, said)
        is_known = any(start <= match.start() and match.end() <= end for start, end in known)
        if is_known or _QUALIFIERS[how].search(pair.target):
            continue
        title = _TITLES[match["title"] or match["chief"]]
        plain = [found for found in _PLAIN.finditer(pair.source) if not _has_qualifier(pair.source, found.span())]
        rivals = [found.start() for found in plain if _may_be_meant(_TITLES[found.group()], title, pair.target)]
        heads = [found for found in title.pattern.finditer(pair.target) if _is_post(found, pair.target)]
        if len(heads) <= len(rivals):
            continue
        head = heads[sum(1 for start in rivals if start < match.start())]
        yield Finding(
            CHECK.id,
            Severity.ERROR if how == "副" else Severity.WARNING,
            N_("The source says {chinese}; “{english}” leaves the {qualifier} out.",
               chinese=match.group(), english=head.group(), qualifier=how),
            pair.id,
            source_span=match.span(),
            target_span=head.span(),
            fix=_with_deputy(pair, head, title) if how == "副" and not rivals else None,
        )  # fmt: skip


def _may_be_meant(other: _Title, title: _Title, target: str) -> bool:
    """Whether a head of ``title`` may stand for another title of the sentence, which has no word of its own there."""
    own = set(other.heads) - set(title.heads)
    if len(own) == len(other.heads):
        return False
    said = {found.group().lower().rstrip("s") for found in other.pattern.finditer(target)}
    return not own & said


def _is_post(head: re.Match[str], target: str) -> bool:
    """Whether the word names a post: of “head” and “chief” only what is head or chief of something."""
    return head.group().lower().rstrip("s") not in _OTHER_MEANINGS or target.startswith(" of ", head.end())


def _has_qualifier(source: str, title: tuple[int, int]) -> bool:
    before = ("副", "助理", "名誉", "客座", "代理", "候任", "前", "前任")
    return source.endswith(before, 0, title[0]) or source.startswith("助理", title[1])


def _with_deputy(pair: Pair, head: re.Match[str], title: _Title) -> Fix:
    text = head.group()
    word = f"{title.deputy.capitalize() if text[0].isupper() else title.deputy} {text}"
    return Fix(N_("Write “{text}”.", text=word), replacement(pair.target, head.span(), text, word))


def _raised(pair: Pair) -> Iterator[Finding]:
    """A deputy in English where the source has the title alone."""
    found = _RAISED.search(pair.target)
    if found is None or _LESSER.search(pair.source):
        return
    word = found.group().lower().replace("-", " ").split()[-1].rstrip("s")
    for title in _PLAIN.finditer(pair.source):
        if any(head.startswith(word[:6]) for head in _TITLES[title.group()].heads):
            yield Finding(
                CHECK.id,
                Severity.WARNING,
                N_("The source says {chinese}; “{english}” is a lower post.",
                   chinese=title.group(), english=found.group()),
                pair.id,
                source_span=title.span(),
                target_span=found.span(),
            )  # fmt: skip
            return


def _inconsistent(pair: Pair, kept: dict[tuple[str, str], str], surnames: dict[str, set[NameUse]]) -> Iterator[Finding]:
    """A title of one person that the story said in another word before."""
    uses = names_in_pair(pair)
    for use in uses:
        family = use.right.split()[0].casefold()
        surnames.setdefault(family, set()).add(use)
    for use in _people(pair, uses, surnames):
        for chinese, span in _titles_of(pair, use):
            said = pair.target[slice(*span)]
            word = _root(said)
            before = kept.setdefault((str(use.name), chinese), said)
            if _root(before) != word:
                right = before.capitalize() if said[0].isupper() else before.lower()
                yield Finding(
                    CHECK.id,
                    Severity.WARNING,
                    N_("{han} was “{before}” before; here {chinese} is “{now}”.",
                       han=str(use.name), before=before, chinese=chinese, now=said),
                    pair.id,
                    target_span=span,
                    fix=replaced(pair, span, right, N_("Write “{text}”.", text=right)),
                )  # fmt: skip


def _people(pair: Pair, uses: Sequence[NameUse], surnames: Mapping[str, set[NameUse]]) -> Iterator[NameUse]:
    """The people of the segment: those named in full, and those whose surname alone the target has."""
    yield from uses
    full = {str(use.name) for use in uses}
    for family, those in surnames.items():
        names = {str(use.name): use for use in those}
        if len(names) == 1 and not full & set(names):
            use = next(iter(names.values()))
            span = re.search(rf"\b{re.escape(family)}\b", pair.target, re.IGNORECASE)
            if span is not None and use.name.surname in pair.source:
                yield NameUse(pair.id, use.name, (0, 0), span.span(), span.group(), use.right, use.order)


def _titles_of(pair: Pair, use: NameUse) -> Iterator[tuple[str, tuple[int, int]]]:
    """Titles beside the name in the source, each with the word beside the name in the target."""
    han, surname = re.escape(str(use.name)), re.escape(use.name.surname)
    beside = re.search(rf"(?:{han}|{surname})({_TITLE})|(?<!副)({_TITLE}){han}", pair.source)
    if beside is None:
        return
    chinese = beside[1] or beside[2]
    title = _TITLES[chinese]
    start, end = use.target_span
    before = pair.target[max(0, start - _REACH) : start]
    after = pair.target[end : end + _REACH]
    found = [match for match in title.pattern.finditer(before) if not before[match.end() :].strip(" .")]
    if found:
        offset = start - len(before)
        yield chinese, (offset + found[-1].start(), offset + found[-1].end())
        return
    following = re.match(r",\s+(?:the\s+|a\s+|an\s+)?(?:[\w'’-]+\s+){0,3}?(?=\S)", after)
    if following is None:
        return
    match = title.pattern.search(after)
    if match and not re.search("[,.;:]", after[following.start() + 1 : match.start()]):
        yield chinese, (end + match.start(), end + match.end())


def _root(said: str) -> str:
    """One word for what is the same title: chairman and chair, Prof. and professor."""
    word = said.lower().rstrip(".")
    return "chair" if word.startswith("chair") else "professor" if word.startswith("prof") else word.rstrip("s")


CHECK = Check("title", N_("Job titles"), _titles, Severity.ERROR, Scope.STORY)
