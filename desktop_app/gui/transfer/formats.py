"""The formats and page layouts in words; a format without words here is offered by its own name."""

from dataclasses import dataclass

from desktop_app.foundation.messages import N_, Message


@dataclass(frozen=True)
class FormatWords:
    """A format's name, what it is for, and the ending of its files."""

    title: Message
    purpose: Message
    suffix: str


FORMATS: dict[str, FormatWords] = {
    "pdf": FormatWords(N_("Pages (PDF)"), N_("Print-ready pages in both languages, or in one."), ".pdf"),
    "docx": FormatWords(N_("Word (DOCX)"), N_("The story as a document to send or edit."), ".docx"),
    "docx-review": FormatWords(N_("Word for review"), N_("A table of both languages that can come home."), ".docx"),
    "html": FormatWords(N_("Web page (HTML)"), N_("One page with both languages."), ".html"),
    "nitf": FormatWords(N_("NITF 3.6"), N_("News text for content systems."), ".xml"),
    "newsml-g2": FormatWords(N_("NewsML-G2"), N_("The whole package for agencies: texts and pictures."), ".xml"),
    "ninjs": FormatWords(N_("ninjs 3.1"), N_("The same as JSON."), ".json"),
    "xliff": FormatWords(N_("XLIFF 1.2"), N_("For translation tools; can come home."), ".xlf"),
    "xliff2": FormatWords(N_("XLIFF 2.1"), N_("For translation tools and archives."), ".xlf"),
    "tmx": FormatWords(N_("TMX 1.4"), N_("Sentence pairs for a translation memory."), ".tmx"),
    "tbx": FormatWords(N_("TBX-Basic"), N_("Terms for a termbase."), ".tbx"),
    "bag": FormatWords(N_("Archival bag (BagIt)"), N_("Everything of an approved version, with digests."), ""),
}

LAYOUTS: dict[str, Message] = {
    "side-by-side": N_("Side by side"),
    "interleaved": N_("Paragraph by paragraph"),
    "english": N_("English only"),
    "chinese": N_("Chinese only"),
    "approval-sheet": N_("Approval sheet (审批单)"),
    "contact-sheet": N_("Contact sheet of the pictures"),
}


def words_of(format_id: str) -> FormatWords:
    """The words of a format."""
    return FORMATS.get(format_id) or FormatWords(N_("{name}", name=format_id), N_("{name}", name=""), "")
