"""SQL text made once from a Core statement, for the paths where its building would be felt.

Core takes longer to prepare an execution than SQLite takes to carry it out. A `Statement` is
compiled on its first use on each kind of database and run as text from then on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler


class Statement:
    """A Core statement with named parameters, compiled once a dialect.

    Args:
        core: the statement; it must not need types converted on the way in or out.
        tail: text that both databases understand and Core has no common word for.

    """

    __slots__ = ("_compiled", "_core", "_tail")

    def __init__(self, core: ClauseElement, tail: str = "") -> None:
        self._core = core
        self._tail = tail
        self._compiled: dict[str, tuple[str, Sequence[str] | None]] = {}

    def rows(self, connection: Connection, values: Mapping[str, object]) -> Sequence[Any]:
        """Run a query and return all its rows."""
        sql, order = self._for(connection.dialect)
        return connection.exec_driver_sql(sql, _bound(order, values)).fetchall()

    def write(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """Run once for each of `rows`; nothing happens when there are none."""
        if not rows:
            return
        sql, order = self._for(connection.dialect)
        if len(rows) == 1:
            connection.exec_driver_sql(sql, _bound(order, rows[0]))
        else:
            connection.exec_driver_sql(sql, [_bound(order, row) for row in rows])

    def _for(self, dialect: Dialect) -> tuple[str, Sequence[str] | None]:
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled = self._core.compile(dialect=dialect)
            # None: the driver takes the values by name.
            order: Sequence[str] | None = None
            if isinstance(compiled, SQLCompiler) and compiled.positional:
                order = compiled.positiontup
            found = self._compiled[dialect.name] = (str(compiled) + self._tail, order)
        return found


def _bound(order: Sequence[str] | None, values: Mapping[str, object]) -> Any:
    return values if order is None else tuple([values[name] for name in order])


def addition(table: Table, unless: str = "", instead: str = "") -> Statement:
    """Return the statement that inserts a row of all columns but the numbering one.

    Args:
        table: where to.
        unless: columns that identify a row; one that is there already is left as it is.
        instead: what to set in the row that is there, where `excluded` is the new one.

    """
    names = [c.name for c in table.columns if c.name != "seq"]
    core = insert(table).inline().values({name: bindparam(name) for name in names})
    if not unless:
        return Statement(core)
    return Statement(
        core, f" ON CONFLICT ({unless}) DO {f'UPDATE SET {instead}' if instead else 'NOTHING'}"
    )
