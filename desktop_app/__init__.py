"""Diptych: a desktop archive and translation-review desk for bilingual news."""

__version__ = "0.1.0"
