"""What a scene of `make screens` is: a window or dialog, built in a given state."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from sat_desktop.ui.appearance import Appearance
from sat_desktop.ui.dialogs import Dialogs
from sat_desktop.ui.main_window import MainWindow, PageSpec
from sat_desktop.ui.messages import Messages
from sat_desktop.ui.shortcuts import Command
from sat_desktop.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Stage:
    """What a scene is built with.

    Attributes:
        app, appearance: language, scheme and text size are set already.
        folder: an empty folder for whatever the scene writes.
        demo: whether to show the demo data or the empty state.
    """

    app: QApplication
    appearance: Appearance
    folder: Path
    demo: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing to look at.

    Attributes:
        name: of the picture file.
        build: makes the window; it is resized, shown, drawn and closed by the tool.
        states: which of ("empty", "demo") differ.
        dialog: keeps its own size.
    """

    name: str
    build: Callable[[Stage], QWidget]
    states: tuple[str, ...] = ("demo",)
    dialog: bool = False


def nothing() -> None:
    """Stand in for a command."""


COMMANDS = (
    Command("new", "New assessment…", nothing, "file", "plus", "Ctrl+N"),
    Command("open", "Open a package…", nothing, "file", "folder", "Ctrl+O"),
    Command("quit", "Quit", nothing, "file", "", "Ctrl+Q", starts_group=True),
    Command("undo", "Undo", nothing, "edit", "undo", "Ctrl+Z", enabled=False),
    Command("redo", "Redo", nothing, "edit", "redo", "Ctrl+Shift+Z", enabled=False),
    Command("shortcuts", "Keyboard shortcuts", nothing, "help", "keyboard", "F1"),
    Command("about", "About the program", nothing, "help", "info"),
)


def window(stage: Stage, pages: tuple[PageSpec, ...]) -> MainWindow:
    """Return the window around some pages."""
    made = MainWindow(
        appearance=stage.appearance,
        pages=pages,
        commands=COMMANDS,
        messages=Messages(),
        tasks=Tasks(lambda _error: None),
    )
    if stage.demo:
        made.set_subject("Miasto Wierzbogród", "2026")
    return made


def dialogs(stage: Stage) -> Dialogs:
    """Return dialogs above nothing."""
    return Dialogs(stage.appearance, lambda: None)
