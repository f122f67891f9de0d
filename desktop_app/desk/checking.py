"""Running the checks over a story with what its archive knows, or over lines that need no archive."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from desktop_app.desk.desk import Desk
from desktop_app.desk.house_style import compile_patterns, default_style, house_style
from desktop_app.desk.spelling import speller
from desktop_app.desk.terms import all_terms
from desktop_app.domain.findings import Finding, Waiver
from desktop_app.domain.house_style import HouseStyle
from desktop_app.domain.story import Languages, Story
from desktop_app.domain.terms import Term
from desktop_app.language.checks import CAPTION, CHECKS, Context, Pair, run_checks
from desktop_app.language.checks.waiving import waived
from desktop_app.language.spelling import accepting
from desktop_app.store import waivers as waiver_store
from desktop_app.store.archive import Session
from desktop_app.store.happenings import happened_since

# Operations after which a context must be made anew.
_TELLING = ("term", "house style")


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks say of a story: the findings that stand, and those set aside, each with its waiver."""

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()


@dataclass
class Examiner:
    """Checks the stories of one archive, and keeps what it read of the archive until that changes.

    One may serve many threads: what it keeps is replaced whole. To look whether anything has changed takes one short
    query, so that a story can be checked while it is typed.
    """

    desk: Desk
    _context: tuple[int, Context] | None = field(init=False, default=None)

    def context(self) -> Context:
        """What the archive knows: its style, its terms, and the words that its spelling accepts."""
        kept = self._context
        with self.desk.archive.read() as session:
            last, happened = happened_since(session, kept[0] if kept is not None else 0)
        if kept is None or _tells(happened):
            context = make_context(house_style(self.desk), all_terms(self.desk))
        else:
            context = kept[1]
        self._context = (last, context)
        return context

    def still_knows(self, session: Session, context: Context) -> bool:
        """Whether ``context``, which this gave out, is what the archive knows in ``session`` as well."""
        kept = self._context
        return kept is not None and kept[1] is context and not _tells(happened_since(session, kept[0])[1])

    def examine(self, story: Story, *, only: Collection[str] = (), variety: str | None = None) -> Examined:
        """Check a story as it stands in ``story``, which may be ahead of the archive, and leave out what was waived.

        ``variety`` of English stands in for the house's.

        Raises:
            WrongUsageError: ``only`` names a check that does not exist.
        """
        findings = check_story(story, only=only, context=self.context().with_variety(variety))
        with self.desk.archive.read() as session:
            waivers = waiver_store.of_story(session, story.id)
        standing, set_aside = waived(findings, waivers, list(story_pairs(story)))
        return Examined(tuple(standing), tuple(set_aside))


def _tells(happened: Collection[str]) -> bool:
    return any(word in operation for operation in happened for word in _TELLING)


def examine(desk: Desk, story: Story, *, only: Collection[str] = ()) -> Examined:
    """Check one story of an archive; for more than one, an ``Examiner`` reads the archive's terms only once.

    Raises:
        WrongUsageError: ``only`` names a check that does not exist.
    """
    return Examiner(desk).examine(story, only=only)


def make_context(style: HouseStyle, terms: Iterable[Term] = ()) -> Context:
    """Put together what checks are told besides the text.

    Raises:
        InputRefusedError: a pattern of the style cannot be used.
    """
    known = tuple(terms)
    words = [text for term in known for text in (term.target, term.short, *term.allowed)]
    spelling = accepting(speller(style.variety), [*style.names, *words])
    return Context(terms=known, style=style, patterns=compile_patterns(style), speller=spelling)


@cache
def default_context() -> Context:
    """What the program knows without an archive: the style that travels with it, and its dictionaries."""
    return make_context(default_style())


def story_pairs(story: Story) -> Iterator[Pair]:
    """Everything in a story that checks look at: segments, and the captions of placed pictures."""
    languages = story.languages
    for block in story.content.blocks:
        for segment in block.segments:
            yield Pair(segment.id, segment.source, segment.target, languages.source, languages.target, block.kind.value)
        if block.placement is not None:
            caption = block.placement.caption
            yield Pair(block.id, caption.zh, caption.en, languages.source, languages.target, CAPTION)


def check_story(story: Story, *, only: Collection[str] = (), context: Context | None = None) -> list[Finding]:
    """All findings of a story, in reading order, waived or not; without a ``context`` it is the program's own.

    A story that is not translated yet has none; one that came in English alone is not told that its Chinese captions
    are missing.
    """
    segments = list(story.content.segments())
    if not any(segment.target for segment in segments):
        return []
    pairs = story_pairs(story)
    if not any(segment.source for segment in segments):
        pairs = (pair for pair in pairs if pair.kind != CAPTION or pair.source)
    return _run(list(pairs), only, replace(context or default_context(), date=story.date))


def check_lines(
    sources: Sequence[str],
    targets: Sequence[str],
    languages: Languages,
    *,
    only: Collection[str] = (),
    context: Context | None = None,
) -> list[Finding]:
    """Findings of line n of one text against line n of another; a finding's segment is its line number from 1."""
    count = max(len(sources), len(targets))
    pairs = [
        Pair(
            str(i + 1),
            sources[i] if i < len(sources) else "",
            targets[i] if i < len(targets) else "",
            languages.source,
            languages.target,
            "paragraph",
        )
        for i in range(count)
    ]
    return _run(pairs, only, context or default_context())


def _run(pairs: Sequence[Pair], only: Collection[str], context: Context) -> list[Finding]:
    """Run the checks that were asked for by name, else all that the house has not switched off."""
    off = frozenset(context.style.switched_off)
    chosen = list(only) or [check.id for check in CHECKS if check.id not in off]
    return run_checks(pairs, only=chosen, context=context) if chosen else []
