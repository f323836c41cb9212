"""The window: stages at the left, one page at a time, and what is common to all pages.

It decides nothing, and its menus are in `menus`. Which pages and commands there are, what can be found, and what happens when a
command is taken is given to it; it shows them, and tells pages when theme or language change.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sat_desktop.runtime.i18n import Language
from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.icons import program_icon
from sat_desktop.ui.menus import Menus
from sat_desktop.ui.messages import Message, Messages, Severity
from sat_desktop.ui.pages.page import Page, PageContext
from sat_desktop.ui.shortcuts import Command, Finder, Found, listed
from sat_desktop.ui.tasks import Tasks
from sat_desktop.ui.theme import Theme
from sat_desktop.ui.widgets.header import Header, Saving
from sat_desktop.ui.widgets.rail import Rail
from sat_desktop.ui.widgets.text import Themed

if TYPE_CHECKING:
    from sat_desktop.ui.widgets.feedback import Banner
    from sat_desktop.ui.widgets.finder import FinderOverlay
    from sat_desktop.ui.widgets.task_bar import TaskBar

_MOST_BANNERS = 3
# A rail with titles may take this share of the window.
_RAIL_SHARE = 0.24


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the window, before it is built.

    Attributes:
        id: its name in code.
        title, description: msgids of its name in the rail and of what it is for.
        icon: name of an icon.
        factory: builds it, at its first visit.
    """

    id: str
    title: str
    icon: str
    factory: Callable[[PageContext], Page]
    description: str = ""


class MainWindow(QMainWindow):
    """The window of the program.

    Signals:
        page_opened(str): the page of that id is shown now.
        conflicts_asked(): the user wants to see what two people said differently.
        closing(): the window is about to close; work is to be ended.
    """

    page_opened = Signal(str)
    conflicts_asked = Signal()
    closing = Signal()
    # Qt sends events while the parts are still being made.
    _built = False

    def __init__(
        self,
        *,
        appearance: Appearance,
        pages: Sequence[PageSpec],
        commands: Sequence[Command] = (),
        finders: Sequence[Finder] = (),
        messages: Messages,
        tasks: Tasks,
        dialogs: Dialogs | None = None,
        geometry: str = "",
        first: str | None = None,
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._specs = tuple(pages)
        self._commands = tuple(commands)
        self._finders = tuple(finders)
        self._messages = messages
        self._tasks = tasks
        # What a dialog asks stands above that dialog.
        self._dialogs = dialogs or Dialogs(
            appearance, lambda: QApplication.activeModalWidget() or self
        )
        self._pages: dict[str, Page] = {}
        self._current = ""
        theme, language = appearance.theme, appearance.language
        self.setWindowTitle("SAT Desktop")
        self.setWindowIcon(program_icon())
        self.setMinimumSize(1024, 640)
        self.resize(1280, 800)
        if geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(geometry)))
        self._build(theme, language)
        self._build_menus()
        self._built = True
        self._speak(language)
        appearance.theme_changed.connect(self._apply_theme)
        appearance.language_changed.connect(self._retranslate)
        messages.listen(self.show_message)
        if first is None and self._specs:
            self.open_page(self._specs[0].id)
        elif first:
            self.open_page(first)

    @property
    def dialogs(self) -> Dialogs:
        """Questions to the user, over this window."""
        return self._dialogs

    @property
    def current_page(self) -> str:
        """The id of the page that is shown."""
        return self._current

    @property
    def is_working(self) -> bool:
        """Whether long work is under way."""
        return bool(self._tasks.running)

    @property
    def saved_geometry(self) -> str:
        """The window's place, for the settings."""
        return base64.b64encode(self.window().saveGeometry().data()).decode("ascii")

    def page(self, page_id: str) -> Page:
        """Return a page, built now if it was not yet."""
        if page_id not in self._pages:
            spec = next(spec for spec in self._specs if spec.id == page_id)
            page = spec.factory(
                PageContext(
                    theme=self._appearance.theme,
                    language=self._appearance.language,
                    dialogs=self._dialogs,
                    messages=self._messages,
                    tasks=self._tasks,
                    go_to=self.open_page,
                )
            )
            page.retranslate(self._appearance.language)
            self._pages[page_id] = page
            self._stack.addWidget(page)
        return self._pages[page_id]

    def open_page(self, page_id: str, target: str = "") -> None:
        """Show a page in its present state, and something on it where `target` names it."""
        page = self.page(page_id)
        if page_id != self._current:
            self._drop_news()
        self._current = page_id
        self._stack.setCurrentWidget(page)
        self._rail.mark([spec.id for spec in self._specs].index(page_id))
        page.refresh()
        if target:
            page.show_target(target)
        self.page_opened.emit(page_id)

    def refresh(self) -> None:
        """Have the page that is shown read everything anew; the others do it when opened."""
        if self._current:
            self._pages[self._current].refresh()

    def set_subject(self, title: str, detail: str = "") -> None:
        """Show which assessment is open."""
        self._header.set_subject(title, detail)
        self.setWindowTitle(f"{title} - SAT Desktop" if title else "SAT Desktop")

    def set_saving(self, saving: Saving, when: str = "") -> None:
        """Show how the last change stands."""
        self._header.set_saving(saving, when)

    def set_computing(self, computing: bool) -> None:
        """Show whether numbers are still being worked out."""
        self._header.set_computing(computing=computing)

    def enable(self, command_id: str, *, enabled: bool, title: str | None = None) -> None:
        """Say whether a command can be done now, and where it changes, what it is called."""
        self._menus.enable(command_id, enabled=enabled, title=title)

    def show_message(self, message: Message) -> None:
        """Show a message above the page; one of the same key gives way, the oldest of many too."""
        from sat_desktop.ui.widgets.feedback import Banner

        for banner in self._banners():
            if message.key and banner.message.key == message.key:
                self._drop(banner)
        for banner in self._banners()[: max(0, len(self._banners()) - _MOST_BANNERS + 1)]:
            self._drop(banner)
        banner = Banner(self._appearance.theme, self._appearance.language, message)
        banner.closed.connect(lambda: self._drop(banner))
        self._shown.append(banner)
        self._notices.addWidget(banner)

    def show_conflicts(self, count: int) -> None:
        """Show how many conflicts wait for a person."""
        self._header.set_conflicts(count)

    def withdraw(self, key: str) -> None:
        """Take away the message of a key, because what it says is no longer so."""
        for banner in self._banners():
            if banner.message.key == key:
                self._drop(banner)

    def _drop_news(self) -> None:
        """Take away what went well and asks for nothing; it is of no use on another page."""
        for banner in self._banners():
            if banner.message.severity is Severity.SUCCESS and not banner.message.action:
                self._drop(banner)

    def open_finder(self) -> None:
        """Open the line in which everything can be found."""
        t = self._appearance.language.t
        entries = [
            Found(
                t(spec.title),
                t("Page"),
                partial(self.open_page, spec.id),
                spec.icon,
                f"Ctrl+{place + 1}" if place < 9 else "",
            )
            for place, spec in enumerate(self._specs)
        ]
        entries.extend(self._menus.found())
        self._finder.open([listed(entries), *(finder() for finder in self._finders)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override: the rail gives way, the finder follows."""
        super().resizeEvent(event)
        if self._built:
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Override: titles of the rail take another width in another font."""
        super().changeEvent(event)
        kinds = {QEvent.Type.FontChange, QEvent.Type.StyleChange}
        if self._built and event.type() in kinds:
            self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override: let work end in order before the window goes."""
        self.closing.emit()
        self._tasks.close()
        super().closeEvent(event)

    def _build(self, theme: Theme, language: Language) -> None:
        self._rail = Rail(theme, [spec.icon for spec in self._specs])
        self._rail.chosen.connect(lambda place: self.open_page(self._specs[place].id))
        self._header = Header(theme, language)
        self._header.find_asked.connect(self.open_finder)
        self._header.conflicts_asked.connect(self.conflicts_asked)
        self._stack = QStackedWidget()
        # A page may be built before it is wanted: it is not seen until it is opened.
        self._stack.addWidget(QWidget())
        self._notices = QVBoxLayout()
        self._shown: list[Banner] = []
        self._notices.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self._notices)
        column.addWidget(self._stack, 1)
        self._column = column
        self._task_bar: TaskBar | None = None
        self._tasks.changed.connect(self._show_tasks)
        central = self._central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(column, 1)
        self.setCentralWidget(central)

    def _build_menus(self) -> None:
        self._menus = Menus(self, self._appearance, self._commands, self.open_finder)
        for place, spec in enumerate(self._specs[:9]):
            action = QAction(self)
            action.setShortcut(QKeySequence(f"Ctrl+{place + 1}"))
            action.triggered.connect(lambda _on, spec=spec: self.open_page(spec.id))
            self.addAction(action)

    def _speak(self, language: Language) -> None:
        t = language.t
        self._menus.retranslate(language)
        for place, (spec, item) in enumerate(zip(self._specs, self._rail.items, strict=True)):
            keys = f"Ctrl+{place + 1}" if place < 9 else ""
            item.set_words(t(spec.title), t(spec.description), keys)
        self._rail.setAccessibleName(t("Stages of the work"))
        self._fit()

    def _apply_theme(self, theme: Theme) -> None:
        parts: list[Themed] = [self._header, self._rail]
        if self._task_bar is not None:
            parts.append(self._task_bar)
        if self._finder_made:
            parts += [self._finder, self._finder.line]
        for part in [*parts, *self._rail.items, *self._banners()]:
            part.apply_theme(theme)
        for page in self._pages.values():
            page.apply_theme(theme)
        self._menus.mark_choices()
        self._fit()

    def _retranslate(self, language: Language) -> None:
        self._speak(language)
        self._header.retranslate(language)
        if self._task_bar is not None:
            self._task_bar.retranslate(language)
        if self._finder_made:
            self._finder.retranslate(language)
        for banner in self._banners():
            banner.retranslate(language)
        for page in self._pages.values():
            page.retranslate(language)
        self.refresh()

    def _fit(self) -> None:
        self._rail.set_narrow(self._rail.wide_width() > self.width() * _RAIL_SHARE)
        if self._finder_made and self._finder.isVisible():
            self._finder.fit()

    @cached_property
    def _finder(self) -> "FinderOverlay":
        """Made at its first use: nobody waits for it at the start."""
        from sat_desktop.ui.widgets.finder import FinderOverlay

        look = self._appearance
        return FinderOverlay(look.theme, look.language, self._central)

    @property
    def _finder_made(self) -> bool:
        return "_finder" in self.__dict__

    def _show_tasks(self) -> None:
        if self._task_bar is None:
            from sat_desktop.ui.widgets.task_bar import TaskBar

            look = self._appearance
            self._task_bar = TaskBar(look.theme, look.language, self._tasks)
            self._column.addWidget(self._task_bar)

    def _banners(self) -> "list[Banner]":
        return list(self._shown)

    def _drop(self, banner: "Banner") -> None:
        if banner not in self._shown:
            return
        self._shown.remove(banner)
        self._notices.removeWidget(banner)
        banner.hide()
        banner.deleteLater()

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Override: while the finder is open the keyboard stays in it."""
        if self._finder_made and self._finder.isVisible():
            self._finder.line.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(next_)
