"""From an older schema to the present one; imported only when a database is behind."""

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from sat_desktop.storage.migrations import to_2

_STEPS = {2: to_2.upgrade}
"""Version reached: what leads there from the one before."""


def migrate(connection: Connection, version: int) -> None:
    """Bring the schema from `version` up to date within the connection's transaction."""
    operations = Operations(MigrationContext.configure(connection))
    for reached in sorted(v for v in _STEPS if v > version):
        _STEPS[reached](operations)
        connection.execute(
            text("UPDATE meta SET value = :version WHERE name = 'schema_version'"),
            {"version": str(reached)},
        )
