"""One computer's copy of a history, for the tests of the laws: it writes as the program does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from sat_desktop.domain.history import (
    Change,
    ChangeSet,
    Heads,
    Register,
    Revision,
    merge,
    moment_after,
    replaced_by_write,
)
from sat_desktop.domain.undoing import take_back, undo_and_redo

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


@dataclass
class Replica:
    """Knows some revisions and change-sets, and appends to them.

    Attributes:
        behind: how far this computer's clock is behind, in minutes.
    """

    writer: str
    behind: int = 0
    revisions: dict[str, Revision] = field(default_factory=dict)
    changes: dict[str, ChangeSet] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=count)

    def copy(self, writer: str, behind: int = 0) -> "Replica":
        return Replica(writer, behind, dict(self.revisions), dict(self.changes))

    @property
    def heads(self) -> Heads:
        return Heads(self.revisions.values())

    def values(self, register: Register) -> list[object | None]:
        """What the heads of a register say, in order of precedence."""
        return [r.value for r in self.heads.of(register)]

    def take_in(self, *others: "Replica") -> None:
        self.revisions = merge(self.revisions.values(), *(o.revisions.values() for o in others))
        for other in others:
            self.changes = {**other.changes, **self.changes}

    def write(self, values: Mapping[Register, object | None], label: str = "tick") -> Change:
        change = self._change(label)
        heads = self.heads
        return self._append(
            change,
            [
                self._revision(change, register, replaced_by_write(heads.of(register)), value)
                for register, value in values.items()
            ],
        )

    def settle(self, register: Register, value: object | None) -> Change:
        change = self._change("settle")
        parents = tuple(r.id for r in self.heads.of(register))
        return self._append(change, [self._revision(change, register, parents, value)])

    def undo(self) -> Change | None:
        return self._reverse(0)

    def redo(self) -> Change | None:
        return self._reverse(1)

    def _reverse(self, which: int) -> Change | None:
        target = undo_and_redo(list(self.changes.values()), self.writer)[which]
        if target is None:
            return None
        taken = [r for r in self.revisions.values() if r.change_set == target]
        registers = {r.register for r in taken}
        histories = {g: [r for r in self.revisions.values() if r.register == g] for g in registers}
        change = self._change("tick", target)
        undoes = {c.id: (c.undoes,) for c in self.changes.values() if c.undoes is not None}
        restored, overtaken = take_back(
            taken, histories, undoes, lambda g, p, v: self._revision(change, g, p, v)
        )
        made = self._append(change, restored)
        return Change(made.change_set, made.revisions, overtaken)

    def _change(self, label: str, undoes: str | None = None) -> ChangeSet:
        number = next(self.numbers)
        return ChangeSet(
            f"{self.writer}-c{number}", self.writer, "member", self._now(), label, undoes
        )

    def _now(self) -> datetime:
        return START + timedelta(minutes=len(self.revisions) - self.behind)

    def _revision(
        self, change: ChangeSet, register: Register, parents: tuple[str, ...], value: object | None
    ) -> Revision:
        at = moment_after(self.heads.of(register), change.at)
        identifier = f"{self.writer}-r{next(self.numbers)}"
        return Revision(identifier, register, parents, change.id, change.member, at, value)

    def _append(self, change: ChangeSet, revisions: Iterable[Revision]) -> Change:
        made = Change(change, tuple(revisions))
        self.changes[change.id] = change
        self.revisions |= {r.id: r for r in made.revisions}
        return made


Act = Callable[[Replica], object]
