"""Tables: two columns, source and target, or columns named by a header row; parted by tabs, commas or semicolons."""

from desktop_app.exchange.memory_formats.table.reader import CsvReader, TsvReader
from desktop_app.exchange.memory_formats.table.writer import CsvWriter, TsvWriter

__all__ = ["CsvReader", "CsvWriter", "TsvReader", "TsvWriter"]
