"""How well a few typed letters fit a title: whole words first, then beginnings of words, then letters in order."""

_WHOLE, _START, _WORD, _INSIDE, _LETTERS = 1000, 800, 700, 500, 100


def score(query: str, title: str) -> int:
    """Return how well ``query`` fits, 0 where it does not; a space parts words that must all fit."""
    wanted = query.casefold().split()
    text = title.casefold()
    if not wanted:
        return 1
    scores = [_word_score(word, text) for word in wanted]
    return 0 if 0 in scores else sum(scores) // len(scores)


def _word_score(word: str, text: str) -> int:
    at = text.find(word)
    if at >= 0:
        if word == text:
            return _WHOLE
        if at == 0:
            return _START - min(len(text), 99)
        boundary = not text[at - 1].isalnum() or not text[at - 1].isascii()
        return (_WORD if boundary else _INSIDE) - min(at, 99)
    return _letters_score(word, text)


def _letters_score(word: str, text: str) -> int:
    """Letters in their order, the fewer gaps between them the better; far-flung letters are no match."""
    at, gaps = -1, 0
    for letter in word:
        found = text.find(letter, at + 1)
        if found < 0:
            return 0
        if at >= 0 and found != at + 1 and text[found - 1].isalnum():
            gaps += 1
        at = found
    return max(0, _LETTERS - 25 * gaps) if len(word) > 1 else 0
