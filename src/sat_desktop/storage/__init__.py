"""Implements the ports over a database; the only room that knows SQL.

SQLAlchemy, which takes longer to import than a window takes to appear, is imported where a server,
a migration, a copy or a full check asks for it (decision 0005).
"""
