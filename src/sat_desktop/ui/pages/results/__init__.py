"""Where the unit stands: the page for those who lead it."""

from sat_desktop.ui.pages.results.page import ResultsPage

__all__ = ["ResultsPage"]
