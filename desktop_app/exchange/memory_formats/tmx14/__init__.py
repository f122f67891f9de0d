"""TMX 1.4b (LISA OSCAR, 26 April 2005), read from version 1.1 on: the form in which tools exchange memories."""

from desktop_app.exchange.memory_formats.tmx14.reader import TmxReader
from desktop_app.exchange.memory_formats.tmx14.writer import TmxWriter, tmx_pieces

__all__ = ["TmxReader", "TmxWriter", "tmx_pieces"]
