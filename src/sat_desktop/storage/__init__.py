"""Implements the ports over a database; the only room that knows SQL.

SQLAlchemy takes longer to import than a window takes to appear: nothing imports this room before
the first page is painted (decision 0006).
"""
