"""Sentences, alignment, numbers and checks: text in, findings out. No files, no clock, no thread."""
