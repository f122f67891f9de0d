"""The two small types that all parts of the aligner share."""

from collections.abc import Sequence

# How many sentences of the source answer how many of the target.
Shape = tuple[int, int]
# For each sentence of either text the number of its paragraph.
Paragraphs = tuple[Sequence[int], Sequence[int]]
