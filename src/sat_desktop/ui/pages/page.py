"""What every page of the window is built on, and what it is given.

A page shows and asks; what is true and what follows from it is known to the services it is built
with. It keeps the theme and the language in force, and is told when one of them changes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.containers import ScrollColumn
from sat_desktop.ui.widgets.text import SectionHeading, spread_language, spread_theme


@dataclass(frozen=True, slots=True)
class PageContext:
    """What the window gives a page when it builds it.

    Attributes:
        theme, language: in force at that moment.
        dialogs: questions to the user and choosing of files.
        messages: banners.
        tasks: long work.
        go_to: opens the page of an id, with something in it to jump to ("" for nothing).
    """

    theme: Theme
    language: Language
    dialogs: Dialogs
    messages: Messages
    tasks: Tasks
    go_to: Callable[[str, str], None]


class Page(QWidget):
    """One stage of the work.

    Subclasses put their widgets into `body` and override `retranslate`, `refresh`, `show_target`
    and, where they draw or measure by themselves, `apply_theme`.

    Attributes:
        around: what the window gave.
        theme, language: in force now.
        heading: title and explanation at the top, with room for buttons (`heading.buttons`).
        body: the column of the page: scrolling, or with `fills` the whole area at once.
    """

    def __init__(self, context: PageContext, *, fills: bool = False) -> None:
        super().__init__()
        self.setObjectName("page")
        self.context = context
        self.theme = context.theme
        self.language = context.language
        self._fills = fills
        self.heading = SectionHeading(self.theme, role="title")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if fills:
            self.body = outer
        else:
            scroll = ScrollColumn(self.theme)
            outer.addWidget(scroll)
            self.body = scroll.body
        self.body.addWidget(self.heading)
        self._space()

    def refresh(self) -> None:
        """Show the present state of things; called whenever the page is opened."""

    def show_target(self, target: str) -> None:
        """Jump to something on the page, such as an indicator's id."""

    def apply_theme(self, theme: Theme) -> None:
        """Follow a new theme; hands it to every widget of the page that wants it."""
        self.theme = theme
        self._space()
        spread_theme(self, theme)

    def retranslate(self, language: Language) -> None:
        """Speak another language; hands it to every widget of the page that wants it."""
        self.language = language
        spread_language(self, language)

    def _space(self) -> None:
        if self._fills:
            side, edge = self.theme.xl, self.theme.l
            self.body.setContentsMargins(side, edge, side, edge)
            self.body.setSpacing(self.theme.m)
