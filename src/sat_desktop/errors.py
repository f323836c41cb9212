"""The two kinds of failure: what a user or the machine can cause, and everything else.

`SatError` is the first kind: a code with its facts, worded at the edge (`runtime.wording`), never a
bug. Any other exception that reaches the edge is ours and is reported as such.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was given, and where.

    Attributes:
        code: what is wrong, a key of the wording table.
        where: the place as the user would look for it: file and line, sheet and row, or a path
            inside the data; empty when there is only one place.
        facts: values the sentence needs; user text stays text.
    """

    code: str
    where: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


class SatError(Exception):
    """Something expected went wrong: the thing asked for cannot be done, and nothing was changed.

    `problems` lists every single defect where a file has many; they are worded line by line below
    the sentence of the code itself.
    """

    def __init__(self, code: str, /, problems: Iterable[Problem] = (), **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
        self.problems = tuple(problems)

    def __str__(self) -> str:
        """Return a form for logs; users get `runtime.wording`."""
        lines = [f"{self.code} {self.facts}" if self.facts else self.code]
        lines += [f"  {p.where}: {p.code} {dict(p.facts)}" for p in self.problems]
        return "\n".join(lines)
