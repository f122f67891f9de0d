"""The names that TMX files of ours use beyond the standard, and those of other tools that say the same."""

from desktop_app.domain.memory import Layer

TOOL = "Diptych"
OWN = "x-diptych-"
LAYER = f"{OWN}layer"
ORIGIN = f"{OWN}origin"
STORY = f"{OWN}story"
SEGMENT = f"{OWN}segment"
BEFORE = f"{OWN}before"
AFTER = f"{OWN}after"

# The neighbouring source sentences, as memoQ and others write them.
FOREIGN_BEFORE = "x-context-pre"
FOREIGN_AFTER = "x-context-post"

LAYERS = {layer.name.lower(): layer for layer in Layer}
