"""From an older schema to the present one; imported only when a database is behind."""

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from sat_desktop.errors import SatError
from sat_desktop.storage.migrations import to_2, to_3

_STEPS = {2: to_2.upgrade, 3: to_3.upgrade}
"""Version reached: what leads there from the one before."""


def migrate(connection: Connection, version: int, place: str) -> None:
    """Bring the schema from `version` up to date within the connection's transaction.

    Raises:
        SatError: `database-damaged` (reason) where a stored value cannot be read.

    """
    operations = Operations(MigrationContext.configure(connection))
    for reached in sorted(v for v in _STEPS if v > version):
        try:
            _STEPS[reached](operations)
        except ValueError as error:
            raise SatError("database-damaged", path=place, reason=str(error)) from error
        connection.execute(
            text("UPDATE meta SET value = :version WHERE name = 'schema_version'"),
            {"version": str(reached)},
        )
