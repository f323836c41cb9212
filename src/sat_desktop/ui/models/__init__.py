"""Thin adapters between records and Qt's views."""
