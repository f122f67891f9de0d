"""Two texts paired twice: with what holds for any two texts, and again with what that taught about these.

In the tradition of W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora" (lengths),
and R. C. Moore, "Fast and Accurate Sentence Alignment of Bilingual Corpora" (words learned from a first pass).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from desktop_app.language.alignment.anchors import is_chinese
from desktop_app.language.alignment.band import band, band_of_path
from desktop_app.language.alignment.learning import learn
from desktop_app.language.alignment.lexicon import Lexicon
from desktop_app.language.alignment.links import Answers, Chances, adapted, known_chances, links
from desktop_app.language.alignment.model import adapted_model, first_model
from desktop_app.language.alignment.scores import Scores
from desktop_app.language.alignment.search import Step, best_path, surest_path
from desktop_app.language.alignment.shapes import Paragraphs, Shape
from desktop_app.language.alignment.support import borne_out
from desktop_app.language.alignment.words import word_lists

_NARROW_BAND = 14
_PRICE = 0.42


class TwoTexts:
    """Two texts and what is known of them: paired once with general knowledge, and again with what that taught."""

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        paragraphs: Paragraphs | None,
        languages: tuple[str, str],
        lexicon: Lexicon,
        shares: Mapping[Shape, float],
    ) -> None:
        self._size = len(source), len(target)
        self._words = word_lists(source, target, languages, lexicon)
        translates = is_chinese(languages[0]) and languages[1].lower().startswith("en")
        self._chances = known_chances(self._words, lexicon if translates else Lexicon({}, lexicon.learned))
        self._scores = Scores(source, target, paragraphs)
        self._shares = shares

    def beads(self) -> Iterator[tuple[int, int, int, int, float]]:
        """Pair them; of each bead its first source sentence and how many, the same of the target, and how sure."""
        for step in self.paired_again(self.paired()):
            yield step.i, step.a, step.j, step.b, step.sure

    def paired(self) -> list[Step]:
        """Find the best path with what holds for any two texts."""
        scores, known = self._scores, links(self._words, self._chances)
        model = first_model(self._shares, scores)
        bounds = band(known, scores.source_lengths.tolist(), scores.target_lengths.tolist())
        return best_path(bounds, model.shapes, model.priors[0, 1], lambda window: scores.window(window, known, model))

    def paired_again(self, path: Sequence[Step]) -> list[Step]:
        """Find the path whose beads are surest, with the words, shapes and lengths that a first path teaches."""
        scores = self._scores
        beads = [(step.i, step.i + step.a, step.j, step.j + step.b) for step in path if step.a and step.b]
        known = adapted(links(self._words, self._taught(beads)), beads)
        model = adapted_model(self._shares, path, scores)
        narrow = band_of_path(path, *self._size, _NARROW_BAND)
        path = surest_path(
            narrow,
            model.shapes,
            model.priors[0, 1],
            lambda window: scores.window(window, known, model),
            price=_PRICE,
        )
        return borne_out(path, known)

    def _taught(self, beads: Sequence[tuple[int, int, int, int]]) -> Chances:
        """What the lexicon says, and what these two texts themselves teach."""
        words = self._words
        pairs = [
            (
                list(dict.fromkeys(chain.from_iterable(words.source[i:k]))),
                list(dict.fromkeys(chain.from_iterable(words.target[j:m]))),
            )
            for i, k, j, m in beads
        ]
        found: Answers = {word: dict(answers) for word, answers in self._chances.answers.items()}
        for word, answers in learn(pairs).items():
            own = found.setdefault(word, {})
            for answer, chance in answers.items():
                own[answer] = max(chance, own.get(answer, 0.0))
        return replace(self._chances, answers=found)
