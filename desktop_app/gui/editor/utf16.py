"""Qt counts UTF-16 units, Python counts characters; they differ after the first emoji or rare Han character."""


def units(text: str, at: int | None = None) -> int:
    """The length of a text, or of its first ``at`` characters, in UTF-16 units."""
    part = text if at is None else text[:at]
    return len(part) if part.isascii() else len(part) + sum(character > "\uffff" for character in part)


def characters(text: str, at: int) -> int:
    """How many characters lie before the UTF-16 unit ``at``."""
    if text.isascii():
        return min(at, len(text))
    return len(text.encode("utf-16-le", "surrogatepass")[: at * 2].decode("utf-16-le", "ignore"))
