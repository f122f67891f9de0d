"""Who made each change between two texts of a story: by its wordings, else by the events of editing, else not known.

Nobody is named for words that they did not write: where neither tells, the author is nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop_app.domain.authors import NOBODY_KNOWN, Author, Made, Wrote, blame, blame_pieces
from desktop_app.domain.changes import PICTURE_FIELDS, Comparison, Key, Moved, Regrouped, TextChanged, placement_text
from desktop_app.domain.records import Event, Version
from desktop_app.domain.story import Content, joiner
from desktop_app.domain.wordings import Place, Wording

_RESTORED = "version restored"
_RESOURCED = frozenset({"source changed", "source change reopened"})
_GONE = frozenset({"removed"})
_CUT = frozenset({"segments"})
_PLACED = frozenset({"moved", "put in"})


class Authorship:
    """Knows what people did to a story between the version ``old`` and ``new``, which is empty for the text of now.

    ``version`` is the content of ``old``, ``stands`` that of ``new``.
    """

    def __init__(
        self,
        versions: Sequence[Version],
        events: Sequence[Event],
        wordings: Sequence[Wording],
        old: str,
        new: str,
        version: Content,
        stands: Content,
    ) -> None:
        at = {str(one.number): one.at for one in versions}
        self._since, self._until = at.get(old, ""), at.get(new, "~")
        self._began = _texts(version)
        self._ended = _texts(stands)
        said: dict[Place, list[Wording]] = defaultdict(list)
        for one in wordings:
            said[one.part, one.field.replace("_", "-")].append(one)
        self._said = {place: self._between(place, rows) for place, rows in said.items()}
        self._touched: dict[str, list[tuple[str, Author]]] = defaultdict(list)
        self._restored: list[Author] = []
        self._resourced: list[Author] = []
        self._cut_at: set[str] = set()
        for event in events:
            if self._since <= event.at <= self._until and not (old and event.data.get("now") == old):
                self._take(event)

    def _between(self, place: Place, rows: Sequence[Wording]) -> list[Wording]:
        """The wordings of a text that came after the older version and are in the newer.

        An act that freezes a version and writes, as restoring does, does both at one moment: what the version says
        itself was there before it.
        """
        found = [one for one in rows if one.at >= self._since and one.began_at <= self._until]
        was = [number for number, one in enumerate(found, 1) if one.at == self._since]
        known = [number for number in was if found[number - 1].text == self._began.get(place, "")]
        found = found[known[-1] if known else 0 :]
        ended = self._ended.get(place, "")
        while found and found[-1].began_at == self._until and found[-1].text != ended:
            found.pop()
        if found and found[-1].at > self._until:  # the sitting went on after the version was frozen
            found[-1] = replace(found[-1], text=ended)
        return found

    def _take(self, event: Event) -> None:
        author = Author(event.person, event.at)
        if event.operation == _RESTORED:
            self._restored.append(author)
        if event.operation in _RESOURCED:
            self._resourced.append(author)
        edits, words = event.data.get("edits"), event.data.get("words")
        for edit in edits if isinstance(edits, list) else ():
            if isinstance(edit, list) and len(edit) > 1:
                self._touched[str(edit[1])].append((str(edit[0]), author))
                if edit[0] in _CUT:
                    self._cut_at.add(event.at)
        for word in words if isinstance(words, list) else ():
            if isinstance(word, list) and word:
                self._touched[str(word[0])].append(("segment", author))
        block = event.data.get("block")
        if isinstance(block, str):
            self._touched[block].append(("picture", author))

    # Credits

    def of(self, comparison: Comparison) -> dict[Key, Made]:
        """Who made every change of a comparison: from ``version``, or from it with what was accepted."""
        homes = {s.id: block.id for block in (*comparison.base.blocks, *comparison.now.blocks) for s in block.segments}
        cut = {change.block: change for change in comparison.changes if isinstance(change, Regrouped)}
        paragraphs = {block: self._paragraph(comparison, change) for block, change in cut.items()}
        found: dict[Key, Made] = {}
        for change in comparison.changes:
            if isinstance(change, Moved):
                found[change.keys[0]] = self._last(change.block, _PLACED)
            elif isinstance(change, Regrouped):
                found[change.keys[0]] = self._last(change.block, _CUT)
            else:
                home = homes.get(change.part, change.part)
                made = paragraphs.get(home, {}).get(change.place) or self._of_text(change, home)
                found.update(zip(change.keys, made, strict=True))
        return found

    def _last(self, block: str, kinds: frozenset[str]) -> Made:
        """Who did something of these kinds to a block last."""
        known = [author for kind, author in self._touched.get(block, ()) if kind in kinds]
        return Made.by(max([*known, *self._restored], key=lambda one: one.at, default=NOBODY_KNOWN))

    def _only(self, *parts: str, also: Sequence[Author] = ()) -> Author:
        """Who did anything to these parts, where it was one person alone."""
        known = [*(author for part in parts for _, author in self._touched.get(part, ())), *self._restored, *also]
        alone = len({author.person for author in known}) == 1
        return max(known, key=lambda one: one.at) if alone else NOBODY_KNOWN

    def _of_text(self, change: TextChanged, home: str) -> list[Made]:
        hunks = change.hunks()
        if change.field == "source" and self._resourced:
            return [Made.by(self._only(also=self._resourced))] * len(hunks)
        otherwise = self._last(home, _GONE).authors[0] if change.gone else self._only(change.part, home)
        if change.same_name or change.field not in {"target", *PICTURE_FIELDS[1:]}:
            return [Made.by(otherwise)] * len(hunks)
        rows = self._said.get(change.place, [])
        steps = [Wrote(one.text, Author(one.person, one.at)) for one in rows]
        return blame(change.old, steps, change.new, otherwise, begins=self._began.get(change.place))

    def _paragraph(self, comparison: Comparison, cut: Regrouped) -> Mapping[Place, list[Made]]:
        """Who made the changes of words in a paragraph whose segments were split or joined.

        All its segments are followed together, because words went from one to the other without being written anew.
        """
        base, now = (
            next(block for block in content.blocks if block.id == cut.block)
            for content in (comparison.base, comparison.now)
        )
        blank = joiner(comparison.languages.target)
        made = blame_pieces(
            [segment.target for segment in base.segments],
            list(self._paragraphs(cut, blank)),
            [segment.target for segment in now.segments],
            blank,
            self._only(cut.block, *(segment.id for segment in now.segments)),
        )
        return {(segment.id, "target"): one for segment, one in zip(now.segments, made, strict=True) if one}

    def _paragraphs(self, cut: Regrouped, blank: str) -> Iterator[Wrote]:
        """What a paragraph said over time."""
        order = _merged(cut.before, cut.after)
        texts = {part: self._began.get((part, "target"), "") for part in order}
        moments: dict[str, list[Wording]] = defaultdict(list)
        for part in order:
            for row in self._said.get((part, "target"), ()):
                moments[row.began_at].append(row)
        for began_at in sorted(moments):
            rows = moments[began_at]
            texts.update({row.part: row.text for row in rows})
            if began_at in self._cut_at or any(one.at == began_at for one in self._restored):
                for part in order:  # a segment that was joined to another says nothing any more
                    if part not in cut.after and any(texts[part] in row.text for row in rows if row.part != part):
                        texts[part] = ""
            text = blank.join(texts[part] for part in order if texts[part])
            yield Wrote(text, Author(rows[-1].person, rows[-1].at))


def _merged(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The segments of both cuts in reading order."""
    found = list(after)
    for number, part in enumerate(before):
        if part not in found:
            found.insert(found.index(before[number - 1]) + 1 if number else 0, part)
    return found


def _texts(content: Content) -> dict[Place, str]:
    """The texts of a content whose history is kept."""
    found: dict[Place, str] = {}
    for block in content.blocks:
        found.update({(segment.id, "target"): segment.target for segment in block.segments})
        if block.placement is not None:
            found.update({(block.id, field): placement_text(block.placement, field) for field in PICTURE_FIELDS[1:]})
    return found
