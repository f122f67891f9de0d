"""Taking stories in: one story a file, or one story of a Chinese and an English file; all of a batch or nothing."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from desktop_app.desk.cataloguing import Candidate, catalogue, read_file, read_picture
from desktop_app.desk.composing import compose, compose_pair, is_source
from desktop_app.desk.desk import SILENT, Changes, Desk, House, Progress
from desktop_app.desk.lexicons import house_lexicon
from desktop_app.desk.policies import known_policies
from desktop_app.desk.sentence_rules import sentence_rules
from desktop_app.domain.digest import content_digest, source_digest
from desktop_app.domain.people import Person
from desktop_app.domain.pictures import Picture
from desktop_app.domain.records import Version
from desktop_app.domain.story import Bilingual, Block, Content, Languages, Placement, Story, StoryState, VersionNumber
from desktop_app.exchange.bitext import Bitext
from desktop_app.exchange.credits import house_labels
from desktop_app.exchange.formats import bitext_reader_for, reader_for
from desktop_app.exchange.limits import MAX_TEXT_BYTES
from desktop_app.exchange.page import Page
from desktop_app.foundation.errors import InputRefusedError, WrongUsageError
from desktop_app.foundation.messages import N_
from desktop_app.store import history as history_store
from desktop_app.store import stories as store
from desktop_app.store.archive import Unit

_MAX_SLUG = 60
_TELLS_NOTHING = 3  # characters of a folder's name
_SAYS_LANGUAGE = re.compile(r"[a-z]?[0-9]{0,3}|(?:zh|cn|chi|zho|en|eng)(?:[-_]?(?:hans|hant|cn|gb|us))?", re.IGNORECASE)
_PAIR_ADVICE = N_("Give the Chinese file as the source and the English one as the target.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story read from files and not yet in the archive, with the pictures found beside them by file name."""

    story: Story
    pictures: dict[str, Candidate]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made."""

    stories: tuple[Story, ...]
    changes: Changes


def read_page(path: Path, language: str | None = None) -> Page:
    """Read and understand one file.

    Raises:
        InputRefusedError: with the file, the place and the reason.
    """
    data = read_file(path, MAX_TEXT_BYTES)
    with _naming(path):
        return reader_for(path.name, data).read(data, path.name, language)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let a refusal name the file as the person did."""
    try:
        yield
    except InputRefusedError as error:
        error.subject = str(path)
        raise


def read_bitext(path: Path, languages: Languages) -> Bitext | None:
    """Read a bilingual file that holds one story; None where the file is of no bilingual format.

    Raises:
        InputRefusedError: it cannot be read, has several stories or no headline, or is in another language.
    """
    data = read_file(path, MAX_TEXT_BYTES)
    reader = bitext_reader_for(path.name, data)
    if reader is None:
        return None
    with _naming(path):
        found = reader.read(data, path.name)
    stated = (found[0].source_language, found[0].target_language or languages.target)
    wanted = (languages.source, languages.target)
    if len(found) > 1:
        reason = N_("The file has {count} stories, and one story a file can be imported.", count=len(found))
        advice = N_("Export each document from the translation tool as a file of its own.")
    elif [_primary(tag) for tag in stated] != [_primary(tag) for tag in wanted]:
        reason = N_("The file is a translation from {source} to {target}.", source=stated[0], target=stated[1])
        advice = N_("Choose a file that was translated from {source} to {target}.", source=wanted[0], target=wanted[1])
    elif found[0].headline() == Bilingual():
        reason = N_("No headline was found.")
        advice = N_("Make the headline the first unit of the file, and try again.")
    else:
        return found[0]
    raise InputRefusedError(reason, subject=str(path), advice=advice)


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-", maxsplit=1)[0].lower()


def prepare_page(desk: Desk, path: Path, house: House) -> Prepared:
    """Make a story of one file, without writing.

    Raises:
        InputRefusedError: the file cannot be taken in.
    """
    languages = house.languages
    bitext = read_bitext(path, languages)
    if bitext is not None:
        content = bitext.content(desk.new_id)
        story = _story(desk, [_particulars(bitext)], path, content, house, StoryState.DRAFTING)
        return Prepared(story, _pictures_beside([path.parent], content))
    page = read_page(path)
    content = compose(page, languages, desk.new_id, sentence_rules(desk))
    state = StoryState.SOURCED if is_source(page, languages) else StoryState.DRAFTING
    story = _story(desk, [page], path, content, house, state)
    return Prepared(story, _pictures_beside([path.parent], content))


def _particulars(bitext: Bitext) -> Page:
    """What a bilingual file says of its story beside the text, as a page says it."""
    return Page(
        bitext.source_language,
        (),
        bitext.credits,
        bitext.topics,
        bitext.date,
        bitext.source_url,
        byline=bitext.byline,
    )


def prepare_pair(desk: Desk, source: Path, target: Path, house: House) -> Prepared:
    """Make one aligned story of a source and a target file, without writing.

    Raises:
        InputRefusedError: a file cannot be taken in, or both are in one language.
    """
    languages = house.languages
    source_page, target_page = read_page(source), read_page(target)
    if not is_source(source_page, languages) and is_source(target_page, languages):
        raise InputRefusedError(
            N_("The two files are the wrong way round: this one is not in the source language."),
            subject=str(source),
            advice=_PAIR_ADVICE,
        )
    if is_source(target_page, languages):
        raise InputRefusedError(N_("Both files are in Chinese."), subject=str(target), advice=_PAIR_ADVICE)
    if not is_source(source_page, languages):
        raise InputRefusedError(N_("Both files are in English."), subject=str(source), advice=_PAIR_ADVICE)
    lexicon = house_lexicon(desk, languages)
    content = compose_pair(source_page, target_page, languages, desk.new_id, sentence_rules(desk), lexicon)
    story = _story(desk, [target_page, source_page], target, content, house, StoryState.DRAFTING)
    return Prepared(story, _pictures_beside([target.parent, source.parent], content))


def _story(
    desk: Desk,
    pages: Sequence[Page],
    path: Path,
    content: Content,
    house: House,
    state: StoryState,
) -> Story:
    """Put the facts of one or two pages together; the first page's go before the second's."""
    content = replace(content, byline=next((p.byline for p in pages if p.byline), ()))
    content = replace(content, source_digest=source_digest(content))
    story = Story(
        id=desk.new_id(),
        slug="",
        content=content,
        state=state,
        policy=house.policy,
        policy_version=house.policy_version,
        languages=house.languages,
        date=next((p.date for p in pages if p.date), None),
        source_url=next((p.source_url for p in pages if p.source_url), None),
        boilerplate=tuple(line for page in pages for line in page.boilerplate),
        imported_credits=tuple(credit for page in pages for credit in page.credits),
    )
    return replace(story, slug=slug_of(story.headline().en or _telling_name(path)) or f"story-{story.id[-8:]}")


def _telling_name(path: Path) -> str:
    """The file's name, or its folder's where the file is only called after a language or a number: ``zh``, ``1``.

    A folder of few letters (``in``) tells no more than the file does.
    """
    folder = path.resolve().parent.name
    telling = folder.isdecimal() or len(folder) > _TELLS_NOTHING
    return folder if telling and _SAYS_LANGUAGE.fullmatch(path.stem) else path.stem


def slug_of(text: str) -> str:
    """Make a short name of a headline: ASCII words joined by hyphens, at most 60 characters; may come out empty."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")
    if len(slug) > _MAX_SLUG:
        slug = slug[:_MAX_SLUG].rsplit("-", 1)[0]
    return slug


def _pictures_beside(folders: Sequence[Path], content: Content) -> dict[str, Candidate]:
    """The pictures that the text names, where a readable picture of that very name lies beside the page."""
    found: dict[str, Candidate] = {}
    for placement in content.placements():
        name = placement.file
        if not name or Path(name).name != name or name in found:
            continue
        path = next((folder / name for folder in folders if (folder / name).is_file()), None)
        if path is not None:
            found[name] = read_picture(path)
    return found


class Drafter(Enum):
    """Who drafts what is imported, where it is no person that somebody named."""

    IMPORTER = "importer"
    FIRST_WRITER = "first writer"


def import_pages(
    desk: Desk,
    paths: Sequence[Path],
    *,
    by: Person | None,
    drafter: Person | Drafter = Drafter.IMPORTER,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> Imported:
    """Take in one story per file: all of them, or none when one is refused.

    The ``drafter`` answers for the draft, and approves it nowhere.

    Raises:
        InputRefusedError: the first file that cannot be taken in.
        ArchiveUnavailableError: the archive cannot be written.
    """
    house = desk.house()

    def prepare(path: Path) -> Prepared:
        return prepare_page(desk, path, house)

    return _import(desk, paths, prepare, by=by, drafter=drafter, dry_run=dry_run, progress=progress)


def import_pair(
    desk: Desk,
    source: Path,
    target: Path,
    *,
    by: Person | None,
    drafter: Person | Drafter = Drafter.IMPORTER,
    dry_run: bool = False,
    slug: str | None = None,
    progress: Progress = SILENT,
) -> Imported:
    """Take in one story of two files, aligned by paragraph and sentence; ``drafter`` as for ``import_pages``.

    Raises:
        InputRefusedError: a file cannot be taken in.
        ArchiveUnavailableError: the archive cannot be written.
    """
    house = desk.house()

    def prepare(path: Path) -> Prepared:
        prepared = prepare_pair(desk, source, path, house)
        return replace(prepared, story=replace(prepared.story, slug=slug)) if slug else prepared

    return _import(desk, [target], prepare, by=by, drafter=drafter, dry_run=dry_run, progress=progress)


def _import(
    desk: Desk,
    paths: Sequence[Path],
    prepare: Callable[[Path], Prepared],
    *,
    by: Person | None,
    drafter: Person | Drafter,
    dry_run: bool,
    progress: Progress,
) -> Imported:
    if not paths:
        raise WrongUsageError(N_("There is nothing to import."), advice=N_("Name at least one file."))
    if not dry_run:
        desk.archive.require_writable()
    prepared: list[Prepared] = []
    with house_labels(_wordings(desk)):
        for done, path in enumerate(paths):
            progress.check()
            progress.report(done, len(paths))
            prepared.append(prepare(path))
    if dry_run:
        return Imported(tuple(p.story for p in prepared), Changes())
    with desk.archive.write() as unit:
        answers = by if drafter is Drafter.IMPORTER else drafter if isinstance(drafter, Person) else None
        results = [_write(desk, unit, one, by, answers) for one in prepared]
        stories = tuple(story for story, _ in results)
        pictures = frozenset(p.id for _, linked in results for p in linked)
        unit.record(
            "stories imported",
            person=by.id if by else None,
            story=stories[0].id if len(stories) == 1 else None,
            stories=[story.id for story in stories],
            files=[path.name for path in paths],
            drafter=answers.id if answers else None,
        )
    progress.report(len(paths), len(paths))
    return Imported(stories, Changes(frozenset(s.id for s in stories), pictures))


def _wordings(desk: Desk) -> Iterator[tuple[str, str]]:
    """What the house calls its steps in credits, each with the step; the newest version of a policy has the word."""
    with desk.archive.read() as session:
        book = known_policies(session)
    said: dict[str, str] = {}
    for policy in book.own():
        for step in policy.steps:
            for label in (step.credit.zh, step.credit.en) if step.credit is not None else ():
                said.setdefault(label, step.name)
    yield from said.items()


def _write(
    desk: Desk, unit: Unit, prepared: Prepared, by: Person | None, drafter: Person | None
) -> tuple[Story, list[Picture]]:
    """Write one prepared story, its pictures and its first version."""
    linked: dict[str, Picture] = {}
    captions = {p.file: p for p in prepared.story.content.placements()}
    for name, candidate in prepared.pictures.items():
        place = captions[name]
        done = catalogue(
            desk, unit.session, candidate, at=unit.at, caption=place.caption, alt=place.alt, credit=place.credit
        )
        linked[name] = done.picture
    content = linked_content(prepared.story.content, linked)
    slug = free_slug(unit, prepared.story.slug)
    story = replace(prepared.story, slug=slug, content=content, drafter=drafter.id if drafter is not None else None)
    store.add(unit.session, story, at=unit.at)
    writer = by.id if by is not None else None
    version = Version(VersionNumber(), content_digest(content), unit.at, writer, "imported")
    history_store.add_version(unit.session, story.id, content, version, identity=unit.new_id())
    return story, list(linked.values())


def linked_content(content: Content, pictures: dict[str, Picture]) -> Content:
    """The content with every placement linked whose file is among ``pictures``."""
    blocks = [_linked(block, pictures) for block in content.blocks]
    return replace(content, blocks=tuple(blocks))


def _linked(block: Block, pictures: dict[str, Picture]) -> Block:
    if block.placement is None or block.placement.picture is not None:
        return block
    picture = pictures.get(block.placement.file)
    return replace(block, placement=link(block.placement, picture)) if picture else block


def link(placement: Placement, picture: Picture) -> Placement:
    """The placement with a picture of the catalogue in it; its own words go before the catalogue's."""
    return replace(
        placement,
        picture=picture.id,
        payload=picture.payload,
        caption=_filled(placement.caption, picture.caption),
        alt=_filled(placement.alt, picture.alt),
        credit=placement.credit or picture.credit,
        rights=placement.rights or picture.rights,
    )


def _filled(own: Bilingual, catalogued: Bilingual) -> Bilingual:
    return Bilingual(own.zh or catalogued.zh, own.en or catalogued.en)


def free_slug(unit: Unit, wanted: str) -> str:
    """The slug, with a number behind it where it is taken."""
    slug, number = wanted, 1
    while store.slug_taken(unit.session, slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug
