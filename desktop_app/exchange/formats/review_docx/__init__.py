"""The bilingual review document: a table for Word and LibreOffice that goes out and can be read back."""

from desktop_app.exchange.formats.review_docx.reader import read_review
from desktop_app.exchange.formats.review_docx.writer import ReviewDocxWriter, write_review

__all__ = ["ReviewDocxWriter", "read_review", "write_review"]
