"""A story as plain lists, edited by the plainest means: what the randomised tests hold the real editor against.

It shares no code with the program. A step is a picture of the whole story before and after it.
"""

import copy
import re
import unicodedata
from dataclasses import dataclass, field

UNTRANSLATED, DRAFT, CONFIRMED, REJECTED = "untranslated", "draft", "confirmed", "rejected"
SENTENCES = re.compile(r"[A-Z][a-z]*(?: [a-z]+)*\.(?: [A-Z][a-z]*(?: [a-z]+)*\.)*")


@dataclass
class Piece:
    """A segment."""

    id: str
    source: str
    target: str = ""
    status: str = UNTRANSLATED
    locked: bool = False

    def write(self, text: str) -> bool:
        if text == self.target or self.locked:
            return False
        self.target, self.status = text, DRAFT if text else UNTRANSLATED
        return True


@dataclass
class Part:
    """A block: text pieces, or the texts of a picture."""

    id: str
    kind: str
    pieces: list[Piece] = field(default_factory=list)
    captions: dict[str, str] | None = None


@dataclass
class PlainStory:
    """The story and its steps."""

    parts: list[Part]
    done: list[tuple[list[Part], list[Part]]] = field(default_factory=list)
    undone: list[tuple[list[Part], list[Part]]] = field(default_factory=list)
    said: dict[str, set[str]] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)

    # Looking

    def pieces(self) -> list[Piece]:
        return [piece for part in self.parts for piece in part.pieces]

    def piece(self, key: str) -> Piece:
        return next(piece for piece in self.pieces() if piece.id == key)

    def part_of(self, key: str) -> Part:
        return next(part for part in self.parts if part.id == key or any(one.id == key for one in part.pieces))

    def keys(self) -> list[str]:
        return [key for part in self.parts for key in ([part.id] if part.captions else [p.id for p in part.pieces])]

    def facts(self) -> list[object]:
        """Everything that counts, as plain values."""
        return [
            (part.id, part.kind, part.captions, [(p.id, p.source, p.target, p.status, p.locked) for p in part.pieces])
            for part in self.parts
        ]

    # Steps

    def step(self, before: list[Part]) -> None:
        """Everything since ``before`` is one step."""
        self.done.append((before, copy.deepcopy(self.parts)))
        self.undone.clear()

    def now(self) -> list[Part]:
        return copy.deepcopy(self.parts)

    def undo(self) -> None:
        step = self.done.pop()
        self.parts = copy.deepcopy(step[0])
        self.undone.append(step)

    def redo(self) -> None:
        step = self.undone.pop()
        self.parts = copy.deepcopy(step[1])
        self.done.append(step)

    # Editing

    def remember(self, piece: Piece, text: str) -> None:
        if piece.id not in self.said and piece.target.strip() and piece.target != text:
            self.said[piece.id] = {piece.target}

    def type(self, key: str, texts: list[str]) -> None:
        """Several texts one after the other, as one step."""
        before, piece, changed = self.now(), self.piece(key), False
        for text in texts:
            if not piece.locked:
                self.remember(piece, text)
            changed |= piece.write(text)
        if changed:
            self.step(before)

    def write_all(self, texts: dict[str, str]) -> None:
        before = self.now()
        for key, text in texts.items():
            piece = self.piece(key)
            self.remember(piece, text)
            piece.target, piece.status = text, DRAFT if text else UNTRANSLATED
        self.step(before)

    def caption(self, key: str, name: str, texts: list[str]) -> None:
        before, captions = self.now(), self.part_of(key).captions
        assert captions is not None
        changed = False
        for text in texts:
            changed |= captions[name] != text
            captions[name] = text
        if changed:
            self.step(before)

    def confirm(self, key: str) -> None:
        piece = self.piece(key)
        if piece.locked or not piece.target.strip() or piece.status == CONFIRMED:
            return
        before = self.now()
        self.said.setdefault(key, set()).add(piece.target)
        piece.status = CONFIRMED
        alike = unicodedata.normalize("NFC", piece.source).strip()
        for other in self.pieces():
            same = alike and unicodedata.normalize("NFC", other.source).strip() == alike
            if not same or other.id == key or other.locked or {key, other.id} & self.alone:
                continue
            if other.target != piece.target and (not other.target.strip() or other.target in self.said[key]):
                self.remember(other, piece.target)
                other.target, other.status = piece.target, DRAFT
        self.step(before)

    def set_status(self, key: str, status: str) -> None:
        before, piece = self.now(), self.piece(key)
        if not piece.locked and piece.status != status:
            piece.status = status
            self.step(before)

    def lock(self, key: str, *, locked: bool) -> None:
        before, piece = self.now(), self.piece(key)
        if piece.locked != locked:
            piece.locked = locked
            self.step(before)

    def split(self, key: str, new: str, source_at: int, target_at: int) -> None:
        """Both places are between two words of the target and two signs of the source."""
        before, part, piece = self.now(), self.part_of(key), self.piece(key)
        place = part.pieces.index(piece)
        first, second = piece.target[:target_at].removesuffix(" "), piece.target[target_at:].removeprefix(" ")
        part.pieces[place : place + 1] = [
            Piece(key, piece.source[:source_at], first, DRAFT if first else UNTRANSLATED),
            Piece(new, piece.source[source_at:], second, DRAFT if second else UNTRANSLATED),
        ]
        self.step(before)

    def join(self, key: str) -> bool:
        part, piece = self.part_of(key), self.piece(key)
        place = part.pieces.index(piece)
        if place + 1 == len(part.pieces) or piece.locked or part.pieces[place + 1].locked:
            return False
        before, other = self.now(), part.pieces.pop(place + 1)
        piece.target = " ".join(filter(None, (piece.target, other.target)))
        piece.source += other.source
        piece.status = DRAFT if piece.target else UNTRANSLATED
        self.step(before)
        return True

    def move_sentences(self, first: Piece, second: Piece, texts: tuple[str, str]) -> None:
        before = self.now()
        for piece, text in zip((first, second), texts, strict=True):
            self.remember(piece, text)
            piece.target, piece.status = text, DRAFT if text else UNTRANSLATED
        part, gone = self.part_of(first.id), [one for one in (first, second) if not (one.source or one.target)]
        if len(gone) == 1 and part is self.part_of(second.id):
            part.pieces.remove(gone[0])  # a row of a paragraph with nothing left on either side
        self.step(before)

    def recut_source(self, key: str, at: int) -> None:
        """Move the boundary of the source between a piece and the next of its part."""
        before, part, piece = self.now(), self.part_of(key), self.piece(key)
        other = part.pieces[part.pieces.index(piece) + 1]
        whole = piece.source + other.source
        for one, source in ((piece, whole[:at]), (other, whole[at:])):
            one.source, one.status = source, DRAFT if one.target else UNTRANSLATED
        self.step(before)

    def align(self, key: str, pieces: list[Piece]) -> None:
        """Cut a part anew: every character stays, and pairs that stay keep their status."""
        before, part = self.now(), self.part_of(key)
        for side, blank in (("source", ""), ("target", " ")):
            was, now = (
                blank.join(filter(None, (getattr(one, side) for one in some))) for some in (part.pieces, pieces)
            )
            assert was == now
        known = {(one.id, one.source, one.target): one.status for one in part.pieces}
        for one in pieces:
            free = DRAFT if one.target else UNTRANSLATED
            assert one.status == known.get((one.id, one.source, one.target), free)
        part.pieces = pieces
        self.step(before)

    def insert(self, parts: list[Part], after: str | None) -> None:
        before = self.now()
        place = self.parts.index(self.part_of(after)) + 1 if after is not None else 1
        self.parts[place:place] = copy.deepcopy(parts)
        self.step(before)

    def remove(self, key: str) -> None:
        before = self.now()
        self.parts.remove(self.part_of(key))
        self.step(before)

    def move(self, key: str, way: int) -> bool:
        before, part = self.now(), self.part_of(key)
        place = self.parts.index(part) + way
        if not 1 <= place < len(self.parts):
            return False
        self.parts.remove(part)
        self.parts.insert(place, part)
        self.step(before)
        return True
