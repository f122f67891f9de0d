"""Matches the expressions of sentence rules without backtracking, many at once.

The expressions come from people and from files of other programs, so they are not handed to ``re``: all rules of a
language run together as one automaton, whose states are made when they are first met. A place in a text costs at most
``WINDOW`` steps on either side, whatever the expressions say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop_app.language.sentences.characters import Chars, is_nothing, is_word
from desktop_app.language.sentences.syntax import Choice, Look, Node, One, Sequence, WordEdge

WINDOW = 100
_MAX_CACHED = 200_000


def full_match(node: Node, text: str) -> bool:
    """Whether the expression matches the whole of a short text, such as a language tag."""
    text = text[:WINDOW]
    return 0 in Automaton([Sequence((node, Look(True, is_nothing)))]).forward(text, 0)


@dataclass(slots=True)
class _State:
    """A set of places in the expressions, and where the characters met so far led from it."""

    kernel: frozenset[int]
    needs_both: bool
    steps: dict[str, tuple[frozenset[int], "_State | None"]] = field(default_factory=dict)


class Automaton:
    """Many expressions at once: tells which of them match at a place, to its right or to its left."""

    def __init__(self, nodes: Iterable[Node], *, leftward: bool = False) -> None:
        """Build for expressions that begin at the place, or with ``leftward`` end there."""
        self._leftward = leftward
        self._free: list[list[int]] = []
        self._conditions: list[list[tuple[Look | WordEdge, int]]] = []
        self._moves: list[list[tuple[Chars, int]]] = []
        self._accepts: list[int] = []
        self._owner: list[int] = []
        starts = [self._add_rule(rule, node) for rule, node in enumerate(nodes)]
        self._states: dict[frozenset[int], _State] = {}
        self._cached = 0
        self._start = frozenset(starts)

    def forward(self, text: str, place: int) -> frozenset[int]:
        """The expressions that match from ``place`` on, by their number."""
        return self._run(text, place, 1)

    def backward(self, text: str, place: int) -> frozenset[int]:
        """The expressions that match up to ``place``, by their number."""
        return self._run(text, place, -1)

    def may_meet(self, char: str) -> bool:
        """Whether any expression can match where ``char`` is the first character looked at."""
        seen, open_places = set(self._start), list(self._start)
        while open_places:
            place = open_places.pop()
            if self._accepts[place] >= 0 or any(chars(char) for chars, _ in self._moves[place]):
                return True
            targets = self._free[place] + [target for _, target in self._conditions[place]]
            open_places += [target for target in targets if target not in seen]
            seen.update(targets)
        return False

    def _run(self, text: str, place: int, step: int) -> frozenset[int]:
        state: _State | None = self._state(self._start)
        found: frozenset[int] = frozenset()
        behind, ahead = (-1, 0) if step > 0 else (0, -1)
        for moved in range(WINDOW + 1):
            at = place + moved * step
            before, after = at + behind, at + ahead
            last = text[before] if 0 <= before < len(text) else ""
            following = text[after] if 0 <= after < len(text) else ""
            if state is None:
                break
            accepted, state = self._step(state, last, following)
            if accepted:
                found |= accepted
            if not following:
                break
        return found

    def _step(self, state: _State, last: str, following: str) -> tuple[frozenset[int], _State | None]:
        """What is accepted here, and the state behind ``following``."""
        key = (last or "\0\0") + following if state.needs_both else following
        known = state.steps.get(key)
        if known is not None:
            return known
        left, right = (following, last) if self._leftward else (last, following)
        reached = self._closure(state.kernel, left, right)
        accepted = frozenset(self._accepts[place] for place in reached if self._accepts[place] >= 0)
        onward = {
            target
            for place in reached
            if self._owner[place] not in accepted and following
            for chars, target in self._moves[place]
            if chars(following)
        }
        answer = (accepted, self._state(frozenset(onward)) if onward else None)
        self._cached += 1
        if self._cached > _MAX_CACHED:
            self._states.clear()
            self._cached = 0
        else:
            state.steps[key] = answer
        return answer

    def _state(self, kernel: frozenset[int]) -> _State:
        state = self._states.get(kernel)
        if state is None:
            state = self._states[kernel] = _State(kernel, self._has_conditions(kernel))
        return state

    def _has_conditions(self, kernel: frozenset[int]) -> bool:
        seen, open_places = set(kernel), list(kernel)
        while open_places:
            place = open_places.pop()
            if self._conditions[place]:
                return True
            fresh = [target for target in self._free[place] if target not in seen]
            seen.update(fresh)
            open_places += fresh
        return False

    def _closure(self, kernel: frozenset[int], left: str, right: str) -> set[int]:
        seen, open_places = set(kernel), list(kernel)
        while open_places:
            place = open_places.pop()
            targets = list(self._free[place])
            targets += [target for condition, target in self._conditions[place] if _holds(condition, left, right)]
            fresh = [target for target in targets if target not in seen]
            seen.update(fresh)
            open_places += fresh
        return seen

    def _add_rule(self, rule: int, node: Node) -> int:
        first = self._new(rule)
        last = self._build(node, first, rule)
        self._accepts[last] = rule
        return first

    def _new(self, rule: int) -> int:
        self._free.append([])
        self._conditions.append([])
        self._moves.append([])
        self._accepts.append(-1)
        self._owner.append(rule)
        return len(self._free) - 1

    def _build(self, node: Node, start: int, rule: int) -> int:
        """Append the places of ``node`` behind ``start`` and return where it ends."""
        if isinstance(node, One):
            end = self._new(rule)
            self._moves[start].append((node.chars, end))
            return end
        if isinstance(node, Look | WordEdge):
            end = self._new(rule)
            self._conditions[start].append((node, end))
            return end
        if isinstance(node, Sequence):
            for part in reversed(node.parts) if self._leftward else node.parts:
                start = self._build(part, start, rule)
            return start
        end = self._new(rule)
        if isinstance(node, Choice):
            for branch in node.branches:
                first = self._new(rule)
                self._free[start].append(first)
                self._free[self._build(branch, first, rule)].append(end)
            return end
        for _ in range(node.least):
            start = self._build(node.part, start, rule)
        if node.most is None:
            again = self._new(rule)
            self._free[start] += [again, end]
            self._free[self._build(node.part, again, rule)] += [again, end]
            return end
        for _ in range(node.most - node.least):
            self._free[start].append(end)
            first = self._new(rule)
            self._free[start].append(first)
            start = self._build(node.part, first, rule)
        self._free[start].append(end)
        return end


def _holds(condition: Look | WordEdge, left: str, right: str) -> bool:
    if isinstance(condition, WordEdge):
        return (is_word(left) != is_word(right)) != condition.negated
    return condition.chars(right if condition.ahead else left)
