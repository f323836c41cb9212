"""What leaves the program: chapter texts, preview, export."""

from sat_desktop.ui.pages.documents.page import DocumentsPage

__all__ = ["DocumentsPage"]
