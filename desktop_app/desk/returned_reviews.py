"""A review document that comes home from Word or LibreOffice: its words as proposals, its comments, and who wrote what.

What the editor did that is no change of the English (rows taken out or added, a source written over, text outside the
table, notes under the page) is told and not taken.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.desk.cataloguing import read_file
from desktop_app.desk.desk import Desk, Progress
from desktop_app.desk.file_people import FilePeople
from desktop_app.desk.returned_talk import Remark, talk_of
from desktop_app.desk.returning import ReturnedFile, Returning, Step, Told, left_aside
from desktop_app.desk.went_out import Ground, ground_of
from desktop_app.domain.comments import place_numbers
from desktop_app.domain.digest import signed_text
from desktop_app.domain.edits import clean
from desktop_app.domain.returned_texts import Came, Composed, Spot, composed, texts_in
from desktop_app.domain.story import Content, Story
from desktop_app.domain.wordings import Place
from desktop_app.exchange.formats.review_docx import read_review
from desktop_app.exchange.formats.review_docx.returned import (
    Problem,
    ProblemKind,
    ReturnedComment,
    ReturnedReview,
    ReturnedRow,
)
from desktop_app.exchange.formats.review_docx.terms import carried, code_of, text_hash
from desktop_app.exchange.limits import MEBIBYTE
from desktop_app.foundation.errors import InputRefusedError
from desktop_app.foundation.messages import N_
from desktop_app.store import comments as comment_store
from desktop_app.store import part_owners
from desktop_app.store import people as people_store
from desktop_app.store import stories as store
from desktop_app.store.archive import Session

_MOST_BYTES = 100 * MEBIBYTE
_UNSURE = frozenset({ProblemKind.DISAGREEMENT})  # the words may be those of another row
_OTHERS = N_("This review document is of a story that is not in this archive.")
_ADVICE = N_("Open the archive from which it was exported.")


def read_review_file(desk: Desk, path: Path, progress: Progress) -> ReturnedFile:
    """Read a review document as a story that comes home.

    Raises:
        InputRefusedError: it is no review document, damaged, hostile, or of another archive's story.
    """
    data = read_file(path, _MOST_BYTES)
    try:
        progress.check()
        review = read_review(data)
        progress.check()
        with desk.archive.read() as session:
            story = _story(session, review)
            returning = _Homeward(desk, session, story, review).returning()
    except InputRefusedError as error:
        error.subject = error.subject or str(path)
        raise
    return ReturnedFile("docx", path.name, hashlib.sha256(data).hexdigest(), (returning,))


def _story(session: Session, review: ReturnedReview) -> Story:
    """The story by its id; where the file has lost that, by the segments that it has rows of."""
    found = store.load(session, review.origin.story) if review.origin.story else None
    if found is None:
        owners = part_owners.of_parts(session, {row.part for row in review.rows if row.part})
        (name, _), *_ = [*owners.most_common(1), ("", 0)]
        found = store.load(session, name) if name else None
    if found is None:
        raise InputRefusedError(_OTHERS, advice=_ADVICE)
    return found


@dataclass
class _Homeward:
    """One document on its way into one story."""

    desk: Desk
    session: Session
    story: Story
    review: ReturnedReview

    def __post_init__(self) -> None:
        """Look up what the rows are compared with."""
        self.people = FilePeople(people_store.everybody(self.session))
        self.numbers = place_numbers(self.story.content)
        self.ground = ground_of(self.session, self.story, self.review.origin.digest, self._likeness)
        self.parts = _parts(self.ground.content) | _parts(self.story.content)

    def returning(self) -> Returning:
        """Everything that the document brings."""
        aside = {(one.part, one.field) for one in self.review.problems if one.kind in _UNSURE}
        rows: dict[Spot, ReturnedRow] = {
            (self._part(row), row.field): row
            for row in self.review.rows
            if row.deleted_by is None and (row.part, row.field) not in aside
        }
        texts = texts_in(self.ground.content)
        came = [self._came(row, texts[spot].target if spot in texts else None) for spot, row in rows.items()]
        made = composed(
            self.ground.content, self.story.content, came, sure=self.ground.sure, doubtful=self.ground.doubtful
        )
        threads = frozenset(one.id for one in comment_store.of_story(self.session, self.story.id))
        talk = talk_of(self.story.id, list(self._remarks()), self.people, self.desk.now(), here=threads)
        authors, steps = self._authors(made, rows)
        told = [*_told_of(self.ground), *map(_told, self.review.problems), *self._left(made, rows), *talk.told]
        told += [*self._untracked(made, rows), *self.people.told()]
        return Returning(
            self.story.id,
            made.base,
            made.content,
            talk.comments,
            authors=authors,
            told=tuple(told),
            strangers=self.people.strangers,
            steps=steps,
        )

    def _part(self, row: ReturnedRow) -> str:
        """The id of a row's segment or picture; the file may have it as a code alone."""
        return self.parts.get(row.code, row.part)

    def _likeness(self, content: Content) -> int:
        texts = texts_in(content)
        parts = _parts(content)
        spots = {(parts.get(row.code, row.part), row.field): row for row in self.review.rows}
        return sum(spot in texts and _went_as(row, texts[spot].target) is not None for spot, row in spots.items())

    def _came(self, row: ReturnedRow, stood: str | None) -> Came:
        """What a row says; a text that nobody touched keeps its very characters."""
        left = row.left_as if row.left_as is not None else _went_as(row, stood or "")
        if left is None and row.target_hash and text_hash(row.before) == row.target_hash:
            left = row.before
        text = stood if stood is not None and row.after == carried(stood) else row.after
        untouched = row.source_hash and text_hash(row.source) == row.source_hash
        return Came(self._part(row), row.field, text, left, row.source if untouched else None)

    # Who wrote what

    def _authors(
        self, made: Composed, rows: Mapping[Spot, ReturnedRow]
    ) -> tuple[dict[Place, str], dict[Place, tuple[Step, ...]]]:
        """Who wrote each text that changed last, where the file says; and what it said after each of its authors."""
        authors: dict[Place, str] = {}
        steps: dict[Place, tuple[Step, ...]] = {}
        base, after = texts_in(made.base), texts_in(made.content)
        for spot in made.changed:
            place = spot[0], spot[1].replace("-", "_")
            said = tuple(self._steps(rows[spot], base[spot].target, after[spot].target))
            if said:
                steps[place] = said
                authors |= {place: said[-1].author} if said[-1].author is not None else {}
        return authors, steps

    def _steps(self, row: ReturnedRow, base: str, after: str) -> Iterator[Step]:
        """What the text said one author after the other; what was not tracked came first and is nobody's."""
        last = base
        for text, author in [(row.before, ""), *((stage.text, stage.author) for stage in row.stages)]:
            said = after if text == row.after else clean(text)
            if signed_text(said) != signed_text(last):
                yield Step(said, self.people.key(author) if author else None)
                last = said

    def _untracked(self, made: Composed, rows: Mapping[Spot, ReturnedRow]) -> Iterator[Told]:
        base = texts_in(made.base)
        for spot in sorted(made.changed, key=lambda spot: self.numbers.get(spot[0], 0)):
            if carried(rows[spot].before) != carried(base[spot].target):
                number = rows[spot].number
                told = N_("Row {number} was changed without tracking; the file does not say by whom.", number=number)
                yield Told(told, spot[0])

    # What was said

    def _remarks(self) -> Iterator[Remark]:
        for row in self.review.rows:
            for one in row.comments:
                yield _remark(self._part(row), one)
        first = next(iter(self.numbers), "")
        beside = [one for row in self.review.strangers for one in row.comments]
        for one in [*beside, *self.review.comments]:
            yield _remark(first, one)

    # What was left aside

    def _left(self, made: Composed, rows: Mapping[Spot, ReturnedRow]) -> Iterator[Told]:
        gone = {one.spot for one in made.gone}
        for one, reason in left_aside(made, lambda spot: rows[spot].number):
            row = rows[one.spot]
            if one.spot not in gone or row.before != row.after or row.untracked:
                yield Told(reason, one.part, one.text)


def _parts(content: Content) -> dict[str, str]:
    """The ids of all segments and picture blocks by what a document calls them."""
    ids = [*(segment.id for segment in content.segments()), *(b.id for b in content.blocks if b.placement is not None)]
    return {code_of(identity): identity for identity in ids}


def _went_as(row: ReturnedRow, text: str) -> str | None:
    """The text, if it is what the row says that it went out as."""
    known = row.target_hash or (text_hash(row.left_as) if row.left_as is not None else "")
    return text if known and text_hash(text) == known else None


def _remark(part: str, one: ReturnedComment) -> Remark:
    return Remark(
        part, one.author, one.text, one.side, one.quote, one.number, one.answers, one.thread, one.known, one.resolved
    )


def _told_of(ground: Ground) -> Iterator[Told]:
    if ground.told is not None:
        yield Told(ground.told)


def _told(problem: Problem) -> Told:
    return Told(problem.message, problem.part, problem.text)
