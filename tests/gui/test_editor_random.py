"""Random editing against a plain model: equal text, status, lock and undo after every act, and in the archive at last.

``DIPTYCH_SEED`` repeats a run; every failure names its seed.
"""

import itertools
import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from plain_story import CONFIRMED, DRAFT, REJECTED, SENTENCES, Part, Piece, PlainStory

from desktop_app.desk.desk import Desk
from desktop_app.desk.editing import edit_story
from desktop_app.desk.people import add_person
from desktop_app.desk.realigning import aligned_anew
from desktop_app.desk.sentence_rules import default_rules
from desktop_app.desk.stories import open_story
from desktop_app.desk.verification import verify
from desktop_app.desk.wordings import wordings
from desktop_app.domain.edits import Edit, recut_segments, set_target
from desktop_app.domain.story import Bilingual, Block, BlockKind, Content, Placement, Segment, SegmentStatus, Story
from desktop_app.gui.editor.document import StoryDocument
from desktop_app.gui.editor.rearranging import Move, move_sentence
from desktop_app.gui.editor.rows import CREDITS, Field
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.store import stories as store
from tests.founding import found_desk

pytestmark = pytest.mark.usefixtures("qapp")

_SOURCES = ("会议于周一开始，校长出席。", "双方签署协议。", "来宾参观校史馆，合影留念。", "会议结束。")
_WORDS = ("the", "talk", "began", "on", "monday", "they", "signed", "plan", "guests", "saw", "our", "museum", "ended")
_CAPTIONS = {"caption_zh": Field.CAPTION_SOURCE, "caption_en": Field.CAPTION_TARGET, "alt_en": Field.ALT}


def _numbered(prefix: str) -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"{prefix}{next(numbers)}"


def _sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randint(1, 4))).capitalize() + "."


def _sentences(chance: random.Random) -> str:
    return " ".join(_sentence(chance) for _ in range(chance.randint(1, 3)))


def _begin(chance: random.Random) -> list[Part]:
    ids = _numbered("p")
    parts = [Part("head", "headline", [Piece("h", "一行来校交流")])]
    for number in range(chance.randint(3, 6)):
        if chance.random() < 0.3:
            parts.append(_picture(chance, f"pic{number}"))
        pieces = [Piece(ids(), chance.choice(_SOURCES)) for _ in range(chance.randint(1, 4))]
        for piece in pieces:
            if chance.random() < 0.5:
                piece.write(_sentences(chance))
        parts.append(Part(f"b{number}", chance.choice(["paragraph", "quotation"]), pieces))
    return parts


def _picture(chance: random.Random, key: str) -> Part:
    caption = chance.choice(["", "A group"])
    return Part(key, "picture", captions={"caption_zh": "合影", "caption_en": caption, "alt_en": ""})


def _block(part: Part) -> Block:
    segments = tuple(Segment(p.id, p.source, p.target, SegmentStatus(p.status), p.locked) for p in part.pieces)
    said, place = part.captions, None
    if said is not None:
        caption, alt = Bilingual(said["caption_zh"], said["caption_en"]), Bilingual(en=said["alt_en"])
        place = Placement("1.jpg", caption=caption, alt=alt)
    return Block(part.id, BlockKind(part.kind), segments, place)


def _facts(story: Story) -> list[object]:
    found: list[object] = []
    for block in story.content.blocks:
        place = block.placement
        captions = place and {"caption_zh": place.caption.zh, "caption_en": place.caption.en, "alt_en": place.alt.en}
        pieces = [(s.id, s.source, s.target, s.status.value, s.locked) for s in block.segments]
        found.append((block.id, block.kind.value, captions, pieces))
    return found


class _Editing:
    """One story under the hands of chance: the real document and archive, and the plain model beside them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        parts = _begin(self.chance)
        self.plain = PlainStory(parts)
        story = Story("s", "s", Content(tuple(map(_block, parts))))
        self.desk: Desk = found_desk(folder)
        self.person = add_person(self.desk, "LI Wei")[0]
        with self.desk.archive.write() as unit:
            store.add(unit.session, story, at=unit.at)
            unit.record("stories imported", story="s", stories=["s"])
        self.clock = 0.0
        self.ids = _numbered("n")
        self.document = StoryDocument(open_story(self.desk, "s").story, ids=self.ids, clock=lambda: self.clock)
        self.flight: list[Edit] | None = None
        self.committed = False
        self.acts: dict[Callable[[], None], int] = {
            self.burst: 14, self.paste: 6, self.compose: 6, self.copy_source: 3, self.confirm: 12, self.reject: 3,
            self.unconfirm: 3, self.lock: 5, self.split: 7, self.join: 7, self.move_sentence: 7, self.recut: 4,
            self.replace: 3, self.insert: 4, self.remove: 3, self.move: 4, self.caption: 6, self.alone: 2,
            self.realign: 1, self.undo: 16, self.redo: 12, self.save: 14,
        }  # fmt: skip

    def run(self, acts: int) -> None:
        for number in range(acts):
            (act,) = self.chance.choices(list(self.acts), list(self.acts.values()))
            act()
            self.document.seal()
            self.clock += self.chance.choice([0.1, 5.0])
            assert _facts(self.document.story()) == self.plain.facts(), f"after act {number}, {act.__name__}"
            assert [row.key for row in self.document.rows] == [*self.plain.keys(), CREDITS]
            assert self.document.can_undo() is bool(self.plain.done), act.__name__
            assert self.document.can_redo() is bool(self.plain.undone), act.__name__

    # Acts

    def _any(self) -> Piece:
        return self.chance.choice(self.plain.pieces())

    def burst(self) -> None:
        piece = self._any()
        text = _sentence(self.chance) if self.chance.random() < 0.9 else ""
        texts = [text[:end] for end in range(1, len(text) + 1)] or [""]
        for one in texts:
            self.document.write(piece.id, Field.TARGET, one)
            self.clock += 0.2
        self.plain.type(piece.id, texts)

    def _whole(self, piece: Piece, text: str) -> None:
        self.document.write(piece.id, Field.TARGET, text, whole=True)
        self.plain.type(piece.id, [text])

    def paste(self) -> None:
        strange = self.chance.choice(["", " doubled  blanks ", "é 𠀀 \u00a0", "汉字 in English"])
        self._whole(self._any(), _sentences(self.chance) + strange)

    def compose(self) -> None:
        piece = self._any()
        at = self.chance.randint(0, len(piece.target))
        self._whole(piece, piece.target[:at] + "汉字" + piece.target[at:])

    def copy_source(self) -> None:
        piece = self._any()
        self._whole(piece, piece.source)

    def confirm(self) -> None:
        key = self._any().id
        self.document.confirm(key, SegmentStatus.CONFIRMED, *self.document.followers(key))
        self.plain.confirm(key)

    def reject(self) -> None:
        key = self._any().id
        self.document.set_status(key, SegmentStatus.REJECTED)
        self.plain.set_status(key, REJECTED)

    def unconfirm(self) -> None:
        piece = self._any()
        if piece.status in {CONFIRMED, REJECTED}:
            self.document.set_status(piece.id, SegmentStatus.DRAFT)
            self.plain.set_status(piece.id, DRAFT)

    def lock(self) -> None:
        piece = self._any()
        locked = not piece.locked and self.chance.random() < 0.5
        self.document.set_lock(piece.id, locked=locked)
        self.plain.lock(piece.id, locked=locked)

    def split(self) -> None:
        piece = self._any()
        if len(piece.source) < 2 or piece.target != " ".join(piece.target.split()):
            return
        blanks = [place for place, sign in enumerate(piece.target) if sign == " "]
        source_at = self.chance.randrange(1, len(piece.source))
        target_at = self.chance.choice([0, len(piece.target), *blanks, *(place + 1 for place in blanks)])
        new = self.document.split(piece.id, source_at, target_at)
        assert (new is None) is piece.locked
        if new is not None:
            self.plain.split(piece.id, new, source_at, target_at)

    def join(self) -> None:
        key = self._any().id
        assert self.document.join(key) is self.plain.join(key)

    def move_sentence(self) -> None:
        pieces, way = self.plain.pieces(), self.chance.choice([-1, 1])
        place = self.chance.randrange(len(pieces))
        if not 0 <= place + way < len(pieces):
            return
        here, other = pieces[place], pieces[place + way]
        if here.locked or other.locked or not SENTENCES.fullmatch(here.target):
            return
        if other.target and not SENTENCES.fullmatch(other.target):
            return
        said = [f"{one}." for one in here.target[:-1].split(". ")]
        number = self.chance.randrange(len(said))
        cursor = len(" ".join(said[:number])) + 2 if number else 0
        move = move_sentence(self.document, here.id, Field.TARGET, cursor, way)
        assert isinstance(move, Move), move
        self.document.apply(*move.edits)
        goes, stays = (said[: number + 1], said[number + 1 :]) if way < 0 else (said[number:], said[:number])
        joined = " ".join(filter(None, [other.target, *goes] if way < 0 else [*goes, other.target]))
        pair = (other, here) if way < 0 else (here, other)
        self.plain.move_sentences(*pair, (joined, " ".join(stays)) if way < 0 else (" ".join(stays), joined))

    def recut(self) -> None:
        piece = self._any()
        members = self.plain.part_of(piece.id).pieces
        place = members.index(piece)
        if place + 1 == len(members) or piece.locked or members[place + 1].locked:
            return
        whole = piece.source + members[place + 1].source
        if len(whole) < 2:
            return
        at = self.chance.randrange(1, len(whole))
        pair = [self.document.segment(one.id) for one in members[place : place + 2]]
        assert pair[0] is not None
        assert pair[1] is not None
        cut = recut_segments(pair[0], pair[1], "source", at, self.document.languages)
        self.document.apply(self.document.replacing(piece.id, 2, cut))
        self.plain.recut_source(piece.id, at)

    def realign(self) -> None:
        """Where the cuts come to lie is the aligner's to say; that no character goes is asked for here."""
        key = self._any().id
        given = self.document.paragraph(key)
        if any(segment.locked for segment in given):
            return
        made = aligned_anew(given, self.document.languages, default_rules(), Lexicon(), new_id=self.ids)
        if made != given:
            self.document.apply(self.document.replacing(given[0].id, len(given), made))
            pieces = [Piece(one.id, one.source, one.target, one.status.value) for one in made]
            self.plain.align(key, pieces)

    def replace(self) -> None:
        word = self.chance.choice(_WORDS)
        texts = {p.id: p.target.replace(word, "word") for p in self.plain.pieces() if word in p.target and not p.locked}
        if texts:
            segments = [(self.document.segment(key), text) for key, text in texts.items()]
            self.document.apply(*(set_target(segment, text) for segment, text in segments if segment is not None))
            self.plain.write_all(texts)

    def insert(self) -> None:
        parts = [_picture(self.chance, f"pic-{self.ids()}") for _ in range(self.chance.randint(1, 2))]
        if self.chance.random() < 0.3:
            text = _sentences(self.chance)
            parts.append(Part(f"b-{self.ids()}", "paragraph", [Piece(self.ids(), "", text, DRAFT)]))
        after = self.chance.choice([*self.plain.keys(), None])
        self.document.insert_blocks([_block(part) for part in parts], after=after)
        self.plain.insert(parts, after)

    def _addition(self) -> Part | None:
        free = [part for part in self.plain.parts if not any(piece.source or piece.locked for piece in part.pieces)]
        return self.chance.choice(free) if free else None

    def remove(self) -> None:
        part = self._addition()
        if part is not None:
            assert self.document.remove_block(part.pieces[0].id if part.pieces else part.id) is None
            self.plain.remove(part.id)

    def move(self) -> None:
        part, way = self._addition(), self.chance.choice([-1, 1])
        if part is not None:
            refusal = self.document.move_block(part.pieces[0].id if part.pieces else part.id, way)
            assert (refusal is None) is self.plain.move(part.id, way)

    def caption(self) -> None:
        pictures = [part.id for part in self.plain.parts if part.captions is not None]
        if pictures:
            key, name, text = self.chance.choice(pictures), self.chance.choice(list(_CAPTIONS)), _sentence(self.chance)
            texts = [text[:end] for end in range(1, len(text) + 1)]
            for one in texts:
                self.document.write(key, _CAPTIONS[name], one)
            self.plain.caption(key, name, texts)

    def alone(self) -> None:
        self.plain.alone ^= {self._any().id}
        self.document.repetitions = self.document.repetitions._replace(alone=frozenset(self.plain.alone))

    def undo(self) -> None:
        if self.plain.done:
            self.plain.undo()
            assert self.document.undo() is not None
        else:
            assert self.document.undo() is None

    def redo(self) -> None:
        if self.plain.undone:
            self.plain.redo()
            assert self.document.redo() is not None
        else:
            assert self.document.redo() is None

    # Saving, in the steps that autosave takes; whatever the archive says between them is an echo

    def save(self) -> None:
        if self.flight is None:
            self.flight, self.committed = self.document.take_pending() or None, False
        elif not self.committed and self.chance.random() < 0.15:
            self.document.give_back(self.flight)
            self.flight = None
        elif not self.committed:
            edit_story(self.desk, "s", self.flight, by=self.person)
            self.committed = True
        else:
            self.document.pending_saved()
            self.flight = None
        if self.chance.random() < 0.5:
            story = open_story(self.desk, "s").story
            assert self.document.is_echo(story)
            assert self.document.replace_story(story) == []

    def finish(self) -> None:
        while self.flight is not None or self.document.has_pending():
            self.save()
        story = open_story(self.desk, "s").story
        assert _facts(story) == self.plain.facts()
        last = {(one.part, one.field): one for one in wordings(self.desk, "s")}
        assert last
        for segment in story.content.segments():
            said = last.get((segment.id, "target"))
            assert said is None or (said.text, said.status) == (segment.target, segment.status.value)
        assert verify(self.desk).problems == ()
        while self.plain.done:
            self.undo()
            assert _facts(self.document.story()) == self.plain.facts()
        while self.flight is not None or self.document.has_pending():
            self.save()
        assert _facts(open_story(self.desk, "s").story) == self.plain.facts()
        assert verify(self.desk).problems == ()


def _edit(folder: Path, seed: int, acts: int) -> None:
    editing = _Editing(folder, seed)
    try:
        editing.run(acts)
        editing.finish()
    except BaseException as error:
        error.add_note(f"DIPTYCH_SEED={seed}, {acts} acts")
        raise
    finally:
        editing.desk.close()


def _seed() -> int:
    return int(os.environ.get("DIPTYCH_SEED") or random.SystemRandom().randrange(2**32))


@pytest.mark.parametrize("seed", [1, 2, 3, _seed()], ids=["one", "two", "three", "any"])
def test_editing_at_random_is_what_a_plain_list_would_say(tmp_path: Path, seed: int) -> None:
    _edit(tmp_path / "archive", seed, 250)


@pytest.mark.proof
def test_many_thousand_random_acts(tmp_path: Path) -> None:
    first = _seed()
    for number in range(40):
        _edit(tmp_path / str(number), first + number, 500)
