"""Web pages, saved as HTML. Nothing is fetched and no script runs: lxml parses, the rules here read."""

from desktop_app.exchange.formats.web_page.reader import WebPageReader

__all__ = ["WebPageReader"]
