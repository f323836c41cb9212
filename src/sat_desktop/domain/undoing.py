"""Undo: which change-set is taken back, and what stands in its place then.

Taking back appends like any other change. It works on the revisions of one register as a graph, so
that what others wrote since is neither lost nor reverted.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sat_desktop.domain.history import ChangeSet, Register, Revision, precedence


def undo_and_redo(change_sets: Sequence[ChangeSet], writer: str) -> tuple[str | None, str | None]:
    """Return the change-set that undo would take back and the one that redo would.

    `change_sets` are in the order of writing. A redo is the undoing of an undoing. A new change of
    the writer empties what could be redone; changes of others do not.
    """
    done: dict[str, None] = {}  # an ordered set, the last one on top
    undone: dict[str, None] = {}
    for change in change_sets:
        if change.writer != writer:
            continue
        if change.undoes in done:
            del done[change.undoes]
            undone[change.id] = None
        elif change.undoes in undone:
            del undone[change.undoes]
            done[change.id] = None
        else:
            done[change.id] = None
            undone.clear()
    return next(reversed(done), None), next(reversed(undone), None)


Write = Callable[[Register, tuple[str, ...], object | None], Revision]
"""Makes a revision of a register with parents and a value."""


def take_back(
    taken: Iterable[Revision],
    histories: Mapping[Register, Sequence[Revision]],
    undoes: Mapping[str, Collection[str]],
    write: Write,
) -> tuple[tuple[Revision, ...], tuple[Register, ...]]:
    """Return the revisions that take a change back, and the registers where it no longer stands.

    A change stands where its revision, or one that undoing later changes brought back in its place,
    is a head. There the heads of others stay, and what the change had replaced comes back: one head
    for each of its parents, so that undoing a settlement opens the conflict again. What another
    head has replaced too does not come back, since that would be a conflict nobody made; then the
    other's word stands.

    Args:
        taken: all revisions of the change, of a merge those that came with it.
        histories: every revision of the registers concerned.
        undoes: which change-sets each one takes back: of a merge, all that came with it.
        write: makes the revisions.
    """
    by_register: defaultdict[Register, list[Revision]] = defaultdict(list)
    for revision in taken:
        by_register[revision.register].append(revision)
    restored: list[Revision] = []
    overtaken: list[Register] = []
    for register, revisions in by_register.items():
        line = _Line(histories[register], undoes)
        standing, values = line.without({r.id for r in revisions})
        if not standing:
            overtaken.append(register)
        restored += [write(register, standing, value) for value in values]
    return tuple(restored), tuple(overtaken)


class _Line:
    """The revisions of one register, as a graph."""

    def __init__(
        self, revisions: Sequence[Revision], undoes: Mapping[str, Collection[str]]
    ) -> None:
        self._by_id = {r.id: r for r in revisions}
        replaced = {parent for r in revisions for parent in r.parents}
        self._heads = sorted((r for r in revisions if r.id not in replaced), key=precedence)
        self._undoes = undoes
        self._of_change: defaultdict[str, list[Revision]] = defaultdict(list)
        for revision in revisions:
            self._of_change[revision.change_set].append(revision)

    def without(self, taken: set[str]) -> tuple[tuple[str, ...], list[object | None]]:
        """Return the heads in which revisions stand, and the values to put in their place."""
        inner = {p for i in taken for p in self._by_id[i].parents if p in taken}
        tips = taken - inner
        standing = [
            h
            for h in self._heads
            if self._stands_for(h) & tips and not self._said_by_others(h, taken)
        ]
        if not standing:
            return (), []
        others = [h for h in self._heads if h not in standing]
        seen_by_others = {i for h in others for i in self._ancestry(h)}
        before = dict.fromkeys(
            p for i in self._by_id if i in taken for p in self._by_id[i].parents if p not in taken
        )
        values: list[object | None] = []
        for parent in before:
            if parent in self._by_id and parent not in seen_by_others:
                value = self._by_id[parent].value
                if value not in values:
                    values.append(value)
        if not values:
            values = [others[-1].value if others else None]
        return tuple(h.id for h in standing), values

    def _stands_for(self, head: Revision) -> set[str]:
        """Return the revisions in whose place a head stands: itself, what it brings back or repeats."""
        found: set[str] = set()
        ahead = [head.id]
        while ahead:
            name = ahead.pop()
            if name in found or name not in self._by_id:
                continue
            found.add(name)
            revision = self._by_id[name]
            brought = self._replaced_by_taken(revision)
            ahead += brought
            if revision.change_set in self._undoes and not brought and revision.value is not None:
                # It left another's word standing and only repeats it.
                ahead += (h.id for h in self._heads if h.value == revision.value)
        return found

    def _said_by_others(self, head: Revision, taken: set[str]) -> bool:
        """Tell whether a head that undoing brought back is also what somebody else says.

        Two who wrote the same agree; one of them going on and back again leaves one head for both.
        """
        return any(
            name not in taken
            and name != head.id
            and self._by_id[name].change_set not in self._undoes
            and not taken & self._ancestry(self._by_id[name])
            and not any(name in self._ancestry(self._by_id[t]) for t in taken)
            for name in self._brought_back(head)
        )

    def _brought_back(self, head: Revision) -> set[str]:
        """Return the revisions that a head brings back, directly or through undoings of undoings."""
        found: set[str] = set()
        ahead = [head.id]
        while ahead:
            name = ahead.pop()
            if name not in found and name in self._by_id:
                found.add(name)
                ahead += self._replaced_by_taken(self._by_id[name])
        return found

    def _replaced_by_taken(self, revision: Revision) -> list[str]:
        """Return what a revision brings back: of its value, replaced by what it takes back."""
        undone = self._undoes.get(revision.change_set, ())
        taken = [r for change in undone for r in self._of_change.get(change, ())]
        inner = {r.id for r in taken}
        return [
            parent
            for taken_back in taken
            for parent in taken_back.parents
            if parent not in inner
            and parent in self._by_id
            and self._by_id[parent].value == revision.value
        ]

    def _ancestry(self, head: Revision) -> set[str]:
        found: set[str] = set()
        ahead = [head.id]
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead += self._by_id[name].parents if name in self._by_id else ()
        return found
