"""Version 2: a revision tells the format of its value; the last change is found by an index.

All values of version 1 are of format 1.
"""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    op.add_column(
        "revision", sa.Column("format", sa.Integer, nullable=False, server_default=sa.text("1"))
    )
    op.drop_index("ix_change_set_assessment", table_name="change_set")
    op.create_index("ix_change_set_assessment_at", "change_set", ["assessment", "at"])
