"""Implements the ports over a database; the only room that knows SQL.

Importing it imports SQLAlchemy, which takes longer than a window takes to appear: do it after the
first paint.
"""

from sat_desktop.storage.backup import set_workspace_aside
from sat_desktop.storage.copying import copy_workspace
from sat_desktop.storage.opening import open_store

__all__ = ["copy_workspace", "open_store", "set_workspace_aside"]
