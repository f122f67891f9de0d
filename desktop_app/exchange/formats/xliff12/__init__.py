"""XLIFF 1.2, the exchange baseline with other translation tools: one trans-unit a segment, no ``seg-source``."""

from desktop_app.exchange.formats.xliff12.reader import XliffReader
from desktop_app.exchange.formats.xliff12.writer import XliffWriter

__all__ = ["XliffReader", "XliffWriter"]
