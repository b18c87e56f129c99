"""Pages for paper and preview (PDF/UA, or pictures), each made for its reader, from one set of data by Typst."""

from app.exchange.pages.book import Kind, Page, Pages, Wanted, changed_pages, first_look, kind_name, pages
from app.exchange.pages.glyphs import Undrawn, undrawn_text
from app.exchange.pages.typeset import Sheet, as_book, as_pdf, as_pdfs, as_pictures

__all__ = [
    "Kind",
    "Page",
    "Pages",
    "Sheet",
    "Undrawn",
    "Wanted",
    "as_book",
    "as_pdf",
    "as_pdfs",
    "as_pictures",
    "changed_pages",
    "first_look",
    "kind_name",
    "pages",
    "undrawn_text",
]
