"""A work package that comes home, read into the values that a merge asks for."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.packed_events import require_borne_out
from desktop_app.desk.returning import Reader, ReturnedFile, ReturnedPicture, Returning
from desktop_app.domain.story import Story
from desktop_app.domain.wordings import Place, texts_of
from desktop_app.exchange.packages.container import MANIFEST, OpenContainer
from desktop_app.exchange.packages.work_package import (
    PackedStory,
    WorkPackage,
    master_part,
    read_package,
    went_out_as,
)
from desktop_app.foundation.errors import InputRefusedError

_KIND = "package"
_PACKED = "stories packed to go home"  # the event that follows the head of an edition


def _fits(first: bytes, names: frozenset[str]) -> bool:
    """A zip with our manifest; one that is damaged is taken for ours, which then says what is wrong."""
    return first.startswith(b"PK") and (MANIFEST in names or not names)


def told_loan(path: Path) -> str:
    """Which loan a package says that it answers, by its manifest alone: enough to choose what is done with the file.

    Raises:
        InputRefusedError: it is no package, or its manifest does not say.
        OSError: it cannot be read.
    """
    with path.open("rb") as file, OpenContainer(file, path.name, whole=False) as container:
        return went_out_as(container)


def _read(_desk: Desk, path: Path, progress: Progress) -> ReturnedFile:
    """Read a package, which stays open for its pictures.

    Raises:
        InputRefusedError: it is damaged, was altered, a value in it is not what it has to be, or its own events say
            something else than it does.
    """
    opened = path.open("rb")
    try:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        opened.seek(0)
        container = OpenContainer(opened, path.name, check=progress.check)
        try:
            package = read_package(container, check=progress.check)
            require_borne_out(package)
        except InputRefusedError as error:
            error.subject = error.subject or path.name
            raise
    except BaseException:
        opened.close()
        raise

    def close() -> None:
        container.close()
        opened.close()

    return _returned(package, container, path.name, digest, close)


PACKAGE = Reader(_KIND, _fits, _read)


def _returned(
    package: WorkPackage, container: OpenContainer, name: str, digest: str, close: Callable[[], None]
) -> ReturnedFile:
    answers = package.answers
    return ReturnedFile(
        kind=_KIND,
        name=name,
        sha256=digest,
        stories=tuple(_returning(story, package.made_by) for story in package.stories),
        package=answers.package if answers is not None else package.id,
        edition=answers.edition if answers is not None else 0,
        origin=answers.origin if answers is not None else "",
        head=package.head.hash if answers is not None else "",
        lineage=frozenset(link.hash for link in package.audit),
        earlier=tuple(link.previous for link in package.audit if link.operation == _PACKED),
        author=package.made_by,
        people={person.id: person for person in package.people},
        pictures=tuple(
            ReturnedPicture(one.picture, partial(container.read, master_part(one.picture.sha256)))
            for one in package.pictures
        ),
        close=close,
    )


def _returning(story: PackedStory, sender: str | None) -> Returning:
    facts, wordings = story.facts, story.rows.get("wordings", ())
    return Returning(
        story=story.id,
        base=story.base,
        content=story.content,
        comments=story.comments,
        signoffs=story.signoffs,
        versions=story.versions,
        authors=_authors(story),
        author=facts.last_editor or sender,
        drafter=facts.drafter,
        last_editor=facts.last_editor,
        hands=tuple(facts.drafters),
        writers=tuple((str(row["began_at"]), str(row["person"])) for row in wordings if row["person"] is not None),
        begun=_begun(story) if not story.base.blocks else None,
    )


def _begun(story: PackedStory) -> Story:
    facts = story.facts
    return Story(
        id=story.id,
        slug=story.slug,
        content=story.content,
        policy=facts.policy,
        languages=story.languages,
        date=facts.date,
        source_url=facts.source_url,
        boilerplate=facts.boilerplate,
        imported_credits=facts.imported_credits,
        drafter=facts.drafter,
    )


def _authors(story: PackedStory) -> dict[Place, str]:
    """Who wrote the words that each text says now, by the history that came along."""
    says = {place: said.text for block in story.content.blocks for place, said in texts_of(block).items()}
    found: dict[Place, str] = {}
    rows = sorted(story.rows.get("wordings", ()), key=lambda row: (str(row["began_at"]), str(row["id"])))
    for row in rows:
        place = (str(row["part"]), str(row["field"]))
        if row["person"] is not None and says.get(place) == row["text"]:
            found[place] = str(row["person"])
    return found
