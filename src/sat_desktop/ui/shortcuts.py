"""Commands as data: what can be done, what it is called, and by which keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sat_desktop.runtime.folding import fold, matches

MENUS: Final = ("file", "edit", "view", "help")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the user can do from anywhere in the window.

    Attributes:
        id: its name in code; "undo" and "redo" are renamed by the window's owner as they change.
        title: msgid of what menus and the finder call it.
        run: does it.
        menu: one of `MENUS`, or "" for the finder alone.
        icon: name of an icon, or "".
        keys: portable key sequence such as "Ctrl+S", or "".
        enabled: whether it can be done at first; the window's `enable` changes that.
        starts_group: whether a line is drawn above it in its menu.
    """

    id: str
    title: str
    run: Callable[[], None]
    menu: str = ""
    icon: str = ""
    keys: str = ""
    enabled: bool = True
    starts_group: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the finder: a command, a page, an indicator, an undertaking...

    Attributes:
        title, detail: what it is and where it belongs, in the user's language.
        run: goes there or does it.
        icon: name of an icon.
        keys: its key sequence in the user's language, or "".
    """

    title: str
    detail: str
    run: Callable[[], None]
    icon: str = "chevron-right"
    keys: str = ""


Finder = Callable[[], Iterable[Found]]
"""Gives everything it knows when the finder opens; the finder does the filtering."""


def filter_found(query: str, entries: Iterable[Found], limit: int = 50) -> list[Found]:
    """Return what fits a query, best first: titles that begin with it, hold it, then details."""
    wanted = fold(query)
    ranked: list[tuple[int, int, Found]] = []
    for place, entry in enumerate(entries):
        title = fold(entry.title)
        if not wanted or title.startswith(wanted):
            rank = 0
        elif matches(wanted, title):
            rank = 1
        elif matches(wanted, f"{entry.title} {entry.detail}"):
            rank = 2
        else:
            continue
        ranked.append((rank, place, entry))
    ranked.sort(key=lambda item: item[:2])
    return [entry for _, _, entry in ranked[:limit]]
