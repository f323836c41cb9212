"""Writes the text of the statements for SQLite from their definitions in SQLAlchemy Core.

python packaging/statements.py            write src/sat_desktop/storage/statements.py
python packaging/statements.py --check    change nothing; fail if it is behind
"""

import sys
import textwrap
from pathlib import Path

from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from sat_desktop.storage.definitions import DEFINITIONS
from sat_desktop.storage.tables import metadata

PLACE = Path(__file__).resolve().parent.parent / "src" / "sat_desktop" / "storage" / "statements.py"
DOUBLE = '"'
TAIL = '"""What makes the tables of a new file, in order."""\n'
HEAD = '''\
"""The statements of the daily work as SQLite takes them. Written by `make statements`: do not edit.

Running them needs no SQLAlchemy, which takes longer to import than the rest of a start takes.
"""

from typing import Final

from sat_desktop.storage.database import Statement
'''


def write() -> str:
    """Return the module's text."""
    dialect = SQLiteDialect(paramstyle="named")
    parts = [HEAD]
    for name, definition in DEFINITIONS.items():
        lines = [f'"{name}",', *_literals(definition.text(dialect), ",")]
        parts.append(f"{name}: Final = Statement(\n{_indented(lines, 4)}\n)\n")
    tables = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        steps: list[DDLElement] = [CreateTable(table), *map(CreateIndex, indexes)]
        for made in steps:
            lines = _literals(str(made.compile(dialect=dialect)), "")
            if len(lines) == 1:
                tables.append(f"    {lines[0]},")
            else:
                tables.append(f"    (\n{_indented(lines, 8)}\n    ),")
    parts.append("TABLES: Final = (\n" + "\n".join(tables) + "\n)\n" + TAIL)
    return "\n".join(parts)


def _literals(sql: str, end: str) -> list[str]:
    """Return a text as lines of Python, quoted as the formatter would."""
    lines = textwrap.wrap(" ".join(sql.split()), 86, break_long_words=False, break_on_hyphens=False)
    spaced = [line + " " for line in lines[:-1]] + lines[-1:]
    quoted = [repr(line) if DOUBLE in line else DOUBLE + line + DOUBLE for line in spaced]
    return [*quoted[:-1], quoted[-1] + end]


def _indented(lines: list[str], width: int) -> str:
    return textwrap.indent("\n".join(lines), " " * width)


def main() -> int:
    """Write, or compare with what is there."""
    text = write()
    if "--check" not in sys.argv[1:]:
        PLACE.write_text(text, encoding="utf-8")
        return 0
    if PLACE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{PLACE.name} is behind its definitions: make statements\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
