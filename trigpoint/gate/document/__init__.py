"""Typst source and the words told in, PDF/UA-1 or pictures out; nothing here asks the facts anything."""

from trigpoint.gate.document.typesetting import DocumentBroken, page_pictures, pdf_bytes

__all__ = ["DocumentBroken", "page_pictures", "pdf_bytes"]
