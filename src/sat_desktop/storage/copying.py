"""Carrying a workspace from one database to another, of whatever kind."""

from typing import Final

from sqlalchemy import Connection, Table, func, insert, select

from sat_desktop.errors import SatError
from sat_desktop.storage.failures import expected_failures
from sat_desktop.storage.store import SqlStore
from sat_desktop.storage.tables import meta, metadata

_BATCH: Final = 1000


def copy_workspace(source: SqlStore, target: SqlStore) -> None:
    """Copy every row of `source` into `target`, which must hold nothing yet; all or nothing.

    The order of writing is kept; the numbers that tell it are given anew by the target.

    Raises:
        SatError: `workspace-not-empty`; what either database reports.

    """
    # The wrapped pairs stand so that a failure names the database that it comes from.
    with (
        expected_failures(source.database.place),
        source.database.reading() as reader,
        expected_failures(target.database.place),
        target.database.writing() as writer,
    ):
        tables = [t for t in metadata.sorted_tables if t is not meta]
        for table in tables:
            if writer.execute(select(func.count()).select_from(table)).scalar_one():
                raise SatError("workspace-not-empty", path=target.database.place)
        for table in tables:
            _copy_table(table, reader, writer)
        writer.commit()


def _copy_table(table: Table, reader: Connection, writer: Connection) -> None:
    columns = [c for c in table.columns if c.name != "seq"]
    order = table.c.seq if "seq" in table.c else table.primary_key.columns[0]
    query = select(*columns).order_by(order)
    rows = reader.execution_options(yield_per=_BATCH).execute(query)
    for batch in rows.mappings().partitions():
        writer.execute(insert(table).inline(), [dict(row) for row in batch])
