"""Names: every member of the domain's enumerations has one, and no two classes share one."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

import sat_desktop
from sat_desktop.domain.answers import State
from sat_desktop.domain.plan import CHAPTERS, SOURCES, DataSource, Status
from sat_desktop.domain.questionnaire import UnitKind
from sat_desktop.runtime import names

SOURCE = Path(sat_desktop.__file__).parent


@pytest.mark.parametrize(
    ("table", "members"),
    [
        (names.CHAPTER_TITLES, CHAPTERS),
        (names.UNIT_KINDS, UnitKind),
        (names.STATES, State),
        (names.STATUSES, Status),
        (names.MONEY_SOURCES, SOURCES),
        (names.DATA_SOURCES, DataSource),
    ],
)
def test_every_thing_has_a_name(table: Mapping[str, str], members: Iterable[str]) -> None:
    assert set(table) == set(members)


def test_no_two_classes_share_a_name() -> None:
    where: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            # What begins with an underscore is a matter of its own module.
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where.setdefault(node.name, []).append(path.relative_to(SOURCE).as_posix())
    assert {name: places for name, places in where.items() if len(places) > 1} == {}
