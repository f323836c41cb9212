"""Implements the ports over a database; the only room that knows SQL."""
