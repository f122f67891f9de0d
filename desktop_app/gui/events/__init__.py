"""The events of the archive: a window that lists them, filters them, and writes them to files."""
