"""Commands as data: what can be done, what it is called, and by which keys."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sat_desktop.runtime.folding import fold

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
        passage: the text in which the words stand, where the title does not hold them.
        places: where in the passage they stand, from and up to.
    """

    title: str
    detail: str
    run: Callable[[], None]
    icon: str = "chevron-right"
    keys: str = ""
    passage: str = ""
    places: tuple[tuple[int, int], ...] = ()


class Rank(IntEnum):
    """How well something fits what is looked for, the best first."""

    BEGINS = 0
    """The title begins with it."""
    TITLE = 1
    """The title holds all words."""
    TEXT = 2
    """Some text of it holds them."""
    DETAIL = 3
    """The words only say what kind of thing it is, or where it belongs."""


Source = Callable[[str], Iterable[tuple[Rank, Found]]]
"""Gives what fits a query; what is equally good comes in the order in which it is to be shown."""

Finder = Callable[[], Source]
"""Gives a source when the finder opens."""


def listed(entries: Iterable[Found]) -> Source:
    """Return a source of entries that are known beforehand."""
    known = [(fold(entry.title), fold(f"{entry.title} {entry.detail}"), entry) for entry in entries]

    def search(query: str) -> Iterator[tuple[Rank, Found]]:
        wanted = fold(query)
        words = wanted.split()
        for title, whole, entry in known:
            if title.startswith(wanted):
                yield Rank.BEGINS, entry
            elif all(word in title for word in words):
                yield Rank.TITLE, entry
            elif all(word in whole for word in words):
                yield Rank.DETAIL, entry

    return search


def best_found(query: str, sources: Iterable[Source], limit: int = 50) -> list[Found]:
    """Return what fits a query best; what is equally good, in the order of the sources."""
    ranked = [ranked for source in sources for ranked in source(query)]
    ranked.sort(key=lambda entry: entry[0])
    return [entry for _, entry in ranked[:limit]]
