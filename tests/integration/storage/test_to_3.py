"""Real databases of older schemas become schema 3, on both kinds, alike to the last digest."""

from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
TABLES = {"meta", "edition", "assessment", "person", "change_set", "revision"}

Item = tuple[str, str, str]
